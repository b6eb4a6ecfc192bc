"""House rules about the source that no linter knows."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sitzungsdienst"

# Put together here, so that this file does not hold what it forbids.
REGISTRIES = [
    "registry." + "npmjs.org",
    "registry." + "yarnpkg.com",
    "pypi.org/" + "simple",
    "files." + "pythonhosted.org",
]

# The edges of the program: only here somebody looks at the clock, and hands the time inwards.
CLOCK_READERS = ("cli.py", "cli_seal.py", "office/clock.py", "public/wiring.py")

CLOCKS = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"),
    ("date", "today"), ("time", "time"),
}  # fmt: skip


@cache
def tracked_files() -> list[Path]:
    """Return what git knows or would know: everything but ignored files."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    files = [ROOT / name for name in listing.split("\0") if name]
    return [file for file in files if file.is_file()]


def sources() -> list[Path]:
    return sorted(file for file in tracked_files()
                  if file.suffix == ".py" and file.is_relative_to(PACKAGE))  # fmt: skip


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), path)


def imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))


def imported_names(tree: ast.AST) -> Iterator[str]:
    for node in imports(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            yield node.module or "."


def test_no_tracked_file_names_a_package_registry() -> None:
    found = [
        (path.relative_to(ROOT).as_posix(), address)
        for path in tracked_files()
        for address in REGISTRIES
        if address.encode() in path.read_bytes()
    ]
    assert found == []


def test_no_database_is_tracked() -> None:
    head = b"SQLite format 3\0"
    assert [path for path in tracked_files() if path.read_bytes().startswith(head)] == []


def test_packages_begin_with_an_empty_file() -> None:
    assert [name_of(p) for p in sources() if p.name == "__init__.py" and p.stat().st_size] == []


def test_every_folder_with_sources_is_a_package() -> None:
    folders = {path.parent for path in sources()}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_source_has_more_than_400_lines() -> None:
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_imports_stand_at_the_top() -> None:
    inner = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        for function in ast.walk(parsed(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for node in imports(function)
    ]
    assert inner == []


def test_only_the_edges_look_at_the_clock() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        if not name_of(path).startswith(CLOCK_READERS)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and (ast.unparse(node.value).rpartition(".")[2], node.attr) in CLOCKS
    ]
    assert found == []


def test_law_needs_the_standard_library_only() -> None:
    strangers = [
        f"{name_of(path)}: {name}"
        for path in sources()
        if name_of(path).startswith("law/")
        for name in imported_names(parsed(path))
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not name.startswith("sitzungsdienst.law")
    ]
    assert strangers == []


@pytest.mark.parametrize("room", ["record", "acts", "gate", "office"])
def test_the_public_rooms_do_not_even_name_the_other_side(room: str) -> None:
    """import-linter follows imports; this also sees names given to importlib as text."""
    found = [
        name_of(path)
        for path in sources()
        if name_of(path).startswith(("public/", "oparl/", "publication/"))
        and f"sitzungsdienst.{room}" in path.read_text("utf-8")
    ]
    assert found == []
