"""Signing in and out, sessions, and secret calendar addresses.

Only hashes of the secrets reach the database. An ended session stays ended: every later change
of it asks first whether it still runs.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session, contains_eager

from sitzungsdienst.acts.actor import Actor, assigned
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.text import clean_line
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.accounts import (
    CalendarSubscription,
    OfficeAssignment,
    OfficeUser,
    UserSession,
)

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)
BROWSER_LIMIT = 300
LABEL_LIMIT = 100
MOST_SUBSCRIPTIONS = 20


def hash_of(token: str) -> str:
    """Return what is kept of a secret token: its SHA-256 in hex. Tokens have 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def running(session: Session, token: str, now: datetime) -> UserSession | None:
    """Return the session of this token if it runs: not ended, not timed out, its user active."""
    user = contains_eager(UserSession.user)
    found = session.scalars(
        select(UserSession)
        .join(UserSession.user)
        .options(
            user.joinedload(OfficeUser.body),
            user.joinedload(OfficeUser.assignments).joinedload(OfficeAssignment.body),
        )
        .where(
            UserSession.token_hash == hash_of(token),
            UserSession.ended_at.is_(None),
            UserSession.last_seen_at > now - IDLE,
            UserSession.created_at > now - LONGEST,
            OfficeUser.active,
        )
    )
    return found.unique().one_or_none()


def sign_in(
    session: Session, user_id: int, browser: str, now: datetime, *, new_hash: str | None = None
) -> str:
    """Open a session for a user whose password was right and return its new secret token.

    `new_hash` replaces the kept hash of the password where its parameters are outdated. Raises
    Unknown where the user was deactivated in the meantime.
    """
    token = secrets.token_urlsafe(32)
    with act(session, _actor(session, user_id), "sign_in", now) as run:
        user = run.about(_own_user(run))
        if new_hash is not None:
            user.password_hash = new_hash
        session.add(
            UserSession(
                user_id=user.id,
                token_hash=hash_of(token),
                created_at=now,
                last_seen_at=now,
                browser=clean_line(browser)[:BROWSER_LIMIT],
            )
        )
    return token


def touch(session: Session, session_id: int, now: datetime) -> bool:
    """Note that a session is in use; False where it ended in the meantime. No act, no entry."""
    session.rollback()
    session.connection(execution_options={"writes": True})
    done = session.execute(
        update(UserSession)
        .where(UserSession.id == session_id, UserSession.ended_at.is_(None))
        .values(last_seen_at=now)
    )
    session.commit()
    return isinstance(done, CursorResult) and done.rowcount == 1


def end(session: Session, actor: Actor, session_id: int, now: datetime) -> None:
    """End one of the actor's own sessions. Raises Unknown where it is somebody else's."""
    with act(session, actor, "end_session", now) as run:
        user = run.about(_own_user(run))
        row = session.get(UserSession, session_id)
        if row is None or row.user_id != user.id:
            raise Unknown(f"UserSession {session_id}")
        row.ended_at = row.ended_at or now


def switch_body(
    session: Session, actor: Actor, session_id: int, body_id: int, now: datetime
) -> None:
    """Let one of the actor's own sessions work for another Body from now on.

    Raises Unknown for a Body that is neither their own nor one they are assigned to.
    """
    with act(session, actor, "switch_body", now) as run:
        user = run.about(_own_user(run))
        row = session.get(UserSession, session_id)
        if row is None or row.user_id != user.id or body_id not in assigned(user) | {user.body_id}:
            raise Unknown(f"Body {body_id}")
        row.body_id = None if body_id == user.body_id else body_id


def end_all(run: Run, user: OfficeUser, *, but: int | None = None) -> None:
    """Within an act: end every running session of a user, except the one numbered `but`."""
    run.session.execute(
        update(UserSession)
        .where(
            UserSession.user_id == user.id,
            UserSession.ended_at.is_(None),
            UserSession.id != (but or 0),
        )
        .values(ended_at=run.now)
    )


def running_sessions(session: Session, user_id: int, now: datetime) -> list[UserSession]:
    """Return a user's running sessions, the latest used first."""
    return list(
        session.scalars(
            select(UserSession)
            .where(
                UserSession.user_id == user_id,
                UserSession.ended_at.is_(None),
                UserSession.last_seen_at > now - IDLE,
                UserSession.created_at > now - LONGEST,
            )
            .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
        )
    )


def subscribe(session: Session, actor: Actor, label: str, now: datetime) -> str:
    """Make a secret calendar address for the actor and return its token, which is kept nowhere."""
    name = clean_line(label)
    if not name:
        raise RuleBroken("label", "Bitte geben Sie an, wo Sie den Kalender nutzen wollen.")
    if len(name) > LABEL_LIMIT:
        raise RuleBroken("label", f"Die Bezeichnung darf höchstens {LABEL_LIMIT} Zeichen haben.")
    token = secrets.token_urlsafe(32)
    with act(session, actor, "subscribe_calendar", now) as run:
        user = run.about(_own_user(run))
        if len(subscriptions(session, user.id)) >= MOST_SUBSCRIPTIONS:
            raise RuleBroken(
                "label",
                f"Mehr als {MOST_SUBSCRIPTIONS} Adressen sind nicht vorgesehen."
                " Widerrufen Sie zuerst eine, die Sie nicht mehr nutzen.",
            )
        session.add(
            CalendarSubscription(
                user_id=user.id, label=name, token_hash=hash_of(token), created_at=now
            )
        )
    return token


def revoke(session: Session, actor: Actor, subscription_id: int, now: datetime) -> None:
    """Revoke one of the actor's own calendar addresses. Raises Unknown for somebody else's."""
    with act(session, actor, "revoke_calendar", now) as run:
        user = run.about(_own_user(run))
        row = session.get(CalendarSubscription, subscription_id)
        if row is None or row.user_id != user.id:
            raise Unknown(f"CalendarSubscription {subscription_id}")
        row.revoked_at = row.revoked_at or now


def subscriptions(session: Session, user_id: int) -> list[CalendarSubscription]:
    """Return a user's calendar addresses that were not revoked, oldest first."""
    return list(
        session.scalars(
            select(CalendarSubscription)
            .where(
                CalendarSubscription.user_id == user_id, CalendarSubscription.revoked_at.is_(None)
            )
            .order_by(CalendarSubscription.id)
        )
    )


def subscriber(session: Session, token: str, today: date) -> Actor | None:
    """Return whose calendar the token opens, and note the day of use; None where it opens none."""
    row = session.scalar(
        select(CalendarSubscription)
        .join(CalendarSubscription.user)
        .where(
            CalendarSubscription.token_hash == hash_of(token),
            CalendarSubscription.revoked_at.is_(None),
            OfficeUser.active,
        )
    )
    if row is None:
        return None
    actor, row_id, used_on = Actor.of(row.user), row.id, row.last_used_on
    if used_on != today:
        session.rollback()
        session.connection(execution_options={"writes": True})
        session.execute(
            update(CalendarSubscription)
            .where(CalendarSubscription.id == row_id, CalendarSubscription.revoked_at.is_(None))
            .values(last_used_on=today)
        )
        session.commit()
    return actor


def _actor(session: Session, user_id: int) -> Actor:
    user = session.get(OfficeUser, user_id)
    if user is None:
        raise Unknown(f"OfficeUser {user_id}")
    return Actor.of(user)


def _own_user(run: Run) -> OfficeUser:
    """The acting user's own row, as it is now; a deactivated user does not act any more."""
    user = run.fetch(OfficeUser, run.actor.user_id or 0)
    if not user.active:
        raise Unknown(f"OfficeUser {user.id}")
    return user
