"""What hangs on a paper: path, attachments, release."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from sitzungsdienst.acts import releases
from sitzungsdienst.office.views import paper_parts
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicFile, PublicPaper
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.papers import Attachment, Consultation, Paper
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.registry import Registry, pdf


@pytest.fixture
def paper(registry: Registry) -> int:
    return registry.paper(public=True)


def _upload(
    clerk: OfficeClient, paper: int, content: bytes, file_name: str = "Plan.pdf", **more: str
) -> Any:
    """Send the form as bytes: the test client leaves its temporary files open."""
    path = f"/vorlagen/{paper}/anlagen/neu"
    fields = {
        "csrf_token": clerk.token(path),
        "file": FileStorage(io.BytesIO(content), file_name),
        **more,
    }
    boundary, body = encode_multipart(MultiDict(fields))
    kind = f"multipart/form-data; boundary={boundary}"
    return clerk.post(
        path, input_stream=io.BytesIO(body), content_type=kind, content_length=len(body)
    )


# --- The path


def test_steps_are_added_in_order_and_taken_off_again(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast, paper: int
) -> None:
    council = registry.organization("Kreistag")
    here = f"/vorlagen/{paper}"
    for organization, role in ((cast.committee, "preliminary"), (council, "decision")):
        sent = {"organization_id": str(organization), "role": role}
        assert clerk.submit(f"{here}/beratungsfolge", sent, page=here).status_code == 303
    page = text_of(clerk.get(here))
    assert "1. Ausschuss für Bildung, Soziales und Kultur Vorberatung" in page
    assert "2. Kreistag Entscheidung noch nicht" in page
    first = session.scalars(select(Consultation).order_by(Consultation.id)).first()
    path = f"/beratungsfolge/{first.id}/entfernung"
    assert clerk.submit(path, {"version": "1"}, page=here).status_code == 303
    assert "1. Kreistag Entscheidung" in text_of(clerk.get(here))


def test_only_committees_may_be_chosen(
    clerk: OfficeClient, registry: Registry, session: Session, paper: int
) -> None:
    unit = registry.organization("Fachbereich 3", OrganizationKind.UNIT)
    here = f"/vorlagen/{paper}"
    for chosen in ("", str(unit), "999"):
        sent = {"organization_id": chosen, "role": "hearing"}
        answer = clerk.submit(f"{here}/beratungsfolge", sent, page=here)
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert 'id="organization_id-fehler"' in page
        assert '<option selected value="hearing">' in page
    assert session.scalars(select(Consultation)).all() == []


def test_a_step_on_an_agenda_stays_and_shows_where_it_stands(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast, paper: int
) -> None:
    step = registry.step(paper, cast.committee)
    registry.summoned_meeting(cast.committee, step)
    here = f"/vorlagen/{paper}"
    page = text_of(clerk.get(here))
    assert "Sitzung am Mi, 19.04.2017" in page
    version = str(session.get_one(Consultation, step).version)
    session.rollback()
    answer = clerk.submit(f"/beratungsfolge/{step}/entfernung", {"version": version}, page=here)
    assert answer.status_code == 422
    assert "schon auf einer Tagesordnung" in text_of(answer)
    assert "Integrationskonzept" in text_of(answer)


# --- Attachments


def test_an_attachment_is_nonpublic_unless_said_otherwise(
    clerk: OfficeClient, session: Session, paper: int
) -> None:
    assert _upload(clerk, paper, pdf()).status_code == 303
    assert _upload(clerk, paper, pdf(), file_name="Zwei.pdf", public="y").status_code == 303
    rows = session.scalars(select(Attachment).order_by(Attachment.id)).all()
    assert [(one.name, one.public) for one in rows] == [("Plan", False), ("Zwei", True)]


def test_an_attachment_comes_back_byte_for_byte(clerk: OfficeClient, paper: int) -> None:
    _upload(clerk, paper, pdf(), file_name="Übersicht.pdf")
    answer = clerk.get("/anlagen/1/datei")
    assert answer.data == pdf()
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ist leer"),
        (b"<html>", "kein PDF"),
        (b"%PDF-1.7\nkaputt", "beschädigt"),
        (b"%PDF-" + bytes(26 * 1024 * 1024), "höchstens 25 MB"),
        (b"%PDF-" + bytes(50 * 1024 * 1024), "höchstens 25 MB"),
    ],
    ids=["empty", "html", "broken", "26 MB", "50 MB"],
)
def test_what_is_no_fit_pdf_is_refused_at_the_field_and_the_rest_is_kept(
    clerk: OfficeClient, session: Session, paper: int, content: bytes, words: str
) -> None:
    answer = _upload(clerk, paper, content, name="Zeitplan", public="y")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'id="file-fehler"' in page
    assert words in page
    assert 'value="Zeitplan"' in page
    assert "checked" in page
    assert session.scalars(select(Attachment)).all() == []


def test_no_file_is_an_error_at_the_field(clerk: OfficeClient, paper: int) -> None:
    answer = clerk.submit(f"/vorlagen/{paper}/anlagen/neu", {"name": "Zeitplan"})
    assert answer.status_code == 422
    assert 'id="file-fehler"' in answer.get_data(as_text=True)


def test_an_upload_beyond_all_measure_gets_its_own_page(
    clerk: OfficeClient, paper: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_parts, "LARGEST_REQUEST", 10_000)
    answer = _upload(clerk, paper, bytes(20_000))
    assert answer.status_code == 413
    assert "Die Datei ist zu groß" in text_of(answer)


def test_larger_bodies_are_let_in_for_attachments_only(
    clerk: OfficeClient, office_app: Flask, paper: int
) -> None:
    office_app.config["MAX_CONTENT_LENGTH"] = 10_000
    assert _upload(clerk, paper, b"%PDF-" + bytes(20_000)).status_code == 422
    sent = {"organization_id": "1" * 20_000}
    here = f"/vorlagen/{paper}"
    assert clerk.submit(f"{here}/beratungsfolge", sent, page=here).status_code == 413


def test_an_attachment_is_renamed_and_a_second_tab_is_told(
    clerk: OfficeClient, registry: Registry, session: Session, paper: int
) -> None:
    attachment = registry.attachment(paper, "Plan")
    path = f"/anlagen/{attachment}"
    empty = clerk.submit(path, {"version": "1", "name": ""})
    assert 'id="name-fehler"' in empty.get_data(as_text=True)
    sent = {"version": "1", "name": "Zeitplan", "public": "y"}
    assert clerk.submit(path, sent).status_code == 303
    assert clerk.submit(path, sent | {"name": "Fahrplan"}).status_code == 409
    session.rollback()
    row = session.get_one(Attachment, attachment)
    assert (row.name, row.public) == ("Zeitplan", True)


def test_an_attachment_is_taken_off_after_a_question(
    clerk: OfficeClient, registry: Registry, session: Session, paper: int
) -> None:
    attachment = registry.attachment(paper, "Plan")
    path = f"/anlagen/{attachment}/entfernung"
    assert "Möchten Sie die Anlage »Plan« entfernen?" in text_of(clerk.get(path))
    assert clerk.submit(path, {"version": "1"}).status_code == 303
    session.rollback()
    assert session.get(Attachment, attachment) is None


# --- The public


def test_the_box_lists_what_would_go_public_and_what_would_not(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    paper = registry.paper("7", public=True, reasons="Darum.", internal_note="Nur wir.")
    registry.step(paper, cast.committee)
    registry.attachment(paper, "Zeitplan", public=True)
    registry.attachment(paper, "Kosten")
    page = text_of(clerk.get(f"/vorlagen/{paper}"))
    would = page[page.index("Veröffentlicht werden:") : page.index("Nicht veröffentlicht werden:")]
    would_not = page[page.index("Nicht veröffentlicht werden:") :]
    for text in ("Begründung", "Anlage: Zeitplan", "Beratungsfolge: Ausschuss für Bildung"):
        assert text in would
    assert "Kosten" not in would
    assert "Anlage: Kosten (nichtöffentlich)" in would_not
    assert "interner Vermerk" in would_not


def test_a_nonpublic_paper_is_not_released_and_the_page_says_what_to_do(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    paper = registry.paper("7")
    here = f"/vorlagen/{paper}"
    page = text_of(clerk.get(here))
    assert "ist als nichtöffentlich geführt" in page
    assert "Vorlage veröffentlichen" not in page
    assert clerk.submit(f"{here}/freigabe", page=here).status_code == 422
    row = session.get_one(Paper, paper)
    assert Reader(session.connection()).get(PublicPaper, row.uid) is None


def test_a_paper_is_released_changed_released_anew_and_withdrawn(
    clerk: OfficeClient, registry: Registry, session: Session, paper: int
) -> None:
    registry.attachment(paper, "Zeitplan", public=True)
    here = f"/vorlagen/{paper}"
    assert clerk.submit(f"{here}/freigabe", page=here).status_code == 303
    page = text_of(clerk.get(here))
    assert "auf dem Stand dieser Seite" in page
    assert "Zurücknehmen" in page
    again = clerk.submit(f"{here}/freigabe", {"reason": "Nochmal"}, page=here)
    assert again.status_code == 422
    assert "schon auf diesem Stand" in text_of(again)

    registry.attachment(paper, "Kosten", public=True)
    assert "Seit der Veröffentlichung wurde etwas geändert" in text_of(clerk.get(here))
    unexplained = clerk.submit(f"{here}/freigabe", page=here)
    assert 'id="reason-fehler"' in unexplained.get_data(as_text=True)
    explained = clerk.submit(f"{here}/freigabe", {"reason": "Anlage ergänzt"}, page=here)
    assert explained.status_code == 303

    version = str(session.get_one(Paper, paper).version)
    session.rollback()
    done = clerk.submit(f"{here}/ruecknahme", {"version": version, "reason": "Versehen"})
    assert done.status_code == 303
    session.rollback()
    row = session.get_one(Paper, paper)
    assert Reader(session.connection()).get(PublicPaper, row.uid).deleted
    assert not row.public


def test_one_attachment_is_withdrawn_alone(
    clerk: OfficeClient, registry: Registry, session: Session, paper: int
) -> None:
    attachment = registry.attachment(paper, "Zeitplan", public=True)
    releases.release_paper(session, registry.actor, paper, "", registry.now)
    blocked = clerk.submit(f"/anlagen/{attachment}/entfernung", {"version": "1"})
    assert blocked.status_code == 422
    assert "Ziehen Sie sie zuerst aus der Öffentlichkeit" in text_of(blocked)
    path = f"/anlagen/{attachment}/ruecknahme"
    assert clerk.submit(path, {"version": "1", "reason": ""}).status_code == 422
    assert clerk.submit(path, {"version": "1", "reason": "Falsche Datei"}).status_code == 303
    session.rollback()
    reader = Reader(session.connection())
    row = session.get_one(Attachment, attachment)
    assert reader.get(PublicFile, row.uid).deleted
    assert not reader.get(PublicPaper, row.paper.uid).deleted
    assert not row.public


# --- Who may


def test_parts_of_another_bodys_paper_are_unknown(
    stranger: OfficeClient, registry: Registry, cast: Cast, paper: int
) -> None:
    step = registry.step(paper, cast.committee)
    attachment = registry.attachment(paper, "Plan", public=True)
    for path in (
        f"/vorlagen/{paper}/anlagen/neu",
        f"/vorlagen/{paper}/ruecknahme",
        f"/anlagen/{attachment}",
        f"/anlagen/{attachment}/datei",
        f"/anlagen/{attachment}/entfernung",
        f"/anlagen/{attachment}/ruecknahme",
    ):
        assert stranger.get(path).status_code == 404, path
    for path in (
        f"/vorlagen/{paper}/beratungsfolge",
        f"/vorlagen/{paper}/freigabe",
        f"/beratungsfolge/{step}/entfernung",
    ):
        assert stranger.submit(path, page="/konto").status_code == 404, path


def test_a_member_downloads_what_belongs_to_their_meetings_and_changes_nothing(
    member: OfficeClient, registry: Registry, cast: Cast, paper: int
) -> None:
    attachment = registry.attachment(paper, "Plan")
    assert member.get(f"/anlagen/{attachment}/datei").status_code == 404
    registry.summoned_meeting(cast.committee, registry.step(paper, cast.committee))
    assert member.get(f"/anlagen/{attachment}/datei").data == pdf()
    for path in (f"/anlagen/{attachment}", f"/anlagen/{attachment}/entfernung"):
        assert member.get(path).status_code == 404
    assert member.submit(f"/vorlagen/{paper}/freigabe", page="/konto").status_code == 404
