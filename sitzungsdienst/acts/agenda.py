"""Acts on the agenda: adding, changing, moving, taking off and putting back items."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from sitzungsdienst.acts import agenda_tree as tree
from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.agenda_tree import MAX_LEVELS
from sitzungsdienst.acts.clearance import demand_cleared
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.types import PublicConsultation
from sitzungsdienst.record.meetings import (
    AgendaItem,
    Disclosure,
    ItemKind,
    Meeting,
    MeetingState,
)
from sitzungsdienst.record.papers import Consultation

__all__ = [
    "MAX_LEVELS",
    "Direction",
    "ItemFacts",
    "Line",
    "Place",
    "add_item",
    "add_items",
    "edit_item",
    "move_item",
    "place_item",
    "remove_item",
    "restore_item",
]

MAX_LINES = 200


class Direction(StrEnum):
    """Where an item is moved among its siblings."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """An item as planned.

    `public_title` and `disclosure` speak of non-public items alone. `consultation_ids` are the
    steps of papers the item deals with; a heading has none.
    """

    title: str
    part: Part = Part.PUBLIC
    kind: ItemKind = ItemKind.ITEM
    parent_id: int | None = None
    public_title: str = ""
    disclosure: Disclosure = Disclosure.HIDDEN
    consultation_ids: tuple[int, ...] = ()


def add_item(
    session: Session, actor: Actor, meeting_id: int, facts: ItemFacts, now: datetime
) -> int:
    """Put an item at the end of its siblings; gives its id.

    After the summons it waits, without a number, for a supplement to bring it.
    """
    with act(session, actor, "add_item", now) as run:
        meeting = run.fetch(Meeting, meeting_id)
        tree.demand_open(meeting)
        row = AgendaItem(meeting=meeting, meeting_id=meeting.id)
        set_item(run, row, facts)
        tree.to_the_end(row)
        run.about(row)
        session.flush()
        return row.id


@dataclass(frozen=True, slots=True)
class Line:
    """One item of an agenda entered as a whole; `level` counts from 0."""

    title: str
    level: int = 0
    kind: ItemKind = ItemKind.ITEM


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
        tree.demand_open(meeting)
        if not lines or len(lines) > MAX_LINES:
            raise RuleBroken("lines", f"Bitte geben Sie 1 bis {MAX_LINES} Zeilen ein.")
        return append_lines(run, meeting, part, lines)


def append_lines(run: Run, meeting: Meeting, part: Part, lines: Iterable[Line]) -> tuple[int, ...]:
    """The lines as items at the end of a part, within a running act."""
    above: list[tuple[int, AgendaItem]] = []
    added = []
    for line in lines:
        while above and above[-1][0] >= line.level:
            above.pop()
        if len(above) >= MAX_LEVELS:
            raise RuleBroken("lines", f"Mehr als {MAX_LEVELS} Ebenen sind nicht vorgesehen.")
        row = AgendaItem(
            meeting=meeting,
            meeting_id=meeting.id,
            part=part,
            kind=line.kind,
            parent_id=above[-1][1].id if above else None,
            title=checks.line("lines", line.title, needed="Bitte geben Sie den Betreff ein."),
        )
        tree.to_the_end(row)
        run.session.add(row)
        run.session.flush()
        above.append((line.level, row))
        added.append(row.id)
    return tuple(added)


def edit_item(
    session: Session, actor: Actor, row_id: int, version: int, facts: ItemFacts, now: datetime
) -> None:
    """Change an item. Once it is numbered its place and part are frozen; its wording is not."""
    with act(session, actor, "edit_item", now) as run:
        row = run.about(run.fetch(AgendaItem, row_id, version=version))
        tree.demand_present(row)
        place = (facts.part, facts.parent_id)
        moved = place != (row.part, row.parent_id)
        if row.frozen and (moved or facts.kind is not row.kind):
            raise RuleBroken("part", "Seit der Ladung stehen Teil und Nummer des Punktes fest.")
        if facts.part is not row.part and len(tree.with_children(row)) > 1:
            raise RuleBroken("part", "Verschieben Sie zuerst die Unterpunkte.")
        set_item(run, row, facts)
        if moved:
            tree.to_the_end(row)


def move_item(
    session: Session, actor: Actor, row_id: int, direction: Direction, now: datetime
) -> None:
    """Swap an item with its neighbour above or below; at the edge nothing happens."""
    with act(session, actor, "move_item", now) as run:
        row = run.about(run.fetch(AgendaItem, row_id))
        _hold_movable(run, row)
        beside = tree.in_order([*tree.siblings(row), row])
        place = beside.index(row)
        other = place + (1 if direction is Direction.DOWN else -1)
        # What waits for a supplement stays behind what stands.
        if 0 <= other < len(beside) and not beside[other].frozen:
            beside[place], beside[other] = beside[other], beside[place]
        _count(beside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on the agenda: below `parent_id`, behind its sibling `after_id` (None: first)."""

    part: Part
    parent_id: int | None = None
    after_id: int | None = None


