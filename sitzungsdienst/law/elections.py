"""Elections of one person: what a round came to, who may stand next, where a lot decides.

An election is no vote on a matter: it has its own majority, its own second round, and a tie is not
a rejection but a lot. The system reckons; the chair draws, and determines the result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sitzungsdienst.law.seats import SettledBy, Settlement, WrongLotError, and_list
from sitzungsdienst.law.tree import ElectionBase, NoVotes, Rules
from sitzungsdienst.law.values import Certainty, Finding, Severity


class ElectionOutcome(StrEnum):
    """What a round came to; after NOT_ELECTED the matter needs a new election."""

    ELECTED = "elected"
    NEXT_ROUND = "next_round"
    LOT = "lot"
    REPEAT = "repeat"
    NOT_ELECTED = "not_elected"


class Stage(StrEnum):
    """Which rules a round follows; a repeated round keeps the stage of the one it repeats."""

    FIRST = "first"
    SECOND = "second"


class LotFor(StrEnum):
    """What a lot decides: who is elected, or who comes into the run-off."""

    OFFICE = "office"
    RUN_OFF = "run_off"


@dataclass(frozen=True, slots=True)
class RoundCount:
    """One round as counted. `votes` names everybody who stood, with 0 where nobody voted for them.

    `members` and `present_entitled` are those with a vote, the chief officer among them where the
    law counts so. `blank` are papers without a mark; `cast` is the number of papers in the box,
    where the office counted it apart.
    """

    round_no: int
    members: int
    present_entitled: int
    votes: Mapping[str, int]
    no: int = 0
    abstentions: int = 0
    invalid: int = 0
    blank: int = 0
    cast: int | None = None

    @property
    def total(self) -> int:
        """All papers, whatever stood on them."""
        named = sum(self.votes.values())
        return named + self.no + self.abstentions + self.invalid + self.blank


@dataclass(frozen=True, slots=True)
class ElectionLot:
    """A lot to be drawn: `places` of the participants win it."""

    purpose: LotFor
    participants: tuple[str, ...]
    places: int = 1


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a round came to, with the numbers, a German sentence for the minutes, and its norm.

    `needed` of `base` votes elect; `needed` is None where the most votes do. `standing` may stand
    in the round that follows (empty after a repeated first round: everybody may). `certainty` is
    that of the least proven rule used, and `severity` how hard the result may contradict the chair.
    """

    outcome: ElectionOutcome
    stage: Stage
    round_no: int
    base: int
    needed: int | None
    sentence: str
    norm: str
    certainty: Certainty
    elected: str | None = None
    standing: tuple[str, ...] = ()
    lot: ElectionLot | None = None
    settlements: tuple[Settlement, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def severity(self) -> Severity:
        """Only a result from certain rules may forbid the office to record another one."""
        return Severity.BLOCK if self.certainty is Certainty.CERTAIN else Severity.WARN

    def drawn(self, winners: Sequence[str], by: str) -> "RoundResult":
        """Lay the lot that `by` drew over the result: somebody is elected, or the run-off is full.

        Raises WrongLotError when no lot is open or the winners did not take part in it.
        """
        lot = self.lot
        if lot is None:
            raise WrongLotError("Über diesen Wahlgang ist nichts zu losen.")
        if not by.strip():
            raise WrongLotError("Bitte tragen Sie ein, wer das Los gezogen hat.")
        chosen = set(winners)
        if len(winners) != lot.places or len(chosen) != lot.places or chosen - {*lot.participants}:
            raise WrongLotError(
                f"Das Los fällt auf {lot.places} von {and_list(lot.participants)}. "
                "Bitte prüfen Sie die Angabe."
            )
        settled = Settlement(SettledBy.LOT, lot.participants, tuple(winners), by)
        done = replace(self, lot=None, settlements=(*self.settlements, settled))
        among = f"das Los zwischen {and_list(lot.participants)}"
        if lot.purpose is LotFor.OFFICE:
            return replace(
                done,
                outcome=ElectionOutcome.ELECTED,
                elected=winners[0],
                standing=(),
                sentence=f"{winners[0]} ist durch {among} gewählt (gezogen: {by}).",
            )
        standing = (*self.standing, *winners)
        return replace(
            done,
            outcome=ElectionOutcome.NEXT_ROUND,
            standing=standing,
            sentence=f"D{among[1:]} fiel auf {and_list(winners)} (gezogen: {by}). "
            f"In die Stichwahl kommen {and_list(standing)}.",
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers a round is judged by: papers cast, invalid ones, and the base of the majority."""

    cast: int
    invalid: int
    base: int
    needed: int


def tally(rules: Rules, count: RoundCount) -> Tally:
    """Return what counts as invalid, of what number more than half is needed, and how many that is.

    Abstentions and blank papers are no valid votes anywhere; a "no" is valid, invalid or without
    meaning as the Land says.
    """
    named = sum(count.votes.values())
    law = rules.election
    invalid = count.invalid + count.blank + count.abstentions
    if law.no_votes.value is NoVotes.INVALID:
        invalid += count.no
    match law.first_round.value:
        case ElectionBase.VALID_VOTES:
            base = named + (count.no if law.no_votes.value is NoVotes.VALID else 0)
        case ElectionBase.PRESENT_ENTITLED:
            base = count.present_entitled
        case ElectionBase.MEMBERS:
            base = count.members
    return Tally(count.total, invalid, base, base // 2 + 1)
