"""The public's connection reads public tables and can do nothing else."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from sitzungsdienst.database import (
    WRITES,
    authorize,
    create_public_role,
    prepare_public_engine,
    prepare_record_engine,
    public_engine,
    public_url,
)
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.verify import verify
from tests.publication import cast
from tests.publication.cast import TOWN, file
from tests.support import moulds

ROLE = "Bürger-Portal"
PASSWORD = "geheim' OR 1=1 --"

SECRETS = (
    "CREATE TABLE secret (words TEXT)",
    "INSERT INTO secret VALUES ('nichtöffentlich')",
    "CREATE VIEW public_view AS SELECT words FROM secret",
)


def _fill(engine: Engine) -> None:
    moulds.create_public_tables(engine)
    file(engine)
    with engine.begin() as connection:
        for statement in SECRETS:
            connection.exec_driver_sql(statement)


@pytest.fixture
def sqlite_door(sqlite_url: str, sqlite_engine: Engine) -> Iterator[Connection]:
    """The public's connection to a database that also holds a record table."""
    _fill(sqlite_engine)
    engine = public_engine(sqlite_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def postgresql_door(postgresql_url: str) -> Iterator[Connection]:
    """The same on PostgreSQL, as the role that the command line creates."""
    owner = create_engine(postgresql_url)
    _fill(owner)
    for _ in range(2):  # a second call renews the password and changes nothing
        with owner.begin() as connection:
            create_public_role(connection, ROLE, PASSWORD)
    engine = public_engine(make_url(postgresql_url).set(username=ROLE, password=PASSWORD))
    with engine.connect() as connection:
        yield connection
    engine.dispose()
    with owner.begin() as connection:
        connection.exec_driver_sql(f'DROP OWNED BY "{ROLE}"')
        connection.exec_driver_sql(f'DROP ROLE "{ROLE}"')
    owner.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def door(request: pytest.FixtureRequest) -> Connection:
    """The public's connection on each database."""
    connection: Connection = request.getfixturevalue(f"{request.param}_door")
    return connection


def refused(connection: Connection, statement: str) -> None:
    """Run the statement and see it refused, not merely find nothing."""
    words = "not authorized|prohibited|permission denied|read-only transaction|must be superuser"
    with pytest.raises(DBAPIError, match=words):
        connection.exec_driver_sql(statement)
    connection.rollback()


def test_public_tables_are_readable(door: Connection) -> None:
    reader = Reader(door)
    for document in TOWN:
        filed = reader.get(document.KIND, document.uid)
        assert filed is not None
        assert filed.document == document
    assert reader.blob(cast.INVITATION.sha512_checksum) == cast.INVITATION_BYTES
    assert reader.count(Kind.AGENDA_ITEM) == 3
    assert verify(door).intact


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT words FROM secret",
        "SELECT count(*) FROM secret",
        "SELECT uid FROM public_object WHERE uid IN (SELECT words FROM secret)",
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM secret)",
        "WITH public_x AS (SELECT words FROM secret) SELECT * FROM public_x",
    ],
)
def test_a_record_table_is_not_readable(door: Connection, statement: str) -> None:
    refused(door, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO public_document VALUES ('x', 'x')",
        "UPDATE public_document SET text = 'x'",
        "DELETE FROM public_blob",
        "UPDATE secret SET words = 'x'",
        "CREATE TABLE public_more (words TEXT)",
        "CREATE TEMPORARY TABLE public_more (words TEXT)",
        "CREATE TEMPORARY VIEW public_more AS SELECT words FROM secret",
        "DROP TABLE public_document",
        "ALTER TABLE public_document ADD COLUMN more TEXT",
    ],
)
def test_nothing_can_be_written(door: Connection, statement: str) -> None:
    refused(door, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT words FROM public_view",
        "SELECT name FROM sqlite_master",
        "SELECT name FROM sqlite_schema",
        "SELECT * FROM pragma_table_info('secret')",
        "PRAGMA query_only = OFF",
        "PRAGMA table_info(secret)",
        "PRAGMA database_list",
        "ATTACH DATABASE ':memory:' AS public_other",
        "SELECT load_extension('x')",
        "SAVEPOINT x",
        "ANALYZE",
        "REINDEX",
    ],
)
def test_no_other_way_is_open_on_sqlite(sqlite_door: Connection, statement: str) -> None:
    refused(sqlite_door, statement)


