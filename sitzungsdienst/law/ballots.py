"""Votes: checking counts, finding the outcome of a simple majority, saying it in German.

Elections follow other rules and are not decided here. The outcome is the system's reckoning; the
chair determines the result.
"""

from dataclasses import dataclass
from enum import StrEnum

from sitzungsdienst.law.tree import Abstention, Denominator, Rules, Tie
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError, Severity

# No council or committee in Germany has anything near it: a larger number is a slip of typing.
LARGEST_COUNT = 999


class Outcome(StrEnum):
    """What a vote came to."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_VOTED = "not_voted"


ON_TIE = {Tie.REJECTED: Outcome.REJECTED}


@dataclass(frozen=True, slots=True)
class Counts:
    """The votes of one ballot, as counted; all four are whole numbers from 0 on."""

    yes: int
    no: int
    abstentions: int
    invalid: int = 0

    @property
    def total(self) -> int:
        """All who took part, abstaining and invalid votes among them."""
        return self.yes + self.no + self.abstentions + self.invalid


def simple_majority(counts: Counts, rules: Rules) -> Outcome:
    """Return the outcome by simple majority: more yes than no; a tie is rejected.

    Abstentions and invalid votes do not count (§ 56 Abs. 2 KVG LSA, Art. 51 Abs. 1 GO,
    § 50 Abs. 1, 5 GO NRW). A ballot without any vote is NOT_VOTED, never unanimous.
    Raises ImpossibleNumbersError for a count below 0 or above LARGEST_COUNT.
    """
    refuse_impossible(counts)
    if counts.total == 0:
        return Outcome.NOT_VOTED
    among = _counted_among(counts, rules.majority.simple.value)
    if 2 * counts.yes == among:
        return ON_TIE[rules.majority.tie.value]
    return Outcome.ACCEPTED if 2 * counts.yes > among else Outcome.REJECTED


def check_counts(
    counts: Counts, *, present: int, rules: Rules, recused: int = 0
) -> tuple[Finding, ...]:
    """Compare counts with who was there; an empty tuple means that nothing is to be said.

    `present` counts those present with a vote, `recused` those of them excluded from this item.
    Impossible numbers, more votes than voters and 0/0/0 block; missing votes warn.
    """
    norm = rules.majority.simple.norm
    wrong = _impossible_numbers(counts, present, recused, norm)
    if wrong:
        return wrong
    if counts.total == 0:
        message = (
            "Es ist nicht abgestimmt: keine Ja-Stimme, keine Nein-Stimme, keine Enthaltung. "
            "Bitte tragen Sie das Ergebnis ein oder streichen Sie die Abstimmung."
        )
        return (Finding(Severity.BLOCK, message, norm),)
    difference = _compare_with_voters(counts.total, present, recused, norm)
    abstention = _abstention(counts, rules)
    return tuple(finding for finding in (difference, abstention) if finding is not None)


def is_unanimous(counts: Counts) -> bool:
    """Whether everybody who said yes or no said the same; abstentions do not spoil it.

    Offices call a result "einstimmig" when nobody voted against it (so in the words of
    § 39 BbgKVerf); a ballot without any yes or no is not unanimous.
    """
    return (counts.yes > 0) != (counts.no > 0)


def result_sentence(counts: Counts, outcome: Outcome) -> str:
    """Return the result in the words of minutes, without the numbers of yes and no.

    The outcome is the chair's and is taken as given; `counts_phrase` has the numbers.
    """
    if outcome is Outcome.NOT_VOTED:
        return "nicht abgestimmt"
    abstaining = ""
    if counts.abstentions:
        abstaining = f" bei {_plural(counts.abstentions, 'Enthaltung', 'Enthaltungen')}"
    if outcome is Outcome.ACCEPTED:
        if is_unanimous(counts) and counts.yes:
            return f"einstimmig{abstaining}"
        return "mehrheitlich angenommen" if counts.yes > counts.no else "angenommen"
    if is_unanimous(counts) and counts.no:
        return f"einstimmig abgelehnt{abstaining}"
    if counts.yes == counts.no > 0:
        return "bei Stimmengleichheit abgelehnt"
    return "mehrheitlich abgelehnt" if counts.no > counts.yes else "abgelehnt"


def counts_phrase(counts: Counts) -> str:
    """Return the counts in words, e.g. "14 Ja-Stimmen, 3 Nein-Stimmen, 2 Enthaltungen"."""
    parts = [
        _plural(counts.yes, "Ja-Stimme", "Ja-Stimmen"),
        _plural(counts.no, "Nein-Stimme", "Nein-Stimmen"),
        _plural(counts.abstentions, "Enthaltung", "Enthaltungen"),
    ]
    if counts.invalid:
        parts.append(_plural(counts.invalid, "ungültige Stimme", "ungültige Stimmen"))
    return ", ".join(parts)


def _counted_among(counts: Counts, denominator: Denominator) -> int:
    """How many votes a simple majority is counted among; every Land counts yes and no."""
    return counts.total if denominator is Denominator.CAST else counts.yes + counts.no


def _plural(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _compare_with_voters(total: int, present: int, recused: int, norm: str) -> Finding | None:
    voters = present - recused
    excluded = f" ({recused} von {present} Anwesenden ausgeschlossen)" if recused else ""
    told = f"{total} Stimmen und Enthaltungen bei {voters} Stimmberechtigten{excluded}"
    if total > voters:
        message = (
            f"Es sind {total - voters} zu viel: {told}. "
            "Bitte berichtigen Sie die Zahlen oder die Anwesenheit."
        )
        return Finding(Severity.BLOCK, message, norm)
    if total < voters:
        message = (
            f"Es sind {voters - total} zu wenig: {told}. Bitte prüfen Sie, "
            "ob jemand nicht abgestimmt oder den Raum verlassen hat."
        )
        return Finding(Severity.WARN, message, norm)
    return None


def _abstention(counts: Counts, rules: Rules) -> Finding | None:
    rule = rules.majority.abstention
    if rule.value is not Abstention.FORBIDDEN or not counts.abstentions:
        return None
    # The duty to vote is certain, yet councils do record abstentions and the resolution stands:
    # what happened in the room must be recordable, so this only warns.
    message = (
        "Eine Enthaltung ist hier nicht zulässig. Bitte prüfen Sie die Angabe; "
        "hat sich jemand tatsächlich enthalten, bleibt sie stehen."
    )
    return Finding(Severity.WARN, message, rule.norm)


def _impossible_numbers(
    counts: Counts, present: int, recused: int, norm: str
) -> tuple[Finding, ...]:
    findings = [
        Finding(Severity.BLOCK, _out_of_range(name, number), norm)
        for name, number in (*_named(counts), ("Anwesende", present), ("Ausgeschlossene", recused))
        if not 0 <= number <= LARGEST_COUNT
    ]
    if not findings and recused > present:
        message = (
            f"{recused} Ausgeschlossene sind mehr als die {present} Anwesenden. "
            "Bitte berichtigen Sie die Anwesenheit."
        )
        findings.append(Finding(Severity.BLOCK, message, norm))
    return tuple(findings)


def refuse_impossible(counts: Counts) -> None:
    """Raise ImpossibleNumbersError, with a German message, for a count no meeting can have."""
    for name, number in _named(counts):
        if not 0 <= number <= LARGEST_COUNT:
            raise ImpossibleNumbersError(_out_of_range(name, number))


def _named(counts: Counts) -> tuple[tuple[str, int], ...]:
    return (
        ("Ja-Stimmen", counts.yes),
        ("Nein-Stimmen", counts.no),
        ("Enthaltungen", counts.abstentions),
        ("Ungültige Stimmen", counts.invalid),
    )


def _out_of_range(name: str, number: int) -> str:
    return f"{name}: {number} ist nicht möglich. Bitte geben Sie 0 bis {LARGEST_COUNT} ein."
