"""The same documents make the same pages on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine

from sitzungsdienst import paths
from sitzungsdienst.config import Settings
from sitzungsdienst.public import database, wiring
from sitzungsdienst.publication import tables
from tests.support import public_data as county_data
from tests.support.postgresql import postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]

pytestmark = pytest.mark.postgresql


@pytest.fixture
def other_app(postgresql_url: str, settings: Settings) -> Iterator[Flask]:
    """The public web over the same county on PostgreSQL."""
    engine = create_engine(postgresql_url)
    tables.metadata.create_all(engine)
    county_data.file_county(engine)
    engine.dispose()
    app = Flask("sitzungsdienst", template_folder=str(paths.TEMPLATES))
    app.config.update(TESTING=True, CLOCK=lambda: county_data.NOW)
    wiring.register(
        app, replace(settings, database_url=postgresql_url, public_database_url=postgresql_url)
    )
    yield app
    with app.app_context():
        database.db.engine.dispose()


def test_every_page_is_the_same_on_both_databases(
    app: Flask, county: Engine, other_app: Flask
) -> None:
    for address in (
        "/",
        "/?monat=2017-04",
        f"/?gremium={county_data.COMMITTEE.uid}",
        f"/sitzungen/{county_data.MEETING.uid}",
        f"/auszuege/{county_data.EXCERPT.uid}",
        "/?gremium=%00x%ED%A0%80",
        "/vorlagen",
        "/vorlagen?suche=%00",
        "/vorlagen?suche=GLIEDERUNG",
        "/vorlagen?suche=100%25_",
        f"/vorlagen/{county_data.PAPER.uid}",
        "/gremien",
        f"/gremien/{county_data.COMMITTEE.uid}",
        f"/personen/{county_data.PEOPLE[0].uid}",
        "/kalender.ics",
        f"/dateien/{county_data.EXCERPT_FILE.document.uid}",
    ):
        one, other = app.test_client().get(address), other_app.test_client().get(address)
        assert one.status_code == 200
        assert other.data == one.data, address
        assert other.headers["ETag"] == one.headers["ETag"], address
