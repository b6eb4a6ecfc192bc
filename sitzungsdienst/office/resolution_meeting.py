"""What a meeting resolved: what waits for a number, and the meetings in which something does."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from sitzungsdienst.acts.resolution_numbers import missing_for, terms_of, values_of
from sitzungsdienst.acts.resolutions import (
    NUMBERED,
    awaiting,
    decision_of,
    differs_from_record,
    standing,
)
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.gate.wording import DECISION
from sitzungsdienst.office import clock, current, loading, room
from sitzungsdienst.office.database import db
from sitzungsdienst.office.resolution_forms import NumberingForm
from sitzungsdienst.record.meetings import (
    AgendaItem,
    ItemKind,
    Meeting,
    MeetingCommittee,
    MeetingState,
)
from sitzungsdienst.record.proceedings import Ballot, Motion, Treatment
from sitzungsdienst.record.resolutions import Resolution


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that waits for its resolution; `missing` is what its number lacks, or ""."""

    row: AgendaRow
    decision: str
    missing: str


def numbering_form(meeting: Meeting) -> NumberingForm:
    """The form with a row for each item that waits; all are chosen that can have a number."""
    rows = [
        {"item_id": one.row.item.id, "chosen": not one.missing, "number": ""}
        for one in _waiting(meeting)
    ]
    return NumberingForm(data={"rows": rows})


def _waiting(meeting: Meeting) -> list[Waiting]:
    pattern = meeting.body.resolution_number_pattern
    terms = terms_of(db.session(), meeting.body_id) if "{term}" in pattern else ()
    wanted = set(awaiting(meeting))
    found = []
    for row in agenda_rows(meeting.agenda):
        decision = decision_of(row.item)
        if row.item not in wanted or decision is None:
            continue
        missing = missing_for(pattern, values_of(row.item, terms)) if pattern else "Nummer"
        found.append(Waiting(row, DECISION[decision], missing))
    return found


def page(meeting: Meeting, form: NumberingForm) -> str:
    """The page of the meeting's resolutions, also with a form that was refused."""
    rows = agenda_rows(meeting.agenda)
    made = [
        (row, resolution, differs_from_record(resolution))
        for row in rows
        for resolution in row.item.resolutions
    ]
    waiting = {one.row.item.id: one for one in _waiting(meeting)}
    form.keep_rows(waiting.keys())
    return room.page(
        "office/resolutions/meeting.html",
        meeting,
        "resolutions.of_meeting",
        form=form,
        waiting=waiting,
        made=made,
        further=[
            row
            for row in rows
            if row.item.id not in waiting
            and not standing(row.item)
            and row.item.kind is ItemKind.ITEM
        ],
        several=[row for row in rows if standing(row.item)],
        pattern=meeting.body.resolution_number_pattern,
        closed_because=room.closed_because(meeting),
        held=meeting.state is not MeetingState.PLANNED and not meeting.cancelled,
        decisions=DECISION,
        today=clock.today(),
    )


def unnumbered_count() -> int:
    """How many meetings have decisions without a resolution."""
    query = _unnumbered().with_only_columns(func.count(func.distinct(Meeting.id)))
    return db.session.scalar(query) or 0


def unnumbered(offset: int, limit: int) -> list[tuple[Meeting, int]]:
    """Those meetings with the number of such decisions, the oldest first."""
    items = func.count(AgendaItem.id)
    found = _unnumbered().with_only_columns(Meeting.id, items).group_by(Meeting.id, Meeting.start)
    ordered = found.order_by(Meeting.start, Meeting.id).offset(offset).limit(limit)
    counts: dict[int, int] = {row[0]: row[1] for row in db.session.execute(ordered)}
    rows = db.session.scalars(
        select(Meeting)
        .where(Meeting.id.in_(counts))
        .options(
            joinedload(Meeting.minutes),
            selectinload(Meeting.committees).joinedload(MeetingCommittee.organization),
        )
    )
    by_id = {one.id: one for one in rows}
    return [(by_id[one], number) for one, number in counts.items()]


def _unnumbered() -> Select[Any]:
    """Items that were decided, by record or by a vote on the matter, and have no resolution."""
    meetings = loading.meetings(db.session(), current.actor())
    return (
        meetings.join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .outerjoin(Treatment, Treatment.agenda_item_id == AgendaItem.id)
        .where(
            Meeting.state != MeetingState.PLANNED,
            Meeting.cancelled.is_(False),
            AgendaItem.removed_at.is_(None),
            or_(Treatment.decision.in_(NUMBERED), and_(Treatment.decision.is_(None), _voted())),
            ~exists().where(
                Resolution.agenda_item_id == AgendaItem.id, Resolution.voided_on.is_(None)
            ),
        )
    )


def _voted() -> ColumnElement[bool]:
    return exists().where(Ballot.agenda_item_id == AgendaItem.id, Ballot.motion == Motion.MAIN)
