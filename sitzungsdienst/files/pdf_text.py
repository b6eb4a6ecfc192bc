"""The words of a PDF, page by page, as its reader can mark and copy them. Runs in the worker."""

from typing import Any

import pypdfium2 as pdfium

from sitzungsdienst.files.plain_text import PAGE_BREAK, Collector, tidy


def answer(content: bytes, _values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The text as UTF-8, with a form feed between pages; `cut` where it was too much."""
    found = Collector()
    with pdfium.PdfDocument(content) as document:
        for number in range(len(document)):
            if found.full:
                break
            page = document[number]
            words = page.get_textpage()
            found.add(tidy(words.get_text_range(errors="ignore")))
            words.close()
            page.close()
    return {"cut": found.cut}, found.text(PAGE_BREAK).encode()
