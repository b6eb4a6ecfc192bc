"""Working seats and chairs out by the law of a day, with the lots that people drew laid over."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.law.chairs import ChairOrder, chair_order
from sitzungsdienst.law.rules import Rules
from sitzungsdienst.law.seat_checks import seat_findings, tie_finding
from sitzungsdienst.law.seat_methods import DIVISORS, LARGEST_SEATS
from sitzungsdienst.law.seats import (
    Allocation,
    SettledBy,
    Settlement,
    WrongLotError,
    allocate,
)
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.elections import Apportionment

LARGEST_STRENGTH = 99_999_999
MOST_GROUPS = 40
MOST_CHAIRS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """A group or list: its strength in members or votes, and its votes in the last election."""

    name: str
    strength: int | None = None
    votes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApportionmentFacts:
    """Seats to be shared out on a day.

    `body_members` is the size of the whole council, against which a majority is counted; None: all
    strengths together. An open tie is settled by `how`: `winners` names those who got a seat and
    `settled_by` who drew or noted it; by votes of the last election the groups' `votes` decide.
    `chairs` is how many chairs are chosen in turn; `picks` has the group of each place, where a lot
    decided it, and `chairs_drawn_by` who drew.
    """

    decided_on: date
    method: SeatMethod
    seats: int
    groups: tuple[GroupFacts, ...]
    organization_id: int | None = None
    body_members: int | None = None
    how: SettledBy = SettledBy.LOT
    winners: tuple[str, ...] = ()
    settled_by: str = ""
    chairs: int = 0
    picks: tuple[str, ...] = ()
    chairs_drawn_by: str = ""
    remark: str = ""
    acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Seats as worked out: an open tie stays in `allocation`, and `tie` says how it is settled."""

    rules: Rules | None
    allocation: Allocation
    findings: tuple[Finding, ...]
    tie: Finding | None
    chairs: ChairOrder | None


def work_out(body: Body, facts: ApportionmentFacts) -> WorkedOut:
    """Share the seats out. Raises RuleBroken for numbers and lots that cannot be."""
    rules = rules_on(body, facts.decided_on)
    strengths = _strengths(facts)
    checks.within("seats", facts.seats, 1, LARGEST_SEATS)
    checks.within("body_members", facts.body_members, 1, LARGEST_STRENGTH)
    checks.within("chairs", facts.chairs, 0, MOST_CHAIRS)
    clause = rules is not None and rules.seats.majority_clause.value
    try:
        plain = allocate(
            facts.method,
            strengths,
            facts.seats,
            majority_clause=clause,
            body_members=facts.body_members if clause else None,
        )
    except ImpossibleNumbersError as error:
        field = "body_members" if clause and facts.body_members else "seats"
        raise RuleBroken(field, str(error)) from error
    allocation = _settled(plain, facts)
    tie = tie_finding(rules, allocation) if rules is not None else None
    findings = seat_findings(rules, allocation) if rules is not None else ()
    return WorkedOut(rules, allocation, findings, tie, _chairs(rules, strengths, facts))


def chair_method(rules: Rules | None) -> SeatMethod:
    """By which quotients chairs are chosen: as the law of the day says, else d'Hondt."""
    return (rules.seats.chairs.value if rules is not None else None) or SeatMethod.DHONDT


def settlements(found: WorkedOut, facts: ApportionmentFacts) -> list[dict[str, object]]:
    """What people settled, as it is kept with the result."""
    kept = [_kept("seats", one) for one in found.allocation.settlements]
    votes = {one.name.strip(): one.votes for one in facts.groups if one.votes is not None}
    for one in kept:
        if one["how"] == SettledBy.ELECTION_VOTES.value:
            one["votes"] = votes
    if found.chairs is not None:
        kept += [_kept("chairs", one) for one in found.chairs.settlements]
    return kept


def facts_of(row: Apportionment) -> ApportionmentFacts:
    """The facts a kept one was made of, so that it can be worked out and corrected again."""
    lots = json.loads(row.lots)
    seats = [one for one in lots if one["for"] == "seats"]
    chairs = [one for one in lots if one["for"] == "chairs"]
    strengths: Mapping[str, int] = json.loads(row.strengths)
    picks = tuple(json.loads(row.chairs))
    votes: Mapping[str, int] = next((one["votes"] for one in seats if one.get("votes")), {})
    first: dict[str, Any] = (
        seats[0] if seats else {"how": SettledBy.LOT.value, "winners": [], "by": ""}
    )
    # Votes of the election name their winners themselves; a lot may follow for the rest.
    rest = [one for one in seats if one["how"] != SettledBy.ELECTION_VOTES.value]
    return ApportionmentFacts(
        decided_on=row.decided_on,
        method=row.method,
        seats=row.seats,
        groups=tuple(
            GroupFacts(name=name, strength=strength, votes=votes.get(name))
            for name, strength in strengths.items()
        ),
        organization_id=row.organization_id,
        body_members=row.body_members,
        how=SettledBy(first["how"]),
        winners=tuple(rest[-1]["winners"]) if rest else (),
        settled_by=first["by"],
        chairs=len(picks),
        picks=picks,
        chairs_drawn_by=chairs[0]["by"] if chairs else "",
        remark=row.remark,
    )


