"""Acts on the agenda: adding, changing, moving, taking off and putting back items."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting, MeetingState
from sitzungsdienst.record.papers import Consultation

MAX_LEVELS = 3
MAX_LINES = 200


class Direction(StrEnum):
    """Where an item is moved among its siblings."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """An item as planned.

    `public_title` and `disclosure` speak of non-public items alone. `consultation_ids` are the
    steps of papers the item deals with.
    """

    title: str
    part: Part = Part.PUBLIC
    parent_id: int | None = None
    public_title: str = ""
    disclosure: Disclosure = Disclosure.HIDDEN
    consultation_ids: tuple[int, ...] = ()


def add_item(
    session: Session, actor: Actor, meeting_id: int, facts: ItemFacts, now: datetime
) -> int:
    """Put an item at the end of its siblings; gives its id."""
    with act(session, actor, "add_item", now) as run:
        meeting = run.fetch(Meeting, meeting_id)
        _demand_open(meeting)
        row = AgendaItem(meeting=meeting, meeting_id=meeting.id)
        _set_item(run, row, facts)
        siblings = [one for one in meeting.items if one is not row and _siblings(one, row)]
        row.position = max((one.position for one in siblings), default=0) + 1
        run.about(row)
        session.flush()
        return row.id


@dataclass(frozen=True, slots=True)
class Line:
    """One item of an agenda entered as a whole; `level` counts from 0."""

    title: str
    level: int = 0


def add_items(
    session: Session,
    actor: Actor,
    meeting_id: int,
    part: Part,
    lines: tuple[Line, ...],
    now: datetime,
) -> tuple[int, ...]:
    """Put several items at the end of a part, all or none; gives their ids in order.

    A line of a deeper level becomes a sub-item of the nearest line above it that is less deep.
    """
    with act(session, actor, "add_items", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id))
        _demand_open(meeting)
        if not lines or len(lines) > MAX_LINES:
            raise RuleBroken("lines", f"Bitte geben Sie 1 bis {MAX_LINES} Zeilen ein.")
        above: list[tuple[int, AgendaItem]] = []
        added = []
        for line in lines:
            while above and above[-1][0] >= line.level:
                above.pop()
            if len(above) >= MAX_LEVELS:
                raise RuleBroken("lines", f"Mehr als {MAX_LEVELS} Ebenen sind nicht vorgesehen.")
            parent = above[-1][1].id if above else None
            row = _append(session, meeting, part, parent, line.title)
            above.append((line.level, row))
            added.append(row.id)
        return tuple(added)


def _append(
    session: Session, meeting: Meeting, part: Part, parent_id: int | None, title: str
) -> AgendaItem:
    row = AgendaItem(
        meeting=meeting,
        meeting_id=meeting.id,
        part=part,
        parent_id=parent_id,
        title=checks.line("lines", title, needed="Bitte geben Sie den Betreff ein."),
    )
    siblings = [one for one in meeting.items if one is not row and _siblings(one, row)]
    row.position = max((one.position for one in siblings), default=0) + 1
    session.add(row)
    session.flush()
    return row


def edit_item(
    session: Session, actor: Actor, row_id: int, version: int, facts: ItemFacts, now: datetime
) -> None:
    """Change an item. After the summons its place and part are frozen; its wording is not."""
    with act(session, actor, "edit_item", now) as run:
        row = run.about(run.fetch(AgendaItem, row_id, version=version))
        _demand_standing(row)
        frozen = row.meeting.state is not MeetingState.PLANNED
        if frozen and (facts.part, facts.parent_id) != (row.part, row.parent_id):
            raise RuleBroken("part", "Seit der Ladung stehen Teil und Nummer des Punktes fest.")
        if facts.part is not row.part and len(_with_children(row)) > 1:
            raise RuleBroken("part", "Verschieben Sie zuerst die Unterpunkte.")
        moved = not frozen and (facts.part, facts.parent_id) != (row.part, row.parent_id)
        _set_item(run, row, facts)
        if moved:
            siblings = [one for one in row.meeting.items if one is not row and _siblings(one, row)]
            row.position = max((one.position for one in siblings), default=0) + 1


def move_item(
    session: Session, actor: Actor, row_id: int, direction: Direction, now: datetime
) -> None:
    """Swap an item with its neighbour above or below; at the edge nothing happens."""
    with act(session, actor, "move_item", now) as run:
        row = run.about(run.fetch(AgendaItem, row_id))
        _demand_open(run.fetch(Meeting, row.meeting_id))
        _demand_standing(row)
        siblings = sorted(
            (one for one in row.meeting.agenda if _siblings(one, row)),
            key=lambda one: (one.position, one.id),
        )
        place = siblings.index(row)
        other = place + (1 if direction is Direction.DOWN else -1)
        if 0 <= other < len(siblings):
            siblings[place], siblings[other] = siblings[other], siblings[place]
        for position, one in enumerate(siblings, start=1):
            one.position = position


def remove_item(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Take an item with its sub-items off the agenda; it can be put back."""
    with act(session, actor, "remove_item", now) as run:
        row = run.about(run.fetch(AgendaItem, row_id, version=version))
        _demand_open(run.fetch(Meeting, row.meeting_id))
        _demand_standing(row)
        for one in _with_children(row):
            # What was taken off before does not come back with the others.
            if one.removed_at is None:
                one.removed_at = run.now
            for step in list(one.consultations):
                step.agenda_item = None


