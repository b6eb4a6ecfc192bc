"""Attendance as a timeline: coming and going, substitutes, and what it does to recorded votes."""

from datetime import date, datetime, timedelta

import pytest

from sitzungsdienst.acts import attendance, election_rounds, elections, proceedings
from sitzungsdienst.acts.attendance_rows import AttendanceFacts, Out, Presence
from sitzungsdienst.acts.corrections import Unconfirmed
from sitzungsdienst.acts.election_facts import CandidateFacts, ElectionFacts, RoundFacts
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.presence import Room, quorums
from sitzungsdienst.acts.timeline import When, seats, voters
from sitzungsdienst.record.elections import Election
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee
from sitzungsdienst.record.proceedings import (
    Attendance,
    AttendanceKind,
    Ballot,
    BallotKind,
    Capacity,
    Choice,
)
from tests.support.builders import START, Builder, Chapter, planned_chapter

PRESENT, EXCUSED = AttendanceKind.PRESENT, AttendanceKind.EXCUSED


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A summoned meeting with all five members there."""
    found = planned_chapter(build)
    build.summon(found.meeting, found.paper)
    build.present(found.meeting, *found.members)
    return found


def after(minutes: int) -> datetime:
    """A moment that many minutes into the meeting."""
    return START + timedelta(minutes=minutes)


def meeting_of(build: Builder, chapter: Chapter) -> Meeting:
    build.session.rollback()
    return build.session.get_one(Meeting, chapter.meeting, populate_existing=True)


def row_of(build: Builder, chapter: Chapter, person: int) -> Attendance:
    found = {one.person_id: one for one in meeting_of(build, chapter).attendances}
    return found[person]


def whole(
    build: Builder, chapter: Chapter, person: int, *, acknowledged: bool = False, **facts: object
) -> None:
    """Correct one person's timeline."""
    row = row_of(build, chapter, person)
    wanted = AttendanceFacts(person_id=person, **facts)  # type: ignore[arg-type]  # the test's own facts
    args = (build.session, build.actor, row.id, row.version, wanted, build.now)
    attendance.edit_attendance(*args, acknowledged=acknowledged)


def join(build: Builder, chapter: Chapter, person: int, **facts: object) -> int:
    """Put one more person on the list."""
    version = build.version(Meeting, chapter.meeting)
    wanted = AttendanceFacts(person_id=person, **facts)  # type: ignore[arg-type]  # the test's own facts
    args = (build.session, build.actor, chapter.meeting, version, wanted, build.now)
    return attendance.add_attendance(*args)


def the_list(
    build: Builder,
    chapter: Chapter,
    *there: int,
    acknowledged: bool = False,
    away: tuple[int, ...] = (),
) -> None:
    rows = [Presence(person_id=one, kind=PRESENT) for one in there]
    rows += [Presence(person_id=one, kind=EXCUSED) for one in away]
    version = build.version(Meeting, chapter.meeting)
    args = (build.session, build.actor, chapter.meeting, version, tuple(rows), build.now)
    attendance.record_attendance(*args, acknowledged=acknowledged)


def moved(build: Builder, chapter: Chapter, act: str, person: int, minutes: int) -> None:
    one = {"come": attendance.arrive, "go": attendance.leave}[act]
    one(build.session, build.actor, chapter.meeting, person, after(minutes), build.now)


def undo(build: Builder, chapter: Chapter, person: int, was: AttendanceKind = PRESENT) -> None:
    args = (build.session, build.actor, chapter.meeting, person, was, build.now)
    attendance.undo_movement(*args)


def there(build: Builder, chapter: Chapter, minutes: int) -> set[int]:
    room = Room(meeting_of(build, chapter))
    when = When.at(after(minutes))
    return {one.person for one in voters(room.stays, when, frozenset({chapter.committee}))}


def ballot_of(build: Builder, ballot: int) -> Ballot:
    build.session.rollback()
    return build.session.get_one(Ballot, ballot, populate_existing=True)


