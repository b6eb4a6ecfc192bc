"""New names, ends and terms of organisations, on their pages and in the acts."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import history, substitutes, terms
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.record.bodies import FormerName, LegislativeTerm, Organization, OrganizationKind
from sitzungsdienst.record.people import Membership, Substitute
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.registry import STARTED, Registry


@pytest.fixture
def board(registry: Registry) -> int:
    """The board of foreigners, which became the board of integration."""
    return registry.organization("Ausländerbeirat", short_name="AB", start_date=date(1990, 1, 1))


def row_of(session: Session, organization: int) -> Organization:
    session.rollback()
    return session.get_one(Organization, organization, populate_existing=True)


def rename(registry: Registry, organization: int, name: str, day: date) -> None:
    version = row_of(registry.session, organization).version
    new = history.NewName(name=name, valid_from=day)
    history.rename_organization(
        registry.session, registry.actor, organization, version, new, registry.now
    )


# --- Names -------------------------------------------------------------------------------------


def test_a_committee_is_renamed_and_the_old_name_keeps_its_last_day(
    clerk: OfficeClient, session: Session, board: int
) -> None:
    path = f"/gremien/{board}/umbenennung"
    assert fields_of(clerk.get(path))["name"] == ["Ausländerbeirat"]
    answer = fill(clerk, path, name="Integrationsbeirat", short_name="IB", valid_from="2014-09-29")
    assert answer.status_code == 303
    row = row_of(session, board)
    assert (row.name, row.short_name) == ("Integrationsbeirat", "IB")
    [old] = row.former_names
    assert (old.name, old.short_name, old.valid_until) == (
        "Ausländerbeirat", "AB", date(2014, 9, 28),
    )  # fmt: skip
    page = text_of(clerk.get(f"/gremien/{board}"))
    assert "Ausländerbeirat (AB) bis 28.09.2014" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 1_001}, "name"),
        ({"name": "Ausländerbeirat"}, "name"),
        ({"name": "Bauausschuss"}, "name"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_from": "2017-04-04"}, "valid_from"),
        ({"valid_from": "1990-01-01"}, "valid_from"),
    ],
)
def test_each_error_of_a_renaming_stands_at_its_field(
    clerk: OfficeClient, registry: Registry, board: int, typed: dict[str, str], field: str
) -> None:
    registry.organization("Bauausschuss")
    sent = {"name": "Neu", "short_name": "AB", "valid_from": "2014-09-29"} | typed
    answer = fill(clerk, f"/gremien/{board}/umbenennung", **sent)
    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.text
    assert row_of(registry.session, board).former_names == []


def test_a_second_name_begins_after_the_first(registry: Registry, board: int) -> None:
    rename(registry, board, "Integrationsbeirat", date(2014, 9, 29))
    with pytest.raises(RuleBroken) as told:
        rename(registry, board, "Beirat", date(2014, 9, 29))
    assert told.value.field == "valid_from"
    rename(registry, board, "Beirat", date(2014, 9, 30))
    assert len(row_of(registry.session, board).former_names) == 2


def test_a_renaming_by_mistake_is_taken_back_one_by_one(
    clerk: OfficeClient, registry: Registry, board: int, session: Session
) -> None:
    rename(registry, board, "Integrationsbeirat", date(2014, 9, 29))
    rename(registry, board, "Beirat", date(2015, 1, 1))
    path = f"/gremien/{board}/umbenennung/ruecknahme"
    for name in ("Integrationsbeirat", "Ausländerbeirat"):
        assert fill(clerk, path).status_code == 303
        assert row_of(session, board).name == name
    assert fill(clerk, path).status_code == 422
    assert session.scalars(select(FormerName)).all() == []


def test_taking_a_renaming_back_is_seen_by_a_second_tab_even_if_the_name_stays(
    clerk: OfficeClient, registry: Registry, board: int, session: Session
) -> None:
    rename(registry, board, "Integrationsbeirat", date(2014, 9, 29))
    # Somebody corrects the name by hand, and then takes the renaming back.
    fill(clerk, f"/gremien/{board}/bearbeiten", name="Ausländerbeirat", short_name="AB")
    before = row_of(session, board).version
    assert fill(clerk, f"/gremien/{board}/umbenennung/ruecknahme").status_code == 303
    assert row_of(session, board).version == before + 1


def test_a_renaming_in_a_second_tab_is_told(
    clerk: OfficeClient, registry: Registry, board: int
) -> None:
    path = f"/gremien/{board}/umbenennung"
    form = fields_of(clerk.get(path)) | {"name": "Zweiter", "valid_from": "2015-01-01"}
    rename(registry, board, "Erster", date(2014, 9, 29))
    answer = clerk.post(path, data=form)
    assert answer.status_code == 409
    assert "Erster" in text_of(answer)
    assert "Zweiter" in text_of(answer)


# --- Ends --------------------------------------------------------------------------------------


def test_ending_a_group_ends_what_runs_in_it_on_the_same_day_if_wanted(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    group = registry.organization("Fraktion X", OrganizationKind.GROUP)
    seat = registry.seat(group, cast.nehring)
    ended = registry.seat(group, registry.person("Früher"), end_date=date(2015, 1, 1))
    committee_seat = registry.seat(
        cast.committee, registry.person("Entsandt"), on_behalf_of_id=group
    )
    path = f"/gremien/{group}/ende"
    page = text_of(clerk.get(path))
    assert "Fraktion auflösen" in page
    assert "Eine Mitgliedschaft oder Stellvertretung läuft noch." in page
    assert fill(clerk, path, end_date="2016-12-31").status_code == 303
    assert row_of(session, group).end_date == date(2016, 12, 31)
    days = {one.id: one.end_date for one in session.scalars(select(Membership))}
    assert days[seat] == date(2016, 12, 31)
    assert days[ended] == date(2015, 1, 1)
    assert days[committee_seat] is None
    assert "Entsandt" in text_of(clerk.get(f"/gremien/{group}"))


def test_an_end_without_its_members_is_told_on_the_page(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    path = f"/gremien/{cast.committee}/ende"
    form = fields_of(clerk.get(path)) | {"end_date": "2016-12-31"}
    form.pop("with_seats")
    assert clerk.post(path, data=form).status_code == 303
    session.rollback()
    assert session.scalars(select(Membership)).one().end_date is None
    page = text_of(clerk.get(f"/gremien/{cast.committee}"))
    assert "beendet, aber nicht alles darin" in page
    # The same page ends them later, and no other day is lost.
    assert fill(clerk, path).status_code == 303
    session.rollback()
    assert session.scalars(select(Membership)).one().end_date == date(2016, 12, 31)
    assert "nicht alles darin" not in text_of(clerk.get(f"/gremien/{cast.committee}"))


def test_a_substitute_ends_with_the_committee(registry: Registry, cast: Cast) -> None:
    facts = substitutes.SubstituteFacts(person_id=registry.person("Ersatz"))
    one = substitutes.add_substitute(
        registry.session, registry.actor, cast.committee, facts, registry.now
    )
    row = row_of(registry.session, cast.committee)
    history.end_organization(
        registry.session, registry.actor, row.id, row.version, date(2016, 1, 1), True, registry.now
    )
    assert registry.session.get_one(Substitute, one).end_date == date(2016, 1, 1)


@pytest.mark.parametrize(("day", "word"), [("", "letzten Tag"), ("2013-01-01", "beginnt erst")])
def test_an_end_that_cannot_be_is_refused_at_its_field(
    clerk: OfficeClient, session: Session, cast: Cast, day: str, word: str
) -> None:
    answer = fill(clerk, f"/gremien/{cast.committee}/ende", end_date=day)
    assert answer.status_code == 422
    assert word in text_of(answer)
    assert 'id="end_date-fehler"' in answer.text
    assert row_of(session, cast.committee).end_date is None


def test_an_end_in_a_second_tab_is_told(
    clerk: OfficeClient, registry: Registry, board: int
) -> None:
    path = f"/gremien/{board}/ende"
    form = fields_of(clerk.get(path)) | {"end_date": "2016-12-31"}
    rename(registry, board, "Erster", date(2014, 9, 29))
    assert clerk.post(path, data=form).status_code == 409
    assert row_of(registry.session, board).end_date is None


# --- Terms -------------------------------------------------------------------------------------


@pytest.fixture
def term(registry: Registry) -> int:
    facts = terms.TermFacts(name="6. Wahlperiode", start_date=STARTED)
    return terms.add_term(registry.session, registry.actor, facts, registry.now)


def edit_term(registry: Registry, term: int, end: date | None, *, end_seats: bool = False) -> None:
    registry.session.rollback()
    row = registry.session.get_one(LegislativeTerm, term, populate_existing=True)
    facts = terms.TermFacts(
        name=row.name, start_date=row.start_date, end_date=end, end_seats=end_seats
    )
    terms.edit_term(registry.session, registry.actor, term, row.version, facts, registry.now)


def test_a_committee_ends_with_its_term_and_another_lives_through(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast, term: int
) -> None:
    sent = {"name": "Kulturausschuss", "kind": "committee", "legislative_term_id": str(term)}
    assert fill(clerk, "/gremien/neu", **sent).status_code == 303
    [culture] = session.scalars(select(Organization.id).where(Organization.name == sent["name"]))
    own = registry.organization("Wahlprüfung", legislative_term_id=term, end_date=date(2015, 1, 1))
    seat = registry.seat(culture, cast.nehring)
    edit_term(registry, term, date(2019, 6, 30))
    assert row_of(session, culture).end_date == date(2019, 6, 30)
    assert row_of(session, own).end_date == date(2015, 1, 1)
    assert row_of(session, cast.committee).end_date is None
    assert session.get_one(Membership, seat).end_date is None
    # The term turns out longer, and ends with everybody in it.
    path = f"/koerperschaft/wahlperioden/{term}"
    assert "Kulturausschuss" in text_of(clerk.get(path))
    assert fill(clerk, path, end_date="2019-07-31", end_seats="y").status_code == 303
    assert row_of(session, culture).end_date == date(2019, 7, 31)
    assert session.get_one(Membership, seat).end_date == date(2019, 7, 31)
    assert "Endet mit 6. Wahlperiode" in text_of(clerk.get(f"/gremien/{culture}"))


def test_a_committee_takes_the_last_day_of_a_term_that_is_known(
    registry: Registry, session: Session, term: int
) -> None:
    edit_term(registry, term, date(2019, 6, 30))
    one = registry.organization("Kulturausschuss", legislative_term_id=term)
    assert row_of(session, one).end_date == date(2019, 6, 30)
    with pytest.raises(RuleBroken) as told:
        registry.organization("Zu spät", legislative_term_id=term, start_date=date(2020, 1, 1))
    assert told.value.field == "legislative_term_id"


def test_a_term_that_committees_end_with_is_not_deleted(
    clerk: OfficeClient, registry: Registry, session: Session, term: int
) -> None:
    registry.organization("Kulturausschuss", legislative_term_id=term)
    answer = fill(clerk, f"/koerperschaft/wahlperioden/{term}/loeschung")
    assert answer.status_code == 422
    assert "mit dieser Wahlperiode enden" in text_of(answer)
    session.rollback()
    assert session.get(LegislativeTerm, term) is not None


def test_a_predecessor_is_a_link_and_never_leads_in_a_circle(
    clerk: OfficeClient, registry: Registry, session: Session, board: int
) -> None:
    following = registry.organization("Integrationsbeirat", predecessor_id=board)
    page = clerk.get(f"/gremien/{following}")
    assert f'href="/gremien/{board}"' in page.text
    path = f"/gremien/{board}/bearbeiten"
    answer = fill(clerk, path, predecessor_id=str(following))
    assert answer.status_code == 422
    assert 'id="predecessor_id-fehler"' in answer.text
    # Nor is a committee deleted that others came from.
    refused = fill(clerk, f"/gremien/{board}/loeschung")
    assert refused.status_code == 422
    assert "1 Nachfolgegremium" in text_of(refused)


def test_a_steering_group_is_told_from_what_the_law_knows(
    clerk: OfficeClient, session: Session
) -> None:
    form = fields_of(clerk.get("/gremien/neu")) | {
        "name": "Steuerungsgruppe Integrationskonzept", "kind": "other",
    }  # fmt: skip
    assert form.pop("statutory") == ["y"]
    answer = clerk.post("/gremien/neu", data=form)
    assert answer.status_code == 303
    assert "Vorgesehen in Gesetz oder Satzung nein" in text_of(clerk.get(answer.location))


def test_rows_of_another_body_are_no_choice(
    registry: Registry, session: Session, cast: Cast, now: datetime, board: int, term: int
) -> None:
    theirs = Registry.of(session, cast.stranger, now)
    for facts in ({"predecessor_id": board}, {"legislative_term_id": term}):
        with pytest.raises(LookupError):
            theirs.organization("Fremd", **facts)


def test_these_pages_are_the_own_offices_business(
    stranger: OfficeClient, member: OfficeClient, cast: Cast
) -> None:
    here = f"/gremien/{cast.committee}"
    for client in (stranger, member):
        for page in ("umbenennung", "umbenennung/ruecknahme", "ende", "zusammensetzung"):
            assert client.get(f"{here}/{page}").status_code == 404, page
            sent = client.submit(f"{here}/{page}", {"version": "1"}, page="/konto")
            assert sent.status_code == 404, page


def test_two_who_rename_at_once_do_not_overwrite_each_other(registry: Registry, board: int) -> None:
    version = row_of(registry.session, board).version
    new = history.NewName(name="Erster", valid_from=date(2014, 9, 29))
    args = (registry.session, registry.actor, board, version)
    history.rename_organization(*args, new, registry.now)
    with pytest.raises(Stale):
        history.undo_rename(*args, registry.now + timedelta(minutes=1))
