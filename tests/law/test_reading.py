"""From tables to values: what a value must be is read from the tree."""

from datetime import date
from fractions import Fraction

import pytest

from sitzungsdienst.law.reading import (
    RulesFileError,
    as_day,
    as_table,
    as_text,
    check_keys,
    converter,
    kind_of,
    read_group,
    value_types,
)
from sitzungsdienst.law.tree import AgendaRules, Denominator, Quota, SeatMethod, Signatory

PROOF = {
    "norm": "§ 1",
    "source": "a source",
    "as_of": date(2026, 11, 1),
    "certainty": "certain",
    "wording": "So ist es.",
}


def test_every_value_of_the_tree_has_a_type_by_its_dotted_key() -> None:
    types = value_types()
    assert types["notice.days"] == int | None
    assert types["edition"] is str
    assert kind_of(types["seats.method"]) is SeatMethod
    assert len(types) == 65


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("notice.days", 7, 7),
        ("quorum.recused_count", False, False),
        ("procedure.secret_share", "1/5", Fraction(1, 5)),
        ("minutes.sign", ["chair", "clerk"], (Signatory.CHAIR, Signatory.CLERK)),
        ("notice.form", ["schriftlich"], ("schriftlich",)),
        ("seats.method", "dhondt", SeatMethod.DHONDT),
        (
            "majority.charter",
            {"more_than": "1/2", "of": "members"},
            Quota(Fraction(1, 2), more_than=True, of=Denominator.MEMBERS),
        ),
        (
            "majority.charter",
            {"at_least": "2/3", "of": "statutory"},
            Quota(Fraction(2, 3), more_than=False, of=Denominator.STATUTORY),
        ),
    ],
)
def test_plain_data_becomes_what_the_tree_asks_for(key: str, raw: object, value: object) -> None:
    assert converter(value_types()[key])(raw) == value


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("notice.days", "7"),
        ("notice.days", True),
        ("notice.days", -1),
        ("quorum.recused_count", 0),
        ("procedure.secret_share", "0/5"),
        ("procedure.secret_share", "6/5"),
        ("procedure.secret_share", "1/0"),
        ("procedure.secret_share", "ein Fünftel"),
        ("minutes.sign", []),
        ("minutes.sign", "chair"),
        ("minutes.sign", ["mayor"]),
        ("seats.method", "adams"),
        ("majority.charter", {"more_than": "1/2"}),
        ("majority.charter", {"more_than": "1/2", "at_least": "1/2", "of": "members"}),
        ("majority.charter", {"exactly": "1/2", "of": "members"}),
        ("majority.charter", "1/2"),
    ],
)
def test_data_of_another_kind_is_refused(key: str, raw: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - a bad word and a bad shape differ in type
        converter(value_types()[key])(raw)


def test_a_value_the_law_must_decide_is_not_left_to_local_rules() -> None:
    table = {"extension": {**PROOF, "left_to_local": True}}
    with pytest.raises(RulesFileError, match=r"agenda\.extension"):
        read_group(AgendaRules, table, "agenda")
    read = read_group(AgendaRules, {"extension": {**PROOF, "value": "local"}}, "agenda")
    assert read.extension.wording == "So ist es."


def test_tables_texts_days_and_keys_are_what_they_say() -> None:
    with pytest.raises(RulesFileError, match="is no table"):
        as_table([], "notice")
    with pytest.raises(RulesFileError, match="is no text"):
        as_text("  ")
    with pytest.raises(RulesFileError, match="is no date"):
        as_day("2026-11-01")
    with pytest.raises(RulesFileError, match=r"missing \['b'\], unknown \['c'\]"):
        check_keys({"a": 1, "c": 2}, {"a", "b"}, "here")