def test_out_and_in_again_several_times(build: Builder, chapter: Chapter) -> None:
    person = chapter.members[0]
    for minutes, act in ((10, "go"), (20, "come"), (30, "go"), (40, "come"), (50, "go")):
        moved(build, chapter, act, person, minutes)
    inside = [minutes for minutes in range(0, 60, 5) if person in there(build, chapter, minutes)]
    assert inside == [0, 5, 20, 25, 40, 45]
    row = row_of(build, chapter, person)
    assert (row.arrived_at, row.left_at) == (None, after(50))
    assert len(row.interruptions) == 2


def test_each_coming_and_going_can_be_taken_back(build: Builder, chapter: Chapter) -> None:
    person = chapter.members[0]
    the_list(build, chapter, *chapter.members[1:], away=(person,))
    moved(build, chapter, "come", person, 10)
    moved(build, chapter, "go", person, 20)
    moved(build, chapter, "come", person, 30)
    undo(build, chapter, person)
    assert row_of(build, chapter, person).left_at == after(20)
    undo(build, chapter, person)
    assert row_of(build, chapter, person).left_at is None
    undo(build, chapter, person, EXCUSED)
    row = row_of(build, chapter, person)
    assert (row.kind, row.arrived_at, row.interruptions) == (EXCUSED, None, [])
    with pytest.raises(RuleBroken, match="nichts zurückzunehmen"):
        undo(build, chapter, person)


def test_who_is_there_cannot_come_and_who_is_away_cannot_go(
    build: Builder, chapter: Chapter
) -> None:
    person = chapter.members[0]
    with pytest.raises(RuleBroken, match="schon da"):
        moved(build, chapter, "come", person, 10)
    moved(build, chapter, "go", person, 20)
    with pytest.raises(RuleBroken, match="nicht da"):
        moved(build, chapter, "go", person, 30)
    with pytest.raises(RuleBroken, match="erst später gegangen"):
        moved(build, chapter, "come", person, 15)


def test_somebody_not_listed_joins_the_list_by_coming(build: Builder, chapter: Chapter) -> None:
    guest = build.person("Gast")
    moved(build, chapter, "come", guest, 10)
    row = row_of(build, chapter, guest)
    assert (row.capacity, row.voting_right, row.arrived_at) == (Capacity.GUEST, False, after(10))


@pytest.mark.parametrize(
    ("outs", "message"),
    [
        (((20, 20),), "vor dem Gehen"),
        (((5, 15),), "außerhalb"),
        (((50, 70),), "außerhalb"),
        (((20, 30), (25, 40)), "überschneiden"),
    ],
)
def test_an_impossible_interruption_is_refused(
    build: Builder, chapter: Chapter, outs: tuple[tuple[int, int], ...], message: str
) -> None:
    times = tuple(Out(after(left), after(back)) for left, back in outs)
    with pytest.raises(RuleBroken, match=message) as broken:
        whole(
            build, chapter, chapter.members[0], arrived_at=after(10), left_at=after(60), outs=times
        )
    assert broken.value.field == "outs"


def test_the_list_keeps_what_it_does_not_tell(build: Builder, chapter: Chapter) -> None:
    person = chapter.members[0]
    whole(build, chapter, person, by_video=True, outs=(Out(after(10), after(20)),))
    the_list(build, chapter, *chapter.members)
    row = row_of(build, chapter, person)
    assert (row.by_video, len(row.interruptions)) == (True, 1)
    the_list(build, chapter, *chapter.members[1:], away=(person,))
    row = row_of(build, chapter, person)
    assert (row.by_video, row.interruptions) == (False, [])


