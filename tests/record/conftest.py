"""The record on both databases, with one row of what the constraints are about."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.builders import record_engine
from tests.support.cast import add_cast
from tests.support.postgresql import postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'record.sqlite'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The record with the cast in it."""
    with record_engine(request.getfixturevalue(f"{request.param}_url")) as engine:
        with Session(engine) as session:
            add_cast(session)
        yield engine
