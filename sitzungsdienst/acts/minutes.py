"""Acts on the minutes (Niederschrift): drafting, signing, approving, and taking back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks, internal_prints
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.blobs import issue
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.german import local_day
from sitzungsdienst.record.meetings import Meeting, MeetingState
from sitzungsdienst.record.minutes import Minutes, MinutesState
from sitzungsdienst.record.papers import DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFacts:
    """Who signs the minutes, and a remark for the office."""

    chair_name: str
    clerk_name: str
    remark: str = ""


def draft_minutes(
    session: Session, actor: Actor, meeting_id: int, facts: MinutesFacts, now: datetime
) -> int:
    """Draft the minutes of a closed meeting; gives their id. The draft is printed at once."""
    with act(session, actor, "draft_minutes", now) as run:
        meeting = run.fetch(Meeting, meeting_id)
        if meeting.state is not MeetingState.CLOSED:
            raise RuleBroken("", "Bitte schließen Sie zuerst die Sitzung.")
        if meeting.minutes is not None:
            raise RuleBroken("", "Zu dieser Sitzung gibt es schon eine Niederschrift.")
        row = Minutes(meeting=meeting, meeting_id=meeting.id, state=MinutesState.DRAFT)
        _set_minutes(row, facts)
        run.about(row)
        _issue(run, row)
        return row.id


def edit_minutes(
    session: Session, actor: Actor, row_id: int, version: int, facts: MinutesFacts, now: datetime
) -> None:
    """Change who signs, and print the draft anew from what is recorded now."""
    with act(session, actor, "edit_minutes", now) as run:
        row = run.about(_hold(run, row_id, version))
        _demand(row, MinutesState.DRAFT)
        _set_minutes(row, facts)
        _issue(run, row)


def sign_minutes(
    session: Session, actor: Actor, row_id: int, version: int, signed_on: date, now: datetime
) -> None:
    """Note that the minutes are signed. What was recorded is fixed from now on."""
    with act(session, actor, "sign_minutes", now) as run:
        row = run.about(_hold(run, row_id, version))
        _demand(row, MinutesState.DRAFT)
        _not_before("signed_on", signed_on, local_day(row.meeting.start), "Sitzung")
        _not_after("signed_on", signed_on, local_day(run.now))
        row.state = MinutesState.SIGNED
        row.signed_on = signed_on
        _issue(run, row)


def unsign_minutes(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take the signing back, to correct what is recorded; what was released stays released."""
    with act(session, actor, "unsign_minutes", now) as run:
        row = run.about(_hold(run, row_id, version))
        if not row.signed:
            raise RuleBroken("", "Die Niederschrift ist nicht unterzeichnet.")
        row.state = MinutesState.DRAFT
        row.signed_on = row.approved_on = row.approved_in = None


def approve_minutes(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    approved_on: date,
    approved_in_id: int | None,
    now: datetime,
) -> None:
    """Note that the minutes are approved (or no objection stands), where known in which meeting."""
    with act(session, actor, "approve_minutes", now) as run:
        row = run.about(_hold(run, row_id, version))
        _demand(row, MinutesState.SIGNED)
        signed_on = row.signed_on or local_day(row.meeting.start)
        _not_before("approved_on", approved_on, signed_on, "Unterzeichnung")
        _not_after("approved_on", approved_on, local_day(run.now))
        if approved_in_id is not None:
            later = run.fetch(Meeting, approved_in_id)
            if later.start <= row.meeting.start:
                raise RuleBroken("approved_in_id", "Bitte wählen Sie eine spätere Sitzung.")
            row.approved_in = later
        row.approved_on = approved_on
        row.state = MinutesState.APPROVED
        _issue(run, row)


def _hold(run: Run, row_id: int, version: int) -> Minutes:
    """The minutes, and with them their meeting: nobody records anything in it in between."""
    row = run.fetch(Minutes, row_id, version=version)
    run.fetch(Meeting, row.meeting_id)
    return row


def _issue(run: Run, row: Minutes) -> None:
    run.session.flush()
    value = internal_prints.minutes(row.meeting, row, issued_on=local_day(run.now))
    day = local_day(row.meeting.start).isoformat()
    issue(
        run.session,
        DocumentKind.MINUTES_FULL,
        row.meeting,
        print_minutes(value),
        f"Niederschrift_{day}.pdf",
        run.now,
    )


def _set_minutes(row: Minutes, facts: MinutesFacts) -> None:
    row.chair_name = checks.line(
        "chair_name",
        facts.chair_name,
        needed="Bitte geben Sie an, wer den Vorsitz führte.",
        limit=200,
    )
    row.clerk_name = checks.line(
        "clerk_name",
        facts.clerk_name,
        needed="Bitte geben Sie an, wer Schrift führte.",
        limit=200,
    )
    row.remark = checks.text("remark", facts.remark, limit=10_000)


def _demand(row: Minutes, state: MinutesState) -> None:
    if row.state is state:
        return
    if state is MinutesState.DRAFT:
        raise RuleBroken("", "Die Niederschrift ist schon unterzeichnet.")
    if row.state is MinutesState.DRAFT:
        raise RuleBroken("", "Die Niederschrift ist noch nicht unterzeichnet.")
    raise RuleBroken("", "Die Niederschrift ist schon genehmigt.")


def _not_before(field: str, day: date, earliest: date, what: str) -> None:
    if day < earliest:
        raise RuleBroken(field, f"Das Datum liegt vor der {what}. Bitte prüfen Sie es.")


def _not_after(field: str, day: date, today: date) -> None:
    if day > today:
        raise RuleBroken(field, "Das Datum liegt in der Zukunft. Bitte prüfen Sie es.")
