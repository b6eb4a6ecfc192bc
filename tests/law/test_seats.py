"""Seats: three methods, exact to the fraction, and ties left to people."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitzungsdienst.law.seat_methods import (
    DIVISORS,
    LARGEST_SEATS,
    Apportioned,
    apportion,
    checked_strengths,
    dhondt_divisor,
    hand_out,
    highest_quotients,
    largest_remainders,
    quota,
    sainte_lague_divisor,
    turns,
)
from sitzungsdienst.law.seats import (
    Allocation,
    SettledBy,
    Settlement,
    WrongLotError,
    allocate,
    and_list,
)
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.law.values import ImpossibleNumbersError

HN, DH, SL = SeatMethod.HARE_NIEMEYER, SeatMethod.DHONDT, SeatMethod.SAINTE_LAGUE

HERZLAKE = {"CDU": 11, "SPD": 2, "UWG": 2}
DISTRICT_M = {
    "CSU": 1_148_754,
    "SPD": 329_380,
    "GRÜNE": 221_782,
    "UWG": 411_161,
    "WGW": 195_424,
    "FDP": 51_961,
    "ÖDP": 94_151,
}

some_strengths = st.lists(st.integers(0, 60), min_size=1, max_size=7).filter(any)
shuffled = some_strengths.flatmap(
    lambda numbers: st.tuples(st.just(numbers), st.permutations(range(len(numbers))))
)
some_seats = st.integers(0, 40)
methods = st.sampled_from(SeatMethod)


def named(numbers: list[int]) -> dict[str, int]:
    return {f"P{index}": number for index, number in enumerate(numbers)}


def seats(allocation: Allocation) -> list[int]:
    assert allocation.complete
    return list(allocation.seats.values())


@pytest.mark.parametrize("method", [HN, SL])
def test_vector_27_herzlake_has_4_1_1_by_hare_niemeyer_and_by_sainte_lague(
    method: SeatMethod,
) -> None:
    assert seats(allocate(method, HERZLAKE, 6)) == [4, 1, 1]


def test_vector_27_herzlake_by_dhondt_has_5_and_a_lot_between_spd_and_uwg() -> None:
    found = allocate(DH, HERZLAKE, 6)
    assert found.seats == {"CDU": 5, "SPD": 0, "UWG": 0}
    assert not found.complete
    assert found.seats_open == 1
    (tie,) = found.ties
    assert (tie.parties, tie.seats_left, tie.at) == (("SPD", "UWG"), 1, Fraction(2))


def test_vector_28_toenisvorst_lists_32_to_6_of_11_seats() -> None:
    lists = {"A": 32, "B": 6}
    assert seats(allocate(DH, lists, 11)) == [10, 1]
    assert seats(allocate(HN, lists, 11)) == [9, 2]
    assert seats(allocate(SL, lists, 11)) == [9, 2]


def test_vector_31_a_district_of_60_differs_by_one_seat_between_the_methods() -> None:
    by_share = [28, 8, 6, 10, 5, 1, 2]
    assert seats(allocate(HN, DISTRICT_M, 60)) == by_share
    assert seats(allocate(SL, DISTRICT_M, 60)) == by_share
    assert seats(allocate(DH, DISTRICT_M, 60)) == [29, 8, 5, 10, 5, 1, 2]


def test_vector_33_lauf_by_sainte_lague_has_6_5_3_of_14() -> None:
    assert seats(allocate(SL, {"A": 10_648, "B": 8_578, "C": 6_531}, 14)) == [6, 5, 3]


def test_vector_35_stade_by_hare_niemeyer_has_2_2_1_1() -> None:
    assert seats(allocate(HN, {"A": 13, "B": 9, "C": 5, "D": 4}, 6)) == [2, 2, 1, 1]


def test_vector_35_stade_as_a_group_has_4_1_1_by_the_majority_clause() -> None:
    group = {"A+C": 18, "B": 9, "D": 4}
    assert seats(allocate(HN, group, 6)) == [3, 2, 1]
    lifted = allocate(HN, group, 6, majority_clause=True)
    assert seats(lifted) == [4, 1, 1]
    assert lifted.lifted == "A+C"


def test_vector_43_burgebrach_by_sainte_lague_has_6_4_3_2_2_1_1_1_of_20() -> None:
    votes = [21_170, 11_685, 8_742, 6_310, 6_181, 4_460, 4_045, 2_946]
    assert seats(allocate(SL, named(votes), 20)) == [6, 4, 3, 2, 2, 1, 1, 1]


def test_one_seat_more_may_cost_a_party_a_seat_by_hare_niemeyer() -> None:
    """A known oddity of the method; it has to come out as the method has it."""
    strengths = {"A": 6, "B": 6, "C": 2}
    assert seats(allocate(HN, strengths, 10)) == [4, 4, 2]
    assert seats(allocate(HN, strengths, 11)) == [5, 5, 1]


def test_equal_remainders_leave_the_last_seat_to_a_lot() -> None:
    found = allocate(HN, {"A": 5, "B": 5, "C": 1}, 3)
    assert found.seats == {"A": 1, "B": 1, "C": 0}
    (tie,) = found.ties
    assert (tie.parties, tie.seats_left, tie.at) == (("A", "B"), 1, Fraction(4, 11))


def test_equal_remainders_with_a_seat_for_each_need_no_lot() -> None:
    assert seats(allocate(HN, {"A": 3, "B": 3, "C": 2}, 2)) == [1, 1, 0]


def test_all_equal_with_one_seat_too_few_is_a_lot_among_all() -> None:
    for method in SeatMethod:
        found = allocate(method, {"A": 4, "B": 4, "C": 4}, 5)
        assert found.seats == {"A": 1, "B": 1, "C": 1}
        assert (found.ties[0].parties, found.ties[0].seats_left) == (("A", "B", "C"), 2)


def test_one_party_takes_every_seat_and_a_group_of_nobody_takes_none() -> None:
    for method in SeatMethod:
        assert seats(allocate(method, {"A": 3, "B": 0}, 7)) == [7, 0]


def test_no_seats_are_no_ties() -> None:
    for method in SeatMethod:
        assert seats(allocate(method, {"A": 1, "B": 1}, 0)) == [0, 0]
        assert seats(allocate(method, {"A": 0}, 0, majority_clause=True)) == [0]


def test_strengths_may_be_pairs_and_keep_their_order() -> None:
    found = allocate(SL, [("B", 1), ("A", 2)], 3)
    assert list(found.seats.items()) == [("B", 1), ("A", 2)]
    assert [share.quota for share in found.shares] == [1, 2]


@pytest.mark.parametrize(
    ("strengths", "places", "told"),
    [
        ([], 3, "niemand eingetragen"),
        ([("A", 1), ("A", 2)], 3, "mehrfach"),
        ([("A", -1), ("B", 2)], 3, "nicht möglich"),
        ([("A", 0), ("B", 0)], 3, "Alle Stärken sind 0"),
        ([("A", 1)], -1, "-1 Sitze"),
        ([("A", 1)], LARGEST_SEATS + 1, "1000 Sitze"),
    ],
)
def test_numbers_that_cannot_be_are_refused_in_german(
    strengths: list[tuple[str, int]], places: int, told: str
) -> None:
    with pytest.raises(ImpossibleNumbersError, match=told):
        allocate(HN, strengths, places)


def test_a_lot_completes_the_seats_and_tells_who_took_part_won_and_drew() -> None:
    done = allocate(DH, HERZLAKE, 6).drawn(["UWG"], by="Vorsitz")
    assert seats(done) == [5, 0, 1]
    assert done.settlements == (Settlement(SettledBy.LOT, ("SPD", "UWG"), ("UWG",), "Vorsitz"),)


def test_an_agreement_is_recorded_as_such() -> None:
    done = allocate(DH, HERZLAKE, 6).agreed(["SPD"], by="Hauptamt")
    assert seats(done) == [5, 1, 0]
    assert done.settlements[0].how is SettledBy.AGREEMENT


@pytest.mark.parametrize(
    ("winners", "by", "told"),
    [
        (["CDU"], "Vorsitz", "nur SPD und UWG"),
        (["SPD", "SPD"], "Vorsitz", "jeweils einmal"),
        ([], "Vorsitz", "angegeben sind 0"),
        (["SPD", "UWG"], "Vorsitz", "angegeben sind 2"),
        (["SPD"], " ", "gezogen"),
    ],
)
def test_a_lot_that_does_not_fit_is_refused(winners: list[str], by: str, told: str) -> None:
    with pytest.raises(WrongLotError, match=told):
        allocate(DH, HERZLAKE, 6).drawn(winners, by)


def test_nothing_is_drawn_where_all_seats_are_certain() -> None:
    certain = allocate(HN, HERZLAKE, 6)
    with pytest.raises(WrongLotError, match="nichts zu losen"):
        certain.drawn(["SPD"], by="Vorsitz")
    with pytest.raises(WrongLotError, match="nichts zu losen"):
        certain.by_election_votes({"SPD": 1, "UWG": 2}, by="Hauptamt")


def test_votes_of_the_election_settle_a_tie_where_local_rules_say_so() -> None:
    done = allocate(DH, HERZLAKE, 6).by_election_votes({"SPD": 900, "UWG": 850}, by="Hauptamt")
    assert seats(done) == [5, 1, 0]
    assert done.settlements[0].how is SettledBy.ELECTION_VOTES


def test_equal_votes_of_the_election_leave_the_lot_to_those_who_are_equal() -> None:
    four = allocate(SL, {"A": 1, "B": 1, "C": 1, "D": 1}, 2)
    part = four.by_election_votes({"A": 9, "B": 5, "C": 5, "D": 1}, by="Hauptamt")
    assert part.seats == {"A": 1, "B": 0, "C": 0, "D": 0}
    assert (part.ties[0].parties, part.ties[0].seats_left) == (("B", "C"), 1)
    assert seats(part.drawn(["C"], by="Vorsitz")) == [1, 0, 1, 0]
    with pytest.raises(WrongLotError, match="Wahlstimmen von B, C und D"):
        four.by_election_votes({"A": 9}, by="Hauptamt")


def test_the_majority_clause_ends_a_tie_that_would_leave_the_majority_to_a_lot() -> None:
    strengths = {"A": 11, "B": 5, "C": 5}
    without = allocate(HN, strengths, 2)
    assert without.seats == {"A": 1, "B": 0, "C": 0}
    found = allocate(HN, strengths, 2, majority_clause=True)
    assert seats(found) == [2, 0, 0]


def test_who_was_lifted_by_the_majority_clause_takes_no_part_in_the_lot_for_the_rest() -> None:
    strengths = {"A": 4, "B": 1, "C": 1}
    assert allocate(HN, strengths, 4).ties[0].parties == ("A", "B", "C")
    found = allocate(HN, strengths, 4, majority_clause=True)
    assert found.seats == {"A": 3, "B": 0, "C": 0}
    assert (found.ties[0].parties, found.ties[0].seats_left) == (("B", "C"), 1)


@pytest.mark.parametrize("method", SeatMethod)
def test_the_majority_clause_needs_more_than_half_of_the_whole_body(method: SeatMethod) -> None:
    half = {"A": 10, "B": 10}
    assert allocate(method, half, 3, majority_clause=True).lifted is None
    slim = {"A": 11, "B": 10}
    assert seats(allocate(method, slim, 2, majority_clause=True)) == [2, 0]
    assert seats(allocate(method, slim, 2)) == [1, 1]
    in_a_larger_body = allocate(method, slim, 2, majority_clause=True, body_members=22)
    assert seats(in_a_larger_body) == [1, 1]
    assert in_a_larger_body.lifted is None
    just_enough = allocate(method, slim, 2, majority_clause=True, body_members=21)
    assert seats(just_enough) == [2, 0]


def test_a_body_smaller_than_its_groups_is_refused() -> None:
    with pytest.raises(ImpossibleNumbersError, match="zusammen 21"):
        allocate(HN, {"A": 11, "B": 10}, 3, majority_clause=True, body_members=20)


def test_the_building_blocks_agree_with_the_whole() -> None:
    assert quota(11, 15, 6) == Fraction(22, 5)
    assert quota(0, 0, 6) == 0
    assert [dhondt_divisor(so_far) for so_far in range(3)] == [1, 2, 3]
    assert [sainte_lague_divisor(so_far) for so_far in range(3)] == [1, 3, 5]
    assert largest_remainders([11, 2, 2], 6) == Apportioned((4, 1, 1))
    tied = Apportioned((5, 0, 0), (1, 2), 1, Fraction(2))
    assert highest_quotients([11, 2, 2], 6, DIVISORS[DH]) == tied
    assert apportion(DH, [11, 2, 2], 6) == tied
    assert [turn.places for turn in turns([4, 2], 3, dhondt_divisor)] == [1, 2]
    assert hand_out([1, 1], [Fraction(1, 3), Fraction(1, 2)], 1, [0]) == Apportioned((2, 1))
    assert checked_strengths({"A": 1}, 1) == (("A", 1),)


def test_names_are_listed_as_german_does() -> None:
    assert [and_list(["A"]), and_list(["A", "B"]), and_list(["A", "B", "C"])] == [
        "A",
        "A und B",
        "A, B und C",
    ]


@given(methods, some_strengths, some_seats, st.booleans())
def test_certain_and_open_seats_are_all_seats(
    method: SeatMethod, numbers: list[int], places: int, clause: bool
) -> None:
    found = allocate(method, named(numbers), places, majority_clause=clause)
    assert sum(found.seats.values()) + found.seats_open == places
    for tie in found.ties:
        assert 0 < tie.seats_left < len(tie.parties)


@given(some_strengths, some_seats)
def test_hare_niemeyer_keeps_every_party_between_its_quota_rounded_down_and_up(
    numbers: list[int], places: int
) -> None:
    found = allocate(HN, named(numbers), places)
    tied = {party for tie in found.ties for party in tie.parties}
    for share in found.shares:
        most = share.seats + (share.party in tied)
        assert int(share.quota) <= share.seats
        assert most - share.quota < 1


@given(some_strengths, some_seats)
def test_dhondt_gives_nobody_less_than_the_quota_rounded_down(
    numbers: list[int], places: int
) -> None:
    found = allocate(DH, named(numbers), places)
    tied = {party for tie in found.ties for party in tie.parties}
    for share in found.shares:
        assert share.seats + (share.party in tied) >= int(share.quota)


@given(methods, shuffled, some_seats)
def test_the_order_of_the_parties_decides_nothing(
    method: SeatMethod, case: tuple[list[int], list[int]], places: int
) -> None:
    numbers, order = case
    pairs = list(named(numbers).items())
    first = allocate(method, pairs, places)
    second = allocate(method, [pairs[index] for index in order], places)
    assert first.seats == second.seats
    assert [set(tie.parties) for tie in first.ties] == [set(tie.parties) for tie in second.ties]


@given(methods, some_strengths, some_seats, st.integers(2, 1000))
def test_strengths_multiplied_alike_give_the_same_seats(
    method: SeatMethod, numbers: list[int], places: int, factor: int
) -> None:
    first = allocate(method, named(numbers), places)
    second = allocate(method, named([number * factor for number in numbers]), places)
    assert first.seats == second.seats
    assert [tie.parties for tie in first.ties] == [tie.parties for tie in second.ties]


@given(methods, some_strengths, some_seats)
def test_the_stronger_never_has_fewer_seats(
    method: SeatMethod, numbers: list[int], places: int
) -> None:
    shares = sorted(
        allocate(method, named(numbers), places).shares, key=lambda share: share.strength
    )
    assert [share.seats for share in shares] == sorted(share.seats for share in shares)


@given(st.sampled_from([DH, SL]), some_strengths, st.integers(0, 39))
def test_by_divisors_one_seat_more_takes_no_seat_away(
    method: SeatMethod, numbers: list[int], places: int
) -> None:
    fewer = allocate(method, named(numbers), places)
    more = allocate(method, named(numbers), places + 1)
    assert all(more.seats[party] >= won for party, won in fewer.seats.items())


@given(methods, some_strengths, st.integers(1, 40))
def test_the_majority_clause_gives_a_majority_more_than_half(
    method: SeatMethod, numbers: list[int], places: int
) -> None:
    found = allocate(method, named(numbers), places, majority_clause=True)
    for share in found.shares:
        if 2 * share.strength > sum(numbers):
            assert 2 * share.seats > places


@given(methods, some_strengths, some_seats)
def test_tied_parties_have_the_same_claim_and_untied_ones_another(
    method: SeatMethod, numbers: list[int], places: int
) -> None:
    found = allocate(method, named(numbers), places)
    for tie in found.ties:
        for share in found.shares:
            divisor = DIVISORS.get(method)
            claim = (
                share.quota - int(share.quota)
                if divisor is None
                else Fraction(share.strength, divisor(share.seats))
            )
            if share.party in tie.parties:
                assert claim == tie.at
            elif divisor is not None:
                assert claim < tie.at
