"""The agenda: a tree whose numbers follow its order and freeze with the summons."""

from datetime import timedelta

import pytest

from sitzungsdienst.acts import agenda, meetings, releases
from sitzungsdienst.acts.agenda import Direction, ItemFacts, Line, Place
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, ItemKind, Meeting
from sitzungsdienst.record.papers import Consultation
from tests.support.builders import Builder, held_chapter


@pytest.fixture
def meeting(build: Builder) -> int:
    return build.meeting(build.organization())


def told(build: Builder, meeting: int) -> list[str]:
    """The agenda as read: number and title, in order."""
    build.session.rollback()
    rows = agenda_rows(build.session.get_one(Meeting, meeting).agenda)
    return [f"{row.number} {row.item.title}" for row in rows]


def edit(build: Builder, item: int, **facts: object) -> None:
    row = build.session.get_one(AgendaItem, item)
    whole = {"title": row.title, "part": row.part, "parent_id": row.parent_id} | facts
    version = build.version(AgendaItem, item)
    agenda.edit_item(
        build.session, build.actor, item, version, ItemFacts(**whole), build.now  # type: ignore[arg-type]  # the test's own facts
    )  # fmt: skip


def remove(build: Builder, item: int) -> None:
    version = build.version(AgendaItem, item)
    agenda.remove_item(build.session, build.actor, item, version, build.now)


def restore(build: Builder, item: int) -> None:
    agenda.restore_item(build.session, build.actor, item, build.now)


def move(build: Builder, item: int, direction: Direction) -> None:
    agenda.move_item(build.session, build.actor, item, direction, build.now)


def test_item_ten_stands_after_item_nine(build: Builder, meeting: int) -> None:
    for number in range(1, 12):
        build.item(meeting, str(number))
    assert told(build, meeting) == [f"Ö {number} {number}" for number in range(1, 12)]


def test_sub_items_stand_under_their_item_and_parts_count_for_themselves(
    build: Builder, meeting: int
) -> None:
    build.secret_item(meeting, "Geheim")
    first = build.item(meeting, "Erster")
    build.item(meeting, "Zweiter")
    second = build.item(meeting, "Unterpunkt", parent_id=first)
    build.item(meeting, "Dritte Ebene", parent_id=second)
    assert told(build, meeting) == [
        "Ö 1 Erster", "Ö 1.1 Unterpunkt", "Ö 1.1.1 Dritte Ebene", "Ö 2 Zweiter", "N 1 Geheim"
    ]  # fmt: skip


def test_items_swap_with_their_neighbour_and_stay_at_the_edge(build: Builder, meeting: int) -> None:
    first, second, _ = (build.item(meeting, title) for title in "abc")
    move(build, first, Direction.DOWN)
    assert told(build, meeting) == ["Ö 1 b", "Ö 2 a", "Ö 3 c"]
    move(build, second, Direction.UP)
    assert told(build, meeting) == ["Ö 1 b", "Ö 2 a", "Ö 3 c"]
    move(build, first, Direction.UP)
    assert told(build, meeting) == ["Ö 1 a", "Ö 2 b", "Ö 3 c"]


def test_an_item_moves_past_one_that_was_taken_off(build: Builder, meeting: int) -> None:
    first, second, _ = (build.item(meeting, title) for title in "abc")
    remove(build, second)
    move(build, first, Direction.DOWN)
    assert told(build, meeting) == ["Ö 1 c", "Ö 2 a"]


def test_a_parent_must_stand_in_the_same_part_of_the_same_meeting(
    build: Builder, meeting: int
) -> None:
    secret = build.secret_item(meeting, "Geheim")
    elsewhere = build.item(build.meeting(build.organization()))
    for parent in (secret, elsewhere, 999_999):
        with pytest.raises(RuleBroken) as refused:
            build.item(meeting, "Kind", parent_id=parent)
        assert refused.value.field == "parent_id"


def test_more_than_three_levels_are_refused(build: Builder, meeting: int) -> None:
    above = None
    for _ in range(3):
        above = build.item(meeting, parent_id=above)
    with pytest.raises(RuleBroken, match="Mehr als 3 Ebenen"):
        build.item(meeting, parent_id=above)


