"""Items that an earlier meeting adjourned without saying to which: they wait for an agenda."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from sitzungsdienst.acts import agenda_tree as tree
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.taking_over import take_over
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee


def left_over(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """The adjourned items of the meeting's committees that stand on no other agenda yet."""
    again = aliased(AgendaItem)
    taken = select(again.taken_over_from_id).where(
        again.taken_over_from_id.is_not(None), again.removed_at.is_(None)
    )
    seats = select(MeetingCommittee.meeting_id).where(
        MeetingCommittee.organization_id.in_([one.id for one in meeting.organizations])
    )
    query = (
        select(AgendaItem)
        .join(AgendaChange, AgendaChange.agenda_item_id == AgendaItem.id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaChange.kind == ChangeKind.ADJOURNED,
            AgendaChange.target_meeting_id.is_(None),
            AgendaItem.id.not_in(taken),
            AgendaItem.removed_at.is_(None),
            AgendaItem.meeting_id.in_(seats),
            Meeting.body_id == meeting.body_id,
            Meeting.start < meeting.start,
        )
        .options(joinedload(AgendaItem.meeting))
        .order_by(Meeting.start, AgendaItem.position, AgendaItem.id)
    )
    return list(session.scalars(query).unique())


def take_over_adjourned(
    session: Session, actor: Actor, meeting_id: int, item_ids: tuple[int, ...], now: datetime
) -> tuple[int, ...]:
    """Put adjourned items on this meeting's agenda, with their papers; gives the new items' ids."""
    with act(session, actor, "take_over_adjourned", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id))
        tree.demand_open(meeting)
        waiting = {one.id: one for one in left_over(session, meeting)}
        if not item_ids:
            raise RuleBroken("item_ids", "Bitte wählen Sie mindestens einen Punkt aus.")
        if not set(item_ids) <= waiting.keys():
            raise RuleBroken("item_ids", "Ein Punkt steht schon auf einer anderen Tagesordnung.")
        made = take_over(run, [waiting[one] for one in dict.fromkeys(item_ids)], meeting)
        return tuple(one.id for one in made)
