"""Papers (Vorlagen): the list, one paper, entering and changing it."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, extract, func
from werkzeug.datastructures import MultiDict

from sitzungsdienst.acts import papers
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.office import clock, current, loading, paper_page
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import options
from sitzungsdienst.office.organization_forms import offer_organizations
from sitzungsdienst.office.paper_forms import (
    NewPaperForm,
    PaperFilter,
    PaperForm,
    originator_choices,
    paper_facts,
    paper_values,
)
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.office.searching import matches
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import OrganizationKind
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
    chosen = _filtered(readable, form)
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
    form = NewPaperForm(data={"dated": clock.today(), "paper_type": papers.PAPER_TYPES[0]})
    names = _offer(form)
    if _more_rows(form):
        return _form_page(form, None)
    if done := attempt(
        form,
        lambda: papers.create_paper(
            db.session(), current.actor(), paper_facts(form, names), clock.now()
        ),
    ):
        return go(
            url_for(".show", paper_id=done[0]),
            "Die Vorlage ist angelegt. Ergänzen Sie nun Beratungsfolge und Anlagen.",
        )
    return _form_page(form, None)


@blueprint.route("/<int:paper_id>/bearbeiten", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def edit(paper_id: int) -> ResponseReturnValue:
    """Change a paper."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    here = url_for(".show", paper_id=paper_id)
    form = PaperForm(data=paper_values(row))
    names = _offer(form)
    if _more_rows(form):
        return _form_page(form, row)
    try:
        if attempt(
            form,
            lambda: papers.edit_paper(
                db.session(),
                current.actor(),
                paper_id,
                form.version.data,
                paper_facts(form, names),
                clock.now(),
            ),
        ):
            return go(here, "Die Vorlage ist gespeichert.")
    except Stale:
        saved = {"originators": paper_values(row)["originators"]}
        return conflict_page(form, row, cancel=here, saved=saved)
    return _form_page(form, row)


def _form_page(form: NewPaperForm | PaperForm, row: Paper | None) -> ResponseReturnValue:
    used = db.session.scalars(
        loading.papers(db.session(), current.actor()).with_only_columns(Paper.paper_type).distinct()
    )
    return render_template(
        "office/papers/edit.html",
        form=form,
        paper=row,
        paper_types=list(dict.fromkeys([*papers.PAPER_TYPES, *sorted(used)])),
    ), status(form)


def _more_rows(form: NewPaperForm | PaperForm) -> bool:
    """Whether the button for more rows was pressed; then they are there, and nothing is lost."""
    if "weitere_zeile" not in request.form:
        return False
    form.add_rows(MORE_ROWS)
    _offer(form)
    return True


def _offer(form: NewPaperForm | PaperForm) -> dict[str, str]:
    """Fill the form's selects; gives the names of the originators that can be linked."""
    actor = current.actor()
    persons = list(db.session.scalars(loading.persons(actor)))
    rows = list(db.session.scalars(loading.organizations(actor)))
    units = [one for one in rows if one.kind is OrganizationKind.UNIT]
    offer_organizations(form.responsible_unit_id, units, empty="– keine Angabe –")
    choices = originator_choices(persons, rows)
    form.offer_originators(choices)
    return {str(value): label for _, pairs in choices for value, label in pairs}


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
    listed = sorted((int(one) for one in years), reverse=True)
    form.jahr.choices = options(((one, str(one)) for one in listed), empty="alle")
    form.validate()
    for field in form.shown_fields():
        if field.errors:
            field.data, field.errors = None, []
    return form


def _filtered(readable: Select[Paper], form: PaperFilter) -> Select[Paper]:
    """The papers that all filters let through."""
    chosen = readable.where(matches(form.suche.data or "", Paper.reference, Paper.title))
    if form.art.data:
        chosen = chosen.where(Paper.paper_type == form.art.data)
    if form.status.data:
        chosen = chosen.where(Paper.public.is_(form.status.data == "oeffentlich"))
    if form.jahr.data:
        chosen = chosen.where(extract("year", Paper.dated) == form.jahr.data)
    return chosen
