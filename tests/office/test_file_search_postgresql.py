"""Words of attachments over PostgreSQL: long texts are asked for in its own way."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts import releases
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.config import Settings
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import Builder
from tests.support.cast import Cast
from tests.support.postgresql import postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]

pytestmark = pytest.mark.postgresql


@pytest.fixture
def settings(settings: Settings, postgresql_url: str) -> Settings:
    return replace(settings, database_url=postgresql_url, public_database_url=postgresql_url)


def test_papers_are_found_by_words_of_attachments(
    clerk: OfficeClient, member: OfficeClient, session: Session, cast: Cast, now: datetime
) -> None:
    build = Builder(session, Actor.system(cast.boerde))
    paper = build.paper(public=True, title="Sanierung 100%")
    build.attach(paper, public=True, text="Lageplan der Straße")
    build.attach(paper, text="Kaufpreis 50% und \\ Rest")
    releases.release_paper(session, build.actor, paper, "", now)
    for words in ("strasse", "LAGEPLAN kaufpreis", "50%", "sanierung 100% straße"):
        page = clerk.get("/vorlagen", query_string={"suche": words})
        assert "1 Vorlage zu Ihrer Auswahl" in text_of(page), words
    for words in ("50_", "kauf%preis", "gibtesnicht", "\x00", "'"):
        page = clerk.get("/vorlagen", query_string={"suche": words})
        assert "in der Anlage" not in text_of(page), words
    page = text_of(clerk.get("/vorlagen", query_string={"suche": "kaufpreis"}))
    assert "in der Anlage »Kaufpreis 50% und \\ Rest«" in page
    assert "in der Anlage" not in text_of(member.get("/vorlagen?suche=kaufpreis"))
