"""Everything that writing some objects takes, fetched beforehand in a fixed number of statements.

Writing an object needs the objects that it embeds and must know which links lead to something the
public can open. Fetching these one by one would make a page as slow as it is long.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sitzungsdienst.publication.filed import Filed
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.shape import references_of

Children = Mapping[str, tuple[Filed[Any], ...]]


@dataclass(slots=True)
class Shelf:
    """Filed objects at hand, by uid or by the uid of their parent."""

    terms: Children = field(default_factory=dict)
    memberships: Children = field(default_factory=dict)
    items: Children = field(default_factory=dict)
    consultations: Children = field(default_factory=dict)
    files_of: Children = field(default_factory=dict)
    files: dict[str, Filed[Any]] = field(default_factory=dict)
    locations: dict[str, Filed[Any]] = field(default_factory=dict)
    # uids only
    seats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of an Organization
    siblings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # items of a meeting
    held_at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # meetings at a location
    living: frozenset[str] = frozenset()


def fetch(reader: Reader, kind: Kind, found: Sequence[Filed[Any]]) -> Shelf:
    """Fetch what these objects of one kind need; withdrawn ones need nothing."""
    living = [filed for filed in found if not filed.deleted]
    shelf = Shelf()
    uids = [filed.uid for filed in living]
    match kind:
        case Kind.BODY:
            shelf.terms = reader.children(Kind.LEGISLATIVE_TERM, uids)
        case Kind.ORGANIZATION:
            shelf.seats = reader.uids_linked_to(Kind.MEMBERSHIP, uids, "organization")
        case Kind.PERSON:
            shelf.memberships = reader.children(Kind.MEMBERSHIP, uids)
        case Kind.MEETING:
            _fetch_for_meetings(reader, shelf, living)
        case Kind.AGENDA_ITEM:
            meetings = {filed.living.meeting for filed in living}
            shelf.siblings = reader.child_uids(Kind.AGENDA_ITEM, meetings)
            _fetch_files(reader, shelf, living)
        case Kind.PAPER:
            shelf.consultations = reader.children(Kind.CONSULTATION, uids)
            _fetch_files(reader, shelf, living)
        case Kind.LOCATION:
            shelf.held_at = reader.uids_linked_to(Kind.MEETING, uids, "location")
    embedded = (shelf.memberships, shelf.items, shelf.consultations)
    shelf.living = reader.living(
        _targets([*living, *(one for group in embedded for ones in group.values() for one in ones)])
    )
    return shelf


def _fetch_for_meetings(reader: Reader, shelf: Shelf, meetings: Sequence[Filed[Any]]) -> None:
    shelf.items = reader.children(Kind.AGENDA_ITEM, [filed.uid for filed in meetings])
    places = {filed.living.location for filed in meetings} - {""}
    shelf.locations = _alive(reader, Kind.LOCATION, places)
    items = [item for ones in shelf.items.values() for item in ones]
    _fetch_files(reader, shelf, [*meetings, *items])


def _fetch_files(reader: Reader, shelf: Shelf, showing: Sequence[Filed[Any]]) -> None:
    shelf.files_of = reader.children(Kind.FILE, [filed.uid for filed in showing])
    named = {
        uid
        for filed in showing
        for _, kind, uid in references_of(filed.living)
        if kind is Kind.FILE
    }
    shelf.files = _alive(reader, Kind.FILE, named)


def _alive(reader: Reader, kind: Kind, uids: Collection[str]) -> dict[str, Filed[Any]]:
    return {uid: one for uid, one in reader.many(kind, uids).items() if not one.deleted}


def _targets(found: Iterable[Filed[Any]]) -> set[str]:
    return {uid for filed in found for _, _, uid in references_of(filed.living)}
