"""Items that come onto an agenda without a summons: by urgency, or left over from before."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import agenda_tree as tree
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.agenda import ItemFacts, set_item
from sitzungsdienst.acts.calling import call_in_order
from sitzungsdienst.acts.changes import ChangeFacts, set_change
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.holding import demand_in_session
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.presence import Room
from sitzungsdienst.acts.revisions import back_to_draft
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.german import local_day
from sitzungsdienst.law.agenda_changes import may_extend_agenda
from sitzungsdienst.law.ballots import Counts
from sitzungsdienst.law.majorities import Heads
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError, Part, Severity
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, ItemKind, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFacts:
    """An item taken up in the meeting: what it is, and the vote by which it was.

    `urgent`: it bears no delay. `all_present`: every member is there and nobody objects.
    `acknowledged` tells that the warnings about extending the agenda were read.
    """

    title: str
    part: Part = Part.PUBLIC
    parent_id: int | None = None
    public_title: str = ""
    disclosure: Disclosure = Disclosure.HIDDEN
    consultation_ids: tuple[int, ...] = ()
    urgent: bool = False
    all_present: bool = False
    decided_at: datetime | None = None
    reason: str = ""
    yes: int | None = None
    no: int | None = None
    abstentions: int | None = None
    result_text: str = ""
    acknowledged: bool = False


def add_in_room(
    session: Session, actor: Actor, meeting_id: int, facts: AddedFacts, now: datetime
) -> int:
    """Take an item up by a resolution of the meeting; gives its id.

    It gets the next free number of its part or parent. The public agenda stays as it was released
    until the office releases it anew. Raises Unknown, RuleBroken.
    """
    with act(session, actor, "add_in_room", now) as run:
        meeting = run.fetch(Meeting, meeting_id)
        demand_in_session(meeting)
        back_to_draft(meeting)
        row = AgendaItem(meeting=meeting, meeting_id=meeting.id)
        set_item(run, row, _item(facts))
        if row.parent_id and not any(one.id == row.parent_id for one in meeting.agenda):
            raise RuleBroken("parent_id", "Dieser Punkt wartet noch auf seinen Nachtrag.")
        change = AgendaChange(meeting=meeting, meeting_id=meeting.id, agenda_item=row)
        set_change(run, change, _change(facts))
        findings = extension_findings(meeting, facts)
        if findings and not facts.acknowledged:
            raise RuleBroken("acknowledged", findings[0].message, findings[0].norm)
        run.about(row)
        _before_drafts(row)
        session.add(change)
        session.flush()
        row.number = next(
            one.number for one in agenda_rows([*meeting.agenda, row]) if one.item is row
        )
        session.flush()
        call_in_order(meeting)
        return row.id


def extension_findings(meeting: Meeting, facts: AddedFacts) -> tuple[Finding, ...]:
    """What the law says about taking the item up. It warns: what the room did is recorded."""
    rules = rules_on(meeting.body, local_day(meeting.start))
    if rules is None:
        return ()
    counts = None
    if facts.yes is not None:
        counts = Counts(facts.yes, facts.no or 0, facts.abstentions or 0)
    leading = meeting.organizations[0]
    quorum = next(one for one in Room(meeting).quorums() if one.organization is leading)
    heads = Heads(statutory=leading.seats, members=quorum.members or None, present=quorum.present)
    try:
        found = may_extend_agenda(
            rules,
            urgent=facts.urgent,
            counts=counts,
            heads=heads,
            all_present_without_objection=facts.all_present,
        )
    except ImpossibleNumbersError as error:
        found = Finding(Severity.WARN, str(error), rules.agenda.extension.norm)
    return () if found is None or found.severity is Severity.NOTE else (found,)


def _item(facts: AddedFacts) -> ItemFacts:
    return ItemFacts(
        title=facts.title,
        part=facts.part,
        kind=ItemKind.ITEM,
        parent_id=facts.parent_id,
        public_title=facts.public_title,
        disclosure=facts.disclosure,
        consultation_ids=facts.consultation_ids,
    )


def _change(facts: AddedFacts) -> ChangeFacts:
    return ChangeFacts(
        kind=ChangeKind.ADDED,
        decided_at=facts.decided_at,
        reason=facts.reason,
        yes=facts.yes,
        no=facts.no,
        abstentions=facts.abstentions,
        result_text=facts.result_text,
    )


def _before_drafts(row: AgendaItem) -> None:
    """Behind what is numbered, but before what still waits for a supplement."""
    beside = tree.siblings(row)
    standing = [one for one in beside if one.frozen]
    waiting = [one for one in beside if not one.frozen]
    for position, one in enumerate([*standing, row, *waiting], start=1):
        one.position = position
