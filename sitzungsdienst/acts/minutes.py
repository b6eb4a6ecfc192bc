"""Acts on the minutes (Niederschrift): their way from the draft to the close, and back.

Draft → presented → signed by all whom the Land asks → approved by a vote, or objections decided →
closed. Presenting is a courtesy some offices know and may be left out; every step prints an issue.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import checks, internal_prints
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.blobs import issue
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.revisions import back_to_draft
from sitzungsdienst.acts.sealing import has_seal, sealed, seals
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.german import local_day
from sitzungsdienst.law.minutes import approved_by_vote, required_signatories
from sitzungsdienst.law.values import Severity
from sitzungsdienst.law.words import Signatory
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.minutes import (
    Minutes,
    MinutesSignature,
    MinutesState,
    ObjectionState,
)
from sitzungsdienst.record.papers import DocumentKind
from sitzungsdienst.record.proceedings import BallotOutcome, Decision

NAME_LIMIT = 200
USUAL = (Signatory.CHAIR, Signatory.CLERK)
ADOPTED = (Decision.ADOPTED, Decision.ADOPTED_CHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFacts:
    """Who signs the minutes, and a remark for the office.

    `member_names` are the members who sign where the Land asks for any, in their order; they may
    be filled in later, when they sign.
    """

    chair_name: str
    clerk_name: str
    remark: str = ""
    member_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """That one of those who must sign has signed."""

    signature_id: int
    name: str
    signed_on: date


@seals
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
        print_issue(run, row)
        return row.id


@seals
def edit_minutes(
    session: Session, actor: Actor, row_id: int, version: int, facts: MinutesFacts, now: datetime
) -> None:
    """Change who signs, and print the draft anew from what is recorded now.

    What was presented is a draft again.
    """
    with act(session, actor, "edit_minutes", now) as run:
        row = run.about(hold(run, row_id, version))
        _demand(row, MinutesState.DRAFT, MinutesState.PRESENTED)
        back_to_draft(row.meeting)
        _set_minutes(row, facts)
        print_issue(run, row)


@seals
def present_minutes(
    session: Session, actor: Actor, row_id: int, version: int, presented_on: date, now: datetime
) -> None:
    """Present the draft to those who must sign or may object, as printed now."""
    with act(session, actor, "present_minutes", now) as run:
        row = run.about(hold(run, row_id, version))
        _demand(row, MinutesState.DRAFT)
        _on_a_day(run, "presented_on", presented_on, local_day(row.meeting.start), "Sitzung")
        row.state = MinutesState.PRESENTED
        row.presented_on = presented_on
        print_issue(run, row)


@seals
def sign_minutes(
    session: Session, actor: Actor, row_id: int, version: int, signed_on: date, now: datetime
) -> None:
    """Note that all who must sign have done so. What was recorded is fixed from now on."""
    with act(session, actor, "sign_minutes", now) as run:
        row = run.about(hold(run, row_id, version))
        _demand(row, MinutesState.DRAFT, MinutesState.PRESENTED)
        _on_a_day(run, "signed_on", signed_on, local_day(row.meeting.start), "Sitzung")
        for one in row.signatures:
            if not one.name:
                raise RuleBroken(
                    "", "Bitte tragen Sie zuerst ein, welche Mitglieder unterschreiben."
                )
            one.signed_on = one.signed_on or signed_on
        _all_signed(run, row)


@seals
def give_signature(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: SignatureFacts,
    now: datetime,
) -> None:
    """Note one signature; with the last one the minutes are signed."""
    with act(session, actor, "give_signature", now) as run:
        row = run.about(hold(run, row_id, version))
        _demand(row, MinutesState.DRAFT, MinutesState.PRESENTED)
        found = next((one for one in row.signatures if one.id == facts.signature_id), None)
        if found is None:
            raise Unknown(f"MinutesSignature {facts.signature_id}")
        if found.signed_on:
            raise RuleBroken("", "Diese Unterschrift ist schon vermerkt.")
        _on_a_day(run, "signed_on", facts.signed_on, local_day(row.meeting.start), "Sitzung")
        found.name = _name("name", facts.name, "Bitte geben Sie an, wer unterschrieben hat.")
        found.signed_on = facts.signed_on
        # Even where only a signature changed, the minutes are other ones for a second tab.
        flag_modified(row, "modified_at")
        if all(one.signed_on for one in row.signatures):
            _all_signed(run, row)


def unsign_minutes(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take all signatures back, to correct what is recorded; what was released stays released.

    The approval and the close are gone with them; objections and their decisions stay.
    """
    with act(session, actor, "unsign_minutes", now) as run:
        row = run.about(hold(run, row_id, version))
        if not row.signed and not any(one.signed_on for one in row.signatures):
            raise RuleBroken("", "Die Niederschrift ist nicht unterzeichnet.")
        for one in row.signatures:
            one.signed_on = None
        row.state = MinutesState.DRAFT
        row.presented_on = row.signed_on = row.approved_on = row.closed_on = None
        row.approved_in = None
        flag_modified(row, "modified_at")


