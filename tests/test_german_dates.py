"""German dates and times, whatever the machine's locale and zone."""

from datetime import UTC, date, datetime

import pytest

from sitzungsdienst.german import (
    BERLIN,
    long_date,
    plain_date,
    short_date,
    time_field,
    time_span,
)

START = datetime(2017, 4, 19, 17, 0, tzinfo=BERLIN)
END = datetime(2017, 4, 19, 18, 55, tzinfo=BERLIN)


def test_a_date_is_written_short_long_and_plain() -> None:
    day = date(2017, 4, 19)
    assert short_date(day) == "Mi, 19.04.2017"
    assert long_date(day) == "Mittwoch, 19. April 2017"
    assert plain_date(day) == "19.04.2017"


@pytest.mark.parametrize(
    ("day", "short"),
    [
        (date(2026, 3, 2), "Mo, 02.03.2026"),
        (date(2026, 3, 3), "Di, 03.03.2026"),
        (date(2026, 3, 5), "Do, 05.03.2026"),
        (date(2026, 3, 6), "Fr, 06.03.2026"),
        (date(2026, 3, 7), "Sa, 07.03.2026"),
        (date(2026, 3, 8), "So, 08.03.2026"),
    ],
)
def test_every_weekday_has_two_letters(day: date, short: str) -> None:
    assert short_date(day) == short


def test_march_has_its_umlaut() -> None:
    assert long_date(date(2026, 3, 1)) == "Sonntag, 1. März 2026"


def test_a_meeting_that_ended_shows_from_and_to() -> None:
    assert time_span(START, END) == "17:00 - 18:55"
    assert time_field(START, END) == "17:00 - 18:55"


def test_a_meeting_without_an_end_shows_its_start() -> None:
    assert time_span(START, None) == "17:00"
    assert time_field(START, None) == "17:00 Uhr"


def test_an_end_after_midnight_bears_its_date() -> None:
    late = datetime(2017, 4, 20, 0, 30, tzinfo=BERLIN)
    assert time_span(START, late) == "17:00 - 00:30 (20.04.2017)"


def test_a_moment_in_utc_is_shown_on_the_clock_of_berlin() -> None:
    start = datetime(2017, 4, 19, 22, 30, tzinfo=UTC)
    assert short_date(start) == "Do, 20.04.2017"
    assert long_date(start) == "Donnerstag, 20. April 2017"
    assert time_span(start, None) == "00:30"
    assert time_span(datetime(2017, 1, 19, 16, 0, tzinfo=UTC), None) == "17:00"


def test_a_moment_without_a_zone_is_taken_as_local() -> None:
    naive = datetime(2017, 4, 19, 17, 0)  # noqa: DTZ001 (the case in question)
    assert time_span(naive, None) == "17:00"
    assert short_date(naive) == "Mi, 19.04.2017"
