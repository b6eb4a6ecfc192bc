"""Qualified majorities: a share of a number that is never the same twice.

Whether a charter (Hauptsatzung) or a removal from the chair passes is counted among all members, a
statutory number or those present, not among yes and no.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from sitzungsdienst.law.ballots import Counts, refuse_impossible
from sitzungsdienst.law.telling import in_words
from sitzungsdienst.law.tree import Denominator, Quota, Rules
from sitzungsdienst.law.values import ImpossibleNumbersError, Value

NAMES = {
    Denominator.STATUTORY: "die gesetzliche Mitgliederzahl",
    Denominator.MEMBERS: "die Zahl der Mitglieder",
    Denominator.PRESENT_ENTITLED: "die Zahl der anwesenden Stimmberechtigten",
}


@dataclass(frozen=True, slots=True)
class Heads:
    """The numbers of people a majority may be counted among; None where not known.

    `statutory`: as the law fixes it. `members`: those in office, with the chief officer where the
    Land counts them. `present`: those present with a vote, less those recused.
    """

    statutory: int | None = None
    members: int | None = None
    present: int | None = None


@dataclass(frozen=True, slots=True)
class Qualified:
    """Whether a qualified majority is reached: `yes` votes of the `needed`, counted among `among`.

    `norm` is empty where the quota came from no rule.
    """

    reached: bool
    yes: int
    needed: int
    among: int
    sentence: str
    norm: str = ""


def needed_votes(quota: Quota, among: int) -> int:
    """Return how many votes a quota asks for: more than half of 55 are 28, 2/3 of 40 are 27."""
    exact = quota.share * among
    return floor(exact) + 1 if quota.more_than else ceil(exact)


def qualified_majority(counts: Counts, quota: Quota, heads: Heads, norm: str = "") -> Qualified:
    """Say whether the yes votes reach the quota.

    Raises ImpossibleNumbersError when the number to count among is unknown or below the votes.
    """
    refuse_impossible(counts)
    among = _among(counts, quota.of, heads)
    needed = max(needed_votes(quota, among), 1)
    reached = counts.yes >= needed
    verdict = "ist erreicht" if reached else "ist nicht erreicht"
    sentence = (
        f"Die nötige Mehrheit ({in_words('', quota)}) {verdict}: "
        f"{counts.yes} Ja bei {among}; nötig sind {needed}."
    )
    return Qualified(reached, counts.yes, needed, among, sentence, norm)


def charter_majority(counts: Counts, rules: Rules, heads: Heads) -> Qualified | None:
    """Say whether a charter (Hauptsatzung) passes; None where the Land's quota is not known."""
    return _by_rule(counts, rules.majority.charter, heads)


def chair_removal(counts: Counts, rules: Rules, heads: Heads) -> Qualified | None:
    """Say whether the chair is removed; None where the Land's quota is not known."""
    return _by_rule(counts, rules.majority.chair_removal, heads)


def at_least(share: Fraction, of: Denominator) -> Quota:
    """A quota that is merely to be reached, such as two thirds of the members."""
    return Quota(share=share, more_than=False, of=of)


def _by_rule(counts: Counts, rule: Value[Quota | None], heads: Heads) -> Qualified | None:
    if rule.value is None:
        return None
    return qualified_majority(counts, rule.value, heads, rule.norm)


def _among(counts: Counts, of: Denominator, heads: Heads) -> int:
    match of:
        case Denominator.STATUTORY:
            return _known(heads.statutory, of, counts)
        case Denominator.MEMBERS:
            return _known(heads.members, of, counts)
        case Denominator.PRESENT_ENTITLED:
            return _known(heads.present, of, counts)
        case Denominator.CAST:
            return counts.total
        case Denominator.VALID | Denominator.YES_AND_NO:
            return counts.yes + counts.no


def _known(number: int | None, of: Denominator, counts: Counts) -> int:
    if number is None or number < 1:
        raise ImpossibleNumbersError(f"Bitte geben Sie {NAMES[of]} an.")
    if counts.total > number:
        raise ImpossibleNumbersError(
            f"Es sind {counts.total} Stimmen und Enthaltungen, aber {NAMES[of]} ist {number}. "
            "Bitte berichtigen Sie die Zahlen."
        )
    return number