@seals
def approve_minutes(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    approved_on: date,
    approved_in_id: int | None,
    now: datetime,
    *,
    approved_item_id: int | None = None,
) -> None:
    """Note that the minutes are approved, where known in which meeting and by a vote on which item.

    An item stands for its meeting. It must belong to a later meeting of one of the committees, and
    have been voted on with success.
    """
    with act(session, actor, "approve_minutes", now) as run:
        row = run.about(hold(run, row_id, version))
        _demand(row, MinutesState.SIGNED)
        signed_on = row.signed_on or local_day(row.meeting.start)
        _on_a_day(run, "approved_on", approved_on, signed_on, "Unterzeichnung")
        if approved_item_id is not None:
            item = later_item(run, row, approved_item_id, "approved_item_id")
            _demand_adopted(item)
            row.approved_item, row.approved_in = item, item.meeting
        elif approved_in_id is not None:
            later = run.fetch(Meeting, approved_in_id)
            if later.start <= row.meeting.start:
                raise RuleBroken("approved_in_id", "Bitte wählen Sie eine spätere Sitzung.")
            row.approved_in = later
        row.approved_on = approved_on
        row.state = MinutesState.APPROVED
        print_issue(run, row)


@seals
def unapprove_minutes(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take the approval back; the minutes stay signed."""
    with act(session, actor, "unapprove_minutes", now) as run:
        row = run.about(hold(run, row_id, version))
        _demand(row, MinutesState.APPROVED)
        row.state = MinutesState.SIGNED
        row.approved_on = row.approved_in = None
        print_issue(run, row)


@seals
def close_minutes(
    session: Session, actor: Actor, row_id: int, version: int, closed_on: date, now: datetime
) -> None:
    """Close the minutes: approved where the Land wants a vote, and no objection open any more."""
    with act(session, actor, "close_minutes", now) as run:
        row = run.about(hold(run, row_id, version))
        _demand(row, MinutesState.SIGNED, MinutesState.APPROVED)
        if any(one.state is ObjectionState.OPEN for one in row.objections):
            raise RuleBroken("", "Über eine Einwendung ist noch nicht entschieden.")
        _demand_approval(row)
        before = row.approved_on or row.signed_on or local_day(row.meeting.start)
        what = "Genehmigung" if row.approved_on else "Unterzeichnung"
        _on_a_day(run, "closed_on", closed_on, before, what)
        row.state = MinutesState.CLOSED
        row.closed_on = closed_on
        print_issue(run, row)


@seals
def reopen_minutes(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take the close back; the minutes stand where they stood before it."""
    with act(session, actor, "reopen_minutes", now) as run:
        row = run.about(hold(run, row_id, version))
        _demand(row, MinutesState.CLOSED)
        row.state = MinutesState.APPROVED if row.approved_on else MinutesState.SIGNED
        row.closed_on = None
        print_issue(run, row)


def hold(run: Run, row_id: int, version: int | None = None) -> Minutes:
    """The minutes, and with them their meeting: nobody records anything in it in between."""
    row = run.fetch(Minutes, row_id, version=version)
    run.fetch(Meeting, row.meeting_id)
    return row


def later_item(run: Run, row: Minutes, item_id: int, field: str) -> AgendaItem:
    """An item of a later meeting of one of the committees; raises RuleBroken at `field`."""
    item = run.fetch(AgendaItem, item_id)
    committees = {one.id for one in row.meeting.organizations}
    same = committees & {one.id for one in item.meeting.organizations}
    if not same or item.meeting.start <= row.meeting.start:
        raise RuleBroken(field, "Bitte wählen Sie einen Punkt einer späteren Sitzung des Gremiums.")
    if item.removed_at is not None:
        raise RuleBroken(field, "Dieser Punkt steht nicht mehr auf der Tagesordnung.")
    return item


def print_issue(run: Run, row: Minutes) -> None:
    """Print the full minutes as they stand now; earlier issues are kept.

    Signed ones are sealed where the office has a seal; a draft never is.
    """
    run.session.flush()
    value = internal_prints.minutes(row.meeting, row, issued_on=local_day(run.now))
    sealable = row.signed and has_seal(run.session)
    printed = print_minutes(value, sealable=sealable)
    day = local_day(row.meeting.start).isoformat()
    issue(
        run.session,
        DocumentKind.MINUTES_FULL,
        row.meeting,
        sealed(run, printed) if sealable else printed,
        f"Niederschrift_{day}.pdf",
        run.now,
    )


def signatories(meeting: Meeting) -> tuple[Signatory, ...]:
    """Who must sign, one entry a signature; chair and clerk where nothing is laid down."""
    rules = rules_on(meeting.body, local_day(meeting.start))
    asked = (required_signatories(rules) if rules else ()) or USUAL
    return tuple(
        one for kind in asked for one in [kind] * (2 if kind is Signatory.TWO_MEMBERS else 1)
    )


def _set_minutes(row: Minutes, facts: MinutesFacts) -> None:
    row.chair_name = _name(
        "chair_name", facts.chair_name, "Bitte geben Sie an, wer den Vorsitz führte."
    )
    row.clerk_name = _name(
        "clerk_name", facts.clerk_name, "Bitte geben Sie an, wer Schrift führte."
    )
    row.remark = checks.text("remark", facts.remark, limit=10_000)
    members = [_name("member_names", one) for one in facts.member_names]
    names = {Signatory.CHAIR: row.chair_name, Signatory.CLERK: row.clerk_name}
    wanted = []
    for kind in signatories(row.meeting):
        wanted.append((kind, names[kind] if kind in names else members.pop(0) if members else ""))
    if [one.signatory for one in row.signatures] == [kind for kind, _ in wanted]:
        for one, (_, name) in zip(row.signatures, wanted, strict=True):
            one.name = name
    else:
        row.signatures = [
            MinutesSignature(position=place, signatory=kind, name=name)
            for place, (kind, name) in enumerate(wanted)
        ]


def _name(field: str, name: str, needed: str = "") -> str:
    return checks.line(field, name, needed=needed, limit=NAME_LIMIT)


def _all_signed(run: Run, row: Minutes) -> None:
    row.state = MinutesState.SIGNED
    row.signed_on = max(one.signed_on for one in row.signatures if one.signed_on)
    print_issue(run, row)


def _demand_adopted(item: AgendaItem) -> None:
    treatment = item.treatment
    accepted = any(one.outcome is BallotOutcome.ACCEPTED for one in item.ballots)
    if not accepted and not (treatment and treatment.decision in ADOPTED):
        raise RuleBroken(
            "approved_item_id",
            "Zu diesem Punkt ist noch keine Zustimmung erfasst. Bitte erfassen Sie zuerst die"
            " Abstimmung.",
        )


def _demand_approval(row: Minutes) -> None:
    """Refuse to close what the body must vote on and has not, where the law is certain."""
    rules = rules_on(row.meeting.body, local_day(row.meeting.start))
    if row.approved_on or rules is None or not approved_by_vote(rules):
        return
    if rules.minutes.approval.severity is Severity.BLOCK:
        raise RuleBroken(
            "",
            "Die Niederschrift braucht noch die Genehmigung des Gremiums.",
            rules.minutes.approval.norm,
        )


def _demand(row: Minutes, *states: MinutesState) -> None:
    if row.state in states:
        return
    if row.state is MinutesState.CLOSED:
        raise RuleBroken("", "Die Niederschrift ist abgeschlossen.")
    if MinutesState.CLOSED in states:
        raise RuleBroken("", "Die Niederschrift ist nicht abgeschlossen.")
    if row.state is MinutesState.PRESENTED and MinutesState.DRAFT in states:
        raise RuleBroken("", "Die Niederschrift ist schon vorgelegt.")
    if MinutesState.DRAFT in states:
        raise RuleBroken("", "Die Niederschrift ist schon unterzeichnet.")
    if not row.signed:
        raise RuleBroken("", "Die Niederschrift ist noch nicht unterzeichnet.")
    if row.state is MinutesState.SIGNED:
        raise RuleBroken("", "Die Niederschrift ist noch nicht genehmigt.")
    raise RuleBroken("", "Die Niederschrift ist schon genehmigt.")


def _on_a_day(run: Run, field: str, day: date, earliest: date, what: str) -> None:
    """Refuse a day before what it follows, or one still to come."""
    if day < earliest:
        raise RuleBroken(field, f"Das Datum liegt vor der {what}. Bitte prüfen Sie es.")
    if day > local_day(run.now):
        raise RuleBroken(field, "Das Datum liegt in der Zukunft. Bitte prüfen Sie es.")
