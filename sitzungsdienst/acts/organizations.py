"""Acts on committees, groups, units and places."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import Location, Organization, OrganizationKind
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee
from sitzungsdienst.record.papers import Consultation, Paper, PaperOriginator
from sitzungsdienst.record.people import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationFacts:
    """What the office knows of an organisation; `seats` from 1 to 999, or None."""

    name: str
    kind: OrganizationKind = OrganizationKind.COMMITTEE
    short_name: str = ""
    classification: str = ""
    seats: int | None = None
    start_date: date | None = None
    end_date: date | None = None
    predecessor: str = ""


def create_organization(
    session: Session, actor: Actor, facts: OrganizationFacts, now: datetime
) -> int:
    """Found an organisation; gives its id. Raises RuleBroken for unfit facts."""
    with act(session, actor, "create_organization", now) as run:
        row = run.about(Organization(body_id=actor.home))
        _set_organization(run, row, facts)
        session.flush()
        return row.id


def edit_organization(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: OrganizationFacts,
    now: datetime,
) -> None:
    """Change an organisation. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "edit_organization", now) as run:
        row = run.about(run.fetch(Organization, row_id, version=version))
        if facts.kind is not row.kind and (used := _use(session, row)):
            raise RuleBroken(
                "kind", f"»{row.name}« hat {used}; die Art lässt sich deshalb nicht mehr ändern."
            )
        _set_organization(run, row, facts)


def delete_organization(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Delete an organisation that nothing hangs on; anything else ends by its date."""
    with act(session, actor, "delete_organization", now) as run:
        row = run.about(run.fetch(Organization, row_id, version=version))
        if used := _use(session, row):
            raise RuleBroken(
                "",
                f"»{row.name}« hat {used} und kann deshalb nicht gelöscht werden. Tragen Sie"
                " stattdessen ein Enddatum ein.",
            )
        filed = Reader(session.connection()).get(Kind.ORGANIZATION, row.uid)
        if filed and not filed.deleted:
            raise RuleBroken(
                "", "Das Gremium ist veröffentlicht. Ziehen Sie es zuerst aus der Öffentlichkeit."
            )
        session.delete(row)


def _use(session: Session, row: Organization) -> str:
    """What hangs on an organisation, in words ("2 Sitzungen"); "" for nothing."""
    for kind, column, one, many in (
        (MeetingCommittee, MeetingCommittee.organization_id, "Sitzung", "Sitzungen"),
        (Consultation, Consultation.organization_id, "Beratungsfolge", "Beratungsfolgen"),
        (Membership, Membership.organization_id, "Mitgliedschaft", "Mitgliedschaften"),
        (Membership, Membership.on_behalf_of_id, "Mitgliedschaft", "Mitgliedschaften"),
        (Paper, Paper.responsible_unit_id, "Vorlage", "Vorlagen"),
        (PaperOriginator, PaperOriginator.organization_id, "Vorlage", "Vorlagen"),
    ):
        count = session.scalar(select(func.count()).select_from(kind).where(column == row.id)) or 0
        if count:
            return f"{count} {one if count == 1 else many}"
    return ""


def _set_organization(run: Run, row: Organization, facts: OrganizationFacts) -> None:
    checks.in_order("end_date", facts.start_date, facts.end_date)
    checks.within("seats", facts.seats, 1, 999)
    row.name = checks.line("name", facts.name, needed="Bitte geben Sie den Namen ein.")
    row.kind = facts.kind
    row.short_name = checks.line("short_name", facts.short_name, limit=100)
    row.classification = checks.line("classification", facts.classification, limit=100)
    row.predecessor = checks.line("predecessor", facts.predecessor)
    row.seats = facts.seats
    row.start_date = facts.start_date
    row.end_date = facts.end_date
    twin = run.session.scalar(
        select(Organization).where(
            Organization.body_id == row.body_id,
            Organization.kind == row.kind,
            Organization.name == row.name,
        )
    )
    if twin is not None and twin is not row:
        raise RuleBroken("name", "Diesen Namen gibt es schon. Bitte wählen Sie einen anderen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFacts:
    """A room at an address."""

    room: str
    description: str = ""
    street_address: str = ""
    postal_code: str = ""
    locality: str = ""


def create_location(session: Session, actor: Actor, facts: LocationFacts, now: datetime) -> int:
    """Enter a place for meetings; gives its id."""
    with act(session, actor, "create_location", now) as run:
        row = run.about(Location(body_id=actor.home))
        _set_location(row, facts)
        session.flush()
        return row.id


def edit_location(
    session: Session, actor: Actor, row_id: int, version: int, facts: LocationFacts, now: datetime
) -> None:
    """Change a place. What was released with it keeps the old one until released anew."""
    with act(session, actor, "edit_location", now) as run:
        _set_location(run.about(run.fetch(Location, row_id, version=version)), facts)


def delete_location(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Delete a place that no meeting is held at."""
    with act(session, actor, "delete_location", now) as run:
        row = run.about(run.fetch(Location, row_id, version=version))
        count = session.scalar(
            select(func.count()).select_from(Meeting).where(Meeting.location_id == row.id)
        )
        if count:
            raise RuleBroken("", "An diesem Ort gibt es Sitzungen; er kann nicht gelöscht werden.")
        session.delete(row)


def _set_location(row: Location, facts: LocationFacts) -> None:
    row.room = checks.line("room", facts.room, needed="Bitte geben Sie den Raum ein.", limit=200)
    row.description = checks.line("description", facts.description, limit=200)
    row.street_address = checks.line("street_address", facts.street_address, limit=200)
    row.postal_code = checks.line("postal_code", facts.postal_code, limit=10)
    row.locality = checks.line("locality", facts.locality, limit=200)
