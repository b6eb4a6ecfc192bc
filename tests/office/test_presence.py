"""Coming and going, one person's timeline, substitutes, and what follows for recorded ballots."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts import substitutes
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Ballot, Capacity
from tests.conftest import Clock
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import LATER, START, Room, build, everybody_present


@pytest.fixture
def now() -> datetime:
    """Half an hour into the meeting."""
    return START + timedelta(minutes=30)


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    """Five of the six voting members are there."""
    found = build(session, cast.boerde)
    everybody_present(session, found, but=(found.voters[5],))
    return found


@pytest.fixture
def path(room: Room) -> str:
    return f"/sitzungen/{room.meeting}/kommen-und-gehen"


def row_of(session: Session, room: Room, person: int) -> Attendance:
    session.rollback()
    meeting = session.get_one(Meeting, room.meeting, populate_existing=True)
    return next(one for one in meeting.attendances if one.person_id == person)


def ballots(session: Session, room: Room) -> list[Ballot]:
    session.rollback()
    return list(session.get_one(AgendaItem, room.grants, populate_existing=True).ballots)


def test_one_click_lets_somebody_go_and_come_back_and_both_can_be_undone(
    clerk: OfficeClient, session: Session, room: Room, path: str, clock: Clock
) -> None:
    person = room.voters[1]
    assert faults_of(clerk.get(path)) == []
    answer = fill(clerk, path, go=str(person))
    assert answer.status_code == 303
    assert row_of(session, room, person).left_at == START + timedelta(minutes=30)
    page = clerk.get(answer.location)
    assert "Kim Arnold: von Anfang an bis 17:30 Uhr" in text_of(page)
    clock.advance(timedelta(minutes=10))
    fill(clerk, path, come=str(person))
    row = row_of(session, room, person)
    assert row.left_at is None
    assert [(one.left_at, one.returned_at) for one in row.interruptions] == [
        (START + timedelta(minutes=30), START + timedelta(minutes=40))
    ]
    for _ in range(2):
        undo = {"undo": str(person), "war": "present"}
        assert clerk.submit(f"{path}/zuruecknehmen", page=path, data=undo).status_code == 303
    row = row_of(session, room, person)
    assert (row.left_at, row.interruptions) == (None, [])


def test_a_time_is_entered_afterwards(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    absent = room.voters[5]
    answer = fill(clerk, path, come=str(absent), at="17:05")
    row = row_of(session, room, absent)
    assert (row.kind, row.arrived_at) == (AttendanceKind.PRESENT, START + timedelta(minutes=5))
    page = text_of(clerk.get(answer.location))
    assert "ab 17:05 Uhr" in page
    undo = {"undo": str(absent), "war": "excused"}
    clerk.submit(f"{path}/zuruecknehmen", page=path, data=undo)
    assert row_of(session, room, absent).kind is AttendanceKind.EXCUSED


def test_the_picture_says_in_words_what_it_shows(
    clerk: OfficeClient, room: Room, path: str
) -> None:
    fill(clerk, path, go=str(room.voters[1]), at="17:20")
    page = clerk.get(path).get_data(as_text=True)
    assert 'aria-label="Kim Arnold: von Anfang an bis 17:20 Uhr"' in page
    assert 'aria-label="Kim Meier: entschuldigt"' in page
    assert "style=" not in page


def test_a_click_that_touches_ballots_asks_first(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    facts = {"yes": "3", "no": "1", "abstentions": "0", "difference": "Eine Person stimmte nicht."}
    fill(clerk, f"/punkte/{room.grants}/abstimmungen/neu", taken_at="17:25", **facts)
    asked = fill(clerk, path, go=str(room.voters[1]), at="17:10")
    assert asked.status_code == 422
    text = text_of(asked)
    assert "Ö 3" in text
    assert "5 anwesend, 6 stimmberechtigt" in text
    assert "4 anwesend, 6 stimmberechtigt" in text
    assert ballots(session, room)[0].present == 5
    done = clerk.post(path, data=fields_of(asked) | {"acknowledged": "1"})
    assert done.status_code == 303
    assert ballots(session, room)[0].present == 4


def test_what_cannot_be_is_said_at_the_time(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    answer = fill(clerk, path, come=str(room.voters[1]))
    assert answer.status_code == 422
    assert "schon da" in error_at(answer, "at")
    assert fill(clerk, path, come="4711").status_code == 404
    assert fill(clerk, path).status_code == 404


def test_a_person_goes_out_twice(clerk: OfficeClient, session: Session, room: Room) -> None:
    person = room.voters[1]
    page = f"/anwesenheiten/{row_of(session, room, person).id}"
    assert faults_of(clerk.get(page)) == []
    times = {
        "outs-0-out_from": "17:10", "outs-0-out_until": "17:15",
        "outs-1-out_from": "17:20", "outs-1-out_until": "17:30",
    }  # fmt: skip
    answer = fill(clerk, page, by_video="y", **times)
    assert answer.location == f"/sitzungen/{room.meeting}/anwesenheit"
    row = row_of(session, room, person)
    assert (len(row.interruptions), row.by_video) == (2, True)
    listed = text_of(clerk.get(answer.location))
    assert "per Video, hinaus 17:10 bis 17:15 Uhr, hinaus 17:20 bis 17:30 Uhr" in listed
    more = fill(clerk, page, more="1")
    assert fields_of(more)["outs-1-out_until"] == ["17:30"]
    assert "outs-4-out_from" in fields_of(more)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"outs-0-out_from": "17:10"}, "outs-0-out_until", "beide Uhrzeiten"),
        ({"outs-0-out_from": "16:10", "outs-0-out_until": "17:10"}, "outs-0-out_from", "Beginn"),
        ({"left_at": "17:10", "arrived_at": "17:20"}, "left_at", "bevor sie kommt"),
        ({"capacity": "guest"}, "capacity", "Mitglied mit Stimmrecht"),
        ({"note": "x" * 301}, "note", "300"),
    ],
)
def test_an_error_of_a_person_stands_at_its_field(
    clerk: OfficeClient,
    session: Session,
    room: Room,
    typed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    page = f"/anwesenheiten/{row_of(session, room, room.voters[1]).id}"
    answer = fill(clerk, page, **typed)
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)
    for name, value in typed.items():
        assert fields_of(answer)[name] == [value]


def test_a_second_tab_sees_both_timelines(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    page = f"/anwesenheiten/{row_of(session, room, room.voters[1]).id}"
    stale = fields_of(clerk.get(page))
    fill(clerk, page, note="erster Reiter")
    answer = clerk.post(page, data=stale | {"note": "zweiter Reiter"})
    assert answer.status_code == 409
    assert "erster Reiter" in text_of(answer)
    assert "zweiter Reiter" in text_of(answer)
    assert row_of(session, room, room.voters[1]).note == "erster Reiter"


def test_a_substitute_is_offered_first_and_votes(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    facts = substitutes.SubstituteFacts(person_id=room.guest, start_date=date(2014, 7, 1))
    substitutes.add_substitute(session, room.actor, room.committee, facts, LATER)
    page = f"/sitzungen/{room.meeting}/anwesenheit/neu"
    html = clerk.get(page).get_data(as_text=True)
    assert html.index("Stellvertretungen des Gremiums") < html.index("Kratzsch, Kim")
    assert html.index("Kratzsch, Kim") < html.index("weitere Personen")
    typed = {"person_id": str(room.guest), "substitute_for_id": str(room.voters[5])}
    answer = fill(clerk, page, **typed)
    assert answer.status_code == 303
    row = row_of(session, room, room.guest)
    assert (row.capacity, row.voting_right) == (Capacity.SUBSTITUTE, True)
    assert "in Vertretung für Kim Meier" in text_of(clerk.get(answer.location))
    call = clerk.get(f"/punkte/{room.grants}/abstimmungen/neu?weg=namentlich")
    assert str(room.guest) in {
        one[0] for name, one in fields_of(call).items() if "person_id" in name
    }
    twice = fill(clerk, page, person_id=str(room.guest))
    assert "schon auf der Liste" in error_at(twice, "person_id")


def test_the_chairs_determination_is_kept(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    page = f"/sitzungen/{room.meeting}/beschlussfaehigkeit"
    assert faults_of(clerk.get(page)) == []
    answer = fill(clerk, page, determined="ja", challenged_at="17:40")
    assert answer.status_code == 303
    session.rollback()
    meeting = session.get_one(Meeting, room.meeting, populate_existing=True)
    assert meeting.quorum_determined is True
    assert meeting.quorum_challenged_at == START + timedelta(minutes=40)
    early = fill(clerk, page, challenged_at="16:00")
    assert "außerhalb der Sitzung" in error_at(early, "challenged_at")


def test_members_and_strangers_find_nothing(
    clerk: OfficeClient,
    member: OfficeClient,
    stranger: OfficeClient,
    session: Session,
    room: Room,
    path: str,
) -> None:
    pages = (
        path,
        f"/anwesenheiten/{row_of(session, room, room.voters[1]).id}",
        f"/sitzungen/{room.meeting}/anwesenheit/neu",
        f"/sitzungen/{room.meeting}/beschlussfaehigkeit",
    )
    for page in pages:
        assert clerk.get(page).status_code == 200
        assert member.get(page).status_code == 404
        assert stranger.get(page).status_code == 404
    click = {"csrf_token": stranger.token("/konto"), "go": str(room.voters[1])}
    assert stranger.post(path, data=click).status_code == 404
    assert stranger.post(f"{path}/zuruecknehmen", data=click).status_code == 404
