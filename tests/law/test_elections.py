"""Elections of one person, round by round, by the law of each Land."""

from dataclasses import replace

import pytest

from sitzungsdienst.law.election_rounds import judge_round
from sitzungsdienst.law.elections import (
    ElectionLot,
    ElectionOutcome,
    LotFor,
    Stage,
    tally,
)
from sitzungsdienst.law.seats import SettledBy, Settlement, WrongLotError
from sitzungsdienst.law.tree import LotDrawer, SingleCandidate
from sitzungsdienst.law.values import Certainty, ImpossibleNumbersError, Severity
from tests.support.polls import counted, judge, rules

# --- Niedersachsen


def test_vector_17_in_ni_sixteen_of_33_members_elect_nobody_and_a_tie_is_for_the_lot() -> None:
    outcome, first = judge("NI", counted({"A": 16, "B": 14}, members=33))
    assert outcome is ElectionOutcome.NEXT_ROUND
    assert (first.needed, first.base, first.standing) == (17, 33, ("A", "B"))
    second_count = counted({"A": 15, "B": 15}, members=33, round_no=2)
    outcome, second = judge("NI", second_count, first)
    assert outcome is ElectionOutcome.LOT
    assert second.lot == ElectionLot(LotFor.OFFICE, ("A", "B"))
    assert second.needed is None
    assert second.norm == "§ 67 NKomVG"
    assert second.sentence == (
        "Gleich viele Stimmen (15) entfielen auf A und B; "
        "es entscheidet das Los, das der Vorsitz zieht."
    )
    done = second.drawn(["B"], by="Vorsitz")
    assert (done.outcome, done.elected, done.lot) == (ElectionOutcome.ELECTED, "B", None)
    assert done.settlements == (Settlement(SettledBy.LOT, ("A", "B"), ("B",), "Vorsitz"),)
    assert done.sentence == "B ist durch das Los zwischen A und B gewählt (gezogen: Vorsitz)."


def test_in_ni_noes_and_abstentions_of_the_first_round_mean_nothing() -> None:
    outcome, found = judge("NI", counted({"A": 17}, members=33, no=10, abstentions=3))
    assert outcome is ElectionOutcome.ELECTED
    outcome, found = judge("NI", counted({"A": 16}, members=33, no=10))
    assert outcome is ElectionOutcome.NEXT_ROUND
    assert found.standing == ("A",)
    outcome, found = judge("NI", counted({"A": 12}, members=33, no=15, round_no=2), found)
    assert (outcome, found.elected) == (ElectionOutcome.ELECTED, "A")


# --- Sachsen-Anhalt


def test_vector_19_in_st_abstentions_keep_the_first_round_open_and_most_votes_win_the_next() -> (
    None
):
    outcome, first = judge("ST", counted({"A": 22, "B": 20}, abstentions=7))
    assert outcome is ElectionOutcome.NEXT_ROUND
    assert (first.needed, first.base) == (25, 49)
    assert first.sentence == (
        "Niemand ist gewählt: nötig ist mehr als die Hälfte der 49 anwesenden "
        "Stimmberechtigten, also 25; A erhielt 22. "
        "Es folgt ein zweiter Wahlgang; gewählt ist, wer die meisten Stimmen erhält."
    )
    outcome, second = judge("ST", counted({"A": 24, "B": 23}, abstentions=2, round_no=2), first)
    assert (outcome, second.elected) == (ElectionOutcome.ELECTED, "A")
    assert second.stage is Stage.SECOND
    assert second.sentence == "A ist mit den meisten Stimmen gewählt: A 24, B 23."


def test_in_st_members_who_keep_their_paper_count_among_those_present() -> None:
    outcome, found = judge("ST", counted({"A": 24, "B": 20}, present=49))
    assert outcome is ElectionOutcome.NEXT_ROUND
    assert "5 zu wenig" in found.findings[0].message
    outcome, _ = judge("ST", counted({"A": 25, "B": 20}, present=49))
    assert outcome is ElectionOutcome.ELECTED


def test_in_st_a_lone_candidate_with_48_percent_is_not_elected_and_has_no_second_round() -> None:
    outcome, found = judge("ST", counted({"A": 24}, no=26))
    assert outcome is ElectionOutcome.NOT_ELECTED
    assert (found.needed, found.base, found.elected, found.standing) == (26, 50, None, ())
    assert found.severity is Severity.BLOCK
    assert "Ein weiterer Wahlgang findet nicht statt" in found.sentence
    again = counted({"A": 30}, no=20, round_no=2)
    with pytest.raises(ImpossibleNumbersError, match="beendet"):
        judge("ST", again, found)


def test_in_st_exactly_half_of_those_present_does_not_elect() -> None:
    assert judge("ST", counted({"A": 25}, no=25))[0] is ElectionOutcome.NOT_ELECTED
    assert judge("ST", counted({"A": 26}, no=24))[0] is ElectionOutcome.ELECTED


# --- Bayern


