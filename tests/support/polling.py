"""What came of an election through the acts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sitzungsdienst.acts.errors import RuleBroken
from tests.support.council import Council

NOW = datetime(2024, 7, 12, 15, tzinfo=UTC)


def won(council: Council, election: int) -> dict[str, int]:
    return {one.name: one.seats_won for one in council.row(election).candidates if one.seats_won}


def refused(council: Council, election: int, votes: dict[str, int], **facts: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        council.count(election, votes, **facts)
    return broken.value
