"""Where resolutions stand in what was issued of many of them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.resolution_prints import (
    ResolutionPrint,
    ResolutionPrintKind,
    printed_resolution,
)
from sitzungsdienst.record.resolutions import Resolution


def is_printed(session: Session, row: Resolution) -> bool:
    """Whether a resolution stands in an issued book or report."""
    prints = select(func.count()).where(printed_resolution.c.resolution_id == row.id)
    return bool(session.scalar(prints))


def books_with(session: Session, item: AgendaItem) -> Sequence[ResolutionPrint]:
    """The issued books, their bytes still there, that tell how was voted on an item."""
    return session.scalars(
        select(ResolutionPrint).where(
            ResolutionPrint.kind != ResolutionPrintKind.REPORT,
            ResolutionPrint.sha512.is_not(None),
            ResolutionPrint.resolutions.any(Resolution.agenda_item_id == item.id),
        )
    ).all()
