"""A database of the first release, with its demo town, comes through every migration whole.

`first_release.json.xz` holds the rows as that release wrote them: table → rows, with bytes in
base64. Files that were not public are empty there, public ones stand once.
"""

import base64
import json
import lzma
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, MetaData, Table, inspect, select
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.database import WRITES
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.paper_work import PaperKind

DUMP = Path(__file__).parent / "first_release.json.xz"

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def first() -> Rows:
    dump: Rows = json.loads(lzma.decompress(DUMP.read_bytes()))
    public = {row["sha512"]: row["content"] for row in dump["public_blob"]}
    for row in dump["blob"]:
        row["content"] = public.get(row["content"].get("public"), row["content"])
    return {name: [_typed(row) for row in rows] for name, rows in dump.items()}


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, written),) = value.items()
    if kind == "bytes":
        return base64.b64decode(written)
    return datetime.fromisoformat(written) if kind == "moment" else date.fromisoformat(written)


def tables_of(engine: Engine) -> dict[str, Table]:
    metadata = MetaData()
    metadata.reflect(engine)
    return dict(metadata.tables)


def load(engine: Engine, rows: Rows) -> None:
    """Write the rows into a database of the first shape."""
    tables = tables_of(engine)
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        for name, some in rows.items():  # parents stand before their children
            for row in _parents_first(tables[name], some):
                connection.execute(tables[name].insert(), row)
        _count_on(connection, tables)
        connection.commit()


def _parents_first(table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows in an order in which each finds those of its own table that it names."""
    own = [
        one.name
        for one in table.columns
        if any(key.column.table is table for key in one.foreign_keys)
    ]
    waiting, ordered, there = list(rows), [], {None}
    while waiting:
        ready = [row for row in waiting if all(row.get(name) in there for name in own)]
        assert ready, table.name
        ordered += ready
        there |= {row.get("id") for row in ready}
        waiting = [row for row in waiting if row not in ready]
    return ordered


def _count_on(connection: Connection, tables: dict[str, Table]) -> None:
    """PostgreSQL's sequences know nothing of rows that brought their ids along."""
    if connection.dialect.name != "postgresql":
        return
    for name, table in tables.items():
        if "id" in table.columns:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'),"  # noqa: S608 - our own
                f' coalesce((SELECT max(id) FROM "{name}"), 1))'
            )


def kept(engine: Engine, rows: Rows) -> Rows:
    """What stands now in the columns the first release knew."""
    tables = tables_of(engine)
    found: Rows = {}
    with engine.connect() as connection:
        for name, some in rows.items():
            wanted = [one for one in (some[0] if some else {}) if one in tables[name].columns]
            keys = [one.name for one in tables[name].primary_key]
            chosen = select(*(tables[name].c[one] for one in wanted or keys))
            result = connection.execute(chosen.order_by(*(tables[name].c[one] for one in keys)))
            found[name] = [dict(row._mapping) for row in result]
    return found


def plain(rows: Rows) -> Rows:
    """Moments without their spelling: each database gives them back in its own."""
    return {
        name: [
            {key: str(value)[:19] if isinstance(value, datetime) else value
             for key, value in row.items()}
            for row in some
        ]
        for name, some in rows.items()
    }  # fmt: skip


def test_the_demo_of_the_first_release_comes_through_whole(engine: Engine, first: Rows) -> None:
    schema.upgrade(engine, "0001")
    load(engine, first)
    schema.upgrade(engine)
    now = kept(engine, first)
    gone = {
        (name, column)
        for name, some in first.items()
        for column in (some[0] if some else {})
        if column not in {one["name"] for one in inspect(engine).get_columns(name)}
    }
    assert gone <= GIVEN_UP
    before = {
        name: [{key: row[key] for key in row if (name, key) not in gone} for row in some]
        for name, some in first.items()
    }
    assert plain(now) == plain(before)
    with engine.connect() as connection:
        assert verify(connection).intact


#: Columns whose content the migrations moved elsewhere, each proved by a test of its own.
GIVEN_UP: set[tuple[str, str]] = {("body", "notice_days")}  # test_notice_days.py


def test_what_the_new_shape_adds_is_there_for_old_rows(engine: Engine, first: Rows) -> None:
    schema.upgrade(engine, "0001")
    load(engine, first)
    schema.upgrade(engine)
    with Session(engine) as session:
        signed = [row for row in session.scalars(select(Minutes)) if row.signed]
        assert signed
        assert all({one.signed_on for one in row.signatures} == {row.signed_on} for row in signed)
        kinds = {(one.body_id, one.name) for one in session.scalars(select(PaperKind))}
        used = {(row["body_id"], row["paper_type"]) for row in first["paper"]}
        assert used <= kinds


def test_the_first_release_gets_its_rows_back(engine: Engine, first: Rows) -> None:
    schema.upgrade(engine, "0001")
    load(engine, first)
    schema.upgrade(engine)
    schema.downgrade(engine, "0001")
    assert plain(kept(engine, first)) == plain(first)
