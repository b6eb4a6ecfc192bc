"""docs/law.md names norms, functions and tests; here it is held to the truth."""

import ast
import importlib
import inspect
from itertools import pairwise
from pathlib import Path

import pytest

from sitzungsdienst.law.layers import ToldValue, tell_rules
from sitzungsdienst.law.local_keys import LOCAL_KEYS, Direction, Input
from sitzungsdienst.law.reading import value_types
from sitzungsdienst.law.rules import land_name, rules_of

ROOT = Path(__file__).parents[2]
TESTS = Path(__file__).parent
LAW = ROOT / "sitzungsdienst" / "law"
PAGE = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
LINES = PAGE.splitlines()
# The tools with which the files are read and the tables are laid out; they tell no law.
PLUMBING = {"reading", "words", "tree", "values"}
LANDS = sorted(path.stem.upper() for path in (LAW / "laender").glob("*.toml"))
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in LINES
    if line.startswith("| ") and "::test_" in line
]
VALUE_ROWS = [row for row in ROWS if row[0].strip("`") in value_types()]


def named_function(row: list[str]) -> str:
    return row[-2].strip("`")


def public_functions() -> set[str]:
    modules = {path.stem for path in LAW.glob("[a-z]*.py")} - PLUMBING
    return {
        f"{module}.{name}"
        for module in modules
        for name, function in inspect.getmembers(
            importlib.import_module(f"sitzungsdienst.law.{module}"), callable
        )
        if not name.startswith("_")
        and not inspect.isclass(function)
        and function.__module__ == f"sitzungsdienst.law.{module}"
    }


def looked_up(told: ToldValue) -> bool:
    return "Nicht nachgelesen" not in told.source


def land_section(land: str) -> list[str]:
    """What the page must say of a Land: its versions, what is known, what nobody looked up."""
    versions = rules_of(land)
    told = tell_rules(versions[-1])
    days = ", ".join(f"{rules.valid_from}" for rules in versions)
    missing = ", ".join(f"`{one.key}`" for one in told if not looked_up(one))
    known = [
        f"| `{one.key}` | {one.value} | {one.norm} | {one.certainty} |"
        for one in told
        if looked_up(one)
    ]
    return [
        f"### {land_name(land)} (`{land}`, {versions[-1].law})",
        "",
        f"Versions from: {days}.",
        "",
        "| Value | Says | Norm | Certainty |",
        "|---|---|---|---|",
        *known,
        "",
        f"Not looked up yet, so never certain: {missing}.",
    ]


def changed_rows() -> list[str]:
    """Each value that a later version of a Land changed, with what it says from when on."""
    rows = []
    for land in LANDS:
        versions = rules_of(land)
        for before, after in pairwise(versions):
            pairs = zip(tell_rules(before), tell_rules(after), strict=True)
            rows += [
                f"| {land} | {after.valid_from} | `{new.key}` | {old.value} | {new.value} |"
                for old, new in pairs
                if old.value != new.value and new.key != "edition"
            ]
    return rows


DIRECTIONS = {
    Direction.FREE: "where the Land leaves it open, or is not certain",
    Direction.LONGER: "never shorter than the Land's",
    Direction.SHORTER: "never longer than the Land's",
    Direction.ADDING: "adds to what the Land requires",
    Direction.AMONG: "chooses among what the Land allows",
}
INPUTS = {
    Input.NUMBER: "whole number",
    Input.YES_NO: "yes or no",
    Input.WORD: "one of the words",
    Input.WORDS: "several of the words",
    Input.TEXTS: "texts",
    Input.SHARE: "share such as 1/4",
}


def local_rows() -> list[str]:
    return [
        f"| `{key}` | {known.label} | {INPUTS[known.input]} | {DIRECTIONS[known.direction]} |"
        for key, known in LOCAL_KEYS.items()
    ]


def stands_on_the_page(lines: list[str]) -> bool:
    return "\n".join(lines) in PAGE


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_named_function_exists(row: list[str]) -> None:
    module, name = named_function(row).split(".")
    assert callable(getattr(importlib.import_module(f"sitzungsdienst.law.{module}"), name))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_named_test_exists(row: list[str]) -> None:
    file, name = row[-1].strip("`").split("::")
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("land", LANDS)
def test_every_land_says_on_the_page_what_its_file_says(land: str) -> None:
    assert stands_on_the_page(land_section(land)), "\n".join(land_section(land))


def test_the_page_names_no_other_land() -> None:
    assert sum(line.startswith("### ") and "(`" in line for line in LINES) == len(LANDS)


def test_every_change_of_a_value_stands_on_the_page() -> None:
    assert stands_on_the_page(changed_rows()), "\n".join(changed_rows())


def test_every_local_value_stands_on_the_page() -> None:
    assert stands_on_the_page(local_rows()), "\n".join(local_rows())


def test_every_value_of_the_rules_has_a_row() -> None:
    assert [row[0].strip("`") for row in VALUE_ROWS] == list(value_types())


def test_every_public_function_of_the_law_has_a_row() -> None:
    assert {named_function(row) for row in ROWS} == public_functions()
