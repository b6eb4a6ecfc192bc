"""The demo, built once in a test process in a database of each kind, and copied from then on."""

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.demo.build import build
from tests.support.builders import record_engine
from tests.support.cast import CHEAP, PUBLIC_URL
from tests.support.postgresql import Cluster

NOW = datetime(2026, 8, 3, 8, tzinfo=UTC)


@cache
def sqlite_demo() -> bytes:
    """The bytes of a SQLite file with the demo, migrated step by step as an office would."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.sqlite"
        _make(f"sqlite:///{path}")
        return path.read_bytes()


def new_postgresql_demo(cluster: Cluster) -> str:
    """The name of a new database with the demo."""
    return cluster.new_database(template=_postgresql_demo(cluster))


@cache
def _postgresql_demo(cluster: Cluster) -> str:
    name = cluster.new_database()
    _make(cluster.url(name))
    return name


def _make(url: str) -> None:
    with record_engine(url, tables=False) as engine:
        schema.upgrade(engine)
        with Session(engine) as session:
            list(build(session, CHEAP.hash, NOW, PUBLIC_URL))
