"""What follows when an excluded member took part."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitzungsdienst.law.ballots import Counts
from sitzungsdienst.law.recusal import (
    Validity,
    could_be_decisive,
    effect_of_taking_part,
    is_excluded,
    months_later,
)
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.values import ImpossibleNumbersError, Severity

RESOLVED = date(2026, 1, 15)
seeded = settings(derandomize=True, database=None, deadline=None)
numbers = st.integers(0, 60)


def rules(land: str) -> Rules:
    return rules_for(land, date(2026, 11, 23))


def test_vector_26_in_he_the_resolution_is_void_at_first_and_healed_after_six_months() -> None:
    law = rules("HE")
    first = effect_of_taking_part(
        law, resolved_on=RESOLVED, today=RESOLVED + timedelta(days=1), decisive=False
    )
    assert first.validity is Validity.VOID
    assert first.finding.severity is Severity.BLOCK
    assert first.cured_after == date(2026, 7, 15)
    last = effect_of_taking_part(law, resolved_on=RESOLVED, today=date(2026, 7, 15), decisive=False)
    assert last.validity is Validity.VOID
    healed = effect_of_taking_part(
        law, resolved_on=RESOLVED, today=date(2026, 7, 16), decisive=False
    )
    assert healed.validity is Validity.CURED
    assert "15.07.2026 geheilt" in healed.finding.message


def test_in_he_an_objection_in_time_keeps_the_resolution_void() -> None:
    found = effect_of_taking_part(
        rules("HE"), resolved_on=RESOLVED, today=date(2027, 1, 1), decisive=False, objected=True
    )
    assert (found.validity, found.cured_after) == (Validity.VOID, None)


@pytest.mark.parametrize(("decisive", "validity"), [(True, Validity.VOID), (False, Validity.VALID)])
def test_in_bavaria_it_is_void_only_when_the_vote_was_decisive(
    decisive: bool, validity: Validity
) -> None:
    found = effect_of_taking_part(
        rules("BY"), resolved_on=RESOLVED, today=RESOLVED, decisive=decisive
    )
    assert found.validity is validity
    assert found.finding.norm == "Art. 49 Abs. 4 GO"


def test_where_nobody_looked_it_up_the_effect_is_unclear_and_only_warns() -> None:
    found = effect_of_taking_part(rules("ST"), resolved_on=RESOLVED, today=RESOLVED, decisive=True)
    assert found.validity is Validity.UNCLEAR
    assert found.finding.severity is Severity.WARN


@pytest.mark.parametrize("land", ["ST", "BY"])
def test_vector_25_who_stands_for_election_votes_too(land: str) -> None:
    assert is_excluded(rules(land), in_election=True) is False
    assert is_excluded(rules(land), in_election=False) is True


def test_for_elections_elsewhere_nothing_is_claimed() -> None:
    assert is_excluded(rules("NW"), in_election=True) is None


@pytest.mark.parametrize(
    ("counts", "took_part", "decisive"),
    [
        (Counts(10, 9, 0), 1, True),
        (Counts(11, 9, 0), 1, False),
        (Counts(11, 9, 0), 2, True),
        (Counts(9, 9, 2), 1, True),
        (Counts(8, 9, 2), 1, False),
        (Counts(8, 9, 2), 2, True),
        (Counts(1, 0, 0), 1, True),
        (Counts(0, 0, 0), 0, False),
    ],
)
def test_a_vote_is_decisive_when_the_result_could_turn_without_it(
    counts: Counts, took_part: int, decisive: bool
) -> None:
    assert could_be_decisive(counts, took_part, rules("BY")) == decisive


def test_more_than_all_who_voted_cannot_have_taken_part() -> None:
    with pytest.raises(ImpossibleNumbersError):
        could_be_decisive(Counts(1, 0, 0), 2, rules("BY"))


@seeded
@given(yes=numbers, no=numbers, took_part=st.integers(1, 5))
def test_the_more_took_part_the_sooner_it_was_decisive(yes: int, no: int, took_part: int) -> None:
    counts = Counts(yes, no, 5)
    law = rules("NW")
    fewer = could_be_decisive(counts, took_part - 1, law)
    assert could_be_decisive(counts, took_part, law) >= fewer


def test_six_months_end_on_the_last_day_of_a_short_month() -> None:
    assert months_later(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_later(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert months_later(date(2026, 7, 1), 6) == date(2027, 1, 1)
