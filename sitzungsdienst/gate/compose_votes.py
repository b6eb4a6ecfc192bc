"""Composing ballots and elections: counts and words; names only where the law makes them public."""

import json

from sitzungsdienst.gate import wording
from sitzungsdienst.publication.results import (
    PublicBallot,
    PublicElection,
    PublicRound,
    PublicStance,
    PublicTally,
    PublicVote,
)
from sitzungsdienst.record.elections import (
    Candidate,
    Election,
    ElectionKind,
    ElectionRound,
    Lot,
    RoundOutcome,
)
from sitzungsdienst.record.proceedings import Ballot, BallotKind


def ballot(row: Ballot) -> PublicBallot:
    """A ballot; names from a roll call or at a member's own demand, never from a secret vote."""
    counted = row.yes is not None
    return PublicBallot(
        subject=row.subject,
        kind=wording.BALLOT_KIND[row.kind],
        outcome=wording.BALLOT_OUTCOME[row.outcome],
        result_text=row.result_text,
        yes=row.yes,
        no=row.no,
        abstentions=row.abstentions,
        invalid=row.invalid,
        present=row.present if counted else None,
        recused=row.recused if counted else None,
        entitled=row.entitled if counted else None,
        motion=wording.MOTION[row.motion],
        moved_by=row.moved_by,
        requirement=wording.REQUIREMENT[row.requirement],
        committee=row.organization.name if row.organization else "",
        stances=_stances(row),
        votes=_votes(row),
    )


def _stances(row: Ballot) -> tuple[PublicStance, ...]:
    if row.kind is BallotKind.SECRET:
        return ()
    return tuple(
        PublicStance(label=one.label, choice=wording.CHOICE[one.choice]) for one in row.stances
    )


def _votes(row: Ballot) -> tuple[PublicVote, ...]:
    if row.kind is not BallotKind.ROLL_CALL:
        return ()
    return tuple(
        PublicVote(name=one.person.name, choice=wording.CHOICE[one.choice]) for one in row.votes
    )


def election(row: Election) -> PublicElection:
    """An election with its rounds: votes by candidate or list, and the lots that were drawn."""
    return PublicElection(
        office=row.office,
        mode="geheim" if row.secret else "offen",
        rounds=tuple(_round(one, row) for one in row.rounds),
    )


def _round(row: ElectionRound, of: Election) -> PublicRound:
    decided = of.kind is ElectionKind.LISTS and row.outcome is RoundOutcome.ELECTED
    names = {one.id: one.name for one in of.candidates}
    return PublicRound(
        number=row.number,
        present=row.present,
        handed_in=row.handed_in,
        no=row.no,
        abstentions=row.abstentions,
        invalid=row.invalid,
        tallies=tuple(_tally(one.candidate, one.votes, decided=decided) for one in row.tallies),
        result_text=row.result_text,
        lots=tuple(_lot(one, names) for one in row.lots),
    )


def _tally(candidate: Candidate, votes: int, *, decided: bool) -> PublicTally:
    return PublicTally(
        name=candidate.name, votes=votes, seats=candidate.seats_won if decided else None
    )


def _lot(row: Lot, names: dict[int, str]) -> str:
    among = " und ".join(names[one] for one in json.loads(row.among) if one in names)
    return f"Das Los zwischen {among} fiel auf {row.candidate.name}; gezogen von {row.drawn_by}."
