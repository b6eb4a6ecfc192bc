"""Moving one of several rows that stand in an order."""

from collections.abc import Sequence
from typing import Protocol

from sitzungsdienst.acts.agenda import Direction


class Placed(Protocol):
    """A row with a place among others."""

    position: int


def swap(rows: Sequence[Placed], row: Placed, direction: Direction, *, first: int = 1) -> None:
    """Swap a row with its neighbour, and number all anew from `first`; at the edge none moves.

    `rows` are all of them in their order, the row among them.
    """
    order = list(rows)
    place = order.index(row)
    other = place + (1 if direction is Direction.DOWN else -1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order, start=first):
        if one.position != position:
            one.position = position
