"""The story layer: the blocks every document is made of, and nothing about any kind of document.

Kinds (invitation, minutes, excerpt) speak only to `Story` and `build`; what they hand over is
plain text as people typed it. Only this file, `page` and `fonts` know reportlab. Every block a
kind adds passes through `Story._add`, with the role it plays, and every text through `_text`: a
structure for assistive technology comes in there.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    Image,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
    paragraph,
)

from sitzungsdienst.documents.fonts import Cut, clean, hyphenate, label, markup, register, width
from sitzungsdienst.documents.page import (
    CONTENT_WIDTH,
    GREY,
    HAIRLINE,
    INK,
    Facts,
    print_sheets,
)
from sitzungsdienst.documents.values import AgendaLine, Letterhead, Signature
from sitzungsdienst.german import plain_date

__all__ = ["Align", "Column", "Facts", "Story", "build"]

# reportlab splits an address longer than a line once and lets the rest run off the paper. Without
# that rule the ordinary breaking of long words takes over and nothing is lost.
if not hasattr(paragraph, "_uri_split_pairs"):
    raise ImportError("reportlab has changed: look again at how it breaks long addresses")
setattr(paragraph, "_uri_split_pairs", lambda _uri: None)  # noqa: B010 (unknown to its types)


class Role(StrEnum):
    """What a block is in the document, whatever it looks like."""

    LETTERHEAD = "letterhead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    FACTS = "facts"
    TABLE = "table"
    BOX = "box"
    SIGNATURES = "signatures"
    DECORATION = "decoration"


class Align(StrEnum):
    """How the cells of a column stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` is its part of the width, relative to the other columns."""

    title: str
    share: float
    align: Align = Align.LEFT


def _style(name: str, size: float, cut: Cut = Cut.REGULAR, **more: Any) -> ParagraphStyle:
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
_HEADINGS: Final = {
    1: _style("h1", 17, Cut.BOLD, spaceBefore=4, spaceAfter=3, keepWithNext=1, leading=22),
    2: _style("h2", 12.5, Cut.BOLD, spaceBefore=13, spaceAfter=4, keepWithNext=1, leading=16.5),
    3: _style("h3", 10.5, Cut.BOLD, spaceBefore=10, spaceAfter=4, keepWithNext=1, leading=14),
    4: _style("h4", 9.5, Cut.BOLD, spaceBefore=6, spaceAfter=2, keepWithNext=1, textColor=GREY),
}
_SUBTITLE: Final = _style("subtitle", 12, leading=16, spaceAfter=8)
_BODY: Final = _style("body", 10, spaceAfter=6, **_WORDS)
_GREETING: Final = _style("greeting", 10, spaceAfter=7 * mm, keepWithNext=1)
_NOTE: Final = _style("note", 8.5, textColor=GREY, spaceAfter=4, **_WORDS)
_CELL: Final = _style("cell", 9.5, **_WORDS)
_CELLS: Final = {a: _style(f"cell-{a}", 9.5, alignment=n) for a, n in _ALIGNMENTS.items()}
_HEADS: Final = {a: _style(f"head-{a}", 8.5, Cut.BOLD, alignment=n) for a, n in _ALIGNMENTS.items()}
_FIELD: Final = _style("field", 9.5, Cut.BOLD)
_SENDER: Final = _style("sender", 15, Cut.BOLD, leading=19)
_OFFICE: Final = _style("office", 10)
_CONTACT: Final = _style("contact", 8, leading=11, textColor=GREY)

_NUMBER_WIDTH: Final = 17 * mm
_REFERENCE_WIDTH: Final = 32 * mm
_FIELD_WIDTH: Final = 36 * mm
_CONTACT_WIDTH: Final = 62 * mm
_INDENT: Final = 5 * mm
_DEEPEST_INDENT: Final = 8
_LOGO_WIDTH: Final = 45 * mm
_LOGO_HEIGHT: Final = 18 * mm
_TINT: Final = HexColor("#f3f4f6")

# Without a font of its own every table cell would list reportlab's unembedded Helvetica.
_Command = tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]
_PLAIN_GRID: Final[tuple[_Command, ...]] = (
    ("FONTNAME", (0, 0), (-1, -1), str(Cut.REGULAR)),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
)


class Story:
    """A document while it is written, block after block, under the letterhead of its Body."""

    def __init__(self, facts: Facts) -> None:
        register()
        self.facts = facts
        self._blocks: list[Flowable] = []
        self._open_heading: tuple[int, Flowable] | None = None
        self._colour = _colour(facts.letterhead.colour)
        self._letterhead(facts.letterhead)

    def heading(self, text: str, level: int = 1, number: str = "") -> None:
        """Add a heading (1 to 4), kept with what follows; `number` hangs in front of it."""
        style = _HEADINGS[level]
        tag = label(number, Cut.BOLD)
        if tag and width(tag, Cut.BOLD, style.fontSize) < 2 * _NUMBER_WIDTH:
            hung = ParagraphStyle("numbered", style, leftIndent=_NUMBER_WIDTH)
            block = self._text(text, hung, Cut.BOLD, tag)
        else:
            block = self._text(f"{number} {text}".strip(), style, Cut.BOLD)
        # An item nothing was said on is a heading with nothing below: the next may part from it.
        if self._open_heading and self._open_heading[0] >= level:
            self._open_heading[1].keepWithNext = 0
        self._add(Role.HEADING, block)
        self._open_heading = (level, block)

    def subtitle(self, text: str) -> None:
        """Add the line below the first heading that says of what the document is."""
        self._add(Role.PARAGRAPH, self._text(text, _SUBTITLE))

    def paragraph(self, text: str) -> None:
        """Add running text; a blank line in `text` parts paragraphs, blank text adds nothing."""
        for part in _paragraphs(text):
            self._add(Role.PARAGRAPH, self._text(part, _BODY))

    def note(self, text: str) -> None:
        """Add small print."""
        for part in _paragraphs(text):
            self._add(Role.PARAGRAPH, self._text(part, _NOTE))

    def key_values(self, pairs: Iterable[tuple[str, str]], keep: bool = False) -> None:
        """Add a head of fields and what they say; a field that says nothing is left out.

        With `keep` it stays on the page of what follows.
        """
        rows = [
            [self._text(key, _FIELD, Cut.BOLD), self._text(value, _CELL)]
            for key, value in pairs
            if value.strip()
        ]
        widths = [_FIELD_WIDTH, CONTENT_WIDTH - _FIELD_WIDTH]
        if rows:
            block = _grid(rows, widths, space_after=8)
            block.keepWithNext = keep
            self._add(Role.FACTS, block)

    def agenda(self, lines: Sequence[AgendaLine]) -> None:
        """Add an agenda: number, title indented by level, and papers where any item has one."""
        papers = any(line.paper_references for line in lines)
        titles = ["TOP", "Gegenstand", *(["Vorlage"] if papers else [])]
        widths = [_NUMBER_WIDTH, CONTENT_WIDTH - _NUMBER_WIDTH]
        if papers:
            widths = [widths[0], widths[1] - _REFERENCE_WIDTH, _REFERENCE_WIDTH]
        rows = [[self._text(title, _HEADS[Align.LEFT], Cut.BOLD) for title in titles]]
        indents: list[_Command] = []
        for line in lines:
            cells = [line.number, line.title, "\n".join(line.paper_references)]
            rows.append([self._text(cell, _CELL) for cell in cells[: len(widths)]])
            depth = min(max(line.level, 0), _DEEPEST_INDENT) * _INDENT
            indents.append(("LEFTPADDING", (1, len(indents) + 1), (1, len(indents) + 1), depth))
        if lines:
            self._add(Role.TABLE, _ruled(rows, widths, indents))

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], part: float = 1.0
    ) -> None:
        """Add a table over `part` of the width.

        Its head is repeated on every page, and a row higher than a page runs over pages.
        """
        whole = sum(column.share for column in columns)
        widths = [CONTENT_WIDTH * part * column.share / whole for column in columns]
        cells = [[self._text(c.title, _HEADS[c.align], Cut.BOLD) for c in columns]]
        for row in rows:
            paired = zip(columns, row, strict=True)
            cells.append([self._text(cell, _CELLS[c.align]) for c, cell in paired])
        self._add(Role.TABLE, _ruled(cells, widths))

    def box(self, text: str) -> None:
        """Add a text set apart by a tint and a bar in the colour of the Body."""
        rows = [[self._text(part, _style("boxed", 10, **_WORDS))] for part in _paragraphs(text)]
        look: list[_Command] = [
            ("BACKGROUND", (0, 0), (-1, -1), _TINT),
            ("LINEBEFORE", (0, 0), (0, -1), 2.5, self._colour),
            ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ]
        if rows:
            self._add(Role.BOX, _grid(rows, [CONTENT_WIDTH], look, space_after=8))

    def signatures(self, signatures: Sequence[Signature]) -> None:
        """Add places to sign, two in a row; one already signed says so instead of a blank."""
        gap = 15 * mm
        half = (CONTENT_WIDTH - gap) / 2
        for start in range(0, len(signatures), 2):
            pair = signatures[start : start + 2]
            lines = zip(*(self._signature(signature) for signature in pair), strict=True)
            signed, *names = [[cells[0], "", *cells[1:]] for cells in lines]
            widths = [half, gap, half][: len(signed)]
            look: list[_Command] = [("VALIGN", (0, 0), (-1, 0), "BOTTOM")]
            for column in range(0, len(signed), 2):
                look.append(("LINEBELOW", (column, 0), (column, 0), 0.5, INK))
            blank = _grid([signed], widths, look, space_before=18)
            blank.keepWithNext = True
            self._add(Role.SIGNATURES, blank)
            self._add(Role.SIGNATURES, _grid(names, widths))

    def closing(self, greeting: str, name: str) -> None:
        """Add the end of a letter: greeting, room to sign, and who writes."""
        self._add(Role.PARAGRAPH, self._text(greeting, _GREETING))
        self._add(Role.PARAGRAPH, self._text(name, _BODY))

    def rule(self) -> None:
        """Add a thin line across the page."""
        self._add(Role.DECORATION, _line(HAIRLINE, 0.5, before=6, after=8))

    def page_break(self) -> None:
        """Go on at the top of a new page."""
        self._add(Role.DECORATION, PageBreak())

    def _letterhead(self, head: Letterhead) -> None:
        sender: list[Flowable] = [self._text(head.body_name, _SENDER, Cut.BOLD)]
        if head.department.strip():
            sender.append(self._text(head.department, _OFFICE))
        town = f"{head.postal_code} {head.locality}".strip()
        phone = f"Telefon {head.phone}" if head.phone.strip() else ""
        lines = (head.street_address, town, phone, head.email, head.website)
        contact: list[Flowable] = [_logo(head.logo), Spacer(1, 5)] if head.logo else []
        contact += [self._text(line, _CONTACT) for line in lines if line.strip()]
        widths = [CONTENT_WIDTH - _CONTACT_WIDTH, _CONTACT_WIDTH]
        self._add(Role.LETTERHEAD, _grid([[sender, contact or ""]], widths, space_after=4))
        self._add(Role.DECORATION, _line(self._colour, 2, before=0, after=12))

    def _signature(self, signature: Signature) -> list[Flowable]:
        name = signature.name.strip()
        signed = signature.signed_on
        given = f"gez. {name}, {plain_date(signed)}" if signed else "\n\n"
        texts = ((given, _CELL), (name or "Name", _CELL), (signature.role, _NOTE))
        return [self._text(text, style) for text, style in texts]

    def _text(
        self, text: str, style: ParagraphStyle, cut: Cut = Cut.REGULAR, tag: str = ""
    ) -> Paragraph:
        return Paragraph(markup(text, cut), style, bulletText=tag or None)

    def _add(self, role: Role, block: Flowable) -> None:
        """Take one block into the story; the one place through which all of them pass."""
        del role
        self._open_heading = None
        self._blocks.append(block)


def build(story: Story) -> bytes:
    """Return the PDF of `story`, which is used up by it.

    The same blocks give the same bytes in every process, thread and time zone.
    """
    return print_sheets(story.facts, story._blocks)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]


def _colour(value: str) -> Color:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError("colour of the letterhead must be #rrggbb")
    return HexColor(value)


def _logo(picture: bytes) -> Image:
    """Return the picture, made to fit; raises ValueError where it is none."""
    try:
        image = Image(io.BytesIO(picture))
        scale = min(_LOGO_WIDTH / image.imageWidth, _LOGO_HEIGHT / image.imageHeight)
    except (OSError, ZeroDivisionError) as error:
        raise ValueError("logo of the letterhead is no picture") from error
    image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
    image.hAlign = "LEFT"
    return image


def _line(colour: Color, thickness: float, before: float, after: float) -> HRFlowable:
    return HRFlowable("100%", thickness, color=colour, spaceBefore=before, spaceAfter=after)


def _grid(
    rows: Sequence[Sequence[object]],
    widths: Sequence[float],
    look: Sequence[_Command] = (),
    *,
    heads: int = 0,
    space_after: float = 0,
    space_before: float = 0,
) -> Table:
    return Table(
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


def _ruled(
    rows: Sequence[Sequence[object]], widths: Sequence[float], look: Sequence[_Command] = ()
) -> Table:
    """Return a table with a head and hairlines between its rows."""
    lines: list[_Command] = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, GREY),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, HAIRLINE),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return _grid(rows, widths, [*lines, *look], heads=1, space_after=8)
