"""Committees, groups and people."""

import re
from dataclasses import replace
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.public.organization_page import period
from tests.public.reading import addresses, fields, text
from tests.support import public_data as county_data

PAGE = f"/gremien/{county_data.COMMITTEE.uid}"


def test_the_list_stands_by_type(client: FlaskClient) -> None:
    page = text(client.get("/gremien").text)
    order = [
        page.index(words)
        for words in (
            "Vertretung und Ausschüsse",
            "Kreistag Vertretung",
            "Kultur- und Sozialausschuss Ausschuss",
            "Fraktionen",
            "Fraktion Mitte",
            "Verwaltung",
            "Fachbereich 3",
        )
    ]
    assert order == sorted(order)


def test_a_former_committee_is_folded_away(client: FlaskClient, county: Engine) -> None:
    county_data.file(county, replace(county_data.COUNCIL, end_date=date(2017, 5, 9)))
    page = client.get("/gremien").text
    assert page.index("<summary") < page.index("Kreistag")
    assert "bis 09.05.2017" in page


def test_a_committees_last_day_belongs_to_it(client: FlaskClient, county: Engine) -> None:
    county_data.file(county, replace(county_data.COUNCIL, end_date=date(2017, 5, 10)))
    assert "<summary" not in client.get("/gremien").text


def test_the_page_tells_the_committees_facts(client: FlaskClient) -> None:
    assert fields(client.get(PAGE).text) == {
        "Bezeichnung": "Kultur- und Sozialausschuss",
        "Kurzbezeichnung": "KSA",
        "Art": "Ausschuss",
        "Sitze": "4",
        "Zeitraum": "seit 01.07.2014",
    }


def test_members_stand_with_the_chair_first_and_then_by_name(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    current = page[: page.index("Frühere Mitglieder")]
    names = re.findall(r'href="/personen/[^"]*">([^<]*)<', current)
    assert names == ["Bernd Zabel", "Clara Ahrens", "Änne Öhlmann"]
    words = text(current)
    assert "Bernd Zabel Vorsitz mit Stimmrecht seit 01.07.2014" in words
    assert "Änne Öhlmann Mitglied mit Stimmrecht Fraktion Mitte seit 01.07.2014" in words
    assert "sachkundiger Einwohner beratend" in words


def test_former_members_are_folded_away(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    folded = page[page.index("<summary") : page.index("</details>")]
    assert "Detlef Meyer Mitglied mit Stimmrecht 01.07.2014 - 31.12.2016" in text(folded)


def test_a_withdrawn_person_is_no_member(client: FlaskClient, county: Engine) -> None:
    county_data.withdraw(county, county_data.PEOPLE[1].uid)
    assert "Zabel" not in client.get(PAGE).text


def test_next_and_past_meetings_are_linked(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    found = [one for one in addresses(page) if one.startswith("/sitzungen/")]
    assert found == [
        f"/sitzungen/{one.uid}"
        for one in (
            county_data.CANCELLED,
            county_data.PLANNED,
            county_data.MEETING,
            county_data.EARLIER,
        )
    ]
    assert county_data.COMING.name not in page


def test_the_committees_calendar_can_be_subscribed_to(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    address = f"sitzungen.example.de/gremien/{county_data.COMMITTEE.uid}/kalender.ics"
    assert f"webcal://{address}" in addresses(page)
    assert f"https://{address}" in text(page)


def test_an_administrative_unit_has_no_calendar(client: FlaskClient) -> None:
    assert "abonnieren-titel" not in client.get(f"/gremien/{county_data.UNIT.uid}").text


def test_a_person_is_shown_by_name_and_memberships(client: FlaskClient) -> None:
    page = text(client.get(f"/personen/{county_data.PEOPLE[0].uid}").text)
    assert "Änne Öhlmann" in page
    row = "Kultur- und Sozialausschuss Mitglied mit Stimmrecht Fraktion Mitte seit 01.07.2014"
    assert row in page


def test_former_memberships_are_folded_away(client: FlaskClient) -> None:
    page = client.get(f"/personen/{county_data.PEOPLE[3].uid}").text
    assert "Derzeit ist keine Mitgliedschaft veröffentlicht." in page
    assert page.index("<summary") < page.index("01.07.2014 - 31.12.2016")


def test_a_time_is_told_from_what_is_known() -> None:
    start, end = date(2014, 7, 1), date(2019, 6, 30)
    assert period(start, end) == "01.07.2014 - 30.06.2019"
    assert period(start, None) == "seit 01.07.2014"
    assert period(None, end) == "bis 30.06.2019"
    assert period(None, None) == ""
