"""The strict check itself: each fault it promises to find, planted and found."""

import pytest

from tests.calendar.cast import EVENT, feed
from tests.support.ical_check import assert_strict

GOOD = feed(EVENT)
FAULTS = {
    "bare LF": (b"VERSION:2.0\r\n", b"VERSION:2.0\n", "bare LF"),
    "long line": (b"UID:", b"UID:" + b"x" * 70, "octets"),
    "no last line end": (b"END:VCALENDAR\r\n", b"END:VCALENDAR", "CR LF"),
    "empty line": (b"VERSION:2.0\r\n", b"VERSION:2.0\r\n\r\n", "empty line"),
    "control character": (b"SUMMARY:", b"SUMMARY:\x07", "control"),
    "method": (b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n", "METHOD"),
    "calendar uid": (b"VERSION:2.0\r\n", b"VERSION:2.0\r\nUID:a@b\r\n", "UID"),
    "no prodid": (b"PRODID:", b"X-PRODID:", "PRODID"),
    "no stamp": (b"DTSTAMP:20170405T080059Z\r\n", b"", "DTSTAMP"),
    "stamp of now": (b"DTSTAMP:2017", b"DTSTAMP:2018", "last change"),
    "unknown status": (b"STATUS:CONFIRMED", b"STATUS:MAYBE", "state"),
    "no status": (b"STATUS:CONFIRMED\r\n", b"", "STATUS"),
    "silent cancellation": (
        b"STATUS:CONFIRMED\r\nTRANSP:OPAQUE",
        b"STATUS:CANCELLED\r\nTRANSP:TRANSPARENT",
        "silent",
    ),
    "end before start": (b"T185500", b"T165500", "not later"),
    "end at start": (b"T185500", b"T170000", "not later"),
    "duration": (b"DTEND;TZID=Europe/Berlin:20170419T185500", b"DURATION:PT2H", "DTEND"),
    "foreign zone": (b"DTSTART;TZID=Europe/Berlin", b"DTSTART;TZID=Europe/Wien", "VTIMEZONE"),
    "floating time": (b"DTSTART;TZID=Europe/Berlin", b"DTSTART", "TZID"),
    "time that is none": (b"20170419T170000", b"20170326T023000", "does not exist"),
    "time that comes twice": (b"20170419T170000", b"20161030T023000", "comes twice"),
    "dates instead of a rule": (b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", b"RDATE:1", "RRULE"),
    "bare comma": (b"LOCATION:", b"LOCATION:a,", "not escaped"),
    "bare backslash": (b"LOCATION:", b"LOCATION:a\\x", "not escaped"),
    "escaped category": (b"CATEGORIES:", b"CATEGORIES:a\\,", "category"),
    "empty category": (b"CATEGORIES:", b"CATEGORIES:,", "category"),
    "relative address": (b"URL:https://", b"URL:/", "URL"),
    "attendee": (b"SEQUENCE:2", b"SEQUENCE:2\r\nATTENDEE:mailto:a@b.example", "ATTENDEE"),
    "two titles": (b"SEQUENCE:2", b"SEQUENCE:2\r\nSUMMARY:x", "SUMMARY"),
    "unclosed": (b"END:VEVENT\r\n", b"", "closes"),
}


def test_a_good_feed_passes() -> None:
    assert_strict(GOOD)


@pytest.mark.parametrize(("old", "new", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_planted_fault_is_found(old: bytes, new: bytes, message: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(AssertionError, match=message):
        assert_strict(GOOD.replace(old, new))


def test_a_fold_inside_a_character_is_found() -> None:
    split = GOOD.replace("ü".encode(), b"\xc3\r\n \xbc", 1)
    with pytest.raises(UnicodeDecodeError):
        assert_strict(split)


def test_an_event_given_twice_is_found() -> None:
    start, end = GOOD.index(b"BEGIN:VEVENT"), GOOD.index(b"END:VCALENDAR")
    with pytest.raises(AssertionError, match="share a UID"):
        assert_strict(GOOD[:end] + GOOD[start:end] + GOOD[end:])


def test_a_missing_or_second_time_zone_is_found() -> None:
    start, end = GOOD.index(b"BEGIN:VTIMEZONE"), GOOD.index(b"BEGIN:VEVENT")
    for wrong in (GOOD[:start] + GOOD[end:], GOOD[:end] + GOOD[start:]):
        with pytest.raises(AssertionError, match="VTIMEZONE"):
            assert_strict(wrong)


def test_events_out_of_order_are_found() -> None:
    data = feed(EVENT).replace(EVENT.uid.encode(), b"z@h")
    start, end = data.index(b"BEGIN:VEVENT"), data.index(b"END:VCALENDAR")
    second = data[start:end].replace(b"z@h", b"a@h")
    with pytest.raises(AssertionError, match="not ordered"):
        assert_strict(data[:end] + second + data[end:])
