"""One office for several Bodies: assignments, switching, and forms that stay with their Body."""

import re
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import accounts, bodies, sessions
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.record.accounts import AuditEntry, OfficeUser, UserRole, UserSession
from sitzungsdienst.record.bodies import Body, Organization
from sitzungsdienst.record.people import Person
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of
from tests.support.registry import Registry
from tests.support.statements import Asked

TERM = {"name": "6. Wahlperiode", "start_date": "2014-07-01", "end_date": ""}


def assign(session: Session, cast: Cast, now: datetime, *wanted: int) -> None:
    """Let the clerk work for these Bodies too, as an administrator does."""
    session.rollback()
    user = session.get_one(OfficeUser, cast.clerk, populate_existing=True)
    command = accounts.ChangeUser(
        user.id, user.version, user.email, user.name, user.role, user.body_id, user.person_id,
        user.active, assigned_body_ids=wanted,
    )  # fmt: skip
    accounts.change_user(session, Actor.system(None), command, now)
    session.rollback()


def switch(client: OfficeClient, body: int) -> Any:
    return client.submit("/konto/koerperschaft", {"body_id": str(body)}, page="/konto")


@pytest.fixture
def both(session: Session, cast: Cast, now: datetime) -> Cast:
    assign(session, cast, now, cast.kaufbeuren)
    return cast


def test_an_administrator_assigns_a_clerk_to_a_further_body(
    administrator: OfficeClient, clerk: OfficeClient, session: Session, cast: Cast
) -> None:
    page = f"/benutzer/{cast.clerk}"
    form = fields_of(administrator.get(page)) | {"assigned_body_ids": [str(cast.kaufbeuren)]}
    assert administrator.post(page, data=form).status_code == 303
    assert "Landkreis Börde, Stadt Kaufbeuren" in text_of(administrator.get("/benutzer")).replace(
        " ,", ","
    )
    assert "Arbeiten für" in text_of(clerk.get("/"))
    again = fields_of(administrator.get(page))
    assert again["assigned_body_ids"] == [str(cast.kaufbeuren)]


def test_who_has_one_body_is_not_asked_for_which(clerk: OfficeClient, member: OfficeClient) -> None:
    for client in (clerk, member):
        assert "Arbeiten für" not in text_of(client.get("/"))


def test_two_administrators_who_assign_at_once_see_the_conflict(
    administrator: OfficeClient, both: Cast, session: Session
) -> None:
    page = f"/benutzer/{both.clerk}"
    form = fields_of(administrator.get(page))
    assert administrator.post(page, data=form | {"assigned_body_ids": []}).status_code == 303
    answer = administrator.post(page, data=form)
    assert answer.status_code == 409
    assert "Arbeitet auch für" in text_of(answer)
    session.rollback()
    assert session.get_one(OfficeUser, both.clerk).assignments == []


@pytest.mark.parametrize("role", [UserRole.MEMBER, UserRole.ADMINISTRATOR])
def test_only_clerks_work_for_several_bodies(
    session: Session, cast: Cast, now: datetime, role: UserRole
) -> None:
    body = None if role is UserRole.ADMINISTRATOR else cast.boerde
    person = cast.nehring if role is UserRole.MEMBER else None
    command = accounts.AddUser(
        "x@y.example", "X", role, body, person, people.PASSWORD_HASH, (cast.kaufbeuren,)
    )
    with pytest.raises(RuleBroken) as told:
        accounts.add_user(session, Actor.system(None), command, now)
    assert told.value.field == "assigned_body_ids"


def test_a_clerk_of_two_bodies_switches_and_reads_the_other_ones_rows(
    clerk: OfficeClient, session: Session, both: Cast, now: datetime
) -> None:
    theirs = Registry.of(session, both.stranger, now).person("Allgäuer")
    assert clerk.get(f"/personen/{theirs}").status_code == 404
    assert switch(clerk, both.kaufbeuren).status_code == 303
    assert "Interner Bereich – Stadt Kaufbeuren" in text_of(clerk.get("/"))
    assert clerk.get(f"/personen/{theirs}").status_code == 200
    assert "Allgäuer" in text_of(clerk.get("/personen"))
    missing = clerk.get(f"/personen/{both.nehring}")
    assert missing.status_code == 404
    assert "wechseln Sie oben zu ihr" in text_of(missing)
    switch(clerk, both.boerde)
    assert clerk.get(f"/personen/{both.nehring}").status_code == 200


