"""Filing and withdrawing public documents: the only writers of the public tables.

Everything happens in the caller's transaction, so that an act and its publication stand or fall
together. An entry's moment is kept to the full second, as OParl writes it: otherwise a client that
asks for changes "until" a moment it has seen would miss them.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from sitzungsdienst.publication import checks, file_texts, store
from sitzungsdienst.publication.chain import Entry
from sitzungsdienst.publication.checks import LedgerError
from sitzungsdienst.publication.embedding import derive
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.shape import canonical, digest, to_json
from sitzungsdienst.publication.store import Head
from sitzungsdienst.publication.types import PublicDocument, PublicFile


@dataclass(frozen=True, slots=True)
class Release:
    """Who published what kind of act, why and when.

    `uid` is a fresh UUID that groups the entries of one release, `act` a short name of the act,
    `actor` the uid of the office's user (never a name), `reason` a sentence for people, `at` an
    aware moment.
    """

    uid: str
    act: str
    actor: str
    reason: str
    at: datetime

    @property
    def moment(self) -> datetime:
        """`at` in UTC, to the full second."""
        return self.at.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one object; `changed` is False if it stood so already."""

    uid: str
    kind: Kind
    version: int
    seq: int
    changed: bool


def file(
    session: Session,
    release: Release,
    documents: Sequence[PublicDocument],
    blobs: Mapping[str, bytes] | None = None,
    words: Mapping[str, str] | None = None,
) -> tuple[Receipt, ...]:
    """File each document that differs from what is filed under its uid; one receipt for each.

    A withdrawn object lives again when filed anew. `blobs` holds the bytes of files by their
    SHA-512 in lower-case hex, `words` what can be searched of them; where they are missing, the
    file is filed all the same. Raises LedgerError, with nothing written, if a document is not fit:
    see `checks`. The order of `documents` decides the order of entries and nothing else.
    """
    _check_release(release)
    connection = session.connection()
    store.lock_writers(connection)
    named = checks.named_uids(documents)
    heads = store.heads(connection, named)
    checks.check_documents(documents, heads)
    _keep_blobs(connection, documents, blobs or {})
    names = {one.sha512_checksum for one in documents if isinstance(one, PublicFile)}
    file_texts.keep(connection, names, words or {})
    texts = {document.uid: canonical(to_json(document)) for document in documents}
    hashes = {uid: digest(text) for uid, text in texts.items()}
    changed = [one for one in documents if not _stands(heads.get(one.uid), hashes[one.uid])]
    if changed:
        uids = {document.uid for document in changed}
        shown_before = store.showing(connection, uids)
        revived = {uid for uid in uids if uid in heads and heads[uid].deleted}
        store.add_texts(connection, {hashes[uid]: texts[uid] for uid in uids})
        before = store.last_link(connection)
        for document in changed:
            uid = document.uid
            head, entry = _next(
                release, before, uid, document.KIND, old=heads.get(uid), document_hash=hashes[uid]
            )
            before = (entry.seq, entry.entry_hash)
            store.add_entry(connection, entry)
            store.put_head(connection, head, derive(document))
            heads[uid] = head
        store.replace_links(connection, {one.uid: derive(one).links for one in changed})
        shown = shown_before | _seen_in(connection, uids, revived)
        store.raise_modified(connection, shown - uids, release.moment)
    return tuple(_receipt(heads[document.uid], document in changed) for document in documents)


