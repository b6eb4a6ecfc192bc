"""Citizens find papers by words of public files, and by nothing else."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from sitzungsdienst.database import WRITES
from sitzungsdienst.publication import file_texts, ledger, tables
from tests.public.reading import addresses, text
from tests.support import public_data as county_data

FILE = county_data.ATTACHMENT.document
PAPERS = {"2017/FB3/0433", "2016/FB3/0398"}


def found(client: FlaskClient, words: str) -> str:
    answer = client.get("/vorlagen", query_string={"suche": words})
    assert answer.status_code == 200
    return answer.text


def told(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(tables.file_text.c.text)))


@pytest.mark.parametrize("words", ["gliederung", "GLIEDERUNG", "anlage gliederung", "liederun",
                                   "beauftragung gliederung", "0433 gliederung"])  # fmt: skip
def test_a_paper_is_found_by_words_of_its_public_file(client: FlaskClient, words: str) -> None:
    page = found(client, words)
    assert {one for one in PAPERS if one in page} == {"2017/FB3/0433"}
    assert "in der Anlage »Anlage: Gliederung«" in text(page)
    assert f"/dateien/{FILE.uid}" in addresses(page)


@pytest.mark.parametrize("words", ["gl", "gliederung musik", "%", "gliederung fehlt"])
def test_what_does_not_stand_there_is_not_found(client: FlaskClient, words: str) -> None:
    assert "in der Anlage" not in found(client, words)


def test_a_word_of_the_title_alone_tells_of_no_file(client: FlaskClient) -> None:
    assert "in der Anlage" not in found(client, "beauftragung")


def test_the_found_word_is_marked_and_the_rest_escaped(client: FlaskClient, county: Engine) -> None:
    content = county_data.pdf("anders")
    document = county_data.stored("anders", "Anders.pdf", paper=(county_data.OTHER_PAPER.uid,))
    with Session(county) as session, session.begin():
        session.connection(execution_options={WRITES: True})
        name = document.document.sha512_checksum
        ledger.file(
            session,
            county_data.release("correct", "Anlage ergänzt", county_data.NOW),
            (document.document,),
            {name: content},
            {name: "Vor <script>x</script> & der Förderung"},
        )
    page = found(client, "forderung")
    assert '<mark class="sd-found__word">Förderung</mark>' in page
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_a_withdrawn_file_is_found_no_more_and_its_words_are_gone(
    client: FlaskClient, county: Engine
) -> None:
    assert told(county) == ["Anlage: Gliederung"]
    county_data.withdraw(county, FILE.uid)
    assert "2017/FB3/0433" not in found(client, "gliederung")
    assert told(county) == []


def test_a_withdrawn_paper_takes_the_words_of_its_files_along(
    client: FlaskClient, county: Engine
) -> None:
    county_data.withdraw(county, county_data.PAPER.uid)
    assert "in der Anlage" not in found(client, "gliederung")
    assert told(county) == []


def test_words_stay_while_another_public_file_has_the_same_bytes(
    client: FlaskClient, county: Engine
) -> None:
    twin = replace(FILE, uid=county_data.uid("twin"), paper=(county_data.OTHER_PAPER.uid,))
    county_data.file(county, twin)
    assert {one for one in PAPERS if one in found(client, "gliederung")} == PAPERS
    county_data.withdraw(county, FILE.uid)
    assert {one for one in PAPERS if one in found(client, "gliederung")} == {"2016/FB3/0398"}
    county_data.withdraw(county, twin.uid)
    assert told(county) == []


def test_a_file_filed_again_is_found_again(client: FlaskClient, county: Engine) -> None:
    county_data.withdraw(county, FILE.uid)
    county_data.file(county, FILE)
    assert "in der Anlage" in found(client, "gliederung")


def test_words_that_come_later_make_a_new_answer(client: FlaskClient, county: Engine) -> None:
    with county.connect().execution_options(writes=True) as connection:
        file_texts.erase(connection, FILE.sha512_checksum)
        connection.commit()
    before = client.get("/vorlagen?suche=gliederung")
    with county.connect().execution_options(writes=True) as connection:
        file_texts.keep(connection, {FILE.sha512_checksum}, county_data.WORDS)
        connection.commit()
    tag = {"If-None-Match": before.headers["ETag"]}
    after = client.get("/vorlagen?suche=gliederung", headers=tag)
    assert after.status_code == 200
    assert "in der Anlage" in after.text
    tag = {"If-None-Match": after.headers["ETag"]}
    assert client.get("/vorlagen?suche=gliederung", headers=tag).status_code == 304
