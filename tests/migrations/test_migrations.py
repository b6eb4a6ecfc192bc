"""Migrations: they make exactly what the models say, go back without rest, and keep rows."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.database import WRITES
from sitzungsdienst.demo.build import build
from sitzungsdienst.publication import tables as publication
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record import schema as record
from tests.support.builders import record_engine
from tests.support.cast import CHEAP, PUBLIC_URL

NOW = datetime(2017, 8, 1, 8, tzinfo=UTC)
METADATA = [record.metadata, publication.metadata]


def checks(engine: Engine) -> dict[tuple[str, str], str]:
    """Every check constraint of the database, by table and short name, in one spelling."""
    inspector = inspect(engine)
    return {
        (table, str(check["name"]).removeprefix(f"ck_{table}_")): re.sub(
            r"\s+", " ", check["sqltext"]
        )
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


def triggers(engine: Engine) -> set[str]:
    statement = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.connect() as connection:
        return set(connection.scalars(text(statement)))


def rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for metadata in METADATA
            for table in metadata.sorted_tables
        }


def test_a_migrated_database_is_what_the_models_say(engine: Engine) -> None:
    schema.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []  # type: ignore[arg-type]  # takes a list too


def test_checks_and_triggers_are_those_of_the_models(
    engine: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    schema.upgrade(engine)
    migrated = checks(engine), triggers(engine)
    schema.downgrade(engine, "base")
    with engine.begin() as connection:
        for metadata in METADATA:
            metadata.create_all(connection)
    assert migrated == (checks(engine), triggers(engine))
    assert len(migrated[0]) > 25
    assert len(migrated[1]) >= 2


def test_going_back_leaves_nothing_but_alembics_own_table(engine: Engine) -> None:
    schema.upgrade(engine)
    schema.downgrade(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert triggers(engine) == set()
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            left = "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
            assert connection.scalars(text(f"{left} WHERE nspname = 'public'")).all() == []
            kinds = text("SELECT typname FROM pg_type WHERE typtype = 'e'")
            assert connection.scalars(kinds).all() == []


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        assert not schema.is_current(connection)
    for _ in range(2):
        schema.upgrade(engine)
        with engine.connect() as connection:
            assert schema.is_current(connection)


def test_the_whole_demo_survives_down_and_up_again(demo: Engine) -> None:
    kept = rows(demo)
    assert sum(map(len, kept.values())) > 300
    with demo.connect() as connection:
        assert verify(connection).intact
    # The first shape holds everything: going back loses all rows, and going forward again gives
    # an empty database of the same shape, into which the same rows fit.
    schema.downgrade(demo, "base")
    schema.upgrade(demo)
    assert not any(rows(demo).values())
    with demo.connect().execution_options(**{WRITES: True}) as connection:
        for metadata in METADATA:
            for table in metadata.sorted_tables:
                names = [column.name for column in table.columns]
                if kept[table.name]:
                    values = [dict(zip(names, row, strict=True)) for row in kept[table.name]]
                    connection.execute(table.insert(), values)
        connection.commit()
        assert verify(connection).intact
    assert rows(demo) == kept


def test_the_ledger_of_a_migrated_database_is_append_only(engine: Engine) -> None:
    schema.upgrade(engine)
    with Session(engine) as session:
        steps = build(session, CHEAP.hash, NOW, PUBLIC_URL)
        next(steps)
        next(steps)
        steps.close()  # type: ignore[attr-defined]  # a generator
    for statement in ("DELETE FROM public_entry", "UPDATE public_entry SET reason = 'x'"):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(statement))


def test_an_upgrade_that_fails_in_the_middle_leaves_the_old_shape(tmp_path: Path) -> None:
    """On SQLite too: a stranger's table stands in the way of one of the last."""
    with record_engine(f"sqlite:///{tmp_path / 'a.sqlite'}", tables=False) as engine:
        with engine.connect().execution_options(**{WRITES: True}) as connection:
            connection.execute(text("CREATE TABLE vote (id INTEGER)"))
            connection.commit()
        with pytest.raises(DBAPIError):
            schema.upgrade(engine)
        assert set(inspect(engine).get_table_names()) <= {"vote", "alembic_version"}
