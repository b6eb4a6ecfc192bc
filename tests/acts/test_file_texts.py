"""The words of attachments: read in a process that may die, kept once, gone with the file."""

import io
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import attachments, file_texts, secrecy
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.attachments import AttachmentFacts, Upload
from sitzungsdienst.acts.file_texts import Reading
from sitzungsdienst.files import sandbox
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.file_texts import FileText, TextState
from sitzungsdienst.record.papers import Attachment, Blob
from tests.files.test_sandbox import hostile
from tests.support.builders import Builder, pdf
from tests.support.cast import NOW, Cast


@pytest.fixture
def build(session: Session, cast: Cast) -> Builder:
    return Builder(session, Actor.system(cast.boerde))


@pytest.fixture(autouse=True)
def _nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_texts, "_found", {})


def upload(build: Builder, paper: int, content: bytes, name: str = "Gutachten.pdf") -> int:
    facts = AttachmentFacts(name="Gutachten")
    return attachments.attach(
        build.session, build.actor, paper, Upload(name, content), facts, build.now
    )


def text_of(session: Session, attachment: int) -> tuple[TextState, str, str]:
    session.rollback()
    sha512 = session.get_one(Attachment, attachment).sha512
    row = session.get_one(FileText, sha512)
    return row.state, row.text, row.folded


def scan() -> bytes:
    """A page on which something is drawn but nothing is written."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    return stream.getvalue()


def test_the_words_of_an_upload_are_kept_as_they_stand_and_as_they_are_compared(
    build: Builder,
) -> None:
    made = upload(build, build.paper(), pdf("Gutachten zur Straße"))
    assert text_of(build.session, made) == (
        TextState.WHOLE, "Gutachten zur Straße", "gutachten zur strasse",
    )  # fmt: skip


def test_the_same_bytes_are_read_once(build: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(build, build.paper(), pdf("Zweimal"))
    monkeypatch.setattr(file_texts, "_found", {})
    monkeypatch.setattr(file_texts, "_read", lambda *_: pytest.fail("read again"))
    upload(build, build.paper(), pdf("Zweimal"))
    assert build.session.scalar(select(func.count()).select_from(FileText)) == 1


def test_a_scan_is_taken_in_and_known_to_have_no_words(build: Builder) -> None:
    made = upload(build, build.paper(), scan())
    assert text_of(build.session, made) == (TextState.EMPTY, "", "")
    assert file_texts.state_of(build.session, made) is TextState.EMPTY


@pytest.mark.parametrize(
    "code",
    [
        "_limit(2**28, 5, 1000)\nx = b'0' * 2**30",
        "_limit(2**30, 1, 1000)\nwhile True: pass",
        "_limit(2**30, 5, 1000)\nimport time\ntime.sleep(60)",
        "_limit(2**30, 5, 1000)\nprint('x' * 5000, flush=True)",
        "import os\nos.kill(os.getpid(), 9)",
    ],
)
def test_whatever_the_reader_does_the_upload_stands(
    build: Builder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str
) -> None:
    paper, content = build.paper(), pdf("Wer liest das?")
    monkeypatch.setattr(attachments, "check_file", lambda *_: ".pdf")
    hostile(monkeypatch, tmp_path, code, seconds=2)
    monkeypatch.setattr(file_texts, "READ_SECONDS", 2)
    made = upload(build, paper, content)
    assert text_of(build.session, made) == (TextState.FAILED, "", "")
    assert build.session.get_one(Attachment, made).blob.content == content


def test_no_place_for_the_reader_keeps_nobody_waiting(
    build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_texts, "READ_SECONDS", 0.2)
    monkeypatch.setattr(sandbox, "_places", sandbox.threading.BoundedSemaphore(1))
    sandbox._places.acquire()
    assert file_texts._read(pdf(), ".pdf") == Reading(TextState.FAILED)


def test_an_encrypted_file_could_not_be_read() -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert file_texts._read(stream.getvalue(), ".pdf") == Reading(TextState.FAILED)


def test_what_could_not_be_read_is_tried_again_with_the_next_upload(
    build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(file_texts, "_read", lambda *_: Reading(TextState.FAILED))
        made = upload(build, build.paper(), pdf("Später"))
    assert text_of(build.session, made)[0] is TextState.FAILED
    upload(build, build.paper(), pdf("Später"))
    assert text_of(build.session, made) == (TextState.WHOLE, "Später", "spater")


def test_words_go_with_the_last_attachment_that_has_them(build: Builder) -> None:
    paper = build.paper()
    first = upload(build, paper, pdf("Doppelt"))
    second = upload(build, build.paper(), pdf("Doppelt"))
    for made, left in ((first, 1), (second, 0)):
        version = build.version(Attachment, made)
        attachments.remove_attachment(build.session, build.actor, made, version, NOW)
        assert build.session.scalar(select(func.count()).select_from(FileText)) == left


def test_words_go_with_the_bytes(build: Builder) -> None:
    made = upload(build, build.paper(), pdf("Vergessen"))
    build.session.rollback()
    sha512 = build.session.get_one(Attachment, made).sha512
    build.session.rollback()
    build.session.connection(execution_options={"writes": True})
    secrecy.forget_bytes(build.session, sha512)
    assert build.session.get(Blob, sha512) is not None  # the attachment still has them
    assert build.session.get(FileText, sha512) is not None
    build.session.delete(build.session.get_one(Attachment, made))
    build.session.flush()
    secrecy.forget_bytes(build.session, sha512)
    build.session.commit()
    assert build.session.get(Blob, sha512) is None
    assert build.session.scalar(select(func.count()).select_from(FileText)) == 0


def test_the_audit_trail_does_not_repeat_the_words(build: Builder) -> None:
    upload(build, build.paper(), pdf("Geheimwort"))
    build.session.rollback()
    for entry in build.session.scalars(select(AuditEntry)):
        assert "Geheimwort" not in entry.changes
