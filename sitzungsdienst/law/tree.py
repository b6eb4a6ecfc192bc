"""What the rules of a Land consist of: frozen groups of values.

The words a value may take stand in `words`, and are handed on from here. The files in `laender/`
are read after these very classes (`reading`): a field here is a table there. `Value[X | None]` may
be left to local rules.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sitzungsdienst.law.values import Value
from sitzungsdienst.law.words import (
    Abstention,
    Announcement,
    Approval,
    Denominator,
    ElectionBase,
    ElectionMode,
    Extension,
    Fiction,
    HybridElection,
    Latest,
    LotDrawer,
    MassRecusal,
    MissingNotice,
    NewMeetingFrom,
    NoticeStart,
    NoVotes,
    OwnVote,
    QuorumBase,
    QuorumShare,
    Quota,
    Recording,
    RecusalEffect,
    SeatBasis,
    SeatMethod,
    SeatTie,
    SecondRound,
    SecretVote,
    Signatory,
    SingleCandidate,
    Tie,
    Unanimity,
)

__all__ = [
    "Abstention",
    "AgendaRules",
    "Announcement",
    "Approval",
    "Denominator",
    "ElectionBase",
    "ElectionMode",
    "ElectionRules",
    "Extension",
    "Fiction",
    "HybridElection",
    "Latest",
    "LotDrawer",
    "MajorityRules",
    "MassRecusal",
    "MinutesRules",
    "MissingNotice",
    "NewMeetingFrom",
    "NoVotes",
    "NoticeRules",
    "NoticeStart",
    "ObjectionRules",
    "OwnVote",
    "ProcedureRules",
    "PublicNoticeRules",
    "PublicityRules",
    "QuorumBase",
    "QuorumRules",
    "QuorumShare",
    "Quota",
    "Recording",
    "RecusalEffect",
    "RecusalRules",
    "Rules",
    "SeatBasis",
    "SeatMethod",
    "SeatRules",
    "SeatTie",
    "SecondRound",
    "SecretVote",
    "Signatory",
    "SingleCandidate",
    "Tie",
    "Unanimity",
]


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """The summons: full days between its start and the meeting (None: local rules say), its form.

    `urgent_days` holds in urgent cases (0: none at all), `first_meeting_days` for the first meeting
    of a term; `start` says what begins the period.
    """

    days: Value[int | None]
    urgent_days: Value[int | None]
    first_meeting_days: Value[int | None]
    start: Value[NoticeStart | None]
    form: Value[tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class PublicNoticeRules:
    """The public announcement: that many days before at the latest (None: merely "in time")."""

    days_before: Value[int | None]
    missing: Value[MissingNotice]


@dataclass(frozen=True, slots=True)
class AgendaRules:
    """The agenda: how it is extended in the meeting."""

    extension: Value[Extension]


@dataclass(frozen=True, slots=True)
class QuorumRules:
    """When a body is able to decide.

    `second_minimum`: how many must be there after a second summons with the hint. `all_present`:
    a faulty summons is cured when every member is there and nobody objects. `fiction_floor`: the
    share of the base below which the lack is established without a motion (None: no such share).
    """

    base: Value[QuorumBase]
    share: Value[QuorumShare]
    recused_count: Value[bool]
    fiction: Value[Fiction]
    fiction_floor: Value[Fraction | None]
    second_summons: Value[bool]
    second_minimum: Value[int]
    all_must_be_summoned: Value[bool]
    all_present: Value[bool]
    mass_recusal: Value[MassRecusal]


@dataclass(frozen=True, slots=True)
class MajorityRules:
    """How a vote (not an election) is decided; `charter` is the majority for the Hauptsatzung."""

    simple: Value[Denominator]
    tie: Value[Tie]
    abstention: Value[Abstention]
    unanimous: Value[Unanimity]
    charter: Value[Quota | None]
    chair_removal: Value[Quota | None]


@dataclass(frozen=True, slots=True)
class ProcedureRules:
    """Open, by roll call or secret, and what a member may have written down.

    A roll call is asked for by a share of the members, by a number of them, or by a parliamentary
    group, as local rules say.
    """

    secret_vote: Value[SecretVote]
    secret_share: Value[Fraction | None]
    roll_call_share: Value[Fraction | None]
    roll_call_number: Value[int | None]
    roll_call_group: Value[bool | None]
    secret_over_roll_call: Value[bool | None]
    own_vote: Value[OwnVote]
    hybrid_election: Value[HybridElection]


@dataclass(frozen=True, slots=True)
class RecusalRules:
    """Exclusion from taking part (Mitwirkungsverbot); None where nobody has looked it up.

    `audience`: in a public meeting the excluded member may stay among the audience.
    `body_decides`: in doubt the body decides, without the member.
    """

    effect: Value[RecusalEffect]
    applies_to_elections: Value[bool | None]
    audience: Value[bool | None]
    body_decides: Value[bool | None]


@dataclass(frozen=True, slots=True)
class ElectionRules:
    """How a person is elected."""

    mode: Value[ElectionMode]
    first_round: Value[ElectionBase]
    no_votes: Value[NoVotes]
    repeat_if_half_invalid: Value[bool]
    second_round: Value[SecondRound]
    single_candidate: Value[SingleCandidate]
    top_tie_repeats: Value[bool]
    lot: Value[LotDrawer]


@dataclass(frozen=True, slots=True)
class SeatRules:
    """How the seats of committees, and their chairs, are shared out (None: local rules say)."""

    method: Value[SeatMethod | None]
    allowed: Value[tuple[SeatMethod, ...]]
    basis: Value[SeatBasis]
    tie: Value[SeatTie]
    majority_clause: Value[bool]
    over_rounding_guard: Value[bool]
    chairs: Value[SeatMethod | None]


@dataclass(frozen=True, slots=True)
class MinutesRules:
    """The minutes: what they hold, who signs, when they are due, how the body deals with them."""

    contents: Value[tuple[str, ...]]
    sign: Value[tuple[Signatory, ...] | None]
    approval: Value[Approval]
    due_days: Value[int | None]
    latest: Value[Latest]
    electronic: Value[bool | None]
    recording: Value[Recording]


@dataclass(frozen=True, slots=True)
class ObjectionRules:
    """The objection (Widerspruch, Einspruch, Beanstandung) of the chief officer to a resolution.

    `days` after the resolution it ends; the body meets anew between `new_meeting_min_days` and
    `new_meeting_max_days` after what `new_meeting_from` names. None: the law names none, or nobody
    has looked it up; the wording says which.
    """

    days: Value[int | None]
    suspensive: Value[bool | None]
    new_meeting_from: Value[NewMeetingFrom | None]
    new_meeting_min_days: Value[int | None]
    new_meeting_max_days: Value[int | None]


@dataclass(frozen=True, slots=True)
class PublicityRules:
    """What becomes public of the non-public part: when its resolutions are announced."""

    announcement: Value[Announcement]


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
    agenda: AgendaRules
    quorum: QuorumRules
    majority: MajorityRules
    procedure: ProcedureRules
    recusal: RecusalRules
    election: ElectionRules
    seats: SeatRules
    minutes: MinutesRules
    objection: ObjectionRules
    publicity: PublicityRules
