"""Agenda numbers: an integer tree in, printed numbers such as "Ö 5.1" and "N 2" out.

The order is always that of the integers. A printed number is computed and never sorted as text,
so Ö 10 stands after Ö 9. Each part of the meeting counts for itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitzungsdienst.law.values import Part

PREFIX = {Part.PUBLIC: "Ö", Part.NONPUBLIC: "N"}


class AgendaTreeError(ValueError):
    """The nodes given form no agenda; the German message says which node is wrong."""


class DuplicateNodeError(AgendaTreeError):
    """Two nodes carry the same id."""


class UnknownParentError(AgendaTreeError):
    """A node names a parent that is not on this agenda."""


class PartMismatchError(AgendaTreeError):
    """A sub-item stands in the other part than its parent."""


class ParentCycleError(AgendaTreeError):
    """Nodes are, by way of others, their own parents."""


@dataclass(frozen=True, slots=True)
class Node:
    """One agenda item as the numbering sees it; `position` orders it among its siblings."""

    id: int
    parent_id: int | None
    position: int
    part: Part


def number_agenda(nodes: Iterable[Node], frozen: Mapping[int, str] | None = None) -> dict[int, str]:
    """Return the printed number of every node by its id, in reading order.

    `frozen` are numbers that stand already, by id: they are kept, and a node without one gets the
    next free number after those of its siblings. Raises an AgendaTreeError when the nodes form no
    agenda. Gaps in the positions do not matter.
    """
    kept = frozen or {}
    children = _children_by_parent(nodes)
    numbers: dict[int, str] = {}
    for part in Part:
        roots = [node for node in children.get(None, []) if node.part is part]
        pending = _numbered(roots, f"{PREFIX[part]} ", kept)
        while pending:
            node, number = pending.pop()
            numbers[node.id] = number
            pending.extend(_numbered(children.get(node.id, []), f"{number}.", kept))
    _refuse_unreached(children, numbers)
    return numbers


def reading_order(nodes: Iterable[Node]) -> tuple[int, ...]:
    """Return the ids depth first, the public part first. Raises as `number_agenda` does."""
    return tuple(number_agenda(nodes))


def _numbered(
    siblings: list[Node], prefix: str, frozen: Mapping[int, str]
) -> list[tuple[Node, str]]:
    last = max((_count(frozen[node.id]) for node in siblings if node.id in frozen), default=0)
    numbered = []
    for node in siblings:
        number = frozen.get(node.id)
        if number is None:
            last += 1
            number = f"{prefix}{last}"
        numbered.append((node, number))
    # Last sibling first: the caller takes from the end of its stack.
    return numbered[::-1]


def _count(number: str) -> int:
    """The count at the end of a printed number: 1 of "Ö 5.1"; 0 where it ends in none."""
    found = re.search(r"\d+$", number)
    return int(found[0]) if found else 0


def _children_by_parent(nodes: Iterable[Node]) -> dict[int | None, list[Node]]:
    by_id: dict[int, Node] = {}
    for node in nodes:
        if node.id in by_id:
            raise DuplicateNodeError(f"Der Tagesordnungspunkt {node.id} ist doppelt vorhanden.")
        by_id[node.id] = node
    children: dict[int | None, list[Node]] = {}
    for node in sorted(by_id.values(), key=lambda item: (item.position, item.id)):
        _check_parent(node, by_id)
        children.setdefault(node.parent_id, []).append(node)
    return children


def _check_parent(node: Node, by_id: dict[int, Node]) -> None:
    if node.parent_id is None:
        return
    parent = by_id.get(node.parent_id)
    if parent is None:
        raise UnknownParentError(
            f"Der übergeordnete Punkt {node.parent_id} des Tagesordnungspunktes {node.id} "
            "steht nicht auf dieser Tagesordnung."
        )
    if parent.part is not node.part:
        raise PartMismatchError(
            f"Der Tagesordnungspunkt {node.id} muss im selben Teil der Sitzung stehen wie "
            f"sein übergeordneter Punkt {parent.id}."
        )


def _refuse_unreached(children: dict[int | None, list[Node]], numbers: dict[int, str]) -> None:
    # Every parent exists, so a node no root leads to can only be in, or below, a circle.
    unreached = [node.id for group in children.values() for node in group if node.id not in numbers]
    if unreached:
        raise ParentCycleError(
            f"Der Tagesordnungspunkt {min(unreached)} ist sich selbst übergeordnet. "
            "Bitte ordnen Sie ihn neu ein."
        )
