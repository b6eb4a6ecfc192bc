"""The glossary tells the truth: every name it gives exists, and every table has its word."""

import importlib
import re
from pathlib import Path

from sitzungsdienst.record import schema

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"

#: Tables that people have no word of their own for.
WITHOUT_A_WORD = {"sign_in_attempt"}


def names() -> list[str]:
    """The second column: dotted names below the package."""
    rows = [line.split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines()]
    cells = [row[2].strip() for row in rows if len(row) > 4]
    return [match.group(1) for cell in cells if (match := re.fullmatch(r"`([\w.]+)`", cell))]


def exists(name: str) -> bool:
    """Whether the dotted name is a module, or something in one."""
    try:
        importlib.import_module(f"sitzungsdienst.{name}")
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        return hasattr(importlib.import_module(f"sitzungsdienst.{module}"), attribute)
    return True


def test_every_name_in_the_glossary_exists() -> None:
    assert len(names()) > 40
    assert [name for name in names() if not exists(name)] == []


def test_every_table_of_the_record_stands_in_the_glossary() -> None:
    classes = {
        mapper.local_table.name: mapper.class_.__name__
        for mapper in schema.Base.registry.mappers
        if mapper.local_table is not None
    }
    told = {name.rsplit(".", 1)[-1] for name in names()}
    missing = {table for table, cls in classes.items() if cls not in told}
    assert missing == WITHOUT_A_WORD