def test_an_item_with_sub_items_does_not_sink_below_the_third_level(
    build: Builder, meeting: int
) -> None:
    top = build.item(meeting, "a")
    deep = build.item(meeting, "b", parent_id=top)
    other = build.item(meeting, "c")
    child = build.item(meeting, "d", parent_id=other)
    for gone in (False, True):
        if gone:
            remove(build, child)
        with pytest.raises(RuleBroken, match="Mehr als 3 Ebenen"):
            edit(build, other, parent_id=deep)
    edit(build, other, parent_id=top)
    assert told(build, meeting) == ["Ö 1 a", "Ö 1.1 b", "Ö 1.2 c"]


def test_an_item_does_not_stand_under_itself(build: Builder, meeting: int) -> None:
    top = build.item(meeting)
    below = build.item(meeting, parent_id=top)
    for parent in (top, below):
        with pytest.raises(RuleBroken, match="unter sich selbst"):
            edit(build, top, parent_id=parent)


def test_an_item_with_sub_items_keeps_its_part(build: Builder, meeting: int) -> None:
    top = build.item(meeting)
    build.item(meeting, parent_id=top)
    with pytest.raises(RuleBroken, match="zuerst die Unterpunkte"):
        edit(build, top, part=Part.NONPUBLIC)


def test_an_item_that_changes_its_part_goes_to_the_end_of_the_other(
    build: Builder, meeting: int
) -> None:
    build.secret_item(meeting, "x")
    first = build.item(meeting, "a")
    build.item(meeting, "b")
    edit(build, first, part=Part.NONPUBLIC)
    assert told(build, meeting) == ["Ö 1 b", "N 1 x", "N 2 a"]


