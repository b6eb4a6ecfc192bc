"""The whole program on loopback, with Chromium in front of it."""

import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import waitress
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from sitzungsdienst import schema
from sitzungsdienst.acts.accounts import AddUser, add_user
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.app import OFFICE_MOUNT, create_office, create_public
from sitzungsdienst.config import Settings
from sitzungsdienst.database import prepare_record_engine
from sitzungsdienst.office.database import db
from sitzungsdienst.record.accounts import UserRole
from tests.e2e.desk import Desk
from tests.support import cast as people

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",  # tests run as root in containers
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the program answers, and its settings."""

    url: str
    settings: Settings

    @property
    def office(self) -> str:
        """The address of the office."""
        return f"{self.url}{OFFICE_MOUNT}"


class Door:
    """A WSGI application that is hung in later."""

    inner: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return self.inner(environ, start)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Both webs behind one door, with an administrator and nothing else."""
    folder = tmp_path_factory.mktemp("site")
    settings = _settings(folder)
    engine = create_engine(settings.database_url)
    prepare_record_engine(engine)
    schema.upgrade(engine)
    _add_administrator(engine)
    engine.dispose()
    # The pages are told their address, which is known only once the server has its port.
    door = Door()
    server = waitress.create_server(door, host="127.0.0.1", port=0, threads=4)
    url = f"http://127.0.0.1:{server.effective_port}"
    settings = replace(settings, public_url=url)
    office, public = create_office(settings, people.PASSWORDS), create_public(settings)
    door.inner = DispatcherMiddleware(public.wsgi_app, {OFFICE_MOUNT: office.wsgi_app})
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(url, settings)
    server.close()
    thread.join(timeout=10)
    for app in (office, public):
        with app.app_context():
            (db if app is office else app.extensions["sqlalchemy"]).engine.dispose()


def _settings(folder: Path) -> Settings:
    url = f"sqlite:///{folder / 'site.sqlite3'}"
    return Settings(
        database_url=url,
        public_database_url=url,
        public_url="http://127.0.0.1",
        calendar_host="sitzungen.example",
        secret_key="a key for one run of the tests",
        https=False,
        operator_name="Landkreis Börde",
        operator_email="sitzungsdienst@boerde.example",
        license_url="https://www.govdata.de/dl-de/zero-2-0",
    )


def _add_administrator(engine: Engine) -> None:
    command = AddUser(
        email=people.ADMINISTRATOR,
        name="Anton Weber",
        role=UserRole.ADMINISTRATOR,
        body_id=None,
        person_id=None,
        password_hash=people.PASSWORD_HASH,
    )
    with Session(engine) as session:
        add_user(session, Actor.system(None), command, datetime.now(UTC))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser; a loud skip where there is none, a failure where nothing may be skipped."""
    if CHROMIUM is None:
        if os.environ.get("SITZUNGSDIENST_TEST_REQUIRE_ALL"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def sign_in(site: Site, chromium: Browser) -> Iterator["SignIn"]:
    """Open a browser window of one's own and sign in with the form."""
    made = SignIn(site, chromium)
    yield made
    made.close()


class SignIn:
    """Windows by the address people sign in with."""

    def __init__(self, site: Site, chromium: Browser) -> None:
        self.site = site
        self.chromium = chromium
        self.desks: list[Desk] = []

    def __call__(self, email: str, password: str = people.PASSWORD) -> Desk:
        """Return a signed-in window."""
        desk = self.window()
        desk.open("/anmelden").fill(email=email, password=password).press("Anmelden")
        return desk

    def window(self) -> Desk:
        """Return a window in which nobody is signed in."""
        # Moving buttons are waited for, half a second at each of some hundred clicks.
        context = self.chromium.new_context(
            accept_downloads=True, locale="de-DE", reduced_motion="reduce"
        )
        desk = Desk(context.new_page(), self.site.office)
        self.desks.append(desk)
        return desk

    def close(self) -> None:
        """Close all windows; fail on anything that a browser's console complained of."""
        complaints = [line for desk in self.desks for line in desk.complaints]
        for desk in self.desks:
            desk.page.context.close()
        assert complaints == []
