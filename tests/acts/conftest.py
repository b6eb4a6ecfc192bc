"""A clerk of Landkreis Börde at work, and the clerk of another Body."""

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.record.accounts import OfficeUser
from tests.support.builders import Builder
from tests.support.cast import Cast
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
