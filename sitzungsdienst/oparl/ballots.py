"""Ballots, for which OParl 1.1 has no place: lists beside each other, one entry for each ballot.

Clients take any object inside an answer for an OParl object, with `id` and `type`. A ballot has
neither, so its facts are written as lists of plain values; entry n of each belongs to ballot n.
"""

from collections.abc import Sequence
from typing import Any

from sitzungsdienst.publication.results import PublicBallot
from sitzungsdienst.publication.shape import VENDOR

_COLUMNS = {
    "ballotSubject": "subject",
    "ballotKind": "kind",
    "ballotOutcome": "outcome",
    "ballotResult": "result_text",
    "ballotYes": "yes",
    "ballotNo": "no",
    "ballotAbstentions": "abstentions",
    "ballotInvalid": "invalid",
    "ballotPresent": "present",
    "ballotRecused": "recused",
}


def ballot_facts(ballots: Sequence[PublicBallot]) -> dict[str, Any]:
    """The prefixed properties of an item's ballots; a list that would say nothing is left out."""
    written: dict[str, Any] = {}
    for name, field in _COLUMNS.items():
        column = [getattr(ballot, field) for ballot in ballots]
        if any(value not in (None, "") for value in column):
            written[f"{VENDOR}:{name}"] = column
    votes = [[f"{vote.name}: {vote.choice}" for vote in ballot.votes] for ballot in ballots]
    if any(votes):
        written[f"{VENDOR}:ballotVotes"] = votes
    return written
