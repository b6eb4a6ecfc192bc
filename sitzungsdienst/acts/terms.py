"""Acts on legislative terms (Wahlperioden)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks, history
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import LegislativeTerm, Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFacts:
    """A legislative term from its first to its last day; a term without an end is running.

    Organisations that end with the term take over its last day; `end_seats` ends what still runs
    in them on the same day.
    """

    name: str
    start_date: date | None
    end_date: date | None = None
    end_seats: bool = False


def add_term(session: Session, actor: Actor, facts: TermFacts, now: datetime) -> int:
    """Enter a legislative term; gives its id. Raises RuleBroken for unfit facts."""
    with act(session, actor, "add_term", now) as run:
        row = LegislativeTerm(body_id=actor.home)
        _set_term(run, row, facts)
        run.about(row)
        session.flush()
        return row.id


def edit_term(
    session: Session, actor: Actor, row_id: int, version: int, facts: TermFacts, now: datetime
) -> None:
    """Change a legislative term. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "edit_term", now) as run:
        row = run.about(run.fetch(LegislativeTerm, row_id, version=version))
        before = row.end_date
        _set_term(run, row, facts)
        _end_with_it(run, row, before, facts.end_seats)


def delete_term(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Delete a term entered by mistake, unless the public has read of it."""
    with act(session, actor, "delete_term", now) as run:
        row = run.about(run.fetch(LegislativeTerm, row_id, version=version))
        filed = Reader(session.connection()).get(Kind.LEGISLATIVE_TERM, row.uid)
        if filed and not filed.deleted:
            raise RuleBroken(
                "",
                "Die Wahlperiode ist schon veröffentlicht und kann nicht mehr gelöscht werden."
                " Berichtigen Sie stattdessen ihre Angaben.",
            )
        if _ending_with(session, row):
            raise RuleBroken(
                "",
                "Es gibt Gremien, die mit dieser Wahlperiode enden. Lösen Sie zuerst deren"
                " Verbindung zur Wahlperiode.",
            )
        session.delete(row)


def _ending_with(session: Session, row: LegislativeTerm) -> list[Organization]:
    """The organisations that end with the term."""
    found = select(Organization).where(Organization.legislative_term_id == row.id)
    return list(session.scalars(found.order_by(Organization.id)))


def _end_with_it(run: Run, row: LegislativeTerm, before: date | None, end_seats: bool) -> None:
    """Give the term's end to the organisations that end with it, unless theirs is another day."""
    for one in _ending_with(run.session, row):
        if one.end_date in (None, before):
            if one.start_date and row.end_date and row.end_date < one.start_date:
                raise RuleBroken(
                    "end_date",
                    f"»{one.name}« endet mit dieser Wahlperiode, beginnt aber erst danach. Bitte"
                    " prüfen Sie das Datum oder lösen Sie die Verbindung.",
                )
            one.end_date = row.end_date
        if end_seats and one.end_date is not None:
            history.end_seats(run, one, one.end_date, "end_seats")


def _set_term(run: Run, row: LegislativeTerm, facts: TermFacts) -> None:
    checks.in_order("end_date", facts.start_date, facts.end_date)
    row.name = checks.line(
        "name", facts.name, needed="Bitte geben Sie die Bezeichnung ein.", limit=200
    )
    if facts.start_date is None:
        raise RuleBroken("start_date", "Bitte geben Sie den ersten Tag ein.")
    row.start_date = facts.start_date
    row.end_date = facts.end_date
    others = run.session.scalars(
        select(LegislativeTerm).where(LegislativeTerm.body_id == row.body_id)
    )
    if any(one is not row and one.name == row.name for one in others):
        raise RuleBroken("name", "Diese Wahlperiode gibt es schon. Bitte prüfen Sie den Namen.")
