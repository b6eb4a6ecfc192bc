"""A distribution of seats worked out for showing: quotas, remainders and quotients as exact text.

Whoever takes part in a lot must be able to reckon the numbers themselves, so nothing is rounded:
a number that has no short decimal is told as a mixed fraction.
"""

from dataclasses import dataclass
from fractions import Fraction

from sitzungsdienst.law.seat_methods import DIVISORS
from sitzungsdienst.law.seats import METHOD_NAMES, Allocation, SettledBy, Share, and_list

SHORT_DECIMALS = 4
SETTLED_WORDS = {
    SettledBy.LOT: "durch Los",
    SettledBy.AGREEMENT: "durch Einigung",
    SettledBy.ELECTION_VOTES: "nach den Stimmen der Wahl",
}


@dataclass(frozen=True, slots=True)
class WorkedQuotient:
    """One quotient of a party: its divisor, its exact text, and whether it bears a seat.

    `tied`: the quotient waits for a lot.
    """

    divisor: int
    text: str
    seat: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class WorkedShare:
    """One line of the table: a party with every number its seats come from.

    `whole` and `remainder` are those of the quota; they decide only by Hare-Niemeyer. `quotients`
    is empty there, else it holds those that bear a seat and the next one.
    """

    party: str
    strength: int
    quota: str
    whole: int
    remainder: str
    quotients: tuple[WorkedQuotient, ...]
    seats: int
    tied: bool


def exact_text(number: Fraction) -> str:
    """Return an exact number in German: "4,4" where short, else a mixed fraction "3 15/31"."""
    scaled = number * 10**SHORT_DECIMALS
    if scaled.denominator == 1:
        whole, decimals = divmod(abs(scaled.numerator), 10**SHORT_DECIMALS)
        text = f"{whole},{decimals:0{SHORT_DECIMALS}}".rstrip("0").rstrip(",")
        return f"-{text}" if number < 0 else text
    whole = int(number)
    part = number - whole
    return f"{whole} {abs(part)}" if whole else str(part)


def worked(allocation: Allocation) -> tuple[WorkedShare, ...]:
    """Return the table behind a distribution, in the order the parties were given."""
    tied = {party for tie in allocation.ties for party in tie.parties}
    return tuple(
        WorkedShare(
            party=share.party,
            strength=share.strength,
            quota=exact_text(share.quota),
            whole=int(share.quota),
            remainder=exact_text(share.quota - int(share.quota)),
            quotients=_quotients(allocation, share, share.party in tied),
            seats=share.seats,
            tied=share.party in tied,
        )
        for share in allocation.shares
    )


def allocation_sentence(allocation: Allocation) -> str:
    """Return the distribution in one German sentence for the minutes, open lots and all."""
    seats = ", ".join(f"{share.party} {share.seats}" for share in allocation.shares)
    method = METHOD_NAMES[allocation.method]
    parts = [f"Verteilung von {_seats(allocation.places)} nach {method}: {seats}."]
    if allocation.lifted:
        parts.append(
            f"{allocation.lifted} erhält als Mehrheit mehr als die Hälfte der Sitze und damit "
            "einen Sitz vorab."
        )
    parts += [
        f"Zwischen {and_list(settlement.participants)} ist {SETTLED_WORDS[settlement.how]} "
        f"entschieden: {and_list(settlement.winners)} ({settlement.by})."
        for settlement in allocation.settlements
    ]
    parts += [
        f"Über {_open_seats(tie.seats_left)} entscheidet das Los zwischen {and_list(tie.parties)}."
        for tie in allocation.ties
    ]
    return " ".join(parts)


def _quotients(allocation: Allocation, share: Share, tied: bool) -> tuple[WorkedQuotient, ...]:
    divisor = DIVISORS.get(allocation.method)
    if divisor is None:
        return ()
    return tuple(
        WorkedQuotient(
            divisor=divisor(place),
            text=exact_text(Fraction(share.strength, divisor(place))),
            seat=place < share.seats,
            tied=tied and place == share.seats,
        )
        for place in range(share.seats + 1)
    )


def _seats(number: int) -> str:
    return "einem Sitz" if number == 1 else f"{number} Sitzen"


def _open_seats(number: int) -> str:
    return "einen Sitz" if number == 1 else f"{number} Sitze"
