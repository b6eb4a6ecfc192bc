"""The sheet: A4 pages with running head and foot, and what the file says of itself.

Below the story layer and for it alone; kinds of documents never come here.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable
from reportlab.platypus.doctemplate import LayoutError
from reportlab.platypus.flowables import HRFlowable

from sitzungsdienst.documents.blocks import KeepWithStart
from sitzungsdienst.documents.canvas import TaggedCanvas
from sitzungsdienst.documents.conformance import Attachment, Description, declare, pdf_date
from sitzungsdienst.documents.fonts import Cut, label, one_line, width
from sitzungsdienst.documents.footnotes import NotedFrame, NotedPage, NotesFoot, RestOfNotes
from sitzungsdienst.documents.seal_field import add_seal_field
from sitzungsdienst.documents.structure import Element
from sitzungsdienst.documents.values import Letterhead

LEFT: Final = 25 * mm
RIGHT: Final = 20 * mm
FIRST_TOP: Final = 15 * mm  # the letterhead needs no room for a running head
TOP: Final = 24 * mm
BOTTOM: Final = 20 * mm
CONTENT_WIDTH: Final = A4[0] - LEFT - RIGHT
INK: Final = HexColor("#1a1a1a")
GREY: Final = HexColor("#595959")
HAIRLINE: Final = HexColor("#c9ccd1")

# DIN 5008, form B: fold at 105 and 210 mm, punch in the middle of the sheet.
_MARKS: Final = ((105 * mm, 4 * mm), (148.5 * mm, 6 * mm), (210 * mm, 4 * mm))
_MARKS_BEGIN: Final = 4 * mm
_NOTES_LINE: Final = 50 * mm
_ABOVE_LOW: Final = 4 * mm
_FURNITURE_SIZE: Final = 8.0
_LONGEST_RUNNING_HEAD: Final = 200
_BLANK_ID: Final = b"0" * 32
# All documents cut their fonts out of the same parsed files, and reportlab reads those with one
# shared position: two threads at it now and then put a stranger's glyph into a font.
_one_at_a_time: Final = Lock()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a whole document.

    `kind` stands in the foot ("Einladung"), `running_head` on every page but the first, `title`
    in the window of the reader's program. `issued_on` is the date the file bears. One that is
    `sealable` has an empty field for an electronic seal. Under its `check_address` everybody can
    check a published one; "" for one that is not.
    """

    kind: str
    title: str
    running_head: str
    letterhead: Letterhead
    issued_on: date
    attachments: tuple[Attachment, ...] = ()
    sealable: bool = False
    check_address: str = ""
    is_letter: bool = False
    """A letter keeps the places of DIN 5008, form B, and bears marks for folding and punching."""
    recipient: tuple[str, ...] = ()
    """Whom a letter addresses, a line each."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A printed document, and on which page (from 1) each of its names stands."""

    pdf: bytes
    pages: Mapping[str, int]


def print_sheets(
    facts: Facts, blocks: Sequence[Flowable], root: Element, low: Flowable | None = None
) -> Sheets:
    """Return the PDF of `blocks`, read in the order of `root`, and where its names stand.

    `low` stands at the bottom of the first page, below the text. The same input gives the same
    bytes, wherever and whenever. The blocks are used up. Raises ValueError for a block that fits
    no page.
    """
    out = io.BytesIO()
    pages: dict[str, int] = {}
    rule = HRFlowable(_NOTES_LINE, 0.5, color=GREY, spaceBefore=8, spaceAfter=4, hAlign="LEFT")
    foot = NotesFoot(rule)
    description = Description(
        title=one_line(facts.title),
        author=one_line(facts.letterhead.body_name),
        subject=one_line(facts.kind),
        issued_on=facts.issued_on,
    )
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        invariant=1,
        pageCompression=1,
        initialFontName=str(Cut.REGULAR),
        lang=description.language,
        displayDocTitle=True,
        title=description.title,
        author=description.author,
        subject=description.subject,
        creator="Sitzungsdienst",
        keepTogetherClass=KeepWithStart,
        pageTemplates=[_first_sheet(foot, low), _sheet("later", TOP, BOTTOM, foot)],
    )

    def start(target: Any, /, **options: Any) -> _Canvas:
        return _Canvas(target, facts, description, root, pages, **options)

    try:
        with _one_at_a_time:
            template.build([*blocks, RestOfNotes()], canvasmaker=start)
    except LayoutError as error:
        raise ValueError("a block is larger than a page and cannot be parted") from error
    return Sheets(_identified(out.getvalue()), pages)


def _first_sheet(foot: NotesFoot, low: Flowable | None) -> NotedPage:
    """Return the first page, on which the text leaves room for `low`."""
    if low is None:
        return _sheet("first", FIRST_TOP, BOTTOM, foot)
    _, height = low.wrap(CONTENT_WIDTH, A4[1])
    sheet = _sheet("first", FIRST_TOP, BOTTOM + height + _ABOVE_LOW, foot)
    sheet.onPageEnd = lambda canvas, _: low.drawOn(canvas, LEFT, BOTTOM)
    return sheet


