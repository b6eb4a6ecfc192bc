"""Footnotes: at the foot of the page that calls them, leading there and back, nothing lost."""

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from sitzungsdienst.documents.story import Story, build
from tests.documents.cast import read, run
from tests.documents.test_pages import FOOT, lines_in, start
from tests.documents.test_structure import outline, told
from tests.support.standards import faults_of, verapdf_faults


def with_footnotes() -> Story:
    story = start(headings=1)
    story.paragraph("Die Satzung tritt in Kraft.", footnote="Bekanntgemacht am 3. Mai 2017.")
    story.paragraph("Erster Absatz.\n\nZweiter Absatz ☑", footnote="Mit <b>Zeichen</b> & שלום.")
    story.paragraph("Ohne Anmerkung.", footnote="  ")
    return story


def annotated(filler: int, note_lines: int, paragraphs: int = 12) -> Story:
    """Paragraphs of five lines below `filler` lines, each with a note of `note_lines` lines."""
    story = start(headings=1)
    story.paragraph("\n".join("Füllung" for _ in range(filler)))
    for place in range(paragraphs):
        words = "\n".join(f"Zeile{place * 5 + line:05}" for line in range(5))
        note = "\n".join(f"Note{place:03}-{line:03}" for line in range(note_lines))
        story.paragraph(f"{words} Ruf{place:03}", footnote=note)
    return story


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    return [FOOT.sub("", page).strip() for page in read(pdf, folder).split("\f") if page.strip()]


def holding(pages: list[str], words: str) -> int:
    return next(number for number, page in enumerate(pages) if words in page)


@dataclass(frozen=True)
class Way:
    """A link: what is told of it, its page and middle, and page and height it leads to."""

    told: str
    page: int
    middle: float
    to_page: int
    to: float


def ways_of(pdf: bytes) -> list[Way]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages)}
        return [
            Way(
                str(one.Contents),
                number,
                float(one.Rect[1] + one.Rect[3]) / 2,
                numbers[one.Dest[0].objgen],
                float(one.Dest[3]),
            )
            for number, page in enumerate(opened.pages)
            for one in page.get(Name.Annots, [])
            if one.Subtype == Name.Link
        ]


def test_a_note_is_read_after_the_text_that_calls_it(tmp_path: Path) -> None:
    pdf = build(with_footnotes())
    heard = " ".join(told(pdf, tmp_path).split())
    assert "Die Satzung tritt in Kraft.1 1 Bekanntgemacht am 3. Mai 2017. Erster" in heard
    assert "Zweiter Absatz ☑2 2 Mit <b>Zeichen</b> &" in heard
    assert heard.endswith("Ohne Anmerkung.")
    note = ["Note", "Lbl", "Link", "P"]
    called = ["P", "Reference", "Link"]
    assert outline(pdf) == [*called, *note, "P", *called, *note, "Span", "P"]
    assert faults_of(pdf) == []


def test_every_footnote_is_found_by_its_name() -> None:
    with pikepdf.open(io.BytesIO(build(with_footnotes()))) as opened:
        names = list(opened.Root.StructTreeRoot.IDTree.Names)
        assert [str(name) for name in names[::2]] == ["footnote1", "footnote2"]
        assert all(note.S == "/Note" for note in names[1::2])


@pytest.mark.parametrize("filler", [0, 40])
def test_number_and_note_lead_to_each_other(filler: int) -> None:
    ways = ways_of(build(annotated(filler, note_lines=5)))
    there = [way for way in ways if way.told == "Zur Fußnote"]
    back = [way for way in ways if way.told != "Zur Fußnote"]
    assert [way.told for way in back] == [f"Zurück zum Text von Fußnote {n}" for n in range(1, 13)]
    for one, other in zip(there, back, strict=True):
        assert one.to_page == other.page
        assert 0 < one.to - other.middle < 14
        assert other.to_page == one.page
        assert 0 < other.to - one.middle < 14


def test_notes_stand_below_the_text_at_the_foot_of_the_page(tmp_path: Path) -> None:
    boxes = run("pdftotext", "-bbox", pdf=build(with_footnotes()), folder=tmp_path)
    place = {
        word: float(low)
        for low, word in re.findall(r'yMax="([\d.]+)">(Bekanntgemacht|Anmerkung\.|Mit)<', boxes)
    }
    foot = (297 - 20) * 72 / 25.4
    assert place["Anmerkung."] < foot / 2 < place["Bekanntgemacht"] < place["Mit"] <= foot


@pytest.mark.parametrize("filler", range(25, 46, 4))
@pytest.mark.parametrize("note_lines", [1, 4])
def test_a_note_begins_on_the_page_that_calls_it(
    filler: int, note_lines: int, tmp_path: Path
) -> None:
    pdf = build(annotated(filler, note_lines))
    pages = pages_of(pdf, tmp_path)
    for place in range(12):
        assert holding(pages, f"Ruf{place:03}") == holding(pages, f"Note{place:03}-000")
    wanted = [f"Note{place:03}-{line:03}" for place in range(12) for line in range(note_lines)]
    assert re.findall(r"Note\d{3}-\d{3}", "\n".join(pages)) == wanted
    assert lines_in("\n".join(pages)) == [f"Zeile{line:05}" for line in range(60)]
    assert faults_of(pdf) == []


def test_notes_higher_than_pages_go_on_and_lose_nothing(tmp_path: Path) -> None:
    pdf = build(annotated(filler=0, note_lines=150, paragraphs=3))
    text = read(pdf, tmp_path)
    wanted = [f"Note{place:03}-{line:03}" for place in range(3) for line in range(150)]
    assert re.findall(r"Note\d{3}-\d{3}", text) == wanted
    assert re.findall(r"Note\d{3}-\d{3}", told(pdf, tmp_path)) == wanted
    assert lines_in(text) == [f"Zeile{line:05}" for line in range(15)]
    assert faults_of(pdf) == []


@pytest.mark.parametrize("filler", range(33, 45, 2))
def test_a_heading_stays_with_a_text_whose_note_needs_the_room(filler: int, tmp_path: Path) -> None:
    story = start(headings=1)
    story.paragraph("\n".join("Füllung" for _ in range(filler)))
    story.heading("Überschrift", 2)
    story.paragraph("Aussage", footnote="\n".join(f"Anmerkung{line}" for line in range(3)))
    pages = pages_of(build(story), tmp_path)
    together = {holding(pages, word) for word in ("Überschrift", "Aussage", "Anmerkung2")}
    assert len(together) == 1


def test_the_same_notes_give_the_same_bytes() -> None:
    digests = {hashlib.sha256(build(annotated(20, 9))).hexdigest() for _ in range(2)}
    assert len(digests) == 1


@pytest.mark.slow
def test_verapdf_accepts_footnotes(tmp_path: Path) -> None:
    files = {"short": build(with_footnotes()), "long": build(annotated(40, 60))}
    assert verapdf_faults(files, tmp_path) == {name: [] for name in files}
