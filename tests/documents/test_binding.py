"""What is not parted at the end of a line, and is found under the words people type."""

import re
from pathlib import Path

import pytest

from sitzungsdienst.documents.binding import bound
from sitzungsdienst.documents.hyphens import hyphenate
from sitzungsdienst.documents.story import build
from tests.documents.cast import read
from tests.documents.test_pages import start
from tests.documents.test_structure import told


@pytest.mark.parametrize(
    "text",
    [
        "§_36 Abs._2 Satz_1 Nr._3 KVG",
        "am 19._April 2017 um 17:00_Uhr",
        "20.000_Euro, 5_% und 120_m² (Flurstück_12)",
        "z._B. Dr._Müller zu Ö_5.1 und N_2",
        "Seite_3, TOP_4, S._17",
        "i._d._R. und a._D.",
        "Herr Nr im Ort, 3 Anträge, 17:00 bis 18:00_Uhr",
        "Mitglied A 1 und Fall 19.4 April",
    ],
)
def test_a_space_binds_what_belongs_together_and_nothing_else(text: str) -> None:
    assert bound(text.replace("_", " ")) == text.replace("_", "\u00a0")


def test_what_is_bound_is_not_hyphenated() -> None:
    assert list(hyphenate("19.\u00a0September")) == []


@pytest.mark.parametrize("filler", range(60, 78))
def test_no_line_ends_within_it_and_the_text_holds_plain_spaces(
    filler: int, tmp_path: Path
) -> None:
    story = start(headings=1)
    story.paragraph(f"{'o ' * filler}nach § 36 Abs. 2 am 19. April um 17:00 Uhr " * 3)
    pdf = build(story)
    text = read(pdf, tmp_path)
    assert "\u00a0" not in text
    assert "\u00a0" not in told(pdf, tmp_path)
    assert len(re.findall("§ 36", text)) == 3
    assert len(re.findall("19. April", text)) == 3
    assert len(re.findall("17:00 Uhr", text)) == 3
