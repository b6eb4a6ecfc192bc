"""What assistive technology is told: every word, once, in order, and what each thing is."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from sitzungsdienst.documents.blocks import Text
from sitzungsdienst.documents.canvas import TaggedCanvas, Untagged
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.fonts import Cut, markup
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.documents.page import print_sheets
from sitzungsdienst.documents.story import Column, Facts, ListItem, Story, build
from sitzungsdienst.documents.structure import Element, Tag
from tests.documents.cast import EXCERPT, INVITATION, LETTERHEAD, MINUTES, run, squeezed
from tests.support.spoken import spoken, tags_of
from tests.support.standards import faults_of

FACTS = Facts("Prüfung", "Titel der Prüfung", "Kopf der Prüfung", LETTERHEAD, date(2026, 1, 2))


def told(pdf: bytes, folder: Path) -> str:
    """Return the text of the structure tree in its order, as poppler reads it."""
    tree = run("pdfinfo", "-struct-text", "-enc", "UTF-8", pdf=pdf, folder=folder)
    return "".join(re.findall(r'^ *"(.*)"$', tree, re.M))


def outline(pdf: bytes) -> list[str]:
    """Return the tags of the structure tree in its order, without the letterhead's."""
    tags = tags_of(pdf)
    return tags[tags.index("H1") + 1 :]


def begun() -> Story:
    story = Story(FACTS)
    story.heading("Titel")
    return story


def test_every_word_of_the_minutes_is_read_in_order() -> None:
    heard = squeezed(spoken(print_minutes(MINUTES)))
    place = 0
    for item in (*MINUTES.public_items, *MINUTES.nonpublic_items):
        for text in (item.line.title, item.deliberation, item.resolution):
            for part in text.split("\n\n"):
                found = heard.find(squeezed(part), place)
                assert found >= 0, part
                place = found


@pytest.mark.parametrize("pdf", [print_excerpt(EXCERPT), print_invitation(INVITATION)])
def test_nothing_is_read_that_is_not_printed_and_nothing_twice(pdf: bytes, tmp_path: Path) -> None:
    printed = squeezed(run("pdftotext", "-raw", pdf=pdf, folder=tmp_path))
    heard = squeezed(spoken(pdf))
    assert squeezed(told(pdf, tmp_path)) == heard, "two readers hear the same"
    furniture = re.compile(r"Seite\d+von\d+")
    assert furniture.search(printed)
    assert not furniture.search(heard)
    assert len(heard) <= len(printed)


def test_a_long_table_is_one_table_whose_head_is_read_once() -> None:
    story = begun()
    rows = [[f"Zeile{number:05}", "ja"] for number in range(200)]
    story.table([Column("Gegenstand", 3, names_rows=True), Column("Stimme", 1)], rows)
    pdf = build(story)
    heard = spoken(pdf)
    assert heard.count("Gegenstand") == 1
    assert re.findall(r"Zeile\d{5}", heard) == [row[0] for row in rows]
    tags = outline(pdf)
    assert tags.count("Table") == 1
    assert tags.count("TR") == 201
    assert tags.count("TH") == 202, "two heads of columns, and one of each row"
    assert faults_of(pdf) == []


def test_a_row_higher_than_a_page_is_still_one_row() -> None:
    story = begun()
    long = "\n".join(f"Zeile{number:05}" for number in range(150))
    story.table([Column("a", 1), Column("b", 3)], [["x", long]])
    pdf = build(story)
    assert outline(pdf).count("TR") == 2
    assert squeezed(long) in squeezed(spoken(pdf))
    assert faults_of(pdf) == []


def test_empty_cells_are_cells() -> None:
    story = begun()
    story.table([Column("a", 1), Column("b", 1)], [["", "x"], ["", ""]])
    pdf = build(story)
    assert outline(pdf).count("TD") == 4
    assert faults_of(pdf) == []


def test_lists_hold_their_items_and_the_lists_below_them() -> None:
    story = begun()
    below = (ListItem("Untergeordnet eins"), ListItem("Untergeordnet zwei"))
    story.items([ListItem("Erstens", below), ListItem("Zweitens " * 40)], numbered=True)
    story.items([])
    pdf = build(story)
    tags = outline(pdf)
    assert tags == [
        "L", "LI", "Lbl", "LBody", "P", "L", "LI", "Lbl", "LBody", "P", "LI", "Lbl", "LBody", "P",
        "LI", "Lbl", "LBody", "P",
    ]  # fmt: skip
    heard = " ".join(spoken(pdf).split())
    assert "1. Erstens 1. Untergeordnet eins 2. Untergeordnet zwei 2. Zweitens" in heard
    assert faults_of(pdf) == []


