"""The clerk's own Body: its letterhead, to read, and its legislative terms, to keep."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Optional

from sitzungsdienst.acts import terms
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.terms import TermFacts
from sitzungsdienst.law.rules import land_name
from sitzungsdienst.office import clock, current, loading
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm, OfficeForm, VersionedForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.bodies import LegislativeTerm, Organization

blueprint = Blueprint("terms", __name__, url_prefix="/koerperschaft")


class TermFields:
    """A legislative term."""

    name = StringField(
        "Bezeichnung",
        [InputRequired("Bitte geben Sie die Bezeichnung ein.")],
        description="Zum Beispiel: Wahlperiode 2019–2024.",
    )
    start_date = DateField("Beginn", [InputRequired("Bitte geben Sie den ersten Tag ein.")])
    end_date = DateField(
        "Ende", [Optional()], description="Der letzte Tag; leer, solange er nicht feststeht."
    )


class NewTermForm(OfficeForm, TermFields):
    """A term to be entered."""


class TermForm(VersionedForm, TermFields):
    """A term to be changed."""

    end_seats = BooleanField(
        "Mitgliedschaften dieser Gremien am selben Tag beenden",
        description="Auch Stellvertretungen. Was beendet ist, bleibt als früheres Mitglied stehen.",
    )


@blueprint.get("")
@requires(Permission.TERMS_EDIT)
def index() -> str:
    """Show the Body with its terms, the newest first."""
    actor = current.actor()
    rows = db.session.scalars(
        loading.terms(actor).order_by(LegislativeTerm.start_date.desc(), LegislativeTerm.id)
    ).all()
    return render_template(
        "office/terms/index.html",
        body=loading.body(db.session(), actor, actor.home),
        land_name=land_name,
        terms=rows,
        today=clock.today(),
    )


@blueprint.route("/wahlperioden/neu", methods=["GET", "POST"])
@requires(Permission.TERMS_EDIT)
def add() -> ResponseReturnValue:
    """Enter a term."""
    form = NewTermForm()
    if attempt(
        form,
        lambda: terms.add_term(db.session(), current.actor(), _facts(form), clock.now()),
    ):
        return go(url_for(".index"), "Die Wahlperiode ist angelegt.")
    return render_template("office/terms/edit.html", form=form, term=None), status(form)


@blueprint.route("/wahlperioden/<int:term_id>", methods=["GET", "POST"])
@requires(Permission.TERMS_EDIT)
def edit(term_id: int) -> ResponseReturnValue:
    """Change a term."""
    row = loading.term(db.session(), current.actor(), term_id)
    form = TermForm(obj=row)
    try:
        if attempt(
            form,
            lambda: terms.edit_term(
                db.session(),
                current.actor(),
                term_id,
                form.version.data,
                _facts(form),
                clock.now(),
            ),
        ):
            return go(url_for(".index"), "Die Wahlperiode ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=url_for(".edit", term_id=term_id))
    ending = db.session.scalars(
        select(Organization)
        .where(Organization.legislative_term_id == term_id)
        .order_by(Organization.name, Organization.id)
    ).all()
    return render_template("office/terms/edit.html", form=form, term=row, ending=ending), status(
        form
    )


@blueprint.route("/wahlperioden/<int:term_id>/loeschung", methods=["GET", "POST"])
@requires(Permission.TERMS_EDIT)
def delete(term_id: int) -> ResponseReturnValue:
    """Ask, then delete a term entered by mistake."""
    row = loading.term(db.session(), current.actor(), term_id)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Wahlperiode löschen",
        question=f"Möchten Sie »{row.name}« löschen?",
        text="Das lässt sich nicht rückgängig machen.",
        label="Wahlperiode löschen",
        cancel=url_for(".edit", term_id=term_id),
        goal=url_for(".index"),
        notice="Die Wahlperiode ist gelöscht.",
        trail=[
            ("Körperschaft", url_for(".index")),
            (row.name, url_for(".edit", term_id=term_id)),
        ],
    )
    return ask(
        form,
        row,
        question,
        lambda: terms.delete_term(
            db.session(), current.actor(), term_id, form.version.data, clock.now()
        ),
    )


def _facts(form: NewTermForm | TermForm) -> TermFacts:
    return TermFacts(
        name=form.name.data or "",
        start_date=form.start_date.data,
        end_date=form.end_date.data,
        end_seats=isinstance(form, TermForm) and form.end_seats.data,
    )
