"""Headers that ask for less than the whole answer, or for somebody else's."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import releases
from sitzungsdienst.app import create_public
from sitzungsdienst.config import Settings
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.kinds import Kind
from tests.support.browser import OfficeClient
from tests.support.session_room import LATER, Room


@pytest.fixture
def public(settings: Settings, room: Room) -> FlaskClient:
    return create_public(settings).test_client()


def filed(session: Session, kind: Kind) -> str:
    session.rollback()
    chosen = select(tables.object_.c.uid).where(tables.object_.c.kind == kind.value)
    return session.scalars(chosen).first() or ""


@pytest.mark.parametrize("known", ["*", "{etag}", "W/{etag}", '"x", {etag}'])
def test_a_withdrawn_paper_is_gone_for_who_holds_a_copy_too(
    public: FlaskClient, session: Session, room: Room, known: str
) -> None:
    path = f"/vorlagen/{filed(session, Kind.PAPER)}"
    tag = {"If-None-Match": known.format(etag=public.get(path).headers["ETag"])}
    assert public.get(path, headers=tag).status_code == 304
    releases.withdraw_paper(session, room.actor, room.paper, "Versehen", LATER)
    for headers in (tag, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, {}):
        answer = public.get(path, headers=headers)
        assert answer.status_code == 410
        assert "Integrationskonzept" not in answer.text
        assert "2017/FB3/0433" not in answer.text


@pytest.mark.parametrize("wanted", ["bytes=0-4", "bytes=-5", "bytes=9-1", "bytes=x", "items=0-1"])
def test_a_part_of_a_file_is_answered_with_the_whole(
    public: FlaskClient, session: Session, wanted: str
) -> None:
    path = f"/dateien/{filed(session, Kind.FILE)}"
    whole = public.get(path).data
    answer = public.get(path, headers={"Range": wanted})
    assert (answer.status_code, answer.data) == (200, whole)


def test_no_page_of_the_office_has_a_tag_to_ask_with(clerk: OfficeClient, room: Room) -> None:
    for path in ("/", f"/sitzungen/{room.meeting}", f"/vorlagen/{room.paper}", "/dokumente/1"):
        answer = clerk.get(path, headers={"If-None-Match": "*"})
        assert answer.status_code == 200
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_the_public_web_only_reads(public: FlaskClient, method: str) -> None:
    for path in ("/", "/vorlagen", "/kalender.ics", "/oparl/v1.1/system", "/gibt-es-nicht"):
        answer = public.open(path, method=method, data="x=1")
        assert answer.status_code == 405
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Allow"] == "GET, HEAD"
