"""The release: what may be public is shown before it is, and can be taken back."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts.attendance import add_attendance
from sitzungsdienst.acts.attendance_rows import AttendanceFacts
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import Capacity
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import (
    LATER,
    SECRET_TITLE,
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
def room(session: Session, cast: Cast, clerk: OfficeClient) -> Room:
    """A closed meeting with two treated items and minutes in draft."""
    found = build(session, cast.boerde)
    everybody_present(session, found)
    fill(
        clerk,
        f"/punkte/{found.concept}/beratung",
        deliberation="Es wurde gesprochen.",
        resolution_text="So beschlossen.",
        decision="adopted",
        internal_note="STRENG INTERN",
    )
    fill(clerk, f"/punkte/{found.grants}/abstimmungen/neu", yes="4", no="1", abstentions="1")
    fill(clerk, f"/punkte/{found.nonpublic}/beratung", deliberation="Vertrauliches.")
    close(session, found)
    return found


@pytest.fixture
def path(room: Room) -> str:
    return f"/sitzungen/{room.meeting}/freigabe"


def public_item(session: Session, item_id: int) -> PublicAgendaItem | None:
    session.rollback()
    uid = session.get_one(AgendaItem, item_id).uid
    filed = Reader(session.connection()).get(PublicAgendaItem, uid)
    return filed.document if filed else None


def public_meeting(session: Session, room: Room) -> PublicMeeting | None:
    session.rollback()
    uid = session.get_one(Meeting, room.meeting).uid
    filed = Reader(session.connection()).get(PublicMeeting, uid)
    return filed.document if filed else None


def standing(session: Session, item_id: int) -> str:
    found = public_item(session, item_id)
    return found.standing if found else "–"


def sign(clerk: OfficeClient, room: Room) -> None:
    minutes = f"/sitzungen/{room.meeting}/niederschrift"
    fill(clerk, minutes)
    fill(clerk, f"{minutes}/unterzeichnen", signed_on="2017-04-28")


def test_nothing_is_chosen_at_first_and_what_may_not_be_public_says_why(
    clerk: OfficeClient, room: Room, path: str
) -> None:
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "item_ids" not in fields_of(page), "nothing becomes public by a default"
    html = page.get_data(as_text=True)
    offered = re.findall(r'name="item_ids" value="(\d+)"', html)
    assert offered == [str(room.concept), str(room.grants)]
    text = text_of(page)
    assert "weder eine Beratung noch ein Ergebnis" in text
    assert "Aus dem nichtöffentlichen Teil wird kein Auszug" in text
    assert "Die Niederschrift ist noch nicht unterzeichnet" in text


def test_the_preview_shows_what_would_be_public_and_files_nothing(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    before = Reader(session.connection()).count(PublicAgendaItem)
    page = clerk.get(f"/punkte/{room.concept}/auszug")
    assert faults_of(page) == []
    text = text_of(page)
    assert "Vorschau – noch nicht öffentlich" in text
    for shown in (
        "TOP Ö 2",
        "Gremium Sozialausschuss",
        "Datum Mi, 19.04.2017",
        "Zeit 17:00 - 18:55",
        "Vorlage-Art Beschlussvorlage",
        "Es wurde gesprochen.",
        "So beschlossen.",
        "Stand: vorläufig",
    ):
        assert shown in text
    assert "STRENG INTERN" not in text
    assert standing(session, room.concept) == ""
    assert Reader(session.connection()).count(PublicAgendaItem) == before


def test_a_nonpublic_item_has_no_preview(clerk: OfficeClient, room: Room) -> None:
    text = text_of(clerk.get(f"/punkte/{room.nonpublic}/auszug"))
    assert "Aus dem nichtöffentlichen Teil wird kein Auszug veröffentlicht" in text
    assert "Vertrauliches" not in text


def test_released_excerpts_are_public_with_their_address(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    answer = fill(clerk, path, item_ids=[str(room.concept)])
    assert answer.status_code == 303
    item = public_item(session, room.concept)
    assert item is not None
    assert item.standing == "vorläufig"
    assert standing(session, room.grants) == "", "not chosen"
    page = clerk.get(path)
    assert faults_of(page) == []
    html = page.get_data(as_text=True)
    assert f'href="http://127.0.0.1:8000/auszuege/{item.uid}"' in html
    versions = text_of(clerk.get(f"/punkte/{room.concept}/auszug"))
    assert "Auszug veröffentlicht" in versions
    assert "mit der Ladung veröffentlicht" in versions


def test_all_that_may_be_public_goes_out_with_one_button(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    assert fill(clerk, path, everything="1").status_code == 303
    assert standing(session, room.concept) == "vorläufig"
    assert standing(session, room.grants) == "vorläufig"


def test_nothing_chosen_is_refused_at_its_field(clerk: OfficeClient, path: str) -> None:
    answer = fill(clerk, path, item_ids=[])
    assert answer.status_code == 422
    assert "mindestens einen Punkt" in text_of(answer)


def test_a_nonpublic_item_cannot_be_released_by_a_forged_form(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    answer = fill(clerk, path, item_ids=[str(room.nonpublic)])
    assert answer.status_code == 422
    assert "Aus dem nichtöffentlichen Teil" in text_of(answer)
    item = public_item(session, room.nonpublic)
    assert item is not None
    assert (item.name, item.deliberation) == ("Personalangelegenheit", "")
    assert SECRET_TITLE not in str(item)
    answer = fill(clerk, path, item_ids=["4711"])
    assert answer.status_code == 422


def test_a_second_release_needs_a_public_reason(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    chosen = [str(room.concept)]
    fill(clerk, path, item_ids=chosen)
    fill(clerk, f"/punkte/{room.concept}/beratung", deliberation="Berichtigt.")
    answer = fill(clerk, path, item_ids=chosen)
    assert answer.status_code == 422
    assert "Bitte geben Sie den Grund an" in error_at(answer, "reason")
    assert fields_of(answer)["item_ids"] == chosen
    fill(clerk, path, item_ids=chosen, reason="Schreibfehler berichtigt")
    item = public_item(session, room.concept)
    assert item is not None
    assert item.deliberation == "Berichtigt."
    assert "Schreibfehler berichtigt" in text_of(clerk.get(f"/punkte/{room.concept}/auszug"))


def test_the_minutes_go_public_with_every_excerpt(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = f"{path}/niederschrift"
    assert "noch nicht unterzeichnet" in text_of(clerk.get(page))
    sign(clerk, room)
    asked = clerk.get(page)
    assert faults_of(asked) == []
    assert "Ö 2 Konzept" in text_of(asked)
    assert fill(clerk, page).status_code == 303
    meeting = public_meeting(session, room)
    assert meeting is not None
    assert meeting.results_protocol
    assert standing(session, room.grants) == "vorläufig"
    shown = clerk.get(path).get_data(as_text=True)
    assert f"/dateien/{meeting.results_protocol}" in shown


def test_the_page_names_guests_who_would_be_named_though_their_times_are_missing(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    facts = AttendanceFacts(person_id=room.guest, capacity=Capacity.GUEST)
    version = session.get_one(Meeting, room.meeting).version
    add_attendance(session, room.actor, room.meeting, version, facts, LATER)
    page = clerk.get(f"{path}/niederschrift")
    assert faults_of(page) == []
    text = text_of(page)
    assert "Gäste und Verwaltung ohne Zeiten werden öffentlich genannt Kim Kratzsch" in text
    assert "innerhalb der nichtöffentlichen Punkte" in text
    assert "Zu nichtöffentlichen Punkten fehlen die Zeiten Betroffen: N 1" in text
    assert "Unterzeichnung der Niederschrift zuerst" not in text
    sign(clerk, room)
    assert "Unterzeichnung der Niederschrift zuerst" in text_of(clerk.get(f"{path}/niederschrift"))


def test_the_page_names_guests_who_are_kept_back(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, f"/punkte/{room.nonpublic}/beratung", began_at="18:20", ended_at="18:50")
    start = session.get_one(Meeting, room.meeting, populate_existing=True).start
    facts = AttendanceFacts(
        person_id=room.guest, capacity=Capacity.GUEST, arrived_at=start + timedelta(minutes=85)
    )
    version = session.get_one(Meeting, room.meeting).version
    add_attendance(session, room.actor, room.meeting, version, facts, LATER)
    text = text_of(clerk.get(f"{path}/niederschrift"))
    assert "nur zu nichtöffentlichen Punkten da Kim Kratzsch" in text
    assert "ohne Zeiten" not in text
    assert "fehlen die Zeiten" not in text


def test_unsigned_minutes_are_not_released_by_a_forged_form(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    answer = clerk.submit(f"{path}/niederschrift", {"reason": ""}, page=path)
    assert answer.status_code == 422
    assert "noch nicht unterzeichnet" in text_of(answer)
    meeting = public_meeting(session, room)
    assert meeting is not None
    assert meeting.results_protocol == ""


def test_an_excerpt_is_taken_back_with_a_reason(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path, everything="1")
    page = f"/punkte/{room.concept}/auszug/zuruecknehmen"
    asked = clerk.get(page)
    assert faults_of(asked) == []
    assert "lässt sich nicht zurückholen" in text_of(asked)
    refused = fill(clerk, page)
    assert refused.status_code == 422
    assert "Bitte geben Sie den Grund an" in error_at(refused, "reason")
    assert standing(session, room.concept) == "vorläufig"
    assert fill(clerk, page, reason="Irrtum").status_code == 303
    item = public_item(session, room.concept)
    assert item is not None, "the item stays on the agenda"
    assert (item.standing, item.deliberation, item.resolution_file) == ("", "", "")
    again = fill(clerk, page, reason="Irrtum")
    assert again.status_code == 422
    assert "kein Auszug veröffentlicht" in text_of(again)


def test_taking_an_excerpt_back_tells_what_becomes_of_the_minutes(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    sign(clerk, room)
    fill(clerk, f"{path}/niederschrift")
    page = f"/punkte/{room.concept}/auszug/zuruecknehmen"
    assert "wird ohne diesen Auszug neu gedruckt" in text_of(clerk.get(page))
    fill(clerk, f"/sitzungen/{room.meeting}/niederschrift/zuruecknehmen")
    asked = clerk.get(page)
    assert "Auch die öffentliche Niederschrift wird zurückgenommen" in text_of(asked)
    assert faults_of(asked) == []
    assert fill(clerk, page, reason="Irrtum").status_code == 303
    assert "Bitte prüfen Sie sie und geben Sie sie" in text_of(clerk.get(path))
    meeting = public_meeting(session, room)
    assert meeting is not None
    assert meeting.results_protocol == ""


def test_minutes_and_meeting_are_taken_back(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    sign(clerk, room)
    fill(clerk, f"{path}/niederschrift")
    fill(clerk, f"{path}/niederschrift/zuruecknehmen", reason="Fehler darin")
    meeting = public_meeting(session, room)
    assert meeting is not None
    assert meeting.results_protocol == ""
    assert standing(session, room.concept) == "vorläufig", "excerpts stay"
    fill(clerk, f"{path}/zuruecknehmen", reason="Falsche Sitzung")
    assert public_meeting(session, room) is None
    assert public_item(session, room.concept) is None
    page = clerk.get(path)
    assert "Von dieser Sitzung ist nichts öffentlich" in text_of(page)
    assert "Falsche Sitzung" in text_of(page)
    assert faults_of(page) == []


@pytest.mark.parametrize("page", ["", "/niederschrift", "/zuruecknehmen"])
def test_members_and_strangers_find_nothing(
    member: OfficeClient, stranger: OfficeClient, path: str, page: str
) -> None:
    assert member.get(path + page).status_code == 404
    assert stranger.get(path + page).status_code == 404