def test_vector_20_kempten_elects_with_25_of_43_valid_votes() -> None:
    votes = {"Knoll": 25, "Knott": 17, "Dritte Person": 1}
    outcome, found = judge("BY", counted(votes, invalid=2, cast=45))
    assert (outcome, found.elected) == (ElectionOutcome.ELECTED, "Knoll")
    assert (found.base, found.needed) == (43, 22)
    assert found.sentence == (
        "Knoll ist gewählt: 25 Stimmen; nötig ist mehr als die Hälfte der 43 gültigen Stimmen, "
        "also 22."
    )
    assert found.certainty is Certainty.CERTAIN


def test_vector_21_in_bavaria_23_invalid_of_45_repeat_the_election() -> None:
    outcome, found = judge("BY", counted({"A": 12, "B": 10}, invalid=23))
    assert outcome is ElectionOutcome.REPEAT
    assert found.standing == ()
    assert "23 von 45 Stimmen sind ungültig" in found.sentence


def test_in_bavaria_exactly_half_invalid_repeats_and_one_less_does_not() -> None:
    assert judge("BY", counted({"A": 22}, invalid=22))[0] is ElectionOutcome.REPEAT
    assert judge("BY", counted({"A": 23}, invalid=22))[0] is ElectionOutcome.ELECTED


def test_in_bavaria_noes_blanks_and_abstentions_are_invalid() -> None:
    count = counted({"A": 20}, no=10, blank=6, abstentions=4, invalid=3)
    found = tally(rules("BY"), count)
    assert (found.cast, found.invalid, found.base) == (43, 23, 20)
    assert judge("BY", count)[0] is ElectionOutcome.REPEAT
    fewer = counted({"A": 20}, no=9, blank=5, abstentions=3, invalid=2)
    outcome, elected = judge("BY", fewer)
    assert (outcome, elected.needed) == (ElectionOutcome.ELECTED, 11)


def test_in_bavaria_a_repeated_round_is_judged_as_a_first_one_and_open_to_all() -> None:
    _, first = judge("BY", counted({"A": 12, "B": 10}, invalid=23))
    outcome, second = judge("BY", counted({"C": 20, "B": 21}, round_no=2), first)
    assert (outcome, second.elected) == (ElectionOutcome.ELECTED, "B")
    assert second.stage is Stage.FIRST
    assert second.needed == 21


def test_in_bavaria_the_two_best_meet_in_a_run_off_and_a_tie_there_is_for_the_lot() -> None:
    outcome, first = judge("BY", counted({"A": 10, "B": 18, "C": 17}))
    assert outcome is ElectionOutcome.NEXT_ROUND
    assert first.standing == ("B", "C")
    outcome, second = judge("BY", counted({"B": 22, "C": 22}, invalid=1, round_no=2), first)
    assert outcome is ElectionOutcome.LOT
    assert second.lot == ElectionLot(LotFor.OFFICE, ("B", "C"))
    assert "das Los" in second.sentence


def test_in_bavaria_three_at_the_top_with_equal_votes_repeat_the_election() -> None:
    outcome, found = judge("BY", counted({"A": 14, "B": 14, "C": 14, "D": 3}))
    assert outcome is ElectionOutcome.REPEAT
    assert found.stage is Stage.FIRST
    assert "A, B und C" in found.sentence


def test_in_bavaria_two_at_the_top_with_equal_votes_go_into_the_run_off() -> None:
    outcome, found = judge("BY", counted({"A": 15, "B": 15, "C": 14}))
    assert (outcome, found.standing) == (ElectionOutcome.NEXT_ROUND, ("A", "B"))


def test_in_bavaria_a_lot_decides_who_of_the_seconds_comes_into_the_run_off() -> None:
    outcome, first = judge("BY", counted({"A": 12, "B": 20, "C": 12}))
    assert outcome is ElectionOutcome.LOT
    assert first.standing == ("B",)
    assert first.lot == ElectionLot(LotFor.RUN_OFF, ("A", "C"))
    assert first.severity is Severity.BLOCK
    drawn = first.drawn(["C"], by="Vorsitz")
    assert (drawn.outcome, drawn.standing) == (ElectionOutcome.NEXT_ROUND, ("B", "C"))
    assert drawn.sentence == (
        "Das Los zwischen A und C fiel auf C (gezogen: Vorsitz). In die Stichwahl kommen B und C."
    )
    outcome, second = judge("BY", counted({"B": 21, "C": 23}, round_no=2), drawn)
    assert (outcome, second.elected) == (ElectionOutcome.ELECTED, "C")


def test_in_bavaria_a_run_off_with_half_invalid_votes_is_repeated_as_a_run_off() -> None:
    _, first = judge("BY", counted({"A": 18, "B": 17, "C": 10}))
    outcome, second = judge("BY", counted({"A": 12, "B": 10}, invalid=23, round_no=2), first)
    assert (outcome, second.stage, second.standing) == (
        ElectionOutcome.REPEAT,
        Stage.SECOND,
        ("A", "B"),
    )
    outcome, third = judge("BY", counted({"A": 20, "B": 21}, invalid=4, round_no=3), second)
    assert (outcome, third.elected) == (ElectionOutcome.ELECTED, "B")


# --- Nordrhein-Westfalen


