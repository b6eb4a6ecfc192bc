"""Dates, times and sizes as a German office writes them."""

from datetime import UTC, date, datetime

import pytest

from sitzungsdienst import german

START = datetime(2017, 4, 19, 15, 0, tzinfo=UTC)


def test_a_day_is_written_with_its_weekday() -> None:
    assert german.short_date(date(2017, 4, 19)) == "Mi, 19.04.2017"
    assert german.long_date(date(2017, 4, 19)) == "Mittwoch, 19. April 2017"
    assert german.month_name(date(2017, 3, 1)) == "März 2017"


def test_a_moment_is_shown_on_the_clock_of_berlin() -> None:
    late = datetime(2017, 4, 19, 22, 30, tzinfo=UTC)
    assert german.clock(late) == "00:30"
    assert german.short_date(late) == "Do, 20.04.2017"
    winter = datetime(2017, 1, 19, 22, 30, tzinfo=UTC)
    assert german.clock(winter) == "23:30"


def test_a_span_says_from_when_till_when() -> None:
    assert german.time_span(START, datetime(2017, 4, 19, 16, 55, tzinfo=UTC)) == "17:00 - 18:55"
    assert german.time_span(START, None) == "17:00"
    assert german.time_field(START, None) == "17:00 Uhr"


def test_an_end_after_midnight_bears_its_date() -> None:
    end = datetime(2017, 4, 19, 22, 30, tzinfo=UTC)
    assert german.time_span(START, end) == "17:00 - 00:30 (20.04.2017)"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 Byte"),
        (999, "999 Byte"),
        (48_300, "48 kB"),
        (999_499, "999 kB"),
        (999_500, "1,0 MB"),
        (1_240_000, "1,2 MB"),
    ],
)
def test_a_size_is_rounded_to_what_a_reader_needs(size: int, words: str) -> None:
    assert german.file_size(size) == words
