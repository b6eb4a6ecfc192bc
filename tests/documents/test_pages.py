"""How blocks stand on pages: nothing lost, nothing off the paper, no heading left alone."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.documents.parts import add_proceedings
from sitzungsdienst.documents.story import Align, Column, Facts, Story, build
from sitzungsdienst.documents.values import (
    AgendaLine,
    BallotBlock,
    Counts,
    ItemRecord,
    Letterhead,
    Signature,
)
from tests.documents.cast import INVITATION, LETTERHEAD, MINUTES, read, run

POINTS_PER_MM = 72 / 25.4
RIGHT_EDGE = (210 - 20) * POINTS_PER_MM
FOOT = re.compile(r"Prüfung\n+Seite \d+ von \d+\n*$|Seite \d+ von \d+\n+Prüfung\n*$")


def start(letterhead: Letterhead = LETTERHEAD, headings: int = 0) -> Story:
    """A document that stands below `headings` headings of the levels 1, 2, …"""
    facts = Facts("Prüfung", "Titel der Prüfung", "Kopf der Prüfung", letterhead, date(2026, 1, 2))
    story = Story(facts)
    for level in range(1, headings + 1):
        story.heading(f"Ebene {level}", level)
    return story


def sheets(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page without its foot."""
    pages = read(pdf, folder).split("\f")
    return [FOOT.sub("", page).strip() for page in pages if page.strip()]


def right_edges(pdf: bytes, folder: Path) -> list[float]:
    boxes = run("pdftotext", "-bbox", pdf=pdf, folder=folder)
    return [float(edge) for edge in re.findall(r'<word [^>]*xMax="([\d.]+)"', boxes)]


def counted(count: int) -> str:
    return "\n".join(f"Zeile{i:05}" for i in range(count))


def lines_in(text: str) -> list[str]:
    return re.findall(r"Zeile\d{5}", text)


def test_pages_are_numbered_and_bear_kind_and_running_head(tmp_path: Path) -> None:
    story = start()
    story.paragraph(counted(120))
    pages = read(build(story), tmp_path).split("\f")[:-1]
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"Seite {number} von 3" in page
        assert "Prüfung" in page
        assert ("Kopf der Prüfung" in page) == (number > 1)
        assert ("Haldensleben" in page) == (number == 1)


def test_a_row_higher_than_a_page_runs_over_pages_and_loses_nothing(tmp_path: Path) -> None:
    story = start()
    story.table([Column("Nr.", 1, Align.RIGHT), Column("Text", 5)], [["1", counted(200)]])
    pdf = build(story)
    assert len(sheets(pdf, tmp_path)) > 3
    assert lines_in(read(pdf, tmp_path)) == counted(200).split("\n")


@pytest.mark.parametrize("count", range(36, 62))
def test_a_box_of_any_height_around_a_page_is_whole(count: int, tmp_path: Path) -> None:
    story = start(headings=2)
    story.heading("Beschluss", 3)
    story.box(counted(count))
    assert lines_in(read(build(story), tmp_path)) == counted(count).split("\n")


def test_300_items_keep_order_and_repeat_their_head_on_every_page(tmp_path: Path) -> None:
    lines = tuple(AgendaLine(f"Ö {i}", f"Zeile{i:05}", i % 12) for i in range(300))
    pdf = print_invitation(replace(INVITATION, public_agenda=lines, nonpublic_agenda=()))
    text = read(pdf, tmp_path)
    assert lines_in(text) == [line.title for line in lines]
    with_lines = [page for page in text.split("\f") if lines_in(page)]
    assert len(with_lines) > 5
    assert all(page.count("Gegenstand") == 1 for page in with_lines)


