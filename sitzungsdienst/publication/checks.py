"""What a document must fulfil before it is filed. Errors name ids, never what a document says."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from sitzungsdienst.publication.embedding import SHOWN_BY, SHOWS, body_of
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.shape import references_of
from sitzungsdienst.publication.types import PublicDocument


class LedgerError(ValueError):
    """A document or a withdrawal that the ledger refuses; a mistake of the caller."""


class Known(Protocol):
    """What is known of an object that was filed before."""

    @property
    def kind(self) -> Kind: ...

    @property
    def deleted(self) -> bool: ...


def is_uid(text: str) -> bool:
    """True for a UUID in its usual spelling: lower case, with hyphens."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def named_uids(documents: Sequence[PublicDocument]) -> set[str]:
    """The uids of the documents and of everything that they refer to."""
    uids = {document.uid for document in documents}
    return uids | {uid for document in documents for _, _, uid in references_of(document)}


def check_documents(documents: Sequence[PublicDocument], known: Mapping[str, Known]) -> None:
    """Raise LedgerError unless all documents may be filed together.

    Each has a uid of its own that never changes its kind; belongs to a living Body; names what
    shows it (an item its meeting, …). What is shown or shows must live; what is only linked to
    must have been filed once, so that no link of the public's ends in nothing.
    """
    batch: dict[str, PublicDocument] = {}
    for document in documents:
        if not is_uid(document.uid):
            raise LedgerError(f"a document's uid is a UUID, not {document.uid!r}")
        if document.uid in batch:
            raise LedgerError(f"{document.uid} stands twice in one release")
        batch[document.uid] = document
    for document in documents:
        before = known.get(document.uid)
        if before is not None and before.kind is not document.KIND:
            raise LedgerError(f"{document.uid} is a {before.kind}, not a {document.KIND}")
        _check_places(document)
        _check_references(document, batch, known)


def _check_places(document: PublicDocument) -> None:
    if not body_of(document):
        raise LedgerError(f"{document.KIND} {document.uid} belongs to no Body")
    names = SHOWN_BY.get(document.KIND, ())
    filled = [name for name in names if getattr(document, name)]
    # A file may be shown in any of three places; the others have exactly their own.
    if names and (not filled if document.KIND is Kind.FILE else len(filled) < len(names)):
        raise LedgerError(f"{document.KIND} {document.uid} does not say what shows it")


def _check_references(
    document: PublicDocument,
    batch: Mapping[str, PublicDocument],
    known: Mapping[str, Known],
) -> None:
    must_live = {"body", *SHOWN_BY.get(document.KIND, ()), *SHOWS.get(document.KIND, ())}
    for relation, kind, uid in references_of(document):
        where = f"{document.KIND} {document.uid}, {relation}"
        head = known.get(uid)
        found = batch[uid].KIND if uid in batch else head.kind if head else None
        if found is None:
            raise LedgerError(f"{where}: {uid} was never filed")
        if found is not kind:
            raise LedgerError(f"{where}: {uid} is a {found}, not a {kind}")
        if relation in must_live and uid not in batch and head is not None and head.deleted:
            raise LedgerError(f"{where}: {uid} was withdrawn")
