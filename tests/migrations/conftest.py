"""An empty database of each kind, and one with the demo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.support import demos
from tests.support.builders import record_engine
from tests.support.postgresql import Cluster, postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'Ämter 100%.sqlite'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine for the record on a database in which there is nothing yet."""
    url = request.getfixturevalue(f"{request.param}_url")
    with record_engine(url, tables=False) as engine:
        yield engine


@pytest.fixture
def sqlite_demo(sqlite_url: str) -> str:
    Path(sqlite_url.removeprefix("sqlite:///")).write_bytes(demos.sqlite_demo())
    return sqlite_url


@pytest.fixture
def postgresql_demo(postgresql_cluster: Cluster) -> Iterator[str]:
    name = demos.new_postgresql_demo(postgresql_cluster)
    yield postgresql_cluster.url(name)
    postgresql_cluster.drop_database(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def demo(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine for the record on a database with the demo in it."""
    with record_engine(request.getfixturevalue(f"{request.param}_demo"), tables=False) as engine:
        yield engine
