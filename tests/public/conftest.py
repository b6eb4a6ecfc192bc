"""The public web over a county's filed documents, wired by hand around a read-only connection."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine

from sitzungsdienst import assets, headers, paths
from sitzungsdienst.config import Settings
from sitzungsdienst.database import prepare_record_engine, public_engine
from sitzungsdienst.public import wiring
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.reader import Reader
from tests.support import public_data

PUBLIC_URL = "https://sitzungen.example.de"
HOST = "kalender.example.de"


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of a database with empty public tables."""
    return f"sqlite:///{tmp_path / 'oeffentlich.sqlite'}"


@pytest.fixture
def ledger_engine(database: str) -> Iterator[Engine]:
    """The connection that files documents."""
    engine = create_engine(database)
    prepare_record_engine(engine)
    tables.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def county(ledger_engine: Engine) -> Engine:
    """The connection that files documents, with the county's already filed."""
    public_data.file_county(ledger_engine)
    return ledger_engine


@pytest.fixture
def reading_engine(database: str, ledger_engine: Engine) -> Iterator[Engine]:
    """The connection that the web reads through."""
    engine = public_engine(database)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(database: str) -> Settings:
    return Settings(
        database_url=database,
        public_database_url=database,
        public_url=PUBLIC_URL,
        calendar_host=HOST,
        secret_key="test",
        https=True,
        operator_name="Landkreis Börde, Amt 10",
        operator_email="it@example.de",
        license_url="https://www.govdata.de/dl-de/zero-2-0",
    )


@pytest.fixture
def app(reading_engine: Engine, settings: Settings) -> Flask:
    """The public web on 10 May 2017."""
    app = Flask("sitzungsdienst", template_folder=str(paths.TEMPLATES))
    app.config.update(TESTING=True, CLOCK=lambda: public_data.NOW)
    app.extensions["reader"] = _reader_of(reading_engine)
    app.teardown_appcontext(_close)
    assets.register(app)
    headers.register(app, https=settings.https, private=False)
    wiring.register(app, settings)
    return app


@pytest.fixture
def client(app: Flask, county: Engine) -> FlaskClient:
    """A citizen's browser on the county's pages."""
    return app.test_client()


def _reader_of(engine: Engine) -> Callable[[], Reader]:
    def reader() -> Reader:
        if "connection" not in g:
            g.connection = engine.connect()
        return Reader(g.connection)

    return reader


def _close(error: BaseException | None) -> None:
    connection = g.pop("connection", None)
    if connection is not None:
        connection.close()
