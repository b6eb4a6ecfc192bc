"""Qualified majorities and the number they are counted among."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitzungsdienst.law.ballots import Counts
from sitzungsdienst.law.majorities import (
    Heads,
    at_least,
    chair_removal,
    charter_majority,
    needed_votes,
    qualified_majority,
)
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.tree import Denominator, Quota
from sitzungsdienst.law.values import ImpossibleNumbersError

seeded = settings(derandomize=True, database=None, deadline=None)
TWO_THIRDS = Fraction(2, 3)


def rules(land: str, day: date = date(2026, 11, 23)) -> Rules:
    return rules_for(land, day)


def more_than_half(of: Denominator) -> Quota:
    return Quota(Fraction(1, 2), more_than=True, of=of)


@pytest.mark.parametrize(("yes", "reached"), [(27, False), (28, True)])
def test_in_st_a_charter_needs_28_of_55_members_however_few_are_there(
    yes: int, reached: bool
) -> None:
    found = charter_majority(Counts(yes, 0, 0), rules("ST"), Heads(members=55))
    assert found is not None
    assert (found.reached, found.needed, found.among) == (reached, 28, 55)
    assert found.norm == "§ 10 KVG LSA"


def test_in_nw_a_charter_counts_the_statutory_number_and_in_bw_all_members() -> None:
    heads = Heads(statutory=40, members=38)
    nw = charter_majority(Counts(20, 0, 0), rules("NW"), heads)
    bw = charter_majority(Counts(20, 0, 0), rules("BW"), heads)
    assert nw is not None
    assert bw is not None
    assert (nw.reached, nw.needed) == (False, 21)
    assert (bw.reached, bw.needed) == (True, 20)


@pytest.mark.parametrize("land", ["BY", "NI", "BB"])
def test_where_the_quota_is_not_known_nothing_is_claimed(land: str) -> None:
    assert charter_majority(Counts(20, 0, 0), rules(land), Heads(40, 40, 40)) is None


def test_in_he_two_thirds_of_the_statutory_number_remove_the_chair() -> None:
    found = chair_removal(Counts(25, 12, 0), rules("HE"), Heads(statutory=37))
    assert found is not None
    assert (found.reached, found.needed) == (True, 25)
    assert found.sentence == (
        "Die nötige Mehrheit (mindestens 2/3 der gesetzlichen Mitgliederzahl) ist erreicht: "
        "25 Ja bei 37; nötig sind 25."
    )


def test_the_same_votes_pass_or_fail_by_what_they_are_counted_among() -> None:
    counts, heads = Counts(20, 5, 4, invalid=1), Heads(statutory=45, members=41, present=31)
    among = {of: qualified_majority(counts, at_least(TWO_THIRDS, of), heads) for of in Denominator}
    assert {of: found.among for of, found in among.items()} == {
        Denominator.STATUTORY: 45,
        Denominator.MEMBERS: 41,
        Denominator.PRESENT_ENTITLED: 31,
        Denominator.CAST: 30,
        Denominator.VALID: 25,
        Denominator.YES_AND_NO: 25,
    }
    assert [of for of, found in among.items() if found.reached] == [
        Denominator.CAST,
        Denominator.VALID,
        Denominator.YES_AND_NO,
    ]


def test_more_than_half_is_passed_and_at_least_half_only_reached() -> None:
    half = at_least(Fraction(1, 2), Denominator.MEMBERS)
    assert needed_votes(more_than_half(Denominator.MEMBERS), 40) == 21
    assert needed_votes(half, 40) == 20
    assert needed_votes(half, 41) == 21
    assert needed_votes(at_least(TWO_THIRDS, Denominator.MEMBERS), 40) == 27


def test_nobody_voting_reaches_no_majority() -> None:
    quota = at_least(TWO_THIRDS, Denominator.YES_AND_NO)
    assert not qualified_majority(Counts(0, 0, 3), quota, Heads()).reached


@pytest.mark.parametrize("heads", [Heads(), Heads(members=0), Heads(members=24)])
def test_a_missing_or_impossible_number_is_refused(heads: Heads) -> None:
    with pytest.raises(ImpossibleNumbersError, match="Zahl der Mitglieder"):
        qualified_majority(Counts(20, 5, 0), more_than_half(Denominator.MEMBERS), heads)


@seeded
@given(members=st.integers(1, 300), above=st.integers(1, 10), below=st.integers(1, 10))
def test_the_needed_number_is_the_smallest_that_reaches_the_share(
    members: int, above: int, below: int
) -> None:
    share = Fraction(min(above, below), max(above, below))
    merely = needed_votes(at_least(share, Denominator.MEMBERS), members)
    assert Fraction(merely, members) >= share > Fraction(merely - 1, members)
    passed = needed_votes(Quota(share, more_than=True, of=Denominator.MEMBERS), members)
    assert Fraction(passed, members) > share >= Fraction(passed - 1, members)
