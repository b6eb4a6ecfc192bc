"""Printing many resolutions: the book of a year or term, and the report on carrying them out.

Both can be looked at as of now. What is issued is kept, and given out unchanged for good.
"""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import resolution_issues as issues
from sitzungsdienst.acts import resolution_prints as printed
from sitzungsdienst.acts.sealing import has_seal
from sitzungsdienst.documents.followup_report import print_followup_report
from sitzungsdienst.documents.followup_sheet import write_followup_sheet
from sitzungsdienst.documents.resolution_book import print_resolution_book
from sitzungsdienst.documents.values_resolutions import ResolutionBook
from sitzungsdienst.german import plain_date
from sitzungsdienst.office import clock, current, loading
from sitzungsdienst.office import resolution_prints as chosen
from sitzungsdienst.office.database import db
from sitzungsdienst.office.followup_list import STATES, Wanted
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.print_forms import (
    ISSUE,
    PARTS,
    PUBLIC,
    SHEET,
    TERM,
    BookForm,
    ReportForm,
)
from sitzungsdienst.office.saving import Question, ask
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind
from sitzungsdienst.record.resolution_prints import ResolutionPrint
from sitzungsdienst.record.resolutions import Resolution

blueprint = Blueprint("resolution_prints", __name__, url_prefix="/beschluesse")

_PDF = "application/pdf"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EVERYBODY = "Alle Gremien"
_PER_PAGE = 20


@blueprint.get("/drucke")
@requires(Permission.RESOLUTIONS_EDIT)
def page() -> str:
    """Offer what can be printed; the report for what the list was narrowed to. List the issued."""
    return _page(_book_form(), _report_form())


@blueprint.get("/beschlussbuch")
@requires(Permission.RESOLUTIONS_EDIT)
def book() -> ResponseReturnValue:
    """Print the book of resolutions as it would be issued now, or ask whether to issue it."""
    form = _book_form()
    if not form.validate():
        return _page(form, _report_form(MultiDict())), 422
    if request.args.get("als") == ISSUE:
        return redirect(url_for(".issue_book", **_chosen()), 303)
    period, committee = _period(form), _organization(form.fuer.data)
    public = form.fassung.data == PUBLIC
    told = replace(_book(period, committee, public=public), preview=True)
    ending = "_oeffentlich" if public else ""
    name = f"Beschlussbuch_{period.short}{ending}_Vorschau.pdf"
    return _file(print_resolution_book(told), _PDF, name)


