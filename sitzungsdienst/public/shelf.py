"""What one page reads from the filed documents, and the seal over all of it.

Every document that is handed out is noted. The seal over the notes becomes the page's ETag, so
that no page can depend on a document and forget to change its ETag with it.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from werkzeug.exceptions import NotFound

from sitzungsdienst.publication.filed import Filed, VersionNote
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicDocument, PublicFile, PublicMeeting

D = TypeVar("D", bound=PublicDocument)


class Withdrawn(Exception):
    """The object was public once; `on` is the moment from which it is not, `reason` says why."""

    def __init__(self, kind: Kind, on: datetime, reason: str) -> None:
        """Name no more than the kind: the document is gone, and so is what it said."""
        super().__init__(kind.value)
        self.kind = kind
        self.on = on
        self.reason = reason


class Shelf:
    """Look-ups for one answer. All results hold living documents only."""

    def __init__(self, reader: Reader) -> None:
        """Read through `reader`."""
        self._reader = reader
        self._seal = hashlib.sha256()

    def seal(self) -> str:
        """A hex digest of everything read and noted so far."""
        return self._seal.hexdigest()

    def note(self, *facts: object) -> None:
        """Have the seal depend on `facts` too: a choice in the address, today's date."""
        for fact in facts:
            content = str(fact).encode("utf-8", "surrogatepass")
            self._seal.update(b"%d:" % len(content) + content)

    def note_newest(self) -> None:
        """Have the seal depend on the ledger as a whole: it changes with every release."""
        self.note(self._reader.newest())

    def find(self, kind: type[D], uid: str) -> Filed[D]:
        """The object of that kind. Raises NotFound for an unknown uid, Withdrawn for a tombstone.

        A uid of another kind is unknown here: it would show a page that means something else.
        """
        filed = self._reader.get(kind, uid)
        if filed is None:
            raise NotFound
        if filed.document is None:
            # `modified` of a tombstone is the moment of its withdrawal.
            raise Withdrawn(filed.kind, filed.modified, self._why_withdrawn(uid))
        self._remember(filed)
        return filed

    def many(self, kind: type[D], uids: Iterable[str]) -> dict[str, D]:
        """The documents under these uids, without empty, unknown and withdrawn ones."""
        wanted = {uid for uid in uids if uid}
        found = self._reader.many(kind, wanted)
        return {uid: self._document(found[uid]) for uid in sorted(found) if not found[uid].deleted}

    def one(self, kind: type[D], uid: str) -> D | None:
        """The document under `uid`, None if there is none any more."""
        return self.many(kind, (uid,)).get(uid)

    def children(self, kind: type[D], parents: Collection[str]) -> dict[str, tuple[D, ...]]:
        """What each parent shows, in its order; () for none."""
        found = self._reader.children(kind, parents)
        return {uid: tuple(map(self._document, found[uid])) for uid in sorted(found)}

    def linked_to(self, kind: type[D], target: str, *relations: str) -> tuple[D, ...]:
        """The documents of which a field among `relations` names `target`."""
        return tuple(map(self._document, self._reader.linked_to(kind, target, *relations)))

    def listing(self, kind: type[D], **choice: Any) -> tuple[D, ...]:
        """A list as the reader's `listing` gives it."""
        return tuple(map(self._document, self._reader.listing(kind, **choice)))

    def meetings(
        self,
        start_from: datetime | None = None,
        start_before: datetime | None = None,
        *,
        body: str = "",
        organization: str = "",
    ) -> tuple[Filed[PublicMeeting], ...]:
        """The meetings that start in [start_from, start_before), earliest first."""
        found = self._reader.meetings(start_from, start_before, body or None, organization or None)
        return tuple(self._each(found))

    def versions(self, uid: str) -> tuple[VersionNote, ...]:
        """The history of an object, oldest first."""
        notes = self._reader.versions(uid)
        self.note(uid, *((one.version, one.filed_at) for one in notes))
        return notes

    def refuse_if_withdrawn(self, kind: Kind, uid: str) -> None:
        """Raise Withdrawn for an object that lives on without what was withdrawn of it."""
        gone = [one for one in self.versions(uid) if one.withdrawn]
        if gone:
            raise Withdrawn(kind, gone[-1].filed_at, gone[-1].reason)

    def _why_withdrawn(self, uid: str) -> str:
        gone = [one.reason for one in self._reader.versions(uid) if one.withdrawn]
        return gone[-1] if gone else ""

    def files_of_code(self, prefix: str) -> tuple[Filed[PublicFile], ...]:
        """The files whose uids begin so, withdrawn ones among them: alone here they are given."""
        return tuple(self._each(self._reader.files_of_code(prefix)))

    def files_of_bytes(self, sha512: str) -> tuple[Filed[PublicFile], ...]:
        """The files whose bytes have this SHA-512."""
        return tuple(self._each(self._reader.files_of_bytes(sha512)))

    def blob(self, sha512: str) -> bytes | None:
        """The bytes of a file."""
        return self._reader.blob(sha512)

    def files_saying(self, words: Sequence[str]) -> tuple[tuple[PublicFile, frozenset[str]], ...]:
        """The files in whose bytes one of the folded words stands, each with those words."""
        found = self._reader.files_saying(words)
        files = self._reader.files_of(found) if found else ()
        return tuple(
            (one, found[one.sha512_checksum]) for one in (self._document(filed) for filed in files)
        )

    def file_texts(self, names: Collection[str]) -> dict[str, str]:
        """What can be searched of these bytes; it changes no more than they do."""
        return self._reader.file_texts(names) if names else {}

    def _each(self, found: Iterable[Filed[D]]) -> Iterator[Filed[D]]:
        for filed in found:
            self._remember(filed)
            yield filed

    def _document(self, filed: Filed[D]) -> D:
        self._remember(filed)
        return filed.living

    def _remember(self, filed: Filed[Any]) -> None:
        self.note(filed.uid, filed.version, filed.document_hash, filed.modified.isoformat())
