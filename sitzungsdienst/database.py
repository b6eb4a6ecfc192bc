"""Engines as this program needs them: one that writes the record, one that only reads the public.

The second is a door that stays shut even if a mistake above it asks for more: on SQLite an
authorizer refuses everything but reading public tables; on PostgreSQL a role holds SELECT on
them and nothing else. No Flask here, so that tests and the command line use the same doors.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url

from sitzungsdienst.publication import tables

WRITES = "writes"
"""Execution option: the transaction will write, so on SQLite it takes the write lock at once."""

_BUSY_MILLISECONDS = 10_000


def prepare_record_engine(engine: Engine) -> None:
    """Make a new engine fit for the record; call before its first connection.

    SQLite: foreign keys, WAL, every commit on disk before it returns, patience with other
    writers, and transactions begun by us: BEGIN IMMEDIATE under the execution option
    `writes=True`, a plain BEGIN otherwise. PostgreSQL needs nothing.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, record: object) -> None:
        del record
        raw.isolation_level = None  # pysqlite's own transactions begin too late
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def public_url(url: str | URL) -> URL:
    """The URL by which the public application opens the database: on SQLite read-only.

    An in-memory database cannot be opened twice: ValueError.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return parsed
    name = parsed.database or ""
    if name in ("", ":memory:") or "mode=memory" in name:
        raise ValueError("the public application needs a database in a file")
    if not name.startswith("file:"):
        name = f"file:{_quoted(name)}"
    return parsed.set(database=name, query={**parsed.query, "mode": "ro", "uri": "true"})


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def public_engine(url: str | URL) -> Engine:
    """A prepared engine for the public application; `url` as for the record or for its role."""
    engine = create_engine(public_url(url))
    prepare_public_engine(engine)
    return engine


def prepare_public_engine(engine: Engine) -> None:
    """Make a new engine, made from `public_url`, read public tables only; call before first use.

    SQLite: an authorizer refuses everything else, so a statement that asks for more fails with
    DatabaseError "not authorized" or "prohibited". PostgreSQL: every transaction is read-only;
    what it can read is the right of the role in the URL, see `create_public_role`.
    """
    if engine.dialect.name == "sqlite":
        _shut_sqlite(engine)
    else:
        _shut_postgresql(engine)


def _shut_sqlite(engine: Engine) -> None:
    if engine.url.query.get("mode") != "ro":
        raise ValueError("the public application opens its database with mode=ro")

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, record: object) -> None:
        del record
        raw.isolation_level = None
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA query_only = ON")
        cursor.execute("PRAGMA trusted_schema = OFF")
        cursor.close()
        raw.set_authorizer(authorize)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")  # one request sees one state of the database


def authorize(
    action: int, first: str | None, second: str | None, schema: str | None, inner: str | None
) -> int:
    """SQLite's authorizer for the public: SQLITE_OK for reading public tables, else SQLITE_DENY.

    https://www.sqlite.org/c3ref/set_authorizer.html; `inner` names the view that asks, which
    changes nothing: a view over a record table reads a record table.
    """
    del schema, inner
    match action:
        case sqlite3.SQLITE_SELECT | sqlite3.SQLITE_TRANSACTION:
            allowed = True
        case sqlite3.SQLITE_READ:
            allowed = (first or "").startswith(tables.PREFIX)
        case sqlite3.SQLITE_FUNCTION:
            allowed = (second or "").lower() != "load_extension"
        case _:
            allowed = False
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _shut_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(raw: Any, record: object) -> None:
        del record
        cursor = raw.cursor()
        cursor.execute("SET default_transaction_read_only = on")
        cursor.close()
        raw.commit()


def create_public_role(connection: Connection, role: str, password: str) -> None:
    """Create or renew a PostgreSQL role that may read exactly the public tables.

    `connection` belongs to the owner of the tables and must be allowed to create roles; the
    caller commits. The password reaches the server only as its SCRAM verifier, so that no log
    can hold it. Ordinary roles also lose the right to make tables here, which PostgreSQL
    versions before 15 and temporary tables grant to everyone. ValueError on other databases.
    """
    if connection.dialect.name != "postgresql":
        raise ValueError("roles exist on PostgreSQL only")
    name = _identifier(connection, role)
    database = _identifier(connection, str(connection.scalar(text("SELECT current_database()"))))
    schema = _identifier(connection, str(connection.scalar(text("SELECT current_schema()"))))
    exists = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    verb = "ALTER" if exists else "CREATE"
    limits = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS"
    public = ", ".join(_identifier(connection, one) for one in sorted(tables.metadata.tables))
    for statement in (
        f"{verb} ROLE {name} {limits} PASSWORD '{_verifier(connection, role, password)}'",
        f"ALTER ROLE {name} SET default_transaction_read_only = on",
        f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {name}",
        f"GRANT CONNECT ON DATABASE {database} TO {name}",
        f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        f"GRANT SELECT ON {public} TO {name}",
    ):
        connection.exec_driver_sql(statement)


def _identifier(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)


def _verifier(connection: Connection, role: str, password: str) -> str:
    """The SCRAM verifier of the password, made on this side; holds no quotation mark."""
    driver: Any = connection.connection.driver_connection
    made: bytes = driver.pgconn.encrypt_password(
        password.encode("utf-8"), role.encode("utf-8"), b"scram-sha-256"
    )
    return made.decode("ascii")


@dataclass(slots=True)
class Statements:
    """The SQL statements that an engine ran, in order, less the beginning of transactions."""

    seen: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self.seen)


@contextmanager
def statement_counter(engine: Engine) -> Iterator[Statements]:
    """Count the statements that run on `engine` inside the block; for tests and benchmarks."""
    statements = Statements()

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        del connection, cursor, rest
        if not statement.startswith("BEGIN"):
            statements.seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
