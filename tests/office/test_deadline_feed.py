"""What is due around the meetings, in the personal calendars of clerks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from sitzungsdienst.acts import local_rules, sessions
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.local_rules import LocalRuleFacts
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.local_rules import LocalLayer
from tests.conftest import Clock
from tests.support.browser import OfficeClient
from tests.support.cast import Cast
from tests.support.ical_check import assert_strict
from tests.support.planning import START, Planner


@pytest.fixture
def plan(session: Session, cast: Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


def address(plan: Planner, user: int) -> str:
    actor = Actor.of(plan.session.get_one(OfficeUser, user))
    return f"/kalender/t/{sessions.subscribe(plan.session, actor, 'Telefon', plan.now)}.ics"


def deadlines(client: OfficeClient, path: str) -> dict[str, Any]:
    """The deadlines in the calendar, by their summary."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert_strict(answer.data)
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    return {str(one["SUMMARY"]): one for one in found if "frist-" in str(one["UID"])}


def test_a_clerk_reads_what_is_still_to_be_done(
    office: OfficeClient, plan: Planner, cast: Cast
) -> None:
    meeting = plan.meeting()
    found = deadlines(office, address(plan, cast.clerk))
    summons = found["Frist: Ladungsfrist"]
    assert summons["DTSTART"].dt.astimezone(UTC) == datetime(2017, 4, 11, 7, 0, tzinfo=UTC)
    assert summons["CATEGORIES"].cats == ["Frist"]
    assert str(summons["URL"]) == f"http://127.0.0.1:8000/sitzungen/{meeting}/fristen"
    assert "§ 53 KVG LSA" in str(summons["DESCRIPTION"])
    assert "Frist: Niederschrift" not in found  # the meeting is still to come


def test_what_is_done_leaves_the_calendar(office: OfficeClient, plan: Planner, cast: Cast) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    path = address(plan, cast.clerk)
    assert "Frist: Bekanntmachung" in deadlines(office, path)
    plan.summon(meeting)
    assert deadlines(office, path) == {}


def test_the_minutes_are_due_once_the_meeting_was_held(
    office: OfficeClient, plan: Planner, cast: Cast, clock: Clock
) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    path = address(plan, cast.clerk)
    clock.advance(timedelta(days=20))
    due = deadlines(office, path)["Frist: Niederschrift"]["DTSTART"].dt
    assert due.date() == date(2017, 5, 19)
    clock.advance(timedelta(days=200))
    assert deadlines(office, path) == {}


def test_a_rule_of_ones_own_moves_the_day_and_is_a_change(
    office: OfficeClient, plan: Planner, cast: Cast
) -> None:
    plan.meeting()
    path = address(plan, cast.clerk)
    before = deadlines(office, path)["Frist: Ladungsfrist"]
    facts = LocalRuleFacts(
        layer=LocalLayer.RULES_OF_PROCEDURE,
        value="14",
        norm="§ 3",
        as_of=date(2017, 4, 3),
        valid_from=date(2015, 1, 1),
    )
    later = plan.now + timedelta(hours=1)
    local_rules.add_local_rule(plan.session, plan.actor, "notice.days", facts, later)
    after = deadlines(office, path)["Frist: Ladungsfrist"]
    assert after["DTSTART"].dt.date() == date(2017, 4, 4)
    assert str(after["UID"]) == str(before["UID"])
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_members_read_no_deadlines(office: OfficeClient, plan: Planner, cast: Cast) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    plan.meeting(start=START + timedelta(days=28))
    assert deadlines(office, address(plan, cast.member)) == {}
    assert deadlines(office, address(plan, cast.stranger)) == {}


def test_the_same_record_gives_the_same_bytes(
    office: OfficeClient, plan: Planner, cast: Cast, clock: Clock
) -> None:
    plan.meeting()
    path = address(plan, cast.clerk)
    before = office.get(path).data
    clock.advance(timedelta(days=1))
    assert office.get(path).data == before
