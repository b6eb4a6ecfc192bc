"""What the law and common sense say to a distribution of seats: method, guard, published list.

The rules are those of the day of the meeting, so that the same strengths may ask for another method
a day later.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

from sitzungsdienst.law.seat_methods import Strengths
from sitzungsdienst.law.seat_texts import exact_text
from sitzungsdienst.law.seats import METHOD_NAMES, Allocation, allocate, and_list
from sitzungsdienst.law.tree import Rules, SeatBasis, SeatMethod, SeatTie
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError, Severity

TIE_SENTENCES = {
    SeatTie.LOT: "Zwischen {names} entscheidet das Los. Bitte lassen Sie es ziehen und tragen Sie "
    "das Ergebnis ein.",
    SeatTie.AGREEMENT_ELSE_LOT: "{names} können sich einigen, sonst entscheidet das Los. Bitte "
    "tragen Sie das Ergebnis ein.",
    SeatTie.ELECTION_VOTES: "Zwischen {names} entscheidet die größere Stimmenzahl der Wahl. Bitte "
    "tragen Sie die Stimmen ein.",
    SeatTie.LOCAL: "Wie zwischen {names} entschieden wird (Los oder Stimmenzahl der Wahl), steht "
    "in der Geschäftsordnung. Bitte tragen Sie das Ergebnis ein.",
}


@dataclass(frozen=True, slots=True)
class OverRounding:
    """A party with more seats than its quota rounded up; `certain`: without the luck of a lot."""

    party: str
    quota: str
    most: int
    seats: int
    certain: bool


def seat_method(rules: Rules, local: SeatMethod | None = None) -> SeatMethod | None:
    """Return the method that holds: the Land's, else the body's own (`local`), else None."""
    return rules.seats.method.value or local


def allocate_by_rules(
    rules: Rules,
    strengths: Strengths,
    seats: int,
    *,
    local: SeatMethod | None = None,
    body_members: int | None = None,
) -> Allocation:
    """Distribute seats as the Land asks on that day, majority clause and all.

    Raises ImpossibleNumbersError for impossible numbers, and when neither the Land nor the body's
    own rules (`local`) name a method.
    """
    method = seat_method(rules, local)
    if method is None:
        raise ImpossibleNumbersError(
            "Das Verfahren der Sitzverteilung steht in der Geschäftsordnung. "
            "Bitte tragen Sie es bei der Körperschaft ein."
        )
    clause = rules.seats.majority_clause.value
    return allocate(method, strengths, seats, majority_clause=clause, body_members=body_members)


def seat_findings(rules: Rules, allocation: Allocation) -> tuple[Finding, ...]:
    """Say what the rules of the day have against a distribution; empty when nothing.

    Checked are the method, the guard against over-rounding, the majority clause, and whether there
    are more seats than members to sit on them.
    """
    found = (
        _method_finding(rules, allocation.method),
        _guard_finding(rules, allocation),
        _clause_finding(rules, allocation),
        _more_seats_than_members(rules, allocation),
    )
    return tuple(finding for finding in found if finding is not None)


def tie_finding(rules: Rules, allocation: Allocation) -> Finding | None:
    """Say how people settle the open tie by the rules of the day; None when no tie is open."""
    if allocation.complete:
        return None
    rule = rules.seats.tie
    names = and_list(allocation.ties[0].parties)
    return Finding(Severity.WARN, TIE_SENTENCES[rule.value].format(names=names), rule.norm)


def over_rounded(allocation: Allocation) -> tuple[OverRounding, ...]:
    """Return the parties with more seats than their quota rounded up (BayVGH, 17.03.2004).

    One that hangs on a lot is told as not certain. The majority clause never makes one: whoever has
    more than half of the strength has a quota over half of the seats.
    """
    tied = {party for tie in allocation.ties for party in tie.parties}
    found: list[OverRounding] = []
    for share in allocation.shares:
        most = ceil(share.quota)
        seats = share.seats + (share.party in tied)
        if seats > most:
            text = exact_text(share.quota)
            found.append(OverRounding(share.party, text, most, seats, share.seats > most))
    return tuple(found)


def methods_without_over_rounding(
    strengths: Strengths, seats: int, among: Collection[SeatMethod] = tuple(SeatMethod)
) -> tuple[SeatMethod, ...]:
    """Return those methods by which no party gets more than its quota rounded up, even by lot."""
    return tuple(method for method in among if not over_rounded(allocate(method, strengths, seats)))


def without_seat(allocation: Allocation) -> tuple[str, ...]:
    """Return the parties with members but no seat, who may claim an advisory one (Grundmandat).

    A party that still hopes for a lot is not among them.
    """
    tied = {party for tie in allocation.ties for party in tie.parties}
    return tuple(
        share.party
        for share in allocation.shares
        if share.strength and not share.seats and share.party not in tied
    )


def check_published(allocation: Allocation, published: Mapping[str, int]) -> tuple[Finding, ...]:
    """Compare a list that was published elsewhere with the distribution; empty when they agree.

    Names whose seats were swapped are told as such. A seat that waits for a lot may be published
    with either of the tied.
    """
    expected = allocation.seats
    strangers = sorted(set(published) ^ set(expected))
    if strangers:
        message = (
            f"Nur in einer der beiden Listen stehen: {', '.join(strangers)}. "
            "Bitte prüfen Sie die Namen."
        )
        return (Finding(Severity.WARN, message, ""),)
    differing = [party for party in expected if not _agrees(allocation, party, published[party])]
    swapped = [
        pair
        for pair in combinations(differing, 2)
        if published[pair[0]] == expected[pair[1]] and published[pair[1]] == expected[pair[0]]
    ]
    told = {party for pair in swapped for party in pair}
    found = [_swap_finding(expected, first, second) for first, second in swapped]
    found += [
        _difference(party, expected[party], published[party])
        for party in differing
        if party not in told
    ]
    return (*found, *_wrong_sum(allocation, published))


def _agrees(allocation: Allocation, party: str, seats: int) -> bool:
    by_lot = any(party in tie.parties for tie in allocation.ties)
    return 0 <= seats - allocation.seats[party] <= by_lot


def _swap_finding(expected: Mapping[str, int], first: str, second: str) -> Finding:
    message = (
        f"In der veröffentlichten Liste sind {first} und {second} vertauscht: nach den Zahlen "
        f"erhält {first} {expected[first]} und {second} {expected[second]}. "
        "Bitte prüfen Sie die Quelle."
    )
    return Finding(Severity.WARN, message, "")


def _difference(party: str, expected: int, published: int) -> Finding:
    message = (
        f"{party}: veröffentlicht {published}, nach den Zahlen {expected}. "
        "Bitte prüfen Sie die Quelle und das Verfahren."
    )
    return Finding(Severity.WARN, message, "")


def _wrong_sum(allocation: Allocation, published: Mapping[str, int]) -> Sequence[Finding]:
    total = sum(published.values())
    if total == allocation.places:
        return ()
    message = (
        f"Die veröffentlichte Liste vergibt {total} Sitze, zu vergeben sind {allocation.places}. "
        "Bitte prüfen Sie die Quelle."
    )
    return (Finding(Severity.WARN, message, ""),)


def _method_finding(rules: Rules, method: SeatMethod) -> Finding | None:
    asked, allowed = rules.seats.method, rules.seats.allowed
    if asked.value is not None:
        if asked.value is method:
            return None
        message = (
            f"Am Tag der Sitzung gilt das Verfahren {METHOD_NAMES[asked.value]}, verteilt ist nach "
            f"{METHOD_NAMES[method]}. Bitte verteilen Sie die Sitze neu."
        )
        return Finding(asked.severity, message, asked.norm)
    if method in allowed.value:
        return None
    names = ", ".join(METHOD_NAMES[one] for one in allowed.value)
    message = (
        f"Das Verfahren {METHOD_NAMES[method]} ist nicht zugelassen; möglich sind {names}. "
        "Bitte wählen Sie eines davon."
    )
    return Finding(allowed.severity, message, allowed.norm)


def _guard_finding(rules: Rules, allocation: Allocation) -> Finding | None:
    guard = rules.seats.over_rounding_guard
    if not guard.value:
        return None
    over = over_rounded(allocation)
    if not over:
        return None
    strengths = [(share.party, share.strength) for share in allocation.shares]
    better = methods_without_over_rounding(strengths, allocation.places, rules.seats.allowed.value)
    if not better:
        return None
    told = ", ".join(
        f"{one.party} {'erhält' if one.certain else 'kann durch Los'} {one.seats}"
        f"{'' if one.certain else ' erhalten'} (Quote {one.quota}, aufgerundet {one.most})"
        for one in over
    )
    names = " oder ".join(METHOD_NAMES[one] for one in better)
    message = (
        f"Überaufrundung nach {METHOD_NAMES[allocation.method]}: {told}. "
        f"Bitte verteilen Sie nach {names}; das vermeidet sie."
    )
    certain = any(one.certain for one in over)
    return Finding(guard.severity if certain else Severity.WARN, message, guard.norm)


def _clause_finding(rules: Rules, allocation: Allocation) -> Finding | None:
    clause = rules.seats.majority_clause
    total = sum(share.strength for share in allocation.shares)
    leader = next((share for share in allocation.shares if 2 * share.strength > total), None)
    if not clause.value or leader is None or not allocation.places:
        return None
    if 2 * leader.seats > allocation.places:
        return None
    # The body may have more members than its groups together, so this is for people to judge.
    message = (
        f"{leader.party} hat mehr als die Hälfte der Stärke, aber nur {leader.seats} von "
        f"{allocation.places} Sitzen. Gehört ihr mehr als die Hälfte der Vertretung an, stehen ihr "
        "mehr als die Hälfte der Sitze zu. Bitte prüfen Sie die Mehrheitsklausel."
    )
    return Finding(Severity.WARN, message, clause.norm)


def _more_seats_than_members(rules: Rules, allocation: Allocation) -> Finding | None:
    basis = rules.seats.basis
    if basis.value is not SeatBasis.FACTION_MEMBERS:
        return None
    short = [share.party for share in allocation.shares if share.seats > share.strength]
    if not short:
        return None
    message = (
        f"Mehr Sitze als Mitglieder: {', '.join(short)}. "
        "Bitte prüfen Sie die Zahl der Sitze und die Stärken."
    )
    return Finding(Severity.WARN, message, basis.norm)
