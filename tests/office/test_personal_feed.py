"""The personal calendar under its secret address."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import meetings, sessions
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.accounts import CalendarSubscription, OfficeUser
from tests.conftest import Clock
from tests.support.browser import OfficeClient
from tests.support.cast import Cast
from tests.support.ical_check import assert_strict
from tests.support.planning import START, Planner

SECRET = "Kauf des Grundstücks Müller"
NEUTRAL = "Grundstücksangelegenheit"


@pytest.fixture
def plan(session: Session, cast: Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


def subscribe(plan: Planner, user: int) -> str:
    actor = Actor.of(plan.session.get_one(OfficeUser, user))
    return sessions.subscribe(plan.session, actor, "Telefon", plan.now)


@pytest.fixture
def token(plan: Planner, cast: Cast) -> str:
    return subscribe(plan, cast.member)


@pytest.fixture
def meeting(plan: Planner) -> int:
    made = plan.meeting(note="Streng intern")
    plan.item(made, "Eröffnung")
    plan.item(made, SECRET, part=Part.NONPUBLIC)
    plan.item(made, SECRET, part=Part.NONPUBLIC, neutral=NEUTRAL)
    plan.summon(made)
    return made


def events(content: bytes) -> list[Calendar]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_feed_holds_the_nonpublic_part_as_bare_numbers(
    office: OfficeClient, plan: Planner, token: str, meeting: int
) -> None:
    answer = office.get(f"/kalender/t/{token}.ics")
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert_strict(answer.data)
    (event,) = events(answer.data)
    lines = str(event["DESCRIPTION"]).splitlines()
    assert lines[lines.index("Tagesordnung:") + 1 :][:3] == ["Ö 1 Eröffnung", "N 1", "N 2"]
    unfolded = answer.get_data(as_text=True).replace("\r\n ", "")
    for word in (SECRET, "Grundstück", NEUTRAL, "intern"):
        assert word not in unfolded
    assert str(event["UID"]) == f"sitzung-{plan.row(meeting).uid}@sitzungen.example"
    assert str(event["URL"]) == f"http://127.0.0.1:8000/sitzungen/{meeting}"


def test_the_feed_is_private(office: OfficeClient, token: str, meeting: int) -> None:
    answer = office.get(f"/kalender/t/{token}.ics")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers
    assert meeting


def test_unknown_and_revoked_addresses_are_answered_alike(
    office: OfficeClient, plan: Planner, cast: Cast, token: str
) -> None:
    row = plan.session.scalars(select(CalendarSubscription)).one()
    member = Actor.of(plan.session.get_one(OfficeUser, cast.member))
    sessions.revoke(plan.session, member, row.id, plan.now)
    revoked = office.get(f"/kalender/t/{token}.ics")
    unknown = office.get(f"/kalender/t/{'x' * 43}.ics")
    assert revoked.status_code == unknown.status_code == 404
    numberless = [one.data.split(b"Nummer")[0] for one in (revoked, unknown)]
    assert numberless[0] == numberless[1]
    assert office.get(f"/kalender/t/{'x' * 5000}.ics").status_code == 404


def test_a_locked_users_address_opens_nothing(
    office: OfficeClient, plan: Planner, cast: Cast, token: str
) -> None:
    plan.session.get_one(OfficeUser, cast.member).active = False
    plan.session.commit()
    assert office.get(f"/kalender/t/{token}.ics").status_code == 404


def test_the_last_use_is_kept_to_the_day(
    office: OfficeClient, plan: Planner, token: str, clock: Clock
) -> None:
    office.get(f"/kalender/t/{token}.ics")
    clock.advance(timedelta(hours=2))
    office.get(f"/kalender/t/{token}.ics")
    plan.session.rollback()
    assert plan.session.scalars(select(CalendarSubscription.last_used_on)).one() == date(2017, 4, 3)


def test_the_token_is_never_logged(
    office: OfficeClient, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        office.get(f"/kalender/t/{token}.ics")
        office.get(f"/kalender/t/{token}x.ics")
    assert caplog.records
    assert token not in caplog.text


def test_a_member_reads_no_meeting_in_planning_but_a_clerk_reads_all(
    office: OfficeClient, plan: Planner, cast: Cast, token: str
) -> None:
    made = plan.meeting()
    plan.item(made, "Noch nicht fest")
    assert events(office.get(f"/kalender/t/{token}.ics").data) == []
    other = subscribe(plan, cast.clerk)
    read = events(office.get(f"/kalender/t/{other}.ics").data)
    (event,) = [one for one in read if str(one["UID"]).startswith("sitzung-")]
    assert "Stand: in Planung" in str(event["DESCRIPTION"])
    assert "Noch nicht fest" not in str(event["DESCRIPTION"])


def test_a_strangers_feed_holds_nothing_of_another_body(
    office: OfficeClient, plan: Planner, cast: Cast, meeting: int
) -> None:
    other = subscribe(plan, cast.stranger)
    assert events(office.get(f"/kalender/t/{other}.ics").data) == []
    assert meeting


def test_moves_raise_the_sequence_and_cancellations_stay_a_month(
    office: OfficeClient, plan: Planner, token: str, meeting: int, clock: Clock
) -> None:
    version = plan.version(meeting)
    meetings.cancel_meeting(plan.session, plan.actor, meeting, version, "Krankheit", plan.now)
    (event,) = events(office.get(f"/kalender/t/{token}.ics").data)
    assert event["SEQUENCE"] == 1
    assert str(event["STATUS"]) == "CANCELLED"
    clock.moment = START + timedelta(days=29)
    assert len(events(office.get(f"/kalender/t/{token}.ics").data)) == 1
    clock.moment = START + timedelta(days=32)
    assert events(office.get(f"/kalender/t/{token}.ics").data) == []


def test_a_corrected_item_raises_the_last_change(
    office: OfficeClient, plan: Planner, token: str, meeting: int
) -> None:
    later = datetime(2017, 4, 5, 9, 0, tzinfo=UTC)
    item = plan.items(meeting)[0]
    item.title, item.modified_at = "Eröffnung und Begrüßung", later
    plan.session.commit()
    (event,) = events(office.get(f"/kalender/t/{token}.ics").data)
    assert event["DTSTAMP"].dt == later


def test_a_draft_that_waits_for_its_supplement_does_not_move_the_feed(
    office: OfficeClient, plan: Planner, token: str, meeting: int
) -> None:
    path = f"/kalender/t/{token}.ics"
    (before,) = events(office.get(path).data)
    plan.now += timedelta(days=1)
    plan.item(meeting, SECRET, part=Part.NONPUBLIC)
    plan.session.rollback()
    (after,) = events(office.get(path).data)
    assert after["LAST-MODIFIED"].dt == before["LAST-MODIFIED"].dt
