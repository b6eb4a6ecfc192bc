"""Members of an organisation that are offices or organisations."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import institutions
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.office import clock, current, loading, loading_parts
from sitzungsdienst.office.committee_forms import InstitutionForm, NewInstitutionForm
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.organization_forms import (
    offer_organizations,
    offer_persons,
    offer_rules,
)
from sitzungsdienst.office.organization_page import back_to, trail
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.bodies import Organization

blueprint = Blueprint("institutions", __name__)

ANCHOR = "mitglieder"


@blueprint.route("/gremien/<int:organization_id>/stellen/neu", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def add(organization_id: int) -> ResponseReturnValue:
    """Seat an office or organisation."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    form = NewInstitutionForm()
    _offer(form, row)
    if attempt(
        form,
        lambda: institutions.add_institution(
            db.session(), current.actor(), organization_id, form.facts(), clock.now()
        ),
    ):
        more = "weiteres" in request.form
        return go(
            url_for(".add", organization_id=organization_id) if more else back_to(row, ANCHOR),
            "Die Stelle ist als Mitglied aufgenommen.",
        )
    return render_template(
        "office/organizations/institution.html",
        form=form,
        institution=None,
        organization=row,
        trail=trail(row),
        cancel=back_to(row, ANCHOR),
    ), status(form)


@blueprint.route("/stellen/<int:membership_id>", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def edit(membership_id: int) -> ResponseReturnValue:
    """Change such a seat, or give it an end."""
    row = loading_parts.institution(db.session(), current.actor(), membership_id)
    here = back_to(row.organization, ANCHOR)
    form = InstitutionForm(obj=row)
    _offer(form, row.organization)
    try:
        if attempt(
            form,
            lambda: institutions.edit_institution(
                db.session(),
                current.actor(),
                membership_id,
                form.version.data,
                form.facts(),
                clock.now(),
            ),
        ):
            return go(here, "Die Mitgliedschaft ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return render_template(
        "office/organizations/institution.html",
        form=form,
        institution=row,
        organization=row.organization,
        trail=trail(row.organization),
        cancel=here,
    ), status(form)


@blueprint.route("/stellen/<int:membership_id>/entfernung", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def remove(membership_id: int) -> ResponseReturnValue:
    """Ask, then remove such a seat entered by mistake."""
    row = loading_parts.institution(db.session(), current.actor(), membership_id)
    here = back_to(row.organization, ANCHOR)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Mitglied entfernen",
        question=f"Möchten Sie »{row.name}« als Mitglied entfernen?",
        text="Entfernen Sie nur, was irrtümlich eingetragen wurde. Was galt und nicht mehr gilt,"
        " bekommt stattdessen ein Ende.",
        label="Endgültig entfernen",
        cancel=here,
        goal=here,
        notice="Die Stelle ist als Mitglied entfernt.",
        trail=trail(row.organization),
    )
    return ask(
        form,
        row,
        question,
        lambda: institutions.remove_institution(
            db.session(), current.actor(), membership_id, form.version.data, clock.now()
        ),
    )


def _offer(form: NewInstitutionForm | InstitutionForm, row: Organization) -> None:
    others = db.session.scalars(
        loading.organizations(current.actor()).where(Organization.id != row.id)
    )
    offer_organizations(form.member_organization_id, list(others), empty="– nicht in der Liste –")
    persons = list(db.session.scalars(loading.persons(current.actor())))
    offer_persons(form.represented_by_id, persons, empty="– nicht bekannt –")
    offer_rules(form.composition_rule_id, row)
