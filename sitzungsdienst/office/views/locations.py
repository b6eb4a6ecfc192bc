"""Rooms (Sitzungsorte)."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from wtforms import StringField
from wtforms.validators import InputRequired

from sitzungsdienst.acts import organizations
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.organizations import LocationFacts
from sitzungsdienst.office import clock, current, loading
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm, OfficeForm, VersionedForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.office.searching import in_order
from sitzungsdienst.record.bodies import Location
from sitzungsdienst.record.meetings import Meeting

blueprint = Blueprint("locations", __name__, url_prefix="/raeume")


class LocationFields:
    """A room at an address."""

    room = StringField(
        "Raum",
        [InputRequired("Bitte geben Sie den Raum ein.")],
        description="Wie er auf der Einladung steht, zum Beispiel: Sitzungsraum II.",
    )
    description = StringField("Gebäude", description="Zum Beispiel: Verwaltungsgebäude, Haus 1.")
    street_address = StringField("Straße und Hausnummer")
    postal_code = StringField("Postleitzahl", render_kw={"inputmode": "numeric"})
    locality = StringField("Ort")


class NewLocationForm(OfficeForm, LocationFields):
    """A room to be entered."""


class LocationForm(VersionedForm, LocationFields):
    """A room to be changed."""


@blueprint.get("")
@requires(Permission.LOCATIONS_EDIT)
def index() -> str:
    """List the rooms with the number of meetings held there."""
    rows = db.session.scalars(loading.locations(current.actor())).all()
    counts = dict(
        db.session.execute(
            select(Meeting.location_id, func.count()).group_by(Meeting.location_id)
        ).all()
    )
    rooms = sorted(rows, key=lambda one: (in_order(one.locality), in_order(one.room), one.id))
    return render_template("office/locations/index.html", locations=rooms, counts=counts)


@blueprint.route("/neu", methods=["GET", "POST"])
@requires(Permission.LOCATIONS_EDIT)
def add() -> ResponseReturnValue:
    """Enter a room; the town of the last one is a fair guess."""
    form = NewLocationForm()
    if not form.is_submitted():
        _guess_town(form)
    if attempt(
        form,
        lambda: organizations.create_location(
            db.session(), current.actor(), _facts(form), clock.now()
        ),
    ):
        return go(url_for(".index"), "Der Raum ist angelegt.")
    return render_template("office/locations/edit.html", form=form, location=None), status(form)


@blueprint.route("/<int:location_id>", methods=["GET", "POST"])
@requires(Permission.LOCATIONS_EDIT)
def edit(location_id: int) -> ResponseReturnValue:
    """Change a room."""
    row = loading.location(db.session(), current.actor(), location_id)
    form = LocationForm(obj=row)
    try:
        if attempt(
            form,
            lambda: organizations.edit_location(
                db.session(),
                current.actor(),
                location_id,
                form.version.data,
                _facts(form),
                clock.now(),
            ),
        ):
            return go(url_for(".index"), "Die Angaben zum Raum sind gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=url_for(".edit", location_id=location_id))
    return render_template("office/locations/edit.html", form=form, location=row), status(form)


@blueprint.route("/<int:location_id>/loeschung", methods=["GET", "POST"])
@requires(Permission.LOCATIONS_EDIT)
def delete(location_id: int) -> ResponseReturnValue:
    """Ask, then delete a room that no meeting is held in."""
    row = loading.location(db.session(), current.actor(), location_id)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Raum löschen",
        question=f"Möchten Sie den Raum »{row.room}« löschen?",
        text="Das lässt sich nicht rückgängig machen. Räume, in denen Sitzungen stattfanden oder"
        " geplant sind, bleiben erhalten.",
        label="Raum löschen",
        cancel=url_for(".edit", location_id=location_id),
        goal=url_for(".index"),
        notice="Der Raum ist gelöscht.",
        trail=[("Räume", url_for(".index")), (row.room, url_for(".edit", location_id=row.id))],
    )
    return ask(
        form,
        row,
        question,
        lambda: organizations.delete_location(
            db.session(), current.actor(), location_id, form.version.data, clock.now()
        ),
    )


def _guess_town(form: NewLocationForm) -> None:
    last = db.session.scalar(
        loading.locations(current.actor()).order_by(Location.id.desc()).limit(1)
    )
    if last is not None:
        form.postal_code.data, form.locality.data = last.postal_code, last.locality


def _facts(form: NewLocationForm | LocationForm) -> LocationFacts:
    return LocationFacts(
        room=form.room.data or "",
        description=form.description.data or "",
        street_address=form.street_address.data or "",
        postal_code=form.postal_code.data or "",
        locality=form.locality.data or "",
    )
