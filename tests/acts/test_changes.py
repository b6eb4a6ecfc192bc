"""The room's own decisions: what they do to item, order, papers, parts, and how they go back."""

from datetime import timedelta

import pytest

from sitzungsdienst.acts import changes, room_items, undoing
from sitzungsdienst.acts.agenda_tree import present
from sitzungsdienst.acts.changes import ChangeFacts
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.room_items import AddedFacts
from sitzungsdienst.gate.agenda import agenda_rows, called_rows
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, ItemKind, Meeting
from sitzungsdienst.record.papers import Consultation, Paper
from sitzungsdienst.record.proceedings import Decision
from tests.support.builders import START, Builder, Chapter, planned_chapter


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    found = planned_chapter(build)
    build.summon(found.meeting)
    return found


def decide(build: Builder, item: int, kind: ChangeKind, **facts: object) -> int:
    whole = {"result_text": "einstimmig", **facts}
    wanted = ChangeFacts(kind=kind, **whole)  # type: ignore[arg-type]  # the test's own facts
    version = build.version(AgendaItem, item)
    return changes.decide_change(build.session, build.actor, item, version, wanted, build.now)


def undo(build: Builder, change: int) -> None:
    version = build.version(AgendaChange, change)
    undoing.undo_change(build.session, build.actor, change, version, build.now)


def add(build: Builder, meeting: int, **facts: object) -> int:
    whole = {"title": "Eilantrag", "yes": 5, "no": 0, "abstentions": 0, "urgent": True, **facts}
    wanted = AddedFacts(**whole)  # type: ignore[arg-type]  # the test's own facts
    return room_items.add_in_room(build.session, build.actor, meeting, wanted, build.now)


def row(build: Builder, item: int) -> AgendaItem:
    build.session.rollback()
    return build.session.get_one(AgendaItem, item)


def called(build: Builder, meeting: int) -> list[str]:
    build.session.rollback()
    rows = called_rows(build.session.get_one(Meeting, meeting).agenda)
    return [one.number for one in rows]


def decision_of(build: Builder, item: int) -> Decision | None:
    treatment = row(build, item).treatment
    return treatment.decision if treatment else None


def steps(build: Builder, paper: int) -> list[int | None]:
    build.session.rollback()
    return [one.agenda_item_id for one in build.session.get_one(Paper, paper).consultations]


@pytest.mark.parametrize(
    ("kind", "decision"),
    [
        (ChangeKind.WITHDRAWN, Decision.WITHDRAWN),
        (ChangeKind.ADJOURNED, Decision.ADJOURNED),
    ],
)
def test_taken_off_or_adjourned_the_item_ends_so_and_undone_it_is_open_again(
    build: Builder, chapter: Chapter, kind: ChangeKind, decision: Decision
) -> None:
    change = decide(build, chapter.opening, kind, yes=4, no=1, abstentions=0)
    assert decision_of(build, chapter.opening) is decision
    assert row(build, chapter.opening).number == "Ö 1"
    with pytest.raises(RuleBroken, match="schon entschieden"):
        decide(build, chapter.opening, ChangeKind.WITHDRAWN)
    undo(build, change)
    assert row(build, chapter.opening).treatment is None


def test_what_is_voted_on_is_not_taken_off_any_more(build: Builder, chapter: Chapter) -> None:
    build.present(chapter.meeting, *chapter.members)
    build.vote(chapter.matter, yes=5, no=0, abstentions=0, invalid=0)
    with pytest.raises(RuleBroken, match="schon entschieden"):
        decide(build, chapter.matter, ChangeKind.ADJOURNED)


def test_an_adjourned_paper_is_free_for_another_agenda_and_keeps_its_trace(
    build: Builder, chapter: Chapter
) -> None:
    change = decide(build, chapter.matter, ChangeKind.ADJOURNED)
    assert steps(build, chapter.paper) == [chapter.matter, None]
    undo(build, change)
    assert steps(build, chapter.paper) == [chapter.matter]


