"""Lists to sign, papers and calendars say all they were given, and leave room to write."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from reportlab.graphics.shapes import Drawing, Rect, String

from sitzungsdienst.documents.attendance_list import SheetGroup, SheetLine, print_attendance_list
from sitzungsdienst.documents.submission import print_submission
from sitzungsdienst.documents.values import Audience
from sitzungsdienst.documents.year_calendar import YearCalendar, print_year_calendar, signs_of
from sitzungsdienst.documents.year_picture import COLOURS, Mark, draw_year
from tests.documents.cast import run, squeezed
from tests.documents.sheets import CALENDAR, CROWDED, SHEET, SUBMISSION, held
from tests.documents.test_kinds import UNPRINTED, raw, texts_in


def words_for_the_picture(pdf: bytes) -> str:
    """What assistive technology says instead of the one picture."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [
            str(one.Alt)
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    assert len(found) == 1
    return found[0]


def test_the_list_says_all_it_was_given(tmp_path: Path) -> None:
    text = raw(print_attendance_list(SHEET), tmp_path)
    for passage in texts_in(SHEET, UNPRINTED | {"publicity"}):
        assert squeezed(passage.replace("/s", " / s")) in text, passage


def test_each_committee_of_a_joint_meeting_has_its_own_part(tmp_path: Path) -> None:
    text = raw(print_attendance_list(SHEET), tmp_path)
    places = [
        text.index(squeezed(words))
        for words in (
            "Stimmberechtigt: 3.",
            "Brandt, Karin",
            "Zander, Olaf",
            "Verwaltung und Gäste",
        )
    ]
    assert places == sorted(places)
    alone = raw(print_attendance_list(replace(SHEET, committees=SHEET.committees[:1])), tmp_path)
    assert "Zander" not in alone


def test_every_line_has_room_to_sign(tmp_path: Path) -> None:
    lines = tuple(SheetLine(f"Name {number:02}") for number in range(40))
    sheet = replace(SHEET, committees=(), others=(SheetGroup("Gäste", lines),), signatures=())
    boxes = run("pdftotext", "-bbox", pdf=print_attendance_list(sheet), folder=tmp_path)
    page = boxes.split("<page")[2]
    heights = [float(y) for y in re.findall(r'yMin="([\d.]+)"[^>]*>Name<', page)]
    steps = {round(second - first) for first, second in pairwise(heights[1:])}
    assert min(steps) >= 31, "a line should be 11 mm high"


def test_the_paper_says_all_it_was_given(tmp_path: Path) -> None:
    text = raw(print_submission(SUBMISSION), tmp_path)
    for passage in texts_in(SUBMISSION, UNPRINTED):
        assert squeezed(passage) in text, passage


def test_a_step_without_a_result_is_open(tmp_path: Path) -> None:
    text = raw(print_submission(SUBMISSION), tmp_path)
    assert squeezed("2. Kreistag Entscheidung offen") in text
    assert squeezed("Mi, 19.04.2017 Ö 5.1 ungeändert beschlossen") in text


def test_only_the_offices_version_says_that_it_is_not_public(tmp_path: Path) -> None:
    warning = "nicht für die Öffentlichkeit"
    assert warning in run("pdftotext", pdf=print_submission(SUBMISSION), folder=tmp_path)
    public = print_submission(replace(SUBMISSION, audience=Audience.PUBLIC))
    assert warning not in run("pdftotext", pdf=public, folder=tmp_path)


def test_the_calendar_lists_every_date_below_the_picture(tmp_path: Path) -> None:
    text = raw(print_year_calendar(CALENDAR), tmp_path)
    listed = text[text.index(squeezed("Alle Termine")) :]
    for words in (
        "Mi, 18.01.2017 17:00 Kreistag (B)",
        "Kultur- und Sozialausschuss (C)",
        "nicht angekündigt",
        "So, 31.12.2017 17:00 Bauausschuss (A)",
    ):
        assert squeezed(words) in listed, words
    assert squeezed("abgesagt") in listed


def test_the_picture_stands_in_words_too() -> None:
    told = words_for_the_picture(print_year_calendar(CALENDAR))
    assert told == (
        "Kalender des Jahres 2017 mit 3 Sitzungen. Januar: 18., Kreistag. April: 19., Kultur- und"
        " Sozialausschuss und Bauausschuss. Dezember: 31., Bauausschuss. Alle Termine stehen"
        " danach in einer Tabelle."
    )


def test_a_crowded_year_is_counted_instead() -> None:
    told = words_for_the_picture(print_year_calendar(CROWDED))
    assert "Januar: 28. Februar: 28. " in told


@pytest.mark.parametrize("calendar", [CALENDAR, CROWDED])
def test_the_picture_is_whole_on_the_first_page(calendar: YearCalendar, tmp_path: Path) -> None:
    first, second, *_ = run(
        "pdftotext", "-layout", pdf=print_year_calendar(calendar), folder=tmp_path
    ).split("\f")
    assert all(
        month in first for month in ("Januar", "Dezember", calendar.meetings[0].committees[0])
    )
    assert "Alle Termine" in second


def test_committees_are_lettered_in_their_order() -> None:
    meetings = [held(1, 2, f"Gremium {number:02}") for number in range(30)]
    signs = signs_of(meetings)
    assert [signs[f"Gremium {number:02}"] for number in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


def _words(picture: Drawing) -> list[str]:
    return [one.text for one in picture.contents if isinstance(one, String)]


def _fields(picture: Drawing) -> list[Rect]:
    return [one for one in picture.contents if isinstance(one, Rect) and one.fillColor in COLOURS]


def test_a_day_bears_the_letters_and_colours_of_who_meets() -> None:
    day = held(4, 19).start.date()
    plain = draw_year(2017, {}, [], 500)
    marked = draw_year(2017, {day: [Mark("A", 0), Mark("B", 1), Mark("A", 0)]}, [], 500)
    assert _fields(plain) == []
    assert [one.fillColor for one in _fields(marked)] == list(COLOURS[:2])
    assert sorted(_words(marked)) == sorted([*_words(plain), "A", "B"])


def test_a_day_of_many_committees_says_that_there_are_more() -> None:
    day = held(4, 19).start.date()
    marks = {day: [Mark(letter, place) for place, letter in enumerate("ABCD")]}
    words = _words(draw_year(2017, marks, [], 500))
    assert {"A", "B", "+"} <= set(words)
    assert not {"C", "D"} & set(words)


def test_every_day_of_a_leap_year_is_drawn() -> None:
    numbers = [word for word in _words(draw_year(2024, {}, [], 500)) if word.isdigit()]
    assert len(numbers) == 366


def test_nothing_of_the_picture_lies_outside_it() -> None:
    names = [(f"Ausschuss mit langem Namen {number}", f"Z{number}") for number in range(60)]
    picture = draw_year(2017, {}, names, 520)
    assert "und 31 weitere, siehe Tabelle" in _words(picture)
    left, low, right, high = picture.getBounds()
    assert left >= -1
    assert low >= -1
    assert right <= picture.width + 1
    assert high <= picture.height + 1


def test_the_same_values_give_the_same_bytes() -> None:
    assert print_attendance_list(SHEET) == print_attendance_list(SHEET)
    assert print_submission(SUBMISSION) == print_submission(SUBMISSION)
    assert print_year_calendar(CALENDAR) == print_year_calendar(CALENDAR)
