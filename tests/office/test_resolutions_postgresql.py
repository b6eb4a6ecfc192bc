"""The pages of resolutions over PostgreSQL: what they look for is asked in its dialect too."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.config import Settings
from sitzungsdienst.office.followup_list import STATES
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fill
from tests.support.postgresql import postgresql_cluster, postgresql_url
from tests.support.resolved import LATER, SECRET, Resolved

__all__ = ["postgresql_cluster", "postgresql_url"]

pytestmark = pytest.mark.postgresql


@pytest.fixture
def settings(settings: Settings, postgresql_url: str) -> Settings:
    return replace(settings, database_url=postgresql_url, public_database_url=postgresql_url)


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


def test_a_resolution_goes_its_whole_way(
    clerk: OfficeClient, member: OfficeClient, session: Session, cast: Cast
) -> None:
    resolved = Resolved.of(session, cast)
    resolved.build.meeting(cast.committee, start=datetime(2017, 6, 14, 15, tzinfo=UTC))
    assert "In 1 Sitzung" in text_of(clerk.get("/beschluesse"))
    assert clerk.get("/beschluesse/ohne-nummer").status_code == 200
    assert fill(clerk, f"/sitzungen/{resolved.meeting}/beschluesse").status_code == 303
    assert fill(clerk, "/beschluesse/1/umsetzung", due_on="2017-05-01").status_code == 303
    assert fill(clerk, "/beschluesse/1/berichte/neu", text="Auftakt").status_code == 303
    sent = {"remind_on": "2017-05-02"}
    page = "/beschluesse/1"
    assert clerk.submit(f"{page}/wiedervorlagen", sent, page=page).status_code == 303
    text = text_of(clerk.get("/"))
    for told in ("1 Beschluss ist überfällig", "1 Wiedervorlage ist fällig", "noch bekannt"):
        assert told in text
    for state, _ in STATES:
        assert clerk.get(f"/beschluesse?stand={state}&suche=onzept").status_code == 200
    narrowed = f"/beschluesse?stelle={resolved.unit}&gremium={cast.committee}&frist=2017-05-01"
    assert "1 Beschluss zu Ihrer Auswahl" in text_of(clerk.get(narrowed))
    assert SECRET in text_of(clerk.get("/beschluesse/bekanntgabe"))
    assert clerk.get("/beschluesse/wiedervorlagen").status_code == 200
    assert "Auftakt" in text_of(member.get(page))
    assert "überfällig: 1" in text_of(member.get("/beschluesse"))
