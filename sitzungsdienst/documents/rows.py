"""Tables whose rows stay whole: a line to sign on is worth nothing in two halves."""

from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, Table

from sitzungsdienst.documents.page import BOTTOM, TOP

_PAGE: Final = A4[1] - TOP - BOTTOM


class Rows(Table):
    """A table that parts a row only where the row is higher than a page.

    reportlab alone would begin the head once more at the foot of a page, for the first line of a
    row of several.
    """

    # reportlab's own, unknown to its types.
    _rowHeights: list[float]  # noqa: N815 (reportlab's name)
    repeatRows: int  # noqa: N815 (reportlab's name)

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 (reportlab's names)
        """Return the parts; none where the next row had better begin on the next page."""
        table: Any = self
        table._calc(aW, aH)
        heads = self.repeatRows
        first = sum(self._rowHeights[: heads + 1])
        self.splitInRow = int(first > _PAGE)
        return list(super().split(aW, aH))
