"""The story layer: the blocks every document is made of, and nothing about any kind of document.

Kinds (invitation, minutes, excerpt) speak only to `Story` and `build`; what they hand over is
plain text as people typed it. Below this file lie the files that know reportlab. Whoever adds a
block here also says what it is, as an element of the structure that assistive technology reads;
the pen (`canvas`) refuses words without one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Spacer

from sitzungsdienst.documents import styles
from sitzungsdienst.documents.blocks import Note, Picture, Text
from sitzungsdienst.documents.check_passage import check_passage
from sitzungsdienst.documents.fonts import (
    Cut,
    clean,
    label,
    markup,
    one_line,
    referring,
    register,
    width,
)
from sitzungsdienst.documents.letterhead import colour_of, letterhead
from sitzungsdienst.documents.page import CONTENT_WIDTH, HAIRLINE, INK, Facts, Sheets, print_sheets
from sitzungsdienst.documents.structure import Element, Tag
from sitzungsdienst.documents.tables import OF_ROW, Cell, Column, Row, rows_of
from sitzungsdienst.documents.values import AgendaLine, Align, Signature
from sitzungsdienst.german import plain_date

__all__ = ["Align", "Cell", "Column", "Facts", "ListItem", "Story", "build"]

_NUMBER_WIDTH: Final = 17 * mm
_REFERENCE_WIDTH: Final = 32 * mm
_FIELD_WIDTH: Final = 36 * mm
_INDENT: Final = 5 * mm
_DEEPEST_INDENT: Final = 8
_DEEPEST_BOOKMARK: Final = 3
_NO_TITLE: Final = "(ohne Titel)"
_NUMBERED_LIST: Final = "<</O/List/ListNumbering/Decimal>>"
_BULLET_LIST: Final = "<</O/List/ListNumbering/Disc>>"


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list, with a list of its own below it."""

    text: str
    below: "tuple[ListItem, ...]" = ()


