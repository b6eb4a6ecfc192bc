"""What the law of the day says to a recorded election, round by round.

The law reckons and people declare: each round is judged by its numbers, then the lots that were
drawn and what the chair declared are laid over, and the next round is judged upon that.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.german import local_day
from sitzungsdienst.law.ballots import Counts
from sitzungsdienst.law.election_rounds import DRAWS, judge_round
from sitzungsdienst.law.elections import ElectionOutcome, LotFor, RoundCount, RoundResult
from sitzungsdienst.law.list_elections import elect_by_lists, judge_single_list
from sitzungsdienst.law.rules import Rules
from sitzungsdienst.law.seat_checks import seat_findings, tie_finding
from sitzungsdienst.law.seat_texts import allocation_sentence
from sitzungsdienst.law.seats import Allocation, allocate, and_list
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError, Severity
from sitzungsdienst.record.elections import Election, ElectionKind, ElectionRound, RoundOutcome

FURTHER = (RoundOutcome.NEXT_ROUND, RoundOutcome.REPEAT)
NO_METHOD = (
    "Das Verfahren der Sitzverteilung steht hier nicht im Gesetz. Bitte wählen Sie es bei den"
    " Angaben zur Wahl."
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a round; `votes` holds everybody who stood, by candidate id."""

    number: int
    entitled: int
    present: int
    handed_in: int
    votes: Mapping[int, int]
    no: int = 0
    abstentions: int = 0
    invalid: int = 0

    @property
    def total(self) -> int:
        """All papers that were counted."""
        return sum(self.votes.values()) + self.no + self.abstentions + self.invalid


@dataclass(frozen=True, slots=True)
class OpenLot:
    """A lot to be drawn: `places` of the participants (candidate ids) win. `drawer` says who."""

    participants: tuple[int, ...]
    places: int
    drawer: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the law says to the numbers of a round.

    `outcome` is None where no rules are kept for the day: people alone say what came of it.
    `severity` is how hard another declaration is refused. `seats` holds who gains how many seats.
    """

    outcome: RoundOutcome | None
    sentence: str = ""
    norm: str = ""
    severity: Severity = Severity.NOTE
    seats: Mapping[int, int] | None = None
    lot: OpenLot | None = None
    findings: tuple[Finding, ...] = ()
    result: RoundResult | None = None
    allocation: Allocation | None = None

    @property
    def elected_id(self) -> int | None:
        """Who is elected, where it is one."""
        return next(iter(self.seats), None) if self.seats else None


@dataclass(frozen=True, slots=True)
class Judged:
    """A recorded round: what the law says to its numbers, and the lot that is still to be drawn.

    `standing` may stand in the round that follows (candidate ids; empty: everybody may).
    """

    row: ElectionRound
    verdict: Verdict
    lot: OpenLot | None
    standing: tuple[int, ...]
    after: RoundResult | None


def rules_of(election: Election) -> Rules | None:
    """The rules of the day of the meeting."""
    meeting = election.agenda_item.meeting
    return rules_on(meeting.body, local_day(meeting.start))


def judged(election: Election, *, before: int | None = None) -> tuple[Judged, ...]:
    """The recorded rounds as the law sees them; `before` leaves out that round and later ones.

    A round whose numbers do not fit the law (any more) is judged like one without rules.
    """
    found: list[Judged] = []
    for row in election.rounds:
        if before is not None and row.number >= before:
            break
        found.append(_judge(election, row, found[-1] if found else None))
    return tuple(found)


def propose(election: Election, counted: Counted, previous: Judged | None) -> Verdict:
    """What the law says to the numbers of a round. Raises ImpossibleNumbersError, in German."""
    rules = rules_of(election)
    if election.kind is ElectionKind.LISTS:
        return _lists(election, counted, rules)
    after = previous.after if previous else None
    if rules is None or (previous is not None and after is None):
        return Verdict(None)
    result = judge_round(rules, round_count(election, counted), after)
    return _verdict(election, rules, result)


def round_count(election: Election, counted: Counted) -> RoundCount:
    """A round's numbers as the law reads them, by name."""
    names = names_of(election)
    return RoundCount(
        round_no=counted.number,
        members=counted.entitled,
        present_entitled=counted.present,
        votes={names[one]: votes for one, votes in counted.votes.items()},
        no=counted.no,
        abstentions=counted.abstentions,
        invalid=counted.invalid,
        cast=counted.handed_in,
    )


def counted_in(row: ElectionRound) -> Counted:
    """The numbers of a recorded round."""
    return Counted(
        number=row.number,
        entitled=row.present if row.entitled is None else max(row.entitled, row.present),
        present=row.present,
        handed_in=row.handed_in,
        votes={one.candidate_id: one.votes for one in row.tallies},
        no=row.no,
        abstentions=row.abstentions,
        invalid=row.invalid,
    )


def names_of(election: Election) -> dict[int, str]:
    """The names of all who stand, by candidate id."""
    return {one.id: one.name for one in election.candidates}


def after_lot(election: Election, verdict: Verdict, facts: tuple[tuple[int, ...], str]) -> Verdict:
    """Lay a drawn lot (winners, who drew) over what the law says.

    Raises WrongLotError where it does not fit.
    """
    names = names_of(election)
    winners, drawn_by = [names[one] for one in facts[0]], facts[1]
    if verdict.allocation is not None:
        drawn = verdict.allocation.drawn(winners, drawn_by)
        return replace(
            verdict,
            outcome=RoundOutcome.ELECTED,
            sentence=allocation_sentence(drawn),
            seats=_seats(election, drawn),
            allocation=drawn,
            lot=None,
        )
    if verdict.result is None or verdict.result.lot is None:
        # Declared by people against rules that are not certain, or without any.
        sentence = f"{winners[0]} ist durch das Los gewählt."
        return _settled(verdict, sentence, RoundOutcome.ELECTED, {facts[0][0]: 1})
    lot, result = verdict.result.lot, verdict.result.drawn(winners, drawn_by)
    sentence = (
        f"{winners[0]} ist durch das Los gewählt."
        if lot.purpose is LotFor.OFFICE
        else f"In die Stichwahl kommen {and_list(result.standing)}."
    )
    seats = {facts[0][0]: 1} if result.elected else None
    outcome = RoundOutcome(result.outcome.value)
    return replace(_settled(verdict, sentence, outcome, seats), result=result)


