"""Whether all words of a page can be seen: only then may its content stay as it is.

Words outside the page, in the colour of the paper, too small to be read or below something else are
found by looking at the drawn page: where a letter stands, something must be seen.
"""

import ctypes

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from sitzungsdienst.files.pages import drawn

DPI = 144
#: Least difference in brightness (of 255) between a letter and what surrounds it.
CONTRAST = 40
#: Points: what is thinner underlines or rules, and covers nothing.
COVERING = 3.0
#: Points by which a letter may reach over the edge of the page.
EDGE = 1.0
Box = tuple[float, float, float, float]


def all_words_are_seen(page: pdfium.PdfPage) -> bool:
    """False where a word is hidden, or where that cannot be told."""
    return _nothing_lies_on_words(page) and _every_letter_is_seen(page)


def _nothing_lies_on_words(page: pdfium.PdfPage) -> bool:
    """Objects are drawn in their order: an area behind words covers those it overlaps."""
    edges = page.get_bbox()
    words: list[Box] = []
    for one in page.get_objects(max_depth=1):
        box = one.get_bounds()
        if one.type == raw.FPDF_PAGEOBJ_TEXT:
            if not _within(box, edges):
                return False
            words.append(box)
        elif one.type == raw.FPDF_PAGEOBJ_PATH:
            if _covers(one, box) and any(_overlap(box, word) for word in words):
                return False
        else:
            return False
    return True


def _covers(path: pdfium.PdfObject, box: Box) -> bool:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroked)
    filled = mode.value != raw.FPDF_FILLMODE_NONE
    return filled and min(box[2] - box[0], box[3] - box[1]) >= COVERING


def _within(box: Box, edges: Box) -> bool:
    return (
        box[0] >= edges[0] - EDGE
        and box[1] >= edges[1] - EDGE
        and box[2] <= edges[2] + EDGE
        and box[3] <= edges[3] + EDGE
    )


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and along > 0


def _every_letter_is_seen(page: pdfium.PdfPage) -> bool:
    image = drawn(page, DPI)[0].convert("L")
    words = page.get_textpage()
    text = words.get_text_range()
    if len(text) != words.count_chars():
        return not text.strip()  # letters and places do not go together: better a picture
    return all(
        letter.isspace() or _seen(page, image, words.get_charbox(place))
        for place, letter in enumerate(text)
    )


def _seen(page: pdfium.PdfPage, image: Image.Image, box: Box) -> bool:
    left, top = on_picture(page, image.size, box[0], box[3])
    right, bottom = on_picture(page, image.size, box[2], box[1])
    part = (
        max(min(left, right) - 1, 0),
        max(min(top, bottom) - 1, 0),
        min(max(left, right) + 2, image.width),
        min(max(top, bottom) + 2, image.height),
    )
    if part[0] >= part[2] or part[1] >= part[3]:
        return False
    grays = image.crop(part).tobytes()
    return max(grays) - min(grays) >= CONTRAST


def on_picture(page: pdfium.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    """Where a point of the page lies on a picture of `size`, whichever way the page is turned."""
    across, along = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, along)
    return across.value, along.value


def in_page(page: pdfium.PdfPage, size: tuple[int, int], x: int, y: int) -> tuple[float, float]:
    """Where a pixel of a picture of `size` lies on the page, in points."""
    across, along = ctypes.c_double(), ctypes.c_double()
    raw.FPDF_DeviceToPage(page, 0, 0, *size, 0, x, y, across, along)
    return across.value, along.value
