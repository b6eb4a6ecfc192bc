"""The words of DOCX, XLSX and ODT files. Runs in the worker.

Only the parts are opened in which a reader's words stand, piece by piece, under the limits of
`office_check`; document types are refused as there. What is deleted, a comment or a field's
command is passed over: nobody reads it on the page.
"""

import io
import re
import zipfile
from typing import Any
from xml.parsers import expat

from sitzungsdienst.files.office_check import MAX_PARTS, MAX_UNPACKED, PIECE, Refused
from sitzungsdienst.files.plain_text import Collector, tidy

#: The parts with words, in the order in which they are read.
PARTS = re.compile(
    r"word/document\.xml|word/(header|footer)\d*\.xml|word/(footnotes|endnotes)\.xml"
    r"|xl/workbook\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml|content\.xml",
    re.IGNORECASE,
)
#: Elements whose content is text, in files that put every piece of it into such an element.
TEXTS = {"t"}
#: Elements after which a new line begins, and those that stand for white space or a hyphen.
ENDS = {"p", "h", "si", "is", "tr", "table-cell", "note"}
SIGNS = {"tab": " ", "br": " ", "cr": " ", "s": " ", "line-break": " ", "nobreakhyphen": "-"}
#: Elements of which nothing is read, whatever they hold.
UNREAD = {
    "movefrom", "rph", "tracked-changes", "annotation", "styles", "automatic-styles",
    "font-face-decls", "scripts", "forms",
}  # fmt: skip


class Words:
    """Reads one XML part; its words go into the collector."""

    def __init__(self, found: Collector, *, all_text: bool) -> None:
        """`all_text`: words stand in any element, as in OpenDocument."""
        self._found, self._all = found, all_text
        self._unread = self._inside = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Read on. Raises Refused for a document type and ExpatError for what is no XML."""
        self._parser.Parse(piece, last)

    def _doctype(self, *_: object) -> None:
        raise Refused("damaged")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(":", 1)[-1].lower()
        self._unread += name in UNREAD
        self._inside += name in TEXTS
        if not self._unread and name in SIGNS:
            self._found.add(SIGNS[name])
        if name == "sheet":
            self._found.add(attributes.get("name", "") + "\n")

    def _end(self, tag: str) -> None:
        name = tag.rsplit(":", 1)[-1].lower()
        self._unread -= name in UNREAD
        self._inside -= name in TEXTS
        if name in ENDS:
            self._found.add("\n")

    def _text(self, text: str) -> None:
        if not self._unread and (self._all or self._inside):
            self._found.add(text)


def answer(content: bytes, _values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The text as UTF-8; `cut` where it was too much."""
    found = Collector()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS:
            raise Refused("bomb")
        left = MAX_UNPACKED
        for part in parts:
            if PARTS.fullmatch(part.filename) and not found.full:
                left -= _read(archive, part, found, left)
    return {"cut": found.cut}, tidy(found.text()).encode()


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, found: Collector, most: int) -> int:
    """Read the words of a part; gives its true size."""
    words, size = Words(found, all_text=part.filename == "content.xml"), 0
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > most:
                raise Refused("bomb")
            words.feed(piece)
            if found.full:
                return size
    words.feed(b"", last=True)
    return size
