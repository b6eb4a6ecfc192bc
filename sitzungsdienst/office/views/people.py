"""Persons: members, and whoever else the office deals with."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts import people
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.gate.wording import CONTACT_FIELD, MEMBERSHIP_ROLE
from sitzungsdienst.office import clock, current, loading
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.person_forms import NewPersonForm, PersonForm, person_facts
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.office.searching import LONGEST_SEARCH, in_order, matches
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.people import Membership, Person

blueprint = Blueprint("people", __name__, url_prefix="/personen")

PER_PAGE = 100


@blueprint.get("")
@requires(Permission.PEOPLE_READ)
def index() -> str:
    """List the persons by name, with what they do now."""
    typed = request.args.get("suche", "")[:LONGEST_SEARCH]
    found = db.session.scalars(
        loading.persons(current.actor())
        .where(matches(typed, Person.family_name, Person.given_name))
        .options(selectinload(Person.memberships).selectinload(Membership.organization))
    ).all()
    listed = sorted(found, key=lambda one: (in_order(one.sort_name), one.id))
    pages = max(1, -(-len(listed) // PER_PAGE))
    number = min(max(1, request.args.get("seite", 1, type=int)), pages)
    today = clock.today()
    return render_template(
        "office/people/index.html",
        people=[
            (one, [seat for seat in one.memberships if seat.runs_on(today)])
            for one in listed[(number - 1) * PER_PAGE : number * PER_PAGE]
        ],
        typed=typed,
        count=len(listed),
        number=number,
        pages=pages,
        page_address=lambda one: url_for(".index", suche=typed or None, seite=one),
    )


@blueprint.get("/<int:person_id>")
@requires(Permission.PEOPLE_READ)
def show(person_id: int) -> str:
    """Show a person with their memberships."""
    row = loading.person(db.session(), current.actor(), person_id)
    seats = db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id)
        .options(selectinload(Membership.organization), selectinload(Membership.on_behalf_of))
        .order_by(Membership.start_date, Membership.id)
    ).all()
    today = clock.today()
    return render_template(
        "office/people/show.html",
        person=row,
        seats=[(seat, seat.runs_on(today)) for seat in seats],
        roles=MEMBERSHIP_ROLE,
        contact=CONTACT_FIELD,
        consented=row.consented(today),
        public=row.uid in Reader(db.session().connection()).living([row.uid]),
    )


@blueprint.route("/neu", methods=["GET", "POST"])
@requires(Permission.PEOPLE_EDIT)
def add() -> ResponseReturnValue:
    """Enter a person."""
    form = NewPersonForm()
    persons = list(db.session.scalars(loading.persons(current.actor())))
    if form.is_submitted() and form.validate() and form.check_namesake(persons):
        done = attempt(
            form,
            lambda: people.create_person(
                db.session(), current.actor(), person_facts(form), clock.now()
            ),
        )
        if done:
            return go(url_for(".show", person_id=done[0]), "Die Person ist angelegt.")
    return render_template("office/people/edit.html", form=form, person=None), status(form)


@blueprint.route("/<int:person_id>/bearbeiten", methods=["GET", "POST"])
@requires(Permission.PEOPLE_EDIT)
def edit(person_id: int) -> ResponseReturnValue:
    """Change a person."""
    row = loading.person(db.session(), current.actor(), person_id)
    here = url_for(".show", person_id=person_id)
    today = clock.today()
    form = PersonForm(obj=row)
    if not form.is_submitted():
        # The row keeps every consent with its days; the form shows those that hold.
        form.consents.data = sorted(row.consented(today))
    try:
        if attempt(
            form,
            lambda: people.edit_person(
                db.session(),
                current.actor(),
                person_id,
                form.version.data,
                person_facts(form),
                clock.now(),
            ),
        ):
            return go(here, "Die Angaben zur Person sind gespeichert.")
    except Stale:
        saved = {"consents": sorted(row.consented(today))}
        return conflict_page(form, row, cancel=here, saved=saved)
    return render_template("office/people/edit.html", form=form, person=row), status(form)


@blueprint.route("/<int:person_id>/loeschung", methods=["GET", "POST"])
@requires(Permission.PEOPLE_EDIT)
def delete(person_id: int) -> ResponseReturnValue:
    """Ask, then delete a person on whom nothing hangs."""
    row = loading.person(db.session(), current.actor(), person_id)
    here = url_for(".show", person_id=person_id)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Person löschen",
        question=f"Möchten Sie {row.name} löschen?",
        text="Das lässt sich nicht rückgängig machen. Wer in Gremien, Sitzungen oder Vorlagen"
        " vorkommt oder sich anmelden darf, wird nicht gelöscht.",
        label="Endgültig löschen",
        cancel=here,
        goal=url_for(".index"),
        notice="Die Person ist gelöscht.",
        trail=[("Personen", url_for(".index")), (row.name, here)],
    )
    return ask(
        form,
        row,
        question,
        lambda: people.delete_person(
            db.session(), current.actor(), person_id, form.version.data, clock.now()
        ),
    )
