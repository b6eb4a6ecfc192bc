"""The law page and the deadlines over PostgreSQL, from entering a rule to its end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.config import Settings
from tests.conftest import Clock
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import Builder, held_chapter
from tests.support.postgresql import postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]

pytestmark = pytest.mark.postgresql

RULE = {
    "value": "14",
    "layer": "rules_of_procedure",
    "norm": "§ 3 Abs. 1",
    "as_of": "2017-03-01",
    "valid_from": "2015-01-01",
}


@pytest.fixture
def settings(settings: Settings, postgresql_url: str) -> Settings:
    return replace(settings, database_url=postgresql_url, public_database_url=postgresql_url)


def test_a_rule_goes_its_whole_way_and_moves_the_deadlines(
    clerk: OfficeClient, session: Session, cast: people.Cast, clock: Clock
) -> None:
    chapter = held_chapter(Builder(session, Actor.system(cast.boerde)))
    deadlines = f"/sitzungen/{chapter.meeting}/fristen"
    assert "spätestens am 11.04.2017" in text_of(clerk.get(deadlines))
    assert clerk.submit("/recht/regeln/neu?regel=notice.days", RULE).status_code == 303
    assert "spätestens am 04.04.2017" in text_of(clerk.get(deadlines))
    assert "Geschäftsordnung § 3 Abs. 1" in text_of(clerk.get("/recht"))
    rule = "/recht/regeln/1"
    assert clerk.submit(rule, RULE | {"value": "13", "version": "1"}).status_code == 303
    assert clerk.submit(rule, RULE | {"version": "1"}).status_code == 409
    assert "spätestens am 05.04.2017" in text_of(clerk.get(deadlines))
    ended = {"valid_until": "2016-12-31", "version": "2"}
    assert clerk.submit(f"{rule}/ende", ended).status_code == 303
    assert "spätestens am 11.04.2017" in text_of(clerk.get(deadlines))
    assert clerk.submit(f"{rule}/loeschung", {"version": "3"}).status_code == 303
    clock.advance(timedelta(days=40))
    clerk.sign_in(people.CLERK, people.PASSWORD)
    assert "Niederschrift" in text_of(clerk.get("/"))
