"""How documents look: sizes, weights, indents, the lines of tables. For the story layer alone."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import HRFlowable, Table, TableStyle

from sitzungsdienst.documents.fonts import Cut
from sitzungsdienst.documents.hyphens import hyphenate
from sitzungsdienst.documents.page import GREY, HAIRLINE, INK
from sitzungsdienst.documents.rows import Rows
from sitzungsdienst.documents.values import Align

Command = tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]
"""A command of reportlab's table styles: name, first cell, last cell, and what it takes."""


def style(name: str, size: float, cut: Cut = Cut.REGULAR, **more: Any) -> ParagraphStyle:
    """Return the style of a text of `size` points, with whatever else reportlab knows."""
    given: dict[str, Any] = {
        "fontName": str(cut),
        "bulletFontName": str(cut),
        "fontSize": size,
        "bulletFontSize": size,
        "leading": round(size * 1.4, 1),
        "textColor": INK,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, **{**given, **more})


_WORDS: Final[dict[str, Any]] = {"hyphenationLang": hyphenate, "hyphenationMinWordLength": 6}
_ALIGNMENTS: Final = {Align.LEFT: TA_LEFT, Align.CENTRE: TA_CENTER, Align.RIGHT: TA_RIGHT}
HEADINGS: Final = {
    1: style("h1", 17, Cut.BOLD, spaceBefore=4, spaceAfter=3, keepWithNext=1, leading=22),
    2: style("h2", 12.5, Cut.BOLD, spaceBefore=13, spaceAfter=4, keepWithNext=1, leading=16.5),
    3: style("h3", 10.5, Cut.BOLD, spaceBefore=10, spaceAfter=4, keepWithNext=1, leading=14),
    4: style("h4", 9.5, Cut.BOLD, spaceBefore=6, spaceAfter=2, keepWithNext=1, textColor=GREY),
}
SUBTITLE: Final = style("subtitle", 12, leading=16, spaceAfter=8)
BODY: Final = style("body", 10, spaceAfter=6, **_WORDS)
BOXED: Final = style("boxed", 10, **_WORDS)
LISTED: Final = style("listed", 10, spaceAfter=2, **_WORDS)
GREETING: Final = style("greeting", 10, spaceAfter=7 * mm, keepWithNext=1)
NOTE: Final = style("note", 8.5, textColor=GREY, spaceAfter=4, **_WORDS)
CHECK: Final = style("check", 8.5, spaceAfter=1)
FOOTNOTE: Final = style("footnote", 8.5, leftIndent=5 * mm, spaceAfter=2, **_WORDS)
CAPTION: Final = style("caption", 8.5, textColor=GREY, spaceAfter=3, keepWithNext=1)
CELL: Final = style("cell", 9.5, **_WORDS)
CELLS: Final = {a: style(f"cell-{a}", 9.5, alignment=n) for a, n in _ALIGNMENTS.items()}
HEADS: Final = {a: style(f"head-{a}", 8.5, Cut.BOLD, alignment=n) for a, n in _ALIGNMENTS.items()}
FIELD: Final = style("field", 9.5, Cut.BOLD)
SENDER: Final = style("sender", 15, Cut.BOLD, leading=19)
OFFICE: Final = style("office", 10)
CONTACT: Final = style("contact", 8, leading=11, textColor=GREY)

TINT: Final = HexColor("#f3f4f6")

# Without a font of its own every table cell would list reportlab's unembedded Helvetica.
_PLAIN_GRID: Final[tuple[Command, ...]] = (
    ("FONTNAME", (0, 0), (-1, -1), str(Cut.REGULAR)),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
)


def boxed(colour: Color) -> list[Command]:
    """Return the look of a text set apart by a tint and a bar of `colour`."""
    return [
        ("BACKGROUND", (0, 0), (-1, -1), TINT),
        ("LINEBEFORE", (0, 0), (0, -1), 2.5, colour),
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]


def line(
    colour: Color, thickness: float, before: float, after: float, width: float | str = "100%"
) -> HRFlowable:
    """Return a line across the page, or of `width` points from its left."""
    return HRFlowable(
        width, thickness, color=colour, spaceBefore=before, spaceAfter=after, hAlign="LEFT"
    )


def grid(
    rows: Sequence[Sequence[object]],
    widths: Sequence[float],
    look: Sequence[Command] = (),
    *,
    heads: int = 0,
    space_after: float = 0,
    space_before: float = 0,
) -> Table:
    """Return cells side by side; `heads` rows are repeated on every page."""
    return Rows(
        [list(row) for row in rows],
        colWidths=list(widths),
        repeatRows=heads,
        splitByRow=1,
        splitInRow=1,
        hAlign="LEFT",
        spaceAfter=space_after,
        spaceBefore=space_before,
        style=TableStyle([*_PLAIN_GRID, *look]),
    )


def ruled(
    rows: Sequence[Sequence[object]], widths: Sequence[float], look: Sequence[Command] = ()
) -> Table:
    """Return a table with a head and hairlines between its rows."""
    lines: list[Command] = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, GREY),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, HAIRLINE),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return grid(rows, widths, [*lines, *look], heads=1, space_after=8)
