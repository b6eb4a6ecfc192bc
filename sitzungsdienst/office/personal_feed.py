"""A personal calendar: the meetings its owner may read, the non-public part as bare numbers.

Clerks find what is due around the meetings beside them.

A calendar program keeps what it reads on telephones and on servers of others, so that no title of
a non-public item goes into it, not even the one that is made for the public.
"""

from datetime import datetime, timedelta

from flask import current_app, request, url_for
from sqlalchemy import or_
from sqlalchemy.orm import Session, joinedload, selectinload

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.calendar.feed import event_end
from sitzungsdienst.calendar.values import CalendarEvent, CalendarFeed
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.german import local_day
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import loading
from sitzungsdienst.office.deadline_feed import deadline_events
from sitzungsdienst.office.local_time import midnight
from sitzungsdienst.office.meeting_words import state_badge
from sitzungsdienst.record.accounts import UserRole
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee, MeetingState

CANCELLED_FOR = timedelta(days=30)
"""How long after its day a cancelled meeting stays: so long that every program has read of it."""


def personal_feed(session: Session, actor: Actor, host: str, now: datetime) -> CalendarFeed:
    """The calendar of whom the secret address belongs to; `host` is that of the UIDs."""
    today = local_day(now)
    query = (
        loading.meetings(session, actor)
        .where(
            or_(Meeting.cancelled.is_(False), Meeting.start >= midnight(today - CANCELLED_FOR)),
        )
        .options(
            joinedload(Meeting.location),
            joinedload(Meeting.body),
            selectinload(Meeting.committees).joinedload(MeetingCommittee.organization),
            selectinload(Meeting.items),
        )
    )
    rows = session.scalars(query.order_by(Meeting.start, Meeting.id)).all()
    name = f"Sitzungen {rows[0].body.name} (persönlich)" if rows else "Sitzungen (persönlich)"
    due = deadline_events(session, actor, host, now) if actor.role is UserRole.CLERK else ()
    return CalendarFeed(name, (*(_event(row, host) for row in rows), *due))


def _event(row: Meeting, host: str) -> CalendarEvent:
    committees = tuple(one.name for one in row.organizations)
    address = current_app.config["PUBLIC_URL"] + request.root_path + _path(row)
    place = row.location
    return CalendarEvent(
        uid=f"sitzung-{row.uid}@{host}",
        summary=row.name,
        start=row.start,
        end=event_end(row.start, row.end),
        created=row.created_at,
        modified=max([row.modified_at, *(one.modified_at for one in row.items)]),
        sequence=row.sequence,
        cancelled=row.cancelled,
        location=", ".join(part for part in (place.room, place.place) if part),
        description_lines=_description(row, committees, address),
        url=address,
        categories=committees,
    )


def _path(row: Meeting) -> str:
    """The meeting's page, without the folder the office is mounted at."""
    return url_for("meetings.show", meeting_id=row.id).removeprefix(request.root_path)


def _description(row: Meeting, committees: tuple[str, ...], address: str) -> tuple[str, ...]:
    agenda: tuple[str, ...] = ()
    if row.state is not MeetingState.PLANNED:
        agenda = tuple(
            f"{one.number} {one.item.title}" if one.item.part is Part.PUBLIC else one.number
            for one in agenda_rows(row.agenda)
        )
    return (
        ", ".join(committees),
        f"Stand: {state_badge(row).word}",
        *(("", "Tagesordnung:", *agenda) if agenda else ()),
        "",
        address,
    )
