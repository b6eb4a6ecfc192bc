"""Re-computing the ledger: does everything still stand as it was filed?

The chain proves that nobody changed, removed or put in an entry afterwards, except at its very
end: whoever cuts off the newest entries *and* turns the look-up tables back leaves no trace here.
Against that, the newest entry's hash must be kept elsewhere, such as in a backup.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from sitzungsdienst.publication import tables
from sitzungsdienst.publication.chain import FIELDS, GENESIS, Entry
from sitzungsdienst.publication.embedding import Derived, derive
from sitzungsdienst.publication.finding import folded
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.shape import digest, from_json
from sitzungsdienst.publication.types import DOCUMENT_TYPES

Fault = tuple[int, str]
"""The number of the entry it concerns (0 for none) and a German sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome: how many entries were read, and the first broken one.

    `broken_seq` is None if all is well, 0 if the fault belongs to no entry. `message` is a German
    sentence for the office.
    """

    entries: int
    broken_seq: int | None
    message: str

    @property
    def intact(self) -> bool:
        """True if nothing is broken."""
        return self.broken_seq is None


@dataclass(slots=True)
class _History:
    """What the entries say, by object and by document."""

    count: int = 0
    first: dict[str, Entry] = field(default_factory=dict)
    last: dict[str, Entry] = field(default_factory=dict)
    withdrawn_at: dict[str, int] = field(default_factory=dict)  # seq of the last tombstone
    filings: list[Entry] = field(default_factory=list)


def verify(connection: Connection) -> Verdict:
    """Re-compute the chain, the texts, the look-up tables, the bytes of files and their words.

    Reads only public tables and writes nothing.
    """
    history = _History()
    fault = next(_broken_chain(connection, history), None)
    # Each step trusts what the steps before it have found whole.
    for step in (_broken_texts, _broken_heads, _broken_links, _broken_blobs, _broken_words):
        fault = fault or min(step(connection, history), default=None)
    if fault is not None:
        return Verdict(history.count, *fault)
    return Verdict(history.count, None, _all_well(history.count))


def _all_well(count: int) -> str:
    entries = "1 Eintrag" if count == 1 else f"{count} Einträge"
    return f"Das Veröffentlichungsjournal ist unversehrt: {entries} geprüft."


def _broken_chain(connection: Connection, history: _History) -> Iterator[Fault]:
    previous = GENESIS
    rows = connection.execute(select(tables.entry).order_by(tables.entry.c.seq))
    for row in rows:
        history.count += 1
        entry = Entry(**{name: getattr(row, name) for name in FIELDS})
        if entry.seq != history.count:
            yield history.count, f"Eintrag {history.count} fehlt."
        if entry.entry_hash != row.entry_hash:
            yield entry.seq, f"Eintrag {entry.seq} wurde nachträglich verändert."
        if entry.previous_hash != previous:
            yield entry.seq, f"Eintrag {entry.seq} schließt nicht an den Eintrag davor an."
        before = history.last.get(entry.object_uid)
        if entry.object_version != (before.object_version + 1 if before else 1):
            yield entry.seq, f"Eintrag {entry.seq} zählt die Fassungen seines Objekts falsch."
        previous = row.entry_hash
        history.first.setdefault(entry.object_uid, entry)
        history.last[entry.object_uid] = entry
        if entry.document_hash is None:
            history.withdrawn_at[entry.object_uid] = entry.seq
        else:
            history.filings.append(entry)


def _broken_texts(connection: Connection, history: _History) -> Iterator[Fault]:
    columns = tables.document.c
    rows = connection.execute(select(columns.hash, columns.text))
    sound = {row.hash: digest(row.text) == row.hash for row in rows}
    kept: set[str] = set()
    for entry in history.filings:
        key = str(entry.document_hash)
        stays = entry.seq > history.withdrawn_at.get(entry.object_uid, 0)
        if stays:
            kept.add(key)
        if stays and key not in sound:
            yield entry.seq, f"Der Text zu Eintrag {entry.seq} fehlt, ohne Rücknahme."
        elif not sound.get(key, True):
            yield entry.seq, f"Der Text zu Eintrag {entry.seq} wurde nachträglich verändert."
    for key in sound.keys() - kept:
        seq = next((one.seq for one in history.filings if one.document_hash == key), 0)
        yield (
            seq,
            (
                f"Der Text zu Eintrag {seq} wurde trotz Rücknahme nicht gelöscht."
                if seq
                else "Ein Text steht da, den kein Eintrag nennt."
            ),
        )


def _broken_heads(connection: Connection, history: _History) -> Iterator[Fault]:
    seen = set()
    for row in connection.execute(select(tables.object_)):
        last = history.last.get(row.uid)
        if last is None:
            yield 0, "Ein Objekt steht da, das kein Eintrag nennt."
            continue
        seen.add(row.uid)
        said = (last.seq, last.object_version, last.document_hash, last.kind)
        created: datetime = history.first[row.uid].filed_at
        if (
            said != (row.seq, row.version, row.document_hash, row.kind)
            or row.deleted is not (last.document_hash is None)
            or row.created != created
            or row.modified < last.filed_at
        ):
            yield last.seq, f"Der Stand des Objekts passt nicht zu Eintrag {last.seq}."
    for uid in history.last.keys() - seen:
        seq = history.last[uid].seq
        yield seq, f"Das Objekt zu Eintrag {seq} fehlt."


def _broken_links(connection: Connection, history: _History) -> Iterator[Fault]:
    """Compare what the look-up tables derive from a document with the document."""
    link, head, document = tables.link.c, tables.object_.c, tables.document.c
    links: dict[str, set[tuple[str, int, str]]] = {}
    for source_uid, *rest in connection.execute(
        select(link.source_uid, link.relation, link.position, link.target_uid)
    ):
        relation, position, target_uid = rest
        links.setdefault(source_uid, set()).add((relation, position, target_uid))
    derived = (head.body_uid, head.parent_uid, head.sort_key, head.sha512)
    columns = (head.uid, head.kind, *derived, document.text)
    for row in connection.execute(
        select(*columns).select_from(
            tables.object_.outerjoin(tables.document, document.hash == head.document_hash)
        )
    ):
        if row.uid not in history.last:
            continue  # told by _broken_heads
        if row.text is None:
            expected = Derived(row.body_uid, None, "", ())
        else:
            expected = derive(from_json(DOCUMENT_TYPES[Kind(row.kind)], json.loads(row.text)))
        said = (row.body_uid, row.parent_uid, row.sort_key, row.sha512)
        wanted = (expected.body_uid, expected.parent_uid, expected.sort_key, expected.sha512)
        if (said, links.pop(row.uid, set())) != (wanted, set(expected.links)):
            seq = history.last[row.uid].seq
            yield seq, f"Die Verweise des Objekts passen nicht zum Text von Eintrag {seq}."
    if links.keys() & history.last.keys():
        yield 0, "Verweise stehen da, zu denen ein Objekt fehlt."


def _broken_blobs(connection: Connection, history: _History) -> Iterator[Fault]:
    document, blob = tables.document.c, tables.blob.c
    files = [entry for entry in history.filings if entry.kind == Kind.FILE.value]
    of_files = {str(entry.document_hash) for entry in files}
    named: dict[str, str] = {}  # document hash -> SHA-512 of the bytes
    for row in connection.execute(select(document.hash, document.text)):
        if row.hash in of_files:
            named[row.hash] = str(json.loads(row.text).get("sha512Checksum", ""))
    stored: dict[str, bool] = {}
    for sha512, size, content in connection.execute(
        select(blob.sha512, blob.size, blob.content), execution_options={"yield_per": 1}
    ):
        stored[sha512] = hashlib.sha512(content).hexdigest() == sha512 and len(content) == size
    for entry in files:
        name = named.get(str(entry.document_hash))
        living = history.last[entry.object_uid] is entry
        if name is not None and living and name not in stored:
            yield entry.seq, f"Die Datei zu Eintrag {entry.seq} fehlt."
        elif name is not None and not stored.get(name, True):
            yield entry.seq, f"Die Datei zu Eintrag {entry.seq} wurde nachträglich verändert."
    if stored.keys() - set(named.values()):
        yield 0, "Eine Datei steht da, die kein Eintrag nennt."


def _broken_words(connection: Connection, history: _History) -> Iterator[Fault]:
    """Words stand beside public bytes alone, and are compared by what they say."""
    del history
    text, blob = tables.file_text.c, tables.blob.c
    stored = set(connection.scalars(select(blob.sha512)))
    rows = connection.execute(
        select(text.sha512, text.folded, text.text), execution_options={"yield_per": 10}
    )
    for sha512, plain, words in rows:
        if sha512 not in stored:
            yield 0, "Durchsuchbarer Text steht da, zu dem keine öffentliche Datei gehört."
        if folded(words) != plain:
            yield 0, "Der durchsuchbare Text einer Datei wurde nachträglich verändert."