@pytest.mark.parametrize("word", ["q" * 5000, "https://example.org/" + "q/" * 2500, "Q-" * 2500])
def test_a_word_longer_than_a_line_is_broken_and_stays_on_the_paper(
    word: str, tmp_path: Path
) -> None:
    story = start(headings=1)
    story.heading(word, 2)
    story.paragraph(word)
    story.key_values([("Feld", word)])
    story.box(word)
    story.agenda([AgendaLine("Ö 1", word, 3)])
    story.table([Column("a", 1), Column("b", 1)], [["x", word]])
    pdf = build(story)
    letters = read(pdf, tmp_path).lower().count("q")
    assert letters == 6 * word.lower().count("q")
    assert max(right_edges(pdf, tmp_path)) <= RIGHT_EDGE + 0.5


@pytest.mark.parametrize("times", [4, 30, 500])
def test_an_overlong_number_stays_on_the_paper(times: int, tmp_path: Path) -> None:
    story = start(headings=2)
    story.heading("Titel", 3, number="Ö 5." * times)
    story.agenda([AgendaLine("Ö 5." * times, "Titel")])
    pdf = build(story)
    assert max(right_edges(pdf, tmp_path)) <= RIGHT_EDGE + 0.5
    assert read(pdf, tmp_path).count("Ö") == 2 * times


@pytest.mark.parametrize("filling", range(0, 46, 3))
def test_a_heading_is_never_the_last_line_of_a_page(filling: int, tmp_path: Path) -> None:
    story = start(headings=1)
    if filling:
        story.paragraph("\n".join("Füllung" for _ in range(filling)))
    story.heading("Überschrift eins", 2)
    story.heading("Überschrift zwei", 3)
    story.agenda([AgendaLine(f"Ö {i}", f"Zeile{i:05}") for i in range(80)])
    pages = sheets(build(story), tmp_path)
    assert not any(page.endswith(("Überschrift eins", "Überschrift zwei")) for page in pages)
    assert any("Überschrift zwei" in page and "Zeile00000" in page for page in pages)


def test_a_heading_does_not_carry_a_long_table_to_the_next_page(tmp_path: Path) -> None:
    story = start(headings=1)
    story.heading("Überschrift", 2)
    story.agenda([AgendaLine(f"Ö {i}", f"Zeile{i:05}") for i in range(80)])
    first = sheets(build(story), tmp_path)[0]
    assert len(lines_in(first)) > 20


def test_items_without_content_do_not_drag_each_other_to_the_next_page(tmp_path: Path) -> None:
    story = start(headings=2)
    for number in range(60):
        story.heading(f"Zeile{number:05}", 3, number=f"Ö {number}")
    first = sheets(build(story), tmp_path)[0]
    assert len(lines_in(first)) > 15


@pytest.mark.parametrize("filling", range(30, 46))
def test_signatures_stay_together_with_their_heading(filling: int, tmp_path: Path) -> None:
    story = start(headings=1)
    story.paragraph("\n".join("Füllung" for _ in range(filling)))
    story.heading("Unterschriften", 2)
    story.signatures([Signature("Vorsitz", "Erste Person"), Signature("Schrift", "Zweite Person")])
    pages = sheets(build(story), tmp_path)
    page = next(page for page in pages if "Unterschriften" in page)
    for part in ("Erste Person", "Zweite Person", "Vorsitz", "Schrift"):
        assert part in page


@pytest.mark.parametrize("filling", range(30, 46))
def test_a_result_stays_together_with_its_counts(filling: int, tmp_path: Path) -> None:
    story = start(headings=3)
    story.paragraph("\n".join("Füllung" for _ in range(filling)))
    ballot = BallotBlock("", "offen", "angenommen", Counts(14, 3, 2))
    add_proceedings(story, ItemRecord(AgendaLine("Ö 1", ""), ballots=(ballot,)), level=4)
    pages = sheets(build(story), tmp_path)
    page = next(page for page in pages if "Abstimmungsergebnis" in page)
    for part in ("angenommen", "Enthaltungen", "14"):
        assert part in page


def test_signatures_larger_than_a_page_are_printed_all_the_same(tmp_path: Path) -> None:
    endless = tuple(Signature("Amt " * 1000, "Name " * 2000) for _ in range(3))
    text = read(print_minutes(replace(MINUTES, signatures=endless)), tmp_path)
    assert text.count("Name") >= 6000


