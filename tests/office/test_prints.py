"""Prints on request: the list to sign, the paper, the year; and what the public's versions hold."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from sitzungsdienst.acts import meetings, releases
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.meetings import Meeting
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter
from tests.support.cast import Cast
from tests.support.pdf import words_of
from tests.support.planning import faults_of
from tests.support.standards import faults_of as faults_of_pdf


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return AFTERWARDS


@pytest.fixture
def build(session: Session, cast: Cast) -> Builder:
    return Builder(session, Actor.of(session.get_one(OfficeUser, cast.clerk)))


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


def words(response: TestResponse, folder: Path) -> str:
    assert response.status_code == 200, response.status
    assert response.mimetype == "application/pdf"
    assert faults_of_pdf(response.get_data()) == []
    return words_of(response.get_data(), folder, "-raw")


def test_the_meetings_page_leads_to_the_list_to_sign(
    clerk: OfficeClient, chapter: Chapter, tmp_path: Path
) -> None:
    page = clerk.get(f"/sitzungen/{chapter.meeting}")
    address = f"/sitzungen/{chapter.meeting}/anwesenheitsliste.pdf"
    assert faults_of(page) == []
    assert address in page.get_data(as_text=True)
    text = words(clerk.get(address), tmp_path)
    assert "Anwesenheitsliste" in text
    assert "Mitglied 5" in text
    assert "Kauf" not in text, "the list tells nothing of the agenda"


def test_members_print_no_list(member: OfficeClient, chapter: Chapter) -> None:
    address = f"/sitzungen/{chapter.meeting}/anwesenheitsliste.pdf"
    assert member.get(address).status_code == 404


def test_the_office_prints_a_paper_whole_but_for_the_internal_note(
    clerk: OfficeClient, build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    paper = build.paper(
        title="Satzung", facts="Der Sachverhalt.", internal_note="Nur für uns.", public=False
    )
    build.step(paper, chapter.committee)
    assert f"/vorlagen/{paper}/vorlage.pdf" in clerk.get(f"/vorlagen/{paper}").get_data(
        as_text=True
    )
    text = words(clerk.get(f"/vorlagen/{paper}/vorlage.pdf"), tmp_path)
    for expected in ("Satzung", "Der Sachverhalt.", "nichtöffentlich", "Entscheidung", "offen"):
        assert expected in text, expected
    assert "Nur für uns." not in text


def test_a_printed_path_tells_meeting_item_and_result(
    clerk: OfficeClient, chapter: Chapter, tmp_path: Path
) -> None:
    text = words(clerk.get(f"/vorlagen/{chapter.paper}/vorlage.pdf"), tmp_path)
    assert "Mi, 19.04.2017 Ö 2 ungeändert beschlossen" in text
    assert "Entwurf" in text


def test_the_public_version_says_what_was_filed_and_nothing_since(
    clerk: OfficeClient, build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    address = f"/vorlagen/{chapter.paper}/vorlage-oeffentlich.pdf"
    assert address in clerk.get(f"/vorlagen/{chapter.paper}").get_data(as_text=True)
    text = words(clerk.get(address), tmp_path)
    assert "Richtlinie" in text
    assert "Mi, 19.04.2017 Ö 2 offen" in text, "the result is not released yet"
    assert "nicht für die Öffentlichkeit" not in text
    build.release_excerpts(chapter.meeting, chapter.matter)
    assert "Ö 2 ungeändert beschlossen" in words(clerk.get(address), tmp_path)


def test_what_is_not_public_has_no_public_version(clerk: OfficeClient, chapter: Chapter) -> None:
    page = clerk.get(f"/vorlagen/{chapter.secret_paper}").get_data(as_text=True)
    address = f"/vorlagen/{chapter.secret_paper}/vorlage-oeffentlich.pdf"
    assert address not in page
    assert clerk.get(address).status_code == 404


def test_a_withdrawn_paper_has_no_public_version_any_more(
    clerk: OfficeClient, build: Builder, chapter: Chapter
) -> None:
    releases.withdraw_paper(build.session, build.actor, chapter.paper, "Irrtum", AFTERWARDS)
    address = f"/vorlagen/{chapter.paper}/vorlage-oeffentlich.pdf"
    assert clerk.get(address).status_code == 404


def test_the_offices_year_has_every_meeting_the_publics_only_the_announced(
    clerk: OfficeClient, build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    start = datetime(2017, 9, 6, 15, tzinfo=UTC)
    build.meeting(chapter.committee, name="Klausur im Herbst", start=start)
    page = clerk.get("/sitzungen?ansicht=alle")
    assert "Jahreskalender 2017" in text_of(page)
    assert faults_of(page) == []
    own = words(clerk.get("/sitzungen/jahreskalender.pdf?jahr=2017"), tmp_path)
    assert "Mi, 19.04.2017 17:00 Kulturausschuss (A) ordentliche Sitzung" in own
    assert "Klausur im Herbst" in own
    assert "nicht angekündigt" in own
    public = words(clerk.get("/sitzungen/jahreskalender-oeffentlich.pdf?jahr=2017"), tmp_path)
    assert "Mi, 19.04.2017 17:00 Kulturausschuss (A) ordentliche Sitzung" in public
    assert "Klausur" not in public
    assert "06.09.2017" not in public
    assert "nicht angekündigt" not in public


def test_a_cancelled_meeting_stands_in_the_list_as_such(
    clerk: OfficeClient, build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    start = datetime(2017, 9, 6, 15, tzinfo=UTC)
    meeting = build.meeting(chapter.committee, name="Fällt aus", start=start)
    meetings.cancel_meeting(
        build.session, build.actor, meeting, build.version(Meeting, meeting), "", build.now
    )
    text = words(clerk.get("/sitzungen/jahreskalender.pdf?jahr=2017"), tmp_path)
    assert "abgesagt" in text


def test_the_year_of_one_committee_names_no_other(
    clerk: OfficeClient, build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    announced = build.meeting(build.organization("Bauausschuss"), name="Baustelle")
    build.item(announced)
    build.summon(announced)
    for version in ("jahreskalender", "jahreskalender-oeffentlich"):
        whole = words(clerk.get(f"/sitzungen/{version}.pdf?jahr=2017"), tmp_path)
        assert "Baustelle" in whole
        address = f"/sitzungen/{version}.pdf?jahr=2017&gremium={chapter.committee}"
        text = words(clerk.get(address), tmp_path)
        assert "ordentliche Sitzung" in text
        assert "Baustelle" not in text


def test_the_publics_year_does_not_name_a_committee_that_is_not_public(
    clerk: OfficeClient, build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    secret = build.organization("Lenkungskreis")
    build.meeting(secret, name="Klausur")
    address = f"/sitzungen/jahreskalender-oeffentlich.pdf?jahr=2017&gremium={secret}"
    text = words(clerk.get(address), tmp_path)
    assert "Für dieses Jahr steht noch keine Sitzung im Kalender." in text
    assert "Lenkungskreis" not in text


@pytest.mark.parametrize("query", ["jahr=20170", "jahr=1899", "jahr=abcd", "gremium=x"])
def test_a_year_or_committee_that_cannot_be_is_no_page(clerk: OfficeClient, query: str) -> None:
    for version in ("jahreskalender", "jahreskalender-oeffentlich"):
        assert clerk.get(f"/sitzungen/{version}.pdf?{query}").status_code == 404


def test_a_member_prints_only_meetings_of_their_committees(
    member: OfficeClient, build: Builder, chapter: Chapter, cast: Cast, tmp_path: Path
) -> None:
    own = build.meeting(cast.committee, name="Sitzung des Bildungsausschusses")
    build.item(own)
    build.summon(own)
    text = words(member.get("/sitzungen/jahreskalender.pdf?jahr=2017"), tmp_path)
    assert "Sitzung des Bildungsausschusses" in text
    assert "Kulturausschuss" not in text
    assert member.get(f"/vorlagen/{chapter.secret_paper}/vorlage.pdf").status_code == 404
    assert member.get(f"/vorlagen/{chapter.paper}/vorlage-oeffentlich.pdf").status_code == 404


def test_another_bodys_clerk_prints_nothing_of_ours(
    stranger: OfficeClient, chapter: Chapter, tmp_path: Path
) -> None:
    for address in (
        f"/sitzungen/{chapter.meeting}/anwesenheitsliste.pdf",
        f"/vorlagen/{chapter.paper}/vorlage.pdf",
        f"/vorlagen/{chapter.paper}/vorlage-oeffentlich.pdf",
        f"/sitzungen/jahreskalender.pdf?gremium={chapter.committee}",
    ):
        assert stranger.get(address).status_code == 404, address
    for version in ("jahreskalender", "jahreskalender-oeffentlich"):
        text = words(stranger.get(f"/sitzungen/{version}.pdf?jahr=2017"), tmp_path)
        assert "Kulturausschuss" not in text
