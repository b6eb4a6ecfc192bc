"""Two clerks, or one with a quick finger: the same form sent twice at the same moment."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.publication import tables
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.meetings import Meeting, Summons
from sitzungsdienst.record.papers import IssuedDocument
from tests.support import cast as people
from tests.support import session_room
from tests.support.browser import OfficeClient
from tests.support.cast import Cast
from tests.support.filled import Fields, fields_of, fill
from tests.support.session_room import Room


def clerks(app: Flask, number: int) -> list[OfficeClient]:
    found = []
    for _ in range(number):
        client = app.test_client()
        assert isinstance(client, OfficeClient)
        client.sign_in(people.CLERK, people.PASSWORD)
        found.append(client)
    return found


def together(sent: list[tuple[OfficeClient, str, Fields]]) -> Counter[int]:
    """Send all forms at once; gives how many answers bore which status."""
    start = Barrier(len(sent))

    def send(one: tuple[OfficeClient, str, Fields]) -> int:
        client, path, form = one
        start.wait(10)
        return client.post(path, data=form).status_code

    with ThreadPoolExecutor(len(sent)) as pool:
        return Counter(pool.map(send, sent))


def test_two_clerks_summon_at_once_and_one_does(
    office_app: Flask, session: Session, cast: Cast
) -> None:
    room = session_room.build(session, cast.boerde, summoned=False)
    path = f"/sitzungen/{room.meeting}/ladung"
    both = clerks(office_app, 2)
    forms = [(one, path, fields_of(one.get(path)) | {"acknowledged": ["y"]}) for one in both]
    statuses = together(forms)
    assert statuses[303] == 1
    assert statuses[409] + statuses[422] == 1
    session.rollback()
    assert len(session.scalars(select(Summons)).all()) == 1
    assert len(session.scalars(select(IssuedDocument)).all()) == 2, "invitation and notice"
    acts = session.scalars(select(AuditEntry.act).where(AuditEntry.act == "summon")).all()
    assert len(acts) == 1
    assert verify(session.connection()).broken_seq is None


def test_the_same_edit_sent_twice_is_done_once(
    office_app: Flask, session: Session, room: Room
) -> None:
    path = f"/sitzungen/{room.later_meeting}/bearbeiten"
    both = clerks(office_app, 2)
    forms = [(one, path, fields_of(one.get(path)) | {"name": ["neu"]}) for one in both]
    assert together(forms) == Counter({303: 1, 409: 1})
    session.rollback()
    assert session.get_one(Meeting, room.later_meeting).version == 2


def test_a_release_and_an_edit_at_once_leave_one_state(
    office_app: Flask, clerk: OfficeClient, session: Session, room: Room
) -> None:
    beratung = f"/punkte/{room.concept}/beratung"
    assert fill(clerk, beratung, deliberation="erste Fassung").status_code == 303
    session_room.close(session, room)
    release = f"/sitzungen/{room.meeting}/freigabe"
    one, two = clerks(office_app, 2)
    chosen = fields_of(one.get(release)) | {"item_ids": [str(room.concept)]}
    edited = fields_of(two.get(beratung)) | {"deliberation": ["zweite Fassung"]}
    statuses = together([(one, release, chosen), (two, beratung, edited)])
    assert statuses == Counter({303: 2})
    session.rollback()
    texts = " ".join(session.scalars(select(tables.document.c.text)))
    assert ("erste Fassung" in texts) != ("zweite Fassung" in texts), "one of them, and whole"
    assert verify(session.connection()).broken_seq is None
