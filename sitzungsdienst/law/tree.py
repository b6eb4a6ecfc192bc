"""What the rules of a Land consist of: frozen groups of values, and the words a value may take."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sitzungsdienst.law.values import Value


class QuorumBase(StrEnum):
    """Which number a quorum is half of; the caller of `quorum` hands over exactly this number."""

    STATUTORY_MEMBERS = "statutory_members"
    MEMBERS = "members"


class Fiction(StrEnum):
    """When a body counts as quorate although too few are there."""

    NONE = "none"
    UNTIL_CHALLENGED_AFTER_START = "until_challenged_after_start"
    UNTIL_FOUND_INQUORATE = "until_found_inquorate"


class MassRecusal(StrEnum):
    """What follows when more than half of the members are excluded by law from taking part."""

    NONE = "none"
    QUORATE_WITH_APPROVAL = "quorate_with_approval"


class Denominator(StrEnum):
    """Which votes a simple majority is counted among."""

    YES_AND_NO = "yes_and_no"


class Tie(StrEnum):
    """What a tie means."""

    REJECTED = "rejected"


class Abstention(StrEnum):
    """What the law makes of an abstention; in no Land does it count as a yes or a no."""

    NOT_COUNTED = "not_counted"
    FORBIDDEN = "forbidden"


class Signatory(StrEnum):
    """Who signs the minutes."""

    CHAIR = "chair"
    CLERK = "clerk"


class Approval(StrEnum):
    """How the body deals with its minutes.

    VOTE: it votes on them. OBJECTIONS: it decides objections only. NONE: the signatures alone make
    them, an objection is noted in the following minutes.
    """

    VOTE = "vote"
    OBJECTIONS = "objections"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """The summons: full days between receipt and meeting (None: local rules say), and the form."""

    days: Value[int | None]
    form: Value[tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class PublicNoticeRules:
    """The public announcement: that many days before at the latest (None: merely "in time")."""

    days_before: Value[int | None]


@dataclass(frozen=True, slots=True)
class QuorumRules:
    """When a body is able to decide."""

    base: Value[QuorumBase]
    recused_count: Value[bool]
    fiction: Value[Fiction]
    second_summons: Value[bool]
    all_must_be_summoned: Value[bool]
    mass_recusal: Value[MassRecusal]


@dataclass(frozen=True, slots=True)
class MajorityRules:
    """How a vote (not an election) is decided."""

    simple: Value[Denominator]
    tie: Value[Tie]
    abstention: Value[Abstention]


@dataclass(frozen=True, slots=True)
class MinutesRules:
    """The minutes: what they hold, who signs, when they are due, how the body deals with them."""

    contents: Value[tuple[str, ...]]
    sign: Value[tuple[Signatory, ...]]
    approval: Value[Approval]
    due_days: Value[int | None]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one Land as they stood from `valid_from` on.

    `law` is the statute's short name; `edition` says which version of its text was followed.
    """

    land: str
    law: str
    valid_from: date
    edition: Value[str]
    notice: NoticeRules
    public_notice: PublicNoticeRules
    quorum: QuorumRules
    majority: MajorityRules
    minutes: MinutesRules