def test_the_database_cannot_be_copied_out(sqlite_door: Connection, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    raw = sqlite_door.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    with pytest.raises(sqlite3.DatabaseError, match="authorization denied"):
        raw.execute("VACUUM INTO ?", (str(copy),))  # outside of any transaction
    assert not copy.exists()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMPORARY TABLE public_more (words TEXT)",
        "INSERT INTO public_document VALUES ('x', 'x')",
        "CREATE TABLE public_more (words TEXT)",
        "SELECT words FROM secret",
        "COPY secret TO STDOUT",
        "CREATE ROLE more",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_create(0) FROM secret",
    ],
)
def test_the_role_is_the_barrier_not_the_setting(
    postgresql_door: Connection, statement: str
) -> None:
    """Whoever gets an SQL statement in can switch the setting off, but not the role."""
    postgresql_door.exec_driver_sql("SET default_transaction_read_only = off")
    postgresql_door.commit()
    refused(postgresql_door, statement)


@pytest.mark.postgresql
def test_the_role_reads_exactly_the_public_tables(postgresql_door: Connection) -> None:
    rows = postgresql_door.exec_driver_sql(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE relkind IN ('r', 'v', 'm', 'p', 'f', 'S') AND nspname NOT IN"
        " ('pg_catalog', 'information_schema', 'pg_toast')"
        " AND has_table_privilege(pg_class.oid, 'SELECT')"
    )
    assert {row.relname for row in rows} == set(tables.metadata.tables)


def test_every_public_table_has_the_prefix() -> None:
    assert all(name.startswith(tables.PREFIX) for name in tables.metadata.tables)


def test_the_public_door_sees_what_is_filed_later(
    sqlite_engine: Engine, sqlite_door: Connection
) -> None:
    assert Reader(sqlite_door).count(Kind.BODY) == 1
    file(sqlite_engine, cast.BODY, replace(cast.BODY, uid=cast.uid("second body")))
    assert Reader(sqlite_door).count(Kind.BODY) == 1  # one request sees one state
    sqlite_door.rollback()
    assert Reader(sqlite_door).count(Kind.BODY) == 2


def test_the_public_door_never_creates_a_database(tmp_path: Path) -> None:
    missing = tmp_path / "fehlt.sqlite3"
    engine = public_engine(f"sqlite:///{missing}")
    with pytest.raises(OperationalError, match="unable to open"):
        engine.connect()
    assert not missing.exists()


def test_the_public_door_needs_a_file_and_the_read_only_mode() -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(ValueError, match="in a file"):
            public_url(url)
    engine = create_engine("sqlite:///x.sqlite3")
    with pytest.raises(ValueError, match="mode=ro"):
        prepare_public_engine(engine)


def test_the_authorizer_refuses_what_it_does_not_know() -> None:
    assert authorize(4711, None, None, None, None) == sqlite3.SQLITE_DENY
    assert authorize(sqlite3.SQLITE_READ, None, None, None, None) == sqlite3.SQLITE_DENY
    assert authorize(sqlite3.SQLITE_READ, "user", "", "main", "public_x") == sqlite3.SQLITE_DENY


def test_the_authorizer_lets_texts_be_compared_but_no_extension_be_loaded() -> None:
    def asked(name: str) -> int:
        return authorize(sqlite3.SQLITE_FUNCTION, None, name, None, None)

    assert asked("count") == sqlite3.SQLITE_OK
    assert asked("LOAD_EXTENSION") == sqlite3.SQLITE_DENY


def test_roles_exist_on_postgresql_only(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection, pytest.raises(ValueError, match="PostgreSQL"):
        create_public_role(connection, "x", "x")


def test_the_record_is_kept_safely_on_sqlite(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_writing_transaction_takes_the_lock_at_once(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url, connect_args={"timeout": 0})
    prepare_record_engine(engine)
    moulds.create_public_tables(engine)
    with engine.connect() as first, engine.connect() as second, engine.connect() as reading:
        second.exec_driver_sql("PRAGMA busy_timeout = 0")
        second.rollback()
        first.execution_options(**{WRITES: True})
        second.execution_options(**{WRITES: True})
        first.begin()
        assert Reader(reading).count(Kind.BODY) == 0  # readers do not wait
        with pytest.raises(OperationalError, match="locked"):
            second.begin()
        first.rollback()
        second.begin()
    engine.dispose()
