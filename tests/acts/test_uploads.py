"""Uploads: a harmless PDF is taken in, everything else is refused with what to do."""

import resource
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import func, select

from sitzungsdienst.acts import attachments
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.uploads import MAX_BYTES, check_pdf, pdf_name
from sitzungsdienst.record.papers import Attachment, Blob
from tests.support.builders import Builder, pdf


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    stream = BytesIO()
    document.save(stream, **options)  # type: ignore[arg-type]  # the test's own options
    return stream.getvalue()


def changed(change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    """A small PDF after a change, kept as sound bytes."""
    with pikepdf.open(BytesIO(pdf())) as document:
        change(document)
        return saved(document, **options)


def refusal(content: bytes) -> str:
    with pytest.raises(RuleBroken) as refused:
        check_pdf("file", content)
    assert refused.value.field == "file"
    return refused.value.message


def encrypted() -> bytes:
    with pikepdf.open(BytesIO(pdf())) as document:
        return saved(document, encryption=pikepdf.Encryption(owner="o", user="u"))


def script(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = document.make_indirect(action)


def nested_script(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript)
    document.Root.AA = pikepdf.Dictionary(WC=pikepdf.Array([pikepdf.Dictionary(Next=action)]))


def launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def embedded(document: pikepdf.Pdf) -> None:
    document.attachments["b.exe"] = pikepdf.AttachedFileSpec(document, b"MZ")


def untyped_embedded(document: pikepdf.Pdf) -> None:
    # A file may be embedded without its stream saying that it is one.
    stream = document.make_stream(b"MZ")
    document.Root.AF = pikepdf.Array(
        [pikepdf.Dictionary(F="b.exe", EF=pikepdf.Dictionary(F=stream))]
    )


def form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA="<xdp/>")


def submits(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="https://a.example")


def test_a_plain_pdf_is_taken_in() -> None:
    check_pdf("file", pdf())
    check_pdf("file", changed(lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.generate))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leer"),
        (b"Hallo Welt", "kein PDF"),
        (b"PK\x03\x04" + b"\0" * 100, "kein PDF"),
        (b"GIF89a" + pdf(), "kein PDF"),
        (b"<html>" + pdf(), "kein PDF"),
        (b"%PDF-1.7", "beschädigt"),
        (b"%PDF-1.7\n" + b"\xff" * 2_000, "beschädigt"),
        (b"%PDF-1.4\n<script>alert(1)</script>", "beschädigt"),
    ],
)
def test_what_is_no_pdf_is_refused(content: bytes, sentence: str) -> None:
    assert sentence in refusal(content)


def test_a_file_of_50_mb_is_refused_with_both_sizes_before_it_is_opened() -> None:
    message = refusal(pdf() + b"\0" * (50 * 1024 * 1024))
    assert "50 MB" in message
    assert f"{MAX_BYTES // 1024 // 1024} MB" in message


def test_a_protected_pdf_is_refused() -> None:
    assert "Kennwort" in refusal(encrypted())


