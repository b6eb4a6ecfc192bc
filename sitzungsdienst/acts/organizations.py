"""Acts on committees, groups, units and places."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.history import refuse_twin
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import (
    LegislativeTerm,
    Location,
    Organization,
    OrganizationKind,
)
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee
from sitzungsdienst.record.papers import Consultation, Paper, PaperOriginator
from sitzungsdienst.record.people import InstitutionalMembership, Membership, Substitute
from sitzungsdienst.record.schema import Base

SEAT = ("Mitgliedschaft", "Mitgliedschaften")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationFacts:
    """What the office knows of an organisation; `seats` from 1 to 999, or None.

    With a `legislative_term_id` it ends with that term, without one it lives through terms. The
    predecessor is an organisation of the record (`predecessor_id`) or a name (`predecessor`).
    """

    name: str
    kind: OrganizationKind = OrganizationKind.COMMITTEE
    short_name: str = ""
    classification: str = ""
    seats: int | None = None
    start_date: date | None = None
    end_date: date | None = None
    predecessor: str = ""
    predecessor_id: int | None = None
    legislative_term_id: int | None = None
    statutory: bool = True


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
        (InstitutionalMembership, InstitutionalMembership.organization_id, *SEAT),
        (InstitutionalMembership, InstitutionalMembership.member_organization_id, *SEAT),
        (Substitute, Substitute.organization_id, "Stellvertretung", "Stellvertretungen"),
        (Organization, Organization.predecessor_id, "Nachfolgegremium", "Nachfolgegremien"),
    ):
        count = session.scalar(select(func.count()).select_from(kind).where(column == row.id)) or 0
        if count:
            return f"{count} {one if count == 1 else many}"
    others = ("former_name", "composition_rule", "standing_item")
    return "weitere Einträge" if links_to(session, row, but=others) else ""


def links_to(session: Session, row: Base, *, but: tuple[str, ...] = ()) -> bool:
    """Whether any row of the record names this one, in whichever table; `but` are passed over."""
    key = inspect(type(row)).primary_key_from_instance(row)[0]
    return any(
        session.scalar(select(func.count()).where(link.parent == key))
        for table in Base.metadata.sorted_tables
        if table.name not in but
        for link in table.foreign_keys
        if link.column.table.name == row.__tablename__
    )


def _set_organization(run: Run, row: Organization, facts: OrganizationFacts) -> None:
    checks.in_order("end_date", facts.start_date, facts.end_date)
    checks.within("seats", facts.seats, 1, 999)
    row.name = checks.line("name", facts.name, needed="Bitte geben Sie den Namen ein.")
    row.kind = facts.kind
    row.short_name = checks.line("short_name", facts.short_name, limit=100)
    row.classification = checks.line("classification", facts.classification, limit=100)
    row.predecessor = checks.line("predecessor", facts.predecessor)
    row.seats = facts.seats
    row.statutory = facts.statutory
    row.start_date = facts.start_date
    row.end_date = facts.end_date
    _follow_term(run, row, facts)
    row.predecessor_organization = _predecessor(run, row, facts.predecessor_id)
    refuse_twin(run, row, row.name)


def _follow_term(run: Run, row: Organization, facts: OrganizationFacts) -> None:
    """Link the term it ends with; the term's last day is its own where none was typed."""
    term = None
    if facts.legislative_term_id is not None:
        term = run.fetch(LegislativeTerm, facts.legislative_term_id)
        row.end_date = facts.end_date or term.end_date
        checks.in_order("legislative_term_id", facts.start_date, row.end_date)
    row.legislative_term = term


def _predecessor(run: Run, row: Organization, wanted: int | None) -> Organization | None:
    """The predecessor, which must not come after itself."""
    if wanted is None:
        return None
    one: Organization | None = run.fetch(Organization, wanted)
    found, seen = one, set[int]()
    while one is not None and one.id not in seen:
        if one is row:
            raise RuleBroken(
                "predecessor_id",
                "Ein Gremium kann nicht aus sich selbst hervorgehen. Bitte wählen Sie ein anderes.",
            )
        seen.add(one.id)
        one = one.predecessor_organization
    return found


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