def _kept(what: str, one: Settlement) -> dict[str, object]:
    return {
        "for": what,
        "how": one.how.value,
        "among": list(one.participants),
        "winners": list(one.winners),
        "by": one.by,
    }


def _strengths(facts: ApportionmentFacts) -> list[tuple[str, int]]:
    """The groups as pairs, each checked at its field."""
    if not facts.groups:
        raise RuleBroken("groups", "Bitte tragen Sie Fraktionen oder Listen mit ihrer Stärke ein.")
    if len(facts.groups) > MOST_GROUPS:
        raise RuleBroken("groups", f"Höchstens {MOST_GROUPS} Zeilen sind möglich.")
    found: list[tuple[str, int]] = []
    for place, one in enumerate(facts.groups):
        name = checks.line(
            f"groups-{place}-name",
            one.name,
            needed="Bitte tragen Sie den Namen der Fraktion oder Liste ein.",
            limit=200,
        )
        if name in dict(found):
            raise RuleBroken(
                f"groups-{place}-name",
                f"„{name}“ ist mehrfach eingetragen. Bitte fassen Sie die Einträge zusammen.",
            )
        if one.strength is None:
            raise RuleBroken(f"groups-{place}-strength", "Bitte tragen Sie die Stärke ein.")
        checks.within(f"groups-{place}-strength", one.strength, 0, LARGEST_STRENGTH)
        checks.within(f"groups-{place}-votes", one.votes, 0, LARGEST_STRENGTH)
        found.append((name, one.strength))
    if not sum(strength for _, strength in found):
        raise RuleBroken("groups-0-strength", "Alle Stärken sind 0. Bitte prüfen Sie sie.")
    return found


def _settled(plain: Allocation, facts: ApportionmentFacts) -> Allocation:
    """Lay over what people settled; nothing typed leaves the tie open."""
    by = checks.line("settled_by", facts.settled_by, limit=200)
    votes: dict[str, int] = {}
    if facts.how is SettledBy.ELECTION_VOTES:
        votes = {one.name.strip(): one.votes for one in facts.groups if one.votes is not None}
    if plain.complete or not (votes or facts.winners):
        return plain
    if facts.how is SettledBy.ELECTION_VOTES and not votes:
        raise RuleBroken("how", "Bitte tragen Sie bei den Stärken die Stimmen der Wahl ein.")
    if not by:
        raise RuleBroken(
            "settled_by",
            "Bitte tragen Sie ein, wer das Los gezogen oder dies festgehalten hat.",
        )
    try:
        found = plain.by_election_votes(votes, by) if votes else plain
        if found.complete or not facts.winners:
            return found
        if facts.how is SettledBy.AGREEMENT:
            return found.agreed(facts.winners, by)
        return found.drawn(facts.winners, by)
    except WrongLotError as error:
        raise RuleBroken("winners", str(error)) from error


def _chairs(
    rules: Rules | None, strengths: list[tuple[str, int]], facts: ApportionmentFacts
) -> ChairOrder | None:
    if not facts.chairs:
        return None
    method = chair_method(rules)
    if method not in DIVISORS:
        raise RuleBroken("chairs", "Hare-Niemeyer ergibt keine Reihenfolge für die Vorsitze.")
    order = chair_order(strengths, facts.chairs, method)
    drawn_by = checks.line("chairs_drawn_by", facts.chairs_drawn_by, limit=200)
    while (turn := order.open_turn) is not None:
        picks = tuple(one for one in facts.picks[turn.first - 1 : turn.last] if one)
        if len(picks) < turn.places:
            break
        if not drawn_by:
            raise RuleBroken("chairs_drawn_by", "Bitte tragen Sie ein, wer das Los gezogen hat.")
        try:
            order = order.drawn(picks, drawn_by)
        except WrongLotError as error:
            raise RuleBroken("picks", str(error)) from error
    return order


def without_lots(facts: ApportionmentFacts) -> ApportionmentFacts:
    """The same seats before anything was settled by people."""
    return replace(facts, winners=(), settled_by="", picks=(), how=SettledBy.LOT)
