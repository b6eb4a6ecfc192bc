"""Redacted copies: what was blackened is nowhere in the bytes, and nothing else comes along."""

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select

from sitzungsdienst.acts import attachments, redaction
from sitzungsdienst.acts.attachments import AttachmentFacts, Upload
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.redaction import RedactedCopy, Redaction, redact
from sitzungsdienst.documents import fonts
from sitzungsdienst.files import sandbox
from sitzungsdienst.record.papers import Attachment
from tests.support.builders import Builder
from tests.support.pdf import plain_font, typed

SECRET = "Geheimnismann"
# Over the first line of a page: 25 mm from the left, 254 mm from the foot.
LINE = (20.0, 36.0, 120.0, 46.0)
OPEN = "Oeffentlich"
Change = Callable[[pikepdf.Pdf], None]


def paper_with(*pages: str, change: Change = lambda _: None, **options: object) -> bytes:
    """A PDF with a line on each page, after a change; its fonts are in the file."""
    with pikepdf.open(io.BytesIO(typed(*pages))) as document:
        font = plain_font(document)
        for page in document.pages:
            page.resources.Font.F1 = font
        change(document)
        target = io.BytesIO()
        document.save(target, **options)  # type: ignore[arg-type]  # the test's own options
        return target.getvalue()


def copy_of(content: bytes, areas: dict[int, list[redaction.Rectangle]], *whole: int) -> bytes:
    values = {"areas": {str(key): one for key, one in areas.items()}, "whole": list(whole)}
    return sandbox.ask("redact", content, values).content


def everything(content: bytes) -> str:
    """All that a PDF says: its bytes, its objects and streams unpacked, and its text."""
    found = [content.decode("latin-1"), content.decode("utf-16-be", "ignore")]
    with pikepdf.open(io.BytesIO(content)) as document:
        for one in document.objects:
            found.append(repr(one))
            if isinstance(one, pikepdf.Stream):
                raw = one.read_raw_bytes()
                found.append(raw.decode("latin-1"))
                if one.get("/Subtype") != pikepdf.Name.Image:
                    found.append(one.read_bytes().decode("latin-1"))
                    found.append(one.read_bytes().decode("utf-16-be", "ignore"))
    return "\n".join([*found, text_of(content)])


def text_of(content: bytes) -> str:
    with pdfium.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def says(content: bytes, word: str) -> bool:
    """Whether the word stands anywhere, also in pieces as text operators cut it, or in hex."""
    text = everything(content)
    letters = re.sub(r"[^A-Za-z]", "", text)
    return (
        word.casefold() in text.casefold()
        or word.casefold() in letters.casefold()
        or word.encode().hex() in text.casefold()
        or word.encode("utf-16-be").hex() in text.casefold()
    )


def metadata(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = SECRET
    document.docinfo["/Author"] = SECRET
    with document.open_metadata() as told:
        told["dc:description"] = SECRET


def bookmark(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SECRET, 0))


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments[f"{SECRET}.txt"] = pikepdf.AttachedFileSpec(document, SECRET.encode())


def annotation(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 30, 30], Contents=SECRET
    )
    document.pages[1].obj.Annots = pikepdf.Array([document.make_indirect(note)])


def thumbnail(document: pikepdf.Pdf) -> None:
    document.pages[1].obj.Thumb = pikepdf.Stream(document, SECRET.encode())
    document.pages[1].obj.PieceInfo = pikepdf.Dictionary(Word=pikepdf.Dictionary(X=SECRET))


def drawing(document: pikepdf.Pdf, more: bytes, **resources: pikepdf.Object) -> None:
    """Add to what the second page draws."""
    page = document.pages[1]
    for name, value in resources.items():
        page.resources[f"/{name}"] = value
    page.contents_add(pikepdf.Stream(document, more), prepend=False)


TEXT = b"BT /F1 12 Tf %s 72 600 Td (" + SECRET.encode() + b") Tj ET"


def form_xobject(document: pikepdf.Pdf) -> None:
    form = pikepdf.Stream(document, TEXT % b"")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 600, 800])
    # Out of sight: drawn far outside of the page.
    drawing(
        document, b"q 1 0 0 1 5000 5000 cm /X Do Q",
        XObject=pikepdf.Dictionary(X=document.make_indirect(form)),
    )  # fmt: skip


def unused_form(document: pikepdf.Pdf) -> None:
    form = pikepdf.Stream(document, TEXT % b"")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    drawing(document, b"", XObject=pikepdf.Dictionary(X=document.make_indirect(form)))


def layer(document: pikepdf.Pdf) -> None:
    group = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=SECRET))
    document.Root.OCProperties = pikepdf.Dictionary(
        OCGs=[group], D=pikepdf.Dictionary(OFF=pikepdf.Array([group]))
    )
    drawing(document, b"/OC /L BDC " + TEXT % b"" + b" EMC", Properties=pikepdf.Dictionary(L=group))


def invisible(document: pikepdf.Pdf) -> None:
    drawing(document, TEXT % b"3 Tr")


