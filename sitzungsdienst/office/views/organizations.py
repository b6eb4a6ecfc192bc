"""Committees, groups, units of the administration and others."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts import organizations, releases
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.gate.wording import MEMBERSHIP_ROLE
from sitzungsdienst.office import clock, current, loading, publicity
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm, options
from sitzungsdienst.office.organization_forms import (
    KINDS,
    NewOrganizationForm,
    OrganizationForm,
    offer_organizations,
    organization_facts,
)
from sitzungsdienst.office.organization_page import members_of, seats_of, sent_by, trail
from sitzungsdienst.office.permissions import Permission, may, requires
from sitzungsdienst.office.publicity import ReleaseForm, WithdrawalForm
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.office.searching import in_order
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import LegislativeTerm, Organization, OrganizationKind
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee

blueprint = Blueprint("organizations", __name__, url_prefix="/gremien")

LISTED_MEETINGS = 20
BY_ADDRESS = {words[2]: kind for kind, words in KINDS.items()}


@blueprint.get("")
@requires(Permission.ORGANIZATIONS_READ)
def index() -> str:
    """List the organisations of one kind, those that ended last."""
    kind = BY_ADDRESS.get(request.args.get("art", ""), OrganizationKind.COMMITTEE)
    today = clock.today()
    rows = db.session.scalars(
        loading.organizations(current.actor())
        .where(Organization.kind == kind)
        .options(selectinload(Organization.memberships))
    ).all()
    listed = sorted(rows, key=lambda one: (_ended(one, today), in_order(one.name), one.id))
    return render_template(
        "office/organizations/index.html",
        organizations=[
            (one, sum(seat.runs_on(today) for seat in one.memberships), _ended(one, today))
            for one in listed
        ],
        kind=kind,
        kinds=KINDS,
        public=Reader(db.session().connection()).living([one.uid for one in rows]),
    )


@blueprint.get("/<int:organization_id>")
@requires(Permission.ORGANIZATIONS_READ)
def show(organization_id: int) -> ResponseReturnValue:
    """Show an organisation with its members and meetings."""
    return _page(organization_id, ReleaseForm(formdata=None))


@blueprint.route("/neu", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def add() -> ResponseReturnValue:
    """Found an organisation."""
    kind = BY_ADDRESS.get(request.args.get("art", ""), OrganizationKind.COMMITTEE)
    form = NewOrganizationForm(data={"kind": kind})
    _offer(form, None)
    if done := attempt(
        form,
        lambda: organizations.create_organization(
            db.session(), current.actor(), organization_facts(form), clock.now()
        ),
    ):
        return go(
            url_for(".show", organization_id=done[0]),
            "Angelegt. Als Nächstes können Sie die Mitglieder aufnehmen.",
        )
    return render_template(
        "office/organizations/edit.html", form=form, organization=None, kinds=KINDS, kind=kind
    ), status(form)


@blueprint.route("/<int:organization_id>/bearbeiten", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def edit(organization_id: int) -> ResponseReturnValue:
    """Change an organisation."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    here = url_for(".show", organization_id=organization_id)
    form = OrganizationForm(obj=row)
    _offer(form, row)
    try:
        if attempt(
            form,
            lambda: organizations.edit_organization(
                db.session(),
                current.actor(),
                organization_id,
                form.version.data,
                organization_facts(form),
                clock.now(),
            ),
        ):
            return go(here, "Die Angaben sind gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return render_template(
        "office/organizations/edit.html", form=form, organization=row, kinds=KINDS, kind=row.kind
    ), status(form)


