"""Uploads: a harmless PDF is taken in, everything else is refused with what to do."""

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


@pytest.mark.parametrize(
    "change", [script, nested_script, launch, embedded, untyped_embedded, form, submits]
)
@pytest.mark.parametrize(
    "mode", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate]
)
def test_what_acts_by_itself_is_refused(
    change: Callable[[pikepdf.Pdf], None], mode: pikepdf.ObjectStreamMode
) -> None:
    assert "aktive Inhalte" in refusal(changed(change, object_stream_mode=mode))


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
