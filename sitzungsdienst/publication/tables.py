"""The public tables: the only ones the public application's connection can read.

`public_entry` is the ledger: append-only, numbered without gaps, each entry chained to the one
before by SHA-256. It holds the hash of a document, not its text, so that the text of a withdrawn
document can be erased (`public_document`) while the chain still proves what was done and when.
`public_object`, `public_link`, `public_blob` and `public_file_text` are the latest state, derived
from the ledger and the bytes.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from sitzungsdienst.moments import UtcDateTime
from sitzungsdienst.naming import CONVENTION
from sitzungsdienst.publication import triggers

metadata = MetaData(naming_convention=CONVENTION)

PREFIX = "public_"

document = Table(
    "public_document",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)

entry = Table(
    "public_entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("filed_at", UtcDateTime(), nullable=False),
    Column("release_uid", String(36), nullable=False),
    Column("act", String(60), nullable=False),
    # The office user's uid, never a name: the ledger is readable by the public application.
    Column("actor", String(36), nullable=False),
    Column("reason", Text, nullable=False),
    Column("object_uid", String(36), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("object_version", Integer, nullable=False),
    # No foreign key: the text may be erased after a withdrawal, its hash stays.
    Column("document_hash", String(64), nullable=True),
    Column("previous_hash", String(64), nullable=False),
    Column("entry_hash", String(64), nullable=False, unique=True),
    CheckConstraint("seq > 0", name="seq_positive"),
    Index("ix_public_entry_object_version", "object_uid", "object_version", unique=True),
)

triggers.attach(entry)

object_ = Table(
    "public_object",
    metadata,
    Column("uid", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("body_uid", String(36), nullable=False, index=True),
    # What embeds this object: the meeting of an item, the paper of a consultation, …
    Column("parent_uid", String(36), nullable=True, index=True),
    # Orders lists: a meeting's start, a paper's date, an item's order as text of fixed width.
    # Empty once withdrawn, since it may hold a name.
    Column("sort_key", String(40), nullable=False),
    Column("created", UtcDateTime(), nullable=False),
    Column("modified", UtcDateTime(), nullable=False),
    Column("version", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("seq", Integer, ForeignKey("public_entry.seq"), nullable=False),
    Column("document_hash", String(64), nullable=True),
    # Of a living file: under which hash its bytes lie, so that a file can be found by them.
    Column("sha512", String(128), nullable=True, index=True),
    Index("ix_public_object_kind_sort", "kind", "sort_key"),
)

link = Table(
    "public_link",
    metadata,
    Column("source_uid", String(36), ForeignKey("public_object.uid"), primary_key=True),
    Column("relation", String(40), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("target_uid", String(36), nullable=False, index=True),
)

blob = Table(
    "public_blob",
    metadata,
    Column("sha512", String(128), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# The words of public files, read from the very bytes beside which they lie, for searching alone.
file_text = Table(
    "public_file_text",
    metadata,
    Column("sha512", String(128), ForeignKey("public_blob.sha512"), primary_key=True),
    # As it is compared; before the text, so that searching reads no more than it needs.
    Column("folded", Text, nullable=False),
    Column("text", Text, nullable=False),
)
