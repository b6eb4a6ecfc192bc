"""What the public read of an object before: every filed version whose text was not erased."""

import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection, select

from sitzungsdienst.publication import tables
from sitzungsdienst.publication.filed import VersionNote
from sitzungsdienst.publication.shape import from_json
from sitzungsdienst.publication.types import PublicDocument

D = TypeVar("D", bound=PublicDocument)


@dataclass(frozen=True, slots=True)
class Issue(Generic[D]):
    """One version: its note, and the document, None where it was withdrawn or erased since."""

    note: VersionNote
    document: D | None


def issues(connection: Connection, kind: type[D], uid: str) -> tuple[Issue[D], ...]:
    """Every version of an object of `kind`, oldest first; () if it was never filed."""
    entry, document = tables.entry.c, tables.document.c
    rows = connection.execute(
        select(
            entry.object_version,
            entry.filed_at,
            entry.act,
            entry.reason,
            entry.document_hash,
            document.text,
        )
        .select_from(tables.entry.outerjoin(tables.document, document.hash == entry.document_hash))
        .where(entry.object_uid == uid, entry.kind == kind.KIND.value)
        .order_by(entry.seq)
    )
    return tuple(
        Issue(
            VersionNote(
                row.object_version, row.filed_at, row.act, row.reason, row.document_hash is None
            ),
            from_json(kind, json.loads(row.text)) if row.text is not None else None,
        )
        for row in rows
    )
