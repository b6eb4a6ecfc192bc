"""The town, filed, and a client that reads it through the public's connection."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine

from sitzungsdienst.database import prepare_record_engine, public_engine
from tests.oparl import cast
from tests.publication.cast import file
from tests.support import moulds


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """The engine that files; the town is filed already."""
    engine = create_engine(f"sqlite:///{tmp_path / 'amt.sqlite3'}")
    prepare_record_engine(engine)
    moulds.create_public_tables(engine)
    file(engine, *cast.DOCUMENTS, blobs=cast.BLOBS)
    yield engine
    engine.dispose()


@pytest.fixture
def public(engine: Engine) -> Iterator[Engine]:
    """The engine that can only read what is public."""
    reading = public_engine(engine.url)
    yield reading
    reading.dispose()


@pytest.fixture
def client(public: Engine) -> FlaskClient:
    """A client of the interface."""
    return cast.create_app(public).test_client()
