"""Seats shared out as the office's pages tell them: tables, the three methods, the chairs."""

import json
from dataclasses import dataclass

from sitzungsdienst.acts.apportioning import WorkedOut, chair_method, facts_of, work_out
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.documents.seat_picture import Picture, picture
from sitzungsdienst.documents.seat_sheet import GroupSeats, SeatSheet
from sitzungsdienst.gate.prints import letterhead
from sitzungsdienst.law.seat_checks import without_seat
from sitzungsdienst.law.seat_texts import (
    WorkedShare,
    allocation_sentence,
    exact_text,
    worked,
)
from sitzungsdienst.law.seats import METHOD_NAMES, SettledBy, allocate, and_list
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.law.values import ImpossibleNumbersError
from sitzungsdienst.record.elections import Apportionment

HOW = {
    SettledBy.LOT: "durch Los",
    SettledBy.AGREEMENT: "durch Einigung",
    SettledBy.ELECTION_VOTES: "nach den Stimmen der Wahl",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group by all three methods; "+ Los" marks a seat that waits for a lot."""

    group: str
    by_method: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChairLine:
    """One or several places of the order of chairs; `lot` says that they wait for a lot."""

    place: str
    group: str
    at: str
    lot: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is shown of seats as worked out."""

    sentence: str
    method: str
    shares: tuple[WorkedShare, ...]
    by_quotients: bool
    comparison: tuple[Comparison, ...]
    chairs: tuple[ChairLine, ...]
    chairs_method: str
    picture: Picture
    picture_text: str
    without_seat: str


def sheet(found: WorkedOut) -> Sheet:
    """Put the tables together."""
    allocation = found.allocation
    shares = worked(allocation)
    seats = [(one.party, one.seats) for one in shares]
    return Sheet(
        sentence=allocation_sentence(allocation),
        method=METHOD_NAMES[allocation.method],
        shares=shares,
        by_quotients=allocation.method is not SeatMethod.HARE_NIEMEYER,
        comparison=_comparison(found),
        chairs=_chairs(found),
        chairs_method=METHOD_NAMES[chair_method(found.rules)],
        picture=picture([*(number for _, number in seats), allocation.seats_open]),
        picture_text=_picture_text(seats, allocation.seats_open),
        without_seat=and_list(without_seat(allocation)) if without_seat(allocation) else "",
    )


def kept_sheet(row: Apportionment) -> Sheet | None:
    """The tables of a kept one; None where the law's data has changed since, so that they differ.

    What was kept stands then by itself.
    """
    try:
        found = work_out(row.body, facts_of(row))
    except RuleBroken:
        return None
    same = found.allocation.seats == json.loads(row.result)
    picks = list(found.chairs.picks) if found.chairs else []
    return sheet(found) if same and picks == json.loads(row.chairs) else None


def settled_words(row: Apportionment) -> list[str]:
    """What people settled, a sentence each."""
    told = []
    for one in json.loads(row.lots):
        what = "Sitze" if one["for"] == "seats" else "Vorsitze"
        told.append(
            f"{what}: Zwischen {and_list(one['among'])} {HOW[SettledBy(one['how'])]} entschieden"
            f" für {and_list(one['winners'])} ({one['by']})."
        )
    return told


def printed(row: Apportionment) -> SeatSheet:
    """A kept one as it is printed: what was kept, whatever the rules of now would give."""
    result, strengths = json.loads(row.result), json.loads(row.strengths)
    return SeatSheet(
        letterhead=letterhead(row.body),
        committee=row.organization.name if row.organization else "",
        decided_on=row.decided_on,
        method=METHOD_NAMES[row.method],
        groups=tuple(
            GroupSeats(name, str(strengths.get(name, "")), seats) for name, seats in result.items()
        ),
        settled=tuple(settled_words(row)),
        chairs=tuple(json.loads(row.chairs)),
        remark=row.remark,
    )


def _comparison(found: WorkedOut) -> tuple[Comparison, ...]:
    strengths = [(one.party, one.strength) for one in found.allocation.shares]
    columns = []
    for method in SeatMethod:
        try:
            other = allocate(method, strengths, found.allocation.places)
        except ImpossibleNumbersError:
            return ()
        tied = {party for tie in other.ties for party in tie.parties}
        columns.append(
            {
                one.party: f"{one.seats} + Los" if one.party in tied else str(one.seats)
                for one in other.shares
            }
        )
    return tuple(
        Comparison(party, tuple(column[party] for column in columns)) for party, _ in strengths
    )


def _chairs(found: WorkedOut) -> tuple[ChairLine, ...]:
    if found.chairs is None:
        return ()
    return tuple(
        ChairLine(
            place=str(turn.first) if turn.first == turn.last else f"{turn.first} bis {turn.last}",
            group=and_list(turn.parties),
            at=exact_text(turn.at),
            lot=turn.needs_lot,
        )
        for turn in found.chairs.turns
    )


def _picture_text(seats: list[tuple[str, int]], open_seats: int) -> str:
    told = ", ".join(f"{name} {number}" for name, number in seats)
    waiting = f"; {open_seats} noch offen" if open_seats else ""
    return f"Sitze im Halbrund: {told}{waiting}."
