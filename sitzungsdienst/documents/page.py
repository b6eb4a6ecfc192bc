"""The sheet: A4 pages with running head and foot, and what the file says of itself.

Below the story layer and for it alone; kinds of documents never come here.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Final

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from sitzungsdienst.documents.fonts import Cut, label, one_line, width
from sitzungsdienst.documents.values import Letterhead

# Streams are compressed already; letters on top would make them a quarter longer.
rl_config.useA85 = 0

LEFT: Final = 25 * mm
RIGHT: Final = 20 * mm
FIRST_TOP: Final = 15 * mm  # the letterhead needs no room for a running head
TOP: Final = 24 * mm
BOTTOM: Final = 20 * mm
CONTENT_WIDTH: Final = A4[0] - LEFT - RIGHT
INK: Final = HexColor("#1a1a1a")
GREY: Final = HexColor("#595959")
HAIRLINE: Final = HexColor("#c9ccd1")

_FURNITURE_SIZE: Final = 8.0
_LONGEST_RUNNING_HEAD: Final = 200
_ENOUGH_BELOW_A_HEADING: Final = 38.0
_BLANK_ID: Final = b"0" * 32
# All documents cut their fonts out of the same parsed files, and reportlab reads those with one
# shared position: two threads at it now and then put a stranger's glyph into a font.
_one_at_a_time: Final = Lock()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a whole document.

    `kind` stands in the foot ("Einladung"), `running_head` on every page but the first, `title`
    in the window of the reader's program. `issued_on` is the date the file bears.
    """

    kind: str
    title: str
    running_head: str
    letterhead: Letterhead
    issued_on: date


def print_sheets(facts: Facts, blocks: Sequence[Flowable]) -> bytes:
    """Return the PDF of `blocks`; the same input gives the same bytes, wherever and whenever.

    The blocks are used up. Raises ValueError for a block that fits no page.
    """
    out = io.BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        invariant=1,
        pageCompression=1,
        initialFontName=str(Cut.REGULAR),
        lang="de-DE",
        displayDocTitle=True,
        title=one_line(facts.title),
        author=one_line(facts.letterhead.body_name),
        subject=one_line(facts.kind),
        creator="Sitzungsdienst",
        keepTogetherClass=_KeepWithStart,
        pageTemplates=[_sheet("first", FIRST_TOP), _sheet("later", TOP)],
    )

    def start(target: Any, /, **options: Any) -> _Canvas:
        return _Canvas(target, facts, **options)

    try:
        with _one_at_a_time:
            template.build(list(blocks), canvasmaker=start)
    except LayoutError as error:
        raise ValueError("a block is larger than a page and cannot be parted") from error
    return _identified(out.getvalue())


def _sheet(name: str, top: float) -> PageTemplate:
    frame = Frame(LEFT, BOTTOM, CONTENT_WIDTH, A4[1] - top - BOTTOM, 0, 0, 0, 0, id="text")
    return PageTemplate(name, [frame], pagesize=A4, autoNextPageTemplate="later")


def _identified(pdf: bytes) -> bytes:
    """Return `pdf` with an /ID made of its content, so that only equal files share one."""
    digest = hashlib.sha256(pdf).hexdigest()[: len(_BLANK_ID)].upper().encode()
    blank = b"[<" + _BLANK_ID + b"><" + _BLANK_ID + b">]"
    head, found, tail = pdf.rpartition(blank)
    if not found:
        raise ValueError("the file has no place for its identifier")
    return head + b"[<" + digest + b"><" + digest + b">]" + tail


class _Canvas(Canvas):
    """Pages with a foot that knows how many there are.

    The number is known at the end only, so every page refers to a form of its own, and the forms
    are drawn when the last page is done: one pass, and the foot can stand flush right.
    """

    # reportlab's own, unknown to its types.
    _doc: Any
    _code: list[str]

    def __init__(self, target: io.BytesIO, facts: Facts, **options: Any) -> None:
        super().__init__(target, **options)
        self._facts = facts
        stamp = f"D:{facts.issued_on:%Y%m%d}120000+00'00'"
        self.setDateFormatter(lambda *_: stamp)
        self._doc._ID = b"[<" + _BLANK_ID + b"><" + _BLANK_ID + b">]\n"

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        """Draw the furniture of the page, then end it."""
        if self.getPageNumber() > 1:
            self._draw_running_head()
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
        super().save()

    def _draw_running_head(self) -> None:
        baseline = A4[1] - 15 * mm
        self._set_small()
        self.drawString(LEFT, baseline, _fitted(self._facts.running_head, CONTENT_WIDTH))
        self._draw_hairline(baseline - 2 * mm)

    def _draw_foot(self, number: int, total: int) -> None:
        baseline = 13 * mm
        pages = f"Seite {number} von {total}"
        room = CONTENT_WIDTH - width(pages, Cut.REGULAR, _FURNITURE_SIZE) - 5 * mm
        self._draw_hairline(baseline + 4 * mm)
        self._set_small()
        self.drawString(LEFT, baseline, _fitted(self._facts.kind, room))
        self.drawRightString(A4[0] - RIGHT, baseline, pages)

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


class _KeepWithStart(KeepTogether):
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


def _height(block: Flowable, canvas: Canvas, available_width: float) -> float:
    _, height = block.wrapOn(canvas, available_width, A4[1])
    return float(height + block.getSpaceBefore() + block.getSpaceAfter())
