"""What is still to be announced, committee by committee, and where that could be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from sitzungsdienst.acts.announcements import ITEM_TITLE
from sitzungsdienst.german import plain_date
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import clock, current, followup_list, loading
from sitzungsdienst.office.database import db
from sitzungsdienst.office.local_time import midnight
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee, MeetingState
from sitzungsdienst.record.resolutions import Resolution

MOST_ITEMS = 60
MOST_MEETINGS = 200


@dataclass(frozen=True, slots=True)
class Next:
    """The committee's next meeting, and its item for announcing if it has one already."""

    meeting: Meeting
    item: AgendaItem | None


@dataclass(frozen=True, slots=True)
class Group:
    """What one committee owes to the public; `following` is None where no meeting is planned."""

    committee: Organization | None
    rows: tuple[Resolution, ...]
    following: Next | None


def owed() -> list[Resolution]:
    """The resolutions whose announcement is owed, the oldest first."""
    item = joinedload(Resolution.agenda_item)
    query = loading.resolutions(db.session(), current.actor()).where(
        *followup_list.owes_announcement()
    )
    return list(
        db.session.scalars(
            query.options(
                item.joinedload(AgendaItem.treatment),
                item.joinedload(AgendaItem.meeting)
                .selectinload(Meeting.committees)
                .joinedload(MeetingCommittee.organization),
            ).order_by(Resolution.decided_on, Resolution.id)
        )
    )


def groups(rows: Iterable[Resolution]) -> list[Group]:
    """The resolutions by the committee that leads their meeting."""
    by_committee: dict[Organization | None, list[Resolution]] = {}
    for row in rows:
        leading = next(iter(row.agenda_item.meeting.organizations), None)
        by_committee.setdefault(leading, []).append(row)
    following = _following({one.id for one in by_committee if one is not None})
    return [
        Group(one, tuple(found), following.get(one.id) if one else None)
        for one, found in by_committee.items()
    ]


def _following(committees: set[int]) -> dict[int, Next]:
    """Each committee's next meeting."""
    query = (
        loading.meetings(db.session(), current.actor())
        .join(Meeting.committees)
        .where(
            Meeting.start >= midnight(clock.today()),
            Meeting.state != MeetingState.CLOSED,
            Meeting.cancelled.is_(False),
            MeetingCommittee.organization_id.in_(committees),
            MeetingCommittee.position == 0,
        )
        .options(selectinload(Meeting.items), selectinload(Meeting.committees))
        .order_by(Meeting.start, Meeting.id)
        .limit(MOST_MEETINGS)
    )
    found: dict[int, Next] = {}
    for meeting in db.session.scalars(query):
        leading = meeting.committees[0].organization_id
        found.setdefault(leading, Next(meeting, announcing_item(meeting)))
    return found


def announcing_item(meeting: Meeting) -> AgendaItem | None:
    """The meeting's public item for announcing, as this office proposes it; None without one."""
    return next(
        (one for one in meeting.agenda if one.part is Part.PUBLIC and one.title == ITEM_TITLE), None
    )


def heard(since: date) -> Sequence[AgendaItem]:
    """Public items of meetings held since that day in which something may have been announced."""
    session, actor = db.session(), current.actor()
    meetings = loading.meetings(session, actor).where(
        Meeting.start >= midnight(since),
        Meeting.start <= clock.now(),
        Meeting.state != MeetingState.PLANNED,
        Meeting.cancelled.is_(False),
    )
    ids: Select[int] = meetings.with_only_columns(Meeting.id)
    query = (
        select(AgendaItem)
        .join(AgendaItem.meeting)
        .where(
            AgendaItem.meeting_id.in_(ids),
            AgendaItem.part == Part.PUBLIC,
            AgendaItem.removed_at.is_(None),
            or_(
                AgendaItem.title.contains("ekanntgabe"),
                AgendaItem.title.contains("ffentlichkeit"),
            ),
        )
        .options(joinedload(AgendaItem.treatment), joinedload(AgendaItem.meeting))
        .order_by(Meeting.start.desc(), AgendaItem.position)
        .limit(MOST_ITEMS)
    )
    return [one for one in session.scalars(query) if one.actual_part is Part.PUBLIC]


def label(item: AgendaItem) -> str:
    """An item as a select names it: "14.06.2017, Sozialausschuss: Ö 9 Bekanntgabe …"."""
    number = f"{item.number} " if item.number else ""
    return f"{plain_date(item.meeting.start)}, {item.meeting.name}: {number}{item.title}"