@blueprint.route("/<int:organization_id>/loeschung", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def delete(organization_id: int) -> ResponseReturnValue:
    """Ask, then delete an organisation that nothing hangs on."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    here = url_for(".show", organization_id=organization_id)
    form = ConfirmForm(obj=row)
    question = Question(
        title=f"{KINDS[row.kind][0]} löschen",
        question=f"Möchten Sie »{row.name}« löschen?",
        text="Das lässt sich nicht rückgängig machen. Was Mitglieder, Sitzungen oder Vorlagen hat,"
        " wird nicht gelöscht, sondern endet mit einem Datum.",
        label="Endgültig löschen",
        cancel=here,
        goal=url_for(".index", art=KINDS[row.kind][2]),
        notice="Gelöscht.",
        trail=trail(row),
    )
    return ask(
        form,
        row,
        question,
        lambda: organizations.delete_organization(
            db.session(), current.actor(), organization_id, form.version.data, clock.now()
        ),
    )


@blueprint.post("/<int:organization_id>/freigabe")
@requires(Permission.PUBLIC_RELEASE)
def release(organization_id: int) -> ResponseReturnValue:
    """Release an organisation with its members."""
    loading.organization(db.session(), current.actor(), organization_id)
    form = ReleaseForm()
    if attempt(
        form,
        lambda: releases.release_organization(
            db.session(), current.actor(), organization_id, form.reason.data or "", clock.now()
        ),
    ):
        here = url_for(".show", organization_id=organization_id, _anchor="freigabe")
        return go(here, "Veröffentlicht.")
    return _page(organization_id, form)


@blueprint.route("/<int:organization_id>/ruecknahme", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def withdraw(organization_id: int) -> ResponseReturnValue:
    """Ask for the reason, then take the members out of the public's sight."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    here = url_for(".show", organization_id=organization_id, _anchor="freigabe")
    form = WithdrawalForm(obj=row)
    question = Question(
        title="Aus der Öffentlichkeit zurücknehmen",
        question=f"Möchten Sie »{row.name}« mit den Mitgliedern zurücknehmen?",
        text="Die Öffentlichkeit sieht dann keine Mitglieder mehr. Der Name bleibt sichtbar,"
        " solange ihn eine veröffentlichte Sitzung oder Vorlage nennt. An der alten Stelle steht"
        " ein Hinweis mit dem Grund.",
        label="Zurücknehmen",
        cancel=here,
        goal=here,
        notice="Aus der Öffentlichkeit zurückgenommen.",
        trail=trail(row),
    )
    return ask(
        form,
        row,
        question,
        lambda: releases.withdraw_members(
            db.session(), current.actor(), organization_id, form.reason.data or "", clock.now()
        ),
    )


def _page(organization_id: int, form: ReleaseForm) -> ResponseReturnValue:
    """The page of one organisation, also with a release that was refused."""
    session, actor, today = db.session(), current.actor(), clock.today()
    row = loading.organization(session, actor, organization_id)
    seats = seats_of(row)
    # Who is not of the office sees the members of their own committees; of others, what is public.
    own = any(seat.person_id == actor.person_id and seat.runs_on(today) for seat in seats)
    may_see = may(Permission.PEOPLE_READ) or own
    return render_template(
        "office/organizations/show.html",
        organization=row,
        kinds=KINDS,
        roles=MEMBERSHIP_ROLE,
        ended=_ended(row, today),
        hidden=bool(seats) and not may_see,
        members=members_of(row, seats, today) if may_see else None,
        sent=sent_by(row, today) if may_see else [],
        meetings=_meetings(organization_id),
        publicity=publicity.of_organization(session, row, seats)
        if may(Permission.PUBLIC_RELEASE)
        else None,
        form=form,
    ), status(form)


def _meetings(organization_id: int) -> list[Meeting]:
    """The last and the coming meetings that the reader may read, the newest first."""
    seats = select(MeetingCommittee.meeting_id).where(
        MeetingCommittee.organization_id == organization_id
    )
    return list(
        db.session.scalars(
            loading.meetings(db.session(), current.actor())
            .where(Meeting.id.in_(seats))
            .order_by(Meeting.start.desc(), Meeting.id)
            .limit(LISTED_MEETINGS)
        )
    )


def _ended(row: Organization, today: date) -> bool:
    return row.end_date is not None and row.end_date < today


def _offer(form: NewOrganizationForm | OrganizationForm, row: Organization | None) -> None:
    """Let the form offer the Body's terms, the newest first, and the other organisations."""
    terms = db.session.scalars(
        loading.terms(current.actor()).order_by(LegislativeTerm.start_date.desc())
    )
    form.legislative_term_id.choices = options(
        ((one.id, one.name) for one in terms), empty="– keiner Wahlperiode –"
    )
    others = db.session.scalars(loading.organizations(current.actor()))
    offer_organizations(
        form.predecessor_id, [one for one in others if one is not row], empty="– keinem –"
    )
