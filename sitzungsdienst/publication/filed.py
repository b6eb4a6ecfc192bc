"""What a look-up gives: an object as filed, and the notes of its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.types import PublicDocument

D = TypeVar("D", bound=PublicDocument)


@dataclass(frozen=True, slots=True)
class Filed(Generic[D]):
    """An object as it stands in the ledger now; `document` is None if it was withdrawn.

    `created` and `modified` are aware, in UTC, to the full second. `modified` is raised too when
    an object changes that this one shows.
    """

    uid: str
    kind: Kind
    created: datetime
    modified: datetime
    version: int
    deleted: bool
    document_hash: str | None
    body_uid: str
    parent_uid: str | None
    document: D | None

    @property
    def living(self) -> D:
        """The document of an object known to live; LookupError if it was withdrawn."""
        if self.document is None:
            raise LookupError(f"{self.kind} {self.uid} was withdrawn")
        return self.document


@dataclass(frozen=True, slots=True)
class VersionNote:
    """One entry of an object's history: when, by which act and why; `withdrawn` for tombstones."""

    version: int
    filed_at: datetime
    act: str
    reason: str
    withdrawn: bool
