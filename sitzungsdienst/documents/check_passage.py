"""The passage by which everybody can check a published document: a code, an address, a sentence.

For the story layer alone, which puts it at the bottom of the first page of every document that has
such an address: there it never needs a page of its own. It is read last.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from sitzungsdienst.documents import styles
from sitzungsdienst.documents.blocks import Picture, Text
from sitzungsdienst.documents.fonts import Cut, markup
from sitzungsdienst.documents.page import CONTENT_WIDTH, HAIRLINE, INK
from sitzungsdienst.documents.structure import Element, Tag

_SIDE: Final = 18 * mm
# White around the symbol, at least four of its modules (ISO/IEC 18004, 9.1).
_QUIET: Final = 3 * mm

_TOLD: Final = (
    "Ob dieses Dokument unverändert veröffentlicht ist, durch eine neuere Fassung ersetzt oder"
    " zurückgenommen wurde, zeigt diese Seite:"
)
_ALT: Final = "QR-Code mit der Adresse, unter der sich dieses Dokument prüfen lässt"


class Code(Flowable):
    """A QR code, drawn as areas, so that it is sharp at every size."""

    def __init__(self, text: str, side: float) -> None:
        """Encode `text` in a square of `side` points, without the white around it."""
        super().__init__()
        self.width = self.height = side
        code = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(text)
        code.make()
        self._rows: list[list[bool]] = [[bool(dark) for dark in row] for row in code.modules]

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size of the square."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw all dark areas as one, so that no seams show between them."""
        canvas: Any = self.canv
        module = self.width / len(self._rows)
        path = canvas.beginPath()
        for row, column, length in self._dark():
            path.rect(column * module, self.height - (row + 1) * module, length * module, module)
        canvas.setFillColor(INK)
        canvas.drawPath(path, stroke=0, fill=1)

    def _dark(self) -> Iterator[tuple[int, int, int]]:
        """Yield row, first column and length of every run of dark modules."""
        for row, modules in enumerate(self._rows):
            column = 0
            for dark, run in groupby(modules):
                length = len(list(run))
                if dark:
                    yield row, column, length
                column += length


def check_passage(address: str, root: Element) -> Flowable:
    """Return the passage on `address`, the last section of `root`."""
    section = Element(Tag.SECTION, root)
    title = Text.of(
        markup("Echtheit prüfen", Cut.BOLD), styles.FIELD, Element(Tag.PARAGRAPH, section)
    )
    told = Text.of(markup(_TOLD), styles.CHECK, Element(Tag.PARAGRAPH, section))
    link = Element(Tag.LINK, Element(Tag.PARAGRAPH, section))
    words = Text.of(
        markup(address), styles.CHECK, link, leads_to=(address, f"Dokument prüfen: {address}")
    )
    code = Picture(Code(address, _SIDE), Element(Tag.FIGURE, section, alt=_ALT))
    beside = _SIDE + _QUIET
    look: list[styles.Command] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, HAIRLINE),
        ("TOPPADDING", (0, 0), (-1, -1), _QUIET),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    return styles.grid([[code, [title, told, words]]], [beside, CONTENT_WIDTH - beside], look)
