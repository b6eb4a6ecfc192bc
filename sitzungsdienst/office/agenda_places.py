"""The places to which an item of an agenda may go, as a form offers them."""

from sitzungsdienst.acts import agenda_tree as tree
from sitzungsdienst.acts.agenda import Place
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem

BEGINNINGS = {
    Part.PUBLIC: "am Anfang des öffentlichen Teils",
    Part.NONPUBLIC: "am Anfang des nichtöffentlichen Teils",
}


def places(row: AgendaItem) -> list[tuple[str, str]]:
    """Every place that is left to the item, in reading order, with the words for it."""
    own = {one.id for one in tree.with_children(row)}
    rows = [one for one in agenda_rows(tree.present(row.meeting)) if one.item.id not in own]
    parts = Part if len(own) == 1 else (row.part,)
    found: list[tuple[str, str]] = []
    for part in parts:
        there = [one for one in rows if one.item.part is part]
        if _fits(there, None, None):
            found.append((_value(part, None, None), BEGINNINGS[part]))
        for one in there:
            found += _around(row, one, there)
    return found


def place_of(row: AgendaItem) -> str:
    """The item's own place, as the form sends it."""
    above = [one for one in tree.siblings(row) if (one.position, one.id) < (row.position, row.id)]
    return _value(row.part, row.parent_id, above[-1].id if above else None)


def parse(value: str) -> Place:
    """The place that was chosen. Raises RuleBroken for what no form offers."""
    part, _, rest = value.partition("|")
    parent, _, after = rest.partition("|")
    try:
        return Place(
            part=Part(part),
            parent_id=int(parent) if parent else None,
            after_id=int(after) if after else None,
        )
    except ValueError as error:
        raise RuleBroken("place", "Bitte wählen Sie einen der Plätze.") from error


def _around(row: AgendaItem, one: AgendaRow, there: list[AgendaRow]) -> list[tuple[str, str]]:
    """The places below an item and after it."""
    item = one.item
    named = f"{one.number} {_cut(item.title)}"
    found = []
    deep = one.level + 1 + tree.height(row) > tree.MAX_LEVELS
    if not deep and _fits(there, item.id, None):
        found.append((_value(item.part, item.id, None), f"als erster Unterpunkt von {named}"))
    if one.level + tree.height(row) <= tree.MAX_LEVELS and _fits(there, item.parent_id, item.id):
        found.append((_value(item.part, item.parent_id, item.id), f"nach {named}"))
    return found


def _fits(there: list[AgendaRow], parent_id: int | None, after_id: int | None) -> bool:
    """Whether nothing that was summoned would stand behind."""
    beside = [one.item for one in there if one.item.parent_id == parent_id]
    at = next((n for n, one in enumerate(beside, 1) if one.id == after_id), 0)
    return not any(one.frozen for one in beside[at:])


def _value(part: Part, parent_id: int | None, after_id: int | None) -> str:
    return f"{part.value}|{parent_id or ''}|{after_id or ''}"


def _cut(title: str) -> str:
    return title if len(title) <= 70 else f"{title[:69].rstrip()}…"
