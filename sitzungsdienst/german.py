"""Dates, times and sizes as a German office writes them, without the machine's locale.

Aware moments are shown on the clock of Europe/Berlin, whatever zone they come in; a plain date or
a naive moment is taken as local already. Pages, printed documents and messages all speak from
here, so that one meeting never bears two spellings of its time.
"""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

BERLIN: Final = ZoneInfo("Europe/Berlin")

WEEKDAYS: Final = (
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
)
MONTHS: Final = (
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


def on_clock(moment: datetime) -> datetime:
    """Return `moment` on the clock of Berlin, if it says which clock it was read from."""
    return moment if moment.tzinfo is None else moment.astimezone(BERLIN)


def local_day(day: date) -> date:
    """Return the day in Berlin; `day` may be a moment."""
    return on_clock(day).date() if isinstance(day, datetime) else day


def short_date(day: date) -> str:
    """Return e.g. "Mi, 19.04.2017"; `day` may be a moment."""
    local = local_day(day)
    return f"{WEEKDAYS[local.weekday()][:2]}, {plain_date(local)}"


def long_date(day: date) -> str:
    """Return e.g. "Mittwoch, 19. April 2017"; `day` may be a moment."""
    local = local_day(day)
    return f"{WEEKDAYS[local.weekday()]}, {local.day}. {MONTHS[local.month - 1]} {local.year:04}"


def plain_date(day: date) -> str:
    """Return e.g. "19.04.2017", as beside a signature; `day` may be a moment."""
    local = local_day(day)
    return f"{local.day:02}.{local.month:02}.{local.year:04}"


def month_name(day: date) -> str:
    """Return e.g. "April 2017"; `day` may be a moment."""
    local = local_day(day)
    return f"{MONTHS[local.month - 1]} {local.year:04}"


def clock(moment: datetime) -> str:
    """Return e.g. "17:00"."""
    return f"{on_clock(moment):%H:%M}"


def time_span(start: datetime, end: datetime | None) -> str:
    """Return e.g. "17:00 - 18:55", or "17:00" while there is no end.

    An end on a later day bears its date, "19:00 - 00:30 (20.04.2017)": without it the meeting
    would seem to end before it starts.
    """
    opened = clock(start)
    if end is None:
        return opened
    closed = f"{opened} - {clock(end)}"
    return closed if local_day(end) == local_day(start) else f"{closed} ({plain_date(end)})"


def time_field(start: datetime, end: datetime | None) -> str:
    """Return what stands in the field "Zeit": "17:00 - 18:55", or "17:00 Uhr" before the end."""
    return time_span(start, end) if end is not None else f"{time_span(start, None)} Uhr"


def file_size(size: int) -> str:
    """Return a number of bytes as a reader weighs it: "812 Byte", "48 kB", "1,2 MB"."""
    if size < 1000:
        return f"{size} Byte"
    if size < 999_500:
        return f"{(size + 500) // 1000} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
