"""The book of resolutions and its registers, and the report on carrying them out."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from openpyxl import load_workbook

from sitzungsdienst.documents.book import Book, Line, print_book
from sitzungsdienst.documents.followup_report import print_followup_report
from sitzungsdienst.documents.followup_sheet import write_followup_sheet
from sitzungsdienst.documents.resolution_book import print_resolution_book
from sitzungsdienst.documents.sorting import in_words, initial
from sitzungsdienst.documents.story import Facts
from tests.documents.cast import LETTERHEAD
from tests.documents.resolution_cast import (
    BOOK,
    DONE,
    EMPTY_BOOK,
    FIRST,
    LATE,
    PUBLIC_BOOK,
    REPORT,
    SECRET,
)
from tests.support.pdf import words_of
from tests.support.standards import faults_of

LONG = replace(
    BOOK,
    public=tuple(
        replace(
            FIRST,
            number=f"{place}/2024",
            subject=f"Gegenstand Nummer {place}",
            start=FIRST.start + timedelta(days=place // 7),
            text=FIRST.text * (1 + place % 9),
        )
        for place in range(1, 60)
    ),
)


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """The words of each page."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            one = pikepdf.new()
            one.pages.append(page)
            out = io.BytesIO()
            one.save(out)
            found.append(words_of(out.getvalue(), folder))
    return found


# --- Order


@pytest.mark.parametrize(
    "words",
    [
        ["Ärztehaus", "Arztsitz", "Bau"],
        ["Bebauungsplan 2", "Bebauungsplan 10"],
        ["Masse", "Maße", "Mast"],
        ["3. Änderung", "Abfall"],
        ["Abfall", "»Altes Rathaus«", "Öffnung", "Ortsrecht"],
        ["2/2024", "10/2024"],
        ["Lobby", "Łódź", "Luft"],
    ],
)
def test_words_stand_in_german_order(words: list[str]) -> None:
    mixed = words[::-1]
    mixed.sort(key=in_words)
    assert mixed == words


def test_a_subject_stands_under_its_plain_letter() -> None:
    assert [initial(one) for one in ("Ärzte", "»öffnen«", "3. Änderung", "…", "Æther")] == [
        "A", "O", "0–9", "Sonstiges", "A",
    ]  # fmt: skip


# --- The book


def test_the_book_tells_wording_votes_meeting_and_item(tmp_path: Path) -> None:
    words = words_of(print_resolution_book(BOOK), tmp_path)
    for told in (
        "2/2024 Österliche Öffnungszeiten",
        "Die Bücherei öffnet am Karsamstag.",
        "Kreistag, 06.03.2024",
        "3. ordentliche Sitzung des Kreistages",
        "Ö 4 Öffnungszeiten der Bücherei",
        "BV/0007/2024",
        "ungeändert beschlossen",
        "offen: 20 Ja, 3 Nein, 1 Enthaltung; mehrheitlich angenommen",
        "Änderungsantrag (SPD-Fraktion), Absatz 2, namentlich",
        "1 ungültig, 1 befangen",
        "Ja: Abel; Nein: Berg, Çelik",
        "Schriftführung: Frau Abel ist gewählt.",
        "Kulturamt",
        "noch nicht bekannt gegeben",
        "3 Beschlüsse, davon 1 ungültig",
    ):
        assert told in words, told


def test_a_void_number_is_marked_and_tells_nothing_more(tmp_path: Path) -> None:
    words = words_of(print_resolution_book(BOOK), tmp_path)
    assert "Ungültig seit dem 07.03.2024: doppelt gezählt" in words
    assert "Zählfehler (ungültig)" in words
    assert "Das gilt nicht." not in words


def test_the_resolutions_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    _, *pages = pages_of(print_resolution_book(BOOK), tmp_path)
    part = " ".join(pages)
    places = [part.index(one) for one in ("2/2024 Öster", "3/2024 Zähl", "10/2024 Ärzte", "4/2024")]
    assert places == sorted(places)


