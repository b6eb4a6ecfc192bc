"""Public minutes say nothing that lets one infer a hidden item: no number, no time, no guest."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitzungsdienst.acts import (
    attendance,
    meetings,
    next_meetings,
    releases,
    supplements,
)
from sitzungsdienst.acts import minutes as minutes_acts
from sitzungsdienst.acts.attendance_rows import AttendanceFacts, Out
from sitzungsdienst.acts.proceedings import TreatmentFacts, close_meeting, record_treatment
from sitzungsdienst.gate import attended, hidden
from sitzungsdienst.gate.agenda import called_rows
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicFile, PublicMeeting
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.proceedings import AttendanceKind, Capacity
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter, planned_chapter
from tests.support.pdf import words_of

IN_THE_ROOM = datetime(2017, 4, 19, 16, 40, tzinfo=UTC)
GUEST = "Insolvenzverwalterin Fall"


def at(hour: int, minute: int) -> datetime:
    """A moment of the meeting, which begins at 15:00 UTC, 17:00 in Berlin."""
    return datetime(2017, 4, 19, hour, minute, tzinfo=UTC)


def treat(build: Builder, item: int, began: datetime | None, ended: datetime | None = None) -> None:
    build.session.rollback()
    row = build.session.get_one(AgendaItem, item, populate_existing=True).treatment
    facts = TreatmentFacts(deliberation="Es wird beraten.", began_at=began, ended_at=ended)
    version = row.version if row else None
    record_treatment(build.session, build.actor, item, version, facts, IN_THE_ROOM)


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """In the room: Ö 1 without times, Ö 2 from 17:10 to 17:40, N 1 from 17:50 to 18:10."""
    found = planned_chapter(build)
    build.summon(found.meeting, found.paper)
    build.present(found.meeting, *found.members)
    build.treat(found.opening, "Eröffnung.")
    treat(build, found.matter, at(15, 10), at(15, 40))
    treat(build, found.secret, at(15, 50), at(16, 10))
    treat(build, found.hidden, at(16, 10), at(16, 20))
    return found


def call_in(build: Builder, chapter: Chapter, **facts: object) -> None:
    """Enter a guest with these times."""
    wanted = {"person_id": build.person(GUEST), "capacity": Capacity.GUEST} | facts
    whole = AttendanceFacts(**wanted)  # type: ignore[arg-type]  # the test's own facts
    version = build.version(Meeting, chapter.meeting)
    args = (build.session, build.actor, chapter.meeting, version)
    attendance.add_attendance(*args, whole, IN_THE_ROOM)


def public_minutes(build: Builder, meeting: int, folder: Path) -> str:
    """Release the minutes of a closed and signed meeting; gives the words of the print."""
    releases.release_minutes(build.session, build.actor, meeting, "", AFTERWARDS)
    reader = Reader(build.session.connection())
    filed = reader.get(PublicMeeting, build.session.get_one(Meeting, meeting).uid)
    assert filed is not None
    protocol = reader.get(PublicFile, filed.living.results_protocol)
    assert protocol is not None
    return words_of(reader.blob(protocol.living.sha512_checksum) or b"", folder)


def told(build: Builder, chapter: Chapter, folder: Path) -> str:
    build.close(chapter.meeting)
    build.sign(chapter.meeting)
    return public_minutes(build, chapter.meeting, folder)


def asked(build: Builder, chapter: Chapter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom the office is asked about, and who is kept back."""
    build.session.rollback()
    row = build.session.get_one(Meeting, chapter.meeting)
    return attended.asked(row), attended.kept_back(row)


@pytest.mark.parametrize("capacity", [Capacity.GUEST, Capacity.STAFF])
@pytest.mark.parametrize(
    "times",
    [
        {"arrived_at": at(15, 52), "left_at": at(16, 5)},
        {"arrived_at": at(15, 45), "left_at": at(16, 30)},
        {"arrived_at": at(15, 55)},
    ],
    ids=["within", "waiting outside", "to the end"],
)
def test_who_was_there_for_hidden_items_alone_is_not_named(
    build: Builder,
    chapter: Chapter,
    tmp_path: Path,
    capacity: Capacity,
    times: dict[str, datetime],
) -> None:
    call_in(build, chapter, capacity=capacity, **times)
    assert asked(build, chapter) == ((), (GUEST,))
    assert GUEST not in told(build, chapter, tmp_path)


def test_who_waits_for_the_next_public_item_is_not_named_there(
    build: Builder, chapter: Chapter
) -> None:
    late = build.session.get_one(AgendaItem, chapter.opening).id
    treat(build, late, at(16, 40), at(16, 45))
    call_in(build, chapter, arrived_at=at(15, 52), left_at=at(16, 30))
    build.session.rollback()
    row = build.session.get_one(Meeting, chapter.meeting)
    rows = called_rows(row.agenda)
    assert GUEST not in repr(attended.movements(row, rows, hidden=hidden.Hidden.of(row)))
    assert GUEST in repr(attended.movements(row, rows))


