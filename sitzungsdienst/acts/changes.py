"""The room's own decisions on its agenda: taken off, adjourned, taken earlier, moved, added.

What is recorded here happened, so a missed majority is refused, but a doubtful rule only warns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import changed_treatment as changed
from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.calling import call_in_order
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.holding import demand_in_session, hold_meeting
from sitzungsdienst.acts.revisions import back_to_draft
from sitzungsdienst.acts.taking_over import next_step, take_over
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.gate.agenda import called_rows
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, ItemKind, Meeting, MeetingState
from sitzungsdienst.record.proceedings import Decision

MANY = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts:
    """What the room decided about an item: with all three counts, or a result told in words.

    `other_item_id` is the item it is taken before, or together with; `target_meeting_id` the
    meeting it is adjourned to, None where that is open. `decided_at` is aware; None: now.
    """

    kind: ChangeKind
    decided_at: datetime | None = None
    reason: str = ""
    yes: int | None = None
    no: int | None = None
    abstentions: int | None = None
    result_text: str = ""
    other_item_id: int | None = None
    target_meeting_id: int | None = None


def decide_change(
    session: Session, actor: Actor, item_id: int, version: int, facts: ChangeFacts, now: datetime
) -> int:
    """Record a decision on an item of the agenda; gives the change's id.

    Urgency motions are `room_items.add_in_room`. Raises Unknown, Stale, RuleBroken.
    """
    with act(session, actor, "decide_change", now) as run:
        item = run.fetch(AgendaItem, item_id, version=version)
        meeting = hold_meeting(run, item)
        demand_in_session(meeting)
        back_to_draft(meeting)
        if not item.standing:
            raise RuleBroken("", "Der Punkt steht nicht auf der Tagesordnung.")
        row = AgendaChange(
            meeting=meeting, meeting_id=meeting.id, agenda_item=item, agenda_item_id=item.id
        )
        set_change(run, row, facts)
        decide = DECIDE.get(facts.kind)
        if decide is None:
            raise RuleBroken("kind", "Neue Punkte nehmen Sie als Dringlichkeitsantrag auf.")
        run.about(row)
        decide(run, row, facts)
        session.flush()
        call_in_order(meeting)
        flag_modified(item, "modified_at")
        return row.id


def set_change(run: Run, row: AgendaChange, facts: ChangeFacts) -> None:
    """Fill a change within a running act, after asking whether the motion was carried."""
    counts = (facts.yes, facts.no, facts.abstentions)
    for field, count in zip(("yes", "no", "abstentions"), counts, strict=True):
        checks.within(field, count, 0, MANY)
    known = [one for one in counts if one is not None]
    if known and len(known) < len(counts):
        raise RuleBroken("yes", "Bitte geben Sie Ja, Nein und Enthaltungen an, notfalls 0.")
    text = checks.line("result_text", facts.result_text, limit=500)
    if not known and not text:
        raise RuleBroken(
            "result_text",
            "Bitte geben Sie die Stimmen an oder das Ergebnis in Worten, zum Beispiel »einstimmig«"
            " oder »ohne Widerspruch«.",
        )
    if known and (facts.yes or 0) <= (facts.no or 0):
        raise RuleBroken(
            "yes",
            "Mit diesen Stimmen ist der Antrag abgelehnt; die Tagesordnung bleibt, wie sie ist.",
        )
    row.kind = facts.kind
    row.yes, row.no, row.abstentions = counts
    row.result_text = text
    row.reason = checks.text("reason", facts.reason, limit=2000)
    row.decided_at = facts.decided_at or run.now


def _withdraw(run: Run, row: AgendaChange, facts: ChangeFacts) -> None:
    del facts
    changed.demand_undecided(row.agenda_item)
    changed.set_decision(run, row.agenda_item, Decision.WITHDRAWN)


def _adjourn(run: Run, row: AgendaChange, facts: ChangeFacts) -> None:
    item = row.agenda_item
    changed.demand_undecided(item)
    changed.set_decision(run, item, Decision.ADJOURNED)
    run.session.flush()  # so that what is made for it bears the moment of this very change
    if facts.target_meeting_id is None:
        for step in list(item.consultations):
            next_step(run, step)
        return
    target = run.fetch(Meeting, facts.target_meeting_id)
    ours = {one.id for one in item.meeting.organizations}
    if target.id == item.meeting_id or target.cancelled or target.start <= item.meeting.start:
        raise RuleBroken("target_meeting_id", "Bitte wählen Sie eine spätere Sitzung.")
    if target.state is MeetingState.CLOSED or not ours & {one.id for one in target.organizations}:
        raise RuleBroken(
            "target_meeting_id", "Bitte wählen Sie eine kommende Sitzung desselben Gremiums."
        )
    row.target_meeting = target
    take_over(run, [item], target)


def _take_earlier(run: Run, row: AgendaChange, facts: ChangeFacts) -> None:
    del run
    item, other = row.agenda_item, _other(row, facts)
    order = [one.item for one in called_rows(item.meeting.agenda)]
    if order.index(item) <= order.index(other):
        raise RuleBroken("other_item_id", "Der Punkt wird schon vor diesem aufgerufen.")
    row.other_item = other


def _treat_together(run: Run, row: AgendaChange, facts: ChangeFacts) -> None:
    del run
    item, other = row.agenda_item, _other(row, facts)
    if item.treated_with is not None:
        raise RuleBroken("", "Der Punkt wird schon mit einem anderen gemeinsam beraten.")
    if other.treated_with is not None:
        raise RuleBroken(
            "other_item_id",
            f"Dieser Punkt wird schon mit {other.treated_with.number} beraten; wählen Sie den.",
        )
    if any(one.treated_with is item for one in item.meeting.items):
        raise RuleBroken("", "Mit diesem Punkt werden schon andere beraten.")
    if item.actual_part is not other.actual_part:
        raise RuleBroken(
            "other_item_id", "Gemeinsam beraten werden nur Punkte desselben Teils der Sitzung."
        )
    row.other_item = other
    item.treated_with = other


def _to_nonpublic(run: Run, row: AgendaChange, facts: ChangeFacts) -> None:
    item = row.agenda_item
    _demand_part(item, Part.PUBLIC)
    if not facts.reason.strip():
        raise RuleBroken("reason", "Bitte geben Sie den Grund für den Ausschluss an.")
    changed.demand_unpublished(run, item)
    changed.set_part(run, item, Part.NONPUBLIC)


def _to_public(run: Run, row: AgendaChange, facts: ChangeFacts) -> None:
    del facts
    item = row.agenda_item
    _demand_part(item, Part.NONPUBLIC)
    changed.demand_nothing_said(item)
    changed.set_part(run, item, Part.PUBLIC)


DECIDE: dict[ChangeKind, Callable[[Run, AgendaChange, ChangeFacts], None]] = {
    ChangeKind.WITHDRAWN: _withdraw,
    ChangeKind.ADJOURNED: _adjourn,
    ChangeKind.TAKEN_EARLIER: _take_earlier,
    ChangeKind.TOGETHER: _treat_together,
    ChangeKind.TO_NONPUBLIC: _to_nonpublic,
    ChangeKind.TO_PUBLIC: _to_public,
}


def _other(row: AgendaChange, facts: ChangeFacts) -> AgendaItem:
    """The other item of the decision: a debated one of the same agenda."""
    items = {one.id: one for one in row.meeting.agenda if one.kind is ItemKind.ITEM}
    if facts.other_item_id is None or facts.other_item_id == row.agenda_item_id:
        raise RuleBroken("other_item_id", "Bitte wählen Sie den anderen Punkt.")
    if facts.other_item_id not in items:
        raise Unknown("an item of another meeting")
    return items[facts.other_item_id]


def _demand_part(item: AgendaItem, part: Part) -> None:
    if item.actual_part is not part:
        raise RuleBroken("kind", "Der Punkt wird schon in diesem Teil der Sitzung behandelt.")
    below = [one for one in item.meeting.agenda if one.parent_id == item.id]
    if any(one.kind is ItemKind.ITEM and one.actual_part is part for one in below):
        raise RuleBroken("kind", "Der Punkt hat Unterpunkte. Verweisen Sie zuerst diese.")
    if item.treated_with is not None or any(one.treated_with is item for one in item.meeting.items):
        raise RuleBroken(
            "kind",
            "Der Punkt wird mit einem anderen gemeinsam beraten. Nehmen Sie das zuerst zurück.",
        )
