"""The clearance of a paper (Freigabe) before it may go on an agenda.

A clearance says: in this wording, with these attachments, the paper may be debated. So whoever
changes them takes it back, and the version that was cleared stays to compare with. Co-signatures
stay as they were given, marked as older than the wording.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.paper_versions import fix
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.record.paper_work import CosignatureState, PaperKind
from sitzungsdienst.record.papers import Paper

CLEARED = "Freigabe für die Tagesordnung"


def clear_paper(session: Session, actor: Actor, paper_id: int, version: int, now: datetime) -> None:
    """Clear a paper for the agenda; what is cleared is kept as a version.

    Raises Stale where it is not what the form showed, RuleBroken while a co-signature is missing.
    """
    with act(session, actor, "clear_paper", now) as run:
        row = run.about(run.fetch(Paper, paper_id, version=version))
        if row.cleared_at is not None:
            raise RuleBroken("", "Die Vorlage ist schon freigegeben.")
        _demand_cosigned(row, "")
        row.cleared_at = run.now
        row.cleared_by_id = actor.user_id
        fix(run, row, CLEARED, cleared=True)


def revoke_clearance(
    session: Session, actor: Actor, paper_id: int, version: int, now: datetime
) -> None:
    """Take a clearance back; agendas on which the paper stands already are not changed by it."""
    with act(session, actor, "revoke_clearance", now) as run:
        row = run.about(run.fetch(Paper, paper_id, version=version))
        if row.cleared_at is None:
            raise RuleBroken("", "Die Vorlage ist nicht freigegeben.")
        _take_back(row)


def wording_changed(row: Paper) -> None:
    """Take back what was given for another wording; for acts that change it."""
    _take_back(row)
    for one in row.cosignatures:
        if one.state is CosignatureState.SIGNED:
            one.outdated = True


def _take_back(row: Paper) -> None:
    row.cleared_at = None
    row.cleared_by_id = None


def needs_clearance(session: Session, row: Paper) -> bool:
    """Whether papers of this one's kind must be cleared before they go on an agenda."""
    return bool(
        session.scalar(
            select(PaperKind.needs_clearance).where(
                PaperKind.body_id == row.body_id, PaperKind.name == row.paper_type
            )
        )
    )


def obstacle(session: Session, row: Paper) -> str:
    """Why a paper may not go on an agenda yet, as a German sentence; "" where it may."""
    try:
        demand_cleared(session, row, "")
    except RuleBroken as broken:
        return broken.message
    return ""


def demand_cleared(session: Session, row: Paper, field: str) -> None:
    """Refuse, at `field`, a paper that lacks a co-signature or the clearance its kind needs."""
    _demand_cosigned(row, field)
    if row.cleared_at is None and needs_clearance(session, row):
        raise RuleBroken(
            field,
            f"Die Vorlage {row.reference} ist noch nicht für die Tagesordnung freigegeben. Geben"
            " Sie sie auf ihrer Seite unter »Mitzeichnung und Freigabe« frei.",
        )


def _demand_cosigned(row: Paper, field: str) -> None:
    for state, words in (
        (CosignatureState.REFUSED, "abgelehnt hat"),
        (CosignatureState.REQUESTED, "es fehlt"),
    ):
        names = [one.organization.name for one in row.cosignatures if one.state is state]
        if names:
            raise RuleBroken(
                field,
                f"Die Vorlage {row.reference} ist nicht fertig mitgezeichnet: {words}"
                f" {', '.join(names)}. Klären Sie das auf ihrer Seite unter »Mitzeichnung und"
                " Freigabe«.",
            )
