"""The legal clock on its page, beside the meeting, and on the office's first page."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from sitzungsdienst.acts import local_rules
from sitzungsdienst.acts.local_rules import LocalRuleFacts
from sitzungsdienst.law.deadlines import Deadline, Light
from sitzungsdienst.law.values import Certainty
from sitzungsdienst.office import deadlines
from sitzungsdienst.record.local_rules import LocalLayer
from sitzungsdienst.record.meetings import Meeting
from tests.conftest import Clock
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import Builder, held_chapter
from tests.support.planning import START, Planner, error_at, faults_of
from tests.support.statements import counter

TODAY = date(2017, 4, 3)


@pytest.fixture
def plan(session: Session, cast: people.Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


def after(clock: Clock, client: OfficeClient, **step: int) -> None:
    """Let days pass; whoever was signed in signs in again."""
    clock.advance(timedelta(**step))
    if any(step.values()):
        client.sign_in(people.CLERK, people.PASSWORD)


def fortnight(plan: Planner) -> None:
    facts = LocalRuleFacts(
        layer=LocalLayer.RULES_OF_PROCEDURE,
        value="14",
        norm="§ 3 Abs. 1",
        as_of=TODAY,
        valid_from=date(2015, 1, 1),
    )
    local_rules.add_local_rule(plan.session, plan.actor, "notice.days", facts, plan.now)


def deadline(light: Light, key: str = "minutes", **facts: object) -> Deadline:
    whole: dict[str, object] = {
        "due": date(2017, 4, 5),
        "done_on": None,
        "sentence": "",
        "norm": "",
        "certainty": Certainty.CERTAIN,
    } | facts
    return Deadline(key, "Niederschrift", light=light, **whole)  # type: ignore[arg-type]  # the test's own facts


# --- Words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "word"),
    [
        (deadline(Light.GREEN), "Zeit genug"),
        (deadline(Light.GREEN, done_on=TODAY), "erledigt"),
        (deadline(Light.AMBER), "bald fällig"),
        (deadline(Light.RED), "überschritten"),
        (deadline(Light.RED, done_on=TODAY), "verspätet"),
        (deadline(Light.GREY, due=None), "noch offen"),
        (deadline(Light.AMBER, "objection:3"), "abwarten"),
        (deadline(Light.GREEN, "objection:3"), "abgelaufen"),
    ],
)
def test_every_light_is_a_word(one: Deadline, word: str) -> None:
    assert deadlines.word_of(one) == word


def test_every_light_has_a_badge_of_its_own() -> None:
    assert set(deadlines.KINDS) == set(Light)
    assert len(set(deadlines.KINDS.values())) == len(Light)
    assert "neutral" not in deadlines.KINDS.values()  # the one kind of badge without an icon


@pytest.mark.parametrize(
    ("due", "left"),
    [
        (date(2017, 4, 2), "seit gestern"),
        (date(2017, 4, 1), "seit 2 Tagen"),
        (TODAY, "heute"),
        (date(2017, 4, 4), "morgen"),
        (date(2017, 4, 5), "noch 2 Tage"),
        (None, ""),
    ],
)
def test_days_left_are_told_in_words(
    office_app: Flask, plan: Planner, due: date | None, left: str
) -> None:
    row = plan.row(plan.meeting())
    with office_app.test_request_context():
        assert deadlines.told(row, deadline(Light.AMBER, due=due), TODAY).left == left
        done = deadline(Light.GREEN, due=due, done_on=TODAY)
        assert deadlines.told(row, done, TODAY).left == ""


def test_what_is_late_stands_before_what_is_soon_and_nothing_else_is_urgent(
    office_app: Flask, plan: Planner
) -> None:
    row = plan.row(plan.meeting())
    some = [
        deadline(Light.AMBER, "summons", due=date(2017, 4, 3)),
        deadline(Light.RED, "public_notice", due=date(2017, 4, 2)),
        deadline(Light.RED, "minutes", due=date(2017, 4, 1)),
        deadline(Light.RED, "approval", done_on=TODAY),
        deadline(Light.GREEN, "recording"),
        deadline(Light.GREY, "announcement:1", due=None),
        deadline(Light.AMBER, "objection:1"),
    ]
    with office_app.test_request_context():
        told = [deadlines.told(row, one, TODAY) for one in some]
    keys = [one.deadline.key for one in deadlines.urgent([told])]
    assert keys == ["minutes", "public_notice", "summons"]


# --- The page of a meeting -----------------------------------------------------------------------


def test_the_page_tells_each_deadline_with_light_day_sentence_and_norm(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    page = clerk.get(f"/sitzungen/{meeting}/fristen")
    text = text_of(page)
    assert "Ladungsfrist" in text
    assert "Zeit genug" in text
    assert "Di, 11.04.2017" in text
    assert "noch 8 Tage" in text
    assert "Die Ladung muss spätestens am 11.04.2017 zugehen" in text
    assert "§ 53 KVG LSA (wahrscheinlich)" in text
    for label in ("Bekanntmachung", "Niederschrift", "Einwendungen gegen die Niederschrift"):
        assert label in text
    assert "Tonaufzeichnung" not in text
    assert faults_of(page) == []


def test_the_light_is_a_word_and_an_icon_and_not_a_colour_alone(
    clerk: OfficeClient, plan: Planner, clock: Clock
) -> None:
    meeting = plan.meeting()
    path = f"/sitzungen/{meeting}/fristen"
    marks = ((0, "success", "Zeit genug"), (6, "warning", "bald fällig"), (3, "danger", "überschr"))
    for days, icon, word in marks:
        after(clock, clerk, days=days)
        html = clerk.get(path).get_data(as_text=True)
        assert f"kern-icon--{icon} kern-icon--small" in html
        assert word in html


def test_the_own_rules_of_the_body_count(clerk: OfficeClient, plan: Planner) -> None:
    fortnight(plan)
    text = text_of(clerk.get(f"/sitzungen/{plan.meeting()}/fristen"))
    assert "Di, 04.04.2017 (morgen)" in text
    assert "bald fällig" in text
    assert "Geschäftsordnung § 3 Abs. 1" in text


def test_the_summons_page_names_the_own_rule_it_would_break(
    clerk: OfficeClient, plan: Planner, clock: Clock
) -> None:
    fortnight(plan)
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    path = f"/sitzungen/{meeting}/ladung"
    assert "Geladen werden muss spätestens am 04.04.2017" in text_of(clerk.get(path))
    after(clock, clerk, days=5)
    text = text_of(clerk.get(path))
    assert "bei einer Ladungsfrist von 14 Tagen" in text
    assert "(Geschäftsordnung § 3 Abs. 1)" in text
    refused = clerk.submit(path, {"version": plan.version(meeting)})
    assert refused.status_code == 422
    typed = {"version": plan.version(meeting), "acknowledged": "y"}
    assert clerk.submit(path, typed).status_code == 303
    done = text_of(clerk.get(f"/sitzungen/{meeting}/fristen"))
    assert "verspätet" in done


def test_a_cancelled_meeting_has_no_deadlines(
    clerk: OfficeClient, plan: Planner, session: Session
) -> None:
    meeting = plan.meeting()
    session.get_one(Meeting, meeting).cancelled = True
    session.commit()
    text = text_of(clerk.get(f"/sitzungen/{meeting}/fristen"))
    assert "Für eine abgesagte Sitzung laufen keine Fristen" in text
    assert "Ladungsfrist" not in text


def test_without_law_of_the_land_the_page_says_so(
    clerk: OfficeClient, plan: Planner, session: Session
) -> None:
    meeting = plan.meeting()
    session.get_one(Meeting, meeting).body.land = "SN"
    session.commit()
    text = text_of(clerk.get(f"/sitzungen/{meeting}/fristen"))
    assert "Für Sachsen sind zum Tag der Sitzung keine Regeln hinterlegt" in text
    assert "noch offen" in text


def test_only_the_own_office_reads_the_deadlines(
    stranger: OfficeClient, member: OfficeClient, administrator: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    for client in (stranger, member, administrator):
        assert client.get(f"/sitzungen/{meeting}/fristen").status_code == 404


# --- The recording -------------------------------------------------------------------------------


@pytest.fixture
def held(plan: Planner, clock: Clock, clerk: OfficeClient) -> str:
    """The page of the deadlines of a meeting, two weeks after it."""
    meeting = plan.meeting()
    after(clock, clerk, days=30)
    return f"/sitzungen/{meeting}/fristen"


def test_a_recording_is_noted_and_its_deletion(
    clerk: OfficeClient, held: str, plan: Planner
) -> None:
    assert "Löschung der Tonaufzeichnung" not in text_of(clerk.get(held))
    assert clerk.submit(held, {"version": "1", "recorded": "y"}).location == held
    assert "Löschung der Tonaufzeichnung" in text_of(clerk.get(held))
    deleted = {"version": "2", "recorded": "y", "recording_deleted_on": "2017-05-02"}
    assert clerk.submit(held, deleted).status_code == 303
    assert "Die Tonaufzeichnung ist am 02.05.2017 gelöscht" in text_of(clerk.get(held))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"recording_deleted_on": "2017-05-02"}, "recording_deleted_on"),
        ({"recorded": "y", "recording_deleted_on": "2017-04-18"}, "recording_deleted_on"),
        ({"recorded": "y", "recording_deleted_on": "2017-05-04"}, "recording_deleted_on"),
        ({"recorded": "y", "recording_deleted_on": "gestern"}, "recording_deleted_on"),
    ],
)
def test_an_unfit_note_is_refused_at_its_field(
    clerk: OfficeClient, held: str, typed: dict[str, str], field: str
) -> None:
    answer = clerk.submit(held, {"version": "1"} | typed)
    assert answer.status_code == 422
    assert error_at(answer, field)


def test_a_stale_note_changes_nothing(clerk: OfficeClient, held: str, session: Session) -> None:
    assert clerk.submit(held, {"version": "1", "recorded": "y"}).status_code == 303
    answer = clerk.submit(held, {"version": "1"})
    assert answer.status_code == 409
    session.rollback()
    assert session.query(Meeting).one().recorded


# --- Beside the meeting, and on the first page ---------------------------------------------------


def test_the_meeting_shows_what_is_late_and_leads_to_all_deadlines(
    clerk: OfficeClient, plan: Planner, clock: Clock
) -> None:
    meeting = plan.meeting()
    page = clerk.get(f"/sitzungen/{meeting}")
    assert f'href="/sitzungen/{meeting}/fristen"' in page.get_data(as_text=True)
    assert "keine Frist überschritten oder bald fällig" in text_of(page)
    after(clock, clerk, days=9)
    assert "überschritten Ladungsfrist, Di, 11.04.2017 (seit gestern)" in text_of(
        clerk.get(f"/sitzungen/{meeting}")
    )


def test_the_first_page_lists_what_is_late_or_soon_of_all_meetings(
    clerk: OfficeClient, plan: Planner, clock: Clock
) -> None:
    plan.meeting(name="Sitzung im April")
    plan.meeting(name="Sitzung im Juni", start=START + timedelta(days=56))
    assert "Was überschritten oder bald fällig ist" not in text_of(clerk.get("/"))
    after(clock, clerk, days=7)
    text = text_of(clerk.get("/"))
    told = text[text.index("Was überschritten") : text.index("Nächste Sitzungen")]
    assert "bald fällig" in told
    assert "Sitzung im April" in told
    assert "Sitzung im Juni" not in told


def test_minutes_to_come_stand_on_the_first_page(
    clerk: OfficeClient, plan: Planner, clock: Clock
) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    after(clock, clerk, days=44)
    text = text_of(clerk.get("/"))
    assert "bald fällig Niederschrift Fr, 19.05.2017 (noch 2 Tage)" in text


def test_a_meeting_just_held_keeps_its_deadlines_on_the_first_page(
    clerk: OfficeClient, plan: Planner, clock: Clock
) -> None:
    """Closed and signed, it waits for nothing but the deletion of its recording."""
    build = Builder(plan.session, plan.actor)
    chapter = held_chapter(build)
    build.sign(chapter.meeting)
    plan.row(chapter.meeting).recorded = True
    plan.session.commit()
    after(clock, clerk, days=37)
    told = "überschritten Löschung der Tonaufzeichnung Di, 02.05.2017 (seit 8 Tagen)"
    assert told in text_of(clerk.get("/"))
    after(clock, clerk, days=120)
    assert "Löschung der Tonaufzeichnung" not in text_of(clerk.get("/"))


def test_a_meeting_that_passed_without_a_summons_has_one_question_open(
    clerk: OfficeClient, plan: Planner, clock: Clock
) -> None:
    plan.meeting()
    after(clock, clerk, days=20)
    text = text_of(clerk.get("/"))
    assert "Termin klären: verlegen oder absagen" in text
    assert "Was überschritten oder bald fällig ist" not in text


def test_the_first_page_asks_no_more_for_more_meetings(
    office_app: Flask, clerk: OfficeClient, plan: Planner
) -> None:
    asked = counter(office_app)
    fortnight(plan)
    for number in range(2):
        plan.meeting(start=START + timedelta(days=number))
    few = asked(clerk, "/")
    for number in range(2, 8):
        plan.meeting(start=START + timedelta(days=number))
    assert asked(clerk, "/") == few
