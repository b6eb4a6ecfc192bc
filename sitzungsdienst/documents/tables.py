"""Tables: their columns, and cells that span several of them. For the story layer alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.styles import ParagraphStyle

from sitzungsdienst.documents import styles
from sitzungsdienst.documents.blocks import Text
from sitzungsdienst.documents.fonts import Cut, markup
from sitzungsdienst.documents.structure import Element, Tag
from sitzungsdienst.documents.values import Align

OF_ROW: Final = "<</O/Table/Scope/Row>>"
_OF_COLUMN: Final = "<</O/Table/Scope/Column>>"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` is its part of the width, relative to the other columns.

    One that `names_rows` says what its row is about; a reader moving across hears it again.
    """

    title: str
    share: float
    align: Align = Align.LEFT
    names_rows: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over several `columns` or `rows`; what it covers has no cells of its own.

    The rows of a cell are never parted by the end of a page: together they must be lower than one.
    """

    text: str
    columns: int = 1
    rows: int = 1


Row = Sequence[str | Cell]
"""The cells of a row from the left, without those that a cell of an earlier row covers."""


def rows_of(
    columns: Sequence[Column],
    rows: Sequence[Row],
    look: Mapping[Align, ParagraphStyle],
    parent: Element,
) -> tuple[list[list[Text | str]], list[styles.Command]]:
    """Return head and rows of a table, and the spans of its cells.

    The head is decoration wherever it is repeated. Raises ValueError where the cells of a row do
    not fill the columns.
    """
    table = Element(Tag.TABLE, parent)
    head = Element(Tag.ROW, Element(Tag.HEAD_ROWS, table))
    body = Element(Tag.BODY_ROWS, table)
    made: list[list[Text | str]] = [[_head(column, head) for column in columns]]
    spans: list[styles.Command] = []
    covered: set[tuple[int, int]] = set()
    for place, cells in enumerate(rows, start=1):
        row = Element(Tag.ROW, body)
        made.append([""] * len(columns))
        free = (i for i in range(len(columns)) if (place, i) not in covered)
        for cell in (Cell(one) if isinstance(one, str) else one for one in cells):
            at = next(free, None)
            if at is None or at + cell.columns > len(columns):
                raise ValueError(f"row {place} has more cells than the table has columns")
            column = columns[at]
            tag = Tag.HEAD_CELL if column.names_rows else Tag.CELL
            element = Element(tag, row, attributes=_attributes(column, cell))
            made[-1][at] = Text.of(markup(cell.text), look[column.align], element)
            covered.update((y, x) for y, x in _places(cell, place, at) if (y, x) != (place, at))
            if cell.columns > 1 or cell.rows > 1:
                end = (at + cell.columns - 1, place + cell.rows - 1)
                spans.append(("SPAN", (at, place), end))
        if next(free, None) is not None or place + _deepest(cells) - 1 > len(rows):
            raise ValueError(f"the cells of row {place} do not fill the table")
    return made, spans


def _head(column: Column, row: Element) -> Text:
    element = Element(Tag.HEAD_CELL, row, attributes=_OF_COLUMN)
    title = markup(column.title, Cut.BOLD)
    return Text.of(title, styles.HEADS[column.align], element, repeated=True)


def _attributes(column: Column, cell: Cell) -> str:
    scope = "/Scope/Row" if column.names_rows else ""
    over = f"/ColSpan {cell.columns}" if cell.columns > 1 else ""
    down = f"/RowSpan {cell.rows}" if cell.rows > 1 else ""
    told = f"{scope}{over}{down}"
    return f"<</O/Table{told}>>" if told else ""


def _places(cell: Cell, row: int, column: int) -> Iterator[tuple[int, int]]:
    for y in range(row, row + cell.rows):
        for x in range(column, column + cell.columns):
            yield y, x


def _deepest(cells: Row) -> int:
    return max((cell.rows for cell in cells if isinstance(cell, Cell)), default=1)