def test_adjourned_to_a_meeting_the_item_stands_on_its_agenda(
    build: Builder, chapter: Chapter
) -> None:
    target = build.meeting(chapter.committee, start=START + timedelta(days=30))
    change = decide(build, chapter.matter, ChangeKind.ADJOURNED, target_meeting_id=target)
    (there,) = build.session.get_one(Meeting, target).agenda
    assert (there.title, there.taken_over_from_id) == ("Richtlinie", chapter.matter)
    assert steps(build, chapter.paper) == [chapter.matter, there.id]
    undo(build, change)
    assert build.session.get_one(Meeting, target).agenda == ()
    assert steps(build, chapter.paper) == [chapter.matter]


def test_an_adjournment_stands_once_the_later_meeting_is_summoned(
    build: Builder, chapter: Chapter
) -> None:
    target = build.meeting(chapter.committee, start=START + timedelta(days=30))
    change = decide(build, chapter.matter, ChangeKind.ADJOURNED, target_meeting_id=target)
    build.summon(target)
    with pytest.raises(RuleBroken, match="schon geladen"):
        undo(build, change)
    assert decision_of(build, chapter.matter) is Decision.ADJOURNED


def test_an_item_is_adjourned_only_to_a_later_meeting_of_its_committee(
    build: Builder, chapter: Chapter
) -> None:
    other = build.meeting(build.organization(), start=START + timedelta(days=30))
    early = build.meeting(chapter.committee, start=START - timedelta(days=1))
    for target in (other, early, chapter.meeting):
        with pytest.raises(RuleBroken) as refused:
            decide(build, chapter.matter, ChangeKind.ADJOURNED, target_meeting_id=target)
        assert refused.value.field == "target_meeting_id"


def test_what_was_moved_behind_closed_doors_stays_there_when_adjourned(
    build: Builder, chapter: Chapter
) -> None:
    decide(build, chapter.matter, ChangeKind.TO_NONPUBLIC, reason="Personenbezug")
    target = build.meeting(chapter.committee, start=START + timedelta(days=30))
    decide(build, chapter.matter, ChangeKind.ADJOURNED, target_meeting_id=target)
    (there,) = build.session.get_one(Meeting, target).agenda
    assert (there.part, there.disclosure) == (Part.NONPUBLIC, Disclosure.HIDDEN)


