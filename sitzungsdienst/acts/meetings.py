"""Acts on meetings: planning, moving, cancelling, announcing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.public_prints import put_notice
from sitzungsdienst.acts.publishing import needed_reason, publish
from sitzungsdienst.acts.sealing import seals
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.publication.types import PublicMeeting
from sitzungsdienst.record.bodies import Location, Organization, OrganizationKind
from sitzungsdienst.record.meetings import (
    Meeting,
    MeetingCommittee,
    MeetingKind,
    MeetingState,
)

HIGHEST_NUMBER = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """A meeting as planned. `start` is aware; the first committee leads.

    `number` counts the leading committee's meetings of the term; None where none is given.
    """

    name: str
    committee_ids: tuple[int, ...]
    start: datetime
    location_id: int
    internal_note: str = ""
    kind: MeetingKind = MeetingKind.ORDINARY
    number: int | None = None


def plan_meeting(session: Session, actor: Actor, facts: MeetingFacts, now: datetime) -> int:
    """Plan a meeting; gives its id. Nobody outside the office sees it before it is announced."""
    with act(session, actor, "plan_meeting", now) as run:
        row = Meeting(body_id=actor.home)
        set_meeting(run, row, facts)
        run.about(row)
        session.flush()
        return row.id


@seals
def edit_meeting(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: MeetingFacts,
    reason: str,
    now: datetime,
) -> None:
    """Change or move a meeting. An announced one is released anew with its public `reason`."""
    with act(session, actor, "edit_meeting", now) as run:
        row = run.about(run.fetch(Meeting, row_id, version=version))
        if row.state is MeetingState.CLOSED:
            raise RuleBroken("", "Die Sitzung ist geschlossen und kann nicht mehr geändert werden.")
        before = (row.start, row.location_id)
        set_meeting(run, row, facts)
        if (row.start, row.location_id) != before:
            row.sequence += 1
        _republish(run, row, reason)


@seals
def cancel_meeting(
    session: Session, actor: Actor, row_id: int, version: int, reason: str, now: datetime
) -> None:
    """Cancel a meeting; an announced one stays visible as cancelled, with its public reason."""
    with act(session, actor, "cancel_meeting", now) as run:
        row = run.about(run.fetch(Meeting, row_id, version=version))
        if row.state is MeetingState.CLOSED:
            raise RuleBroken("", "Die Sitzung hat stattgefunden und kann nicht abgesagt werden.")
        if row.cancelled:
            raise RuleBroken("", "Die Sitzung ist schon abgesagt.")
        row.cancelled = True
        row.sequence += 1
        _republish(run, row, reason)


@seals
def reinstate_meeting(
    session: Session, actor: Actor, row_id: int, version: int, reason: str, now: datetime
) -> None:
    """Take a cancellation back."""
    with act(session, actor, "reinstate_meeting", now) as run:
        row = run.about(run.fetch(Meeting, row_id, version=version))
        if not row.cancelled:
            raise RuleBroken("", "Die Sitzung ist nicht abgesagt.")
        row.cancelled = False
        row.sequence += 1
        _republish(run, row, reason)


def delete_meeting(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Delete a meeting planned by mistake: not announced, not summoned, without an agenda."""
    with act(session, actor, "delete_meeting", now) as run:
        row = run.about(run.fetch(Meeting, row_id, version=version))
        if row.state is not MeetingState.PLANNED or row.items:
            raise RuleBroken(
                "", "Eine Sitzung mit Tagesordnung wird nicht gelöscht, sondern abgesagt."
            )
        if Desk(session).reader.get(PublicMeeting, row.uid):
            raise RuleBroken("", "Eine angekündigte Sitzung wird nicht gelöscht, sondern abgesagt.")
        session.delete(row)


