"""Single objects: what they say, how, and what they never say."""

import json
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.oparl.addresses import NAMES, Addresses
from sitzungsdienst.oparl.ballots import item_facts
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.results import (
    PublicAnnouncement,
    PublicResolution,
    PublicStance,
)
from sitzungsdienst.publication.types import DOCUMENT_TYPES
from tests.oparl import cast
from tests.oparl.cast import PUBLIC_URL, RELEASED
from tests.publication import cast as town
from tests.publication.cast import file, uid, withdraw

ROOT = f"{PUBLIC_URL}/oparl/v1.1"
PREFIX = "Sitzungsdienst:"


def get(client: FlaskClient, kind: Kind, name: str) -> dict[str, Any]:
    response = client.get(f"/oparl/v1.1/{NAMES[kind]}/{name}")
    assert response.status_code == 200
    written: dict[str, Any] = response.get_json()
    return written


def address(kind: Kind, name: str) -> str:
    return f"{ROOT}/{NAMES[kind]}/{name}"


def test_the_entry_point_is_a_system(client: FlaskClient) -> None:
    assert client.get("/oparl/v1.1/system").get_json() == {
        "id": f"{ROOT}/system",
        "type": "https://schema.oparl.org/1.1/System",
        "oparlVersion": "https://schema.oparl.org/1.1/",
        "created": "2026-03-02T12:00:00+01:00",
        "modified": "2026-03-02T12:00:00+01:00",
        "name": "Bürgerinformation Musterau",
        "body": f"{ROOT}/bodies",
        "contactName": "Ratsbüro",
        "contactEmail": "ratsbuero@musterau.example",
        "license": "https://www.govdata.de/dl-de/zero-2-0",
        "website": f"{PUBLIC_URL}/",
        "web": f"{PUBLIC_URL}/",
    }


@pytest.mark.parametrize("document", cast.DOCUMENTS, ids=lambda one: f"{one.KIND}")
def test_an_object_is_known_by_the_address_it_is_found_under(
    client: FlaskClient, document: Any
) -> None:
    written = get(client, document.KIND, document.uid)
    assert written["id"] == address(document.KIND, document.uid)
    assert written["type"] == f"https://schema.oparl.org/1.1/{document.KIND}"
    assert written["created"] == written["modified"] == "2026-03-02T12:00:00+01:00"
    assert "deleted" not in written


def test_a_meeting_holds_its_place_its_files_and_its_agenda(client: FlaskClient) -> None:
    meeting = get(client, Kind.MEETING, town.MEETING.uid)
    assert meeting["start"] == "2026-03-10T17:00:00+01:00"
    assert meeting["cancelled"] is False
    assert meeting["meetingState"] == "eingeladen"
    assert meeting["organization"] == [address(Kind.ORGANIZATION, town.COMMITTEE.uid)]
    assert meeting["web"] == f"{PUBLIC_URL}/sitzungen/{town.MEETING.uid}"
    assert (meeting["location"]["description"], meeting["location"]["room"]) == (
        "Rathaus",
        "Saal 1",
    )
    assert meeting["invitation"]["accessUrl"] == f"{PUBLIC_URL}/dateien/{town.INVITATION.uid}"
    assert [item["order"] for item in meeting["agendaItem"]] == [0, 1, 2]
    assert [item["number"] for item in meeting["agendaItem"]] == ["Ö 1", "Ö 2", "N 1"]
    assert [item["public"] for item in meeting["agendaItem"]] == [True, True, False]
    assert "auxiliaryFile" not in meeting  # the excerpt stands at its item


def test_local_time_changes_with_the_season(engine: Engine, client: FlaskClient) -> None:
    summer = replace(town.MEETING, start=town.NOON.replace(month=7))
    file(engine, summer, minutes=1)
    assert get(client, Kind.MEETING, summer.uid)["start"] == "2026-07-02T13:00:00+02:00"


def test_what_is_embedded_leaves_out_the_way_back(client: FlaskClient) -> None:
    meeting = get(client, Kind.MEETING, town.MEETING.uid)
    paper = get(client, Kind.PAPER, town.PAPER.uid)
    person = get(client, Kind.PERSON, town.PERSON.uid)
    body = get(client, Kind.BODY, town.BODY.uid)
    assert all("meeting" not in item for item in meeting["agendaItem"])
    assert "meetings" not in meeting["location"]
    assert not {"meeting", "agendaItem", "paper"} & meeting["invitation"].keys()
    assert not {"meeting", "agendaItem", "paper"} & paper["mainFile"].keys()
    assert "paper" not in paper["consultation"][0]
    assert "person" not in person["membership"][0]
    assert "body" not in body["legislativeTerm"][0]


