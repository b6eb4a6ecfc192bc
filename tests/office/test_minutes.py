"""The minutes: drafted, signed, approved, taken back, each issue kept."""

import re
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import Minutes, MinutesState
from sitzungsdienst.record.papers import IssuedDocument
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import LATER, Room, build, close, everybody_present


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    """A closed meeting."""
    found = build(session, cast.boerde)
    everybody_present(session, found)
    close(session, found)
    return found


@pytest.fixture
def path(room: Room) -> str:
    return f"/sitzungen/{room.meeting}/niederschrift"


def minutes(session: Session, room: Room) -> Minutes:
    session.rollback()
    found = session.get_one(Meeting, room.meeting, populate_existing=True).minutes
    assert found is not None
    return found


def test_the_draft_knows_who_chaired_and_who_writes(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = clerk.get(path)
    assert faults_of(page) == []
    fields = fields_of(page)
    assert fields["chair_name"] == ["Kim Schünemann"]
    assert fields["clerk_name"] == ["Sabine Krüger"]
    assert fill(clerk, path).status_code == 303
    assert minutes(session, room).state is MinutesState.DRAFT
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "Unterzeichnung vermerken" in text_of(page)


def test_every_issue_is_kept_and_readable(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path)
    fill(clerk, f"{path}/bearbeiten", chair_name="Alex Arnold")
    addresses = re.findall(rf'"({path}/\d+\.pdf)"', clerk.get(path).get_data(as_text=True))
    assert len(addresses) == 2
    for address in addresses:
        answer = clerk.get(address)
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert answer.headers["Cache-Control"] == "no-store"
        saved = clerk.get(f"{address}?herunterladen=1")
        assert saved.headers["Content-Disposition"].startswith("attachment")
    assert minutes(session, room).chair_name == "Alex Arnold"


def test_an_issue_opens_only_under_its_own_meeting(
    clerk: OfficeClient,
    member: OfficeClient,
    stranger: OfficeClient,
    session: Session,
    room: Room,
    path: str,
) -> None:
    fill(clerk, path)
    issues = session.scalars(select(IssuedDocument).order_by(IssuedDocument.id)).all()
    invitation, draft = issues[0].id, issues[-1].id
    assert clerk.get(f"{path}/{draft}.pdf").status_code == 200
    assert clerk.get(f"{path}/{invitation}.pdf").status_code == 404, "no minutes"
    elsewhere = f"/sitzungen/{room.later_meeting}/niederschrift/{draft}.pdf"
    assert clerk.get(elsewhere).status_code == 404
    assert member.get(f"{path}/{draft}.pdf").status_code == 404
    assert stranger.get(f"{path}/{draft}.pdf").status_code == 404


def test_the_whole_way_to_the_approval(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path)
    page = clerk.get(f"{path}/unterzeichnen")
    assert faults_of(page) == []
    assert "Vorsitz und Schriftführung" in text_of(page)
    assert "KVG LSA" in text_of(page)
    fill(clerk, f"{path}/unterzeichnen", signed_on="2017-04-28")
    assert minutes(session, room).signed_on == date(2017, 4, 28)
    page = clerk.get(f"{path}/genehmigen")
    assert faults_of(page) == []
    assert "14.06.2017, Sitzung im Juni" in text_of(page)
    later = str(room.later_meeting)
    fill(clerk, f"{path}/genehmigen", approved_on="2017-05-01", approved_in_id=later)
    row = minutes(session, room)
    assert row.state is MinutesState.APPROVED
    assert row.approved_in_id == room.later_meeting
    text = text_of(clerk.get(path))
    assert "Genehmigt in Sitzung im Juni am 14.06.2017" in text
    page = clerk.get(f"{path}/zuruecknehmen")
    assert "wird wieder ein Entwurf" in text_of(page)
    assert fill(clerk, f"{path}/zuruecknehmen").status_code == 303
    row = minutes(session, room)
    assert (row.state, row.signed_on, row.approved_on) == (MinutesState.DRAFT, None, None)


def test_a_land_that_knows_objections_only_is_told_at_the_approval(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path)
    fill(clerk, f"{path}/unterzeichnen", signed_on="2017-04-28")
    row = session.get_one(Meeting, room.meeting, populate_existing=True)
    row.body.land = "NW"
    session.commit()
    assert "Was das Gesetz vorsieht" in text_of(clerk.get(f"{path}/genehmigen"))
    row.body.land = "BY"
    session.commit()
    assert "Was das Gesetz vorsieht" not in text_of(clerk.get(f"{path}/genehmigen"))


@pytest.mark.parametrize(
    ("page", "typed", "field", "sentence"),
    [
        ("", {"chair_name": ""}, "chair_name", "wer den Vorsitz führte"),
        ("", {"clerk_name": "x" * 201}, "clerk_name", "200 Zeichen"),
        ("", {"remark": "x" * 10_001}, "remark", "Höchstens 10.000 Zeichen"),
    ],
)
def test_a_draft_needs_its_signatories(
    clerk: OfficeClient, path: str, page: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    answer = fill(clerk, path + page, **typed)
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2017-04-18", "Das Datum liegt vor der Sitzung"),
        ("2017-05-03", "Das Datum liegt in der Zukunft"),
        ("", "Datum der Unterschrift"),
        ("31.2.", "Bitte geben Sie ein Datum an"),
    ],
)
def test_an_impossible_day_of_signing_is_refused_at_its_field(
    clerk: OfficeClient, session: Session, room: Room, path: str, typed: str, sentence: str
) -> None:
    fill(clerk, path)
    answer = fill(clerk, f"{path}/unterzeichnen", signed_on=typed)
    assert answer.status_code == 422
    assert sentence in error_at(answer, "signed_on")
    assert minutes(session, room).state is MinutesState.DRAFT


def test_an_impossible_day_of_approval_is_refused_at_its_field(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path)
    fill(clerk, f"{path}/unterzeichnen", signed_on="2017-04-28")
    answer = fill(clerk, f"{path}/genehmigen", approved_on="2017-04-20")
    assert answer.status_code == 422
    assert "vor der Unterzeichnung" in error_at(answer, "approved_on")
    assert minutes(session, room).state is MinutesState.SIGNED


def test_signed_minutes_close_the_session_room(clerk: OfficeClient, room: Room, path: str) -> None:
    fill(clerk, path)
    fill(clerk, f"{path}/unterzeichnen", signed_on="2017-04-28")
    answer = fill(clerk, f"/punkte/{room.concept}/beratung", deliberation="zu spät")
    assert answer.status_code == 422
    assert "Die Niederschrift ist unterzeichnet" in text_of(answer)
    assert fields_of(answer)["deliberation"] == ["zu spät"]


def test_a_second_tab_keeps_both_names(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path)
    own = f"{path}/bearbeiten"
    stale = fields_of(clerk.get(own))
    fill(clerk, own, chair_name="Erste Fassung")
    answer = clerk.post(own, data=stale | {"chair_name": "Zweite Fassung"})
    assert answer.status_code == 409
    assert "Erste Fassung" in text_of(answer)
    assert "Zweite Fassung" in text_of(answer)
    assert minutes(session, room).chair_name == "Erste Fassung"


def test_an_open_meeting_has_no_minutes(clerk: OfficeClient, session: Session, cast: Cast) -> None:
    room = build(session, cast.boerde)
    path = f"/sitzungen/{room.meeting}/niederschrift"
    assert "muss die Sitzung geschlossen sein" in text_of(clerk.get(path))
    for page in ("bearbeiten", "unterzeichnen", "genehmigen", "zuruecknehmen"):
        assert clerk.get(f"{path}/{page}").status_code == 404
