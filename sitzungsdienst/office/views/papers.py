"""Papers (Vorlagen): the list, one paper, entering and changing it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, extract, func
from werkzeug.datastructures import MultiDict

from sitzungsdienst.acts import papers
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.paper_kinds import kinds_of
from sitzungsdienst.acts.paper_numbers import Basis, expected_number
from sitzungsdienst.office import clock, current, file_search, loading, paper_page
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import options
from sitzungsdienst.office.organization_forms import offer_organizations
from sitzungsdienst.office.paper_forms import (
    Choices,
    NewPaperForm,
    PaperFilter,
    PaperForm,
    originator_choices,
    paper_facts,
    paper_rows,
    paper_values,
)
from sitzungsdienst.office.paper_list import filtered
from sitzungsdienst.office.permissions import Permission, may, requires
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind
from sitzungsdienst.record.papers import Paper

blueprint = Blueprint("papers", __name__, url_prefix="/vorlagen")

PER_PAGE = 50
MORE_ROWS = 2


@blueprint.get("")
@requires(Permission.PAPERS_READ)
def index() -> str:
    """List the papers, the newest first, with filters."""
    readable = loading.papers(db.session(), current.actor())
    form = _filter_form(readable)
    query = {field.name: field.data for field in form.shown_fields() if field.data}
    files = file_search.search(db.session(), current.actor(), form.suche.data or "")
    chosen = filtered(readable, form, files)
    count = db.session.scalar(chosen.with_only_columns(func.count(Paper.id))) or 0
    pages = max(1, -(-count // PER_PAGE))
    number = min(max(1, request.args.get("seite", 1, type=int)), pages)
    rows = db.session.scalars(
        chosen.order_by(func.coalesce(Paper.dated, date(1, 1, 1)).desc(), Paper.id.desc())
        .offset((number - 1) * PER_PAGE)
        .limit(PER_PAGE)
    ).all()
    return render_template(
        "office/papers/index.html",
        papers=rows,
        form=form,
        count=count,
        filtered=bool(query),
        number=number,
        pages=pages,
        page_address=lambda one: url_for(".index", **query, seite=one),
        found=files.on_papers(db.session(), [one.id for one in rows]),
        public=Reader(db.session().connection()).living([one.uid for one in rows]),
    )


@blueprint.get("/<int:paper_id>")
@requires(Permission.PAPERS_READ)
def show(paper_id: int) -> ResponseReturnValue:
    """Show a paper with its path, its attachments and how it stands before the public."""
    return paper_page.page(paper_id)


@blueprint.route("/neu", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def add() -> ResponseReturnValue:
    """Enter a paper."""
    form = NewPaperForm(data={"dated": clock.today()})
    offer = _offer(form, None)
    if _helped(form, offer):
        return _form_page(form, None, offer)
    if done := attempt(
        form,
        lambda: papers.create_paper(
            db.session(), current.actor(), paper_facts(form, offer.names), clock.now()
        ),
    ):
        return go(
            url_for(".show", paper_id=done[0]),
            "Die Vorlage ist angelegt. Ergänzen Sie nun Beratungsfolge und Anlagen.",
        )
    return _form_page(form, None, offer)


@blueprint.route("/<int:paper_id>/bearbeiten", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def edit(paper_id: int) -> ResponseReturnValue:
    """Change a paper."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    here = url_for(".show", paper_id=paper_id)
    form = PaperForm(data=paper_values(row))
    offer = _offer(form, row)
    if _helped(form, offer):
        return _form_page(form, row, offer)
    try:
        if attempt(
            form,
            lambda: papers.edit_paper(
                db.session(),
                current.actor(),
                paper_id,
                form.version.data,
                paper_facts(form, offer.names),
                clock.now(),
            ),
        ):
            return go(here, "Die Vorlage ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=here, saved=paper_rows(row))
    return _form_page(form, row, offer)


def _form_page(
    form: NewPaperForm | PaperForm, row: Paper | None, offer: "Offer"
) -> ResponseReturnValue:
    expected, lacking = _expected_number(form, offer) if row is None else ("", "")
    return render_template(
        "office/papers/edit.html",
        form=form,
        paper=row,
        pattern=offer.body.paper_number_pattern if row is None else "",
        expected=expected,
        lacking=lacking,
    ), status(form)


def _helped(form: NewPaperForm | PaperForm, offer: "Offer") -> bool:
    """Whether a button was pressed that saves nothing; what was typed is kept."""
    if "weitere_zeile" in request.form:
        form.add_rows(MORE_ROWS)
        form.offer_originators(offer.originators)
        return True
    return "nummer_zeigen" in request.form


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form of a paper lets choose from."""

    body: Body
    units: dict[int, Organization]
    originators: list[Choices]

    @property
    def names(self) -> dict[str, str]:
        """The names of the originators that can be linked, by link."""
        return {str(value): label for _, pairs in self.originators for value, label in pairs}


def _offer(form: NewPaperForm | PaperForm, row: Paper | None) -> Offer:
    """Fill the form's selects. A paper keeps a kind that went out of use."""
    actor = current.actor()
    persons = list(db.session.scalars(loading.persons(actor)))
    rows = list(db.session.scalars(loading.organizations(actor)))
    units = [one for one in rows if one.kind is OrganizationKind.UNIT]
    offer_organizations(form.responsible_unit_id, units, empty="– keine Angabe –")
    offer_organizations(form.further_unit_ids, units)
    kinds = [one.name for one in kinds_of(db.session(), actor.home) if one.active]
    if row is not None and row.paper_type not in kinds:
        kinds.append(row.paper_type)
    form.paper_type.choices = options((one, one) for one in kinds)
    if row is None and form.paper_type.data is None and kinds:
        form.paper_type.data = kinds[0]
    choices = originator_choices(persons, rows)
    form.offer_originators(choices)
    body = loading.body(db.session(), actor, actor.home)
    return Offer(body, {one.id: one for one in units}, choices)


def _expected_number(form: NewPaperForm | PaperForm, offer: Offer) -> tuple[str, str]:
    """The number an empty field would lead to now, or else what it lacks."""
    basis = Basis(
        dated=form.dated.data,
        unit=offer.units.get(form.responsible_unit_id.data or 0),
        paper_type=form.paper_type.data or "",
    )
    try:
        return expected_number(db.session(), offer.body, basis, clock.now()), ""
    except RuleBroken as lacking:
        return "", lacking.message


def _filter_form(readable: Select[Paper]) -> PaperFilter:
    """The filters, with the years and types of the readable papers; senseless ones are dropped."""
    form = PaperFilter(formdata=MultiDict(request.args))
    types = db.session.scalars(readable.with_only_columns(Paper.paper_type).distinct())
    years = db.session.scalars(
        readable.with_only_columns(extract("year", Paper.dated))
        .where(Paper.dated.is_not(None))
        .distinct()
    )
    form.art.choices = options(((one, one) for one in sorted(types)), empty="alle")
    if may(Permission.PAPERS_EDIT):
        units = db.session.scalars(
            loading.organizations(current.actor()).where(Organization.kind == OrganizationKind.UNIT)
        )
        offer_organizations(form.einheit, list(units), empty="alle")
    else:  # members learn nothing of what lies before committees of others
        del form.einheit
        del form.stand
    listed = sorted((int(one) for one in years), reverse=True)
    form.jahr.choices = options(((one, str(one)) for one in listed), empty="alle")
    form.validate()
    for field in form.shown_fields():
        if field.errors:
            field.data, field.errors = None, []
    return form