@blueprint.route("/beschlussbuch/ausstellen", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def issue_book() -> ResponseReturnValue:
    """Issue the book of resolutions, after a question."""
    form = _book_form()
    if not form.validate():
        return _page(form, _report_form(MultiDict())), 422
    session, actor = db.session(), current.actor()
    period, committee = _period(form), _organization(form.fuer.data)
    chosen_ones = chosen.of_book(session, actor, period, committee)
    facts = issues.BookFacts(
        resolution_ids=tuple(session.scalars(chosen_ones.with_only_columns(Resolution.id))),
        scope=committee.name if committee else _EVERYBODY,
        period=period.name,
        short=period.short,
        public=form.fassung.data == PUBLIC,
    )
    part = "nur der öffentliche Teil" if facts.public else "vollständig, nur für das Haus"
    question = _question(
        "Beschlussbuch ausstellen",
        f"{facts.scope}, {facts.period}: {part}",
        "Das Beschlussbuch ist ausgestellt.",
    )
    return _ask(question, lambda: issues.issue_book(session, actor, facts, clock.now()))


@blueprint.get("/beschlusskontrolle")
@requires(Permission.RESOLUTIONS_EDIT)
def report() -> ResponseReturnValue:
    """Print how resolutions are carried out, write it as a workbook, or ask whether to issue it."""
    form = _report_form()
    if not form.validate():
        return _page(_book_form(MultiDict()), form), 422
    if request.args.get("als") == ISSUE:
        return redirect(url_for(".issue_report", **_chosen()), 303)
    session, actor, today = db.session(), current.actor(), clock.today()
    wanted = _wanted(form)
    told = printed.followup_report(
        _body(),
        session.scalars(chosen.of_report(session, actor, wanted, today)).all(),
        _selection(wanted),
        PARTS[form.teil.data],
        today=today,
    )
    name = f"Beschlusskontrolle_{today.isoformat()}"
    if request.args.get("als") == SHEET:
        return _file(write_followup_sheet(told), _XLSX, f"{name}.xlsx")
    return _file(print_followup_report(replace(told, preview=True)), _PDF, f"{name}_Vorschau.pdf")


@blueprint.route("/beschlusskontrolle/ausstellen", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def issue_report() -> ResponseReturnValue:
    """Issue the report on carrying out resolutions, after a question."""
    form = _report_form()
    if not form.validate():
        return _page(_book_form(MultiDict()), form), 422
    session, actor, wanted = db.session(), current.actor(), _wanted(form)
    chosen_ones = chosen.of_report(session, actor, wanted, clock.today())
    facts = issues.ReportFacts(
        resolution_ids=tuple(session.scalars(chosen_ones.with_only_columns(Resolution.id))),
        parts=PARTS[form.teil.data],
        selection=tuple(_selection(wanted)),
    )
    question = _question(
        "Bericht ausstellen",
        f"Bericht zur Beschlusskontrolle: {issues.report_title(facts)}",
        "Der Bericht ist ausgestellt.",
    )
    return _ask(question, lambda: issues.issue_report(session, actor, facts, clock.now()))


@blueprint.get("/ausgestellt/<int:print_id>.pdf")
@requires(Permission.RESOLUTIONS_EDIT)
def issued(print_id: int) -> ResponseReturnValue:
    """Send what was issued: the very bytes."""
    wanted = chosen.issued(current.actor()).where(ResolutionPrint.id == print_id)
    row = loading.one(db.session(), wanted)
    if row.blob is None:
        raise NotFound
    return _file(row.blob.content, _PDF, row.file_name)


def _book(period: chosen.Period, committee: Organization | None, *, public: bool) -> ResolutionBook:
    session, today = db.session(), clock.today()
    query = chosen.of_book(session, current.actor(), period, committee).options(*issues.BOOK)
    rows = session.scalars(query).all()
    scope = committee.name if committee else _EVERYBODY
    if public:
        return printed.public_book(session, _body(), rows, scope, period.name, issued_on=today)
    return printed.full_book(_body(), rows, scope, period.name, issued_on=today)


def _page(book_form: BookForm, report_form: ReportForm) -> str:
    prints = chosen.issued(current.actor())
    total = db.session.scalar(select(func.count()).select_from(prints.subquery())) or 0
    pages = max(1, -(-total // _PER_PAGE))
    number = min(max(1, request.args.get("seite", 1, type=int)), pages)
    shown = prints.limit(_PER_PAGE).offset((number - 1) * _PER_PAGE)
    return render_template(
        "office/resolutions/prints.html",
        book_form=book_form,
        report_form=report_form,
        prints=db.session.scalars(shown).all(),
        kinds=chosen.KINDS,
        number=number,
        pages=pages,
        page_address=lambda page: url_for(".page", **_chosen() | {"seite": page}),
    )


def _chosen() -> dict[str, Any]:
    """What was chosen, as it stands in the address; not what is to be done with it."""
    return {name: told for name, told in request.args.items() if name != "als"}


def _question(title: str, question: str, notice: str) -> Question:
    text = "Die Datei wird abgelegt und bleibt unverändert abrufbar, was sich auch später ändert."
    if has_seal(db.session()):
        text += " Sie wird elektronisch gesiegelt."
    back = url_for(".page")
    trail = [("Beschlüsse", url_for("resolutions.index")), ("Beschlussbuch und Bericht", back)]
    return Question(
        title, question, text, "Ausstellen", back, f"{back}#ausgestellt", notice, trail, "info"
    )


def _ask(question: Question, act: Callable[[], int]) -> ResponseReturnValue:
    body = _body()
    return ask(ConfirmForm(data={"version": body.version}), body, question, act)


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
