"""Users of the office: administrators add and change them, everybody changes their own password.

Passwords come in as hashes: `acts.passwords` checks and hashes them before the act begins, since
a hash takes longer than a transaction should.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import sessions
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.text import clean_line
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.accounts import OfficeAssignment, OfficeUser, UserRole
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.people import Person

NAME_LIMIT = 200
EMAIL_LIMIT = 254


@dataclass(frozen=True, slots=True)
class AddUser:
    """A new user. Clerks and members belong to a Body, members are a person of it.

    `assigned_body_ids` are the further Bodies that a clerk works for.
    """

    email: str
    name: str
    role: UserRole
    body_id: int | None
    person_id: int | None
    password_hash: str
    assigned_body_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeUser:
    """What a user is from now on; `password_hash` None leaves the password as it is.

    An assignment that is not named any more ends at once.
    """

    user_id: int
    version: int
    email: str
    name: str
    role: UserRole
    body_id: int | None
    person_id: int | None
    active: bool
    password_hash: str | None = None
    assigned_body_ids: tuple[int, ...] = ()


def add_user(session: Session, actor: Actor, command: AddUser, now: datetime) -> int:
    """Add a user and return the number. Raises RuleBroken; Unknown for who may not."""
    _only_administrators(actor)
    with act(session, actor, "add_user", now) as run:
        user = OfficeUser(active=True, password_hash=command.password_hash)
        _fill(run, user, command)
        run.about(user)
    return user.id


def change_user(session: Session, actor: Actor, command: ChangeUser, now: datetime) -> None:
    """Change a user; another role, Body or password, or no access any more, ends all sessions.

    Raises RuleBroken, Stale; Unknown for who may not.
    """
    _only_administrators(actor)
    with act(session, actor, "change_user", now) as run:
        user = run.about(run.fetch(OfficeUser, command.user_id, version=command.version))
        before = (user.role, user.body_id, user.person_id, user.active)
        _fill(run, user, command)
        user.active = command.active
        if command.password_hash is not None:
            user.password_hash = command.password_hash
        _keep_an_administrator(run, user)
        after = (user.role, user.body_id, user.person_id, user.active)
        if before != after or command.password_hash is not None:
            sessions.end_all(run, user)


def end_sessions(session: Session, actor: Actor, user_id: int, now: datetime) -> None:
    """End every session of a user, as an administrator. Raises Unknown."""
    _only_administrators(actor)
    with act(session, actor, "end_all_sessions", now) as run:
        sessions.end_all(run, run.about(run.fetch(OfficeUser, user_id)))


def change_own_password(
    session: Session, actor: Actor, password_hash: str, session_id: int, now: datetime
) -> None:
    """Change the actor's password and end all their sessions but the one numbered `session_id`."""
    with act(session, actor, "change_own_password", now) as run:
        user = run.about(run.fetch(OfficeUser, actor.user_id or 0))
        user.password_hash = password_hash
        sessions.end_all(run, user, but=session_id)


def clean_email(email: str) -> str:
    """Return an address as it is kept and looked up: no edges, lower case."""
    return clean_line(email).lower()


def _only_administrators(actor: Actor) -> None:
    if actor.role is not UserRole.ADMINISTRATOR:
        raise Unknown("accounts")


def _fill(run: Run, user: OfficeUser, command: AddUser | ChangeUser) -> None:
    user.email = _free_email(run, user, command.email)
    user.name = clean_line(command.name)
    if not user.name or len(user.name) > NAME_LIMIT:
        raise RuleBroken("name", f"Bitte geben Sie den Namen an, höchstens {NAME_LIMIT} Zeichen.")
    user.role = command.role
    user.body_id, user.person_id = _place(run, command)
    _assign(run, user, command)


def _free_email(run: Run, user: OfficeUser, typed: str) -> str:
    email = clean_email(typed)
    name, at, host = email.rpartition("@")
    if not (name and at and host) or " " in email or len(email) > EMAIL_LIMIT:
        raise RuleBroken(
            "email", "Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel name@landkreis.de."
        )
    other = run.session.scalar(select(OfficeUser.id).where(OfficeUser.email == email))
    if other is not None and other != user.id:
        raise RuleBroken("email", "Unter dieser E-Mail-Adresse meldet sich schon jemand an.")
    return email


def _place(run: Run, command: AddUser | ChangeUser) -> tuple[int | None, int | None]:
    """The Body and person that go with the role. Raises RuleBroken where they do not fit."""
    if command.role is UserRole.ADMINISTRATOR:
        return None, None
    body = run.session.get(Body, command.body_id or 0)
    person = run.session.get(Person, command.person_id or 0)
    if body is None:
        raise RuleBroken("body_id", "Bitte wählen Sie, zu welcher Körperschaft die Person gehört.")
    if person is not None and person.body_id != body.id:
        raise RuleBroken("person_id", f"Diese Person gehört nicht zu {body.name}.")
    if command.role is UserRole.MEMBER and person is None:
        raise RuleBroken("person_id", "Bitte wählen Sie, welches Mitglied sich hier anmeldet.")
    return body.id, person.id if person else None


def _assign(run: Run, user: OfficeUser, command: AddUser | ChangeUser) -> None:
    """Give a clerk exactly the wanted further Bodies; their own is none of them."""
    wanted = set(command.assigned_body_ids) - {user.body_id}
    if wanted and user.role is not UserRole.CLERK:
        raise RuleBroken(
            "assigned_body_ids",
            "Weitere Körperschaften sind nur für den Sitzungsdienst möglich. Bitte entfernen Sie"
            " die Haken oder wählen Sie eine andere Rolle.",
        )
    known = set(run.session.scalars(select(Body.id).where(Body.id.in_(wanted))))
    if wanted - known:
        raise RuleBroken("assigned_body_ids", "Bitte wählen Sie aus den Körperschaften der Liste.")
    kept = {one.body_id: one for one in user.assignments}
    if wanted == kept.keys():
        return
    user.assignments = [
        kept.get(body_id) or OfficeAssignment(body_id=body_id) for body_id in sorted(wanted)
    ]
    if kept or user.id is not None:
        # Even where no column changed, the user is another one for a second tab.
        flag_modified(user, "modified_at")


def _keep_an_administrator(run: Run, user: OfficeUser) -> None:
    """Refuse to lock everybody out."""
    if user.active and user.role is UserRole.ADMINISTRATOR:
        return
    others = run.session.scalar(
        select(func.count())
        .select_from(OfficeUser)
        .where(
            OfficeUser.role == UserRole.ADMINISTRATOR,
            OfficeUser.active,
            OfficeUser.id != user.id,
        )
    )
    if not others:
        raise RuleBroken(
            "active" if not user.active else "role",
            "Es muss immer jemanden mit Administrationsrechten geben, der sich anmelden kann.",
        )
