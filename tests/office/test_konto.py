"""One's own account: the password and the secret calendar addresses."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from sitzungsdienst.acts import sessions
from sitzungsdienst.record.accounts import (
    AuditEntry,
    CalendarSubscription,
    OfficeUser,
    UserRole,
    UserSession,
)
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of

NEW = "Feldweg Laterne Zwieback"


def _change(client: OfficeClient, old: str, new: str, again: str | None = None) -> TestResponse:
    form = {
        "passwort-password": old,
        "passwort-new_password": new,
        "passwort-repeated_password": new if again is None else again,
    }
    return client.submit("/konto/passwort", form, page="/konto")


def test_a_new_password_ends_the_other_sessions_but_not_this_one(
    clerk: OfficeClient, office: OfficeClient, session: Session
) -> None:
    office.sign_in(people.CLERK, people.PASSWORD)
    assert (
        clerk.submit(
            "/konto/passwort",
            {
                "passwort-password": people.PASSWORD,
                "passwort-new_password": NEW,
                "passwort-repeated_password": NEW,
            },
            page="/konto",
        ).location
        == "/konto"
    )
    assert "Ihr Passwort ist geändert" in text_of(clerk.get("/konto"))
    assert office.get("/konto").status_code == 302
    assert office.sign_in(people.CLERK, people.PASSWORD).status_code == 422
    assert office.sign_in(people.CLERK, NEW).status_code == 303
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "change_own_password")).one()
    assert NEW not in entry.changes
    assert "argon2" not in entry.changes


def test_the_old_password_is_asked_for(clerk: OfficeClient) -> None:
    answer = _change(clerk, "falsch", NEW)
    assert "Das jetzige Passwort stimmt nicht." in text_of(answer)
    assert clerk.get("/konto").status_code == 200


def test_a_mistyped_repetition_is_refused(clerk: OfficeClient) -> None:
    answer = _change(clerk, people.PASSWORD, NEW, NEW + "x")
    assert "stimmen nicht überein" in text_of(answer)


def test_a_weak_password_is_refused_at_its_field(clerk: OfficeClient) -> None:
    answer = _change(clerk, people.PASSWORD, "kurz")
    page = answer.get_data(as_text=True)
    assert 'aria-describedby="passwort-new_password-hinweis passwort-new_password-fehler"' in page
    assert 'aria-invalid="true"' in page
    assert "mindestens 12 Zeichen" in page
    assert "kurz" not in page.split("<main", 1)[1].replace("zu kurz", "")


def test_a_calendar_address_is_shown_once_and_kept_as_a_hash(
    member: OfficeClient, session: Session, cast: people.Cast
) -> None:
    shown = member.submit("/konto/kalender", {"kalender-label": "mein Telefon"}, page="/konto")
    assert shown.status_code == 200
    address = text_of(shown).split("http://127.0.0.1:8000/kalender/t/", 1)[1].split(".ics", 1)[0]
    assert len(address) == 43
    assert member.get(f"/kalender/t/{address}.ics").mimetype == "text/calendar"
    assert address not in member.get("/konto").get_data(as_text=True)
    row = session.scalars(select(CalendarSubscription)).one()
    assert row.token_hash == sessions.hash_of(address)
    session.rollback()
    actor = sessions.subscriber(session, address, date(2017, 4, 4))
    assert actor is not None
    assert (actor.user_id, actor.role) == (cast.member, UserRole.MEMBER)
    assert "04.04.2017" in text_of(member.get("/konto"))


def test_a_revoked_address_opens_nothing(member: OfficeClient, session: Session) -> None:
    shown = member.submit("/konto/kalender", {"kalender-label": "altes Telefon"}, page="/konto")
    token = text_of(shown).split("/kalender/t/", 1)[1].split(".ics", 1)[0]
    row_id = session.scalars(select(CalendarSubscription.id)).one()
    session.rollback()
    member.submit(f"/konto/kalender/{row_id}/widerrufen", page="/konto")
    assert sessions.subscriber(session, token, date(2017, 4, 4)) is None
    assert member.get(f"/kalender/t/{token}.ics").status_code == 404
    assert "altes Telefon" not in text_of(member.get("/konto"))


def test_a_deactivated_users_address_opens_nothing(
    member: OfficeClient, session: Session, cast: people.Cast
) -> None:
    shown = member.submit("/konto/kalender", {"kalender-label": "Telefon"}, page="/konto")
    token = text_of(shown).split("/kalender/t/", 1)[1].split(".ics", 1)[0]
    session.get_one(OfficeUser, cast.member).active = False
    session.commit()
    assert sessions.subscriber(session, token, date(2017, 4, 4)) is None


def test_nobody_revokes_the_address_of_somebody_else(
    member: OfficeClient, clerk: OfficeClient, session: Session
) -> None:
    member.submit("/konto/kalender", {"kalender-label": "Telefon"}, page="/konto")
    row_id = session.scalars(select(CalendarSubscription.id)).one()
    answer = clerk.submit(f"/konto/kalender/{row_id}/widerrufen", page="/konto")
    assert answer.status_code == 404


def test_an_address_without_a_purpose_is_refused(member: OfficeClient) -> None:
    answer = member.submit("/konto/kalender", {"kalender-label": "  "}, page="/konto")
    assert answer.status_code == 422
    assert "wo Sie den Kalender nutzen wollen" in text_of(answer)


def test_twenty_addresses_are_enough(
    member: OfficeClient, session: Session, cast: people.Cast
) -> None:
    for number in range(sessions.MOST_SUBSCRIPTIONS):
        session.add(
            CalendarSubscription(
                user_id=cast.member,
                label=str(number),
                token_hash=sessions.hash_of(str(number)),
                created_at=people.NOW,
            )
        )
    session.commit()
    answer = member.submit("/konto/kalender", {"kalender-label": "noch eins"}, page="/konto")
    assert "Widerrufen Sie zuerst eine" in text_of(answer)


def test_sessions_that_timed_out_are_not_listed(clerk: OfficeClient, session: Session) -> None:
    row = session.scalars(select(UserSession)).one()
    session.add(
        UserSession(
            user_id=row.user_id,
            token_hash=sessions.hash_of("old"),
            created_at=people.NOW - timedelta(hours=3),
            last_seen_at=people.NOW - timedelta(hours=2),
            browser="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0",
        )
    )
    session.commit()
    assert "Firefox unter Windows" not in text_of(clerk.get("/konto"))
