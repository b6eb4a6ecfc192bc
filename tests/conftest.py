"""Fixtures of all tests: a fresh database, both webs, and the cast signed in.

`now` is a fixed moment; the office's clock stands at it and moves only by `clock.advance`.
"""

import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from sitzungsdienst.acts.editions import give_public_url
from sitzungsdienst.app import create_office
from sitzungsdienst.config import Settings
from sitzungsdienst.database import prepare_record_engine
from sitzungsdienst.office.database import db
from tests.support import cast as people
from tests.support import moulds
from tests.support.browser import OfficeClient


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped, as in `.ci/run`, a skip is a failure, whoever asked for it."""
    report = yield
    if report.skipped and os.environ.get("SITZUNGSDIENST_TEST_REQUIRE_ALL") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report


@dataclass
class Clock:
    """The office's clock in tests."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> None:
        """Let time pass."""
        self.moment += step


@pytest.fixture
def now() -> datetime:
    """A Monday morning before the county council of 19 April 2017."""
    return people.NOW


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture(scope="session")
def database_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every test of this process finds its own database, made anew for it."""
    return tmp_path_factory.mktemp("record") / "test.sqlite3"


@pytest.fixture
def settings(database_file: Path) -> Settings:
    url = f"sqlite:///{database_file}"
    return Settings(
        database_url=url,
        public_database_url=url,
        public_url=people.PUBLIC_URL,
        calendar_host="sitzungen.example",
        secret_key="the key of the tests, long enough",
        https=False,
        operator_name="Landkreis Börde",
        operator_email="sitzungsdienst@landkreis-boerde.example",
        license_url="https://www.govdata.de/dl-de/zero-2-0",
    )


@pytest.fixture
def engine(settings: Settings, database_file: Path) -> Iterator[Engine]:
    """The record's database with all tables, empty."""
    for path in database_file.parent.glob(f"{database_file.name}*"):
        path.unlink()
    engine = _engine(settings.database_url)
    moulds.create_tables(engine)
    yield engine
    engine.dispose()


@lru_cache(maxsize=1)
def _engine(url: str) -> Engine:
    engine = create_engine(url)
    prepare_record_engine(engine)
    return engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on the record, for arranging and for looking.

    It sees one state of the database until `session.rollback()`; then it looks anew.
    """
    with Session(engine) as session:
        give_public_url(session, people.PUBLIC_URL)
        yield session


@pytest.fixture
def cast(session: Session) -> people.Cast:
    """The fixed cast, written into the record."""
    found = people.add_cast(session)
    session.rollback()
    return found


@pytest.fixture
def office_app(settings: Settings, cast: people.Cast, clock: Clock) -> Iterator[Flask]:
    """The office, whatever an earlier test did to its configuration or its pages."""
    app = _office(settings)
    kept = [(changed, dict(changed)) for changed in (app.config, app.view_functions)]
    app.config["CLOCK"] = clock
    yield app
    for changed, before in kept:
        changed.clear()
        changed.update(before)
    with app.app_context():
        db.engine.dispose()


@lru_cache(maxsize=1)
def _office(settings: Settings) -> Flask:
    """Wiring takes longer than most tests, so the tests of a process share an office."""
    app = create_office(settings, people.PASSWORDS)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = OfficeClient
    return app


def _client(app: Flask) -> OfficeClient:
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client


def _signed_in(app: Flask, email: str) -> OfficeClient:
    client = _client(app)
    response = client.sign_in(email, people.PASSWORD)
    assert response.status_code == 303, response.get_data(as_text=True)
    return client


@pytest.fixture
def office(office_app: Flask) -> OfficeClient:
    """A browser that is not signed in."""
    return _client(office_app)


@pytest.fixture
def clerk(office_app: Flask) -> OfficeClient:
    """Sabine Krüger of Landkreis Börde, signed in."""
    return _signed_in(office_app, people.CLERK)


@pytest.fixture
def member(office_app: Flask) -> OfficeClient:
    """Jürgen Nehring, member of a committee of Landkreis Börde, signed in."""
    return _signed_in(office_app, people.MEMBER)


@pytest.fixture
def administrator(office_app: Flask) -> OfficeClient:
    """The administrator, signed in."""
    return _signed_in(office_app, people.ADMINISTRATOR)


@pytest.fixture
def stranger(office_app: Flask) -> OfficeClient:
    """The clerk of another Body, signed in."""
    return _signed_in(office_app, people.STRANGER)
