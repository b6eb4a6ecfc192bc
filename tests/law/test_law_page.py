"""docs/law.md names norms, functions and tests; here it is held to the truth."""

import ast
import dataclasses
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitzungsdienst.law.rules import rules_of
from sitzungsdienst.law.values import Value

ROOT = Path(__file__).parents[2]
TESTS = Path(__file__).parent
PAGE = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
MODULES = ("ballots", "minutes", "notice", "numbering", "quorum", "rules")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and "::test_" in line
]
VALUE_ROWS = [row for row in ROWS if len(row) == 6]


def named_function(row: list[str]) -> str:
    return row[-2].strip("`")


def value_names(group: object, prefix: str = "") -> Iterator[str]:
    assert dataclasses.is_dataclass(group)
    for field in dataclasses.fields(group):
        child = getattr(group, field.name)
        if isinstance(child, Value):
            yield prefix + field.name
        elif dataclasses.is_dataclass(child):
            yield from value_names(child, f"{prefix}{field.name}.")


def public_functions() -> set[str]:
    return {
        f"{module}.{name}"
        for module in MODULES
        for name, function in inspect.getmembers(
            importlib.import_module(f"sitzungsdienst.law.{module}"), callable
        )
        if not name.startswith("_")
        and not inspect.isclass(function)
        and function.__module__ == f"sitzungsdienst.law.{module}"
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_named_function_exists(row: list[str]) -> None:
    module, name = named_function(row).split(".")
    assert callable(getattr(importlib.import_module(f"sitzungsdienst.law.{module}"), name))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_named_test_exists(row: list[str]) -> None:
    file, name = row[-1].strip("`").split("::")
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", VALUE_ROWS, ids=lambda row: row[0])
def test_every_norm_and_certainty_is_that_of_the_data(row: list[str]) -> None:
    for land, cell in zip(("ST", "BY", "NW"), row[1:4], strict=True):
        value: object = rules_of(land)[-1]
        for part in row[0].strip("`").split("."):
            value = getattr(value, part)
        assert isinstance(value, Value)
        assert cell == f"{value.norm} ({value.certainty})"


def test_every_value_of_the_rules_has_a_row() -> None:
    assert [row[0].strip("`") for row in VALUE_ROWS] == list(value_names(rules_of("ST")[-1]))


def test_every_public_function_of_the_law_has_a_row() -> None:
    assert {named_function(row) for row in ROWS} == public_functions()


def test_every_land_with_rules_is_named_on_the_page() -> None:
    files = {path.stem.upper() for path in (ROOT / "sitzungsdienst/law/laender").glob("*.toml")}
    assert files == set(re.findall(r"\(`([A-Z]{2})`\)", PAGE))
