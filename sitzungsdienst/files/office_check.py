"""DOCX, XLSX and ODT: which of them a file is, and what in it could act. Runs in the worker.

All three are ZIP archives of XML. Every part is unpacked piece by piece under one limit, whatever
the archive says of its sizes; every XML part is read to its end, with document types refused, by
which entities blow up.
"""

import io
import re
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

MIB = 1024 * 1024
PIECE = 64 * 1024
MAX_PARTS = 3_000
MAX_UNPACKED = 200 * MIB

ODT = "application/vnd.oasis.opendocument.text"
_OOXML = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    _OOXML + "wordprocessingml.document.main+xml": ".docx",
    _OOXML + "spreadsheetml.sheet.main+xml": ".xlsx",
}
MACRO_PARTS = re.compile(
    r"(^|/)(vbaproject|vbadata|vbaprojectsignature)[^/]*$|(^|/)(macrosheets|activex|ctrlprops)/"
    r"|(^|/)(basic|scripts)/.|(^|/)customui\d*/",
    re.IGNORECASE,
)
EMBEDDED_PARTS = re.compile(r"(^|/)embeddings/|(^|/)oleobject[^/]*$", re.IGNORECASE)
#: Elements by which a document runs a script or fetches from another program or file.
SCRIPT_ELEMENTS = {"event-listener", "script"}
LINK_ELEMENTS = {
    "ddelink", "olelink", "dde-source", "dde-connection", "dde-connection-decl", "altchunk",
}  # fmt: skip
FIELD_COMMAND = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b", re.IGNORECASE)
XML = (".xml", ".rels")


class Refused(Exception):
    """Why the file is refused: one of the reasons `acts.uploads` has a sentence for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Part:
    """Reads one XML part and keeps what is asked of it. Raises Refused."""

    def __init__(self) -> None:
        self.types: list[str] = []
        self._field = False
        self._fields: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Read on; malformed XML is refused as damaged."""
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError:
            raise Refused("damaged") from None
        if last and FIELD_COMMAND.search("".join(self._fields)):
            raise Refused("outside")

    def _doctype(self, *_: object) -> None:
        raise Refused("damaged")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(":", 1)[-1].lower()
        self._field = name == "instrtext"
        plain = {key.rsplit(":", 1)[-1].lower(): value for key, value in attributes.items()}
        if name in SCRIPT_ELEMENTS:
            raise Refused("macros")
        if name in LINK_ELEMENTS:
            raise Refused("outside")
        if name == "encryption-data":
            raise Refused("password")
        if name == "fldsimple" and FIELD_COMMAND.search(plain.get("instr", "")):
            raise Refused("outside")
        fetched = name == "relationship" and plain.get("targetmode", "").lower() == "external"
        if fetched and not plain.get("type", "").endswith("/hyperlink"):
            raise Refused("outside")
        if name in ("override", "default"):
            self.types.append(plain.get("contenttype", ""))

    def _end(self, _tag: str) -> None:
        self._field = False

    def _text(self, text: str) -> None:
        if self._field and len(self._fields) < 100_000:
            self._fields.append(text)


def answer(content: bytes, _values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Which kind of file it is, as its suffix; or why it is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {"reason": "", "suffix": _suffix(archive)}, b""
    except Refused as refused:
        return {"reason": refused.reason}, b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, KeyError):
        return {"reason": "damaged"}, b""


def _suffix(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise Refused("bomb")
    names = [one.filename for one in parts]
    if len({name.lower() for name in names}) != len(names):
        raise Refused("damaged")  # two programs might read two different files
    for one in parts:
        _look_at_name(one)
    left, types = MAX_UNPACKED, []
    for one in parts:
        size, found = _read(archive, one, left)
        left -= size
        types += found
    return _kind(archive, names, types)


def _look_at_name(part: zipfile.ZipInfo) -> None:
    name = part.filename
    if part.flag_bits & 0x1:
        raise Refused("password")
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
        raise Refused("damaged")
    if MACRO_PARTS.search(name):
        raise Refused("macros")
    if EMBEDDED_PARTS.search(name):
        raise Refused("embedded")


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> tuple[int, list[str]]:
    """Read a part to its end; gives its true size, and the content types it lists."""
    name, size = part.filename.lower(), 0
    xml = Part() if name.endswith(XML) else None
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > most:
                raise Refused("bomb")
            if xml:
                xml.feed(piece)
    if xml and size:
        xml.feed(b"", last=True)
    return size, xml.types if xml and name == "[content_types].xml" else []


def _kind(archive: zipfile.ZipFile, names: list[str], types: list[str]) -> str:
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in types):
        raise Refused("macros")
    for main, suffix in MAIN_PARTS.items():
        if main in types:
            return suffix
    open_document = {"content.xml", "META-INF/manifest.xml"} <= set(names)
    if open_document and names[0] == "mimetype" and archive.read("mimetype") == ODT.encode():
        return ".odt"
    raise Refused("unknown")
