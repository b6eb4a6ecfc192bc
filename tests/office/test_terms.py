"""The page of the clerk's own Body with its legislative terms."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import releases, terms
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.record.bodies import LegislativeTerm
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.registry import Registry

TERM = {"name": "Wahlperiode 2014–2019", "start_date": "2014-07-01", "end_date": "2019-06-30"}


@pytest.fixture
def term(session: Session, cast: Cast, now: datetime) -> int:
    registry = Registry.of(session, cast.clerk, now)
    facts = terms.TermFacts(name="Wahlperiode 2014–2019", start_date=date(2014, 7, 1))
    return terms.add_term(session, registry.actor, facts, now)


def test_the_page_shows_the_body_and_asks_for_its_first_term(clerk: OfficeClient) -> None:
    page = text_of(clerk.get("/koerperschaft"))
    assert "Landkreis Börde" in page
    assert "Sachsen-Anhalt" in page
    assert "noch keine Wahlperiode" in page


def test_a_term_is_entered_and_marked_as_running(clerk: OfficeClient, session: Session) -> None:
    assert clerk.submit("/koerperschaft/wahlperioden/neu", TERM).status_code == 303
    row = session.scalars(select(LegislativeTerm)).one()
    assert (row.start_date, row.end_date) == (date(2014, 7, 1), date(2019, 6, 30))
    assert "laufend" in text_of(clerk.get("/koerperschaft"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"start_date": ""}, "start_date"),
        ({"start_date": "32.13.2014"}, "start_date"),
        ({"end_date": "2013-01-01"}, "end_date"),
    ],
)
def test_each_error_stands_at_its_field(
    clerk: OfficeClient, session: Session, change: dict[str, str], field: str
) -> None:
    answer = clerk.submit("/koerperschaft/wahlperioden/neu", TERM | change)
    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.get_data(as_text=True)
    assert session.scalars(select(LegislativeTerm)).all() == []


def test_two_terms_do_not_bear_one_name(clerk: OfficeClient, term: int) -> None:
    answer = clerk.submit("/koerperschaft/wahlperioden/neu", TERM)
    assert answer.status_code == 422
    assert 'id="name-fehler"' in answer.get_data(as_text=True)


def test_the_act_itself_demands_a_beginning(session: Session, cast: Cast, now: datetime) -> None:
    actor = Registry.of(session, cast.clerk, now).actor
    with pytest.raises(RuleBroken) as broken:
        terms.add_term(session, actor, terms.TermFacts(name="W", start_date=None), now)
    assert broken.value.field == "start_date"


def test_a_stale_form_changes_nothing(clerk: OfficeClient, term: int, session: Session) -> None:
    path = f"/koerperschaft/wahlperioden/{term}"
    assert clerk.submit(path, TERM | {"name": "Siebte", "version": "1"}).status_code == 303
    answer = clerk.submit(path, TERM | {"name": "Achte", "version": "1"})
    assert answer.status_code == 409
    session.rollback()
    assert session.get_one(LegislativeTerm, term).name == "Siebte"


def test_a_term_entered_by_mistake_is_deleted(
    clerk: OfficeClient, term: int, session: Session
) -> None:
    path = f"/koerperschaft/wahlperioden/{term}/loeschung"
    assert clerk.submit(path, {"version": "1"}).status_code == 303
    session.rollback()
    assert session.get(LegislativeTerm, term) is None


def test_a_published_term_is_not_deleted(
    clerk: OfficeClient, term: int, session: Session, cast: Cast, now: datetime
) -> None:
    actor = Registry.of(session, cast.clerk, now).actor
    releases.release_organization(session, actor, cast.committee, "", now)
    answer = clerk.submit(f"/koerperschaft/wahlperioden/{term}/loeschung", {"version": "1"})
    assert answer.status_code == 422
    assert "schon veröffentlicht" in text_of(answer)
    session.rollback()
    assert session.get(LegislativeTerm, term) is not None


def test_terms_are_the_own_offices_business(
    stranger: OfficeClient, member: OfficeClient, administrator: OfficeClient, term: int
) -> None:
    path = f"/koerperschaft/wahlperioden/{term}"
    for client in (stranger, member, administrator):
        assert client.get(path).status_code == 404
        assert client.get(f"{path}/loeschung").status_code == 404
    assert "Wahlperiode 2014" not in text_of(stranger.get("/koerperschaft"))
