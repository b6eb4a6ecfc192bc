"""A calendar feed as bytes (RFC 5545, 7986): for subscription, deterministic, without METHOD.

A feed without METHOD is a plain publication: no organizer, no invitation, and DTSTAMP means the
last change. So the same values always give the same bytes, and a reader asks with the ETag alone.
"""

import functools
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from icalendar import Calendar, Event
from icalendar.prop import vDuration, vText

from sitzungsdienst.calendar.text import clean_block, clean_categories, clean_line, clean_url
from sitzungsdienst.calendar.values import CalendarEvent, CalendarFeed
from sitzungsdienst.calendar.zone import berlin_timezone, whole_second, written_span
from sitzungsdienst.german import BERLIN

PRODUCT = "-//Sitzungsdienst//Sitzungskalender//DE"
CANCELLED_PREFIX = "ABGESAGT: "
KEPT_EVENTS = 10_000
"""How many events are kept written: a county has some hundred meetings a year."""

USUAL_LENGTH = timedelta(hours=2)
REFRESH = timedelta(hours=4)

_UID = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
_CLOSING = b"END:VCALENDAR\r\n"
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class _Text(vText):
    r"""Text escaped by RFC 5545, 3.3.11; the library's own takes a written "\N" for a line end."""

    def to_ical(self) -> bytes:
        return self.translate(_ESCAPES).encode()


def calendar_bytes(feed: CalendarFeed) -> bytes:
    """Write the whole feed, its events by start, then UID.

    ValueError if two events share a UID, or for what `event_text` refuses.
    """
    uids = [event.uid for event in feed.events]
    if len(set(uids)) < len(uids):
        raise ValueError("two events of a calendar share a UID")
    events = sorted(feed.events, key=lambda event: (whole_second(event.start), event.uid))
    return join_events(feed.name, map(event_text, events), feed.description)


def join_events(name: str, texts: Iterable[str], description: str = "") -> bytes:
    """Put texts of `event_text`, in the given order, into a calendar of that name.

    For callers that keep the texts beside the events' versions: joining costs next to nothing.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    # Two generations of the same facts: RFC 7986, and what programs read long before it.
    for key in ("name", "x-wr-calname"):
        calendar.add(key, _Text(clean_line(name)))
    if about := clean_block([description]):
        for key in ("description", "x-wr-caldesc"):
            calendar.add(key, _Text(about))
    calendar.add("x-wr-timezone", BERLIN.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(berlin_timezone())
    opening: bytes = calendar.to_ical()
    return opening.removesuffix(_CLOSING) + "".join(texts).encode() + _CLOSING


def event_text(event: CalendarEvent) -> str:
    """Write one event as folded lines ending in CR LF, a pure function of the event.

    ValueError if the UID is not of the form "name@host", a moment lacks its time zone, the end is
    not later than the start, or the sequence is negative.
    """
    # In UTC, since two local moments of the hour that comes twice are equal as keys.
    return _written(
        replace(
            event,
            start=whole_second(event.start),
            end=whole_second(event.end),
            created=whole_second(event.created),
            modified=whole_second(event.modified),
        )
    )


@functools.lru_cache(maxsize=KEPT_EVENTS)
def _written(event: CalendarEvent) -> str:
    """Kept for the next reader: writing an event costs far more than joining them."""
    _check(event)
    start, end = written_span(event.start, event.end)
    modified = whole_second(event.modified)
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", modified)
    entry.add("last-modified", modified)
    entry.add("created", whole_second(event.created))
    entry.add("sequence", event.sequence)
    entry.add("dtstart", start)
    # DTEND, not DURATION: across a clock change programs count a duration differently.
    entry.add("dtend", end)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if event.cancelled else "OPAQUE")
    prefix = CANCELLED_PREFIX if event.cancelled else ""
    entry.add("summary", _Text(prefix + clean_line(event.summary)))
    _add_details(entry, event)
    lines: bytes = entry.to_ical()
    return lines.decode()


def event_end(start: datetime, end: datetime | None) -> datetime:
    """The end a calendar shows: the known one, else two hours after the start.

    The two hours are real ones, also in a night of a clock change. A known end that is not later
    than the start counts as unknown, so that one wrong entry does not take the calendar down.
    """
    begun = whole_second(start)
    if end is not None and whole_second(end) > begun:
        return end
    return (begun + USUAL_LENGTH).astimezone(start.tzinfo)


def _check(event: CalendarEvent) -> None:
    if not _UID.fullmatch(event.uid):
        raise ValueError("the UID of a calendar event must be of the form name@host")
    if whole_second(event.end) <= whole_second(event.start):
        raise ValueError(f"the end of {event.uid} is not later than its start")
    if event.sequence < 0:
        raise ValueError(f"the sequence of {event.uid} is negative")


def _add_details(entry: Event, event: CalendarEvent) -> None:
    """What an event may have: an empty property says less than none."""
    if location := clean_line(event.location):
        entry.add("location", _Text(location))
    if description := clean_block(event.description_lines):
        entry.add("description", _Text(description))
    if url := clean_url(event.url):
        entry.add("url", url)
    if categories := clean_categories(event.categories):
        entry.add("categories", list(categories))
