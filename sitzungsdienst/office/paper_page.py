"""The page of one paper, also with a form on it that was refused."""

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts import clearance
from sitzungsdienst.office import current, loading, paper_path, publicity
from sitzungsdienst.office.database import db
from sitzungsdienst.office.file_search import unsearchable
from sitzungsdienst.office.organization_forms import offer_organizations
from sitzungsdienst.office.paper_work_forms import COSIGNATURE_STATE, RELATIONS, StepForm
from sitzungsdienst.office.permissions import Permission, may
from sitzungsdienst.office.publicity import ReleaseForm
from sitzungsdienst.office.saving import status
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.paper_work import (
    Cosignature,
    PaperRelation,
    PaperUnit,
    PaperVersion,
    RelationKind,
)
from sitzungsdienst.record.papers import Attachment, Consultation, Paper, PaperOriginator


def page(
    paper_id: int,
    *,
    step_form: StepForm | None = None,
    release_form: ReleaseForm | None = None,
    problem: str = "",
) -> ResponseReturnValue:
    """Show the paper; a refused form comes back as it was sent. `problem` is one without form."""
    row = _load(paper_id)
    step_form = step_form or StepForm(formdata=None)
    release_form = release_form or ReleaseForm(formdata=None)
    edits = may(Permission.PAPERS_EDIT)
    if edits:
        offer_committees(step_form)
    shown = render_template(
        "office/papers/show.html",
        paper=row,
        steps=paper_path.steps(row),
        relations=relations(row),
        step_form=step_form,
        release_form=release_form,
        problem=problem,
        clearance=clearance_of(row) if edits else None,
        unsearchable=unsearchable(db.session(), row.attachments) if edits else set(),
        **_public_side(row),
    )
    return shown, 422 if problem else max(status(step_form), status(release_form))


def offer_committees(form: StepForm) -> None:
    """Let the form for a step offer the committees."""
    rows = db.session.scalars(
        loading.organizations(current.actor()).where(
            Organization.kind == OrganizationKind.COMMITTEE
        )
    )
    offer_organizations(form.organization_id, list(rows), empty="– bitte wählen –")


@dataclass(frozen=True, slots=True)
class Clearance:
    """How far a paper is on its way to an agenda.

    `by` is who cleared it. `lost` is the version that was cleared last, where the paper is no
    longer. `obstacle` says why it may not go on an agenda, "" where it may; `needed` whether its
    kind asks for a clearance at all.
    """

    by: str
    lost: PaperVersion | None
    obstacle: str
    needed: bool
    states: dict[Any, str]


def clearance_of(row: Paper) -> Clearance:
    """The state of a paper's clearance."""
    user = db.session.get(OfficeUser, row.cleared_by_id) if row.cleared_by_id else None
    cleared = [one for one in row.versions if one.cleared]
    return Clearance(
        by=user.name if user else "",
        lost=cleared[-1] if cleared and row.cleared_at is None else None,
        obstacle=clearance.obstacle(db.session(), row),
        needed=clearance.needs_clearance(db.session(), row),
        states=dict(COSIGNATURE_STATE),
    )


@dataclass(frozen=True, slots=True)
class Relation:
    """What the paper is to another one, in words; `own_id` where the relation is its own."""

    words: str
    other: Paper
    own_id: int | None
    replaces_this: bool


def relations(row: Paper) -> list[Relation]:
    """The paper's relations seen from it, those that others have to it behind."""
    found = db.session.scalars(
        select(PaperRelation)
        .where((PaperRelation.paper_id == row.id) | (PaperRelation.other_id == row.id))
        .order_by(PaperRelation.id)
    ).all()
    others = {one.other_id for one in found} | {one.paper_id for one in found}
    readable = {
        one.id: one
        for one in db.session.scalars(
            loading.papers(db.session(), current.actor()).where(Paper.id.in_(others))
        )
    }
    own = [
        Relation(RELATIONS[one.kind][0], readable[one.other_id], one.id, replaces_this=False)
        for one in found
        if one.paper_id == row.id and one.other_id in readable
    ]
    theirs = [
        Relation(
            RELATIONS[one.kind][1],
            readable[one.paper_id],
            None,
            replaces_this=one.kind is RelationKind.SUPERSEDES,
        )
        for one in found
        if one.other_id == row.id and one.paper_id in readable
    ]
    return own + theirs


def _load(paper_id: int) -> Paper:
    """The paper with everything its page shows."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    path = selectinload(Paper.consultations)
    item = path.selectinload(Consultation.agenda_item)
    db.session.scalars(
        select(Paper)
        .where(Paper.id == row.id)
        .options(
            selectinload(Paper.originators).selectinload(PaperOriginator.person),
            selectinload(Paper.originators).selectinload(PaperOriginator.organization),
            selectinload(Paper.responsible_unit),
            selectinload(Paper.further_units).selectinload(PaperUnit.organization),
            selectinload(Paper.versions).load_only(
                PaperVersion.number, PaperVersion.fixed_at, PaperVersion.cleared
            ),
            selectinload(Paper.cosignatures).selectinload(Cosignature.organization),
            selectinload(Paper.attachments).selectinload(Attachment.paper),
            path.selectinload(Consultation.organization),
            item.selectinload(AgendaItem.meeting),
            item.selectinload(AgendaItem.treatment),
        )
    ).all()
    return row


def _public_side(row: Paper) -> dict[str, Any]:
    """How the paper and its attachments stand before the public, for who may change that."""
    if not may(Permission.PUBLIC_RELEASE):
        return {"publicity": None, "public_files": set()}
    return {
        "publicity": publicity.of_paper(db.session(), row),
        "public_files": publicity.public_files(db.session(), row.attachments),
    }