def white(document: pikepdf.Pdf) -> None:
    drawing(document, b"1 g " + TEXT % b"")


def beside_the_page(document: pikepdf.Pdf) -> None:
    drawing(document, b"q 1 0 0 1 0 3000 cm " + TEXT % b"" + b" Q")


def cut_away(document: pikepdf.Pdf) -> None:
    drawing(document, b"q 0 0 5 5 re W n " + TEXT % b"" + b" Q")


def below_an_area(document: pikepdf.Pdf) -> None:
    drawing(document, TEXT % b"" + b" 0 g 50 580 400 60 re f")


def below_a_striped_area(document: pikepdf.Pdf) -> None:
    stripes = b"".join(b" %f g 50 %d 400 4 re f" % (n % 2, 580 + 4 * n) for n in range(15))
    drawing(document, TEXT % b"" + stripes)


def tiny(document: pikepdf.Pdf) -> None:
    drawing(document, (TEXT % b"").replace(b"12 Tf", b"0.05 Tf"))


def actual_text(document: pikepdf.Pdf) -> None:
    drawing(document, b"/Span <</ActualText (" + SECRET.encode() + b")>> BDC EMC")


def structure(document: pikepdf.Pdf) -> None:
    element = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, Alt=SECRET)
    document.Root.StructTreeRoot = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=element)
    )


def named_place(document: pikepdf.Pdf) -> None:
    document.Root.Dests = pikepdf.Dictionary({f"/{SECRET}": pikepdf.Array([])})
    document.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(P=SECRET)])


def comment(document: pikepdf.Pdf) -> None:
    drawing(document, b"% " + SECRET.encode() + b"\n")


HIDINGS = [
    metadata, bookmark, attachment, annotation, thumbnail, form_xobject, unused_form, layer,
    invisible, white, beside_the_page, cut_away, below_an_area, below_a_striped_area, tiny,
    actual_text, structure, named_place, comment,
]  # fmt: skip


@pytest.mark.parametrize("change", HIDINGS)
def test_a_word_hidden_anywhere_is_gone(change: Change) -> None:
    original = paper_with(f"Herr {SECRET}", OPEN, change=change)
    assert says(original, SECRET)
    copy = copy_of(original, {1: [LINE]})
    assert not says(copy, SECRET)


@pytest.mark.parametrize(
    "change", [metadata, bookmark, annotation, thumbnail, actual_text, structure, comment]
)
def test_what_hides_nothing_on_the_page_leaves_it_its_text(change: Change) -> None:
    assert OPEN in text_of(copy_of(paper_with(f"Herr {SECRET}", OPEN, change=change), {1: [LINE]}))


def test_words_that_hide_nothing_are_kept_as_words() -> None:
    """So it is for being hidden that the words above are gone, not for their font."""
    original = paper_with(f"Herr {SECRET}", OPEN, change=lambda it: drawing(it, TEXT % b""))
    assert SECRET in text_of(copy_of(original, {1: [LINE]}))


def test_an_earlier_version_of_the_file_does_not_come_along() -> None:
    plain = {
        "compress_streams": False,
        "stream_decode_level": pikepdf.StreamDecodeLevel.generalized,
    }
    first = paper_with(SECRET, SECRET, OPEN, **plain)
    second = paper_with("Herr Niemand", OPEN, OPEN)
    # A new version hung on behind the old one: all readers see the new one only.
    start = int(re.findall(rb"startxref\s+(\d+)", second)[-1])
    shift = len(first)
    moved = re.sub(
        rb"(\d{10}) (\d{5}) n", lambda one: b"%010d %s n" % (int(one[1]) + shift, one[2]), second
    )
    moved = moved.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + shift))
    both = first + moved
    assert says(both, SECRET)
    assert SECRET not in text_of(both)
    assert not says(copy_of(both, {1: [LINE]}), SECRET)


def test_the_words_below_a_rectangle_are_a_black_picture() -> None:
    copy = copy_of(paper_with(f"Herr {SECRET}", OPEN), {1: [LINE]})
    assert OPEN in text_of(copy)
    with pdfium.PdfDocument(copy) as document:
        assert document[0].get_textpage().get_text_range() == ""
        image = document[0].render(scale=2, draw_annots=True).to_pil().convert("L")
    scale = 2 * 72 / 25.4
    box = tuple(round(one * scale) for one in LINE)
    inside = image.crop((box[0] + 2, box[1] + 2, box[2] - 2, box[3] - 2))
    assert set(inside.tobytes()) == {0}
    assert image.getpixel((box[0] - 4, box[1] - 4)) == 255


