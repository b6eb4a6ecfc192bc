"""Letters: every one of DIN 91379, Hebrew and Arabic names, and where words are parted."""

import io
import re
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from sitzungsdienst.documents import fonts
from sitzungsdienst.documents.fonts import Cut, clean, fitted, markup
from sitzungsdienst.documents.hyphens import hyphenate
from sitzungsdienst.documents.story import Column, ListItem, Story, build
from tests.documents.cast import run
from tests.documents.din_91379 import (
    CYRILLIC,
    EXTENDED_SIGNS,
    GREEK,
    LETTERS,
    NAME_SIGNS,
    OTHER_SIGNS,
    SEQUENCES,
    SHOWN,
    SPACES,
)
from tests.documents.test_pages import start
from tests.support.spoken import spoken
from tests.support.standards import faults_of

ARABIC, HEBREW = "محمد الأحمد", "שרה כהן"
LONG_NAME = "محمد الأحمد بن عبد الله المصري"


@pytest.mark.parametrize("cut", Cut)
def test_every_letter_of_din_91379_has_a_shape_in_the_first_typeface(cut: Cut) -> None:
    for group in (LETTERS, SEQUENCES, NAME_SIGNS, OTHER_SIGNS, GREEK, CYRILLIC):
        made = markup("".join(group), cut)
        assert "<font" not in made
        assert "\ufffd" not in made
    assert "\ufffd" not in markup("".join(EXTENDED_SIGNS), cut)
    drawn = fonts._coverage[str(cut)]
    assert {ord(one) for one in clean("".join((*LETTERS, *SEQUENCES)))} <= drawn


def test_the_list_has_as_many_characters_as_the_standard() -> None:
    groups = (LETTERS, SEQUENCES, NAME_SIGNS, OTHER_SIGNS, SPACES, GREEK, EXTENDED_SIGNS, CYRILLIC)
    assert [len(group) for group in groups] == [500, 149, 18, 66, 4, 69, 42, 62]
    everything = [one for group in groups for one in group]
    assert len(set(everything)) == len(everything)
    assert [one for one in everything if unicodedata.normalize("NFC", one) != one] == []


def letters_in_words() -> tuple[list[str], bytes]:
    """A word for every letter, and the document that holds them all."""
    words = [f"Na{one}me" for one in SHOWN if one != " "]
    story = start(headings=1)
    story.paragraph(" ".join(words))
    return words, build(story)


def test_every_letter_of_din_91379_is_read_back() -> None:
    words, pdf = letters_in_words()
    heard = unicodedata.normalize("NFC", spoken(pdf)).replace("\u00ad", "")
    missing = [word for word in words if word not in heard]
    assert missing == []
    assert faults_of(pdf) == []


def test_every_letter_of_din_91379_is_found_by_a_reader_s_search() -> None:
    words, pdf = letters_in_words()
    with pdfium.PdfDocument(pdf) as document:
        pages = [page.get_textpage() for page in document]
        found = [
            word
            for word in words
            if any(page.search(word, match_case=True).get_next() for page in pages)
        ]
    assert [word for word in words if word not in found] == []


def passages_in(pdf: bytes) -> list[str]:
    """What stands in the place of the drawn signs, in the order of the structure."""
    found: list[str] = []

    def walk(element: pikepdf.Object) -> None:
        if not isinstance(element, pikepdf.Dictionary):
            return
        if "/ActualText" in element:
            assert element.S == "/Span"
            found.append(str(element.ActualText))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            walk(kid)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        walk(opened.Root.StructTreeRoot)
    return found


def right_to_left() -> Story:
    story = start(headings=1)
    story.heading(f"Ehrung für {ARABIC}", 2, number="Ö 1")
    story.paragraph(f"Geehrt werden {ARABIC}, {HEBREW} und ☑ Herr Levi (לוי). " * 3)
    story.key_values([("Name", ARABIC), ("Straße", "רחוב הרצל 12 תל אביב")])
    story.items([ListItem(f"{HEBREW} dankt")])
    story.box(ARABIC)
    rows = [[LONG_NAME, "ja"]] * 60
    story.table([Column("Name שם", 1, names_rows=True), Column("Stimme", 5)], rows)
    return story


def test_hebrew_and_arabic_names_are_read_in_their_own_order() -> None:
    pdf = build(right_to_left())
    read = passages_in(pdf)
    names = [ARABIC, *[ARABIC, HEBREW, "לוי"] * 3, ARABIC, "רחוב הרצל 12 תל אביב", HEBREW, ARABIC]
    assert read[: len(names)] == names
    assert "".join(read[len(names) :]).replace(" ", "") == "שם" + LONG_NAME.replace(" ", "") * 60
    assert faults_of(pdf) == []


