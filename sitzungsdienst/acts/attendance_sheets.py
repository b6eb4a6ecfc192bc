"""What the attendance list for signature says, made from the record before the meeting.

It is handed round in the room: of an absence it tells that somebody is excused, never why.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sitzungsdienst.acts.attendance_rows import CAPACITY_ROLE
from sitzungsdienst.acts.internal_prints import chair_name
from sitzungsdienst.documents.attendance_list import (
    AttendanceSheet,
    SheetCommittee,
    SheetGroup,
    SheetLine,
)
from sitzungsdienst.documents.values import MeetingHead, Signature
from sitzungsdienst.gate import prints, wording
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.german import BERLIN, local_day
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.people import Membership, MembershipRole, Person, Substitute
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Capacity

BLANK_SUBSTITUTES = 2
BLANK_OTHERS = 6
EXCUSED = "entschuldigt"
VOTING, UNGROUPED = "Stimmberechtigte Mitglieder", "Ohne Fraktion"


def attendance_sheet(meeting: Meeting, *, issued_on: date) -> AttendanceSheet:
    """The list of all who may come, each committee of a joint meeting apart."""
    day = local_day(meeting.start)
    known = {one.person_id: one for one in meeting.attendances}
    return AttendanceSheet(
        letterhead=prints.letterhead(meeting.body),
        head=_head(meeting),
        issued_on=issued_on,
        committees=tuple(
            SheetCommittee(
                name=one.name,
                groups=_Committee(meeting, one, day, known).groups(),
                note=_note(meeting, one, day),
            )
            for one in meeting.organizations
        ),
        others=(_others(meeting),),
        signatures=(
            Signature("Vorsitz", chair_name(meeting)),
            Signature("Schriftführung", ""),
        ),
    )


def _head(meeting: Meeting) -> MeetingHead:
    """The head of what is printed before the meeting: it has no end yet."""
    return MeetingHead(
        name=meeting.name,
        committees=tuple(one.name for one in meeting.organizations),
        start=meeting.start.astimezone(BERLIN),
        end=None,
        room=meeting.location.room,
        place=meeting.location.place,
        publicity=wording.publicity(meeting),
    )


def _note(meeting: Meeting, committee: Organization, day: date) -> str:
    """How many votes there are, and where the committee leaves a joint meeting."""
    people = {one.person_id for one in _seats(committee, day) if one.voting_right}
    offices = [one for one in committee.institutional_members if one.runs_on(day)]
    votes = len(people) + sum(one.voting_right for one in offices)
    if not votes and not offices and not _seats(committee, day):
        return "Für diesen Tag sind keine Mitglieder eingetragen."
    told = [f"Stimmberechtigt: {votes}."]
    numbers = {row.item.id: row.number for row in agenda_rows(meeting.agenda)}
    last = next(one.until_item_id for one in meeting.committees if one.organization is committee)
    if last in numbers:
        told.append(f"Das Gremium nimmt bis TOP {numbers[last]} teil.")
    return " ".join(told)


def _seats(committee: Organization, day: date) -> list[Membership]:
    return [one for one in committee.memberships if one.runs_on(day)]


class _Committee:
    """One committee on the day, with what is known of its people's attendance."""

    def __init__(
        self,
        meeting: Meeting,
        committee: Organization,
        day: date,
        known: Mapping[int, Attendance],
    ) -> None:
        self._committee, self._day, self._known = committee, day, known
        # A person may hold two seats; the list has one line for each, that with a vote first.
        held = sorted(_seats(committee, day), key=lambda one: not one.voting_right)
        by_person: dict[int, Membership] = {}
        for one in held:
            by_person.setdefault(one.person_id, one)
        self._seats = sorted(by_person.values(), key=lambda one: _listed(one.person).casefold())
        self._elsewhere: dict[int, list[str]] = {}
        for other in meeting.organizations:
            if other is not committee:
                for seat in _seats(other, day):
                    names = self._elsewhere.setdefault(seat.person_id, [])
                    names += [other.name] if other.name not in names else []

    def groups(self) -> tuple[SheetGroup, ...]:
        voting = [one for one in self._seats if one.voting_right]
        chairs = [one for one in voting if one.role is MembershipRole.CHAIR]
        members = [one for one in voting if one.role is not MembershipRole.CHAIR]
        advisers = [one for one in self._seats if not one.voting_right]
        found = [
            SheetGroup("Vorsitz", self._lines(chairs)),
            *self._by_group(members),
            SheetGroup("Weitere Mitglieder mit Stimmrecht", self._institutions(voting=True)),
            SheetGroup(
                "Beratende Mitglieder", self._lines(advisers) + self._institutions(voting=False)
            ),
            SheetGroup("Stellvertretungen", self._substitutes(), BLANK_SUBSTITUTES),
        ]
        return tuple(one for one in found if one.lines or one.blank)

    def _by_group(self, members: Sequence[Membership]) -> list[SheetGroup]:
        """The members by parliamentary group, the strongest first, those without one last."""
        sorted_: dict[str, list[Membership]] = {}
        for one in members:
            sorted_.setdefault(_group(one), []).append(one)
        alone = sorted_.pop("", [])
        order = sorted(sorted_, key=lambda name: (-len(sorted_[name]), name.casefold()))
        found = [SheetGroup(name, self._lines(sorted_[name])) for name in order]
        return [*found, SheetGroup(UNGROUPED if found else VOTING, self._lines(alone))]

    def _lines(self, seats: Iterable[Membership]) -> tuple[SheetLine, ...]:
        return tuple(
            SheetLine(
                _listed(one.person),
                wording.MEMBERSHIP_ROLE[one.role],
                _group(one),
                self._remark(one.person_id),
            )
            for one in seats
        )

    def _remark(self, person_id: int) -> str:
        row = self._known.get(person_id)
        told = [EXCUSED] if row and row.kind is AttendanceKind.EXCUSED else []
        told += [f"auch {name}" for name in self._elsewhere.get(person_id, ())]
        return "\n".join(told)

    def _institutions(self, *, voting: bool) -> tuple[SheetLine, ...]:
        return tuple(
            SheetLine(
                one.name,
                wording.MEMBERSHIP_ROLE[one.role],
                f"vertreten durch {one.represented_by.name}" if one.represented_by else "",
            )
            for one in self._committee.institutional_members
            if one.runs_on(self._day) and one.voting_right is voting
        )

    def _substitutes(self) -> tuple[SheetLine, ...]:
        """Who may stand in, in the order of the lists; nobody who sits there with a vote."""
        members = {one.person_id for one in self._seats if one.voting_right}
        found: dict[str, list[str]] = {}
        for one in self._committee.substitutes:
            if one.runs_on(self._day) and one.person_id not in members:
                told = found.setdefault(_listed(one.person), [])
                told += [_stands_in_for(one)] if _stands_in_for(one) not in told else []
        return tuple(SheetLine(name, "\n".join(told)) for name, told in found.items())


def _stands_in_for(one: Substitute) -> str:
    if one.for_person is not None:
        return f"für {one.for_person.name}"
    return f"für {one.on_behalf_of.name}" if one.on_behalf_of else "für alle Mitglieder"


def _group(seat: Membership) -> str:
    return seat.on_behalf_of.name if seat.on_behalf_of else ""


def _listed(person: Person) -> str:
    """The name as it is looked for on a list: "Kratzsch, Dr. Vanessa"."""
    given = " ".join(part for part in (person.title, person.given_name) if part)
    return ", ".join(part for part in (person.family_name, given) if part)


def _others(meeting: Meeting) -> SheetGroup:
    """Staff and guests as far as they are known, and empty lines for the rest."""
    known = [
        SheetLine(_listed(one.person), CAPACITY_ROLE[one.capacity])
        for one in meeting.attendances
        if one.capacity in (Capacity.GUEST, Capacity.STAFF)
    ]
    return SheetGroup("Verwaltung und Gäste", tuple(known), BLANK_OTHERS)
