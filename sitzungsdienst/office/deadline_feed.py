"""The deadlines of an office's meetings as events of its clerks' personal calendars.

Only what is still to be done stands there, on its last day in the morning. A calendar keeps what
it reads on telephones and on servers of others: no title of a matter goes into it, only numbers.
"""

from datetime import datetime, time, timedelta

from flask import current_app, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.meeting_clock import WITH_CLOCK, clocks
from sitzungsdienst.calendar.values import CalendarEvent
from sitzungsdienst.german import local_day, short_date
from sitzungsdienst.law.deadlines import Deadline, Light
from sitzungsdienst.office import loading
from sitzungsdienst.office.deadlines import is_waiting
from sitzungsdienst.office.local_time import midnight, moment
from sitzungsdienst.record.local_rules import LocalRule
from sitzungsdienst.record.meetings import Meeting

CATEGORY = "Frist"
#: How long after a meeting its deadlines stay in the calendar.
KEPT_FOR = timedelta(days=120)
MORNING, LENGTH = time(9, 0), timedelta(minutes=15)


def deadline_events(
    session: Session, actor: Actor, host: str, now: datetime
) -> tuple[CalendarEvent, ...]:
    """What is still to be done around the meetings of the actor's Body, one event a deadline."""
    today = local_day(now)
    query = loading.meetings(session, actor).where(Meeting.start >= midnight(today - KEPT_FOR))
    rows = session.scalars(query.options(*WITH_CLOCK).order_by(Meeting.start, Meeting.id)).all()
    rules = session.scalars(
        select(LocalRule.modified_at).where(LocalRule.body_id == actor.body_id)
    ).all()
    found = clocks(session, rows, today)
    return tuple(
        _event(meeting, one, host, max(meeting.modified_at, *rules, meeting.created_at))
        for meeting in rows
        for one in found[meeting.id]
        if one.done_on is None and one.light is not Light.GREY and not is_waiting(one)
        if one.due is not None
    )


def _event(meeting: Meeting, one: Deadline, host: str, modified: datetime) -> CalendarEvent:
    start = moment(one.due or local_day(meeting.start), MORNING)
    path = url_for("deadlines.page", meeting_id=meeting.id)
    address = current_app.config["PUBLIC_URL"] + path
    norm = f" ({one.norm})" if one.norm else ""
    return CalendarEvent(
        uid=f"frist-{one.key.replace(':', '-').replace('_', '-')}-{meeting.uid}@{host}",
        summary=f"Frist: {one.label}",
        start=start,
        end=start + LENGTH,
        created=meeting.created_at,
        modified=modified,
        description_lines=(
            f"{one.label}{norm}",
            f"{meeting.name}, {short_date(meeting.start)}",
            "",
            address,
        ),
        url=address,
        categories=(CATEGORY,),
    )
