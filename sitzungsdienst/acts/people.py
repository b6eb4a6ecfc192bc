"""Acts on persons and memberships."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.papers import PaperOriginator
from sitzungsdienst.record.people import Membership, MembershipRole, Person
from sitzungsdienst.record.proceedings import Attendance, Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What the office knows of a person."""

    family_name: str
    given_name: str = ""
    title: str = ""
    form_of_address: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


def create_person(session: Session, actor: Actor, facts: PersonFacts, now: datetime) -> int:
    """Enter a person; gives the id."""
    with act(session, actor, "create_person", now) as run:
        row = run.about(Person(body_id=actor.home))
        _set_person(row, facts)
        session.flush()
        return row.id


def edit_person(
    session: Session, actor: Actor, row_id: int, version: int, facts: PersonFacts, now: datetime
) -> None:
    """Change a person. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "edit_person", now) as run:
        _set_person(run.about(run.fetch(Person, row_id, version=version)), facts)


def delete_person(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Delete a person entered by mistake, on whom nothing hangs."""
    with act(session, actor, "delete_person", now) as run:
        row = run.about(run.fetch(Person, row_id, version=version))
        users: tuple[type[Base], ...] = (
            Membership,
            Attendance,
            Vote,
            PaperOriginator,
            OfficeUser,
        )
        for kind in users:
            column = kind.__table__.c["person_id"]
            if session.scalar(select(func.count()).where(column == row.id)):
                raise RuleBroken(
                    "",
                    "Die Person kommt in Gremien, Sitzungen, Vorlagen oder als Benutzerkonto vor"
                    " und kann deshalb nicht gelöscht werden.",
                )
        filed = Reader(session.connection()).get(Kind.PERSON, row.uid)
        if filed and not filed.deleted:
            raise RuleBroken(
                "", "Die Person ist veröffentlicht. Ziehen Sie sie zuerst aus der Öffentlichkeit."
            )
        session.delete(row)


def _set_person(row: Person, facts: PersonFacts) -> None:
    row.family_name = checks.line(
        "family_name", facts.family_name, needed="Bitte geben Sie den Nachnamen ein.", limit=200
    )
    row.given_name = checks.line("given_name", facts.given_name, limit=200)
    row.title = checks.line("title", facts.title, limit=100)
    row.form_of_address = checks.line("form_of_address", facts.form_of_address, limit=50)
    row.email = checks.line("email", facts.email, limit=254)
    row.phone = checks.line("phone", facts.phone, limit=50)
    row.note = checks.text("note", facts.note, limit=5_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipFacts:
    """A seat: whose, in which function, with or without a vote, for which group, from when to when.

    Both dates belong to the membership; None is open.
    """

    person_id: int
    role: MembershipRole = MembershipRole.MEMBER
    voting_right: bool = True
    on_behalf_of_id: int | None = None
    start_date: date | None = None
    end_date: date | None = None


def add_membership(
    session: Session, actor: Actor, organization_id: int, facts: MembershipFacts, now: datetime
) -> int:
    """Seat a person in an organisation; gives the membership's id."""
    with act(session, actor, "add_membership", now) as run:
        organization = run.fetch(Organization, organization_id)
        row = Membership(organization=organization, organization_id=organization.id)
        _set_membership(run, row, facts)
        run.about(row)
        session.flush()
        return row.id


def seat_new_person(
    session: Session,
    actor: Actor,
    organization_id: int,
    person: PersonFacts,
    facts: MembershipFacts,
    now: datetime,
) -> int:
    """Enter a person and seat them, in one act; gives the membership's id.

    The person in `facts` is ignored: it is the new one.
    """
    with act(session, actor, "seat_new_person", now) as run:
        organization = run.fetch(Organization, organization_id)
        newcomer = Person(body_id=organization.body_id)
        _set_person(newcomer, person)
        session.add(newcomer)
        session.flush()
        row = Membership(organization=organization, organization_id=organization.id)
        _set_membership(run, row, replace(facts, person_id=newcomer.id))
        run.about(row)
        session.flush()
        return row.id


def edit_membership(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: MembershipFacts,
    now: datetime,
) -> None:
    """Change a membership; ending it is a date, not a deletion."""
    with act(session, actor, "edit_membership", now) as run:
        row = run.about(run.fetch(Membership, row_id, version=version))
        _set_membership(run, row, facts)


def _set_membership(run: Run, row: Membership, facts: MembershipFacts) -> None:
    checks.in_order("end_date", facts.start_date, facts.end_date)
    person = run.fetch(Person, facts.person_id)
    group = (
        run.fetch(Organization, facts.on_behalf_of_id)
        if facts.on_behalf_of_id is not None
        else None
    )
    others = run.session.scalars(
        select(Membership).where(
            Membership.organization_id == row.organization_id,
            Membership.person_id == person.id,
        )
    ).all()
    if group is not None and group.kind is not OrganizationKind.GROUP:
        raise RuleBroken("on_behalf_of_id", "Bitte wählen Sie eine Fraktion oder Gruppe.")
    if any(one is not row and _overlap(one, facts) for one in others):
        raise RuleBroken(
            "person_id",
            "Die Person ist in dieser Zeit schon Mitglied. Ändern Sie die vorhandene"
            " Mitgliedschaft oder beenden Sie sie vorher.",
        )
    row.person = person
    row.role = facts.role
    row.voting_right = facts.voting_right
    row.on_behalf_of = group
    row.start_date = facts.start_date
    row.end_date = facts.end_date


def _overlap(one: Membership, facts: MembershipFacts) -> bool:
    ends_before = one.end_date and facts.start_date and one.end_date < facts.start_date
    begins_after = one.start_date and facts.end_date and one.start_date > facts.end_date
    return not (ends_before or begins_after)
