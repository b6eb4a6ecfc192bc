"""The legal clock of meetings, fed from the record: what happened around each, and what is due.

Many meetings are asked in few statements: those that follow them, and their resolutions, are
looked up for all at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from sitzungsdienst.acts.lawbook import own_notice_days, rules_on
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.law.clock import OBJECTIONS, SUMMONS, legal_clock
from sitzungsdienst.law.deadlines import (
    WARN_DAYS,
    Deadline,
    MeetingFacts,
    ResolutionFacts,
    light_of,
    sentence_of,
)
from sitzungsdienst.law.notice import last_summons_day
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee, MeetingKind
from sitzungsdienst.record.minutes import Minutes, Objection, ObjectionState
from sitzungsdienst.record.proceedings import Decision
from sitzungsdienst.record.resolutions import Announcement, Resolution

#: What to load with meetings whose clocks are wanted.
WITH_CLOCK: tuple[ORMOption, ...] = (
    joinedload(Meeting.body),
    joinedload(Meeting.summons),
    joinedload(Meeting.minutes).selectinload(Minutes.objections),
    selectinload(Meeting.committees),
)
ADOPTED = (Decision.ADOPTED, Decision.ADOPTED_CHANGED)


@dataclass(frozen=True, slots=True)
class Around:
    """What a meeting's own row does not tell: its public part, and the meetings that follow it."""

    public: bool = True
    next_day: date | None = None
    next_ordinary_day: date | None = None
    next_public_day: date | None = None


def clocks(
    session: Session, meetings: Sequence[Meeting], today: date
) -> dict[int, tuple[Deadline, ...]]:
    """The deadlines of each meeting by its id, in order of time; of a cancelled one none."""
    held = [one for one in meetings if not one.cancelled]
    around = look_around(session, held)
    resolutions = _resolutions(session, held)
    found: dict[int, tuple[Deadline, ...]] = {one.id: () for one in meetings}
    for meeting in held:
        own = resolutions.get(meeting.id, ())
        found[meeting.id] = meeting_clock(meeting, around[meeting.id], own, today)
    return found


def meeting_clock(
    meeting: Meeting, around: Around, resolutions: Sequence[Resolution], today: date
) -> tuple[Deadline, ...]:
    """The deadlines of one meeting by the law of its day."""
    facts = facts_of(meeting, around, resolutions)
    told = legal_clock(facts, rules_on(meeting.body, facts.meeting_day), today)
    return tuple(_told(told, meeting, facts, resolutions, today))


def facts_of(
    meeting: Meeting, around: Around, resolutions: Iterable[Resolution] = ()
) -> MeetingFacts:
    """What the record knows around a meeting, as the law asks for it."""
    summons, minutes = meeting.summons, meeting.minutes
    received = announced = None
    if summons is not None:
        received = summons.received_on or local_day(summons.issued_at)
        announced = summons.announced_on or local_day(summons.issued_at)
    objections = _standing(minutes)
    return MeetingFacts(
        meeting_day=local_day(meeting.start),
        summons_received_on=received,
        urgent=summons is not None and summons.urgent,
        first_meeting=meeting.kind is MeetingKind.CONSTITUENT,
        public=around.public,
        public_notice_on=announced,
        minutes_signed_on=minutes.signed_on if minutes else None,
        minutes_approved_on=minutes.approved_on if minutes else None,
        objections_raised=bool(objections),
        objections_decided_on=_decided_on(minutes, objections),
        next_meeting_day=around.next_day,
        next_ordinary_day=around.next_ordinary_day,
        next_public_meeting_day=around.next_public_day,
        recorded=meeting.recorded,
        recording_deleted_on=meeting.recording_deleted_on,
        resolutions=tuple(map(_facts_of_resolution, resolutions)),
    )


def _standing(minutes: Minutes | None) -> list[Objection]:
    """The objections to the minutes that were not taken back."""
    raised = minutes.objections if minutes else []
    return [one for one in raised if one.state is not ObjectionState.WITHDRAWN]


def _decided_on(minutes: Minutes | None, objections: list[Objection]) -> date | None:
    """When the last objection was decided; where none stands, when the minutes were closed."""
    if minutes is None or not objections:
        return minutes.closed_on if minutes else None
    days = [one.decided_on for one in objections]
    return None if None in days else max(day for day in days if day)


def _facts_of_resolution(row: Resolution) -> ResolutionFacts:
    return ResolutionFacts(
        key=str(row.id),
        number=row.number,
        resolved_on=row.decided_on,
        nonpublic=row.announcement is not Announcement.NOT_NEEDED,
        announced_on=row.announced_on,
        withheld=row.announcement is Announcement.WITHHELD,
    )


