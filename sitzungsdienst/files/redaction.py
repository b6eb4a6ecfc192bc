"""A redacted copy of a PDF, built anew: nothing of the original gets in but what is put in here.

A page with black rectangles becomes a picture, so the words below are nowhere any more; so does a
page whose words cannot all be seen, or that has more than letters, lines and areas. A page that is
black as a whole has no content at all. All others keep their letters (`files.kept`), if that can
be archived: with a font that is not in the file a page would look otherwise elsewhere, and becomes
a picture too. Title, bookmarks, attachments, annotations, layers, structure and earlier versions
of the original are never read. Runs in the worker.
"""

import io
import re
import zlib
from collections import Counter
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from sitzungsdienst.files.archive import declare, may_be_archived, unfit_pages
from sitzungsdienst.files.kept import Copier, NotPlain, kept_page
from sitzungsdienst.files.pages import MM, Area, drawn
from sitzungsdienst.files.visible import all_words_are_seen, in_page

DPI = 200
JPEG_QUALITY = 88
#: A page of few colours is kept in as many; it may have one pixel in a thousand that is off.
COLOURS, FARTHEST_OFF, MOST_OFF = 64, 16, 0.001
#: Shorter words stand everywhere; that they are left says nothing.
SHORTEST_WORD = 4
TITLE = "Geschwärzte Fassung"
WORD = re.compile(r"\w+")


class StillThere(RuntimeError):
    """The finished copy holds what it must not hold; it is never handed out."""