def test_headings_are_bookmarks_and_may_not_skip_a_level() -> None:
    story = begun()
    story.heading("Öffentlicher Teil", 2)
    story.heading("Haushalt 2027", 3, number="Ö 5.1")
    with pytest.raises(ValueError, match="level 5"):
        story.heading("Zu tief", 5)
    other = Story(FACTS)
    with pytest.raises(ValueError, match="after one of level 0"):
        other.heading("Ohne Titel", 2)
    pdf = build(story)
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as marks:
        (top,) = marks.root
        assert top.title == "Titel"
        assert [one.title for one in top.children] == ["Öffentlicher Teil"]
        assert [one.title for one in top.children[0].children] == ["Ö 5.1 Haushalt 2027"]
    assert "Ö 5.1 Haushalt" in spoken(pdf)


def test_a_passage_may_be_in_another_language() -> None:
    story = begun()
    story.paragraph("This part is English.", language="en")
    pdf = build(story)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = [str(one.Lang) for one in opened.objects if _is_element(one) and "/Lang" in one]
        assert said == ["en"]
        assert str(opened.Root.Lang) == "de-DE"
    assert faults_of(pdf) == []


def _is_element(one: object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"


def test_a_chart_is_one_figure_with_words_that_stand_for_it() -> None:
    chart = Drawing(200, 40)
    chart.add(Rect(0, 0, 120, 20))
    chart.add(String(4, 6, "12 Sitze"))
    story = begun()
    story.figure(chart, alt="Fraktion A hat 12 Sitze.")
    with pytest.raises(ValueError, match="stand for it"):
        story.figure(Drawing(1, 1), alt=" ")
    pdf = build(story)
    assert outline(pdf)[0] == "Figure"
    assert faults_of(pdf) == []


def test_a_logo_tells_whose_it_is() -> None:
    picture = io.BytesIO()
    Image.new("RGBA", (30, 30), (200, 0, 0, 128)).save(picture, "PNG")
    letterhead = replace(LETTERHEAD, logo=picture.getvalue())
    pdf = print_excerpt(replace(EXCERPT, letterhead=letterhead))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = [str(one.Alt) for one in opened.objects if _is_element(one) and "/Alt" in one]
    assert said == ["Wappen oder Logo: Landkreis Börde"]
    assert faults_of(pdf) == []


def test_a_whole_text_can_be_a_link() -> None:
    root = Element(Tag.DOCUMENT)
    title = Text.of(markup("Titel", Cut.BOLD), STYLE, Element(Tag.H1, root))
    link = Element(Tag.LINK, Element(Tag.PARAGRAPH, root))
    leads_to = ("https://example.org/ö", "Zur Seite des Beschlusses")
    text = Text.of(markup("Seite"), STYLE, link, leads_to=leads_to)
    pdf = print_sheets(FACTS, [title, text], root).pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (annotation,) = opened.pages[0].Annots
        assert str(annotation.Contents) == "Zur Seite des Beschlusses"
    assert faults_of(pdf) == []


STYLE = ParagraphStyle("plain", fontName=str(Cut.REGULAR), bulletFontName=str(Cut.REGULAR))


def test_words_without_an_element_are_refused() -> None:
    with pytest.raises(Untagged, match="text on page 1"):
        print_sheets(FACTS, [Paragraph("Wort", STYLE)], Element(Tag.DOCUMENT))


def test_a_picture_without_an_element_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bild.png"
    Image.new("RGB", (3, 3)).save(path)
    canvas = TaggedCanvas(io.BytesIO(), initialFontName=str(Cut.REGULAR))
    with pytest.raises(Untagged, match="picture on page 1"):
        canvas.drawImage(str(path), 0, 0)


def test_a_text_drawn_twice_is_refused() -> None:
    root = Element(Tag.DOCUMENT)
    text = Text.of(markup("Wort"), STYLE, Element(Tag.PARAGRAPH, root))
    with pytest.raises(Untagged, match="drawn twice"):
        print_sheets(FACTS, [text, text], root)


def test_words_parted_by_a_line_s_end_are_read_whole() -> None:
    story = begun()
    word = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung"
    story.paragraph(f"{word} und " * 20)
    heard = spoken(build(story)).replace("\u00ad", "")
    assert heard.count(f"{word} und ") == 20
