"""Rows that most pages are tested with."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.cast import Cast
from tests.support.registry import Registry
from tests.support.statements import Asked, counter


@pytest.fixture
def registry(session: Session, cast: Cast, now: datetime) -> Registry:
    """Committees, people and papers as the clerk of Landkreis Börde enters them."""
    return Registry.of(session, cast.clerk, now)


@pytest.fixture
def asked(office_app: Flask) -> Asked:
    """How many statements a page asks of the database."""
    return counter(office_app)
