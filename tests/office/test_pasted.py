"""A pasted agenda becomes items with levels."""

from sitzungsdienst.acts.agenda import Line
from sitzungsdienst.office.pasted import parse


def test_indented_lines_become_sub_items() -> None:
    text = "Eröffnung\nVorlagen\n\tKonzept\n\tRichtlinie\n\t\tAnlage\n\nSchluss\n"
    assert parse(text) == (
        Line("Eröffnung", 0),
        Line("Vorlagen", 0),
        Line("Konzept", 1),
        Line("Richtlinie", 1),
        Line("Anlage", 2),
        Line("Schluss", 0),
    )


def test_numbers_fall_away_where_every_line_bears_one() -> None:
    assert [one.title for one in parse("Ö 1 Eröffnung\n  Ö 1.1: Begrüßung\nTOP 2. Schluss")] == [
        "Eröffnung",
        "Begrüßung",
        "Schluss",
    ]


def test_a_title_that_begins_with_a_number_keeps_it() -> None:
    assert parse("Eröffnung\n2. Nachtragssatzung")[1] == Line("2. Nachtragssatzung", 0)


def test_a_line_that_is_less_indented_than_its_neighbours_still_finds_its_place() -> None:
    assert [one.level for one in parse("A\n      B\n   C\nD")] == [0, 1, 1, 0]


def test_nothing_pasted_is_no_line() -> None:
    assert parse(" \n\n") == ()
