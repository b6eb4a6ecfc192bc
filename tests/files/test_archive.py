"""Redacted copies can be archived: PDF/A-3b by both judges, whatever the original is made of."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sitzungsdienst.documents import fonts
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.files import redaction
from sitzungsdienst.files.archive import may_be_archived
from sitzungsdienst.files.redaction import answer
from tests.documents.cast import MINUTES
from tests.support.standards import faults_of, verapdf_faults

KEPT = "Diese Seite bleibt"
AREA = (20.0, 36.0, 120.0, 46.0)
Draw = Callable[[Canvas], None]


def original(second: Draw) -> bytes:
    """Two pages: one to be blackened, and one that `second` draws."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    fonts.register()
    for draw in (_embedded, second):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _embedded(canvas: Canvas) -> None:
    canvas.setFont(fonts.Cut.REGULAR.value, 12)
    canvas.drawString(72, 720, KEPT)


def _not_embedded(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 720, KEPT)


def _for_the_press(canvas: Canvas) -> None:
    canvas.setFillColorCMYK(0.9, 0.4, 0, 0.1)
    _embedded(canvas)


def _see_through(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.5)
    _embedded(canvas)


def _few_colours(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0.3, 0.6)
    _embedded(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (9, 9), (200, 0, 0))), 72, 500, 90, 90)


def _photograph(canvas: Canvas) -> None:
    colours = [Image.effect_noise((300, 300), 90) for _ in range(3)]
    canvas.drawImage(ImageReader(Image.merge("RGB", colours)), 72, 300, 400, 400)


DRAWN: dict[str, Draw] = {
    "fonts in the file": _embedded,
    "fonts not in the file": _not_embedded,
    "colours for the press": _for_the_press,
    "letters one sees through": _see_through,
    "few colours": _few_colours,
    "a photograph": _photograph,
    "nothing": lambda canvas: canvas.line(72, 72, 90, 90),
}


def copy_of(content: bytes, *whole: int) -> tuple[list[int], bytes]:
    """The pages of the copy that are pictures, and the copy."""
    values, copy = answer(content, {"areas": {"1": [AREA]}, "whole": list(whole)})
    return values["pictures"], copy


def copies() -> dict[str, bytes]:
    """A copy of everything, one with a black page, and one of a document of the program's own."""
    found = {name: copy_of(original(draw))[1] for name, draw in DRAWN.items()}
    found["a black page"] = copy_of(original(_embedded), 2)[1]
    found["minutes"] = copy_of(print_minutes(MINUTES))[1]
    return found


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return copies()


def test_every_copy_can_be_archived(made: dict[str, bytes]) -> None:
    assert {name: faults_of(copy, ["3b"]) for name, copy in made.items()} == {
        name: [] for name in made
    }


@pytest.mark.slow
def test_verapdf_archives_every_copy(made: dict[str, bytes], tmp_path: Path) -> None:
    assert verapdf_faults(made, tmp_path, ["3b"]) == {name: [] for name in made}


@pytest.mark.parametrize(
    ("name", "pictures"),
    [
        ("fonts in the file", [1]),
        ("fonts not in the file", [1, 2]),
        ("colours for the press", [1, 2]),
        ("letters one sees through", [1]),
        ("few colours", [1, 2]),
    ],
)
def test_a_page_keeps_its_letters_if_it_can_be_archived(name: str, pictures: list[int]) -> None:
    found, copy = copy_of(original(DRAWN[name]))
    assert found == pictures
    with pdfium.PdfDocument(copy) as document:
        assert (document[1].get_textpage().get_text_range() == KEPT) == (2 not in pictures)


def test_the_copy_claims_level_b_and_no_accessibility() -> None:
    with pikepdf.open(io.BytesIO(copy_of(original(_embedded))[1])) as copy:
        with copy.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "B")
            assert "pdfuaid:part" not in told
        assert str(copy.Root.Lang) == "de-DE"


def test_a_page_of_few_colours_is_small_and_its_black_is_black(made: dict[str, bytes]) -> None:
    assert len(made["few colours"]) < 120_000
    with pdfium.PdfDocument(made["minutes"]) as document:
        assert len(made["minutes"]) < len(document) * 130_000
        image = document[0].render(scale=2).to_pil()
    scale = 2 * 72 / 25.4
    left, top, right, bottom = (round(one * scale) for one in AREA)
    inside = image.crop((left + 2, top + 2, right - 2, bottom - 2))
    assert set(inside.convert("RGB").tobytes()) == {0}
    assert image.getpixel((3, 3)) == (255, 255, 255)


def speckled(side: int) -> Image.Image:
    """A white page of a million pixels with a square of all colours on it."""
    page = Image.new("RGB", (1000, 1000), (255, 255, 255))
    colours = [Image.effect_noise((side, side), 90) for _ in range(3)]
    page.paste(Image.merge("RGB", colours), (10, 10))
    return page


def test_a_small_picture_on_a_page_does_not_make_it_a_photograph() -> None:
    assert redaction._few_colours(speckled(25)) is not None
    assert redaction._few_colours(speckled(250)) is None


def test_nearly_black_is_black_and_nearly_white_is_white() -> None:
    image = Image.new("RGB", (90, 90), (9, 9, 12))
    image.paste((246, 247, 250), (0, 0, 45, 90))
    image.paste((200, 0, 0), (0, 0, 9, 9))
    few = redaction._few_colours(image)
    assert few is not None
    table = bytes(redaction._palette(few)[3])
    drawn = {tuple(table[3 * place : 3 * place + 3]) for _, place in few.getcolors() or ()}
    assert {(0, 0, 0), (255, 255, 255)} < drawn


def _without_colours(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _without_font(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one:
            del one.FontFile2


def _with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _for_press(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(b"1 0 0 0 k 0 0 9 9 re f")


@pytest.mark.parametrize("spoil", [_without_colours, _without_font, _with_script, _for_press])
def test_what_cannot_be_archived_is_not_called_so(spoil: Callable[[pikepdf.Pdf], None]) -> None:
    copy, stream = copy_of(original(_embedded))[1], io.BytesIO()
    assert may_be_archived(copy)
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        spoil(pdf)
        pdf.save(stream, fix_metadata_version=False)
    assert not may_be_archived(stream.getvalue())
    assert faults_of(stream.getvalue(), ["3b"])


def test_a_file_that_is_none_cannot_be_archived() -> None:
    assert not may_be_archived(b"%PDF-1.7 und nichts weiter")