def test_the_parts_stand_apart(tmp_path: Path) -> None:
    pages = pages_of(print_resolution_book(BOOK), tmp_path)
    [secret] = [one for one in pages if SECRET.text in one]
    assert FIRST.text not in secret
    assert "Nichtöffentliche Beschlüsse" in secret


def test_the_public_version_says_nothing_of_the_other_part(tmp_path: Path) -> None:
    words = words_of(print_resolution_book(PUBLIC_BOOK), tmp_path)
    assert FIRST.text in words
    assert "ichtöffentlich" not in words
    assert "nicht für die Öffentlichkeit" not in words
    with pytest.raises(ValueError, match="non-public"):
        print_resolution_book(replace(PUBLIC_BOOK, nonpublic=(SECRET,)))


def test_every_register_tells_the_page_on_which_a_resolution_begins(tmp_path: Path) -> None:
    pages = pages_of(print_resolution_book(LONG), tmp_path)
    register = next(place for place, one in enumerate(pages) if "Verzeichnis nach Nummer 1" in one)
    for entry in LONG.public:
        begins = f"{entry.number} {entry.subject} "
        [page] = [
            place
            for place, one in enumerate(pages[:register], start=1)
            if begins in one and place > 1
        ]
        rest = " ".join(pages[register:])
        assert re.search(rf"{re.escape(begins)}{page}\b", rest), entry.number
        assert f"{entry.subject}, {entry.number} {page} " in rest


def test_the_contents_tell_parts_meetings_and_registers_with_their_pages(tmp_path: Path) -> None:
    pages = pages_of(print_resolution_book(LONG), tmp_path)
    contents = pages[0]
    for title in ("Nichtöffentliche Beschlüsse", "Verzeichnis nach Nummer"):
        [page] = [
            place
            for place, one in enumerate(pages, start=1)
            if place > 1 and f"Jahr 2024 {title}" in one
        ]
        assert f"{title} {page} " in contents
    assert "Kreistag, 06.03.2024: 1/2024 bis 6/2024 2 " in contents
    assert "Kreistag, 07.03.2024: 7/2024 bis 13/2024" in contents


