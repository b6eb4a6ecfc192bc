"""Ballots and elections as the page of an excerpt shows them.

Many counted votes on one item, as in the weighing of objections to a plan, stand in one table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sitzungsdienst.publication.results import PublicBallot, PublicElection, PublicRound

#: From so many counted ballots on, one table is easier to read than blocks.
GRID = 3

#: Kinds that are no adjective: all others are, as in "geheime Abstimmung".
_WHOLE = ("ohne Widerspruch", "durch Zuruf")


@dataclass(frozen=True, slots=True)
class BallotBlock:
    """One vote. `counts` are (label, number), none where the result was only told."""

    subject: str
    kind: str
    result: str
    remarks: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    votes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BallotGrid:
    """Several counted votes in one table: the labels of the columns, and a row each."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], str], ...]


@dataclass(frozen=True, slots=True)
class RoundBlock:
    """One round of an election: the votes by name, the other counts, the result in words."""

    title: str
    tallies: tuple[tuple[str, int, str], ...]
    counts: tuple[tuple[str, int], ...]
    result: str
    lots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElectionBlock:
    """An election with its rounds; `seats` tells that lists share seats."""

    office: str
    mode: str
    seats: bool
    rounds: tuple[RoundBlock, ...]


def in_a_grid(ballots: Sequence[PublicBallot]) -> bool:
    """Whether the ballots are many, all counted, and none with names or remarks of its own."""
    return len(ballots) >= GRID and all(
        one.yes is not None and one.subject and not (one.votes or one.stances or _remarks(one))
        for one in ballots
    )


def ballot_grid(ballots: Sequence[PublicBallot]) -> BallotGrid:
    """The table of many ballots."""
    invalid = any(one.invalid for one in ballots)
    recused = any(one.recused for one in ballots)
    labels: tuple[str, ...] = ("Ja", "Nein", "Enthaltung")
    labels += (("Ungültig",) if invalid else ()) + (("Mitwirkungsverbot",) if recused else ())

    def numbers(one: PublicBallot) -> tuple[int, ...]:
        found: tuple[int | None, ...] = (one.yes, one.no, one.abstentions)
        found += ((one.invalid,) if invalid else ()) + ((one.recused,) if recused else ())
        return tuple(number or 0 for number in found)

    return BallotGrid(labels, tuple((one.subject, numbers(one), one.outcome) for one in ballots))


def ballot_block(ballot: PublicBallot) -> BallotBlock:
    """A vote in words; a result that was told without counts stays without numbers."""
    return BallotBlock(
        subject=ballot.subject,
        kind=_kind(ballot.kind),
        result=ballot.result_text or ballot.outcome,
        remarks=_remarks(ballot),
        counts=_counts(ballot),
        votes=tuple((one.name, one.choice) for one in ballot.votes),
    )


def _kind(kind: str) -> str:
    return f"{kind}e Abstimmung" if kind and kind not in _WHOLE else kind


def _remarks(ballot: PublicBallot) -> tuple[str, ...]:
    motion = " von ".join(filter(None, (ballot.motion, ballot.moved_by)))
    needed = f"Nötig: {ballot.requirement}" if ballot.requirement else ""
    return tuple(filter(None, (ballot.committee, motion, needed)))


def _counts(ballot: PublicBallot) -> tuple[tuple[str, int], ...]:
    if ballot.yes is None:
        return ()
    always = (("Ja", ballot.yes), ("Nein", ballot.no), ("Enthaltung", ballot.abstentions))
    where_any = (("Ungültig", ballot.invalid), ("Mitwirkungsverbot", ballot.recused))
    return (
        *((label, number or 0) for label, number in always),
        *((label, number) for label, number in where_any if number),
        *((("Anwesend", ballot.present),) if ballot.present is not None else ()),
        *((("Mitglieder", ballot.entitled),) if ballot.entitled is not None else ()),
    )


def election_block(election: PublicElection) -> ElectionBlock:
    """An election, round by round."""
    seats = any(tally.seats is not None for one in election.rounds for tally in one.tallies)
    several = len(election.rounds) > 1
    return ElectionBlock(
        office=election.office,
        mode=f"{election.mode}e Wahl" if election.mode else "",
        seats=seats,
        rounds=tuple(_round(one, several=several) for one in election.rounds),
    )


def _round(one: PublicRound, *, several: bool) -> RoundBlock:
    where_any = (("Nein", one.no), ("Enthaltung", one.abstentions), ("Ungültig", one.invalid))
    return RoundBlock(
        title=f"{one.number}. Wahlgang" if several else "",
        tallies=tuple(
            (tally.name, tally.votes, "" if tally.seats is None else str(tally.seats))
            for tally in one.tallies
        ),
        counts=(
            ("Anwesend", one.present),
            ("Abgegeben", one.handed_in),
            *((label, number) for label, number in where_any if number),
        ),
        result=one.result_text,
        lots=one.lots,
    )
