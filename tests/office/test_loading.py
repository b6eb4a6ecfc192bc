"""Who may load what: one's own Body, and for members their own committees once summoned."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import loading
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.bodies import LegislativeTerm, Location, Organization, OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee, MeetingState
from sitzungsdienst.record.minutes import Minutes, MinutesState
from sitzungsdienst.record.papers import (
    Attachment,
    Blob,
    Consultation,
    ConsultationRole,
    DocumentKind,
    IssuedDocument,
    Paper,
)
from sitzungsdienst.record.people import Membership, MembershipRole, Person
from sitzungsdienst.record.proceedings import (
    Attendance,
    AttendanceKind,
    Ballot,
    BallotKind,
    BallotOutcome,
)
from tests.support import cast as people

STAMPS = {"created_at": people.NOW, "modified_at": people.NOW}
START = datetime(2017, 4, 19, 15, 0, tzinfo=UTC)


def _meeting(
    session: Session,
    cast: people.Cast,
    *,
    state: MeetingState = MeetingState.SUMMONED,
    committee: int | None = None,
    start: datetime = START,
) -> Meeting:
    room = Location(body_id=cast.boerde, room="Saal", **STAMPS)
    session.add(room)
    session.flush()
    meeting = Meeting(
        body_id=cast.boerde, name="Sitzung", start=start, location_id=room.id, state=state, **STAMPS
    )
    meeting.committees.append(
        MeetingCommittee(organization_id=committee or cast.committee, position=0)
    )
    session.add(meeting)
    session.flush()
    return meeting


def _item(session: Session, meeting: Meeting, *, removed: bool = False) -> AgendaItem:
    item = AgendaItem(
        meeting_id=meeting.id,
        position=1,
        part=Part.NONPUBLIC,
        number=None if removed else "N 1",
        title="Grundstück",
        removed_at=people.NOW if removed else None,
        **STAMPS,
    )
    session.add(item)
    session.flush()
    return item


def _paper(session: Session, cast: people.Cast, item: AgendaItem | None) -> Paper:
    paper = Paper(
        body_id=cast.boerde, reference=f"P{item.id if item else 0}", title="T",
        paper_type="Beschlussvorlage", **STAMPS,
    )  # fmt: skip
    session.add(paper)
    session.flush()
    session.add(
        Consultation(
            paper_id=paper.id, position=0, organization_id=cast.committee,
            role=ConsultationRole.DECISION, agenda_item_id=item.id if item else None, **STAMPS,
        )
    )  # fmt: skip
    session.flush()
    return paper


@pytest.fixture
def actors(session: Session, cast: people.Cast) -> dict[str, Actor]:
    numbers = {
        "clerk": cast.clerk,
        "member": cast.member,
        "administrator": cast.administrator,
        "stranger": cast.stranger,
    }
    return {name: Actor.of(session.get_one(OfficeUser, number)) for name, number in numbers.items()}


def _readers(actors: dict[str, Actor], load: Callable[[Actor], object]) -> set[str]:
    readers = set()
    for name, actor in actors.items():
        try:
            load(actor)
        except NotFound:
            continue
        readers.add(name)
    return readers


def test_a_summoned_meeting_is_its_clerks_and_its_members(
    session: Session, cast: people.Cast, actors: dict[str, Actor]
) -> None:
    meeting = _meeting(session, cast)
    assert _readers(actors, lambda who: loading.meeting(session, who, meeting.id)) == {
        "clerk",
        "member",
    }


def test_a_meeting_that_is_only_planned_is_the_clerks(
    session: Session, cast: people.Cast, actors: dict[str, Actor]
) -> None:
    meeting = _meeting(session, cast, state=MeetingState.PLANNED)
    assert _readers(actors, lambda who: loading.meeting(session, who, meeting.id)) == {"clerk"}


def test_a_meeting_of_another_committee_is_not_the_members(
    session: Session, cast: people.Cast, actors: dict[str, Actor]
) -> None:
    other = Organization(
        body_id=cast.boerde, name="Finanzausschuss", kind=OrganizationKind.COMMITTEE, **STAMPS
    )
    session.add(other)
    session.flush()
    meeting = _meeting(session, cast, committee=other.id)
    assert _readers(actors, lambda who: loading.meeting(session, who, meeting.id)) == {"clerk"}
    meeting.committees.append(MeetingCommittee(organization_id=cast.committee, position=1))
    session.flush()
    assert "member" in _readers(actors, lambda who: loading.meeting(session, who, meeting.id))


@pytest.mark.parametrize(
    ("first", "last", "reads"),
    [
        (None, None, True),
        (date(2017, 4, 19), date(2017, 4, 19), True),
        (date(2017, 4, 20), None, False),
        (None, date(2017, 4, 18), False),
    ],
)
def test_a_member_reads_the_meetings_of_the_days_of_the_membership(
    session: Session,
    cast: people.Cast,
    actors: dict[str, Actor],
    first: date | None,
    last: date | None,
    reads: bool,
) -> None:
    seat = session.query(Membership).one()
    seat.start_date, seat.end_date = first, last
    # 23:30 in UTC is already the next day in Berlin.
    meeting = _meeting(session, cast, start=datetime(2017, 4, 18, 22, 30, tzinfo=UTC))
    readers = _readers(actors, lambda who: loading.meeting(session, who, meeting.id))
    assert ("member" in readers) is reads


def test_who_has_no_seat_reads_nothing(
    session: Session, cast: people.Cast, actors: dict[str, Actor]
) -> None:
    meeting = _meeting(session, cast)
    session.query(Membership).delete()
    assert _readers(actors, lambda who: loading.meeting(session, who, meeting.id)) == {"clerk"}


def test_what_belongs_to_a_meeting_is_read_by_its_readers(
    session: Session, cast: people.Cast, actors: dict[str, Actor]
) -> None:
    meeting = _meeting(session, cast)
    item = _item(session, meeting)
    blob = Blob(sha512="0" * 128, size=1, content=b"x")
    here = Attendance(
        meeting_id=meeting.id, person_id=cast.nehring, kind=AttendanceKind.PRESENT,
        voting_right=True, **STAMPS,
    )  # fmt: skip
    ballot = Ballot(
        agenda_item_id=item.id, position=0, kind=BallotKind.OPEN, present=1,
        outcome=BallotOutcome.ACCEPTED, result_text="einstimmig", **STAMPS,
    )  # fmt: skip
    minutes = Minutes(
        meeting_id=meeting.id, state=MinutesState.DRAFT, chair_name="A", clerk_name="B", **STAMPS
    )
    session.add_all([blob, here, ballot, minutes])
    session.flush()
    document = IssuedDocument(
        uid="u", kind=DocumentKind.INVITATION, meeting_id=meeting.id, file_name="e.pdf",
        sha512=blob.sha512, issued_at=people.NOW,
    )  # fmt: skip
    session.add(document)
    session.flush()
    loaders: list[Callable[[Actor], object]] = [
        lambda who: loading.agenda_item(session, who, item.id),
        lambda who: loading.attendance(session, who, here.id),
        lambda who: loading.ballot(session, who, ballot.id),
        lambda who: loading.minutes(session, who, minutes.id),
        lambda who: loading.document(session, who, document.id),
    ]
    for load in loaders:
        assert _readers(actors, load) == {"clerk", "member"}
    meeting.state = MeetingState.PLANNED
    session.flush()
    for load in loaders:
        assert _readers(actors, load) == {"clerk"}


def test_an_item_taken_off_the_agenda_is_not_the_members(
    session: Session, cast: people.Cast, actors: dict[str, Actor]
) -> None:
    item = _item(session, _meeting(session, cast), removed=True)
    paper = _paper(session, cast, item)
    assert _readers(actors, lambda who: loading.agenda_item(session, who, item.id)) == {"clerk"}
    assert _readers(actors, lambda who: loading.paper(session, who, paper.id)) == {"clerk"}


def test_a_paper_is_the_members_once_it_is_on_their_agenda(
    session: Session, cast: people.Cast, actors: dict[str, Actor]
) -> None:
    lying = _paper(session, cast, None)
    called = _paper(session, cast, _item(session, _meeting(session, cast)))
    session.add(Blob(sha512="1" * 128, size=1, content=b"x"))
    session.flush()
    sheet = Attachment(
        paper_id=called.id, position=0, name="A", file_name="a.pdf", sha512="1" * 128, size=1,
        **STAMPS,
    )  # fmt: skip
    session.add(sheet)
    session.flush()
    step = called.consultations[0]
    assert _readers(actors, lambda who: loading.paper(session, who, lying.id)) == {"clerk"}
    for load in (
        lambda who: loading.paper(session, who, called.id),
        lambda who: loading.attachment(session, who, sheet.id),
        lambda who: loading.consultation(session, who, step.id),
    ):
        assert _readers(actors, load) == {"clerk", "member"}


def test_the_directory_is_the_bodys_own(
    session: Session, cast: people.Cast, actors: dict[str, Actor]
) -> None:
    other = Person(body_id=cast.boerde, family_name="Kratzsch", **STAMPS)
    room = Location(body_id=cast.boerde, room="Saal", **STAMPS)
    term = LegislativeTerm(body_id=cast.boerde, name="6. WP", start_date=date(2014, 7, 1), **STAMPS)
    session.add_all([other, room, term])
    session.flush()
    seat = session.query(Membership).one()
    own = {"clerk", "member"}
    for load, readers in (
        (lambda who: loading.person(session, who, cast.nehring), own),
        (lambda who: loading.person(session, who, other.id), {"clerk"}),
        (lambda who: loading.organization(session, who, cast.committee), own),
        (lambda who: loading.membership(session, who, seat.id), own),
        (lambda who: loading.location(session, who, room.id), own),
        (lambda who: loading.term(session, who, term.id), own),
        (lambda who: loading.body(session, who, cast.boerde), {*own, "administrator"}),
        (lambda who: loading.body(session, who, cast.kaufbeuren), {"stranger", "administrator"}),
        (lambda who: loading.user(session, who, cast.clerk), {"administrator"}),
    ):
        assert _readers(actors, load) == readers


def test_advisory_members_read_like_voting_ones(
    session: Session, cast: people.Cast, actors: dict[str, Actor]
) -> None:
    seat = session.query(Membership).one()
    seat.role, seat.voting_right = MembershipRole.ADVISORY, False
    meeting = _meeting(session, cast)
    assert "member" in _readers(actors, lambda who: loading.meeting(session, who, meeting.id))
