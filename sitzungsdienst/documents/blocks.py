"""Flowables that know their element of the structure: texts, pictures, and what keeps together."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, Self

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph

from sitzungsdienst.documents.canvas import Reading, TaggedCanvas, Untagged
from sitzungsdienst.documents.fonts import Markup, fitted
from sitzungsdienst.documents.structure import Element

_ENOUGH_BELOW_A_HEADING: Final = 38.0
_MARKS: Final = re.compile("[<&]")


class Text(Paragraph):
    """A text that belongs to an element, over as many pages as it runs. Made by `of`."""

    element: Element
    label_element: Element
    repeated: bool
    leads_to: tuple[str, str] | None
    marker: Callable[[Canvas, float], None] | None
    reading: Reading | None
    _markup: Markup
    _broken_for = -1.0
    _room = 0.0  # for which passages have been parted, 0 for none
    _drawn_on: TaggedCanvas | None = None
    notes: "tuple[Note, ...]" = ()
    """The footnotes that the end of the text calls."""

    @classmethod
    def of(
        cls,
        markup: Markup,
        style: ParagraphStyle,
        element: Element,
        *,
        label: str = "",
        label_element: Element | None = None,
        repeated: bool = False,
        leads_to: tuple[str, str] | None = None,
        marker: Callable[[Canvas, float], None] | None = None,
    ) -> Self:
        """Return the text of `element`.

        A `label` hangs in front of it and belongs to `label_element`. With `leads_to`, as (target,
        what it is), the whole text is a link. A text in the head of a table is `repeated` on every
        page: there it is decoration. `marker` notes where the text begins.
        """
        text = cls(markup, style, bulletText=f"{label} " if label else None)
        text.element, text.label_element = element, label_element or element
        text.repeated, text.leads_to, text.marker = repeated, leads_to, marker
        text._markup = markup
        text.reading = Reading(markup.passages) if markup.passages else None
        return text

    def _setup(  # as reportlab's paragraphs do, who parse every text anew
        self,
        text: str | None,
        style: ParagraphStyle,
        bulletText: str | None,  # noqa: N803 (reportlab's name)
        frags: list[Any] | None,
        cleaner: Callable[[str], str],
    ) -> None:
        """Take in the words; those without any markup, which are most, need no parser."""
        if frags is None and text and not _MARKS.search(text):
            frags = [_plain(style).clone(text=cleaner(text))]
        super()._setup(text, style, bulletText, frags, cleaner)  # type: ignore[misc]  # unknown to reportlab's types

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 (reportlab's names)
        """Return the size, with right-to-left passages parted that are wider than a line.

        Tables and frames ask again and again; lines once broken for a width are kept.
        """
        if self._broken_for == aW and "blPara" in vars(self):
            return aW, float(self.height)
        self._broken_for = aW
        if self.reading and not self._room:
            style = self.style
            self._room = aW - style.leftIndent - style.rightIndent
            self._markup = fitted(self._markup, self._room, style.fontSize)
            self.reading = Reading(self._markup.passages)
            Paragraph.__init__(self, self._markup, style, bulletText=self.bulletText)
        width, height = super().wrap(aW, aH)
        return float(width), float(height)

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 (reportlab's names)
        """Return the parts, all of the same element; what happens once happens with the first."""
        parts = list(super().split(aW, aH))
        for place, part in enumerate(parts):
            if part is not self and isinstance(part, Text):
                part.element, part.label_element = self.element, self.label_element
                part.repeated, part.leads_to = self.repeated, self.leads_to
                part.reading, part._markup, part._room = self.reading, self._markup, self._room
                part.marker = self.marker if place == 0 else None
                part.notes = self.notes if place == len(parts) - 1 else ()
        return parts

    def beginText(self, x: float, y: float) -> Any:  # noqa: N802 (reportlab's name)
        """Hand the pen from the label to the text itself."""
        canvas = _tagged(self)
        canvas.hand_to(self.element)
        begun = canvas.beginText(x, y)
        begun.reading = self.reading
        return begun

    def draw(self) -> None:
        """Draw the text once as content; raises Untagged where it would be content twice."""
        canvas = _tagged(self)
        if self._drawn_on is canvas:
            if not self.repeated:
                raise Untagged("the same text is drawn twice")
            with canvas.decoration():
                super().draw()
            return
        self._drawn_on = canvas
        if self.marker:
            self.marker(canvas, self.height)
        with canvas.held_by(self.label_element):
            super().draw()
        if self.leads_to:
            target, told = self.leads_to
            canvas.link(self.element, target, told, self.width, self.height)
        for note in self.notes:
            canvas.bookmarkHorizontal(note.called_from, 0, self.style.leading)


@lru_cache(maxsize=128)  # nearly all styles are those of `styles`
def _plain(style: ParagraphStyle) -> Any:
    """Return how words without markup are set in `style`."""
    return Paragraph("x", style).frags[0]


class Note(Text):
    """A footnote; its label leads back to where it is called."""

    number = 0
    _parts_before = 0

    @property
    def name(self) -> str:
        """The name of the place where it begins."""
        return f"footnote{self.number}"

    @property
    def called_from(self) -> str:
        """The name of the place where it is called."""
        return f"reference{self.number}"

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 (reportlab's names)
        """Return the parts, which all are parts of the same note."""
        parts = super().split(aW, aH)
        for place, part in enumerate(parts):
            if isinstance(part, Note):
                part.number, part._parts_before = self.number, self._parts_before + place
        return parts

    def draw(self) -> None:
        """Draw the note, and the way back from its label."""
        super().draw()
        if not self._parts_before:
            canvas, line = _tagged(self), float(self.style.leading)
            told = f"Zurück zum Text von Fußnote {self.number}"
            room = self.style.leftIndent
            canvas.bookmarkHorizontal(self.name, 0, self.height)
            target = f"#{self.called_from}"
            canvas.link(self.label_element, target, told, room, line, self.height - line)


class Picture(Flowable):
    """A picture or chart that `element` stands for; words drawn in it are part of the picture."""

    def __init__(self, inner: Flowable, element: Element) -> None:
        """Take what is drawn; the element needs an `alt`: ValueError without."""
        super().__init__()
        if not element.alt.strip():
            raise ValueError("a picture needs words that stand for it")
        self.inner, self.element = inner, element
        self.hAlign = getattr(inner, "hAlign", "LEFT")

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 (reportlab's names)
        """Return the size of the picture."""
        self.width, self.height = self.inner.wrapOn(self.canv, aW, aH)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the picture as one figure."""
        canvas = _tagged(self)
        left, low = canvas.absolutePosition(0, 0)
        box = f"{left:.2f} {low:.2f} {left + self.width:.2f} {low + self.height:.2f}"
        self.element.attributes = f"<</O/Layout/Placement/Block/BBox[{box}]>>"
        with canvas.figure(self.element):
            self.inner.drawOn(canvas, 0, 0)


