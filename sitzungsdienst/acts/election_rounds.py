"""Acts on the rounds of an election: counting, declaring, drawing lots, and taking back."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.election_counts import counted_as_typed, last, proposed, warnings
from sitzungsdienst.acts.election_facts import LotFacts, RoundFacts
from sitzungsdienst.acts.election_law import (
    FURTHER,
    Counted,
    Judged,
    OpenLot,
    Verdict,
    after_lot,
    judged,
)
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.holding import demand_within, hold_meeting, open_for_recording
from sitzungsdienst.acts.presence import load_room
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.law.seats import WrongLotError
from sitzungsdienst.law.values import Finding, Severity
from sitzungsdienst.record.elections import (
    Candidate,
    Election,
    ElectionKind,
    ElectionRound,
    Lot,
    RoundOutcome,
    Tally,
)


def record_round(
    session: Session,
    actor: Actor,
    election_id: int,
    version: int,
    facts: RoundFacts,
    now: datetime,
) -> int:
    """Record the next round of an election; gives its id. `version` is the election's.

    Raises RuleBroken, Stale, Unknown.
    """
    with act(session, actor, "record_round", now) as run:
        election = run.fetch(Election, election_id, version=version)
        _demand_another_round(election)
        row = ElectionRound(election=election, number=len(election.rounds) + 1)
        _set_round(run, row, facts, last(judged(election, before=row.number)))
        run.about(row)
        flag_modified(election, "modified_at")
        session.flush()
        return row.id


def edit_round(
    session: Session, actor: Actor, row_id: int, version: int, facts: RoundFacts, now: datetime
) -> None:
    """Correct the last round, as long as no lot was drawn upon it."""
    with act(session, actor, "edit_round", now) as run:
        row = run.about(run.fetch(ElectionRound, row_id, version=version))
        election = _only_last(run, row)
        _demand_no_lot(row)
        _set_round(run, row, facts, last(judged(election, before=row.number)))
        flag_modified(election, "modified_at")


def remove_round(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Take the last round back, with the lot that was drawn upon it."""
    with act(session, actor, "remove_round", now) as run:
        row = run.about(run.fetch(ElectionRound, row_id, version=version))
        election = _only_last(run, row)
        _award(election, {})
        election.rounds.remove(row)
        session.delete(row)
        flag_modified(election, "modified_at")


def draw_lot(
    session: Session, actor: Actor, row_id: int, version: int, facts: LotFacts, now: datetime
) -> None:
    """Record the lot that people drew upon the last round."""
    with act(session, actor, "draw_lot", now) as run:
        row = run.about(run.fetch(ElectionRound, row_id, version=version))
        election = _only_last(run, row)
        drawn_by = checks.line(
            "drawn_by",
            facts.drawn_by,
            needed="Bitte tragen Sie ein, wer das Los gezogen hat.",
            limit=200,
        )
        state = judged(election)[-1]
        if state.lot is None:
            raise RuleBroken("", "Über diesen Wahlgang ist nichts zu losen.")
        winners = _winners(state.lot, facts)
        try:
            verdict = after_lot(election, state.verdict, (winners, drawn_by))
        except WrongLotError as error:
            raise RuleBroken("winners", str(error)) from error
        among = json.dumps(state.lot.participants)
        row.lots = [Lot(among=among, candidate_id=one, drawn_by=drawn_by) for one in winners]
        told, before = verdict.sentence, state.verdict.sentence
        if before and row.result_text != before:  # the words were typed: keep them
            told = f"{row.result_text} {_more(told, before)}"
        row.result_text = told
        row.outcome = verdict.outcome or RoundOutcome.ELECTED
        _award(election, verdict.seats or {})
        flag_modified(election, "modified_at")


