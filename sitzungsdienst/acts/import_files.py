"""Lists from files: the bytes of a CSV or XLSX file become a table of texts. Nothing is executed.

Pure: bytes in, values out. What cannot be read safely is refused with a sentence that says what to
do; a single cell that cannot be taken is told with its row, so that all of them are seen at once.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from sitzungsdienst.acts.errors import RuleBroken

MIB = 1024 * 1024
MAX_BYTES = 2 * MIB
MAX_ROWS = 2_000
MAX_COLUMNS = 100
MAX_CELL = 5_000
# What an XLSX file may unfold to, and from how many parts: a bomb is far above both.
MAX_UNPACKED = 20 * MIB
MAX_PARTS = 500
PIECE = 64 * 1024

ZIP_MARK = b"PK\x03\x04"
OLD_EXCEL_MARK = b"\xd0\xcf\x11\xe0"
SEPARATORS = (";", ",", "\t")
FIELD = "file"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number there, its cells, and what is wrong with single cells.

    `problems` are keyed by the cell's place from 0.
    """

    number: int
    cells: tuple[str, ...]
    problems: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings, its rows that are not empty, and how the file was read, in words."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    read_as: str


def read_sheet(content: bytes, known: Callable[[str], bool]) -> Sheet:
    """Read a list. `known` tells whether a heading is one of ours; it helps to find separators.

    Raises RuleBroken at `file` for what is no such list, is too large, or cannot be read safely.
    """
    if not content:
        raise RuleBroken(FIELD, "Die Datei ist leer. Bitte wählen Sie eine andere aus.")
    if len(content) > MAX_BYTES:
        raise RuleBroken(
            FIELD,
            f"Die Datei ist größer als {MAX_BYTES // MIB} MB. Bitte teilen Sie die Liste auf.",
        )
    if content.startswith(OLD_EXCEL_MARK):
        raise RuleBroken(
            FIELD,
            "Die Datei ist im alten Excel-Format oder mit einem Kennwort geschützt. Bitte"
            " speichern Sie sie ohne Kennwort als »Excel-Arbeitsmappe (.xlsx)« oder als CSV.",
        )
    sheet = _xlsx(content) if content.startswith(ZIP_MARK) else _csv(content, known)
    if not sheet.header:
        raise RuleBroken(FIELD, "Die Datei enthält keine Tabelle. Die erste Zeile nennt Spalten.")
    if len(sheet.header) > MAX_COLUMNS:
        raise RuleBroken(FIELD, f"Die Tabelle hat mehr als {MAX_COLUMNS} Spalten.")
    return sheet


# --- CSV ---------------------------------------------------------------------------------------


def _csv(content: bytes, known: Callable[[str], bool]) -> Sheet:
    text, encoding = _decoded(content)
    if "\x00" in text:
        raise _no_list()
    declared = re.match(r"sep=(.)\r?\n", text)
    skipped = 1 if declared else 0
    body = text[declared.end() :] if declared else text
    separator = declared[1] if declared else _separator(body, known)
    lines = list(_csv_lines(body, separator, skipped))
    header, *rows = lines or [Line(1, ())]
    names = {";": "Semikolon", ",": "Komma", "\t": "Tabulator"}
    told = names.get(separator, f"»{separator}«")
    return Sheet(
        _trimmed(header.cells), _within(rows), f"CSV, Zeichensatz {encoding}, Trennzeichen {told}"
    )


