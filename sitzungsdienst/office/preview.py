"""An excerpt as the public would read it, composed by the gate and filed nowhere."""

from datetime import date

from sqlalchemy.orm import Session

from sitzungsdienst.documents.values import Excerpt
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate import prints
from sitzungsdienst.gate.decision import GateClosed
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.view import public_view
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.meetings import AgendaItem


def excerpt(session: Session, item: AgendaItem, today: date) -> Excerpt:
    """Compose what a release would file today; the transaction is rolled back.

    Everything is read from the public documents that the gate composes, so what the record holds
    beyond them cannot be seen here either. Raises GateClosed with the reason where it may not be
    released.
    """
    desk = Desk(session)
    meeting = item.meeting
    try:
        gate.put_meeting(desk, meeting, held=True)
        gate.put_items(desk, meeting, [item])
        gate.put_excerpt(desk, item, file_uid="", released_on=today)
        public = desk.current(PublicAgendaItem, item.uid)
        if public is None:
            raise GateClosed("Die Tagesordnung der Sitzung ist noch nicht veröffentlicht.")
        sender = prints.letterhead(meeting.body)
        return prints.excerpt(public, public_view(desk, meeting), sender, issued_on=today)
    finally:
        session.rollback()
