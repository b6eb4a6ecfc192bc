"""What a member reads: their meetings with the whole agenda and prints, nothing internal."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import minutes, papers, proceedings
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import (
    Consultation,
    ConsultationRole,
    DocumentKind,
    IssuedDocument,
)
from sitzungsdienst.record.people import Membership
from tests.conftest import Clock
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.planning import START, Planner, faults_of

SECRET = "Kauf des Grundstücks Müller"


@pytest.fixture
def plan(session: Session, cast: Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


@pytest.fixture
def meeting(plan: Planner) -> int:
    """A summoned meeting with both parts and an internal note."""
    made = plan.meeting(note="Streng intern")
    plan.item(made, "Eröffnung")
    plan.item(made, SECRET, part=Part.NONPUBLIC, steps=(plan.paper("2017/2", "X", public=False),))
    plan.summon(made)
    return made


def prints(plan: Planner) -> dict[DocumentKind, list[int]]:
    plan.session.rollback()
    found: dict[DocumentKind, list[int]] = {}
    for one in plan.session.scalars(select(IssuedDocument).order_by(IssuedDocument.id)):
        found.setdefault(one.kind, []).append(one.id)
    return found


def test_a_member_reads_the_whole_agenda_and_no_internal_note(
    member: OfficeClient, meeting: int
) -> None:
    page = member.get(f"/sitzungen/{meeting}")
    text = text_of(page)
    assert f"N 1 {SECRET}" in text
    assert "2017/2" in text
    assert "Streng intern" not in text
    assert "Arbeitsschritte" not in text
    assert faults_of(page) == []


def test_a_members_first_page_shows_what_they_are_summoned_to(
    member: OfficeClient, plan: Planner, meeting: int
) -> None:
    plan.meeting(name="Noch in Planung")
    page = member.get("/")
    assert "ordentliche Sitzung" in text_of(page)
    assert "Einladung" in text_of(page)
    assert "Noch in Planung" not in text_of(page)
    assert faults_of(page) == []
    assert "Noch in Planung" not in member.get("/sitzungen?ansicht=alle").text
    assert meeting


def test_a_member_saves_the_invitation(member: OfficeClient, plan: Planner, meeting: int) -> None:
    (invitation,) = prints(plan)[DocumentKind.INVITATION]
    assert member.get(f"/dokumente/{invitation}").status_code == 200
    assert meeting


def test_who_does_not_sit_in_the_committee_reads_neither_meeting_nor_prints(
    member: OfficeClient, plan: Planner, meeting: int
) -> None:
    seat = plan.session.scalars(select(Membership)).one()
    seat.end_date = (START - timedelta(days=1)).date()
    plan.session.commit()
    assert member.get(f"/sitzungen/{meeting}").status_code == 404
    for numbers in prints(plan).values():
        assert {member.get(f"/dokumente/{one}").status_code for one in numbers} == {404}


def test_minutes_reach_members_once_they_are_signed(
    member: OfficeClient, plan: Planner, clock: Clock, meeting: int
) -> None:
    end = START + timedelta(hours=2)
    proceedings.close_meeting(
        plan.session, plan.actor, meeting, plan.version(meeting), end, START + timedelta(hours=3)
    )
    later = START + timedelta(days=2)
    facts = minutes.MinutesFacts(chair_name="A", clerk_name="B")
    row = minutes.draft_minutes(plan.session, plan.actor, meeting, facts, later)
    (draft,) = prints(plan)[DocumentKind.MINUTES_FULL]
    assert member.get(f"/dokumente/{draft}").status_code == 404
    assert "Niederschrift" not in text_of(member.get(f"/sitzungen/{meeting}"))
    version = plan.session.get_one(Minutes, row).version
    minutes.sign_minutes(plan.session, plan.actor, row, version, later.date(), later)
    _, signed = prints(plan)[DocumentKind.MINUTES_FULL]
    assert member.get(f"/dokumente/{signed}").status_code == 200
    assert member.get(f"/dokumente/{draft}").status_code == 404
    version = plan.session.get_one(Minutes, row).version
    minutes.unsign_minutes(plan.session, plan.actor, row, version, later)
    assert member.get(f"/dokumente/{signed}").status_code == 404


def test_a_papers_path_keeps_what_waits_for_a_supplement_from_members(
    member: OfficeClient, clerk: OfficeClient, plan: Planner
) -> None:
    step = plan.paper("2017/3", "Zuschuss")
    called, later = plan.meeting(), plan.meeting(start=START + timedelta(days=30))
    plan.item(called, "Zuschuss", steps=(step,))
    plan.item(later, "Eröffnung")
    plan.summon(called)
    plan.summon(later)
    paper = plan.session.get_one(Consultation, step).paper_id
    again = papers.Step(plan.committee, ConsultationRole.DECISION)
    second = papers.add_step(plan.session, plan.actor, paper, again, plan.now)
    plan.item(later, "Zuschuss, zweite Lesung", steps=(second,))
    assert "noch ohne Nummer" in text_of(clerk.get(f"/vorlagen/{paper}"))
    text = text_of(member.get(f"/vorlagen/{paper}"))
    assert "Sitzung am Mi, 19.04.2017 TOP Ö 1" in text
    assert "noch ohne Nummer" not in text
    assert "19.05.2017" not in text


def test_a_clerks_first_page_counts_down_to_the_last_day_of_the_summons(
    clerk: OfficeClient, plan: Planner
) -> None:
    plan.meeting(name="Die nächste")
    text = text_of(clerk.get("/"))
    assert "Die nächste in Planung Laden bis 11.04.2017" in text
    assert "überfällig" not in text


def test_what_was_not_done_in_time_stands_on_the_clerks_first_page(
    clerk: OfficeClient, plan: Planner
) -> None:
    plan.meeting(name="Vergessene Sitzung", start=START - timedelta(days=30))
    page = clerk.get("/")
    assert "Noch zu tun" in text_of(page)
    assert "Vergessene Sitzung Termin klären" in text_of(page)
    assert "überfällig" in text_of(page)
    assert faults_of(page) == []


def test_a_meeting_that_was_summoned_waits_to_be_closed(
    clerk: OfficeClient, plan: Planner, meeting: int
) -> None:
    row = plan.session.get_one(Meeting, meeting)
    row.start = START - timedelta(days=30)
    plan.session.commit()
    assert "Sitzung schließen" in text_of(clerk.get("/"))


def test_an_empty_office_says_what_to_do_first(clerk: OfficeClient) -> None:
    page = clerk.get("/")
    assert "Es ist keine Sitzung geplant" in text_of(page)


def test_administrators_are_led_to_their_pages_and_to_no_meeting(
    administrator: OfficeClient, meeting: int
) -> None:
    page = administrator.get("/")
    assert "Benutzer" in text_of(page)
    assert "Sitzung planen" not in text_of(page)
    assert administrator.get(f"/sitzungen/{meeting}").status_code == 404
