"""Words lie beside public bytes alone, and go with them; on both databases."""

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from sitzungsdienst.publication import file_texts, tables
from sitzungsdienst.publication.embedding import fold
from sitzungsdienst.publication.finding import folded, searchable, snippet
from sitzungsdienst.publication.verify import verify
from tests.support import public_data as county_data

FILE = county_data.ATTACHMENT.document
NAME = FILE.sha512_checksum


@pytest.fixture
def county(engine: Engine) -> Engine:
    county_data.file_county(engine)
    return engine


def rows(engine: Engine) -> dict[str, str]:
    columns = tables.file_text.c
    with engine.connect() as connection:
        found = connection.execute(select(columns.sha512, columns.text))
        return {row.sha512: row.text for row in found}


def test_words_are_kept_beside_the_bytes_of_the_filed_file(county: Engine) -> None:
    assert rows(county) == {NAME: "Anlage: Gliederung"}


def test_words_of_bytes_that_are_not_public_are_not_kept(county: Engine) -> None:
    with county.connect().execution_options(writes=True) as connection:
        file_texts.keep(connection, {"0" * 128}, {"0" * 128: "Geheim"})
        connection.commit()
    assert rows(county) == {NAME: "Anlage: Gliederung"}


def test_words_of_files_that_are_not_filed_now_are_not_kept(county: Engine) -> None:
    """Whatever else lies on the desk: only the names of the filed documents count."""
    with county.connect().execution_options(writes=True) as connection:
        file_texts.erase(connection, NAME)
        connection.commit()
    county_data.file(county, county_data.OTHER_PAPER)
    assert rows(county) == {}
    county_data.file(county, FILE)
    assert rows(county) == county_data.WORDS


def test_the_database_refuses_words_without_bytes(county: Engine) -> None:
    row = {"sha512": "0" * 128, "folded": "geheim", "text": "Geheim"}
    with county.connect().execution_options(writes=True) as connection:
        with pytest.raises(IntegrityError):
            connection.execute(insert(tables.file_text).values(row))
        connection.rollback()


def test_words_are_found_in_any_case_and_signs_stand_for_themselves(county: Engine) -> None:
    with county.connect() as connection:
        found = file_texts.saying(connection, ["gliederung", "fehlt"])
        assert found == {NAME: frozenset({"gliederung"})}
        for sign in ("%", "_", "/", "gl%ng", "\\"):
            assert file_texts.saying(connection, [sign]) == {}


def test_verify_finds_the_ledger_whole(county: Engine) -> None:
    with county.connect() as connection:
        assert verify(connection).intact


def test_verify_tells_of_words_that_were_changed(county: Engine) -> None:
    with county.connect().execution_options(writes=True) as connection:
        connection.execute(update(tables.file_text).values(text="Anlage: Geheim"))
        connection.commit()
        verdict = verify(connection)
    assert not verdict.intact
    assert "durchsuchbare Text" in verdict.message


def test_verify_tells_of_words_without_a_public_file(sqlite_engine: Engine) -> None:
    county_data.file_county(sqlite_engine)
    raw = sqlite_engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    raw.cursor().execute("INSERT INTO public_file_text VALUES ('00', 'geheim', 'Geheim')")
    raw.commit()
    raw.cursor().execute("PRAGMA foreign_keys = ON")
    raw.close()
    with sqlite_engine.connect() as connection:
        assert "keine öffentliche Datei" in verify(connection).message


@pytest.mark.parametrize(
    "word", ["Straße", "STRASSE", "Förderung", "ﬁnanziell", "Žižek", "Ǆ", "Å", "ﷺ", "한국", "½"]
)
def test_long_texts_are_folded_as_titles_are(word: str) -> None:
    assert folded(word) == fold(word)
    assert "".join(folded(letter) for letter in word) == folded(word)


def test_short_words_are_not_looked_for() -> None:
    assert [searchable(one) for one in ("ab", "ß", "ßa", "Öl", "Weg", "¨¨¨")] == [
        "", "", "ssa", "", "weg", "",
    ]  # fmt: skip


def shown(text: str, *words: str) -> str:
    """A snippet in one line, what was found in brackets, the page before it."""
    found = snippet(text, words)
    assert found is not None
    return f"{found.page}:" + "".join(
        f"[{one.text}]" if one.found else one.text for one in found.pieces
    )


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("Die Straße hier", ["strasse"], "0:Die [Straße] hier"),
        ("Maße und Maßstab", ["mas"], "0:[Maß]e und [Maß]stab"),
        ("eins\fzwei Kosten\fdrei", ["kosten"], "2:… zwei [Kosten] …"),
        ("Kostenplan", ["kosten", "plan"], "0:[Kostenplan]"),
        ("aaaa", ["aa"], "0:[aaaa]"),
        ("ﷺ Ende", ["ende"], "0:ﷺ [Ende]"),
        ("x", ["x"], "0:[x]"),
    ],
)
def test_a_snippet_marks_whole_letters_of_the_text(text: str, words: list[str], line: str) -> None:
    assert shown(text, *words) == line


def test_a_snippet_far_into_a_long_text_is_led_back_to_its_place() -> None:
    text = "Maß ß ﬁ " * 5000 + "Fundstelle " + "und weiter " * 5000
    line = shown(text, "fundstelle")
    assert "ﬁ [Fundstelle] und weiter" in line
    assert line.startswith("0:… ")
    assert line.endswith("weiter …")
    assert len(line) < 220


def test_there_is_no_snippet_without_the_word() -> None:
    assert snippet("Text", ["fehlt"]) is None
    assert snippet("", ["wort"]) is None
