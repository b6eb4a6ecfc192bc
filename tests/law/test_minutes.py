"""The minutes: who signs, whether the body approves them, when they are due."""

from datetime import date

import pytest

from sitzungsdienst.law.minutes import (
    approval_note,
    approved_by_vote,
    check_signatures,
    may_be_changed_after_signing,
    minutes_due,
    required_contents,
    required_signatories,
)
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.tree import Signatory
from sitzungsdienst.law.values import Severity

MEETING = date(2017, 4, 19)
CHAIR, CLERK = Signatory.CHAIR, Signatory.CLERK


def rules(land: str, day: date = MEETING) -> Rules:
    return rules_for(land, day)


@pytest.mark.parametrize("land", ["ST", "BY", "NW"])
def test_chair_and_clerk_sign(land: str) -> None:
    assert required_signatories(rules(land)) == (CHAIR, CLERK)
    assert check_signatures([CLERK, CHAIR], rules(land)) is None


def test_a_missing_signature_blocks_and_is_named() -> None:
    finding = check_signatures([CHAIR], rules("ST"))
    assert finding is not None
    assert finding.severity is Severity.BLOCK
    assert "Schriftführung" in finding.message
    assert "Vorsitz" not in finding.message
    assert finding.norm == "§ 58 Abs. 1 KVG LSA"


def test_each_land_names_what_its_minutes_hold() -> None:
    assert "Wortlaut der Anträge und Beschlüsse" in required_contents(rules("ST"))
    assert "Namen der Abwesenden mit Grund" in required_contents(rules("BY"))
    assert required_contents(rules("NW")) == ("Beschlüsse",)


def test_both_missing_signatures_are_named() -> None:
    finding = check_signatures([], rules("BY"))
    assert finding is not None
    assert "Vorsitz und Schriftführung" in finding.message


def test_bavaria_approves_by_vote() -> None:
    assert approved_by_vote(rules("BY"))
    assert approval_note(rules("BY")) is None


def test_in_2017_st_knows_objections_and_no_approval() -> None:
    finding = approval_note(rules("ST"))
    assert finding is not None
    assert finding.severity is Severity.NOTE
    assert "Einwendungen" in finding.message
    assert not approved_by_vote(rules("ST"))
    assert may_be_changed_after_signing(rules("ST"))


def test_vector_41_a_majority_in_nw_cannot_change_signed_minutes() -> None:
    finding = approval_note(rules("NW"))
    assert not may_be_changed_after_signing(rules("NW"))
    assert finding is not None
    assert "in der folgenden Niederschrift" in finding.message
    assert finding.norm == "§ 52 GO NRW"


def test_minutes_in_st_are_due_after_30_days() -> None:
    assert minutes_due(MEETING, rules("ST")) == date(2017, 5, 19)


def test_an_earlier_next_meeting_ends_the_period() -> None:
    assert minutes_due(MEETING, rules("ST"), date(2017, 5, 3)) == date(2017, 5, 3)
    assert minutes_due(MEETING, rules("ST"), date(2017, 6, 7)) == date(2017, 5, 19)


@pytest.mark.parametrize("land", ["BY", "NW"])
def test_where_the_law_names_no_period_nothing_is_due(land: str) -> None:
    assert minutes_due(MEETING, rules(land), date(2017, 5, 3)) is None
