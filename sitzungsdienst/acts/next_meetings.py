"""Meetings that follow from another: its continuation, or a second summons for want of a quorum."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.meetings import MeetingFacts, set_meeting
from sitzungsdienst.acts.taking_over import take_over, with_headings
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingKind, MeetingState


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpFacts:
    """A meeting that takes over `item_ids` of an earlier one. `start` is aware."""

    name: str
    start: datetime
    location_id: int
    item_ids: tuple[int, ...] = ()
    number: int | None = None
    internal_note: str = ""


def continue_meeting(
    session: Session, actor: Actor, meeting_id: int, facts: FollowUpFacts, now: datetime
) -> int:
    """Plan the continuation of a meeting; gives its id. The chosen items come up again there."""
    with act(session, actor, "continue_meeting", now) as run:
        earlier = run.fetch(Meeting, meeting_id)
        row = Meeting(body_id=earlier.body_id, continues_id=earlier.id)
        _plan(run, row, earlier, facts, MeetingKind.CONTINUATION)
        return row.id


def repeat_meeting(
    session: Session, actor: Actor, meeting_id: int, facts: FollowUpFacts, now: datetime
) -> int:
    """Plan the meeting that is summoned a second time to the same matters; gives its id.

    Its summons bears the express hint that the law wants (`SummonsFacts.second_with_hint`).
    """
    with act(session, actor, "repeat_meeting", now) as run:
        earlier = run.fetch(Meeting, meeting_id)
        kind = earlier.kind
        if kind is MeetingKind.CONTINUATION:
            kind = MeetingKind.ORDINARY
        row = Meeting(body_id=earlier.body_id, repeats_id=earlier.id)
        _plan(run, row, earlier, facts, kind)
        return row.id


def _plan(
    run: Run, row: Meeting, earlier: Meeting, facts: FollowUpFacts, kind: MeetingKind
) -> None:
    if earlier.state is MeetingState.PLANNED or earlier.cancelled:
        raise RuleBroken("", "Zu dieser Sitzung wurde nicht geladen; verlegen Sie sie stattdessen.")
    if facts.start <= earlier.start:
        raise RuleBroken("start_date", "Der neue Termin muss nach dem bisherigen liegen.")
    committees = [one.id for one in earlier.organizations if one.kind is OrganizationKind.COMMITTEE]
    set_meeting(
        run,
        row,
        MeetingFacts(
            name=facts.name,
            committee_ids=tuple(committees),
            start=facts.start,
            location_id=facts.location_id,
            internal_note=facts.internal_note,
            kind=kind,
            number=facts.number,
        ),
    )
    run.about(row)
    run.session.flush()
    take_over(run, _chosen(earlier, facts.item_ids), row)


def _chosen(earlier: Meeting, item_ids: tuple[int, ...]) -> list[AgendaItem]:
    order = [one.item for one in agenda_rows(earlier.agenda)]
    items = {one.id: one for one in order}
    if not item_ids:
        raise RuleBroken("item_ids", "Bitte wählen Sie mindestens einen Punkt aus.")
    if not set(item_ids) <= items.keys():
        raise RuleBroken("item_ids", "Bitte wählen Sie nur Punkte dieser Sitzung.")
    return with_headings((items[one] for one in item_ids), order)
