"""Blocks of the story: cells over columns and rows, marks to fold and punch."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest

from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.story import Align, Cell, Column, build
from sitzungsdienst.documents.values import Audience
from tests.documents.cast import INVITATION
from tests.documents.test_pages import start
from tests.documents.test_structure import outline
from tests.support.spoken import spoken
from tests.support.standards import faults_of

VOTES = (
    Column("Gruppe", 3, names_rows=True),
    Column("Name", 4),
    Column("Ja", 1, Align.CENTRE),
    Column("Nein", 1, Align.CENTRE),
)
GROUPED = (
    (Cell("Fraktion A", rows=3), "Wegener", "1", "0"),
    ("Mewes", "1", "0"),
    ("Leuschner", Cell("nicht anwesend", columns=2)),
    ("Fraktion B", "Schünemann", "0", "1"),
    (Cell("Zusammen", columns=2), "2", "1"),
)


def attributes_of(pdf: bytes) -> list[tuple[str, int, int]]:
    """Tag, columns and rows of every cell over more than one."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for one in opened.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem":
                told_of = one.get("/A", pikepdf.Dictionary())
                over, down = told_of.get("/ColSpan", 1), told_of.get("/RowSpan", 1)
                if (over, down) != (1, 1):
                    found.append((str(one.S)[1:], int(over), int(down)))
    return found


def test_a_cell_over_rows_and_columns_says_so() -> None:
    story = start(headings=1)
    story.table(VOTES, GROUPED)
    pdf = build(story)
    assert sorted(attributes_of(pdf)) == [("TD", 2, 1), ("TH", 1, 3), ("TH", 2, 1)]
    tags = outline(pdf)
    assert tags.count("TR") == 6
    assert tags.count("TH") + tags.count("TD") == 4 + 4 + 3 + 2 + 4 + 3
    heard = " ".join(spoken(pdf).split())
    assert "Fraktion A Wegener 1 0 Mewes 1 0 Leuschner nicht anwesend Fraktion B" in heard
    assert faults_of(pdf) == []


@pytest.mark.parametrize("before", range(0, 12, 3))
def test_rows_of_one_cell_stay_on_one_page(before: int) -> None:
    story = start(headings=1)
    story.table(VOTES, [("x", "y", "0", "0")] * before + [*GROUPED[:3]] * 30)
    pdf = build(story)
    assert len(re.findall("Fraktion A", spoken(pdf))) == 30
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) > 2
    assert faults_of(pdf) == []


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "b", "c")],
        [("a", "b", "c", "d", "e")],
        [("a", "b", "c", Cell("d", columns=2))],
        [(Cell("a", rows=2), "b", "c", "d")],
        [(Cell("a", rows=2), "b", "c", "d"), ("a", "b", "c", "d")],
    ],
)
def test_cells_that_do_not_fill_the_table_are_refused(rows: list[tuple[str | Cell, ...]]) -> None:
    with pytest.raises(ValueError, match=r"row [12]"):
        start(headings=1).table(VOTES, rows)


def _marks(pdf: bytes, page: int) -> list[float]:
    """How far below the upper edge, in millimetres, lines begin in the left margin."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        drawn = [
            [float(number) for number in operands]
            for operands, operator in pikepdf.parse_content_stream(opened.pages[page])
            if str(operator) == "m"
        ]
    mm = 72 / 25.4
    return [round(297 - y / mm, 1) for x, y in drawn if abs(x - 4 * mm) < 0.1]


def test_an_invitation_bears_marks_to_fold_and_punch_and_a_public_notice_none() -> None:
    agenda = INVITATION.public_agenda * 5
    letter = print_invitation(replace(INVITATION, public_agenda=agenda))
    assert _marks(letter, 0) == [105.0, 148.5, 210.0]
    assert _marks(letter, 1) == []
    notice = print_invitation(replace(INVITATION, audience=Audience.PUBLIC))
    assert _marks(notice, 0) == []
    assert faults_of(letter) == []
