"""Texts as nobody should send them: too long, with markup, with what no database holds."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.text import TEXT_LIMIT
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.bodies import LegislativeTerm, Location, Organization
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.record.people import Person
from sitzungsdienst.record.proceedings import Treatment
from tests.support.browser import OfficeClient
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import Room

MARKUP = "<script>alert('🏛️')</script>&amp;{{ 7*7 }}"
LONG = (MARKUP * 200)[:5000]

FORMS: list[tuple[str, str, type[Base], dict[str, str]]] = [
    ("/sitzungen/{later_meeting}/bearbeiten", "name", Meeting, {}),
    ("/punkte/{concept}", "title", AgendaItem, {}),
    ("/vorlagen/{paper}/bearbeiten", "title", Paper, {}),
    ("/vorlagen/neu", "title", Paper, {"reference": "1", "paper_type": "Antrag"}),
    ("/gremien/{committee}/bearbeiten", "name", Organization, {}),
    ("/gremien/neu", "name", Organization, {}),
    ("/personen/{guest}/bearbeiten", "family_name", Person, {}),
    ("/raeume/neu", "room", Location, {}),
    ("/koerperschaft/wahlperioden/neu", "name", LegislativeTerm, {"start_date": "2014-07-01"}),
]


@pytest.mark.parametrize(("path", "field", "kind", "more"), FORMS)
def test_a_title_of_5000_characters_is_refused_at_its_field_and_kept(
    clerk: OfficeClient,
    session: Session,
    room: Room,
    path: str,
    field: str,
    kind: type[Base],
    more: dict[str, str],
) -> None:
    assert len(LONG) == 5000
    session.rollback()
    before = [getattr(one, field) for one in session.scalars(select(kind))]
    address = path.format(**{name: getattr(room, name) for name in room.__dataclass_fields__})
    answer = fill(clerk, address, **more, **{field: LONG})
    assert answer.status_code == 422
    assert "kürzen" in error_at(answer, field)
    assert fields_of(answer)[field] == [LONG], "what was typed stays, to the last character"
    page = answer.get_data(as_text=True)
    assert "<script>alert" not in page
    assert faults_of(answer) == []
    session.rollback()
    assert [getattr(one, field) for one in session.scalars(select(kind))] == before


def test_a_text_of_a_megabyte_is_refused_at_its_field_and_kept(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    huge = "Ä🏛 " * 250_000
    answer = fill(clerk, f"/punkte/{room.concept}/beratung", deliberation=huge)
    assert answer.status_code == 422
    assert f"{TEXT_LIMIT:,}".replace(",", ".") in error_at(answer, "deliberation")
    assert fields_of(answer)["deliberation"] == [huge]
    session.rollback()
    assert session.scalars(select(Treatment)).all() == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Saal\x00 1", "Saal 1"),
        ("Saal \u202e1", "Saal 1"),
        ("Saal\r\n\t1", "Saal 1"),
        ("\ufeffSaal 1\x1b", "Saal 1"),
        ("Sa\u0308al 1", "Säal 1"),
        (MARKUP, MARKUP),
    ],
)
def test_what_no_printer_holds_is_dropped_and_the_words_stay(
    clerk: OfficeClient, session: Session, sent: str, kept: str
) -> None:
    assert fill(clerk, "/raeume/neu", room=sent, locality="Haldensleben").status_code == 303
    session.rollback()
    row = session.scalars(select(Location)).one()
    assert row.room == kept
    assert "<script>alert" not in clerk.get("/raeume").get_data(as_text=True)


@pytest.mark.parametrize("raw", [b"%ff%fe", b"%ED%A0%80", b"%F0%9F", b"\xff\xfe", b"%00%00"])
def test_what_is_no_utf8_breaks_nothing(clerk: OfficeClient, session: Session, raw: bytes) -> None:
    token = clerk.token("/raeume/neu").encode()
    answer = clerk.post(
        "/raeume/neu",
        data=b"csrf_token=" + token + b"&room=" + raw,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in (303, 400, 422)
    session.rollback()
    for row in session.scalars(select(Location)):
        row.room.encode("utf-8")
        assert clerk.get("/raeume").status_code == 200


def test_only_blanks_are_as_good_as_nothing(clerk: OfficeClient, session: Session) -> None:
    answer = fill(clerk, "/raeume/neu", room=" \t\u2028\u3000 ")
    assert answer.status_code == 422
    assert error_at(answer, "room")
    assert session.scalars(select(Location)).all() == []


def test_of_a_field_sent_twice_one_counts(clerk: OfficeClient, session: Session) -> None:
    form = fields_of(clerk.get("/raeume/neu"))
    answer = clerk.post("/raeume/neu", data=form | {"room": ["Saal 1", "Saal 2"]})
    assert answer.status_code == 303
    assert session.scalars(select(Location)).one().room == "Saal 1"


@pytest.mark.parametrize("typed", ["None", "null", "99999999999999999999", "-1", "1e9", "٣٣", "[]"])
@pytest.mark.parametrize("field", ["committee_ids", "location_id"])
def test_a_choice_that_was_not_offered_is_refused_at_its_field(
    clerk: OfficeClient, session: Session, room: Room, field: str, typed: str
) -> None:
    path = f"/sitzungen/{room.later_meeting}/bearbeiten"
    answer = fill(clerk, path, name="anderer Name", **{field: typed})
    assert answer.status_code == 422
    assert error_at(answer, field)
    assert fields_of(answer)["name"] == ["anderer Name"]
    session.rollback()
    assert session.get_one(Meeting, room.later_meeting).name == "Sitzung im Juni"
