"""The words a value of law may take, and the two shapes of number: a share and a quota.

A word LOCAL means that the law leaves the matter to the body's own rules; UNKNOWN that nobody has
looked the rule up yet. Both never forbid anything.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class NoticeStart(StrEnum):
    """What begins the period of notice."""

    RECEIPT = "receipt"
    DISPATCH = "dispatch"
    PROVISION = "provision"


class MissingNotice(StrEnum):
    """What a missing public announcement does to the resolutions of the meeting."""

    VOID = "void"
    UNKNOWN = "unknown"


class QuorumBase(StrEnum):
    """Which number a quorum is half of; the caller of `quorum` hands over exactly this number."""

    STATUTORY_MEMBERS = "statutory_members"
    MEMBERS = "members"


class QuorumShare(StrEnum):
    """Which part of that number must be there."""

    MORE_THAN_HALF = "more_than_half"
    AT_LEAST_HALF = "at_least_half"


class Fiction(StrEnum):
    """When a body counts as quorate although too few are there.

    UNTIL_MOTION_ABOVE_FLOOR: until a member asks for a count, but never below the share
    `quorum.fiction_floor`.
    """

    NONE = "none"
    UNTIL_CHALLENGED_AFTER_START = "until_challenged_after_start"
    UNTIL_FOUND_INQUORATE = "until_found_inquorate"
    UNTIL_MOTION_ABOVE_FLOOR = "until_motion_above_floor"


class MassRecusal(StrEnum):
    """What follows when more than half of the members are excluded by law from taking part."""

    NONE = "none"
    QUORATE = "quorate"
    QUORATE_WITH_APPROVAL = "quorate_with_approval"
    QUARTER = "quarter"


class Denominator(StrEnum):
    """Which number a majority is counted among.

    CAST: every vote, abstentions and invalid ones too. VALID: valid votes, an abstention is none.
    YES_AND_NO: what was said, which for a vote is the same number under the law's other name.
    """

    STATUTORY = "statutory"
    MEMBERS = "members"
    PRESENT_ENTITLED = "present_entitled"
    CAST = "cast"
    VALID = "valid"
    YES_AND_NO = "yes_and_no"


class Tie(StrEnum):
    """What a tie means."""

    REJECTED = "rejected"


class Abstention(StrEnum):
    """What the law makes of an abstention; in no Land does it count as a yes or a no."""

    NOT_COUNTED = "not_counted"
    FORBIDDEN = "forbidden"


class Unanimity(StrEnum):
    """When a vote is called unanimous ("einstimmig")."""

    NO_DISSENT = "no_dissent"


class Signatory(StrEnum):
    """Who signs the minutes."""

    CHAIR = "chair"
    CLERK = "clerk"
    MEMBER = "member"
    TWO_MEMBERS = "two_members"


class Approval(StrEnum):
    """How the body deals with its minutes.

    VOTE: it votes on them. OBJECTIONS: it decides objections only. NONE: the signatures alone make
    them, an objection is noted in the following minutes. LOCAL: its own rules say.
    """

    VOTE = "vote"
    OBJECTIONS = "objections"
    NONE = "none"
    LOCAL = "local"


class Latest(StrEnum):
    """Which meeting the minutes must be ready for at the latest."""

    NONE = "none"
    NEXT_MEETING = "next_meeting"
    NEXT_ORDINARY_MEETING = "next_ordinary_meeting"


class Recording(StrEnum):
    """When a sound recording made for the minutes must be deleted."""

    AFTER_OBJECTIONS = "after_objections"
    AFTER_MINUTES = "after_minutes"
    LOCAL = "local"


class Extension(StrEnum):
    """How an item that was not summoned for may come onto the agenda in the meeting."""

    URGENT_BY_RESOLUTION = "urgent_by_resolution"
    URGENT_BY_TWO_THIRDS_OF_MEMBERS = "urgent_by_two_thirds_of_members"
    TWO_THIRDS_OF_STATUTORY = "two_thirds_of_statutory"
    URGENT_OR_ALL_PRESENT = "urgent_or_all_present"
    LOCAL_OR_EMERGENCY = "local_or_emergency"
    LOCAL = "local"


class SecretVote(StrEnum):
    """Whether a vote on a matter (not an election) may be secret."""

    FORBIDDEN = "forbidden"
    ON_DEMAND = "on_demand"
    LOCAL = "local"


class OwnVote(StrEnum):
    """Whether a member may have its own vote written into the minutes."""

    ON_DEMAND_UNLESS_SECRET = "on_demand_unless_secret"  # noqa: S105 - no password
    UNKNOWN = "unknown"


class HybridElection(StrEnum):
    """What becomes of a secret ballot in a meeting that members join by video."""

    FORBIDDEN = "forbidden"
    CONNECTED_EXCLUDED = "connected_excluded"
    APPROVED_SYSTEM_OR_POST = "approved_system_or_post"
    UNKNOWN = "unknown"


class RecusalEffect(StrEnum):
    """What it does to a resolution that an excluded member took part."""

    VOID_IF_DECISIVE = "void_if_decisive"
    VOID_CURED_AFTER_SIX_MONTHS = "void_cured_after_six_months"
    UNKNOWN = "unknown"


class NewMeetingFrom(StrEnum):
    """From when the days to the new meeting after an objection count."""

    OBJECTION = "objection"
    FIRST_MEETING = "first_meeting"


class Announcement(StrEnum):
    """When a resolution made in the non-public part is announced (Bekanntgabe)."""

    NEXT_PUBLIC_MEETING = "next_public_meeting"
    WHEN_REASON_GONE = "when_reason_gone"
    CONTENTS_ACCESSIBLE = "contents_accessible"
    UNKNOWN = "unknown"


class ElectionMode(StrEnum):
    """How votes are given in an election."""

    OPEN_UNLESS_OBJECTION = "open_unless_objection"
    SECRET_UNLESS_NO_OBJECTION = "secret_unless_no_objection"  # noqa: S105 - no password
    WRITTEN_SECRET_ON_DEMAND = "written_secret_on_demand"  # noqa: S105 - no password
    ALWAYS_SECRET = "always_secret"  # noqa: S105 - no password
    SECRET_UNLESS_UNANIMOUS = "secret_unless_unanimous"  # noqa: S105 - no password


class ElectionBase(StrEnum):
    """The number of which a candidate needs more than half in the first round."""

    VALID_VOTES = "valid_votes"
    PRESENT_ENTITLED = "present_entitled"
    MEMBERS = "members"


class SecondRound(StrEnum):
    """Who stands in the second round; the most votes win it."""

    PLURALITY = "plurality"
    RUNOFF_TOP_TWO = "runoff_top_two"


class SingleCandidate(StrEnum):
    """What a second round asks of a candidate who stands alone."""

    FIRST_ROUND_ONLY = "first_round_only"
    SAME_MAJORITY_AGAIN = "same_majority_again"
    AS_OTHERS = "as_others"


class NoVotes(StrEnum):
    """What a "no" on a ballot paper is: a valid vote, an invalid one, or without meaning."""

    VALID = "valid"
    INVALID = "invalid"
    IGNORED = "ignored"


class LotDrawer(StrEnum):
    """Who draws the lot."""

    CHAIR = "chair"
    MAYOR = "mayor"
    OLDEST_MEMBER = "oldest_member"
    UNNAMED = "unnamed"


class SeatMethod(StrEnum):
    """How seats are shared out in proportion."""

    HARE_NIEMEYER = "hare_niemeyer"
    DHONDT = "dhondt"
    SAINTE_LAGUE = "sainte_lague"


class SeatBasis(StrEnum):
    """What the seats are proportional to."""

    FACTION_MEMBERS = "faction_members"
    LIST_VOTES = "list_votes"


class SeatTie(StrEnum):
    """Who gets the last seat when claims are equal."""

    LOT = "lot"
    AGREEMENT_ELSE_LOT = "agreement_else_lot"
    ELECTION_VOTES = "election_votes"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Quota:
    """A qualified majority: a share of a number, to be passed (`more_than`) or merely reached."""

    share: Fraction
    more_than: bool
    of: Denominator
