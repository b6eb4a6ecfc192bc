"""Both webs behind one door: the office at /buero, the citizens' web at /."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import Client

from sitzungsdienst import app as wiring
from sitzungsdienst.config import Settings
from sitzungsdienst.office.database import db
from tests.support import cast as people


@pytest.fixture
def door(
    settings: Settings, engine: Engine, office_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> Client:
    monkeypatch.setattr(wiring, "create_office", lambda _settings: office_app)
    return Client(wiring.create_door(settings))


def test_the_office_works_below_its_mount(door: Client) -> None:
    sent = door.get("/buero/konto")
    assert sent.location == "/buero/anmelden?weiter=/buero/konto"
    page = door.get(sent.location).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    form = {"csrf_token": token[1], "email": people.CLERK, "password": people.PASSWORD}
    entered = door.post("/buero/anmelden", data=form | {"weiter": "/buero/konto"})
    assert (entered.status_code, entered.location) == (303, "/buero/konto")
    account = door.get("/buero/konto")
    assert account.status_code == 200
    links = set(re.findall(r'(?:href|action|src)="(/[^"]*)"', account.get_data(as_text=True)))
    assert links
    assert all(link.startswith("/buero/") for link in links)


def test_the_public_web_sets_no_cookie_and_knows_no_office_page(door: Client) -> None:
    for path in ("/", "/konto", "/anmelden"):
        answer = door.get(path)
        assert "Set-Cookie" not in answer.headers
    assert door.get("/konto").status_code == 404


def test_each_web_stands_alone(settings: Settings, engine: Engine, office_app: Flask) -> None:
    public = wiring.create_public(settings)
    assert public.test_client().get("/").status_code in (200, 302)
    assert office_app.test_client().get("/anmelden").status_code == 200
    with office_app.app_context():
        db.engine.dispose()


def test_the_office_alone_keeps_its_addresses(settings: Settings, engine: Engine) -> None:
    del engine
    alone = Client(wiring.create_office_door(settings))
    first = alone.get("/")
    assert first.status_code == 302
    assert first.headers["Location"] == "/buero/"
    assert alone.get("/buero/anmelden").status_code == 200
