"""Office users, their sessions, secret calendar feeds, and the audit trail."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.people import Person


class UserRole(StrEnum):
    """What somebody who signs in is there for."""

    CLERK = "clerk"
    MEMBER = "member"
    ADMINISTRATOR = "administrator"


class OfficeUser(Edited, Base):
    """Somebody who may sign in. Clerks and members belong to one Body, administrators to none."""

    __tablename__ = "office_user"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[UserRole] = mapped_column(choice(UserRole))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)

    body: Mapped[Body | None] = relationship()
    person: Mapped[Person | None] = relationship()
    assignments: Mapped[list["OfficeAssignment"]] = relationship(
        order_by="OfficeAssignment.body_id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("(role = 'administrator') = (body_id is null)", name="role_and_body"),
        CheckConstraint("role <> 'member' or person_id is not null", name="member_is_person"),
    )


class UserSession(Base):
    """A signed-in browser. Only the hash of its token is kept; ending it is final."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("office_user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(default="")

    #: The Body a user of several works for just now; None: the user's own.
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))

    user: Mapped[OfficeUser] = relationship()
    body: Mapped[Body | None] = relationship()


class OfficeAssignment(Base):
    """That a clerk also works for another Body, such as a member municipality."""

    __tablename__ = "office_assignment"

    user_id: Mapped[int] = mapped_column(ForeignKey("office_user.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), primary_key=True)

    body: Mapped[Body] = relationship()


class SignInAttempt(Base):
    """A try to sign in, counted before any password is hashed. `key` is a hash, not an address."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_sign_in_attempt_key_at", "key", "at"),)


class CalendarSubscription(Base):
    """A secret address of a personal calendar feed, shown once, revocable for itself."""

    __tablename__ = "calendar_subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("office_user.id"), index=True)
    label: Mapped[str]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[OfficeUser] = relationship()


class AuditEntry(Base):
    """Who did what, when; read in the office only. `changes` is JSON: row → field → both values."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    #: The acting user; None where the command line acted.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("office_user.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    act: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_uid: Mapped[str] = mapped_column(String(36))
    changes: Mapped[str] = mapped_column(default="{}")

    user: Mapped[OfficeUser | None] = relationship()

    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_uid"),)