def test_what_is_embedded_names_the_way_back_when_it_stands_alone(client: FlaskClient) -> None:
    meeting = address(Kind.MEETING, town.MEETING.uid)
    paper = address(Kind.PAPER, town.PAPER.uid)
    assert get(client, Kind.AGENDA_ITEM, town.FIRST.uid)["meeting"] == meeting
    assert get(client, Kind.LOCATION, town.LOCATION.uid)["meetings"] == [meeting]
    assert get(client, Kind.FILE, town.INVITATION.uid)["meeting"] == [meeting]
    assert get(client, Kind.FILE, town.PAPER_FILE.uid)["paper"] == [paper]
    assert get(client, Kind.CONSULTATION, town.CONSULTATION.uid)["paper"] == paper
    membership = get(client, Kind.MEMBERSHIP, town.MEMBERSHIP.uid)
    assert membership["person"] == address(Kind.PERSON, town.PERSON.uid)
    body = address(Kind.BODY, town.BODY.uid)
    assert get(client, Kind.LEGISLATIVE_TERM, town.TERM.uid)["body"] == body


def test_a_committee_names_its_memberships_without_embedding_them(client: FlaskClient) -> None:
    committee = get(client, Kind.ORGANIZATION, town.COMMITTEE.uid)
    assert committee["membership"] == [address(Kind.MEMBERSHIP, town.MEMBERSHIP.uid)]
    own = address(Kind.ORGANIZATION, town.COMMITTEE.uid)
    assert (committee["meeting"], committee["consultation"]) == (
        f"{own}/meetings",
        f"{own}/consultations",
    )


def test_a_body_without_terms_says_so(engine: Engine, client: FlaskClient) -> None:
    withdraw(engine, town.TERM.uid)
    assert get(client, Kind.BODY, town.BODY.uid)["legislativeTerm"] == []


def test_an_item_counts_its_place_as_the_public_sees_it(
    engine: Engine, client: FlaskClient
) -> None:
    withdraw(engine, town.FIRST.uid, minutes=1)
    assert get(client, Kind.AGENDA_ITEM, town.CLOSED.uid)["order"] == 1
    items = get(client, Kind.MEETING, town.MEETING.uid)["agendaItem"]
    assert [item["order"] for item in items] == [0, 1]


def test_a_released_item_says_how_each_ballot_went(client: FlaskClient) -> None:
    item = get(client, Kind.AGENDA_ITEM, RELEASED.uid)
    assert item["resolutionText"] == "Die Brücke wird gebaut."
    assert item["resolutionFile"]["id"] == address(Kind.FILE, cast.EXCERPT.uid)
    assert item["web"] == f"{PUBLIC_URL}/auszuege/{RELEASED.uid}"
    assert item[f"{PREFIX}ballotResult"] == ["mehrheitlich beschlossen", "einstimmig beschlossen"]
    assert item[f"{PREFIX}ballotYes"] == [14, None]
    assert item[f"{PREFIX}ballotVotes"] == [["Änne Öhm: Ja"], []]
    assert f"{PREFIX}ballotPresent" not in item
    embedded = get(client, Kind.MEETING, town.MEETING.uid)["agendaItem"][1]
    assert {key: item[key] for key in embedded} == embedded


def test_an_item_without_excerpt_leads_to_its_meeting(client: FlaskClient) -> None:
    web = f"{PUBLIC_URL}/sitzungen/{town.MEETING.uid}"
    assert get(client, Kind.AGENDA_ITEM, town.FIRST.uid)["web"] == web
    assert get(client, Kind.AGENDA_ITEM, town.CLOSED.uid)["web"] == web


def test_a_file_says_where_its_bytes_are(client: FlaskClient) -> None:
    written = get(client, Kind.FILE, town.PAPER_FILE.uid)
    assert written["accessUrl"] == f"{PUBLIC_URL}/dateien/{town.PAPER_FILE.uid}"
    assert written["downloadUrl"] == (
        f"{PUBLIC_URL}/dateien/{town.PAPER_FILE.uid}/herunterladen/"
        "Vorlage%202026-0042%20f%C3%BCr%20%C3%96hm.pdf"
    )
    assert written["sha512Checksum"] == town.PAPER_FILE.sha512_checksum
    assert (written["size"], written["mimeType"]) == (len(town.PAPER_BYTES), "application/pdf")


def test_files_that_no_property_names_are_auxiliary(engine: Engine, client: FlaskClient) -> None:
    more = [
        replace(town.INVITATION, uid=uid("map"), name="Karte"),
        replace(town.INVITATION, uid=uid("plan"), name="Plan", meeting=(), paper=(town.PAPER.uid,)),
        replace(
            town.INVITATION, uid=uid("list"), name="Liste", meeting=(), agenda_item=(RELEASED.uid,)
        ),
    ]
    file(engine, *more, minutes=1)
    meeting = get(client, Kind.MEETING, town.MEETING.uid)
    assert [one["name"] for one in meeting["auxiliaryFile"]] == ["Karte"]
    assert [one["name"] for one in meeting["agendaItem"][1]["auxiliaryFile"]] == ["Liste"]
    paper = get(client, Kind.PAPER, town.PAPER.uid)
    assert [one["name"] for one in paper["auxiliaryFile"]] == ["Plan"]
    assert paper["mainFile"]["name"] == "Vorlage 2026/0042"


