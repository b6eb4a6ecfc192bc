"""What becomes of an organisation: new names, its end, and how its seats are made up."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import composition, history
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.history import NewName
from sitzungsdienst.office import clock, current, loading
from sitzungsdienst.office.committee_forms import CompositionForm, EndForm, RenameForm
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm, text
from sitzungsdienst.office.organization_page import back_to, trail
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.bodies import Organization

blueprint = Blueprint("history", __name__, url_prefix="/gremien/<int:organization_id>")


@blueprint.route("/umbenennung", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def rename(organization_id: int) -> ResponseReturnValue:
    """Give an organisation a new name from a day on."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    form = RenameForm(data={"version": row.version, "valid_from": clock.today()})
    if not form.is_submitted():
        form.name.data, form.short_name.data = row.name, row.short_name
    try:
        if attempt(form, lambda: _rename(form, organization_id)):
            return go(back_to(row), "Der neue Name ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=back_to(row))
    return render_template(
        "office/organizations/rename.html", form=form, organization=row, trail=trail(row)
    ), status(form)


@blueprint.route("/umbenennung/ruecknahme", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def undo_rename(organization_id: int) -> ResponseReturnValue:
    """Ask, then take back the last renaming."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    form = ConfirmForm(obj=row)
    before = row.former_names[-1].name if row.former_names else row.name
    question = Question(
        title="Umbenennung zurücknehmen",
        question=f"Möchten Sie die letzte Umbenennung von »{row.name}« zurücknehmen?",
        text=f"Die Organisation heißt dann wieder »{before}«, als wäre sie nie umbenannt worden."
        " Nehmen Sie nur zurück, was irrtümlich eingetragen wurde.",
        label="Umbenennung zurücknehmen",
        cancel=back_to(row),
        goal=back_to(row),
        notice="Die Umbenennung ist zurückgenommen.",
        trail=trail(row),
    )
    return ask(
        form,
        row,
        question,
        lambda: history.undo_rename(
            db.session(), current.actor(), organization_id, form.version.data, clock.now()
        ),
    )


@blueprint.route("/ende", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def end(organization_id: int) -> ResponseReturnValue:
    """End an organisation, with what still runs in it if that is wanted."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    today = clock.today()
    day = row.end_date or (row.legislative_term.end_date if row.legislative_term else None)
    form = EndForm(data={"version": row.version, "end_date": day or today, "with_seats": True})
    try:
        if attempt(form, lambda: _end(form, organization_id)):
            return go(back_to(row), "Das Ende ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=back_to(row), saved={"with_seats": True})
    running = history.running_after(db.session(), row, form.end_date.data or today)
    return render_template(
        "office/organizations/end.html",
        form=form,
        organization=row,
        trail=trail(row),
        running=len(running),
    ), status(form)


@blueprint.route("/zusammensetzung", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def seats(organization_id: int) -> ResponseReturnValue:
    """Tell how the seats of an organisation are made up."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    here = back_to(row, "zusammensetzung")
    form = CompositionForm(data={"version": row.version})
    if not form.is_submitted():
        form.fill(row.composition)
    elif "mehr" in request.form:
        form.add_rows()
        return _composition_page(form, row), 200
    try:
        if attempt(form, lambda: _compose(form, organization_id)):
            return go(here, "Die Zusammensetzung ist gespeichert.")
    except Stale:
        kept = [
            {
                "label": one.label,
                "count": one.count,
                "voting_right": one.voting_right,
                "on_behalf_of": one.on_behalf_of,
            }
            for one in row.composition
        ]
        return conflict_page(form, row, cancel=here, saved={"rules": kept})
    return _composition_page(form, row), status(form)


def _composition_page(form: CompositionForm, row: Organization) -> str:
    return render_template(
        "office/organizations/composition.html", form=form, organization=row, trail=trail(row)
    )


def _rename(form: RenameForm, organization_id: int) -> None:
    new = NewName(
        name=text(form.name),
        short_name=text(form.short_name),
        valid_from=form.valid_from.data or clock.today(),
    )
    history.rename_organization(
        db.session(), current.actor(), organization_id, form.version.data, new, clock.now()
    )


def _end(form: EndForm, organization_id: int) -> None:
    history.end_organization(
        db.session(),
        current.actor(),
        organization_id,
        form.version.data,
        form.end_date.data or clock.today(),
        form.with_seats.data,
        clock.now(),
    )


def _compose(form: CompositionForm, organization_id: int) -> None:
    composition.set_composition(
        db.session(),
        current.actor(),
        organization_id,
        form.version.data,
        form.facts(),
        clock.now(),
    )
