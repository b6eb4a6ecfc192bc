"""Acts on the history of organisations: new names, and the end.

Nothing is deleted: an old name stays with its last day, and what ends keeps its members.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.record.bodies import FormerName, Organization
from sitzungsdienst.record.people import InstitutionalMembership, Membership, Substitute

Seat = Membership | InstitutionalMembership | Substitute
One = TypeVar("One", Membership, InstitutionalMembership, Substitute)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    """A name that an organisation bears from `valid_from` on."""

    name: str
    valid_from: date
    short_name: str = ""


def rename_organization(
    session: Session, actor: Actor, row_id: int, version: int, new: NewName, now: datetime
) -> None:
    """Rename an organisation; the old name stays, with its last day. Raises RuleBroken, Stale."""
    with act(session, actor, "rename_organization", now) as run:
        row = run.about(run.fetch(Organization, row_id, version=version))
        name = checks.line("name", new.name, needed="Bitte geben Sie den neuen Namen ein.")
        short_name = checks.line("short_name", new.short_name, limit=100)
        if (name, short_name) == (row.name, row.short_name):
            raise RuleBroken("name", "So heißt die Organisation schon. Bitte ändern Sie den Namen.")
        _check_day(row, new.valid_from, local_day(now))
        refuse_twin(run, row, name)
        row.former_names.append(
            FormerName(
                name=row.name,
                short_name=row.short_name,
                valid_until=new.valid_from - timedelta(days=1),
            )
        )
        row.name, row.short_name = name, short_name


def undo_rename(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Take back the last renaming, entered by mistake: the name before it is borne again."""
    with act(session, actor, "undo_rename", now) as run:
        row = run.about(run.fetch(Organization, row_id, version=version))
        if not row.former_names:
            raise RuleBroken("", "Es gibt keine Umbenennung, die sich zurücknehmen lässt.")
        last = row.former_names[-1]
        refuse_twin(run, row, last.name)
        row.name, row.short_name = last.name, last.short_name
        row.former_names.remove(last)
        # The name may be the same as before; for a second tab it is another row all the same.
        flag_modified(row, "modified_at")


def end_organization(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    end_date: date,
    with_seats: bool,
    now: datetime,
) -> None:
    """End an organisation with a day; `with_seats` ends what still runs in it on the same day."""
    with act(session, actor, "end_organization", now) as run:
        row = run.about(run.fetch(Organization, row_id, version=version))
        checks.in_order("end_date", row.start_date, end_date)
        row.end_date = end_date
        if with_seats:
            end_seats(run, row, end_date, "end_date")


def running_after(session: Session, row: Organization, day: date) -> list[Seat]:
    """The memberships and substitutes of an organisation that do not end by that day."""
    seats: list[Seat] = [
        *_of(session, Membership, row),
        *_of(session, InstitutionalMembership, row),
        *_of(session, Substitute, row),
    ]
    return [seat for seat in seats if seat.end_date is None or seat.end_date > day]


def _of(session: Session, kind: type[One], row: Organization) -> list[One]:
    """The rows of a kind that belong to the organisation."""
    return list(session.scalars(select(kind).where(kind.organization_id == row.id)))


def end_seats(run: Run, row: Organization, day: date, field: str) -> None:
    """Within an act: end all that still runs in an organisation. Raises RuleBroken at `field`."""
    seats = running_after(run.session, row, day)
    late = [seat for seat in seats if seat.start_date is not None and seat.start_date > day]
    if late:
        many = "Eine Mitgliedschaft beginnt" if len(late) == 1 else f"{len(late)} beginnen"
        raise RuleBroken(
            field,
            f"»{row.name}«: {many} erst nach dem {plain_date(day)}. Bitte prüfen Sie das zuerst.",
        )
    for seat in seats:
        seat.end_date = day


def refuse_twin(run: Run, row: Organization, name: str) -> None:
    """Refuse a name that another organisation of the same kind bears."""
    twin = run.session.scalar(
        select(Organization).where(
            Organization.body_id == row.body_id,
            Organization.kind == row.kind,
            Organization.name == name,
        )
    )
    if twin is not None and twin is not row:
        raise RuleBroken("name", "Diesen Namen gibt es schon. Bitte wählen Sie einen anderen.")


def _check_day(row: Organization, day: date, today: date) -> None:
    """A name changes once it does, and after the one before."""
    if day > today:
        raise RuleBroken(
            "valid_from", "Bitte tragen Sie die Umbenennung erst ein, wenn der neue Name gilt."
        )
    if row.start_date is not None and day <= row.start_date:
        raise RuleBroken(
            "valid_from",
            f"Die Organisation besteht erst seit dem {plain_date(row.start_date)}. Bitte geben Sie"
            " einen späteren Tag ein.",
        )
    if row.former_names and day <= row.former_names[-1].valid_until + timedelta(days=1):
        last = row.former_names[-1].valid_until
        raise RuleBroken(
            "valid_from",
            f"Der frühere Name galt bis zum {plain_date(last)}. Bitte geben Sie einen späteren Tag"
            " ein.",
        )
