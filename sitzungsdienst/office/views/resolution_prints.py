"""Printing many resolutions: the book of a year or term, and the report on carrying them out."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from sitzungsdienst.acts import resolution_prints as printed
from sitzungsdienst.documents.followup_report import print_followup_report
from sitzungsdienst.documents.followup_sheet import write_followup_sheet
from sitzungsdienst.documents.resolution_book import print_resolution_book
from sitzungsdienst.documents.values_resolutions import ResolutionBook
from sitzungsdienst.german import plain_date
from sitzungsdienst.office import clock, current, loading
from sitzungsdienst.office import resolution_prints as chosen
from sitzungsdienst.office.database import db
from sitzungsdienst.office.followup_list import STATES, Wanted
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.print_forms import PARTS, PUBLIC, SHEET, TERM, BookForm, ReportForm
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind

blueprint = Blueprint("resolution_prints", __name__, url_prefix="/beschluesse")

_PDF = "application/pdf"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EVERYBODY = "Alle Gremien"


@blueprint.get("/drucke")
@requires(Permission.RESOLUTIONS_EDIT)
def page() -> str:
    """Offer what can be printed; the report for what the list was narrowed to."""
    return _page(_book_form(), _report_form())


@blueprint.get("/beschlussbuch")
@requires(Permission.RESOLUTIONS_EDIT)
def book() -> ResponseReturnValue:
    """Print the book of resolutions."""
    form = _book_form()
    if not form.validate():
        return _page(form, _report_form(MultiDict())), 422
    period, committee = _period(form), _organization(form.fuer.data)
    public = form.fassung.data == PUBLIC
    content = print_resolution_book(_book(period, committee, public=public))
    ending = "_oeffentlich" if public else ""
    return _file(content, _PDF, f"Beschlussbuch_{period.short}{ending}.pdf")


@blueprint.get("/beschlusskontrolle")
@requires(Permission.RESOLUTIONS_EDIT)
def report() -> ResponseReturnValue:
    """Print how resolutions are carried out, or write it as a workbook."""
    form = _report_form()
    if not form.validate():
        return _page(_book_form(MultiDict()), form), 422
    session, actor, today = db.session(), current.actor(), clock.today()
    wanted = _wanted(form)
    told = printed.followup_report(
        _body(),
        chosen.for_report(session, actor, wanted, today),
        _selection(wanted),
        PARTS[form.teil.data],
        today=today,
    )
    name = f"Beschlusskontrolle_{today.isoformat()}"
    if request.args.get("als") == SHEET:
        return _file(write_followup_sheet(told), _XLSX, f"{name}.xlsx")
    return _file(print_followup_report(told), _PDF, f"{name}.pdf")


def _book(period: chosen.Period, committee: Organization | None, *, public: bool) -> ResolutionBook:
    session, today = db.session(), clock.today()
    rows = chosen.for_book(session, current.actor(), period, committee)
    scope = committee.name if committee else _EVERYBODY
    if public:
        return printed.public_book(session, _body(), rows, scope, period.name, issued_on=today)
    return printed.full_book(_body(), rows, scope, period.name, issued_on=today)


def _page(book_form: BookForm, report_form: ReportForm) -> str:
    return render_template(
        "office/resolutions/prints.html", book_form=book_form, report_form=report_form
    )


def _book_form(args: MultiDict[str, str] | None = None) -> BookForm:
    session, actor = db.session(), current.actor()
    form = BookForm(request.args if args is None else args)
    form.offer(
        chosen.years(session, actor, clock.today()),
        chosen.terms(session, actor),
        _organizations(OrganizationKind.COMMITTEE),
    )
    return form


def _report_form(args: MultiDict[str, str] | None = None) -> ReportForm:
    form = ReportForm(request.args if args is None else args)
    form.offer(
        list(STATES),
        _organizations(OrganizationKind.UNIT),
        _organizations(OrganizationKind.COMMITTEE),
    )
    form.teil.data = form.teil.data or "alle"
    return form


def _organizations(kind: OrganizationKind) -> list[Organization]:
    query = loading.organizations(current.actor()).where(Organization.kind == kind)
    return list(db.session.scalars(query.order_by(Organization.name, Organization.id)))


def _period(form: BookForm) -> chosen.Period:
    told = form.zeitraum.data
    if told.startswith(TERM):
        number = int(told.removeprefix(TERM))
        return chosen.of_term(loading.term(db.session(), current.actor(), number))
    return chosen.of_year(int(told))


def _organization(number: int | None) -> Organization | None:
    return loading.organization(db.session(), current.actor(), number) if number else None


def _body() -> Body:
    actor = current.actor()
    return loading.body(db.session(), actor, actor.body_id or 0)


def _wanted(form: ReportForm) -> Wanted:
    return Wanted(
        search=(form.suche.data or "").strip(),
        state=form.stand.data or "",
        unit_id=form.stelle.data,
        committee_id=form.gremium.data,
        due_by=form.frist.data,
    )


def _selection(wanted: Wanted) -> list[tuple[str, str]]:
    """What the report is narrowed to, in words; "" where it is not."""
    unit, committee = _organization(wanted.unit_id), _organization(wanted.committee_id)
    return [
        ("Suche", wanted.search),
        ("Stand", dict(STATES).get(wanted.state, "")),
        ("Stelle", unit.name if unit else ""),
        ("Gremium", committee.name if committee else ""),
        ("Frist bis", plain_date(wanted.due_by) if wanted.due_by else ""),
    ]


def _file(content: bytes, kind: str, name: str) -> ResponseReturnValue:
    return send_file(
        BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, etag=False
    )
