"""Times that cannot be: each is told at its field, and nothing is saved."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.office.local_time import is_skipped, moment
from sitzungsdienst.record.meetings import Meeting, MeetingState
from sitzungsdienst.record.people import Membership
from sitzungsdienst.record.proceedings import Attendance
from tests.support.browser import OfficeClient
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at
from tests.support.session_room import Room


def meeting(session: Session, room: Room) -> Meeting:
    session.rollback()
    return session.get_one(Meeting, room.meeting, populate_existing=True)


def test_a_meeting_does_not_end_before_it_starts(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    path = f"/sitzungen/{room.meeting}/schliessen"
    answer = fill(clerk, path, end="16:59", end_date="2017-04-19")
    assert answer.status_code == 422
    assert "Das Ende liegt vor dem Beginn" in error_at(answer, "end")
    assert fields_of(answer)["end"] == ["16:59"], "what was typed stays"
    row = meeting(session, room)
    assert (row.state, row.end) == (MeetingState.SUMMONED, None)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2017-02-30", "10000-01-01", "abc"])
def test_a_meeting_does_not_end_on_an_impossible_day(
    clerk: OfficeClient, session: Session, room: Room, day: str
) -> None:
    answer = fill(clerk, f"/sitzungen/{room.meeting}/schliessen", end="00:00", end_date=day)
    assert answer.status_code == 422
    assert error_at(answer, "end") or error_at(answer, "end_date")
    assert meeting(session, room).end is None


@pytest.mark.parametrize(
    ("day", "hour", "field"),
    [
        ("0001-01-01", "00:00", "start_date"),
        ("0001-01-01", "17:00", "start_date"),
        ("9999-12-31", "23:59", "start_date"),
        ("2017-02-29", "17:00", "start_date"),
        ("-2017-01-01", "17:00", "start_date"),
        ("2017-06-01", "24:00", "start_time"),
        ("2017-06-01", "25:99", "start_time"),
        ("2018-03-25", "02:30", "start_time"),
    ],
)
def test_an_impossible_beginning_is_refused_at_its_field(
    clerk: OfficeClient, session: Session, room: Room, day: str, hour: str, field: str
) -> None:
    before = session.scalar(select(func.count()).select_from(Meeting))
    typed = {"committee_ids": str(room.committee), "name": "Sondersitzung 🏛️"}
    answer = fill(clerk, "/sitzungen/neu", start_date=day, start_time=hour, **typed)
    assert answer.status_code == 422
    assert error_at(answer, field)
    assert fields_of(answer)["name"] == ["Sondersitzung 🏛️"]
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Meeting)) == before


def test_the_hour_that_summer_time_skips_is_told_from_every_other() -> None:
    assert is_skipped(date(2018, 3, 25), time(2, 30))
    assert not is_skipped(date(2018, 3, 25), time(3, 0))
    assert not is_skipped(date(2018, 10, 28), time(2, 30)), "this one comes twice"
    assert not is_skipped(date(1, 1, 1), time(0, 0))
    assert moment(date(2018, 10, 28), time(2, 30)) == datetime(2018, 10, 28, 0, 30, tzinfo=UTC)


def test_a_membership_does_not_end_before_it_begins(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    seat = session.scalars(select(Membership).where(Membership.person_id == room.voters[1])).one()
    answer = fill(
        clerk, f"/mitgliedschaften/{seat.id}", start_date="2016-01-01", end_date="2015-12-31"
    )
    assert answer.status_code == 422
    assert "Das Ende liegt vor dem Beginn" in error_at(answer, "end_date")
    session.rollback()
    assert session.get_one(Membership, seat.id).end_date is None


def test_nobody_leaves_before_coming(clerk: OfficeClient, session: Session, room: Room) -> None:
    path = f"/sitzungen/{room.meeting}/anwesenheit"
    times = {"presences-0-arrived_at": "18:00", "presences-0-left_at": "17:30"}
    answer = fill(clerk, path, **times)
    assert answer.status_code == 422
    assert error_at(answer, "presences-0-left_at")
    assert fields_of(answer)["presences-0-left_at"] == ["17:30"]
    session.rollback()
    assert all(one.left_at is None for one in session.scalars(select(Attendance)))
