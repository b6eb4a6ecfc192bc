"""The chairs of committees: parties choose in turn by their highest quotients (Zugriffsverfahren).

Where quotients are equal, a lot decides whose turn comes first, or who has none (§ 49 Abs. 2
KVG LSA with the Hauptsatzung of a district).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sitzungsdienst.law.seat_methods import DIVISORS, Strengths, checked_strengths, turns
from sitzungsdienst.law.seats import SettledBy, Settlement, WrongLotError
from sitzungsdienst.law.tree import Rules, SeatMethod
from sitzungsdienst.law.values import ImpossibleNumbersError


@dataclass(frozen=True, slots=True)
class ChairTurn:
    """The places `first` to `last` of the order, and the parties whose turn they are.

    One party stands for itself; several have the equal quotient `at` and need a lot, about the
    order alone when there is a place for each of them.
    """

    first: int
    last: int
    parties: tuple[str, ...]
    at: Fraction

    @property
    def places(self) -> int:
        """How many chairs this turn gives away."""
        return self.last - self.first + 1

    @property
    def needs_lot(self) -> bool:
        """Whether people have to draw."""
        return len(self.parties) > 1


@dataclass(frozen=True, slots=True)
class ChairOrder:
    """Who chooses a chair in which place; `settlements` records the lots that were drawn."""

    turns: tuple[ChairTurn, ...]
    settlements: tuple[Settlement, ...] = ()

    @property
    def picks(self) -> tuple[str | None, ...]:
        """The party of each place, the first place first; None where a lot is open."""
        return tuple(
            None if turn.needs_lot else turn.parties[0]
            for turn in self.turns
            for _ in range(turn.places)
        )

    @property
    def open_turn(self) -> ChairTurn | None:
        """The first turn that waits for a lot; None when the order is complete."""
        return next((turn for turn in self.turns if turn.needs_lot), None)

    def drawn(self, order: Sequence[str], by: str) -> "ChairOrder":
        """Lay the lot `by` drew over the first open turn: one party for each of its places.

        Raises WrongLotError when no turn is open or the parties do not fit it.
        """
        turn = self.open_turn
        if turn is None:
            raise WrongLotError("Die Reihenfolge steht fest; es ist nichts zu losen.")
        if not by.strip():
            raise WrongLotError("Bitte tragen Sie ein, wer das Los gezogen hat.")
        fits = len(order) == len(set(order)) == turn.places and set(order) <= set(turn.parties)
        if not fits:
            raise WrongLotError(
                f"Das Los vergibt {turn.places} Plätze unter {', '.join(turn.parties)}. "
                "Bitte geben Sie für jeden Platz an, auf wen es fiel."
            )
        single = tuple(
            replace(turn, first=turn.first + place, last=turn.first + place, parties=(party,))
            for place, party in enumerate(order)
        )
        at = self.turns.index(turn)
        settled = Settlement(SettledBy.LOT, turn.parties, tuple(order), by)
        return ChairOrder(
            turns=(*self.turns[:at], *single, *self.turns[at + 1 :]),
            settlements=(*self.settlements, settled),
        )


def chair_order(
    strengths: Strengths, count: int, method: SeatMethod = SeatMethod.DHONDT
) -> ChairOrder:
    """Return the order in which parties choose `count` chairs, lots left open.

    Raises ImpossibleNumbersError for impossible numbers, and for Hare-Niemeyer, which knows seats
    but no order.
    """
    pairs = checked_strengths(strengths, count)
    divisor = DIVISORS.get(method)
    if divisor is None:
        raise ImpossibleNumbersError(
            "Hare-Niemeyer ergibt keine Reihenfolge. Bitte wählen Sie für die Vorsitze d'Hondt "
            "oder Sainte-Laguë."
        )
    place = 1
    order: list[ChairTurn] = []
    for turn in turns([strength for _, strength in pairs], count, divisor):
        parties = tuple(pairs[index][0] for index in turn.indexes)
        order.append(ChairTurn(place, place + turn.places - 1, parties, turn.quotient))
        place += turn.places
    return ChairOrder(tuple(order))


def chair_order_by_rules(
    rules: Rules, strengths: Strengths, count: int, local: SeatMethod | None = None
) -> ChairOrder:
    """Return the order of chairs by the Land's method, else the body's own (`local`).

    Raises ImpossibleNumbersError as `chair_order` does, and when neither names a method.
    """
    method = rules.seats.chairs.value or local
    if method is None:
        raise ImpossibleNumbersError(
            "Wie die Vorsitze verteilt werden, steht in der Hauptsatzung oder Geschäftsordnung. "
            "Bitte tragen Sie das Verfahren bei der Körperschaft ein."
        )
    return chair_order(strengths, count, method)
