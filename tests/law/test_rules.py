"""The rules as data: chosen by the day of the meeting, each value with its proof."""

import copy
import dataclasses
from collections.abc import Iterator
from datetime import date
from importlib import resources

import pytest

from sitzungsdienst.law.reading import value_types
from sitzungsdienst.law.rules import (
    LAENDER,
    NoRulesAt,
    Rules,
    RulesFileError,
    UnknownLand,
    land_name,
    overlay,
    read_rules,
    rules_for,
    rules_of,
)
from sitzungsdienst.law.tree import Approval
from sitzungsdienst.law.values import Certainty, Severity, Value

WITH_RULES = ("ST", "BY", "NW", "NI", "BW", "HE", "BB")


def text_of(land: str) -> str:
    folder = resources.files("sitzungsdienst.law").joinpath("laender")
    return folder.joinpath(f"{land.lower()}.toml").read_text(encoding="utf-8")


def values_in(group: object) -> Iterator[tuple[str, Value[object]]]:
    """Walk the tree of rules, so that a value added later joins by itself."""
    assert dataclasses.is_dataclass(group)
    for field in dataclasses.fields(group):
        child = getattr(group, field.name)
        if isinstance(child, Value):
            yield field.name, child
        elif dataclasses.is_dataclass(child):
            yield from ((f"{field.name}.{name}", value) for name, value in values_in(child))


def test_all_sixteen_laender_have_a_name() -> None:
    assert len(set(LAENDER)) == 16
    assert land_name("ST") == "Sachsen-Anhalt"
    assert land_name("NW") == "Nordrhein-Westfalen"


@pytest.mark.parametrize("code", ["XX", "st", "", "Bayern", "../st"])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(UnknownLand):
        land_name(code)
    with pytest.raises(UnknownLand):
        rules_for(code, date(2026, 1, 1))


@pytest.mark.parametrize("land", sorted(set(LAENDER) - set(WITH_RULES)))
def test_a_land_without_stored_rules_says_so_by_name(land: str) -> None:
    with pytest.raises(NoRulesAt, match=land_name(land)):
        rules_for(land, date(2026, 1, 1))


def test_a_meeting_before_the_first_stored_version_has_no_rules() -> None:
    with pytest.raises(NoRulesAt, match=r"25\.06\.2008"):
        rules_for("ST", date(2008, 6, 25))


def test_rules_begin_on_the_very_day_they_come_into_force() -> None:
    assert rules_for("ST", date(2014, 7, 1)).valid_from == date(2014, 7, 1)
    with pytest.raises(NoRulesAt):
        rules_for("ST", date(2014, 6, 30))


def test_the_day_of_the_meeting_chooses_the_version() -> None:
    before = rules_for("ST", date(2018, 6, 30)).minutes.approval
    after = rules_for("ST", date(2018, 7, 1)).minutes.approval
    assert (before.value, after.value) == (Approval.OBJECTIONS, Approval.VOTE)
    assert after.certainty is Certainty.UNSURE
    today = rules_for("ST", date(2024, 7, 1)).minutes.approval
    assert (today.value, today.certainty) == (Approval.OBJECTIONS, Certainty.CERTAIN)


def test_a_later_version_keeps_what_it_does_not_change() -> None:
    first, *_, last = rules_of("ST")
    assert last.minutes.due_days == first.minutes.due_days
    assert last.seats == rules_for("ST", date(2020, 1, 1)).seats
    assert last.notice.form.certainty is Certainty.CERTAIN


@pytest.mark.parametrize("land", WITH_RULES)
def test_every_value_has_norm_source_state_certainty_and_a_german_sentence(land: str) -> None:
    for rules in rules_of(land):
        found = list(values_in(rules))
        assert [name for name, _ in found] == list(value_types())
        for name, value in found:
            assert value.norm, name
            assert len(value.source) > 5, name
            assert date(2026, 1, 1) <= value.as_of, name
            assert value.certainty in Certainty, name
            assert value.wording.endswith("."), name
            assert value.wording[0].isupper(), name


@pytest.mark.parametrize("land", WITH_RULES)
def test_what_is_only_common_knowledge_is_never_called_certain(land: str) -> None:
    for rules in rules_of(land):
        for name, value in values_in(rules):
            if "Kenntnisstand" in value.source or "zu prüfen" in value.source:
                assert value.certainty is not Certainty.CERTAIN, name


@pytest.mark.parametrize("land", WITH_RULES)
def test_only_a_certain_value_may_block(land: str) -> None:
    for rules in rules_of(land):
        for name, value in values_in(rules):
            blocks = value.severity is Severity.BLOCK
            assert blocks == (value.certainty is Certainty.CERTAIN), name


def test_rules_are_frozen() -> None:
    rules: Rules = rules_for("ST", date(2017, 4, 19))
    with pytest.raises(dataclasses.FrozenInstanceError):
        rules.land = "BY"  # type: ignore[misc]  # the assignment is the test


@pytest.mark.parametrize("key", ["norm", "source", "as_of", "certainty", "wording"])
def test_a_value_without_its_proof_is_refused(key: str) -> None:
    lines = text_of("BY").splitlines()
    start = lines.index("[version.majority.tie]")
    missing = next(i for i in range(start, len(lines)) if lines[i].startswith(f"{key} ="))
    del lines[missing]
    with pytest.raises(RulesFileError, match=f"tie.*{key}"):
        read_rules("BY", "\n".join(lines))


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('value = "rejected"', 'value = "accepted"'),
        ("value = 30", "value = true"),
        ("value = 30", "value = -1"),
        ("value = 30", "value = 30\nvalid_until = 2026-01-01"),
        ("value = 30", 'value = "dreißig"'),
        ("value = false", "value = 0"),
        ('value = ["chair", "clerk"]', 'value = ["chair", "mayor"]'),
        ('value = ["chair", "clerk"]', "value = []"),
        ('certainty = "unsure"', 'certainty = "sicher"'),
        ("[version.majority.tie]", "[version.majority.ties]"),
        ("[version.minutes.sign]", "[version.signing.sign]"),
        ("valid_from = 2014-07-01", 'valid_from = "2014-07-01"'),
        ("valid_from = 2014-07-01", "valid_from = 2019-07-01"),
        ("valid_from = 2014-07-01", "valid_from = 2014-07-01T00:00:00"),
        ('law = "KVG LSA"', 'law = ""'),
        ("as_of = 2026-11-01", "as_of = 2026"),
        ("left_to_local = true", "left_to_local = false"),
        ("[[version]]", "[[versions]]"),
        ("[[version]]", "[[version"),
    ],
)
def test_a_faulty_file_is_refused_rather_than_half_read(good: str, bad: str) -> None:
    text = text_of("ST")
    assert good in text
    with pytest.raises(RulesFileError):
        read_rules("ST", text.replace(good, bad))


def test_a_value_is_laid_over_whole_so_that_no_old_proof_stays_under_a_new_value() -> None:
    base = {"notice": {"days": {"value": 7, "norm": "old", "source": "s"}, "form": {"norm": "f"}}}
    before = copy.deepcopy(base)
    changes = {"notice": {"days": {"value": 9, "norm": "new"}}}
    assert overlay(base, changes) == {
        "notice": {"days": {"value": 9, "norm": "new"}, "form": {"norm": "f"}}
    }
    assert base == before
