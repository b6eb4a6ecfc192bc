"""Elections by lists: a single list all agree to, else seats in proportion to the votes for lists.

§ 50 Abs. 3 GO NRW, § 55 HGO. A list that wins more seats than it has names leaves them open.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sitzungsdienst.law.ballots import Counts
from sitzungsdienst.law.seat_checks import allocate_by_rules
from sitzungsdienst.law.seats import Allocation
from sitzungsdienst.law.tree import Rules, SeatBasis, SeatMethod
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError, Severity


@dataclass(frozen=True, slots=True)
class ListResult:
    """The seats by lists, and how many of a list's seats have no name to take them."""

    allocation: Allocation
    unfilled: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SingleListResult:
    """Whether a list put forward by all is accepted, and the German sentence that says so."""

    accepted: bool
    sentence: str
    norm: str
    severity: Severity


def judge_single_list(rules: Rules, counts: Counts) -> SingleListResult:
    """Say whether the one list of all is accepted: without dissent, abstentions do not spoil it.

    Raises ImpossibleNumbersError when nobody voted.
    """
    if counts.yes + counts.no + counts.abstentions + counts.invalid == 0:
        raise ImpossibleNumbersError("Es ist nicht abgestimmt. Bitte tragen Sie das Ergebnis ein.")
    basis = rules.seats.basis
    severity = rules.majority.unanimous.severity if counts.abstentions else basis.severity
    accepted = counts.yes > 0 and not counts.no
    sentence = (
        "Der einheitliche Vorschlag ist einstimmig angenommen."
        if accepted
        else "Der einheitliche Vorschlag ist nicht einstimmig angenommen; "
        "gewählt wird nach Listen im Verhältnis der Stimmen."
    )
    return SingleListResult(accepted, sentence, basis.norm, severity)


def elect_by_lists(
    rules: Rules,
    votes: Mapping[str, int],
    seats: int,
    *,
    names_on: Mapping[str, int] | None = None,
    local: SeatMethod | None = None,
) -> ListResult:
    """Distribute `seats` by the votes for lists; `names_on` counts the names on each list.

    Raises ImpossibleNumbersError as `seat_checks.allocate_by_rules` does.
    """
    allocation = allocate_by_rules(rules, votes, seats, local=local)
    names = {} if names_on is None else names_on
    unfilled = tuple(
        (party, won - names[party])
        for party, won in allocation.seats.items()
        if party in names and won > names[party]
    )
    norm = rules.seats.method.norm
    findings = _other_basis(rules) + tuple(
        Finding(
            Severity.WARN,
            f"Auf „{party}“ entfallen {missing} Sitze mehr, als Namen auf der Liste stehen. "
            "Bitte prüfen Sie, ob sie unbesetzt bleiben.",
            norm,
        )
        for party, missing in unfilled
    )
    return ListResult(allocation, unfilled, findings)


def _other_basis(rules: Rules) -> tuple[Finding, ...]:
    basis = rules.seats.basis
    if basis.value is SeatBasis.LIST_VOTES:
        return ()
    message = (
        f"Die Sitze sind hier nach Stimmen für Listen verteilt. {basis.wording} "
        "Bitte prüfen Sie, ob nach Listen gewählt wird."
    )
    return (Finding(Severity.WARN, message, basis.norm),)
