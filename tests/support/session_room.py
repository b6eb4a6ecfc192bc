"""A summoned meeting with its members, a paper and an agenda: what a session room begins with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import agenda, meetings, organizations, papers, people, summons
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.presence import memberships_on_day
from sitzungsdienst.acts.proceedings import Presence, close_meeting, record_attendance
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.accounts import UserRole
from sitzungsdienst.record.meetings import Disclosure, Meeting
from sitzungsdienst.record.papers import ConsultationRole
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import AttendanceKind

#: 17:00 in Berlin on 19 April 2017; the office looks back on it from 2 May.
START = datetime(2017, 4, 19, 15, 0, tzinfo=UTC)
END = datetime(2017, 4, 19, 16, 55, tzinfo=UTC)
PLANNED = datetime(2017, 4, 3, 8, 0, tzinfo=UTC)
LATER = datetime(2017, 5, 2, 8, 0, tzinfo=UTC)

NAMES = ("Schünemann", "Arnold", "Brandt", "Conrad", "Leuschner", "Meier")
PROPOSED = "Der Ausschuss empfiehlt dem Kreistag, das Konzept zu beauftragen."
SECRET_TITLE = "Personalsache Geheimrat"


@dataclass(frozen=True, slots=True)
class Room:
    """The numbers of the rows. `voters` are the committee's voting members, the chair first."""

    actor: Actor
    body: int
    committee: int
    meeting: int
    later_meeting: int
    voters: tuple[int, ...]
    adviser: int
    guest: int
    paper: int
    concept: int
    grants: int
    nonpublic: int


def build(session: Session, body: int, *, summoned: bool = True) -> Room:
    """Enter everything through acts, as the office does, and commit."""
    actor = Actor(None, "", UserRole.CLERK, body, None)
    committee = organizations.create_organization(
        session, actor, organizations.OrganizationFacts(name="Sozialausschuss"), PLANNED
    )
    location = organizations.create_location(
        session, actor, organizations.LocationFacts(room="Sitzungsraum II"), PLANNED
    )
    voters = tuple(_seat(session, actor, committee, name) for name in NAMES)
    adviser = _seat(session, actor, committee, "Quandt", votes=False)
    guest = _person(session, actor, "Kratzsch")
    paper, step = _paper(session, actor, committee)
    plan = _Plan(session, actor, committee, location)
    meeting = plan.meeting("Sitzung des Sozialausschusses", START)
    later = plan.meeting("Sitzung im Juni", datetime(2017, 6, 14, 15, 0, tzinfo=UTC))
    plan.item(meeting, agenda.ItemFacts(title="Eröffnung"))
    concept = plan.item(meeting, agenda.ItemFacts(title="Konzept", consultation_ids=(step,)))
    grants = plan.item(meeting, agenda.ItemFacts(title="Zuschüsse"))
    nonpublic = plan.item(
        meeting,
        agenda.ItemFacts(
            title=SECRET_TITLE,
            part=Part.NONPUBLIC,
            public_title="Personalangelegenheit",
            disclosure=Disclosure.NEUTRAL,
        ),
    )
    if summoned:
        facts = summons.SummonsFacts(paper_ids=(paper,), acknowledged=True)
        version = session.get_one(Meeting, meeting).version
        summons.summon(session, actor, meeting, version, facts, PLANNED)
    session.rollback()
    return Room(
        actor=actor,
        body=body,
        committee=committee,
        meeting=meeting,
        later_meeting=later,
        voters=voters,
        adviser=adviser,
        guest=guest,
        paper=paper,
        concept=concept,
        grants=grants,
        nonpublic=nonpublic,
    )


def everybody_present(session: Session, room: Room, *, but: tuple[int, ...] = ()) -> None:
    """Record all members as present, except those excused."""
    meeting = session.get_one(Meeting, room.meeting)
    presences = tuple(
        Presence(
            person_id=seat.person_id,
            kind=AttendanceKind.EXCUSED if seat.person_id in but else AttendanceKind.PRESENT,
        )
        for seat in memberships_on_day(meeting)
    )
    record_attendance(session, room.actor, room.meeting, meeting.version, presences, LATER)
    session.rollback()


def close(session: Session, room: Room) -> None:
    """Close the meeting at 18:55."""
    version = session.get_one(Meeting, room.meeting).version
    close_meeting(session, room.actor, room.meeting, version, END, LATER)
    session.rollback()


@dataclass(frozen=True, slots=True)
class _Plan:
    session: Session
    actor: Actor
    committee: int
    location: int

    def meeting(self, name: str, start: datetime) -> int:
        facts = meetings.MeetingFacts(
            name=name, committee_ids=(self.committee,), start=start, location_id=self.location
        )
        return meetings.plan_meeting(self.session, self.actor, facts, PLANNED)

    def item(self, meeting: int, facts: agenda.ItemFacts) -> int:
        return agenda.add_item(self.session, self.actor, meeting, facts, PLANNED)


def _person(session: Session, actor: Actor, name: str) -> int:
    facts = people.PersonFacts(family_name=name, given_name="Kim")
    return people.create_person(session, actor, facts, PLANNED)


def _seat(session: Session, actor: Actor, committee: int, name: str, *, votes: bool = True) -> int:
    person = _person(session, actor, name)
    role = MembershipRole.CHAIR if name == NAMES[0] else MembershipRole.MEMBER
    facts = people.MembershipFacts(
        person_id=person,
        role=role if votes else MembershipRole.ADVISORY,
        voting_right=votes,
        start_date=date(2014, 7, 1),
    )
    people.add_membership(session, actor, committee, facts, PLANNED)
    return person


def _paper(session: Session, actor: Actor, committee: int) -> tuple[int, int]:
    facts = papers.PaperFacts(
        reference="2017/FB3/0433",
        title="Integrationskonzept",
        paper_type="Beschlussvorlage",
        public=True,
        proposed_resolution=PROPOSED,
    )
    paper = papers.create_paper(session, actor, facts, PLANNED)
    step = papers.Step(committee, ConsultationRole.PRELIMINARY)
    return paper, papers.add_step(session, actor, paper, step, PLANNED)
