"""Bringing a database to the shape this version needs."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from sitzungsdienst.paths import MIGRATIONS


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database forward to `revision`; safe to repeat."""
    with engine.connect().execution_options(writes=True) as connection:
        command.upgrade(_config(connection), revision)
        connection.commit()


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the database back to `revision` ("base" for nothing at all)."""
    with engine.connect().execution_options(writes=True) as connection:
        command.downgrade(_config(connection), revision)
        connection.commit()


def is_current(connection: Connection) -> bool:
    """Whether the database has the shape this version needs."""
    head = ScriptDirectory.from_config(_config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
