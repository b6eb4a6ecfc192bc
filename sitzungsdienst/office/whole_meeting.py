"""A meeting with everything its pages show, loaded in few statements."""

from flask import request
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from sitzungsdienst.office import current, loading
from sitzungsdienst.office.database import db
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee
from sitzungsdienst.record.papers import Consultation, Paper

LISTED = (
    joinedload(Meeting.location),
    joinedload(Meeting.body),
    joinedload(Meeting.minutes),
    selectinload(Meeting.committees).joinedload(MeetingCommittee.organization),
)
WITH_AGENDA = (
    *LISTED,
    joinedload(Meeting.summons),
    selectinload(Meeting.items)
    .selectinload(AgendaItem.consultations)
    .joinedload(Consultation.paper)
    .selectinload(Paper.attachments),
)
WHOLE = (
    *WITH_AGENDA,
    selectinload(Meeting.attendances),
    selectinload(Meeting.items).joinedload(AgendaItem.treatment),
    selectinload(Meeting.items).selectinload(AgendaItem.ballots),
    selectinload(Meeting.items).selectinload(AgendaItem.resolutions),
)


def load(meeting_id: int) -> Meeting:
    """Load the meeting for its pages; NotFound for whom it is not."""
    options = WITH_AGENDA if request.method == "POST" else WHOLE
    query = loading.meetings(db.session(), current.actor()).where(Meeting.id == meeting_id)
    found = db.session.scalar(query.options(*options))
    if found is None:
        raise NotFound
    return found
