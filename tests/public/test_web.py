"""What holds for every address of the public web."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.routing import Rule

from sitzungsdienst.public import wiring
from sitzungsdienst.publication.codes import code_of
from tests.public.reading import addresses as reading_addresses
from tests.public.reading import tags
from tests.support import public_data as county_data

UIDS = {
    "public.meeting": county_data.MEETING.uid,
    "public.meeting_event": county_data.MEETING.uid,
    "public.excerpt": county_data.EXCERPT.uid,
    "public.paper": county_data.PAPER.uid,
    "public.organization": county_data.COMMITTEE.uid,
    "public.organization_feed": county_data.COMMITTEE.uid,
    "public.body_feed": county_data.BODY.uid,
    "public.person": county_data.PEOPLE[0].uid,
    "public.file": county_data.EXCERPT_FILE.document.uid,
    "public.download": county_data.EXCERPT_FILE.document.uid,
    "public.check_code": county_data.EXCERPT_FILE.document.uid,
    "public.check_edition": county_data.EXCERPT_FILE.document.uid,
}
#: They answer also for what is gone, and have words of their own for what never was.
CHECKS = {"public.check_code", "public.check_edition"}
FILES = {"public.file", "public.download"}
FEEDS = {"public.meeting_event", "public.organization_feed", "public.body_feed"}
OWN_SCRIPT = re.compile(r'<script src="/static/js/check\.js\?v=[0-9a-f]+" defer></script>')
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("public."):
            yield rule


def address_of(rule: Rule, uid: str = "") -> str:
    uid = uid or UIDS.get(rule.endpoint, "")
    path = rule.rule.replace("<uuid:uid>", uid).replace("<code>", code_of(uid))
    return path.replace("<edition>", "1").replace("<file_name>", "Auszug Ö 5.1.pdf")


def every_address(app: Flask) -> list[str]:
    return [address_of(rule) for rule in rules(app)]


def test_every_address_is_known_to_these_tests(app: Flask) -> None:
    with_uid = {rule.endpoint for rule in rules(app) if rule.arguments}
    assert with_uid == set(UIDS)


def test_every_page_answers_without_a_cookie(app: Flask, client: FlaskClient) -> None:
    for address in every_address(app):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers
        assert "Vary" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_cookie_of_the_reader_changes_nothing(app: Flask, client: FlaskClient) -> None:
    plain = client.get("/")
    client.set_cookie("session", "x")
    with_cookie = client.get("/")
    assert with_cookie.data == plain.data
    assert "Set-Cookie" not in with_cookie.headers


def test_head_answers_as_get_without_a_body(app: Flask, client: FlaskClient) -> None:
    for address in every_address(app):
        got, head = client.get(address), client.head(address)
        assert head.data == b""
        assert dict(head.headers) == dict(got.headers), address


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_every_other_method_is_refused(app: Flask, client: FlaskClient, method: str) -> None:
    for address in [*every_address(app), "/nirgends"]:
        answer = client.open(address, method=method)
        assert answer.status_code == 405, address
        assert answer.headers["Allow"] == "GET, HEAD"


def test_an_unchanged_page_is_not_sent_again(app: Flask, client: FlaskClient) -> None:
    for address in every_address(app):
        tag = client.get(address).headers["ETag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            answer = client.get(address, headers={"If-None-Match": known})
            assert answer.status_code == 304, address
            assert answer.data == b""
            assert answer.headers["ETag"] == tag
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_correction_changes_every_page_that_shows_it(client: FlaskClient, county: Engine) -> None:
    pages = (
        "/?monat=2017-04",
        f"/sitzungen/{county_data.MEETING.uid}",
        f"/auszuege/{county_data.EXCERPT.uid}",
        f"/gremien/{county_data.COMMITTEE.uid}",
        "/kalender.ics",
    )
    before = [client.get(page).headers["ETag"] for page in pages]
    county_data.file(county, replace(county_data.MEETING, name="1. Sitzung"))
    after = [client.get(page).headers["ETag"] for page in pages]
    assert not set(before) & set(after)
    for page in pages:
        assert "1. Sitzung" in client.get(page).text


def test_a_new_template_or_address_changes_every_page(
    app: Flask, client: FlaskClient, settings: object
) -> None:
    before = client.get("/").headers["ETag"]
    app.extensions["public.page_version"] = "other"
    assert client.get("/").headers["ETag"] != before


def test_two_choices_never_share_an_etag(client: FlaskClient) -> None:
    first = client.get("/vorlagen?suche=xyz").headers["ETag"]
    assert client.get("/vorlagen?suche=zyx").headers["ETag"] != first


def test_unknown_ids_have_no_page(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        if rule.arguments:
            answer = client.get(address_of(rule, UNKNOWN))
            assert answer.status_code == 404, rule.rule
            unknown = "Unter diesem Code" if rule.endpoint in CHECKS else "Diese Seite gibt es"
            assert f"{unknown} " in answer.text


def test_an_id_of_another_kind_is_unknown(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        own = UIDS.get(rule.endpoint)
        for foreign in set(UIDS.values()) - {own} if own else ():
            assert client.get(address_of(rule, foreign)).status_code == 404, rule.rule


def test_withdrawn_objects_say_that_they_are_gone(
    app: Flask, client: FlaskClient, county: Engine
) -> None:
    living = [uid for uid in dict.fromkeys(UIDS.values()) if uid != county_data.BODY.uid]
    county_data.withdraw(county, *living)
    for rule in rules(app):
        if rule.arguments and rule.endpoint != "public.body_feed":
            answer = client.get(address_of(rule))
            if rule.endpoint in CHECKS:
                assert "Zurückgenommen am 10.05.2017" in answer.text
            else:
                assert answer.status_code == 410, rule.rule
                assert "am 10.05.2017 zurückgezogen. Grund: Versehen." in answer.text
            assert "Kultur" not in answer.text
            assert "Integrationskonzept" not in answer.text


@pytest.mark.parametrize(
    "address", ["/nirgends", "/sitzungen/1", "/sitzungen/", "/dateien/..%2f..%2fetc", "/buero"]
)
def test_an_unknown_address_is_answered_in_german(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Bitte prüfen Sie die Adresse." in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_broken_database_is_answered_calmly(app: Flask, county: Engine) -> None:
    def broken() -> None:
        raise RuntimeError("no documents")

    app.extensions["reader"] = broken
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.config["TESTING"] = False
    answer = app.test_client().get("/")
    assert answer.status_code == 500
    assert "Die Seite kann gerade nicht gezeigt werden" in answer.text
    assert "RuntimeError" not in answer.text


def test_long_titles_with_markup_stay_text(app: Flask, client: FlaskClient, county: Engine) -> None:
    evil = '<script>alert("x")</script><b>&amp; \'"' + "😀" + "ä" * 4950
    body = replace(county_data.BODY, name=evil)
    documents = [
        replace(county_data.MEETING, name=evil, publicity=evil),
        replace(county_data.PAPER, name=evil, reasons=evil, submitted_by=(evil,), reference=evil),
        replace(county_data.COMMITTEE, name=evil, short_name=evil, classification=evil),
        replace(county_data.PEOPLE[0], name=evil),
        replace(county_data.EXCERPT, name=evil, deliberation=evil, resolution_text=evil),
        replace(county_data.MEMBERSHIPS[0], role=evil),
        replace(county_data.EXCERPT_FILE.document, name=evil),
        replace(county_data.STEP, role=evil, result=evil),
        replace(county_data.ROOM, room=evil),
        replace(county_data.PLAIN["N 1"], name=evil),
    ]
    county_data.file(county, body, *documents, reason=evil)
    for rule in rules(app):
        answer = client.get(address_of(rule))
        assert answer.status_code == 200, rule.rule
        if answer.mimetype == "text/html":
            page = OWN_SCRIPT.sub("", answer.text)
            assert "<script" not in page
            assert not {"script", "b"} & set(tags(page))


def test_no_page_holds_inline_script_or_style(app: Flask, client: FlaskClient) -> None:
    for address in every_address(app):
        answer = client.get(address)
        if answer.mimetype == "text/html":
            assert " style=" not in answer.text
            assert "<style" not in answer.text
            assert "<script" not in OWN_SCRIPT.sub("", answer.text)


def test_the_public_webs_links_all_lead_somewhere(app: Flask, client: FlaskClient) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen or len(seen) > 200 or "monat=" in address:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.mimetype == "text/html":
            waiting += [
                one.partition("#")[0]
                for one in _local_addresses(answer.text)
                if one.partition("#")[0]
            ]
    assert len(seen) > 30


def _local_addresses(html: str) -> list[str]:
    found = reading_addresses(html)
    return [one for one in found if one.startswith("/")]


def test_there_is_no_session_to_write_to(app: Flask) -> None:
    assert isinstance(app.session_interface, wiring.NoSessions)


def test_the_imprint_tells_the_settings_facts(client: FlaskClient) -> None:
    page = client.get("/impressum").text
    assert "Landkreis Börde, Amt 10" in page
    assert 'href="mailto:it@example.de"' in page
    assert "Büro des Kreistages" in page


def test_the_page_on_accessibility_names_a_contact_and_claims_nothing(client: FlaskClient) -> None:
    page = client.get("/barrierefreiheit").text
    assert "mailto:it@example.de" in page
    for claim in ("vollständig vereinbar", "teilweise vereinbar", "BITV"):
        assert claim not in page


def test_a_website_that_is_none_is_no_link(client: FlaskClient, county: Engine) -> None:
    county_data.file(county, replace(county_data.BODY, website="javascript:alert(1)"))
    assert 'href="javascript' not in client.get("/impressum").text


def test_the_oparl_interface_stands_beside_the_pages(client: FlaskClient) -> None:
    answer = client.get("/oparl/v1.1/system")
    assert answer.get_json()["contactEmail"] == "it@example.de"
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers
    assert client.get("/oparl/v1.1/nirgends").is_json
    assert client.post("/oparl/v1.1/system").status_code == 405


def test_what_the_oparl_interface_links_to_is_there(client: FlaskClient) -> None:
    bodies = client.get("/oparl/v1.1/bodies").get_json()["data"]
    meetings = client.get(bodies[0]["meeting"].removeprefix("https://sitzungen.example.de"))
    for meeting in meetings.get_json()["data"]:
        page = meeting["web"].removeprefix("https://sitzungen.example.de")
        assert client.get(page).status_code == 200
        for file in (one for one in (meeting.get("invitation"),) if one):
            for name in ("accessUrl", "downloadUrl"):
                address = file[name].removeprefix("https://sitzungen.example.de")
                assert client.get(address).mimetype == "application/pdf"


def test_a_long_title_is_cut_in_the_way_to_the_page_only(
    client: FlaskClient, county: Engine
) -> None:
    name = "Sitzung " + "über alles " * 30
    county_data.file(county, replace(county_data.MEETING, name=name.strip()))
    page = client.get(f"/sitzungen/{county_data.MEETING.uid}").text
    way = page[page.index("sd-breadcrumb") : page.index("<h1")]
    assert "über …</span>" in way or "alles …</span>" in way
    assert f"{name.strip()}</h1>" in page
