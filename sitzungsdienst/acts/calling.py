"""The order in which items were really called, reckoned anew from the room's decisions."""

from sitzungsdienst.acts.agenda_tree import with_children
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.record.changes import ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting


def call_in_order(meeting: Meeting) -> None:
    """Set each item's called place; none where the agenda was simply followed."""
    planned = [row.item for row in agenda_rows(meeting.agenda)]
    order = list(planned)
    for change in sorted(meeting.changes, key=lambda one: (one.decided_at, one.id)):
        other = change.other_item
        if other is None or other not in order or change.agenda_item not in order:
            continue
        if change.kind is ChangeKind.TAKEN_EARLIER:
            order = _moved(order, change.agenda_item, before=other)
        elif change.kind is ChangeKind.TOGETHER:
            order = _moved(order, change.agenda_item, after=other)
    places = {item.id: place for place, item in enumerate(order, start=1)}
    for item in meeting.items:
        item.called_position = places.get(item.id) if order != planned else None


def _moved(
    order: list[AgendaItem],
    item: AgendaItem,
    *,
    before: AgendaItem | None = None,
    after: AgendaItem | None = None,
) -> list[AgendaItem]:
    """The order with the item and its sub-items elsewhere; unchanged where that cannot be."""
    block = [one for one in order if one in with_children(item)]
    rest = [one for one in order if one not in block]
    if before is not None and before in rest:
        at = rest.index(before)
    elif after is not None and after in rest:
        at = _behind(rest, after)
    else:
        return order
    return [*rest[:at], *block, *rest[at:]]


def _behind(rest: list[AgendaItem], item: AgendaItem) -> int:
    """Behind the item, its sub-items, and what is debated together with it already."""
    own = with_children(item)
    at = rest.index(item) + 1
    while at < len(rest) and (rest[at] in own or rest[at].treated_with is item):
        at += 1
    return at
