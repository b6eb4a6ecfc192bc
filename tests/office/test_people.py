"""The pages of persons."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.record.people import Person
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.registry import Registry

PERSON = {
    "family_name": "Kratzsch",
    "given_name": "Vanessa",
    "title": "Dr.",
    "form_of_address": "Frau",
    "email": "kratzsch@landkreis.example",
    "phone": "03904 7240",
    "note": "erreichbar ab 10 Uhr",
}


def test_a_person_is_entered_and_shown_with_what_the_office_knows(clerk: OfficeClient) -> None:
    answer = clerk.submit("/personen/neu", PERSON)
    assert answer.status_code == 303
    page = text_of(clerk.get(answer.location))
    for text in ("Dr. Vanessa Kratzsch", "03904 7240", "erreichbar ab 10 Uhr"):
        assert text in page


def test_the_notice_names_nobody(clerk: OfficeClient) -> None:
    answer = clerk.submit("/personen/neu", PERSON)
    assert "Die Person ist angelegt." in text_of(clerk.get(answer.location))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"family_name": " "}, "family_name"),
        ({"given_name": "x" * 201}, "given_name"),
        ({"phone": "0" * 51}, "phone"),
        ({"note": "x" * 5_001}, "note"),
    ],
)
def test_each_error_stands_at_its_field_and_the_rest_is_kept(
    clerk: OfficeClient, session: Session, change: dict[str, str], field: str
) -> None:
    answer = clerk.submit("/personen/neu", PERSON | change)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert f'id="{field}-fehler"' in page
    assert "kratzsch@landkreis.example" in page
    assert len(session.scalars(select(Person)).all()) == 1


def test_a_name_that_is_known_asks_for_a_second_look(clerk: OfficeClient) -> None:
    sent = PERSON | {"family_name": "Nehring", "given_name": "Jürgen"}
    answer = clerk.submit("/personen/neu", sent)
    assert answer.status_code == 422
    assert 'id="namesake-fehler"' in answer.get_data(as_text=True)
    assert clerk.submit("/personen/neu", sent | {"namesake": "y"}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("özt", ["Öztürk"]),
        ("ÖZTÜRK", ["Öztürk"]),
        ("nehring jürgen", ["Nehring"]),
        ("nehring petra", []),
        ("100%", []),
    ],
)
def test_the_search_looks_for_every_word_whatever_its_case(
    clerk: OfficeClient, registry: Registry, typed: str, found: list[str]
) -> None:
    registry.person("Öztürk", given_name="Ömer")
    page = text_of(clerk.get("/personen", query_string={"suche": typed}))
    assert [name for name in ("Nehring, J", "Öztürk, Ö") if name in page] == [
        name for name in ("Nehring, J", "Öztürk, Ö") if name.split(",")[0] in found
    ]


def test_a_long_list_has_pages(clerk: OfficeClient, registry: Registry, session: Session) -> None:
    stamps = {"created_at": registry.now, "modified_at": registry.now}
    session.add_all(
        Person(body_id=registry.actor.home, family_name=f"Nr{number:03}", **stamps)
        for number in range(120)
    )
    session.commit()
    first, second = (text_of(clerk.get(f"/personen?seite={number}")) for number in (1, 2))
    assert "121 Personen" in first
    assert "Nr000" in first
    assert "Nr119" not in first
    assert "Nr119" in second
    assert clerk.get("/personen?seite=zwei").status_code == 200


def test_a_second_tab_does_not_overwrite_the_first(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    person = registry.person("Kratzsch")
    path = f"/personen/{person}/bearbeiten"
    assert clerk.submit(path, PERSON | {"note": "erste", "version": "1"}).status_code == 303
    answer = clerk.submit(path, PERSON | {"note": "zweite", "version": "1"})
    assert answer.status_code == 409
    assert "erste" in text_of(answer)
    assert "zweite" in text_of(answer)
    session.rollback()
    assert session.get_one(Person, person).note == "erste"


def test_a_person_who_sits_somewhere_is_not_deleted(
    clerk: OfficeClient, session: Session, cast: Cast
) -> None:
    answer = clerk.submit(f"/personen/{cast.nehring}/loeschung", {"version": "1"})
    assert answer.status_code == 422
    assert "kann deshalb nicht gelöscht werden" in text_of(answer)
    session.rollback()
    assert session.get(Person, cast.nehring) is not None


def test_a_person_entered_by_mistake_is_deleted(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    person = registry.person("Irrtum")
    assert clerk.submit(f"/personen/{person}/loeschung", {"version": "1"}).status_code == 303
    session.rollback()
    assert session.get(Person, person) is None


def test_persons_are_the_own_offices_business(
    stranger: OfficeClient, member: OfficeClient, cast: Cast
) -> None:
    here = f"/personen/{cast.nehring}"
    for client in (stranger, member):
        for path in (here, f"{here}/bearbeiten", f"{here}/loeschung"):
            assert client.get(path).status_code == 404, path
    assert "Nehring" not in text_of(stranger.get("/personen"))
    assert member.get("/personen").status_code == 404