def test_vector_23_in_nw_twenty_yes_and_twenty_no_do_not_elect_the_only_proposal() -> None:
    outcome, found = judge("NW", counted({"A": 20}, no=20, abstentions=5))
    assert outcome is ElectionOutcome.NOT_ELECTED
    assert (found.base, found.needed) == (40, 21)
    assert found.severity is Severity.BLOCK
    assert judge("NW", counted({"A": 21}, no=20, abstentions=4))[0] is ElectionOutcome.ELECTED


def test_in_nw_noes_are_valid_and_abstentions_are_not() -> None:
    outcome, first = judge("NW", counted({"A": 20, "B": 15}, no=5, abstentions=9, invalid=1))
    assert outcome is ElectionOutcome.NEXT_ROUND
    assert (first.base, first.needed) == (40, 21)
    outcome, second = judge("NW", counted({"A": 15, "B": 15}, no=20, round_no=2), first)
    assert outcome is ElectionOutcome.LOT
    assert "die Bürgermeisterin oder der Bürgermeister" in second.sentence


def test_in_nw_votes_for_somebody_outside_the_run_off_are_refused() -> None:
    _, first = judge("NW", counted({"A": 15, "B": 14, "C": 11}))
    with pytest.raises(ImpossibleNumbersError, match="C steht in diesem Wahlgang nicht zur Wahl"):
        judge("NW", counted({"A": 15, "C": 25}, round_no=2), first)


def test_a_lot_into_the_run_off_only_warns_where_the_law_is_silent_about_it() -> None:
    outcome, found = judge("NW", counted({"A": 20, "B": 12, "C": 12}))
    assert outcome is ElectionOutcome.LOT
    assert found.severity is Severity.WARN


def test_three_at_the_top_draw_for_both_places_where_nothing_is_repeated() -> None:
    outcome, found = judge("NW", counted({"A": 12, "B": 12, "C": 12}))
    assert outcome is ElectionOutcome.LOT
    assert found.lot == ElectionLot(LotFor.RUN_OFF, ("A", "B", "C"), places=2)
    assert "zwei Personen" in found.sentence
    assert found.drawn(["C", "A"], by="BM").standing == ("C", "A")
    with pytest.raises(WrongLotError, match="2 von A, B und C"):
        found.drawn(["C"], by="BM")


def test_in_nw_nobody_is_elected_when_everybody_says_no() -> None:
    outcome, found = judge("NW", counted({"A": 0, "B": 0, "C": 0}, no=30))
    assert outcome is ElectionOutcome.NOT_ELECTED
    assert "Eine Stichwahl findet nicht statt" in found.sentence


# --- Baden-Württemberg, Hessen, Brandenburg


def test_in_bw_more_than_half_of_those_present_elect_and_the_two_best_meet_again() -> None:
    outcome, first = judge("BW", counted({"A": 12, "B": 9, "C": 5}))
    assert outcome is ElectionOutcome.NEXT_ROUND
    assert (first.needed, first.standing) == (14, ("A", "B"))
    outcome, second = judge("BW", counted({"A": 10, "B": 11}, abstentions=5, round_no=2), first)
    assert (outcome, second.elected, second.needed) == (ElectionOutcome.ELECTED, "B", None)
    assert second.severity is Severity.WARN


def test_in_bw_a_lone_candidate_needs_the_same_majority_in_the_second_round() -> None:
    outcome, first = judge("BW", counted({"A": 13}, no=13))
    assert outcome is ElectionOutcome.NEXT_ROUND
    assert "dieselbe Mehrheit; er soll frühestens eine Woche später" in first.sentence
    outcome, second = judge("BW", counted({"A": 13}, no=10, abstentions=3, round_no=2), first)
    assert outcome is ElectionOutcome.NOT_ELECTED
    assert second.needed == 14
    outcome, second = judge("BW", counted({"A": 14}, no=12, round_no=2), first)
    assert (outcome, second.elected) == (ElectionOutcome.ELECTED, "A")


def test_what_nobody_has_looked_up_in_brandenburg_only_warns() -> None:
    _, found = judge("BB", counted({"A": 20, "B": 10}, members=60))
    assert found.severity is Severity.WARN
    assert found.certainty is Certainty.UNSURE


def test_the_law_of_hesse_names_the_chair_for_the_lot() -> None:
    _, first = judge("HE", counted({"A": 10, "B": 10}))
    _, second = judge("HE", counted({"A": 10, "B": 10}, round_no=2), first)
    assert "der Vorsitz" in second.sentence


def test_every_drawer_and_every_rule_for_the_lone_has_its_words() -> None:
    for drawer in LotDrawer:
        law = rules("NI")
        lot = replace(law.election.lot, value=drawer)
        law = replace(law, election=replace(law.election, lot=lot))
        first = judge_round(law, counted({"A": 5, "B": 5}))
        assert "das Los" in judge_round(law, counted({"A": 5, "B": 5}, round_no=2), first).sentence
    for alone in SingleCandidate:
        law = rules("ST")
        single = replace(law.election.single_candidate, value=alone)
        law = replace(law, election=replace(law.election, single_candidate=single))
        assert "A ist nicht gewählt" in judge_round(law, counted({"A": 5}, no=6)).sentence