def announce_meeting(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Release a meeting's name, committee, time and place to the public, without an agenda."""
    with act(session, actor, "announce_meeting", now) as run:
        row = run.about(run.fetch(Meeting, row_id, version=version))
        if row.cancelled:
            raise RuleBroken("", "Eine abgesagte Sitzung wird nicht angekündigt.")
        desk = Desk(session)
        if desk.current(PublicMeeting, row.uid):
            raise RuleBroken("", "Die Sitzung ist schon angekündigt.")
        # One announced anew after a withdrawal may have been held long ago.
        gate.put_meeting(desk, row, held=row.state is MeetingState.CLOSED)
        publish(run, desk, "")


def set_participation(
    session: Session,
    actor: Actor,
    meeting_id: int,
    version: int,
    until: tuple[tuple[int, int], ...],
    now: datetime,
) -> None:
    """Say up to which item each committee takes part in a joint meeting (»bis TOP 3«).

    `until` are pairs of a committee's id and an item's; one not named stays to the end. Raises
    RuleBroken at "until-<id>" of the committee.
    """
    with act(session, actor, "set_participation", now) as run:
        row = run.about(run.fetch(Meeting, meeting_id, version=version))
        if row.minutes is not None and row.minutes.signed:
            raise RuleBroken("", "Die Niederschrift ist unterzeichnet.")
        items = {one.id: one for one in row.agenda}
        last = dict(until)
        for seat in row.committees:
            wanted = last.get(seat.organization_id)
            if wanted is not None and wanted not in items:
                field = f"until-{seat.organization_id}"
                raise RuleBroken(field, "Dieser Punkt steht nicht auf der Tagesordnung.")
            seat.until_item = items[wanted] if wanted is not None else None
        if all(seat.until_item for seat in row.committees):
            raise RuleBroken(
                "", "Mindestens ein Gremium tagt bis zum Ende. Lassen Sie eines ohne letzten Punkt."
            )
        # What is said of the committees is said of the meeting: a second tab is told.
        flag_modified(row, "modified_at")


def _republish(run: Run, row: Meeting, reason: str) -> None:
    """Release the meeting anew if the public knows it, with the notice if that is public too."""
    run.session.flush()
    desk = Desk(run.session)
    filed = desk.current(PublicMeeting, row.uid)
    if filed is None:
        return
    gate.put_meeting(desk, row)
    if row.state is not MeetingState.PLANNED:
        # Papers lead to no item of a cancelled meeting.
        gate.refresh_steps(desk, row.agenda)
    if filed.invitation:
        put_notice(run, desk, row)
    # A note for the office changes nothing that the public reads, and needs no public reason.
    if desk.differs():
        publish(run, desk, needed_reason(reason))


def set_meeting(run: Run, row: Meeting, facts: MeetingFacts) -> None:
    """Fill a meeting within a running act."""
    row.name = checks.line("name", facts.name, needed="Bitte geben Sie die Bezeichnung ein.")
    row.internal_note = checks.text("internal_note", facts.internal_note)
    checks.within("number", facts.number, 1, HIGHEST_NUMBER)
    if (facts.kind is MeetingKind.CONTINUATION) != (row.continues_id is not None):
        raise RuleBroken(
            "kind", "Eine Fortsetzung planen Sie bei der Sitzung, die sie fortsetzen soll."
        )
    row.kind, row.number = facts.kind, facts.number
    if not facts.committee_ids:
        raise RuleBroken("committee_ids", "Bitte wählen Sie mindestens ein Gremium.")
    if not 1945 <= facts.start.year <= 2199:
        raise RuleBroken(
            "start_date", "Bitte prüfen Sie das Jahr: Es liegt außerhalb von 1945–2199."
        )
    committees = [run.fetch(Organization, one) for one in dict.fromkeys(facts.committee_ids)]
    row.location = run.fetch(Location, facts.location_id)
    row.location_id = row.location.id
    if any(one.kind is not OrganizationKind.COMMITTEE for one in committees):
        raise RuleBroken("committee_ids", "Bitte wählen Sie nur Gremien.")
    if [one.id for one in row.organizations] != [one.id for one in committees]:
        _seat(row, committees)
    row.start = facts.start


def _seat(row: Meeting, committees: list[Organization]) -> None:
    if row.state not in (None, MeetingState.PLANNED):
        raise RuleBroken("committee_ids", "Nach der Ladung steht fest, welche Gremien tagen.")
    seated = {seat.organization_id: seat for seat in row.committees}
    row.committees = []
    for position, one in enumerate(committees):
        seat = seated.get(one.id) or MeetingCommittee(organization_id=one.id, organization=one)
        seat.position = position
        row.committees.append(seat)
