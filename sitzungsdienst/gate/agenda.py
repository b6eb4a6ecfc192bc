"""The agenda as a tree: its numbers, its reading order, its levels."""

from collections.abc import Sequence
from dataclasses import dataclass

from sitzungsdienst.law.numbering import Node, number_agenda
from sitzungsdienst.record.meetings import AgendaItem


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """An item in its place: its number, frozen or as it would be now; `level` counts from 0."""

    item: AgendaItem
    number: str
    level: int


def agenda_rows(items: Sequence[AgendaItem]) -> tuple[AgendaRow, ...]:
    """The items in reading order, public part first, numbered; pass only those not taken off.

    What has no number yet, among others that have, gets the next free one of its part or parent.
    """
    nodes = [Node(item.id, item.parent_id, item.position, item.part) for item in items]
    numbers = number_agenda(nodes, {item.id: item.number for item in items if item.number})
    by_id = {item.id: item for item in items}
    return tuple(
        AgendaRow(by_id[one], number, _level(by_id[one], by_id)) for one, number in numbers.items()
    )


def called_rows(items: Sequence[AgendaItem]) -> tuple[AgendaRow, ...]:
    """The items in the order in which they were really called, with their own numbers."""
    rows = agenda_rows(items)
    if not any(row.item.called_position for row in rows):
        return rows
    last = len(rows)
    return tuple(sorted(rows, key=lambda row: row.item.called_position or last))


def _level(item: AgendaItem, by_id: dict[int, AgendaItem]) -> int:
    level = 0
    while item.parent_id is not None:
        item = by_id[item.parent_id]
        level += 1
    return level
