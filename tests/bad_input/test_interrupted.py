"""A form that arrives without its token, or after its session ended: nothing done, nothing lost."""

import re

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.office import resend
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.proceedings import Treatment
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of
from tests.support.filled import fields_of, fill
from tests.support.session_room import Room


def test_no_numbered_address_takes_a_post_without_token(
    office_app: Flask, clerk: OfficeClient, administrator: OfficeClient, room: Room
) -> None:
    for rule in office_app.url_map.iter_rules():
        if "POST" not in (rule.methods or set()):
            continue
        path = re.sub(r"<int:[^>]+>", "1", rule.rule)
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", path)
        answers = {client.post(path).status_code for client in (clerk, administrator)}
        assert answers <= {400, 404}, path
        assert 400 in answers, path


def test_a_session_ended_elsewhere_keeps_what_was_typed_until_it_is_saved(
    office_app: Flask, clerk: OfficeClient, session: Session, room: Room
) -> None:
    path = f"/punkte/{room.concept}/beratung"
    typed = "Frau Kratzsch berichtet – »ausführlich«.\n\nDas Mitglied Nehring fragt <nach>. 🏛️"
    form = fields_of(clerk.get(path)) | {"deliberation": typed}
    other = office_app.test_client()
    assert isinstance(other, OfficeClient)
    other.sign_in(people.CLERK, people.PASSWORD)
    ends = re.findall(r'action="(/konto/anmeldungen/\d+/beenden)"', other.get("/konto").text)
    for address in ends:
        other.post(address, data={"csrf_token": other.token("/konto")})
    sent = clerk.post(path, data=form)
    assert sent.status_code == 401
    assert "Das Mitglied Nehring fragt <nach>. 🏛️" in text_of(sent)
    session.rollback()
    assert session.scalars(select(Treatment)).all() == []
    keys = {"email": people.CLERK, "password": people.PASSWORD}
    waiting = clerk.post("/anmelden", data=fields_of(sent) | keys)
    assert waiting.status_code == 200
    assert "Noch nicht gespeichert" in text_of(waiting)
    action = re.search(r'<form class="sd-form" method="post" action="([^"]+)"', waiting.text)
    assert action is not None
    assert action[1] == path
    assert clerk.post(path, data=fields_of(waiting)).status_code == 303
    session.rollback()
    row = session.scalars(select(Treatment)).one()
    assert row.deliberation == typed


def test_the_list_of_the_largest_council_is_kept_whole() -> None:
    rows = [(f"presences-{one}-{name}", "x") for one in range(130) for name in "abcdef"]
    assert resend.unpack(resend.pack(rows)) == rows
    assert len(rows) < resend.MOST_FIELDS


def test_a_form_in_another_clothing_is_no_form(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    path = f"/sitzungen/{room.later_meeting}/bearbeiten"
    form = {name: value[0] for name, value in fields_of(clerk.get(path)).items()}
    form["name"] = "untergeschoben"
    as_text = clerk.post(path, data="name=untergeschoben", content_type="text/plain")
    assert clerk.post(path, json=form).status_code == 400
    assert as_text.status_code == 400
    for method in ("PUT", "DELETE", "PATCH"):
        token = {"X-CSRFToken": form["csrf_token"]}
        answer = clerk.open(path, method=method, data=form, headers=token)
        assert answer.status_code == 405
        assert "So lässt sich diese Seite nicht aufrufen" in text_of(answer)
    session.rollback()
    assert session.get_one(Meeting, room.later_meeting).name == "Sitzung im Juni"


def test_a_committee_with_meetings_stays_and_the_page_says_why(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    answer = fill(clerk, f"/gremien/{room.committee}/loeschung")
    assert answer.status_code == 422
    words = text_of(answer)
    assert "Sitzung" in words
    assert "gelöscht" in words or "löschen" in words
    session.rollback()
    assert session.get_one(Organization, room.committee).name == "Sozialausschuss"
    assert clerk.get(f"/sitzungen/{room.meeting}").status_code == 200


def test_who_found_a_desk_unlocked_cannot_try_passwords(clerk: OfficeClient) -> None:
    wanted = "Kupferkanne Weidenkorb Nebel"
    keys = {"passwort-new_password": wanted, "passwort-repeated_password": wanted}

    def attempt(password: str) -> str:
        typed = keys | {"passwort-password": password}
        answer = clerk.submit("/konto/passwort", typed, page="/konto")
        return f"{answer.status_code} {text_of(answer)}"

    for number in range(5):
        assert "Das jetzige Passwort stimmt nicht" in attempt(f"geraten {number}")
    late = attempt(people.PASSWORD)
    assert late.startswith("422")
    assert "zu viele Versuche" in late
