"""The rows of the attendance list: as what somebody is there, when, and with whose vote."""

from dataclasses import dataclass
from datetime import datetime

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.presence import Room, memberships_on_day
from sitzungsdienst.acts.timeline import clashes
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.gate.wording import MEMBERSHIP_ROLE
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.people import Membership, Person
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Capacity, Interruption

NOTE_LIMIT = 300
CAPACITY_ROLE = {Capacity.GUEST: "Gast", Capacity.STAFF: "Verwaltung"}
BACKWARDS = "Die Person geht, bevor sie kommt. Bitte prüfen Sie die Zeiten."

Seats = dict[int, list[Membership]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One person on the attendance list; times are aware, and given only where they differ."""

    person_id: int
    kind: AttendanceKind
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Out:
    """A time in which somebody was out of the room."""

    left_at: datetime
    returned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceFacts:
    """One person's attendance, whole: as what they are there, and the times of it."""

    person_id: int
    kind: AttendanceKind = AttendanceKind.PRESENT
    capacity: Capacity = Capacity.MEMBER
    substitute_for_id: int | None = None
    by_video: bool = False
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    outs: tuple[Out, ...] = ()
    note: str = ""


def new_row(run: Run, meeting: Meeting, person_id: int) -> Attendance:
    """A row for somebody who is not on the list yet."""
    person = run.fetch(Person, person_id)
    row = Attendance(
        meeting_id=meeting.id,
        person=person,
        person_id=person.id,
        capacity=Capacity.GUEST,
        by_video=False,
    )
    meeting.attendances.append(row)
    return row


def seats_of(meeting: Meeting) -> Seats:
    """Each person's memberships in the committees that meet, on the day."""
    found: Seats = {}
    for one in memberships_on_day(meeting):
        found.setdefault(one.person_id, []).append(one)
    return found


def set_whole(run: Run, meeting: Meeting, row: Attendance, facts: AttendanceFacts) -> None:
    """Set everything about one person's attendance."""
    times = Presence(
        person_id=row.person_id,
        kind=facts.kind,
        arrived_at=facts.arrived_at,
        left_at=facts.left_at,
        note=facts.note,
    )
    row.interruptions.clear()
    set_times("left_at", row, times)
    there = facts.kind is AttendanceKind.PRESENT
    row.by_video = there and facts.by_video
    if there:
        _set_outs(row, facts.outs)
    row.capacity = facts.capacity
    row.substitute_for_id = None
    if facts.capacity is Capacity.SUBSTITUTE and facts.substitute_for_id is not None:
        row.substitute_for = run.fetch(Person, facts.substitute_for_id)
        row.substitute_for_id = facts.substitute_for_id
    set_seat(row, seats_of(meeting), "capacity")
    refuse_clashes(meeting)


def set_times(field: str, row: Attendance, facts: Presence) -> None:
    """Set whether and when somebody was there; what no longer fits is refused at `field`."""
    row.kind = facts.kind
    row.note = checks.line("note" if field == "left_at" else field, facts.note, limit=NOTE_LIMIT)
    there = facts.kind is AttendanceKind.PRESENT
    row.arrived_at = facts.arrived_at if there else None
    row.left_at = facts.left_at if there else None
    if not there:
        row.interruptions.clear()
        row.by_video = False
    if row.arrived_at and row.left_at and row.left_at <= row.arrived_at:
        raise RuleBroken(field, BACKWARDS)
    for one in row.interruptions:
        if not _within(row, one.left_at, one.returned_at):
            raise RuleBroken(
                field,
                "Zwischen diesen Zeiten liegt eine Unterbrechung nicht mehr. Bitte berichtigen"
                " Sie zuerst die Unterbrechungen der Person.",
            )


def _set_outs(row: Attendance, outs: tuple[Out, ...]) -> None:
    latest: datetime | None = None
    for one in sorted(outs, key=lambda out: out.left_at):
        if one.returned_at <= one.left_at:
            raise RuleBroken("outs", "Die Rückkehr liegt vor dem Gehen. Bitte prüfen Sie sie.")
        if not _within(row, one.left_at, one.returned_at):
            raise RuleBroken(
                "outs", "Eine Unterbrechung liegt außerhalb der Zeit, in der die Person da war."
            )
        if latest is not None and one.left_at <= latest:
            raise RuleBroken("outs", "Die Unterbrechungen überschneiden sich.")
        latest = one.returned_at
        row.interruptions.append(Interruption(left_at=one.left_at, returned_at=one.returned_at))


def _within(row: Attendance, out: datetime, back: datetime) -> bool:
    return (row.arrived_at is None or row.arrived_at < out) and (
        row.left_at is None or back < row.left_at
    )


def set_seat(row: Attendance, seats: Seats, field: str) -> None:
    """Set the vote, function and group that go with the capacity; a snapshot of the day."""
    own = seats.get(row.person_id, [])
    match row.capacity:
        case Capacity.MEMBER:
            if not own:
                raise RuleBroken(
                    field, "Diese Person ist an diesem Tag nicht Mitglied. Bitte wählen Sie anders."
                )
            _take_seat(row, own, MEMBERSHIP_ROLE[_leading(own).role])
        case Capacity.SUBSTITUTE:
            _stand_in(row, own, seats, field)
        case Capacity.GUEST | Capacity.STAFF:
            if any(one.voting_right for one in own):
                raise RuleBroken(
                    field, "Diese Person ist Mitglied mit Stimmrecht. Bitte wählen Sie »Mitglied«."
                )
            _take_seat(row, [], CAPACITY_ROLE[row.capacity])
    if row.capacity is not Capacity.SUBSTITUTE:
        row.substitute_for = None
        row.substitute_for_id = None


def _stand_in(row: Attendance, own: list[Membership], seats: Seats, field: str) -> None:
    member = row.substitute_for_id
    held = seats.get(member or 0, [])
    if member is None or not held:
        raise RuleBroken("substitute_for_id", "Bitte wählen Sie das Mitglied, das vertreten wird.")
    voting = {one.organization_id for one in held if one.voting_right}
    if member == row.person_id or voting & {one.organization_id for one in own if one.voting_right}:
        raise RuleBroken(
            field, "Die Person ist selbst Mitglied mit Stimmrecht und kann niemanden vertreten."
        )
    _take_seat(row, held, f"in Vertretung für {held[0].person.name}")


def _leading(held: list[Membership]) -> Membership:
    """The seat that tells the person's function: one with a vote, of the leading function."""
    return next((one for one in held if one.voting_right), held[0])


def _take_seat(row: Attendance, held: list[Membership], role: str) -> None:
    row.voting_right = any(one.voting_right for one in held)
    row.role = role
    group = _leading(held).on_behalf_of if held else None
    row.on_behalf_of = group.name if group else ""


def refuse_clashes(meeting: Meeting) -> None:
    """Refuse that a member and their substitute, or two of these, are there at the same time."""
    names = {one.person_id: one.person.name for one in meeting.attendances}
    for one, other in clashes(Room(meeting).stays):
        second = other if other.person != other.seat else one
        raise RuleBroken(
            f"person-{second.person}",
            f"{names[one.person]} und {names[other.person]} wären zugleich anwesend und haben"
            " zusammen nur eine Stimme. Bitte prüfen Sie die Zeiten.",
        )
