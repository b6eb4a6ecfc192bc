"""What commands share that need the database: its address, and a connection that fails politely."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, ProgrammingError

from sitzungsdienst.database import prepare_record_engine

#: No server, no database, no tables: SQLite and PostgreSQL name them differently.
_NOT_THERE = (DatabaseError, OperationalError, ProgrammingError)

database_option = click.option(
    "--database",
    "database_url",
    metavar="URL",
    envvar="SITZUNGSDIENST_DATABASE",
    help="Adresse der Datenbank, zum Beispiel sqlite:////srv/sitzungsdienst.sqlite oder"
    " postgresql+psycopg://…",
)


def address_of(instance: Path, database_url: str | None) -> str:
    """The address given, or else that of the database in the instance's folder."""
    if database_url:
        return database_url
    instance.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{(instance / 'sitzungsdienst.sqlite').resolve()}"


@contextmanager
def engine_at(url: str) -> Iterator[Engine]:
    """An engine for the command; what does not go ends it with a sentence."""
    try:
        engine = create_engine(url)
    except ArgumentError as error:
        raise click.ClickException(f"»{url}« ist keine Adresse einer Datenbank.") from error
    prepare_record_engine(engine)
    try:
        yield engine
    except DatabaseError as error:
        if type(error) not in _NOT_THERE:
            raise
        raise click.ClickException(
            f"Die Datenbank ist nicht zu erreichen oder nicht eingerichtet: {error.orig}"
        ) from error
    finally:
        engine.dispose()
