"""The agenda's page: adding, changing, moving, removing items, and what the public would read."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from sitzungsdienst.acts import agenda
from sitzungsdienst.acts.releases import release_agenda, withdraw_meeting
from sitzungsdienst.gate.shown import shown
from sitzungsdienst.law.values import Part
from sitzungsdienst.office.database import db
from sitzungsdienst.record.meetings import AgendaItem, Disclosure
from tests.conftest import Clock
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.planning import Planner, error_at, faults_of

SECRET = "Kauf des Grundstücks Müller"


@pytest.fixture
def plan(session: Session, cast: Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


def titles(plan: Planner, meeting: int) -> list[str]:
    items = sorted(plan.items(meeting), key=lambda one: (one.position, one.id))
    return [one.title for one in items]


def row(plan: Planner, item: int) -> AgendaItem:
    plan.session.rollback()
    return plan.session.get_one(AgendaItem, item, populate_existing=True)


def public_box(page: str) -> str:
    """What stands in the preview."""
    found = re.search(r'<section class="pl-public".*?</section>', page, re.S)
    assert found is not None
    return found[0]


def test_item_10_stands_after_item_9_and_sub_items_under_their_item(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    fifth = [plan.item(meeting, f"Punkt {number}") for number in range(1, 11)][4]
    plan.item(meeting, "Konzept", parent=fifth)
    plan.item(meeting, SECRET, part=Part.NONPUBLIC)
    page = clerk.get(f"/sitzungen/{meeting}/tagesordnung")
    numbers = re.findall(r'sd-agenda__number">([^<]+)<', page.text)
    assert numbers[:12] == [
        "Ö 1", "Ö 2", "Ö 3", "Ö 4", "Ö 5", "Ö 5.1", "Ö 6", "Ö 7", "Ö 8", "Ö 9", "Ö 10", "N 1",
    ]  # fmt: skip
    assert faults_of(page) == []


def test_an_item_is_added_with_its_place(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    parent = plan.item(meeting, "Vorlagen")
    path = f"/sitzungen/{meeting}/tagesordnung"
    data = {"title": "Konzept", "part": "public", "parent_id": parent}
    assert clerk.submit(path, data).status_code == 303
    assert [one.parent_id for one in plan.items(meeting)] == [None, parent]


def test_an_empty_title_is_the_papers(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    step = plan.paper("2017/1", "Integrationskonzept")
    path = f"/sitzungen/{meeting}/tagesordnung"
    data = {"title": "", "part": "public", "parent_id": "", "consultation_ids": step}
    assert clerk.submit(path, data).status_code == 303
    assert titles(plan, meeting) == ["Integrationskonzept"]
    assert "2017/1" not in re.findall(r"<fieldset.*?</fieldset>", clerk.get(path).text, re.S)


def test_a_nonpublic_papers_title_never_slips_onto_a_public_item(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    step = plan.paper("2017/2", SECRET, public=False)
    path = f"/sitzungen/{meeting}/tagesordnung"
    data = {"title": "", "part": "public", "parent_id": "", "consultation_ids": step}
    refused = clerk.submit(path, data)
    assert refused.status_code == 422
    assert "Bitte geben Sie den Betreff ein" in error_at(refused, "title")
    assert plan.items(meeting) == []
    assert clerk.submit(path, data | {"part": "nonpublic"}).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Bitte geben Sie den Betreff ein"),
        ("title", "<b>😀</b>" * 500, "Höchstens 1.000 Zeichen"),
        ("part", "halb", "Bitte wählen Sie einen der Einträge"),
        ("parent_id", "12345", "Bitte wählen Sie einen der Einträge"),
        ("consultation_ids", "77", "Bitte wählen Sie nur aus den Einträgen"),
    ],
)
def test_mistakes_in_a_new_item_stand_at_their_field(
    clerk: OfficeClient, plan: Planner, field: str, value: str, words: str
) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Vorlagen")
    plan.paper("2017/1", "Konzept")
    data = {"title": "Behalten Sie mich", "part": "public", "parent_id": "", field: value}
    answer = clerk.submit(f"/sitzungen/{meeting}/tagesordnung", data)
    assert answer.status_code == 422
    assert words in error_at(answer, field)
    assert field == "title" or "Behalten Sie mich" in answer.text
    assert "<b>😀" not in answer.text


def test_a_nonpublic_item_is_not_put_under_a_public_one(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    parent = plan.item(meeting, "Vorlagen")
    data = {"title": SECRET, "part": "nonpublic", "parent_id": parent}
    answer = clerk.submit(f"/sitzungen/{meeting}/tagesordnung", data)
    assert "im selben Teil" in error_at(answer, "parent_id")


def test_a_whole_agenda_is_pasted(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    text = "1. Eröffnung\n2. Vorlagen\n   2.1 Konzept\n   2.2 Richtlinie\n3. Schluss"
    path = f"/sitzungen/{meeting}/tagesordnung"
    data = {"text-part": "public", "text-lines": text}
    assert clerk.submit(f"{path}/einfuegen", data, page=path).status_code == 303
    page = clerk.get(path).text
    numbers = re.findall(r'sd-agenda__number">([^<]+)<', page)
    assert numbers[:5] == ["Ö 1", "Ö 2", "Ö 2.1", "Ö 2.2", "Ö 3"]


def test_a_pasted_agenda_is_taken_whole_or_not_at_all(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    path = f"/sitzungen/{meeting}/tagesordnung"
    data = {"text-part": "public", "text-lines": "Eröffnung\n" + "x" * 1001}
    answer = clerk.submit(f"{path}/einfuegen", data, page=path)
    assert answer.status_code == 422
    assert "Höchstens 1.000 Zeichen" in error_at(answer, "text-lines")
    assert "Eröffnung" in answer.text
    assert plan.items(meeting) == []
    deep = {"text-part": "public", "text-lines": "A\n B\n  C\n   D"}
    answer = clerk.submit(f"{path}/einfuegen", deep, page=path)
    assert "Mehr als 3 Ebenen" in error_at(answer, "text-lines")


def test_items_move_up_and_down(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "A")
    second = plan.item(meeting, "B")
    path = f"/sitzungen/{meeting}/tagesordnung"
    answer = clerk.submit(f"/punkte/{second}/verschieben", {"direction": "up"}, page=path)
    assert answer.status_code == 303
    assert titles(plan, meeting) == ["B", "A"]
    clerk.submit(f"/punkte/{second}/verschieben", {"direction": "down"}, page=path)
    assert titles(plan, meeting) == ["A", "B"]
    nonsense = clerk.submit(f"/punkte/{second}/verschieben", {"direction": "weg"}, page=path)
    assert nonsense.status_code == 400


def test_a_removed_item_waits_to_be_put_back(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    parent = plan.item(meeting, "Vorlagen")
    plan.item(meeting, "Konzept", parent=parent)
    path = f"/sitzungen/{meeting}/tagesordnung"
    data = {"version": row(plan, parent).version}
    assert clerk.submit(f"/punkte/{parent}/entfernen", data, page=path).status_code == 303
    assert plan.items(meeting) == []
    page = clerk.get(path)
    assert page.text.count("Zurückholen") == 1
    assert clerk.submit(f"/punkte/{parent}/zurueckholen", page=path).status_code == 303
    assert len(plan.items(meeting)) == 2


def test_an_item_changed_meanwhile_is_not_removed(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    item = plan.item(meeting, "Konzept")
    path = f"/sitzungen/{meeting}/tagesordnung"
    answer = clerk.submit(f"/punkte/{item}/entfernen", {"version": 99}, page=path)
    assert answer.status_code == 409
    assert titles(plan, meeting) == ["Konzept"]


def statements(app: Flask, ask: Callable[[], TestResponse]) -> int:
    """How many statements a page asks the database."""
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert ask().status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def change(plan: Planner, item: int, **fields: object) -> dict[str, object]:
    found = row(plan, item)
    return {
        "version": found.version,
        "title": found.title,
        "part": found.part.value,
        "parent_id": "",
        "disclosure": found.disclosure.value,
        "public_title": found.public_title,
        **fields,
    }


def test_a_named_item_needs_words_for_the_public(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    item = plan.item(meeting, SECRET, part=Part.NONPUBLIC)
    path = f"/punkte/{item}"
    refused = clerk.submit(path, change(plan, item, disclosure="neutral"))
    assert refused.status_code == 422
    assert "Bitte geben Sie den öffentlichen Betreff an" in error_at(refused, "public_title")
    data = change(plan, item, disclosure="neutral", public_title="Grundstücksangelegenheit")
    assert clerk.submit(path, data).status_code == 303
    assert row(plan, item).disclosure is Disclosure.NEUTRAL


def test_the_preview_holds_what_the_public_will_read_and_no_more(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Eröffnung")
    plan.item(meeting, SECRET, part=Part.NONPUBLIC)
    plan.item(meeting, "Personalie Meier", part=Part.NONPUBLIC, neutral="Personalangelegenheit")
    box = public_box(clerk.get(f"/sitzungen/{meeting}/tagesordnung").text)
    assert "Eröffnung" in box
    assert "N 2" in box
    assert "Personalangelegenheit" in box
    assert "N 1" not in box
    assert SECRET not in box
    assert "Meier" not in box


def test_an_item_cannot_stand_under_itself(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    item = plan.item(meeting, "Vorlagen")
    under = plan.item(meeting, "Konzept", parent=item)
    page = clerk.get(f"/punkte/{item}").text
    assert f'<option value="{under}"' not in page
    assert f'<option value="{item}"' not in page


def test_a_stale_items_form_keeps_both_texts(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    item = plan.item(meeting, "Konzept")
    data = change(plan, item, title="Meine Fassung")
    facts = agenda.ItemFacts(title="Andere Fassung")
    version = row(plan, item).version
    agenda.edit_item(plan.session, plan.actor, item, version, facts, plan.now)
    answer = clerk.submit(f"/punkte/{item}", data)
    assert answer.status_code == 409
    assert "Meine Fassung" in answer.text
    assert "Andere Fassung" in answer.text


def test_after_the_summons_only_the_wording_changes(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    item = plan.item(meeting, "Konzpet")
    plan.summon(meeting)
    path = f"/sitzungen/{meeting}/tagesordnung"
    page = clerk.get(path)
    assert "Seit der Ladung stehen Punkte und Nummern fest" in text_of(page)
    assert "Entfernen" not in page.text
    assert 'name="part"' not in clerk.get(f"/punkte/{item}").text
    moved = clerk.submit(f"/punkte/{item}/verschieben", {"direction": "up"}, page=path)
    assert moved.status_code == 422
    assert "Seit der Ladung steht dieser Punkt fest" in text_of(moved)


def test_a_corrected_title_is_public_only_after_a_release_with_a_reason(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    item = plan.item(meeting, "Konzpet")
    plan.summon(meeting)
    path = f"/sitzungen/{meeting}/tagesordnung"
    assert "ältere Fassung" not in text_of(clerk.get(path))
    clerk.submit(f"/punkte/{item}", {"version": row(plan, item).version, "title": "Konzept"})
    told = text_of(clerk.get(path))
    assert "Ö 1: öffentlich »Konzpet«, künftig »Konzept«" in told
    assert "ältere Fassung" in text_of(clerk.get(f"/sitzungen/{meeting}"))
    refused = clerk.submit(f"{path}/veroeffentlichen", {"neu-reason": ""}, page=path)
    assert "Bitte geben Sie den Grund an" in error_at(refused, "neu-reason")
    done = clerk.submit(f"{path}/veroeffentlichen", {"neu-reason": "Schreibfehler"}, page=path)
    assert done.status_code == 303
    public = shown(plan.session, plan.row(meeting))
    assert public is not None
    assert [one.title for one in public.lines] == ["Konzept"]
    assert not public.behind


def test_nothing_is_released_anew_without_a_difference(clerk: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Konzept")
    plan.summon(meeting)
    path = f"/sitzungen/{meeting}/tagesordnung"
    answer = clerk.submit(f"{path}/veroeffentlichen", {"neu-reason": "Nur so"}, page=path)
    assert answer.status_code == 422
    assert "schon auf diesem Stand" in text_of(answer)


def test_a_nonpublic_title_is_no_difference_for_the_public(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    item = plan.item(meeting, SECRET, part=Part.NONPUBLIC, neutral="Grundstücksangelegenheit")
    plan.summon(meeting)
    data = change(plan, item, title=f"{SECRET} und Schmidt")
    assert clerk.submit(f"/punkte/{item}", data).status_code == 303
    assert "ältere Fassung" not in text_of(clerk.get(f"/sitzungen/{meeting}/tagesordnung"))


def test_hiding_a_named_item_afterwards_is_told_as_a_difference(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    item = plan.item(meeting, SECRET, part=Part.NONPUBLIC, neutral="Grundstücksangelegenheit")
    plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    clerk.submit(f"/punkte/{item}", change(plan, item, disclosure="hidden"))
    path = f"/sitzungen/{meeting}/tagesordnung"
    assert "»Grundstücksangelegenheit«, künftig nicht genannt" in text_of(clerk.get(path))
    release_agenda(plan.session, plan.actor, meeting, "Datenschutz", plan.now)
    assert "ältere Fassung" not in text_of(clerk.get(path))


@pytest.mark.parametrize("step", ["", "/verschieben", "/entfernen", "/zurueckholen"])
def test_another_bodys_item_is_unknown(stranger: OfficeClient, plan: Planner, step: str) -> None:
    item = plan.item(plan.meeting(), "Eröffnung")
    data = {"direction": "up", "version": 1}
    answer = stranger.submit(f"/punkte/{item}{step}", data, page="/konto")
    assert answer.status_code == 404


def test_members_do_not_change_items(member: OfficeClient, plan: Planner) -> None:
    meeting = plan.meeting()
    item = plan.item(meeting, "Eröffnung")
    plan.summon(meeting)
    assert member.get(f"/punkte/{item}").status_code == 404
    assert member.submit(f"/punkte/{item}/entfernen", page="/konto").status_code == 404


def test_the_pages_ask_the_database_as_often_for_40_items_as_for_4(
    clerk: OfficeClient, plan: Planner, office_app: Flask
) -> None:
    meeting = plan.meeting()
    counts = []
    for _ in range(2):
        for number in range(4 if not counts else 36):
            step = plan.paper(f"{len(counts)}/{number}", "Konzept")
            plan.item(meeting, "Konzept", steps=(step,))
        counts.append(
            [
                statements(office_app, lambda path=path: clerk.get(f"/sitzungen/{meeting}{path}"))
                for path in ("", "/tagesordnung", "/ladung")
            ]
        )
    assert counts[0] == counts[1]
    assert max(counts[1]) < 40


def test_a_withdrawn_meeting_is_announced_and_its_agenda_released_again(
    clerk: OfficeClient, plan: Planner
) -> None:
    meeting = plan.meeting()
    plan.item(meeting, "Konzept")
    plan.summon(meeting)
    withdraw_meeting(plan.session, plan.actor, meeting, "Versehen", plan.now)
    page = f"/sitzungen/{meeting}"
    assert "ist zurückgenommen" in text_of(clerk.get(page))
    data = {"version": plan.version(meeting)}
    assert clerk.submit(f"{page}/ankuendigen", data).status_code == 303
    path = f"{page}/tagesordnung"
    assert "Die Tagesordnung ist nicht öffentlich" in text_of(clerk.get(path))
    done = clerk.submit(f"{path}/veroeffentlichen", {"neu-reason": "Wieder da"}, page=path)
    assert done.status_code == 303
    assert "nicht öffentlich" not in text_of(clerk.get(path))
