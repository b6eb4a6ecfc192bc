"""Dates and times as a German office writes them, without the machine's locale.

Aware moments are shown on the clock of Europe/Berlin, whatever zone they come in; a plain date or
a naive moment is taken as local already. Public pages, office pages and printed documents all
speak from here, so that one meeting never bears two spellings of its time.
"""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

BERLIN: Final = ZoneInfo("Europe/Berlin")

_WEEKDAYS: Final = (
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
)
_MONTHS: Final = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def _on_clock(moment: datetime) -> datetime:
    """Return `moment` on the clock of Berlin, if it says which clock it was read from."""
    return moment if moment.tzinfo is None else moment.astimezone(BERLIN)


def _local(day: date) -> date:
    return _on_clock(day) if isinstance(day, datetime) else day


def short_date(day: date) -> str:
    """Return e.g. "Mi, 19.04.2017"; `day` may be a moment."""
    local = _local(day)
    return f"{_WEEKDAYS[local.weekday()][:2]}, {plain_date(local)}"


def long_date(day: date) -> str:
    """Return e.g. "Mittwoch, 19. April 2017"; `day` may be a moment."""
    local = _local(day)
    month = _MONTHS[local.month - 1]
    return f"{_WEEKDAYS[local.weekday()]}, {local.day}. {month} {local.year}"


def plain_date(day: date) -> str:
    """Return e.g. "19.04.2017", as beside a signature; `day` may be a moment."""
    local = _local(day)
    return f"{local.day:02}.{local.month:02}.{local.year:04}"


def time_span(start: datetime, end: datetime | None) -> str:
    """Return e.g. "17:00 - 18:55", or "17:00" while there is no end.

    An end on a later day bears its date, "19:00 - 00:30 (20.04.2017)": without it the meeting
    would seem to end before it starts.
    """
    begin = _on_clock(start)
    opened = f"{begin:%H:%M}"
    if end is None:
        return opened
    close = _on_clock(end)
    closed = f"{opened} - {close:%H:%M}"
    return closed if close.date() == begin.date() else f"{closed} ({plain_date(close)})"


def time_field(start: datetime, end: datetime | None) -> str:
    """Return what stands in the field "Zeit": "17:00 - 18:55", or "17:00 Uhr" before the end."""
    return time_span(start, end) if end is not None else f"{time_span(start, None)} Uhr"
