"""A ballot as the office's pages tell it: the result, the numbers, what the law has to say."""

from dataclasses import dataclass

from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.gate.wording import (
    BALLOT_KIND,
    BALLOT_OUTCOME,
    CHOICE,
    MOTION,
    REQUIREMENT,
)
from sitzungsdienst.german import clock, local_day
from sitzungsdienst.law.ballots import Counts, check_counts, counts_phrase
from sitzungsdienst.law.procedure import kind_of_vote
from sitzungsdienst.law.rules import Rules
from sitzungsdienst.law.tree import Abstention
from sitzungsdienst.law.values import Finding, Severity
from sitzungsdienst.office.ballot_fields import choice_words
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import Ballot, BallotKind


@dataclass(frozen=True, slots=True)
class BallotLine:
    """One ballot; `counts` is "" where the result was told without numbers."""

    id: int
    title: str
    kind: str
    outcome: str
    result: str
    counts: str
    present: str
    votes: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    version: int = 0
    #: What is voted on, by whose motion, which committee, which majority, when, as short notes.
    notes: tuple[str, ...] = ()
    stances: tuple[tuple[str, str], ...] = ()


def lines(item: AgendaItem) -> list[BallotLine]:
    """The ballots of an item, in their order."""
    rules = rules_on(item.meeting.body, local_day(item.meeting.start))
    return [line(one, number, rules) for number, one in enumerate(item.ballots, start=1)]


def line(row: Ballot, number: int, rules: Rules | None) -> BallotLine:
    """One ballot in words; `number` counts the item's ballots from 1."""
    counts = _counts(row)
    findings: tuple[Finding, ...] = ()
    if counts and rules:
        findings = _unanswered(
            row, check_counts(counts, present=row.present, recused=row.recused, rules=rules)
        )
    if rules and row.kind is BallotKind.SECRET:
        findings += _on_secrecy(row, rules)
    return BallotLine(
        id=row.id,
        title=row.subject or MOTION[row.motion] or f"{number}. Abstimmung",
        kind=BALLOT_KIND[row.kind],
        outcome=BALLOT_OUTCOME[row.outcome],
        result=row.result_text,
        counts=counts_phrase(counts) if counts else "",
        present=_presence(row) if counts else "",
        votes=tuple((one.person.name, CHOICE[one.choice]) for one in row.votes),
        findings=findings,
        version=row.version,
        notes=_notes(row),
        stances=choice_words(row),
    )


def _unanswered(row: Ballot, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is still to be looked at: votes that are missing with an explanation are not."""
    counts = _counts(row)
    missing = counts is not None and counts.total < row.present - row.recused
    if not (missing and row.difference):
        return findings
    return findings[1:]


def _on_secrecy(row: Ballot, rules: Rules) -> tuple[Finding, ...]:
    """What the law says of a secret vote on a matter; what happened stands all the same."""
    members = row.entitled or row.present
    if not members:
        return ()
    found = kind_of_vote(rules, members=members, secret_demanded_by=members).findings
    return tuple(Finding(Severity.WARN, one.message, one.norm) for one in found)


def _notes(row: Ballot) -> tuple[str, ...]:
    told = (
        MOTION[row.motion] if row.subject else "",
        f"Antrag von {row.moved_by}" if row.moved_by else "",
        row.organization.name if row.organization else "",
        f"nötig: {REQUIREMENT[row.requirement]}" if REQUIREMENT[row.requirement] else "",
        f"um {clock(row.taken_at)} Uhr" if row.taken_at else "",
        row.difference,
    )
    return tuple(one for one in told if one)


def abstention_warning(meeting: Meeting) -> str:
    """What to say where the Land forbids abstentions, with the norm; "" where it does not."""
    rules = rules_on(meeting.body, local_day(meeting.start))
    if rules is None or rules.majority.abstention.value is not Abstention.FORBIDDEN:
        return ""
    return (
        "Enthaltungen sind hier nicht zulässig"
        f" ({rules.majority.abstention.norm}). Hat sich jemand tatsächlich enthalten, tragen Sie"
        " es ein: Es wird festgehalten, was geschehen ist."
    )


def _counts(row: Ballot) -> Counts | None:
    if row.yes is None:
        return None
    return Counts(row.yes, row.no or 0, row.abstentions or 0, row.invalid or 0)


def _presence(row: Ballot) -> str:
    recused = f", davon {row.recused} ausgeschlossen (Mitwirkungsverbot)" if row.recused else ""
    of = f" von {row.entitled}" if row.entitled is not None else ""
    return f"{row.present}{of} Stimmberechtigte anwesend{recused}"
