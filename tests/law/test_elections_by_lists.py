"""Elections by lists: one list of all, else seats in proportion to the votes."""

from datetime import date

import pytest

from sitzungsdienst.law.ballots import Counts
from sitzungsdienst.law.list_elections import elect_by_lists, judge_single_list
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.law.values import ImpossibleNumbersError, Severity

NOW = date(2026, 11, 23)


def rules(land: str) -> Rules:
    return rules_for(land, NOW)


def test_in_nw_the_votes_for_lists_count_and_not_the_size_of_the_groups() -> None:
    found = elect_by_lists(rules("NW"), {"A": 32, "B": 6}, 11)
    assert found.allocation.method is SeatMethod.HARE_NIEMEYER
    assert found.allocation.seats == {"A": 9, "B": 2}
    assert found.findings == ()


def test_in_hesse_similar_unpaid_posts_are_shared_out_by_hare_niemeyer() -> None:
    found = elect_by_lists(rules("HE"), {"A": 20, "B": 11, "C": 6}, 6)
    assert found.allocation.method is SeatMethod.HARE_NIEMEYER
    assert found.allocation.seats == {"A": 3, "B": 2, "C": 1}


def test_in_bw_lists_are_counted_by_sainte_lague() -> None:
    found = elect_by_lists(rules("BW"), {"A": 14, "B": 9, "C": 3}, 7)
    assert found.allocation.method is SeatMethod.SAINTE_LAGUE


def test_in_bavaria_the_method_comes_from_the_body() -> None:
    with pytest.raises(ImpossibleNumbersError, match="Geschäftsordnung"):
        elect_by_lists(rules("BY"), {"A": 14, "B": 9}, 7)
    found = elect_by_lists(rules("BY"), {"A": 14, "B": 9}, 7, local=SeatMethod.DHONDT)
    assert found.allocation.seats == {"A": 4, "B": 3}


def test_where_the_size_of_the_groups_counts_votes_for_lists_are_questioned() -> None:
    (found,) = elect_by_lists(rules("BB"), {"A": 14, "B": 9}, 7).findings
    assert found.norm == "§ 41 BbgKVerf"
    assert "Fraktionen" in found.message
    assert elect_by_lists(rules("HE"), {"A": 14, "B": 9}, 7).findings == ()


def test_seats_without_a_name_on_the_list_are_told() -> None:
    found = elect_by_lists(rules("NW"), {"A": 32, "B": 6}, 11, names_on={"A": 7, "B": 2})
    assert found.unfilled == (("A", 2),)
    assert "„A“ entfallen 2 Sitze mehr" in found.findings[0].message


@pytest.mark.parametrize("land", ["NW", "HE"])
def test_one_list_of_all_needs_nobody_against_it_and_suffers_abstentions(land: str) -> None:
    found = judge_single_list(rules(land), Counts(30, 0, 7))
    assert found.accepted
    assert "einstimmig angenommen" in found.sentence
    rejected = judge_single_list(rules(land), Counts(30, 1, 0))
    assert not rejected.accepted
    assert rejected.norm == rules(land).seats.basis.norm
    assert (found.severity, rejected.severity) == (Severity.WARN, Severity.BLOCK)
    assert not judge_single_list(rules(land), Counts(0, 0, 7)).accepted


def test_a_list_nobody_voted_on_is_refused() -> None:
    with pytest.raises(ImpossibleNumbersError, match="nicht abgestimmt"):
        judge_single_list(rules("NW"), Counts(0, 0, 0))
