"""The picture of a year: twelve months, the committees that meet on each day, and the legend.

Colours repeat after eight committees; the letters below the day and in the legend tell them
apart, so the picture can be read without seeing colours.
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import Color, HexColor, white

from sitzungsdienst.documents.fonts import Cut, label, register, width
from sitzungsdienst.documents.page import CONTENT_WIDTH, GREY, HAIRLINE, INK
from sitzungsdienst.german import MONTHS, WEEKDAYS

# Each dark enough for white letters (contrast 4.5:1 and more).
COLOURS: Final[tuple[Color, ...]] = tuple(
    map(
        HexColor,
        ("#1f3b64", "#9b2226", "#1b6b3a", "#6b3fa0", "#8a5a00", "#006d77", "#9c2a6b", "#4a4a4a"),
    )
)
_SATURDAY: Final = 5
_WEEKEND: Final = HexColor("#eceef1")
_ACROSS, _DOWN, _WEEKS = 3, 4, 6
_GUTTER: Final = 14.0
_TITLE_HEIGHT: Final = 14.0
_HEAD_HEIGHT: Final = 9.0
_LEGEND_LINE: Final = 12.0
_MOST_LEGEND_LINES: Final = 10
_MOST_FIELDS: Final = 3


@dataclass(frozen=True, slots=True)
class _Look:
    """How words in the picture are set."""

    size: float
    cut: Cut = Cut.REGULAR
    ink: Color = INK


_MONTH: Final = _Look(9, Cut.BOLD)
_WEEKDAY: Final = _Look(6, ink=GREY)
_DAY: Final = _Look(6.8)
_MARKED_DAY: Final = _Look(6.8, Cut.BOLD)
_SIGN: Final = _Look(6.2, Cut.BOLD, white)
_NAME: Final = _Look(7.2)
_REST: Final = _Look(7.2, ink=GREY)
_EDGE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Mark:
    """A meeting on a day: the letters of its committee and the committee's place, from 0."""

    sign: str
    place: int


def draw_year(
    year: int,
    marks: Mapping[date, Sequence[Mark]],
    legend: Sequence[tuple[str, str]],
    height: float,
) -> Drawing:
    """Return the picture, `height` points high.

    `legend` holds (committee, letters) in the order of their places.
    """
    register()
    found = Drawing(CONTENT_WIDTH, height)
    lines = min(-(-len(legend) // _ACROSS), _MOST_LEGEND_LINES)
    low = lines * _LEGEND_LINE + (8 if lines else 0)
    month_width = (CONTENT_WIDTH - (_ACROSS - 1) * _GUTTER) / _ACROSS
    month_height = (height - low) / _DOWN
    for month in range(1, 13):
        down, across = divmod(month - 1, _ACROSS)
        left = across * (month_width + _GUTTER)
        top = height - down * month_height
        _Month(found, year, month, left, top, month_width, month_height - 8).draw(marks)
    _draw_legend(found, legend, lines)
    return found


@dataclass(frozen=True, slots=True)
class _Month:
    """One month with its place in the picture; `top` is its upper edge."""

    picture: Drawing
    year: int
    month: int
    left: float
    top: float
    width: float
    height: float

    def draw(self, marks: Mapping[date, Sequence[Mark]]) -> None:
        title = self.top - 10
        _write(self.picture, self.left, title, MONTHS[self.month - 1], _MONTH)
        cell = self.width / 7
        for weekday, name in enumerate(WEEKDAYS):
            middle = self.left + (weekday + 0.5) * cell
            at = self.top - _TITLE_HEIGHT - _HEAD_HEIGHT + 2
            _write(self.picture, middle, at, name[:2], _WEEKDAY, "middle")
        row = (self.height - _TITLE_HEIGHT - _HEAD_HEIGHT) / _WEEKS
        first = self.top - _TITLE_HEIGHT - _HEAD_HEIGHT
        for week, days in enumerate(calendar.Calendar().monthdayscalendar(self.year, self.month)):
            for weekday, number in enumerate(days):
                if number:
                    box = _Box(self.left + weekday * cell, first - (week + 1) * row, cell, row)
                    day = date(self.year, self.month, number)
                    _draw_day(self.picture, box, day, marks.get(day, ()))


@dataclass(frozen=True, slots=True)
class _Box:
    """The cell of a day: its lower left corner and its size."""

    left: float
    low: float
    width: float
    height: float


def _draw_day(picture: Drawing, box: _Box, day: date, marks: Sequence[Mark]) -> None:
    """Draw a day: its number, and below it a coloured field with letters for each committee."""
    _fill(picture, box, _WEEKEND if day.weekday() >= _SATURDAY else white, HAIRLINE)
    middle, half = box.left + box.width / 2, box.height / 2
    once = list(dict.fromkeys(marks))
    if not once:
        _write(picture, middle, box.low + half - 2.4, str(day.day), _DAY, "middle")
        return
    _write(picture, middle, box.low + half + 2, str(day.day), _MARKED_DAY, "middle")
    fields = [(one.sign, COLOURS[one.place % len(COLOURS)]) for one in once]
    if len(fields) > _MOST_FIELDS:
        fields = [*fields[: _MOST_FIELDS - 1], ("+", GREY)]
    part = box.width / len(fields)
    for place, (sign, colour) in enumerate(fields):
        field = _Box(box.left + place * part, box.low, part, half)
        _fill(picture, field, colour)
        _write(picture, field.left + part / 2, box.low + half / 2 - 2.2, sign, _SIGN, "middle")


def _draw_legend(picture: Drawing, legend: Sequence[tuple[str, str]], lines: int) -> None:
    """Draw what the letters mean, down the columns; what has no room is counted."""
    room = lines * _ACROSS
    shown = list(legend) if len(legend) <= room else list(legend)[: room - 1]
    part = CONTENT_WIDTH / _ACROSS
    for place, (name, sign) in enumerate(shown):
        across, down = divmod(place, lines)
        left, low = across * part, (lines - 1 - down) * _LEGEND_LINE
        _fill(picture, _Box(left, low, 15, 9), COLOURS[place % len(COLOURS)])
        _write(picture, left + 7.5, low + 2.4, sign, _SIGN, "middle")
        _write(picture, left + 19, low + 2, _fitted(name, part - 25, _NAME.size), _NAME)
    if len(shown) < len(legend):
        text = f"und {len(legend) - len(shown)} weitere, siehe Tabelle"
        _write(picture, (_ACROSS - 1) * part, 2, text, _REST)


def _fitted(text: str, room: float, size: float) -> str:
    """Return `text` as one line of at most `room` points, cut with "…" where it is longer."""
    shown = line = label(text)[:200]
    while shown and width(line, Cut.REGULAR, size) > room:
        shown = shown[:-1].rstrip()
        line = f"{shown}…"
    return line


def _fill(picture: Drawing, box: _Box, colour: Color, edge: Color | None = None) -> None:
    """Fill a box; colours are set afterwards, as reportlab's types know none when it is made."""
    found = Rect(box.left, box.low, box.width, box.height)
    found.fillColor, found.strokeColor, found.strokeWidth = colour, edge, _EDGE
    picture.add(found)


def _write(
    picture: Drawing,
    x: float,
    y: float,
    text: str,
    look: _Look,
    anchor: Literal["start", "middle"] = "start",
) -> None:
    """Write words that are part of the picture."""
    if text:
        found = String(x, y, text, fontName=str(look.cut), fontSize=look.size, textAnchor=anchor)
        found.fillColor = look.ink
        picture.add(found)
