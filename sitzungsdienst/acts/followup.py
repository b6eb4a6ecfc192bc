"""Acts on carrying out resolutions (Beschlusskontrolle): who, until when, how far, and the end.

The law knows no form for it; an office reports to the body what became of its resolutions. While
an objection of the chief officer, or the period for one, suspends a resolution, it is not carried
out.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.law.objection import objection_ends, suspends_execution
from sitzungsdienst.law.values import Certainty
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.resolutions import Progress, Resolution

#: States that still wait for somebody.
WAITING = (Progress.OPEN, Progress.RUNNING)
#: States that are an end; each has its own act.
ENDED = (Progress.DONE, Progress.DROPPED)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A proposed suspension: until which day, why, and whether the rule behind it is certain."""

    until: date
    reason: str
    certain: bool


def proposed_suspension(row: Resolution) -> Suspension | None:
    """The period for an objection by the law of the meeting's day; None where it names none."""
    rules = rules_on(row.body, row.decided_on)
    if rules is None or suspends_execution(rules) is False:
        return None
    until = objection_ends(row.decided_on, rules)
    if until is None:
        return None
    norm = rules.objection.days.norm
    certain = rules.objection.days.certainty is Certainty.CERTAIN
    return Suspension(until, f"Frist für einen Widerspruch ({norm})", certain)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionFacts:
    """Who carries a resolution out, until when, and until when it must wait."""

    unit_id: int | None = None
    in_charge: str = ""
    due_on: date | None = None
    suspended_until: date | None = None
    suspension_reason: str = ""
    internal_note: str = ""


def plan_execution(
    session: Session, actor: Actor, row_id: int, version: int, facts: ExecutionFacts, now: datetime
) -> None:
    """Say who carries a resolution out and until when; the office's own remark goes with it."""
    with act(session, actor, "plan_execution", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        row.unit = _unit(run, facts.unit_id)
        row.in_charge = checks.line("in_charge", facts.in_charge, limit=300)
        _not_before_resolution("due_on", row, facts.due_on)
        _not_before_resolution("suspended_until", row, facts.suspended_until)
        row.due_on, row.suspended_until = facts.due_on, facts.suspended_until
        row.suspension_reason = ""
        if facts.suspended_until is not None:
            row.suspension_reason = checks.line(
                "suspension_reason",
                facts.suspension_reason,
                needed="Bitte geben Sie an, warum der Vollzug ausgesetzt ist.",
                limit=500,
            )
        row.internal_note = checks.text("internal_note", facts.internal_note, limit=10_000)


def set_progress(
    session: Session, actor: Actor, row_id: int, version: int, progress: Progress, now: datetime
) -> None:
    """Say how far a resolution is, short of its end: nothing to do, open, or being carried out."""
    with act(session, actor, "set_progress", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        _demand_not_ended(row)
        if progress in ENDED:
            raise RuleBroken("progress", "Bitte vermerken Sie den Abschluss mit seinem Datum.")
        if progress is Progress.RUNNING:
            _demand_not_suspended(row, local_day(run.now))
        row.progress = progress


def complete_resolution(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    completed_on: date,
    note: str,
    now: datetime,
) -> None:
    """Note that a resolution is carried out."""
    with act(session, actor, "complete_resolution", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        _demand_not_suspended(row, completed_on)
        _end(run, row, Progress.DONE, completed_on)
        row.completion_note = checks.text("note", note, limit=10_000)


def drop_resolution(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    completed_on: date,
    reason: str,
    now: datetime,
) -> None:
    """Note that a resolution is not carried out any more, and why."""
    with act(session, actor, "drop_resolution", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        _end(run, row, Progress.DROPPED, completed_on)
        row.completion_note = checks.text(
            "reason", reason, needed="Bitte geben Sie den Grund an.", limit=10_000
        )


def reopen_resolution(
    session: Session, actor: Actor, row_id: int, version: int, reason: str, now: datetime
) -> None:
    """Take up again what was carried out or dropped; the reason stands where the result stood."""
    with act(session, actor, "reopen_resolution", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        if row.progress not in ENDED:
            raise RuleBroken("", "Der Beschluss ist nicht abgeschlossen.")
        row.completion_note = checks.text(
            "reason", reason, needed="Bitte geben Sie den Grund an.", limit=10_000
        )
        row.progress, row.completed_on = Progress.OPEN, None


def _end(run: Run, row: Resolution, progress: Progress, day: date) -> None:
    _demand_not_ended(row)
    _not_before_resolution("completed_on", row, day)
    if day > local_day(run.now):
        raise RuleBroken("completed_on", "Das Datum liegt in der Zukunft. Bitte prüfen Sie es.")
    row.progress, row.completed_on = progress, day


def _demand_not_ended(row: Resolution) -> None:
    if row.void:
        raise RuleBroken("", "Der Beschluss ist als ungültig vermerkt.")
    if row.progress in ENDED:
        raise RuleBroken("", "Der Beschluss ist abgeschlossen. Nehmen Sie ihn zuerst wieder auf.")


def _demand_not_suspended(row: Resolution, day: date) -> None:
    if row.suspended_until is not None and row.suspended(day):
        raise RuleBroken(
            "",
            f"Der Vollzug ist bis {plain_date(row.suspended_until)} ausgesetzt. Ändern Sie zuerst"
            " diese Angabe, wenn kein Widerspruch mehr möglich ist.",
        )


def _not_before_resolution(field: str, row: Resolution, day: date | None) -> None:
    if day is not None and day < row.decided_on:
        raise RuleBroken(field, "Das Datum liegt vor dem Beschluss. Bitte prüfen Sie es.")


def _unit(run: Run, unit_id: int | None) -> Organization | None:
    if unit_id is None:
        return None
    unit = run.fetch(Organization, unit_id)
    if unit.kind is not OrganizationKind.UNIT:
        raise RuleBroken("unit_id", "Bitte wählen Sie eine Verwaltungseinheit.")
    return unit
