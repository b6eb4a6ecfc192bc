"""Every answer bears the headers that keep strangers' code and eyes out."""

import pytest
from flask import Flask

from tests.support.browser import OfficeClient


@pytest.mark.parametrize(
    "path", ["/anmelden", "/konto", "/does-not-exist", "/static/css/print.css"]
)
def test_every_answer_is_guarded(clerk: OfficeClient, path: str) -> None:
    with clerk.get(path) as answer:  # a file stays open until its answer is closed
        headers = answer.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Permissions-Policy" in headers
    assert "Strict-Transport-Security" not in headers  # only over https


@pytest.mark.parametrize("path", ["/anmelden", "/", "/konto", "/does-not-exist"])
def test_no_page_is_kept_by_browser_or_proxy(clerk: OfficeClient, path: str) -> None:
    assert clerk.get(path).headers["Cache-Control"] == "no-store"


def test_a_style_sheet_named_by_its_hash_is_kept(office: OfficeClient, office_app: Flask) -> None:
    page = office.get("/anmelden").get_data(as_text=True)
    sheet = next(part for part in page.split('"') if "css/sitzungsdienst.css" in part)
    with office.get(sheet) as named, office.get(sheet.split("?")[0]) as unnamed:
        assert named.status_code == unnamed.status_code == 200
        assert "immutable" in named.headers["Cache-Control"]
        assert "immutable" not in unnamed.headers["Cache-Control"]
