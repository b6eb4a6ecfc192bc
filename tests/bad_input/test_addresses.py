"""Addresses that lead nowhere: unknown ids, ids of another Body, odd spellings."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.app import create_public
from sitzungsdienst.config import Settings
from sitzungsdienst.record.papers import Consultation, IssuedDocument
from sitzungsdienst.record.people import Membership
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.session_room import Room

ADMINISTRATION = ("user_id", "body_id")


def numbered(app: Flask) -> list[tuple[str, str]]:
    """Every address of the office with a row's number, and the methods it takes."""
    return [
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if "<int:" in rule.rule and not any(name in rule.rule for name in ADMINISTRATION)
    ]


@pytest.mark.parametrize(
    "number",
    ["0", "-1", "2147483647", "2147483648", "99999999999999999999", "abc", "1e9", "%D9%A1"],
)
def test_an_unknown_number_is_a_page_that_is_not_there(
    office_app: Flask, clerk: OfficeClient, room: Room, number: str
) -> None:
    token = clerk.token("/raeume/neu")
    for rule, method in numbered(office_app):
        path = re.sub(r"<int:[^>]+>", number, rule)
        answer = clerk.open(path, method=method, data={"csrf_token": token, "version": "1"})
        assert answer.status_code in (404, 405), (method, path)
        if answer.status_code == 404:
            assert "Diese Seite gibt es nicht" in text_of(answer)


def test_every_row_of_another_body_is_as_unknown_as_one_that_never_was(
    office_app: Flask, stranger: OfficeClient, session: Session, cast: Cast, room: Room
) -> None:
    rows = {
        "meeting_id": room.meeting,
        "item_id": room.concept,
        "paper_id": room.paper,
        "organization_id": room.committee,
        "person_id": room.guest,
        "location_id": 1,
        "membership_id": session.scalars(select(Membership.id)).first(),
        "consultation_id": session.scalars(select(Consultation.id)).first(),
        "document_id": session.scalars(select(IssuedDocument.id)).first(),
    }
    token = stranger.token("/raeume/neu")
    tried = 0
    for rule, method in numbered(office_app):
        names = re.findall(r"<int:([^>]+)>", rule)
        if not set(names) <= rows.keys():
            continue
        path = re.sub(r"<int:([^>]+)>", lambda found: str(rows[found[1]]), rule)
        answer = stranger.open(path, method=method, data={"csrf_token": token, "version": "1"})
        assert answer.status_code == 404, (method, path)
        tried += 1
    assert tried > 80


def test_rows_of_another_body_cannot_be_named_in_a_form(
    stranger: OfficeClient, session: Session, cast: Cast, room: Room
) -> None:
    typed = {
        "committee_ids": str(room.committee),
        "location_id": "1",
        "start_date": "2017-06-01",
        "start_time": "17:00",
    }
    answer = stranger.submit("/sitzungen/neu", typed)
    assert answer.status_code == 422
    assert "Sozialausschuss" not in answer.get_data(as_text=True)
    seat = stranger.submit("/vorlagen/neu", {"originators-0-link": f"person:{room.voters[0]}"})
    assert seat.status_code == 422
    assert "Schünemann" not in seat.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    ["/static/../../pyproject.toml", "/static/%2e%2e/%2e%2e/pyproject.toml", "/%00", "/..%2f",
     "/static//etc/passwd", "/oparl//evil.example/", "/sitzungen//1", "/%ff%fe"],
)  # fmt: skip
def test_an_odd_path_leads_nowhere(
    clerk: OfficeClient, settings: Settings, engine: object, path: str
) -> None:
    public = create_public(settings).test_client().get(path, headers={"Host": "evil.example"})
    for answer in (clerk.get(path), public):
        assert answer.status_code == 404
        assert "Location" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:99999", "<script>", "a b", ""])
def test_no_answer_repeats_the_host_that_a_request_names(
    clerk: OfficeClient, office: OfficeClient, settings: Settings, engine: object, host: str
) -> None:
    public = create_public(settings).test_client()
    for client, path in (
        (public, "/"), (public, "/kalender.ics"), (public, "/oparl"),
        (public, "/oparl/v1.1/system"),
        (clerk, "/konto"), (clerk, "/sitzungen"), (office, "/konto"),
    ):  # fmt: skip
        answer = client.get(path, headers={"Host": host})
        whole = answer.get_data(as_text=True) + str(answer.headers)
        assert "evil" not in whole
        assert "<script>" not in whole.replace("<script src", "")
