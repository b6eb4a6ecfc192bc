"""The pages of the minutes' way: presented, signed one by one, objected to, closed, carried."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.proceedings import TreatmentFacts, record_treatment
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes, MinutesState, Objection, ObjectionState
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import LATER, Room, build, close, everybody_present

STEPS = (
    "vorlegen",
    "unterzeichnen",
    "genehmigen",
    "genehmigung-zuruecknehmen",
    "abschliessen",
    "wieder-oeffnen",
    "zuruecknehmen",
    "einwendungen/neu",
)


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    """A closed meeting with something said on one item."""
    found = build(session, cast.boerde)
    everybody_present(session, found)
    facts = TreatmentFacts(deliberation="Es wird beraten.")
    record_treatment(session, found.actor, found.concept, None, facts, LATER)
    close(session, found)
    return found


@pytest.fixture
def path(clerk: OfficeClient, room: Room) -> str:
    """The page of drafted minutes."""
    found = f"/sitzungen/{room.meeting}/niederschrift"
    fill(clerk, found)
    return found


def minutes(session: Session, room: Room) -> Minutes:
    session.rollback()
    found = session.get_one(Meeting, room.meeting, populate_existing=True).minutes
    assert found is not None
    return found


def objection(session: Session) -> Objection:
    session.rollback()
    return session.scalars(select(Objection)).one()


def settle_in(session: Session, room: Room, land: str) -> None:
    session.get_one(Body, room.body).land = land
    session.commit()


def test_the_draft_is_presented_and_a_change_takes_it_back(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = clerk.get(f"{path}/vorlegen")
    assert faults_of(page) == []
    assert fill(clerk, f"{path}/vorlegen", presented_on="2017-04-25").status_code == 303
    assert minutes(session, room).presented_on == date(2017, 4, 25)
    assert "am 25.04.2017" in text_of(clerk.get(path))
    fill(clerk, f"/punkte/{room.concept}/beratung", deliberation="Es war anders.")
    assert minutes(session, room).state is MinutesState.DRAFT
    assert minutes(session, room).presented_on is None


def test_each_signature_has_its_own_page(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    chair, writer = (one.id for one in minutes(session, room).signatures)
    page = clerk.get(f"{path}/unterschriften/{chair}")
    assert faults_of(page) == []
    assert fields_of(page)["name"] == ["Kim Schünemann"]
    answer = fill(clerk, f"{path}/unterschriften/{chair}", name=" ")
    assert "wer unterschrieben hat" in error_at(answer, "name")
    answer = fill(clerk, f"{path}/unterschriften/{chair}", signed_on="2017-05-03")
    assert "in der Zukunft" in error_at(answer, "signed_on")
    fill(clerk, f"{path}/unterschriften/{chair}", signed_on="2017-04-25")
    assert not minutes(session, room).signed
    assert "noch nicht" in text_of(clerk.get(path))
    refused = fill(clerk, f"/punkte/{room.concept}/beratung", deliberation="zu spät")
    assert "zum Teil unterschrieben" in text_of(refused)
    fill(clerk, f"{path}/unterschriften/{writer}", signed_on="2017-04-26")
    assert minutes(session, room).signed_on == date(2017, 4, 26)
    assert clerk.get(f"{path}/unterschriften/4711").status_code == 404


def test_a_second_tab_does_not_sign_over_the_first(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    chair, writer = (one.id for one in minutes(session, room).signatures)
    stale = fields_of(clerk.get(f"{path}/unterschriften/{writer}"))
    fill(clerk, f"{path}/unterschriften/{chair}")
    assert clerk.post(f"{path}/unterschriften/{writer}", data=stale).status_code == 409
    assert not minutes(session, room).signed


def test_members_are_asked_for_where_they_sign(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    settle_in(session, room, "BW")
    page = f"/sitzungen/{room.meeting}/niederschrift"
    assert "member_names" in fields_of(clerk.get(page))
    fill(clerk, page, member_names="Kim Arnold\nKim Brandt")
    assert [one.name for one in minutes(session, room).signatures] == [
        "Kim Schünemann",
        "Kim Arnold",
        "Kim Brandt",
        "Sabine Krüger",
    ]
    kept = fields_of(clerk.get(f"{page}/bearbeiten"))["member_names"]
    assert kept[0].split() == ["Kim", "Arnold", "Kim", "Brandt"]


def test_an_objection_is_taken_up_corrected_and_decided(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, f"{path}/unterzeichnen", signed_on="2017-04-28")
    new = f"{path}/einwendungen/neu"
    assert faults_of(clerk.get(new)) == []
    typed = {"raised_by": "Kim Arnold", "raised_on": "2017-05-01", "text": "So war es nicht."}
    assert fill(clerk, new, **typed, agenda_item_id=str(room.concept)).status_code == 303
    one = objection(session).id
    assert "So war es nicht." in text_of(clerk.get(path))
    fill(clerk, f"/einwendungen/{one}/bearbeiten", text="So war es anders.")
    assert objection(session).text == "So war es anders."
    refused = fill(clerk, f"{path}/abschliessen", closed_on="2017-05-02")
    assert "noch nicht entschieden" in text_of(refused)
    decide = f"/einwendungen/{one}/entscheiden"
    assert faults_of(clerk.get(decide)) == []
    assert "wie entschieden" in error_at(fill(clerk, decide, state=""), "state")
    fill(clerk, decide, state="upheld", decided_on="2017-05-02", remark="Wird berichtigt.")
    assert objection(session).state is ObjectionState.UPHELD
    assert "stattgegeben" in text_of(clerk.get(path))
    assert fill(clerk, f"{path}/abschliessen", closed_on="2017-05-02").status_code == 303
    assert minutes(session, room).state is MinutesState.CLOSED
    assert fill(clerk, f"{path}/wieder-oeffnen").status_code == 303
    assert fill(clerk, f"/einwendungen/{one}/wieder-aufnehmen").status_code == 303
    assert objection(session).state is ObjectionState.OPEN
    assert fill(clerk, f"/einwendungen/{one}/entfernen").status_code == 303
    assert "keine Einwendung" in text_of(clerk.get(path))


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"raised_by": ""}, "raised_by", "wer die Einwendung erhebt"),
        ({"text": ""}, "text", "Wortlaut der Einwendung"),
        ({"raised_on": "2017-04-18"}, "raised_on", "passt nicht zur Sitzung"),
    ],
)
def test_what_is_wrong_with_an_objection_stands_at_its_field(
    clerk: OfficeClient, path: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    fill(clerk, f"{path}/vorlegen")
    sound = {"raised_by": "Arnold", "raised_on": "2017-05-01", "text": "Nein."}
    answer = fill(clerk, f"{path}/einwendungen/neu", **(sound | typed))
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)


def test_one_click_carries_the_minutes_to_a_later_agenda(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, f"{path}/unterzeichnen", signed_on="2017-04-28")
    page = clerk.submit(f"{path}/vorschlagen", {"meeting_id": str(room.later_meeting)}, page=path)
    assert page.status_code == 303
    item = session.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == room.later_meeting)
    ).one()
    assert minutes(session, room).approved_item_id == item.id
    assert item.title == "Niederschrift vom 19.04.2017: Einwendungen"
    text = text_of(clerk.get(f"/punkte/{item.id}/beratung"))
    assert "Niederschrift vom 19.04.2017" in text
    assert "Niederschrift öffnen" in text
    again = clerk.submit(f"{path}/vorschlagen", {"meeting_id": str(room.later_meeting)}, page=path)
    assert "schon auf einer Tagesordnung" in text_of(again)


def test_an_approval_is_taken_back_without_the_signatures(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, f"{path}/unterzeichnen", signed_on="2017-04-28")
    fill(clerk, f"{path}/genehmigen", approved_on="2017-05-01")
    assert fill(clerk, f"{path}/genehmigung-zuruecknehmen").status_code == 303
    row = minutes(session, room)
    assert (row.state, row.approved_on) == (MinutesState.SIGNED, None)


def test_minutes_that_need_a_vote_are_not_closed_before_it(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    settle_in(session, room, "BY")
    fill(clerk, f"{path}/unterzeichnen", signed_on="2017-04-28")
    answer = fill(clerk, f"{path}/abschliessen", closed_on="2017-05-02")
    assert answer.status_code == 422
    assert "Genehmigung des Gremiums" in text_of(answer)


def test_nobody_else_walks_the_minutes_way(
    clerk: OfficeClient,
    member: OfficeClient,
    stranger: OfficeClient,
    session: Session,
    room: Room,
    path: str,
) -> None:
    fill(clerk, f"{path}/vorlegen")
    typed = {"raised_by": "Arnold", "raised_on": "2017-05-01", "text": "Nein."}
    fill(clerk, f"{path}/einwendungen/neu", **typed)
    one = objection(session).id
    signature = minutes(session, room).signatures[0].id
    pages = [f"{path}/{step}" for step in STEPS]
    pages += [f"{path}/unterschriften/{signature}"]
    pages += [
        f"/einwendungen/{one}/{step}"
        for step in ("bearbeiten", "entscheiden", "wieder-aufnehmen", "entfernen")
    ]
    for page in pages:
        assert clerk.get(page).status_code == 200, page
        assert member.get(page).status_code == 404, page
        assert stranger.get(page).status_code == 404, page
    assert clerk.get("/einwendungen/4711/bearbeiten").status_code == 404
