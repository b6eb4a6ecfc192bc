"""The public web over a county's filed documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine

from sitzungsdienst import paths
from sitzungsdienst.config import Settings
from sitzungsdienst.database import prepare_record_engine
from sitzungsdienst.public import database, wiring
from tests.support import moulds, public_data

PUBLIC_URL = "https://sitzungen.example.de"
HOST = "kalender.example.de"
TEMPLATES = moulds.Templates()


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The address of a database with empty public tables."""
    return f"sqlite:///{tmp_path / 'oeffentlich.sqlite'}"


@pytest.fixture
def ledger_engine(database_url: str) -> Iterator[Engine]:
    """The connection that files documents."""
    engine = create_engine(database_url)
    prepare_record_engine(engine)
    moulds.create_public_tables(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def county(ledger_engine: Engine) -> Engine:
    """The connection that files documents, with the county's already filed."""
    public_data.file_county(ledger_engine)
    return ledger_engine


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        public_database_url=database_url,
        public_url=PUBLIC_URL,
        calendar_host=HOST,
        secret_key="test",
        https=True,
        operator_name="Landkreis Börde, Amt 10",
        operator_email="it@example.de",
        license_url="https://www.govdata.de/dl-de/zero-2-0",
    )


@pytest.fixture
def app(ledger_engine: Engine, settings: Settings) -> Iterator[Flask]:
    """The public web on 10 May 2017."""
    app = Flask("sitzungsdienst", template_folder=str(paths.TEMPLATES))
    app.config.update(TESTING=True, CLOCK=lambda: public_data.NOW)
    wiring.register(app, settings)
    app.jinja_env.bytecode_cache = TEMPLATES
    yield app
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def client(app: Flask, county: Engine) -> FlaskClient:
    """A citizen's browser on the county's pages."""
    return app.test_client()
