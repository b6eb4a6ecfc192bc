"""What the law of the day and a plain look say to a distribution of seats."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.seat_checks import (
    allocate_by_rules,
    check_published,
    methods_without_over_rounding,
    over_rounded,
    seat_findings,
    seat_method,
    tie_finding,
    without_seat,
)
from sitzungsdienst.law.seat_texts import allocation_sentence, exact_text, worked
from sitzungsdienst.law.seats import allocate
from sitzungsdienst.law.tree import SeatMethod, SeatTie
from sitzungsdienst.law.values import Certainty, ImpossibleNumbersError, Severity

HN, DH, SL = SeatMethod.HARE_NIEMEYER, SeatMethod.DHONDT, SeatMethod.SAINTE_LAGUE
NOW = date(2026, 11, 23)
HERZLAKE = {"CDU": 11, "SPD": 2, "UWG": 2}
# Of 12 seats the quota of A is 7.5; by d'Hondt A has 9, one more than rounded up.
LOPSIDED = {"A": 10, "B": 2, "C": 2, "D": 2}
BURGEBRACH = {
    "CSU": 21_170,
    "ÜCW": 11_685,
    "WOG": 8_742,
    "ADL": 6_310,
    "WOHT": 6_181,
    "CWG": 4_460,
    "WGG": 4_045,
    "WU": 2_946,
}


def on(land: str, day: date = NOW) -> Rules:
    return rules_for(land, day)


@pytest.mark.parametrize(
    ("day", "method", "expected"),
    [
        (date(2021, 10, 31), HN, {"CDU": 4, "SPD": 1, "UWG": 1}),
        (date(2026, 10, 31), DH, {"CDU": 5, "SPD": 0, "UWG": 0}),
        (date(2026, 11, 1), SL, {"CDU": 4, "SPD": 1, "UWG": 1}),
    ],
)
def test_vector_37_lower_saxony_changes_its_method_with_the_day_of_the_meeting(
    day: date, method: SeatMethod, expected: dict[str, int]
) -> None:
    rules = on("NI", day)
    assert seat_method(rules) is method
    assert allocate_by_rules(rules, HERZLAKE, 6).seats == expected


def test_the_method_of_the_land_goes_before_that_of_the_body() -> None:
    assert seat_method(on("NI"), local=DH) is SL


def test_vector_37_the_method_of_the_day_before_is_found_wrong() -> None:
    found = seat_findings(on("NI", date(2026, 11, 1)), allocate(DH, HERZLAKE, 6))
    assert "Sainte-Laguë/Schepers" in found[0].message
    assert found[0].norm == on("NI").seats.method.norm
    assert seat_findings(on("NI", date(2026, 10, 31)), allocate(DH, HERZLAKE, 6)) == ()


def test_vector_38_hesse_distributes_by_hare_niemeyer_after_the_election_of_march_2026() -> None:
    rules = on("HE", date(2026, 3, 15))
    assert seat_method(rules) is HN
    (found,) = seat_findings(rules, allocate(DH, {"A": 500, "B": 120}, 11))
    assert found.severity is Severity.BLOCK
    assert "Hare-Niemeyer" in found.message


def test_bavaria_leaves_the_method_to_the_body_and_asks_for_it() -> None:
    rules = on("BY")
    assert seat_method(rules) is None
    assert seat_method(rules, local=SL) is SL
    with pytest.raises(ImpossibleNumbersError, match="Geschäftsordnung"):
        allocate_by_rules(rules, HERZLAKE, 6)
    assert allocate_by_rules(rules, HERZLAKE, 6, local=SL).seats["CDU"] == 4
    assert seat_findings(rules, allocate(SL, HERZLAKE, 6)) == ()


def test_a_method_that_is_not_allowed_is_told_with_those_that_are() -> None:
    rules = on("BY")
    only = replace(rules.seats, allowed=replace(rules.seats.allowed, value=(HN, SL)))
    (found,) = seat_findings(replace(rules, seats=only), allocate(DH, HERZLAKE, 6))
    assert "möglich sind Hare-Niemeyer, Sainte-Laguë/Schepers" in found.message
    assert found.severity is rules.seats.allowed.severity


def test_over_rounding_by_dhondt_is_told_with_the_methods_that_avoid_it() -> None:
    allocation = allocate(DH, LOPSIDED, 12)
    (over,) = over_rounded(allocation)
    assert (over.party, over.quota, over.most, over.seats) == ("A", "7,5", 8, 9)
    assert over.certain
    assert methods_without_over_rounding(LOPSIDED, 12) == (HN, SL)
    (found,) = seat_findings(on("BY"), allocation)
    assert found.severity is Severity.BLOCK
    assert "A erhält 9 (Quote 7,5, aufgerundet 8)" in found.message
    assert "nach Hare-Niemeyer oder Sainte-Laguë/Schepers" in found.message


def test_over_rounding_is_no_breach_where_no_allowed_method_avoids_it() -> None:
    rules = on("BY")
    only = replace(rules.seats, allowed=replace(rules.seats.allowed, value=(DH,)))
    assert seat_findings(replace(rules, seats=only), allocate(DH, LOPSIDED, 12)) == ()


def test_only_methods_that_avoid_over_rounding_are_named() -> None:
    strengths = {"A": 10, "B": 2, "C": 2, "D": 2, "E": 2, "F": 2}
    assert methods_without_over_rounding(strengths, 12) == (HN,)
    (found,) = seat_findings(on("BY"), allocate(DH, strengths, 12))
    assert "nach Hare-Niemeyer; das vermeidet sie" in found.message


def test_over_rounding_that_hangs_on_a_lot_only_warns() -> None:
    allocation = allocate(DH, LOPSIDED, 6)
    (over,) = over_rounded(allocation)
    assert (over.party, over.most, over.seats, over.certain) == ("A", 4, 5, False)
    (found,) = seat_findings(on("BY"), allocation)
    assert found.severity is Severity.WARN
    assert "A kann durch Los 5 erhalten" in found.message


def test_dhondt_without_over_rounding_is_free_in_bavaria() -> None:
    assert over_rounded(allocate(DH, HERZLAKE, 6)) == ()
    assert seat_findings(on("BY"), allocate(DH, HERZLAKE, 6)) == ()


def test_a_majority_without_more_than_half_of_the_seats_is_told_in_brandenburg() -> None:
    group = {"A+C": 18, "B": 9, "D": 4}
    (found,) = seat_findings(on("BB"), allocate(HN, group, 6))
    assert "Mehrheitsklausel" in found.message
    assert found.norm == on("BB").seats.majority_clause.norm
    assert seat_findings(on("BB"), allocate_by_rules(on("BB"), group, 6)) == ()
    assert allocate_by_rules(on("BB"), group, 6).seats == {"A+C": 4, "B": 1, "D": 1}
    assert allocate_by_rules(on("BB"), group, 6, body_members=36).lifted is None


def test_exactly_half_is_no_majority_for_the_clause() -> None:
    assert seat_findings(on("BB"), allocate(HN, {"A": 10, "B": 10}, 4)) == ()


def test_as_many_seats_as_members_are_nothing_to_tell() -> None:
    assert seat_findings(on("ST"), allocate(HN, {"A": 4, "B": 2}, 6)) == ()


def test_more_seats_than_members_are_told_where_groups_are_counted() -> None:
    (found,) = seat_findings(on("ST"), allocate(HN, {"A": 2, "B": 1}, 6))
    assert "Mehr Sitze als Mitglieder: A, B" in found.message
    assert found.severity is Severity.WARN
    assert seat_findings(on("NW"), allocate(HN, {"A": 2, "B": 1}, 6)) == ()


@pytest.mark.parametrize(
    ("land", "words"),
    [
        ("NI", "entscheidet das Los"),
        ("BB", "können sich einigen, sonst entscheidet das Los"),
        ("BY", "steht in der Geschäftsordnung"),
    ],
)
def test_each_land_says_how_a_tie_is_settled(land: str, words: str) -> None:
    found = tie_finding(on(land), allocate(DH, HERZLAKE, 6))
    assert found is not None
    assert words in found.message
    assert "SPD und UWG" in found.message
    assert tie_finding(on(land), allocate(HN, HERZLAKE, 6)) is None


def test_every_way_to_settle_a_tie_has_its_sentence() -> None:
    rules = on("NI")
    for way in SeatTie:
        tie = replace(rules.seats.tie, value=way)
        changed = replace(rules, seats=replace(rules.seats, tie=tie))
        assert tie_finding(changed, allocate(DH, HERZLAKE, 6)) is not None


def test_a_group_without_a_seat_may_claim_an_advisory_one() -> None:
    found = allocate(HN, {"A": 20, "B": 9, "C": 1, "D": 0}, 5)
    assert without_seat(found) == ("C",)
    assert without_seat(allocate(DH, HERZLAKE, 6)) == ()
    assert without_seat(allocate(DH, HERZLAKE, 6).drawn(["SPD"], by="Vorsitz")) == ("UWG",)


def test_vector_43_a_press_list_that_swaps_two_names_is_told_by_name() -> None:
    allocation = allocate(SL, BURGEBRACH, 20)
    press = {**allocation.seats, "ÜCW": 3, "WOG": 4}
    (found,) = check_published(allocation, press)
    assert found.severity is Severity.WARN
    assert "ÜCW und WOG vertauscht" in found.message
    assert "erhält ÜCW 4 und WOG 3" in found.message
    assert check_published(allocation, allocation.seats) == ()


def test_a_published_number_that_differs_is_told_and_so_is_a_wrong_sum() -> None:
    allocation = allocate(HN, HERZLAKE, 6)
    differing, total = check_published(allocation, {"CDU": 5, "SPD": 1, "UWG": 1})
    assert "CDU: veröffentlicht 5, nach den Zahlen 4" in differing.message
    assert "vergibt 7 Sitze, zu vergeben sind 6" in total.message


def test_a_published_list_with_other_names_is_told() -> None:
    (found,) = check_published(allocate(HN, HERZLAKE, 6), {"CDU": 4, "SPD": 1, "FDP": 1})
    assert "FDP, UWG" in found.message


def test_a_seat_by_lot_may_be_published_with_either_party() -> None:
    allocation = allocate(DH, HERZLAKE, 6)
    assert check_published(allocation, {"CDU": 5, "SPD": 1, "UWG": 0}) == ()
    assert check_published(allocation, {"CDU": 5, "SPD": 0, "UWG": 1}) == ()
    assert check_published(allocation, {"CDU": 5, "SPD": 0, "UWG": 0}) != ()
    assert check_published(allocation, {"CDU": 4, "SPD": 1, "UWG": 1}) != ()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(22, 5), "4,4"),
        (Fraction(4, 5), "0,8"),
        (Fraction(4), "4"),
        (Fraction(0), "0"),
        (Fraction(108, 31), "3 15/31"),
        (Fraction(24, 31), "24/31"),
        (Fraction(1, 8), "0,125"),
        (Fraction(10), "10"),
        (Fraction(-1, 2), "-0,5"),
    ],
)
def test_numbers_are_told_exactly(number: Fraction, text: str) -> None:
    assert exact_text(number) == text


def test_vector_27_the_quotas_of_herzlake_are_shown_as_published() -> None:
    rows = worked(allocate(HN, HERZLAKE, 6))
    assert [row.quota for row in rows] == ["4,4", "0,8", "0,8"]
    assert [(row.whole, row.remainder, row.seats) for row in rows] == [
        (4, "0,4", 4),
        (0, "0,8", 1),
        (0, "0,8", 1),
    ]
    assert rows[0].quotients == ()


def test_vector_33_the_quotients_of_lauf_show_1225_and_a_seventh_of_the_second() -> None:
    rows = worked(allocate(SL, {"A": 10_648, "B": 8_578, "C": 6_531}, 14))
    by_seven = rows[1].quotients[3]
    assert (by_seven.divisor, by_seven.text, by_seven.seat) == (7, "1225 3/7", True)


def test_the_table_marks_who_waits_for_a_lot() -> None:
    rows = worked(allocate(DH, HERZLAKE, 6))
    assert [row.tied for row in rows] == [False, True, True]
    assert [quotient.text for quotient in rows[0].quotients] == [
        "11",
        "5,5",
        "3 2/3",
        "2,75",
        "2,2",
        "1 5/6",
    ]
    assert [quotient.seat for quotient in rows[0].quotients] == [True] * 5 + [False]
    (first,) = rows[1].quotients
    assert (first.text, first.seat, first.tied) == ("2", False, True)
    one_each, waiting = worked(allocate(DH, {"A": 2, "B": 2}, 3))[0].quotients
    assert (one_each.seat, one_each.tied) == (True, False)
    assert (waiting.seat, waiting.tied) == (False, True)


def test_the_distribution_is_told_in_a_sentence_with_its_lot() -> None:
    open_lot = allocate(DH, HERZLAKE, 6)
    assert allocation_sentence(open_lot) == (
        "Verteilung von 6 Sitzen nach d'Hondt: CDU 5, SPD 0, UWG 0. "
        "Über einen Sitz entscheidet das Los zwischen SPD und UWG."
    )
    assert allocation_sentence(open_lot.drawn(["UWG"], by="Vorsitz")) == (
        "Verteilung von 6 Sitzen nach d'Hondt: CDU 5, SPD 0, UWG 1. "
        "Zwischen SPD und UWG ist durch Los entschieden: UWG (Vorsitz)."
    )
    lifted = allocate(HN, {"A": 18, "B": 9, "C": 4}, 6, majority_clause=True)
    assert "A erhält als Mehrheit mehr als die Hälfte der Sitze" in allocation_sentence(lifted)
    assert "von einem Sitz nach" in allocation_sentence(allocate(HN, {"A": 1}, 1))


def test_an_unsure_method_only_warns() -> None:
    rules = on("HE")
    unsure = replace(rules.seats.method, certainty=Certainty.UNSURE)
    changed = replace(rules, seats=replace(rules.seats, method=unsure))
    (found,) = seat_findings(changed, allocate(DH, {"A": 500, "B": 120}, 11))
    assert found.severity is Severity.WARN
