"""The values of law in German."""

from datetime import date
from enum import StrEnum

import pytest

from sitzungsdienst.law import words
from sitzungsdienst.law.layers import tell_rules, value_at
from sitzungsdienst.law.reading import value_types
from sitzungsdienst.law.rules import rules_for, rules_of
from sitzungsdienst.law.telling import (
    CERTAINTY_NAMES,
    LABELS,
    LAYER_NAMES,
    SECTIONS,
    WORDS,
    in_words,
    section_of,
    tell,
    word,
)
from sitzungsdienst.law.tree import Fiction, MassRecusal
from sitzungsdienst.law.values import Certainty, Layer

TODAY = date(2026, 11, 23)
WITH_RULES = ("ST", "BY", "NW", "NI", "BW", "HE", "BB")


def test_every_value_has_a_label_of_its_own_and_a_section() -> None:
    assert list(LABELS) == list(value_types())
    assert len(set(LABELS.values())) == len(LABELS)
    assert {key.partition(".")[0] for key in LABELS} == set(SECTIONS)


def test_every_word_of_the_law_is_told_in_german() -> None:
    kinds = {
        kind
        for kind in vars(words).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    }
    assert kinds == set(WORDS)
    for kind in kinds:
        assert set(WORDS[kind]) == {member.value for member in kind}, kind


def test_every_layer_and_every_certainty_has_a_german_name() -> None:
    assert set(LAYER_NAMES) == set(Layer)
    assert set(CERTAINTY_NAMES) == set(Certainty)


def test_the_same_word_of_two_kinds_is_told_apart() -> None:
    assert word(Fiction.NONE) == "nie"
    assert word(MassRecusal.NONE) == "keine Sonderregel"


@pytest.mark.parametrize(
    ("land", "key", "told"),
    [
        ("ST", "notice.days", "7 Tage"),
        ("ST", "notice.urgent_days", "keine Frist"),
        ("HE", "notice.urgent_days", "1 Tag"),
        ("BY", "notice.days", "nicht gesetzlich bestimmt"),
        ("BY", "public_notice.days_before", "spätestens am 3. Tag davor"),
        ("BB", "objection.days", "ungeklärt"),
        ("BW", "quorum.share", "mindestens die Hälfte"),
        ("BW", "quorum.second_minimum", "3"),
        ("NI", "quorum.second_minimum", "keine"),
        ("NI", "quorum.all_present", "ja"),
        ("NW", "procedure.secret_share", "1/5"),
        ("ST", "majority.charter", "mehr als 1/2 der Mitglieder"),
        ("HE", "majority.chair_removal", "mindestens 2/3 der gesetzlichen Mitgliederzahl"),
        ("BW", "minutes.sign", "Vorsitz, zwei Mitglieder, Schriftführung"),
        ("BY", "seats.allowed", "Hare-Niemeyer, Sainte-Laguë/Schepers, d'Hondt"),
        ("NI", "minutes.approval", "dem Ortsrecht überlassen"),
    ],
)
def test_a_value_is_told_as_an_office_says_it(land: str, key: str, told: str) -> None:
    assert tell(key, value_at(rules_for(land, TODAY), key)) == told


@pytest.mark.parametrize("land", WITH_RULES)
def test_every_value_of_every_version_can_be_told(land: str) -> None:
    for rules in rules_of(land):
        told = tell_rules(rules)
        assert [one.key for one in told] == list(value_types())
        for one in told:
            assert one.value, one.key
            assert "_" not in one.value, one.key
            assert one.section == section_of(one.key)


def test_a_bare_number_of_days_is_told_with_its_unit() -> None:
    assert in_words("minutes.due_days", 30) == "30 Tage"
    assert in_words("procedure.roll_call_number", 5) == "5"
