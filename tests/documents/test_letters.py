"""Letters: every one of DIN 91379, Hebrew and Arabic names, and where words are parted."""

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from sitzungsdienst.documents import fonts
from sitzungsdienst.documents.fonts import Cut, clean, fitted, markup
from sitzungsdienst.documents.hyphens import hyphenate
from sitzungsdienst.documents.story import Column, ListItem, Story, build
from tests.documents.cast import run
from tests.documents.test_pages import start
from tests.documents.test_structure import told
from tests.support.standards import faults_of, verapdf_faults

ARABIC, HEBREW = "محمد الأحمد", "שרה כהן"
LONG_NAME = "محمد الأحمد بن عبد الله المصري"


def _span(ranges: str) -> Iterator[str]:
    for one in ranges.split():
        first, _, last = one.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


LETTERS = (
    *_span("41-5A 61-7A C0-D6 D8-F6 F8-131 134-148 14A-17E 187-188 18F 197 1A0-1A1 1AF-1B0 1B7"),
    *_span("1CD-1DC 1DE-1DF 1E2-1F0 1F4-1F5 1F8-1FF 212-213 218-21B 21E-21F 227-233 259 268 292"),
    *_span("1E02-1E03 1E06-1E07 1E0A-1E11 1E17 1E1E-1E2B 1E2F-1E38 1E3A-1E3B 1E40-1E63 1E6A-1E6F"),
    *_span("1E80-1E87 1E8A-1E97 1E9E 1EA0-1EF9"),
)
"""The Latin letters of DIN 91379, annex A."""

SIGNS = tuple(_span("20-7E A0-AC AE-BF D7 F7 2B9-2BA 2BC 2BE-2BF 2C8 2CC 2019 201A 201E 2020 20AC"))
GREEK_AND_CYRILLIC = (
    *_span("386 388-38A 38C 38E-3A1 3A3-3CE 40D 410-44F 45D 402 403 409-40B 411 429 42A 42C 42E"),
)
SEQUENCES = tuple(
    """A̋ C̀ C̄ C̆ C̈ C̕ C̣ C̦ C̨̆ D̂ F̀ F̄ G̀ H̄ H̦ H̱ J́ J̌ K̀ K̂ K̄ K̇ K̕ K̛ K̦ K͟H L̂ L̥ L̥̄ L̦ M̀ M̂ M̆ M̐
    N̂ N̄ N̆ N̦ P̀ P̄ P̕ P̣ R̆ R̥ R̥̄ S̀ S̄ S̛̄ S̱ T̀ T̄ T̈ T̕ T̛ U̇ Z̀ Z̄ Z̆ Z̈ Z̧
    a̋ c̀ c̄ c̆ c̈ c̕ c̣ c̦ c̨̆ d̂ f̀ f̄ g̀ h̄ h̦ ẖ j́ k̀ k̂ k̄ k̇ k̕ k̛ k̦ k͟h l̂ l̥ l̥̄ l̦ m̀ m̂ m̆ m̐
    n̂ n̄ n̆ n̦ p̀ p̄ p̕ p̣ r̆ r̥ r̥̄ s̀ s̄ s̛̄ s̱ t̀ t̄ t̕ t̛ u̇ z̀ z̄ z̆ z̈ z̧ Ç̆ ç̆ Û̄ û̄ ß̄
    """.split()  # noqa: SIM905 (a list of one letter a line would be a page long)
)
"""Letters that Unicode has only as a letter with combining signs."""


@pytest.mark.parametrize("cut", [Cut.REGULAR, Cut.BOLD])
def test_every_letter_of_din_91379_has_a_shape_in_the_first_typeface(cut: Cut) -> None:
    everything = "".join((*LETTERS, *SEQUENCES))
    assert "<font" not in markup(everything, cut)
    assert "\ufffd" not in markup("".join((*SIGNS, *GREEK_AND_CYRILLIC)), cut)
    drawn = fonts._coverage[str(cut)]
    assert {ord(one) for one in clean(everything)} <= drawn


def test_every_letter_of_din_91379_is_read_back(tmp_path: Path) -> None:
    story = start(headings=1)
    words = [f"Na{one}me" for one in (*LETTERS, *SEQUENCES, *GREEK_AND_CYRILLIC)]
    story.paragraph(" ".join(words))
    pdf = build(story)
    heard = unicodedata.normalize("NFC", told(pdf, tmp_path)).replace("\u00ad", "")
    missing = [word for word in words if unicodedata.normalize("NFC", word) not in heard]
    assert missing == []
    assert faults_of(pdf) == []


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


@pytest.mark.slow
def test_verapdf_accepts_right_to_left_names_and_every_letter(tmp_path: Path) -> None:
    story = start(headings=1)
    story.paragraph(" ".join((*LETTERS, *SEQUENCES, *SIGNS, *GREEK_AND_CYRILLIC)))
    files = {"names": build(right_to_left()), "letters": build(story)}
    assert verapdf_faults(files, tmp_path) == {"names": [], "letters": []}


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
def test_a_word_parted_at_a_line_s_end_is_read_whole(
    word: str, before: int, tmp_path: Path
) -> None:
    story = start(headings=1)
    story.paragraph("i" * before + f" {word} und" * 60)
    story.paragraph("i" * before + " ☑" + f" {word} und" * 60)
    story.paragraph("\n".join([f"x {word} {word} {word}"] * 50))
    story.key_values([("Feld", f"{word} und {word} ☑ {word}")])
    heard = told(build(story), tmp_path).replace("\u00ad", "")
    assert len(re.findall(rf"\b{PLAIN}\b", heard)) == 60 + 60 + 150 + 3
    assert "\u2010" not in heard


def test_lines_that_end_in_a_typed_break_keep_their_words_apart(tmp_path: Path) -> None:
    story = start(headings=1)
    story.paragraph("erste Zeile\nzweite Zeile ☑\n☑ dritte")
    heard = " ".join(told(build(story), tmp_path).split())
    assert heard.endswith("erste Zeile zweite Zeile ☑ ☑ dritte")


def test_a_typed_hyphen_of_any_kind_stays_a_hyphen(tmp_path: Path) -> None:
    story = start(headings=1)
    story.paragraph("Kultur\u2010 und Sozialausschuss, Nord-Süd, 1\u20132")
    heard = told(build(story), tmp_path)
    assert "Kultur- und Sozialausschuss, Nord-Süd, 1–2" in heard


def test_headings_are_not_parted(tmp_path: Path) -> None:
    story = start()
    story.heading("Haushaltssicherungskonzept " * 9)
    shown = run("pdftotext", "-enc", "UTF-8", pdf=build(story), folder=tmp_path)
    assert shown.count("Haushaltssicherungskonzept") == 9
