"""Tables whose rows stay whole: a line to sign on is worth nothing in two halves."""

from bisect import bisect
from itertools import accumulate, takewhile
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, Table

from sitzungsdienst.documents.page import BOTTOM, TOP

_PAGE: Final = A4[1] - TOP - BOTTOM
_PAIR: Final = 2
_LOW: Final = _PAGE / 3  # there is always room for rows that end above
_HAIR: Final = 0.01


class Rows(Table):
    """A table that parts a row only where the row is higher than a page.

    reportlab alone would begin the head once more at the foot of a page, for the first line of a
    row of several; and it would leave a single row on either page.
    """

    # reportlab's own, unknown to its types.
    _rowHeights: list[float | None]  # noqa: N815 (reportlab's name)
    repeatRows: int  # noqa: N815 (reportlab's name)

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 (reportlab's names)
        """Return the parts; none where the next row had better begin on the next page."""
        table: Any = self
        table._calc(aW, aH)
        heads = self.repeatRows
        first = sum(height or 0 for height in self._rowHeights[: heads + 1])
        self.splitInRow = int(first > _PAGE)
        if self.splitInRow:
            return list(super().split(aW, aH))
        room = self._room_for_company(aH)
        return list(super().split(aW, room)) if room else []

    def _room_for_company(self, room: float) -> float:
        """Return the room to fill so that no row stands alone, 0 for none: all go on."""
        heads = self.repeatRows
        whole = len(self._rowHeights) - heads
        # Below the page, reportlab may leave the rows of a table with spans unmeasured.
        measured = takewhile(lambda height: height is not None, self._rowHeights)
        ends = list(accumulate(height or 0.0 for height in measured))
        fitting = bisect(ends, room) - heads
        if fitting == 1 and whole > _PAIR and any(end < _LOW for end in ends[heads + 1 :]):
            return 0.0
        if fitting == whole - 1 and fitting > _PAIR:
            return ends[heads + fitting - _PAIR] + _HAIR
        return room
