"""What a client may ask of a list: bounds of time, page, size, and less to embed.

OParl 1.1, chapter 2.5. Unknown arguments are ignored; a known one with a value that means nothing
is an error, since a list without the filter would look like an answer to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sitzungsdienst.publication.selection import Window

PAGE_SIZE = 100
"""Objects on a page; a client may ask for fewer, not for more."""

_TIMES = ("created_since", "created_until", "modified_since", "modified_until")

# An unencoded "+" arrives as a space; clients that send it so are many.
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)(Z|[+\- ]\d\d:?\d\d)")

_MAX_PAGE = 1_000_000


class QueryError(ValueError):
    """An argument that means nothing; the message is German, for the client's user."""


@dataclass(frozen=True, slots=True)
class Query:
    """A list as asked for. `kept` are the arguments that links to other pages repeat."""

    window: Window
    omit_internal: bool
    page: int
    limit: int
    kept: Mapping[str, str]

    @property
    def offset(self) -> int:
        """How many objects stand on the pages before."""
        return (self.page - 1) * self.limit

    def arguments(self, page: int) -> dict[str, str]:
        """The arguments of another page of the same list, in their one order."""
        return {**self.kept, **({"page": str(page)} if page > 1 else {})}


def read_query(arguments: Mapping[str, str]) -> Query:
    """Read a list's arguments. Raises QueryError naming the argument."""
    moments = {name: _moment(name, arguments[name]) for name in _TIMES if name in arguments}
    kept = {name: arguments[name].replace(" ", "+") for name in moments}
    omit_internal = _truth("omit_internal", arguments.get("omit_internal", "false"))
    limit = min(_number("limit", arguments.get("limit", str(PAGE_SIZE))), PAGE_SIZE)
    kept |= {name: arguments[name] for name in ("omit_internal", "limit") if name in arguments}
    return Query(
        window=Window(**moments),
        omit_internal=omit_internal,
        page=_number("page", arguments.get("page", "1")),
        limit=limit,
        kept=kept,
    )


def _moment(name: str, value: str) -> datetime:
    match = _MOMENT.fullmatch(value)
    try:
        if match:
            clock, offset = match.groups()
            moment = datetime.fromisoformat(clock + offset.replace(" ", "+"))
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # such as the 30th of February: told below
    raise QueryError(
        f"Der Wert von „{name}“ ist kein Zeitpunkt. Bitte geben Sie ihn mit Datum, Uhrzeit und"
        " Abstand zur Weltzeit an, zum Beispiel 2026-03-01T00:00:00+01:00."
    )


def _number(name: str, value: str) -> int:
    if re.fullmatch(r"[0-9]{1,7}", value) and 1 <= int(value) <= _MAX_PAGE:
        return int(value)
    raise QueryError(
        f"Der Wert von „{name}“ ist keine Seitenangabe. Bitte geben Sie eine ganze Zahl ab 1 an."
    )


def _truth(name: str, value: str) -> bool:
    if value not in ("true", "false"):
        raise QueryError(f"Der Wert von „{name}“ muss „true“ oder „false“ sein.")
    return value == "true"
