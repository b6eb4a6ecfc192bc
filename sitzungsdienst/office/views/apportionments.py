"""Seats shared out: the list of those kept, the work sheet, and each kept one with its tables."""

import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts import apportionments
from sitzungsdienst.acts.apportioning import (
    ApportionmentFacts,
    WorkedOut,
    facts_of,
    without_lots,
    work_out,
)
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.documents.seat_sheet import print_seat_sheet
from sitzungsdienst.law.rules import Rules
from sitzungsdienst.law.seat_checks import seat_method
from sitzungsdienst.law.seats import METHOD_NAMES, SettledBy
from sitzungsdienst.law.tree import SeatTie
from sitzungsdienst.office import apportionment_words, clock, current, loading
from sitzungsdienst.office.apportionment_forms import (
    ApportionmentForm,
    form_for,
    stored,
)
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm, options
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.office.searching import in_order
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind
from sitzungsdienst.record.elections import Apportionment

blueprint = Blueprint("apportionments", __name__, url_prefix="/sitzverteilungen")

WORK, FILL, MORE = "work", "fill", "more"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The work sheet: its form, and what was worked out; `plain` is it before any lot."""

    form: ApportionmentForm
    rules: Rules | None
    plain: WorkedOut | None
    found: WorkedOut | None


@blueprint.get("")
@requires(Permission.ORGANIZATIONS_EDIT)
def index() -> str:
    """List how seats were shared out, the latest first."""
    rows = db.session.scalars(
        loading.apportionments(current.actor())
        .options(selectinload(Apportionment.organization))
        .order_by(Apportionment.decided_on.desc(), Apportionment.id.desc())
    ).all()
    return render_template(
        "office/apportionments/index.html",
        rows=[(one, METHOD_NAMES[one.method], _told(one)) for one in rows],
    )


@blueprint.get("/<int:apportionment_id>")
@requires(Permission.ORGANIZATIONS_EDIT)
def show(apportionment_id: int) -> str:
    """Show one with the tables it follows from."""
    row = loading.apportionment(db.session(), current.actor(), apportionment_id)
    rules = rules_on(row.body, row.decided_on)
    return render_template(
        "office/apportionments/show.html",
        row=row,
        method=METHOD_NAMES[row.method],
        result=json.loads(row.result),
        strengths=json.loads(row.strengths),
        chairs=json.loads(row.chairs),
        sheet=apportionment_words.kept_sheet(row),
        settled=apportionment_words.settled_words(row),
        law=rules.seats if rules is not None else None,
    )


@blueprint.get("/<int:apportionment_id>/sitzverteilung.pdf")
@requires(Permission.ORGANIZATIONS_EDIT)
def sheet_pdf(apportionment_id: int) -> ResponseReturnValue:
    """Print a kept one on a sheet for the file."""
    row = loading.apportionment(db.session(), current.actor(), apportionment_id)
    return send_file(
        io.BytesIO(print_seat_sheet(apportionment_words.printed(row))),
        mimetype="application/pdf",
        download_name="sitzverteilung.pdf",
    )


@blueprint.route("/neu", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def add() -> ResponseReturnValue:
    """Work seats out, and keep them."""
    committees = _committees()
    sheet = _sheet(_first_data(committees), committees)
    if _pressed(sheet, committees):
        return _page(sheet, None), status(sheet.form)
    if done := attempt(
        sheet.form,
        lambda: apportionments.record_apportionment(
            db.session(), current.actor(), sheet.form.facts(), clock.now()
        ),
    ):
        here = url_for(".show", apportionment_id=done[0])
        return go(here, "Die Sitzverteilung ist gespeichert.")
    return _page(sheet, None), status(sheet.form)


@blueprint.route("/<int:apportionment_id>/bearbeiten", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def edit(apportionment_id: int) -> ResponseReturnValue:
    """Correct one."""
    row = loading.apportionment(db.session(), current.actor(), apportionment_id)
    here = url_for(".show", apportionment_id=apportionment_id)
    committees = _committees(also=row.organization)
    sheet = _sheet(stored(facts_of(row)) | {"version": row.version}, committees)
    if _pressed(sheet, committees):
        return _page(sheet, row), status(sheet.form)
    try:
        if attempt(
            sheet.form,
            lambda: apportionments.edit_apportionment(
                db.session(),
                current.actor(),
                apportionment_id,
                sheet.form.version.data or 0,
                sheet.form.facts(),
                clock.now(),
            ),
        ):
            return go(here, "Die Sitzverteilung ist gespeichert.")
    except Stale:
        kept = stored(facts_of(row))
        return conflict_page(sheet.form, row, cancel=here, saved=kept)
    return _page(sheet, row), status(sheet.form)


@blueprint.route("/<int:apportionment_id>/entfernen", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def remove(apportionment_id: int) -> ResponseReturnValue:
    """Take one off that was kept by mistake, after a question."""
    row = loading.apportionment(db.session(), current.actor(), apportionment_id)
    here = url_for(".show", apportionment_id=apportionment_id)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Sitzverteilung entfernen",
        question="Möchten Sie diese Sitzverteilung entfernen?",
        text="Sie verschwindet aus der Liste. Die Besetzung der Gremien ändert sich dadurch nicht.",
        label="Sitzverteilung entfernen",
        cancel=here,
        goal=url_for(".index"),
        notice="Die Sitzverteilung ist entfernt.",
        trail=[("Gremien", url_for("organizations.index")), ("Sitzverteilungen", url_for(".index")),
               ("Sitzverteilung", here)],
    )  # fmt: skip
    return ask(
        form,
        row,
        question,
        lambda: apportionments.remove_apportionment(
            db.session(), current.actor(), apportionment_id, form.version.data, clock.now()
        ),
    )


def _body() -> Body:
    return db.session.get_one(Body, current.actor().body_id)


def _committees(also: Organization | None = None) -> list[Organization]:
    """The committees that have not ended, with their members; and the one that was chosen."""
    today = clock.today()
    rows = db.session.scalars(
        loading.organizations(current.actor())
        .where(Organization.kind == OrganizationKind.COMMITTEE)
        .options(selectinload(Organization.memberships))
    ).all()
    found = [one for one in rows if one.end_date is None or one.end_date >= today or one is also]
    return sorted(found, key=lambda one: (in_order(one.name), one.id))


def _first_data(committees: list[Organization]) -> dict[str, Any]:
    """What a new sheet begins with: the council's groups, and the method of today's law."""
    today = clock.today()
    chosen = request.args.get("gremium", type=int)
    if chosen is not None:
        loading.organization(db.session(), current.actor(), chosen)
    target = next((one for one in committees if one.id == chosen), None)
    council = _council(committees, today)
    counted = apportionments.strengths_on(db.session(), _body().id, today, council)
    rules = rules_on(_body(), today)
    method = seat_method(rules) if rules is not None else None
    return {
        "version": None,
        "organization_id": target.id if target else None,
        "decided_on": today,
        "council_id": council.id if council else None,
        "groups": [{"name": name, "strength": number} for name, number in counted.groups],
        "seats": target.voting_seats if target else None,
        "method": method.value if method else "",
        "body_members": counted.members if counted.groups else None,
    }


def _council(committees: list[Organization], day: date) -> Organization | None:
    """The committee with the most members who have a vote: the council, as a rule."""

    def size(one: Organization) -> int:
        return sum(seat.voting_right and seat.runs_on(day) for seat in one.memberships)

    largest = max(committees, key=size, default=None)
    return largest if largest is not None and size(largest) else None


def _sheet(data: dict[str, Any], committees: list[Organization]) -> Sheet:
    """The form with what follows from it: whose lot is open, and for which chairs."""
    choices = [(one.id, one.name) for one in committees]
    form = ApportionmentForm(data=data)
    form.offer(choices)
    plain = _worked(form, plain=True)
    form = form_for(plain.chairs if plain else None)(data=data)
    tied = plain.allocation.ties[0].parties if plain and plain.allocation.ties else ()
    form.winners.choices = options((one, one) for one in tied)
    form.offer(choices)
    if not form.is_submitted():
        form.more(2 if len(form.groups) else 5)
    rules = rules_on(_body(), form.decided_on.data) if form.decided_on.data else None
    form.how.choices = options(
        (one.value, word)
        for one, word in apportionment_words.HOW.items()
        if one is not SettledBy.ELECTION_VOTES or _by_votes(rules)
    )
    return Sheet(form, rules, plain, _worked(form, plain=False) or plain)


def _by_votes(rules: Rules | None) -> bool:
    """Whether a tie may be settled by the votes of the last election."""
    ways = (SeatTie.LOCAL, SeatTie.ELECTION_VOTES)
    return rules is None or rules.seats.tie.value in ways


def _worked(form: ApportionmentForm, *, plain: bool) -> WorkedOut | None:
    """Work out what stands in the form; None as long as it does not suffice."""
    facts = _facts(form)
    if facts is None:
        return None
    try:
        return work_out(_body(), without_lots(facts) if plain else facts)
    except RuleBroken:
        return None


def _facts(form: ApportionmentForm) -> ApportionmentFacts | None:
    try:
        return form.facts() if form.decided_on.data and form.seats.data else None
    except ValueError:  # no such method
        return None


def _pressed(sheet: Sheet, committees: list[Organization]) -> bool:
    """Whether a button was pressed that saves nothing; it is done then."""
    form = sheet.form
    if not form.is_submitted():
        return False
    if MORE in request.form:
        form.more()
        return True
    if FILL in request.form:
        council = next((one for one in committees if one.id == form.council_id.data), None)
        day = form.decided_on.data or clock.today()
        form.count(apportionments.strengths_on(db.session(), _body().id, day, council))
        return True
    if WORK in request.form:
        if form.validate():
            _tell_wrong(form)
        return True
    return False


def _tell_wrong(form: ApportionmentForm) -> None:
    """Show what is wrong with the numbers, without asking for the lots yet."""
    try:
        work_out(_body(), without_lots(form.facts()))
    except RuleBroken as broken:
        form.refuse(broken)


def _told(row: Apportionment) -> str:
    return ", ".join(f"{name} {seats}" for name, seats in json.loads(row.result).items())


def _page(sheet: Sheet, row: Apportionment | None) -> str:
    shown = sheet.found if FILL not in request.form else None
    return render_template(
        "office/apportionments/edit.html",
        form=sheet.form,
        row=row,
        law=sheet.rules.seats if sheet.rules is not None else None,
        sheet=apportionment_words.sheet(shown) if shown else None,
        findings=shown.findings if shown else (),
        tie=sheet.plain.tie if sheet.plain else None,
        by_votes=_by_votes(sheet.rules),
        tied=bool(sheet.plain and sheet.plain.allocation.ties),
        cancel=url_for(".show", apportionment_id=row.id) if row else url_for(".index"),
    )
