"""Bodies (Körperschaften), for administrators."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import (
    ColorField,
    EmailField,
    SelectField,
    StringField,
    TelField,
    URLField,
)
from wtforms.validators import InputRequired, Length, Optional, Regexp

from sitzungsdienst.acts import bodies
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.law.rules import LAENDER, land_name
from sitzungsdienst.office import clock, conflict, current, loading
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import OfficeForm, VersionedForm, number_or_none, options
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.bodies import Body

blueprint = Blueprint("bodies", __name__, url_prefix="/koerperschaften")

LINE = Length(max=bodies.LINE_LIMIT)


class BodyFields:
    """Everything a Body has."""

    name = StringField(
        "Name",
        [InputRequired("Bitte geben Sie den Namen der Körperschaft an."), LINE],
        description="Wie er auf Einladungen steht, zum Beispiel: Landkreis Börde.",
    )
    short_name = StringField("Kurzname", [Optional(), LINE])
    classification = StringField(
        "Art", [Optional(), LINE], description="Zum Beispiel: Landkreis, Stadt, Gemeinde."
    )
    land = SelectField(
        "Land",
        [InputRequired("Bitte wählen Sie das Land, dessen Recht gilt.")],
        choices=options(((land, land_name(land)) for land in LAENDER), empty="Bitte wählen"),
        description="Bestimmt, welches Kommunalrecht gilt.",
    )
    seat = StringField("Sitz der Verwaltung", [Optional(), LINE])
    ags = StringField(
        "Amtlicher Gemeindeschlüssel",
        [Optional(), Regexp("^[0-9]{8}$", message="Der Schlüssel hat genau acht Ziffern.")],
        render_kw={"inputmode": "numeric", "maxlength": "8"},
    )
    department = StringField(
        "Dienststelle", [Optional(), LINE], description="Steht im Briefkopf unter dem Namen."
    )
    street_address = StringField("Straße und Hausnummer", [Optional(), LINE])
    postal_code = StringField("Postleitzahl", [Optional(), LINE])
    locality = StringField("Ort", [Optional(), LINE])
    phone = TelField("Telefon", [Optional(), LINE])
    email = EmailField("E-Mail-Adresse", [Optional(), LINE])
    website = URLField("Internetadresse", [Optional(), LINE])
    colour = ColorField(
        "Farbe",
        [InputRequired("Bitte wählen Sie eine Farbe.")],
        description="Für die Linie im Briefkopf.",
    )
    administered_by_id = SelectField(
        "Sitzungsdienst bei",
        [Optional()],
        coerce=number_or_none,
        description="Wenn eine andere Körperschaft die Sitzungen betreut, zum Beispiel die"
        " Verbandsgemeinde. Wer dort arbeitet, bekommt den Zugang unter »Benutzer«.",
    )
    paper_number_pattern = StringField(
        "Muster der Vorlagennummer",
        [Optional(), LINE],
        description="Zum Beispiel {year}/{unit}/{seq:4} für 2017/FB3/0433. Möglich sind {year}"
        " (Jahr), {unit} (Kürzel der federführenden Stelle), {kind} (Kürzel der Vorlage-Art) und"
        " eine laufende Nummer {seq}, mit {seq:4} vierstellig. Leer: Die Nummer wird eingegeben.",
    )
    resolution_number_pattern = StringField(
        "Muster der Beschlussnummer",
        [Optional(), LINE],
        description="Zum Beispiel {committee}/{seq:3}/{year}. Möglich sind {year} (Jahr),"
        " {committee} (Kürzel des Gremiums), {term} (Wahlperiode) und eine laufende Nummer {seq},"
        " oder statt ihrer {paper} (Vorlagennummer). Leer: Die Nummer wird eingegeben.",
    )


class NewBodyForm(OfficeForm, BodyFields):
    """A Body to be added."""


class BodyForm(VersionedForm, BodyFields):
    """A Body to be changed."""


@blueprint.get("")
@requires(Permission.BODIES_MANAGE)
def index() -> str:
    """List all Bodies."""
    rows = db.session.scalars(
        select(Body).options(joinedload(Body.administered_by)).order_by(Body.name)
    ).all()
    return render_template("office/bodies.html", bodies=rows, land_name=land_name)


@blueprint.route("/neu", methods=["GET", "POST"])
@requires(Permission.BODIES_MANAGE)
def add() -> ResponseReturnValue:
    """Add a Body."""
    data = {
        "department": "Sitzungsdienst",
        "colour": "#1f3b64",
        "resolution_number_pattern": "{seq}/{year}",
    }
    form = _with_offices(NewBodyForm(data=data))
    if not form.is_submitted():
        return render_template("office/body.html", form=form, body=None)
    if form.validate():
        try:
            bodies.add_body(db.session(), current.actor(), _data(form), clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash("Die Körperschaft ist angelegt.", "success")
            return redirect(url_for(".index"), 303)
    return render_template("office/body.html", form=form, body=None), 422


@blueprint.route("/<int:body_id>", methods=["GET", "POST"])
@requires(Permission.BODIES_MANAGE)
def edit(body_id: int) -> ResponseReturnValue:
    """Change a Body."""
    body = loading.body(db.session(), current.actor(), body_id)
    form = _with_offices(BodyForm(obj=body), but=body_id)
    if not form.is_submitted():
        return render_template("office/body.html", form=form, body=body)
    if form.validate():
        try:
            bodies.change_body(
                db.session(), current.actor(), body_id, form.version.data, _data(form), clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        except Stale:
            return conflict.conflict_page(form, body, cancel=url_for(".edit", body_id=body_id))
        else:
            flash("Die Angaben sind gespeichert.", "success")
            return redirect(url_for(".index"), 303)
    return render_template("office/body.html", form=form, body=body), 422


def _data(form: NewBodyForm | BodyForm) -> bodies.BodyData:
    """The form's fields have the names of BodyData's; an empty field is an empty text."""
    typed = {name: field.data for name, field in form._fields.items() if hasattr(BodyFields, name)}
    office = typed.pop("administered_by_id")
    texts = {name: value or "" for name, value in typed.items()}
    return bodies.BodyData(administered_by_id=office, **texts)


def _with_offices(form: NewBodyForm | BodyForm, *, but: int = 0) -> NewBodyForm | BodyForm:
    """Offer the other Bodies as those whose office runs the sessions."""
    others = db.session.scalars(select(Body).where(Body.id != but).order_by(Body.name))
    form.administered_by_id.choices = options(
        ((one.id, one.name) for one in others), empty="– der eigenen Verwaltung –"
    )
    return form
