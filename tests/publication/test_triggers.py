"""The database itself refuses to change the ledger."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tests.publication.cast import (
    file,
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE public_entry SET reason = 'anders' WHERE seq = 1",
        "DELETE FROM public_entry WHERE seq = 14",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(engine: Engine, statement: str) -> None:
    file(engine)
    with (
        pytest.raises(DBAPIError, match="public_entry is append-only"),
        engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)


@pytest.mark.postgresql
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_refuses_to_empty_the_ledger(engine: Engine) -> None:
    file(engine)
    with (
        pytest.raises(DBAPIError, match="public_entry is append-only"),
        engine.begin() as connection,
    ):
        connection.exec_driver_sql("TRUNCATE public_entry CASCADE")


@pytest.mark.parametrize("conflict", ["seq", "entry_hash", "object"])
def test_sqlite_refuses_to_replace_an_entry(sqlite_engine: Engine, conflict: str) -> None:
    file(sqlite_engine)
    seq = "1" if conflict == "seq" else "99"
    key = "entry_hash" if conflict == "entry_hash" else "'new'"
    version = "object_version" if conflict == "object" else "99"
    statement = (
        "INSERT OR REPLACE INTO public_entry "  # noqa: S608 - fixed parts
        f"SELECT {seq}, filed_at, release_uid, act, actor, 'anders', object_uid, kind, {version},"
        f" document_hash, previous_hash, {key} FROM public_entry WHERE seq = 1"
    )
    with (
        pytest.raises(DBAPIError, match="public_entry is append-only"),
        sqlite_engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