def test_text_is_text_and_not_markup(client: FlaskClient) -> None:
    response = client.get(f"/oparl/v1.1/paper/{town.PAPER.uid}")
    assert "Neubau der Brücke <am Anger> & Umfeld" in response.get_data(as_text=True)


def test_a_withdrawn_object_says_only_that_it_is_gone(engine: Engine, client: FlaskClient) -> None:
    withdraw(engine, town.MEETING.uid, minutes=5)
    assert get(client, Kind.MEETING, town.MEETING.uid) == {
        "id": address(Kind.MEETING, town.MEETING.uid),
        "type": "https://schema.oparl.org/1.1/Meeting",
        "created": "2026-03-02T12:00:00+01:00",
        "modified": "2026-03-02T12:05:00+01:00",
        "deleted": True,
    }
    assert get(client, Kind.AGENDA_ITEM, town.CLOSED.uid)["deleted"] is True
    assert get(client, Kind.FILE, town.INVITATION.uid)["deleted"] is True


def test_nothing_shows_or_leads_to_what_was_withdrawn(engine: Engine, client: FlaskClient) -> None:
    gone = (town.CONSULTATION, town.LOCATION, town.INVITATION, town.MEMBERSHIP, cast.EXCERPT)
    withdraw(engine, *(one.uid for one in gone), minutes=5)
    for document in cast.DOCUMENTS:
        if document not in gone:
            text = json.dumps(get(client, document.KIND, document.uid))
            assert not [one.KIND for one in gone if one.uid in text]
    meeting = get(client, Kind.MEETING, town.MEETING.uid)
    assert not {"location", "invitation"} & meeting.keys()
    assert "consultation" not in meeting["agendaItem"][1]


def test_lists_of_links_leave_out_what_was_withdrawn(engine: Engine, client: FlaskClient) -> None:
    other = replace(town.COMMITTEE, uid=uid("other"), name="Hauptausschuss")
    both = replace(town.MEETING, organization=(town.COMMITTEE.uid, other.uid))
    file(engine, other, both, minutes=1)
    withdraw(engine, town.COMMITTEE.uid, minutes=2)
    meeting = get(client, Kind.MEETING, town.MEETING.uid)
    assert meeting["organization"] == [address(Kind.ORGANIZATION, other.uid)]
    assert meeting["modified"] == "2026-03-02T12:02:00+01:00"
    assert "organization" not in get(client, Kind.CONSULTATION, town.CONSULTATION.uid)


def test_only_a_public_item_has_a_page_of_its_own() -> None:
    addresses = Addresses(PUBLIC_URL)
    assert "/auszuege/" in addresses.web(RELEASED)
    assert "/sitzungen/" in addresses.web(replace(RELEASED, public=False))
    assert "/sitzungen/" in addresses.web(replace(RELEASED, standing=""))


def test_a_file_name_that_breaks_an_address_gives_none() -> None:
    addresses = Addresses(PUBLIC_URL)
    assert addresses.file_download(replace(town.INVITATION, file_name="a/b.pdf")) == ""
    assert addresses.file_download(replace(town.INVITATION, file_name="")) == ""


def test_facts_for_look_ups_only_are_never_shown(client: FlaskClient) -> None:
    for document in cast.DOCUMENTS:
        written = json.dumps(get(client, document.KIND, document.uid))
        assert '"_' not in written


def test_every_property_of_our_own_is_explained() -> None:
    page = (Path(__file__).parents[2] / "docs" / "oparl.md").read_text("utf-8")
    explained = set(re.findall(r"`Sitzungsdienst:(\w+)`", page))
    filed = {
        name.removeprefix(PREFIX)
        for cls in DOCUMENT_TYPES.values()
        for name in (field.metadata["name"] for field in fields(cls))
        if name.startswith(PREFIX)
    }
    full = replace(
        RELEASED.ballots[0], invalid=1, present=20, recused=1, entitled=25, motion="a",
        moved_by="b", requirement="c", committee="d",
        stances=(PublicStance(label="die Fraktion", choice="Nein"),),
    )  # fmt: skip
    told = replace(
        RELEASED,
        ballots=(full,),
        resolutions=(PublicResolution(number="1", subject="Brücke"),),
        announcements=(PublicAnnouncement(number="2", text="Verkauf."),),
    )
    written = {name.removeprefix(PREFIX) for name in item_facts(told)}
    assert explained == (filed - {"ballots"}) | written
