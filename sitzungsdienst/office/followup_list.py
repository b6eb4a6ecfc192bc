"""Looking for resolutions by how far they are: filters, their order, and how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, case, func, not_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.followup import WAITING
from sitzungsdienst.gate.wording import PROGRESS
from sitzungsdienst.office import loading
from sitzungsdienst.office.searching import matches
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee
from sitzungsdienst.record.resolutions import Announcement, Progress, Reminder, Resolution

PER_PAGE = 30
MOST_REMINDERS = 200
OVERDUE, SUSPENDED, WAITS = "ueberfaellig", "ausgesetzt", "offen"

#: The states a list can be narrowed to, with their words.
STATES = (
    (WAITS, "noch umzusetzen"),
    (OVERDUE, "überfällig"),
    (SUSPENDED, "Vollzug ausgesetzt"),
    *((one.value, PROGRESS[one]) for one in Progress),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; "" and None narrow nothing."""

    search: str = ""
    state: str = ""
    unit_id: int | None = None
    committee_id: int | None = None
    due_by: date | None = None


def select_resolutions(
    session: Session, actor: Actor, wanted: Wanted, today: date
) -> Select[Resolution]:
    """Select the readable resolutions that are looked for, the overdue ones first."""
    query = _narrowed(session, actor, wanted)
    if wanted.state:
        query = query.where(*_conditions(wanted.state, today))
    return query.options(
        joinedload(Resolution.unit),
        joinedload(Resolution.agenda_item).joinedload(AgendaItem.treatment),
        joinedload(Resolution.agenda_item)
        .joinedload(AgendaItem.meeting)
        .selectinload(Meeting.committees)
        .joinedload(MeetingCommittee.organization),
        selectinload(Resolution.reports),
    ).order_by(
        case((_overdue(today), 0), (_waiting(), 1), else_=2),
        case((_waiting(), Resolution.due_on)).asc().nulls_last(),
        Resolution.decided_on.desc(),
        Resolution.id.desc(),
    )


def _narrowed(session: Session, actor: Actor, wanted: Wanted) -> Select[Resolution]:
    """What is looked for, in whatever state it is."""
    query = loading.resolutions(session, actor)
    if wanted.search:
        query = query.where(matches(wanted.search, Resolution.number, Resolution.subject))
    if wanted.unit_id is not None:
        query = query.where(Resolution.unit_id == wanted.unit_id)
    if wanted.committee_id is not None:
        of_committee = (
            select(AgendaItem.id)
            .join(MeetingCommittee, MeetingCommittee.meeting_id == AgendaItem.meeting_id)
            .where(MeetingCommittee.organization_id == wanted.committee_id)
        )
        query = query.where(Resolution.agenda_item_id.in_(of_committee))
    if wanted.due_by is not None:
        query = query.where(Resolution.due_on <= wanted.due_by)
    return query


def _waiting() -> ColumnElement[bool]:
    return and_(Resolution.progress.in_(WAITING), Resolution.voided_on.is_(None))


def _suspended(today: date) -> ColumnElement[bool]:
    until = func.coalesce(Resolution.suspended_until, date.min)
    return and_(_waiting(), until >= today)


def _overdue(today: date) -> ColumnElement[bool]:
    late = and_(Resolution.due_on.is_not(None), Resolution.due_on < today)
    return and_(_waiting(), not_(_suspended(today)), late)


def _conditions(state: str, today: date) -> tuple[ColumnElement[bool], ...]:
    special = {OVERDUE: _overdue(today), SUSPENDED: _suspended(today), WAITS: _waiting()}
    if state in special:
        return (special[state],)
    return (Resolution.progress == Progress(state), Resolution.voided_on.is_(None))


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of the picture: its state, how many, and where it lies on a bar 100 wide."""

    state: str
    word: str
    count: int
    left: float
    width: float


#: The picture's parts, in this order; each resolution with something to do is in one of them.
_PARTS = (
    (OVERDUE, "überfällig"),
    (SUSPENDED, "Vollzug ausgesetzt"),
    (Progress.OPEN.value, PROGRESS[Progress.OPEN]),
    (Progress.RUNNING.value, PROGRESS[Progress.RUNNING]),
    (Progress.DONE.value, PROGRESS[Progress.DONE]),
    (Progress.DROPPED.value, PROGRESS[Progress.DROPPED]),
)


def picture(session: Session, actor: Actor, wanted: Wanted, today: date) -> tuple[Slice, ...]:
    """How many are how far among what is looked for, whatever state is chosen. One statement."""
    part = case(
        (_overdue(today), OVERDUE),
        (_suspended(today), SUSPENDED),
        *((Resolution.progress == one, one.value) for one in Progress),
    )
    query = _narrowed(session, actor, wanted).where(Resolution.voided_on.is_(None))
    parts = query.with_only_columns(part.label("part")).subquery()
    rows = session.execute(select(parts.c.part, func.count()).group_by(parts.c.part))
    counts = {str(state): int(number) for state, number in rows}
    return slices(counts)


def slices(counts: Mapping[str, int]) -> tuple[Slice, ...]:
    """The parts of the picture from how many there are of each."""
    total = sum(counts.get(state, 0) for state, _ in _PARTS)
    found, before = [], 0
    for state, word in _PARTS:
        count = counts.get(state, 0)
        if total:
            left, width = before * 100 / total, count * 100 / total
            found.append(Slice(state, word, count, round(left, 3), round(width, 3)))
        before += count
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that waits for the office: how many, in which words, and where."""

    count: int
    words: str
    href: str
    urgent: bool


def errands(session: Session, actor: Actor, today: date) -> tuple[Errand, ...]:
    """What the office's first page tells of resolutions; nothing where nothing waits."""
    ids = loading.resolutions(session, actor).with_only_columns(Resolution.id)
    late, owed, due = session.execute(
        select(
            _count(ids.where(_overdue(today))),
            _count(ids.where(*owes_announcement())),
            select(func.count(Reminder.id))
            .where(*reminder_due(today), Reminder.resolution_id.in_(ids))
            .scalar_subquery(),
        )
    ).one()
    one_or_many = (
        (late, "Beschluss ist überfällig", "Beschlüsse sind überfällig",
         url_for("resolutions.index", stand=OVERDUE), True),
        (due, "Wiedervorlage ist fällig", "Wiedervorlagen sind fällig",
         url_for("followup_reports.reminders"), False),
        (owed, "nichtöffentlicher Beschluss ist noch bekannt zu geben",
         "nichtöffentliche Beschlüsse sind noch bekannt zu geben",
         url_for("announcements.index"), False),
    )  # fmt: skip
    return tuple(
        Errand(count, one if count == 1 else many, href, urgent)
        for count, one, many, href, urgent in one_or_many
        if count
    )


def _count(ids: Select[int]) -> ColumnElement[int]:
    return select(func.count()).select_from(ids.subquery()).scalar_subquery()


def owes_announcement() -> tuple[ColumnElement[bool], ...]:
    """Whether a resolution is still to be announced."""
    return (Resolution.announcement == Announcement.OWED, Resolution.voided_on.is_(None))


def reminder_due(today: date) -> tuple[ColumnElement[bool], ...]:
    """Whether a reminder's day has come and nobody has looked yet."""
    return (Reminder.done_on.is_(None), Reminder.remind_on <= today)
