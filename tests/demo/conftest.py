"""The demo, built once in a database of each kind."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from sitzungsdienst.publication.reader import Reader
from tests.support import demos
from tests.support.builders import record_engine
from tests.support.postgresql import Cluster, postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]


@pytest.fixture(scope="session")
def sqlite_demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    path.write_bytes(demos.sqlite_demo())
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgresql_demo(postgresql_cluster: Cluster) -> Iterator[str]:
    name = demos.new_postgresql_demo(postgresql_cluster)
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
