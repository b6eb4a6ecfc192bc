"""Acts on persons and memberships."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.composition import rule_for
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.organizations import links_to
from sitzungsdienst.acts.person_facts import PersonFacts, set_person
from sitzungsdienst.acts.publishing import publish
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.withdrawal import withdraw_contact
from sitzungsdienst.german import local_day
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.people import Membership, MembershipRole, Person

# Who enters people asks this module for the facts of a person, too.
__all__ = ["MembershipFacts", "PersonFacts", "RoleChange"]


def create_person(session: Session, actor: Actor, facts: PersonFacts, now: datetime) -> int:
    """Enter a person; gives the id."""
    with act(session, actor, "create_person", now) as run:
        row = Person(body_id=actor.home)
        set_person(run, row, facts, local_day(now))
        run.about(row)
        session.flush()
        return row.id


def edit_person(
    session: Session, actor: Actor, row_id: int, version: int, facts: PersonFacts, now: datetime
) -> None:
    """Change a person. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "edit_person", now) as run:
        row = run.about(run.fetch(Person, row_id, version=version))
        before = row.consented(local_day(now))
        set_person(run, row, facts, local_day(now))
        if row.consented(local_day(now)) != before:
            # Even where no column of its own changed, the person is another one for a second tab.
            flag_modified(row, "modified_at")
            _take_back_contact(run, row)


def _take_back_contact(run: Run, row: Person) -> None:
    """A consent taken back works at once: what was released by it is erased."""
    run.session.flush()
    desk = Desk(run.session)
    withdraw_contact(desk, row)
    if desk.withdrawn:
        publish(run, desk, "Einwilligung zur Veröffentlichung der Kontaktdaten widerrufen")


def delete_person(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Delete a person entered by mistake, on whom nothing hangs."""
    with act(session, actor, "delete_person", now) as run:
        row = run.about(run.fetch(Person, row_id, version=version))
        if links_to(session, row, but=("contact_consent",)):
            raise RuleBroken(
                "",
                "Die Person kommt in Gremien, Sitzungen, Vorlagen oder als Benutzerkonto vor und"
                " kann deshalb nicht gelöscht werden.",
            )
        filed = Reader(session.connection()).get(Kind.PERSON, row.uid)
        if filed and not filed.deleted:
            raise RuleBroken(
                "", "Die Person ist veröffentlicht. Ziehen Sie sie zuerst aus der Öffentlichkeit."
            )
        session.delete(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipFacts:
    """A seat: whose, in which function, with or without a vote, for which group, from when to when.

    `composition_rule_id` is the rule of the organisation that the seat fills. Both dates belong to
    the membership; None is open.
    """

    person_id: int
    role: MembershipRole = MembershipRole.MEMBER
    voting_right: bool = True
    on_behalf_of_id: int | None = None
    composition_rule_id: int | None = None
    start_date: date | None = None
    end_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChange:
    """Another function from `valid_from` on; the old one ends on the day before."""

    valid_from: date
    role: MembershipRole = MembershipRole.MEMBER
    voting_right: bool = True
    on_behalf_of_id: int | None = None
    composition_rule_id: int | None = None


def add_membership(
    session: Session, actor: Actor, organization_id: int, facts: MembershipFacts, now: datetime
) -> int:
    """Seat a person in an organisation; gives the membership's id."""
    with act(session, actor, "add_membership", now) as run:
        organization = run.fetch(Organization, organization_id)
        row = Membership(organization=organization, organization_id=organization.id)
        set_membership(run, row, facts)
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
        set_person(run, newcomer, person, local_day(now))
        session.add(newcomer)
        session.flush()
        row = Membership(organization=organization, organization_id=organization.id)
        set_membership(run, row, replace(facts, person_id=newcomer.id))
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
        set_membership(run, row, facts)


def change_role(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    change: RoleChange,
    now: datetime,
) -> int:
    """End a membership and begin its successor on the next day, in one act; gives its id."""
    with act(session, actor, "change_role", now) as run:
        row = run.fetch(Membership, row_id, version=version)
        _check_change(row, change.valid_from)
        following = Membership(organization=row.organization, organization_id=row.organization_id)
        facts = MembershipFacts(
            person_id=row.person_id,
            role=change.role,
            voting_right=change.voting_right,
            on_behalf_of_id=change.on_behalf_of_id,
            composition_rule_id=change.composition_rule_id,
            start_date=change.valid_from,
            end_date=row.end_date,
        )
        row.end_date = change.valid_from - timedelta(days=1)
        set_membership(run, following, facts)
        run.about(following)
        session.flush()
        return following.id


def _check_change(row: Membership, day: date) -> None:
    if row.start_date is not None and day <= row.start_date:
        raise RuleBroken(
            "valid_from",
            "Die Mitgliedschaft hat an diesem Tag noch nicht oder gerade erst begonnen. Ändern Sie"
            " sie stattdessen selbst, oder geben Sie einen späteren Tag ein.",
        )
    if row.end_date is not None and day > row.end_date:
        raise RuleBroken(
            "valid_from", "Die Mitgliedschaft ist dann schon beendet. Bitte prüfen Sie den Tag."
        )


def set_membership(run: Run, row: Membership, facts: MembershipFacts) -> None:
    """Within an act: write facts into a membership of an organisation. Raises RuleBroken."""
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
    if any(one is not row and checks.overlap(one, facts) for one in others):
        raise RuleBroken(
            "person_id",
            "Die Person ist in dieser Zeit schon Mitglied. Ändern Sie die vorhandene"
            " Mitgliedschaft oder beenden Sie sie vorher.",
        )
    row.person = person
    row.role = facts.role
    row.voting_right = facts.voting_right
    row.on_behalf_of = group
    row.composition_rule = rule_for(
        run, row.organization, facts.composition_rule_id, voting_right=facts.voting_right
    )
    row.start_date = facts.start_date
    row.end_date = facts.end_date
