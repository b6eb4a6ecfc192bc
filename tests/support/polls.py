"""One round of an election as tests of the law count it."""

from datetime import date
from typing import Any

from sitzungsdienst.law.election_rounds import judge_round
from sitzungsdienst.law.elections import (
    ElectionOutcome,
    RoundCount,
    RoundResult,
)
from sitzungsdienst.law.rules import Rules, rules_for

NOW = date(2026, 11, 23)


ALL_SEVEN = ("ST", "BY", "NW", "NI", "BW", "HE", "BB")


def rules(land: str) -> Rules:
    return rules_for(land, NOW)


def counted(
    votes: dict[str, int], *, members: int = 60, present: int | None = None, **others: Any
) -> RoundCount:
    """A first round in which everybody present handed in a paper, unless told otherwise."""
    papers = sum(votes.values()) + sum(
        others.get(name, 0) for name in ("no", "abstentions", "invalid", "blank")
    )
    return RoundCount(
        round_no=others.pop("round_no", 1),
        members=members,
        present_entitled=papers if present is None else present,
        votes=votes,
        **others,
    )


def judge(
    land: str, count: RoundCount, previous: RoundResult | None = None
) -> tuple[ElectionOutcome, RoundResult]:
    result = judge_round(rules(land), count, previous)
    return result.outcome, result
