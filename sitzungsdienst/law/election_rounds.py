"""Judging the rounds of an election: the majority of the first, the most votes of the second.

What each Land asks for stands in `Rules.election`; here is only the order in which it is asked.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from sitzungsdienst.law.election_checks import check_round
from sitzungsdienst.law.elections import (
    ElectionLot,
    ElectionOutcome,
    LotFor,
    RoundCount,
    RoundResult,
    Stage,
    Tally,
    tally,
)
from sitzungsdienst.law.seat_methods import hand_out
from sitzungsdienst.law.seats import and_list
from sitzungsdienst.law.tree import (
    ElectionBase,
    LotDrawer,
    Rules,
    SecondRound,
    SingleCandidate,
)
from sitzungsdienst.law.values import Certainty, ImpossibleNumbersError, Severity, Value

WEAKEST_FIRST = (Certainty.UNSURE, Certainty.LIKELY, Certainty.CERTAIN)
BASE_WORDS = {
    ElectionBase.VALID_VOTES: "gültigen Stimmen",
    ElectionBase.PRESENT_ENTITLED: "anwesenden Stimmberechtigten",
    ElectionBase.MEMBERS: "Mitglieder",
}
DRAWS = {
    LotDrawer.CHAIR: "das Los, das der Vorsitz zieht",
    LotDrawer.MAYOR: "das Los, das die Bürgermeisterin oder der Bürgermeister zieht",
    LotDrawer.OLDEST_MEMBER: "das Los, das das älteste Mitglied zieht",
    LotDrawer.UNNAMED: "das Los",
}


@dataclass(frozen=True, slots=True)
class _Round:
    """A round under judgement: the count, its numbers, its rules, and its candidates by votes."""

    rules: Rules
    count: RoundCount
    numbers: Tally
    stage: Stage
    standing: tuple[str, ...]

    @property
    def ranking(self) -> tuple[tuple[str, int], ...]:
        """The candidates, most votes first; equal ones in the order they were entered."""
        return tuple(sorted(self.count.votes.items(), key=lambda entry: -entry[1]))

    @property
    def top(self) -> tuple[str, ...]:
        """Those who share the most votes."""
        most = self.ranking[0][1]
        return tuple(name for name, votes in self.count.votes.items() if votes == most)

    @property
    def alone(self) -> bool:
        return len(self.count.votes) == 1

    @property
    def by_majority(self) -> bool:
        """Whether more than half is asked for: in the first round, and of some who stand alone."""
        lone = self.rules.election.single_candidate.value is SingleCandidate.SAME_MAJORITY_AGAIN
        return self.stage is Stage.FIRST or (self.alone and lone)

    @property
    def majority_rules(self) -> tuple[Value[object], ...]:
        """The rules behind the number needed; what a "no" is matters only where it is counted."""
        law = self.rules.election
        by_valid = law.first_round.value is ElectionBase.VALID_VOTES
        return (law.first_round, law.no_votes) if by_valid and self.count.no else (law.first_round,)

    @property
    def majority_of(self) -> str:
        base = BASE_WORDS[self.rules.election.first_round.value]
        return f"mehr als die Hälfte der {self.numbers.base} {base}, also {self.numbers.needed}"


def judge_round(
    rules: Rules, count: RoundCount, previous: RoundResult | None = None
) -> RoundResult:
    """Say what a round came to by the Land's rules; `previous` is the result of the round before.

    A round after REPEAT is judged as the one it repeats. Raises ImpossibleNumbersError, in German,
    for numbers no round can have, and for a round that the one before does not ask for.
    """
    findings = check_round(rules, count, previous)
    for finding in findings:
        if finding.severity is Severity.BLOCK:
            raise ImpossibleNumbersError(finding.message)
    stage = Stage.FIRST
    standing: tuple[str, ...] = ()
    if previous is not None:
        standing = previous.standing
        again = previous.outcome is ElectionOutcome.REPEAT
        stage = previous.stage if again else Stage.SECOND
    held = _Round(rules, count, tally(rules, count), stage, standing)
    result = _half_invalid(held) or (_first(held) if stage is Stage.FIRST else _second(held))
    return replace(result, findings=findings)


def _half_invalid(held: _Round) -> RoundResult | None:
    rule = held.rules.election.repeat_if_half_invalid
    if not rule.value or 2 * held.numbers.invalid < held.numbers.cast:
        return None
    sentence = (
        f"Die Wahl ist zu wiederholen: {held.numbers.invalid} von {held.numbers.cast} Stimmen sind "
        "ungültig, also mindestens die Hälfte."
    )
    return _result(held, ElectionOutcome.REPEAT, sentence, (rule,), standing=held.standing)


def _first(held: _Round) -> RoundResult:
    law = held.rules.election
    name, votes = held.ranking[0]
    if votes >= held.numbers.needed:
        return _elected_by_majority(held, name, votes)
    if held.alone:
        return _alone(held, name, votes)
    if len(held.top) > 2 and law.top_tie_repeats.value:
        sentence = (
            f"Die Wahl ist zu wiederholen: {and_list(held.top)} haben gleich viele und die meisten "
            f"Stimmen ({votes})."
        )
        tied = (law.top_tie_repeats, *held.majority_rules)
        return _result(held, ElectionOutcome.REPEAT, sentence, tied)
    lead = f"Niemand ist gewählt: nötig ist {held.majority_of}; {_best(held)}."
    if law.second_round.value is SecondRound.RUNOFF_TOP_TWO:
        return _run_off(held, lead)
    sentence = f"{lead} Es folgt ein zweiter Wahlgang; gewählt ist, wer die meisten Stimmen erhält."
    everybody = tuple(held.count.votes)
    used = (law.second_round, *held.majority_rules)
    return _result(held, ElectionOutcome.NEXT_ROUND, sentence, used, standing=everybody)


def _elected_by_majority(held: _Round, name: str, votes: int) -> RoundResult:
    sentence = f"{name} ist gewählt: {_votes(votes)}; nötig ist {held.majority_of}."
    return _result(held, ElectionOutcome.ELECTED, sentence, held.majority_rules, elected=name)


def _alone(held: _Round, name: str, votes: int) -> RoundResult:
    """A lone candidate who missed the majority in the first round."""
    law = held.rules.election
    lead = f"{name} ist nicht gewählt: {_votes(votes)}; nötig ist {held.majority_of}."
    as_others = law.single_candidate.value is SingleCandidate.AS_OTHERS
    # Without a rule of its own for lone candidates the Land's second round applies, and a run-off
    # needs two.
    first_rule: Value[object] = law.second_round if as_others else law.single_candidate
    used = (first_rule, *held.majority_rules)
    if law.single_candidate.value is SingleCandidate.SAME_MAJORITY_AGAIN:
        # The Land's own words also say when the second round may be held.
        sentence = f"{lead} Es folgt ein zweiter Wahlgang. {law.single_candidate.wording}"
    elif as_others and law.second_round.value is SecondRound.PLURALITY:
        sentence = (
            f"{lead} Es folgt ein zweiter Wahlgang; gewählt ist, wer die meisten Stimmen erhält."
        )
    else:
        sentence = f"{lead} Ein weiterer Wahlgang findet nicht statt; es braucht eine neue Wahl."
        return _result(held, ElectionOutcome.NOT_ELECTED, sentence, used)
    return _result(held, ElectionOutcome.NEXT_ROUND, sentence, used, standing=(name,))


def _run_off(held: _Round, lead: str) -> RoundResult:
    """The two best stand again; who shares the second place draws for it."""
    law = held.rules.election
    names = tuple(held.count.votes)
    if not held.ranking[0][1]:
        sentence = f"{lead} Eine Stichwahl findet nicht statt; es braucht eine neue Wahl."
        return _result(held, ElectionOutcome.NOT_ELECTED, sentence, (law.second_round,))
    counted = [Fraction(held.count.votes[name]) for name in names]
    given = hand_out([0] * len(names), counted, 2, range(len(names)))
    standing = tuple(name for name, _ in held.ranking if given.certain[names.index(name)])
    used: tuple[Value[object], ...] = (law.second_round, *held.majority_rules)
    if not given.tied:
        sentence = (
            f"{lead} Es folgt eine Stichwahl zwischen {and_list(standing)}; "
            "gewählt ist, wer die meisten Stimmen erhält."
        )
        return _result(held, ElectionOutcome.NEXT_ROUND, sentence, used, standing=standing)
    level = tuple(names[index] for index in given.tied)
    sure = f"{and_list(standing)} und " if standing else ""
    who = "eine weitere Person" if standing else "zwei Personen"
    sentence = (
        f"{lead} In die Stichwahl kommen {sure}{who}; zwischen {and_list(level)} entscheidet "
        f"{DRAWS[law.lot.value]}."
    )
    lot = ElectionLot(LotFor.RUN_OFF, level, given.left)
    # Only a law that speaks of equal votes in the first round says so of the second place too.
    used = (*used, law.top_tie_repeats)
    return _result(held, ElectionOutcome.LOT, sentence, used, standing=standing, lot=lot)


def _second(held: _Round) -> RoundResult:
    law = held.rules.election
    name, votes = held.ranking[0]
    if held.by_majority:
        if votes >= held.numbers.needed:
            return _elected_by_majority(held, name, votes)
        sentence = (
            f"{name} ist auch im zweiten Wahlgang nicht gewählt: {_votes(votes)}; "
            f"nötig ist {held.majority_of}. Es braucht eine neue Wahl."
        )
        used = (law.single_candidate, *held.majority_rules)
        return _result(held, ElectionOutcome.NOT_ELECTED, sentence, used)
    if not votes:
        sentence = (
            "Niemand ist gewählt: Auf niemanden entfiel eine Stimme. Es braucht eine neue Wahl."
        )
        return _result(held, ElectionOutcome.NOT_ELECTED, sentence, (law.second_round,))
    if len(held.top) == 1:
        sentence = f"{name} ist mit den meisten Stimmen gewählt: {_scores(held)}."
        by_votes = (law.second_round,)
        return _result(held, ElectionOutcome.ELECTED, sentence, by_votes, elected=name)
    sentence = (
        f"Gleich viele Stimmen ({votes}) entfielen auf {and_list(held.top)}; "
        f"es entscheidet {DRAWS[law.lot.value]}."
    )
    lot = ElectionLot(LotFor.OFFICE, held.top)
    return _result(held, ElectionOutcome.LOT, sentence, (law.lot,), standing=held.top, lot=lot)


def _result(
    held: _Round,
    outcome: ElectionOutcome,
    sentence: str,
    used: tuple[Value[object], ...],
    *,
    elected: str | None = None,
    standing: tuple[str, ...] = (),
    lot: ElectionLot | None = None,
) -> RoundResult:
    """Put a result together; the first of the rules `used` lends its norm."""
    return RoundResult(
        outcome=outcome,
        stage=held.stage,
        round_no=held.count.round_no,
        base=held.numbers.base,
        needed=held.numbers.needed if held.by_majority else None,
        sentence=sentence,
        norm=used[0].norm,
        certainty=min((rule.certainty for rule in used), key=WEAKEST_FIRST.index),
        elected=elected,
        standing=standing,
        lot=lot,
    )


def _best(held: _Round) -> str:
    if not held.ranking[0][1]:
        return "niemand erhielt eine Stimme"
    verb = "erhielt" if len(held.top) == 1 else "erhielten je"
    return f"{and_list(held.top)} {verb} {held.ranking[0][1]}"


def _scores(held: _Round) -> str:
    return ", ".join(f"{name} {votes}" for name, votes in held.ranking)


def _votes(votes: int) -> str:
    return "1 Stimme" if votes == 1 else f"{votes} Stimmen"