def test_a_substitute_votes_instead_of_the_member(build: Builder, chapter: Chapter) -> None:
    member, substitute = chapter.members[0], build.person("Ersatz")
    the_list(build, chapter, *chapter.members[1:], away=(member,))
    join(build, chapter, substitute, capacity=Capacity.SUBSTITUTE, substitute_for_id=member)
    row = row_of(build, chapter, substitute)
    assert row.voting_right
    assert row.role == "in Vertretung für Mitglied 1"
    assert there(build, chapter, 10) == {*chapter.members[1:], substitute}
    (found,) = quorums(meeting_of(build, chapter))
    assert (found.members, found.present) == (5, 5)
    ballot = build.vote(
        chapter.matter, kind=BallotKind.ROLL_CALL, votes=((substitute, Choice.YES),)
    )
    assert ballot_of(build, ballot).entitled == 5


def test_a_member_and_their_substitute_are_never_there_at_once(
    build: Builder, chapter: Chapter
) -> None:
    member, substitute = chapter.members[0], build.person("Ersatz")
    facts = {"capacity": Capacity.SUBSTITUTE, "substitute_for_id": member}
    with pytest.raises(RuleBroken, match="zugleich anwesend"):
        join(build, chapter, substitute, **facts)
    moved(build, chapter, "go", member, 30)
    join(build, chapter, substitute, arrived_at=after(30), **facts)
    assert member in there(build, chapter, 29)
    assert substitute in there(build, chapter, 30)
    with pytest.raises(RuleBroken, match="zugleich anwesend"):
        moved(build, chapter, "come", member, 40)
    moved(build, chapter, "go", substitute, 40)
    moved(build, chapter, "come", member, 40)
    # Over the whole meeting the two are one vote.
    room = Room(meeting_of(build, chapter))
    assert len(seats(voters(room.stays, When(), frozenset({chapter.committee})))) == 5


def test_only_who_has_no_vote_of_their_own_stands_in(build: Builder, chapter: Chapter) -> None:
    member, other = chapter.members[:2]
    the_list(build, chapter, *chapter.members[2:])
    with pytest.raises(RuleBroken, match="selbst Mitglied"):
        join(build, chapter, other, capacity=Capacity.SUBSTITUTE, substitute_for_id=member)
    with pytest.raises(RuleBroken) as broken:
        join(build, chapter, build.person(), capacity=Capacity.SUBSTITUTE)
    assert broken.value.field == "substitute_for_id"
    with pytest.raises(RuleBroken, match="nicht Mitglied"):
        join(build, chapter, build.person(), capacity=Capacity.MEMBER)
    with pytest.raises(RuleBroken, match="Mitglied mit Stimmrecht"):
        join(build, chapter, other, capacity=Capacity.STAFF)
    with pytest.raises(RuleBroken, match="schon auf der Liste"):
        join(build, chapter, chapter.members[2])


def test_staff_and_guests_have_no_vote(build: Builder, chapter: Chapter) -> None:
    staff = build.person("Amt")
    join(build, chapter, staff, capacity=Capacity.STAFF, by_video=True)
    row = row_of(build, chapter, staff)
    assert (row.role, row.voting_right, row.by_video) == ("Verwaltung", False, True)


def test_a_correction_lists_the_ballots_it_touches_and_asks(
    build: Builder, chapter: Chapter
) -> None:
    ballot = build.vote(chapter.matter, yes=3, no=1, abstentions=0, difference="Eine fehlte.")
    with pytest.raises(Unconfirmed) as asked:
        the_list(build, chapter, *chapter.members[1:])
    (touched,) = asked.value.touched
    assert (touched.ballot_id, touched.item) == (ballot, "Ö 2")
    assert (touched.before.present, touched.after.present) == (5, 4)
    assert ballot_of(build, ballot).present == 5, "nothing follows before somebody said so"
    the_list(build, chapter, *chapter.members[1:], acknowledged=True)
    row = ballot_of(build, ballot)
    assert (row.present, row.entitled) == (4, 5)


def test_a_correction_that_touches_nothing_does_not_ask(build: Builder, chapter: Chapter) -> None:
    ballot = build.vote(chapter.matter, yes=5, no=0, abstentions=0, taken_at=after(30))
    moved(build, chapter, "go", chapter.members[0], 31)
    assert ballot_of(build, ballot).present == 5


