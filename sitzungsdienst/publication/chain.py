"""The links of the ledger's chain: what an entry says, and the hash that seals it."""

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime

from sitzungsdienst.publication.shape import canonical, digest

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All facts of one entry; `document_hash` is None for a tombstone."""

    seq: int
    filed_at: datetime
    release_uid: str
    act: str
    actor: str
    reason: str
    object_uid: str
    kind: str
    object_version: int
    document_hash: str | None
    previous_hash: str

    @property
    def entry_hash(self) -> str:
        """SHA-256 of the entry's canonical JSON, which holds the hash of the entry before."""
        facts = dataclasses.asdict(self)
        facts["filed_at"] = self.filed_at.astimezone(UTC).isoformat(timespec="microseconds")
        return digest(canonical(facts))


FIELDS: tuple[str, ...] = tuple(field.name for field in dataclasses.fields(Entry))
