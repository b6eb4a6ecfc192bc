"""The page of one paper, also with a form on it that was refused."""

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sitzungsdienst.gate.wording import CONSULTATION_ROLE
from sitzungsdienst.office import current, loading, publicity
from sitzungsdienst.office.database import db
from sitzungsdienst.office.organization_forms import offer_organizations
from sitzungsdienst.office.paper_forms import StepForm
from sitzungsdienst.office.permissions import Permission, may
from sitzungsdienst.office.publicity import ReleaseForm
from sitzungsdienst.office.saving import status
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Attachment, Consultation, Paper, PaperOriginator


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the path as the page shows it; `item` only where the reader may read it."""

    row: Consultation
    role: str
    item: AgendaItem | None


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
    if may(Permission.PAPERS_EDIT):
        offer_committees(step_form)
    shown = render_template(
        "office/papers/show.html",
        paper=row,
        steps=_steps(row),
        step_form=step_form,
        release_form=release_form,
        problem=problem,
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


def _load(paper_id: int) -> Paper:
    """The paper with everything its page shows."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    path = selectinload(Paper.consultations)
    db.session.scalars(
        select(Paper)
        .where(Paper.id == row.id)
        .options(
            selectinload(Paper.originators).selectinload(PaperOriginator.person),
            selectinload(Paper.originators).selectinload(PaperOriginator.organization),
            selectinload(Paper.responsible_unit),
            selectinload(Paper.attachments).selectinload(Attachment.paper),
            path.selectinload(Consultation.organization),
            path.selectinload(Consultation.agenda_item).selectinload(AgendaItem.meeting),
        )
    ).all()
    return row


def _steps(row: Paper) -> list[Step]:
    """The path; where it stands on an agenda only for who may read that agenda."""
    items = [step.agenda_item for step in row.consultations if step.agenda_item]
    readable = set(
        db.session.scalars(
            loading.meetings(db.session(), current.actor())
            .where(Meeting.id.in_([item.meeting_id for item in items]))
            .with_only_columns(Meeting.id)
        )
    )
    return [
        Step(
            step,
            CONSULTATION_ROLE[step.role],
            step.agenda_item
            if step.agenda_item and step.agenda_item.meeting_id in readable
            else None,
        )
        for step in row.consultations
    ]


def _public_side(row: Paper) -> dict[str, Any]:
    """How the paper and its attachments stand before the public, for who may change that."""
    if not may(Permission.PUBLIC_RELEASE):
        return {"publicity": None, "public_files": set()}
    return {
        "publicity": publicity.of_paper(db.session(), row),
        "public_files": publicity.public_files(db.session(), row.attachments),
    }
