"""Reading what was filed: the only way in which the public sides look at the public tables.

Every method runs a constant number of statements, however many objects it returns (but for one
more with every 20,000 uids that it is asked for). Withdrawn
objects appear only where a method says so. Kinds are asked for by `Kind` or, for typed results,
by the document's class: `reader.get(PublicMeeting, uid)`.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Unpack, cast, overload

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from sitzungsdienst.publication import file_texts, tables
from sitzungsdienst.publication.embedding import meeting_key
from sitzungsdienst.publication.filed import D, Filed, VersionNote
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.selection import Choice, Page, conditions, linking
from sitzungsdienst.publication.shape import from_json
from sitzungsdienst.publication.types import DOCUMENT_TYPES, PublicFile

_head = tables.object_.c
_link = tables.link.c
_entry = tables.entry.c

# Databases bound the number of values in a statement; SQLite to 32,766 in all.
_BATCH = 20_000


class Reader:
    """Look-ups over one connection; keeps nothing, may be made per request."""

    def __init__(self, connection: Connection) -> None:
        """Read through `connection`, which needs no right but SELECT on the public tables."""
        self._connection = connection

    @overload
    def get(self, kind: type[D], uid: str) -> Filed[D] | None: ...
    @overload
    def get(self, kind: Kind, uid: str) -> Filed[Any] | None: ...
    def get(self, kind: Kind | type[D], uid: str) -> Filed[Any] | None:
        """The object, also a withdrawn one; None if the uid was never filed as this kind."""
        return self.many(_kind(kind), (uid,)).get(uid)

    @overload
    def many(self, kind: type[D], uids: Collection[str]) -> dict[str, Filed[D]]: ...
    @overload
    def many(self, kind: Kind, uids: Collection[str]) -> dict[str, Filed[Any]]: ...
    def many(self, kind: Kind | type[D], uids: Collection[str]) -> dict[str, Filed[Any]]:
        """The objects by uid, also withdrawn ones; unknown uids are absent. One statement."""
        return {
            filed.uid: filed
            for batch in _batches(uids)
            for filed in self._rows(_select(_kind(kind)).where(_head.uid.in_(batch)))
        }

    @overload
    def children(
        self, kind: type[D], parent_uids: Collection[str]
    ) -> dict[str, tuple[Filed[D], ...]]: ...
    @overload
    def children(
        self, kind: Kind, parent_uids: Collection[str]
    ) -> dict[str, tuple[Filed[Any], ...]]: ...
    def children(
        self, kind: Kind | type[D], parent_uids: Collection[str]
    ) -> dict[str, tuple[Filed[Any], ...]]:
        """The living objects that each parent shows, in their order; () for none. One statement.

        Parents: the Body of a term, the person of a membership, the meeting of an item, the paper
        of a consultation; a file stands under each meeting, item and paper that it names.
        """
        wanted = _kind(kind)
        if wanted is Kind.FILE:
            return self._linked(wanted, ("agenda_item", "meeting", "paper"), parent_uids)
        found: dict[str, list[Filed[Any]]] = {uid: [] for uid in parent_uids}
        for batch in _batches(parent_uids):
            chosen = _living(wanted).where(_head.parent_uid.in_(batch))
            for filed in self._rows(chosen.order_by(_head.sort_key, _head.uid)):
                found[str(filed.parent_uid)].append(filed)
        return {uid: tuple(ones) for uid, ones in found.items()}

    @overload
    def linked_to(
        self, kind: type[D], target_uid: str, *relations: str
    ) -> tuple[Filed[D], ...]: ...
    @overload
    def linked_to(self, kind: Kind, target_uid: str, *relations: str) -> tuple[Filed[Any], ...]: ...
    def linked_to(
        self, kind: Kind | type[D], target_uid: str, *relations: str
    ) -> tuple[Filed[Any], ...]:
        """The living objects of which a field among `relations` names `target_uid`, in their order.

        A relation is the field's name in the document's class, as "organization" of a meeting.
        """
        return self._linked(_kind(kind), relations, (target_uid,))[target_uid]

    @overload
    def linked_to_many(
        self, kind: type[D], target_uids: Collection[str], relation: str
    ) -> dict[str, tuple[Filed[D], ...]]: ...
    @overload
    def linked_to_many(
        self, kind: Kind, target_uids: Collection[str], relation: str
    ) -> dict[str, tuple[Filed[Any], ...]]: ...
    def linked_to_many(
        self, kind: Kind | type[D], target_uids: Collection[str], relation: str
    ) -> dict[str, tuple[Filed[Any], ...]]:
        """`linked_to` for several targets at once, () for none. One statement."""
        return self._linked(_kind(kind), (relation,), target_uids)

    def uids_linked_to(
        self, kind: Kind, target_uids: Collection[str], relation: str
    ) -> dict[str, tuple[str, ...]]:
        """`linked_to_many` without the documents. One statement."""
        chosen = (
            select(_head.uid, _link.target_uid)
            .join(tables.link, _link.source_uid == _head.uid)
            .where(
                _head.kind == kind.value,
                _head.deleted.is_(False),
                _link.relation == relation,
            )
            .order_by(_head.sort_key, _head.uid)
        )
        return self._grouped(target_uids, chosen, _link.target_uid)

    def child_uids(self, kind: Kind, parent_uids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """`children` without the documents, files by their first parent. One statement."""
        chosen = (
            select(_head.uid, _head.parent_uid)
            .where(_head.kind == kind.value, _head.deleted.is_(False))
            .order_by(_head.sort_key, _head.uid)
        )
        return self._grouped(parent_uids, chosen, _head.parent_uid)

    def meetings(
        self,
        start_from: datetime | None = None,
        start_before: datetime | None = None,
        body_uid: str | None = None,
        organization_uid: str | None = None,
    ) -> tuple[Filed[Any], ...]:
        """The living meetings that start in [start_from, start_before), earliest first.

        Open sides are None. A meeting without a start appears only if both sides are open.
        """
        chosen = _living(Kind.MEETING)
        if start_from:
            chosen = chosen.where(_head.sort_key >= meeting_key(start_from))
        if start_before:
            chosen = chosen.where(_head.sort_key < meeting_key(start_before), _head.sort_key != "")
        if body_uid:
            chosen = chosen.where(_head.body_uid == body_uid)
        if organization_uid:
            chosen = chosen.where(linking("organization", organization_uid))
        return tuple(self._rows(chosen.order_by(_head.sort_key, _head.uid)))

    @overload
    def listing(self, kind: type[D], **page: Unpack[Page]) -> tuple[Filed[D], ...]: ...
    @overload
    def listing(self, kind: Kind, **page: Unpack[Page]) -> tuple[Filed[Any], ...]: ...
    def listing(self, kind: Kind | type[D], **page: Unpack[Page]) -> tuple[Filed[Any], ...]:
        """One page of the objects of a kind; see `selection.Page`. One statement."""
        columns: dict[str, tuple[ColumnElement[Any], ...]] = {
            "sort": (_head.sort_key.asc(), _head.uid.asc()),
            "newest": (_head.sort_key.desc(), _head.uid.asc()),
            "filed": (_head.created.asc(), _head.uid.asc()),
        }
        order = columns[page.pop("order", "sort")]
        offset, limit = page.pop("offset", 0), page.pop("limit", None)
        choice = cast(Choice, page)  # what is left after taking the page's own names
        wanted = _select(_kind(kind)).where(*conditions(**choice))
        return tuple(self._rows(wanted.order_by(*order).offset(offset).limit(limit)))

    def count(self, kind: Kind | type[Any], **choice: Unpack[Choice]) -> int:
        """How many objects `listing` would give without a limit. One statement."""
        counted = select(func.count(_head.uid)).where(
            _head.kind == _kind(kind).value, *conditions(**choice)
        )
        return self._connection.execute(counted).scalar_one()

    def living(self, uids: Collection[str]) -> frozenset[str]:
        """Those of the uids, of whatever kind, that the public can open. One statement."""
        chosen = select(_head.uid).where(_head.deleted.is_(False))
        return frozenset(
            uid
            for batch in _batches(uids)
            for uid in self._connection.scalars(chosen.where(_head.uid.in_(batch)))
        )

    def files_of_code(self, prefix: str) -> tuple[Filed[PublicFile], ...]:
        """The files, also withdrawn ones, whose uids begin so. One statement."""
        wanted = _select(Kind.FILE).where(_head.uid.startswith(prefix, autoescape=True))
        return tuple(self._rows(wanted.order_by(_head.uid)))

    def files_of_bytes(self, sha512: str) -> tuple[Filed[PublicFile], ...]:
        """The living files whose bytes have this SHA-512, in lower-case hex. One statement."""
        wanted = _living(Kind.FILE).where(_head.sha512 == sha512)
        return tuple(self._rows(wanted.order_by(_head.sort_key, _head.uid)))

    def founded(self) -> datetime | None:
        """The moment of the first release, aware; None before it. One statement."""
        first = select(_entry.filed_at).order_by(_entry.seq).limit(1)
        return self._connection.scalar(first)

    def newest(self) -> int:
        """The number of the newest entry, 0 before the first. One statement."""
        return self._connection.scalar(select(func.max(_entry.seq))) or 0

    def blob(self, sha512: str) -> bytes | None:
        """The bytes of a file under their SHA-512 in hex, or None if they are not there."""
        columns = tables.blob.c
        return self._connection.scalar(select(columns.content).where(columns.sha512 == sha512))

    def files_saying(self, words: Sequence[str]) -> dict[str, frozenset[str]]:
        """The SHA-512 of public bytes in which one of the folded words stands, with those words."""
        return file_texts.saying(self._connection, words) if words else {}

    def file_texts(self, names: Collection[str]) -> dict[str, str]:
        """What can be searched of public bytes, by their SHA-512, where there are words."""
        columns = tables.file_text.c
        wanted = select(columns.sha512, columns.text).where(columns.sha512.in_(names))
        return {row.sha512: row.text for row in self._connection.execute(wanted)}

    def files_of(self, names: Collection[str]) -> tuple[Filed[Any], ...]:
        """The living files whose bytes have one of these SHA-512. One statement."""
        chosen = _living(Kind.FILE).order_by(_head.sort_key, _head.uid)
        rows = self._connection.execute(chosen)
        return tuple(_filed(row) for row in rows if _checksum(row.text) in names)

    def versions(self, uid: str) -> tuple[VersionNote, ...]:
        """The history of an object, oldest first; () if it was never filed."""
        rows = self._connection.execute(
            select(
                _entry.object_version,
                _entry.filed_at,
                _entry.act,
                _entry.reason,
                _entry.document_hash,
            )
            .where(_entry.object_uid == uid)
            .order_by(_entry.seq)
        )
        return tuple(
            VersionNote(
                row.object_version, row.filed_at, row.act, row.reason, row.document_hash is None
            )
            for row in rows
        )

    def _linked(
        self, kind: Kind, relations: Collection[str], target_uids: Collection[str]
    ) -> dict[str, tuple[Filed[Any], ...]]:
        statement = (
            _living(kind)
            .add_columns(_link.target_uid)
            .join(tables.link, _link.source_uid == _head.uid)
            .where(_link.relation.in_(relations))
            .order_by(_head.sort_key, _head.uid)
        )
        found: dict[str, dict[str, Filed[Any]]] = {uid: {} for uid in target_uids}
        for batch in _batches(target_uids):
            for row in self._connection.execute(statement.where(_link.target_uid.in_(batch))):
                found[row.target_uid].setdefault(row.uid, _filed(row))
        return {uid: tuple(ones.values()) for uid, ones in found.items()}

    def _grouped(
        self, keys: Collection[str], chosen: Select[Any], column: ColumnElement[Any]
    ) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for batch in _batches(keys):
            for uid, key in self._connection.execute(chosen.where(column.in_(batch))):
                found[key].append(uid)
        return {key: tuple(found[key]) for key in keys}

    def _rows(self, statement: Select[Any]) -> list[Filed[Any]]:
        return [_filed(row) for row in self._connection.execute(statement)]


def _kind(wanted: Kind | type[Any]) -> Kind:
    return wanted if isinstance(wanted, Kind) else Kind(wanted.KIND)


def _select(kind: Kind) -> Select[Any]:
    return (
        select(
            _head.uid,
            _head.kind,
            _head.created,
            _head.modified,
            _head.version,
            _head.deleted,
            _head.document_hash,
            _head.body_uid,
            _head.parent_uid,
            tables.document.c.text,
        )
        .select_from(
            tables.object_.outerjoin(tables.document, tables.document.c.hash == _head.document_hash)
        )
        .where(_head.kind == kind.value)
    )


def _living(kind: Kind) -> Select[Any]:
    return _select(kind).where(_head.deleted.is_(False))


def _filed(row: Row[Any]) -> Filed[Any]:
    kind = Kind(row.kind)
    document = None if row.deleted else from_json(DOCUMENT_TYPES[kind], json.loads(row.text))
    return Filed(
        uid=row.uid,
        kind=kind,
        created=row.created,
        modified=row.modified,
        version=row.version,
        deleted=row.deleted,
        document_hash=row.document_hash,
        body_uid=row.body_uid,
        parent_uid=row.parent_uid,
        document=document,
    )


def _checksum(text: str) -> str:
    """The SHA-512 that a file's document names."""
    return str(json.loads(text)["sha512Checksum"])


def _batches(uids: Collection[str]) -> list[list[str]]:
    """The uids in as many lists as statements are needed; in practice, and for none, one."""
    wanted = sorted(set(uids))
    return [wanted[start : start + _BATCH] for start in range(0, len(wanted) or 1, _BATCH)]
