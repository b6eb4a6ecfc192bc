"""Taking back a decision on the agenda that was recorded by mistake."""

from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import changed_treatment as changed
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.calling import call_in_order
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.holding import demand_in_session, hold_meeting
from sitzungsdienst.acts.revisions import back_to_draft
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.types import PublicAgendaItem, PublicConsultation
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.proceedings import Decision

PARTS = (ChangeKind.TO_NONPUBLIC, ChangeKind.TO_PUBLIC)
DECISIONS = {
    ChangeKind.WITHDRAWN: Decision.WITHDRAWN,
    ChangeKind.ADJOURNED: Decision.ADJOURNED,
}


def undo_change(
    session: Session, actor: Actor, change_id: int, version: int, now: datetime
) -> None:
    """Take a recorded decision back, as long as the minutes are unsigned and nothing rests on it.

    Raises Unknown, Stale, RuleBroken.
    """
    with act(session, actor, "undo_change", now) as run:
        row = run.fetch(AgendaChange, change_id, version=version)
        item = run.about(row.agenda_item)
        meeting = hold_meeting(run, item)
        demand_in_session(meeting)
        back_to_draft(meeting)
        own = [one for one in meeting.changes if one.agenda_item is item and one is not row]
        if row.kind in PARTS:
            _demand_last(row, [one for one in own if one.kind in PARTS])
            _undo_part(run, row)
        elif row.kind is ChangeKind.ADDED:
            _undo_added(run, item, own)
        elif row.kind is ChangeKind.TOGETHER:
            item.treated_with = None
        if row.kind in DECISIONS:
            changed.take_decision_back(run, item, DECISIONS[row.kind])
        if row.kind is ChangeKind.ADJOURNED:
            _undo_adjourned(run, row)
        meeting.changes.remove(row)
        session.delete(row)
        session.flush()
        call_in_order(meeting)
        flag_modified(item, "modified_at")


def _demand_last(row: AgendaChange, others: list[AgendaChange]) -> None:
    if any((one.decided_at, one.id) > (row.decided_at, row.id) for one in others):
        raise RuleBroken("", "Nehmen Sie zuerst die spätere Verweisung dieses Punktes zurück.")


def _undo_part(run: Run, row: AgendaChange) -> None:
    """What was said behind closed doors must not come out because a mistake is mended."""
    item = row.agenda_item
    if row.kind is ChangeKind.TO_NONPUBLIC:
        changed.demand_nothing_said(item)
        changed.set_part(run, item, Part.PUBLIC)
    else:
        changed.demand_unpublished(run, item)
        changed.set_part(run, item, Part.NONPUBLIC)


def _undo_added(run: Run, item: AgendaItem, others: list[AgendaChange]) -> None:
    if others or item.treatment or item.ballots or item.elections or item.resolutions:
        raise RuleBroken(
            "", "Zu diesem Punkt ist schon etwas erfasst; nehmen Sie das zuerst zurück."
        )
    if any(one.parent_id == item.id for one in item.meeting.agenda):
        raise RuleBroken("", "Unter diesem Punkt stehen andere. Nehmen Sie zuerst diese zurück.")
    if Desk(run.session).current(PublicAgendaItem, item.uid) is not None:
        raise RuleBroken("", "Der Punkt ist schon veröffentlicht und kann nicht entfallen.")
    item.removed_at = run.now
    item.number = None
    for step in list(item.consultations):
        step.agenda_item = None


def _undo_adjourned(run: Run, row: AgendaChange) -> None:
    """Take back what was made for the adjournment: the item there, and the steps made with it."""
    item, target = row.agenda_item, row.target_meeting
    for one in target.items if target is not None else ():
        if one.taken_over_from is not item or one.removed_at is not None:
            continue
        if one.frozen:
            raise RuleBroken(
                "", "Der Punkt ist zu der späteren Sitzung schon geladen; setzen Sie ihn dort ab."
            )
        one.removed_at = run.now
        for step in list(one.consultations):
            step.agenda_item = None
    desk = Desk(run.session)
    for step in item.consultations:
        for again in list(step.paper.consultations):
            made = (again.organization_id, again.role, again.created_at) == (
                step.organization_id,
                step.role,
                row.created_at,
            )
            filed = desk.current(PublicConsultation, again.uid)
            if made and again is not step and again.agenda_item is None and not filed:
                step.paper.consultations.remove(again)
