"""Calendars kept written in memory: a feed of years is asked for often and changes seldom.

A feed changes with the ledger or with the day, and with nothing else. So its ETag is made from the
newest entry's number, which is one small look-up, and its bytes are kept under that ETag.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable

from flask import Response, current_app

from sitzungsdienst import german
from sitzungsdienst.calendar.feed import calendar_bytes
from sitzungsdienst.calendar.values import CalendarFeed
from sitzungsdienst.public.answers import conditional, now, open_shelf
from sitzungsdienst.public.shelf import Shelf

FEEDS = "public.feeds"
MOST = 64


class Kept:
    """Bytes by their ETag, the least lately used dropped first. Safe between threads."""

    def __init__(self) -> None:
        self._bytes: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str, write: Callable[[], bytes]) -> bytes:
        """Return what is kept under `tag`, writing it if need be."""
        with self._lock:
            if tag in self._bytes:
                self._bytes.move_to_end(tag)
                return self._bytes[tag]
        content = write()
        with self._lock:
            self._bytes[tag] = content
            while len(self._bytes) > MOST:
                self._bytes.popitem(last=False)
        return content


def feed_answer(make: Callable[[Shelf], CalendarFeed]) -> Response:
    """Answer with the feed that `make` composes; 304 and repeated answers compose nothing."""
    shelf = open_shelf()
    shelf.note_newest()
    shelf.note(german.local_day(now()).isoformat())
    kept: Kept = current_app.extensions[FEEDS]

    def write(tag: str) -> bytes:
        return kept.get(tag, lambda: calendar_bytes(make(shelf)))

    return conditional(write, shelf, "text/calendar")
