"""The calendar of meetings as a page."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.public.choices import month_after, month_before, month_or
from sitzungsdienst.publication.types import PublicBody, PublicMeeting, PublicOrganization
from tests.public.reading import addresses, text
from tests.support import public_data as county_data

TOWN = PublicBody(uid=county_data.uid("town"), name="Stadt Musterau")
TOWN_COUNCIL = PublicOrganization(
    uid=county_data.uid("town council"),
    body=TOWN.uid,
    name="Stadtrat",
    organization_type="Gremium",
)
TOWN_MEETING = PublicMeeting(
    uid=county_data.uid("town meeting"),
    body=TOWN.uid,
    name="Sitzung des Stadtrates",
    meeting_state="eingeladen",
    start=datetime(2017, 5, 18, 16, 0, tzinfo=UTC),
    organization=(TOWN_COUNCIL.uid,),
)


@pytest.fixture
def two_bodies(county: Engine, client: FlaskClient) -> FlaskClient:
    """The county's pages with a town beside it."""
    county_data.file(county, TOWN, TOWN_COUNCIL, TOWN_MEETING)
    return client


def test_what_comes_next_stands_first(client: FlaskClient) -> None:
    page = text(client.get("/").text)
    order = [
        page.index(words)
        for words in (
            "Nächste Sitzungen",
            county_data.COMING.name,
            county_data.PLANNED.name,
            "Zuletzt",
            county_data.MEETING.name,
            county_data.EARLIER.name,
        )
    ]
    assert order == sorted(order)


def test_what_is_still_to_come_is_never_among_the_last(client: FlaskClient) -> None:
    page = text(client.get("/").text)
    last = page[page.index("Zuletzt") :]
    assert county_data.COMING.name not in last
    assert county_data.PLANNED.name not in last


def test_a_meeting_of_today_is_still_to_come(app: Flask, client: FlaskClient) -> None:
    app.config["CLOCK"] = lambda: datetime(2017, 4, 19, 20, 0, tzinfo=UTC)
    page = text(client.get("/").text)
    assert page.index(county_data.MEETING.name) < page.index("Zuletzt")


def test_a_cancelled_meeting_is_struck_through(client: FlaskClient) -> None:
    page = client.get("/").text
    assert f"<s>{county_data.CANCELLED.name}</s>" in page
    assert "<s>Mi, 31.05.2017</s>" in page
    assert "abgesagt" in page
    assert f"<s>{county_data.COMING.name}</s>" not in page


def test_a_month_shows_its_meetings_and_its_neighbours(client: FlaskClient) -> None:
    page = client.get("/?monat=2017-04").text
    assert "Sitzungen im April 2017" in page
    assert county_data.MEETING.name in page
    assert "Mi, 19.04.2017" in page
    assert "17:00 - 18:55" in page
    assert county_data.COMING.name not in page
    assert {"/?monat=2017-03", "/?monat=2017-05"} <= set(addresses(page))


def test_a_month_without_meetings_says_so(client: FlaskClient) -> None:
    assert (
        "In diesem Monat ist keine Sitzung bekannt gemacht." in client.get("/?monat=2001-01").text
    )


def test_a_month_begins_and_ends_on_the_clock_of_berlin(
    client: FlaskClient, county: Engine
) -> None:
    late = datetime(2017, 6, 30, 22, 30, tzinfo=UTC)  # 0.30 on 1 July in Berlin
    county_data.file(county, replace(county_data.PLANNED, start=late))
    assert county_data.PLANNED.name not in client.get("/?monat=2017-06").text
    assert county_data.PLANNED.name in client.get("/?monat=2017-07").text


@pytest.mark.parametrize(
    "month", ["", "2017", "2017-13", "2017-00", "٢٠١٧-٠٤", "0000-01", "x" * 300]
)
def test_a_month_that_is_none_shows_the_present_one(client: FlaskClient, month: str) -> None:
    answer = client.get("/", query_string={"monat": month})
    assert answer.status_code == 200
    assert "Mai 2017" in answer.text


def test_months_follow_one_another_over_the_new_year() -> None:
    assert month_before(date(2017, 1, 1)) == date(2016, 12, 1)
    assert month_after(date(2016, 12, 1)) == date(2017, 1, 1)
    assert month_or("9998-12", date(2017, 5, 10)) == date(9998, 12, 1)
    assert month_or("9999-12", date(2017, 5, 10)) == date(2017, 5, 1)


def test_the_calendar_can_be_narrowed_to_a_committee(client: FlaskClient) -> None:
    page = client.get("/", query_string={"gremium": county_data.COUNCIL.uid}).text
    assert county_data.COMING.name in page
    assert county_data.MEETING.name not in page
    assert f'value="{county_data.COUNCIL.uid}" selected' in page
    feed = f"/gremien/{county_data.COUNCIL.uid}/kalender.ics"
    assert f"https://sitzungen.example.de{feed}" in page
    assert f"/?monat=2017-04&gremium={county_data.COUNCIL.uid}" in addresses(page)


def test_an_unknown_committee_finds_nothing(client: FlaskClient) -> None:
    answer = client.get("/?gremium=nirgends")
    assert answer.status_code == 200
    assert "Derzeit ist keine Sitzung angekündigt." in answer.text


@pytest.mark.parametrize("name", ["monat", "gremium", "koerperschaft"])
def test_characters_that_nobody_can_type_do_no_harm(client: FlaskClient, name: str) -> None:
    plain = client.get("/", query_string={name: "x"})
    odd = client.get(f"/?{name}=%00x%01%ED%A0%80")
    assert (plain.status_code, odd.status_code) == (200, 200)
    assert "\0" not in odd.text


def test_administrative_units_and_groups_are_no_choice(client: FlaskClient) -> None:
    page = client.get("/").text
    assert f'value="{county_data.COMMITTEE.uid}"' in page
    assert county_data.UNIT.uid not in page
    assert county_data.GROUP.uid not in page


def test_one_body_needs_no_filter(client: FlaskClient) -> None:
    assert 'name="koerperschaft"' not in client.get("/").text


def test_several_bodies_are_told_apart(two_bodies: FlaskClient) -> None:
    page = two_bodies.get("/").text
    assert 'name="koerperschaft"' in page
    assert "Stadtrat · Stadt Musterau" in text(page)
    only = two_bodies.get("/", query_string={"koerperschaft": TOWN.uid}).text
    assert TOWN_MEETING.name in only
    assert county_data.COMING.name not in only
    assert f"https://sitzungen.example.de/kalender/{TOWN.uid}.ics" in only


def test_committees_of_several_bodies_are_told_apart(two_bodies: FlaskClient) -> None:
    everything = text(two_bodies.get("/").text)
    assert "Kreistag (LK Börde)" in everything
    assert "Stadtrat (Stadt Musterau)" in everything
    only = two_bodies.get("/", query_string={"koerperschaft": TOWN.uid}).text
    assert "Stadtrat (Stadt Musterau)" in only
    assert "Kreistag" not in only


def test_a_page_bears_the_name_of_its_body(two_bodies: FlaskClient) -> None:
    assert "– Bürgerinformation</title>" in two_bodies.get("/").text
    page = two_bodies.get(f"/sitzungen/{TOWN_MEETING.uid}").text
    assert "– Bürgerinformation Stadt Musterau</title>" in page
    assert '<span class="sd-brand__name">Stadt Musterau</span>' in page


def test_the_calendar_can_be_subscribed_to(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "webcal://sitzungen.example.de/kalender.ics" in addresses(page)
    assert "https://sitzungen.example.de/kalender.ics" in text(page)
