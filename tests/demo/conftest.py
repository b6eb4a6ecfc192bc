"""The demo, built once in a database of each kind."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.demo.build import build
from sitzungsdienst.publication.reader import Reader
from tests.support.builders import record_engine
from tests.support.cast import CHEAP, PUBLIC_URL
from tests.support.postgresql import Cluster, postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]

NOW = datetime(2026, 8, 3, 8, tzinfo=UTC)


def make_demo(url: str) -> None:
    with record_engine(url, tables=False) as engine:
        schema.upgrade(engine)
        with Session(engine) as session:
            list(build(session, CHEAP.hash, NOW, PUBLIC_URL))


@pytest.fixture(scope="session")
def sqlite_demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite'}"
    make_demo(url)
    return url


@pytest.fixture(scope="session")
def postgresql_demo(postgresql_cluster: Cluster) -> Iterator[str]:
    name = postgresql_cluster.new_database()
    make_demo(postgresql_cluster.url(name))
    yield postgresql_cluster.url(name)
    postgresql_cluster.drop_database(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest) -> str:
    """The demo in a database of each kind."""
    found: str = request.getfixturevalue(f"{request.param}_demo")
    return found


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    with record_engine(url, tables=False) as engine:
        yield engine


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def reader(connection: Connection) -> Reader:
    return Reader(connection)
