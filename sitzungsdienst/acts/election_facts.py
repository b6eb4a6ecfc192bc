"""What is recorded of an election, as the pages hand it over."""

from dataclasses import dataclass
from datetime import datetime

from sitzungsdienst.law.words import SeatMethod
from sitzungsdienst.record.elections import ElectionKind, RoundOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFacts:
    """Somebody, or a list, that stands; `candidate_id` is None for a new one.

    `name` "" is taken from the person or the organisation.
    """

    name: str = ""
    candidate_id: int | None = None
    person_id: int | None = None
    organization_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionFacts:
    """An election as it is opened: what to, how, and who stands.

    `method` is for lists alone, where the law of the day leaves it open. `organization_id` names
    the committee that elects where several meet. `acknowledged` tells that the warnings were read,
    as that the law asks for a resolution before an open election.
    """

    office: str
    kind: ElectionKind = ElectionKind.PERSONS
    seats: int = 1
    secret: bool = True
    method: SeatMethod | None = None
    organization_id: int | None = None
    candidates: tuple[CandidateFacts, ...] = ()
    acknowledged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """A round as counted and declared. Nothing here tells who voted for whom.

    `votes` holds (candidate id, votes) for everybody who stood, also with 0; None leaves somebody
    out. `handed_in` None is what was counted, `present` None everybody who is recorded as present
    then. `outcome` and `elected_id` are what the chair declared; None takes over what the law says
    to the numbers. `result_text` "" is the law's sentence.
    """

    votes: tuple[tuple[int, int | None], ...]
    no: int | None = None
    abstentions: int | None = None
    invalid: int | None = None
    handed_in: int | None = None
    present: int | None = None
    taken_at: datetime | None = None
    outcome: RoundOutcome | None = None
    elected_id: int | None = None
    result_text: str = ""
    acknowledged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFacts:
    """A lot as it was drawn: whom it fell on (candidate ids), and who drew."""

    winners: tuple[int, ...]
    drawn_by: str