class Story:
    """A document while it is written, block after block, under the letterhead of its Body."""

    number_width = _NUMBER_WIDTH
    """How far titles stand behind the numbers of headings, in points."""

    def __init__(self, facts: Facts) -> None:
        """Begin with the letterhead; raises ValueError for one that cannot be drawn."""
        register()
        self.facts = facts
        self._root = self._here = Element(Tag.DOCUMENT)
        self._blocks: list[Flowable] = []
        self._open_heading: tuple[int, Flowable] | None = None
        self._open_fields: Flowable | None = None
        self._level = 0
        self._headings = 0
        self._footnotes = 0
        self._colour = colour_of(facts.letterhead)
        with self.section():
            for block in letterhead(facts, self._here):
                self._add(block)

    @contextmanager
    def section(self, tag: Tag = Tag.SECTION) -> Iterator[None]:
        """Let what is added inside belong together."""
        former, self._here = self._here, Element(tag, self._here)
        yield
        self._here = former

    def heading(self, text: str, level: int = 1, number: str = "", name: str = "") -> str:
        """Add a heading (1 to 4), kept with what follows; `number` hangs in front of it.

        One without words says so: an empty heading would be none, and those below it would hang in
        the air. Returns the name under which links find it, `name` where one is given. A level may
        not be skipped: ValueError.
        """
        if level > self._level + 1:
            raise ValueError(f"a heading of level {level} after one of level {self._level}")
        self._level = level
        self._headings += 1
        name = name or f"heading{self._headings}"
        text = text if one_line(text) else _NO_TITLE
        style = styles.HEADINGS[level]
        tag = label(number, Cut.BOLD)
        element = Element(Tag(f"H{level}"), self._here)
        marker = _bookmark(name, one_line(f"{number} {text}"), level)
        if tag and width(tag, Cut.BOLD, style.fontSize) < 2 * self.number_width:
            hung = ParagraphStyle("numbered", style, leftIndent=self.number_width)
            block = Text.of(markup(text, Cut.BOLD), hung, element, label=tag, marker=marker)
        else:
            whole = markup(f"{number} {text}".strip(), Cut.BOLD)
            block = Text.of(whole, style, element, marker=marker)
        # An item nothing was said on is a heading with nothing below: the next may part from it.
        if self._open_heading and self._open_heading[0] >= level:
            self._open_heading[1].keepWithNext = 0
        self._add(block)
        self._open_heading = (level, block)
        return name

    def subtitle(self, text: str) -> None:
        """Add the line below the first heading that says of what the document is."""
        self._add(self._text(text, styles.SUBTITLE))

    def paragraph(self, text: str, language: str = "", footnote: str = "") -> None:
        """Add running text; a blank line in `text` parts paragraphs, blank text adds nothing.

        `language` is a BCP 47 tag ("en") where the passage is not German. A `footnote` has its
        number at the end of the text and stands at the foot of the page.
        """
        parts = _paragraphs(text)
        for place, part in enumerate(parts, start=1):
            element = Element(Tag.PARAGRAPH, self._here, language=language)
            if place < len(parts) or not footnote.strip():
                self._add(Text.of(markup(part), styles.BODY, element))
                continue
            note = self._footnote(footnote)
            called = Text.of(referring(markup(part), note.number, note.name), styles.BODY, element)
            called.notes = (note,)
            self._add(called)

    def _footnote(self, text: str) -> Note:
        """Return the next note, which is read after the text that calls it."""
        self._footnotes += 1
        element = Element(Tag.NOTE, self._here)
        note = Note.of(
            markup("\n".join(_paragraphs(text))),
            styles.FOOTNOTE,
            label=str(self._footnotes),
            label_element=Element(Tag.LINK, Element(Tag.LABEL, element)),
            element=Element(Tag.PARAGRAPH, element),
        )
        note.number = self._footnotes
        element.identifier = note.name
        return note

    def note(self, text: str) -> None:
        """Add small print."""
        for part in _paragraphs(text):
            self._add(self._text(part, styles.NOTE))

    def items(self, items: Sequence[ListItem], numbered: bool = False) -> None:
        """Add a list, with the lists below its items; blank lists add nothing."""
        if items:
            self._items(items, self._here, numbered, depth=0)

    def key_values(
        self,
        pairs: Iterable[tuple[str, str]],
        keep: bool = False,
        joined: bool = False,
        pictures: Mapping[str, tuple[Flowable, str]] | None = None,
    ) -> None:
        """Add a head of fields and what they say; a field that says nothing is left out.

        With `keep` it stays on the page of what follows. `joined` to fields directly before it, it
        reads as one head with them. `pictures` stand below what a field says, by its name, each
        with the words that stand for it.
        """
        told = [(key, value) for key, value in pairs if value.strip()]
        if not told:
            return
        table = Element(Tag.TABLE, self._here)
        rows = []
        for key, value in told:
            row = Element(Tag.ROW, table)
            field = Element(Tag.HEAD_CELL, row, attributes=OF_ROW)
            head = self._text(key, styles.FIELD, field, Cut.BOLD)
            cell = Element(Tag.CELL, row)
            said: list[Flowable] = [self._text(value, styles.CELL, cell)]
            if pictures and key in pictures:
                picture, alt = pictures[key]
                shown = Element(Tag.FIGURE, cell, alt=one_line(alt))
                said += [Spacer(1, 2), Picture(picture, shown), Spacer(1, 1)]
            rows.append([head, said if len(said) > 1 else said[0]])
        block = styles.grid(rows, [_FIELD_WIDTH, CONTENT_WIDTH - _FIELD_WIDTH], space_after=8)
        block.keepWithNext = keep
        if joined and self._open_fields:
            self._open_fields.spaceAfter = 0
            self._open_fields.keepWithNext = 1
        self._add(block)
        self._open_fields = block

    def agenda(self, lines: Sequence[AgendaLine], papers: str = "Vorlage") -> None:
        """Add an agenda: number, title indented by level, and papers where any item has one.

        Their column is headed `papers`.
        """
        any_papers = any(line.paper_references for line in lines)
        columns = [Column("TOP", 1), Column("Gegenstand", 1)]
        widths = [_NUMBER_WIDTH, CONTENT_WIDTH - _NUMBER_WIDTH]
        if any_papers:
            columns.append(Column(papers, 1))
            widths = [widths[0], widths[1] - _REFERENCE_WIDTH, _REFERENCE_WIDTH]
        rows = []
        indents: list[styles.Command] = []
        for line in lines:
            texts = [line.number, line.title, "\n".join(line.paper_references)]
            rows.append(texts[: len(widths)])
            depth = min(max(line.level, 0), _DEEPEST_INDENT) * _INDENT
            indents.append(("LEFTPADDING", (1, len(indents) + 1), (1, len(indents) + 1), depth))
        if lines:
            look = dict.fromkeys(Align, styles.CELL)
            cells, _ = rows_of(columns, rows, look, self._here)
            self._add(styles.ruled(cells, widths, indents))

    def table(self, columns: Sequence[Column], rows: Sequence[Row], part: float = 1.0) -> None:
        """Add a table over `part` of the width.

        Its head is repeated on every page, and a row higher than a page runs over pages. A `Cell`
        spans columns or rows; ValueError where the cells of a row do not fill the columns. Without
        rows nothing is added: a head of nothing is no table.
        """
        if not rows:
            return
        whole = sum(column.share for column in columns)
        widths = [CONTENT_WIDTH * part * column.share / whole for column in columns]
        cells, spans = rows_of(columns, rows, styles.CELLS, self._here)
        self._add(styles.ruled(cells, widths, spans))

    def box(self, text: str) -> None:
        """Add a text set apart by a tint and a bar in the colour of the Body."""
        parts = _paragraphs(text)
        if parts:
            quote = Element(Tag.QUOTE, self._here)
            texts = [
                self._text(part, styles.BOXED, Element(Tag.PARAGRAPH, quote)) for part in parts
            ]
            rows = [[text] for text in texts]
            self._add(styles.grid(rows, [CONTENT_WIDTH], styles.boxed(self._colour), space_after=8))

    def figure(self, picture: Flowable, alt: str) -> None:
        """Add a picture or chart; `alt` says in words what it shows: ValueError without."""
        self._add(Picture(picture, Element(Tag.FIGURE, self._here, alt=one_line(alt))))

    def signatures(self, signatures: Sequence[Signature]) -> None:
        """Add places to sign, two in a row; one already signed says so instead of a blank."""
        gap = 15 * mm
        half = (CONTENT_WIDTH - gap) / 2
        for start in range(0, len(signatures), 2):
            pair = signatures[start : start + 2]
            lines = zip(*(self._signature(signature) for signature in pair), strict=True)
            signed, *names = [[cells[0], "", *cells[1:]] for cells in lines]
            widths = [half, gap, half][: len(signed)]
            look: list[styles.Command] = [("VALIGN", (0, 0), (-1, 0), "BOTTOM")]
            for column in range(0, len(signed), 2):
                look.append(("LINEBELOW", (column, 0), (column, 0), 0.5, INK))
            blank = styles.grid([signed], widths, look, space_before=18)
            blank.keepWithNext = True
            self._add(blank)
            self._add(styles.grid(names, widths))

    def closing(self, greeting: str, name: str) -> None:
        """Add the end of a letter: greeting, room to sign, and who writes."""
        self._add(self._text(greeting, styles.GREETING))
        self._add(self._text(name, styles.BODY))

    def rule(self) -> None:
        """Add a thin line across the page."""
        self._add(styles.line(HAIRLINE, 0.5, before=6, after=8))

    def page_break(self) -> None:
        """Go on at the top of a new page."""
        self._add(PageBreak())

    def _signature(self, signature: Signature) -> list[Flowable]:
        name = signature.name.strip()
        signed = signature.signed_on
        given = f"gez. {name}, {plain_date(signed)}" if signed else "\n\n"
        texts = ((given, styles.CELL), (name or "Name", styles.CELL), (signature.role, styles.NOTE))
        return [self._text(text, style) for text, style in texts]

    def _items(
        self, items: Sequence[ListItem], parent: Element, numbered: bool, depth: int
    ) -> None:
        found = Element(Tag.LIST, parent, attributes=_NUMBERED_LIST if numbered else _BULLET_LIST)
        indent = (depth + 1) * _INDENT
        style = ParagraphStyle(
            "item", styles.LISTED, leftIndent=indent, bulletIndent=depth * _INDENT
        )
        for place, item in enumerate(items, start=1):
            row = Element(Tag.LIST_ITEM, found)
            tag, body = Element(Tag.LABEL, row), Element(Tag.LIST_BODY, row)
            sign = f"{place}." if numbered else "•"
            words = Element(Tag.PARAGRAPH, body)
            self._add(Text.of(markup(item.text), style, words, label=sign, label_element=tag))
            if item.below:
                self._items(item.below, body, numbered, depth + 1)

    def _text(
        self,
        text: str,
        style: ParagraphStyle,
        element: Element | None = None,
        cut: Cut = Cut.REGULAR,
    ) -> Text:
        """Return a text as a paragraph of the present section, or as what `element` says."""
        return Text.of(markup(text, cut), style, element or Element(Tag.PARAGRAPH, self._here))

    def _add(self, block: Flowable) -> None:
        """Take one block into the story; the one place through which all of them pass."""
        self._open_heading = self._open_fields = None
        self._blocks.append(block)


def build(story: Story) -> bytes:
    """Return the PDF of `story`, which is used up by it.

    The same blocks give the same bytes in every process, thread and time zone.
    """
    return build_sheets(story).pdf


def build_sheets(story: Story) -> Sheets:
    """Return the PDF of `story` as `build` does, and on which page each heading's name stands."""
    address = story.facts.check_address
    passage = check_passage(address, story._root) if address else None
    return print_sheets(story.facts, story._blocks, story._root, passage)


def _bookmark(name: str, title: str, level: int) -> Callable[[Canvas, float], None]:
    def mark(canvas: Canvas, height: float) -> None:
        canvas.bookmarkHorizontal(name, 0, height)
        if level <= _DEEPEST_BOOKMARK:
            canvas.addOutlineEntry(title or "–", name, level - 1, closed=level > 1)

    return mark


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]
