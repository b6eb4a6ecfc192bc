"""Who may sit and vote in a meeting, who does at which moment, and whether that is enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.timeline import Stay, When, seats, spans, voters
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.german import clock, local_day
from sitzungsdienst.law.quorum import QuorumFinding, quorum
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee
from sitzungsdienst.record.people import Membership
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Ballot, Capacity


@dataclass(frozen=True, slots=True)
class CommitteeQuorum:
    """How a committee of the meeting stands: its voting members, those present, the finding.

    `finding` is None where the law of the day is not kept in the program. `recused` of those
    present take no part in the item.
    """

    organization: Organization
    members: int
    present: int
    finding: QuorumFinding | None
    recused: int = 0


class Basis(StrEnum):
    """What the presence at a ballot or item is reckoned from, the best first."""

    MOMENT = "moment"
    ITEM = "item"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Members with a vote, those of them present, and those of these recused."""

    entitled: int
    present: int
    recused: int

    @property
    def voting(self) -> int:
        """How many could vote."""
        return self.present - self.recused


def memberships_on_day(meeting: Meeting) -> tuple[Membership, ...]:
    """The memberships of all its committees that run on the day, chair first, then by name.

    A person who sits in two of the committees comes twice.
    """
    day = local_day(meeting.start)
    found = [one for body in meeting.organizations for one in body.memberships if one.runs_on(day)]
    order = {role: place for place, role in enumerate(type(found[0].role))} if found else {}
    return tuple(sorted(found, key=lambda one: (order[one.role], one.person.sort_name.casefold())))


def voters_present(meeting: Meeting) -> tuple[Attendance, ...]:
    """Those who were there at some time of the meeting and had a vote."""
    return tuple(
        one
        for one in meeting.attendances
        if one.kind is AttendanceKind.PRESENT and one.voting_right
    )


def load_room(session: Session, meeting: Meeting) -> None:
    """Load all that a `Room` reckons with, in a fixed number of statements."""
    seats_held = (
        selectinload(Meeting.committees)
        .selectinload(MeetingCommittee.organization)
        .selectinload(Organization.memberships)
    )
    there = selectinload(Meeting.attendances)
    items = selectinload(Meeting.items)
    whole = (
        seats_held.selectinload(Membership.person),
        seats_held.selectinload(Membership.on_behalf_of),
        there.selectinload(Attendance.person),
        there.selectinload(Attendance.interruptions),
        items.selectinload(AgendaItem.recusals),
        items.selectinload(AgendaItem.treatment),
    )
    session.scalars(select(Meeting).where(Meeting.id == meeting.id).options(*whole)).all()


