"""Kinds, numbers, series, follow-up meetings, joint meetings and standing items on their pages."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import meetings
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import ItemKind, Meeting, MeetingKind
from tests.conftest import Clock
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.planning import START, Planner, error_at, faults_of


@pytest.fixture
def plan(session: Session, cast: Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


@pytest.fixture
def summoned(plan: Planner) -> int:
    made = plan.meeting(name="4. ordentliche Sitzung des Bauausschusses")
    plan.item(made, "Eröffnung")
    plan.item(made, "Konzept")
    plan.summon(made)
    return made


def typed(plan: Planner, **changed: object) -> dict[str, object]:
    return {
        "name": "", "kind": "ordinary", "number": "", "committee_ids": plan.committee,
        "start_date": "2017-04-19", "start_time": "17:00", "location_id": plan.room,
        "internal_note": "", **changed,
    }  # fmt: skip


def only(session: Session) -> Meeting:
    session.rollback()
    return session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()  # type: ignore[return-value]  # there is one


def field(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found is not None
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


def test_number_and_name_are_proposed_and_may_be_changed(
    clerk: OfficeClient, plan: Planner, session: Session
) -> None:
    council = plan.found("Kreistag")
    data = typed(plan, committee_ids=council, number=25)
    assert clerk.submit("/sitzungen/neu", data).status_code == 303
    assert only(session).name == "25. ordentliche Sitzung des Kreistages"
    wanted = typed(plan, committee_ids=council, kind="extraordinary", propose="1")
    page = clerk.submit("/sitzungen/neu", wanted)
    assert page.status_code == 200
    assert field(page.text, "number") == "26"
    assert field(page.text, "name") == "26. außerordentliche Sitzung des Kreistages"
    assert faults_of(page) == []
    named = typed(
        plan, committee_ids=council, kind="extraordinary", number=26, name="Sondersitzung"
    )
    assert clerk.submit("/sitzungen/neu", named).status_code == 303
    found = only(session)
    assert (found.name, found.number) == ("Sondersitzung", 26)
    assert found.kind is MeetingKind.EXTRAORDINARY


def test_where_meetings_bear_numbers_the_next_one_is_proposed_at_once(
    clerk: OfficeClient, plan: Planner
) -> None:
    council = plan.found("Kreistag")
    page = clerk.get(f"/sitzungen/neu?gremium={council}").text
    assert (field(page, "number"), field(page, "name")) == (
        "",
        "ordentliche Sitzung des Kreistages",
    )
    data = typed(plan, committee_ids=council, number=25)
    assert clerk.submit("/sitzungen/neu", data).status_code == 303
    page = clerk.get(f"/sitzungen/neu?gremium={council}").text
    assert field(page, "number") == "26"
    assert field(page, "name") == "26. ordentliche Sitzung des Kreistages"


def test_a_number_borne_twice_is_told_but_saved(
    clerk: OfficeClient, plan: Planner, session: Session
) -> None:
    for day in ("2017-04-19", "2017-05-19"):
        data = typed(plan, number=7, start_date=day)
        assert clerk.submit("/sitzungen/neu", data).status_code == 303
    page = clerk.get(f"/sitzungen/{only(session).id}")
    assert "Die Nummer 7 trägt in dieser Wahlperiode schon die Sitzung vom 19.04.2017" in (
        text_of(page)
    )
    assert faults_of(page) == []


@pytest.mark.parametrize(
    ("name", "value"), [("number", "0"), ("number", "x"), ("kind", "continuation")]
)
def test_unfit_numbers_and_kinds_are_told_at_their_field(
    clerk: OfficeClient, plan: Planner, name: str, value: str
) -> None:
    answer = clerk.submit("/sitzungen/neu", typed(plan, **{name: value}))
    assert answer.status_code == 422
    assert error_at(answer, name)


def test_a_meeting_is_continued_with_what_was_left(
    clerk: OfficeClient, plan: Planner, summoned: int, session: Session
) -> None:
    path = f"/sitzungen/{summoned}/fortsetzen"
    page = clerk.get(path)
    assert faults_of(page) == []
    name = "Fortsetzung der 4. ordentlichen Sitzung des Bauausschusses"
    assert field(page.text, "name") == name
    assert field(page.text, "start_date") == "2017-04-26"
    concept = plan.items(summoned)[1].id
    data = {
        "name": name, "start_date": "2017-04-26", "start_time": "16:00", "location_id": plan.room,
        "number": "", "internal_note": "",
    }  # fmt: skip
    refused = clerk.submit(path, data)
    assert refused.status_code == 422
    assert error_at(refused, "item_ids")
    early = clerk.submit(path, data | {"start_date": "2017-04-18", "item_ids": concept})
    assert error_at(early, "start_date")
    assert clerk.submit(path, data | {"item_ids": concept}).status_code == 303
    made = only(session)
    assert made.continues_id == summoned
    assert [one.title for one in made.agenda] == ["Konzept"]
    assert "Setzt fort:" in text_of(clerk.get(f"/sitzungen/{made.id}"))
    assert "Fortgesetzt:" in text_of(clerk.get(f"/sitzungen/{summoned}"))
    kept = typed(plan, name=name, version=made.version, start_date="2017-04-27")
    del kept["kind"]
    assert clerk.submit(f"/sitzungen/{made.id}/bearbeiten", kept).status_code == 303
    assert only(session).kind is MeetingKind.CONTINUATION


def test_a_second_summons_offers_its_hint(
    clerk: OfficeClient, plan: Planner, summoned: int, session: Session
) -> None:
    path = f"/sitzungen/{summoned}/zweite-ladung"
    page = clerk.get(path)
    assert faults_of(page) == []
    data = {
        "name": "Zweite Sitzung", "start_date": "2017-04-26", "start_time": "16:00",
        "location_id": plan.room, "item_ids": plan.items(summoned)[1].id,
    }  # fmt: skip
    assert clerk.submit(path, data).status_code == 303
    made = only(session).id
    letter = f"/sitzungen/{made}/ladung"
    page = clerk.get(letter)
    assert "hiermit zum zweiten Mal geladen" in text_of(page)
    assert "§ 55 Abs. 2 KVG LSA" in text_of(page)
    assert faults_of(page) == []
    sent = {
        "version": plan.version(made), "second_with_hint": "y", "received_on": "2017-04-05",
        "announced_on": "2017-04-04",
    }  # fmt: skip
    assert clerk.submit(letter, sent).status_code == 303
    found = plan.row(made).summons
    assert found is not None
    assert found.second_with_hint
    assert (found.received_on, found.announced_on) == (date(2017, 4, 5), date(2017, 4, 4))
    text = text_of(clerk.get(letter))
    assert "Zugang 05.04.2017" in text
    assert "mit Hinweis auf die Beschlussfähigkeit" in text


def test_the_days_of_the_summons_are_checked_at_their_fields(
    clerk: OfficeClient, plan: Planner
) -> None:
    made = plan.meeting()
    plan.item(made, "Eröffnung")
    path = f"/sitzungen/{made}/ladung"
    assert 'name="second_with_hint"' not in clerk.get(path).text
    data = {"version": plan.version(made), "received_on": "2017-04-20"}
    assert error_at(clerk.submit(path, data), "received_on")
    late = data | {"received_on": "2017-04-17"}
    assert "17.04.2017" in error_at(clerk.submit(path, late), "acknowledged")
    assert clerk.submit(path, late | {"urgent": "y"}).status_code == 303
    found = plan.row(made).summons
    assert found is not None
    assert found.urgent


def test_a_planned_meeting_is_moved_not_continued(clerk: OfficeClient, plan: Planner) -> None:
    made = plan.meeting()
    assert "Verlegen Sie sie stattdessen" in text_of(clerk.get(f"/sitzungen/{made}/fortsetzen"))


RHYTHM = {
    "start_time": "17:00", "first": "2017-05-01", "until": "2017-07-31", "rhythm": "monthly",
    "weeks": "4", "which": "1", "weekday": "0", "months": "1", "numbered": "y",
}  # fmt: skip


def test_a_series_is_looked_through_and_planned(
    clerk: OfficeClient, plan: Planner, session: Session
) -> None:
    plan.meeting(start=START.replace(month=6, day=5))
    whole = RHYTHM | {"committee_ids": plan.committee, "location_id": plan.room}
    assert faults_of(clerk.get("/sitzungen/serie")) == []
    page = clerk.submit("/sitzungen/serie", whole)
    assert page.status_code == 200
    assert faults_of(page) == []
    text = text_of(page)
    for day in ("Montag, 01.05.2017", "Montag, 05.06.2017", "Montag, 03.07.2017"):
        assert day in text
    assert text.count("Dasselbe Gremium tagt am 05.06.2017") == 1
    data = {
        "committee_ids": plan.committee, "location_id": plan.room,
        "occasions-0-keep": "y", "occasions-0-day": "2017-05-02", "occasions-0-clock": "18:00",
        "occasions-0-number": "1", "occasions-0-name": "",
        "occasions-1-day": "2017-06-05", "occasions-1-clock": "17:00", "occasions-1-name": "",
        "occasions-2-keep": "y", "occasions-2-day": "", "occasions-2-clock": "17:00",
        "occasions-2-number": "2", "occasions-2-name": "Sommersitzung",
    }  # fmt: skip
    refused = clerk.submit("/sitzungen/serie/planen", data, page="/sitzungen/serie")
    assert refused.status_code == 422
    assert "Tag und Beginn" in text_of(refused)
    assert "Sommersitzung" in refused.text
    again = clerk.submit("/sitzungen/serie/planen", data | {"again": "1"}, page="/sitzungen/serie")
    assert again.status_code == 200
    good = data | {"occasions-2-day": "2017-07-03"}
    answer = clerk.submit("/sitzungen/serie/planen", good, page="/sitzungen/serie")
    assert answer.status_code == 303
    session.rollback()
    made = session.scalars(select(Meeting).order_by(Meeting.id)).all()[1:]
    assert [one.name for one in made] == [
        "1. ordentliche Sitzung des Ausschusses für Bildung, Soziales und Kultur", "Sommersitzung"
    ]  # fmt: skip
    assert [one.number for one in made] == [1, 2]


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"until": "2017-04-01"}, "until"),
        ({"until": "2017-05-01", "first": "2017-05-02"}, "until"),
        ({"until": "2017-05-20", "first": "2017-05-02"}, "until"),
        ({"rhythm": "weekly", "weeks": "0"}, "weeks"),
        ({"months": "13"}, "months"),
        ({"committee_ids": ""}, "committee_ids"),
    ],
)
def test_an_unfit_rhythm_is_told_at_its_field(
    clerk: OfficeClient, plan: Planner, changed: dict[str, str], name: str
) -> None:
    whole = RHYTHM | {"committee_ids": plan.committee, "location_id": plan.room} | changed
    answer = clerk.submit("/sitzungen/serie", whole)
    assert answer.status_code == 422
    assert error_at(answer, name)


def test_a_series_of_another_body_or_of_nothing_is_refused(
    clerk: OfficeClient, stranger: OfficeClient, member: OfficeClient, plan: Planner
) -> None:
    data = {
        "committee_ids": plan.committee, "location_id": plan.room, "occasions-0-keep": "y",
        "occasions-0-day": "2017-05-02", "occasions-0-clock": "18:00",
    }  # fmt: skip
    assert stranger.submit("/sitzungen/serie/planen", data, page="/konto").status_code == 404
    assert member.get("/sitzungen/serie").status_code == 404
    assert clerk.submit("/sitzungen/serie/planen", {}, page="/konto").status_code == 400
    empty = {"committee_ids": plan.committee, "location_id": plan.room}
    answer = clerk.submit("/sitzungen/serie/planen", empty, page="/konto")
    assert answer.status_code == 422


def test_a_joint_meeting_parts_after_an_item(
    clerk: OfficeClient, plan: Planner, session: Session
) -> None:
    leading = plan.found("Kreisausschuss")
    others = [
        plan.found("Umwelt- und Wirtschaftsausschuss"),
        plan.found("Kultur- und Sozialausschuss"),
    ]
    facts = meetings.MeetingFacts(
        name="gemeinsam", committee_ids=(leading, *others), start=START, location_id=plan.room
    )
    made = meetings.plan_meeting(plan.session, plan.actor, facts, plan.now)
    items = [plan.item(made, title) for title in "abcd"]
    path = f"/sitzungen/{made}/teilnahme"
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "bis Ö 3 c" in text_of(page)
    data = {"version": plan.version(made), **{f"until-{one}": items[2] for one in others}}
    every = data | {f"until-{leading}": items[2]}
    assert "Mindestens ein Gremium" in text_of(clerk.submit(path, every))
    assert clerk.submit(path, data).status_code == 303
    assert clerk.submit(path, data).status_code == 409
    text = text_of(clerk.get(f"/sitzungen/{made}"))
    assert "Kultur- und Sozialausschuss bis TOP 3" in text
    wanted = typed(
        plan, committee_ids=leading, further_ids=others, number=10, propose="1",
        version=plan.version(made),
    )  # fmt: skip
    page = clerk.submit(f"/sitzungen/{made}/bearbeiten", wanted)
    assert field(page.text, "name") == (
        "10. ordentliche Sitzung des Kreisausschusses gemeinsam mit dem Umwelt- und"
        " Wirtschaftsausschuss sowie dem Kultur- und Sozialausschuss bis TOP 3"
    )


def test_standing_items_are_typed_once_and_begin_an_agenda(
    clerk: OfficeClient, plan: Planner, session: Session
) -> None:
    path = f"/gremien/{plan.committee}/staendige-punkte"
    assert faults_of(clerk.get(path)) == []
    version = session.get_one(Organization, plan.committee).version
    data = {
        "version": version, "public_lines": "Eröffnung\nVorlagen:\n    Berichte\n",
        "nonpublic_lines": "Anfragen",
    }  # fmt: skip
    assert clerk.submit(path, data).status_code == 303
    assert clerk.submit(path, data).status_code == 409
    page = clerk.get(path).text
    assert "Vorlagen:\n    Berichte" in page
    made = plan.meeting()
    agenda = f"/sitzungen/{made}/tagesordnung"
    page = clerk.get(agenda)
    assert "Ständige Punkte übernehmen" in text_of(page)
    assert faults_of(page) == []
    assert clerk.submit(f"{agenda}/staendige", {}, page=agenda).status_code == 303
    found = plan.items(made)
    assert [(one.title, one.kind, one.part) for one in found if one.title != "Berichte"] == [
        ("Eröffnung", ItemKind.ITEM, Part.PUBLIC),
        ("Anfragen", ItemKind.ITEM, Part.NONPUBLIC),
        ("Vorlagen", ItemKind.HEADING, Part.PUBLIC),
    ]
    assert "Ständige Punkte übernehmen" not in text_of(clerk.get(agenda))
    assert clerk.submit(f"{agenda}/staendige", {}, page=agenda).status_code == 303
    assert len(plan.items(made)) == 4


def test_too_deep_standing_items_are_told_at_their_field(
    clerk: OfficeClient, stranger: OfficeClient, member: OfficeClient, plan: Planner
) -> None:
    path = f"/gremien/{plan.committee}/staendige-punkte"
    version = plan.session.get_one(Organization, plan.committee).version
    data = {"version": version, "public_lines": "a\n b\n  c\n   d", "nonpublic_lines": ""}
    answer = clerk.submit(path, data)
    assert answer.status_code == 422
    assert error_at(answer, "public_lines")
    assert "   d" in answer.text
    assert stranger.get(path).status_code == 404
    assert member.get(path).status_code == 404


def test_the_room_is_told_when_it_is_taken(clerk: OfficeClient, plan: Planner) -> None:
    plan.meeting()
    other = plan.found("Bauausschuss")
    facts = meetings.MeetingFacts(
        name="Bau", committee_ids=(other,), start=START + timedelta(hours=1), location_id=plan.room
    )
    made = meetings.plan_meeting(plan.session, plan.actor, facts, plan.now)
    text = text_of(clerk.get(f"/sitzungen/{made}"))
    assert "Derselbe Raum ist am 19.04.2017 um 17:00 Uhr schon vergeben" in text
