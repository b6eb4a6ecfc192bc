"""What every answer of the interface fulfils, whatever was asked."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine

from tests.oparl import cast
from tests.publication import cast as town
from tests.publication.cast import file
from tests.support import moulds

MEETING = f"/oparl/v1.1/meeting/{town.MEETING.uid}"
PATHS = {
    "/oparl/v1.1/system": 200,
    "/oparl/v1.1/bodies": 200,
    MEETING: 200,
    f"/oparl/v1.1/body/{town.BODY.uid}/meetings": 200,
    f"/oparl/v1.1/body/{town.BODY.uid}/meetings?page=x": 400,
    f"/oparl/v1.1/meeting/{town.uid('nothing')}": 404,
    f"/oparl/v1.1/paper/{town.MEETING.uid}": 404,
    f"/oparl/v1.1/meeting/{town.MEETING.uid.upper()}": 404,
    "/oparl/v1.1/meeting/'%22--": 404,
    f"{MEETING}/": 404,
    "/oparl/v1.1/colour/red": 404,
    f"/oparl/v1.1/body/{town.BODY.uid}/colours": 404,
    f"/oparl/v1.1/body/{town.uid('nothing')}/meetings": 404,
    f"/oparl/v1.1/meeting/{town.MEETING.uid}/agenda-items": 404,
    "/oparl/v1.0/system": 404,
    "/oparl/nothing": 404,
}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_json_that_any_page_may_read(
    client: FlaskClient, path: str, method: str
) -> None:
    response = client.open(path, method=method)
    assert response.status_code == PATHS[path]
    assert response.content_type == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response.headers
    if method == "HEAD":
        assert response.data == b""
        assert int(response.headers["Content-Length"]) == len(client.get(path).data)
    else:
        assert not response.data.startswith(b"\xef\xbb\xbf")
        written = response.get_json()
        is_error = written.get("type") == "https://schema.oparl.org/1.1/Error"
        assert is_error == (response.status_code != 200)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/oparl/v1.1/system", "/oparl/nothing", "/oparl"])
def test_the_interface_only_reads(public: Engine, path: str, method: str) -> None:
    app = Flask("with-pages")

    @app.before_request
    def refuse_with_a_page() -> tuple[str, int]:
        return "<h1>Nein</h1>", 418

    app.register_blueprint(cast.oparl_blueprint())
    response = app.test_client().open(path, method=method)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.get_json()["type"] == "https://schema.oparl.org/1.1/Error"


def test_other_pages_keep_their_own_answers(public: Engine) -> None:
    client = cast.create_app(public).test_client()
    assert client.post("/oparl-anderes").status_code == 404
    assert client.get("/nothing").content_type.startswith("text/html")


@pytest.mark.parametrize("path", ["/oparl", "/oparl/", "/oparl/v1.1", "/oparl/v1.1/"])
def test_short_addresses_lead_to_the_entry_point(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 301
    assert response.location == f"{cast.PUBLIC_URL}/oparl/v1.1/system"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_failure_is_told_without_its_reason(public: Engine) -> None:
    app = cast.create_app(public)

    def broken() -> None:
        raise RuntimeError("Grundstück Anger 5")

    app.extensions["reader"] = broken
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.logger.disabled = True
    response = app.test_client().get(MEETING)
    assert response.status_code == 500
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.get_json()["type"] == "https://schema.oparl.org/1.1/Error"
    assert "Grundstück" not in response.get_data(as_text=True)


def test_addresses_come_from_the_settings_whoever_is_asked(client: FlaskClient) -> None:
    asked = client.get(
        MEETING, base_url="http://evil.example:99/x", headers={"X-Forwarded-Host": "evil.example"}
    )
    assert asked.get_data() == client.get(MEETING).get_data()
    assert b"evil" not in asked.data


@pytest.mark.parametrize("path", [path for path, status in PATHS.items() if status == 200])
def test_an_unchanged_answer_is_not_sent_twice(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_change_of_something_embedded_changes_the_tag(
    engine: Engine, client: FlaskClient
) -> None:
    tag = client.get(MEETING).headers["ETag"]
    file(engine, replace(town.FIRST, name="Begrüßung"), minutes=1)
    changed = client.get(MEETING, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.get_json()["modified"] == "2026-03-02T12:01:00+01:00"


def test_caches_ask_before_they_answer(client: FlaskClient) -> None:
    assert client.get(MEETING).headers["Cache-Control"] == "public, no-cache"


def test_the_interface_stands_before_the_first_release(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'leer.sqlite3'}")
    moulds.create_public_tables(engine)
    client = cast.create_app(engine).test_client()
    assert client.get("/oparl/v1.1/system").get_json()["created"] == "2026-01-01T01:00:00+01:00"
    assert client.get("/oparl/v1.1/bodies").get_json()["data"] == []
    engine.dispose()
