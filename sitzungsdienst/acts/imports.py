"""Taking in lists of persons and memberships: first a preview, then exactly what it showed.

The file itself goes back and forth with the form, so nothing is kept between the two and nothing
is left to clean up. A preview has a digest of the file and of all that it would change; the act
works the plan out anew and does nothing where that is another one.
"""

import csv
import hashlib
import io
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.import_files import FIELD, read_sheet
from sitzungsdienst.acts.import_plan import plan
from sitzungsdienst.acts.import_rows import (
    HEADINGS,
    PERSON_COLUMNS,
    columns_of,
    is_heading,
    rows_of,
)
from sitzungsdienst.acts.import_values import (
    Effect,
    Known,
    KnownOrganization,
    KnownRule,
    Plan,
    Seat,
)
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind
from sitzungsdienst.record.people import Membership, Person


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would change. `digest` names file and changes; `unknown` are odd headings."""

    plan: Plan
    digest: str
    read_as: str
    unknown: tuple[str, ...]

    @property
    def applicable(self) -> bool:
        """Whether there is something to take in and nothing wrong."""
        return self.plan.sound and (
            self.plan.count(Effect.NEW) + self.plan.count(Effect.CHANGED) > 0
        )


def template() -> bytes:
    """An empty list with all headings, as Excel opens it: UTF-8 with its mark, semicolons."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerow(HEADINGS.values())
    return stream.getvalue().encode("utf-8-sig")


def preview(session: Session, actor: Actor, content: bytes) -> Preview:
    """Tell what a list would change in the actor's Body; changes nothing. Raises RuleBroken."""
    persons = _persons(session, actor.home)
    return _planned(session, actor.home, content, persons)


def import_people(
    session: Session, actor: Actor, content: bytes, digest: str, now: datetime
) -> Plan:
    """Take in a list as its preview showed it, whole or not at all; gives what was done.

    Raises Stale where the record is another one than at the preview, RuleBroken for a list that
    cannot be taken in.
    """
    with act(session, actor, "import_people", now) as run:
        # Who takes in another list for the same Body, or seats somebody by hand, waits here.
        body = run.about(run.fetch(Body, actor.home))
        seated_in = select(Organization.id).where(Organization.body_id == body.id)
        session.execute(seated_in.order_by(Organization.id).with_for_update())
        persons = _persons(session, body.id)
        found = _planned(session, body.id, content, persons)
        if found.digest != digest:
            raise Stale("import_people")
        if not found.applicable:
            raise RuleBroken(FIELD, "Die Liste enthält nichts, was sich übernehmen lässt.")
        _write(run, body.id, found.plan, {one.id: one for one in persons})
        return found.plan


def _planned(session: Session, body_id: int, content: bytes, persons: list[Person]) -> Preview:
    sheet = read_sheet(content, is_heading)
    columns = columns_of(sheet)
    rows = rows_of(sheet, columns)
    if not rows:
        raise RuleBroken(FIELD, "Die Liste hat keine Zeilen unter den Überschriften.")
    before = [_known(one) for one in persons]
    kept = [(one.row_id, one.version, [(s.row_id, s.version) for s in one.seats]) for one in before]
    planned = plan(rows, before, _organizations(session, body_id))
    changed = {one.row_id for one in planned.persons if one.changed or _seats_changed(one)}
    told = repr(
        (
            body_id,
            hashlib.sha256(content).hexdigest(),
            [asdict(one) for one in planned.outcomes],
            [one for one in kept if one[0] in changed],
        )
    )
    return Preview(
        planned, hashlib.sha256(told.encode()).hexdigest(), sheet.read_as, columns.unknown
    )


def _seats_changed(one: Known) -> bool:
    return any(seat.changed for seat in one.seats)


def _persons(session: Session, body_id: int) -> list[Person]:
    """All persons of the Body with their memberships, in a fixed order."""
    found = (
        select(Person)
        .where(Person.body_id == body_id)
        .options(selectinload(Person.memberships))
        .order_by(Person.id)
    )
    return list(session.scalars(found))


def _known(row: Person) -> Known:
    return Known(
        values={column: getattr(row, column) or "" for column in PERSON_COLUMNS},
        seats=[
            Seat(
                organization_id=seat.organization_id,
                role=seat.role,
                voting_right=seat.voting_right,
                on_behalf_of_id=seat.on_behalf_of_id,
                composition_rule_id=seat.composition_rule_id,
                start_date=seat.start_date,
                end_date=seat.end_date,
                row_id=seat.id,
                version=seat.version,
            )
            for seat in row.memberships
        ],
        row_id=row.id,
        version=row.version,
    )


def _organizations(session: Session, body_id: int) -> list[KnownOrganization]:
    found = (
        select(Organization)
        .where(Organization.body_id == body_id)
        .options(selectinload(Organization.composition))
        .order_by(Organization.id)
    )
    return [
        KnownOrganization(
            row_id=row.id,
            name=row.name,
            short_name=row.short_name,
            is_group=row.kind is OrganizationKind.GROUP,
            rules=tuple(KnownRule(one.id, one.label, one.voting_right) for one in row.composition),
        )
        for row in session.scalars(found)
    ]


def _write(run: Run, body_id: int, planned: Plan, rows: dict[int, Person]) -> None:
    """Write the persons and memberships that change; the plan has checked every rule."""
    for one in planned.persons:
        row = Person(body_id=body_id) if one.row_id is None else rows[one.row_id]
        if one.changed:
            for column, value in one.values.items():
                setattr(row, column, value)
            row.external_id = one.values["external_id"] or None
            run.session.add(row)
        kept = {seat.id: seat for seat in row.memberships} if one.row_id is not None else {}
        for seat in one.seats:
            if seat.changed:
                _write_seat(run, row, seat, kept)


def _write_seat(run: Run, person: Person, seat: Seat, kept: dict[int, Membership]) -> None:
    row = kept[seat.row_id] if seat.row_id is not None else Membership(person=person)
    row.organization_id = seat.organization_id
    row.role, row.voting_right = seat.role, seat.voting_right
    row.on_behalf_of_id = seat.on_behalf_of_id
    row.composition_rule_id = seat.composition_rule_id
    row.start_date, row.end_date = seat.start_date, seat.end_date
    run.session.add(row)