def take_lot_back(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Take a lot back that was entered by mistake; it is open again."""
    with act(session, actor, "take_lot_back", now) as run:
        row = run.about(run.fetch(ElectionRound, row_id, version=version))
        election = _only_last(run, row)
        if not row.lots:
            raise RuleBroken("", "Zu diesem Wahlgang ist kein Los erfasst.")
        state = judged(election)[-1]
        row.lots.clear()
        row.outcome = RoundOutcome.LOT
        row.result_text = state.verdict.sentence or "Es entscheidet das Los."
        _award(election, {})
        flag_modified(election, "modified_at")


def _set_round(run: Run, row: ElectionRound, facts: RoundFacts, previous: Judged | None) -> None:
    election = row.election
    meeting = hold_meeting(run, election.agenda_item)
    open_for_recording(meeting)
    load_room(run.session, meeting)
    demand_within(meeting, taken_at=facts.taken_at)
    counted = counted_as_typed(election, facts, row.number)
    verdict = proposed(election, counted, previous)
    outcome, seats = _declared(election, counted, verdict, facts)
    _demand_read(warnings(election, counted, verdict, previous), facts)
    row.taken_at = facts.taken_at
    row.entitled, row.present, row.handed_in = counted.entitled, counted.present, counted.handed_in
    row.no, row.abstentions, row.invalid = counted.no, counted.abstentions, counted.invalid
    _set_tallies(row, counted.votes)
    row.outcome = outcome
    row.result_text = _words(facts, verdict, outcome, seats, election)
    _award(election, seats)


def _declared(
    election: Election, counted: Counted, verdict: Verdict, facts: RoundFacts
) -> tuple[RoundOutcome, Mapping[int, int]]:
    """What the chair declared; against certain rules it is refused, against others asked."""
    outcome = facts.outcome or verdict.outcome
    if outcome is None:
        raise RuleBroken(
            "outcome",
            "Für den Tag der Sitzung sind keine Wahlregeln hinterlegt. Bitte geben Sie an, was der"
            " Vorsitz festgestellt hat.",
        )
    elected = facts.elected_id if outcome is RoundOutcome.ELECTED else None
    lists = election.kind is ElectionKind.LISTS
    same = outcome is verdict.outcome and (lists or elected in (None, verdict.elected_id))
    if same:
        return outcome, verdict.seats or {}
    _demand_other(verdict, facts)
    if outcome is not RoundOutcome.ELECTED:
        return outcome, {}
    if lists:
        raise RuleBroken(
            "outcome", "Die Sitze sind nach den Zahlen nicht verteilt. Bitte prüfen Sie sie."
        )
    elected = elected or verdict.elected_id
    if elected is None or elected not in counted.votes:
        raise RuleBroken("elected_id", "Bitte geben Sie an, wer gewählt ist.")
    return outcome, {elected: 1}


def _demand_other(verdict: Verdict, facts: RoundFacts) -> None:
    if verdict.outcome is None:
        return
    if verdict.severity is Severity.BLOCK:
        raise RuleBroken(
            "outcome",
            f"Nach den Zahlen gilt: {verdict.sentence} Bitte prüfen Sie die Zahlen oder die"
            " Feststellung.",
            verdict.norm,
        )
    if not facts.acknowledged:
        raise RuleBroken(
            "acknowledged",
            f"Nach den Zahlen gilt: {verdict.sentence} Hat der Vorsitz anders festgestellt,"
            " bestätigen Sie das bitte.",
            verdict.norm,
        )


def _demand_read(warnings: tuple[Finding, ...], facts: RoundFacts) -> None:
    for one in warnings:
        if one.severity is Severity.BLOCK:
            raise RuleBroken("", one.message, one.norm)
    if warnings and not facts.acknowledged:
        told = " ".join(
            f"{one.message} ({one.norm})" if one.norm else one.message for one in warnings
        )
        raise RuleBroken("acknowledged", told)


def _set_tallies(row: ElectionRound, votes: Mapping[int, int]) -> None:
    known = {one.candidate_id: one for one in row.tallies}
    for gone in [one for candidate, one in known.items() if candidate not in votes]:
        row.tallies.remove(gone)
    by_id: dict[int, Candidate] = {one.id: one for one in row.election.candidates}
    for candidate, count in votes.items():
        if candidate in known:
            known[candidate].votes = count
        else:
            row.tallies.append(Tally(candidate=by_id[candidate], votes=count))


def _words(
    facts: RoundFacts,
    verdict: Verdict,
    outcome: RoundOutcome,
    seats: Mapping[int, int],
    election: Election,
) -> str:
    """The result for the minutes: as typed, else the law's sentence, else what was declared."""
    typed = checks.text("result_text", facts.result_text, limit=1000)
    if typed:
        return typed
    if verdict.sentence and outcome is verdict.outcome:
        names = seats if election.kind is ElectionKind.PERSONS else {}
        if not names or verdict.seats == seats:
            return verdict.sentence
    elected = [one.name for one in election.candidates if seats.get(one.id)]
    return {
        RoundOutcome.ELECTED: f"Gewählt ist {', '.join(elected)}.",
        RoundOutcome.NEXT_ROUND: "Niemand ist gewählt; es folgt ein weiterer Wahlgang.",
        RoundOutcome.LOT: "Es entscheidet das Los.",
        RoundOutcome.REPEAT: "Der Wahlgang wird wiederholt.",
        RoundOutcome.NOT_ELECTED: "Niemand ist gewählt.",
    }[outcome]


def _award(election: Election, seats: Mapping[int, int]) -> None:
    for one in election.candidates:
        one.seats_won = seats.get(one.id, 0)


def _demand_another_round(election: Election) -> None:
    if not election.rounds:
        return
    latest = election.rounds[-1]
    if latest.outcome is RoundOutcome.LOT:
        raise RuleBroken(
            "", "Über den Wahlgang davor ist noch zu losen. Bitte tragen Sie das Los ein."
        )
    if latest.outcome not in FURTHER:
        raise RuleBroken(
            "", "Die Wahl ist mit dem Wahlgang davor beendet; ein weiterer findet nicht statt."
        )


def _only_last(run: Run, row: ElectionRound) -> Election:
    election = run.fetch(Election, row.election_id)
    open_for_recording(hold_meeting(run, election.agenda_item))
    if election.rounds[-1] is not row:
        raise RuleBroken(
            "", "Nach diesem Wahlgang ist schon ein weiterer erfasst. Nehmen Sie zuerst ihn zurück."
        )
    return election


def _demand_no_lot(row: ElectionRound) -> None:
    if row.lots:
        raise RuleBroken(
            "", "Zu diesem Wahlgang ist schon gelost. Nehmen Sie das Los zuerst zurück."
        )


def _winners(lot: OpenLot, facts: LotFacts) -> tuple[int, ...]:
    if len(set(facts.winners)) != lot.places or set(facts.winners) - set(lot.participants):
        told = "auf wen" if lot.places == 1 else f"auf welche {lot.places}"
        raise RuleBroken("winners", f"Bitte wählen Sie, {told} das Los gefallen ist.")
    return tuple(one for one in lot.participants if one in facts.winners)


def _more(told: str, before: str) -> str:
    """What the lot added to the law's sentence."""
    return told.removeprefix(before).strip() or told
