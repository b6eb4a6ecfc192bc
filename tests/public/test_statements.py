"""No page asks the database more often because it shows more."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.database import statement_counter
from sitzungsdienst.public import database
from sitzungsdienst.publication.types import PublicDocument
from tests.support import public_data as county_data

MANY = 200
PAGES = {
    "/": 6,
    "/?monat=2017-05": 6,
    f"/sitzungen/{county_data.MEETING.uid}": 9,
    f"/auszuege/{county_data.EXCERPT.uid}": 9,
    "/vorlagen": 2,
    "/vorlagen?suche=wort": 3,
    "/vorlagen?suche=gliederung": 5,
    f"/vorlagen/{county_data.PAPER.uid}": 10,
    "/gremien": 2,
    f"/gremien/{county_data.COMMITTEE.uid}": 9,
    f"/personen/{county_data.PEOPLE[0].uid}": 4,
    "/kalender.ics": 6,
    f"/gremien/{county_data.COMMITTEE.uid}/kalender.ics": 7,
    f"/sitzungen/{county_data.MEETING.uid}.ics": 6,
    f"/dateien/{county_data.EXCERPT_FILE.document.uid}": 2,
}


def _more(number: int) -> tuple[PublicDocument, ...]:
    """One more of everything that a page can list."""

    def fresh(kind: str) -> str:
        return county_data.uid(f"{kind} {number}")

    base = county_data.COMING.start
    assert base is not None
    meeting = replace(
        county_data.COMING,
        uid=fresh("meeting"),
        start=base + timedelta(days=number % 7),
        organization=(county_data.COMMITTEE.uid,),
    )
    paper = replace(county_data.OTHER_PAPER, uid=fresh("paper"))
    own_step = replace(
        county_data.STEP,
        uid=fresh("own step"),
        agenda_item=fresh("item"),
        position=number + 2,
    )
    step = replace(own_step, uid=fresh("step"), paper=paper.uid)
    item = replace(
        county_data.EXCERPT,
        uid=fresh("item"),
        order=100 + number,
        consultation=step.uid,
        resolution_file="",
    )
    group = replace(county_data.GROUP, uid=fresh("group"))
    person = replace(county_data.PEOPLE[0], uid=fresh("person"))
    membership = replace(
        county_data.MEMBERSHIPS[0],
        uid=fresh("membership"),
        person=person.uid,
        on_behalf_of=group.uid,
    )
    seat = replace(
        county_data.MEMBERSHIPS[0], uid=fresh("seat"), organization=group.uid, on_behalf_of=""
    )
    return meeting, paper, own_step, step, item, group, person, membership, seat


def test_no_page_asks_more_for_two_hundred(app: Flask, client: FlaskClient, county: Engine) -> None:
    county_data.file(county, *_more(0))
    few = {address: _statements(app, client, address) for address in PAGES}
    county_data.file(county, *(one for number in range(1, MANY) for one in _more(number)))
    many = {address: _statements(app, client, address) for address in PAGES}
    assert many == few
    assert {address: few[address] for address in PAGES if few[address] > PAGES[address]} == {}


def _statements(app: Flask, client: FlaskClient, address: str) -> int:
    with app.app_context():
        engine = database.db.engine
    with statement_counter(engine) as statements:
        assert client.get(address).status_code == 200
    return statements.count
