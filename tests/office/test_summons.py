"""The summons on its page: checks, choice of papers, what was sent."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.gate.shown import public_papers, shown
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import MeetingState
from sitzungsdienst.record.papers import Consultation, DocumentKind, IssuedDocument
from tests.conftest import Clock
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.planning import Planner, error_at, faults_of

SECRET = "Kauf des Grundstücks Müller"


@pytest.fixture
def plan(session: Session, cast: Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


def test_an_empty_agenda_is_not_summoned_to(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    path = f"/sitzungen/{meeting}/ladung"
    assert "Die Tagesordnung ist leer" in text_of(clerk.get(path))
    answer = clerk.submit(path, {"version": plan.version(meeting)}, page="/konto")
    assert answer.status_code == 422
    assert plan.row(meeting).state is MeetingState.PLANNED


def test_the_page_shows_before_what_goes_public(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.item(meeting, SECRET, part=Part.NONPUBLIC)
    plan.item(meeting, "Personalie Meier", part=Part.NONPUBLIC, neutral="Personalangelegenheit")
    page = clerk.get(f"/sitzungen/{meeting}/ladung")
    text = text_of(page)
    assert "Die Fristen sind gewahrt" in text
    assert "Personalangelegenheit" in text
    assert "Ein nichtöffentlicher Punkt wird öffentlich nicht genannt" in text
    assert SECRET not in text
    assert "Meier" not in text
    assert faults_of(page) == []


def test_the_summons_releases_agenda_and_chosen_papers(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    step, kept = plan.paper("2017/1", "Konzept"), plan.paper("2017/2", SECRET, public=False)
    plan.item(meeting, "Konzept", steps=(step,))
    plan.item(meeting, SECRET, part=Part.NONPUBLIC, steps=(kept,))
    path = f"/sitzungen/{meeting}/ladung"
    page = clerk.get(path)
    assert "2017/2" in text_of(page)
    paper = plan.session.get_one(Consultation, step).paper
    hidden = plan.session.get_one(Consultation, kept).paper
    assert 'checked class="kern-form-check__checkbox" id="paper_ids-0" name="paper_ids"' in (
        page.text
    )
    data = {"version": plan.version(meeting), "paper_ids": [paper.id]}
    assert clerk.submit(path, data).status_code == 303
    plan.session.rollback()
    assert public_papers(plan.session, [paper.uid, hidden.uid]) == {paper.uid}
    public = shown(plan.session, plan.row(meeting))
    assert public is not None
    assert [(one.number, one.title) for one in public.lines] == [("Ö 1", "Konzept")]


def test_a_nonpublic_paper_is_no_choice(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    step, kept = plan.paper("2017/1", "Konzept"), plan.paper("2017/2", SECRET, public=False)
    plan.item(meeting, "Konzept", steps=(step,))
    plan.item(meeting, SECRET, part=Part.NONPUBLIC, steps=(kept,))
    hidden = plan.session.get_one(Consultation, kept).paper_id
    data = {"version": plan.version(meeting), "paper_ids": [hidden]}
    answer = clerk.submit(f"/sitzungen/{meeting}/ladung", data)
    assert answer.status_code == 422
    assert "nur aus den Einträgen" in error_at(answer, "paper_ids")
    assert plan.row(meeting).state is MeetingState.PLANNED


def test_a_late_summons_warns_with_the_norm_and_needs_a_yes(
    clerk: OfficeClient, plan: Planner, clock: Clock
) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    clock.advance(timedelta(days=12))
    clerk.sign_in("sabine.krueger@landkreis-boerde.example", "Dachziegel Rapsfeld Kanne")
    path = f"/sitzungen/{meeting}/ladung"
    page = clerk.get(path)
    assert "KVG LSA" in text_of(page)
    assert "spätestens am 11.04.2017" in text_of(page)
    data = {"version": plan.version(meeting)}
    refused = clerk.submit(path, data)
    assert refused.status_code == 422
    assert "11.04.2017" in error_at(refused, "acknowledged")
    assert clerk.submit(path, data | {"acknowledged": "y"}).status_code == 303


def test_afterwards_the_page_shows_what_was_sent(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.item(meeting, SECRET, part=Part.NONPUBLIC)
    plan.summon(meeting)
    page = clerk.get(f"/sitzungen/{meeting}/ladung")
    text = text_of(page)
    assert "Geladen am 03.04.2017, 10:00 Uhr" in text
    assert f"N 1 {SECRET}" in text
    assert faults_of(page) == []
    again = clerk.submit(f"/sitzungen/{meeting}/ladung", {"version": plan.version(meeting)})
    assert again.status_code == 409


def test_a_stale_form_does_not_summon(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    answer = clerk.submit(f"/sitzungen/{meeting}/ladung", {"version": 99})
    assert answer.status_code == 409
    assert plan.row(meeting).state is MeetingState.PLANNED


def test_a_cancelled_meeting_is_not_summoned_to(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    cancel = f"/sitzungen/{meeting}/absagen"
    clerk.submit(cancel, {"version": plan.version(meeting)})
    page = clerk.get(f"/sitzungen/{meeting}/ladung")
    assert "Die Sitzung ist abgesagt" in text_of(page)
    assert "Laden und Tagesordnung veröffentlichen" not in page.text


def test_both_prints_are_saved_under_their_names(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    for document in plan.session.scalars(select(IssuedDocument)).all():
        answer = clerk.get(f"/dokumente/{document.id}")
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF-")
        assert document.file_name in answer.headers["Content-Disposition"]
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_name_with_an_umlaut_is_sent_as_it_is(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    found = plan.session.scalars(
        select(IssuedDocument).where(IssuedDocument.kind == DocumentKind.NOTICE)
    ).one()
    found.file_name = "Auszug_Ö-5.1.pdf"
    plan.session.commit()
    header = clerk.get(f"/dokumente/{found.id}").headers["Content-Disposition"]
    assert "filename*=UTF-8''Auszug_%C3%96-5.1.pdf" in header


def test_another_bodys_documents_are_unknown(stranger: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    found = plan.session.scalars(select(IssuedDocument.id)).all()
    assert {stranger.get(f"/dokumente/{one}").status_code for one in found} == {404}
