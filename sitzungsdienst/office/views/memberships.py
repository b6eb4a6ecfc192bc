"""Seats in committees and groups: adding, changing, ending."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import people
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.people import MembershipFacts
from sitzungsdienst.gate.wording import MEMBERSHIP_ROLE
from sitzungsdienst.office import clock, current, loading
from sitzungsdienst.office.committee_forms import RoleChangeForm
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.organization_forms import (
    NewSeatForm,
    SeatEndForm,
    SeatForm,
    offer_organizations,
    offer_persons,
    offer_rules,
    seat_facts,
)
from sitzungsdienst.office.organization_page import trail
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.people import Membership, Person

blueprint = Blueprint("memberships", __name__)


@blueprint.route("/gremien/<int:organization_id>/mitglieder/neu", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def add(organization_id: int) -> ResponseReturnValue:
    """Seat a person, who may be entered with it."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    persons = _persons()
    form = NewSeatForm(data={"start_date": _day(request.args.get("beginn", ""))})
    offer_persons(form.person_id, persons, empty="– bitte wählen –")
    _offer_groups(form, row)
    sent = form.is_submitted() and form.validate()
    if sent and form.check_person(persons) and _seat(form, organization_id):
        return go(_after_seating(form, organization_id), "Das Mitglied ist aufgenommen.")
    return render_template(
        "office/organizations/seat_new.html", form=form, organization=row, trail=trail(row)
    ), status(form)


@blueprint.route("/mitgliedschaften/<int:membership_id>", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def edit(membership_id: int) -> ResponseReturnValue:
    """Change a seat."""
    row = loading.membership(db.session(), current.actor(), membership_id)
    here = _organization_page(row)
    form = SeatForm(obj=row)
    offer_persons(form.person_id, _persons())
    _offer_groups(form, row.organization)
    try:
        if attempt(form, lambda: _change(form, membership_id, seat_facts(form))):
            return go(here, "Die Mitgliedschaft ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return render_template(
        "office/organizations/seat.html",
        form=form,
        membership=row,
        trail=trail(row.organization),
        cancel=here,
    ), status(form)


@blueprint.route("/mitgliedschaften/<int:membership_id>/ende", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def end(membership_id: int) -> ResponseReturnValue:
    """Give a seat its last day; today is a fair guess."""
    row = loading.membership(db.session(), current.actor(), membership_id)
    here = _organization_page(row)
    form = SeatEndForm(data={"version": row.version, "end_date": row.end_date or clock.today()})
    facts = MembershipFacts(
        person_id=row.person_id,
        role=row.role,
        voting_right=row.voting_right,
        on_behalf_of_id=row.on_behalf_of_id,
        composition_rule_id=row.composition_rule_id,
        start_date=row.start_date,
    )
    try:
        if attempt(
            form,
            lambda: _change(form, membership_id, replace(facts, end_date=form.end_date.data)),
        ):
            return go(here, "Die Mitgliedschaft endet an diesem Tag.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return render_template(
        "office/organizations/seat_end.html",
        form=form,
        membership=row,
        trail=trail(row.organization),
        cancel=here,
    ), status(form)


@blueprint.route("/mitgliedschaften/<int:membership_id>/wechsel", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def change_role(membership_id: int) -> ResponseReturnValue:
    """Let a member do another function from a day on; the old one ends on the day before."""
    row = loading.membership(db.session(), current.actor(), membership_id)
    here = _organization_page(row)
    form = RoleChangeForm(obj=row)
    _offer_groups(form, row.organization)
    if not form.is_submitted():
        form.valid_from.data = clock.today()
    try:
        if attempt(
            form,
            lambda: people.change_role(
                db.session(),
                current.actor(),
                membership_id,
                form.version.data,
                form.change(),
                clock.now(),
            ),
        ):
            return go(here, "Die Funktion wechselt an diesem Tag.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return render_template(
        "office/organizations/role.html",
        form=form,
        membership=row,
        roles=MEMBERSHIP_ROLE,
        trail=trail(row.organization),
        cancel=here,
    ), status(form)


def _after_seating(form: NewSeatForm, organization_id: int) -> str:
    """The committee's page, or the form once more: seats begin together, so the day is kept."""
    if "weiteres" in request.form:
        day = form.start_date.data
        beginning = day.isoformat() if day else None
        return url_for(".add", organization_id=organization_id, beginn=beginning)
    return url_for("organizations.show", organization_id=organization_id, _anchor="mitglieder")


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _seat(form: NewSeatForm, organization_id: int) -> list[int]:
    session, actor, now = db.session(), current.actor(), clock.now()
    facts = seat_facts(form)
    if form.person_id.data is not None:
        return attempt(
            form, lambda: people.add_membership(session, actor, organization_id, facts, now)
        )
    return attempt(
        form,
        lambda: people.seat_new_person(
            session, actor, organization_id, form.new_person(), facts, now
        ),
    )


def _change(form: SeatForm | SeatEndForm, membership_id: int, facts: MembershipFacts) -> None:
    people.edit_membership(
        db.session(), current.actor(), membership_id, form.version.data, facts, clock.now()
    )


def _persons() -> list[Person]:
    return list(db.session.scalars(loading.persons(current.actor())))


def _offer_groups(form: NewSeatForm | SeatForm | RoleChangeForm, row: Organization) -> None:
    """Let the form offer the groups of the Body and the rules of the organisation."""
    groups = db.session.scalars(
        loading.organizations(current.actor()).where(Organization.kind == OrganizationKind.GROUP)
    )
    offer_organizations(form.on_behalf_of_id, list(groups), empty="– keine –")
    offer_rules(form.composition_rule_id, row)


def _organization_page(row: Membership) -> str:
    return url_for("organizations.show", organization_id=row.organization_id, _anchor="mitglieder")
