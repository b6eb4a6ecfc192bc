"""One meeting as a calendar event, and the way from values to what two parsers read."""

from datetime import UTC, datetime

from sitzungsdienst.calendar.feed import calendar_bytes
from sitzungsdienst.calendar.values import CalendarEvent, CalendarFeed
from sitzungsdienst.german import BERLIN
from tests.support.ical_check import (
    ReadEvent,
    assert_strict,
    read_with_icalendar,
    read_with_second_parser,
)

EVENT = CalendarEvent(
    uid="sitzung-0b7c@buero.landkreis.example",
    summary="Sitzung des Ausschusses für Finanzen",
    start=datetime(2017, 4, 19, 17, 0, tzinfo=BERLIN),
    end=datetime(2017, 4, 19, 18, 55, tzinfo=BERLIN),
    created=datetime(2017, 3, 1, 8, 30, 15, 250_000, tzinfo=UTC),
    modified=datetime(2017, 4, 5, 10, 0, 59, 999_999, tzinfo=BERLIN),
    sequence=2,
    location="Beratungsraum 2, Bornsche Straße 2, Haldensleben",
    description_lines=("Ö 1 Eröffnung", "Ö 5.1 Anfragen; Verschiedenes", "", "N 1"),
    url="https://buero.landkreis.example/sitzungen/17",
    categories=("Ausschuss für Finanzen", "öffentlich"),
)


def feed(*events: CalendarEvent, name: str = "Alle Sitzungen") -> bytes:
    return calendar_bytes(CalendarFeed(name=name, events=events))


def read_alike(data: bytes) -> list[ReadEvent]:
    """Both parsers' reading of a feed that passes the strict check."""
    assert_strict(data)
    first, second = read_with_icalendar(data), read_with_second_parser(data)
    assert first == second
    return first
