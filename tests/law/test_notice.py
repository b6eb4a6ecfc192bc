"""Notice: full days between receipt and meeting (§§ 187, 188 BGB)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sitzungsdienst.law.notice import (
    check_notice,
    check_public_notice,
    last_public_notice_day,
    last_summons_day,
    notice_days,
)
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.values import Certainty, ImpossibleNumbersError, Severity

MEETING = date(2017, 4, 19)


@pytest.fixture
def st() -> Rules:
    return rules_for("ST", MEETING)


@pytest.fixture
def by() -> Rules:
    return rules_for("BY", MEETING)


def test_seven_days_before_19_april_end_on_11_april() -> None:
    assert last_summons_day(MEETING, 7) == date(2017, 4, 11)


def test_neither_the_day_of_receipt_nor_the_day_of_the_meeting_counts() -> None:
    between = (MEETING - last_summons_day(MEETING, 1)).days - 1
    assert between == 1
    assert last_summons_day(MEETING, 0) == date(2017, 4, 18)


def test_the_period_runs_over_the_end_of_february_in_a_leap_year() -> None:
    assert last_summons_day(date(2024, 3, 4), 7) == date(2024, 2, 25)
    assert last_summons_day(date(2023, 3, 4), 7) == date(2023, 2, 24)


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ImpossibleNumbersError, match="negativ"):
        last_summons_day(MEETING, -1)


def test_a_summons_on_the_last_day_is_in_time(st: Rules) -> None:
    assert check_notice(date(2017, 4, 11), MEETING, st) is None


def test_a_summons_a_day_late_warns_with_both_days_and_the_norm(st: Rules) -> None:
    finding = check_notice(date(2017, 4, 12), MEETING, st)
    assert finding is not None
    assert finding.severity is Severity.WARN
    assert "12.04.2017" in finding.message
    assert "spätestens am 11.04.2017" in finding.message
    assert finding.norm == "§ 53 KVG LSA"


def test_a_late_summons_would_block_if_the_statutory_period_were_certain(st: Rules) -> None:
    proven = replace(st.notice.days, certainty=Certainty.CERTAIN)
    certain = replace(st, notice=replace(st.notice, days=proven))
    finding = check_notice(date(2017, 4, 12), MEETING, certain)
    assert finding is not None
    assert finding.severity is Severity.BLOCK


def test_a_longer_local_period_only_warns_even_where_the_statute_is_certain(st: Rules) -> None:
    proven = replace(st.notice.days, certainty=Certainty.CERTAIN)
    certain = replace(st, notice=replace(st.notice, days=proven))
    finding = check_notice(date(2017, 4, 11), MEETING, certain, local_days=10)
    assert finding is not None
    assert finding.severity is Severity.WARN


def test_local_rules_lengthen_the_statutory_minimum_and_never_shorten_it(st: Rules) -> None:
    assert notice_days(st, local_days=9) == 9
    assert notice_days(st, local_days=3) == 7


def test_where_only_local_rules_know_the_period_they_are_asked_for(by: Rules) -> None:
    finding = check_notice(date(2017, 4, 1), MEETING, by)
    assert finding is not None
    assert finding.severity is Severity.NOTE
    assert "Geschäftsordnung" in finding.message
    assert finding.norm == "Art. 45 Abs. 2, Art. 46 Abs. 2 GO"


def test_the_local_period_is_checked_where_it_is_known(by: Rules) -> None:
    assert check_notice(date(2017, 4, 14), MEETING, by, local_days=4) is None
    late = check_notice(date(2017, 4, 15), MEETING, by, local_days=4)
    assert late is not None
    assert late.severity is Severity.WARN


def test_one_day_is_told_in_the_singular(by: Rules) -> None:
    late = check_notice(MEETING, MEETING, by, local_days=1)
    assert late is not None
    assert "von einem Tag" in late.message


def test_bavaria_announces_on_the_third_day_before_at_the_latest(by: Rules) -> None:
    assert last_public_notice_day(MEETING, by) == date(2017, 4, 16)
    assert check_public_notice(date(2017, 4, 16), MEETING, by) is None
    late = check_public_notice(date(2017, 4, 17), MEETING, by)
    assert late is not None
    assert late.severity is Severity.WARN
    assert "16.04.2017" in late.message


def test_where_the_law_says_in_time_only_the_day_of_the_meeting_is_too_late(st: Rules) -> None:
    assert last_public_notice_day(MEETING, st) is None
    assert check_public_notice(MEETING - timedelta(days=1), MEETING, st) is None
    late = check_public_notice(MEETING, MEETING, st)
    assert late is not None
    assert late.severity is Severity.WARN
    assert late.norm == "§ 52 Abs. 4 KVG LSA"


TODAY = date(2026, 11, 23)


def test_in_he_three_days_lie_between_receipt_and_meeting_and_one_in_urgent_cases() -> None:
    he = rules_for("HE", TODAY)
    assert check_notice(date(2026, 11, 19), TODAY, he) is None
    late = check_notice(date(2026, 11, 20), TODAY, he)
    assert late is not None
    assert late.severity is Severity.WARN
    assert check_notice(date(2026, 11, 21), TODAY, he, urgent=True) is None
    assert check_notice(date(2026, 11, 22), TODAY, he, urgent=True) is not None


def test_in_st_an_emergency_needs_no_period_at_all(st: Rules) -> None:
    assert check_notice(MEETING, MEETING, st, urgent=True) is None
    assert notice_days(st, local_days=9, urgent=True) == 0


def test_where_no_urgent_period_is_known_the_ordinary_one_holds() -> None:
    bw = rules_for("BW", TODAY)
    assert notice_days(bw, urgent=True) == notice_days(bw) == 7


def test_in_ni_the_first_meeting_of_a_term_has_a_week_of_notice() -> None:
    ni = rules_for("NI", TODAY)
    assert notice_days(ni) is None
    assert notice_days(ni, first_meeting=True) == 7
    late = check_notice(date(2026, 11, 16), TODAY, ni, first_meeting=True)
    assert late is not None
    assert check_notice(date(2026, 11, 15), TODAY, ni, first_meeting=True) is None


def test_a_meeting_that_was_never_announced_makes_void_resolutions_in_nw() -> None:
    never = check_public_notice(None, TODAY, rules_for("NW", TODAY))
    assert never is not None
    assert never.severity is Severity.BLOCK
    assert "unwirksam" in never.message
    elsewhere = check_public_notice(None, TODAY, rules_for("ST", TODAY))
    assert elsewhere is not None
    assert elsewhere.severity is Severity.WARN
    assert "unwirksam" not in elsewhere.message
