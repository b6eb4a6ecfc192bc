"""Charts on paper: seats as a half round. What a chart shows is also told in words beside it."""

from collections.abc import Sequence
from typing import Final

from reportlab.graphics.shapes import Circle, Drawing, String
from reportlab.lib.colors import HexColor, white
from reportlab.lib.units import mm

from sitzungsdienst.documents.fonts import Cut, register
from sitzungsdienst.documents.seat_picture import Picture

# Each has more than 4.5 to 1 against the white of its number.
_COLOURS: Final = tuple(
    map(
        HexColor,
        ("#1c4f9c", "#9b1c31", "#1d6b3a", "#6b3fa0", "#8a4b08", "#0b6477", "#454b6b", "#7a1f5c"),
    )
)
_WIDTH: Final = 110 * mm
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


def seats_in_words(seats: Sequence[tuple[str, int]]) -> str:
    """Return what the half round shows, for those who do not see it: "Fraktion A 18, …"."""
    told = ", ".join(f"{name} {number}" for name, number in seats)
    return f"Sitze als Halbrund, von links nach rechts: {told}."
