"""The half round of a committee's seats as plain geometry, for an inline picture.

Seats stand in rows of half circles and are taken from left to right, so that a group's seats stand
together like slices of a cake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin

WIDTH, HEIGHT = 400, 212
OUTER, INNER = 180.0, 70.0
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
    places = _places(total)
    owners = [group for group, seats in enumerate(counts, start=1) for _ in range(seats)]
    rows = max(_rows(total), 1)
    gap = (OUTER - INNER) / max(rows - 1, 1)
    tight = min((pi * radius / number for radius, number in _fill(total) if number), default=60.0)
    radius = round(min(gap if rows > 1 else 60.0, tight, 36.0) * 0.42, 1)
    seats = tuple(
        Seat(round(x, 1), round(y, 1), group, (group - 1) % COLOURS + 1)
        for (x, y), group in zip(places, owners, strict=True)
    )
    return Picture(seats, radius)


def _rows(total: int) -> int:
    """How many half circles: more as the seats get more, so that they stay round."""
    return min(9, ceil(total / 14) + (total > 6))


def _fill(total: int) -> list[tuple[float, int]]:
    """The radius of each half circle and how many seats stand on it, by its length."""
    rows = _rows(total)
    if not rows:
        return []
    step = (OUTER - INNER) / (rows - 1) if rows > 1 else 0.0
    radii = [OUTER - step * row for row in range(rows)]
    length = sum(radii)
    numbers = [round(total * radius / length) for radius in radii]
    numbers[0] += total - sum(numbers)
    return list(zip(radii, numbers, strict=True))


def _places(total: int) -> list[tuple[float, float]]:
    """The centres of all seats, from the left to the right."""
    found: list[tuple[float, float, float]] = []
    for radius, number in _fill(total):
        for place in range(number):
            angle = pi * (place + 0.5) / number
            x, y = WIDTH / 2 - radius * cos(angle), HEIGHT - 16 - radius * sin(angle)
            found.append((angle, x, y))
    return [(x, y) for _, x, y in sorted(found)]
