"""Which meetings a member's committees attend, and which items of them they do not.

A member reads the meetings of their committees on days on which the membership runs. A committee
that leaves a joint meeting after an item (»bis TOP 3«) reads to that item, in the order called: of
what comes after, its members read neither item nor paper, resolution or print, unless another
committee of theirs stays.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.presence import Room, load_room
from sitzungsdienst.german import BERLIN, local_day
from sitzungsdienst.record.accounts import UserRole
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee, MeetingState
from sitzungsdienst.record.people import Membership


def attended(session: Session, actor: Actor) -> ColumnElement[bool]:
    """The meetings of the member's committees, on days on which the membership runs."""
    spans = [_span(membership) for membership in _held(session, actor)]
    return or_(false(), *spans)


def unattended(session: Session, actor: Actor) -> dict[int, frozenset[int]]:
    """The items, by meeting, that come after the last of the member's committees has left.

    Names only meetings with such items; the member reads the rest of these.
    """
    if actor.role is not UserRole.MEMBER:
        return {}
    leaving = select(MeetingCommittee.meeting_id).where(MeetingCommittee.until_item_id.is_not(None))
    query = select(Meeting).where(
        Meeting.id.in_(leaving), Meeting.state != MeetingState.PLANNED, attended(session, actor)
    )
    held = _held(session, actor)
    found = {one.id: _missed(session, one, held) for one in session.scalars(query).all()}
    return {meeting_id: items for meeting_id, items in found.items() if items}


def _missed(session: Session, meeting: Meeting, held: Sequence[Membership]) -> frozenset[int]:
    day = local_day(meeting.start)
    own = {one.organization_id for one in held if one.runs_on(day)}
    load_room(session, meeting)
    room = Room(meeting)
    return frozenset(
        item.id
        for item in meeting.items
        if not own.intersection(one.id for one in room.committees_at(item))
    )


def _held(session: Session, actor: Actor) -> Sequence[Membership]:
    query = select(Membership).where(Membership.person_id == (actor.person_id or 0))
    return session.scalars(query).all()


def _span(held: Membership) -> ColumnElement[bool]:
    """Meetings of the membership's organisation between its first and its last day, in Berlin."""
    seats = select(MeetingCommittee.meeting_id).where(
        MeetingCommittee.organization_id == held.organization_id
    )
    limits: list[ColumnElement[bool]] = [Meeting.id.in_(seats)]
    if held.start_date is not None:
        limits.append(Meeting.start >= _midnight(held.start_date))
    if held.end_date is not None:
        limits.append(Meeting.start < _midnight(held.end_date + timedelta(days=1)))
    return and_(*limits)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BERLIN)