def test_what_is_done_bears_the_body_worked_for(
    clerk: OfficeClient, session: Session, both: Cast
) -> None:
    switch(clerk, both.kaufbeuren)
    form = fields_of(clerk.get("/personen/neu")) | {"family_name": "Neu"}
    assert clerk.post("/personen/neu", data=form).status_code == 303
    session.rollback()
    person = session.scalars(select(Person).where(Person.family_name == "Neu")).one()
    assert person.body_id == both.kaufbeuren
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "create_person")).one()
    assert (entry.user_id, entry.body_id) == (both.clerk, both.kaufbeuren)


def test_an_ended_assignment_stops_at_once(
    clerk: OfficeClient, session: Session, both: Cast, now: datetime
) -> None:
    theirs = Registry.of(session, both.stranger, now).person("Allgäuer")
    switch(clerk, both.kaufbeuren)
    edit = f"/personen/{theirs}/bearbeiten"
    form = fields_of(clerk.get(edit)) | {"family_name": "Anders"}
    new = fields_of(clerk.get("/personen/neu")) | {"family_name": "Neu"}
    assign(session, both, now)
    for path, sent in ((edit, form), ("/personen/neu", new)):
        answer = clerk.post(path, data=sent)
        assert answer.status_code == 409
        assert "für die Sie nicht mehr arbeiten" in text_of(answer)
    assert clerk.get(edit).status_code == 404
    # Without the field that names the Body the row is still another Body's.
    assert clerk.post(edit, data=form | {"koerperschaft": []}).status_code == 404
    assert "Interner Bereich – Landkreis Börde" in text_of(clerk.get("/"))
    assert switch(clerk, both.kaufbeuren).status_code == 404
    session.rollback()
    names = set(session.scalars(select(Person.family_name)))
    assert names == {"Nehring", "Allgäuer"}


def test_a_body_that_was_never_assigned_is_unknown(
    clerk: OfficeClient, member: OfficeClient, administrator: OfficeClient, cast: Cast
) -> None:
    for client in (clerk, member, administrator):
        assert switch(client, cast.kaufbeuren).status_code == 404
        assert switch(client, 999).status_code == 404
    token = clerk.token("/konto")
    assert clerk.post("/konto/koerperschaft", data={"csrf_token": token}).status_code == 404


def test_the_session_of_somebody_else_does_not_switch(
    clerk: OfficeClient, stranger: OfficeClient, session: Session, both: Cast, now: datetime
) -> None:
    theirs = session.scalars(
        select(UserSession.id).where(UserSession.user_id == both.stranger)
    ).one()
    actor = Actor.of(session.get_one(OfficeUser, both.clerk))
    with pytest.raises(Unknown):
        sessions.switch_body(session, actor, theirs, both.kaufbeuren, now)


def test_a_form_of_one_body_does_not_write_into_the_other(
    clerk: OfficeClient, session: Session, both: Cast
) -> None:
    form = fields_of(clerk.get("/gremien/neu")) | {
        "name": "Integrationsbeirat",
        "kind": "committee",
    }
    switch(clerk, both.kaufbeuren)
    refused = clerk.post("/gremien/neu", data=form)
    assert refused.status_code == 409
    page = text_of(refused)
    assert "Es wurde für »Landkreis Börde« geöffnet" in page
    assert "Sie arbeiten inzwischen für »Stadt Kaufbeuren«" in page
    assert "Integrationsbeirat" in page
    session.rollback()
    assert len(session.scalars(select(Organization)).all()) == 1


