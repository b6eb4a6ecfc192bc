"""Numbers that were summoned under stand, whatever would be counted now."""

from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem


def item(place: int, number: str | None) -> AgendaItem:
    return AgendaItem(
        id=place, position=place, part=Part.PUBLIC, parent_id=None, number=number, title=str(place)
    )


def test_a_stored_number_is_told_and_what_has_none_gets_the_next_free_one() -> None:
    rows = agenda_rows([item(1, "Ö 1"), item(2, "Ö 5"), item(3, None)])
    assert [one.number for one in rows] == ["Ö 1", "Ö 5", "Ö 6"]
