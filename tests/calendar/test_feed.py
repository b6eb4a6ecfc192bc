"""The calendar feed: strict in form, and read back alike by two parsers of other people."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitzungsdienst.calendar.feed import calendar_bytes, event_text, join_events
from sitzungsdienst.calendar.values import CalendarFeed
from tests.calendar.cast import EVENT, feed, read_alike
from tests.support.ical_check import assert_strict, read_with_second_parser


def lines_of(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_every_field_is_read_back_by_two_parsers() -> None:
    assert read_alike(feed(EVENT)) == [
        {
            "uid": "sitzung-0b7c@buero.landkreis.example",
            "summary": "Sitzung des Ausschusses für Finanzen",
            "start": datetime(2017, 4, 19, 15, 0, tzinfo=UTC),
            "end": datetime(2017, 4, 19, 16, 55, tzinfo=UTC),
            "stamp": datetime(2017, 4, 5, 8, 0, 59, tzinfo=UTC),
            "created": datetime(2017, 3, 1, 8, 30, 15, tzinfo=UTC),
            "modified": datetime(2017, 4, 5, 8, 0, 59, tzinfo=UTC),
            "sequence": 2,
            "status": "CONFIRMED",
            "transparency": "OPAQUE",
            "location": "Beratungsraum 2, Bornsche Straße 2, Haldensleben",
            "description": "Ö 1 Eröffnung\nÖ 5.1 Anfragen; Verschiedenes\n\nN 1",
            "url": "https://buero.landkreis.example/sitzungen/17",
            "categories": ("Ausschuss für Finanzen", "öffentlich"),
        }
    ]


def test_start_and_end_are_written_in_the_local_time_of_the_place() -> None:
    lines = lines_of(feed(EVENT))
    assert "DTSTART;TZID=Europe/Berlin:20170419T170000" in lines
    assert "DTEND;TZID=Europe/Berlin:20170419T185500" in lines


def test_a_time_given_in_another_zone_is_written_in_local_time() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    moved = replace(EVENT, start=EVENT.start.astimezone(tokyo), end=EVENT.end.astimezone(UTC))
    assert feed(moved) == feed(EVENT)


def test_a_feed_is_a_publication_without_method_organizer_or_own_uid() -> None:
    head = feed(EVENT).split(b"BEGIN:VEVENT")[0]
    assert b"\r\nUID" not in head
    for name in (b"METHOD", b"ORGANIZER", b"ATTENDEE", b"DURATION:"):
        assert b"\r\n" + name not in feed(EVENT)


def test_name_and_description_reach_old_and_new_programs() -> None:
    data = calendar_bytes(
        CalendarFeed(name="Bau, Umwelt; \\Neu", events=(), description="Nur öffentlich.\nZeile 2")
    )
    assert_strict(data)
    lines = lines_of(data)
    for name in ("NAME", "X-WR-CALNAME"):
        assert rf"{name}:Bau\, Umwelt\; \\Neu" in lines
    for name in ("DESCRIPTION", "X-WR-CALDESC"):
        assert rf"{name}:Nur öffentlich.\nZeile 2" in lines
    assert read_with_second_parser(data) == []


def test_an_empty_feed_is_still_a_calendar() -> None:
    assert read_alike(feed()) == []


def test_a_cancelled_meeting_stays_and_says_so() -> None:
    (read,) = read_alike(feed(replace(EVENT, cancelled=True, sequence=3)))
    assert read["summary"] == "ABGESAGT: Sitzung des Ausschusses für Finanzen"
    assert (read["status"], read["transparency"]) == ("CANCELLED", "TRANSPARENT")
    assert read["sequence"] == 3


def test_what_an_event_lacks_is_not_written() -> None:
    bare = replace(EVENT, location=" ", description_lines=("", " "), url="", categories=(",",))
    (read,) = read_alike(feed(bare))
    assert (read["location"], read["description"], read["url"]) == ("", "", "")
    assert read["categories"] == ()
    assert not re.search(rb"\r\n(LOCATION|DESCRIPTION|URL|CATEGORIES)", feed(bare))


def test_events_stand_by_start_then_uid_in_whatever_order_they_come() -> None:
    day = timedelta(days=1)
    later = replace(EVENT, uid="a@h", start=EVENT.start + day, end=EVENT.end + day)
    twin = replace(EVENT, uid="z@h")
    read = read_alike(feed(later, twin, EVENT))
    assert [event["uid"] for event in read] == [EVENT.uid, "z@h", "a@h"]
    assert feed(later, twin, EVENT) == feed(EVENT, later, twin)


def test_texts_kept_by_a_caller_join_to_the_same_bytes() -> None:
    other = replace(EVENT, uid="z@h", cancelled=True)
    texts = [event_text(EVENT), event_text(other)]
    assert join_events("Alle Sitzungen", texts) == feed(EVENT, other)
    assert all(text.startswith("BEGIN:VEVENT\r\n") for text in texts)
    assert all(text.endswith("END:VEVENT\r\n") for text in texts)


def test_two_hundred_meetings_pass_the_check() -> None:
    week = timedelta(days=7)
    many = [
        replace(EVENT, uid=f"s-{n}@h", start=EVENT.start + n * week, end=EVENT.end + n * week)
        for n in range(200)
    ]
    assert len(read_alike(feed(*many))) == 200


@pytest.mark.parametrize("uid", ["", "ohne-host", "a b@h", "a@h\r\nX:1", "a,b@h", "ä@h", "a@h\n"])
def test_a_uid_that_is_none_is_refused(uid: str) -> None:
    with pytest.raises(ValueError, match="UID"):
        event_text(replace(EVENT, uid=uid))


def test_two_events_with_one_uid_are_refused() -> None:
    with pytest.raises(ValueError, match="share a UID"):
        feed(EVENT, replace(EVENT, sequence=3))


@pytest.mark.parametrize("length", [timedelta(0), timedelta(milliseconds=9), -timedelta(hours=1)])
def test_an_end_not_later_than_the_start_is_refused(length: timedelta) -> None:
    with pytest.raises(ValueError, match="not later than its start"):
        event_text(replace(EVENT, end=EVENT.start + length))


@pytest.mark.parametrize("name", ["start", "end", "created", "modified"])
def test_a_moment_without_time_zone_is_refused(name: str) -> None:
    naive = datetime.fromisoformat("2017-04-19T17:30:00")
    changes: dict[str, datetime] = {name: naive}
    with pytest.raises(ValueError, match="needs a time zone"):
        event_text(replace(EVENT, **changes))


def test_a_negative_sequence_is_refused() -> None:
    with pytest.raises(ValueError, match="sequence"):
        event_text(replace(EVENT, sequence=-1))
