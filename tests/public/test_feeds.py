"""The calendars of meetings, read back as calendar programs do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.support import public_data as county_data
from tests.support.ical_check import (
    assert_strict,
    read_with_icalendar,
    read_with_second_parser,
)

WHOLE = "/kalender.ics"
ONE = f"/sitzungen/{county_data.MEETING.uid}.ics"
FEEDS = (
    WHOLE,
    ONE,
    f"/kalender/{county_data.BODY.uid}.ics",
    f"/gremien/{county_data.COMMITTEE.uid}/kalender.ics",
)


def uids(client: FlaskClient, address: str) -> set[str]:
    return {event["uid"] for event in read_with_icalendar(client.get(address).data)}


def event_uid(meeting_uid: str) -> str:
    return f"sitzung-{meeting_uid}@kalender.example.de"


@pytest.mark.parametrize("address", FEEDS)
def test_every_calendar_is_read_alike_by_two_programs(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert_strict(answer.data)
    assert read_with_icalendar(answer.data) == read_with_second_parser(answer.data)


def test_an_event_tells_what_the_page_tells(client: FlaskClient) -> None:
    (event,) = read_with_icalendar(client.get(ONE).data)
    assert event["uid"] == event_uid(county_data.MEETING.uid)
    assert event["summary"] == county_data.MEETING.name
    assert event["start"] == county_data.MEETING.start
    assert event["end"] == county_data.MEETING.end
    assert event["sequence"] == 1
    assert event["location"] == (
        "- Sitzungsraum II -, Landkreis Börde, Verwaltungsgebäude, Gerikestraße 104, "
        "39340 Haldensleben"
    )
    page = f"https://sitzungen.example.de/sitzungen/{county_data.MEETING.uid}"
    assert event["url"] == page
    lines = event["description"].splitlines()
    assert lines[0] == "Kultur- und Sozialausschuss"
    assert "Ö 5.1 " + county_data.TITLE in lines
    assert lines.index("Ö 9 Anfragen") < lines.index("Ö 10 Schließung des öffentlichen Teils")
    assert lines[-4:-2] == ["N 1 Vertragsangelegenheit", "N 2 Nichtöffentlicher Tagesordnungspunkt"]
    assert lines[-1] == page


def test_a_single_meeting_comes_as_a_file_and_a_feed_does_not(client: FlaskClient) -> None:
    assert client.get(ONE).headers["Content-Disposition"].startswith("attachment;")
    assert "Content-Disposition" not in client.get(WHOLE).headers


def test_the_stamp_is_the_last_release(client: FlaskClient) -> None:
    assert b"DTSTAMP:20170502T080000Z" in client.get(ONE).data
    assert b"CREATED:20170405T080000Z" in client.get(ONE).data


def test_an_address_does_not_follow_the_servers_name(client: FlaskClient) -> None:
    answer = client.get(WHOLE, headers={"Host": "boese.example"})
    assert b"boese.example" not in answer.data


def test_everything_that_was_and_is_to_come_is_told(client: FlaskClient, county: Engine) -> None:
    old = replace(
        county_data.EARLIER,
        uid=county_data.uid("old"),
        start=datetime(2006, 5, 9, 21, 59, tzinfo=UTC),
        end=None,
    )
    county_data.file(county, old)
    assert uids(client, WHOLE) == {
        event_uid(one.uid)
        for one in (
            old,
            county_data.EARLIER,
            county_data.MEETING,
            county_data.COMING,
            county_data.CANCELLED,
            county_data.PLANNED,
        )
    }


def test_a_kept_feed_changes_with_every_release(client: FlaskClient, county: Engine) -> None:
    before = client.get(WHOLE)
    assert client.get(WHOLE).data == before.data
    moved = replace(county_data.COMING, name="verlegte Sitzung")
    county_data.file(county, moved)
    after = client.get(WHOLE, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert b"verlegte Sitzung" in after.data


def test_a_cancelled_meeting_stays_for_thirty_days(app: Flask, client: FlaskClient) -> None:
    cancelled = event_uid(county_data.CANCELLED.uid)
    (event,) = [
        one for one in read_with_icalendar(client.get(WHOLE).data) if one["uid"] == cancelled
    ]
    assert event["status"] == "CANCELLED"
    assert event["sequence"] == 2
    last_day = datetime(2017, 6, 30, 21, 59, tzinfo=UTC)
    app.config["CLOCK"] = lambda: last_day
    assert cancelled in uids(client, WHOLE)
    app.config["CLOCK"] = lambda: last_day + timedelta(minutes=1)
    assert cancelled not in uids(client, WHOLE)


def test_a_committees_calendar_holds_its_own_meetings(client: FlaskClient) -> None:
    found = uids(client, f"/gremien/{county_data.COUNCIL.uid}/kalender.ics")
    assert found == {event_uid(county_data.COMING.uid)}


def test_a_meeting_without_a_date_is_in_no_calendar(client: FlaskClient, county: Engine) -> None:
    county_data.file(county, replace(county_data.PLANNED, start=None))
    assert event_uid(county_data.PLANNED.uid) not in uids(client, WHOLE)
    assert uids(client, f"/sitzungen/{county_data.PLANNED.uid}.ics") == set()


def test_non_public_facts_never_reach_a_calendar(client: FlaskClient, county: Engine) -> None:
    county_data.file(county, replace(county_data.PLAIN["N 1"], deliberation="Geheim"))
    assert b"Geheim" not in client.get(WHOLE).data


@pytest.mark.parametrize("address", FEEDS)
def test_an_unchanged_calendar_is_not_sent_again(
    app: Flask, client: FlaskClient, address: str
) -> None:
    tag = client.get(address).headers["ETag"]
    app.config["CLOCK"] = lambda: county_data.NOW + timedelta(hours=5)
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 304


def test_a_new_agenda_item_changes_the_calendar(client: FlaskClient, county: Engine) -> None:
    before = client.get(WHOLE).headers["ETag"]
    county_data.file(county, replace(county_data.PLAIN["Ö 1"], name="Begrüßung"))
    answer = client.get(WHOLE, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert "Ö 1 Begrüßung" in answer.text.replace("\r\n ", "")
