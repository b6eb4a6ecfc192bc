"""A story with registers: table of contents and indexes that tell pages.

On which page something stands is known only once it is printed. So a book is told twice: the
first print notes the pages, the second one tells them. Their place is as wide in both, so the
second print breaks its pages where the first did.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from sitzungsdienst.documents import styles
from sitzungsdienst.documents.blocks import Text
from sitzungsdienst.documents.fonts import clean, markup, one_line
from sitzungsdienst.documents.page import CONTENT_WIDTH, HAIRLINE
from sitzungsdienst.documents.story import Facts, Story, build_sheets
from sitzungsdienst.documents.structure import Element, Tag
from sitzungsdienst.documents.values import Align

_PAGE_WIDTH: Final = 14 * mm
_LABEL_WIDTH: Final = 34 * mm
_INDENT: Final = 6 * mm
_MOST_PRINTS: Final = 4
_LABELLED: Final = "<</O/List/ListNumbering/Decimal>>"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a register: what it says, and the name of the heading it leads to.

    A `label` (a number) stands in a column of its own in front of it; `level` counts from 0.
    """

    text: str
    target: str
    label: str = ""
    level: int = 0


class Book(Story):
    """A story that knows from an earlier print on which page its names stand."""

    number_width = 24 * mm  # for numbers with a year

    def __init__(self, facts: Facts, pages: Mapping[str, int]) -> None:
        """Begin with the letterhead; `pages` is empty at the first print."""
        super().__init__(facts)
        self._pages = pages

    def contents(self, lines: Sequence[Line]) -> None:
        """Add a table of contents; lines of level 1 belong to the line of level 0 above them."""
        table = Element(Tag.CONTENTS, self._here)
        below = table
        found = []
        for line in lines:
            if line.level == 0:
                below = table
            elif below is table:
                below = Element(Tag.CONTENTS, table)
            entry = Element(Tag.CONTENTS_LINE, below)
            found.append((line, Element(Tag.LINK, Element(Tag.REFERENCE, entry)), None))
        self._register(found)

    def index(self, lines: Sequence[Line]) -> None:
        """Add the lines of an index as a list."""
        labelled = any(line.label for line in lines)
        listed = Element(Tag.LIST, self._here, attributes=_LABELLED if labelled else "")
        found = []
        for line in lines:
            row = Element(Tag.LIST_ITEM, listed)
            label = Element(Tag.LABEL, row) if labelled else None
            body = Element(Tag.PARAGRAPH, Element(Tag.LIST_BODY, row))
            found.append((line, Element(Tag.LINK, body), label))
        self._register(found)

    def _register(self, lines: Sequence[tuple[Line, Element, Element | None]]) -> None:
        """Add lines as rows: label, text, page. Text and page are one link."""
        labelled = any(label for _, _, label in lines)
        rows: list[list[Text]] = []
        look: list[styles.Command] = [("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIRLINE)]
        for place, (line, link, label) in enumerate(lines):
            cells = [Text.of(markup(line.label), styles.CELL, label)] if label else []
            words = line.text if clean(line.text).strip() else "–"
            page = str(self._pages.get(line.target, 0))
            told = one_line(f"{line.label} {words}, Seite {page}".strip())
            goal = (f"#{line.target}", told)
            cells.append(Text.of(markup(words), styles.CELL, link, leads_to=goal))
            cells.append(Text.of(markup(page), styles.CELLS[Align.RIGHT], link))
            column = len(cells) - 2
            indent = line.level * _INDENT
            look.append(("LEFTPADDING", (column, place), (column, place), indent))
            rows.append(cells)
        if rows:
            widths = [_LABEL_WIDTH] if labelled else []
            widths += [CONTENT_WIDTH - sum(widths) - _PAGE_WIDTH, _PAGE_WIDTH]
            look.append(("RIGHTPADDING", (-1, 0), (-1, -1), 0))
            self._add(styles.grid(rows, widths, look, space_after=8))


def print_book(facts: Facts, tell: Callable[[Book], None]) -> bytes:
    """Return the PDF of the book that `tell` tells, with the pages on which things stand.

    `tell` is asked once a print and must tell the same each time.
    """
    pages: Mapping[str, int] = {}
    for _ in range(_MOST_PRINTS):
        book = Book(facts, pages)
        tell(book)
        sheets = build_sheets(book)
        if sheets.pages == pages:
            return sheets.pdf
        pages = sheets.pages
    raise ValueError("the pages of the book do not come to rest")
