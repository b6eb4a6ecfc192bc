"""A calendar and its events as plain values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One meeting in a calendar feed.

    `uid` is stable for ever and ends in "@<configured host>". `start` and `end` are aware; `end`
    is later than `start`. `modified` is the last change (becomes DTSTAMP and LAST-MODIFIED),
    `sequence` grows with moves and cancellations. `description_lines` is plain text, a line each.
    """

    uid: str
    summary: str
    start: datetime
    end: datetime
    created: datetime
    modified: datetime
    sequence: int = 0
    cancelled: bool = False
    location: str = ""
    description_lines: tuple[str, ...] = ()
    url: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """A named calendar: `name` is shown by the reader's program."""

    name: str
    events: tuple[CalendarEvent, ...]
    description: str = ""
