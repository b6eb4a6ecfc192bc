"""A personal calendar: the meetings its owner may read, the non-public part as bare numbers.

Clerks find what is due around the meetings beside them.

A calendar program keeps what it reads on telephones and on servers of others, so that no title of
a non-public item goes into it, not even the one that is made for the public.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app, request, url_for
from sqlalchemy import or_
from sqlalchemy.orm import Session, joinedload, selectinload

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.calendar.feed import event_end
from sitzungsdienst.calendar.values import CalendarEvent, CalendarFeed
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.german import local_day
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import loading
from sitzungsdienst.office.attending import unattended
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
    missed = unattended(session, actor)
    member = actor.role is UserRole.MEMBER
    events = (_event(row, host, missed.get(row.id, frozenset()), member=member) for row in rows)
    return CalendarFeed(name, (*events, *due))


def _event(row: Meeting, host: str, missed: frozenset[int], *, member: bool) -> CalendarEvent:
    """The meeting without the items that its reader misses, and without their changes."""
    agenda = [one for one in agenda_rows(row.agenda) if one.item.id not in missed]
    committees = tuple(one.name for one in row.organizations)
    address = current_app.config["PUBLIC_URL"] + request.root_path + _path(row)
    place = row.location
    return CalendarEvent(
        uid=f"sitzung-{row.uid}@{host}",
        summary=row.name,
        start=row.start,
        end=event_end(row.start, row.end),
        created=row.created_at,
        modified=_modified(row, agenda, member=member),
        sequence=row.sequence,
        cancelled=row.cancelled,
        location=", ".join(part for part in (place.room, place.place) if part),
        description_lines=_description(row, agenda, committees, address),
        url=address,
        categories=committees,
    )


def _modified(row: Meeting, agenda: Sequence[AgendaRow], *, member: bool) -> datetime:
    """When what the reader may read changed last.

    What is entered after the summons touches the meeting's own moment long before a supplement
    brings it, so that members get those of their items alone; that a meeting moved tells its
    sequence.
    """
    moments = [row.created_at, *(one.item.modified_at for one in agenda)]
    return max(moments if member else [row.modified_at, *moments])


def _path(row: Meeting) -> str:
    """The meeting's page, without the folder the office is mounted at."""
    return url_for("meetings.show", meeting_id=row.id).removeprefix(request.root_path)


def _description(
    row: Meeting, rows: Sequence[AgendaRow], committees: tuple[str, ...], address: str
) -> tuple[str, ...]:
    agenda: tuple[str, ...] = ()
    if row.state is not MeetingState.PLANNED:
        agenda = tuple(
            f"{one.number} {one.item.title}" if one.item.part is Part.PUBLIC else one.number
            for one in rows
        )
    return (
        ", ".join(committees),
        f"Stand: {state_badge(row).word}",
        *(("", "Tagesordnung:", *agenda) if agenda else ()),
        "",
        address,
    )
