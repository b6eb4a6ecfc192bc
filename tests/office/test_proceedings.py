"""The run of a meeting: its overview, its items, its closing."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from sitzungsdienst.database import statement_counter
from sitzungsdienst.law.values import Part
from sitzungsdienst.office.database import db
from sitzungsdienst.record.meetings import AgendaItem, ItemKind, Meeting, MeetingState
from sitzungsdienst.record.people import Membership, MembershipRole, Person
from sitzungsdienst.record.proceedings import Decision, Treatment
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import (
    LATER,
    PROPOSED,
    Room,
    build,
    close,
    everybody_present,
)


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    found = build(session, cast.boerde)
    everybody_present(session, found)
    return found


@pytest.fixture
def path(room: Room) -> str:
    return f"/punkte/{room.concept}/beratung"


def treatment(session: Session, room: Room) -> Treatment | None:
    session.rollback()
    return session.get_one(AgendaItem, room.concept, populate_existing=True).treatment


def meeting(session: Session, room: Room) -> Meeting:
    session.rollback()
    return session.get_one(Meeting, room.meeting, populate_existing=True)


def test_the_overview_tells_how_far_each_item_is(clerk: OfficeClient, room: Room) -> None:
    fill(clerk, f"/punkte/{room.concept}/beratung", deliberation="Es wurde gesprochen.")
    fill(clerk, f"/punkte/{room.grants}/abstimmungen/neu", yes="6", no="0", abstentions="0")
    page = clerk.get(f"/sitzungen/{room.meeting}/verlauf")
    text = text_of(page)
    assert faults_of(page) == []
    assert "Ö 2 Konzept behandelt" in text
    assert "Ö 3 Zuschüsse abgestimmt öffentlich einstimmig" in text
    assert "N 1 Personalsache Geheimrat offen nichtöffentlich" in text
    assert "2 von 4 Punkten" in text


def test_the_overview_follows_the_call_and_counts_no_headings(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    items = {one.id: one for one in meeting(session, room).agenda}
    grants, concept = items.pop(room.grants), items.pop(room.concept)
    opening, closed = sorted(items.values(), key=lambda one: one.part.value, reverse=True)
    opening.kind = ItemKind.HEADING
    for place, item in enumerate((opening, grants, concept, closed), start=1):
        item.called_position = place
    session.commit()
    text = text_of(clerk.get(f"/sitzungen/{room.meeting}/verlauf"))
    assert "Überschrift" in text
    assert text.index("Ö 3 Zuschüsse") < text.index("Ö 2 Konzept")
    fill(clerk, f"/punkte/{room.concept}/beratung", deliberation="Es wurde gesprochen.")
    assert "1 von 3 Punkten" in text_of(clerk.get(f"/sitzungen/{room.meeting}/verlauf"))


def test_deliberation_and_resolution_are_recorded(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "Zurück: Ö 1" in text_of(page)
    assert "Weiter: Ö 3" in text_of(page)
    answer = fill(
        clerk,
        path,
        deliberation="Frau Kratzsch berichtet.\n\nDas Mitglied Nehring fragt nach.",
        resolution_text="Der Ausschuss empfiehlt.",
        decision="adopted",
        internal_note="Nachreichen.",
    )
    assert answer.status_code == 303
    row = treatment(session, room)
    assert row is not None
    assert row.deliberation == "Frau Kratzsch berichtet.\n\nDas Mitglied Nehring fragt nach."
    assert row.decision is Decision.ADOPTED
    assert "Frau Kratzsch" not in clerk.get(path).headers.get("Set-Cookie", "")


def test_the_proposed_resolution_fills_the_resolution_and_saves_nothing(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    answer = fill(clerk, path, take=str(room.paper), deliberation="getippt")
    assert answer.status_code == 200
    assert fields_of(answer)["resolution_text"] == [PROPOSED]
    assert fields_of(answer)["deliberation"] == ["getippt"]
    assert treatment(session, room) is None
    again = fill(clerk, path, take=str(room.paper), resolution_text=PROPOSED)
    assert fields_of(again)["resolution_text"] == [PROPOSED], "once is enough"
    kept = fill(clerk, path, take=str(room.paper), resolution_text="Mit Änderung:")
    assert fields_of(kept)["resolution_text"] == [f"Mit Änderung:\n\n{PROPOSED}"]


@pytest.mark.parametrize(
    ("button", "goal"),
    [
        ({}, "/punkte/{concept}/beratung"),
        ({"go": "next"}, "/punkte/{grants}/beratung"),
        ({"go": "ballot"}, "/punkte/{concept}/abstimmungen/neu"),
    ],
)
def test_each_button_leads_on(
    clerk: OfficeClient, room: Room, path: str, button: dict[str, str], goal: str
) -> None:
    answer = fill(clerk, path, deliberation="Text", **button)
    assert answer.location == goal.format(concept=room.concept, grants=room.grants)


def test_a_text_that_is_too_long_is_refused_at_its_field_and_kept(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    answer = fill(clerk, path, deliberation="ä" * 200_001, internal_note="bleibt")
    assert answer.status_code == 422
    assert "Höchstens 200.000 Zeichen" in error_at(answer, "deliberation")
    assert fields_of(answer)["internal_note"] == ["bleibt"]
    assert treatment(session, room) is None


@pytest.mark.parametrize("recorded_before", [False, True])
def test_a_second_tab_keeps_both_texts(
    clerk: OfficeClient, session: Session, room: Room, path: str, recorded_before: bool
) -> None:
    if recorded_before:
        fill(clerk, path, deliberation="Urfassung")
    stale = fields_of(clerk.get(path))
    fill(clerk, path, deliberation="Fassung des ersten Reiters")
    answer = clerk.post(path, data=stale | {"deliberation": "Fassung des zweiten Reiters"})
    assert answer.status_code == 409
    assert "Fassung des ersten Reiters" in text_of(answer)
    assert "Fassung des zweiten Reiters" in text_of(answer)
    row = treatment(session, room)
    assert row is not None
    assert row.deliberation == "Fassung des ersten Reiters"
    assert clerk.post(path, data=fields_of(answer)).status_code == 303
    row = treatment(session, room)
    assert row is not None
    assert row.deliberation == "Fassung des zweiten Reiters"


def test_markup_in_a_text_is_shown_and_not_obeyed(clerk: OfficeClient, path: str) -> None:
    fill(clerk, path, deliberation="</textarea><script>alert(1)</script> 😀")
    page = clerk.get(path)
    assert "<script>alert" not in page.get_data(as_text=True)
    assert fields_of(page)["deliberation"] == ["</textarea><script>alert(1)</script> 😀"]


def test_a_meeting_is_closed_and_opened_again(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    path = f"/sitzungen/{room.meeting}/schliessen"
    assert faults_of(clerk.get(path)) == []
    assert fill(clerk, path, end="18:55").status_code == 303
    row = meeting(session, room)
    assert row.state is MeetingState.CLOSED
    assert row.end is not None
    assert row.end.isoformat() == "2017-04-19T16:55:00+00:00"
    page = clerk.get(path)
    assert "17:00 - 18:55" in text_of(page)
    assert faults_of(page) == []
    version = str(row.version)
    reopened = clerk.submit(
        f"/sitzungen/{room.meeting}/wieder-oeffnen", {"version": version}, page=path
    )
    assert reopened.status_code == 303
    assert meeting(session, room).state is MeetingState.SUMMONED


def test_a_meeting_may_end_after_midnight(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    path = f"/sitzungen/{room.meeting}/schliessen"
    assert fill(clerk, path, end="00:20", end_date="2017-04-20").status_code == 303
    assert "17:00 - 00:20 (20.04.2017)" in text_of(clerk.get(path))


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"end": "16:30"}, "end", "Das Ende liegt vor dem Beginn"),
        ({"end": ""}, "end", "wann die Sitzung endete"),
        ({"end": "18:00", "end_date": "2017-04-25"}, "end", "länger als 24 Stunden"),
        ({"end": "18:00", "end_date": ""}, "end_date", "an welchem Tag"),
    ],
)
def test_an_impossible_end_is_refused_at_its_field(
    clerk: OfficeClient,
    session: Session,
    room: Room,
    typed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    answer = fill(clerk, f"/sitzungen/{room.meeting}/schliessen", **typed)
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)
    assert meeting(session, room).state is MeetingState.SUMMONED


def test_a_stale_closing_shows_both_ends(clerk: OfficeClient, session: Session, room: Room) -> None:
    path = f"/sitzungen/{room.meeting}/schliessen"
    stale = fields_of(clerk.get(path))
    fill(clerk, path, end="18:55")
    answer = clerk.post(path, data=stale | {"end": "19:10"})
    assert answer.status_code == 409
    assert "18:55:00" in text_of(answer)
    row = meeting(session, room)
    assert row.end is not None
    assert row.end.minute == 55


def test_with_minutes_a_meeting_stays_closed(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    close(session, room)
    fill(clerk, f"/sitzungen/{room.meeting}/niederschrift")
    path = f"/sitzungen/{room.meeting}/schliessen"
    version = str(meeting(session, room).version)
    answer = clerk.submit(
        f"/sitzungen/{room.meeting}/wieder-oeffnen", {"version": version}, page=path
    )
    assert answer.status_code == 422
    assert "gibt es schon eine Niederschrift" in text_of(answer)


@pytest.mark.parametrize(
    "page",
    [
        "/sitzungen/{meeting}/verlauf",
        "/sitzungen/{meeting}/schliessen",
        "/punkte/{concept}/beratung",
        "/punkte/{concept}/abstimmungen/neu",
        "/sitzungen/{meeting}/niederschrift",
        "/sitzungen/{meeting}/freigabe",
        "/punkte/{concept}/auszug",
        "/punkte/{concept}/auszug/zuruecknehmen",
    ],
)
def test_members_and_strangers_find_nothing(
    clerk: OfficeClient, member: OfficeClient, stranger: OfficeClient, room: Room, page: str
) -> None:
    path = page.format(meeting=room.meeting, concept=room.concept)
    assert clerk.get(path).status_code == 200
    assert member.get(path).status_code == 404
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        "/sitzungen/{meeting}/verlauf",
        "/sitzungen/{meeting}/freigabe",
        "/sitzungen/{meeting}/anwesenheit",
        "/punkte/{concept}/beratung",
    ],
)
def test_longer_lists_cost_no_more_statements(
    clerk: OfficeClient, session: Session, room: Room, office_app: Flask, page: str
) -> None:
    path = page.format(meeting=room.meeting, concept=room.concept)
    clerk.get(path)
    first = _statements(office_app, clerk, path)
    for number in range(5):
        item = AgendaItem(
            meeting_id=room.meeting,
            position=50 + number,
            part=Part.PUBLIC,
            number=f"Ö {50 + number}",
            title="Weiterer Punkt",
            created_at=LATER,
            modified_at=LATER,
        )
        item.treatment = Treatment(deliberation="…", created_at=LATER, modified_at=LATER)
        session.add(item)
        person = Person(
            body_id=room.body, family_name=f"P{number}", created_at=LATER, modified_at=LATER
        )
        seat = {"organization_id": room.committee, "voting_right": True, "person": person}
        stamps = {"created_at": LATER, "modified_at": LATER}
        session.add(Membership(role=MembershipRole.MEMBER, **seat, **stamps))
    session.commit()
    assert _statements(office_app, clerk, path) == first


def _statements(app: Flask, client: OfficeClient, path: str) -> int:
    with app.app_context():
        engine = db.engine
    with statement_counter(engine) as counted:
        assert client.get(path).status_code == 200
    return counted.count
