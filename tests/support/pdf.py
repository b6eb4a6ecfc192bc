"""Small real PDFs for tests, and what a reader finds in one."""

import io
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pikepdf
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from sitzungsdienst.documents import fonts
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.values import (
    AgendaLine,
    Excerpt,
    ItemRecord,
    Letterhead,
    MeetingHead,
)
from sitzungsdienst.paths import FONTS


def small_pdf(words: str) -> bytes:
    """A sound PDF of one page that says the words."""
    start = datetime(2017, 4, 19, 15, tzinfo=UTC)
    head = MeetingHead("Anlage", (), start, None, "", "", "öffentlich")
    item = ItemRecord(AgendaLine("", words), deliberation=words)
    return print_excerpt(Excerpt(Letterhead(""), head, item, "", date(2017, 4, 1)))


def typed(*texts: str) -> bytes:
    """A PDF as others make them, with a page for each text and its font in the file."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    fonts.register()
    for text in texts:
        canvas.setFont(fonts.Cut.REGULAR.value, 12)
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@cache
def _ascii_font() -> TTFont:
    font = TTFont(FONTS / "NotoSans-Regular.ttf")
    subset = Subsetter()
    subset.populate(unicodes=range(32, 127))
    subset.subset(font)
    return font


def plain_font(document: pikepdf.Pdf) -> pikepdf.Object:
    """A font in the file in which the letters of a page stand as they are."""
    font, stream = _ascii_font(), io.BytesIO()
    font.save(stream)
    widths, letters = font["hmtx"].metrics, font.getBestCmap()
    per_mille = 1000 / font["head"].unitsPerEm
    name = pikepdf.Name("/NotoSans-Regular")
    described = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=32, ItalicAngle=0,
        FontBBox=[-620, -390, 2800, 1070], Ascent=1069, Descent=-293, CapHeight=714, StemV=80,
        FontFile2=pikepdf.Stream(document, stream.getvalue()),
    )  # fmt: skip
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=name,
        Encoding=pikepdf.Name.WinAnsiEncoding, FirstChar=32, LastChar=126,
        Widths=[round(widths[letters[code]][0] * per_mille) for code in range(32, 127)],
        FontDescriptor=document.make_indirect(described),
    )  # fmt: skip
    return document.make_indirect(made)


def words_of(content: bytes, folder: Path, mode: str = "-layout") -> str:
    """The text of a PDF by poppler, with every run of white space as one space.

    `-layout` reads line by line over the whole page, `-raw` in the order in which it was written.
    """
    path = folder / "gelesen.pdf"
    path.write_bytes(content)
    text = subprocess.run(
        ["pdftotext", mode, str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    return " ".join(text.split())


def attached(content: bytes) -> dict[str, bytes]:
    """The files inside a PDF, by name."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {name: one.get_file().read_bytes() for name, one in pdf.attachments.items()}


def everything_in(content: bytes) -> str:
    """All streams of a PDF, unpacked, and all strings: also what no page shows, as files inside."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [words for one in pdf.objects for words in _words_in(one)]
    return "\n".join(found)


def _words_in(one: object) -> Iterator[str]:
    if isinstance(one, pikepdf.Stream):
        try:
            content = one.read_bytes()
        except pikepdf.PdfError:  # a picture that only a viewer unpacks
            content = one.read_raw_bytes()
        yield content.decode("utf-8", errors="replace")
        yield content.replace(b"\0", b"").decode("latin-1")  # words in UTF-16
    if isinstance(one, pikepdf.String):
        yield str(one)
    parts: Iterable[object] = ()
    if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
        parts = (part for _, part in one.items())
    elif isinstance(one, pikepdf.Array):
        parts = iter(one)
    for part in parts:
        if not (isinstance(part, pikepdf.Object) and part.is_indirect):
            yield from _words_in(part)
