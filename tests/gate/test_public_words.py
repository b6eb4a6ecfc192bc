"""What the public can search was read from public bytes, and from nothing else."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import attachments, file_texts, papers, redaction, releases
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.attachments import AttachmentFacts, Upload
from sitzungsdienst.acts.redaction import Redaction
from sitzungsdienst.app import create_public
from sitzungsdienst.config import Settings
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.papers import Attachment, Paper
from tests.public.reading import text
from tests.support.builders import Builder
from tests.support.cast import NOW, Cast


@pytest.fixture
def build(session: Session, cast: Cast) -> Builder:
    return Builder(session, Actor.system(cast.boerde))


@pytest.fixture
def citizen(settings: Settings, engine: Engine) -> Iterator[FlaskClient]:
    del engine
    app: Flask = create_public(settings)
    app.testing = True
    yield app.test_client()
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


def release(build: Builder, paper: int, reason: str = "") -> None:
    releases.release_paper(build.session, build.actor, paper, reason, NOW)
    build.session.rollback()


def public_words(build: Builder) -> list[str]:
    build.session.rollback()
    return sorted(build.session.scalars(select(tables.file_text.c.text)))


def found(citizen: FlaskClient, word: str) -> str:
    return text(citizen.get("/vorlagen", query_string={"suche": word}).text)


def every_word_is_of_public_bytes(build: Builder) -> bool:
    """Read all public bytes anew: what can be searched is just what they say."""
    build.session.rollback()
    blobs = build.session.execute(select(tables.blob.c.sha512, tables.blob.c.content))
    said = {sha512: file_texts._read(content, ".pdf").text for sha512, content in blobs}
    columns = tables.file_text.c
    rows = build.session.execute(select(columns.sha512, columns.text)).all()
    return all(said.get(sha512) == words for sha512, words in rows)


def test_only_the_public_attachments_of_a_released_paper_are_searched(
    build: Builder, citizen: FlaskClient
) -> None:
    paper = build.paper(public=True, title="Sanierung")
    build.attach(paper, public=True, text="Lageplan der Schule")
    build.attach(paper, public=False, text="Kaufpreis vertraulich")
    hidden = build.paper(public=False)
    build.attach(hidden, public=True, text="Personalakte")
    assert public_words(build) == []
    release(build, paper)
    assert public_words(build) == ["Lageplan der Schule"]
    assert every_word_is_of_public_bytes(build)
    assert "in der Anlage »Lageplan der Schule«" in found(citizen, "lageplan")
    for word in ("kaufpreis", "personalakte"):
        assert found(citizen, word) == found(citizen, "gibtesnicht").replace("gibtesnicht", word)


def test_words_go_with_a_withdrawal_and_come_back_with_a_release(
    build: Builder, citizen: FlaskClient
) -> None:
    paper = build.paper(public=True)
    file = build.attach(paper, public=True, text="Lageplan")
    release(build, paper)
    releases.withdraw_attachment(build.session, build.actor, file, "Versehen", NOW)
    assert public_words(build) == []
    assert "in der Anlage" not in found(citizen, "lageplan")
    version = build.version(Attachment, file)
    shown = AttachmentFacts(name="Lageplan", public=True)
    attachments.edit_attachment(build.session, build.actor, file, version, shown, NOW)
    release(build, paper, "Wieder öffentlich")
    assert public_words(build) == ["Lageplan"]
    releases.withdraw_paper(build.session, build.actor, paper, "Versehen", NOW)
    assert public_words(build) == []
    assert "in der Anlage" not in found(citizen, "lageplan")


def secretive() -> bytes:
    """A PDF with a word nobody sees on the page, one on a page, one in its metadata."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.setTitle("Metawort")
    canvas.drawString(72, 720, "Sichtwort")
    hidden = canvas.beginText(72, 600)
    hidden.setTextRenderMode(3)
    hidden.textOut("Tarnwort")
    canvas.drawText(hidden)
    canvas.save()
    return stream.getvalue()


def test_hidden_words_of_public_bytes_are_as_public_as_the_bytes(
    build: Builder, citizen: FlaskClient
) -> None:
    """The bytes are out, and everybody can search them: nothing more, nothing less is found."""
    paper = build.paper(public=True)
    facts = AttachmentFacts(name="Plan", public=True)
    attachments.attach(
        build.session, build.actor, paper, Upload("plan.pdf", secretive()), facts, NOW
    )
    release(build, paper)
    assert every_word_is_of_public_bytes(build)
    assert "in der Anlage" in found(citizen, "sichtwort")
    assert "in der Anlage" in found(citizen, "tarnwort")
    assert "in der Anlage" not in found(citizen, "metawort")


def test_of_a_redacted_copy_only_what_it_still_says_is_searched(
    build: Builder, citizen: FlaskClient
) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(72, 720, "Schwarzwort")
    canvas.showPage()
    canvas.drawString(72, 720, "Restwort")
    canvas.save()
    paper = build.paper(public=True)
    facts = AttachmentFacts(name="Original")
    upload = Upload("o.pdf", stream.getvalue())
    original = attachments.attach(build.session, build.actor, paper, upload, facts, NOW)
    plan = Redaction(whole=frozenset({1}), name="Fassung")
    copy = redaction.redact(build.session, build.actor, original, plan, NOW).id
    version = build.version(Attachment, copy)
    shown = AttachmentFacts(name="Fassung", public=True, redacts_id=original)
    attachments.edit_attachment(build.session, build.actor, copy, version, shown, NOW)
    release(build, paper)
    assert every_word_is_of_public_bytes(build)
    assert not any("Schwarzwort" in words for words in public_words(build))
    assert "in der Anlage" not in found(citizen, "schwarzwort")


def test_a_file_in_which_nothing_could_be_read_is_released_all_the_same(
    build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = file_texts.Reading(file_texts.TextState.FAILED)
    monkeypatch.setattr(file_texts, "read", lambda *_: failed)
    monkeypatch.setattr(attachments, "read", lambda *_: failed)
    paper = build.paper(public=True)
    build.attach(paper, public=True, text="Unlesbar")
    release(build, paper)
    assert public_words(build) == []
    assert build.session.scalar(select(tables.blob.c.size)) is not None


def test_the_ledger_stays_whole(build: Builder, engine: Engine) -> None:
    paper = build.paper(public=True)
    build.attach(paper, public=True, text="Lageplan")
    release(build, paper)
    with engine.connect() as connection:
        assert verify(connection).intact


def test_words_read_later_are_completed_for_public_bytes_alone(build: Builder) -> None:
    paper = build.paper(public=True)
    build.attach(paper, public=True, text="Lageplan")
    build.attach(paper, public=False, text="Kaufpreis")
    release(build, paper)
    build.session.connection(execution_options={"writes": True})
    build.session.execute(tables.file_text.delete())
    build.session.commit()
    assert file_texts.complete_public(build.session) == 1
    assert public_words(build) == ["Lageplan"]
    assert file_texts.complete_public(build.session) == 0


def test_a_changed_paper_keeps_its_words(build: Builder) -> None:
    paper = build.paper(public=True)
    build.attach(paper, public=True, text="Lageplan")
    release(build, paper)
    version = build.version(Paper, paper)
    facts = build.paper_facts(reference="2017/99", title="Neuer Titel", public=True)
    papers.edit_paper(build.session, build.actor, paper, version, facts, NOW)
    release(build, paper, "Titel berichtigt")
    assert public_words(build) == ["Lageplan"]
