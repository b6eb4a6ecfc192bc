"""The kinds of papers (Vorlage-Arten) that a Body uses.

A paper bears the name of its kind as text, so that a kind which goes out of use changes no paper.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.agenda import Direction
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.ordering import swap
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.paper_work import PaperKind
from sitzungsdienst.record.papers import Paper

NAME_LIMIT = 60
CODE_LIMIT = 20

#: What a new Body begins with: names and what stands for {kind} in numbers.
DEFAULTS = (
    ("Beschlussvorlage", "BV"),
    ("Mitteilungsvorlage", "MV"),
    ("Antrag", "AN"),
    ("Anfrage", "AF"),
    ("Bericht", "BE"),
)


@dataclass(frozen=True, slots=True)
class KindFacts:
    """A kind; `code` stands for {kind} in numbers, "" where numbers do not tell the kind."""

    name: str
    code: str = ""
    active: bool = True
    needs_clearance: bool = False


def give_default_kinds(session: Session, body: Body) -> None:
    """Let a new Body begin with the usual kinds; for the act that adds it."""
    session.add_all(
        PaperKind(body=body, name=name, code=code, position=position)
        for position, (name, code) in enumerate(DEFAULTS, start=1)
    )


def add_kind(session: Session, actor: Actor, facts: KindFacts, now: datetime) -> int:
    """Add a kind behind the others; gives its id. Raises RuleBroken, also for a name in use."""
    with act(session, actor, "add_kind", now) as run:
        # Held, so that two kinds added at once do not take the same place.
        run.fetch(Body, actor.home)
        last = session.scalar(
            select(func.max(PaperKind.position)).where(PaperKind.body_id == actor.home)
        )
        row = PaperKind(body_id=actor.home, position=(last or 0) + 1)
        _set_kind(run, row, facts)
        run.about(row)
        session.flush()
        return row.id


def edit_kind(
    session: Session, actor: Actor, kind_id: int, version: int, facts: KindFacts, now: datetime
) -> None:
    """Change a kind. Its name stands on papers, so it changes only while none bears it."""
    with act(session, actor, "edit_kind", now) as run:
        row = run.about(run.fetch(PaperKind, kind_id, version=version))
        before = row.name
        _set_kind(run, row, facts)
        if row.name != before and is_used(session, row.body_id, before):
            raise RuleBroken(
                "name",
                f"Vorlagen tragen die Art »{before}« schon. Legen Sie eine neue Art an, und nehmen"
                " Sie diese außer Gebrauch.",
            )


def move_kind(
    session: Session, actor: Actor, kind_id: int, direction: Direction, now: datetime
) -> None:
    """Swap a kind with its neighbour in the list; at the edge nothing happens."""
    with act(session, actor, "move_kind", now) as run:
        row = run.about(run.fetch(PaperKind, kind_id))
        run.fetch(Body, row.body_id)
        swap(kinds_of(session, row.body_id), row, direction)


def remove_kind(session: Session, actor: Actor, kind_id: int, version: int, now: datetime) -> None:
    """Take away a kind that was entered by mistake; one that papers bear is kept."""
    with act(session, actor, "remove_kind", now) as run:
        row = run.about(run.fetch(PaperKind, kind_id, version=version))
        if is_used(session, row.body_id, row.name):
            raise RuleBroken(
                "",
                "Vorlagen tragen diese Art. Bitte nehmen Sie sie nur außer Gebrauch.",
            )
        session.delete(row)


def kinds_of(session: Session, body_id: int) -> list[PaperKind]:
    """The Body's kinds in their order."""
    return list(
        session.scalars(
            select(PaperKind)
            .where(PaperKind.body_id == body_id)
            .order_by(PaperKind.position, PaperKind.id)
        )
    )


def kind_named(session: Session, body_id: int, name: str) -> PaperKind | None:
    """The Body's kind of that name; None for a historic kind it keeps no more."""
    return session.scalar(
        select(PaperKind).where(PaperKind.body_id == body_id, PaperKind.name == name)
    )


def is_used(session: Session, body_id: int, name: str) -> bool:
    """Whether a paper of the Body bears the kind's name."""
    found = select(Paper.id).where(Paper.body_id == body_id, Paper.paper_type == name).limit(1)
    return session.scalar(found) is not None


def _set_kind(run: Run, row: PaperKind, facts: KindFacts) -> None:
    row.name = checks.line(
        "name", facts.name, needed="Bitte geben Sie die Bezeichnung ein.", limit=NAME_LIMIT
    )
    row.code = checks.line("code", facts.code, limit=CODE_LIMIT)
    row.active = facts.active
    row.needs_clearance = facts.needs_clearance
    others = [one for one in kinds_of(run.session, row.body_id) if one is not row]
    if row.name.casefold() in {one.name.casefold() for one in others}:
        raise RuleBroken("name", "Diese Vorlage-Art gibt es schon.")
    if facts.active is False and not any(one.active for one in others):
        raise RuleBroken("active", "Mindestens eine Vorlage-Art muss in Gebrauch bleiben.")
