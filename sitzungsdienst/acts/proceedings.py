"""Acts in the room: attendance, deliberation, ballots, and closing the meeting."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, selectinload
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.presence import memberships_on_day, voters_present
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.gate.wording import MEMBERSHIP_ROLE
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.people import Membership, Person
from sitzungsdienst.record.proceedings import (
    Attendance,
    AttendanceKind,
    Ballot,
    Decision,
    Treatment,
)

LONGEST_MEETING = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One person's attendance; times are aware, and given only where they differ."""

    person_id: int
    kind: AttendanceKind
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    note: str = ""


def record_attendance(
    session: Session,
    actor: Actor,
    meeting_id: int,
    version: int,
    presences: tuple[Presence, ...],
    now: datetime,
) -> None:
    """Record who is there, all at once; people not named are no longer on the list.

    Raises RuleBroken with the field "person-<id>" for a person whose times cannot be.
    """
    with act(session, actor, "record_attendance", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id, version=version))
        demand_in_session(meeting)
        twice = [one for one, count in Counter(p.person_id for p in presences).items() if count > 1]
        if twice:
            raise RuleBroken(f"person-{twice[0]}", "Diese Person ist zweimal aufgeführt.")
        seats = {one.person_id: one for one in reversed(memberships_on_day(meeting))}
        kept = {one.person_id: one for one in meeting.attendances}
        for presence in presences:
            _record_presence(run, meeting, presence, seats, kept)
        named = {one.person_id for one in presences}
        for person_id, row in kept.items():
            if person_id not in named:
                meeting.attendances.remove(row)
                session.delete(row)
        _keep_to_ballots(run, meeting)
        # Even where no row of its own changed, the meeting is another one for a second tab.
        flag_modified(meeting, "modified_at")


def _record_presence(
    run: Run,
    meeting: Meeting,
    presence: Presence,
    seats: dict[int, Membership],
    kept: dict[int, Attendance],
) -> None:
    field = f"person-{presence.person_id}"
    row = kept.get(presence.person_id)
    if row is None:
        person = run.fetch(Person, presence.person_id)
        row = Attendance(meeting_id=meeting.id, person=person, person_id=person.id)
        meeting.attendances.append(row)
    seat = seats.get(presence.person_id)
    row.kind = presence.kind
    row.voting_right = seat is not None and seat.voting_right
    row.role = MEMBERSHIP_ROLE[seat.role] if seat else "Gast"
    row.on_behalf_of = seat.on_behalf_of.name if seat and seat.on_behalf_of else ""
    row.note = checks.line(field, presence.note, limit=300)
    there = presence.kind is AttendanceKind.PRESENT
    row.arrived_at = presence.arrived_at if there else None
    row.left_at = presence.left_at if there else None
    if row.arrived_at and row.left_at and row.left_at <= row.arrived_at:
        raise RuleBroken(field, "Die Person geht, bevor sie kommt. Bitte prüfen Sie die Zeiten.")


def _keep_to_ballots(run: Run, meeting: Meeting) -> None:
    """Let recorded ballots follow the list; refuse a list that they could not be held with."""
    there = {one.person_id for one in voters_present(meeting)}
    crowded = []
    for ballot in _ballots(run, meeting):
        number = ballot.agenda_item.number or ballot.agenda_item.title
        if not {vote.person_id for vote in ballot.votes} <= there:
            raise RuleBroken(
                "",
                f"Zu {number} hat jemand namentlich abgestimmt, der nach dieser Liste nicht"
                " anwesend oder nicht stimmberechtigt ist. Bitte berichtigen Sie zuerst die"
                " Abstimmung.",
            )
        counts = (ballot.yes, ballot.no, ballot.abstentions, ballot.invalid)
        if max(1, sum(one or 0 for one in counts) + ballot.recused) > len(there):
            crowded.append(number)
        ballot.present = min(ballot.present, len(there))
    if crowded:
        raise RuleBroken(
            "",
            f"Nach dieser Liste sind {len(there)} Stimmberechtigte anwesend; abgestimmt haben mehr"
            f" zu {', '.join(dict.fromkeys(crowded))}. Bitte prüfen Sie die Liste, oder"
            " berichtigen Sie zuerst die Abstimmung.",
        )


