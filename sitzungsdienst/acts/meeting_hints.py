"""What the office should look at before it settles on a meeting: its number, and what clashes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from sitzungsdienst.german import BERLIN, local_day, plain_date
from sitzungsdienst.record.bodies import LegislativeTerm
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee

#: Two meetings in one room need at least this long between their beginnings.
ROOM_TIME = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Clash:
    """Another meeting on the same day: in the same room, or of the same committee."""

    meeting: Meeting
    same_room: bool


def next_number(session: Session, body_id: int, committee_id: int, day: date) -> int:
    """The number that the committee's next meeting of the day's legislative term would bear."""
    query = (
        select(func.max(Meeting.number))
        .join(MeetingCommittee, MeetingCommittee.meeting_id == Meeting.id)
        .where(
            Meeting.body_id == body_id,
            MeetingCommittee.organization_id == committee_id,
            MeetingCommittee.position == 0,
        )
    )
    first, end = _term(session, body_id, day)
    query = query.where(Meeting.start >= first) if first else query
    query = query.where(Meeting.start < end) if end else query
    return (session.scalar(query) or 0) + 1


def same_number(session: Session, meeting: Meeting) -> Meeting | None:
    """Another meeting of the leading committee that bears this one's number in the term."""
    if meeting.number is None or not meeting.committees:
        return None
    query = (
        select(Meeting)
        .join(MeetingCommittee, MeetingCommittee.meeting_id == Meeting.id)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.id != meeting.id,
            Meeting.number == meeting.number,
            MeetingCommittee.organization_id == meeting.committees[0].organization_id,
            MeetingCommittee.position == 0,
        )
        .order_by(Meeting.start)
    )
    first, end = _term(session, meeting.body_id, local_day(meeting.start))
    query = query.where(Meeting.start >= first) if first else query
    query = query.where(Meeting.start < end) if end else query
    return session.scalars(query).first()


def clashes(
    session: Session,
    body_id: int,
    start: datetime,
    location_id: int | None,
    committee_ids: Collection[int],
    without: int | None = None,
) -> tuple[Clash, ...]:
    """The meetings that day which need the same room at that time, or the same committee."""
    day = local_day(start)
    seats = select(MeetingCommittee.meeting_id).where(
        MeetingCommittee.organization_id.in_(committee_ids)
    )
    query = select(Meeting).where(
        Meeting.body_id == body_id,
        Meeting.cancelled.is_(False),
        Meeting.start >= _midnight(day),
        Meeting.start < _midnight(day + timedelta(days=1)),
        or_(Meeting.location_id == location_id, Meeting.id.in_(seats)),
    )
    if without is not None:
        query = query.where(Meeting.id != without)
    wanted = set(committee_ids)
    found = []
    for one in session.scalars(
        query.options(selectinload(Meeting.committees)).order_by(Meeting.start, Meeting.id)
    ):
        if any(seat.organization_id in wanted for seat in one.committees):
            found.append(Clash(one, same_room=False))
        elif abs(one.start - start) < ROOM_TIME:
            found.append(Clash(one, same_room=True))
    return tuple(found)


def hints(session: Session, meeting: Meeting) -> tuple[str, ...]:
    """German sentences on what the office should check about a planned meeting."""
    told = []
    twin = same_number(session, meeting)
    if twin is not None:
        told.append(
            f"Die Nummer {meeting.number} trägt in dieser Wahlperiode schon die Sitzung vom"
            f" {plain_date(twin.start)}. Bitte prüfen Sie die Nummer."
        )
    if not meeting.cancelled:
        ids = [one.organization_id for one in meeting.committees]
        there = (meeting.body_id, meeting.start, meeting.location_id, ids, meeting.id)
        told += [told_clash(one) for one in clashes(session, *there)]
    return tuple(told)


def told_clash(one: Clash) -> str:
    """A clash as a German sentence."""
    at = f"um {one.meeting.start.astimezone(BERLIN):%H:%M} Uhr"
    if one.same_room:
        return f"Derselbe Raum ist am {plain_date(one.meeting.start)} {at} schon vergeben."
    return f"Dasselbe Gremium tagt am {plain_date(one.meeting.start)} {at} schon einmal."


def _term(session: Session, body_id: int, day: date) -> tuple[datetime | None, datetime | None]:
    """The first moment of the term the day lies in, and the one after it; None: open."""
    term = session.scalars(
        select(LegislativeTerm)
        .where(
            LegislativeTerm.body_id == body_id,
            LegislativeTerm.start_date <= day,
            or_(LegislativeTerm.end_date.is_(None), LegislativeTerm.end_date >= day),
        )
        .order_by(LegislativeTerm.start_date.desc(), LegislativeTerm.id.desc())
    ).first()
    if term is None:
        return None, None
    end = _midnight(term.end_date + timedelta(days=1)) if term.end_date else None
    return _midnight(term.start_date), end


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BERLIN)
