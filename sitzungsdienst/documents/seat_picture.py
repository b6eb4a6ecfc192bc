"""The half round of a committee's seats as plain geometry, for pages and for paper.

Seats stand in rows of half circles and are taken from left to right, so that a group's seats stand
together like slices of a cake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin

WIDTH, HEIGHT = 400, 212
OUTER, INNER = 176.0, 66.0
#: Seats stand no wider apart than this.
WIDEST = 38.0
#: The colours repeat after so many groups; the number in each seat tells them apart.
COLOURS = 8


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: its centre, and the place of its group (from 1) and of the group's colour."""

    x: float
    y: float
    group: int
    colour: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The seats, each of the same `radius`, in a frame of `width` by `height`."""

    seats: tuple[Seat, ...]
    radius: float
    width: int = WIDTH
    height: int = HEIGHT


def picture(counts: Sequence[int]) -> Picture:
    """Draw the seats of groups, whose numbers of seats are given in their order."""
    total = sum(counts)
    arcs = _arcs(total)
    owners = [group for group, seats in enumerate(counts, start=1) for _ in range(seats)]
    beside = [pi * radius / number for radius, number in arcs if number]
    between = abs(arcs[0][0] - arcs[1][0]) if len(arcs) > 1 else WIDEST
    radius = round(min(between, WIDEST, *beside) * 0.44, 1)
    seats = tuple(
        Seat(round(x, 1), round(y, 1), group, (group - 1) % COLOURS + 1)
        for (x, y), group in zip(_places(arcs), owners, strict=True)
    )
    return Picture(seats, radius)


def _arcs(total: int) -> list[tuple[float, int]]:
    """The radius of each half circle and how many seats stand on it, by its length."""
    rows = min(9, max(1, ceil((total - 4) / 12)))
    step = min(WIDEST, (OUTER - INNER) / (rows - 1)) if rows > 1 else 0.0
    radii = [OUTER - step * row for row in range(rows)]
    numbers = [round(total * radius / sum(radii)) for radius in radii]
    numbers[0] += total - sum(numbers)
    return list(zip(radii, numbers, strict=True))


def _places(arcs: list[tuple[float, int]]) -> list[tuple[float, float]]:
    """The centres of all seats, from the left to the right."""
    found: list[tuple[float, float, float]] = []
    for radius, number in arcs:
        for place in range(number):
            angle = pi * (place + 0.5) / number
            x, y = WIDTH / 2 - radius * cos(angle), HEIGHT - 16 - radius * sin(angle)
            found.append((angle, x, y))
    return [(x, y) for _, x, y in sorted(found)]
