"""What is recorded of a vote, as the pages hand it over."""

from dataclasses import dataclass
from datetime import datetime

from sitzungsdienst.record.proceedings import (
    BallotKind,
    BallotOutcome,
    Choice,
    Motion,
    Requirement,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceFacts:
    """How a group, or a single member, stood to a vote; `label` "" is made from the name."""

    choice: Choice
    organization_id: int | None = None
    person_id: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotFacts:
    """A vote as recorded.

    Counted: `yes`, `no`, `abstentions`, `invalid` from 0 to 999. Told without counts: these are
    None, `outcome` and `result_text` or `stances` speak. By roll call: `votes` holds (person id,
    choice) and the counts follow from them. `present` is how many with a vote were in the room,
    None for all who are recorded as present then; `recused` follows from the recusals of the item,
    and a number that differs from them is refused. Where fewer votes are counted than could have
    been cast, `difference` says why. Single members are named in `stances` at their own demand
    alone (`named_on_demand`). `organization_id` names the committee where several meet together.
    """

    kind: BallotKind = BallotKind.OPEN
    subject: str = ""
    yes: int | None = None
    no: int | None = None
    abstentions: int | None = None
    invalid: int | None = None
    present: int | None = None
    recused: int | None = None
    outcome: BallotOutcome | None = None
    result_text: str = ""
    votes: tuple[tuple[int, Choice], ...] = ()
    motion: Motion = Motion.MAIN
    moved_by: str = ""
    requirement: Requirement = Requirement.SIMPLE
    organization_id: int | None = None
    taken_at: datetime | None = None
    difference: str = ""
    stances: tuple[StanceFacts, ...] = ()
    named_on_demand: bool = False
