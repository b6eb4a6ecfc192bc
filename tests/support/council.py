"""A council of any Land and size in session, everybody present: where elections are tried."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from sitzungsdienst.acts import election_rounds, elections
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.accounts import UserRole
from sitzungsdienst.record.bodies import Body, Location, Organization, OrganizationKind
from sitzungsdienst.record.elections import Election, ElectionKind, ElectionRound
from sitzungsdienst.record.meetings import (
    AgendaItem,
    Meeting,
    MeetingCommittee,
    MeetingState,
)
from sitzungsdienst.record.people import Membership, MembershipRole, Person
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind


@dataclass
class Council:
    """The numbers of the rows, and a clerk who records elections on `item`."""

    session: Session
    actor: Actor
    organization: int
    meeting: int
    item: int
    members: tuple[int, ...]
    now: datetime

    def open(self, office: str, *names: str, **facts: object) -> int:
        """Open an election in which `names` stand; gives its id."""
        whole = elections.ElectionFacts(
            office=office,
            candidates=tuple(elections.CandidateFacts(name=name) for name in names),
            **facts,  # type: ignore[arg-type]  # the test's own facts
        )
        return elections.open_election(self.session, self.actor, self.item, whole, self.now)

    def lists(self, seats: int, *names: str, **facts: object) -> int:
        """Open an election of lists; gives its id."""
        return self.open("Ausschuss", *names, kind=ElectionKind.LISTS, seats=seats, **facts)

    def row(self, election: int) -> Election:
        """The election as it stands."""
        self.session.rollback()
        return self.session.get_one(Election, election, populate_existing=True)

    def candidates(self, election: int) -> dict[str, int]:
        """The candidates' ids by name."""
        return {one.name: one.id for one in self.row(election).candidates}

    def facts(self, election: int, votes: dict[str, int], **facts: object) -> elections.RoundFacts:
        """Facts of a round; who is not named does not stand."""
        told = tuple((one, votes.get(name)) for name, one in self.candidates(election).items())
        return elections.RoundFacts(votes=told, **facts)  # type: ignore[arg-type]  # the test's own facts

    def count(self, election: int, votes: dict[str, int], **facts: object) -> ElectionRound:
        """Record the next round; gives it."""
        wanted = self.facts(election, votes, **facts)
        version = self.row(election).version
        args = (self.session, self.actor, election, version, wanted, self.now)
        return self.session.get_one(ElectionRound, election_rounds.record_round(*args))

    def draw(self, row: ElectionRound, *names: str, by: str = "Vorsitz") -> ElectionRound:
        """Record the lot drawn upon a round; gives it."""
        ids = self.candidates(row.election_id)
        version = self.session.get_one(ElectionRound, row.id).version
        facts = elections.LotFacts(winners=tuple(ids[name] for name in names), drawn_by=by)
        election_rounds.draw_lot(self.session, self.actor, row.id, version, facts, self.now)
        return self.session.get_one(ElectionRound, row.id, populate_existing=True)


def build(
    session: Session, body: int, *, land: str, members: int, start: datetime | None = None
) -> Council:
    """A council of `members` in a summoned meeting; every member is there."""
    start = start or datetime(2024, 7, 11, 15, tzinfo=UTC)
    now = start + timedelta(days=1)
    stamps = {"created_at": now, "modified_at": now}
    session.get_one(Body, body).land = land
    council = Organization(body_id=body, name="Rat", kind=OrganizationKind.COMMITTEE, **stamps)
    place = Location(body_id=body, room="Saal", **stamps)
    meeting = Meeting(
        body_id=body,
        name="konstituierende Sitzung",
        start=start,
        state=MeetingState.SUMMONED,
        location=place,
        committees=[MeetingCommittee(organization=council, position=1)],
        **stamps,
    )
    item = AgendaItem(
        meeting=meeting, position=1, title="Wahlen", number="Ö 1", part=Part.PUBLIC, **stamps
    )
    persons = [
        Person(body_id=body, family_name=f"Mitglied {number:02}", **stamps)
        for number in range(1, members + 1)
    ]
    session.add_all([item, *persons])
    session.flush()
    for person in persons:
        session.add(
            Membership(
                organization=council,
                person=person,
                role=MembershipRole.MEMBER,
                voting_right=True,
                **stamps,
            )
        )
        session.add(
            Attendance(
                meeting_id=meeting.id,
                person=person,
                kind=AttendanceKind.PRESENT,
                voting_right=True,
                **stamps,
            )
        )
    session.commit()
    actor = Actor(None, "", UserRole.CLERK, body, None)
    ids = tuple(one.id for one in persons)
    return Council(session, actor, council.id, meeting.id, item.id, ids, now)
