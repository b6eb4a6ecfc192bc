"""Users, Bodies and the audit page, for administrators."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from sitzungsdienst.acts import accounts, bodies, transaction
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.transaction import UNTOLD_COLUMNS, UNTOLD_TABLES
from sitzungsdienst.office import field_words, words
from sitzungsdienst.record import schema
from sitzungsdienst.record.accounts import AuditEntry, OfficeUser, UserRole
from sitzungsdienst.record.bodies import Body
from tests.conftest import Clock
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of

BODY = {"name": "Stadt Wanzleben-Börde", "land": "ST", "colour": "#006b8c", "ags": "15083555"}


def _user_form(**changes: object) -> dict[str, object]:
    form: dict[str, object] = {
        "name": "Vanessa Kratzsch",
        "email": "Vanessa.Kratzsch@landkreis-boerde.example",
        "role": "clerk",
        "body_id": "1",
        "person_id": "",
        "password": "Feldweg Laterne Zwieback",
    }
    return form | changes


def test_an_added_user_can_sign_in(administrator: OfficeClient, office: OfficeClient) -> None:
    assert administrator.submit("/benutzer/neu", _user_form()).location == "/benutzer"
    assert "vanessa.kratzsch@landkreis-boerde.example" in text_of(administrator.get("/benutzer"))
    answer = office.sign_in("vanessa.kratzsch@landkreis-boerde.example", "Feldweg Laterne Zwieback")
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": people.CLERK.upper()}, "meldet sich schon jemand an"),
        ({"email": "keine Adresse"}, "Bitte geben Sie eine E-Mail-Adresse an"),
        ({"name": " "}, "Bitte geben Sie den Namen an"),
        ({"name": "x" * 5000}, "Bitte kürzen Sie auf höchstens 200 Zeichen."),
        ({"role": "king"}, "Bitte wählen Sie einen der Einträge."),
        ({"role": ""}, "Bitte wählen Sie die Rolle."),
        ({"body_id": ""}, "zu welcher Körperschaft"),
        ({"body_id": "999"}, "Bitte wählen Sie einen der Einträge."),
        ({"body_id": "one"}, "Bitte wählen Sie einen der Einträge."),
        ({"role": "member"}, "welches Mitglied sich hier anmeldet"),
        ({"body_id": "2", "person_id": "1"}, "gehört nicht zu Stadt Kaufbeuren"),
        ({"password": "kurz"}, "mindestens 12 Zeichen"),
        ({"password": "Passwort1234"}, "zu leicht zu erraten"),
    ],
)
def test_a_wrong_user_is_refused_with_a_word_at_the_field(
    administrator: OfficeClient, session: Session, changes: dict[str, object], message: str
) -> None:
    answer = administrator.submit("/benutzer/neu", _user_form(**changes))
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert 'aria-invalid="true"' in answer.get_data(as_text=True) or "role" in changes
    assert session.scalar(select(func.count()).select_from(OfficeUser)) == 4


def _edit_form(session: Session, user_id: int, **changes: object) -> dict[str, object]:
    session.rollback()
    user = session.get_one(OfficeUser, user_id)
    form: dict[str, object] = {
        "version": user.version,
        "name": user.name,
        "email": user.email,
        "role": user.role.value,
        "body_id": user.body_id or "",
        "person_id": user.person_id or "",
        "password": "",
        "active": "y",
    }
    form |= changes
    session.rollback()
    return {name: value for name, value in form.items() if value is not None}


@pytest.mark.parametrize(
    "changes",
    [
        {"active": None},
        {"role": "administrator"},
        {"password": "Feldweg Laterne Zwieback"},
        {"body_id": "2"},
    ],
)
def test_a_change_of_rights_ends_all_sessions(
    administrator: OfficeClient,
    clerk: OfficeClient,
    session: Session,
    cast: people.Cast,
    changes: dict[str, object],
) -> None:
    form = _edit_form(session, cast.clerk, **changes)
    assert administrator.submit(f"/benutzer/{cast.clerk}", form).location == "/benutzer"
    assert clerk.get("/konto").status_code == 302


def test_a_change_of_name_ends_no_session(
    administrator: OfficeClient, clerk: OfficeClient, session: Session, cast: people.Cast
) -> None:
    form = _edit_form(session, cast.clerk, name="Sabine Krüger-Ohm")
    assert administrator.submit(f"/benutzer/{cast.clerk}", form).location == "/benutzer"
    assert "Sabine Krüger-Ohm" in text_of(clerk.get("/konto"))


def test_administrators_end_the_sessions_of_a_user(
    administrator: OfficeClient, clerk: OfficeClient, cast: people.Cast
) -> None:
    page = f"/benutzer/{cast.clerk}"
    assert administrator.submit(f"{page}/abmelden", page=page).status_code == 303
    assert clerk.get("/konto").status_code == 302


@pytest.mark.parametrize("changes", [{"active": None}, {"role": "clerk", "body_id": "1"}])
def test_the_last_administrator_stays(
    administrator: OfficeClient, session: Session, cast: people.Cast, changes: dict[str, object]
) -> None:
    form = _edit_form(session, cast.administrator, **changes)
    answer = administrator.submit(f"/benutzer/{cast.administrator}", form)
    assert answer.status_code == 422
    assert "Es muss immer jemanden mit Administrationsrechten geben" in text_of(answer)


def test_a_stale_form_shows_both_texts_and_keeps_the_typed_one(
    administrator: OfficeClient, session: Session, cast: people.Cast
) -> None:
    page = f"/benutzer/{cast.clerk}"
    old = _edit_form(session, cast.clerk, name="Sabine Krüger-Ohm")
    administrator.submit(
        page,
        _edit_form(session, cast.clerk, name="Sabine Ohm", role="member", person_id=cast.nehring),
    )
    conflict = administrator.submit(page, old)
    assert conflict.status_code == 409
    text = text_of(conflict)
    assert "Ihre Eingabe" in text
    assert "Sabine Krüger-Ohm" in text
    assert "Sabine Ohm" in text
    assert "Sitzungsdienst" in text
    assert "Nehring, Jürgen" in text
    session.rollback()
    user = session.get_one(OfficeUser, cast.clerk)
    assert user.name == "Sabine Ohm"
    assert f'name="version" type="hidden" value="{user.version}"' in conflict.get_data(as_text=True)
    again = administrator.submit(page, old | {"version": user.version})
    assert again.location == "/benutzer"
    session.rollback()
    assert session.get_one(OfficeUser, cast.clerk).name == "Sabine Krüger-Ohm"


def test_a_form_without_its_version_is_refused(
    administrator: OfficeClient, session: Session, cast: people.Cast
) -> None:
    form = _edit_form(session, cast.clerk, version=None)
    answer = administrator.submit(f"/benutzer/{cast.clerk}", form)
    assert answer.status_code == 422
    assert "Bitte laden Sie die Seite neu" in text_of(answer)


def test_an_unknown_user_is_a_page_that_is_not_there(administrator: OfficeClient) -> None:
    assert administrator.get("/benutzer/999").status_code == 404
    assert administrator.get("/koerperschaften/999").status_code == 404


def test_an_added_body_is_kept_whole(administrator: OfficeClient, session: Session) -> None:
    form = BODY | {
        "short_name": "Wanzleben",
        "classification": "Stadt",
        "seat": "Wanzleben",
        "department": "Ratsbüro",
        "street_address": "Markt 1-2",
        "postal_code": "39164",
        "locality": "Wanzleben-Börde",
        "phone": "039209 447-0",
        "email": "rat@wanzleben.example",
        "website": "https://wanzleben.example",
    }
    assert administrator.submit("/koerperschaften/neu", form).location == "/koerperschaften"
    body = session.scalars(select(Body).where(Body.name == BODY["name"])).one()
    kept = {name: str(getattr(body, name)) for name in form}
    assert kept == form


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Bitte geben Sie den Namen der Körperschaft an."),
        ({"name": "Landkreis Börde"}, "»Landkreis Börde« gibt es schon."),
        ({"name": "x" * 5000}, "Bitte kürzen Sie auf höchstens 300 Zeichen."),
        ({"land": ""}, "Bitte wählen Sie das Land, dessen Recht gilt."),
        ({"land": "XX"}, "Bitte wählen Sie einen der Einträge."),
        ({"ags": "123"}, "genau acht Ziffern"),
        ({"ags": "1508355x"}, "genau acht Ziffern"),
        ({"colour": "red"}, "Farbe"),
        ({"website": "javascript:alert(1)"}, "https://"),
    ],
)
def test_a_wrong_body_is_refused_with_a_word_at_the_field(
    administrator: OfficeClient, session: Session, changes: dict[str, str], message: str
) -> None:
    answer = administrator.submit("/koerperschaften/neu", BODY | changes)
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert session.scalar(select(func.count()).select_from(Body)) == 2


def test_markup_in_a_name_stays_text(administrator: OfficeClient) -> None:
    name = "Stadt <script>alert(1)</script> & Söhne 🌾"
    administrator.submit("/koerperschaften/neu", BODY | {"name": name})
    page = administrator.get("/koerperschaften")
    assert name in text_of(page)
    assert "<script>alert" not in page.get_data(as_text=True)


def test_a_body_changed_in_two_tabs_shows_the_conflict(
    administrator: OfficeClient, cast: people.Cast
) -> None:
    page = f"/koerperschaften/{cast.kaufbeuren}"
    form = {"name": "Stadt Kaufbeuren", "land": "BY", "colour": "#1f3b64", "version": "1"}
    assert administrator.submit(page, form | {"seat": "Kaufbeuren"}).status_code == 303
    answer = administrator.submit(page, form | {"seat": "Neugablonz"})
    assert answer.status_code == 409
    assert "Neugablonz" in text_of(answer)


def test_the_audit_page_names_acts_but_not_what_they_say(
    administrator: OfficeClient, session: Session, cast: people.Cast
) -> None:
    administrator.submit("/koerperschaften/neu", BODY | {"seat": "Geheimnis"})
    session.rollback()
    page = text_of(administrator.get("/protokoll"))
    assert "Körperschaft angelegt" in page
    assert "Haustechnik" in page
    assert "Gemeindeschlüssel" in page
    assert "Geheimnis" not in page


def test_every_column_that_the_audit_trail_tells_has_a_german_word() -> None:
    silent = {one.__tablename__ for one in UNTOLD_TABLES}
    columns = {
        column.name
        for table in schema.metadata.sorted_tables
        if table.name not in silent
        for column in table.columns
    }
    named = set(field_words.WORDS) | field_words.UNTOLD
    assert columns - UNTOLD_COLUMNS - named == set()
    assert named - columns - {"deleted"} == set()


def test_every_act_has_a_german_word() -> None:
    source = "".join(one.read_text() for one in Path(transaction.__file__).parent.glob("*.py"))
    acts = set(re.findall(r'with act\(\s*session, [^"]*?, "(\w+)", now', source))
    assert len(acts) > 40
    assert acts - set(words.ACTS) == set()


def test_the_audit_page_turns_its_pages(administrator: OfficeClient, session: Session) -> None:
    for number in range(120):
        session.add(
            AuditEntry(
                at=people.NOW + timedelta(minutes=number),
                act="change_body",
                subject_kind="Body",
                subject_uid=f"{number:036}",
            )
        )
    session.commit()
    first, last = administrator.get("/protokoll"), administrator.get("/protokoll?seite=3")
    assert "Seite 1 von 3" in text_of(first)
    assert "Kommandozeile" in text_of(first)
    assert "Seite 3 von 3" in text_of(last)
    for wrong in ("0", "4", "-1"):
        assert administrator.get(f"/protokoll?seite={wrong}").status_code == 404


def test_acts_of_administration_are_closed_to_others(
    session: Session, cast: people.Cast, clock: Clock
) -> None:
    clerk = Actor.of(session.get_one(OfficeUser, cast.clerk))
    with pytest.raises(Unknown):
        bodies.add_body(session, clerk, bodies.BodyData(name="X", land="ST"), clock.moment)
    with pytest.raises(Unknown):
        accounts.end_sessions(session, clerk, cast.member, clock.moment)


def test_the_command_line_adds_users(session: Session, cast: people.Cast, clock: Clock) -> None:
    command = accounts.AddUser(
        "neu@example.de", "Neu", UserRole.ADMINISTRATOR, None, None, people.PASSWORD_HASH
    )
    user_id = accounts.add_user(session, Actor.system(None), command, clock.moment)
    assert session.get_one(OfficeUser, user_id).role is UserRole.ADMINISTRATOR
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.user_id is None
    with pytest.raises(RuleBroken, match="schon jemand"):
        accounts.add_user(session, Actor.system(None), command, clock.moment)


def test_an_act_that_fails_leaves_nothing(
    administrator: OfficeClient, session: Session, cast: people.Cast
) -> None:
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    session.execute(update(OfficeUser).where(OfficeUser.id == cast.member).values(name="Nehring"))
    session.commit()
    form = _edit_form(session, cast.member, email=people.CLERK, name="Anders")
    assert administrator.submit(f"/benutzer/{cast.member}", form).status_code == 422
    session.rollback()
    assert session.get_one(OfficeUser, cast.member).name == "Nehring"
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before
