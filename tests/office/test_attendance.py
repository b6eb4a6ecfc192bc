"""The attendance list: saved in one act, each error in its person's row."""

import re
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import LATER, Room, build, everybody_present


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    return build(session, cast.boerde)


@pytest.fixture
def path(room: Room) -> str:
    return f"/sitzungen/{room.meeting}/anwesenheit"


def kept(session: Session, room: Room) -> dict[int, Attendance]:
    session.rollback()
    meeting = session.get_one(Meeting, room.meeting, populate_existing=True)
    return {one.person_id: one for one in meeting.attendances}


def test_everybody_is_present_until_told_otherwise(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = clerk.get(path)
    assert "Noch nicht erfasst" in text_of(page)
    assert faults_of(page) == []
    answer = fill(clerk, path)
    assert answer.status_code == 303
    rows = kept(session, room)
    assert rows.keys() == {*room.voters, room.adviser}
    assert {one.kind for one in rows.values()} == {AttendanceKind.PRESENT}
    assert not rows[room.adviser].voting_right


def test_the_quorum_is_told_with_its_norm(clerk: OfficeClient, path: str) -> None:
    fill(clerk, path)
    text = text_of(clerk.get(path))
    assert "Beschlussfähig: " in text
    assert "KVG LSA" in text


def test_too_few_members_are_warned_of(clerk: OfficeClient, path: str) -> None:
    fill(clerk, path, **{f"presences-{n}-kind": "excused" for n in range(5)})
    text = text_of(clerk.get(path))
    assert "Nicht beschlussfähig" in text, "nobody has determined anything, so nothing is deemed"
    assert "1 von 6" in text
    fill(clerk, path.replace("anwesenheit", "beschlussfaehigkeit"), determined="ja")
    assert "Gilt als beschlussfähig, solange" in text_of(clerk.get(path))


def test_times_and_notes_are_kept_on_the_clock_of_berlin(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(
        clerk,
        path,
        **{
            "presences-1-arrived_at": "17:20",
            "presences-1-left_at": "00:30",
            "presences-2-kind": "excused",
            "presences-2-note": "erkrankt",
        },
    )
    rows = kept(session, room)
    late = rows[room.voters[1]]
    assert late.arrived_at is not None
    assert late.left_at is not None
    assert late.arrived_at.isoformat() == "2017-04-19T15:20:00+00:00"
    assert late.left_at.isoformat() == "2017-04-19T22:30:00+00:00", "after midnight"
    assert rows[room.voters[2]].note == "erkrankt"
    fields = fields_of(clerk.get(path))
    assert fields["presences-1-arrived_at"] == ["17:20"]
    assert fields["presences-2-kind"] == ["excused"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"arrived_at": "18:00", "left_at": "17:30"}, "left_at", "geht, bevor sie kommt"),
        ({"arrived_at": "16:30"}, "arrived_at", "vor dem Beginn der Sitzung (17:00 Uhr)"),
        ({"left_at": "25:99"}, "left_at", "Bitte geben Sie eine Uhrzeit an"),
        ({"note": "x" * 301}, "note", "höchstens 300 Zeichen"),
        ({"kind": "halb"}, "kind", "Bitte wählen Sie einen der Einträge"),
    ],
)
def test_an_error_stands_in_its_row_and_nothing_is_lost(
    clerk: OfficeClient,
    session: Session,
    room: Room,
    path: str,
    typed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    data = {f"presences-1-{name}": value for name, value in typed.items()}
    answer = fill(clerk, path, **data, **{"presences-2-note": "kommt später"})
    assert answer.status_code == 422
    assert sentence in error_at(answer, f"presences-1-{field}")
    fields = fields_of(answer)
    assert fields["presences-2-note"] == ["kommt später"]
    assert kept(session, room) == {}


def test_a_guest_joins_the_list_and_can_be_taken_off(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    offered = fill(
        clerk, path, guest_id=str(room.guest), guest="1", **{"presences-0-note": "getippt"}
    )
    assert offered.status_code == 200
    assert fields_of(offered)["presences-7-person_id"] == [str(room.guest)]
    assert fields_of(offered)["presences-0-note"] == ["getippt"]
    assert kept(session, room) == {}, "a button is not saved"
    fill(clerk, path, guest_id=str(room.guest))
    rows = kept(session, room)
    assert rows[room.guest].role == "Gast"
    assert not rows[room.guest].voting_right
    fill(clerk, path, **{"presences-7-gone": "y"})
    assert room.guest not in kept(session, room)


def test_one_button_sets_everybody_present(clerk: OfficeClient, path: str) -> None:
    typed = {"presences-3-kind": "absent", "presences-3-arrived_at": "18:00"}
    answer = fill(clerk, path, everybody="1", **typed)
    fields = fields_of(answer)
    assert answer.status_code == 200
    assert fields["presences-3-kind"] == ["present"]
    assert fields["presences-3-arrived_at"] == [""]


def test_a_guest_of_another_body_is_not_found(
    clerk: OfficeClient, session: Session, cast: Cast, path: str
) -> None:
    foreign = build(session, cast.kaufbeuren)
    assert fill(clerk, path, guest_id=str(foreign.guest)).status_code == 404
    assert fill(clerk, path, **{"presences-0-person_id": "x"}).status_code == 404


def test_a_second_tab_shows_both_lists_and_overwrites_nothing(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    stale = fields_of(clerk.get(path))
    fill(clerk, path, **{"presences-1-kind": "excused", "presences-1-note": "erster Reiter"})
    answer = clerk.post(path, data=stale | {"presences-2-note": "zweiter Reiter"})
    assert answer.status_code == 409
    text = text_of(answer)
    assert "entschuldigt, erster Reiter" in text
    assert "anwesend, zweiter Reiter" in text
    assert kept(session, room)[room.voters[1]].note == "erster Reiter"
    again = clerk.post(path, data=fields_of(answer))
    assert again.status_code == 303
    assert kept(session, room)[room.voters[2]].note == "zweiter Reiter"


def test_before_the_summons_nothing_is_recorded(
    clerk: OfficeClient, session: Session, cast: Cast
) -> None:
    room = build(session, cast.boerde, summoned=False)
    path = f"/sitzungen/{room.meeting}/anwesenheit"
    assert "noch nicht geladen" in text_of(clerk.get(path))
    answer = fill(clerk, path)
    assert answer.status_code == 422
    assert "noch nicht geladen" in text_of(answer)


def test_who_joins_the_committee_later_is_not_made_present(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    everybody_present(session, room)
    session.delete(kept(session, room)[room.voters[5]])
    session.commit()
    kinds = {
        fields[0]
        for name, fields in fields_of(clerk.get(path)).items()
        if re.fullmatch(r"presences-\d+-kind", name)
    }
    assert kinds == {"present", "absent"}


def test_members_and_strangers_find_nothing(
    member: OfficeClient, stranger: OfficeClient, path: str
) -> None:
    assert member.get(path).status_code == 404
    assert stranger.get(path).status_code == 404
