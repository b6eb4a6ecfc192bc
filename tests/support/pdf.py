"""Small real PDFs for tests, and what a reader finds in one."""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

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
