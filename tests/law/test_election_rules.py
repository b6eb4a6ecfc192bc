"""Elections: who votes and how, and which numbers no round can have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitzungsdienst.law.election_checks import candidate_may_vote, check_round, election_form
from sitzungsdienst.law.election_rounds import judge_round
from sitzungsdienst.law.elections import (
    ElectionOutcome,
    RoundCount,
)
from sitzungsdienst.law.seats import WrongLotError
from sitzungsdienst.law.values import ImpossibleNumbersError, Severity
from tests.support.polls import ALL_SEVEN, counted, judge, rules

# --- Who votes, and how


@pytest.mark.parametrize("land", ["ST", "BY"])
def test_vector_25_a_candidate_votes_in_its_own_election(land: str) -> None:
    assert candidate_may_vote(rules(land)) is True


def test_vector_25_where_nobody_has_looked_it_up_nothing_is_claimed() -> None:
    assert candidate_may_vote(rules("NW")) is None


def test_each_land_says_how_an_election_is_held() -> None:
    told = {land: election_form(rules(land)) for land in ALL_SEVEN}
    assert {land: form.secret for land, form in told.items()} == {
        "ST": False,
        "BY": True,
        "NW": False,
        "NI": False,
        "BW": False,
        "HE": False,
        "BB": True,
    }
    assert all(election_form(rules(land), objected=True).secret for land in ALL_SEVEN)
    assert told["BY"].severity is Severity.BLOCK
    assert told["BY"].norm == "Art. 51 Abs. 3 GO"


def test_only_a_unanimous_resolution_opens_an_election_in_brandenburg() -> None:
    assert not election_form(rules("BB"), agreed_unanimously=True).secret
    assert election_form(rules("BY"), agreed_unanimously=True).secret
    assert election_form(rules("ST"), objected=True, agreed_unanimously=True).secret


def test_in_ni_a_single_proposal_is_elected_by_acclamation_unless_a_member_wants_secrecy() -> None:
    assert "Zuruf" in election_form(rules("NI"), candidates=1).sentence
    assert "schriftlich" in election_form(rules("NI")).sentence
    assert "verlangt es" in election_form(rules("NI"), candidates=1, objected=True).sentence


# --- Numbers and order


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (counted({}, no=3), "niemand zur Wahl"),
        (counted({"A": -1}, present=3), "-1 ist nicht möglich"),
        (counted({"A": 3}, no=-1), "Nein-Stimmen"),
        (counted({"A": 1000}, members=2000), "bis 999"),
        (counted({"A": 3}, members=2), "mehr als die 2 Mitglieder"),
        (counted({"A": 0}, present=5), "keine einzige Stimme"),
        (counted({"A": 5, "B": 1}, present=5), "1 zu viel"),
        (counted({"A": 5}, cast=6, present=6), "Abgegeben sind 6"),
        (counted({"A": 5}, round_no=2), "fehlt der Wahlgang davor"),
    ],
)
def test_numbers_no_round_can_have_are_refused(count: RoundCount, told: str) -> None:
    findings = check_round(rules("ST"), count)
    assert findings[0].severity is Severity.BLOCK
    with pytest.raises(ImpossibleNumbersError, match=told):
        judge_round(rules("ST"), count)


def test_a_round_that_fits_raises_no_finding() -> None:
    assert check_round(rules("ST"), counted({"A": 5}, no=2, cast=7)) == ()


def test_a_further_round_needs_the_lot_and_its_place_in_the_count() -> None:
    _, first = judge("BY", counted({"A": 12, "B": 20, "C": 12}))
    with pytest.raises(ImpossibleNumbersError, match="noch zu losen"):
        judge("BY", counted({"A": 12, "B": 20}, round_no=2), first)
    _, first = judge("BY", counted({"A": 18, "B": 17, "C": 10}))
    with pytest.raises(ImpossibleNumbersError, match="folgt Wahlgang 2"):
        judge("BY", counted({"A": 12, "B": 20}, round_no=3), first)


def test_a_new_name_in_a_second_round_of_most_votes_only_warns() -> None:
    _, first = judge("ST", counted({"A": 22, "B": 20}, abstentions=7))
    outcome, second = judge("ST", counted({"A": 22, "C": 27}, round_no=2), first)
    assert (outcome, second.elected) == (ElectionOutcome.ELECTED, "C")
    assert "C steht in diesem Wahlgang nicht zur Wahl" in second.findings[0].message


def test_a_second_round_without_any_vote_elects_nobody_even_by_lot() -> None:
    _, first = judge("ST", counted({"A": 2, "B": 2}, abstentions=7))
    outcome, _ = judge("ST", counted({"A": 0, "B": 0}, abstentions=11, round_no=2), first)
    assert outcome is ElectionOutcome.NOT_ELECTED


def test_a_lot_nobody_asked_for_and_a_lot_without_a_drawer_are_refused() -> None:
    _, first = judge("ST", counted({"A": 22, "B": 20}, abstentions=7))
    with pytest.raises(WrongLotError, match="nichts zu losen"):
        first.drawn(["A"], by="Vorsitz")
    _, second = judge("ST", counted({"A": 22, "B": 22}, abstentions=5, round_no=2), first)
    with pytest.raises(WrongLotError, match="gezogen"):
        second.drawn(["A"], by=" ")
    with pytest.raises(WrongLotError, match="1 von A und B"):
        second.drawn(["C"], by="Vorsitz")


some_votes = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 20), min_size=1, max_size=5)


few = st.integers(0, 12)


@given(st.sampled_from(ALL_SEVEN), some_votes, few, few, few)
def test_who_is_elected_in_a_first_round_has_more_than_half_and_nobody_has_more(
    land: str, votes: dict[str, int], no: int, abstentions: int, invalid: int
) -> None:
    if not sum(votes.values()) + no + abstentions + invalid:
        return
    count = counted(votes, members=200, no=no, abstentions=abstentions, invalid=invalid)
    found = judge_round(rules(land), count)
    if found.outcome is ElectionOutcome.ELECTED:
        assert found.elected is not None
        assert 2 * votes[found.elected] > found.base
        assert votes[found.elected] == max(votes.values())
    assert (found.lot is not None) == (found.outcome is ElectionOutcome.LOT)
    assert (found.elected is not None) == (found.outcome is ElectionOutcome.ELECTED)
    assert set(found.standing) <= set(votes)


@given(st.sampled_from(ALL_SEVEN), some_votes, few, few)
def test_the_order_of_the_candidates_decides_nothing(
    land: str, votes: dict[str, int], no: int, abstentions: int
) -> None:
    if not sum(votes.values()) + no + abstentions:
        return
    other = dict(reversed(votes.items()))
    first, second = (
        judge_round(rules(land), counted(names, members=200, no=no, abstentions=abstentions))
        for names in (votes, other)
    )
    assert (first.outcome, first.elected) == (second.outcome, second.elected)
    assert set(first.standing) == set(second.standing)
    if first.lot is not None and second.lot is not None:
        assert set(first.lot.participants) == set(second.lot.participants)
