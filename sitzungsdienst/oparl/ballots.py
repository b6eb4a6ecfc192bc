"""Results, for which OParl 1.1 has no place: lists of plain values, one entry for each of them.

Clients take any object inside an answer for an OParl object, with `id` and `type`. A ballot has
neither, so its facts are written as lists beside each other; entry n of each belongs to ballot n.
Elections, resolutions and the like are written as lines of text, as a reader would see them; the
words of resolutions and announcements as lists beside each other too, as prints tell no more.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sitzungsdienst.german import plain_date
from sitzungsdienst.publication.results import (
    PublicAnnouncement,
    PublicBallot,
    PublicElection,
    PublicResolution,
)
from sitzungsdienst.publication.shape import VENDOR
from sitzungsdienst.publication.types import PublicAgendaItem, PublicOrganization

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
    "ballotEntitled": "entitled",
    "ballotMotion": "motion",
    "ballotMovedBy": "moved_by",
    "ballotRequirement": "requirement",
    "ballotCommittee": "committee",
}
_RESOLUTION_COLUMNS = {"resolutionNumber": "number", "resolutionSubject": "subject"}
_ANNOUNCEMENT_COLUMNS = {"announcementNumber": "number", "announcementText": "text"}
# What excerpts and minutes do not tell of a ballot, and of an item's results.
_NEVER_PRINTED = frozenset({"ballotOutcome", "ballotStances", "resolutions", "announcements"})


def item_facts(item: PublicAgendaItem) -> dict[str, Any]:
    """The prefixed properties of an item's results; what would say nothing is left out."""
    lines = {
        "elections": [line for one in item.elections for line in _election(one)],
        "resolutions": [_resolution(one) for one in item.resolutions],
        "announcements": [_announcement(one) for one in item.announcements],
    }
    told = {f"{VENDOR}:{name}": some for name, some in lines.items() if some}
    words = _columns(_RESOLUTION_COLUMNS, item.resolutions)
    words |= _columns(_ANNOUNCEMENT_COLUMNS, item.announcements)
    return ballot_facts(item.ballots) | told | words


def printed_facts(item: PublicAgendaItem) -> dict[str, Any]:
    """Those of an item's results that its excerpt and the minutes print."""
    never = {f"{VENDOR}:{name}" for name in _NEVER_PRINTED}
    return {name: some for name, some in item_facts(item).items() if name not in never}


def ballot_facts(ballots: Sequence[PublicBallot]) -> dict[str, Any]:
    """The prefixed properties of an item's ballots; a list that would say nothing is left out."""
    written = _columns(_COLUMNS, ballots)
    votes = [[f"{vote.name}: {vote.choice}" for vote in ballot.votes] for ballot in ballots]
    if any(votes):
        written[f"{VENDOR}:ballotVotes"] = votes
    stances = [[f"{one.label}: {one.choice}" for one in ballot.stances] for ballot in ballots]
    if any(stances):
        written[f"{VENDOR}:ballotStances"] = stances
    return written


def _columns(columns: Mapping[str, str], told: Sequence[Any]) -> dict[str, Any]:
    """A list a column, one entry for each that is told of; none where it would say nothing."""
    written: dict[str, Any] = {}
    for name, field in columns.items():
        column = [getattr(one, field) for one in told]
        if any(value not in (None, "") for value in column):
            written[f"{VENDOR}:{name}"] = column
    return written


def organization_facts(organization: PublicOrganization) -> dict[str, Any]:
    """Composition and institutional members as lines of text."""
    composition = [
        f"{one.count} {one.label} ({'mit' if one.voting_right else 'ohne'} Stimmrecht)"
        for one in organization.composition
    ]
    institutions = [f"{one.name} ({one.role})" for one in organization.institutions]
    lines = {"composition": composition, "institutions": institutions}
    return {f"{VENDOR}:{name}": some for name, some in lines.items() if some}


def _election(election: PublicElection) -> list[str]:
    lines = []
    for one in election.rounds:
        votes = ", ".join(f"{tally.name} {tally.votes}" for tally in one.tallies)
        lines.append(f"{election.office}, Wahlgang {one.number}: {votes}. {one.result_text}")
        lines.extend(one.lots)
    return lines


def _resolution(resolution: PublicResolution) -> str:
    parts = [resolution.number, resolution.subject, resolution.decision, resolution.progress]
    return ", ".join(filter(None, parts))


def _announcement(announcement: PublicAnnouncement) -> str:
    day = f" vom {plain_date(announcement.decided_on)}" if announcement.decided_on else ""
    return f"{announcement.number}{day}: {announcement.text}"
