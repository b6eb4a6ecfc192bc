"""Files with lists: what is read as people see it, and what is refused before it can do harm."""

import io
import struct
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from sitzungsdienst.acts import import_files
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.import_rows import columns_of, is_heading, rows_of

# Excel knows no time zones.
FIRST = datetime(2014, 7, 1)  # noqa: DTZ001


def xlsx(*lines: list[Any], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    for cell, shape in (formats or {}).items():
        book.active[cell].number_format = shape
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(RuleBroken) as told:
        columns_of(import_files.read_sheet(content, is_heading))
    assert told.value.field == "file"
    return told.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_usual_encoding_and_separator_is_understood(encoding: str, separator: str) -> None:
    text = "Straße;Nachname\r\nMöhrengasse 1;Özil\r\n".replace(";", separator)
    sheet = import_files.read_sheet(text.encode(encoding), is_heading)
    assert sheet.header == ("Straße", "Nachname")
    assert sheet.lines[0].cells == ("Möhrengasse 1", "Özil")
    assert sheet.lines[0].number == 2


def test_excels_own_word_for_the_separator_is_heeded() -> None:
    sheet = import_files.read_sheet(b"sep=|\r\nName|Ort\r\nA;B|C\r\n", is_heading)
    assert sheet.lines[0].cells == ("A;B", "C")
    assert sheet.lines[0].number == 3


def test_a_field_may_have_several_lines_and_rows_are_counted_as_the_editor_counts() -> None:
    sheet = import_files.read_sheet(b'Name;Ort\n"A\nB";C\n\nD;E\n', is_heading)
    assert [(one.number, one.cells) for one in sheet.lines] == [(2, ("A\nB", "C")), (5, ("D", "E"))]


def test_columns_stand_in_any_order_and_unknown_ones_are_named() -> None:
    sheet = import_files.read_sheet(b"Lieblingsfarbe;vorname;;NAME\nrot;A;x;B\n", is_heading)
    columns = columns_of(sheet)
    assert columns.unknown == ("Lieblingsfarbe", "Spalte 3 ohne Überschrift")
    assert rows_of(sheet, columns)[0].person == {"given_name": "A", "family_name": "B"}


def test_days_and_numbers_of_a_workbook_are_read_as_people_see_them() -> None:
    content = xlsx(
        ["Nachname", "PLZ", "Kennung", "Beginn", "Gremium", "Stimmrecht"],
        ["Muster", 1067, 7.0, FIRST, "ABSK", True],
        [None, None, None, None, None, None],
        ["Zweite", "39340", None, date(2014, 7, 2), "ABSK", "nein"],
        formats={"B2": "00000"},
    )
    sheet = import_files.read_sheet(content, is_heading)
    assert sheet.read_as.startswith("Excel-Arbeitsmappe")
    first, second = rows_of(sheet, columns_of(sheet))
    assert first.person == {"family_name": "Muster", "postal_code": "01067", "external_id": "7"}
    assert (first.start_date, first.voting_right) == (date(2014, 7, 1), True)
    assert (second.number, second.voting_right) == (4, False)
    assert not first.problems


def test_a_formula_is_refused_and_never_reckoned() -> None:
    content = xlsx(["Nachname", "Vorname"], ['=HYPERLINK("http://x","Müller")', "Max"])
    sheet = import_files.read_sheet(content, is_heading)
    [problem] = rows_of(sheet, columns_of(sheet))[0].problems
    assert problem.column == "Nachname"
    assert "Formel" in problem.message
    assert "Zelle A2" in problem.message


def test_a_day_with_a_time_is_no_day() -> None:
    content = xlsx(["Nachname", "Gremium", "Beginn"], ["A", "B", FIRST.replace(hour=9)])
    sheet = import_files.read_sheet(content, is_heading)
    [problem] = rows_of(sheet, columns_of(sheet))[0].problems
    assert problem.column == "Beginn"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "leer"),
        (b"x" * (import_files.MAX_BYTES + 1), "größer als 2 MB"),
        (b"\xd0\xcf\x11\xe0alt", "im alten Excel-Format oder mit einem Kennwort"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "weder eine CSV-Datei noch"),
        (b"PK\x03\x04kaputt", "lässt sich nicht lesen"),
        (b"Vorname;Ort\nA;B\n", "Die Spalte »Nachname« fehlt"),
        (b"Name;Nachname\nA;B\n", "gibt es zweimal"),
        (b'Name;Ort\n"offen;B\n', "Ab Zeile 2"),
        (b"Name\n" + b"A\n" * 2_001, "mehr als 2.000 Zeilen"),
        (b"Name;" + b"x;" * 101 + b"y\n", "mehr als 100 Spalten"),
        (xlsx(["Name"], *[["A"]] * 2_001), "mehr als 2.000 Zeilen"),
        (xlsx(), "keine Tabelle"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(content: bytes, message: str) -> None:
    assert message in refusal(content)


def repacked(content: bytes, name: str, part: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one.filename, old.read(one))
        new.writestr(name, part)
    return stream.getvalue()


def test_a_workbook_that_unfolds_to_too_much_is_refused() -> None:
    bomb = repacked(xlsx(["Name"], ["A"]), "xl/media/bomb.bin", b"\0" * (30 * 1024 * 1024))
    assert len(bomb) < import_files.MAX_BYTES
    assert "entpackt zu groß" in refusal(bomb)


def test_a_workbook_that_lies_about_its_size_is_not_unfolded_whole() -> None:
    name = "xl/media/bomb.bin"
    bomb = bytearray(repacked(xlsx(["Name"], ["A"]), name, b"\0" * (30 * 1024 * 1024)))
    # The size stands in the directory at the end, 22 bytes before the name (APPNOTE 4.3.12).
    place = bomb.rindex(name.encode()) - 22
    bomb[place : place + 4] = struct.pack("<I", 10)
    assert "lässt sich nicht lesen" in refusal(bytes(bomb))


def test_a_workbook_of_many_parts_is_refused() -> None:
    stream = io.BytesIO(xlsx(["Name"], ["A"]))
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(import_files.MAX_PARTS):
            archive.writestr(f"xl/{number}.txt", b"")
    assert "entpackt zu groß" in refusal(stream.getvalue())


def test_a_workbook_with_macros_or_entities_is_refused() -> None:
    plain = xlsx(["Name"], ["A"])
    assert "Makros" in refusal(repacked(plain, "xl/vbaProject.bin", b"x"))
    evil = b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    assert "lässt sich nicht lesen" in refusal(repacked(plain, "xl/sharedStrings.xml", evil))


def test_a_cell_at_the_far_end_costs_little_and_rows_keep_their_numbers() -> None:
    book = Workbook()
    book.active["A1"], book.active["A1000000"] = "Name", "A"
    stream = io.BytesIO()
    book.save(stream)
    sheet = import_files.read_sheet(stream.getvalue(), is_heading)
    assert [(one.number, one.cells) for one in sheet.lines] == [(1_000_000, ("A",))]
