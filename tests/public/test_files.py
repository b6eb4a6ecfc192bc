"""Released files over HTTP."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.database import statement_counter
from sitzungsdienst.public import database
from sitzungsdienst.public.files import disposition
from tests.support import public_data as county_data

FILE = county_data.EXCERPT_FILE
PAGE = f"/dateien/{FILE.document.uid}"


def test_a_pdf_is_shown_in_the_browser(client: FlaskClient) -> None:
    answer = client.get(PAGE)
    assert answer.data == FILE.content
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="Auszug Oe 5.1.pdf"')
    assert answer.headers["Content-Length"] == str(len(FILE.content))
    assert answer.headers["Last-Modified"] == "Tue, 02 May 2017 08:00:00 GMT"
    assert answer.get_etag() == (FILE.document.sha512_checksum, False)
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_a_download_bears_its_german_name(client: FlaskClient) -> None:
    answer = client.get(f"{PAGE}/herunterladen/Auszug Ö 5.1.pdf")
    assert answer.data == FILE.content
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"Auszug Oe 5.1.pdf\"; filename*=UTF-8''Auszug%20%C3%96%205.1.pdf"
    )


def test_a_download_under_another_name_is_unknown(client: FlaskClient) -> None:
    assert client.get(f"{PAGE}/herunterladen/Skandal.pdf").status_code == 404


def test_other_kinds_are_never_shown_in_the_browser(client: FlaskClient, county: Engine) -> None:
    county_data.file(county, replace(FILE.document, mime_type="text/html", file_name="a.html"))
    assert client.get(PAGE).headers["Content-Disposition"].startswith("attachment;")


def test_head_tells_the_size_without_reading_the_bytes(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        engine = database.db.engine
    with statement_counter(engine) as statements:
        answer = client.head(PAGE)
    assert answer.data == b""
    assert answer.headers["Content-Length"] == str(len(FILE.content))
    assert not [one for one in statements.seen if "public_blob" in one]


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": f'"{FILE.document.sha512_checksum}"'},
        {"If-None-Match": f'W/"{FILE.document.sha512_checksum}"'},
        {"If-Modified-Since": "Tue, 02 May 2017 08:00:00 GMT"},
    ],
)
def test_an_unchanged_file_is_not_sent_again(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.get(PAGE, headers=headers)
    assert answer.status_code == 304
    assert answer.data == b""
    assert answer.get_etag() == (FILE.document.sha512_checksum, False)


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": "Tue, 02 May 2017 08:00:00 GMT"},
        {"If-Modified-Since": "Tue, 02 May 2017 07:59:59 GMT"},
    ],
)
def test_a_file_that_the_client_lacks_is_sent(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.get(PAGE, headers=headers).data == FILE.content


def test_a_withdrawn_file_is_gone_also_for_those_who_had_it(
    client: FlaskClient, county: Engine
) -> None:
    county_data.withdraw(county, FILE.document.uid)
    tag = {"If-None-Match": f'"{FILE.document.sha512_checksum}"'}
    for address in (PAGE, f"{PAGE}/herunterladen/Auszug Ö 5.1.pdf"):
        answer = client.get(address, headers=tag)
        assert answer.status_code == 410
        assert "Dieses Dokument wurde am 10.05.2017 zurückgezogen." in answer.text
        assert FILE.content not in answer.data


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Einladung.pdf", "Einladung.pdf"),
        ("Straßenplan für Öhm.pdf", "Strassenplan fuer Oehm.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"b\r\nSet-Cookie: x.pdf', "a_bSet-Cookie_ x.pdf"),
        ("Плани.pdf", "Datei.pdf"),
        ("Плани", "Datei"),
        ("", "Datei"),
        ("...", "Datei"),
        ("é.pdf", "e.pdf"),
    ],
)
def test_a_file_name_cannot_leave_its_header_or_folder(name: str, plain: str) -> None:
    written = disposition(name, inline=False)
    assert written.startswith(f'attachment; filename="{plain}"; filename*=')
    assert written.isascii()
    assert "\r" not in written
    assert "\n" not in written


@pytest.mark.parametrize("name", ["", "a/b.pdf"])
def test_a_file_whose_name_fits_no_address_can_still_be_read(
    client: FlaskClient, county: Engine, name: str
) -> None:
    county_data.file(county, replace(FILE.document, file_name=name))
    page = client.get(f"/auszuege/{county_data.EXCERPT.uid}")
    assert page.status_code == 200
    assert f'href="{PAGE}"' in page.text
    assert "/herunterladen/" not in page.text
    assert client.get(PAGE).data == FILE.content
