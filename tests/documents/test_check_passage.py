"""The foot of a published document: an address, read by people, machines and screen readers."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from reportlab.lib.units import mm

from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.documents.values import AgendaLine, Audience
from tests.documents.cast import EXCERPT, INVITATION, MINUTES, read, run, squeezed
from tests.support.standards import faults_of

ADDRESS = "https://rat.example.de/pruefen/5f3c-2a1b-9d4e/1"
SHOWN = "Echtheit prüfen: rat.example.de/pruefen/5f3c-2a1b-9d4e/1"
PUBLISHED = {
    "excerpt": print_excerpt(replace(EXCERPT, check_address=ADDRESS)),
    "minutes": print_minutes(replace(MINUTES, check_address=ADDRESS)),
    "notice": print_invitation(
        replace(INVITATION, audience=Audience.PUBLIC, check_address=ADDRESS)
    ),
}


def codes(pdf: bytes) -> list[list[str]]:
    """What a machine reads off each page, as it would off paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=150 / 72).to_pil().convert("L") for page in document]
    return [[one.text for one in zxingcpp.read_barcodes(page)] for page in pages]


@pytest.mark.parametrize("kind", PUBLISHED)
def test_the_code_on_the_first_page_holds_the_address(kind: str) -> None:
    first, *later = codes(PUBLISHED[kind])
    assert first == [ADDRESS]
    assert not any(later)


@pytest.mark.parametrize("kind", PUBLISHED)
def test_every_page_bears_the_address_at_its_foot(kind: str, tmp_path: Path) -> None:
    pages = read(PUBLISHED[kind], tmp_path).rstrip("\f").split("\f")
    for page in pages:
        assert SHOWN in page


def test_a_screen_reader_is_told_the_address_once_and_can_follow_it(tmp_path: Path) -> None:
    pdf = PUBLISHED["minutes"]
    tree = run("pdfinfo", "-struct-text", "-enc", "UTF-8", pdf=pdf, folder=tmp_path)
    heard = squeezed("".join(re.findall(r'^ *"(.*)"$', tree, re.M)))
    assert heard.count(squeezed(ADDRESS)) == 1
    assert heard.endswith(squeezed(f"zurückgenommen wurde, zeigt diese Seite: {ADDRESS}"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        links = [one for one in opened.pages[0].Annots if one.Subtype == "/Link"]
        assert [str(one.A.URI) for one in links] == [ADDRESS]


def test_a_document_without_an_address_has_no_foot_of_that_kind(tmp_path: Path) -> None:
    pdf = print_excerpt(EXCERPT)
    assert codes(pdf) == [[]] * len(codes(pdf))
    assert "Echtheit" not in read(pdf, tmp_path)


def test_the_passage_needs_no_page_of_its_own_however_full_the_pages_are() -> None:
    for count in range(12, 40):
        lines = tuple(AgendaLine(f"Ö {n}", "Punkt") for n in range(count))
        notice = replace(INVITATION, audience=Audience.PUBLIC, check_address=ADDRESS,
                         public_agenda=lines, nonpublic_agenda=())  # fmt: skip
        with pypdfium2.PdfDocument(print_invitation(notice)) as document:
            words = [page.get_textpage().get_text_bounded() for page in document]
        assert "zeigt diese Seite" in words[0], count
        assert all("Punkt" in page or "willkommen" in page for page in words), count


def test_the_code_is_large_enough_for_a_phone_and_stands_free() -> None:
    with pypdfium2.PdfDocument(PUBLISHED["excerpt"]) as document:
        picture = document[0].render(scale=300 / 72).to_pil().convert("L")
    (code,) = zxingcpp.read_barcodes(picture)
    place, dot = code.position, 300 / 72
    side = (place.top_right.x - place.top_left.x) / dot
    assert side >= 17 * mm
    module = side / 33
    left, top = place.top_left.x - 4 * module * dot, place.top_left.y - 4 * module * dot
    right, low = place.bottom_right.x + 4 * module * dot, place.bottom_right.y + 4 * module * dot
    for frame in ((left, top, right, place.top_left.y - 2), (left, top, place.top_left.x - 2, low),
                  (place.bottom_right.x + 2, top, right, low)):  # fmt: skip
        assert picture.crop(tuple(map(int, frame))).getextrema()[0] > 200


def test_an_address_longer_than_a_line_breaks_and_keeps_the_standards() -> None:
    address = f"https://{'lang.' * 45}example/pruefen/5f3c-2a1b-9d4e/12"
    pdf = print_excerpt(replace(EXCERPT, check_address=address))
    assert codes(pdf)[0] == [address]
    assert faults_of(pdf) == []


def test_the_same_address_gives_the_same_bytes() -> None:
    assert print_excerpt(replace(EXCERPT, check_address=ADDRESS)) == PUBLISHED["excerpt"]
