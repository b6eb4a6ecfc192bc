"""A ballot as the office's pages tell it: the result, the numbers, what the law has to say."""

from dataclasses import dataclass

from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.gate.wording import BALLOT_KIND, BALLOT_OUTCOME, CHOICE
from sitzungsdienst.german import local_day
from sitzungsdienst.law.ballots import Counts, check_counts, counts_phrase
from sitzungsdienst.law.rules import Rules
from sitzungsdienst.law.tree import Abstention
from sitzungsdienst.law.values import Finding
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import Ballot


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


def lines(item: AgendaItem) -> list[BallotLine]:
    """The ballots of an item, in their order."""
    rules = rules_on(item.meeting.body, local_day(item.meeting.start))
    return [line(one, number, rules) for number, one in enumerate(item.ballots, start=1)]


def line(row: Ballot, number: int, rules: Rules | None) -> BallotLine:
    """One ballot in words; `number` counts the item's ballots from 1."""
    counts = _counts(row)
    findings: tuple[Finding, ...] = ()
    if counts and rules:
        findings = check_counts(counts, present=row.present, recused=row.recused, rules=rules)
    return BallotLine(
        id=row.id,
        title=row.subject or f"{number}. Abstimmung",
        kind=BALLOT_KIND[row.kind],
        outcome=BALLOT_OUTCOME[row.outcome],
        result=row.result_text,
        counts=counts_phrase(counts) if counts else "",
        present=_presence(row) if counts else "",
        votes=tuple((one.person.name, CHOICE[one.choice]) for one in row.votes),
        findings=findings,
    )


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
    return f"{row.present} Stimmberechtigte anwesend{recused}"
