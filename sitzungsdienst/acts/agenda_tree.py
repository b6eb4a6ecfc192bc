"""The agenda as acts see it: which items belong together, which may move, where new ones stand."""

from collections.abc import Iterable

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState

MAX_LEVELS = 3


def present(meeting: Meeting) -> list[AgendaItem]:
    """Every item not taken off: what stands, and what waits for a supplement."""
    return [one for one in meeting.items if one.removed_at is None]


def in_order(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Siblings in the order in which they are read."""
    return sorted(items, key=lambda one: (one.position, one.id))


def siblings(row: AgendaItem) -> list[AgendaItem]:
    """The items that stand beside it, itself not among them, in order."""
    return in_order(
        one
        for one in present(row.meeting)
        if one is not row and one.part is row.part and one.parent_id == row.parent_id
    )


def to_the_end(row: AgendaItem) -> None:
    """Put an item behind its siblings, those taken off included."""
    beside = (
        one.position
        for one in row.meeting.items
        if one is not row and one.part is row.part and one.parent_id == row.parent_id
    )
    row.position = max(beside, default=0) + 1


def with_children(row: AgendaItem) -> list[AgendaItem]:
    """The item and everything below it, taken off or not."""
    found = [row]
    for one in found:
        found.extend(item for item in row.meeting.items if item.parent_id == one.id)
    return found


def chain(item: AgendaItem, items: dict[int, AgendaItem]) -> list[AgendaItem]:
    """The item and everything above it."""
    found = [item]
    while found[-1].parent_id is not None:
        found.append(items[found[-1].parent_id])
    return found


def height(row: AgendaItem) -> int:
    """How many levels the item and its sub-items take, those taken off included."""
    if not row.id:  # a new one has none yet
        return 1
    below = (one for one in row.meeting.items if one.parent_id == row.id)
    return 1 + max((height(one) for one in below), default=0)


def fitting_parent(row: AgendaItem, part: Part, parent_id: int | None) -> int | None:
    """The number of the parent wanted for the item, after asking whether it may be that."""
    if parent_id is None:
        return None
    items = {one.id: one for one in present(row.meeting)}
    parent = items.get(parent_id)
    if parent is None or parent.part is not part:
        raise RuleBroken("parent_id", "Der übergeordnete Punkt muss im selben Teil stehen.")
    above = chain(parent, items)
    if row in above:
        raise RuleBroken("parent_id", "Ein Punkt kann nicht unter sich selbst stehen.")
    if len(above) + height(row) > MAX_LEVELS:
        raise RuleBroken("parent_id", f"Mehr als {MAX_LEVELS} Ebenen sind nicht vorgesehen.")
    return parent.id


def demand_open(meeting: Meeting) -> None:
    """Until a meeting is closed its agenda grows: after the summons by supplements."""
    if meeting.state is MeetingState.CLOSED:
        raise RuleBroken("", "Die Sitzung ist geschlossen; ihre Tagesordnung steht fest.")


def demand_free(row: AgendaItem) -> None:
    """What a summons has numbered stays where it is; the room alone decides about it."""
    if row.frozen:
        raise RuleBroken(
            "",
            "Seit der Ladung steht dieser Punkt fest. Absetzen, vertagen oder vorziehen kann ihn"
            " die Sitzung; erfassen Sie das unter »Ladung und Verlauf«.",
        )


def demand_present(row: AgendaItem) -> None:
    """Refuse what is not on the agenda any more."""
    if row.removed_at is not None:
        raise RuleBroken(
            "",
            "Der Punkt steht nicht mehr auf der Tagesordnung. Stellen Sie ihn zuerst wieder her.",
        )


def demand_no_end(row: AgendaItem) -> None:
    """Refuse to take off the item up to which a committee takes part in a joint meeting."""
    until = {seat.until_item_id for seat in row.meeting.committees} - {None}
    if until & {one.id for one in with_children(row)}:
        raise RuleBroken(
            "",
            "Bis zu diesem Punkt nimmt ein Gremium an der gemeinsamen Sitzung teil. Ändern Sie"
            " zuerst dessen Teilnahme.",
        )