def withdraw(session: Session, release: Release, uids: Sequence[str]) -> tuple[Receipt, ...]:
    """Take objects back from the public: a tombstone each, their texts and bytes erased.

    What only they show falls with them: a meeting's items and files, a paper's consultations, a
    person's memberships. A file that another living object still shows stays; a file of an item
    is shown by the item, even if it names the meeting too. The receipts name the given uids
    first, then those. Whoever files one of them anew in the same transaction, such as an item
    without its excerpt, must do so after withdrawing it. Raises LedgerError for an unknown uid, a
    missing reason or a Body that still has living objects.
    """
    _check_release(release)
    if not release.reason.strip():
        raise LedgerError("a withdrawal needs a reason")
    connection = session.connection()
    store.lock_writers(connection)
    given = tuple(dict.fromkeys(uids))
    heads = store.heads(connection, given)
    for uid in given:
        if uid not in heads:
            raise LedgerError(f"nothing was ever filed under {uid}")
    living = [uid for uid in given if not heads[uid].deleted]
    falling = tuple(dict.fromkeys((*living, *store.falling_with(connection, living))))
    store.refuse_inhabited_bodies(connection, falling)
    heads |= store.heads(connection, falling)
    if falling:
        shown = _seen_in(connection, set(falling), set(falling))
        before = store.last_link(connection)
        for uid in falling:
            head, entry = _next(
                release, before, uid, heads[uid].kind, old=heads[uid], document_hash=None
            )
            before = (entry.seq, entry.entry_hash)
            store.add_entry(connection, entry)
            store.bury(connection, head)
            heads[uid] = head
        store.replace_links(connection, dict.fromkeys(falling, ()))
        store.erase(connection, falling)
        store.raise_modified(connection, shown - set(falling), release.moment)
    told = dict.fromkeys((*given, *falling))
    return tuple(_receipt(heads[uid], uid in falling) for uid in told)


def _seen_in(connection: Connection, uids: set[str], linked: set[str]) -> set[str]:
    """What looks different because these objects changed.

    That is whatever shows them and, for those in `linked`, which vanish or come back, whatever
    has a link to them: links to something withdrawn are not shown.
    """
    linking = store.linking_to(connection, linked)
    return linking | store.showing(connection, uids | linking)


def _check_release(release: Release) -> None:
    for name in ("uid", "actor"):
        content = getattr(release, name)
        if not checks.is_uid(content):
            raise LedgerError(f"a release's {name} is a UUID, not {content!r}")
    if not release.act.strip():
        raise LedgerError("a release names its act")
    if release.at.tzinfo is None:
        raise LedgerError("a release's moment needs a time zone")


def _stands(head: Head | None, document_hash: str) -> bool:
    return head is not None and head.document_hash == document_hash


def _next(
    release: Release,
    before: tuple[int, str],
    uid: str,
    kind: Kind,
    *,
    old: Head | None,
    document_hash: str | None,
) -> tuple[Head, Entry]:
    """The next entry for an object, and its head after it."""
    seq, previous_hash = before
    entry = Entry(
        seq=seq + 1,
        filed_at=release.moment,
        release_uid=release.uid,
        act=release.act,
        actor=release.actor,
        reason=release.reason,
        object_uid=uid,
        kind=kind.value,
        object_version=old.version + 1 if old else 1,
        document_hash=document_hash,
        previous_hash=previous_hash,
    )
    head = Head(
        uid=uid,
        kind=kind,
        created=old.created if old else release.moment,
        # A clock may be set back; `modified` never goes back with it.
        modified=max(old.modified, release.moment) if old else release.moment,
        version=entry.object_version,
        deleted=document_hash is None,
        seq=entry.seq,
        document_hash=document_hash,
    )
    return head, entry


def _receipt(head: Head, changed: bool) -> Receipt:
    return Receipt(head.uid, head.kind, head.version, head.seq, changed)


def _keep_blobs(
    connection: Connection, documents: Sequence[PublicDocument], blobs: Mapping[str, bytes]
) -> None:
    """Store the bytes of the files among `documents`; raise LedgerError if any are missing."""
    files = [document for document in documents if isinstance(document, PublicFile)]
    sizes = store.blob_sizes(connection, {one.sha512_checksum for one in files})
    new: dict[str, bytes] = {}
    for one in files:
        name = one.sha512_checksum
        if name not in sizes:
            if name not in blobs:
                raise LedgerError(f"the bytes of file {one.uid} are missing")
            if hashlib.sha512(blobs[name]).hexdigest() != name:
                raise LedgerError(f"the bytes of file {one.uid} do not hash to their name")
            new[name] = blobs[name]
            sizes[name] = len(blobs[name])
        if sizes[name] != one.size:
            raise LedgerError(f"file {one.uid} is not {one.size} bytes long")
    for name, content in new.items():
        store.add_blob(connection, name, content)
