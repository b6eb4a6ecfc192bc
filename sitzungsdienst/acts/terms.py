"""Acts on legislative terms (Wahlperioden)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import LegislativeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFacts:
    """A legislative term from its first to its last day; a term without an end is running."""

    name: str
    start_date: date | None
    end_date: date | None = None


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
        _set_term(run, run.about(run.fetch(LegislativeTerm, row_id, version=version)), facts)


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
        session.delete(row)


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
