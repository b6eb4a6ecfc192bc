"""A clerk of Landkreis Börde at work, and the clerk of another Body."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.record.accounts import OfficeUser
from tests.support.builders import Builder, Chapter, held_chapter
from tests.support.cast import Cast
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
