"""What a released item tells of its outcome: ballots, elections, resolutions, announcements.

Values inside a public agenda item, never documents of their own. Like those they hold only what
somebody decided the public may read.
"""

from dataclasses import dataclass
from datetime import date

from sitzungsdienst.publication.shape import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVote:
    """How one member voted in a roll call, which is public by law."""

    name: str = plain("name")
    choice: str = plain("choice")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStance:
    """How a group, or a member named at their own demand, stood to a vote."""

    label: str = plain("label")
    choice: str = plain("choice")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBallot:
    """One vote on an item. The counts are None where the result was told without counts.

    `committee` names the one that voted where several met together.
    """

    subject: str = plain("subject")
    kind: str = plain("kind")
    outcome: str = plain("outcome")
    result_text: str = plain("resultText")
    yes: int | None = plain("yes", default=None)
    no: int | None = plain("no", default=None)
    abstentions: int | None = plain("abstentions", default=None)
    invalid: int | None = plain("invalid", default=None)
    present: int | None = plain("present", default=None)
    recused: int | None = plain("recused", default=None)
    entitled: int | None = plain("entitled", default=None)
    motion: str = plain("motion")
    moved_by: str = plain("movedBy")
    requirement: str = plain("requirement")
    committee: str = plain("committee")
    stances: tuple[PublicStance, ...] = plain("stances", default=())
    votes: tuple[PublicVote, ...] = plain("votes", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTally:
    """The votes for one candidate or list; `seats` once seats are shared out."""

    name: str = plain("name")
    votes: int = plain("votes", default=0)
    seats: int | None = plain("seats", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRound:
    """One round of an election. Who voted for whom is known to nobody."""

    number: int = plain("number", default=1)
    present: int = plain("present", default=0)
    handed_in: int = plain("handedIn", default=0)
    no: int = plain("no", default=0)
    abstentions: int = plain("abstentions", default=0)
    invalid: int = plain("invalid", default=0)
    tallies: tuple[PublicTally, ...] = plain("tallies", default=())
    result_text: str = plain("resultText")
    #: "Das Los fiel auf …", one sentence a lot.
    lots: tuple[str, ...] = plain("lots", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicElection:
    """An election on an item, round by round."""

    office: str = plain("office")
    mode: str = plain("mode")
    rounds: tuple[PublicRound, ...] = plain("rounds", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReport:
    """A report on how a resolution is carried out."""

    uid: str = plain("report")
    dated: date | None = plain("dated", default=None)
    text: str = plain("text")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicResolution:
    """A resolution with its number; its carrying out once that is released too.

    `progress` is "" until then, else the state in words.
    """

    uid: str = plain("resolution")
    number: str = plain("number")
    subject: str = plain("subject")
    decision: str = plain("decision")
    progress: str = plain("progress")
    unit: str = plain("unit")
    completed_on: date | None = plain("completedOn", default=None)
    reports: tuple[PublicReport, ...] = plain("reports", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAnnouncement:
    """A resolution of a non-public part, announced (Bekanntgabe) in this public item."""

    number: str = plain("number")
    text: str = plain("text")
    decided_on: date | None = plain("decidedOn", default=None)