def test_plain_pages_keep_their_letters_and_fonts() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=landscape(A4), invariant=1)
    fonts.register()
    for text in ("Erste", "Über die Gebührenordnung – 3 €"):
        canvas.setFillGray(0.9)
        canvas.rect(60, 300, 300, 40, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont(fonts.Cut.REGULAR.value, 12)
        canvas.drawString(72, 310, text)
        canvas.line(72, 306, 200, 306)
        canvas.showPage()
    canvas.save()
    copy = copy_of(stream.getvalue(), {}, 1)
    assert "Über die Gebührenordnung – 3 €" in text_of(copy)
    assert "Erste" not in text_of(copy)
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert document.pages[1].resources.get("/XObject") is None


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_blackened_where_it_is_shown(turn: int) -> None:
    def turned(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.Rotate = turn
        document.pages[0].obj.CropBox = pikepdf.Array([20, 30, 560, 800])

    original = paper_with(SECRET, OPEN, change=turned)
    values = {"areas": {"1": [(0.0, 0.0, 60.0, 60.0)]}, "whole": []}
    answer = sandbox.ask("redact", original, values)
    with pdfium.PdfDocument(answer.content) as document, pdfium.PdfDocument(original) as before:
        page = document[0]
        assert page.get_size() == pytest.approx(before[0].get_size(), abs=0.01)
        image = page.render(scale=1).to_pil().convert("L")
        assert max(image.crop((2, 2, 165, 165)).tobytes()) == 0
        assert image.getpixel((180, 180)) == 255


def test_the_copy_says_only_neutral_things_of_itself(tmp_path: Path) -> None:
    copy = copy_of(paper_with(SECRET, OPEN, OPEN, change=metadata), {1: [LINE]}, 3)
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy)
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "Author" not in told
    assert "Creat" not in told
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert set(document.Root.keys()) == {
            "/Type", "/Pages", "/Lang", "/MarkInfo", "/Metadata", "/OutputIntents",
            "/StructTreeRoot", "/ViewerPreferences",
        }  # fmt: skip
        with document.open_metadata() as said:
            assert said["dc:title"] == "Geschwärzte Fassung"
        elements = list(document.Root.StructTreeRoot.K.K)
        assert [str(one.get("/Alt", "")) for one in elements] == [
            "Seite 1 von 3 als Bild, mit Schwärzungen", "", "Seite 3, vollständig geschwärzt",
        ]  # fmt: skip


def test_the_same_plan_gives_the_same_bytes() -> None:
    original = paper_with(SECRET, OPEN)
    assert copy_of(original, {1: [LINE]}) == copy_of(original, {1: [LINE]})


# --- The act


def attached(build: Builder, content: bytes, *, public: bool = False) -> int:
    facts = AttachmentFacts(name="Vertrag", public=public)
    upload = Upload(f"{SECRET}.pdf", content)
    return attachments.attach(build.session, build.actor, build.paper(), upload, facts, build.now)


def redacted(build: Builder, original: int, plan: Redaction) -> RedactedCopy:
    return redact(build.session, build.actor, original, plan, build.now)


def test_the_copy_is_a_new_non_public_attachment_of_its_original(build: Builder) -> None:
    original = attached(build, paper_with(f"Herr {SECRET}", OPEN, f"Noch {SECRET}"))
    made = redacted(build, original, Redaction({1: [LINE]}))
    assert (made.pictures, made.left) == ((1,), (3,))
    copy = build.session.get_one(Attachment, made.id)
    assert copy.redacts_id == original
    assert not copy.public
    assert SECRET not in copy.name + copy.file_name
    assert not says(copy.blob.content, "Vertrag")
    assert says(build.session.get_one(Attachment, original).blob.content, SECRET)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Redaction(), "wählen Sie aus"),
        (Redaction({1: []}), "wählen Sie aus"),
        (Redaction({3: [LINE]}), "Seite 3 gibt es nicht; das PDF hat 2 Seiten"),
        (Redaction(whole=frozenset({0})), "Seite 0 gibt es nicht"),
        (Redaction({1: [(50, 10, 40, 20)]}), "keine Fläche"),
        (Redaction({1: [(230, 10, 240, 20)]}), "neben der Seite"),
        (Redaction({1: [LINE] * 1_001}), "höchstens 1000"),
    ],
)
def test_a_plan_that_blackens_nothing_is_refused(
    build: Builder, plan: Redaction, words: str
) -> None:
    original = attached(build, paper_with("a", "b"))
    with pytest.raises(RuleBroken, match=words) as refused:
        redacted(build, original, plan)
    assert refused.value.field == "areas"
    build.session.rollback()
    assert build.session.scalar(select(func.count()).select_from(Attachment)) == 1


def test_what_is_public_is_first_made_non_public(build: Builder) -> None:
    original = attached(build, paper_with(SECRET), public=True)
    with pytest.raises(RuleBroken, match="zuerst als nichtöffentlich"):
        redacted(build, original, Redaction({1: [LINE]}))


def test_a_file_with_too_many_pages_is_refused(build: Builder) -> None:
    original = attached(build, paper_with(*("x" for _ in range(redaction.MAX_PAGES + 1))))
    with pytest.raises(RuleBroken, match="teilen Sie es auf"):
        redacted(build, original, Redaction({1: [LINE]}))
