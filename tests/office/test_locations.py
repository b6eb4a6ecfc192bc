"""The pages of rooms."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.record.bodies import Location
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.registry import Registry

ROOM = {
    "room": "Sitzungsraum II",
    "description": "Verwaltungsgebäude",
    "street_address": "Gerikestraße 104",
    "postal_code": "39340",
    "locality": "Haldensleben",
}


@pytest.fixture
def office_of(session: Session, cast: Cast, now) -> Registry:
    return Registry.of(session, cast.clerk, now)


def test_an_empty_list_says_what_to_do_first(clerk: OfficeClient) -> None:
    assert "noch kein Raum angelegt" in text_of(clerk.get("/raeume"))


def test_a_room_is_entered_and_listed_with_its_address(
    clerk: OfficeClient, session: Session
) -> None:
    answer = clerk.submit("/raeume/neu", ROOM)
    assert answer.status_code == 303
    room = session.scalars(select(Location)).one()
    assert room.place == "Verwaltungsgebäude, Gerikestraße 104, 39340 Haldensleben"
    assert room.place in text_of(clerk.get("/raeume"))


def test_the_town_of_the_last_room_is_offered_for_the_next(
    clerk: OfficeClient, office_of: Registry
) -> None:
    office_of.location(postal_code="39340", locality="Haldensleben")
    page = clerk.get("/raeume/neu").get_data(as_text=True)
    assert 'value="39340"' in page
    assert 'value="Haldensleben"' in page


def test_a_room_without_a_name_is_refused_at_its_field_and_nothing_is_lost(
    clerk: OfficeClient,
) -> None:
    answer = clerk.submit("/raeume/neu", ROOM | {"room": ""})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'id="room-fehler"' in page
    assert "Gerikestraße 104" in page


def test_a_name_too_long_is_refused_at_its_field(clerk: OfficeClient) -> None:
    answer = clerk.submit("/raeume/neu", ROOM | {"description": "<b>🏛</b>" * 500})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'id="description-fehler"' in page
    assert "&lt;b&gt;🏛" in page


def test_a_stale_form_shows_both_texts(
    clerk: OfficeClient, office_of: Registry, session: Session
) -> None:
    room = office_of.location()
    clerk.submit(f"/raeume/{room}", ROOM | {"room": "Saal Nord", "version": "1"})
    answer = clerk.submit(f"/raeume/{room}", ROOM | {"room": "Saal Süd", "version": "1"})
    assert answer.status_code == 409
    assert "Saal Süd" in text_of(answer)
    assert "Saal Nord" in text_of(answer)
    session.rollback()
    assert session.get_one(Location, room).room == "Saal Nord"


def test_a_room_without_meetings_is_deleted_after_a_question(
    clerk: OfficeClient, office_of: Registry, session: Session
) -> None:
    room = office_of.location()
    assert "Möchten Sie den Raum" in text_of(clerk.get(f"/raeume/{room}/loeschung"))
    answer = clerk.submit(f"/raeume/{room}/loeschung", {"version": "1"})
    assert answer.status_code == 303
    session.rollback()
    assert session.get(Location, room) is None


def test_a_room_with_meetings_stays(
    clerk: OfficeClient, office_of: Registry, session: Session, cast: Cast
) -> None:
    step = office_of.step(office_of.paper(), cast.committee)
    office_of.summoned_meeting(cast.committee, step)
    room = session.scalars(select(Location)).one()
    answer = clerk.submit(f"/raeume/{room.id}/loeschung", {"version": str(room.version)})
    assert answer.status_code == 422
    assert "kann nicht gelöscht werden" in text_of(answer)
    session.rollback()
    assert session.get(Location, room.id) is not None


def test_a_room_of_another_body_is_unknown(stranger: OfficeClient, office_of: Registry) -> None:
    room = office_of.location()
    for path in (f"/raeume/{room}", f"/raeume/{room}/loeschung"):
        assert stranger.get(path).status_code == 404


def test_members_do_not_keep_rooms(member: OfficeClient, office_of: Registry) -> None:
    room = office_of.location()
    for path in ("/raeume", "/raeume/neu", f"/raeume/{room}"):
        assert member.get(path).status_code == 404
