"""The page where an attachment is redacted: typed lines, turned pages, the copy."""

import io
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from sitzungsdienst.acts import attachments
from sitzungsdienst.acts.attachments import AttachmentFacts, Upload
from sitzungsdienst.record.papers import Attachment
from tests.files.test_office_check import word
from tests.support.browser import OfficeClient, text_of
from tests.support.pdf import typed
from tests.support.planning import error_at
from tests.support.registry import Registry


@pytest.fixture
def original(session: Session, registry: Registry, now: datetime) -> int:
    paper = registry.paper(public=True)
    upload = Upload(
        "Vertrag.pdf", typed(*(f"Herr Meier auf Blatt {number}" for number in (1, 2, 3)))
    )
    facts = AttachmentFacts(name="Vertrag")
    return attachments.attach(session, registry.actor, paper, upload, facts, now)


def send(clerk: OfficeClient, original: int, **sent: str) -> Any:
    here = f"/anlagen/{original}/schwaerzen"
    return clerk.submit(here, sent, page=here)


def test_lines_make_a_redacted_copy(clerk: OfficeClient, session: Session, original: int) -> None:
    here = f"/vorlagen/{session.get_one(Attachment, original).paper_id}"
    assert f"/anlagen/{original}/schwaerzen" in clerk.get(here).get_data(as_text=True)
    session.rollback()
    answer = send(clerk, original, areas="1: 20 36 120,5 46\nSeite 2: GANZ\n", name="Auszug")
    assert answer.status_code == 303
    page = text_of(clerk.get(here))
    assert "1 von 3 Seiten sind Bilder" in page
    assert "steht noch an anderer Stelle. Bitte prüfen Sie: Seite 3." in page
    assert "Auszug (PDF) geschwärzte Fassung von »Vertrag«" in page
    session.rollback()
    copy = session.scalars(select(Attachment).where(Attachment.redacts_id == original)).one()
    assert not copy.public


def test_turning_the_page_keeps_the_lines_and_makes_nothing(
    clerk: OfficeClient, session: Session, original: int
) -> None:
    lines = "2: 10 10 50 20\n1: 1 1 2 2"
    for button, field, shown in (("seite", "2", 2), ("3", "", 3), ("99999", "", 3), ("x", "x", 1)):
        answer = send(clerk, original, areas=lines, page=field, zeigen=button)
        assert answer.status_code == 200
        assert f"Seite {shown} von 3" in text_of(answer)
        assert "2: 10 10 50 20" in answer.get_data(as_text=True)
        if shown == 2:
            assert "flaechen=10,10,50,20" in answer.get_data(as_text=True).replace("%2C", ",")
    session.rollback()
    assert len(session.scalars(select(Attachment)).all()) == 1


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "wählen Sie aus"),
        ("1: 20 36 120 46\nNamen schwärzen", "Zeile 2 ist nicht zu verstehen"),
        ("1: 20 36 120", "Zeile 1 ist nicht zu verstehen"),
        ("7: ganz", "Seite 7 gibt es nicht; das PDF hat 3 Seiten"),
        ("1: 50 36 20 46", "keine Fläche"),
    ],
)
def test_a_line_that_says_nothing_is_refused_at_the_field(
    clerk: OfficeClient, original: int, lines: str, words: str
) -> None:
    answer = send(clerk, original, areas=lines)
    assert answer.status_code == 422
    assert words in error_at(answer, "areas")


@pytest.mark.parametrize(
    "query",
    ["", "?seite=2", "?seite=99", "?seite=x", "?flaechen=10,10,50,20;nan,1,2,3;x;1,2", "?seite=-1"],
)
def test_a_page_is_shown_as_a_picture(clerk: OfficeClient, original: int, query: str) -> None:
    answer = clerk.get(f"/anlagen/{original}/seitenbild{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/png"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_data().startswith(b"\x89PNG")


def test_members_do_not_redact(member: OfficeClient, original: int) -> None:
    assert member.get(f"/anlagen/{original}/schwaerzen").status_code in (403, 404)
    assert member.get(f"/anlagen/{original}/seitenbild").status_code in (403, 404)


def test_a_word_file_is_taken_in_non_public_and_handed_out_as_one(
    clerk: OfficeClient, session: Session, registry: Registry
) -> None:
    paper = registry.paper(public=True)
    path = f"/vorlagen/{paper}/anlagen/neu"

    def upload(**more: str) -> Any:
        fields = {
            "csrf_token": clerk.token(path),
            "file": FileStorage(io.BytesIO(word()), "Entwurf.docx"),
            **more,
        }
        boundary, body = encode_multipart(MultiDict(fields))
        kind = f"multipart/form-data; boundary={boundary}"
        return clerk.post(path, data=body, content_type=kind)

    refused = upload(public="y")
    assert "Öffentlich kann nur ein PDF sein" in error_at(refused, "public")
    assert upload().status_code == 303
    session.rollback()
    row = session.scalars(select(Attachment)).one()
    assert row.file_name == "Entwurf.docx"
    sent = clerk.get(f"/anlagen/{row.id}/datei")
    assert sent.mimetype.endswith("wordprocessingml.document")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    page = clerk.get(f"/vorlagen/{paper}")
    assert "(DOCX)" in text_of(page)
    assert "schwaerzen" not in page.get_data(as_text=True)
    answer = clerk.get(f"/anlagen/{row.id}/schwaerzen")
    assert answer.status_code == 422
    assert "Nur ein PDF lässt sich schwärzen" in text_of(answer)
