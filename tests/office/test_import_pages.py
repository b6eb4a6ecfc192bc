"""Taking in a list on the pages: upload, preview, confirmation."""

import base64
import io
import re

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import people
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.people import Membership, Person
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import Fields, fields_of
from tests.support.registry import Registry

LIST = (
    "Nachname;Vorname;Gremium;Funktion;Beginn;Sternzeichen\n"
    "Kratzsch;Vanessa;ABSK;Vorsitz;01.07.2014;Waage\nNehring;Jürgen;ABSK;;;\n"
)
PAGE = "/personen/import"
CONFIRM = f"{PAGE}/uebernahme"


def upload(client: OfficeClient, content: str | bytes, name: str = "liste.csv"):
    data = content.encode() if isinstance(content, str) else content
    form: dict[str, object] = dict(fields_of(client.get(PAGE)))
    return client.post(PAGE, data=form | {"file": (io.BytesIO(data), name)})


def confirmation(client: OfficeClient, content: str = LIST) -> Fields:
    return fields_of(upload(client, content))


def count(session: Session, kind: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_list_is_shown_first_and_taken_in_after_a_yes(
    clerk: OfficeClient, session: Session
) -> None:
    preview = upload(clerk, LIST)
    assert preview.status_code == 200
    page = text_of(preview)
    assert "CSV, Zeichensatz UTF-8, Trennzeichen Semikolon" in page
    assert "2 Kratzsch, Vanessa ABSK neu Person wird angelegt Mitgliedschaft wird angelegt" in page
    assert "3 Nehring, Jürgen ABSK unverändert" in page
    assert "Unbekannte Spalten, nicht berücksichtigt Sternzeichen" in page
    assert count(session, Person) == 1
    done = clerk.post(CONFIRM, data=fields_of(preview))
    assert (done.status_code, done.location) == (303, "/personen")
    assert "Zeilen: 1 neu, 1 unverändert." in text_of(clerk.get("/personen"))
    assert (count(session, Person), count(session, Membership)) == (2, 2)


def test_the_same_list_once_more_changes_nothing(clerk: OfficeClient, session: Session) -> None:
    clerk.post(CONFIRM, data=confirmation(clerk))
    again = upload(clerk, LIST)
    assert "Alles ist schon auf diesem Stand" in text_of(again)
    assert "So übernehmen" not in text_of(again)


def test_a_double_click_takes_the_list_in_once(clerk: OfficeClient, session: Session) -> None:
    form = confirmation(clerk)
    assert clerk.post(CONFIRM, data=form).status_code == 303
    second = clerk.post(CONFIRM, data=form)
    assert second.status_code == 409
    assert "Alles ist schon auf diesem Stand" in text_of(second)
    assert (count(session, Person), count(session, AuditEntry)) == (2, 2)


def test_a_record_that_changed_meanwhile_gives_a_new_preview_that_can_be_confirmed(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    form = confirmation(clerk)
    registry.person("Kratzsch", given_name="Vanessa")
    outdated = clerk.post(CONFIRM, data=form)
    assert outdated.status_code == 409
    page = text_of(outdated)
    assert "Die Daten haben sich seit der Vorschau geändert" in page
    assert "neu Mitgliedschaft wird angelegt" in page
    assert count(session, Membership) == 1
    assert clerk.post(CONFIRM, data=fields_of(outdated)).status_code == 303
    assert count(session, Membership) == 2


def test_a_file_that_was_swapped_is_shown_before_it_is_taken_in(
    clerk: OfficeClient, session: Session
) -> None:
    other = base64.b64encode(LIST.replace("Kratzsch", "Falsch").encode()).decode()
    answer = clerk.post(CONFIRM, data=confirmation(clerk) | {"content": [other]})
    assert answer.status_code == 409
    assert "Falsch, Vanessa" in text_of(answer)
    assert count(session, Person) == 1


@pytest.mark.parametrize("content", ["", "kein Base64!", base64.b64encode(b"x\0").decode()])
def test_a_confirmation_that_holds_no_list_asks_for_the_file_again(
    clerk: OfficeClient, session: Session, content: str
) -> None:
    answer = clerk.post(CONFIRM, data=confirmation(clerk) | {"content": [content]})
    assert answer.status_code == 422
    assert 'type="file"' in answer.text
    assert count(session, Person) == 1


def test_wrong_rows_are_told_and_nothing_can_be_taken_in(
    clerk: OfficeClient, session: Session
) -> None:
    answer = upload(clerk, LIST + "Muster;Max;Unbekannt;König;31.02.2014;\n")
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Die Liste enthält Fehler" in page
    assert "Zeilen 3 Neu 1 Geändert 0 Unverändert 1 Fehlerhaft 1" in page
    assert "»Unbekannt« kennen wir nicht" in page
    assert "»König« kennen wir nicht" in page
    assert "Den Tag »31.02.2014« gibt es nicht" in page
    assert "So übernehmen" not in page
    assert count(session, Person) == 1


def test_a_change_tells_both_values(clerk: OfficeClient, registry: Registry) -> None:
    registry.person("Kratzsch", phone="1")
    page = text_of(upload(clerk, "Name;Telefon;E-Mail\nKratzsch;2;k@l.example\n"))
    assert "geändert E-Mail: k@l.example Telefon: 1 → 2" in page


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Die Datei ist leer"),
        (b"%PDF-1.7\n\x00", "weder eine CSV-Datei noch"),
        (b"Vorname\nMax\n", "Die Spalte »Nachname« fehlt"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_field(
    clerk: OfficeClient, content: bytes, message: str
) -> None:
    answer = upload(clerk, content)
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert 'id="file-fehler"' in answer.text


def test_no_file_is_told_at_the_field(clerk: OfficeClient) -> None:
    answer = clerk.submit(PAGE)
    assert answer.status_code == 422
    assert "Bitte wählen Sie eine Datei aus." in text_of(answer)


def test_a_workbook_is_taken_in_like_a_list(clerk: OfficeClient, session: Session) -> None:
    book = Workbook()
    book.active.append(["Nachname", "Gremium"])
    book.active.append(["Müller", "ABSK"])
    book.create_sheet("Notizen")
    stream = io.BytesIO()
    book.save(stream)
    preview = upload(clerk, stream.getvalue(), "liste.xlsx")
    assert "Blatt »Sheet« (1 weitere bleiben unberücksichtigt)" in text_of(preview)
    assert clerk.post(CONFIRM, data=fields_of(preview)).status_code == 303
    assert count(session, Person) == 2


def test_the_template_opens_in_excel_and_names_all_columns(clerk: OfficeClient) -> None:
    answer = clerk.get(f"{PAGE}/vorlage.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="personen.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbfKennung;Anrede;Titel;Vorname;Nachname;")


def test_markup_in_a_list_stays_text(clerk: OfficeClient) -> None:
    answer = upload(clerk, "Nachname;<b>x</b>\n<script>alert(1)</script>;\n")
    assert "<script>alert" not in answer.text
    assert "<b>x" not in answer.text


def test_the_log_and_the_notice_name_nobody(
    clerk: OfficeClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        done = clerk.post(CONFIRM, data=confirmation(clerk))
    assert done.status_code == 303
    assert "Kratzsch" not in caplog.text
    assert not re.search("Kratzsch|Vanessa", str(done.headers))


def test_lists_are_the_offices_business(
    member: OfficeClient, administrator: OfficeClient, stranger: OfficeClient, session: Session
) -> None:
    for client in (member, administrator):
        for path in (PAGE, f"{PAGE}/vorlage.csv"):
            assert client.get(path).status_code == 404
        assert client.submit(CONFIRM, page="/konto").status_code == 404
    assert stranger.post(CONFIRM, data=confirmation(stranger, "Name\nNehring\n")).status_code == 303
    bodies = session.scalars(select(Person.body_id).order_by(Person.id)).all()
    assert list(bodies) == [1, 2]


def test_an_edit_between_preview_and_confirmation_is_not_lost(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    form = confirmation(clerk, "Name;Vorname;Telefon\nNehring;Jürgen;1\n")
    facts = people.PersonFacts(family_name="Nehring", given_name="Jürgen", phone="2")
    version = session.get_one(Person, cast.nehring).version
    people.edit_person(session, registry.actor, cast.nehring, version, facts, registry.now)
    answer = clerk.post(CONFIRM, data=form)
    assert answer.status_code == 409
    assert "Telefon: 2 → 1" in text_of(answer)
    session.rollback()
    assert session.get_one(Person, cast.nehring, populate_existing=True).phone == "2"
