"""Ballots: impossible counts, the outcome of a simple majority, the result in words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitzungsdienst.law.ballots import (
    LARGEST_COUNT,
    Counts,
    Outcome,
    check_counts,
    counts_phrase,
    is_unanimous,
    result_sentence,
    simple_majority,
)
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.values import ImpossibleNumbersError, Severity

ALL_SEVEN = ("ST", "BY", "NW", "NI", "BW", "HE", "BB")
seeded = settings(derandomize=True, database=None, deadline=None)
numbers = st.integers(0, LARGEST_COUNT)


def rules(land: str = "ST") -> Rules:
    return rules_for(land, date(2026, 11, 23))


@pytest.mark.parametrize("land", ALL_SEVEN)
def test_vector_10_a_tie_is_rejected_whatever_the_abstentions(land: str) -> None:
    assert simple_majority(Counts(9, 9, 3), rules(land)) is Outcome.REJECTED


def test_vector_10_bavaria_warns_of_the_abstentions_besides() -> None:
    (finding,) = check_counts(Counts(9, 9, 3), present=21, rules=rules("BY"))
    assert finding.severity is Severity.WARN
    assert finding.norm == "Art. 48 Abs. 1 Satz 2 GO"


@pytest.mark.parametrize("land", ["NI", "HE", "BB", "ST", "NW", "BW"])
def test_vector_11_abstentions_do_not_outweigh_a_majority_of_one(land: str) -> None:
    counts = Counts(10, 9, 20)
    assert simple_majority(counts, rules(land)) is Outcome.ACCEPTED
    assert check_counts(counts, present=39, rules=rules(land)) == ()


def test_a_single_vote_decides_either_way() -> None:
    assert simple_majority(Counts(10, 9, 0), rules()) is Outcome.ACCEPTED
    assert simple_majority(Counts(9, 10, 0), rules()) is Outcome.REJECTED


def test_invalid_votes_do_not_count_for_the_majority() -> None:
    assert simple_majority(Counts(2, 1, 0, invalid=9), rules()) is Outcome.ACCEPTED


def test_no_votes_at_all_are_not_voted_and_block() -> None:
    nothing = Counts(0, 0, 0)
    assert simple_majority(nothing, rules()) is Outcome.NOT_VOTED
    (finding,) = check_counts(nothing, present=19, rules=rules())
    assert finding.severity is Severity.BLOCK
    assert "nicht abgestimmt" in finding.message
    assert not is_unanimous(nothing)


def test_only_abstentions_are_a_vote_that_rejects() -> None:
    counts = Counts(0, 0, 5)
    assert simple_majority(counts, rules()) is Outcome.REJECTED
    assert not is_unanimous(counts)
    assert result_sentence(counts, Outcome.REJECTED) == "abgelehnt"


def test_counts_that_match_those_present_say_nothing() -> None:
    assert check_counts(Counts(14, 3, 2), present=19, rules=rules()) == ()


def test_more_votes_than_voters_block_with_the_numbers() -> None:
    (finding,) = check_counts(Counts(14, 3, 2), present=19, recused=1, rules=rules())
    assert finding.severity is Severity.BLOCK
    assert finding.message.startswith(
        "Es sind 1 zu viel: 19 Stimmen und Enthaltungen bei 18 Stimmberechtigten "
        "(1 von 19 Anwesenden ausgeschlossen)."
    )


def test_fewer_votes_than_voters_warn_with_the_difference() -> None:
    (finding,) = check_counts(Counts(14, 3, 0), present=19, rules=rules())
    assert finding.severity is Severity.WARN
    assert finding.message.startswith("Es sind 2 zu wenig: 17 ")


@pytest.mark.parametrize(
    "counts",
    [
        Counts(-1, 0, 0),
        Counts(0, -1, 0),
        Counts(0, 0, -1),
        Counts(1, 0, 0, invalid=-1),
        Counts(LARGEST_COUNT + 1, 0, 0),
    ],
)
def test_negative_and_absurd_counts_block_and_have_no_outcome(counts: Counts) -> None:
    (finding,) = check_counts(counts, present=19, rules=rules())
    assert finding.severity is Severity.BLOCK
    assert "ist nicht möglich" in finding.message
    with pytest.raises(ImpossibleNumbersError):
        simple_majority(counts, rules())


def test_several_impossible_counts_are_each_named() -> None:
    findings = check_counts(Counts(-1, 10**30, 0), present=-2, rules=rules())
    assert [finding.message.split(":")[0] for finding in findings] == [
        "Ja-Stimmen",
        "Nein-Stimmen",
        "Anwesende",
    ]


def test_more_recused_than_present_block() -> None:
    (finding,) = check_counts(Counts(1, 0, 0), present=1, recused=2, rules=rules())
    assert finding.severity is Severity.BLOCK
    assert "Ausgeschlossene" in finding.message


def test_an_attendance_that_changed_can_both_be_short_and_hold_a_forbidden_abstention() -> None:
    findings = check_counts(Counts(3, 0, 1), present=5, rules=rules("BY"))
    assert [finding.severity for finding in findings] == [Severity.WARN, Severity.WARN]


def test_abstentions_do_not_spoil_unanimity_but_one_dissent_does() -> None:
    assert is_unanimous(Counts(12, 0, 3))
    assert is_unanimous(Counts(0, 12, 3))
    assert not is_unanimous(Counts(12, 1, 0))


@pytest.mark.parametrize(
    ("counts", "outcome", "words"),
    [
        (Counts(19, 0, 0), Outcome.ACCEPTED, "einstimmig"),
        (Counts(17, 0, 2), Outcome.ACCEPTED, "einstimmig bei 2 Enthaltungen"),
        (Counts(18, 0, 1), Outcome.ACCEPTED, "einstimmig bei 1 Enthaltung"),
        (Counts(14, 3, 2), Outcome.ACCEPTED, "mehrheitlich angenommen"),
        (Counts(3, 6, 1), Outcome.REJECTED, "mehrheitlich abgelehnt"),
        (Counts(9, 9, 3), Outcome.REJECTED, "bei Stimmengleichheit abgelehnt"),
        (Counts(0, 12, 0), Outcome.REJECTED, "einstimmig abgelehnt"),
        (Counts(10, 9, 0), Outcome.REJECTED, "abgelehnt"),
        (Counts(12, 0, 0), Outcome.REJECTED, "abgelehnt"),
        (Counts(9, 9, 0), Outcome.ACCEPTED, "angenommen"),
        (Counts(0, 9, 0), Outcome.ACCEPTED, "angenommen"),
        (Counts(0, 0, 0), Outcome.NOT_VOTED, "nicht abgestimmt"),
    ],
)
def test_the_result_is_told_in_the_words_of_minutes(
    counts: Counts, outcome: Outcome, words: str
) -> None:
    assert result_sentence(counts, outcome) == words


def test_counts_are_told_in_words() -> None:
    assert counts_phrase(Counts(14, 3, 2)) == "14 Ja-Stimmen, 3 Nein-Stimmen, 2 Enthaltungen"
    assert counts_phrase(Counts(1, 1, 1, invalid=1)) == (
        "1 Ja-Stimme, 1 Nein-Stimme, 1 Enthaltung, 1 ungültige Stimme"
    )


@seeded
@given(yes=numbers, no=numbers, abstentions=numbers, invalid=numbers)
def test_a_vote_is_accepted_exactly_when_yes_outnumbers_no(
    yes: int, no: int, abstentions: int, invalid: int
) -> None:
    counts = Counts(yes, no, abstentions, invalid)
    outcome = simple_majority(counts, rules())
    assert (outcome is Outcome.ACCEPTED) == (yes > no)
    assert (outcome is Outcome.NOT_VOTED) == (counts.total == 0)


@seeded
@given(yes=numbers, no=numbers, abstentions=numbers, present=numbers)
def test_counts_pass_without_a_word_exactly_when_they_add_up(
    yes: int, no: int, abstentions: int, present: int
) -> None:
    counts = Counts(yes, no, abstentions)
    silent = check_counts(counts, present=present, rules=rules()) == ()
    assert silent == (counts.total == present > 0)