def test_names_stand_on_paper_from_right_to_left_with_joined_letters() -> None:
    (hebrew,) = markup(HEBREW).passages
    assert hebrew.seen == HEBREW[::-1].replace(" ", "\u00a0")
    (arabic,) = markup(ARABIC).passages
    assert set(arabic.seen) & set(ARABIC) == set()
    joined = unicodedata.normalize("NFKC", arabic.seen[::-1]).replace("أل", "لأ")
    assert joined == ARABIC


def test_two_names_with_a_comma_between_them_keep_the_order_of_the_sentence() -> None:
    assert [one.read for one in markup(f"{ARABIC}, {HEBREW}").passages] == [ARABIC, HEBREW]


def test_vowel_points_are_read_and_not_drawn() -> None:
    (pointed,) = markup("מֹשֶׁה").passages
    assert (pointed.seen, pointed.read) == ("השמ", clean("מֹשֶׁה"))


def test_a_name_wider_than_its_cell_is_parted_in_reading_order() -> None:
    made = fitted(markup(f"Herr {LONG_NAME} & Sohn"), 70.0, 9.5)
    parts = [one.read for one in made.passages]
    assert len(parts) > 1
    assert " ".join(parts) == LONG_NAME
    assert made.startswith("Herr <font")
    assert made.endswith("</font> &amp; Sohn")


@pytest.mark.parametrize("shift", range(0, 60, 7))
def test_a_name_broken_by_the_end_of_a_page_is_one_passage(shift: int) -> None:
    story = start(headings=1)
    story.paragraph("\n".join(["Zeile"] * (40 + shift // 4)))
    word = "ب" * 300
    story.paragraph(word)
    pdf = build(story)
    assert passages_in(pdf) == [word]
    assert faults_of(pdf) == []


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Bürgerentscheide", "Bür-ger-ent-scheide"),
        ("Urinstinkt", "Urinstinkt"),
        ("Kreisstraßen", "Kreis-stra-ßen"),
        ("Einwohnerantrag", "Ein-woh-ner-an-trag"),
        ("Feuerwehrentschädigung", "Feu-er-wehr-ent-schä-di-gung"),
        ("Infrastrukturausschuss", "Infra-struk-tur-aus-schuss"),
        ("Gefahrenabwehr", "Gefah-ren-ab-wehr"),
        ("KINDERTAGESSTÄTTE", "KIN-DER-TA-GES-STÄTTE"),
        ("Beschlussvorlage", "Beschluss-vor-lage"),
    ],
)
def test_words_of_council_offices_are_parted_where_a_reader_expects_it(
    word: str, parts: str
) -> None:
    broken = word
    for head, _ in hyphenate(word):
        broken = f"{head}-{broken[len(head) :]}"
    assert broken == parts


SOFT = "Grund\u00adstücks\u00adverkehrs\u00adgenehmigungs\u00adzuständig\u00adkeits\u00adverordnung"
PLAIN = SOFT.replace("\u00ad", "")


@pytest.mark.parametrize("word", [SOFT, PLAIN, SOFT.replace("ü", "ü\u2063"), f"☑{SOFT}"])
@pytest.mark.parametrize("before", range(0, 40, 13))
def test_a_word_parted_at_a_line_s_end_is_read_whole(word: str, before: int) -> None:
    story = start(headings=1)
    story.paragraph("i" * before + f" {word} und" * 60)
    story.paragraph("i" * before + " ☑" + f" {word} und" * 60)
    story.paragraph("\n".join([f"x {word} {word} {word}"] * 50))
    story.key_values([("Feld", f"{word} und {word} ☑ {word}")])
    heard = spoken(build(story)).replace("\u00ad", "")
    assert len(re.findall(rf"\b{PLAIN}\b", heard)) == 60 + 60 + 150 + 3
    assert "\u2010" not in heard


def test_lines_that_end_in_a_typed_break_keep_their_words_apart() -> None:
    story = start(headings=1)
    story.paragraph("erste Zeile\nzweite Zeile ☑\n☑ dritte")
    heard = " ".join(spoken(build(story)).split())
    assert heard.endswith("erste Zeile zweite Zeile ☑ ☑ dritte")


def test_a_typed_hyphen_of_any_kind_stays_a_hyphen() -> None:
    story = start(headings=1)
    story.paragraph("Kultur\u2010 und Sozialausschuss, Nord-Süd, 1\u20132")
    heard = spoken(build(story))
    assert "Kultur- und Sozialausschuss, Nord-Süd, 1–2" in heard


def test_headings_are_not_parted(tmp_path: Path) -> None:
    story = start()
    story.heading("Haushaltssicherungskonzept " * 9)
    shown = run("pdftotext", "-enc", "UTF-8", pdf=build(story), folder=tmp_path)
    assert shown.count("Haushaltssicherungskonzept") == 9
