"""The legal clock: what is due when around one meeting, and how it stands."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitzungsdienst.law.clock import legal_clock
from sitzungsdienst.law.deadlines import (
    Deadline,
    Light,
    MeetingFacts,
    ResolutionFacts,
    Telling,
    day_text,
    light_of,
    sentence_of,
)
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.tree import Recording
from sitzungsdienst.law.values import Certainty

MEETING = date(2026, 11, 18)
NEXT = date(2026, 12, 16)


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def rules(land: str) -> Rules:
    return rules_for(land, MEETING)


def clock(land: str, today: date, **facts: Any) -> dict[str, Deadline]:
    found = legal_clock(MeetingFacts(MEETING, **facts), rules(land), today)
    return {deadline.key: deadline for deadline in found}


def resolution(**facts: Any) -> tuple[ResolutionFacts, ...]:
    return (ResolutionFacts("7", "12/2026", MEETING, **facts),)


# --- Lights --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (day(6), Light.GREEN),
        (day(7), Light.AMBER),
        (day(10), Light.AMBER),
        (day(11), Light.RED),
    ],
)
def test_a_task_is_amber_three_days_before_and_red_the_day_after(today: date, light: Light) -> None:
    assert light_of(day(10), None, today) is light


def test_a_task_done_in_time_is_green_and_a_late_one_stays_red() -> None:
    assert light_of(day(10), day(10), day(30)) is Light.GREEN
    assert light_of(day(10), day(11), day(30)) is Light.RED
    assert light_of(None, day(11), day(30)) is Light.GREEN
    assert light_of(None, None, day(30)) is Light.GREY
    assert light_of(day(10), None, day(1), warn_days=9) is Light.AMBER
    assert light_of(day(10), None, day(9), warn_days=0) is Light.GREEN


@given(st.integers(-400, 400), st.integers(0, 30))
def test_a_task_never_grows_greener_with_time(days: int, warn_days: int) -> None:
    order = [Light.GREEN, Light.AMBER, Light.RED]
    today = MEETING + timedelta(days=days)
    now = light_of(MEETING, None, today, warn_days)
    later = light_of(MEETING, None, today + timedelta(days=1), warn_days)
    assert order.index(now) <= order.index(later)


def test_a_task_is_told_in_words() -> None:
    telling = Telling("Ladung", "Die Ladung muss bis {due} zugehen", "Sie ist am {done} zugegangen")
    assert day_text(day(4)) == "04.11.2026"
    assert sentence_of(telling, day(10), None, day(8)) == (
        "Die Ladung muss bis 10.11.2026 zugehen (noch 2 Tage)."
    )
    assert sentence_of(telling, day(10), None, day(9)).endswith("(morgen).")
    assert sentence_of(telling, day(10), None, day(10)).endswith("(heute).")
    assert sentence_of(telling, day(10), None, day(11)).endswith("eingetragen ist nichts.")
    assert sentence_of(telling, day(10), day(9), day(30)) == (
        "Sie ist am 09.11.2026 zugegangen, also rechtzeitig (spätestens am 10.11.2026)."
    )
    assert "also rechtzeitig" in sentence_of(telling, day(10), day(10), day(30))
    assert "zu spät: spätestens am 10.11.2026" in sentence_of(telling, day(10), day(11), day(30))
    assert sentence_of(telling, None, day(9), day(30)) == "Sie ist am 09.11.2026 zugegangen."


# --- Before the meeting --------------------------------------------------------------------------


def test_the_last_day_of_the_summons_leaves_seven_full_days_in_st() -> None:
    summons = clock("ST", day(6))["summons"]
    assert (summons.due, summons.light) == (day(10), Light.GREEN)
    assert summons.label == "Ladungsfrist"
    assert summons.norm == "§ 53 KVG LSA"
    assert summons.certainty is Certainty.LIKELY
    assert summons.sentence == "Die Ladung muss spätestens am 10.11.2026 zugehen (noch 4 Tage)."


@pytest.mark.parametrize(("received", "light"), [(day(10), Light.GREEN), (day(11), Light.RED)])
def test_a_summons_a_day_late_is_red(received: date, light: Light) -> None:
    assert clock("ST", day(30), summons_received_on=received)["summons"].light is light


def test_an_urgent_summons_has_the_short_period_of_the_land() -> None:
    assert clock("HE", day(1))["summons"].due == day(14)
    urgent = clock("HE", day(1), urgent=True)["summons"]
    assert urgent.due == day(16)
    assert urgent.certainty is rules("HE").notice.urgent_days.certainty
    assert clock("ST", day(1), urgent=True)["summons"].due == MEETING


def test_the_first_meeting_of_a_term_has_its_own_period_in_ni() -> None:
    assert clock("NI", day(1))["summons"].due is None
    assert clock("NI", day(1), first_meeting=True)["summons"].due == day(10)


def test_where_local_rules_name_the_period_it_is_reckoned_else_told() -> None:
    unknown = clock("NW", day(1))["summons"]
    assert (unknown.due, unknown.light) == (None, Light.GREY)
    assert "Geschäftsordnung" in unknown.sentence
    assert clock("NW", day(1), local_days=7)["summons"].due == day(10)
    assert clock("NW", day(1), local_days=0)["summons"].due == day(17)
    done = clock("NW", day(1), summons_received_on=day(1))["summons"]
    assert (done.light, done.sentence) == (Light.GREEN, "Die Ladung ist am 01.11.2026 zugegangen.")


def test_bavaria_announces_on_the_third_day_before_at_the_latest() -> None:
    assert clock("BY", day(1))["public_notice"].due == day(15)


def test_in_time_is_before_the_day_of_the_meeting() -> None:
    found = clock("ST", day(30), public_notice_on=day(17))["public_notice"]
    assert (found.due, found.light) == (day(17), Light.GREEN)
    assert clock("ST", day(30), public_notice_on=MEETING)["public_notice"].light is Light.RED


def test_a_missing_announcement_tells_in_nw_what_it_does_to_the_resolutions() -> None:
    missing = clock("NW", MEETING)["public_notice"]
    assert missing.light is Light.RED
    assert rules("NW").public_notice.missing.wording in missing.sentence
    assert "unwirksam" not in clock("ST", MEETING)["public_notice"].sentence


def test_a_meeting_without_a_public_part_has_nothing_to_announce() -> None:
    assert "public_notice" not in clock("ST", day(1), public=False)


# --- Minutes -------------------------------------------------------------------------------------


def test_minutes_in_st_are_due_after_30_days_or_at_the_next_meeting_before() -> None:
    alone = clock("ST", day(20))["minutes"]
    assert (alone.due, alone.light) == (MEETING + timedelta(days=30), Light.GREEN)
    assert alone.norm == rules("ST").minutes.due_days.norm
    earlier = clock("ST", day(20), next_meeting_day=day(10, 12))["minutes"]
    assert earlier.due == day(10, 12)
    assert clock("ST", day(8, 12), next_meeting_day=day(10, 12))["minutes"].light is Light.AMBER
    signed = clock("ST", day(30), minutes_signed_on=day(25))["minutes"]
    assert signed.light is Light.GREEN


def test_minutes_in_brandenburg_are_due_at_the_next_ordinary_meeting() -> None:
    found = clock("BB", day(20), next_meeting_day=day(1, 12), next_ordinary_day=NEXT)["minutes"]
    assert found.due == NEXT
    assert found.certainty is rules("BB").minutes.latest.certainty
    unplanned = clock("BB", day(20))["minutes"]
    assert (unplanned.due, unplanned.light) == (None, Light.GREY)
    assert unplanned.sentence == rules("BB").minutes.latest.wording


def test_minutes_without_a_period_are_told_in_the_words_of_the_rule() -> None:
    found = clock("NW", day(20))["minutes"]
    assert (found.due, found.light) == (None, Light.GREY)
    assert found.sentence == rules("NW").minutes.due_days.wording


def test_before_the_meeting_nothing_about_its_minutes_is_green_or_soon() -> None:
    found = clock("ST", day(1), next_meeting_day=day(20))
    assert found["minutes"].light is Light.GREY
    assert clock("ST", day(18), next_meeting_day=day(20))["minutes"].light is Light.AMBER


def test_bavaria_approves_its_minutes_in_the_next_meeting() -> None:
    open_one = clock("BY", day(20), next_meeting_day=NEXT)["approval"]
    assert (open_one.due, open_one.light) == (NEXT, Light.GREEN)
    assert "zu genehmigen" in open_one.sentence
    late = clock("BY", day(20, 12), next_meeting_day=NEXT, minutes_approved_on=day(18, 12))
    assert late["approval"].light is Light.GREEN
    assert late["approval"].sentence == "Die Niederschrift ist am 18.12.2026 genehmigt."
    forgotten = clock("BY", day(20, 12), next_meeting_day=NEXT)["approval"]
    assert forgotten.light is Light.RED


def test_objections_against_minutes_are_decided_in_the_next_meeting() -> None:
    none = clock("HE", day(20), next_meeting_day=NEXT)["approval"]
    assert (none.due, none.light) == (None, Light.GREY)
    raised = clock("HE", day(20), next_meeting_day=NEXT, objections_raised=True)["approval"]
    assert (raised.due, raised.label) == (NEXT, "Einwendungen gegen die Niederschrift")
    decided = clock(
        "HE",
        day(20, 12),
        next_meeting_day=NEXT,
        objections_raised=True,
        objections_decided_on=NEXT,
    )["approval"]
    assert decided.light is Light.GREEN


def test_nw_knows_no_approval() -> None:
    found = clock("NW", day(20), next_meeting_day=NEXT)["approval"]
    assert (found.due, found.light) == (None, Light.GREY)
    assert found.sentence == rules("NW").minutes.approval.wording


def test_vector_42_in_brandenburg_a_tape_is_due_for_deletion_once_objections_are_decided() -> None:
    waiting = clock("BB", day(20), recorded=True)["recording"]
    assert (waiting.due, waiting.light) == (None, Light.GREY)
    due = clock("BB", NEXT, recorded=True, objections_decided_on=NEXT)["recording"]
    assert (due.due, due.light, due.certainty) == (NEXT, Light.AMBER, Certainty.CERTAIN)
    assert "zu löschen" in due.sentence
    later = NEXT + timedelta(days=1)
    assert (
        clock("BB", later, recorded=True, objections_decided_on=NEXT)["recording"].light
        is Light.RED
    )
    deleted = clock(
        "BB", later, recorded=True, objections_decided_on=NEXT, recording_deleted_on=later
    )["recording"]
    assert deleted.light is Light.GREEN
    assert "recording" not in clock("BB", later)


def test_a_tape_kept_until_the_minutes_are_finished_waits_for_a_vote_where_one_is_needed() -> None:
    def due(land: str, **facts: Any) -> date | None:
        law = rules(land)
        changed = replace(law.minutes.recording, value=Recording.AFTER_MINUTES)
        law = replace(law, minutes=replace(law.minutes, recording=changed))
        found = legal_clock(MeetingFacts(MEETING, recorded=True, **facts), law, NEXT)
        return next(one.due for one in found if one.key == "recording")

    assert due("BY", minutes_signed_on=day(25)) is None
    assert due("BY", minutes_signed_on=day(25), minutes_approved_on=NEXT) == NEXT
    assert due("HE", minutes_signed_on=day(25), minutes_approved_on=NEXT) == day(25)
    assert due("HE", minutes_approved_on=NEXT) is None


# --- Resolutions ---------------------------------------------------------------------------------


def test_while_an_objection_is_possible_the_light_is_amber_and_then_green() -> None:
    running = clock("BW", day(25), resolutions=resolution())["objection:7"]
    assert (running.due, running.light) == (day(25), Light.AMBER)
    assert running.norm == "§ 43 Abs. 2 GemO"
    assert running.sentence == (
        "Bis zum 25.11.2026 kann dem Beschluss 12/2026 widersprochen werden. "
        "Bitte vollziehen Sie ihn möglichst erst danach."
    )
    over = clock("BW", day(26), resolutions=resolution())["objection:7"]
    assert over.light is Light.GREEN


def test_where_no_days_are_named_the_objection_is_told_in_the_words_of_the_rule() -> None:
    found = clock("BY", day(25), resolutions=resolution())["objection:7"]
    assert (found.due, found.light) == (None, Light.GREY)
    assert found.sentence == rules("BY").objection.days.wording


def test_an_objection_suspends_and_sets_the_day_of_the_new_meeting() -> None:
    objected = resolution(objected_on=day(24))
    found = clock("BW", day(26), resolutions=objected)
    assert found["objection:7"].light is Light.AMBER
    assert "Der Vollzug ist ausgesetzt" in found["objection:7"].sentence
    assert found["new_meeting:7"].due == day(9, 12)
    assert found["new_meeting:7"].light is Light.GREEN
    assert clock("BW", day(10, 12), resolutions=objected)["new_meeting:7"].light is Light.RED
    again = clock(
        "BW",
        day(10, 12),
        resolutions=resolution(objected_on=day(24), decided_again_on=day(8, 12)),
    )
    assert again["objection:7"].light is Light.GREEN
    assert again["new_meeting:7"].light is Light.GREEN


def test_in_nw_the_new_meeting_has_a_first_and_a_last_day() -> None:
    found = clock("NW", day(21), resolutions=resolution(objected_on=day(20)))
    assert found["new_meeting:7"].due == day(4, 12)
    assert "Frühester Tag ist der 23.11.2026" in found["new_meeting:7"].sentence
    assert "prüfen Sie, ob der Vollzug" in found["objection:7"].sentence


def test_an_objection_that_does_not_suspend_only_asks_for_a_new_debate() -> None:
    law = rules("BW")
    changed = replace(law.objection.suspensive, value=False)
    law = replace(law, objection=replace(law.objection, suspensive=changed))
    facts = MeetingFacts(MEETING, resolutions=resolution(objected_on=day(24)))
    found = {one.key: one for one in legal_clock(facts, law, day(25))}
    assert found["objection:7"].sentence.endswith("Er ist neu zu beraten.")


def test_an_objection_that_comes_too_late_is_red() -> None:
    found = clock("BW", day(30), resolutions=resolution(objected_on=day(26)))["objection:7"]
    assert found.light is Light.RED
    assert "zu spät" in found.sentence


def test_a_non_public_resolution_is_announced_in_the_next_public_meeting() -> None:
    open_one = clock(
        "ST", day(20), next_public_meeting_day=NEXT, resolutions=resolution(nonpublic=True)
    )["announcement:7"]
    assert (open_one.due, open_one.light) == (NEXT, Light.GREEN)
    assert open_one.label == "Bekanntgabe des Beschlusses 12/2026"
    assert "12/2026 ist in der nächsten öffentlichen Sitzung am 16.12.2026" in open_one.sentence
    forgotten = clock(
        "ST",
        NEXT + timedelta(days=1),
        next_public_meeting_day=NEXT,
        resolutions=resolution(nonpublic=True),
    )["announcement:7"]
    assert forgotten.light is Light.RED
    done = clock("ST", day(20), resolutions=resolution(nonpublic=True, announced_on=MEETING))[
        "announcement:7"
    ]
    assert done.light is Light.GREEN


@pytest.mark.parametrize("land", ["BY", "NW", "NI"])
def test_where_the_announcement_is_not_bound_to_a_meeting_no_day_is_told(land: str) -> None:
    found = clock(
        land, day(20), next_public_meeting_day=NEXT, resolutions=resolution(nonpublic=True)
    )["announcement:7"]
    assert (found.due, found.light) == (None, Light.GREY)
    assert found.sentence == rules(land).publicity.announcement.wording


def test_a_resolution_withheld_for_a_reason_is_grey_until_the_reason_is_looked_at_again() -> None:
    found = clock(
        "ST",
        NEXT + timedelta(days=1),
        next_public_meeting_day=NEXT,
        resolutions=resolution(nonpublic=True, withheld=True),
    )["announcement:7"]
    assert found.light is Light.GREY
    assert "der Grund ist eingetragen" in found.sentence


def test_a_public_resolution_needs_no_announcement() -> None:
    assert "announcement:7" not in clock("ST", day(20), resolutions=resolution())


def test_a_brace_in_a_number_is_shown_as_it_is() -> None:
    odd = ResolutionFacts("8", "12/{due}", MEETING, nonpublic=True, announced_on=MEETING)
    found = clock("ST", day(20), resolutions=(odd,))["announcement:8"]
    assert found.label == "Bekanntgabe des Beschlusses 12/{due}"
    assert "Beschluss 12/{due} ist am" in found.sentence


# --- The whole -----------------------------------------------------------------------------------


def test_deadlines_come_in_order_of_time_and_those_without_a_day_last() -> None:
    found = legal_clock(
        MeetingFacts(
            MEETING,
            next_meeting_day=NEXT,
            next_public_meeting_day=NEXT,
            resolutions=resolution(nonpublic=True),
        ),
        rules("BY"),
        day(20),
    )
    days = [deadline.due for deadline in found]
    known = [one for one in days if one is not None]
    assert known == sorted(known)
    assert days[: len(known)] == known
    assert found[0].key == "public_notice"


def test_without_rules_the_deadlines_are_named_and_nothing_is_reckoned() -> None:
    found = legal_clock(MeetingFacts(MEETING, minutes_signed_on=NEXT), None, day(20))
    assert [one.key for one in found] == ["summons", "public_notice", "minutes", "approval"]
    assert {one.light for one in found} == {Light.GREY}
    assert found[2].done_on == NEXT
    assert "keine Regeln hinterlegt" in found[0].sentence
    hidden = legal_clock(MeetingFacts(MEETING, public=False), None, day(20))
    assert [one.key for one in hidden] == ["summons", "minutes", "approval"]


@pytest.mark.parametrize("land", ["ST", "BY", "NW", "NI", "BW", "HE", "BB"])
def test_every_land_has_a_clock_with_a_norm_at_each_deadline(land: str) -> None:
    facts = MeetingFacts(
        MEETING,
        recorded=True,
        next_meeting_day=NEXT,
        next_public_meeting_day=NEXT,
        resolutions=resolution(nonpublic=True, objected_on=MEETING),
    )
    found = legal_clock(facts, rules(land), day(20))
    assert len(found) == 8
    assert len({one.key for one in found}) == 8
    assert all(one.norm and one.sentence.endswith(".") for one in found)
    assert all(isinstance(one.certainty, Certainty) for one in found)
