"""Co-signing (Mitzeichnung): units are asked, and sign or refuse before a paper is cleared."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.paper_work import Cosignature, CosignatureState
from sitzungsdienst.record.papers import Paper


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit answered: SIGNED or REFUSED, by whom, with what remark."""

    state: CosignatureState
    signed_by: str
    remark: str = ""


def request_cosignatures(
    session: Session, actor: Actor, paper_id: int, unit_ids: tuple[int, ...], now: datetime
) -> None:
    """Ask units to co-sign a paper that is not cleared yet; who was asked before is left alone."""
    with act(session, actor, "request_cosignatures", now) as run:
        row = run.about(run.fetch(Paper, paper_id))
        if row.cleared_at is not None:
            raise RuleBroken(
                "unit_ids", "Die Vorlage ist freigegeben. Nehmen Sie zuerst die Freigabe zurück."
            )
        asked = {one.organization_id for one in row.cosignatures}
        wanted = [one for one in dict.fromkeys(unit_ids) if one not in asked]
        if not wanted:
            raise RuleBroken("unit_ids", "Bitte wählen Sie, wer mitzeichnen soll.")
        for unit_id in wanted:
            unit = run.fetch(Organization, unit_id)
            if unit.kind is not OrganizationKind.UNIT:
                raise RuleBroken("unit_ids", "Bitte wählen Sie eine Verwaltungseinheit.")
            row.cosignatures.append(
                Cosignature(
                    organization=unit,
                    position=max((one.position for one in row.cosignatures), default=0) + 1,
                    state=CosignatureState.REQUESTED,
                )
            )


def answer_cosignature(
    session: Session, actor: Actor, cosignature_id: int, version: int, answer: Answer, now: datetime
) -> None:
    """Record what a unit answered. A refusal says why. Raises Stale, RuleBroken."""
    with act(session, actor, "answer_cosignature", now) as run:
        row = run.about(run.fetch(Cosignature, cosignature_id, version=version))
        if row.state is not CosignatureState.REQUESTED:
            raise RuleBroken(
                "", "Diese Mitzeichnung ist schon beantwortet. Fordern Sie sie neu an."
            )
        if answer.state is CosignatureState.REQUESTED:
            raise RuleBroken("state", "Bitte wählen Sie, ob mitgezeichnet oder abgelehnt wurde.")
        row.state = answer.state
        row.signed_by = checks.line(
            "signed_by", answer.signed_by, needed="Bitte geben Sie an, wer gezeichnet hat.",
            limit=200,
        )  # fmt: skip
        refused = answer.state is CosignatureState.REFUSED
        row.remark = checks.text(
            "remark",
            answer.remark,
            needed="Bitte geben Sie den Grund der Ablehnung an." if refused else "",
            limit=2000,
        )
        row.decided_at = run.now
        row.outdated = False


def reopen_cosignature(
    session: Session, actor: Actor, cosignature_id: int, version: int, now: datetime
) -> None:
    """Ask a unit anew; its last answer stays readable until it gives another one."""
    with act(session, actor, "reopen_cosignature", now) as run:
        row = run.about(run.fetch(Cosignature, cosignature_id, version=version))
        if row.state is CosignatureState.REQUESTED:
            raise RuleBroken("", "Diese Mitzeichnung ist schon angefordert.")
        if row.paper.cleared_at is not None:
            raise RuleBroken(
                "", "Die Vorlage ist freigegeben. Nehmen Sie zuerst die Freigabe zurück."
            )
        row.state = CosignatureState.REQUESTED
        row.outdated = False


def withdraw_cosignature(
    session: Session, actor: Actor, cosignature_id: int, version: int, now: datetime
) -> None:
    """Withdraw a request that was never answered; an answer, also a refusal, stays on record."""
    with act(session, actor, "withdraw_cosignature", now) as run:
        row = run.about(run.fetch(Cosignature, cosignature_id, version=version))
        if row.decided_at is not None:
            raise RuleBroken(
                "", "Diese Stelle hat schon geantwortet; ihre Antwort bleibt im Vorgang."
            )
        row.paper.cosignatures.remove(row)
