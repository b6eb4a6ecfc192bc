"""The chief officer's objection: its period, and the new meeting."""

from datetime import date

import pytest

from sitzungsdienst.law.objection import (
    NewMeeting,
    check_objection,
    new_meeting,
    objection_ends,
    suspends_execution,
)
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.values import Severity

RESOLVED = date(2026, 11, 23)


def rules(land: str) -> Rules:
    return rules_for(land, RESOLVED)


@pytest.mark.parametrize(
    ("land", "last"),
    [
        ("ST", date(2026, 12, 7)),
        ("NW", date(2026, 11, 26)),
        ("NI", date(2026, 11, 30)),
        ("BW", date(2026, 11, 30)),
        ("HE", date(2026, 12, 7)),
        ("BY", None),
        ("BB", None),
    ],
)
def test_the_period_for_an_objection_ends_with_its_last_day(land: str, last: date | None) -> None:
    assert objection_ends(RESOLVED, rules(land)) == last


def test_in_bw_an_objection_after_a_week_is_too_late_and_the_rule_is_certain() -> None:
    law = rules("BW")
    assert check_objection(date(2026, 11, 30), RESOLVED, law) is None
    late = check_objection(date(2026, 12, 1), RESOLVED, law)
    assert late is not None
    assert late.severity is Severity.BLOCK
    assert "bis zum 30.11.2026" in late.message


def test_where_no_period_is_known_no_objection_is_late() -> None:
    assert check_objection(date(2027, 11, 23), RESOLVED, rules("BY")) is None


def test_in_bw_the_body_meets_anew_within_three_weeks_of_the_first_meeting() -> None:
    window = new_meeting(RESOLVED, date(2026, 11, 30), rules("BW"))
    assert window == NewMeeting(None, date(2026, 12, 14))


def test_in_nw_it_meets_anew_from_the_third_day_to_two_weeks_after_the_objection() -> None:
    window = new_meeting(RESOLVED, date(2026, 11, 25), rules("NW"))
    assert window == NewMeeting(date(2026, 11, 28), date(2026, 12, 9))


def test_elsewhere_no_day_for_the_new_meeting_is_known() -> None:
    assert new_meeting(RESOLVED, RESOLVED, rules("ST")) == NewMeeting(None, None)


def test_an_objection_stops_the_resolution_where_the_law_says_so() -> None:
    found = {land: suspends_execution(rules(land)) for land in ("BW", "HE", "ST", "BB")}
    assert found == {"BW": True, "HE": True, "ST": True, "BB": None}