def _sheet(name: str, top: float, bottom: float, foot: NotesFoot) -> NotedPage:
    frame = NotedFrame(foot, LEFT, bottom, CONTENT_WIDTH, A4[1] - top - bottom)
    return NotedPage(name, [frame], pagesize=A4, autoNextPageTemplate="later")


def _identified(pdf: bytes) -> bytes:
    """Return `pdf` with an /ID made of its content, so that only equal files share one."""
    digest = hashlib.sha256(pdf).hexdigest()[: len(_BLANK_ID)].upper().encode()
    blank = b"[<" + _BLANK_ID + b"><" + _BLANK_ID + b">]"
    head, found, tail = pdf.rpartition(blank)
    if not found:
        raise ValueError("the file has no place for its identifier")
    return head + b"[<" + digest + b"><" + digest + b">]" + tail


class _Canvas(TaggedCanvas):
    """Pages with a foot that knows how many there are.

    The number is known at the end only, so every page refers to a form of its own, and the forms
    are drawn when the last page is done: one pass, and the foot can stand flush right.
    """

    def __init__(
        self,
        target: io.BytesIO,
        facts: Facts,
        description: Description,
        root: Element,
        pages: dict[str, int],
        **options: Any,
    ) -> None:
        super().__init__(target, **options)
        self._pages = pages
        self._facts, self._description, self._root = facts, description, root
        stamp = pdf_date(facts.issued_on)
        self.setDateFormatter(lambda *_: stamp)
        self._doc._ID = b"[<" + _BLANK_ID + b"><" + _BLANK_ID + b">]\n"

    def bookmarkHorizontal(self, key: str, *place: Any, **more: Any) -> None:  # noqa: N802 (as below)
        """Give the place a name that links find, and note its page."""
        self._pages[key] = self.getPageNumber()
        super().bookmarkHorizontal(key, *place, **more)

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        """Draw the furniture of the page, then end it."""
        if self.getPageNumber() > 1:
            with self.decoration("Header"):
                self._draw_running_head()
        elif self._facts.is_letter:
            self._draw_marks()
        with self.decoration("Footer"):
            self.doForm(f"foot{self.getPageNumber()}")
        super().showPage()

    def save(self) -> None:
        """Draw the feet, then write the file."""
        total = self.getPageNumber() - 1
        for number in range(1, total + 1):
            self.beginForm(f"foot{number}")
            self._draw_foot(number, total)
            self.endForm()
        self._code = []
        if self._facts.sealable:
            add_seal_field(self, self._root, total)
        declare(self, self._root, self._description, self._facts.attachments)
        super().save()

    def _draw_running_head(self) -> None:
        baseline = A4[1] - 15 * mm
        self._set_small()
        self.drawString(LEFT, baseline, _fitted(self._facts.running_head, CONTENT_WIDTH))
        self._draw_hairline(baseline - 2 * mm)

    def _draw_marks(self) -> None:
        self.setStrokeColor(GREY)
        self.setLineWidth(0.4)
        for from_top, length in _MARKS:
            y = A4[1] - from_top
            self.line(_MARKS_BEGIN, y, _MARKS_BEGIN + length, y)

    def _draw_foot(self, number: int, total: int) -> None:
        baseline = 13 * mm
        pages = f"Seite {number} von {total}"
        room = CONTENT_WIDTH - width(pages, Cut.REGULAR, _FURNITURE_SIZE) - 5 * mm
        self._draw_hairline(baseline + 4 * mm)
        self._set_small()
        self.drawString(LEFT, baseline, _fitted(self._facts.kind, room))
        self.drawRightString(A4[0] - RIGHT, baseline, pages)
        if self._facts.check_address:
            shown = self._facts.check_address.split("://", 1)[-1]  # as people type it
            line = label(f"Echtheit prüfen: {shown}")
            if line == _fitted(line, CONTENT_WIDTH):  # half an address leads nowhere
                self.drawString(LEFT, baseline - 3.8 * mm, line)

    def _set_small(self) -> None:
        self.setFont(str(Cut.REGULAR), _FURNITURE_SIZE)
        self.setFillColor(GREY)

    def _draw_hairline(self, y: float) -> None:
        self.setStrokeColor(HAIRLINE)
        self.setLineWidth(0.5)
        self.line(LEFT, y, A4[0] - RIGHT, y)


def _fitted(text: str, room: float) -> str:
    """Return `text` as one line of at most `room` points, cut with "…" where it is longer."""
    line = label(text)
    shown = line[:_LONGEST_RUNNING_HEAD]
    ending = "" if shown == line else "…"
    while shown and width(shown + ending, Cut.REGULAR, _FURNITURE_SIZE) > room:
        shown, ending = shown[:-1].rstrip(), "…"
    return shown + ending