def test_more_votes_than_voters_are_refused_with_the_item(build: Builder, chapter: Chapter) -> None:
    build.vote(chapter.matter, yes=5, no=0, abstentions=0, taken_at=after(30))
    with pytest.raises(RuleBroken, match=r"Ö 2 \(5 bei 4\)"):
        moved(build, chapter, "go", chapter.members[0], 30)
    with pytest.raises(RuleBroken, match="mehr abgestimmt"):
        the_list(build, chapter, *chapter.members[1:], acknowledged=True)


def test_who_voted_by_name_was_there(build: Builder, chapter: Chapter) -> None:
    person = chapter.members[0]
    votes = tuple((one, Choice.YES) for one in chapter.members)
    build.vote(chapter.matter, kind=BallotKind.ROLL_CALL, votes=votes, taken_at=after(30))
    with pytest.raises(RuleBroken, match="Ö 2 hat jemand namentlich abgestimmt"):
        moved(build, chapter, "go", person, 10)
    moved(build, chapter, "go", person, 31)


def test_a_round_of_an_election_follows_too(build: Builder, chapter: Chapter) -> None:
    names = (CandidateFacts(name="Eins"), CandidateFacts(name="Zwei"))
    facts = ElectionFacts(office="Vorsitz", candidates=names)
    election = elections.open_election(build.session, build.actor, chapter.matter, facts, build.now)
    row = build.session.get_one(Election, election)
    votes = tuple(zip([one.id for one in row.candidates], (3, 1), strict=True))
    counted = RoundFacts(votes=votes, handed_in=4, acknowledged=True)
    args = (build.session, build.actor, election, row.version, counted, build.now)
    election_rounds.record_round(*args)
    with pytest.raises(Unconfirmed) as asked:
        the_list(build, chapter, *chapter.members[1:])
    (touched,) = asked.value.touched
    assert (touched.subject, touched.ballot_id) == ("Vorsitz, 1. Wahlgang", None)
    assert (touched.before.present, touched.after.present) == (5, 4)
    the_list(build, chapter, *chapter.members[1:], acknowledged=True)
    build.session.rollback()
    (kept,) = build.session.get_one(Election, election, populate_existing=True).rounds
    assert (kept.entitled, kept.present) == (5, 4)
    with pytest.raises(RuleBroken, match="4 gewählt, aber nur 3"):
        the_list(build, chapter, *chapter.members[2:], acknowledged=True)


def test_a_lower_number_somebody_typed_stays(build: Builder, chapter: Chapter) -> None:
    ballot = build.vote(chapter.matter, yes=3, no=0, abstentions=0, present=3)
    the_list(build, chapter, *chapter.members[1:])
    assert ballot_of(build, ballot).present == 3


def test_the_time_of_the_item_counts_where_the_ballot_has_none(
    build: Builder, chapter: Chapter
) -> None:
    moved(build, chapter, "go", chapter.members[0], 20)
    facts = proceedings.TreatmentFacts(began_at=after(30), ended_at=after(40))
    args = (build.session, build.actor, chapter.matter)
    proceedings.record_treatment(*args, None, facts, build.now)
    ballot = build.vote(chapter.matter, yes=4, no=0, abstentions=0)
    assert ballot_of(build, ballot).present == 4
    with pytest.raises(RuleBroken, match="sind 4 Stimm"):
        build.vote(chapter.matter, subject="noch eine", yes=5, no=0, abstentions=0, present=5)
    earlier = proceedings.TreatmentFacts(began_at=after(10), ended_at=after(40))
    with pytest.raises(Unconfirmed) as asked:
        proceedings.record_treatment(*args, 1, earlier, build.now)
    assert [one.after.present for one in asked.value.touched] == [5]