def _decoded(content: bytes) -> tuple[str, str]:
    """The text of a CSV file and the name of its encoding."""
    tries = [("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tries = [("utf-16", "UTF-16")]
    for codec, name in tries:
        try:
            return content.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise _no_list()


def _no_list() -> RuleBroken:
    return RuleBroken(
        FIELD,
        "Die Datei ist weder eine CSV-Datei noch eine Excel-Arbeitsmappe (.xlsx). Bitte speichern"
        " Sie die Liste in einem dieser Formate.",
    )


def _separator(text: str, known: Callable[[str], bool]) -> str:
    """The separator that gives the most headings we know; the first of them where none does."""
    first = text.split("\n", 1)[0]

    def headings(one: str) -> int:
        cells = next(csv.reader([first], delimiter=one), [])
        return sum(known(cell) for cell in cells)

    return max(SEPARATORS, key=headings)


def _csv_lines(text: str, separator: str, skipped: int) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            number, begins = begins + skipped, reader.line_num + 1
            cells, problems = [], {}
            for place, typed in enumerate(row):
                cell = typed.strip()
                if cell.startswith("="):
                    problems[place] = _FORMULA
                elif len(cell) > MAX_CELL:
                    problems[place] = _LONG
                cells.append("" if place in problems else cell)
            yield Line(number, tuple(cells), problems)
    except csv.Error:
        raise RuleBroken(
            FIELD,
            f"Ab Zeile {begins + skipped} lässt sich die Datei nicht lesen: Vermutlich fehlt ein"
            " Anführungszeichen am Ende eines Feldes. Bitte prüfen Sie die Zeile.",
        ) from None


# --- XLSX --------------------------------------------------------------------------------------

_FORMULA = (
    "Die Zelle enthält eine Formel. Bitte ersetzen Sie sie durch ihren Wert (kopieren, dann"
    " »Inhalte einfügen«: Werte)."
)
_LONG = f"Der Text ist länger als {MAX_CELL:,} Zeichen.".replace(",", ".")
_FAULT = "Die Zelle zeigt einen Fehler von Excel. Bitte tragen Sie den richtigen Wert ein."


def _xlsx(content: bytes) -> Sheet:
    try:
        book = load_workbook(_repacked(content), read_only=True, keep_links=False)
        try:
            if not book.worksheets:
                raise _damaged()
            page = book.worksheets[0]
            # Files say how large they are, and some lie; the rows themselves are asked.
            page.reset_dimensions()
            lines = list(_xlsx_lines(page.iter_rows()))
            more, title = len(book.worksheets) - 1, page.title
        finally:
            book.close()
    except RuleBroken:
        raise
    except Exception as error:
        # Whatever a broken file brings up in the library that reads it, it is one thing to people.
        raise _damaged() from error
    header, *rows = lines or [Line(1, ())]
    told = f"Excel-Arbeitsmappe, Blatt »{title}«"
    if more:
        told += f" ({more} weitere bleiben unberücksichtigt)"
    return Sheet(_trimmed(header.cells), _within(rows), told)


def _damaged() -> RuleBroken:
    return RuleBroken(
        FIELD,
        "Die Excel-Datei lässt sich nicht lesen. Bitte öffnen Sie sie in Excel und speichern Sie"
        " sie neu als »Excel-Arbeitsmappe (.xlsx)«.",
    )


def _repacked(content: bytes) -> io.BytesIO:
    """The same archive, unpacked piece by piece under our limits and put together anew.

    What a part says of its size may be a lie; in the new archive every size is true. Refused is
    what unfolds to too much, acts by itself, or has a document type, by which entities blow up.
    """
    clean = io.BytesIO()
    left = MAX_UNPACKED
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as copy,
    ):
        parts = archive.infolist()
        if len(parts) > MAX_PARTS:
            raise _bomb()
        for one in parts:
            if one.filename.lower().endswith("vbaproject.bin"):
                raise RuleBroken(
                    FIELD,
                    "Die Excel-Datei enthält Makros. Bitte speichern Sie sie als"
                    " »Excel-Arbeitsmappe (.xlsx)« ohne Makros.",
                )
            unpacked = _unpacked(archive, one, left)
            left -= len(unpacked)
            if b"<!DOCTYPE" in unpacked:
                raise _damaged()
            copy.writestr(one.filename, unpacked)
    clean.seek(0)
    return clean


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    pieces, size = [], 0
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > most:
                raise _bomb()
            pieces.append(piece)
    return b"".join(pieces)


def _bomb() -> RuleBroken:
    return RuleBroken(
        FIELD,
        "Die Excel-Datei ist entpackt zu groß. Bitte kopieren Sie nur die Liste in eine neue"
        " Arbeitsmappe.",
    )


def _xlsx_lines(rows: Iterator[tuple[Any, ...]]) -> Iterator[Line]:
    found = 0
    for number, row in enumerate(rows, start=1):
        line = _xlsx_line(number, row)
        if not line.problems and not any(line.cells):
            continue
        found += 1
        if found > MAX_ROWS + 1:
            raise _too_long()
        yield line


def _xlsx_line(number: int, row: tuple[Any, ...]) -> Line:
    cells, problems = [], {}
    for place, cell in enumerate(row):
        text, problem = _cell(cell)
        if problem:
            problems[place] = f"{problem} (Zelle {get_column_letter(place + 1)}{number})"
        cells.append(text)
    return Line(number, tuple(cells), problems)


def _cell(cell: Any) -> tuple[str, str]:
    """What a cell says as text, and what is wrong with it."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return "", ""
    if kind == "f":
        return "", _FORMULA
    if kind == "e":
        return "", _FAULT
    text = _text(value, getattr(cell, "number_format", "") or "")
    return ("", _LONG) if len(text) > MAX_CELL else (text, "")


def _text(value: Any, number_format: str) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        # A day with a time of day is no day; it stays as it is and is refused where a day belongs.
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    # "01067" is kept as 1067 with the format 00000.
    if isinstance(value, int) and number_format.strip("0") == "":
        return text.zfill(len(number_format))
    return text


# --- Both --------------------------------------------------------------------------------------


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The headings without the empty ones at the end."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


def _within(lines: list[Line]) -> tuple[Line, ...]:
    kept = tuple(one for one in lines if one.problems or any(one.cells))
    if len(kept) > MAX_ROWS:
        raise _too_long()
    return kept


def _too_long() -> RuleBroken:
    most = f"{MAX_ROWS:,}".replace(",", ".")
    return RuleBroken(
        FIELD, f"Die Liste hat mehr als {most} Zeilen. Bitte teilen Sie sie auf mehrere auf."
    )
