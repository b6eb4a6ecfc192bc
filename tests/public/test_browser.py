"""The public pages in Chromium: nothing sticks out on a narrow screen, nothing is missing."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine
from werkzeug.serving import make_server

from sitzungsdienst.publication.codes import code_of
from tests.support import public_data as county_data

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtsgesellschaft " * 70 + "x" * 2500
PAGES = (
    "/",
    "/?monat=2017-04",
    f"/sitzungen/{county_data.MEETING.uid}",
    f"/auszuege/{county_data.EXCERPT.uid}",
    f"/auszuege/{county_data.COUNTED.uid}",
    "/vorlagen",
    f"/vorlagen/{county_data.PAPER.uid}",
    "/gremien",
    f"/gremien/{county_data.COMMITTEE.uid}",
    f"/personen/{county_data.PEOPLE[0].uid}",
    "/pruefen",
    f"/pruefen/{code_of(county_data.EXCERPT_FILE.document.uid)}/1",
    "/impressum",
    "/barrierefreiheit",
)

ABORTED = "net::ERR_ABORTED"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The web on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without JavaScript's help."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def long_county(county: Engine) -> None:
    """The county with titles of five thousand characters."""
    county_data.file(
        county,
        replace(county_data.MEETING, name=LONG, publicity=LONG),
        replace(county_data.PAPER, name=LONG, reference="9" * 300, handled_by=LONG),
        replace(county_data.COMMITTEE, name=LONG),
        replace(county_data.PEOPLE[0], name=LONG),
        replace(county_data.EXCERPT, name=LONG, deliberation=LONG, number="Ö " + "1" * 200),
        replace(county_data.MEMBERSHIPS[0], role=LONG),
        replace(county_data.STEP, role=LONG, result=LONG),
        replace(county_data.EXCERPT_FILE.document, name=LONG),
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_screen(
    address: str, browser: Browser, long_county: None, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_everything_a_page_needs_is_there_without_javascript(
    address: str, browser: Browser, county: Engine
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    # What was still on its way when the next page was asked for is no fault.
    page.on(
        "requestfailed",
        lambda request: wrong.append(request.url) if request.failure != ABORTED else None,
    )
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
    for path in PAGES:
        page.goto(address + path)
        assert page.locator("h1").count() == 1
    assert wrong == []
    assert context.cookies() == []
    context.close()