class Room:
    """A meeting's room as recorded: who is there, who has a vote, who is recused, and when.

    Reckoned once from the rows as they are; make a new one after a change.
    """

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.seats: dict[int, frozenset[int]] = {
            committee.id: frozenset() for committee in meeting.organizations
        }
        for one in memberships_on_day(meeting):
            if one.voting_right:
                self.seats[one.organization_id] |= {one.person_id}
        self.stays = tuple(self._stay(one) for one in meeting.attendances)
        self._order = {row.item.id: place for place, row in enumerate(agenda_rows(meeting.agenda))}

    def _stay(self, row: Attendance) -> Stay:
        seat = row.person_id
        if row.capacity is Capacity.SUBSTITUTE and row.substitute_for_id is not None:
            seat = row.substitute_for_id
        votes_in = frozenset(one for one, members in self.seats.items() if seat in members)
        if not row.voting_right:
            votes_in = frozenset()
        elif not votes_in:
            # The vote was recorded; the membership was corrected since.
            votes_in = frozenset(self.seats)
        there = row.kind is AttendanceKind.PRESENT
        outs = [(one.left_at, one.returned_at) for one in row.interruptions]
        times = spans(row.arrived_at, row.left_at, outs) if there else ()
        return Stay(row.person_id, seat, votes_in, times)

    def committees_at(self, item: AgendaItem) -> tuple[Organization, ...]:
        """The committees that still take part in an item."""
        return tuple(
            one.organization for one in self.meeting.committees if self._takes_part(one, item)
        )

    def _takes_part(self, seat: MeetingCommittee, item: AgendaItem) -> bool:
        last = seat.until_item
        if last is None or item.id == last.id:
            return True
        if last.id in _ancestors(item):
            return True  # »bis TOP 3« means all of it
        if item.called_position is not None and last.called_position is not None:
            return item.called_position <= last.called_position
        place, end = self._order.get(item.id), self._order.get(last.id)
        return place is None or end is None or place < end

    def when(self, item: AgendaItem, taken_at: datetime | None = None) -> tuple[When, Basis]:
        """The time in which a ballot on the item was taken, as far as it is recorded."""
        if taken_at is not None:
            return When.at(taken_at), Basis.MOMENT
        row = item.treatment
        if row is not None and (row.began_at or row.ended_at):
            return When(row.began_at or row.ended_at, row.ended_at or row.began_at), Basis.ITEM
        return When(), Basis.MEETING

    def voters(
        self, item: AgendaItem, taken_at: datetime | None = None, committee: int | None = None
    ) -> tuple[Stay, ...]:
        """Those there who may vote on the item, recused ones left out."""
        out = recused(item)
        return tuple(one for one in self._there(item, taken_at, committee) if one.person not in out)

    def _there(
        self, item: AgendaItem, taken_at: datetime | None, committee: int | None
    ) -> tuple[Stay, ...]:
        when, _ = self.when(item, taken_at)
        return voters(self.stays, when, self._voting(item, committee))

    def numbers(
        self, item: AgendaItem, taken_at: datetime | None = None, committee: int | None = None
    ) -> Numbers:
        """How many have a vote on the item, are there, and are recused."""
        there = self._there(item, taken_at, committee)
        able = seats(one for one in there if one.person not in recused(item))
        present = seats(there)
        return Numbers(
            entitled=len(self._entitled(self._voting(item, committee)) | present),
            present=len(present),
            recused=len(present - able),
        )

    def numbers_of(self, ballot: Ballot) -> Numbers:
        """The numbers of a recorded ballot, as they follow from the room now."""
        return self.numbers(ballot.agenda_item, ballot.taken_at, ballot.organization_id)

    def _voting(self, item: AgendaItem, committee: int | None) -> frozenset[int]:
        if committee is not None:
            return frozenset({committee})
        return frozenset(one.id for one in self.committees_at(item))

    def _entitled(self, committees: frozenset[int]) -> frozenset[int]:
        return frozenset().union(*(self.seats.get(one, frozenset()) for one in committees))

    def quorums(self, item: AgendaItem | None = None) -> tuple[CommitteeQuorum, ...]:
        """The quorum of each committee that meets: at the opening, or at an item."""
        committees = self.meeting.organizations if item is None else self.committees_at(item)
        return tuple(self._quorum(one, item) for one in committees)

    def _quorum(self, committee: Organization, item: AgendaItem | None) -> CommitteeQuorum:
        own = frozenset({committee.id})
        when = self.when(item)[0] if item is not None else When.at(self.meeting.start)
        there = voters(self.stays, when, own)
        out = recused(item) if item is not None else frozenset()
        present = seats(there)
        excluded = present - seats(one for one in there if one.person not in out)
        members = self.seats[committee.id] | present
        rules = rules_on(self.meeting.body, local_day(self.meeting.start))
        finding = None
        if rules is not None and members:
            finding = quorum(
                members=len(members),
                present_entitled=len(present),
                rules=rules,
                recused=len(excluded),
                excluded=len(excluded | (out & (members - present))),
                second_summons_with_hint=self._summoned_again(item),
                determined_at_start=self.meeting.quorum_determined,
                challenged=item is not None and self._challenged(when),
            )
        return CommitteeQuorum(committee, len(members), len(present), finding, len(excluded))

    def _summoned_again(self, item: AgendaItem | None) -> bool:
        """Whether the second summons lets fewer decide: only on what was on the agenda before.

        Of the meeting as a whole it is asked without an item; then the summons alone counts.
        """
        summons = self.meeting.summons
        hinted = bool(summons and summons.second_with_hint)
        return hinted and (item is None or item.taken_over_from_id is not None)

    def _challenged(self, when: When) -> bool:
        at = self.meeting.quorum_challenged_at
        return at is not None and (when.end is None or at <= when.end)


def recused(item: AgendaItem) -> frozenset[int]:
    """The persons who take no part in the item."""
    return frozenset(one.person_id for one in item.recusals if one.excludes)


def basis_sentence(item: AgendaItem, taken_at: datetime | None, basis: Basis) -> str:
    """What the presence was reckoned from, as a German sentence for the clerk."""
    match basis:
        case Basis.MOMENT if taken_at is not None:
            return f"Anwesend um {clock(taken_at)} Uhr, dem Zeitpunkt der Abstimmung."
        case Basis.ITEM if item.treatment is not None:
            begun, ended = item.treatment.began_at, item.treatment.ended_at
            told = " bis ".join(clock(one) for one in (begun, ended) if one is not None)
            return f"Anwesend während des Punktes ({told} Uhr)."
    return (
        "Anwesend irgendwann in der Sitzung, denn weder für die Abstimmung noch für den Punkt ist"
        " eine Uhrzeit erfasst."
    )


def quorums(meeting: Meeting) -> tuple[CommitteeQuorum, ...]:
    """The quorum of each committee at the opening, told from who was there then."""
    return Room(meeting).quorums()


def quorum_sentence(meeting: Meeting) -> str:
    """The quorum at the opening in words for the minutes; several committees each for itself."""
    told = [one for one in quorums(meeting) if one.members]
    return told_quorums(told, joint=len(meeting.organizations) > 1)


def told_quorums(told: Iterable[CommitteeQuorum], *, joint: bool) -> str:
    """Findings on the quorum in words; in a joint meeting each committee by its name."""
    sentences = []
    for one in told:
        sentence = (
            one.finding.sentence
            if one.finding
            else f"{one.present} von {one.members} stimmberechtigten Mitgliedern sind anwesend."
        )
        sentences.append(f"{one.organization.name}: {sentence}" if joint else sentence)
    return " ".join(sentences)


def _ancestors(item: AgendaItem) -> frozenset[int]:
    by_id = {one.id: one for one in item.meeting.items}
    found: set[int] = set()
    while item.parent_id is not None and item.parent_id not in found:
        found.add(item.parent_id)
        item = by_id[item.parent_id]
    return frozenset(found)
