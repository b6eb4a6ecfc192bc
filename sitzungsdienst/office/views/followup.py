"""Carrying resolutions out: who, until when, how far, and the end."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import followup
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.office import clock, current, loading, resolution_page
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.followup_forms import (
    CompletionForm,
    DropForm,
    ExecutionForm,
    ReopenForm,
)
from sitzungsdienst.office.forms import options, text
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.resolution_page import address, load, trail
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.resolutions import Progress, Resolution

blueprint = Blueprint("followup", __name__)

TAKE = "take"
PART = "umsetzung"


@blueprint.route("/beschluesse/<int:resolution_id>/umsetzung", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def plan(resolution_id: int) -> ResponseReturnValue:
    """Say who carries a resolution out, until when, and until when it must wait."""
    row = load(resolution_id)
    form = ExecutionForm(obj=row)
    _offer_units(form, row)
    proposed = followup.proposed_suspension(row)
    if TAKE in request.form and proposed is not None:
        form.take(proposed)
        return _plan_page(row, form, proposed)
    try:
        if attempt(form, lambda: _plan(form, row)):
            return go(address(resolution_id, PART), "Die Umsetzung ist festgelegt.")
    except Stale:
        saved = {"months": None}
        return conflict_page(form, row, cancel=address(resolution_id, PART), saved=saved)
    return _plan_page(row, form, proposed), status(form)


def _plan(form: ExecutionForm, row: Resolution) -> None:
    followup.plan_execution(
        db.session(),
        current.actor(),
        row.id,
        form.version.data,
        form.facts(row.decided_on),
        clock.now(),
    )


def _offer_units(form: ExecutionForm, row: Resolution) -> None:
    """Let the form offer the units, those that ended only where the resolution has one."""
    today = clock.today()
    query = loading.organizations(current.actor()).where(Organization.kind == OrganizationKind.UNIT)
    units = db.session.scalars(query.order_by(Organization.name, Organization.id))
    form.unit_id.choices = options(
        (
            (one.id, one.name)
            for one in units
            if one.end_date is None or one.end_date >= today or one.id == row.unit_id
        ),
        empty="– noch offen –",
    )


def _plan_page(row: Resolution, form: ExecutionForm, proposed: followup.Suspension | None) -> str:
    return render_template(
        "office/resolutions/execution.html",
        form=form,
        row=row,
        proposed=proposed,
        trail=trail(row),
        back=address(row.id, PART),
    )


@blueprint.post("/beschluesse/<int:resolution_id>/stand")
@requires(Permission.RESOLUTIONS_EDIT)
def progress(resolution_id: int) -> ResponseReturnValue:
    """Say how far a resolution is, short of its end."""
    load(resolution_id)
    version = request.form.get("version", 0, type=int)
    wanted = request.form.get("progress", "")
    if wanted not in set(Progress):
        return resolution_page.page(resolution_id, problem="Bitte wählen Sie den neuen Stand.")
    try:
        followup.set_progress(
            db.session(), current.actor(), resolution_id, version, Progress(wanted), clock.now()
        )
    except RuleBroken as broken:
        return resolution_page.page(resolution_id, problem=broken.sentence)
    except Stale:
        return resolution_page.changed(resolution_id)
    return go(address(resolution_id, PART), "Der Stand ist gespeichert.")


@blueprint.route("/beschluesse/<int:resolution_id>/erledigung", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def complete(resolution_id: int) -> ResponseReturnValue:
    """Note that a resolution is carried out."""
    row = load(resolution_id)
    form = CompletionForm(data={"version": row.version, "completed_on": clock.today()})
    question = _question(
        row,
        title="Als erledigt vermerken",
        question=f"Ist der Beschluss {row.number} umgesetzt?",
        text="Er gilt dann als erledigt; Sie können ihn später wieder aufnehmen.",
        label="Als erledigt vermerken",
        notice="Der Beschluss ist als erledigt vermerkt.",
    )
    return ask(
        form,
        row,
        question,
        lambda: followup.complete_resolution(
            db.session(),
            current.actor(),
            resolution_id,
            form.version.data,
            form.completed_on.data,
            text(form.note),
            clock.now(),
        ),
    )


@blueprint.route("/beschluesse/<int:resolution_id>/verzicht", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def drop(resolution_id: int) -> ResponseReturnValue:
    """Ask for the reason, then note that a resolution is not carried out any more."""
    row = load(resolution_id)
    form = DropForm(data={"version": row.version, "completed_on": clock.today()})
    question = _question(
        row,
        title="Nicht weiter verfolgen",
        question=f"Wird der Beschluss {row.number} nicht mehr umgesetzt?",
        text="Der Grund bleibt beim Beschluss stehen; Sie können ihn später wieder aufnehmen.",
        label="Nicht weiter verfolgen",
        notice="Der Beschluss wird nicht weiter verfolgt.",
    )
    return ask(
        form,
        row,
        question,
        lambda: followup.drop_resolution(
            db.session(),
            current.actor(),
            resolution_id,
            form.version.data,
            form.completed_on.data,
            text(form.reason),
            clock.now(),
        ),
    )


@blueprint.route("/beschluesse/<int:resolution_id>/wiederaufnahme", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def reopen(resolution_id: int) -> ResponseReturnValue:
    """Ask for the reason, then take a resolution up again."""
    row = load(resolution_id)
    form = ReopenForm(obj=row)
    question = _question(
        row,
        title="Wieder aufnehmen",
        question=f"Ist zum Beschluss {row.number} doch noch etwas zu tun?",
        text="Er gilt dann wieder als offen. Was bisher vermerkt war, bleibt im Verlauf lesbar.",
        label="Wieder aufnehmen",
        notice="Der Beschluss ist wieder offen.",
    )
    return ask(
        form,
        row,
        question,
        lambda: followup.reopen_resolution(
            db.session(),
            current.actor(),
            resolution_id,
            form.version.data,
            text(form.reason),
            clock.now(),
        ),
    )


def _question(
    row: Resolution, *, title: str, question: str, text: str, label: str, notice: str
) -> Question:
    here = address(row.id, PART)
    return Question(
        title=title,
        question=question,
        text=text,
        label=label,
        cancel=here,
        goal=here,
        notice=notice,
        trail=trail(row),
        kind="info",
    )
