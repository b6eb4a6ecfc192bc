"""The ledger's statements on the public tables; nothing here decides anything."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, literal, or_, select, update

from sitzungsdienst.publication import file_texts, tables
from sitzungsdienst.publication.chain import GENESIS, Entry
from sitzungsdienst.publication.checks import LedgerError
from sitzungsdienst.publication.embedding import (
    FALLS_WITH,
    FILE_RELATIONS,
    SHOWING_RELATIONS,
    SHOWN_BY,
    Derived,
)
from sitzungsdienst.publication.kinds import Kind

# Any constant does, as long as nothing else in the database locks by it.
_WRITER_LOCK = 0x5175_6E67


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The latest state of an object, without its document."""

    uid: str
    kind: Kind
    created: datetime
    modified: datetime
    version: int
    deleted: bool
    seq: int
    document_hash: str | None


def lock_writers(connection: Connection) -> None:
    """Let one transaction at a time write the ledger. On SQLite, BEGIN IMMEDIATE has done so."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_WRITER_LOCK)))


def heads(connection: Connection, uids: Collection[str]) -> dict[str, Head]:
    """The heads of the objects that exist, by uid."""
    columns = tables.object_.c
    rows = connection.execute(
        select(
            columns.uid,
            columns.kind,
            columns.created,
            columns.modified,
            columns.version,
            columns.deleted,
            columns.seq,
            columns.document_hash,
        ).where(columns.uid.in_(uids))
    )
    return {
        row.uid: Head(
            uid=row.uid,
            kind=Kind(row.kind),
            created=row.created,
            modified=row.modified,
            version=row.version,
            deleted=row.deleted,
            seq=row.seq,
            document_hash=row.document_hash,
        )
        for row in rows
    }


def last_link(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest entry; 0 and 64 zeros before the first."""
    columns = tables.entry.c
    row = connection.execute(
        select(columns.seq, columns.entry_hash).order_by(columns.seq.desc()).limit(1)
    ).one_or_none()
    return (row.seq, row.entry_hash) if row else (0, GENESIS)


def add_entry(connection: Connection, entry: Entry) -> None:
    """Write the entry at the end of the ledger."""
    facts = {name: getattr(entry, name) for name in Entry.__slots__}
    connection.execute(insert(tables.entry).values(**facts, entry_hash=entry.entry_hash))


def add_texts(connection: Connection, texts: Mapping[str, str]) -> None:
    """Keep the documents' texts under their hashes, those that are not there yet."""
    columns = tables.document.c
    there = set(connection.scalars(select(columns.hash).where(columns.hash.in_(texts))))
    missing = [{"hash": key, "text": content} for key, content in texts.items() if key not in there]
    if missing:
        connection.execute(insert(tables.document), missing)


def put_head(connection: Connection, head: Head, derived: Derived) -> None:
    """Write the latest state of a living object."""
    _write_head(
        connection,
        head,
        body_uid=derived.body_uid,
        parent_uid=derived.parent_uid,
        sort_key=derived.sort_key,
        sha512=derived.sha512,
    )


def bury(connection: Connection, head: Head) -> None:
    """Write the latest state of a withdrawn object: its Body stays, to list it as deleted."""
    _write_head(connection, head, parent_uid=None, sort_key="", sha512=None)


def _write_head(connection: Connection, head: Head, **derived: str | None) -> None:
    facts = {name: getattr(head, name) for name in Head.__slots__} | derived
    facts["kind"] = head.kind.value
    if head.version == 1:
        connection.execute(insert(tables.object_).values(**facts))
    else:
        uid = facts.pop("uid")
        connection.execute(
            update(tables.object_).where(tables.object_.c.uid == uid).values(**facts)
        )


def replace_links(
    connection: Connection, links: Mapping[str, Sequence[tuple[str, int, str]]]
) -> None:
    """Have exactly these links, (relation, position, target uid), go out from these objects."""
    connection.execute(delete(tables.link).where(tables.link.c.source_uid.in_(links)))
    rows = [
        {"source_uid": uid, "relation": relation, "position": position, "target_uid": target}
        for uid, ones in links.items()
        for relation, position, target in ones
    ]
    if rows:
        connection.execute(insert(tables.link), rows)


def linking_to(connection: Connection, uids: Collection[str]) -> set[str]:
    """The objects with a link to one of these."""
    link = tables.link.c
    return set(connection.scalars(select(link.source_uid).where(link.target_uid.in_(uids))))


def showing(connection: Connection, uids: Iterable[str]) -> set[str]:
    """All objects that show one of these, directly or by another that shows it."""
    found: set[str] = set()
    new = set(uids)
    while new:
        new = _shown_directly(connection, new) - found
        found |= new
    return found


def _shown_directly(connection: Connection, uids: set[str]) -> set[str]:
    source, link = tables.object_.c, tables.link.c
    found: set[str] = set()
    for row in connection.execute(
        select(link.source_uid, link.relation, link.target_uid, source.kind)
        .join(tables.object_, source.uid == link.source_uid)
        .where(
            or_(
                link.source_uid.in_(uids),
                and_(link.target_uid.in_(uids), link.relation.in_(SHOWING_RELATIONS)),
            )
        )
    ):
        if row.source_uid in uids and row.relation in SHOWN_BY.get(Kind(row.kind), ()):
            found.add(row.target_uid)
        if row.target_uid in uids and row.relation in SHOWING_RELATIONS:
            found.add(row.source_uid)
    terms = select(source.body_uid).where(
        source.uid.in_(uids), source.kind == Kind.LEGISLATIVE_TERM.value
    )
    return found | set(connection.scalars(terms))


