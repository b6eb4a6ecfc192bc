"""Objections to the minutes, and the minutes on the agenda of a later meeting."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind

from sitzungsdienst.acts import objections
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.office import clock, current, loading, minutes_choices, room
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm, OfficeForm, options
from sitzungsdienst.office.minutes_forms import (
    DecisionForm,
    EditObjectionForm,
    ObjectionForm,
    objection_facts,
)
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask
from sitzungsdienst.office.views.minutes import done, load, proposal_form
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import Objection

blueprint = Blueprint("objections", __name__)

WHOLE = "– die Niederschrift insgesamt –"


@blueprint.route(
    "/sitzungen/<int:meeting_id>/niederschrift/einwendungen/neu", methods=["GET", "POST"]
)
@requires(Permission.MINUTES_KEEP)
def new(meeting_id: int) -> ResponseReturnValue:
    """Record an objection."""
    row = load(meeting_id)
    form = ObjectionForm(data={"raised_on": clock.today()})
    form.agenda_item_id.choices = _items(row.meeting)
    if form.validate_on_submit():
        try:
            objections.raise_objection(
                db.session(), current.actor(), row.id, objection_facts(form), clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return done(meeting_id, "Die Einwendung ist aufgenommen.")
    return _page("objection", row.meeting, form, title="Einwendung aufnehmen")


@blueprint.route("/einwendungen/<int:objection_id>/bearbeiten", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def edit(objection_id: int) -> ResponseReturnValue:
    """Correct an objection."""
    row = _objection(objection_id)
    meeting = row.minutes.meeting
    form = EditObjectionForm(obj=row)
    form.agenda_item_id.choices = _items(meeting)
    if form.validate_on_submit():
        try:
            objections.edit_objection(
                db.session(),
                current.actor(),
                objection_id,
                form.version.data,
                objection_facts(form),
                clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            return conflict_page(form, row, cancel=_back(meeting))
        else:
            return done(meeting.id, "Die Einwendung ist geändert.")
    return _page("objection", meeting, form, title="Einwendung bearbeiten", row=row)


@blueprint.route("/einwendungen/<int:objection_id>/entscheiden", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def decide(objection_id: int) -> ResponseReturnValue:
    """Record what the body decided on an objection."""
    row = _objection(objection_id)
    meeting = row.minutes.meeting
    form = DecisionForm(data={"version": row.version, "decided_on": clock.today()})
    form.decided_item_id.choices = minutes_choices.items(minutes_choices.later(meeting))
    if form.validate_on_submit():
        try:
            objections.decide_objection(
                db.session(),
                current.actor(),
                objection_id,
                form.version.data,
                form.facts(),
                clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            return conflict_page(form, row, cancel=_back(meeting))
        else:
            return done(meeting.id, "Die Entscheidung ist vermerkt.")
    return _page("decide", meeting, form, row=row)


@blueprint.route("/einwendungen/<int:objection_id>/wieder-aufnehmen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def reopen(objection_id: int) -> ResponseReturnValue:
    """Take the decision on an objection back, after a question."""
    row = _objection(objection_id)
    form = ConfirmForm(obj=row)
    question = _question(
        row,
        "Entscheidung zurücknehmen",
        "Die Entscheidung über die Einwendung zurücknehmen?",
        "Die Einwendung ist danach wieder offen.",
        "Die Entscheidung ist zurückgenommen.",
    )
    return ask(
        form,
        row,
        question,
        lambda: objections.reopen_objection(
            db.session(), current.actor(), objection_id, form.version.data, clock.now()
        ),
    )


@blueprint.route("/einwendungen/<int:objection_id>/entfernen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def remove(objection_id: int) -> ResponseReturnValue:
    """Remove an objection entered by mistake, after a question."""
    row = _objection(objection_id)
    form = ConfirmForm(obj=row)
    question = _question(
        row,
        "Einwendung entfernen",
        "Die Einwendung entfernen?",
        "Entfernen Sie nur, was irrtümlich aufgenommen wurde. Eine erledigte Einwendung bleibt mit"
        " ihrer Entscheidung stehen.",
        "Die Einwendung ist entfernt.",
    )
    return ask(
        form,
        row,
        question,
        lambda: objections.remove_objection(
            db.session(), current.actor(), objection_id, form.version.data, clock.now()
        ),
    )


@blueprint.post("/sitzungen/<int:meeting_id>/niederschrift/vorschlagen")
@requires(Permission.MINUTES_KEEP)
def propose(meeting_id: int) -> ResponseReturnValue:
    """Put the minutes on the agenda of a later meeting."""
    row = load(meeting_id)
    form = proposal_form(row.meeting)
    if form.validate_on_submit() and form.meeting_id.data is not None:
        try:
            objections.propose_item(
                db.session(), current.actor(), row.id, form.meeting_id.data, clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return done(meeting_id, "Die Niederschrift steht auf der Tagesordnung.")
    return _page("propose", row.meeting, form)


def _objection(objection_id: int) -> Objection:
    """An objection to minutes that the signed-in user may read; else 404."""
    row = db.session.get(Objection, objection_id)
    if row is None:
        raise NotFound
    loading.minutes(db.session(), current.actor(), row.minutes_id)
    return row


def _items(meeting: Meeting) -> list[SelectChoice]:
    rows = agenda_rows(meeting.agenda)
    pairs = [(one.item.id, f"{one.number} {one.item.title}") for one in rows]
    return options(pairs, empty=WHOLE)


def _back(meeting: Meeting) -> str:
    return url_for("minutes.page", meeting_id=meeting.id)


def _question(row: Objection, title: str, question: str, text: str, notice: str) -> Question:
    meeting = row.minutes.meeting
    trail = [*room.trail(meeting), ("Niederschrift", _back(meeting))]
    return Question(title, question, text, title, _back(meeting), _back(meeting), notice, trail)


def _page(name: str, meeting: Meeting, form: OfficeForm, **values: object) -> ResponseReturnValue:
    shown = room.page(f"office/minutes/{name}.html", meeting, "minutes.page", form=form, **values)
    return shown, 422 if form.is_submitted() else 200