def _told(
    deadlines: Iterable[Deadline],
    meeting: Meeting,
    facts: MeetingFacts,
    resolutions: Iterable[Resolution],
    today: date,
) -> Iterator[Deadline]:
    """The deadlines with what the record knows beyond the law."""
    rows = {str(row.id): row for row in resolutions}
    for one in deadlines:
        kind, _, key = one.key.partition(":")
        row = rows.get(key)
        if kind == "summons" and one.due is None:
            yield _by_own_rule(one, meeting, facts, today)
        elif one.label == OBJECTIONS.label and one.done_on and not facts.objections_raised:
            yield replace(one, sentence=_without_objections(one.done_on))
        elif kind == "objection" and row is not None:
            if row.decision in ADOPTED:  # nobody objects to what was not resolved
                yield _with_suspension(one, row)
        else:
            yield one


def _by_own_rule(one: Deadline, meeting: Meeting, facts: MeetingFacts, today: date) -> Deadline:
    """Where no law of the Land is kept, the Body's own period of notice still counts."""
    own = own_notice_days(meeting.body, facts.meeting_day)
    if own is None or not isinstance(own.value, int) or one.norm:
        return one
    due, done = last_summons_day(facts.meeting_day, own.value), facts.summons_received_on
    return replace(
        one,
        due=due,
        light=light_of(due, done, today, WARN_DAYS),
        sentence=sentence_of(SUMMONS, due, done, today),
        norm=own.norm,
        certainty=own.certainty,
    )


def _without_objections(closed_on: date) -> str:
    return (
        f"Die Niederschrift ist am {plain_date(closed_on)} abgeschlossen; Einwendungen sind nicht"
        " eingetragen."
    )


def _with_suspension(one: Deadline, row: Resolution) -> Deadline:
    if row.suspended_until is None:
        return one
    until = plain_date(row.suspended_until)
    return replace(
        one,
        sentence=f"{one.sentence} Eingetragen ist, dass der Vollzug bis {until} ausgesetzt ist.",
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """A meeting of a committee as far as another one looks at it."""

    id: int
    start: datetime
    kind: MeetingKind
    committee: int
    public: bool


def look_around(session: Session, meetings: Sequence[Meeting]) -> dict[int, Around]:
    """What stands around each meeting, by its id; the leading committee may meet again jointly."""
    if not meetings:
        return {}
    rows = session.execute(
        select(Meeting.id, Meeting.start, Meeting.kind, MeetingCommittee.organization_id, _public())
        .join(MeetingCommittee, MeetingCommittee.meeting_id == Meeting.id)
        .where(
            Meeting.body_id.in_({one.body_id for one in meetings}),
            MeetingCommittee.organization_id.in_({_leading(one) for one in meetings}),
            Meeting.cancelled.is_(False),
            Meeting.start >= min(one.start for one in meetings),
        )
        .order_by(Meeting.start, Meeting.id)
    )
    seen = [_Seen(*row) for row in rows]
    return {one.id: _around(one, seen) for one in meetings}


def _around(meeting: Meeting, seen: Sequence[_Seen]) -> Around:
    later = [
        one
        for one in seen
        if one.committee == _leading(meeting)
        and one.start > meeting.start
        and one.kind is not MeetingKind.CONTINUATION  # it is the same meeting, gone on with
    ]
    return Around(
        public=all(one.public for one in seen if one.id == meeting.id),
        next_day=_first_day(later),
        next_ordinary_day=_first_day(one for one in later if one.kind is MeetingKind.ORDINARY),
        next_public_day=_first_day(one for one in later if one.public),
    )


def _leading(meeting: Meeting) -> int:
    return meeting.committees[0].organization_id if meeting.committees else 0


def _first_day(seen: Iterable[_Seen]) -> date | None:
    return next((local_day(one.start) for one in seen), None)


def _public() -> ColumnElement[bool]:
    """Whether a meeting has a public part; one without an agenda will have."""
    items = select(AgendaItem.id).where(
        AgendaItem.meeting_id == Meeting.id, AgendaItem.removed_at.is_(None)
    )
    return or_(~items.exists(), items.where(AgendaItem.part == Part.PUBLIC).exists())


def _resolutions(
    session: Session, meetings: Sequence[Meeting]
) -> dict[int, tuple[Resolution, ...]]:
    """What was resolved, or has to be announced, by the meeting's id."""
    found: dict[int, tuple[Resolution, ...]] = {}
    rows = session.execute(
        select(AgendaItem.meeting_id, Resolution)
        .join(AgendaItem, Resolution.agenda_item_id == AgendaItem.id)
        .where(
            AgendaItem.meeting_id.in_([one.id for one in meetings]),
            Resolution.voided_on.is_(None),
            or_(
                Resolution.decision.in_(ADOPTED),
                Resolution.announcement != Announcement.NOT_NEEDED,
            ),
        )
        .order_by(Resolution.decided_on, Resolution.id)
    )
    for meeting_id, row in rows:
        found[meeting_id] = (*found.get(meeting_id, ()), row)
    return found
