"""Sessions that can be ended: by time, by hand, from elsewhere; and stay ended."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from sitzungsdienst.acts import sessions
from sitzungsdienst.app import create_office
from sitzungsdienst.config import Settings
from sitzungsdienst.database import statement_counter
from sitzungsdienst.office.database import db
from sitzungsdienst.record.accounts import UserSession
from tests.conftest import Clock
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of


def _signed_in(client: OfficeClient) -> bool:
    return client.get("/konto").status_code == 200


def test_signing_out_ends_the_session_at_the_server(clerk: OfficeClient, session: Session) -> None:
    cookie = clerk.get_cookie("sitzung")
    assert cookie is not None
    assert clerk.submit("/abmelden", page="/konto").location == "/anmelden"
    assert clerk.get_cookie("sitzung") is None
    clerk.set_cookie("sitzung", cookie.value)  # somebody kept the cookie
    assert not _signed_in(clerk)
    assert session.scalars(select(UserSession)).one().ended_at is not None


def test_an_hour_without_use_ends_the_session(clerk: OfficeClient, clock: Clock) -> None:
    clock.advance(timedelta(minutes=59))
    assert _signed_in(clerk)
    clock.advance(timedelta(minutes=60))
    assert not _signed_in(clerk)


def test_twelve_hours_end_the_session_even_in_use(clerk: OfficeClient, clock: Clock) -> None:
    for _ in range(23):
        clock.advance(timedelta(minutes=30))
        assert _signed_in(clerk)
    clock.advance(timedelta(minutes=30))
    assert not _signed_in(clerk)


def test_use_is_noted_at_most_once_a_minute(
    clerk: OfficeClient, session: Session, clock: Clock
) -> None:
    row = session.scalars(select(UserSession)).one()
    first = row.last_seen_at
    clock.advance(timedelta(seconds=59))
    clerk.get("/konto")
    session.rollback()
    assert row.last_seen_at == first
    clock.advance(timedelta(seconds=1))
    clerk.get("/konto")
    session.rollback()
    assert row.last_seen_at == clock.moment


def test_a_parallel_request_cannot_revive_an_ended_session(
    clerk: OfficeClient, session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(timedelta(minutes=5))
    real = sessions.touch

    def ended_in_between(*args: object) -> bool:
        session.execute(update(UserSession).values(ended_at=clock.moment))
        session.commit()
        return real(*args)  # type: ignore[arg-type]  # handed through as they came

    monkeypatch.setattr(sessions, "touch", ended_in_between)
    assert not _signed_in(clerk)
    assert session.scalars(select(UserSession)).one().last_seen_at < clock.moment


def test_a_session_ended_elsewhere_is_ended_here(
    clerk: OfficeClient, office: OfficeClient, session: Session
) -> None:
    office.sign_in(people.CLERK, people.PASSWORD)
    other = session.scalars(select(UserSession.id).order_by(UserSession.id)).first()
    page = text_of(office.get("/konto"))
    assert page.count("Beenden") == 1
    office.submit(f"/konto/anmeldungen/{other}/beenden", page="/konto")
    assert not _signed_in(clerk)
    assert _signed_in(office)


def test_nobody_ends_the_session_of_somebody_else(
    clerk: OfficeClient, member: OfficeClient, session: Session, cast: people.Cast
) -> None:
    theirs = session.scalars(select(UserSession).where(UserSession.user_id == cast.clerk)).one()
    answer = member.submit(f"/konto/anmeldungen/{theirs.id}/beenden", page="/konto")
    assert answer.status_code == 404
    assert _signed_in(clerk)


def test_a_dead_cookie_is_taken_back(office: OfficeClient) -> None:
    office.set_cookie("sitzung", "x" * 43)
    assert office.get("/anmelden").status_code == 200
    assert office.get_cookie("sitzung") is None


def test_what_was_typed_survives_a_session_that_ended(
    administrator: OfficeClient, session: Session
) -> None:
    form = {"csrf_token": administrator.token("/koerperschaften/neu"), "name": "Stadt <Wanzleben>"}
    session.execute(update(UserSession).values(ended_at=people.NOW))
    session.commit()
    lost = administrator.post("/koerperschaften/neu", data=form)
    assert lost.status_code == 401
    assert "Stadt <Wanzleben>" in text_of(lost)
    assert "Ihre Anmeldung ist abgelaufen" in text_of(lost)
    kept = '[["name", "Stadt <Wanzleben>"]]'
    back = administrator.sign_in(
        people.ADMINISTRATOR, people.PASSWORD, weiter="/koerperschaften/neu", eingaben=kept
    )
    assert back.status_code == 200
    page = back.get_data(as_text=True)
    assert 'action="/koerperschaften/neu"' in page
    assert 'name="name" value="Stadt &lt;Wanzleben&gt;"' in page


def test_an_htmx_request_after_the_end_leads_the_whole_page_to_the_sign_in(
    office: OfficeClient,
) -> None:
    answer = office.get("/konto", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/anmelden")


def test_cookies_are_shut_to_scripts_and_to_other_sites(office: OfficeClient) -> None:
    answer = office.sign_in(people.CLERK, people.PASSWORD)
    cookies = [line for line in answer.headers.getlist("Set-Cookie") if "sitzung=" in line]
    assert len(cookies) == 1
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]


def test_over_https_the_cookie_belongs_to_the_host_alone(
    settings: Settings, cast: people.Cast, clock: Clock
) -> None:
    values = {name: getattr(settings, name) for name in settings.__dataclass_fields__}
    app = create_office(Settings(**{**values, "https": True}), people.PASSWORDS)
    app.config["CLOCK"] = clock
    app.test_client_class = OfficeClient
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    base = "https://localhost/buero"
    token = _token_of(client.get("/anmelden", base_url=base).get_data(as_text=True))
    answer = client.post(
        "/anmelden",
        data={"csrf_token": token, "email": people.CLERK, "password": people.PASSWORD},
        base_url=base,
        headers={"Referer": "https://localhost/buero/anmelden"},
    )
    cookies = answer.headers.getlist("Set-Cookie")
    (cookie,) = (line for line in cookies if line.startswith("__Host-sitzung="))
    assert "Secure" in cookie
    assert "Path=/;" in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    with app.app_context():
        db.engine.dispose()


def _token_of(page: str) -> str:
    return page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def test_below_a_mount_the_cookie_is_sent_to_the_office_only(office_app: Flask) -> None:
    client = office_app.test_client()
    base = "http://localhost/buero"
    token = _token_of(client.get("/anmelden", base_url=base).get_data(as_text=True))
    form = {"csrf_token": token, "email": people.CLERK, "password": people.PASSWORD}
    answer = client.post("/anmelden", data=form, base_url=base)
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "Path=/buero" in cookie


def test_recognising_a_user_takes_one_look_into_the_database(
    clerk: OfficeClient, office_app: Flask
) -> None:
    with office_app.app_context():
        engine: Engine = db.engine
    with statement_counter(engine) as statements:
        clerk.get("/")
    assert sum("user_session" in statement for statement in statements.seen) == 1