def test_contents_and_registers_are_links_and_tagged_as_what_they_are() -> None:
    pdf = print_resolution_book(BOOK)
    assert faults_of(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tags = [str(one.S) for one in opened.objects
                if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one]  # fmt: skip
        links = [one for page in opened.pages for one in page.get("/Annots", [])]
    assert tags.count("/TOC") == 3
    assert tags.count("/TOCI") == 7
    assert tags.count("/Reference") == 7
    assert len(links) == tags.count("/Link") == 7 + 4 + 4 + 3
    assert {str(one.Contents) for one in links} >= {"2/2024 Österliche Öffnungszeiten, Seite 2"}


def test_a_resolution_without_a_unit_stands_last_in_the_register_of_units(tmp_path: Path) -> None:
    words = words_of(print_resolution_book(BOOK), tmp_path)
    units = words[words.rindex("Verzeichnis nach zuständiger Stelle") :]
    places = [units.index(one) for one in ("Bauamt", "Kulturamt", "Ohne zuständige Stelle")]
    assert places == sorted(places)
    assert "Zählfehler" not in units


def test_an_empty_book_says_so(tmp_path: Path) -> None:
    pdf = print_resolution_book(EMPTY_BOOK)
    assert words_of(pdf, tmp_path).count("In diesem Zeitraum gibt es keinen Beschluss.") == 2
    assert faults_of(pdf) == []


def test_the_same_book_gives_the_same_bytes_whatever_the_order() -> None:
    turned = replace(BOOK, public=BOOK.public[::-1])
    assert print_resolution_book(BOOK) == print_resolution_book(turned)


def test_a_book_whose_pages_never_rest_is_refused() -> None:
    told: list[Book] = []

    def tell(book: Book) -> None:
        told.append(book)
        book.heading("Titel")
        for _ in range(len(told) % 2):
            book.page_break()
        book.heading("Ziel", 2, name="ziel")
        book.contents([Line("Ziel", "ziel")])

    facts = Facts("Buch", "Buch", "Buch", LETTERHEAD, BOOK.issued_on)
    with pytest.raises(ValueError, match="rest"):
        print_book(facts, tell)


# --- The report


def test_the_report_tells_how_each_resolution_stands(tmp_path: Path) -> None:
    pdf = print_followup_report(REPORT)
    assert faults_of(pdf) == []
    words = words_of(pdf, tmp_path, "-raw")
    for told in (
        "Beschlusskontrolle",
        "Stand 01.08.2024",
        "überfällig, in Arbeit",
        "30.06.2024",
        "Bearbeitung: Frau Berg",
        "02.05.2024, Kulturamt: Der Plan liegt vor.",
        "erledigt am 01.07.2024",
        "eingeweiht",
        "Ohne zuständige Stelle",
        "nicht für die Öffentlichkeit",
    ):
        assert told in words, told
    assert "Kulturamt 1 0 1 2" in words  # overdue, open, done, all
    assert "Alle 1 1 1 3" in words


def test_what_is_overdue_stands_first_and_the_parts_apart(tmp_path: Path) -> None:
    first, second = pages_of(print_followup_report(REPORT), tmp_path)
    assert first.index(LATE.subject) < first.index(DONE.subject)
    assert "Geheimrat" not in first
    assert "Nichtöffentliche Beschlüsse" in second
    [alone] = pages_of(print_followup_report(replace(REPORT, nonpublic=None)), tmp_path)
    assert "Nichtöffentliche Beschlüsse" not in alone


def test_the_same_report_gives_the_same_bytes() -> None:
    assert print_followup_report(REPORT) == print_followup_report(REPORT)
    content = write_followup_sheet(REPORT)
    assert content == write_followup_sheet(REPORT)
    with ZipFile(io.BytesIO(content)) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        properties = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"2\d{3}-\d\d-\d\dT[\d:]+", properties)) == {"2024-08-01T00:00:00"}


def test_the_workbook_has_a_sheet_for_each_part_asked_for() -> None:
    book = load_workbook(io.BytesIO(write_followup_sheet(REPORT)))
    assert book.sheetnames == ["Öffentlich", "Nichtöffentlich"]
    sheet = book["Öffentlich"]
    assert [cell.value for cell in sheet["A"]] == ["Nummer", "2/2024", "1/2024", "9/2024"]
    assert sheet["D2"].value.date() == LATE.decided_on
    assert sheet["D2"].is_date
    assert sheet["H2"].value == "überfällig"
    assert sheet["L2"].value == "02.05.2024, Kulturamt: Der Plan liegt vor."
    only = write_followup_sheet(replace(REPORT, public=None))
    assert load_workbook(io.BytesIO(only)).sheetnames == ["Nichtöffentlich"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_typed_text_is_never_a_formula(sign: str) -> None:
    evil = f'{sign}HYPERLINK("https://example.org")'
    line = replace(
        LATE, number=evil, subject=evil, unit=evil, in_charge=evil, remark=evil, state=evil
    )
    content = write_followup_sheet(replace(REPORT, public=(line,), nonpublic=None))
    sheet = load_workbook(io.BytesIO(content))["Öffentlich"]
    for column in "ABEFIK":
        cell = sheet[f"{column}2"]
        assert (cell.data_type, cell.value) == ("s", evil)
        assert cell.quotePrefix


def test_texts_excel_cannot_hold_are_cut_or_cleaned() -> None:
    line = replace(LATE, subject="a\x00b\x0bc\ud800" + "ä" * 40_000)
    content = write_followup_sheet(replace(REPORT, public=(line,)))
    value = load_workbook(io.BytesIO(content))["Öffentlich"]["B2"].value
    assert value.startswith("ab\nc\ufffd")
    assert len(value) == 32_767