def place_item(
    session: Session, actor: Actor, row_id: int, version: int, place: Place, now: datetime
) -> None:
    """Put an item to any place; its sub-items go with it, but not into the other part."""
    with act(session, actor, "place_item", now) as run:
        row = run.about(run.fetch(AgendaItem, row_id, version=version))
        _hold_movable(run, row)
        if place.part is not row.part and len(tree.with_children(row)) > 1:
            raise RuleBroken("place", "Verschieben Sie zuerst die Unterpunkte in den anderen Teil.")
        _change_part(row, place.part)
        row.parent_id = tree.fitting_parent(row, place.part, place.parent_id)
        _demand_named_in_line(row, "place", "place")
        beside = tree.siblings(row)
        numbers = [one.id for one in beside]
        if place.after_id is not None and place.after_id not in numbers:
            raise RuleBroken("place", "Diesen Platz gibt es nicht mehr. Bitte wählen Sie neu.")
        at = numbers.index(place.after_id) + 1 if place.after_id is not None else 0
        if any(one.frozen for one in beside[at:]):
            raise RuleBroken("place", "Ein neuer Punkt kann nicht vor schon geladenen stehen.")
        _count([*beside[:at], row, *beside[at:]])


def _hold_movable(run: Run, row: AgendaItem) -> None:
    """The meeting is held too: a summons at this moment would number the item."""
    tree.demand_open(run.fetch(Meeting, row.meeting_id))
    tree.demand_free(row)
    tree.demand_present(row)


def _count(beside: list[AgendaItem]) -> None:
    for position, one in enumerate(beside, start=1):
        one.position = position


def _change_part(row: AgendaItem, part: Part) -> None:
    """What becomes non-public is named to nobody; what becomes public is named as it is."""
    if part is not row.part:
        row.part = part
        row.public_title, row.disclosure = "", Disclosure.HIDDEN


