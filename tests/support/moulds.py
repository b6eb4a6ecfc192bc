"""What every test needs fresh and none should wait for: empty tables and compiled templates.

Each is made once in a test process; on SQLite a test gets a copy of the tables' bytes.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, PoolProxiedConnection, create_engine
from sqlalchemy.pool import StaticPool

from sitzungsdienst.publication import tables as publication
from sitzungsdienst.record import schema as record


class Templates(BytecodeCache):
    """Compiled templates by name and source, for apps that compile them alike."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._kept.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def create_tables(engine: Engine) -> None:
    """Put the record's and the public tables with their triggers into an empty database."""
    if not _pour(engine, _tables):
        _create_tables(engine)


def create_public_tables(engine: Engine) -> None:
    """Put the public tables alone, with their triggers, into an empty database."""
    if not _pour(engine, _public_tables):
        publication.metadata.create_all(engine)


@cache
def _tables() -> bytes:
    return _mould(_create_tables)


@cache
def _public_tables() -> bytes:
    return _mould(publication.metadata.create_all)


def _create_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        record.metadata.create_all(connection)
        publication.metadata.create_all(connection)


def _mould(fill: Callable[[Engine], None]) -> bytes:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    fill(engine)
    with closing(engine.raw_connection()) as connection:
        mould = _raw(connection).serialize()
    engine.dispose()
    return mould


def _pour(engine: Engine, mould: Callable[[], bytes]) -> bool:
    """On SQLite copy a whole database into an empty one; elsewhere say no."""
    if engine.dialect.name != "sqlite":
        return False
    with closing(sqlite3.connect(":memory:")) as source:
        source.deserialize(mould())
        with closing(engine.raw_connection()) as connection:
            source.backup(_raw(connection))
    return True


def _raw(connection: PoolProxiedConnection) -> sqlite3.Connection:
    raw = connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
