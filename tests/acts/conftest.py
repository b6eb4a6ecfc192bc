"""A clerk of Landkreis Börde at work, and the clerk of another Body."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.record.accounts import OfficeUser
from tests.support.builders import Builder, Chapter, held_chapter, record_engine
from tests.support.cast import Cast, add_cast
from tests.support.council import Council
from tests.support.council import build as build_council
from tests.support.postgresql import postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]


@pytest.fixture
def build(session: Session, cast: Cast) -> Builder:
    """The clerk of Landkreis Börde."""
    return Builder(session, Actor.of(session.get_one(OfficeUser, cast.clerk)))


@pytest.fixture
def stranger(session: Session, cast: Cast) -> Builder:
    """The clerk of Stadt Kaufbeuren."""
    return Builder(session, Actor.of(session.get_one(OfficeUser, cast.stranger)))


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A closed meeting whose items are adopted: the opening, Ö 2 and N 1."""
    return held_chapter(build)


@pytest.fixture
def council_of(session: Session, cast: Cast) -> Any:
    """Builds a council of a Land and size."""

    def made(land: str, members: int, **more: Any) -> Council:
        return build_council(session, cast.boerde, land=land, members=members, **more)

    return made


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'amt.sqlite'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def shared(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database of each kind, with tables, that several connections can use."""
    with record_engine(request.getfixturevalue(f"{request.param}_url")) as engine:
        yield engine


@pytest.fixture
def clerk(shared: Engine) -> Iterator[Builder]:
    """The clerk of Landkreis Börde there."""
    with Session(shared) as session:
        yield Builder(session, Actor.system(add_cast(session).boerde))
