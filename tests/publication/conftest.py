"""Engines with public tables: on SQLite in a file, and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from sitzungsdienst.database import prepare_record_engine
from tests.support import moulds
from tests.support.postgresql import postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a database in a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'Amt 100% #1.sqlite3'}"


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """The record's engine on SQLite, with public tables."""
    yield from _engine(sqlite_url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The record's engine on each database, with public tables."""
    yield from _engine(request.getfixturevalue(f"{request.param}_url"))


def _engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    prepare_record_engine(engine)
    moulds.create_public_tables(engine)
    yield engine
    engine.dispose()
