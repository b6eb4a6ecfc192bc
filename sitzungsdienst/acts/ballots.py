"""Acts on ballots: one vote on an item, counted, called by name, secret, or only told."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.lawbook import enforce, rules_on
from sitzungsdienst.acts.presence import voters_present
from sitzungsdienst.acts.proceedings import demand_in_session, hold_meeting
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.german import local_day
from sitzungsdienst.law.ballots import (
    LARGEST_COUNT,
    Counts,
    Outcome,
    check_counts,
    result_sentence,
    simple_majority,
)
from sitzungsdienst.law.rules import Rules
from sitzungsdienst.law.values import Finding
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.proceedings import Ballot, BallotKind, BallotOutcome, Choice, Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotFacts:
    """A vote as recorded.

    Counted: `yes`, `no`, `abstentions`, `invalid` from 0 to 999. Told without counts: these are
    None, `outcome` and `result_text` speak. By roll call: `votes` holds (person id, choice) and
    the counts follow from them. `present` is how many with a vote were in the room, None for all
    who are recorded as present; `recused` of them took no part (Mitwirkungsverbot).
    """

    kind: BallotKind = BallotKind.OPEN
    subject: str = ""
    yes: int | None = None
    no: int | None = None
    abstentions: int | None = None
    invalid: int | None = None
    present: int | None = None
    recused: int = 0
    outcome: BallotOutcome | None = None
    result_text: str = ""
    votes: tuple[tuple[int, Choice], ...] = ()


def record_ballot(
    session: Session, actor: Actor, item_id: int, facts: BallotFacts, now: datetime
) -> int:
    """Record one more vote on an item; gives the ballot's id."""
    with act(session, actor, "record_ballot", now) as run:
        item = run.fetch(AgendaItem, item_id)
        position = max((one.position for one in item.ballots), default=0) + 1
        others = tuple(item.ballots)
        row = Ballot(agenda_item=item, agenda_item_id=item.id, position=position)
        _set_ballot(run, row, facts)
        _demand_another(row, others)
        run.about(row)
        session.flush()
        return row.id


def _demand_another(row: Ballot, others: tuple[Ballot, ...]) -> None:
    """Refuse what a double click sends: a ballot that no reader could tell from a recorded one."""

    def told(one: Ballot) -> tuple[object, ...]:
        counts = (one.yes, one.no, one.abstentions, one.invalid)
        return (one.kind, one.subject, counts, one.outcome, one.result_text)

    if told(row) in [told(one) for one in others]:
        raise RuleBroken(
            "subject",
            "Genau diese Abstimmung ist zu diesem Punkt schon erfasst. Wurde noch einmal"
            " abgestimmt, geben Sie bitte den Gegenstand an.",
        )


def edit_ballot(
    session: Session, actor: Actor, row_id: int, version: int, facts: BallotFacts, now: datetime
) -> None:
    """Correct a recorded vote."""
    with act(session, actor, "edit_ballot", now) as run:
        row = run.about(run.fetch(Ballot, row_id, version=version))
        _set_ballot(run, row, facts)