def action(**values: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary({f"/{key}": value for key, value in values.items()})


def named_script(document: pikepdf.Pdf) -> None:
    scripts = pikepdf.Array(["a", action(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")])
    document.Root.Names = action(JavaScript=action(Names=scripts))


def page_script(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = action(O=action(S=pikepdf.Name.JavaScript))


def annotation(document: pikepdf.Pdf, **values: object) -> None:
    one = action(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **values)
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(one)])


def link_to_other_file(document: pikepdf.Pdf) -> None:
    annotation(document, Subtype=pikepdf.Name.Link, A=action(S=pikepdf.Name.GoToR, F="b.pdf"))


def annotation_starts(document: pikepdf.Pdf) -> None:
    further = action(E=action(S=pikepdf.Name.Launch, F="cmd.exe"))
    annotation(document, Subtype=pikepdf.Name.Text, AA=further)


def film(document: pikepdf.Pdf) -> None:
    annotation(document, Subtype=pikepdf.Name.RichMedia)


def screen(document: pikepdf.Pdf) -> None:
    annotation(document, Subtype=pikepdf.Name.Screen)


def bookmark_starts(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        item = pikepdf.OutlineItem("Mehr")
        item.action = action(S=pikepdf.Name.Launch, F="cmd.exe")
        outline.root.append(item)


def fills_in(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = action(S=pikepdf.Name.ImportData, F="a.fdf")


def opens_the_web(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = action(S=pikepdf.Name.URI, URI="https://a.example")


def later_opens_the_web(document: pikepdf.Pdf) -> None:
    second = action(S=pikepdf.Name.URI, URI="https://a.example")
    first = action(S=pikepdf.Name.GoTo, D="x", Next=second)
    document.Root.AA = action(WC=first)


def bytes_elsewhere(document: pikepdf.Pdf) -> None:
    stream = document.make_stream(b"")
    stream.F = "/etc/passwd"
    document.Root.Extra = stream


def portfolio(document: pikepdf.Pdf) -> None:
    document.Root.Collection = action(View=pikepdf.Name.T)


ACTIVE = [
    (script, "Skript"),
    (nested_script, "Skript"),
    (named_script, "Skript"),
    (page_script, "Skript"),
    (launch, "andere Programme starten"),
    (annotation_starts, "andere Programme starten"),
    (bookmark_starts, "andere Programme starten"),
    (embedded, "eingebettet"),
    (untyped_embedded, "eingebettet"),
    (portfolio, "eingebettet"),
    (form, "XFA"),
    (submits, "Daten senden"),
    (fills_in, "Daten senden"),
    (film, "Filme"),
    (screen, "Filme"),
    (link_to_other_file, "außerhalb"),
    (opens_the_web, "außerhalb"),
    (later_opens_the_web, "außerhalb"),
    (bytes_elsewhere, "außerhalb"),
]


@pytest.mark.parametrize(("change", "words"), ACTIVE, ids=lambda one: getattr(one, "__name__", ""))
@pytest.mark.parametrize(
    "mode", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate]
)
def test_what_acts_by_itself_is_refused(
    change: Callable[[pikepdf.Pdf], None], words: str, mode: pikepdf.ObjectStreamMode
) -> None:
    assert words in refusal(changed(change, object_stream_mode=mode))


def test_a_name_spelled_otherwise_is_the_same_name() -> None:
    content = changed(script, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"/JavaScript" in content
    spelled = content.replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS ", b"/J#53 ")
    assert "Skript" in refusal(spelled)


def test_a_link_into_the_web_and_a_plain_form_are_taken_in() -> None:
    link = action(S=pikepdf.Name.URI, URI="https://a.example")
    check_pdf("file", changed(lambda one: annotation(one, Subtype=pikepdf.Name.Link, A=link)))
    fields = action(Fields=[action(FT=pikepdf.Name.Tx, T="Name")])
    check_pdf("file", changed(lambda one: setattr(one.Root, "AcroForm", fields)))


def test_a_pdf_that_kills_the_worker_is_refused_and_harms_nothing() -> None:
    bomb = zlib.compress(b"0" * (400 * 1024 * 1024), 9)
    name = pikepdf.Name.FlateDecode

    def blow_up(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, zlib.compress(bomb, 9))
        stream.Filter = pikepdf.Array([name, name])
        document.Root.Extra = stream

    # Nothing unpacks a stream that no check reads.
    check_pdf("file", changed(blow_up))
    # As an object stream it has to be unpacked, and the worker's memory ends first.
    head = b"%PDF-1.5\n"
    body = b"1 0 obj<</Type/ObjStm/N 9/First 9/Filter/FlateDecode/Length %d>>stream\n" % len(bomb)
    rest = b"\nendstream endobj\n"
    table = b"".join((b"\x01%b\x00" % len(head).to_bytes(4, "big"), b"\x02\x00\x00\x00\x01\x00"))
    size = len(head) + len(body) + len(bomb) + len(rest)
    xref = (
        b"3 0 obj<</Type/XRef/Size 3/W[1 4 1]/Index[1 2]/Root 2 0 R/Length %d>>stream\n"
        % len(table)
        + table
        + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % size
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(head + body + bomb + rest + xref)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_pdf_is_refused(share: float) -> None:
    whole = pdf()
    assert "beschädigt" in refusal(whole[: int(len(whole) * share)])


def test_a_pdf_with_another_file_behind_it_is_refused() -> None:
    assert "beschädigt" in refusal(pdf() + b"PK\x03\x04" + b"\0" * 5_000)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Plan.pdf", "Plan.pdf"),
        ("Plan.PDF", "Plan.pdf"),
        ("C:\\Users\\a\\Plan.pdf", "Plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ('a"\r\nX: y.pdf', "a___X_ y.pdf"),
        ("", "Anlage.pdf"),
        ("…", "_.pdf"),
        (".pdf", "Anlage.pdf"),
        ("Größe.pdf", "Größe.pdf"),
    ],
)
def test_file_names_are_made_safe(sent: str, kept: str) -> None:
    assert pdf_name(sent) == kept


def test_a_very_long_file_name_is_shortened() -> None:
    assert len(pdf_name("x" * 5_000)) <= 130


def test_a_refused_upload_leaves_nothing(build: Builder) -> None:
    paper = build.paper()
    upload = attachments.Upload("x.pdf", b"kein PDF")
    facts = attachments.AttachmentFacts(name="x")
    with pytest.raises(RuleBroken):
        attachments.attach(build.session, build.actor, paper, upload, facts, build.now)
    assert build.session.scalar(select(func.count()).select_from(Blob)) == 0


def test_the_same_bytes_are_kept_once(build: Builder) -> None:
    first, second = build.paper(), build.paper()
    build.attach(first)
    build.attach(second)
    assert build.session.scalar(select(func.count()).select_from(Blob)) == 1
    assert build.session.scalar(select(func.count()).select_from(Attachment)) == 2
