"""Charts on paper: seats as a half round, votes as a bar.

What a chart shows is also told in words beside it.
"""

from collections.abc import Sequence
from typing import Final

from reportlab.graphics.shapes import Circle, Drawing, Rect, String
from reportlab.lib.colors import HexColor, white
from reportlab.lib.units import mm

from sitzungsdienst.documents.fonts import Cut, register
from sitzungsdienst.documents.seat_picture import Picture
from sitzungsdienst.documents.values import Counts

# Each has more than 4.5 to 1 against the white of its number.
_COLOURS: Final = tuple(
    map(
        HexColor,
        ("#1c4f9c", "#9b1c31", "#1d6b3a", "#6b3fa0", "#8a4b08", "#0b6477", "#454b6b", "#7a1f5c"),
    )
)
_WIDTH: Final = 110 * mm
_BAR_WIDTH: Final = 60 * mm
_BAR_HEIGHT: Final = 2.4 * mm
_BAR_LINE: Final = 0.5
_TONES: Final = (HexColor("#33475b"), HexColor("#9aa3ad"), white)
_SMALLEST_NUMBER: Final = 3.5  # points of radius; below that the seats bear no number


def half_round(picture: Picture) -> Drawing:
    """Return the seats as a drawing; colours repeat, the numbers of the groups tell them apart."""
    register()
    scale = _WIDTH / picture.width
    radius = picture.radius * scale
    drawing = Drawing(_WIDTH, picture.height * scale)
    drawing.hAlign = "CENTER"
    for seat in picture.seats:
        x, y = seat.x * scale, (picture.height - seat.y) * scale
        colour = _COLOURS[seat.colour - 1]
        drawing.add(Circle(x, y, radius, fillColor=colour, strokeColor=None))
        if radius >= _SMALLEST_NUMBER:
            drawing.add(_number(seat.group, x, y, radius))
    return drawing


def _number(group: int, x: float, y: float, radius: float) -> String:
    return String(
        x,
        y - radius * 0.36,
        str(group),
        fontName=str(Cut.BOLD),
        fontSize=radius,
        fillColor=white,
        textAnchor="middle",
    )


def result_bar(counts: Counts) -> Drawing:
    """Return the votes as parts of one bar: yes dark, no lighter, abstentions blank.

    The tones differ in lightness, so that they are told apart in grey and by everyone. Raises
    ValueError where nobody voted.
    """
    votes = (counts.yes, counts.no, counts.abstentions)
    whole = sum(votes)
    if not whole:
        raise ValueError("a bar of no votes has no parts")
    drawing = Drawing(_BAR_WIDTH, _BAR_HEIGHT + 2 * _BAR_LINE)
    x = _BAR_LINE
    for number, tone in zip(votes, _TONES, strict=True):
        length = number / whole * (_BAR_WIDTH - 2 * _BAR_LINE)
        if number:
            part = Rect(x, _BAR_LINE, length, _BAR_HEIGHT)
            part.fillColor, part.strokeColor, part.strokeWidth = tone, _TONES[0], _BAR_LINE
            drawing.add(part)
        x += length
    return drawing


def votes_in_words(counts: Counts) -> str:
    """Return what the bar shows: "Ergebnis als Balken: 14 Ja, 3 Nein, 2 Enthaltungen."."""
    abstained = "Enthaltung" if counts.abstentions == 1 else "Enthaltungen"
    told = f"{counts.yes} Ja, {counts.no} Nein, {counts.abstentions} {abstained}"
    return f"Ergebnis als Balken: {told}."


def seats_in_words(seats: Sequence[tuple[str, int]]) -> str:
    """Return what the half round shows, for those who do not see it: "Fraktion A 18, …"."""
    told = ", ".join(f"{name} {number}" for name, number in seats)
    return f"Sitze als Halbrund, von links nach rechts: {told}."
