"""Checking a document: what the page says of codes, editions and hashes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.publication.codes import check_address, code_of, uid_of
from tests.public.conftest import PUBLIC_URL
from tests.public.reading import addresses, fields, text
from tests.support import public_data as county_data

FILE = county_data.EXCERPT_FILE
UID, SHA512 = FILE.document.uid, FILE.document.sha512_checksum
CODE = code_of(UID)
LATER = county_data.NOW + timedelta(days=2)


def replace_print(engine: Engine, edition: int = 2) -> str:
    """Print the excerpt anew, as an act does: withdrawn and filed again; gives the new hash."""
    anew = county_data.stored("Neue Fassung", "Auszug Ö 5.1.pdf")
    sha512, size = anew.document.sha512_checksum, anew.document.size
    county_data.withdraw(engine, UID, at=LATER)
    document = replace(FILE.document, edition=edition, size=size, sha512_checksum=sha512)
    county_data.file(engine, document, at=LATER, blobs={sha512: anew.content})
    return sha512


def test_a_code_is_read_back_to_the_beginning_of_its_uid() -> None:
    assert UID.startswith(uid_of(CODE))
    assert uid_of(UID) == uid_of(UID.upper()) == UID
    for wrong in ("", "5f3c", "5f3c-2a1b-9d4", "5f3c-2a1b-9d4g", "%", "5f3c-2a1b-9d4e-1"):
        assert uid_of(wrong) == ""


@pytest.mark.parametrize("edition", ["", "/1"])
def test_an_unchanged_file_is_told_with_all_that_is_known_of_it(
    client: FlaskClient, edition: str
) -> None:
    answer = client.get(f"/pruefen/{CODE}{edition}")
    assert answer.status_code == 200
    assert "Unverändert veröffentlicht seit 02.05.2017" in text(answer.text)
    found = fields(answer.text)
    assert found["Code"] == CODE
    assert found["SHA-512"] == SHA512
    assert f"/dateien/{UID}" in addresses(answer.text)


def test_the_printed_address_is_one_of_this_web(client: FlaskClient) -> None:
    address = check_address(PUBLIC_URL, UID, 1)
    assert client.get(address.removeprefix(PUBLIC_URL)).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.upper(),
        CODE.replace("-", ""),
        CODE.replace("-", " – "),
        f" {CODE} / 1 ",
        f"sitzungen.example.de/pruefen/{CODE}/1",
        f"https://sitzungen.example.de/pruefen/{CODE}/1",
        UID,
    ],
)
def test_a_code_is_understood_however_it_is_typed(client: FlaskClient, typed: str) -> None:
    answer = client.get("/pruefen", query_string={"code": typed})
    assert "Unverändert veröffentlicht" in text(answer.text)


def test_after_a_correction_the_old_edition_is_superseded_and_the_new_one_stands(
    client: FlaskClient, county: Engine
) -> None:
    replace_print(county)
    old, new = (client.get(f"/pruefen/{CODE}/{number}") for number in (1, 2))
    assert "Ersetzt durch eine neuere Fassung vom 12.05.2017" in text(old.text)
    assert "Ihnen liegt Fassung 1 vor; es gilt Fassung 2" in text(old.text)
    assert f"/dateien/{UID}" in addresses(old.text)
    assert "Unverändert veröffentlicht seit 12.05.2017" in text(new.text)
    assert client.get(f"/pruefen/{CODE}/3").status_code == 404


def test_of_a_withdrawn_file_nothing_is_told_but_when(client: FlaskClient, county: Engine) -> None:
    county_data.withdraw(county, UID, at=LATER)
    for edition in ("", "/1", "/2"):
        answer = client.get(f"/pruefen/{CODE}{edition}")
        assert "Zurückgenommen am 12.05.2017" in text(answer.text)
        assert "Auszug" not in text(answer.text)
        assert SHA512 not in answer.text
        assert fields(answer.text) == {}


@pytest.mark.parametrize(
    "path",
    [
        "/pruefen/0000-0000-0000",
        "/pruefen/0000-0000-0000/1",
        f"/pruefen/{CODE}/0",
        f"/pruefen/{CODE}/2",
        f"/pruefen/{CODE}/eins",
        f"/pruefen/{CODE}/{'9' * 5000}",
        f"/pruefen/{CODE}/٣",
        "/pruefen/%25",
        f"/pruefen/{code_of(county_data.MEETING.uid)}",
        f"/pruefen/{county_data.PEOPLE[0].uid}/1",
    ],
)
def test_what_was_never_published_under_a_code_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Unter diesem Code ist nichts veröffentlicht" in text(answer.text)


def test_files_whose_codes_are_the_same_are_all_named(client: FlaskClient, county: Engine) -> None:
    twin = UID[:13] + "-4000-8000-000000000001"
    county_data.file(county, replace(FILE.document, uid=twin, name="Zwilling"))
    found = client.get(f"/pruefen/{CODE}").text
    assert found.count('data-ergebnis="success"') == 2
    assert "Zwilling" in text(found)


def test_a_file_is_found_by_its_bytes_alone(client: FlaskClient) -> None:
    spaced = f" {SHA512[:64].upper()} {SHA512[64:]}\n"
    for typed in (SHA512, spaced):
        answer = client.get("/pruefen", query_string={"sha512": typed})
        assert "Diese Datei ist unverändert so veröffentlicht" in text(answer.text)
        assert fields(answer.text)["Code"] == CODE


def test_changed_replaced_and_withdrawn_bytes_are_not_published_so(
    client: FlaskClient, county: Engine
) -> None:
    said = "Diese Datei ist so nicht veröffentlicht"
    assert said in text(client.get(f"/pruefen?sha512={'0' * 128}").text)
    newer = replace_print(county)
    assert said in text(client.get(f"/pruefen?sha512={SHA512}").text)
    assert said not in text(client.get(f"/pruefen?sha512={newer}").text)
    county_data.withdraw(county, UID, at=LATER + timedelta(days=1))
    assert said in text(client.get(f"/pruefen?sha512={newer}").text)


def test_what_is_no_hash_is_refused_with_the_way_to_write_one(client: FlaskClient) -> None:
    for wrong in ("abc", "g" * 128, "0" * 127):
        answer = client.get(f"/pruefen?sha512={wrong}")
        assert answer.status_code == 400
        assert "128 Zeichen" in text(answer.text)


def test_an_answer_is_not_kept_beyond_a_release(client: FlaskClient, county: Engine) -> None:
    pages = (f"/pruefen/{CODE}/1", f"/pruefen?sha512={SHA512}", "/pruefen/0000-0000-0000")
    tags = {path: client.get(path).headers["ETag"] for path in pages}
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    county_data.withdraw(county, UID)
    county_data.file(county, replace(FILE.document, uid="00000000-0000-4000-8000-000000000001"))
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code != 304


def test_every_page_and_every_file_leads_to_the_check(client: FlaskClient) -> None:
    assert "/pruefen" in addresses(client.get("/").text)
    page = client.get(f"/auszuege/{county_data.EXCERPT.uid}")
    assert f"/pruefen/{CODE}" in addresses(page.text)
