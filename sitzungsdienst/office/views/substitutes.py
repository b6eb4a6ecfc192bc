"""Substitutes of a committee: a list in order, or for one member."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from sitzungsdienst.acts import substitutes
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.office import clock, current, loading, loading_parts
from sitzungsdienst.office.committee_forms import NewSubstituteForm, SubstituteForm
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.organization_forms import offer_organizations, offer_persons
from sitzungsdienst.office.organization_page import back_to, trail
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.people import Membership, Person

blueprint = Blueprint("substitutes", __name__)

ANCHOR = "stellvertretung"


@blueprint.route("/gremien/<int:organization_id>/stellvertretungen/neu", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def add(organization_id: int) -> ResponseReturnValue:
    """Enter a substitute at the end of the list."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    form = NewSubstituteForm()
    _offer(form, row)
    if attempt(
        form,
        lambda: substitutes.add_substitute(
            db.session(), current.actor(), organization_id, form.facts(), clock.now()
        ),
    ):
        return go(back_to(row, ANCHOR), "Die Stellvertretung ist eingetragen.")
    return render_template(
        "office/organizations/substitute.html",
        form=form,
        substitute=None,
        trail=trail(row),
        cancel=back_to(row, ANCHOR),
    ), status(form)


@blueprint.route("/stellvertretungen/<int:substitute_id>", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def edit(substitute_id: int) -> ResponseReturnValue:
    """Change a substitute, or give them an end."""
    row = loading_parts.substitute(db.session(), current.actor(), substitute_id)
    here = back_to(row.organization, ANCHOR)
    form = SubstituteForm(obj=row)
    _offer(form, row.organization)
    try:
        if attempt(
            form,
            lambda: substitutes.edit_substitute(
                db.session(),
                current.actor(),
                substitute_id,
                form.version.data,
                form.facts(),
                clock.now(),
            ),
        ):
            return go(here, "Die Stellvertretung ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return render_template(
        "office/organizations/substitute.html",
        form=form,
        substitute=row,
        trail=trail(row.organization),
        cancel=here,
    ), status(form)


@blueprint.post("/stellvertretungen/<int:substitute_id>/platz")
@requires(Permission.ORGANIZATIONS_EDIT)
def move(substitute_id: int) -> ResponseReturnValue:
    """Move a substitute up or down on the list."""
    row = loading_parts.substitute(db.session(), current.actor(), substitute_id)
    here = back_to(row.organization, ANCHOR)
    substitutes.move_substitute(
        db.session(),
        current.actor(),
        substitute_id,
        request.form.get("version", 0, type=int),
        request.form.get("richtung") == "hoch",
        clock.now(),
    )
    return go(here)


@blueprint.route("/stellvertretungen/<int:substitute_id>/entfernung", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def remove(substitute_id: int) -> ResponseReturnValue:
    """Ask, then remove a substitute entered by mistake."""
    row = loading_parts.substitute(db.session(), current.actor(), substitute_id)
    here = back_to(row.organization, ANCHOR)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Stellvertretung entfernen",
        question=f"Möchten Sie die Stellvertretung durch {row.person.name} entfernen?",
        text="Entfernen Sie nur, was irrtümlich eingetragen wurde. Was galt und nicht mehr gilt,"
        " bekommt stattdessen ein Ende.",
        label="Endgültig entfernen",
        cancel=here,
        goal=here,
        notice="Die Stellvertretung ist entfernt.",
        trail=trail(row.organization),
    )
    return ask(
        form,
        row,
        question,
        lambda: substitutes.remove_substitute(
            db.session(), current.actor(), substitute_id, form.version.data, clock.now()
        ),
    )


def _offer(form: NewSubstituteForm | SubstituteForm, row: Organization) -> None:
    persons = list(db.session.scalars(loading.persons(current.actor())))
    offer_persons(form.person_id, persons, empty="– bitte wählen –")
    members = db.session.scalars(
        select(Person).where(
            Person.id.in_(select(Membership.person_id).where(Membership.organization_id == row.id))
        )
    )
    offer_persons(form.for_person_id, list(members), empty="– jedes Mitglied (Liste) –")
    groups = db.session.scalars(
        loading.organizations(current.actor()).where(Organization.kind == OrganizationKind.GROUP)
    )
    offer_organizations(form.on_behalf_of_id, list(groups), empty="– alle –")