class KeepWithStart(KeepTogether):
    """Keep headings with the beginning of what follows.

    reportlab keeps them with all of it: a heading before a long table would leave half a page
    white.
    """

    _content: list[Flowable]

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 (reportlab's names)
        """Return the content, after a page break where not even the beginning fits."""
        *headings, body = self._content
        room = aH - sum(_height(heading, self.canv, aW) for heading in headings)
        if headings and room > _ENOUGH_BELOW_A_HEADING:
            parts = body.splitOn(self.canv, aW, room - body.getSpaceBefore())
            if len(parts) > 1 and _height(parts[0], self.canv, aW) >= _ENOUGH_BELOW_A_HEADING:
                return list(self._content)
        return list(super().split(aW, aH))


def notes_of(block: Flowable) -> tuple[Note, ...]:
    """Return the notes that `block` calls, in order."""
    if isinstance(block, KeepTogether):
        parts: list[Flowable] = vars(block)["_content"]
        return tuple(note for part in parts for note in notes_of(part))
    return block.notes if isinstance(block, Text) else ()


def _tagged(block: Flowable) -> TaggedCanvas:
    if not isinstance(block.canv, TaggedCanvas):
        raise Untagged("only a canvas that writes the structure can draw this")
    return block.canv


def _height(block: Flowable, canvas: Canvas, available_width: float) -> float:
    _, height = block.wrapOn(canvas, available_width, A4[1])
    return float(height + block.getSpaceBefore() + block.getSpaceAfter())
