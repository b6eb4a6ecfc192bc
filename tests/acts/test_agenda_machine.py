"""Whatever clerks do to an agenda in whatever order: it stays a whole, numbered tree."""

import itertools
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from sitzungsdienst.acts import agenda
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.agenda import MAX_LEVELS, Direction, ItemFacts, Line, Place
from sitzungsdienst.acts.agenda_tree import present
from sitzungsdienst.acts.changes import ChangeFacts, decide_change
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.room_items import AddedFacts, add_in_room
from sitzungsdienst.acts.supplements import SupplementFacts, issue_supplement
from sitzungsdienst.acts.undoing import undo_change
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows, called_rows
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.changes import ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, ItemKind, Meeting, MeetingState
from tests.support.builders import Builder, Session, record_engine
from tests.support.cast import add_cast

PARTS = st.sampled_from(list(Part))
PLACE = st.integers(0, 30)


class AgendaMachine(RuleBasedStateMachine):
    """A clerk at work on one agenda; refused acts are part of the day."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.door = record_engine(f"sqlite:///{Path(self.folder.name) / 'a.sqlite'}")
        self.session = Session(self.door.__enter__())
        cast = add_cast(self.session)
        self.build = Builder(self.session, Actor.system(cast.boerde))
        self.meeting = self.build.meeting(cast.committee)
        self.frozen: dict[int, str] = {}

    @initialize(summoned=st.booleans())
    def begin(self, summoned: bool) -> None:
        """Half the days begin with an agenda that was summoned to already."""
        if summoned:
            for part, levels in ((Part.PUBLIC, (0, 1, 0)), (Part.NONPUBLIC, (0,))):
                lines = tuple(Line("Zeile", level) for level in levels)
                args = (self.session, self.build.actor, self.meeting, part, lines, self.build.now)
                agenda.add_items(*args)
            self.summon()

    def teardown(self) -> None:
        self.session.close()
        self.door.__exit__(None, None, None)
        self.folder.cleanup()

    def row(self) -> Meeting:
        self.session.rollback()
        return self.session.get_one(Meeting, self.meeting)

    def pick(self, place: int) -> AgendaItem | None:
        """Some item, standing or taken off."""
        items = self.row().items
        return items[place % len(items)] if items else None

    def rows(self) -> tuple[AgendaRow, ...]:
        return agenda_rows(self.row().agenda)

    def facts(self, part: Part, place: int, *, nested: bool) -> ItemFacts:
        parent = self.pick(place) if nested else None
        return ItemFacts(title="Punkt", part=part, parent_id=parent.id if parent else None)

    @rule(part=PARTS, place=PLACE, nested=st.booleans())
    def add(self, part: Part, place: int, nested: bool) -> None:
        facts = self.facts(part, place, nested=nested)
        args = (self.session, self.build.actor, self.meeting, facts, self.build.now)
        self.allow_refusal(lambda: agenda.add_item(*args))

    @rule(part=PARTS, levels=st.lists(st.integers(0, 3), max_size=4))
    def add_lines(self, part: Part, levels: list[int]) -> None:
        lines = tuple(Line("Zeile", level) for level in levels)
        args = (self.session, self.build.actor, self.meeting, part, lines, self.build.now)
        self.allow_refusal(lambda: agenda.add_items(*args))

    @rule(place=PLACE, part=PARTS, other=PLACE, nested=st.booleans())
    def edit(self, place: int, part: Part, other: int, nested: bool) -> None:
        facts = self.facts(part, other, nested=nested)
        item = self.pick(place)
        if item:
            args = (self.session, self.build.actor, item.id, item.version, facts, self.build.now)
            self.allow_refusal(lambda: agenda.edit_item(*args))

    @rule(place=PLACE, direction=st.sampled_from(list(Direction)))
    def move(self, place: int, direction: Direction) -> None:
        item = self.pick(place)
        if item:
            args = (self.session, self.build.actor, item.id, direction, self.build.now)
            self.allow_refusal(lambda: agenda.move_item(*args))

    @rule(place=PLACE)
    def remove(self, place: int) -> None:
        item = self.pick(place)
        if item:
            args = (self.session, self.build.actor, item.id, item.version, self.build.now)
            self.allow_refusal(lambda: agenda.remove_item(*args))

    @rule(place=PLACE)
    def restore(self, place: int) -> None:
        item = self.pick(place)
        if item:
            args = (self.session, self.build.actor, item.id, self.build.now)
            self.allow_refusal(lambda: agenda.restore_item(*args))

    @rule(place=PLACE, part=PARTS, parent=PLACE, after=PLACE, first=st.booleans())
    def place(self, place: int, part: Part, parent: int, after: int, first: bool) -> None:
        """Any place, sound or not: below some item, behind some item or first."""
        item, above, before = self.pick(place), self.pick(parent), self.pick(after)
        if not item or not above or not before:
            return
        where = Place(
            part=part,
            parent_id=above.id if parent % 2 else before.parent_id,
            after_id=None if first else before.id,
        )
        args = (self.session, self.build.actor, item.id, item.version, where, self.build.now)
        self.allow_refusal(lambda: agenda.place_item(*args))

    @rule(part=PARTS, place=PLACE, nested=st.booleans())
    def add_heading(self, part: Part, place: int, nested: bool) -> None:
        facts = replace(self.facts(part, place, nested=nested), kind=ItemKind.HEADING)
        args = (self.session, self.build.actor, self.meeting, facts, self.build.now)
        self.allow_refusal(lambda: agenda.add_item(*args))

    @precondition(lambda self: not self.frozen)
    @rule()
    def summon_now(self) -> None:
        self.summon()

    def summon(self) -> None:
        if len(self.rows()) > 2:
            self.build.summon(self.meeting)
            self.freeze()
            assert self.row().state is MeetingState.SUMMONED

    @precondition(lambda self: self.frozen)
    @rule()
    def supplement(self) -> None:
        """Everything that waits is brought by it, and nothing else changes its number."""
        waiting = {one.id for one in self.row().drafts}
        facts = SupplementFacts(acknowledged=True)
        args = (self.session, self.build.actor, self.meeting)
        version = self.build.version(Meeting, self.meeting)
        self.allow_refusal(lambda: issue_supplement(*args, version, facts, self.build.now))
        assert not self.row().drafts
        assert {one.item.id for one in self.rows()} == set(self.frozen) | waiting
        self.freeze()

    @precondition(lambda self: self.frozen)
    @rule(part=PARTS, place=PLACE, nested=st.booleans())
    def take_up(self, part: Part, place: int, nested: bool) -> None:
        """An urgency motion is carried in the room."""
        parent = self.pick(place) if nested else None
        facts = AddedFacts(
            title="Eilantrag",
            part=part,
            parent_id=parent.id if parent else None,
            result_text="einstimmig",
            urgent=True,
            acknowledged=True,
        )
        args = (self.session, self.build.actor, self.meeting, facts, self.build.now)
        self.allow_refusal(lambda: add_in_room(*args))
        self.freeze()

    @precondition(lambda self: self.frozen)
    @rule(kind=st.sampled_from(list(ChangeKind)), place=PLACE, other=PLACE)
    def decide(self, kind: ChangeKind, place: int, other: int) -> None:
        item, beside = self.pick(place), self.pick(other)
        if item and beside:
            facts = ChangeFacts(
                kind=kind, reason="Grund", result_text="einstimmig", other_item_id=beside.id
            )
            args = (self.session, self.build.actor, item.id, item.version, facts, self.build.now)
            self.allow_refusal(lambda: decide_change(*args))

    @precondition(lambda self: self.frozen)
    @rule(place=PLACE)
    def undo(self, place: int) -> None:
        changes = self.row().changes
        if changes:
            row = changes[place % len(changes)]
            args = (self.session, self.build.actor, row.id, row.version, self.build.now)
            self.allow_refusal(lambda: undo_change(*args))
            # Only what the room itself had taken up, and nothing was done with, may go again.
            gone = set(self.frozen) - {one.item.id for one in self.rows()}
            assert all(self.frozen.pop(one) for one in gone)

    def freeze(self) -> None:
        """Remember the numbers that stand; what stood before must stand as it did."""
        standing = {one.item.id: one.number for one in self.rows()}
        assert self.frozen.items() <= standing.items()
        self.frozen = standing

    @staticmethod
    def allow_refusal(step: object) -> None:
        try:
            step()  # type: ignore[operator]  # one of the acts above
        except Unknown:
            pass  # an item taken off, offered as the other one of a decision
        except RuleBroken as refused:
            assert refused.message  # noqa: PT017 - refused or done: both may be

    @invariant()
    def every_item_stands_once_with_a_number_of_its_own(self) -> None:
        rows = self.rows()
        assert {one.item.id for one in rows} == {one.id for one in self.row().agenda}
        numbers = [one.number for one in rows]
        assert len(numbers) == len(set(numbers)) == len(self.row().agenda)

    @invariant()
    def the_order_is_that_of_the_numbers(self) -> None:
        keys = [
            (one.number[0] == "N", [int(part) for part in one.number[2:].split(".")])
            for one in self.rows()
        ]
        assert keys == sorted(keys)

    @invariant()
    def children_stand_below_parents_that_stand_in_the_same_part(self) -> None:
        standing = {one.item.id: one for one in self.rows()}
        for one in standing.values():
            assert one.level < MAX_LEVELS
            if one.item.parent_id is not None:
                parent = standing[one.item.parent_id]
                assert (parent.level, parent.item.part) == (one.level - 1, one.item.part)
                assert one.number.startswith(f"{parent.number}.")

    @invariant()
    def siblings_count_without_gaps(self) -> None:
        groups = itertools.groupby(
            sorted(self.rows(), key=lambda one: (one.item.part, one.item.parent_id or 0)),
            key=lambda one: (one.item.part, one.item.parent_id),
        )
        for _, rows in groups:
            last = sorted(int(one.number.replace(" ", ".").split(".")[-1]) for one in rows)
            assert last == list(range(1, len(last) + 1))

    @invariant()
    def what_waits_stands_behind_and_would_get_the_next_numbers(self) -> None:
        rows = agenda_rows(present(self.row()))
        numbers = [one.number for one in rows]
        assert len(numbers) == len(set(numbers))
        groups: dict[tuple[Part, int | None], list[bool]] = {}
        for one in rows:
            waits = not one.item.standing
            groups.setdefault((one.item.part, one.item.parent_id), []).append(waits)
        assert all(one == sorted(one) for one in groups.values())

    @invariant()
    def every_item_is_called_once(self) -> None:
        rows = self.rows()
        assert {one.item.id for one in called_rows(self.row().agenda)} == {
            one.item.id for one in rows
        }
        places = [one.item.called_position for one in rows]
        assert not any(places) or sorted(places) == list(range(1, len(rows) + 1))  # type: ignore[type-var]  # all set

    @invariant()
    def nothing_treated_behind_closed_doors_is_open(self) -> None:
        for one in self.row().agenda:
            if one.treatment and one.treatment.treated_part:
                assert one.treatment.treated_part is not one.part

    @invariant()
    def frozen_numbers_stay(self) -> None:
        standing = {one.item.id: one.number for one in self.rows()}
        assert self.frozen.items() <= standing.items()
        if self.frozen:
            assert standing == self.frozen


AgendaMachine.TestCase.settings = settings(
    max_examples=16,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestAgenda = AgendaMachine.TestCase
