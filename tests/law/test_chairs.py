"""The chairs of committees, chosen in turn by the highest quotients."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitzungsdienst.law.chairs import chair_order, chair_order_by_rules
from sitzungsdienst.law.rules import rules_for
from sitzungsdienst.law.seats import SettledBy, WrongLotError, allocate
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.law.values import ImpossibleNumbersError

NOW = date(2026, 11, 23)
HERZLAKE = {"CDU": 11, "SPD": 2, "UWG": 2}


def test_vector_27_the_three_chairs_of_herzlake_all_go_to_the_cdu() -> None:
    assert chair_order(HERZLAKE, 3).picks == ("CDU", "CDU", "CDU")
    by_law = chair_order_by_rules(rules_for("NI", NOW), HERZLAKE, 3)
    assert by_law.picks == ("CDU", "CDU", "CDU")


def test_the_turns_follow_the_quotients() -> None:
    order = chair_order({"A": 20, "B": 13, "C": 7}, 5)
    assert order.picks == ("A", "B", "A", "C", "A")
    assert [turn.at for turn in order.turns] == [20, 13, 10, 7, Fraction(20, 3)]
    assert order.open_turn is None


def test_equal_quotients_need_a_lot_about_the_order_even_with_a_place_for_each() -> None:
    order = chair_order({"A": 10, "B": 5, "C": 1}, 4)
    assert order.picks == ("A", None, None, "A")
    turn = order.open_turn
    assert turn is not None
    assert (turn.first, turn.last, turn.parties, turn.needs_lot) == (2, 3, ("A", "B"), True)
    drawn = order.drawn(["B", "A"], by="Vorsitz")
    assert drawn.picks == ("A", "B", "A", "A")
    (settled,) = drawn.settlements
    assert (settled.how, settled.participants, settled.winners, settled.by) == (
        SettledBy.LOT,
        ("A", "B"),
        ("B", "A"),
        "Vorsitz",
    )


def test_the_last_chair_may_hang_on_a_lot_among_more_than_it_can_serve() -> None:
    order = chair_order({"A": 9, "B": 3, "C": 3}, 4)
    assert order.picks == ("A", "A", None, None)
    turn = order.open_turn
    assert turn is not None
    assert (turn.places, turn.parties) == (2, ("A", "B", "C"))
    assert order.drawn(["C", "B"], by="Landrat").picks == ("A", "A", "C", "B")


@pytest.mark.parametrize(
    ("drawn", "by", "told"),
    [
        (["C"], "Vorsitz", "2 Plätze"),
        (["C", "C"], "Vorsitz", "2 Plätze"),
        (["C", "X"], "Vorsitz", "2 Plätze"),
        (["C", "B"], "", "gezogen"),
    ],
)
def test_a_lot_that_does_not_fit_is_refused(drawn: list[str], by: str, told: str) -> None:
    with pytest.raises(WrongLotError, match=told):
        chair_order({"A": 9, "B": 3, "C": 3}, 4).drawn(drawn, by)


def test_nothing_is_drawn_where_the_order_is_certain() -> None:
    with pytest.raises(WrongLotError, match="nichts zu losen"):
        chair_order(HERZLAKE, 3).drawn(["CDU"], by="Vorsitz")


def test_hare_niemeyer_has_no_order() -> None:
    with pytest.raises(ImpossibleNumbersError, match="keine Reihenfolge"):
        chair_order(HERZLAKE, 3, SeatMethod.HARE_NIEMEYER)


def test_no_chairs_are_an_empty_order() -> None:
    assert chair_order(HERZLAKE, 0).picks == ()


def test_the_chairs_follow_the_land_else_the_body() -> None:
    st_rules = rules_for("ST", NOW)
    assert chair_order_by_rules(st_rules, {"A": 20, "B": 13}, 3).picks == ("A", "B", "A")
    dhondt = chair_order_by_rules(st_rules, {"A": 4, "B": 1}, 2, SeatMethod.SAINTE_LAGUE)
    assert dhondt.turns[1].at == 2
    nw_rules = rules_for("NW", NOW)
    with pytest.raises(ImpossibleNumbersError, match="Hauptsatzung oder Geschäftsordnung"):
        chair_order_by_rules(nw_rules, HERZLAKE, 3)
    local = SeatMethod.SAINTE_LAGUE
    assert chair_order_by_rules(nw_rules, {"A": 5, "B": 2}, 2, local).picks == ("A", "B")


@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=6).filter(any),
    st.integers(0, 20),
    st.sampled_from([SeatMethod.DHONDT, SeatMethod.SAINTE_LAGUE]),
)
def test_the_turns_together_are_the_seats_of_the_same_method(
    numbers: list[int], count: int, method: SeatMethod
) -> None:
    strengths = {f"P{index}": number for index, number in enumerate(numbers)}
    order = chair_order(strengths, count, method)
    assert sum(turn.places for turn in order.turns) == count
    won = dict.fromkeys(strengths, 0)
    for turn in order.turns:
        if len(turn.parties) == turn.places:
            for party in turn.parties:
                won[party] += 1
    assert won == allocate(method, strengths, count).seats
