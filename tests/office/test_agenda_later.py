"""Agendas after the summons: supplements, and the room's decisions beside what was sent."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.gate.shown import shown
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import Decision
from tests.conftest import Clock
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import CLERK, PASSWORD, Cast
from tests.support.planning import START, Planner, error_at, faults_of

SECRET = "Kauf des Grundstücks Müller"


@pytest.fixture
def plan(session: Session, cast: Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


@pytest.fixture
def meeting(plan: Planner) -> int:
    """Ö 1, Ö 2 and N 1, summoned."""
    made = plan.meeting()
    plan.item(made, "Eröffnung")
    plan.item(made, "Konzept")
    plan.item(made, SECRET, part=Part.NONPUBLIC)
    plan.summon(made)
    return made


def item(plan: Planner, meeting: int, title: str) -> AgendaItem:
    found = plan.row(meeting).items
    return next(one for one in found if one.title == title)


def add(clerk: OfficeClient, meeting: int, **typed: object) -> None:
    path = f"/sitzungen/{meeting}/tagesordnung"
    data = {"title": "Fragen", "part": "public", "parent_id": "", **typed}
    assert clerk.submit(path, data).status_code == 303


def decide(clerk: OfficeClient, row: AgendaItem, **typed: object) -> object:
    data = {"version": row.version, "result_text": "einstimmig", **typed}
    return clerk.submit(f"/punkte/{row.id}/aenderung", data)


def test_a_new_item_waits_and_the_supplement_brings_it(
    clerk: OfficeClient, plan: Planner, meeting: int
) -> None:
    add(clerk, meeting)
    page = clerk.get(f"/sitzungen/{meeting}/tagesordnung")
    text = text_of(page)
    assert "Ein neuer Punkt wartet auf den Nachtrag" in text
    assert "Ö 3 Fragen wartet auf den Nachtrag" in text
    assert faults_of(page) == []
    path = f"/sitzungen/{meeting}/nachtrag"
    page = clerk.get(path)
    assert "1. Nachtrag zur Tagesordnung" in text_of(page)
    assert faults_of(page) == []
    data = {"version": plan.version(meeting), "reason": "Erst gestern eingegangen"}
    assert clerk.submit(path, data).status_code == 303
    public = shown(plan.session, plan.row(meeting))
    assert public is not None
    assert [one.title for one in public.lines] == ["Eröffnung", "Konzept", "Fragen"]
    assert not public.behind
    page = clerk.get(path)
    assert "Es wartet kein neuer Punkt" in text_of(page)
    assert "Nachtrag zur Bekanntmachung (öffentlich)" in text_of(page)
    assert faults_of(page) == []


def test_the_page_tells_what_the_public_reads_of_a_supplement_and_calls_it(
    clerk: OfficeClient, plan: Planner, meeting: int
) -> None:
    path = f"/sitzungen/{meeting}/nachtrag"
    add(clerk, meeting, title=SECRET + " II", part="nonpublic")
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "erfährt die Öffentlichkeit nichts" in text_of(page)
    clerk.submit(path, {"version": plan.version(meeting), "acknowledged": "y"})
    add(clerk, meeting)
    text = text_of(clerk.get(path))
    assert "2. Nachtrag zur Tagesordnung" in text
    assert "Die Bekanntmachung heißt »1. Nachtrag zur Tagesordnung«" in text
    assert "erfährt die Öffentlichkeit nichts" not in text


def test_members_read_what_waits_only_with_the_supplement(
    clerk: OfficeClient, member: OfficeClient, plan: Planner, meeting: int
) -> None:
    step = plan.paper("2017/9", "Eilvorlage")
    add(clerk, meeting, title="Eilsache", consultation_ids=step)
    assert "Eilsache" not in text_of(member.get(f"/sitzungen/{meeting}"))
    assert "Eilvorlage" not in text_of(member.get("/vorlagen"))
    data = {"version": plan.version(meeting)}
    assert clerk.submit(f"/sitzungen/{meeting}/nachtrag", data).status_code == 303
    text = text_of(member.get(f"/sitzungen/{meeting}"))
    assert "Eilsache" in text
    assert "Nachtrag (mit nichtöffentlichem Teil)" in text
    document = plan.row(meeting).supplements[0].document_id
    assert member.get(f"/dokumente/{document}").status_code == 200


def test_a_late_supplement_asks_to_read_the_warning(
    clerk: OfficeClient, plan: Planner, meeting: int, clock: Clock
) -> None:
    add(clerk, meeting)
    clock.advance(timedelta(days=14))
    clerk.sign_in(CLERK, PASSWORD)
    path = f"/sitzungen/{meeting}/nachtrag"
    data = {"version": plan.version(meeting), "reason": "Sehr dringend"}
    refused = clerk.submit(path, data)
    assert refused.status_code == 422
    assert "Ladungsfrist" in error_at(refused, "acknowledged")
    assert "Sehr dringend" in refused.text
    assert clerk.submit(path, data | {"acknowledged": "y"}).status_code == 303


def test_a_stale_supplement_is_a_conflict(clerk: OfficeClient, plan: Planner, meeting: int) -> None:
    add(clerk, meeting)
    answer = clerk.submit(f"/sitzungen/{meeting}/nachtrag", {"version": 99, "reason": "Eilt"})
    assert answer.status_code == 409
    assert "Eilt" in answer.text
    assert plan.row(meeting).supplements == []


def test_supplement_pages_say_what_to_do_first(clerk: OfficeClient, plan: Planner) -> None:
    planned = plan.meeting()
    text = text_of(clerk.get(f"/sitzungen/{planned}/nachtrag"))
    assert "Bis dahin brauchen neue Punkte keinen Nachtrag" in text
    assert "noch nicht geladen" in text_of(clerk.get(f"/sitzungen/{planned}/ladung-und-verlauf"))


def test_what_was_sent_stands_beside_what_was_done(
    clerk: OfficeClient, plan: Planner, meeting: int
) -> None:
    concept, opening = item(plan, meeting, "Konzept"), item(plan, meeting, "Eröffnung")
    answer = decide(clerk, concept, kind="taken_earlier", other_item_id=opening.id)
    assert answer.status_code == 303
    add(clerk, meeting)
    clerk.submit(f"/sitzungen/{meeting}/nachtrag", {"version": plan.version(meeting)})
    page = clerk.get(f"/sitzungen/{meeting}/ladung-und-verlauf")
    text = text_of(page)
    left, right = text.split("So wurde aufgerufen")
    assert "Ladung vom 03.04.2017" in left
    assert "1. Nachtrag zur Tagesordnung vom 03.04.2017" in left
    assert "Ö 3 Fragen neu" in left
    assert right.index("Konzept") < right.index("Eröffnung")
    assert "vorgezogen vor Ö 1 (einstimmig)" in right
    assert faults_of(page) == []


def test_an_item_is_taken_off_with_its_vote_and_put_back(
    clerk: OfficeClient, plan: Planner, meeting: int
) -> None:
    row = item(plan, meeting, "Konzept")
    form = clerk.get(f"/punkte/{row.id}/aenderung")
    assert faults_of(form) == []
    answer = decide(
        clerk, row, kind="withdrawn", result_text="", yes=5, no=1, abstentions=0, decided_at="17:10"
    )
    assert answer.status_code == 303
    treatment = item(plan, meeting, "Konzept").treatment
    assert treatment is not None
    assert treatment.decision is Decision.WITHDRAWN
    (change,) = plan.row(meeting).changes
    text = text_of(clerk.get(f"/sitzungen/{meeting}/ladung-und-verlauf"))
    assert "von der Tagesordnung abgesetzt (Ja 5, Nein 1, Enthaltungen 0), 17:10 Uhr" in text
    path = f"/aenderungen/{change.id}/zuruecknehmen"
    assert faults_of(clerk.get(path)) == []
    assert clerk.submit(path, {"version": change.version}).status_code == 303
    assert item(plan, meeting, "Konzept").treatment is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "withdrawn", "result_text": ""}, "result_text"),
        ({"kind": "withdrawn", "yes": "1"}, "yes"),
        ({"kind": "withdrawn", "yes": "x"}, "yes"),
        ({"kind": "taken_earlier"}, "other_item_id"),
        ({"kind": "to_nonpublic"}, "reason"),
        ({"kind": "adjourned", "target_meeting_id": "77"}, "target_meeting_id"),
    ],
)
def test_each_mistake_of_a_decision_stands_at_its_field(
    clerk: OfficeClient, plan: Planner, meeting: int, typed: dict[str, str], field: str
) -> None:
    row = item(plan, meeting, "Konzept")
    answer = decide(clerk, row, **typed)
    assert answer.status_code == 422
    assert error_at(answer, field)
    assert plan.row(meeting).changes == []


def test_a_stale_decision_is_a_conflict_that_keeps_the_text(
    clerk: OfficeClient, plan: Planner, meeting: int
) -> None:
    row = item(plan, meeting, "Konzept")
    row.version += 7
    answer = decide(clerk, row, kind="withdrawn", reason="Noch nicht reif")
    assert answer.status_code == 409
    assert "Noch nicht reif" in answer.text
    assert plan.row(meeting).changes == []


def test_an_adjourned_item_comes_up_on_the_chosen_agenda(
    clerk: OfficeClient, plan: Planner, meeting: int
) -> None:
    later = plan.meeting(name="Sitzung im Mai", start=START + timedelta(days=30))
    row = item(plan, meeting, "Konzept")
    assert decide(clerk, row, kind="adjourned", target_meeting_id=later).status_code == 303
    assert [one.title for one in plan.items(later)] == ["Konzept"]
    there = item(plan, later, "Konzept")
    text = text_of(clerk.get(f"/punkte/{there.id}"))
    assert "Übernommen aus der Sitzung vom 19.04.2017" in text


def test_what_was_adjourned_without_a_date_waits_for_the_next_agenda(
    clerk: OfficeClient, plan: Planner, meeting: int
) -> None:
    row = item(plan, meeting, "Konzept")
    assert decide(clerk, row, kind="adjourned").status_code == 303
    later = plan.meeting(start=START + timedelta(days=30))
    path = f"/sitzungen/{later}/tagesordnung"
    page = clerk.get(path)
    assert "Konzept (vertagt am 19.04.2017)" in text_of(page)
    assert faults_of(page) == []
    assert clerk.submit(f"{path}/vertagte", {}, page=path).status_code == 422
    data = {"vertagt-item_ids": row.id}
    assert clerk.submit(f"{path}/vertagte", data, page=path).status_code == 303
    assert [one.title for one in plan.items(later)] == ["Konzept"]
    assert "vertagt am" not in text_of(clerk.get(path))


def test_an_urgent_item_warns_and_is_not_public_by_itself(
    clerk: OfficeClient, plan: Planner, meeting: int
) -> None:
    path = f"/sitzungen/{meeting}/dringlichkeit"
    assert faults_of(clerk.get(path)) == []
    data = {
        "title": "Eilantrag", "part": "public", "parent_id": "", "disclosure": "hidden",
        "yes": "6", "no": "0", "abstentions": "0",
    }  # fmt: skip
    refused = clerk.submit(path, data)
    assert refused.status_code == 422
    assert "Tagesordnung" in error_at(refused, "acknowledged")
    assert 'value="Eilantrag"' in refused.text
    assert clerk.submit(path, data | {"urgent": "y"}).status_code == 303
    assert item(plan, meeting, "Eilantrag").number == "Ö 3"
    public = shown(plan.session, plan.row(meeting))
    assert public is not None
    assert public.behind
    assert "Eilantrag" not in {one.title for one in public.lines}


def test_an_item_goes_to_a_chosen_place(clerk: OfficeClient, plan: Planner) -> None:
    made = plan.meeting()
    first, second, third = (plan.item(made, title) for title in "abc")
    path = f"/punkte/{third}/platz"
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "als erster Unterpunkt von Ö 1 a" in text_of(page)
    data = {"version": item(plan, made, "c").version, "place": f"public|{first}|"}
    assert clerk.submit(path, data).status_code == 303
    assert item(plan, made, "c").parent_id == first
    for wrong in ("public|x|", f"nonpublic|{first}|", f"public|{third}|"):
        answer = clerk.submit(path, data | {"place": wrong})
        assert answer.status_code == 422
        assert error_at(answer, "place")
    stale = clerk.submit(path, {"version": 99, "place": f"public||{second}"})
    assert stale.status_code == 409


def test_headings_stand_out_and_are_not_decided_on(clerk: OfficeClient, plan: Planner) -> None:
    made = plan.meeting()
    add(clerk, made, title="Vorlagen", kind="heading")
    assert "Vorlagen Überschrift" in text_of(clerk.get(f"/sitzungen/{made}/tagesordnung"))
    plan.item(made, "Konzept", parent=item(plan, made, "Vorlagen").id)
    plan.summon(made)
    page = clerk.get(f"/sitzungen/{made}/ladung-und-verlauf").text
    assert page.count("/aenderung") == 1


PAGES = ("nachtrag", "ladung-und-verlauf", "dringlichkeit", "fortsetzen", "zweite-ladung",
         "teilnahme")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_another_body_and_of_clerks_are_unknown(
    stranger: OfficeClient, member: OfficeClient, meeting: int, page: str
) -> None:
    assert stranger.get(f"/sitzungen/{meeting}/{page}").status_code == 404
    assert member.get(f"/sitzungen/{meeting}/{page}").status_code == 404


def test_decisions_of_another_body_are_unknown(
    clerk: OfficeClient, stranger: OfficeClient, member: OfficeClient, plan: Planner, meeting: int
) -> None:
    row = item(plan, meeting, "Konzept")
    decide(clerk, row, kind="withdrawn")
    (change,) = plan.row(meeting).changes
    for path in (
        f"/punkte/{row.id}/aenderung", f"/punkte/{row.id}/platz",
        f"/aenderungen/{change.id}/zuruecknehmen",
    ):  # fmt: skip
        assert stranger.get(path).status_code == 404
        assert member.get(path).status_code == 404
    assert plan.session.get(Meeting, meeting) is not None
