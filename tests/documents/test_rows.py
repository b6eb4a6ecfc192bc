"""Rows of a table stay whole on their page, unless no page can hold them."""

from datetime import date
from pathlib import Path

import pytest

from sitzungsdienst.documents.story import Column, Facts, Story, build
from tests.documents.cast import LETTERHEAD, run
from tests.support.standards import faults_of

COLUMNS = (Column("Kopfzeile", 1, names_rows=True), Column("Text", 3))


def pages_of(rows: list[list[str]], folder: Path) -> list[str]:
    story = Story(Facts("Liste", "Liste", "Liste", LETTERHEAD, date(2017, 4, 3)))
    story.heading("Liste")
    story.table(COLUMNS, rows)
    pdf = build(story)
    assert faults_of(pdf) == []
    return run("pdftotext", "-layout", pdf=pdf, folder=folder).split("\f")[:-1]


@pytest.mark.parametrize("lines", range(2, 9))
def test_a_row_is_not_parted_at_the_foot_of_a_page(lines: int, tmp_path: Path) -> None:
    rows = [
        [f"R{row:02}", "\n".join(f"R{row:02}-{line}" for line in range(lines))] for row in range(40)
    ]
    pages = pages_of(rows, tmp_path)
    assert len(pages) > 1
    assert [page.count("Kopfzeile") for page in pages] == [1] * len(pages)
    for row in range(40):
        held = [page for page in pages if f"R{row:02}-0" in page]
        assert len(held) == 1
        assert f"R{row:02}-{lines - 1}" in held[0]


def test_a_row_higher_than_a_page_runs_over_pages(tmp_path: Path) -> None:
    rows = [["davor", "kurz"], ["lang", "\n".join(f"Zeile {line:03}" for line in range(150))]]
    pages = pages_of([*rows, ["danach", "kurz"]], tmp_path)
    assert len(pages) > 3
    text = "\n".join(pages)
    assert all(f"Zeile {line:03}" in text for line in range(150))
    assert "danach" in pages[-1]


@pytest.mark.parametrize("count", [4, 9])
@pytest.mark.parametrize("filler", range(32, 46))
def test_no_row_of_many_stands_alone_on_a_page(count: int, filler: int, tmp_path: Path) -> None:
    story = Story(Facts("Liste", "Liste", "Liste", LETTERHEAD, date(2017, 4, 3)))
    story.heading("Liste")
    story.paragraph("\n".join("Füllung" for _ in range(filler)))
    story.table(COLUMNS, [[f"R{row:02}", "kurz"] for row in range(count)])
    text = run("pdftotext", "-layout", pdf=build(story), folder=tmp_path)
    held = [page.count("kurz") for page in text.split("\f")[:-1]]
    assert sum(held) == count
    assert 1 not in held
