"""Agenda numbers: unique, in the order of integers, each part of the meeting for itself."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitzungsdienst.law.numbering import (
    AgendaTreeError,
    DuplicateNodeError,
    Node,
    ParentCycleError,
    PartMismatchError,
    UnknownParentError,
    number_agenda,
    reading_order,
)
from sitzungsdienst.law.values import Part

PUBLIC, NONPUBLIC = Part.PUBLIC, Part.NONPUBLIC
seeded = settings(derandomize=True, database=None, deadline=None)


@st.composite
def agendas(draw: st.DrawFn) -> list[Node]:
    """Draw agendas of any shape: parents among earlier ids, positions with ties and gaps."""
    nodes: list[Node] = []
    for node_id in range(1, draw(st.integers(0, 40)) + 1):
        parent = draw(st.none() | st.sampled_from(nodes)) if nodes else None
        part = parent.part if parent else draw(st.sampled_from(Part))
        position = draw(st.integers(-3, 30))
        nodes.append(Node(node_id, parent.id if parent else None, position, part))
    return draw(st.permutations(nodes))


def as_integers(number: str) -> tuple[int, ...]:
    """Read a printed number back: part first, then each level."""
    letter, levels = number.split(" ")
    return ({"Ö": 0, "N": 1}[letter], *(int(level) for level in levels.split(".")))


def test_ten_public_items_put_number_ten_after_number_nine() -> None:
    nodes = [Node(node_id, None, node_id, PUBLIC) for node_id in range(12, 0, -1)]
    numbers = list(number_agenda(nodes).values())
    assert numbers[8:10] == ["Ö 9", "Ö 10"]


def test_a_sub_item_stands_under_its_parent() -> None:
    nodes = [Node(1, None, 1, PUBLIC), Node(2, None, 2, PUBLIC), Node(3, 1, 1, PUBLIC)]
    assert number_agenda(nodes) == {1: "Ö 1", 3: "Ö 1.1", 2: "Ö 2"}


def test_each_part_is_numbered_for_itself_and_the_public_part_is_read_first() -> None:
    nodes = [
        Node(1, None, 1, NONPUBLIC),
        Node(2, None, 2, PUBLIC),
        Node(3, None, 3, NONPUBLIC),
        Node(4, None, 4, PUBLIC),
    ]
    assert number_agenda(nodes) == {2: "Ö 1", 4: "Ö 2", 1: "N 1", 3: "N 2"}
    assert reading_order(nodes) == (2, 4, 1, 3)


def test_equal_positions_are_ordered_by_id() -> None:
    nodes = [Node(7, None, 1, PUBLIC), Node(3, None, 1, PUBLIC)]
    assert number_agenda(nodes) == {3: "Ö 1", 7: "Ö 2"}


def test_a_gap_in_the_positions_leaves_no_gap_in_the_numbers() -> None:
    nodes = [Node(1, None, 10, PUBLIC), Node(2, None, 500, PUBLIC)]
    assert list(number_agenda(nodes).values()) == ["Ö 1", "Ö 2"]


def test_an_empty_agenda_has_no_numbers() -> None:
    assert number_agenda([]) == {}


def test_a_chain_of_a_thousand_levels_is_numbered() -> None:
    nodes = [Node(level, level - 1 or None, 1, PUBLIC) for level in range(1, 1001)]
    assert number_agenda(nodes)[1000].count(".") == 999


@pytest.mark.parametrize(
    ("nodes", "error"),
    [
        ([Node(1, None, 1, PUBLIC), Node(1, None, 2, PUBLIC)], DuplicateNodeError),
        ([Node(1, 99, 1, PUBLIC)], UnknownParentError),
        ([Node(1, None, 1, PUBLIC), Node(2, 1, 1, NONPUBLIC)], PartMismatchError),
        ([Node(1, 1, 1, PUBLIC)], ParentCycleError),
        ([Node(1, 2, 1, PUBLIC), Node(2, 1, 1, PUBLIC)], ParentCycleError),
    ],
    ids=["a double id", "an unknown parent", "the other part", "its own parent", "a circle of two"],
)
def test_nodes_that_form_no_agenda_are_refused(
    nodes: list[Node], error: type[AgendaTreeError]
) -> None:
    with pytest.raises(error, match="Tagesordnungspunkt"):
        number_agenda(nodes)
    assert issubclass(error, ValueError)


@seeded
@given(agendas())
def test_every_item_has_a_number_of_its_own(nodes: list[Node]) -> None:
    numbers = number_agenda(nodes)
    assert set(numbers) == {node.id for node in nodes}
    assert len(set(numbers.values())) == len(nodes)


@seeded
@given(agendas())
def test_the_reading_order_is_the_order_of_the_numbers_read_as_integers(nodes: list[Node]) -> None:
    numbers = number_agenda(nodes)
    read = [as_integers(numbers[node_id]) for node_id in reading_order(nodes)]
    assert read == sorted(read)


@seeded
@given(agendas())
def test_siblings_count_up_from_one_in_the_order_of_position_then_id(nodes: list[Node]) -> None:
    numbers = number_agenda(nodes)
    families: dict[tuple[int | None, Part], list[Node]] = {}
    for node in nodes:
        families.setdefault((node.parent_id, node.part), []).append(node)
    for (parent, _), family in families.items():
        family.sort(key=lambda node: (node.position, node.id))
        levels = [as_integers(numbers[node.id]) for node in family]
        assert [level[-1] for level in levels] == list(range(1, len(family) + 1))
        if parent is not None:
            assert {level[:-1] for level in levels} == {as_integers(numbers[parent])}


@seeded
@given(agendas(), st.randoms(use_true_random=False))
def test_the_order_in_which_nodes_arrive_does_not_matter(nodes: list[Node], random: Random) -> None:
    shuffled = list(nodes)
    random.shuffle(shuffled)
    assert number_agenda(shuffled) == number_agenda(nodes)
