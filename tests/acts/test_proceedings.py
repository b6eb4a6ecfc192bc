"""What may be recorded in the room, when, and by whom."""

from datetime import timedelta

import pytest

from sitzungsdienst.acts import proceedings
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.presence import quorums, voters_present
from sitzungsdienst.acts.proceedings import Presence, TreatmentFacts
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.proceedings import AttendanceKind
from tests.support.builders import AFTERWARDS, END, Builder, Chapter, held_chapter, planned_chapter


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A summoned meeting."""
    found = planned_chapter(build)
    build.summon(found.meeting, found.paper)
    return found


def there(*persons: int, kind: AttendanceKind = AttendanceKind.PRESENT) -> tuple[Presence, ...]:
    return tuple(Presence(person_id=one, kind=kind) for one in persons)


def record(build: Builder, meeting: int, presences: tuple[Presence, ...]) -> None:
    version = build.version(Meeting, meeting)
    proceedings.record_attendance(
        build.session, build.actor, meeting, version, presences, build.now
    )


def test_a_guest_has_no_vote_and_an_absent_member_none_either(
    build: Builder, chapter: Chapter
) -> None:
    guest = build.person("Gast")
    absent = there(chapter.members[0], kind=AttendanceKind.ABSENT)
    record(build, chapter.meeting, (*there(*chapter.members[1:], guest), *absent))
    meeting = build.session.get_one(Meeting, chapter.meeting)
    assert {one.person_id for one in voters_present(meeting)} == set(chapter.members[1:])
    (found,) = quorums(meeting)
    assert (found.members, found.present) == (5, 4)


def test_who_is_not_named_any_more_leaves_the_list(build: Builder, chapter: Chapter) -> None:
    record(build, chapter.meeting, there(*chapter.members))
    record(build, chapter.meeting, there(chapter.members[0]))
    meeting = build.session.get_one(Meeting, chapter.meeting, populate_existing=True)
    assert [one.person_id for one in meeting.attendances] == [chapter.members[0]]


def test_two_tabs_cannot_record_over_each_other_even_with_the_same_list(
    build: Builder, chapter: Chapter
) -> None:
    version = build.version(Meeting, chapter.meeting)
    args = (build.session, build.actor, chapter.meeting, version, there(*chapter.members))
    proceedings.record_attendance(*args, AFTERWARDS)
    with pytest.raises(Stale):
        proceedings.record_attendance(*args, AFTERWARDS)


def test_nobody_stands_on_the_list_twice(build: Builder, chapter: Chapter) -> None:
    person = chapter.members[0]
    with pytest.raises(RuleBroken) as broken:
        record(build, chapter.meeting, there(person, person))
    assert broken.value.field == f"person-{person}"


def test_a_broken_row_leaves_the_whole_list_as_it_was(build: Builder, chapter: Chapter) -> None:
    record(build, chapter.meeting, there(chapter.members[0]))
    wrong = Presence(
        person_id=chapter.members[2],
        kind=AttendanceKind.PRESENT,
        arrived_at=END,
        left_at=END,
    )
    with pytest.raises(RuleBroken) as broken:
        record(build, chapter.meeting, (*there(*chapter.members[:2]), wrong))
    assert broken.value.field == f"person-{chapter.members[2]}"
    meeting = build.session.get_one(Meeting, chapter.meeting, populate_existing=True)
    assert len(meeting.attendances) == 1


def test_times_of_somebody_absent_are_not_kept(build: Builder, chapter: Chapter) -> None:
    row = Presence(
        person_id=chapter.members[0], kind=AttendanceKind.EXCUSED, arrived_at=END, left_at=END
    )
    record(build, chapter.meeting, (row,))
    (kept,) = build.session.get_one(Meeting, chapter.meeting).attendances
    assert (kept.arrived_at, kept.left_at) == (None, None)


def test_a_stranger_neither_finds_the_meeting_nor_lends_a_person(
    build: Builder, stranger: Builder, chapter: Chapter
) -> None:
    foreign = stranger.person("Fremd")
    with pytest.raises(Unknown):
        record(build, chapter.meeting, there(foreign))
    with pytest.raises(Unknown):
        record(stranger, chapter.meeting, ())
    with pytest.raises(Unknown):
        proceedings.record_treatment(
            stranger.session, stranger.actor, chapter.matter, None, TreatmentFacts(), stranger.now
        )


def test_before_the_summons_nothing_is_recorded(build: Builder) -> None:
    chapter = planned_chapter(build)
    with pytest.raises(RuleBroken, match="noch nicht geladen"):
        record(build, chapter.meeting, there(*chapter.members))
    with pytest.raises(RuleBroken, match="noch nicht geladen"):
        build.treat(chapter.matter)


def test_a_second_first_recording_of_an_item_is_stale(build: Builder, chapter: Chapter) -> None:
    build.treat(chapter.matter)
    with pytest.raises(Stale):
        build.treat(chapter.matter, "Der zweite Reiter wusste von nichts.")
    row = build.session.get_one(AgendaItem, chapter.matter).treatment
    assert row is not None
    assert row.deliberation == "Es wird beraten."


def test_what_is_signed_is_not_changed_until_the_signing_is_taken_back(build: Builder) -> None:
    chapter = held_chapter(build)
    build.sign(chapter.meeting)
    with pytest.raises(RuleBroken, match="unterzeichnet"):
        record(build, chapter.meeting, there(*chapter.members))
    with pytest.raises(RuleBroken, match="unterzeichnet"):
        build.vote(chapter.matter, yes=5, no=0, abstentions=0)


@pytest.mark.parametrize("late", [timedelta(hours=-5), timedelta(0), timedelta(hours=25)])
def test_an_impossible_end_is_refused(build: Builder, chapter: Chapter, late: timedelta) -> None:
    start = build.session.get_one(Meeting, chapter.meeting).start
    version = build.version(Meeting, chapter.meeting)
    with pytest.raises(RuleBroken) as broken:
        proceedings.close_meeting(
            build.session, build.actor, chapter.meeting, version, start + late, AFTERWARDS
        )
    assert broken.value.field == "end"


def test_opening_again_forgets_the_end(build: Builder) -> None:
    chapter = held_chapter(build)
    version = build.version(Meeting, chapter.meeting)
    proceedings.reopen_meeting(build.session, build.actor, chapter.meeting, version, AFTERWARDS)
    row = build.session.get_one(Meeting, chapter.meeting)
    assert (row.state, row.end) == (MeetingState.SUMMONED, None)
    with pytest.raises(RuleBroken, match="nicht geschlossen"):
        proceedings.reopen_meeting(
            build.session, build.actor, chapter.meeting, row.version, AFTERWARDS
        )
