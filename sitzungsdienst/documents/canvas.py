"""The pen: what it draws belongs to an element of the structure, or is decoration and says so.

Text and pictures drawn while no element holds the pen raise `Untagged`, so nothing that is read
can slip into a file past those who cannot see it. Lines, tints and whatever else has no words are
decoration ("artifacts") by themselves.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Literal

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from sitzungsdienst.documents.bidi import Passage
from sitzungsdienst.documents.fonts import stands_apart
from sitzungsdienst.documents.repairs import line_end
from sitzungsdienst.documents.structure import (
    Annotated,
    Element,
    Marked,
    Parents,
    Source,
    Tag,
    text_string,
)

_PAINTS: Final = re.compile(r"(?:^|[\s\]>)])(?:S|s|f\*?|F|B\*?|b\*?|Do|sh|Tj|TJ|EI)(?=\s|$)")
_SHOWS: Final = re.compile(r"\([^)]")  # an empty cell is drawn as "() Tj"
_PRINTABLE_ANNOTATION: Final = 4  # ISO 32000-1, table 165: bit 3


class Untagged(Exception):
    """Something with words would be drawn that no element of the structure holds."""


class _Sequence(str):
    """A piece of a page that bears its own marks, element or decoration."""

    __slots__ = ()


class _Handover(str):
    """Inside a text: from here on it belongs to `element`, or again to its owner (None)."""

    element: Element | None

    @classmethod
    def to(cls, element: Element | None) -> "_Handover":
        found = cls("")
        found.element = element
        return found


class Reading:
    """The passages of one text that are elements of their own: right-to-left ones, references.

    The element of a right-to-left passage says how it is read. A passage may be drawn in pieces,
    over lines and pages: all of them belong to one element.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Begin before the first passage."""
        self._passages = passages
        self._drawn = 0
        self._left = 0
        self._element = Element(Tag.SPAN)

    def element(self, piece: str, links: "dict[str, Element]") -> Element:
        """Return the element of the next `piece` that is drawn; `links` learns one that leads."""
        if not self._left:
            passage = self._passages[self._drawn % len(self._passages)]
            self._drawn += 1
            self._left = len(passage.seen)
            tag = Tag.SPAN if passage.read else Tag.REFERENCE
            self._element = Element(tag, actual_text=passage.read)
            if passage.leads_to:
                self._element = Element(Tag.LINK, self._element)
                links[passage.leads_to] = self._element
        self._left = max(self._left - len(piece), 0)
        return self._element


class TaggedText(PDFTextObject):
    """A text whose lines end so that words stay apart when read aloud."""

    # reportlab's own, unknown to its types.
    _code: list[str]
    _fontname: str
    _canvas: "TaggedCanvas"

    reading: Reading | None = None
    _written = ""  # the last piece of the present line

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803 (reportlab's names)
        shown = line_end(text, self._written, over=bool(TStar))
        self._written = "" if TStar else shown or self._written
        if self.reading and text and stands_apart(self._fontname):
            with self.lent_to(self.reading.element(text, self._canvas.links)):
                self._show(text, 0)
            shown = shown[len(text) :]
        self._show(shown, TStar)

    def _show(self, text: str, over: int) -> None:
        super()._textOut(text, over)  # type: ignore[misc]  # unknown to reportlab's types

    @contextmanager
    def lent_to(self, element: Element) -> Iterator[None]:
        """Let what is written inside belong to `element`."""
        self._code.append(_Handover.to(element))
        yield
        self._code.append(_Handover.to(None))


class TaggedCanvas(Canvas):
    """A canvas that writes marked content and knows to which element it belongs."""

    # reportlab's own, unknown to its types.
    _code: list[str]
    _doc: Any

    def __init__(self, target: Any, **options: Any) -> None:
        """Begin a file of PDF 1.7."""
        super().__init__(target, pdfVersion=(1, 7), **options)
        self.parents = Parents()
        self.annotated: list[tuple[Element, Annotated]] = []
        self.links: dict[str, Element] = {}  # inside of texts, by the names they lead to
        self._owner: Element | None = None
        self._free = 0  # how many forms, decorations or figures we are inside of
        self._of_page: list[Element] = []
        self._page_key = 0

    @contextmanager
    def held_by(self, element: Element) -> Iterator[None]:
        """Let text drawn inside belong to `element`."""
        former, self._owner = self._owner, element
        yield
        self._owner = former

    def hand_to(self, element: Element) -> None:
        """Let text drawn from here on, inside `held_by`, belong to `element`."""
        self._owner = element

    @contextmanager
    def decoration(self, subtype: str = "") -> Iterator[None]:
        """Draw what is no content: furniture of the page ("Header", "Footer"), a repeated head."""
        kind = f" /Subtype /{subtype}" if subtype else ""
        with self._whole(f"/Artifact <</Type /Pagination{kind}>> BDC"):
            yield

    @contextmanager
    def figure(self, element: Element) -> Iterator[None]:
        """Draw a picture, words in it included, that `element` stands for with its `alt`."""
        if self._free:
            raise Untagged("a figure inside decoration or another figure")
        with self._whole(self._opening(element)):
            yield

    @contextmanager
    def _whole(self, opening: str) -> Iterator[None]:
        if self._free:
            yield
            return
        begin = len(self._code)
        self._free += 1
        yield
        self._free -= 1
        drawn = "\n".join(self._code[begin:])
        self._code[begin:] = [_Sequence(f"{opening}\n{drawn}\nEMC")]

    def beginText(  # noqa: N802 (reportlab's name)
        self, x: float = 0, y: float = 0, direction: Literal["LTR", "RTL"] | None = None
    ) -> TaggedText:
        """Return a text to be drawn with `drawText`."""
        return TaggedText(self, x, y, direction=direction)

    def drawText(self, aTextObject: PDFTextObject) -> None:  # noqa: N802, N803 (reportlab's names)
        """Draw a text as content of the element that holds the pen."""
        if self._free:
            super().drawText(aTextObject)
            return
        code: list[str] = vars(aTextObject)["_code"]
        if not any(map(_SHOWS.search, code)):
            return
        if self._owner is None:
            raise Untagged(f"text on page {self.getPageNumber()} without an element")
        self._code.append(_Sequence("\n".join(self._marked(code, self._owner))))

    def _marked(self, code: list[str], owner: Element) -> Iterator[str]:
        """Yield the operators of a text with its runs marked for their elements."""
        if _Handover not in map(type, code):
            begin, *run = code
            yield from (begin, self._opening(owner), *run, "EMC", "ET")
            return
        run = []
        current = owner
        for operator in [*code, _Handover.to(None)]:
            if not isinstance(operator, _Handover):
                if operator == "BT":
                    yield operator
                else:
                    run.append(operator)
                continue
            if any(map(_SHOWS.search, run)):
                outer = current.outermost()
                if outer is not owner.outermost():
                    owner.content.append(outer)
                    outer.parent = owner
                yield from (self._opening(current), *run, "EMC")
            else:
                yield from run
            run, current = [], operator.element or owner
        yield "ET"

    def _opening(self, element: Element) -> str:
        mcid = len(self._of_page)
        self._of_page.append(element)
        element.content.append(Marked(self.getPageNumber(), mcid))
        return f"/{element.tag} <</MCID {mcid}>> BDC"

    def drawImage(self, *arguments: Any, **options: Any) -> Any:  # noqa: N802 (reportlab's name)
        """Draw a picture, inside `figure` or `decoration` only."""
        if not self._free:
            raise Untagged(f"picture on page {self.getPageNumber()} without an element")
        return super().drawImage(*arguments, **options)

    def beginForm(self, *arguments: Any, **options: Any) -> None:  # noqa: N802 (reportlab's name)
        """Begin a form; what calls it decides to what it belongs."""
        super().beginForm(*arguments, **options)
        self._free += 1

    def endForm(self, **options: Any) -> None:  # noqa: N802 (reportlab's name)
        """End the form."""
        super().endForm(**options)
        self._free -= 1

    def link(
        self,
        element: Element,
        target: str,
        told: str,
        width: float,
        height: float,
        low: float = 0,
    ) -> None:
        """Make the rectangle above the origin lead to `target`: "#name" inside the file, or a URL.

        It begins `low` points above. `told` is what assistive technology says of it; decoration
        does not lead anywhere.
        """
        self._annotate_link(element, target, told, (0, low, width, low + height))

    def _annotate_link(
        self, element: Element, target: str, told: str, box: tuple[float, float, float, float]
    ) -> None:
        if self._free:
            return
        pen: Any = self  # reportlab's own methods, unknown to its types
        facts: dict[str, Any] = {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Border": "[0 0 0]",
            "Rect": PDFArray(pen._absRect(box, 1)),
            "F": _PRINTABLE_ANNOTATION,
            "Contents": Source(text_string(told)),
        }
        if target.startswith("#"):
            facts["Dest"] = pen._bookmarkReference(target[1:])
        else:
            action = {"Type": "/Action", "S": "/URI", "URI": PDFString(target)}
            facts["A"] = PDFDictionary(action)
        self.annotate(element, facts)

    def linkRect(self, contents: str, destinationname: str, Rect: Any = None, **_: Any) -> None:  # type: ignore[override]  # noqa: N802, N803 (reportlab's names; only its paragraphs call this, and use no more of it)
        """Make a piece of a text lead to a place in the file, as reportlab's paragraphs ask."""
        told = contents or "Zur Fußnote"
        self._annotate_link(self.links[destinationname], f"#{destinationname}", told, Rect)

    def annotate(self, element: Element, facts: dict[str, Any]) -> None:
        """Add an annotation that belongs to `element`."""
        key = self.parents.add(element)
        name = f"annotation{key}"
        facts["StructParent"] = key
        pen: Any = self  # as above
        pen._addAnnotation(PDFDictionary(facts), name)
        page = self.getPageNumber()
        self.annotated.append((element, Annotated(page, self._doc.annotationName(name))))

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        """End the page: whatever bears no mark and paints is decoration."""
        self._code[:] = _with_decorations_marked(self._code)
        self._page_key = self.parents.add(self._of_page)
        super().showPage()
        self._of_page = []

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 (reportlab's name)
        super()._setAnnotations(page)  # type: ignore[misc]  # unknown to reportlab's types
        if isinstance(page, PDFPage):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            vars(page).update(StructParents=self._page_key, Tabs="/S")


def _with_decorations_marked(code: list[str]) -> Iterator[str]:
    plain: list[str] = []
    for piece in [*code, _Sequence("")]:
        if not isinstance(piece, _Sequence):
            plain.append(piece)
            continue
        if any(map(_PAINTS.search, plain)):
            yield from ("/Artifact BMC", *plain, "EMC")
        else:
            yield from plain
        plain = []
        if piece:
            yield piece
