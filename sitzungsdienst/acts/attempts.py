"""The throttle of the sign-in: tries are counted before any password is hashed.

No legal act and no audit entry: the counts are gone after minutes. Keys are HMACs, so that the
table tells nobody who tried from where.
"""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sitzungsdienst.record.accounts import SignInAttempt

WINDOW = timedelta(minutes=5)
PER_EMAIL = 5
PER_ADDRESS = 30


@dataclass(frozen=True, slots=True)
class Try:
    """One try to sign in, by the HMACs of the e-mail typed and of the address it came from."""

    email_key: str
    address_key: str

    @classmethod
    def of(cls, secret: str, email: str, address: str) -> "Try":
        """Return the try of `email` (as typed) from the network address `address`."""
        return cls(_key(secret, "email", email), _key(secret, "address", address))


def count(session: Session, attempt: Try, now: datetime) -> timedelta | None:
    """Count a try and return None, or the time to wait if there were too many already.

    A refused try is not counted: who waits as told gets in. Both limits are looked at and the
    try written in one transaction, so that parallel tries cannot slip between.
    """
    with _writing(session):
        session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - WINDOW))
        waits = [
            wait
            for key, limit in ((attempt.email_key, PER_EMAIL), (attempt.address_key, PER_ADDRESS))
            if (wait := _wait(session, key, limit, now))
        ]
        if waits:
            return max(waits)
        session.add_all(
            SignInAttempt(key=key, at=now) for key in (attempt.email_key, attempt.address_key)
        )
    return None


def forgive(session: Session, attempt: Try) -> None:
    """Forget the tries for the e-mail: somebody signed in with it."""
    with _writing(session):
        session.execute(delete(SignInAttempt).where(SignInAttempt.key == attempt.email_key))


def _wait(session: Session, key: str, limit: int, now: datetime) -> timedelta | None:
    """Return how long until fewer than `limit` tries lie in the window; None if that is now."""
    latest = session.scalars(
        select(SignInAttempt.at)
        .where(SignInAttempt.key == key)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
        .limit(limit)
    ).all()
    return latest[-1] + WINDOW - now if len(latest) >= limit else None


def _key(secret: str, kind: str, value: str) -> str:
    text = f"{kind}:{value.strip().casefold()}"
    return hmac.new(secret.encode(), text.encode("utf-8", "replace"), "sha256").hexdigest()


@contextmanager
def _writing(session: Session) -> Iterator[None]:
    """One small writing transaction of its own."""
    session.rollback()
    session.connection(execution_options={"writes": True})
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