def test_the_typed_text_goes_where_it_belongs_after_switching_back(
    clerk: OfficeClient, session: Session, both: Cast
) -> None:
    form = fields_of(clerk.get("/gremien/neu")) | {
        "name": "Integrationsbeirat",
        "kind": "committee",
    }
    switch(clerk, both.kaufbeuren)
    refused = clerk.post("/gremien/neu", data=form)
    back = fields_of(refused)
    assert back["body_id"] == [str(both.boerde)]
    again = clerk.post("/konto/koerperschaft", data=back)
    assert again.status_code == 200
    assert "Interner Bereich – Landkreis Börde" in text_of(again)
    target = re.search(r'<form class="sd-form" method="post" action="([^"]+)"', again.text)
    assert target is not None
    assert clerk.post(target[1], data=fields_of(again)).status_code == 303
    session.rollback()
    found = session.scalars(select(Organization).where(Organization.name == "Integrationsbeirat"))
    assert found.one().body_id == both.boerde


def test_leaving_and_changing_the_password_work_for_either_body(
    clerk: OfficeClient, both: Cast, session: Session
) -> None:
    switch(clerk, both.kaufbeuren)
    words = {
        "passwort-password": people.PASSWORD,
        "passwort-new_password": "Feldweg Laterne Zwieback",
        "passwort-repeated_password": "Feldweg Laterne Zwieback",
    }
    assert clerk.submit("/konto/passwort", words, page="/konto").status_code == 303
    assert clerk.submit("/abmelden", page="/konto").status_code == 303
    assert clerk.get("/konto").status_code == 302


def test_switching_asks_no_more_of_the_database(
    clerk: OfficeClient, asked: Asked, session: Session, cast: Cast, now: datetime
) -> None:
    before = asked(clerk, "/konto")
    assign(session, cast, now, cast.kaufbeuren)
    assert asked(clerk, "/konto") == before


def test_a_body_is_not_run_by_itself_however_indirectly(
    session: Session, cast: Cast, now: datetime
) -> None:
    actor = Actor.system(None)

    def run_by(body: int, office: int) -> None:
        session.rollback()
        row = session.get_one(Body, body, populate_existing=True)
        data = bodies.BodyData(name=row.name, land=row.land, administered_by_id=office)
        bodies.change_body(session, actor, body, row.version, data, now)

    run_by(cast.kaufbeuren, cast.boerde)
    for body, office in ((cast.boerde, cast.kaufbeuren), (cast.boerde, cast.boerde)):
        with pytest.raises(RuleBroken) as told:
            run_by(body, office)
        assert told.value.field == "administered_by_id"


def test_the_body_page_keeps_patterns_and_the_office_that_runs_it(
    administrator: OfficeClient, clerk: OfficeClient, session: Session, cast: Cast
) -> None:
    page = f"/koerperschaften/{cast.boerde}"
    form = fields_of(administrator.get(page))
    assert form["resolution_number_pattern"] == ["{seq}/{year}"]
    sent = form | {
        "paper_number_pattern": "{year}/{unit}/{seq:4}",
        "resolution_number_pattern": "{committee}/{seq:3}/{year}",
        "administered_by_id": str(cast.kaufbeuren),
    }
    assert administrator.post(page, data=sent).status_code == 303
    assert "Stadt Kaufbeuren" in text_of(administrator.get("/koerperschaften"))
    shown = text_of(clerk.get("/koerperschaft"))
    assert "{year}/{unit}/{seq:4}" in shown
    assert "{committee}/{seq:3}/{year}" in shown


@pytest.mark.parametrize(
    ("field", "pattern", "message"),
    [
        ("paper_number_pattern", "{year}/{committee}/{seq}", "nicht möglich"),
        ("paper_number_pattern", "{year}", "genau eine laufende Nummer"),
        ("resolution_number_pattern", "{seq}/{unit}", "nicht möglich"),
        ("resolution_number_pattern", "{seq", "geschweiften Klammern"),
    ],
)
def test_a_pattern_that_gives_no_numbers_is_refused_at_its_field(
    administrator: OfficeClient, cast: Cast, field: str, pattern: str, message: str
) -> None:
    page = f"/koerperschaften/{cast.boerde}"
    answer = administrator.post(page, data=fields_of(administrator.get(page)) | {field: pattern})
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert f'id="{field}-fehler"' in answer.text