def test_the_called_order_is_kept_beside_the_numbers(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    first, _, third = (build.item(meeting, title) for title in "abc")
    below = build.item(meeting, "d", parent_id=third)
    build.summon(meeting)
    change = decide(build, third, ChangeKind.TAKEN_EARLIER, other_item_id=first)
    assert called(build, meeting) == ["Ö 3", "Ö 3.1", "Ö 1", "Ö 2"]
    assert row(build, below).called_position == 2
    with pytest.raises(RuleBroken) as refused:
        decide(build, third, ChangeKind.TAKEN_EARLIER, other_item_id=first)
    assert refused.value.field == "other_item_id"
    undo(build, change)
    assert called(build, meeting) == ["Ö 1", "Ö 2", "Ö 3", "Ö 3.1"]
    assert row(build, third).called_position is None


def test_items_debated_together_are_called_together(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    first, second, third, fourth = (build.item(meeting, title) for title in "abcd")
    build.summon(meeting)
    decide(build, third, ChangeKind.TOGETHER, other_item_id=first)
    change = decide(build, fourth, ChangeKind.TOGETHER, other_item_id=first)
    assert called(build, meeting) == ["Ö 1", "Ö 3", "Ö 4", "Ö 2"]
    for item, other in ((second, third), (first, second), (third, second)):
        with pytest.raises(RuleBroken):
            decide(build, item, ChangeKind.TOGETHER, other_item_id=other)
    undo(build, change)
    assert called(build, meeting) == ["Ö 1", "Ö 3", "Ö 2", "Ö 4"]
    assert row(build, fourth).treated_with_id is None


def test_public_and_non_public_items_are_not_debated_together(
    build: Builder, chapter: Chapter
) -> None:
    with pytest.raises(RuleBroken, match="desselben Teils"):
        decide(build, chapter.secret, ChangeKind.TOGETHER, other_item_id=chapter.matter)


def test_an_item_moves_into_the_other_part_with_its_reason(
    build: Builder, chapter: Chapter
) -> None:
    with pytest.raises(RuleBroken) as refused:
        decide(build, chapter.matter, ChangeKind.TO_NONPUBLIC)
    assert refused.value.field == "reason"
    change = decide(build, chapter.matter, ChangeKind.TO_NONPUBLIC, reason="Personenbezug")
    found = row(build, chapter.matter)
    assert (found.part, found.actual_part) == (Part.PUBLIC, Part.NONPUBLIC)
    undo(build, change)
    assert row(build, chapter.matter).actual_part is Part.PUBLIC
    assert row(build, chapter.matter).treatment is None


def test_what_was_said_behind_closed_doors_never_becomes_public(
    build: Builder, chapter: Chapter
) -> None:
    change = decide(build, chapter.matter, ChangeKind.TO_NONPUBLIC, reason="Personenbezug")
    build.correct(chapter.matter, "Herr Meier ist krank.")
    with pytest.raises(RuleBroken, match="bleibt nichtöffentlich"):
        undo(build, change)
    build.treat(chapter.secret, "Herr Meier verlangt zu viel.")
    with pytest.raises(RuleBroken, match="bleibt nichtöffentlich"):
        decide(build, chapter.secret, ChangeKind.TO_PUBLIC)
    assert row(build, chapter.secret).actual_part is Part.NONPUBLIC


def test_a_non_public_item_is_opened_before_anything_is_said(
    build: Builder, chapter: Chapter
) -> None:
    change = decide(build, chapter.hidden, ChangeKind.TO_PUBLIC)
    assert row(build, chapter.hidden).actual_part is Part.PUBLIC
    found = Reader(build.session.connection()).listing(PublicAgendaItem)
    assert "Kündigung" not in str([one.living for one in found])
    undo(build, change)
    assert row(build, chapter.hidden).actual_part is Part.NONPUBLIC


def test_what_the_public_reads_already_is_not_closed_to_it(
    build: Builder, chapter: Chapter
) -> None:
    build.treat(chapter.matter)
    build.close(chapter.meeting)
    build.release_excerpts(chapter.meeting, chapter.matter)
    with pytest.raises(RuleBroken, match="schon veröffentlicht"):
        decide(build, chapter.matter, ChangeKind.TO_NONPUBLIC, reason="Zu spät")


def test_a_motion_needs_its_result_and_its_majority(build: Builder, chapter: Chapter) -> None:
    for facts, field in (
        ({"result_text": ""}, "result_text"),
        ({"yes": 3}, "yes"),
        ({"yes": 2, "no": 2, "abstentions": 1}, "yes"),
        ({"yes": -1, "no": 0, "abstentions": 0}, "yes"),
    ):
        with pytest.raises(RuleBroken) as refused:
            decide(build, chapter.opening, ChangeKind.WITHDRAWN, **facts)
        assert refused.value.field == field


def test_on_headings_nothing_is_said_or_decided(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    heading = build.item(meeting, "Vorlagen", kind=ItemKind.HEADING)
    build.summon(meeting)
    for step in (
        lambda: decide(build, heading, ChangeKind.WITHDRAWN),
        lambda: build.treat(heading),
        lambda: build.vote(heading, yes=1, no=0, abstentions=0, invalid=0),
    ):
        with pytest.raises(RuleBroken, match="Überschrift"):
            step()


def test_a_stale_form_and_a_foreign_item_decide_nothing(build: Builder, chapter: Chapter) -> None:
    version = build.version(AgendaItem, chapter.opening)
    facts = ChangeFacts(kind=ChangeKind.WITHDRAWN, result_text="einstimmig")
    with pytest.raises(Stale):
        changes.decide_change(
            build.session, build.actor, chapter.opening, version - 1, facts, build.now
        )
    elsewhere = build.item(build.meeting(build.organization()))
    with pytest.raises(Unknown):
        decide(build, chapter.opening, ChangeKind.TOGETHER, other_item_id=elsewhere)


def test_every_decision_makes_a_second_tab_stale(build: Builder, chapter: Chapter) -> None:
    version = build.version(AgendaItem, chapter.matter)
    decide(build, chapter.matter, ChangeKind.TAKEN_EARLIER, other_item_id=chapter.opening)
    facts = ChangeFacts(kind=ChangeKind.WITHDRAWN, result_text="einstimmig")
    with pytest.raises(Stale):
        changes.decide_change(build.session, build.actor, chapter.matter, version, facts, build.now)


def test_after_the_signing_nothing_is_decided_or_undone(build: Builder, chapter: Chapter) -> None:
    change = decide(build, chapter.opening, ChangeKind.WITHDRAWN)
    build.close(chapter.meeting)
    build.sign(chapter.meeting)
    with pytest.raises(RuleBroken, match="unterzeichnet"):
        undo(build, change)
    with pytest.raises(RuleBroken, match="unterzeichnet"):
        decide(build, chapter.matter, ChangeKind.WITHDRAWN)


def test_an_urgent_item_gets_the_next_number_and_is_not_public_by_it(
    build: Builder, chapter: Chapter
) -> None:
    build.item(chapter.meeting, "wartet auf den Nachtrag")
    item = add(build, chapter.meeting)
    assert row(build, item).number == "Ö 3"
    assert called(build, chapter.meeting) == ["Ö 1", "Ö 2", "Ö 3", "N 1", "N 2"]
    whole = agenda_rows(present(build.session.get_one(Meeting, chapter.meeting)))
    assert [one.number for one in whole] == ["Ö 1", "Ö 2", "Ö 3", "Ö 4", "N 1", "N 2"]
    found = Reader(build.session.connection()).listing(PublicAgendaItem)
    assert {one.living.number for one in found} == {"Ö 1", "Ö 2", "N 1"}
    (change,) = build.session.get_one(Meeting, chapter.meeting).changes
    assert (change.kind, change.yes) == (ChangeKind.ADDED, 5)


def test_an_item_taken_up_by_mistake_goes_again_and_leaves_no_gap(
    build: Builder, chapter: Chapter
) -> None:
    add(build, chapter.meeting)
    (change,) = build.session.get_one(Meeting, chapter.meeting).changes
    undo(build, change.id)
    assert called(build, chapter.meeting) == ["Ö 1", "Ö 2", "N 1", "N 2"]
    again = add(build, chapter.meeting)
    assert row(build, again).number == "Ö 3"
    build.treat(again)
    (change,) = build.session.get_one(Meeting, chapter.meeting).changes
    with pytest.raises(RuleBroken, match="schon etwas erfasst"):
        undo(build, change.id)


def test_the_law_warns_of_an_item_that_is_not_urgent(build: Builder, chapter: Chapter) -> None:
    with pytest.raises(RuleBroken) as refused:
        add(build, chapter.meeting, urgent=False)
    assert refused.value.field == "acknowledged"
    assert "§ 53 KVG LSA" in refused.value.norm
    add(build, chapter.meeting, urgent=False, acknowledged=True)
    add(build, chapter.meeting, urgent=False, all_present=True)


def test_decisions_come_in_order_whatever_was_entered_first(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    first, second, third = (build.item(meeting, title) for title in "abc")
    build.summon(meeting)
    late, early = START + timedelta(minutes=20), START + timedelta(minutes=5)
    decide(build, third, ChangeKind.TAKEN_EARLIER, other_item_id=first, decided_at=late)
    decide(build, second, ChangeKind.TAKEN_EARLIER, other_item_id=first, decided_at=early)
    assert called(build, meeting) == ["Ö 2", "Ö 3", "Ö 1"]


def test_a_step_made_by_hand_is_used_and_stays(build: Builder, chapter: Chapter) -> None:
    own = build.step(chapter.paper, chapter.committee)
    build.now += timedelta(minutes=1)
    change = decide(build, chapter.matter, ChangeKind.ADJOURNED)
    assert steps(build, chapter.paper) == [chapter.matter, None]
    undo(build, change)
    assert build.session.get(Consultation, own) is not None
