"""The seats of a committee or a list election, by Hare-Niemeyer, d'Hondt or Sainte-Laguë.

A tie that decides is never broken by the order of names: the certain seats and the open ties are
told apart, and what people settled (by lot, agreement or votes of the last election) is laid over
with who took part, who won and who drew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from sitzungsdienst.law.seat_methods import (
    Apportioned,
    Strengths,
    apportion,
    checked_strengths,
    hand_out,
    quota,
)
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.law.values import ImpossibleNumbersError

METHOD_NAMES = {
    SeatMethod.HARE_NIEMEYER: "Hare-Niemeyer",
    SeatMethod.DHONDT: "d'Hondt",
    SeatMethod.SAINTE_LAGUE: "Sainte-Laguë/Schepers",
}


class WrongLotError(ValueError):
    """A lot that cannot be: nothing to draw, or winners who did not take part; German message."""


class SettledBy(StrEnum):
    """How people settled a tie."""

    LOT = "lot"
    AGREEMENT = "agreement"
    ELECTION_VOTES = "election_votes"


@dataclass(frozen=True, slots=True)
class Tie:
    """Parties whose remainder or quotient `at` is equal; `seats_left` of them get a seat more."""

    parties: tuple[str, ...]
    seats_left: int
    at: Fraction


@dataclass(frozen=True, slots=True)
class Settlement:
    """A tie as people settled it: who took part, who won a seat, and who drew (or noted) it."""

    how: SettledBy
    participants: tuple[str, ...]
    winners: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Share:
    """One party: its strength (members or votes), its exact quota, and its certain seats."""

    party: str
    strength: int
    quota: Fraction
    seats: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """A distribution of `places` seats; `shares` stand in the order the parties were given.

    `lifted` names the party that the majority clause gave a seat ahead of the others.
    """

    method: SeatMethod
    places: int
    shares: tuple[Share, ...]
    ties: tuple[Tie, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    lifted: str | None = None

    @property
    def seats(self) -> dict[str, int]:
        """The certain seats per party; those of open ties are missing."""
        return {share.party: share.seats for share in self.shares}

    @property
    def seats_open(self) -> int:
        """How many seats wait for a lot."""
        return sum(tie.seats_left for tie in self.ties)

    @property
    def complete(self) -> bool:
        """Whether no lot is open."""
        return not self.ties

    def drawn(self, winners: Sequence[str], by: str) -> "Allocation":
        """Complete the open tie by the lot `by` drew; `winners` has a name for each open seat.

        Raises WrongLotError when no tie is open or the winners do not fit it.
        """
        return self._settled(SettledBy.LOT, winners, by)

    def agreed(self, winners: Sequence[str], by: str) -> "Allocation":
        """Complete the open tie by an agreement of the parties, as noted by `by`.

        Raises WrongLotError as `drawn` does.
        """
        return self._settled(SettledBy.AGREEMENT, winners, by)

    def by_election_votes(self, votes: Mapping[str, int], by: str) -> "Allocation":
        """Give the open seats to those tied with more votes in the last election, as `by` noted.

        Where the votes are equal too, the tie stays open for a lot among those who are equal.
        Raises WrongLotError when no tie is open or votes are missing.
        """
        tie = self._open_tie()
        missing = [party for party in tie.parties if party not in votes]
        if missing:
            raise WrongLotError(
                f"Es fehlen die Wahlstimmen von {and_list(missing)}. Bitte tragen Sie sie ein."
            )
        counted = [Fraction(votes[party]) for party in tie.parties]
        given = hand_out([0] * len(counted), counted, tie.seats_left, range(len(counted)))
        winners = [name for name, won in zip(tie.parties, given.certain, strict=True) if won]
        settled = self
        if winners:
            settled = _awarded(
                self, Settlement(SettledBy.ELECTION_VOTES, tie.parties, tuple(winners), by)
            )
        rest = tuple(tie.parties[index] for index in given.tied)
        return replace(settled, ties=(Tie(rest, given.left, tie.at),) if rest else ())

    def _settled(self, how: SettledBy, winners: Sequence[str], by: str) -> "Allocation":
        tie = self._open_tie()
        if not by.strip():
            raise WrongLotError(
                "Bitte tragen Sie ein, wer das Los gezogen oder dies festgehalten hat."
            )
        if set(winners) - set(tie.parties) or len(set(winners)) != len(winners):
            raise WrongLotError(
                f"Am Los nehmen nur {and_list(tie.parties)} teil, und zwar jeweils einmal. "
                "Bitte prüfen Sie die Angabe."
            )
        if len(winners) != tie.seats_left:
            raise WrongLotError(
                f"Offen sind {tie.seats_left} Sitze, angegeben sind {len(winners)}. "
                "Bitte geben Sie für jeden offenen Sitz an, auf wen das Los fiel."
            )
        return replace(_awarded(self, Settlement(how, tie.parties, tuple(winners), by)), ties=())

    def _open_tie(self) -> Tie:
        if not self.ties:
            raise WrongLotError("Alle Sitze sind verteilt; es ist nichts zu losen.")
        return self.ties[0]


def allocate(
    method: SeatMethod,
    strengths: Strengths,
    seats: int,
    *,
    majority_clause: bool = False,
    body_members: int | None = None,
) -> Allocation:
    """Distribute `seats` by `method`; at most one tie is left open.

    `strengths` are members of parliamentary groups or votes for lists. With `majority_clause`
    (§ 41 BbgKVerf) a party with more than half of `body_members` (default: of all strengths) gets
    more than half of the seats. Raises ImpossibleNumbersError for numbers that cannot be.
    """
    pairs = checked_strengths(strengths, seats)
    numbers = [strength for _, strength in pairs]
    found = apportion(method, numbers, seats)
    lifted = None
    if majority_clause and seats:
        leader = _with_majority(numbers, body_members)
        if leader is not None and 2 * found.certain[leader] <= seats:
            found = _lift(method, numbers, seats, leader)
            lifted = pairs[leader][0]
    total = sum(numbers)
    shares = tuple(
        Share(name, strength, quota(strength, total, seats), won)
        for (name, strength), won in zip(pairs, found.certain, strict=True)
    )
    ties: tuple[Tie, ...] = ()
    if found.at is not None:
        ties = (Tie(tuple(pairs[index][0] for index in found.tied), found.left, found.at),)
    return Allocation(method, seats, shares, ties, lifted=lifted)


def _with_majority(numbers: Sequence[int], body_members: int | None) -> int | None:
    """The index of the party with more than half of all; None when there is none."""
    total = sum(numbers)
    if body_members is not None and body_members < total:
        raise ImpossibleNumbersError(
            f"Die Fraktionen haben zusammen {total} Mitglieder, die Vertretung nur {body_members}. "
            "Bitte berichtigen Sie die Zahlen."
        )
    of = total if body_members is None else body_members
    return next((index for index, number in enumerate(numbers) if 2 * number > of), None)


def _lift(method: SeatMethod, numbers: Sequence[int], seats: int, leader: int) -> Apportioned:
    """Give the leader one seat over half, the rest to the others.

    By Hare-Niemeyer the leader's quota is over half of the seats, so its whole part is at least the
    half rounded down and one seat of those by remainder is enough; it is taken ahead of the others,
    who keep their own remainders. By divisors the others share what is left by the same method.
    """
    if method is SeatMethod.HARE_NIEMEYER:
        total = sum(numbers)
        quotas = [quota(number, total, seats) for number in numbers]
        whole = [int(share) for share in quotas]
        remainders = [share - part for share, part in zip(quotas, whole, strict=True)]
        whole[leader] += 1
        others = [index for index in range(len(numbers)) if index != leader]
        return hand_out(whole, remainders, seats - sum(whole), others)
    need = seats // 2 + 1
    others_only = [0 if index == leader else number for index, number in enumerate(numbers)]
    rest = apportion(method, others_only, seats - need)
    certain = [need if index == leader else won for index, won in enumerate(rest.certain)]
    return replace(rest, certain=tuple(certain))


def _awarded(allocation: Allocation, settlement: Settlement) -> Allocation:
    shares = tuple(
        replace(share, seats=share.seats + (share.party in settlement.winners))
        for share in allocation.shares
    )
    return replace(allocation, shares=shares, settlements=(*allocation.settlements, settlement))


def and_list(names: Sequence[str]) -> str:
    """Return names as German lists them: "A, B und C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} und {names[-1]}"
