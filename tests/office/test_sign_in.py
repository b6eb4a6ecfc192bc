"""Signing in: the right password, the wrong one, too many of them, and where to go afterwards."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.sessions import hash_of
from sitzungsdienst.record.accounts import AuditEntry, OfficeUser, SignInAttempt, UserSession
from tests.conftest import Clock
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of


def test_the_right_password_opens_the_office(office: OfficeClient) -> None:
    answer = office.sign_in(people.CLERK, people.PASSWORD)
    assert answer.status_code == 303
    assert answer.location == "/"
    assert "Sabine Krüger" in text_of(office.get("/"))


def test_the_address_may_be_typed_in_capitals_and_with_blanks(office: OfficeClient) -> None:
    assert office.sign_in(f" {people.CLERK.upper()} ", people.PASSWORD).status_code == 303


def test_signing_in_is_in_the_audit_trail(clerk: OfficeClient, session: Session) -> None:
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.act, entry.subject_kind) == ("sign_in", "OfficeUser")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (people.CLERK, "falsches Passwort"),
        ("nobody@example.de", people.PASSWORD),
        (people.CLERK, people.PASSWORD + "x"),
        (people.CLERK, "x" * 5000),
    ],
)
def test_wrong_address_and_wrong_password_get_the_same_answer(
    office: OfficeClient, email: str, password: str
) -> None:
    answer = office.sign_in(email, password)
    assert answer.status_code == 422
    assert "E-Mail-Adresse oder Passwort stimmt nicht" in text_of(answer)
    assert "sitzung=" not in str(answer.headers)


def test_a_deactivated_user_gets_the_same_answer_as_a_wrong_password(
    office: OfficeClient, session: Session, cast: people.Cast
) -> None:
    session.get_one(OfficeUser, cast.clerk).active = False
    session.commit()
    answer = office.sign_in(people.CLERK, people.PASSWORD)
    assert "E-Mail-Adresse oder Passwort stimmt nicht" in text_of(answer)


def test_an_unknown_user_costs_a_verification_too(
    office: OfficeClient, office_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str | None] = []
    passwords = office_app.extensions["passwords"]

    def verify(kept: str | None, password: str) -> bool:
        seen.append(kept)
        return False

    monkeypatch.setattr(passwords, "verify", verify)
    office.sign_in("nobody@example.de", people.PASSWORD)
    assert seen == [None]


def test_empty_fields_say_what_is_missing(office: OfficeClient) -> None:
    answer = office.sign_in("", "")
    assert answer.status_code == 422
    assert "Bitte geben Sie Ihr Passwort an." in text_of(answer)


def test_the_sixth_try_for_an_address_has_to_wait(office: OfficeClient, clock: Clock) -> None:
    for _ in range(5):
        assert office.sign_in(people.CLERK, "falsch").status_code == 422
    clock.advance(timedelta(minutes=2))
    answer = office.sign_in(people.CLERK, people.PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "180"
    assert "Bitte warten Sie noch 3 Minuten" in text_of(answer)
    clock.advance(timedelta(minutes=3))
    assert office.sign_in(people.CLERK, people.PASSWORD).status_code == 303


def test_tries_are_counted_before_any_password_is_hashed(
    office: OfficeClient, office_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        office.sign_in(people.CLERK, "falsch")

    def verify(kept: str | None, password: str) -> bool:
        raise AssertionError("hashed although there were too many tries")

    monkeypatch.setattr(office_app.extensions["passwords"], "verify", verify)
    assert office.sign_in(people.CLERK, "falsch").status_code == 429


def test_success_forgives_the_tries_of_its_address_only(
    office: OfficeClient, session: Session
) -> None:
    for _ in range(4):
        office.sign_in(people.CLERK, "falsch")
    office.sign_in(people.CLERK, people.PASSWORD)
    kept = session.scalars(select(SignInAttempt.key)).all()
    assert len(kept) == 5  # the counter of the network address stays
    assert len(set(kept)) == 1


def test_thirty_tries_from_one_network_address_are_enough(office: OfficeClient) -> None:
    for number in range(30):
        assert office.sign_in(f"user{number}@example.de", "falsch").status_code == 422
    assert office.sign_in("another@example.de", "falsch").status_code == 429


def test_the_counter_holds_neither_addresses_nor_e_mails(
    office: OfficeClient, session: Session
) -> None:
    office.sign_in(people.CLERK, "falsch")
    keys = session.scalars(select(SignInAttempt.key)).all()
    assert len(keys) == 2
    assert all(len(key) == 64 and "krueger" not in key for key in keys)


def test_an_outdated_hash_is_renewed_at_sign_in(
    office: OfficeClient, session: Session, cast: people.Cast
) -> None:
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(people.PASSWORD)
    session.get_one(OfficeUser, cast.clerk).password_hash = old
    session.commit()
    office.sign_in(people.CLERK, people.PASSWORD)
    session.expire_all()
    new = session.get_one(OfficeUser, cast.clerk).password_hash
    assert new != old
    assert not people.CHEAP.check_needs_rehash(new)


def test_only_the_hash_of_the_token_is_kept(office: OfficeClient, session: Session) -> None:
    office.sign_in(people.CLERK, people.PASSWORD)
    cookie = office.get_cookie("sitzung")
    assert cookie is not None
    assert len(cookie.value) == 43
    kept = session.scalars(select(UserSession.token_hash)).one()
    assert kept == hash_of(cookie.value) != cookie.value


def test_every_sign_in_gets_a_new_token_and_ends_the_old_session(
    office: OfficeClient, session: Session
) -> None:
    office.sign_in(people.CLERK, people.PASSWORD)
    token = office.token("/konto")
    form = {"csrf_token": token, "email": people.CLERK, "password": people.PASSWORD}
    office.post("/anmelden", data=form)
    rows = session.scalars(select(UserSession).order_by(UserSession.id)).all()
    assert len({row.token_hash for row in rows}) == 2
    assert [row.ended_at is None for row in rows] == [False, True]


def test_who_is_sent_to_sign_in_arrives_where_they_wanted_to(office: OfficeClient) -> None:
    sent = office.get("/konto?a=1")
    assert sent.location == "/anmelden?weiter=/konto?a%3D1"
    arrived = office.sign_in(people.CLERK, people.PASSWORD, weiter="/konto?a=1")
    assert arrived.location == "/konto?a=1"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "konto",
        "",
    ],
)
def test_an_address_elsewhere_is_never_followed(office: OfficeClient, address: str) -> None:
    answer = office.sign_in(people.CLERK, people.PASSWORD, weiter=address)
    assert answer.location == "/"


def test_below_a_mount_only_the_office_is_followed(office_app: Flask) -> None:
    client = office_app.test_client()
    assert isinstance(client, OfficeClient)
    base = {"base_url": "http://localhost/buero"}
    page = client.get("/anmelden?weiter=/elsewhere", **base)
    assert 'value="/buero/"' in page.get_data(as_text=True)
    page = client.get("/anmelden?weiter=/buero/konto", **base)
    assert 'value="/buero/konto"' in page.get_data(as_text=True)
