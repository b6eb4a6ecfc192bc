"""The pages on which a clerk tells the public how a resolution is carried out."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from sitzungsdienst.acts import followup_reports, releases, resolutions
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.followup_reports import ReportFacts
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.resolutions import Resolution
from tests.support.browser import OfficeClient
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter
from tests.support.cast import Cast


@pytest.fixture
def build(session: Session, cast: Cast) -> Builder:
    return Builder(session, Actor.of(session.get_one(OfficeUser, cast.clerk)))


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


def resolve(build: Builder, chapter: Chapter, item: int) -> int:
    wanted = (resolutions.Numbering(item_id=item),)
    args = (build.session, build.actor, chapter.meeting, wanted, AFTERWARDS)
    (made,) = resolutions.number_resolutions(*args)
    return made


@pytest.fixture
def resolution(build: Builder, chapter: Chapter) -> int:
    made = resolve(build, chapter, chapter.matter)
    report = ReportFacts(reported_on=date(2017, 5, 2), text="Es hat begonnen", public=True)
    followup_reports.add_report(build.session, build.actor, made, report, AFTERWARDS)
    return made


def told(build: Builder, resolution: int) -> list[str]:
    build.session.rollback()
    uid = build.session.get_one(Resolution, resolution).agenda_item.uid
    filed = Desk(build.session).current(PublicAgendaItem, uid)
    assert filed is not None
    return [report.text for one in filed.resolutions for report in one.reports]


def test_the_page_shows_what_will_be_read_and_releases_it(
    clerk: OfficeClient, build: Builder, chapter: Chapter, resolution: int
) -> None:
    path = f"/beschluesse/{resolution}/veroeffentlichen"
    assert "noch nicht veröffentlicht" in clerk.get(path).text
    items = (chapter.matter,)
    releases.release_excerpts(build.session, build.actor, chapter.meeting, items, "", AFTERWARDS)
    assert "Es hat begonnen" in clerk.get(path).text
    assert told(build, resolution) == []
    assert clerk.submit(path, {"reason": ""}).status_code == 303
    assert told(build, resolution) == ["Es hat begonnen"]
    assert "schon den heutigen Stand" in clerk.get(path).text


def test_taking_it_back_needs_a_reason(
    clerk: OfficeClient, build: Builder, chapter: Chapter, resolution: int
) -> None:
    items = (chapter.matter,)
    releases.release_excerpts(build.session, build.actor, chapter.meeting, items, "", AFTERWARDS)
    clerk.submit(f"/beschluesse/{resolution}/veroeffentlichen", {"reason": ""})
    path = f"/beschluesse/{resolution}/zuruecknehmen"
    assert clerk.get(path).status_code == 200
    assert clerk.submit(path, {"reason": ""}).status_code == 422
    assert told(build, resolution) == ["Es hat begonnen"]
    assert clerk.submit(path, {"reason": "Irrtum"}).status_code == 303
    assert told(build, resolution) == []
    assert "nichts veröffentlicht" in clerk.submit(path, {"reason": "Irrtum"}).text


def test_a_nonpublic_resolution_offers_no_release(
    clerk: OfficeClient, build: Builder, chapter: Chapter
) -> None:
    secret = resolve(build, chapter, chapter.secret)
    path = f"/beschluesse/{secret}/veroeffentlichen"
    assert "nichtöffentlich oder aufgehoben" in clerk.get(path).text
    assert clerk.submit(path, {"reason": ""}).status_code == 422
    assert "Umsetzung veröffentlichen" not in clerk.get(f"/beschluesse/{secret}").text


def test_members_and_other_bodies_find_no_such_page(
    member: OfficeClient, stranger: FlaskClient, resolution: int
) -> None:
    for path in ("veroeffentlichen", "zuruecknehmen"):
        for who in (member, stranger):
            assert who.get(f"/beschluesse/{resolution}/{path}").status_code == 404
