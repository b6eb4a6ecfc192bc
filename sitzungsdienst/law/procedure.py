"""How a vote is taken: openly, by roll call or in secret, and what may be told of single votes."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from sitzungsdienst.law.tree import HybridElection, OwnVote, Rules, SecretVote
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError, Severity


class VoteKind(StrEnum):
    """How a vote on a matter is taken."""

    OPEN = "open"
    ROLL_CALL = "roll_call"
    SECRET = "secret"  # noqa: S105 - no password


@dataclass(frozen=True, slots=True)
class KindOfVote:
    """How the vote is to be taken, and what there is to say about the demands.

    `secret_needed`, `roll_call_needed`: how many members must ask for it (None: no number known).
    """

    kind: VoteKind
    secret_needed: int | None
    roll_call_needed: int | None
    findings: tuple[Finding, ...] = ()


def kind_of_vote(
    rules: Rules,
    *,
    members: int,
    secret_demanded_by: int = 0,
    roll_call_demanded_by: int = 0,
    roll_call_demanded_by_group: bool = False,
    roll_call_agreed: bool = False,
) -> KindOfVote:
    """Say how a vote on a matter (no election) is taken after what was asked for.

    `members` is the number the shares are counted from; the others say how many of them, or
    whether a parliamentary group, ask for it. `roll_call_agreed`: the number that local rules ask
    for was reached, as the chair found. Raises ImpossibleNumbersError for impossible numbers.
    """
    for asking in (secret_demanded_by, roll_call_demanded_by):
        if not 0 <= asking <= members:
            raise ImpossibleNumbersError(
                f"Verlangen können es 0 bis {members} Mitglieder, nicht {asking}."
            )
    secret_needed = _number(rules.procedure.secret_share.value, members)
    roll_call_needed = _roll_call_needed(rules, members)
    secret, on_secret = _secret(rules, secret_demanded_by, secret_needed)
    by_group = roll_call_demanded_by_group and rules.procedure.roll_call_group.value is True
    roll_call, on_roll_call = _roll_call(rules, roll_call_demanded_by, roll_call_needed)
    if roll_call_agreed or by_group:
        roll_call, on_roll_call = True, None
    kind, on_both = _precedence(rules, secret, roll_call)
    findings = tuple(one for one in (on_secret, on_roll_call, on_both) if one)
    return KindOfVote(kind, secret_needed, roll_call_needed, findings)


def may_record_own_vote(rules: Rules, *, secret: bool) -> Finding | None:
    """Say whether a member may have its own vote written into the minutes; None means it may.

    Of a secret vote or election nobody's vote is written down, whatever the member wants.
    """
    rule = rules.procedure.own_vote
    if secret:
        message = (
            "Bei geheimer Abstimmung oder Wahl wird nicht festgehalten, wie jemand gestimmt hat, "
            "auch nicht auf eigenes Verlangen."
        )
        return Finding(rule.severity, message, rule.norm)
    if rule.value is OwnVote.UNKNOWN:
        message = (
            "Ob ein Mitglied sein Stimmverhalten festhalten lassen kann, ist hier nicht geklärt. "
            "Bitte prüfen Sie die Geschäftsordnung."
        )
        return Finding(Severity.NOTE, message, rule.norm)
    return None


def check_hybrid_election(rules: Rules, *, secret: bool) -> Finding | None:
    """Say what holds for an election in a meeting that members may join by video; None: nothing.

    It is the meeting that counts, not whether somebody is connected at that moment.
    """
    rule = rules.procedure.hybrid_election
    match rule.value:
        case HybridElection.CONNECTED_EXCLUDED:
            message = "Zugeschaltete Mitglieder nehmen an der Wahl nicht teil."
        case HybridElection.FORBIDDEN if secret:
            message = (
                "In einer Sitzung mit Zuschaltung gibt es keine geheime Wahl. "
                "Bitte wählen Sie in einer Sitzung, in der alle im Raum sind."
            )
        case HybridElection.APPROVED_SYSTEM_OR_POST if secret:
            message = (
                "Geheim gewählt wird hier nur mit einem zugelassenen Abstimmungssystem, "
                "sonst brieflich."
            )
        case HybridElection.UNKNOWN:
            message = "Was bei Zuschaltung für Wahlen gilt, ist hier nicht geklärt."
            return Finding(Severity.NOTE, message, rule.norm)
        case _:
            return None
    return Finding(rule.severity, message, rule.norm)


def _secret(rules: Rules, asking: int, needed: int | None) -> tuple[bool, Finding | None]:
    rule = rules.procedure.secret_vote
    if not asking:
        return False, None
    if rule.value is SecretVote.FORBIDDEN:
        message = (
            "Eine geheime Abstimmung über eine Sachfrage ist unzulässig. "
            "Bitte lassen Sie offen abstimmen."
        )
        return False, Finding(rule.severity, message, rule.norm)
    if needed is None:
        message = (
            "Geheim abgestimmt wird nur, wenn die Geschäftsordnung es vorsieht. "
            "Bitte tragen Sie ein, welcher Anteil der Mitglieder es verlangen kann."
        )
        return False, Finding(Severity.WARN, message, rule.norm)
    if asking >= needed:
        return True, None
    return False, _too_few("geheime", asking, needed, rules.procedure.secret_share.norm)


def _roll_call(rules: Rules, asking: int, needed: int | None) -> tuple[bool, Finding | None]:
    norm = rules.procedure.roll_call_share.norm
    if not asking:
        return False, None
    if needed is None:
        message = (
            "Wie viele Mitglieder eine namentliche Abstimmung verlangen können, steht in der "
            "Geschäftsordnung. Bitte tragen Sie es bei der Körperschaft ein."
        )
        return False, Finding(Severity.WARN, message, norm)
    if asking >= needed:
        return True, None
    return False, _too_few("namentliche", asking, needed, norm)


def _too_few(kind: str, asking: int, needed: int, norm: str) -> Finding:
    message = f"Für eine {kind} Abstimmung reichen {asking} Mitglieder nicht; nötig sind {needed}."
    return Finding(Severity.NOTE, message, norm)


def _precedence(rules: Rules, secret: bool, roll_call: bool) -> tuple[VoteKind, Finding | None]:
    if not (secret and roll_call):
        kind = VoteKind.SECRET if secret else VoteKind.ROLL_CALL if roll_call else VoteKind.OPEN
        return kind, None
    rule = rules.procedure.secret_over_roll_call
    if rule.value is None:
        # Names once told cannot be taken back, so the doubt speaks for the secret vote.
        message = (
            "Ob die geheime der namentlichen Abstimmung vorgeht, ist hier nicht geklärt. "
            "Bitte lassen Sie das Gremium entscheiden."
        )
        return VoteKind.SECRET, Finding(Severity.WARN, message, rule.norm)
    return (VoteKind.SECRET if rule.value else VoteKind.ROLL_CALL), None


def _roll_call_needed(rules: Rules, members: int) -> int | None:
    """The share or the number of local rules, whichever is easier to reach."""
    law = rules.procedure
    share = _number(law.roll_call_share.value, members)
    known = [one for one in (share, law.roll_call_number.value) if one is not None]
    return min(known, default=None)


def _number(share: Fraction | None, members: int) -> int | None:
    return None if share is None else ceil(share * members)
