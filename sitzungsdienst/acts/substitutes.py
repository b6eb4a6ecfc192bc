"""Acts on substitutes (Stellvertretung): a list in order, or for one member."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.meetings import MeetingCommittee
from sitzungsdienst.record.people import Membership, Person, Substitute
from sitzungsdienst.record.proceedings import Attendance


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteFacts:
    """Who stands in: for one member (`for_person_id`), or on the general list.

    `on_behalf_of_id` limits the general list to the members of a group. Both dates belong to the
    time; None is open.
    """

    person_id: int
    for_person_id: int | None = None
    on_behalf_of_id: int | None = None
    start_date: date | None = None
    end_date: date | None = None


def add_substitute(
    session: Session, actor: Actor, organization_id: int, facts: SubstituteFacts, now: datetime
) -> int:
    """Enter a substitute at the end of the list; gives the id. Raises RuleBroken, Unknown."""
    with act(session, actor, "add_substitute", now) as run:
        organization = run.fetch(Organization, organization_id)
        last = session.scalar(
            select(func.max(Substitute.position)).where(
                Substitute.organization_id == organization.id
            )
        )
        row = Substitute(
            organization=organization,
            organization_id=organization.id,
            position=0 if last is None else last + 1,
        )
        _set(run, row, organization, facts)
        run.about(row)
        session.flush()
        return row.id


def edit_substitute(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: SubstituteFacts,
    now: datetime,
) -> None:
    """Change a substitute; ending it is a date. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "edit_substitute", now) as run:
        row = run.about(run.fetch(Substitute, row_id, version=version))
        _set(run, row, row.organization, facts)


def move_substitute(
    session: Session, actor: Actor, row_id: int, version: int, up: bool, now: datetime
) -> None:
    """Change places with the neighbour on the same list; at its end nothing changes."""
    with act(session, actor, "move_substitute", now) as run:
        row = run.fetch(Substitute, row_id, version=version)
        # The order is the organisation's: who moves another one at the same time waits.
        organization = run.fetch(Organization, row.organization_id)
        run.about(row)
        listed = [one for one in organization.substitutes if one.for_person_id == row.for_person_id]
        place = listed.index(row)
        other = place - 1 if up else place + 1
        if 0 <= other < len(listed):
            neighbour = listed[other]
            row.position, neighbour.position = neighbour.position, row.position


def remove_substitute(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Delete a substitute entered by mistake; who has stood in already ends by a date."""
    with act(session, actor, "remove_substitute", now) as run:
        row = run.about(run.fetch(Substitute, row_id, version=version))
        stood_in = select(func.count()).where(
            Attendance.person_id == row.person_id,
            Attendance.substitute_for_id.is_not(None),
            Attendance.meeting_id.in_(
                select(MeetingCommittee.meeting_id).where(
                    MeetingCommittee.organization_id == row.organization_id
                )
            ),
        )
        if session.scalar(stood_in):
            raise RuleBroken(
                "",
                "Die Person hat in einer Sitzung schon vertreten. Tragen Sie stattdessen ein Ende"
                " ein.",
            )
        session.delete(row)


def standing_in(
    organization: Organization, person_id: int, group_id: int | None, day: date
) -> tuple[Substitute, ...]:
    """Who may stand in for a member on a day, in order: the member's own first, then the list.

    `group_id` is the group the member sits for; the list's entries of other groups are left out.
    """
    running = [one for one in organization.substitutes if one.runs_on(day)]
    own = [one for one in running if one.for_person_id == person_id]
    listed = [
        one
        for one in running
        if one.for_person_id is None and one.on_behalf_of_id in (None, group_id)
    ]
    return tuple(own + listed)


def _set(run: Run, row: Substitute, organization: Organization, facts: SubstituteFacts) -> None:
    checks.in_order("end_date", facts.start_date, facts.end_date)
    person = run.fetch(Person, facts.person_id)
    group = None
    if facts.on_behalf_of_id is not None:
        group = run.fetch(Organization, facts.on_behalf_of_id)
        if group.kind is not OrganizationKind.GROUP:
            raise RuleBroken("on_behalf_of_id", "Bitte wählen Sie eine Fraktion oder Gruppe.")
    row.person, row.on_behalf_of = person, group
    row.for_person = _member(run, organization, person, facts.for_person_id)
    row.start_date, row.end_date = facts.start_date, facts.end_date
    _refuse_twin(run, row, organization)


def _member(
    run: Run, organization: Organization, person: Person, wanted: int | None
) -> Person | None:
    """The member stood in for, who must have a seat here."""
    if wanted is None:
        return None
    member = run.fetch(Person, wanted)
    if member is person:
        raise RuleBroken("for_person_id", "Niemand kann sich selbst vertreten.")
    seats = select(func.count()).where(
        Membership.organization_id == organization.id, Membership.person_id == member.id
    )
    if not run.session.scalar(seats):
        raise RuleBroken("for_person_id", "Bitte wählen Sie ein Mitglied dieses Gremiums.")
    return member


def _refuse_twin(run: Run, row: Substitute, organization: Organization) -> None:
    twins = run.session.scalars(
        select(Substitute).where(
            Substitute.organization_id == organization.id, Substitute.person_id == row.person.id
        )
    )
    if any(
        one is not row
        and one.for_person_id == (row.for_person.id if row.for_person else None)
        and checks.overlap(one, row)
        for one in twins
    ):
        raise RuleBroken(
            "person_id",
            "Diese Stellvertretung gibt es in dieser Zeit schon. Ändern Sie die vorhandene.",
        )