def test_german_words_are_hyphenated_in_text_and_never_in_headings(tmp_path: Path) -> None:
    word = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung "
    story = start()
    story.paragraph(word * 30)
    laid_out = run("pdftotext", "-layout", pdf=build(story), folder=tmp_path)
    assert re.search(r"(?m)[a-zü]\u00ad$", laid_out), "programs must see that the word goes on"
    story = start()
    story.heading("Bürgerentscheid " * 60, 1)
    assert "-" not in sheets(build(story), tmp_path)[0].split("landkreis.example")[-1]


def test_soft_hyphens_part_words_where_they_stand_and_are_not_seen_elsewhere(
    tmp_path: Path,
) -> None:
    story = start()
    story.paragraph("Urin\u00adstinkt " * 3)
    story.paragraph("xxxxxxxxx" + "\u00adyyyyyyyyyyy" * 30)
    text = read(build(story), tmp_path)
    assert "Urinstinkt Urinstinkt Urinstinkt" in text
    assert "\u00ad" not in text.replace("\u00ad\n", "")
    broken = re.findall("(\\w+)\u00ad?\n", text[text.index("xxxx") :])
    assert all(re.fullmatch(r"(x{9})?(y{11})*", part) for part in broken if part[0] in "xy")


def test_a_logo_is_printed_and_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (3000, 20), "#0b5d3b").save(picture, "PNG")
    story = start(replace(LETTERHEAD, logo=picture.getvalue(), logo_alt="Wappen"))
    assert re.search(
        r"(?m)^ +1 +0 image", run("pdfimages", "-list", pdf=build(story), folder=tmp_path)
    )
    with pytest.raises(ValueError, match="no picture"):
        start(replace(LETTERHEAD, logo=b"no picture at all"))


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#1234567", "#12345g"])
def test_a_colour_that_is_none_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        start(replace(LETTERHEAD, colour=colour))


def test_a_letterhead_may_be_larger_than_a_page(tmp_path: Path) -> None:
    head = replace(LETTERHEAD, body_name="Landkreis " * 1500, email="q" * 3000)
    text = read(build(start(head)), tmp_path)
    assert text.count("Landkreis") == 1500
    assert text.count("q") >= 3000


def test_blank_texts_add_nothing(tmp_path: Path) -> None:
    story = start(Letterhead(""))
    story.paragraph(" \n\n ")
    story.note("")
    story.box("")
    story.key_values([("Feld", " ")])
    story.agenda([])
    story.signatures([])
    text = " ".join(read(build(story), tmp_path).split())
    assert text == "Sitzungsdienst Prüfung Seite 1 von 1"


def test_a_heading_without_words_says_so(tmp_path: Path) -> None:
    story = start()
    story.heading(" \ufeff")
    assert "(ohne Titel)" in read(build(story), tmp_path)


def test_a_page_break_starts_a_new_page_and_a_rule_does_not(tmp_path: Path) -> None:
    story = start()
    story.paragraph("vorher")
    story.rule()
    story.paragraph("noch vorher")
    story.page_break()
    story.paragraph("nachher")
    first, second = sheets(build(story), tmp_path)
    assert "noch vorher" in first
    assert second.endswith("nachher")


@pytest.mark.parametrize("filler", range(34, 46))
def test_a_decision_stays_with_the_result_it_follows(filler: int, tmp_path: Path) -> None:
    story = start(headings=1)
    story.paragraph("\n".join("Füllung" for _ in range(filler)))
    ballot = BallotBlock("", "offen", "Einmütig")
    item = ItemRecord(AgendaLine("Ö 1", "Titel"), ballots=(ballot,), decision="Beschlossen")
    add_proceedings(story, item, level=2)
    pages = sheets(build(story), tmp_path)
    (page,) = (one for one in pages if "Einmütig" in one)
    assert "Abstimmungsergebnis" in page
    assert "Beschlossen" in page