def test_a_neutral_item_needs_its_public_title(build: Builder, meeting: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        build.item(meeting, "Geheim", part=Part.NONPUBLIC, disclosure=Disclosure.NEUTRAL)
    assert refused.value.field == "public_title"


def test_a_sub_item_is_named_to_the_public_only_under_one_that_is(
    build: Builder, meeting: int
) -> None:
    told = {"part": Part.NONPUBLIC, "public_title": "Vertrag", "disclosure": Disclosure.NEUTRAL}
    hidden = build.secret_item(meeting, "Geheim")
    with pytest.raises(RuleBroken, match="übergeordnete") as refused:
        build.item(meeting, "Kauf", parent_id=hidden, **told)
    assert refused.value.field == "public_title"
    below = build.item(meeting, "Kauf", part=Part.NONPUBLIC, parent_id=hidden)
    with pytest.raises(RuleBroken, match="übergeordnete"):
        edit(build, below, **told)
    beside = build.item(meeting, "Pacht", **told)
    with pytest.raises(RuleBroken, match="übergeordnete") as refused:
        place(build, beside, Place(part=Part.NONPUBLIC, parent_id=hidden, after_id=below))
    assert refused.value.field == "place"
    edit(build, hidden, **told)
    edit(build, below, **told)
    with pytest.raises(RuleBroken, match="Unterpunkte") as refused:
        edit(build, hidden, disclosure=Disclosure.HIDDEN)
    assert refused.value.field == "disclosure"


def test_a_closed_item_keeps_the_papers_with_which_the_public_reads_it(build: Builder) -> None:
    chapter = held_chapter(build)
    with pytest.raises(RuleBroken, match="Ziehen Sie zuerst die Vorlage") as refused:
        edit(build, chapter.matter)
    assert refused.value.field == "consultation_ids"
    edit(build, chapter.secret, title="Kauf")
    releases.withdraw_paper(build.session, build.actor, chapter.paper, "Irrtum", build.now)
    edit(build, chapter.matter)
    assert build.session.get_one(AgendaItem, chapter.matter).consultations == []


def test_a_public_item_has_no_second_title(build: Builder, meeting: int) -> None:
    item = build.item(meeting, public_title="Anderes", disclosure=Disclosure.NEUTRAL)
    row = build.session.get_one(AgendaItem, item)
    assert (row.public_title, row.disclosure) == ("", Disclosure.HIDDEN)


def test_sub_items_go_and_come_back_with_their_item(build: Builder, meeting: int) -> None:
    top = build.item(meeting, "a")
    build.item(meeting, "b", parent_id=top)
    build.item(meeting, "c")
    remove(build, top)
    assert told(build, meeting) == ["Ö 1 c"]
    restore(build, top)
    assert told(build, meeting) == ["Ö 1 a", "Ö 1.1 b", "Ö 2 c"]


def test_a_sub_item_taken_off_before_does_not_come_back_with_its_item(
    build: Builder, meeting: int
) -> None:
    top = build.item(meeting, "a")
    early = build.item(meeting, "b", parent_id=top)
    build.item(meeting, "c", parent_id=top)
    remove(build, early)
    build.now += timedelta(minutes=5)
    remove(build, top)
    restore(build, top)
    assert told(build, meeting) == ["Ö 1 a", "Ö 1.1 c"]


def test_a_sub_item_waits_for_its_item(build: Builder, meeting: int) -> None:
    top = build.item(meeting)
    below = build.item(meeting, parent_id=top)
    remove(build, top)
    with pytest.raises(RuleBroken, match="übergeordneten Punkt"):
        restore(build, below)


def test_an_item_taken_off_is_neither_changed_nor_moved_nor_taken_off_again(
    build: Builder, meeting: int
) -> None:
    item = build.item(meeting)
    remove(build, item)
    for step in (
        lambda: edit(build, item, title="Neu"),
        lambda: move(build, item, Direction.UP),
        lambda: remove(build, item),
    ):
        with pytest.raises(RuleBroken, match="nicht mehr auf der Tagesordnung"):
            step()


def test_an_item_taken_off_gives_its_paper_free(build: Builder) -> None:
    committee = build.organization()
    meeting = build.meeting(committee)
    step = build.step(build.paper(), committee)
    item = build.item(meeting, consultation_ids=(step,))
    with pytest.raises(RuleBroken, match="schon auf einer Tagesordnung"):
        build.item(meeting, consultation_ids=(step,))
    remove(build, item)
    build.item(build.meeting(committee), consultation_ids=(step,))
    assert build.session.get_one(Consultation, step).agenda_item_id != item


def test_a_paper_for_another_committee_is_refused(build: Builder, meeting: int) -> None:
    step = build.step(build.paper(), build.organization())
    with pytest.raises(RuleBroken) as refused:
        build.item(meeting, consultation_ids=(step,))
    assert refused.value.field == "consultation_ids"


def test_after_the_summons_the_agenda_stands_but_for_its_wording(
    build: Builder, meeting: int
) -> None:
    first, second = (build.item(meeting, title) for title in "ab")
    build.summon(meeting)
    for step in (
        lambda: move(build, first, Direction.DOWN),
        lambda: remove(build, first),
        lambda: place(build, first, Place(part=Part.PUBLIC, after_id=second)),
        lambda: edit(build, second, parent_id=first),
        lambda: edit(build, second, kind=ItemKind.HEADING),
        lambda: edit(build, second, part=Part.NONPUBLIC),
    ):
        with pytest.raises(RuleBroken, match="Seit der Ladung"):
            step()
    edit(build, second, title="neu")
    assert told(build, meeting) == ["Ö 1 a", "Ö 2 neu"]


def test_a_closed_meetings_agenda_grows_no_more(build: Builder, meeting: int) -> None:
    build.item(meeting)
    build.summon(meeting)
    gone = build.item(meeting)
    remove(build, gone)
    build.close(meeting)
    for step in (
        lambda: build.item(meeting),
        lambda: agenda.add_items(
            build.session, build.actor, meeting, Part.PUBLIC, (Line("x"),), build.now
        ),
        lambda: restore(build, gone),
    ):
        with pytest.raises(RuleBroken, match="geschlossen"):
            step()


def place(build: Builder, item: int, where: Place) -> None:
    version = build.version(AgendaItem, item)
    agenda.place_item(build.session, build.actor, item, version, where, build.now)


def test_an_item_goes_to_any_place_with_its_sub_items(build: Builder, meeting: int) -> None:
    first, second, third = (build.item(meeting, title) for title in "abc")
    build.item(meeting, "d", parent_id=third)
    place(build, third, Place(part=Part.PUBLIC))
    assert told(build, meeting) == ["Ö 1 c", "Ö 1.1 d", "Ö 2 a", "Ö 3 b"]
    place(build, third, Place(part=Part.PUBLIC, after_id=first))
    assert told(build, meeting) == ["Ö 1 a", "Ö 2 c", "Ö 2.1 d", "Ö 3 b"]
    place(build, third, Place(part=Part.PUBLIC, parent_id=second))
    assert told(build, meeting) == ["Ö 1 a", "Ö 2 b", "Ö 2.1 c", "Ö 2.1.1 d"]


def test_an_item_that_goes_to_the_other_part_is_named_to_nobody(
    build: Builder, meeting: int
) -> None:
    first, second = (build.item(meeting, title) for title in "ab")
    build.item(meeting, "c", parent_id=second)
    build.secret_item(meeting, "x")
    place(build, first, Place(part=Part.NONPUBLIC))
    assert told(build, meeting) == ["Ö 1 b", "Ö 1.1 c", "N 1 a", "N 2 x"]
    assert build.session.get_one(AgendaItem, first).disclosure is Disclosure.HIDDEN
    with pytest.raises(RuleBroken, match="zuerst die Unterpunkte"):
        place(build, second, Place(part=Part.NONPUBLIC))


def test_a_place_must_exist(build: Builder, meeting: int) -> None:
    first, second = (build.item(meeting, title) for title in "ab")
    secret = build.secret_item(meeting, "x")
    below = build.item(meeting, "c", parent_id=first)
    for where in (
        Place(part=Part.PUBLIC, after_id=secret),
        Place(part=Part.PUBLIC, after_id=below),
        Place(part=Part.PUBLIC, after_id=second, parent_id=first),
        Place(part=Part.PUBLIC, parent_id=secret),
        Place(part=Part.PUBLIC, parent_id=below, after_id=None),
    ):
        with pytest.raises(RuleBroken):
            place(build, first, where)
    assert told(build, meeting) == ["Ö 1 a", "Ö 1.1 c", "Ö 2 b", "N 1 x"]


def test_a_heading_is_numbered_and_has_no_paper(build: Builder) -> None:
    committee = build.organization()
    meeting = build.meeting(committee)
    heading = build.item(meeting, "Vorlagen", kind=ItemKind.HEADING)
    build.item(meeting, "Richtlinie", parent_id=heading)
    assert told(build, meeting) == ["Ö 1 Vorlagen", "Ö 1.1 Richtlinie"]
    step = build.step(build.paper(), committee)
    with pytest.raises(RuleBroken) as refused:
        edit(build, heading, kind=ItemKind.HEADING, consultation_ids=(step,))
    assert refused.value.field == "consultation_ids"


def test_the_last_item_of_a_committee_stays(build: Builder) -> None:
    leading, other = build.organization(), build.organization()
    meeting = build.meeting(leading, other)
    item = build.item(meeting)
    version = build.version(Meeting, meeting)
    meetings.set_participation(
        build.session, build.actor, meeting, version, ((other, item),), build.now
    )
    with pytest.raises(RuleBroken, match="nimmt ein Gremium"):
        remove(build, item)


def test_a_stale_form_changes_nothing(build: Builder, meeting: int) -> None:
    item = build.item(meeting, "a")
    version = build.version(AgendaItem, item)
    edit(build, item, title="b")
    facts = ItemFacts(title="c")
    with pytest.raises(Stale):
        agenda.edit_item(build.session, build.actor, item, version, facts, build.now)
    with pytest.raises(Stale):
        agenda.remove_item(build.session, build.actor, item, version, build.now)
    assert told(build, meeting) == ["Ö 1 b"]


def test_many_lines_are_entered_all_or_none(build: Builder, meeting: int) -> None:
    lines = (Line("a"), Line("b", 1), Line("c", 2), Line("d", 1), Line("e"))
    agenda.add_items(build.session, build.actor, meeting, Part.PUBLIC, lines, build.now)
    whole = ["Ö 1 a", "Ö 1.1 b", "Ö 1.1.1 c", "Ö 1.2 d", "Ö 2 e"]
    assert told(build, meeting) == whole
    for bad in (
        (Line("x"), Line(" ")),
        (Line("x"), Line("y", 1), Line("z", 2), Line("zu tief", 3)),
        (),
        (Line("x"),) * (agenda.MAX_LINES + 1),
    ):
        with pytest.raises(RuleBroken) as refused:
            agenda.add_items(build.session, build.actor, meeting, Part.PUBLIC, bad, build.now)
        assert refused.value.field == "lines"
    assert told(build, meeting) == whole