def _settled(
    verdict: Verdict, more: str, outcome: RoundOutcome, seats: Mapping[int, int] | None
) -> Verdict:
    sentence = " ".join(one for one in (verdict.sentence, more) if one)
    return replace(verdict, sentence=sentence, outcome=outcome, seats=seats, lot=None)


def _judge(election: Election, row: ElectionRound, previous: Judged | None) -> Judged:
    counted = counted_in(row)
    try:
        verdict = propose(election, counted, previous)
    except ImpossibleNumbersError:
        verdict = Verdict(None)
    lot = None
    if row.outcome is RoundOutcome.LOT:
        lot = verdict.lot or OpenLot(tuple(counted.votes), 1, "das Los")
    after = _after(election, row, verdict)
    return Judged(row, verdict, lot, _standing(election, row, after), after)


def _after(election: Election, row: ElectionRound, verdict: Verdict) -> RoundResult | None:
    """What the next round is judged upon: with the lot drawn, and as the chair declared it."""
    result = verdict.result
    if result is None:
        return None
    if row.lots and result.lot is not None:
        winners = tuple(one.candidate_id for one in row.lots)
        drawn = after_lot(election, verdict, (winners, row.lots[0].drawn_by))
        result = drawn.result or result
    declared = ElectionOutcome(row.outcome.value)
    if declared is result.outcome:
        return result
    names = names_of(election)
    standing = tuple(names[one.candidate_id] for one in row.tallies)
    again = declared is ElectionOutcome.NEXT_ROUND
    return replace(result, outcome=declared, standing=standing if again else (), lot=None)


def _standing(election: Election, row: ElectionRound, after: RoundResult | None) -> tuple[int, ...]:
    if row.outcome not in FURTHER or election.kind is ElectionKind.LISTS:
        return ()
    if after is None:
        return tuple(one.candidate_id for one in row.tallies)
    ids = {name: one for one, name in names_of(election).items()}
    return tuple(ids[name] for name in after.standing if name in ids)


def _verdict(election: Election, rules: Rules, result: RoundResult) -> Verdict:
    ids = {name: one for one, name in names_of(election).items()}
    lot = None
    if result.lot is not None:
        among = tuple(ids[name] for name in result.lot.participants)
        lot = OpenLot(among, result.lot.places, DRAWS[rules.election.lot.value])
    return Verdict(
        outcome=RoundOutcome(result.outcome.value),
        sentence=result.sentence,
        norm=result.norm,
        severity=result.severity,
        seats={ids[result.elected]: 1} if result.elected else None,
        lot=lot,
        findings=result.findings,
        result=result,
    )


def _lists(election: Election, counted: Counted, rules: Rules | None) -> Verdict:
    if len(counted.votes) == 1 and rules is not None:
        return _single_list(election, counted, rules)
    names = names_of(election)
    votes = {names[one]: number for one, number in counted.votes.items()}
    findings: tuple[Finding, ...] = ()
    if rules is None:
        if election.method is None:
            raise ImpossibleNumbersError(NO_METHOD)
        allocation = allocate(election.method, votes, election.seats)
    else:
        if rules.seats.method.value is None and election.method is None:
            raise ImpossibleNumbersError(NO_METHOD)
        listed = elect_by_lists(rules, votes, election.seats, local=election.method)
        allocation = listed.allocation
        findings = (*listed.findings, *seat_findings(rules, allocation))
    lot = None
    if not allocation.complete:
        ids = {name: one for one, name in names.items()}
        tie = allocation.ties[0]
        told = tie_finding(rules, allocation) if rules is not None else None
        drawer = told.message if told else "das Los"
        lot = OpenLot(tuple(ids[name] for name in tie.parties), tie.seats_left, drawer)
    return Verdict(
        outcome=RoundOutcome.LOT if lot else RoundOutcome.ELECTED,
        sentence=allocation_sentence(allocation),
        norm=rules.seats.method.norm if rules else "",
        severity=rules.seats.method.severity if rules else Severity.NOTE,
        seats=_seats(election, allocation) if lot is None else None,
        lot=lot,
        findings=findings,
        allocation=allocation,
    )


def _single_list(election: Election, counted: Counted, rules: Rules) -> Verdict:
    ((only, votes),) = counted.votes.items()
    counts = Counts(votes, counted.no, counted.abstentions, counted.invalid)
    found = judge_single_list(rules, counts)
    return Verdict(
        outcome=RoundOutcome.ELECTED if found.accepted else RoundOutcome.NEXT_ROUND,
        sentence=found.sentence,
        norm=found.norm,
        severity=found.severity,
        seats={only: election.seats} if found.accepted else None,
    )


def _seats(election: Election, allocation: Allocation) -> dict[int, int]:
    ids = {name: one for one, name in names_of(election).items()}
    return {ids[name]: seats for name, seats in allocation.seats.items()}


def drawn_among(row: ElectionRound) -> tuple[int, ...]:
    """Among whom the lot of a round was drawn (candidate ids); empty without one."""
    return tuple(json.loads(row.lots[0].among)) if row.lots else ()
