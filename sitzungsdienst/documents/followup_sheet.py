"""The report on carrying out resolutions as a workbook (XLSX), a sheet for each part.

Whatever people typed is stored as text and stays text when somebody edits the cell: what begins
like a formula (= + - @) is none. The same report gives the same bytes.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from sitzungsdienst.documents.followup_report import in_order, report_of
from sitzungsdienst.documents.fonts import clean
from sitzungsdienst.documents.values_resolutions import FollowUpLine, FollowUpReport

SHEETS: Final = ("Öffentlich", "Nichtöffentlich")
# Column and its width in characters.
_COLUMNS: Final = (
    ("Nummer", 16),
    ("Gegenstand", 50),
    ("Gremium", 28),
    ("Beschlossen am", 15),
    ("Zuständige Stelle", 28),
    ("Bearbeiter/-in", 22),
    ("Frist", 12),
    ("Einordnung", 16),
    ("Stand", 22),
    ("Beendet am", 12),
    ("Vermerk", 36),
    ("Berichte", 60),
)
_LONGEST_CELL: Final = 32_767  # what Excel holds in one cell
_DATE_FORMAT: Final = "DD.MM.YYYY"
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def write_followup_sheet(report: FollowUpReport) -> bytes:
    """Return the workbook of `report`; a part that was not asked for has no sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in zip(SHEETS, (report.public, report.nonpublic), strict=True):
        if lines is not None:
            _write_part(book.create_sheet(name), in_order(lines))
    book.properties.creator = "Sitzungsdienst"
    book.properties.title = "Beschlusskontrolle, nicht für die Öffentlichkeit"
    made = datetime.combine(report.issued_on, time())
    book.properties.created = book.properties.modified = made
    return _timeless(book)


def _write_part(sheet: Worksheet, lines: Sequence[FollowUpLine]) -> None:
    for column, (title, width) in enumerate(_COLUMNS, start=1):
        cell = _cell(sheet, 1, column, title)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, line in enumerate(lines, start=2):
        for column, value in enumerate(_values(line), start=1):
            _cell(sheet, row, column, value)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _values(line: FollowUpLine) -> list[str | date | None]:
    return [
        line.number,
        line.subject,
        ", ".join(line.committees),
        line.decided_on,
        line.unit,
        line.in_charge,
        line.due_on,
        str(line.standing),
        line.state,
        line.completed_on,
        line.remark,
        "\n".join(map(report_of, line.reports)),
    ]


def _cell(sheet: Worksheet, row: int, column: int, value: str | date | None) -> Cell:
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        text = clean(value)[:_LONGEST_CELL]
        cell.value = text or None
        if text:
            cell.data_type = "s"  # openpyxl makes a formula of what begins with "="
        if text.startswith(_FORMULA_SIGNS):
            cell.quotePrefix = 1  # and so would Excel, once somebody edits the cell
    elif value is not None:
        cell.value, cell.number_format = value, _DATE_FORMAT
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    found: Cell = cell
    return found


def _timeless(book: Workbook) -> bytes:
    """Return the workbook's file without the time of its writing."""
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        # Not `Workbook.save`: that writes today's time into the properties.
        ExcelWriter(book, archive).write_data()
    out = io.BytesIO()
    # A ZipInfo by name alone bears no time but the first a ZIP knows.
    with ZipFile(written) as dated, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in sorted(dated.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            archive.writestr(ZipInfo(name), dated.read(name), ZIP_DEFLATED)
    return out.getvalue()
