"""Planning, changing, announcing, cancelling and deleting meetings on their pages."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts import meetings
from sitzungsdienst.gate.shown import announced
from sitzungsdienst.german import on_clock
from sitzungsdienst.record.meetings import Meeting
from tests.conftest import Clock
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.planning import START, Planner, error_at, faults_of


@pytest.fixture
def plan(session: Session, cast: Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


def typed(plan: Planner, **changed: object) -> dict[str, object]:
    return {
        "name": "",
        "committee_ids": plan.committee,
        "start_date": "2017-04-19",
        "start_time": "17:00",
        "location_id": plan.room,
        "internal_note": "",
        **changed,
    }


def test_a_planned_meeting_is_named_after_its_committee_and_starts_on_berlins_clock(
    clerk: OfficeClient, plan: Planner, session: Session
) -> None:
    answer = clerk.submit("/sitzungen/neu", typed(plan))
    assert answer.status_code == 303
    row = session.query(Meeting).one()
    assert row.name == "ordentliche Sitzung des Ausschusses für Bildung, Soziales und Kultur"
    assert row.start == START
    assert not announced(session, [row.uid])


def test_the_form_suggests_five_o_clock_and_the_name_of_a_chosen_committee(
    clerk: OfficeClient, plan: Planner
) -> None:
    page = clerk.get(f"/sitzungen/neu?gremium={plan.committee}")
    assert 'value="17:00"' in page.text
    assert 'value="ordentliche Sitzung des Ausschusses für Bildung' in page.text
    assert faults_of(page) == []


def test_committees_meet_together_with_the_leading_one_first(
    clerk: OfficeClient, plan: Planner, session: Session
) -> None:
    other = plan.found("Bauausschuss")
    data = typed(plan, further_ids=[plan.committee], committee_ids=other)
    assert clerk.submit("/sitzungen/neu", data).status_code == 303
    row = session.query(Meeting).one()
    assert [one.id for one in row.organizations] == [other, plan.committee]
    assert row.name.startswith("gemeinsame Sitzung des Bauausschusses und des Ausschusses für")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("committee_ids", "", "Bitte wählen Sie das Gremium"),
        ("start_date", "", "Bitte geben Sie den Tag"),
        ("start_date", "19.04.2017", "Bitte geben Sie ein Datum an"),
        ("start_date", "1066-04-19", "Bitte prüfen Sie das Jahr"),
        ("start_time", "", "Bitte geben Sie den Beginn"),
        ("location_id", "", "Bitte wählen Sie den Raum"),
        ("location_id", "999", "Bitte wählen Sie einen der Einträge"),
        ("name", "x" * 1001, "Höchstens 1.000 Zeichen"),
    ],
)
def test_each_mistake_is_told_at_its_field_and_nothing_typed_is_lost(
    clerk: OfficeClient, plan: Planner, session: Session, field: str, value: str, words: str
) -> None:
    plan.found("Bauausschuss")
    plan.session.rollback()
    data = typed(plan, internal_note="Getränke bestellen", **{field: value})
    if field == "location_id" and not value:
        clerk.get("/sitzungen/neu")
    answer = clerk.submit("/sitzungen/neu", data)
    assert answer.status_code == 422
    assert words in error_at(answer, field)
    assert "Getränke bestellen" in answer.text
    assert session.query(Meeting).count() == 0


def test_without_a_room_the_page_says_what_to_do_first(clerk: OfficeClient) -> None:
    assert "Legen Sie zuerst an, was noch fehlt" in text_of(clerk.get("/sitzungen/neu"))


def test_the_list_tells_coming_meetings_from_past_ones(clerk: OfficeClient, plan: Planner) -> None:
    plan.meeting(name="Sitzung im Mai", start=START + timedelta(days=30))
    plan.meeting(name="Sitzung im Januar", start=START - timedelta(days=90))
    coming, past = clerk.get("/sitzungen"), clerk.get("/sitzungen?ansicht=vergangen")
    assert "Sitzung im Mai" in coming.text
    assert "Sitzung im Januar" not in coming.text
    assert "Sitzung im Januar" in past.text
    assert "Sitzung im Mai" not in past.text
    assert faults_of(coming) == []


def test_the_list_is_filtered_by_committee_and_year(clerk: OfficeClient, plan: Planner) -> None:
    plan.meeting(name="Sitzung 2018", start=START + timedelta(days=300))
    other = plan.found("Bauausschuss")
    plan.meeting(name="Sitzung 2017")
    assert "Sitzung 2018" not in clerk.get("/sitzungen?jahr=2017").text
    assert "Sitzung 2017" in clerk.get("/sitzungen?jahr=2017").text
    assert "Sitzung 2017" not in clerk.get(f"/sitzungen?gremium={other}").text
    assert clerk.get("/sitzungen?jahr=x&gremium=-1&seite=99999").status_code == 200


def test_a_long_list_has_pages(clerk: OfficeClient, plan: Planner) -> None:
    for number in range(32):
        plan.meeting(name=f"Sitzung {number:02}", start=START + timedelta(days=number))
    assert "Sitzung 31" not in clerk.get("/sitzungen").text
    assert "Sitzung 31" in clerk.get("/sitzungen?seite=2").text


def test_the_workspace_leads_through_nine_steps(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting(note="Schlüssel beim Hausmeister")
    page = clerk.get(f"/sitzungen/{meeting}")
    text = text_of(page)
    for step in ("Planung", "Ankündigung", "Ladung", "Anwesenheit", "Niederschrift", "Freigabe"):
        assert step in text
    assert "Spätestens am 11.04.2017" in text
    assert "Von dieser Sitzung ist noch nichts veröffentlicht" in text
    assert "Schlüssel beim Hausmeister" in text
    assert faults_of(page) == []


def test_an_unannounced_meeting_moves_without_a_reason(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    path = f"/sitzungen/{meeting}/bearbeiten"
    assert 'name="reason"' not in clerk.get(path).text
    data = typed(plan, name="verlegt", start_time="18:30", version=plan.version(meeting))
    assert clerk.submit(path, data).status_code == 303
    assert f"{on_clock(plan.row(meeting).start):%H:%M}" == "18:30"


def test_moving_an_announced_meeting_needs_a_public_reason(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    plan.announce(meeting)
    path = f"/sitzungen/{meeting}/bearbeiten"
    data = typed(plan, name="Sitzung", start_time="18:30", version=plan.version(meeting))
    refused = clerk.submit(path, data | {"reason": " "})
    assert refused.status_code == 422
    assert "Bitte geben Sie den Grund an" in error_at(refused, "reason")
    assert 'value="18:30"' in refused.text
    assert clerk.submit(path, data | {"reason": "Raum belegt"}).status_code == 303
    found = announced(plan.session, [plan.row(meeting).uid])
    assert [f"{on_clock(one.start):%H:%M}" for one in found.values() if one.start] == ["18:30"]


def test_saving_keeps_the_order_of_committees_after_the_summons(
    clerk: OfficeClient, plan: Planner
) -> None:
    first, second, third = (plan.found(name) for name in ("Rat C", "Rat B", "Rat A"))
    facts = meetings.MeetingFacts(
        name="gemeinsam", committee_ids=(first, second, third), start=START, location_id=plan.room
    )
    meeting = meetings.plan_meeting(plan.session, plan.actor, facts, plan.now)
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    data = typed(
        plan,
        name="gemeinsam",
        committee_ids=first,
        further_ids=[third, second],
        version=plan.version(meeting),
        reason="Neue Notiz",
    )
    assert clerk.submit(f"/sitzungen/{meeting}/bearbeiten", data).status_code == 303
    assert [one.id for one in plan.row(meeting).organizations] == [first, second, third]


def test_a_second_tabs_stale_form_keeps_both_texts(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    data = typed(plan, name="Meine Fassung", version=plan.version(meeting))
    facts = meetings.MeetingFacts(
        name="Andere Fassung", committee_ids=(plan.committee,), start=START, location_id=plan.room
    )
    meetings.edit_meeting(
        plan.session, plan.actor, meeting, plan.version(meeting), facts, "", plan.now
    )
    answer = clerk.submit(f"/sitzungen/{meeting}/bearbeiten", data)
    assert answer.status_code == 409
    assert "Meine Fassung" in answer.text
    assert "Andere Fassung" in answer.text
    assert plan.row(meeting).name == "Andere Fassung"


def test_announcing_makes_the_date_public_and_no_more(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting(note="vertraulich")
    plan.item(meeting, "Eröffnung")
    path = f"/sitzungen/{meeting}/ankuendigen"
    assert clerk.submit(path, {"version": plan.version(meeting)}).status_code == 303
    text = text_of(clerk.get(f"/sitzungen/{meeting}"))
    assert "nicht öffentlich Tagesordnung" in text
    assert "Öffentliche Seite ansehen" in text
    again = clerk.submit(path, {"version": plan.version(meeting)})
    assert again.status_code == 422
    assert "schon angekündigt" in text_of(again)


def test_a_meeting_is_cancelled_with_a_reason_and_reinstated(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    plan.announce(meeting)
    path = f"/sitzungen/{meeting}/absagen"
    refused = clerk.submit(path, {"version": plan.version(meeting), "reason": ""})
    assert "Bitte geben Sie den Grund an" in error_at(refused, "reason")
    data = {"version": plan.version(meeting), "reason": "Kein Beratungsbedarf"}
    assert clerk.submit(path, data).status_code == 303
    assert "Diese Sitzung ist abgesagt" in text_of(clerk.get(f"/sitzungen/{meeting}"))
    data = {"version": plan.version(meeting), "reason": "Doch nötig"}
    assert clerk.submit(f"/sitzungen/{meeting}/wiedereinsetzen", data).status_code == 303
    assert not plan.row(meeting).cancelled


def test_a_stale_cancellation_is_a_conflict(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    answer = clerk.submit(f"/sitzungen/{meeting}/absagen", {"version": 99})
    assert answer.status_code == 409
    assert not plan.row(meeting).cancelled


def test_only_an_untouched_meeting_is_deleted(clerk: OfficeClient, plan: Planner) -> None:
    bare, full = plan.meeting(), plan.meeting()
    plan.item(full, "Eröffnung")
    refused = clerk.submit(f"/sitzungen/{full}/loeschen", {"version": plan.version(full)})
    assert refused.status_code == 422
    assert "nicht gelöscht, sondern abgesagt" in text_of(refused)
    done = clerk.submit(f"/sitzungen/{bare}/loeschen", {"version": plan.version(bare)})
    assert done.status_code == 303
    assert clerk.get(f"/sitzungen/{bare}").status_code == 404


PAGES = ("", "/bearbeiten", "/ankuendigen", "/absagen", "/loeschen", "/tagesordnung", "/ladung")


@pytest.mark.parametrize("page", PAGES)
def test_another_bodys_meeting_is_unknown(stranger: OfficeClient, plan: Planner, page: str) -> None:
    assert stranger.get(f"/sitzungen/{plan.meeting()}{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_members_have_no_page_of_a_meeting_in_planning(
    member: OfficeClient, plan: Planner, page: str
) -> None:
    assert member.get(f"/sitzungen/{plan.meeting()}{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES[1:])
def test_clerks_pages_are_unknown_to_members_of_a_summoned_meeting(
    member: OfficeClient, plan: Planner, page: str
) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    assert member.get(f"/sitzungen/{meeting}").status_code == 200
    assert member.get(f"/sitzungen/{meeting}{page}").status_code == 404
    assert member.get("/sitzungen/neu").status_code == 404
