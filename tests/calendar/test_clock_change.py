"""Meetings around the two nights in which the clock changes: 2026-03-29 and 2026-10-25."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from sitzungsdienst.calendar.feed import event_end, join_events
from sitzungsdienst.german import BERLIN
from tests.calendar.cast import EVENT, feed, read_alike

HOUR = timedelta(hours=1)


def berlin(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


SPRING = ("2026-03-29T00:00", "2026-03-29T00:30", "2026-03-29T01:00", "2026-03-29T01:30")
AUTUMN = (
    "2026-10-24T23:00", "2026-10-24T23:30", "2026-10-25T00:00", "2026-10-25T00:30",
    "2026-10-25T01:00", "2026-10-25T01:30",
)  # fmt: skip


@pytest.mark.parametrize("begun", SPRING + AUTUMN)
@pytest.mark.parametrize("length", [HOUR / 2, HOUR, 2 * HOUR, 26 * HOUR])
def test_no_moment_of_the_change_nights_is_lost(begun: str, length: timedelta) -> None:
    start = utc(begun)
    (read,) = read_alike(feed(replace(EVENT, start=start, end=start + length)))
    assert (read["start"], read["end"]) == (start, start + length)


def test_a_meeting_over_the_spring_night_loses_no_hour() -> None:
    night = replace(EVENT, start=berlin("2026-03-28T20:00"), end=berlin("2026-03-29T04:00"))
    (read,) = read_alike(feed(night))
    assert read["end"] - read["start"] == 7 * HOUR
    assert b"DTEND;TZID=Europe/Berlin:20260329T040000" in feed(night)


def test_a_meeting_over_the_autumn_night_gains_an_hour() -> None:
    night = replace(EVENT, start=berlin("2026-10-24T20:00"), end=berlin("2026-10-25T04:00"))
    (read,) = read_alike(feed(night))
    assert read["end"] - read["start"] == 9 * HOUR
    assert b"DTEND;TZID=Europe/Berlin:20261025T040000" in feed(night)


def test_half_past_two_in_the_spring_night_is_written_as_half_past_three() -> None:
    gap = replace(EVENT, start=berlin("2026-03-29T02:30"), end=berlin("2026-03-29T04:30"))
    (read,) = read_alike(feed(gap))
    assert read["start"] == utc("2026-03-29T01:30")
    assert b"DTSTART;TZID=Europe/Berlin:20260329T033000" in feed(gap)


@pytest.mark.parametrize("fold", [0, 1])
def test_half_past_two_in_the_autumn_night_is_written_in_utc(fold: int) -> None:
    start = berlin("2026-10-25T02:30", fold)
    night = replace(EVENT, start=start, end=berlin("2026-10-25T03:30"))
    (read,) = read_alike(feed(night))
    assert read["start"] == utc(f"2026-10-25T0{fold}:30")
    assert f"\r\nDTSTART:20261025T0{fold}3000Z\r\nDTEND:20261025T023000Z\r\n".encode() in feed(
        night
    )


def test_an_end_in_the_hour_that_comes_twice_is_written_in_utc_with_its_start() -> None:
    first, second = berlin("2026-10-25T02:30"), berlin("2026-10-25T02:30", fold=1)
    (read,) = read_alike(feed(replace(EVENT, start=first, end=second)))
    assert (read["start"], read["end"]) == (utc("2026-10-25T00:30"), utc("2026-10-25T01:30"))
    evening = replace(EVENT, start=berlin("2026-10-24T20:00"), end=first)
    assert b"\r\nDTSTART:20261024T180000Z\r\nDTEND:20261025T003000Z\r\n" in feed(evening)


def test_a_meeting_before_the_rules_of_today_is_written_in_utc() -> None:
    for year, hour in ((1995, 16), (1996, 15)):
        start = berlin(f"{year}-10-10T17:00")
        old = replace(EVENT, start=start, end=start + HOUR)
        (read,) = read_alike(feed(old))
        assert read["start"] == utc(f"{year}-10-10T{hour}:00")
        assert f"\r\nDTSTART:{year}1010T{hour}0000Z\r\n".encode() in feed(old)
    first = replace(EVENT, start=berlin("1997-01-01T00:00"), end=berlin("1997-01-01T01:00"))
    assert b"\r\nDTSTART;TZID=Europe/Berlin:19970101T000000\r\n" in feed(first)


def test_the_written_time_zone_agrees_with_the_worlds_for_forty_years() -> None:
    calendar = Calendar.from_ical(join_events("Alle", []))
    (written,) = calendar.timezones
    zone = written.to_tz(lookup_tzid=False)
    assert zone is not BERLIN
    first_sunday = datetime.fromisoformat("1997-01-05T00:00")
    changes = 0
    for week in range(40 * 52):
        night = first_sunday + timedelta(weeks=week)
        before, after = night + timedelta(minutes=119), night + 3 * HOUR
        for wall in (before, after):
            assert wall.replace(tzinfo=zone).utcoffset() == wall.replace(tzinfo=BERLIN).utcoffset()
        offsets = {wall.replace(tzinfo=zone).utcoffset() for wall in (before, after)}
        changes += len(offsets) - 1
    assert changes == 80


def test_the_clock_changes_at_two_in_spring_and_at_three_in_autumn() -> None:
    parts = join_events("Alle", []).decode().replace("\r\n", "\n")
    assert (
        "BEGIN:DAYLIGHT\nDTSTART:19960331T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n"
        "TZNAME:CEST\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\n"
    ) in parts
    assert (
        "BEGIN:STANDARD\nDTSTART:19961027T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
        "TZNAME:CET\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n"
    ) in parts


def test_an_unknown_end_is_two_hours_after_the_start() -> None:
    assert event_end(EVENT.start, None) == berlin("2017-04-19T19:00")


def test_a_known_end_stays_as_it_is() -> None:
    assert event_end(EVENT.start, EVENT.end) is EVENT.end


def test_an_end_not_later_than_the_start_counts_as_unknown() -> None:
    for end in (EVENT.start, EVENT.start - HOUR, EVENT.start + timedelta(milliseconds=1)):
        assert event_end(EVENT.start, end) == berlin("2017-04-19T19:00")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (berlin("2026-03-29T01:30"), utc("2026-03-29T02:30")),
        (berlin("2026-10-25T01:30"), utc("2026-10-25T01:30")),
        (berlin("2026-10-25T02:30"), utc("2026-10-25T02:30")),
        (berlin("2026-10-25T02:30", fold=1), utc("2026-10-25T03:30")),
    ],
)
def test_two_hours_are_real_hours_in_the_change_nights(start: datetime, end: datetime) -> None:
    found = event_end(start, None)
    assert found.astimezone(UTC) == end
    assert found.tzinfo is BERLIN
    (read,) = read_alike(feed(replace(EVENT, start=start, end=found)))
    assert read["end"] - read["start"] == 2 * HOUR


def test_the_second_half_past_two_is_later_than_the_first() -> None:
    first, second = berlin("2026-10-25T02:30"), berlin("2026-10-25T02:30", fold=1)
    assert event_end(first, second) is second