def remove_item(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Take an item with its sub-items off the agenda; it can be put back."""
    with act(session, actor, "remove_item", now) as run:
        row = run.about(run.fetch(AgendaItem, row_id, version=version))
        # Held as above. One that no supplement brought may go from a closed meeting's agenda too.
        run.fetch(Meeting, row.meeting_id)
        tree.demand_free(row)
        tree.demand_present(row)
        tree.demand_no_end(row)
        for one in tree.with_children(row):
            # What was taken off before does not come back with the others.
            if one.removed_at is None:
                one.removed_at = run.now
            for step in list(one.consultations):
                step.agenda_item = None


def restore_item(session: Session, actor: Actor, row_id: int, now: datetime) -> None:
    """Put an item back that was taken off, with the sub-items taken off with it."""
    with act(session, actor, "restore_item", now) as run:
        row = run.about(run.fetch(AgendaItem, row_id))
        meeting = run.fetch(Meeting, row.meeting_id)
        tree.demand_open(meeting)
        parent = next((one for one in row.meeting.items if one.id == row.parent_id), None)
        if parent is not None and parent.removed_at is not None:
            raise RuleBroken("", "Stellen Sie zuerst den übergeordneten Punkt wieder her.")
        removed_at = row.removed_at
        if removed_at is None:
            raise RuleBroken("", "Der Punkt steht schon auf der Tagesordnung.")
        for one in tree.with_children(row):
            if one.removed_at == removed_at:
                one.removed_at = None
        if any(one.frozen for one in tree.siblings(row)):
            tree.to_the_end(row)  # it waits behind what was summoned without it


def set_item(run: Run, row: AgendaItem, facts: ItemFacts) -> None:
    """Fill an item within a running act."""
    row.title = checks.line("title", facts.title, needed="Bitte geben Sie den Betreff ein.")
    row.part, row.kind = facts.part, facts.kind
    if facts.kind is ItemKind.HEADING and facts.consultation_ids:
        raise RuleBroken(
            "consultation_ids",
            "Eine Überschrift wird nicht beraten. Ordnen Sie die Vorlage einem Punkt darunter zu.",
        )
    public = facts.part is Part.PUBLIC
    row.public_title = "" if public else checks.line("public_title", facts.public_title)
    row.disclosure = Disclosure.HIDDEN if public else facts.disclosure
    if row.disclosure is Disclosure.NEUTRAL and not row.public_title:
        raise RuleBroken(
            "public_title",
            "Bitte geben Sie den öffentlichen Betreff an, zum Beispiel »Grundstücksangelegenheit«,"
            " oder wählen Sie, dass der Punkt öffentlich nicht genannt wird.",
        )
    row.parent_id = tree.fitting_parent(row, facts.part, facts.parent_id)
    _demand_named_in_line(row)
    _link_papers(run, row, facts.consultation_ids)


def _demand_named_in_line(
    row: AgendaItem, above: str = "public_title", below: str = "disclosure"
) -> None:
    """Refuse a neutral line under a hidden one: »N 2.1« tells that there is an »N 2«."""
    items = tree.present(row.meeting)
    if _names(row) and any(_hides(one) for one in items if one.id == row.parent_id):
        raise RuleBroken(
            above,
            "Der übergeordnete Punkt wird öffentlich nicht genannt, die Nummer dieses Punktes"
            " würde ihn verraten. Nennen Sie zuerst den übergeordneten öffentlich, oder nennen Sie"
            " auch diesen nicht.",
        )
    if _hides(row) and any(_names(one) for one in items if row.id and one.parent_id == row.id):
        raise RuleBroken(
            below,
            "Unterpunkte dieses Punktes werden öffentlich genannt, ihre Nummern würden ihn"
            " verraten. Nehmen Sie zuerst die Nennung der Unterpunkte zurück.",
        )


def _names(row: AgendaItem) -> bool:
    return row.part is Part.NONPUBLIC and row.disclosure is Disclosure.NEUTRAL


def _hides(row: AgendaItem) -> bool:
    return row.part is Part.NONPUBLIC and row.disclosure is Disclosure.HIDDEN


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
        if step.agenda_item_id is None:
            demand_cleared(run.session, step.paper, "consultation_ids")
    if row.meeting.state is MeetingState.CLOSED:
        _keep_published(run, row, [one for one in row.consultations if one not in steps])
    row.consultations = steps


def _keep_published(run: Run, row: AgendaItem, leaving: list[Consultation]) -> None:
    """Refuse to take papers off a closed meeting's item with which the public reads them."""
    desk = Desk(run.session)
    for step in leaving:
        public = desk.current(PublicConsultation, step.uid)
        if public is not None and public.agenda_item == row.uid:
            raise RuleBroken(
                "consultation_ids",
                f"Die Vorlage {step.paper.reference} ist mit diesem Punkt veröffentlicht, und die"
                " Sitzung ist geschlossen. Ziehen Sie zuerst die Vorlage aus der Öffentlichkeit"
                " zurück.",
            )
