"""Pages of a PDF as pictures, for choosing what is blackened. Runs in the worker.

Lengths are millimetres from the upper left corner of a page as it is shown, so that an office may
also measure them with a ruler on a print in full size.
"""

import io
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

MM = 72 / 25.4
#: Pictures on the office's page, and the most pixels a picture may have, whatever a page measures.
SCREEN_DPI = 110
MAX_PIXELS = 16_000_000
GRID = 10
RULED, MARKED, LETTERS = (205, 214, 226), (196, 0, 28), (70, 84, 104)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in millimetres from the upper left."""

    left: float
    top: float
    right: float
    bottom: float

    def pixels(self, scale: float) -> tuple[int, int, int, int]:
        """The pixels it touches; `scale` is pixels a millimetre. Never less than it covers."""
        return (
            math.floor(self.left * scale),
            math.floor(self.top * scale),
            math.ceil(self.right * scale),
            math.ceil(self.bottom * scale),
        )


def answer(content: bytes, values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """`measure`: the sizes of all pages in millimetres. `picture`: one page as PNG, with a grid.

    What is chosen already stands on the picture as filled rectangles.
    """
    with pdfium.PdfDocument(content) as document:
        if values["task"] == "measure":
            return {"pages": [size_of(page) for page in document]}, b""
        page = document[values["page"] - 1]
        image, scale = drawn(page, SCREEN_DPI)
        mark(image, scale, [Area(*one) for one in values["areas"]])
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return {}, stream.getvalue()


def size_of(page: pdfium.PdfPage) -> tuple[float, float]:
    """Width and height in millimetres, as the page is shown."""
    width, height = page.get_size()
    return round(width / MM, 2), round(height / MM, 2)


def drawn(page: pdfium.PdfPage, dpi: int) -> tuple[Image.Image, float]:
    """The page as a picture without annotations, and its pixels a millimetre."""
    width, height = page.get_size()
    scale = min(dpi / 72, math.sqrt(MAX_PIXELS / max(width * height, 1)))
    bitmap = page.render(scale=scale, draw_annots=False, may_draw_forms=False, rev_byteorder=True)
    image = bitmap.to_pil().convert("RGB")
    return image, scale * MM


def mark(image: Image.Image, scale: float, areas: list[Area]) -> None:
    """Draw the grid, a line every ten millimetres, and what is chosen."""
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=11)
    for number in range(GRID, math.ceil(max(image.size) / scale), GRID):
        place = round(number * scale)
        pen.line((place, 0, place, image.height), fill=RULED)
        pen.line((0, place, image.width, place), fill=RULED)
        if number % (2 * GRID) == 0:
            pen.text((place + 2, 1), str(number), fill=LETTERS, font=font)
            pen.text((2, place + 1), str(number), fill=LETTERS, font=font)
    for area in areas:
        pen.rectangle(area.pixels(scale), fill=(0, 0, 0), outline=MARKED, width=2)
