"""Files that are none: refused at the field, the rest of the form kept, nothing stored."""

from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from sitzungsdienst.record.papers import Attachment, Blob
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import pdf
from tests.support.filled import fields_of
from tests.support.planning import error_at
from tests.support.session_room import Room

MIB = 1024 * 1024


def upload(
    clerk: OfficeClient, room: Room, content: bytes, file_name: str = "Plan.pdf"
) -> TestResponse:
    path = f"/vorlagen/{room.paper}/anlagen/neu"
    file = FileStorage(BytesIO(content), file_name, content_type="application/pdf")
    fields = {"csrf_token": clerk.token(path), "name": "Zeitplan", "file": file}
    # Written by hand: the test client would leave large bodies in an open file.
    boundary, body = encode_multipart(fields)
    return clerk.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Die Datei ist leer"),
        (b"Kein PDF", "Die Datei ist kein PDF"),
        (b"\x00" * 4000, "Die Datei ist kein PDF"),
        (b"<script>alert(1)</script>" + pdf(), "Die Datei ist kein PDF"),
        (b"%PDF-1.7\n%%EOF\n", "beschädigt"),
        (b"%PDF-1.7\n" + b"\xff" * 5000 + b"\n%%EOF\n", "beschädigt"),
        (pdf()[:400], "beschädigt"),
        (b"%PDF-1.7\n" + b"0" * (26 * MIB), "höchstens 25 MB"),
    ],
)
def test_what_is_no_fit_pdf_is_refused_at_its_field(
    clerk: OfficeClient, session: Session, room: Room, content: bytes, words: str
) -> None:
    answer = upload(clerk, room, content)
    assert answer.status_code == 422
    assert words in error_at(answer, "file")
    assert fields_of(answer)["name"] == ["Zeitplan"], "what was typed stays"
    session.rollback()
    assert session.scalars(select(Attachment)).all() == []


def test_a_file_of_fifty_megabytes_is_refused_with_the_limit(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    before = len(session.scalars(select(Blob.sha512)).all())
    answer = upload(clerk, room, b"%PDF-1.7\n" + b"0" * (50 * MIB))
    assert answer.status_code in (413, 422)
    assert "25 MB" in text_of(answer)
    session.rollback()
    assert len(session.scalars(select(Blob.sha512)).all()) == before


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "C:\\boot.ini", "a\x00b.pdf", "x" * 5000, "\u202efdp.exe", '"\r\nX'],
)
def test_a_file_name_leads_nowhere(
    clerk: OfficeClient, session: Session, room: Room, name: str
) -> None:
    assert upload(clerk, room, pdf(), name).status_code in (303, 422)
    session.rollback()
    for row in session.scalars(select(Attachment)):
        assert row.file_name.endswith(".pdf")
        assert len(row.file_name) < 150
        assert not set(row.file_name) & set('/\\:"\x00\r\n\u202e')
        sent = clerk.get(f"/anlagen/{row.id}/datei").headers["Content-Disposition"]
        assert sent.startswith("attachment")