@pytest.mark.parametrize(
    "times",
    [
        {"arrived_at": at(15, 20), "left_at": at(15, 50)},
        {"arrived_at": at(15, 30), "left_at": at(16, 5)},
        {"left_at": at(16, 5)},
    ],
    ids=["public alone", "both", "from the beginning"],
)
def test_who_was_there_for_a_public_item_is_named(
    build: Builder, chapter: Chapter, tmp_path: Path, times: dict[str, datetime]
) -> None:
    call_in(build, chapter, **times)
    words = told(build, chapter, tmp_path)
    assert GUEST in words
    assert "18:05" not in words


def test_a_guest_who_did_not_come_is_not_named(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    call_in(build, chapter, kind=AttendanceKind.EXCUSED)
    assert GUEST not in told(build, chapter, tmp_path)


def test_the_office_is_asked_about_guests_without_times(build: Builder, chapter: Chapter) -> None:
    call_in(build, chapter)
    assert asked(build, chapter) == ((GUEST,), ())


def test_who_stays_from_the_first_public_item_is_named_whatever_times_are_missing(
    build: Builder, chapter: Chapter
) -> None:
    for item in (chapter.matter, chapter.secret, chapter.hidden):
        treat(build, item, None)
    call_in(build, chapter, left_at=at(16, 5))
    assert asked(build, chapter) == ((GUEST,), ())


def test_who_stays_to_a_last_public_item_is_named_and_asked_about(
    build: Builder, chapter: Chapter
) -> None:
    order = (chapter.matter, chapter.secret, chapter.hidden, chapter.opening)
    for place, item in enumerate(order, 1):
        build.session.get_one(AgendaItem, item).called_position = place
    build.session.commit()
    call_in(build, chapter, arrived_at=at(15, 52))
    assert asked(build, chapter) == ((GUEST,), ())


def test_nobody_is_asked_about_where_a_time_lies_in_public(
    build: Builder, chapter: Chapter
) -> None:
    call_in(build, chapter, arrived_at=at(15, 20))
    assert asked(build, chapter) == ((), ())


def test_where_nothing_is_hidden_every_guest_is_named_and_nobody_asked_about(
    build: Builder,
) -> None:
    meeting = build.meeting(build.organization())
    build.item(meeting, "Eröffnung")
    build.summon(meeting)
    whole = AttendanceFacts(person_id=build.person(GUEST), capacity=Capacity.GUEST)
    args = (build.session, build.actor, meeting, build.version(Meeting, meeting))
    attendance.add_attendance(*args, whole, IN_THE_ROOM)
    row = build.session.get_one(Meeting, meeting)
    assert (attended.asked(row), attended.kept_back(row)) == ((), ())


def test_of_a_hidden_item_without_times_no_moment_after_the_public_ones_is_told(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    treat(build, chapter.secret, None)
    treat(build, chapter.hidden, None)
    for person, out in (
        (chapter.members[1], Out(at(15, 50), at(16, 0))),
        (chapter.members[2], Out(at(15, 20), at(15, 30))),
    ):
        rows = build.session.get_one(Meeting, chapter.meeting).attendances
        row = next(one for one in rows if one.person_id == person)
        facts = AttendanceFacts(person_id=person, outs=(out,))
        args = (build.session, build.actor, row.id, row.version)
        attendance.edit_attendance(*args, facts, IN_THE_ROOM)
    row_of = build.session.get_one(Meeting, chapter.meeting)
    assert [one.number for one in hidden.untimed(row_of)] == ["N 1", "N 2"]
    words = told(build, chapter, tmp_path)
    assert "17:50" not in words
    assert "abwesend 17:20 bis 17:30 Uhr" in words


def test_a_hidden_item_without_times_ends_where_the_next_public_one_begins(
    build: Builder, chapter: Chapter
) -> None:
    treat(build, chapter.secret, None)
    treat(build, chapter.hidden, None)
    later = build.item(chapter.meeting, "Bekanntgaben")
    row = build.session.get_one(AgendaItem, later)
    row.number = "Ö 3"
    build.session.commit()
    treat(build, later, at(16, 30), at(16, 35))
    order = (chapter.opening, chapter.matter, chapter.secret, chapter.hidden, later)
    for place, item in enumerate(order, 1):
        build.session.get_one(AgendaItem, item).called_position = place
    build.session.commit()
    found = hidden.Hidden.of(build.session.get_one(Meeting, chapter.meeting))
    assert found.closed == ((at(15, 40), at(16, 30)),) * 2
    assert found.ends_open


def test_a_committee_that_leaves_after_a_hidden_item_is_not_told_of(
    build: Builder, tmp_path: Path
) -> None:
    leading, other = build.organization("Kulturausschuss"), build.organization("Sozialausschuss")
    persons = (build.person("Mitglied"), build.person("Zweites"))
    for committee, person in zip((leading, other), persons, strict=True):
        build.seat(committee, person, start_date=date(2014, 7, 1))
    meeting = build.meeting(leading, other)
    opening = build.item(meeting, "Eröffnung")
    last = build.secret_item(meeting, "Kündigung von Frau Schulze")
    build.secret_item(meeting, "Kauf")
    build.summon(meeting)
    version = build.version(Meeting, meeting)
    args = (build.session, build.actor, meeting, version)
    meetings.set_participation(*args, ((other, last),), IN_THE_ROOM)
    build.present(meeting, *persons)
    build.treat(opening, "Eröffnung.")
    build.close(meeting)
    build.sign(meeting)
    assert "N 1" not in public_minutes(build, meeting, tmp_path)


def _approved_later(build: Builder, chapter: Chapter, *, publicly: bool = False) -> int:
    """Minutes signed, and approved under an item of a later meeting; gives that meeting."""
    minutes = build.sign(chapter.meeting)
    later = build.meeting(chapter.committee, start=datetime(2017, 5, 8, 15, tzinfo=UTC))
    opening = build.item(later, "Eröffnung")
    item = opening if publicly else build.secret_item(later, "Genehmigung der Niederschrift")
    build.summon(later)
    build.present(later, *chapter.members)
    build.treat(item)
    end = datetime(2017, 5, 8, 17, tzinfo=UTC)
    close_meeting(build.session, build.actor, later, build.version(Meeting, later), end, AFTERWARDS)
    minutes_acts.approve_minutes(
        build.session,
        build.actor,
        minutes,
        build.version(Minutes, minutes),
        date(2017, 5, 8),
        None,
        AFTERWARDS,
        approved_item_id=item,
    )
    return later


def test_a_hidden_item_that_approved_the_minutes_is_not_named(
    build: Builder, tmp_path: Path
) -> None:
    chapter = held_chapter(build)
    _approved_later(build, chapter)
    words = public_minutes(build, chapter.meeting, tmp_path)
    assert "in der Sitzung vom 08.05.2017 genehmigt" in words
    assert "unter N 1" not in words


def test_a_public_item_that_approved_the_minutes_is_named(build: Builder, tmp_path: Path) -> None:
    chapter = held_chapter(build)
    _approved_later(build, chapter, publicly=True)
    words = public_minutes(build, chapter.meeting, tmp_path)
    assert "in der Sitzung vom 08.05.2017 unter Ö 1 genehmigt" in words


def test_a_withdrawn_meeting_that_approved_the_minutes_is_not_named(
    build: Builder, tmp_path: Path
) -> None:
    chapter = held_chapter(build)
    later = _approved_later(build, chapter)
    releases.withdraw_meeting(build.session, build.actor, later, "Versehen", AFTERWARDS)
    words = public_minutes(build, chapter.meeting, tmp_path)
    assert "wurde am 08.05.2017 genehmigt" in words
    assert "in der Sitzung vom 08.05.2017" not in words


@pytest.mark.parametrize("follow", ["continues_id", "repeats_id"])
@pytest.mark.parametrize("withdrawn", [True, False])
def test_a_meeting_that_is_gone_on_with_is_named_only_while_it_is_public(
    build: Builder, tmp_path: Path, follow: str, *, withdrawn: bool
) -> None:
    chapter = held_chapter(build)
    args = (build.session, build.actor, chapter.meeting)
    start = datetime(2017, 4, 26, 15, tzinfo=UTC)
    facts = next_meetings.FollowUpFacts(
        name="Fortsetzung", start=start, location_id=build.location(), item_ids=(chapter.matter,)
    )
    later = next_meetings.continue_meeting(*args, facts, AFTERWARDS)
    row = build.session.get_one(Meeting, later)
    row.continues_id = None
    setattr(row, follow, chapter.meeting)
    build.session.commit()
    if withdrawn:
        releases.withdraw_meeting(*args, "Versehen", AFTERWARDS)
    build.summon(later)
    build.present(later, *chapter.members)
    build.treat(build.session.get_one(Meeting, later).agenda[0].id)
    end = datetime(2017, 4, 26, 17, tzinfo=UTC)
    close_meeting(build.session, build.actor, later, build.version(Meeting, later), end, AFTERWARDS)
    build.sign(later)
    assert ("19.04.2017" in public_minutes(build, later, tmp_path)) is not withdrawn


def test_a_supplement_of_hidden_items_is_neither_told_nor_counted(
    build: Builder, tmp_path: Path
) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting, chapter.paper)
    for day, enter in ((10, build.secret_item), (11, build.item)):
        enter(chapter.meeting, "Nachgeschoben")
        version = build.version(Meeting, chapter.meeting)
        now = datetime(2017, 4, day, 8, tzinfo=UTC)
        facts = supplements.SupplementFacts(reason="Kündigung", acknowledged=True)
        args = (build.session, build.actor, chapter.meeting, version)
        supplements.issue_supplement(*args, facts, now)
    build.present(chapter.meeting, *chapter.members)
    build.treat(chapter.opening)
    words = told(build, chapter, tmp_path)
    assert "Nachtrag 1 vom 11.04.2017." in words
    assert "10.04.2017" not in words
    assert "Nachtrag 2" not in words