def raise_modified(connection: Connection, uids: Collection[str], moment: datetime) -> None:
    """Set `modified` of the living ones among these objects, never back in time."""
    columns = tables.object_.c
    connection.execute(
        update(tables.object_)
        .where(columns.uid.in_(uids), columns.deleted.is_(False), columns.modified < moment)
        .values(modified=moment)
    )


def falling_with(connection: Connection, uids: Collection[str]) -> tuple[str, ...]:
    """The living objects that must be withdrawn together with these, in a stable order."""
    gone = set(uids)
    fallen: list[str] = []
    new = gone
    while new:
        candidates = _children(connection, new) | _orphaned_files(connection, new, gone)
        new = candidates - gone
        gone = gone | new
        fallen += sorted(new)
    return tuple(fallen)


def _children(connection: Connection, uids: set[str]) -> set[str]:
    columns, link = tables.object_.c, tables.link.c
    rules = [
        and_(columns.kind == kind.value, link.relation.in_(names))
        for kind, names in FALLS_WITH.items()
    ]
    linked = select(columns.uid).join(tables.link, link.source_uid == columns.uid)
    found = set(connection.scalars(linked.where(link.target_uid.in_(uids), or_(*rules))))
    terms = select(columns.uid).where(
        columns.kind == Kind.LEGISLATIVE_TERM.value,
        columns.body_uid.in_(uids),
        columns.deleted.is_(False),
    )
    return found | set(connection.scalars(terms))


def _orphaned_files(connection: Connection, uids: set[str], gone: set[str]) -> set[str]:
    """Files shown by `uids`, whichever side says so, and by nothing that stays."""
    files = _files_and_places(connection, places=uids)
    places = _files_and_places(connection, files={file for file, _ in files})
    staying = {file for file, place in places if place not in gone}
    return {file for file, _ in files} - staying


def _files_and_places(
    connection: Connection, *, places: set[str] | None = None, files: set[str] | None = None
) -> set[tuple[str, str]]:
    """(file, what shows it) of living objects, from the file's own links and from the other's."""
    link, columns = tables.link.c, tables.object_.c
    other = tables.link.alias()
    # A file of an item belongs to the item, even if it names the meeting too: an excerpt must not
    # outlive its item.
    of_item = select(other.c.source_uid).where(
        other.c.source_uid == link.source_uid, other.c.relation == "agenda_item"
    )
    back = (
        select(link.source_uid, link.target_uid)
        .join(
            tables.object_,
            and_(columns.uid == link.source_uid, columns.kind == Kind.FILE.value),
        )
        .where(or_(link.relation != "meeting", ~of_item.exists()))
    )
    forward = select(link.target_uid, link.source_uid).where(link.relation.in_(FILE_RELATIONS))
    if places is not None:
        back = back.where(link.target_uid.in_(places))
        forward = forward.where(link.source_uid.in_(places))
    if files is not None:
        back = back.where(link.source_uid.in_(files))
        forward = forward.where(link.target_uid.in_(files))
    found = {(row[0], row[1]) for row in connection.execute(back.union(forward))}
    living = select(columns.uid).where(
        columns.uid.in_({uid for pair in found for uid in pair}), columns.deleted.is_(False)
    )
    alive = set(connection.scalars(living))
    return {(file, place) for file, place in found if file in alive and place in alive}


def refuse_inhabited_bodies(connection: Connection, uids: Collection[str]) -> None:
    """Raise LedgerError if one of these is a Body with living objects beyond these."""
    columns = tables.object_.c
    left = connection.execute(
        select(columns.body_uid)
        .where(columns.body_uid.in_(uids), columns.uid.not_in(uids), columns.deleted.is_(False))
        .limit(1)
    ).one_or_none()
    if left:
        raise LedgerError(f"Body {left.body_uid} still has living objects")


def erase(connection: Connection, uids: Collection[str]) -> None:
    """Erase every text of these withdrawn objects and the bytes that no living file uses.

    With the bytes go the words that were read from them.
    """
    entry, document, head = tables.entry.c, tables.document.c, tables.object_.c
    hashes = select(entry.document_hash).where(
        entry.object_uid.in_(uids), entry.document_hash.is_not(None)
    )
    living = select(head.document_hash).where(head.document_hash.is_not(None))
    of_files = select(document.text).where(
        document.hash.in_(hashes.where(entry.kind == Kind.FILE.value))
    )
    names = {json.loads(content)["sha512Checksum"] for content in connection.scalars(of_files)}
    connection.execute(
        delete(tables.document).where(document.hash.in_(hashes), document.hash.not_in(living))
    )
    for name in sorted(names):
        if not _in_use(connection, name):
            file_texts.erase(connection, name)
            connection.execute(delete(tables.blob).where(tables.blob.c.sha512 == name))


def _in_use(connection: Connection, sha512: str) -> bool:
    found = select(literal(1)).where(tables.object_.c.sha512 == sha512).limit(1)
    return connection.execute(found).one_or_none() is not None


def blob_sizes(connection: Connection, names: Collection[str]) -> dict[str, int]:
    """The sizes in bytes of the stored ones among these blobs."""
    columns = tables.blob.c
    rows = connection.execute(select(columns.sha512, columns.size).where(columns.sha512.in_(names)))
    return {row.sha512: row.size for row in rows}


def add_blob(connection: Connection, sha512: str, content: bytes) -> None:
    """Keep the bytes under their SHA-512."""
    connection.execute(
        insert(tables.blob).values(sha512=sha512, size=len(content), content=content)
    )