def restore_item(session: Session, actor: Actor, row_id: int, now: datetime) -> None:
    """Put an item back that was taken off, with the sub-items taken off with it."""
    with act(session, actor, "restore_item", now) as run:
        row = run.about(run.fetch(AgendaItem, row_id))
        # The meeting is held too: a summons at this moment would not number the item.
        _demand_open(run.fetch(Meeting, row.meeting_id))
        parent = next((one for one in row.meeting.items if one.id == row.parent_id), None)
        if parent is not None and parent.removed_at is not None:
            raise RuleBroken("", "Stellen Sie zuerst den übergeordneten Punkt wieder her.")
        removed_at = row.removed_at
        for one in _with_children(row):
            if one.removed_at == removed_at:
                one.removed_at = None


def _demand_open(meeting: Meeting) -> None:
    if meeting.state is not MeetingState.PLANNED:
        raise RuleBroken(
            "", "Seit der Ladung steht die Tagesordnung fest; Punkte werden nicht mehr verschoben."
        )


def _demand_standing(row: AgendaItem) -> None:
    if row.removed_at is not None:
        raise RuleBroken(
            "",
            "Der Punkt steht nicht mehr auf der Tagesordnung. Stellen Sie ihn zuerst wieder her.",
        )


def _siblings(one: AgendaItem, other: AgendaItem) -> bool:
    return one.part is other.part and one.parent_id == other.parent_id


def _with_children(row: AgendaItem) -> list[AgendaItem]:
    found = [row]
    for one in found:
        found.extend(item for item in row.meeting.items if item.parent_id == one.id)
    return found


def _set_item(run: Run, row: AgendaItem, facts: ItemFacts) -> None:
    row.title = checks.line("title", facts.title, needed="Bitte geben Sie den Betreff ein.")
    row.part = facts.part
    public = facts.part is Part.PUBLIC
    row.public_title = "" if public else checks.line("public_title", facts.public_title)
    row.disclosure = Disclosure.HIDDEN if public else facts.disclosure
    if row.disclosure is Disclosure.NEUTRAL and not row.public_title:
        raise RuleBroken(
            "public_title",
            "Bitte geben Sie den öffentlichen Betreff an, zum Beispiel »Grundstücksangelegenheit«,"
            " oder wählen Sie, dass der Punkt öffentlich nicht genannt wird.",
        )
    row.parent_id = _parent(row, facts)
    _link_papers(run, row, facts.consultation_ids)


def _parent(row: AgendaItem, facts: ItemFacts) -> int | None:
    if facts.parent_id is None:
        return None
    items = {one.id: one for one in row.meeting.agenda}
    parent = items.get(facts.parent_id)
    if parent is None or parent.part is not facts.part:
        raise RuleBroken("parent_id", "Der übergeordnete Punkt muss im selben Teil stehen.")
    above = _chain(parent, items)
    if row in above:
        raise RuleBroken("parent_id", "Ein Punkt kann nicht unter sich selbst stehen.")
    if len(above) + _height(row) > MAX_LEVELS:
        raise RuleBroken("parent_id", f"Mehr als {MAX_LEVELS} Ebenen sind nicht vorgesehen.")
    return parent.id


def _height(row: AgendaItem) -> int:
    """How many levels the item and its sub-items take, those taken off included."""
    if not row.id:  # a new one has none yet
        return 1
    below = (one for one in row.meeting.items if one.parent_id == row.id)
    return 1 + max((_height(one) for one in below), default=0)


def _chain(item: AgendaItem, items: dict[int, AgendaItem]) -> list[AgendaItem]:
    """The item and everything above it."""
    chain = [item]
    while chain[-1].parent_id is not None:
        chain.append(items[chain[-1].parent_id])
    return chain


def _link_papers(run: Run, row: AgendaItem, consultation_ids: tuple[int, ...]) -> None:
    steps = [run.fetch(Consultation, one) for one in consultation_ids]
    committees = {one.id for one in row.meeting.organizations}
    for step in steps:
        if step.organization_id not in committees:
            raise RuleBroken(
                "consultation_ids", "Diese Vorlage ist an ein anderes Gremium gerichtet."
            )
        if step.agenda_item_id not in (None, row.id):
            raise RuleBroken(
                "consultation_ids", "Diese Vorlage steht schon auf einer Tagesordnung."
            )
    row.consultations = steps
