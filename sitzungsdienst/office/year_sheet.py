"""The calendar of a year for the house: composed from what its reader may read."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.documents.year_calendar import YearCalendar, YearMeeting
from sitzungsdienst.gate.prints import letterhead
from sitzungsdienst.gate.shown import announced
from sitzungsdienst.german import on_clock
from sitzungsdienst.office import loading, whole_meeting
from sitzungsdienst.office.local_time import year_span
from sitzungsdienst.record.bodies import Body, Organization
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee


def office_calendar(
    session: Session,
    actor: Actor,
    body: Body,
    year: int,
    committee: Organization | None = None,
    *,
    tells: bool,
    issued_on: date,
) -> YearCalendar:
    """All meetings of a year that `actor` may read, of one committee or of all.

    With `tells` it says which of them the public was not told of.
    """
    first, end = year_span(year)
    query = loading.meetings(session, actor).where(Meeting.start >= first, Meeting.start < end)
    if committee is not None:
        seats = select(MeetingCommittee.meeting_id).where(
            MeetingCommittee.organization_id == committee.id
        )
        query = query.where(Meeting.id.in_(seats))
    rows = session.scalars(
        query.options(*whole_meeting.LISTED).order_by(Meeting.start, Meeting.id)
    ).all()
    public = announced(session, [one.uid for one in rows])
    return YearCalendar(
        letterhead=letterhead(body),
        year=year,
        subtitle=committee.name if committee else body.name,
        issued_on=issued_on,
        meetings=tuple(_line(one, untold=tells and one.uid not in public) for one in rows),
        status="Nicht für die Öffentlichkeit.",
    )


def _line(row: Meeting, *, untold: bool) -> YearMeeting:
    return YearMeeting(
        start=on_clock(row.start),
        committees=tuple(one.name for one in row.organizations),
        name=row.name,
        room=row.location.room,
        cancelled=row.cancelled,
        remark="nicht angekündigt" if untold else "",
    )
