"""Acts on members that are offices or organisations, whoever speaks for them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.composition import rule_for
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.people import InstitutionalMembership, MembershipRole, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionFacts:
    """A seat of an office or organisation: its name, or the organisation of the record it is.

    `represented_by_id` is the person who speaks for it, where the office knows. Both dates belong
    to the membership; None is open.
    """

    name: str = ""
    member_organization_id: int | None = None
    represented_by_id: int | None = None
    role: MembershipRole = MembershipRole.MEMBER
    voting_right: bool = False
    composition_rule_id: int | None = None
    start_date: date | None = None
    end_date: date | None = None


def add_institution(
    session: Session, actor: Actor, organization_id: int, facts: InstitutionFacts, now: datetime
) -> int:
    """Seat an office or organisation; gives the membership's id. Raises RuleBroken, Unknown."""
    with act(session, actor, "add_institution", now) as run:
        organization = run.fetch(Organization, organization_id)
        row = InstitutionalMembership(organization=organization, organization_id=organization.id)
        _set(run, row, organization, facts)
        run.about(row)
        session.flush()
        return row.id


def edit_institution(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: InstitutionFacts,
    now: datetime,
) -> None:
    """Change such a membership; ending it is a date. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "edit_institution", now) as run:
        row = run.about(run.fetch(InstitutionalMembership, row_id, version=version))
        _set(run, row, row.organization, facts)


def remove_institution(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Delete such a membership that was entered by mistake; what was so ends by its date."""
    with act(session, actor, "remove_institution", now) as run:
        session.delete(run.about(run.fetch(InstitutionalMembership, row_id, version=version)))


def _set(
    run: Run, row: InstitutionalMembership, organization: Organization, facts: InstitutionFacts
) -> None:
    checks.in_order("end_date", facts.start_date, facts.end_date)
    wanted, speaker = facts.member_organization_id, facts.represented_by_id
    member = None if wanted is None else run.fetch(Organization, wanted)
    if member is organization:
        raise RuleBroken(
            "member_organization_id", "Eine Organisation kann nicht ihr eigenes Mitglied sein."
        )
    row.name = checks.line(
        "name",
        facts.name or (member.name if member else ""),
        needed="Bitte geben Sie den Namen ein oder wählen Sie eine Organisation.",
    )
    row.member_organization = member
    row.represented_by = None if speaker is None else run.fetch(Person, speaker)
    row.role, row.voting_right = facts.role, facts.voting_right
    row.composition_rule = rule_for(
        run, organization, facts.composition_rule_id, voting_right=facts.voting_right
    )
    row.start_date, row.end_date = facts.start_date, facts.end_date
    _refuse_twin(run, row, organization)


def _refuse_twin(run: Run, row: InstitutionalMembership, organization: Organization) -> None:
    twins = run.session.scalars(
        select(InstitutionalMembership).where(
            InstitutionalMembership.organization_id == organization.id,
            InstitutionalMembership.name == row.name,
        )
    )
    if any(one is not row and checks.overlap(one, row) for one in twins):
        raise RuleBroken("name", "Diese Stelle ist in dieser Zeit schon Mitglied.")
