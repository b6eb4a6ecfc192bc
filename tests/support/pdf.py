"""Small real PDFs for tests, and what a reader finds in one."""

import io
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf

from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.values import (
    AgendaLine,
    Excerpt,
    ItemRecord,
    Letterhead,
    MeetingHead,
)


def small_pdf(words: str) -> bytes:
    """A sound PDF of one page that says the words."""
    start = datetime(2017, 4, 19, 15, tzinfo=UTC)
    head = MeetingHead("Anlage", (), start, None, "", "", "öffentlich")
    item = ItemRecord(AgendaLine("", words), deliberation=words)
    return print_excerpt(Excerpt(Letterhead(""), head, item, "", date(2017, 4, 1)))


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