def _ballots(run: Run, meeting: Meeting) -> list[Ballot]:
    chosen = select(Ballot).join(Ballot.agenda_item).where(AgendaItem.meeting_id == meeting.id)
    whole = (contains_eager(Ballot.agenda_item), selectinload(Ballot.votes))
    order = (AgendaItem.part, AgendaItem.position, Ballot.position)
    return list(run.session.scalars(chosen.options(*whole).order_by(*order)))


def hold_meeting(run: Run, item: AgendaItem) -> Meeting:
    """The item's meeting, held until the act ends: nobody signs its minutes in between."""
    return run.fetch(Meeting, item.meeting_id)


def demand_in_session(meeting: Meeting) -> None:
    """Only between the summons and the signing of the minutes is there something to record."""
    if meeting.state is MeetingState.PLANNED:
        raise RuleBroken("", "Zu dieser Sitzung ist noch nicht geladen.")
    if meeting.cancelled:
        raise RuleBroken("", "Die Sitzung ist abgesagt.")
    demand_unsigned(meeting)


def demand_unsigned(meeting: Meeting) -> None:
    """What is signed is not changed any more."""
    if meeting.minutes and meeting.minutes.signed:
        raise RuleBroken(
            "",
            "Die Niederschrift ist unterzeichnet. Nehmen Sie zuerst die Unterzeichnung zurück,"
            " wenn etwas zu berichtigen ist.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentFacts:
    """What was said and decided on an item."""

    deliberation: str = ""
    resolution_text: str = ""
    decision: Decision | None = None
    internal_note: str = ""


def record_treatment(
    session: Session,
    actor: Actor,
    item_id: int,
    version: int | None,
    facts: TreatmentFacts,
    now: datetime,
) -> None:
    """Record deliberation and resolution; `version` is the treatment's, None if there was none."""
    with act(session, actor, "record_treatment", now) as run:
        item = run.fetch(AgendaItem, item_id)
        demand_in_session(hold_meeting(run, item))
        row = item.treatment
        if (row.version if row else None) != version:
            raise Stale(f"Treatment of AgendaItem {item_id}")
        if row is None:
            row = Treatment(agenda_item=item, agenda_item_id=item.id)
        row.deliberation = checks.text("deliberation", facts.deliberation)
        row.resolution_text = checks.text("resolution_text", facts.resolution_text)
        row.internal_note = checks.text("internal_note", facts.internal_note)
        row.decision = facts.decision
        run.about(row)


def close_meeting(
    session: Session, actor: Actor, meeting_id: int, version: int, end: datetime, now: datetime
) -> None:
    """Close a meeting with the moment it ended. Also corrects the end of a closed one."""
    with act(session, actor, "close_meeting", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id, version=version))
        demand_in_session(meeting)
        if end <= meeting.start:
            raise RuleBroken(
                "end", "Das Ende liegt vor dem Beginn der Sitzung. Bitte prüfen Sie die Uhrzeit."
            )
        if end - meeting.start > LONGEST_MEETING:
            raise RuleBroken("end", "Die Sitzung hätte länger als 24 Stunden gedauert.")
        meeting.end = end
        meeting.state = MeetingState.CLOSED


def reopen_meeting(
    session: Session, actor: Actor, meeting_id: int, version: int, now: datetime
) -> None:
    """Take the closing back, as long as there are no minutes."""
    with act(session, actor, "reopen_meeting", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id, version=version))
        if meeting.state is not MeetingState.CLOSED:
            raise RuleBroken("", "Die Sitzung ist nicht geschlossen.")
        if meeting.minutes is not None:
            raise RuleBroken("", "Zu dieser Sitzung gibt es schon eine Niederschrift.")
        meeting.state = MeetingState.SUMMONED
        meeting.end = None