def test_in_a_joint_meeting_each_committee_counts_until_it_goes(
    build: Builder, chapter: Chapter
) -> None:
    other = build.organization("Umweltausschuss")
    shared, own = chapter.members[0], build.person("Umwelt")
    for person in (shared, own):
        build.seat(other, person, start_date=date(2014, 7, 1))
    meeting = build.meeting(chapter.committee, other)
    first, second = build.item(meeting, "gemeinsam"), build.item(meeting, "allein")
    deeper = build.item(meeting, "auch gemeinsam", parent_id=first)
    build.summon(meeting)
    build.session.rollback()
    seat = build.session.get_one(MeetingCommittee, (meeting, other))
    seat.until_item_id = first
    build.session.commit()
    build.present(meeting, *chapter.members, own)
    with pytest.raises(RuleBroken) as broken:
        build.vote(first, yes=5, no=0, abstentions=0)
    assert broken.value.field == "organization_id"
    for item in (first, deeper):
        two = build.vote(item, yes=2, no=0, abstentions=0, organization_id=other)
        row = ballot_of(build, two)
        assert (row.entitled, row.present, row.organization_id) == (2, 2, other)
    five = build.vote(second, yes=5, no=0, abstentions=0)
    row = ballot_of(build, five)
    assert (row.entitled, row.present, row.organization_id) == (5, 5, chapter.committee)
    with pytest.raises(RuleBroken, match="nimmt an diesem Punkt nicht teil"):
        build.vote(second, yes=1, no=0, abstentions=0, organization_id=other, subject="x")


def test_the_quorum_counts_who_is_there_at_the_opening(build: Builder, chapter: Chapter) -> None:
    for person in chapter.members[:3]:
        whole(build, chapter, person, arrived_at=after(10))
    (opening,) = quorums(meeting_of(build, chapter))
    assert opening.present == 2
    assert opening.finding is not None
    assert not opening.finding.quorate, "nobody determined anything, so nothing is deemed"
    version = build.version(Meeting, chapter.meeting)
    args = (build.session, build.actor, chapter.meeting, version, True, None, build.now)
    attendance.determine_quorum(*args)
    (opening,) = quorums(meeting_of(build, chapter))
    assert opening.finding is not None
    assert opening.finding.deemed


def test_a_board_of_26_with_25_votes_counts_25(build: Builder) -> None:
    board = build.organization("Integrationsbeirat")
    members = [build.person(f"Mitglied {number}") for number in range(1, 27)]
    for person in members:
        build.seat(board, person, voting_right=person != members[2], start_date=date(2014, 7, 1))
    meeting = build.meeting(board)
    item = build.item(meeting, "Bericht")
    build.summon(meeting)
    build.present(meeting, *members[:14])
    build.session.rollback()
    (found,) = quorums(build.session.get_one(Meeting, meeting, populate_existing=True))
    assert (found.members, found.present) == (25, 13)
    assert found.finding is not None
    assert (found.finding.quorate, found.finding.needed) == (True, 13)
    row = ballot_of(build, build.vote(item, yes=13, no=0, abstentions=0))
    assert (row.entitled, row.present) == (25, 13)


def test_a_list_and_a_persons_page_of_two_tabs_do_not_overwrite_each_other(
    build: Builder, chapter: Chapter
) -> None:
    version = build.version(Meeting, chapter.meeting)
    row = row_of(build, chapter, chapter.members[0])
    facts = AttendanceFacts(person_id=row.person_id, left_at=after(30))
    args = (build.session, build.actor, row.id, row.version, facts, build.now)
    attendance.edit_attendance(*args)
    with pytest.raises(Stale):
        attendance.edit_attendance(*args)
    rows = (Presence(person_id=chapter.members[0], kind=PRESENT),)
    args = (build.session, build.actor, chapter.meeting, version, rows, build.now)
    with pytest.raises(Stale):
        attendance.record_attendance(*args)


def test_a_stranger_moves_nobody(build: Builder, stranger: Builder, chapter: Chapter) -> None:
    with pytest.raises(Unknown):
        moved(stranger, chapter, "go", chapter.members[0], 10)
    with pytest.raises(Unknown):
        moved(build, chapter, "come", stranger.person("Fremd"), 10)
