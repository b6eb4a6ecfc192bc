"""The head of letters: what stands in the window of an envelope, and beside it (DIN 5008)."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.values import Audience, Letterhead
from tests.documents.cast import INVITATION, LETTERHEAD, read, run
from tests.support.standards import faults_of

MM = 72 / 25.4


def words_of(pdf: bytes, folder: Path) -> list[tuple[str, float, float, float, float]]:
    """The words of the first page with left, upper, right and lower edge in millimetres."""
    boxes = run("pdftotext", "-bbox", "-l", "1", pdf=pdf, folder=folder)
    found = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', boxes
    )
    return [(word, *(float(edge) / MM for edge in edges)) for *edges, word in found]


def place_of(words: list[tuple[str, float, float, float, float]], word: str) -> tuple[float, ...]:
    """Where `word` stands last above the text."""
    return next(edges for one, *edges in reversed(words) if one == word and edges[1] < 98)


def _picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#0b5d3b").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("logo", [None, _picture(90, 36), _picture(10, 400)])
def test_address_and_sender_stand_in_the_window(logo: bytes | None, tmp_path: Path) -> None:
    pdf = print_invitation(replace(INVITATION, letterhead=replace(LETTERHEAD, logo=logo)))
    words = words_of(pdf, tmp_path)
    left, top, *_ = place_of(words, "An")
    assert (left, top) == (pytest.approx(25, abs=0.2), pytest.approx(62.7, abs=0.5))
    town = place_of(words, "39340")
    assert town[3] <= 62.8
    assert town[1] > 45
    _, _, right, low = place_of(words, "Sozialausschuss")
    assert right < 105
    assert low < 90
    told = place_of(words, "Telefon")
    assert (told[0], told[1]) == (pytest.approx(125, abs=0.2), pytest.approx(50, abs=1.2))
    assert next(edges[1] for word, *edges in words if word == "Einladung") >= 98.4
    assert faults_of(pdf) == []


def test_the_sender_stands_in_one_line_however_long_it_is(tmp_path: Path) -> None:
    name = "Verbandsgemeinde Westliche Börde"
    sender = replace(LETTERHEAD, body_name=name, street_address="Marktstraße 7")
    words = words_of(print_invitation(replace(INVITATION, letterhead=sender)), tmp_path)
    tops = {round(place_of(words, word)[1], 1) for word in ("Westliche", "Marktstraße", "39340")}
    assert len(tops) == 1
    assert place_of(words, "Haldensleben,")[0] > 120, "place and date stand beside the field"


@pytest.mark.parametrize(
    "sender",
    [Letterhead(""), replace(LETTERHEAD, body_name="Zweckverband " * 60, locality="Ort " * 40)],
)
def test_a_sender_of_any_length_is_printed_whole_above_the_text(
    sender: Letterhead, tmp_path: Path
) -> None:
    pdf = print_invitation(replace(INVITATION, letterhead=sender))
    text = read(pdf, tmp_path)
    assert text.count("Zweckverband") >= 2 * sender.body_name.count("Zweckverband")
    assert text.index("An die Mitglieder") < text.index("Einladung\n")
    assert faults_of(pdf) == []


def test_a_public_notice_is_no_letter(tmp_path: Path) -> None:
    notice = print_invitation(replace(INVITATION, audience=Audience.PUBLIC, nonpublic_agenda=()))
    assert "An die Mitglieder" not in read(notice, tmp_path)
