"""A second tab's form: nothing is overwritten, and what was typed stands there to compare."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.record.bodies import LegislativeTerm
from sitzungsdienst.record.people import Membership
from tests.support import session_room
from tests.support.browser import OfficeClient, text_of
from tests.support.filled import fields_of, fill
from tests.support.session_room import Room

# The page of the form, the field that both tabs change, what each types.
FORMS = [
    ("/sitzungen/{later_meeting}/bearbeiten", "name", "erste Fassung", "zweite Fassung"),
    ("/punkte/{concept}", "title", "erste Fassung", "zweite Fassung"),
    ("/punkte/{concept}/beratung", "deliberation", "erste Fassung", "zweite Fassung"),
    ("/vorlagen/{paper}/bearbeiten", "title", "erste Fassung", "zweite Fassung"),
    ("/gremien/{committee}/bearbeiten", "name", "erste Fassung", "zweite Fassung"),
    ("/personen/{guest}/bearbeiten", "family_name", "Erste", "Zweite"),
    ("/raeume/1", "room", "erste Fassung", "zweite Fassung"),
    ("/mitgliedschaften/{seat}", "end_date", "2019-06-30", "2020-06-30"),
    ("/mitgliedschaften/{seat}/ende", "end_date", "2019-06-30", "2020-06-30"),
    ("/koerperschaft/wahlperioden/{term}", "name", "erste Fassung", "zweite Fassung"),
    ("/sitzungen/{meeting}/anwesenheit", "presences-0-note", "erste", "zweite"),
    ("/sitzungen/{meeting}/schliessen", "end", "18:00", "19:00"),
    ("/sitzungen/{meeting}/niederschrift/bearbeiten", "chair_name", "Erste", "Zweite"),
]


def german(typed: str) -> str:
    """How a page writes it: dates as Germans do."""
    parts = typed.split("-")
    return ".".join(reversed(parts)) if len(parts) == 3 else typed


@pytest.mark.parametrize(("path", "field", "first", "second"), FORMS)
def test_the_second_tab_overwrites_nothing_and_loses_nothing(
    clerk: OfficeClient,
    session: Session,
    room: Room,
    path: str,
    field: str,
    first: str,
    second: str,
) -> None:
    address = path.format(**_rows(clerk, session, room, path))
    stale = fields_of(clerk.get(address))
    assert "version" in stale
    assert fill(clerk, address, **{field: first}).status_code == 303
    answer = clerk.post(address, data=stale | {field: second})
    assert answer.status_code == 409
    words = text_of(answer)
    assert second in str(fields_of(answer)[field]) or german(second) in words
    assert first in str(fields_of(clerk.get(address)).get(field, first)), "the first stays saved"


def _rows(clerk: OfficeClient, session: Session, room: Room, path: str) -> dict[str, object]:
    """The numbers of the address; what it needs first is done first."""
    rows: dict[str, object] = {name: getattr(room, name) for name in room.__dataclass_fields__}
    if "niederschrift" in path:
        session_room.close(session, room)
        draft = {"chair_name": "Vorsitz", "clerk_name": "Krüger"}
        assert fill(clerk, f"/sitzungen/{room.meeting}/niederschrift", **draft).status_code == 303
    if "beratung" in path:
        assert fill(clerk, f"/punkte/{room.concept}/beratung", deliberation="x").status_code == 303
    if "{term}" in path:
        term = {"name": "6. Wahlperiode", "start_date": "2014-07-01"}
        assert fill(clerk, "/koerperschaft/wahlperioden/neu", **term).status_code == 303
        rows["term"] = session.scalars(select(LegislativeTerm.id)).one()
    seat = select(Membership.id).where(Membership.person_id == room.voters[1])
    rows["seat"] = session.scalars(seat).one()
    session.rollback()
    return rows


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999", "0"])
def test_a_form_with_a_forged_version_changes_nothing(
    clerk: OfficeClient, session: Session, room: Room, version: str
) -> None:
    path = f"/sitzungen/{room.later_meeting}/bearbeiten"
    answer = fill(clerk, path, name="anderer Name", version=version)
    assert answer.status_code in (409, 422)
    assert fields_of(answer)["name"] == ["anderer Name"]
    assert fields_of(clerk.get(path))["name"] == ["Sitzung im Juni"]
