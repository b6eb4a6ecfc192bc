"""Whatever an office writes, both parsers read the same text."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitzungsdienst.calendar.text import clean_block, clean_categories, clean_line, clean_url
from tests.calendar.cast import EVENT, feed, read_alike

FIVE_THOUSAND = ("<b>Größe & Maß</b>; 🏛️, \\Neubau – „Süd“ " * 200)[:5000]

TITLES = [
    "Ärger über Öl, Übel & Spaß",
    "Haushalt 2027, Nachtrag; Teil 1",
    "Ablage unter C:\\Neu\\neu\\Nord",
    "\\N \\n \\, \\; \\\\ \\",
    "👩🏽‍🚒🏛️🇩🇪 Feuerwehr",
    "<script>alert(1)</script>&amp;<b>fett</b>",
    'Er sagte: "Nein"; BEGIN:VEVENT END:VCALENDAR',
    "|" * 200,
    "ä" * 5000,
    "🏛" * 5000,
    "\\" * 5000,
    " ".join(["x"] * 2500),
    FIVE_THOUSAND.strip(),
]


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_a_text_is_read_back_as_it_was_written(title: str) -> None:
    event = replace(EVENT, summary=title, location=title, description_lines=(title, title))
    (read,) = read_alike(feed(event, name=title))
    assert read["summary"] == title
    assert read["location"] == title
    assert read["description"] == f"{title}\n{title}"


def test_a_line_break_in_a_title_becomes_a_space_and_in_a_description_stays() -> None:
    text = "Erste\r\nZweite\rDritte\u2028Vierte\x0bFünfte"
    (read,) = read_alike(feed(replace(EVENT, summary=text, description_lines=(text,))))
    assert read["summary"] == "Erste Zweite Dritte Vierte Fünfte"
    assert read["description"] == "Erste\nZweite\nDritte\nVierte\nFünfte"


def test_no_text_can_smuggle_a_line_into_the_feed() -> None:
    attack = "x\r\nATTENDEE:mailto:a@b\r\n END:VEVENT\nMETHOD:REQUEST"
    event = replace(
        EVENT,
        summary=attack,
        location=attack,
        description_lines=(attack,),
        url="https://h.example/" + attack,
        categories=(attack,),
    )
    data = feed(event, name=attack)
    read_alike(data)
    assert not re.search(rb"\r\n(ATTENDEE|METHOD)", data)
    assert data.count(b"END:VEVENT\r\n") == 1


def test_control_characters_are_dropped_and_tabs_become_spaces() -> None:
    assert clean_line("\ufeffa\x00b\x1fc\x7fd\x9fe\tf\ufeff") == "abcde f"
    assert clean_block(["a\tb", "c\x07"]) == "a b\nc"


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert clean_line("a\ud800b") == "a\ufffdb"
    assert clean_url("https://h/\ud800") == "https://h/%EF%BF%BD"


def test_a_no_break_space_stays() -> None:
    assert clean_line("  Ö\u00a05.1   Wahl ") == "Ö\u00a05.1 Wahl"


def test_a_block_keeps_inner_empty_lines_and_loses_outer_ones() -> None:
    assert clean_block(["", " ", "a ", "", "  b", "", ""]) == "a\n\n  b"


def test_a_category_holds_no_sign_at_which_readers_split() -> None:
    assert clean_categories(["Bau, Umwelt; Verkehr\\Straße", "", ",", "A", "A"]) == (
        "Bau / Umwelt / Verkehr / Straße",
        "A",
    )


def test_an_address_is_made_of_uri_characters_only() -> None:
    assert clean_url(" https://h.example/ä ö?x=1,2;3&y=%C3%A4#t\r\nX:1 ") == (
        "https://h.example/%C3%A4%20%C3%B6?x=1,2;3&y=%C3%A4#t%0D%0AX:1"
    )


ANY_TEXT = st.text(st.characters(codec=None), max_size=200)
TRICKY = st.text(st.sampled_from('\\,;:nN|" \t\r\n\x85\u2028äß🏛\ufeff\u200d%^='), max_size=200)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(text=ANY_TEXT | TRICKY, line=ANY_TEXT | TRICKY)
def test_any_text_is_read_back_alike_after_normalisation(text: str, line: str) -> None:
    event = replace(
        EVENT,
        summary=text,
        location=line,
        description_lines=(text, line),
        categories=(text, line),
    )
    (read,) = read_alike(feed(event, name=text + "x"))
    assert read["summary"] == clean_line(text)
    assert read["location"] == clean_line(line)
    assert read["description"] == clean_block([text, line])
    assert read["categories"] == clean_categories([text, line])


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(text=ANY_TEXT | TRICKY)
def test_normalisation_is_done_once_for_all(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_block([clean_block([text])]) == clean_block([text])
    assert clean_categories(clean_categories([text])) == clean_categories([text])
    assert clean_url(clean_url(text)) == clean_url(text)
