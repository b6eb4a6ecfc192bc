"""What a paper is to another one: it supersedes, amends or answers it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.paper_work import PaperRelation, RelationKind
from sitzungsdienst.record.papers import Paper


@dataclass(frozen=True, slots=True)
class Relation:
    """What a paper is to the one with the number `other_reference`."""

    kind: RelationKind
    other_reference: str


def relate_paper(
    session: Session, actor: Actor, paper_id: int, relation: Relation, now: datetime
) -> None:
    """Record a relation. Raises RuleBroken for an unknown number, a second time and a circle."""
    with act(session, actor, "relate_paper", now) as run:
        row = run.about(run.fetch(Paper, paper_id))
        # Held, so that two relations made at once cannot close a circle between them.
        run.fetch(Body, row.body_id)
        reference = checks.line(
            "other_reference",
            relation.other_reference,
            needed="Bitte geben Sie die Nummer der anderen Vorlage ein.",
        )
        other = session.scalar(
            select(Paper).where(Paper.body_id == row.body_id, Paper.reference == reference)
        )
        if other is None:
            raise RuleBroken("other_reference", "Eine Vorlage mit dieser Nummer gibt es nicht.")
        if other is row:
            raise RuleBroken("other_reference", "Bitte geben Sie eine andere Vorlage an.")
        if any((one.kind, one.other_id) == (relation.kind, other.id) for one in row.relations):
            raise RuleBroken("other_reference", "Dieser Bezug ist schon eingetragen.")
        if relation.kind is RelationKind.SUPERSEDES and row.id in _superseded(session, other.id):
            raise RuleBroken(
                "other_reference",
                "Jene Vorlage ersetzt ihrerseits diese, unmittelbar oder über andere. Bitte prüfen"
                " Sie, welche die neuere ist.",
            )
        row.relations.append(PaperRelation(kind=relation.kind, other=other))


def unrelate_paper(
    session: Session, actor: Actor, paper_id: int, relation_id: int, now: datetime
) -> None:
    """Take a relation away that was entered by mistake. Raises Unknown for another paper's."""
    with act(session, actor, "unrelate_paper", now) as run:
        row = run.about(run.fetch(Paper, paper_id))
        found = [one for one in row.relations if one.id == relation_id]
        if not found:
            raise Unknown(f"PaperRelation {relation_id}")
        row.relations.remove(found[0])


def _superseded(session: Session, paper_id: int) -> set[int]:
    """The papers that this one supersedes, directly or through others."""
    found: set[int] = set()
    latest = {paper_id}
    while latest:
        steps = session.scalars(
            select(PaperRelation.other_id).where(
                PaperRelation.kind == RelationKind.SUPERSEDES, PaperRelation.paper_id.in_(latest)
            )
        )
        latest = set(steps) - found
        found |= latest
    return found