def remove_ballot(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Take a vote off the record that was entered by mistake."""
    with act(session, actor, "remove_ballot", now) as run:
        row = run.about(run.fetch(Ballot, row_id, version=version))
        demand_in_session(hold_meeting(run, row.agenda_item))
        row.agenda_item.ballots.remove(row)
        session.delete(row)


def _set_ballot(run: Run, row: Ballot, facts: BallotFacts) -> None:
    meeting = hold_meeting(run, row.agenda_item)
    demand_in_session(meeting)
    there = {one.person_id for one in voters_present(meeting)}
    rules = rules_on(meeting.body, local_day(meeting.start))
    _set_presence(row, facts, len(there))
    row.kind = facts.kind
    row.subject = checks.line("subject", facts.subject)
    counts = _votes(row, facts, there) if facts.kind is BallotKind.ROLL_CALL else _counts(facts)
    if facts.kind is not BallotKind.ROLL_CALL:
        # A vote that turns out not to be a roll call forgets who voted how.
        row.votes.clear()
    _set_result(row, facts, counts, rules)


def _set_presence(row: Ballot, facts: BallotFacts, there: int) -> None:
    if not there:
        raise RuleBroken(
            "",
            "Es ist noch niemand Stimmberechtigtes als anwesend erfasst. Bitte erfassen Sie"
            " zuerst die Anwesenheit.",
        )
    present = there if facts.present is None else facts.present
    checks.within("present", present, 0, LARGEST_COUNT)
    if present > there:
        raise RuleBroken(
            "present",
            f"Als anwesend sind {there} Stimmberechtigte erfasst, nicht {present}. Bitte prüfen"
            " Sie die Anwesenheit.",
        )
    checks.within("recused", facts.recused, 0, LARGEST_COUNT)
    if facts.recused > present:
        raise RuleBroken(
            "recused", f"Mehr als die {present} Anwesenden können nicht befangen sein."
        )
    row.present = present
    row.recused = facts.recused


def _counts(facts: BallotFacts) -> Counts | None:
    told = (facts.yes, facts.no, facts.abstentions)
    if all(one is None for one in (*told, facts.invalid)):
        return None
    for field, value in (
        ("yes", facts.yes),
        ("no", facts.no),
        ("abstentions", facts.abstentions),
    ):
        if value is None:
            raise RuleBroken(
                field, "Bitte geben Sie alle Stimmenzahlen an, auch die Null, oder gar keine."
            )
        checks.within(field, value, 0, LARGEST_COUNT)
    checks.within("invalid", facts.invalid, 0, LARGEST_COUNT)
    return Counts(facts.yes or 0, facts.no or 0, facts.abstentions or 0, facts.invalid or 0)


def _votes(row: Ballot, facts: BallotFacts, there: set[int]) -> Counts:
    names = {vote.person_id: vote for vote in row.votes}
    twice = [
        one for one, count in Counter(person for person, _ in facts.votes).items() if count > 1
    ]
    if twice:
        raise RuleBroken("votes", "Eine Person hat zweimal abgestimmt. Bitte prüfen Sie die Liste.")
    if not facts.votes:
        raise RuleBroken("votes", "Bitte tragen Sie ein, wer wie gestimmt hat.")
    for person_id, chosen in facts.votes:
        if person_id not in there:
            raise RuleBroken(
                "votes", "Es stimmt jemand ab, der nicht anwesend oder nicht stimmberechtigt ist."
            )
        vote = names.pop(person_id, None)
        if vote is None:
            row.votes.append(Vote(person_id=person_id, choice=chosen))
        else:
            vote.choice = chosen
    for gone in names.values():
        row.votes.remove(gone)
    tally = Counter(chosen for _, chosen in facts.votes)
    return Counts(tally[Choice.YES], tally[Choice.NO], tally[Choice.ABSTENTION])


def _set_result(
    row: Ballot, facts: BallotFacts, counts: Counts | None, rules: Rules | None
) -> None:
    text = checks.line("result_text", facts.result_text, limit=500)
    if counts is None:
        row.yes = row.no = row.abstentions = row.invalid = None
        if not text:
            raise RuleBroken(
                "result_text",
                "Bitte geben Sie das Ergebnis in Worten an, zum Beispiel »einstimmig«, oder die"
                " Stimmenzahlen.",
            )
        if facts.outcome is None:
            raise RuleBroken("outcome", "Bitte geben Sie an, ob der Antrag angenommen ist.")
        row.outcome, row.result_text = facts.outcome, text
        return
    findings = _counted_findings(counts, row, rules)
    enforce("yes", findings)
    row.yes, row.no = counts.yes, counts.no
    row.abstentions, row.invalid = counts.abstentions, counts.invalid
    suggested = _majority(counts, rules)
    row.outcome = facts.outcome or suggested
    if row.outcome is BallotOutcome.ACCEPTED and suggested is BallotOutcome.REJECTED:
        raise RuleBroken(
            "outcome",
            f"Bei {counts.yes} Ja- und {counts.no} Nein-Stimmen ist der Antrag nicht angenommen.",
        )
    said = Outcome.ACCEPTED if row.outcome is BallotOutcome.ACCEPTED else Outcome.REJECTED
    row.result_text = text or result_sentence(counts, said)


def _counted_findings(counts: Counts, row: Ballot, rules: Rules | None) -> tuple[Finding, ...]:
    if counts.total == 0:
        raise RuleBroken(
            "yes",
            "Bei 0 Ja, 0 Nein und 0 Enthaltungen hat niemand abgestimmt. Bitte geben Sie"
            " die Stimmen an.",
        )
    if counts.total > row.present - row.recused:
        raise RuleBroken(
            "yes",
            f"Es sind {counts.total} Stimmen, aber nur {row.present - row.recused}"
            " Stimmberechtigte haben mitgewirkt. Bitte prüfen Sie Stimmen und Anwesenheit.",
        )
    if rules is None:
        return ()
    return check_counts(counts, present=row.present, recused=row.recused, rules=rules)


def _majority(counts: Counts, rules: Rules | None) -> BallotOutcome:
    if rules is None:
        accepted = counts.yes > counts.no
    else:
        accepted = simple_majority(counts, rules) is Outcome.ACCEPTED
    return BallotOutcome.ACCEPTED if accepted else BallotOutcome.REJECTED
