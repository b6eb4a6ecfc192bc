"""Exclusion from taking part (Mitwirkungsverbot): when it holds, what a breach does.

Whether somebody is excluded is decided by people; here it is only reckoned what follows.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sitzungsdienst.law.ballots import Counts, Outcome, simple_majority
from sitzungsdienst.law.tree import RecusalEffect, Rules
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError

CURED_AFTER_MONTHS = 6


class Validity(StrEnum):
    """What a resolution is worth after an excluded member took part."""

    VALID = "valid"
    VOID = "void"
    CURED = "cured"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class RecusalFinding:
    """What the breach does, and the sentence that tells it.

    `cured_after`: the last day before the resolution is healed (None: time does not heal it).
    """

    validity: Validity
    finding: Finding
    cured_after: date | None = None


def is_excluded(rules: Rules, *, in_election: bool) -> bool | None:
    """Whether a member with an interest of its own is excluded; None: not known for elections.

    Who stands for election votes for itself in Sachsen-Anhalt and Bayern.
    """
    return rules.recusal.applies_to_elections.value if in_election else True


def could_be_decisive(counts: Counts, took_part: int, rules: Rules) -> bool:
    """Whether the result could have been another without `took_part` excluded members.

    Nobody's vote needs to be known: they are taken to have voted with the winning side.
    Raises ImpossibleNumbersError for impossible numbers.
    """
    if not 0 <= took_part <= counts.total:
        raise ImpossibleNumbersError(
            f"Mitgewirkt haben können 0 bis {counts.total} Personen, nicht {took_part}."
        )
    outcome = simple_majority(counts, rules)
    if outcome is Outcome.ACCEPTED:
        without = Counts(max(counts.yes - took_part, 0), counts.no, counts.abstentions)
    else:
        without = Counts(counts.yes, max(counts.no - took_part, 0), counts.abstentions)
    accepted = simple_majority(without, rules) is Outcome.ACCEPTED
    return accepted != (outcome is Outcome.ACCEPTED)


def effect_of_taking_part(
    rules: Rules, *, resolved_on: date, today: date, decisive: bool, objected: bool = False
) -> RecusalFinding:
    """Say what a resolution of `resolved_on` is worth after an excluded member took part.

    `decisive`: its vote could have made the result. `objected`: the breach was objected to before
    it was healed.
    """
    rule = rules.recusal.effect
    match rule.value:
        case RecusalEffect.VOID_IF_DECISIVE:
            return _void_if_decisive(rules, decisive)
        case RecusalEffect.VOID_CURED_AFTER_SIX_MONTHS:
            return _void_until_cured(rules, resolved_on, today, objected)
        case RecusalEffect.UNKNOWN:
            message = (
                "Eine ausgeschlossene Person hat mitgewirkt. Welche Folge das hat, ist hier nicht "
                "geklärt. Bitte prüfen Sie, ob der Beschluss wiederholt werden soll."
            )
            finding = Finding(rule.severity, message, rule.norm)
            return RecusalFinding(Validity.UNCLEAR, finding)


def months_later(day: date, months: int) -> date:
    """Return the day some months later; the last of a month too short for it (§ 188 Abs. 3 BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _void_if_decisive(rules: Rules, decisive: bool) -> RecusalFinding:
    rule = rules.recusal.effect
    if decisive:
        message = (
            "Der Beschluss ist ungültig, weil die Stimme einer ausgeschlossenen Person "
            "entscheidend gewesen sein kann. Bitte wiederholen Sie die Abstimmung ohne sie."
        )
    else:
        message = (
            "Eine ausgeschlossene Person hat mitgewirkt; der Beschluss bleibt gültig, weil ihre "
            "Stimme nicht entscheidend war. Bitte halten Sie das fest."
        )
    validity = Validity.VOID if decisive else Validity.VALID
    return RecusalFinding(validity, Finding(rule.severity, message, rule.norm))


def _void_until_cured(
    rules: Rules, resolved_on: date, today: date, objected: bool
) -> RecusalFinding:
    rule = rules.recusal.effect
    last_day = months_later(resolved_on, CURED_AFTER_MONTHS)
    if today > last_day and not objected:
        message = (
            "Der Beschluss war unwirksam, weil eine ausgeschlossene Person mitgewirkt hat; "
            f"er ist nach Ablauf des {last_day:%d.%m.%Y} geheilt."
        )
        finding = Finding(rule.severity, message, rule.norm)
        return RecusalFinding(Validity.CURED, finding, last_day)
    message = (
        "Der Beschluss ist unwirksam, weil eine ausgeschlossene Person mitgewirkt hat. "
        "Bitte wiederholen Sie die Abstimmung ohne sie."
    )
    finding = Finding(rule.severity, message, rule.norm)
    return RecusalFinding(Validity.VOID, finding, None if objected else last_day)
