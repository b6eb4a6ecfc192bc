"""What local rules may set, and how it is asked for."""

import pytest

from sitzungsdienst.law.local_keys import (
    HINTS,
    LOCAL_KEYS,
    Direction,
    Input,
    LocalValueUnreadable,
    input_text,
    not_local,
    parse_local,
)
from sitzungsdienst.law.reading import Plain, converter, value_types


def test_every_local_key_is_a_value_of_the_tree_with_a_label_and_a_hint() -> None:
    for key, known in LOCAL_KEYS.items():
        assert key in value_types()
        assert known.key == key
        assert known.label
        assert known.hint == HINTS[known.direction]
        assert bool(known.words) == (known.input in (Input.WORD, Input.WORDS)), key


def test_each_kind_of_value_is_asked_for_in_its_way() -> None:
    inputs = {key: known.input for key, known in LOCAL_KEYS.items()}
    assert inputs["notice.days"] is Input.NUMBER
    assert inputs["procedure.roll_call_group"] is Input.YES_NO
    assert inputs["seats.method"] is Input.WORD
    assert inputs["minutes.sign"] is Input.WORDS
    assert inputs["minutes.contents"] is Input.TEXTS
    assert inputs["procedure.secret_share"] is Input.SHARE
    assert LOCAL_KEYS["notice.days"].direction is Direction.LONGER


def test_nobody_chooses_that_nobody_decided() -> None:
    for known in LOCAL_KEYS.values():
        assert not {word for word, _ in known.words} & {"local", "unknown"}


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("notice.days", " 7 ", 7),
        ("notice.days", "0", 0),
        ("procedure.roll_call_group", "Ja", True),
        ("procedure.roll_call_group", "nein", False),
        ("seats.tie", "Los", "lot"),
        ("seats.tie", "lot", "lot"),
        ("seats.method", "Sainte-Laguë/Schepers", "sainte_lague"),
        ("minutes.sign", "Vorsitz, ein Mitglied", ["chair", "member"]),
        ("minutes.contents", "Gäste, Beginn und Ende,", ["Gäste", "Beginn und Ende"]),
        ("procedure.secret_share", "1 / 4", "1/4"),
    ],
)
def test_what_is_typed_becomes_plain_data(key: str, typed: str, value: Plain) -> None:
    read = parse_local(key, typed)
    assert read == value
    assert type(read) is type(value)
    converter(value_types()[key])(read)
    assert parse_local(key, input_text(key, read)) == read


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("notice.days", "sieben", "ganze Zahl"),
        ("notice.days", "-1", "ganze Zahl"),
        ("notice.days", "1000", "ganze Zahl"),
        ("notice.days", "7.5", "ganze Zahl"),
        ("notice.days", "٧", "ganze Zahl"),
        ("notice.days", "", "geben Sie einen Wert"),
        ("procedure.roll_call_group", "vielleicht", "„ja“ oder „nein“"),
        ("minutes.contents", " , ,", "geben Sie einen Wert"),
        ("seats.tie", "Würfel", "wählen Sie eines von: Los;"),
        ("seats.tie", "local", "wählen Sie eines"),
        ("minutes.sign", "Vorsitz, Gast", "wählen Sie eines"),
        ("procedure.secret_share", "5/4", "Bruchteil"),
        ("procedure.secret_share", "0/4", "Bruchteil"),
        ("procedure.secret_share", "ein Viertel", "Bruchteil"),
        ("majority.abstention", "not_counted", "bestimmen Hauptsatzung und Geschäftsordnung nicht"),
        ("no.such", "1", "bestimmen Hauptsatzung und Geschäftsordnung nicht"),
    ],
)
def test_what_cannot_be_read_is_refused_in_german(key: str, typed: str, said: str) -> None:
    with pytest.raises(LocalValueUnreadable, match=said):
        parse_local(key, typed)


def test_a_key_is_told_by_its_label() -> None:
    assert not_local("majority.abstention").startswith("Enthaltung: ")
