"""The minutes: who signs, whether the body approves them, when they are due."""

from datetime import date

import pytest

from sitzungsdienst.law.minutes import (
    approval_note,
    approved_by_vote,
    check_change_after_signing,
    check_signatures,
    may_be_changed_after_signing,
    minutes_due,
    recording_to_delete,
    required_contents,
    required_signatories,
)
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.tree import Signatory
from sitzungsdienst.law.values import Severity

MEETING = date(2017, 4, 19)
TODAY = date(2026, 11, 23)
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

    change = check_change_after_signing(rules("NW"))
    assert change is not None
    assert change.severity is Severity.BLOCK
    assert "bleibt, wie sie ist" in change.message
    assert "in der folgenden Niederschrift" in change.message


@pytest.mark.parametrize("land", ["ST", "BY", "NI", "BW", "HE", "BB"])
def test_elsewhere_the_body_may_change_signed_minutes(land: str) -> None:
    assert check_change_after_signing(rules(land, TODAY)) is None


def test_two_members_sign_in_bw_and_only_the_chair_in_bb() -> None:
    assert required_signatories(rules("BW", TODAY)) == (CHAIR, Signatory.TWO_MEMBERS, CLERK)
    finding = check_signatures([CHAIR, CLERK], rules("BW", TODAY))
    assert finding is not None
    assert finding.severity is Severity.WARN
    assert "zwei Mitglieder" in finding.message
    assert check_signatures([CHAIR], rules("BB", TODAY)) is None


def test_in_ni_the_local_rules_say_who_signs_and_whether_minutes_are_approved() -> None:
    law = rules("NI", TODAY)
    assert required_signatories(law) == ()
    assert check_signatures([], law) is None
    note = approval_note(law)
    assert note is not None
    assert note.severity is Severity.NOTE
    assert "Geschäftsordnung" in note.message


def test_minutes_in_bb_are_due_at_the_next_ordinary_meeting() -> None:
    law = rules("BB", TODAY)
    assert minutes_due(TODAY, law) is None
    assert minutes_due(TODAY, law, date(2026, 12, 1)) == date(2026, 12, 1)
    ordinary = minutes_due(TODAY, law, date(2026, 12, 1), next_ordinary=date(2026, 12, 15))
    assert ordinary == date(2026, 12, 15)


def test_in_bw_the_next_meeting_does_not_shorten_the_month() -> None:
    assert minutes_due(TODAY, rules("BW", TODAY), date(2026, 12, 1)) == date(2026, 12, 24)


def test_vector_42_in_bb_the_recording_is_deleted_once_objections_are_decided() -> None:
    law = rules("BB", TODAY)
    assert recording_to_delete(law, minutes_finished=True, objections_decided=False) is None
    due = recording_to_delete(law, minutes_finished=True, objections_decided=True)
    assert due is not None
    assert "zu löschen" in due.message
    assert due.norm == "§ 42 BbgKVerf"


def test_in_st_the_recording_is_deleted_once_the_minutes_are_finished() -> None:
    law = rules("ST")
    assert recording_to_delete(law, minutes_finished=False, objections_decided=True) is None
    due = recording_to_delete(law, minutes_finished=True, objections_decided=False)
    assert due is not None
    assert due.severity is Severity.WARN


def test_where_local_rules_say_nothing_is_due_for_deletion_by_itself() -> None:
    law = rules("BY")
    assert recording_to_delete(law, minutes_finished=True, objections_decided=True) is None


def test_minutes_in_st_are_due_after_30_days() -> None:
    assert minutes_due(MEETING, rules("ST")) == date(2017, 5, 19)


def test_an_earlier_next_meeting_ends_the_period() -> None:
    assert minutes_due(MEETING, rules("ST"), date(2017, 5, 3)) == date(2017, 5, 3)
    assert minutes_due(MEETING, rules("ST"), date(2017, 6, 7)) == date(2017, 5, 19)


@pytest.mark.parametrize("land", ["BY", "NW"])
def test_where_the_law_names_no_period_nothing_is_due(land: str) -> None:
    assert minutes_due(MEETING, rules(land), date(2017, 5, 3)) is None