def answer(content: bytes, values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The copy. `areas` are rectangles by page number, `whole` the pages that go black as a whole.

    Told are which pages became pictures, and on which ones a blackened word still stands.
    """
    areas = {int(page): [Area(*one) for one in found] for page, found in values["areas"].items()}
    whole = set(values["whole"])
    with pdfium.PdfDocument(content) as shown, pikepdf.open(io.BytesIO(content)) as source:
        if len(shown) != len(source.pages):
            raise StillThere("two readers see two documents")
        copy = _Copy(shown, areas, whole)
        for number, old in enumerate(source.pages, start=1):
            copy.add(number, old)
        content = copy.finished()
        left = _left_over(shown, areas, whole)
    _prove(content, areas, whole, copy.pictures)
    return {"pictures": sorted(copy.pictures), "left": left}, content


class _Copy:
    """The copy while it is made, page after page."""

    def __init__(
        self, shown: pdfium.PdfDocument, areas: dict[int, list[Area]], whole: set[int]
    ) -> None:
        self.pictures: set[int] = set()
        self._shown, self._areas, self._whole = shown, areas, whole
        self._target = pikepdf.Pdf.new()
        self._copier = Copier(self._target)
        self._elements: dict[int, pikepdf.Object] = {}

    def add(self, number: int, old: pikepdf.Page) -> None:
        """Add the page in the way that suits it."""
        page = self._shown[number - 1]
        if number in self._whole:
            self._elements[number] = _black(self._target, page, number)
            return
        made = None
        if number not in self._areas:
            made = _kept(self._target, self._copier, page, old, number)
        if made is None:
            self._draw(number)
        else:
            self._elements[number] = made

    def _draw(self, number: int) -> None:
        of = f"Seite {number} von {len(self._shown)}"
        areas = self._areas.get(number, [])
        self.pictures.add(number)
        self._elements[number] = _picture(self._target, self._shown[number - 1], number, of, areas)

    def finished(self) -> bytes:
        """The file; pages by which it could not be archived have become pictures."""
        while True:
            _describe(self._target, [self._elements[one] for one in sorted(self._elements)])
            content = _saved(self._target)
            if may_be_archived(content):
                return content
            kept = sorted(set(self._elements) - self.pictures - self._whole)
            if not kept:
                raise StillThere("something that no archive takes")
            for number in unfit_pages(content, kept) or kept:
                self._draw(number)


def _kept(
    target: pikepdf.Pdf, copier: Copier, page: pdfium.PdfPage, old: pikepdf.Page, number: int
) -> pikepdf.Object | None:
    """The page with its own letters; None where it must become a picture."""
    try:
        drawing, resources = kept_page(copier, old)
        if not all_words_are_seen(page):
            return None
    except (NotPlain, pikepdf.PdfError, pdfium.PdfiumError, ValueError, TypeError, KeyError):
        return None
    box = pikepdf.Array(list(page.get_bbox()))
    marked = b"/P <</MCID 0>> BDC\n" + drawing + b"\nEMC\n"
    made = _put_page(target, number, box, marked, resources)
    made.Rotate = page.get_rotation()
    return _element(target, made, number, pikepdf.Name.P, "")


def _picture(
    target: pikepdf.Pdf, page: pdfium.PdfPage, number: int, of: str, areas: list[Area]
) -> pikepdf.Object:
    image, scale = drawn(page, DPI)
    pen = ImageDraw.Draw(image)
    for area in areas:
        pen.rectangle(area.pixels(scale), fill=(0, 0, 0))
    width, height = page.get_size()
    drawing = f"/Figure <</MCID 0>> BDC\nq {width:.3f} 0 0 {height:.3f} 0 0 cm /Bild Do Q\nEMC\n"
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Bild=_image(target, image)))
    box = pikepdf.Array([0, 0, round(width, 3), round(height, 3)])
    made = _put_page(target, number, box, drawing.encode(), resources)
    told = "mit Schwärzungen" if areas else "ohne Schwärzungen"
    return _element(target, made, number, pikepdf.Name.Figure, f"{of} als Bild, {told}")


def _image(target: pikepdf.Pdf, image: Image.Image) -> pikepdf.Object:
    """Pages of few grays or colours as such, sharp and small; all others as JPEG."""
    gray = image.convert("L")
    few = _few_colours(image)
    space: pikepdf.Object
    if ImageChops.difference(gray.convert("RGB"), image).getbbox() is None:
        content, name, space = _packed(gray), "/FlateDecode", pikepdf.Name.DeviceGray
    elif few is not None:
        content, name, space = zlib.compress(few.tobytes(), 6), "/FlateDecode", _palette(few)
    else:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=JPEG_QUALITY)
        content, name, space = stream.getvalue(), "/DCTDecode", pikepdf.Name.DeviceRGB
    made = pikepdf.Stream(target, content)
    made.Type, made.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    made.Width, made.Height, made.BitsPerComponent = image.width, image.height, 8
    made.ColorSpace, made.Filter = space, pikepdf.Name(name)
    return target.make_indirect(made)


def _packed(gray: Image.Image) -> bytes:
    """In sixteen grays: black stays black and white stays white."""
    grays = [round(level / 17) * 17 for level in range(256)]
    return zlib.compress(gray.point(grays).tobytes(), 6)


def _few_colours(image: Image.Image) -> Image.Image | None:
    """The picture in few colours, None where that shows."""
    few = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    off = ImageChops.difference(few.convert("RGB"), image).convert("L").histogram()
    return few if sum(off[FARTHEST_OFF + 1 :]) <= MOST_OFF * sum(off) else None


def _palette(few: Image.Image) -> pikepdf.Array:
    """Its colours as a colour space: what is nearly black is black, nearly white is white."""
    levels = few.getpalette() or []
    colours = [levels[place : place + 3] for place in range(0, len(levels), 3)]
    sure = [_surely(colour) for colour in colours]
    table = pikepdf.String(b"".join(map(bytes, sure)))
    return pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, len(sure) - 1, table])


def _surely(colour: list[int]) -> list[int]:
    if max(colour) <= FARTHEST_OFF:
        return [0, 0, 0]
    return [255, 255, 255] if min(colour) >= 255 - FARTHEST_OFF else colour


def _black(target: pikepdf.Pdf, page: pdfium.PdfPage, number: int) -> pikepdf.Object:
    width, height = page.get_size()
    drawing = f"/Figure <</MCID 0>> BDC\n0 g 0 0 {width:.3f} {height:.3f} re f\nEMC\n"
    box = pikepdf.Array([0, 0, round(width, 3), round(height, 3)])
    made = _put_page(target, number, box, drawing.encode(), pikepdf.Dictionary())
    told = f"Seite {number}, vollständig geschwärzt"
    return _element(target, made, number, pikepdf.Name.Figure, told)


def _put_page(
    target: pikepdf.Pdf,
    number: int,
    box: pikepdf.Array,
    drawing: bytes,
    resources: pikepdf.Dictionary,
) -> pikepdf.Dictionary:
    """Put a page in its place; the one that was there goes."""
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=box,
        Resources=resources,
        Contents=pikepdf.Stream(target, drawing),
    )
    if number <= len(target.pages):
        del target.pages[number - 1]
    target.pages.insert(number - 1, pikepdf.Page(page))
    made = target.pages[number - 1].obj
    made.StructParents = number - 1
    made.Tabs = pikepdf.Name.S
    return made


def _element(
    target: pikepdf.Pdf, page: pikepdf.Dictionary, number: int, kind: pikepdf.Name, told: str
) -> pikepdf.Object:
    """The page's place in the structure; pictures bear words for those who do not see them."""
    element = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=kind, Pg=page, K=0)
    if told:
        element.Alt = told
        element.T = f"Seite {number}"
    return target.make_indirect(element)


