"""The handbook tells the truth: its labels stand on the pages, its pictures and links exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from sitzungsdienst.acts.uploads import MAX_BYTES
from sitzungsdienst.office.organization_forms import KINDS

ROOT = Path(__file__).parents[2]
HANDBOOK = sorted((ROOT / "docs" / "handbuch").glob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
PICTURES = ROOT / "docs" / "images"

#: Labels that a template puts together from the name of a kind and a verb.
COMPOSED = {
    f"{words[0]} {verb}"
    for words in KINDS.values()
    for verb in ("anlegen", "löschen", "und Mitglieder veröffentlichen")
}


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def flat(text: str) -> str:
    return " ".join(text.split())


@cache
def program() -> str:
    """Every text of the program: the templates, and the strings of the sources."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    for path in (ROOT / "sitzungsdienst").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
    return "\n".join(flat(text) for text in texts)


def quoted(page: Path) -> set[str]:
    return {flat(one) for one in re.findall("»([^«]+)«", page.read_text(encoding="utf-8"))}


def stands_on_a_page(label: str) -> bool:
    """Whether the program says it; an ellipsis stands for what a message fills in."""
    parts = [part.strip() for part in label.split("…") if part.strip()]
    return label in COMPOSED or all(part in program() for part in parts)


def links(page: Path) -> list[str]:
    """Where a page's links and pictures lead, without those into the web."""
    found = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return [one for one in found if not re.match(r"[a-z]+:", one)]


@pytest.mark.parametrize("page", HANDBOOK, ids=name_of)
def test_every_label_in_the_handbook_stands_on_a_page(page: Path) -> None:
    assert sorted(label for label in quoted(page) if not stands_on_a_page(label)) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    targets = [one.partition("#")[0] for one in links(page)]
    assert [one for one in targets if one and not (page.parent / one).exists()] == []


def test_the_largest_file_is_told_as_it_is() -> None:
    told = {one for page in HANDBOOK for one in re.findall(r"(\d+) MB", page.read_text("utf-8"))}
    assert told == {str(MAX_BYTES // 2**20)}


def test_the_contents_lead_to_every_chapter() -> None:
    contents = ROOT / "docs" / "handbuch" / "README.md"
    chapters = {page.name for page in HANDBOOK} - {"README.md"}
    assert chapters
    assert chapters <= set(links(contents))


def test_every_picture_is_shown_somewhere_and_all_are_small() -> None:
    shown = {(page.parent / one).resolve() for page in PAGES for one in links(page)}
    kept = set(PICTURES.glob("*.png"))
    assert [path.name for path in kept if path.resolve() not in shown] == []
    assert sum(path.stat().st_size for path in kept) < 1_500_000
