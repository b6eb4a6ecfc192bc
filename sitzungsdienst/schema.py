"""Bringing a database to the shape this version needs."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from sitzungsdienst.paths import MIGRATIONS


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database forward to `revision`; safe to repeat."""
    with _migrating(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the database back to `revision` ("base" for nothing at all)."""
    with _migrating(engine) as connection:
        command.downgrade(_config(connection), revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """A connection for migrations, committed at the end.

    On SQLite a table is altered by copying it; while the old one is dropped, foreign keys must
    not be held, and afterwards none may be broken: RuntimeError, and nothing is kept.
    """
    copies = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(writes=True) as connection:
        if copies:
            _hold_foreign_keys(connection, "OFF")
        try:
            yield connection
            if copies and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("the migration broke a foreign key")
            connection.commit()
        finally:
            connection.rollback()
            if copies:
                _hold_foreign_keys(connection, "ON")


def _hold_foreign_keys(connection: Connection, state: str) -> None:
    # Past SQLAlchemy: inside the transaction it would begin, SQLite ignores this.
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys = {state}")


def is_current(connection: Connection) -> bool:
    """Whether the database has the shape this version needs."""
    head = ScriptDirectory.from_config(_config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