def _describe(target: pikepdf.Pdf, elements: list[pikepdf.Object]) -> None:
    """What the copy says of itself: a neutral title, its language, its structure."""
    root = target.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    document = target.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem,
            S=pikepdf.Name.Document,
            P=root,
            K=pikepdf.Array(elements),
        )
    )
    numbers = pikepdf.Array()
    for place, element in enumerate(elements):
        element.P = document
        numbers.append(place)
        numbers.append(target.make_indirect(pikepdf.Array([element])))
    root.K, root.ParentTree = document, pikepdf.Dictionary(Nums=numbers)
    root.ParentTreeNextKey = len(elements)
    target.Root.StructTreeRoot = root
    target.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    target.Root.Lang = "de-DE"
    target.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    declare(target, TITLE)


def _saved(target: pikepdf.Pdf) -> bytes:
    stream = io.BytesIO()
    target.save(
        stream,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return stream.getvalue()


def _left_over(
    shown: pdfium.PdfDocument, areas: dict[int, list[Area]], whole: set[int]
) -> list[int]:
    """The pages where a word that was blackened somewhere still stands to be read."""
    visible: dict[int, Counter[str]] = {}
    gone: set[str] = set()
    for number, page in enumerate(shown, start=1):
        words = page.get_textpage()
        read = _words(words.get_text_range())
        hidden = read if number in whole else Counter[str]()
        for area in areas.get(number, []):
            hidden |= _words(_below(page, words, area))
        gone |= set(hidden)
        visible[number] = read - hidden
    return [number for number, words in visible.items() if gone & set(words)]


def _below(page: pdfium.PdfPage, words: pdfium.PdfTextPage, area: Area) -> str:
    """The words below a rectangle."""
    width, height = page.get_size()
    scale = 10 * MM  # tenths of a point: whole pixels that are fine enough
    left, top, right, bottom = area.pixels(scale)
    size = (round(width * 10), round(height * 10))
    one, other = in_page(page, size, left, top), in_page(page, size, right, bottom)
    return str(
        words.get_text_bounded(
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[0], other[0]),
            max(one[1], other[1]),
        )
    )


def _words(text: str) -> Counter[str]:
    joined = text.replace("\ufffe", "").replace("\u00ad", "")
    return Counter(word for word in WORD.findall(joined.casefold()) if len(word) >= SHORTEST_WORD)


def _prove(copy: bytes, areas: dict[int, list[Area]], whole: set[int], pictures: set[int]) -> None:
    """Read the finished copy as somebody else would. Raises StillThere."""
    with pdfium.PdfDocument(copy) as document:
        for number, page in enumerate(document, start=1):
            if number in whole | pictures and page.get_textpage().get_text_range().strip():
                raise StillThere("words")
            image, scale = drawn(page, DPI // 2)
            gray = image.convert("L")
            for area in areas.get(number, []):
                left, top, right, bottom = area.pixels(scale)
                edges = (min(right, image.width) - 1, min(bottom, image.height) - 1)
                inside = gray.crop((left + 1, top + 1, *edges)) if left + 1 < edges[0] else gray
                if top + 1 < edges[1] and inside is not gray and max(inside.tobytes()) > 48:
                    raise StillThere("an area that is not black")
