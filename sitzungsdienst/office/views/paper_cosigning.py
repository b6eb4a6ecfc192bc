"""Co-signing (Mitzeichnung) and the clearance of a paper for the agenda (Freigabe)."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts import clearance, cosignatures
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.office import clock, current, loading, loading_parts, paper_page
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.paper_work_forms import AnswerForm, CosigningForm, answer_of
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.paper_work import Cosignature
from sitzungsdienst.record.papers import Paper

blueprint = Blueprint("paper_cosigning", __name__)

CHANGED = (
    "Die Vorlage wurde inzwischen geändert. Bitte prüfen Sie den Stand und versuchen Sie es noch"
    " einmal."
)


@blueprint.route("/vorlagen/<int:paper_id>/mitzeichnung", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def show(paper_id: int) -> ResponseReturnValue:
    """Show who was asked and what they answered; ask further units."""
    loading.paper(db.session(), current.actor(), paper_id)
    form = CosigningForm()
    form.offer(_units(paper_id))
    if attempt(
        form,
        lambda: cosignatures.request_cosignatures(
            db.session(),
            current.actor(),
            paper_id,
            tuple(form.unit_ids.data or ()),
            clock.now(),
        ),
    ):
        return go(_here(paper_id), "Die Mitzeichnung ist angefordert.")
    return _page(paper_id, form)


@blueprint.route("/mitzeichnungen/<int:cosignature_id>", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def answer(cosignature_id: int) -> ResponseReturnValue:
    """Record what a unit answered."""
    row = loading_parts.cosignature(db.session(), current.actor(), cosignature_id)
    here = _here(row.paper_id)
    form = AnswerForm(data={"version": row.version})
    try:
        if attempt(
            form,
            lambda: cosignatures.answer_cosignature(
                db.session(),
                current.actor(),
                cosignature_id,
                form.version.data,
                answer_of(form),
                clock.now(),
            ),
        ):
            return go(here, "Die Antwort ist erfasst.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return render_template(
        "office/papers/cosignature.html",
        form=form,
        cosignature=row,
        paper=row.paper,
        cancel=here,
    ), status(form)


@blueprint.post("/mitzeichnungen/<int:cosignature_id>/erneut")
@requires(Permission.PAPERS_EDIT)
def reopen(cosignature_id: int) -> ResponseReturnValue:
    """Ask a unit anew."""
    row = loading_parts.cosignature(db.session(), current.actor(), cosignature_id)
    paper_id = row.paper_id
    try:
        cosignatures.reopen_cosignature(
            db.session(), current.actor(), cosignature_id, _version(), clock.now()
        )
    except RuleBroken as broken:
        return _page(paper_id, problem=broken.sentence)
    return go(_here(paper_id), "Die Mitzeichnung ist erneut angefordert.")


@blueprint.post("/mitzeichnungen/<int:cosignature_id>/ruecknahme")
@requires(Permission.PAPERS_EDIT)
def withdraw(cosignature_id: int) -> ResponseReturnValue:
    """Withdraw a request that was not answered."""
    row = loading_parts.cosignature(db.session(), current.actor(), cosignature_id)
    paper_id = row.paper_id
    try:
        cosignatures.withdraw_cosignature(
            db.session(), current.actor(), cosignature_id, _version(), clock.now()
        )
    except RuleBroken as broken:
        return _page(paper_id, problem=broken.sentence)
    return go(_here(paper_id), "Die Anforderung ist zurückgenommen.")


@blueprint.post("/vorlagen/<int:paper_id>/sitzungsfreigabe")
@requires(Permission.PAPERS_EDIT)
def clear(paper_id: int) -> ResponseReturnValue:
    """Clear a paper for the agenda."""
    loading.paper(db.session(), current.actor(), paper_id)
    try:
        clearance.clear_paper(db.session(), current.actor(), paper_id, _version(), clock.now())
    except RuleBroken as broken:
        return _page(paper_id, problem=broken.sentence)
    except Stale:
        return _page(paper_id, problem=CHANGED, code=409)
    return go(_here(paper_id), "Die Vorlage ist für die Tagesordnung freigegeben.")


@blueprint.post("/vorlagen/<int:paper_id>/sitzungsfreigabe/ruecknahme")
@requires(Permission.PAPERS_EDIT)
def revoke(paper_id: int) -> ResponseReturnValue:
    """Take the clearance back."""
    loading.paper(db.session(), current.actor(), paper_id)
    try:
        clearance.revoke_clearance(db.session(), current.actor(), paper_id, _version(), clock.now())
    except RuleBroken as broken:
        return _page(paper_id, problem=broken.sentence)
    except Stale:
        return _page(paper_id, problem=CHANGED, code=409)
    return go(_here(paper_id), "Die Freigabe ist zurückgenommen.")


def _page(
    paper_id: int, form: CosigningForm | None = None, *, problem: str = "", code: int = 422
) -> ResponseReturnValue:
    """The page, also with what was refused; `problem` is one without form, `code` its status."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    db.session.scalars(
        select(Paper)
        .where(Paper.id == row.id)
        .options(
            selectinload(Paper.cosignatures).selectinload(Cosignature.organization),
            selectinload(Paper.consultations),
        )
        .execution_options(populate_existing=True)
    ).all()
    if form is None:
        form = CosigningForm(formdata=None)
        form.offer(_units(paper_id))
    page = render_template(
        "office/papers/cosigning.html",
        paper=row,
        form=form,
        problem=problem,
        clearance=paper_page.clearance_of(row),
        on_agenda=any(one.agenda_item_id for one in row.consultations),
    )
    return page, code if problem else status(form)


def _units(paper_id: int) -> list[Organization]:
    """The units that were not asked yet."""
    asked = select(Cosignature.organization_id).where(Cosignature.paper_id == paper_id)
    return list(
        db.session.scalars(
            loading.organizations(current.actor()).where(
                Organization.kind == OrganizationKind.UNIT, Organization.id.not_in(asked)
            )
        )
    )


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _here(paper_id: int) -> str:
    return url_for("paper_cosigning.show", paper_id=paper_id)
