"""Which public object shows which other one, and what the look-up tables keep of a document.

OParl embeds objects in one another (1.1, chapter 3). That decides three things here: whose
`modified` is raised by a change (OParl 1.1, 2.8), what is withdrawn together, and what
`public_object` and `public_link` say. All of it is derived from the documents alone.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.shape import references_of
from sitzungsdienst.publication.types import PublicDocument, PublicFile

SHOWN_BY: Mapping[Kind, tuple[str, ...]] = {
    Kind.LEGISLATIVE_TERM: ("body",),
    Kind.MEMBERSHIP: ("person", "organization"),
    Kind.AGENDA_ITEM: ("meeting",),
    Kind.CONSULTATION: ("paper",),
    Kind.FILE: ("agenda_item", "meeting", "paper"),
}
"""Fields by which an object names those that show it; the first filled one is its parent."""

SHOWS: Mapping[Kind, tuple[str, ...]] = {
    Kind.MEETING: ("location", "invitation", "results_protocol"),
    Kind.AGENDA_ITEM: ("resolution_file",),
    Kind.PAPER: ("main_file", "auxiliary_file"),
}
"""Fields by which an object names those that it shows itself."""

FALLS_WITH: Mapping[Kind, tuple[str, ...]] = {
    Kind.LEGISLATIVE_TERM: ("body",),
    Kind.MEMBERSHIP: ("person",),
    Kind.AGENDA_ITEM: ("meeting",),
    Kind.CONSULTATION: ("paper",),
}
"""Fields whose target's withdrawal withdraws the object too. Files: see `ledger`."""

SHOWING_RELATIONS: frozenset[str] = frozenset(name for names in SHOWS.values() for name in names)
FILE_RELATIONS: frozenset[str] = SHOWING_RELATIONS - {"location"}

_SORT_KEY_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Derived:
    """What the look-up tables keep of a document; `links` are (relation, position, target uid).

    `sha512` is that of a file's bytes, None for whatever is no file.
    """

    body_uid: str
    parent_uid: str | None
    sort_key: str
    links: tuple[tuple[str, int, str], ...]
    sha512: str | None = None


def derive(document: PublicDocument) -> Derived:
    """Compute the look-up facts of one document."""
    links: list[tuple[str, int, str]] = []
    counts: dict[str, int] = {}
    for relation, _, uid in references_of(document):
        if relation != "body":
            counts[relation] = counts.get(relation, -1) + 1
            links.append((relation, counts[relation], uid))
    return Derived(
        body_uid=body_of(document),
        parent_uid=next(iter(parents_of(document)), None),
        sort_key=sort_key(document)[:_SORT_KEY_LENGTH],
        links=tuple(links),
        sha512=document.sha512_checksum if isinstance(document, PublicFile) else None,
    )


def body_of(document: PublicDocument) -> str:
    """The uid of the Body that the document belongs to; a Body belongs to itself."""
    return document.uid if document.KIND is Kind.BODY else getattr(document, "body", "")


def parents_of(document: PublicDocument) -> Iterable[str]:
    """The uids of the objects that show this one, the nearest first."""
    for name in SHOWN_BY.get(document.KIND, ()):
        content = getattr(document, name)
        yield from content if isinstance(content, tuple) else (content,) if content else ()


def sort_key(document: PublicDocument) -> str:
    """A text by which lists of the document's kind are ordered, the same in every database."""
    return _ORDERS.get(document.KIND, _by_name)(document)


def _by_name(document: Any) -> str:
    return fold(document.name)


def _by_family_name(person: Any) -> str:
    known = person.family_name
    return fold(f"{known}, {person.given_name}" if known else person.name)


def _by_place(location: Any) -> str:
    return fold(f"{location.description}, {location.room}")


def _by_start(meeting: Any) -> str:
    return meeting_key(meeting.start) if meeting.start else ""


def _on(day: date | None) -> str:
    return day.isoformat() if day else ""


_ORDERS: Mapping[Kind, Callable[[Any], str]] = {
    Kind.MEETING: _by_start,
    Kind.AGENDA_ITEM: lambda item: f"{item.order:08d}",
    Kind.CONSULTATION: lambda step: f"{step.position:08d}",
    Kind.PAPER: lambda paper: _on(paper.dated),
    Kind.FILE: lambda file: _on(file.dated),
    Kind.MEMBERSHIP: lambda membership: _on(membership.start_date),
    Kind.LEGISLATIVE_TERM: lambda term: _on(term.start_date),
    Kind.PERSON: _by_family_name,
    Kind.LOCATION: _by_place,
}


def meeting_key(start: datetime) -> str:
    """The sort key of a meeting that starts at this aware moment."""
    return start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fold(text: str) -> str:
    """A text for sorting as DIN 5007-1 does: case and marks ignored, ß as ss."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).strip()
