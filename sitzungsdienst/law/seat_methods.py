"""The arithmetic of distributing seats: largest remainders and highest quotients, exactly.

Why our own and no library: the packages for apportionment break a tie by the order of the names or
by chance. In a council a tie that decides is a lot drawn by people, so it has to come out of the
reckoning as a tie. Everything is counted in fractions; no decimal is ever rounded on the way.
"""

import heapq
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.law.values import ImpossibleNumbersError

# No council in Germany has as many seats: a larger number is a slip of typing.
LARGEST_SEATS = 999

Strengths = Mapping[str, int] | Sequence[tuple[str, int]]
Divisor = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Turn:
    """Those whose turn it is at one quotient, and for how many places.

    `indexes` point into the strengths; fewer `places` than indexes make a tie that decides.
    """

    indexes: tuple[int, ...]
    places: int
    quotient: Fraction


@dataclass(frozen=True, slots=True)
class Apportioned:
    """Seats by index of the strengths, and the indexes that tie for the `left` last seats.

    `at` is the remainder or quotient they share; None without a tie.
    """

    certain: tuple[int, ...]
    tied: tuple[int, ...] = ()
    left: int = 0
    at: Fraction | None = None


def dhondt_divisor(seats_so_far: int) -> int:
    """Return the next divisor of d'Hondt: 1, 2, 3 …"""
    return seats_so_far + 1


def sainte_lague_divisor(seats_so_far: int) -> int:
    """Return the next divisor of Sainte-Laguë/Schepers: 1, 3, 5 …"""
    return 2 * seats_so_far + 1


DIVISORS: Mapping[SeatMethod, Divisor] = {
    SeatMethod.DHONDT: dhondt_divisor,
    SeatMethod.SAINTE_LAGUE: sainte_lague_divisor,
}


def quota(strength: int, total: int, seats: int) -> Fraction:
    """Return the exact share of `seats` that `strength` of `total` would bear; 0 if all is 0."""
    return Fraction(strength * seats, total) if total else Fraction(0)


def apportion(method: SeatMethod, strengths: Sequence[int], seats: int) -> Apportioned:
    """Distribute `seats` among `strengths` (checked numbers) by one method, ties left open."""
    divisor = DIVISORS.get(method)
    if divisor is None:
        return largest_remainders(strengths, seats)
    return highest_quotients(strengths, seats, divisor)


def largest_remainders(strengths: Sequence[int], seats: int) -> Apportioned:
    """Hare-Niemeyer: the whole part of each quota, then one seat each by largest remainder."""
    total = sum(strengths)
    quotas = [quota(strength, total, seats) for strength in strengths]
    whole = [int(share) for share in quotas]
    remainders = [share - part for share, part in zip(quotas, whole, strict=True)]
    left = seats - sum(whole) if total else 0
    return hand_out(whole, remainders, left, range(len(strengths)))


def hand_out(
    whole: Sequence[int], remainders: Sequence[Fraction], left: int, entitled: Collection[int]
) -> Apportioned:
    """Give `left` seats, one each at most, to the `entitled` with the largest `remainders`."""
    if not left:
        return Apportioned(tuple(whole))
    ranked = sorted(entitled, key=lambda index: remainders[index], reverse=True)
    at = remainders[ranked[left - 1]]
    above = [index for index in ranked if remainders[index] > at]
    level = tuple(sorted(index for index in ranked if remainders[index] == at))
    seats = list(whole)
    for index in above:
        seats[index] += 1
    left -= len(above)
    if len(level) > left:
        return Apportioned(tuple(seats), level, left, at)
    for index in level:
        seats[index] += 1
    return Apportioned(tuple(seats))


def highest_quotients(strengths: Sequence[int], seats: int, divisor: Divisor) -> Apportioned:
    """Distribute by divisors: one seat to each of the highest quotients."""
    certain = [0] * len(strengths)
    for turn in turns(strengths, seats, divisor):
        if turn.places < len(turn.indexes):
            return Apportioned(tuple(certain), turn.indexes, turn.places, turn.quotient)
        for index in turn.indexes:
            certain[index] += 1
    return Apportioned(tuple(certain))


def turns(strengths: Sequence[int], places: int, divisor: Divisor) -> tuple[Turn, ...]:
    """Return whose turn it is, from the highest quotient down, until all `places` are taken."""
    taken = [0] * len(strengths)
    heap = [
        (-Fraction(strength, divisor(0)), i) for i, strength in enumerate(strengths) if strength
    ]
    heapq.heapify(heap)
    found: list[Turn] = []
    while places and heap:
        quotient, indexes = -heap[0][0], []
        while heap and -heap[0][0] == quotient:
            indexes.append(heapq.heappop(heap)[1])
        found.append(Turn(tuple(sorted(indexes)), min(places, len(indexes)), quotient))
        places -= found[-1].places
        for index in indexes:
            taken[index] += 1
            heapq.heappush(heap, (-Fraction(strengths[index], divisor(taken[index])), index))
    return tuple(found)


def checked_strengths(strengths: Strengths, seats: int) -> tuple[tuple[str, int], ...]:
    """Return the strengths as pairs in the order given.

    Raises ImpossibleNumbersError, in German, for numbers that no distribution can be made from.
    """
    pairs = tuple(strengths.items()) if isinstance(strengths, Mapping) else tuple(strengths)
    if not 0 <= seats <= LARGEST_SEATS:
        raise ImpossibleNumbersError(
            f"{seats} Sitze sind nicht möglich. Bitte geben Sie 0 bis {LARGEST_SEATS} ein."
        )
    if not pairs:
        raise ImpossibleNumbersError(
            "Es ist niemand eingetragen, auf den Sitze verteilt werden können. "
            "Bitte tragen Sie Fraktionen oder Listen mit ihrer Stärke ein."
        )
    names = [name for name, _ in pairs]
    for name, strength in pairs:
        if names.count(name) > 1:
            raise ImpossibleNumbersError(
                f"„{name}“ ist mehrfach eingetragen. Bitte fassen Sie die Einträge zusammen."
            )
        if strength < 0:
            raise ImpossibleNumbersError(
                f"„{name}“: {strength} ist als Stärke nicht möglich. "
                "Bitte geben Sie 0 oder mehr ein."
            )
    if seats and not sum(strength for _, strength in pairs):
        raise ImpossibleNumbersError(
            "Alle Stärken sind 0; so lassen sich keine Sitze verteilen. "
            "Bitte tragen Sie Mitglieder oder Stimmen ein."
        )
    return pairs
