"""What happens to a planned meeting: announced, cancelled, reinstated, deleted."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import meetings
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.gate.shown import announced
from sitzungsdienst.office import clock, conflict, current, loading
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.meetings_forms import ReasonForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.meetings import Meeting

blueprint = Blueprint("cancelling", __name__, url_prefix="/sitzungen/<int:meeting_id>")


@blueprint.route("/ankuendigen", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def announce(meeting_id: int) -> ResponseReturnValue:
    """Release a meeting's date to the public, before its agenda stands."""
    meeting = loading.meeting(db.session(), current.actor(), meeting_id)
    form = ConfirmForm(obj=meeting)

    def do() -> str:
        meetings.announce_meeting(
            db.session(), current.actor(), meeting_id, form.version.data, clock.now()
        )
        return "Der Termin ist öffentlich angekündigt."

    return _asked("announce", form, meeting, do)


@blueprint.route("/absagen", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def cancel(meeting_id: int) -> ResponseReturnValue:
    """Cancel a meeting."""
    meeting = loading.meeting(db.session(), current.actor(), meeting_id)
    form = _reason_form(meeting)

    def do() -> str:
        meetings.cancel_meeting(
            db.session(), current.actor(), meeting_id, form.version.data, _reason(form), clock.now()
        )
        return "Die Sitzung ist abgesagt."

    return _asked("cancel", form, meeting, do)


@blueprint.route("/wiedereinsetzen", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def reinstate(meeting_id: int) -> ResponseReturnValue:
    """Take a cancellation back."""
    meeting = loading.meeting(db.session(), current.actor(), meeting_id)
    form = _reason_form(meeting)

    def do() -> str:
        meetings.reinstate_meeting(
            db.session(), current.actor(), meeting_id, form.version.data, _reason(form), clock.now()
        )
        return "Die Absage ist zurückgenommen."

    return _asked("reinstate", form, meeting, do)


@blueprint.route("/loeschen", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def delete(meeting_id: int) -> ResponseReturnValue:
    """Delete a meeting that was planned by mistake."""
    meeting = loading.meeting(db.session(), current.actor(), meeting_id)
    form = ConfirmForm(obj=meeting)

    def do() -> str:
        meetings.delete_meeting(
            db.session(), current.actor(), meeting_id, form.version.data, clock.now()
        )
        return "Die Sitzung ist gelöscht."

    return _asked("delete", form, meeting, do, after=url_for("meetings.index"))


def _reason_form(meeting: Meeting) -> ReasonForm:
    """The question, with its reason where the public knows the meeting."""
    form = ReasonForm(obj=meeting)
    if meeting.uid not in announced(db.session(), [meeting.uid]):
        del form.reason
    return form


def _reason(form: ReasonForm) -> str:
    return form.reason.data or "" if "reason" in form else ""


def _asked(
    name: str,
    form: ConfirmForm | ReasonForm,
    meeting: Meeting,
    do: Callable[[], str],
    after: str = "",
) -> ResponseReturnValue:
    """Ask, and once answered do it; what is refused stands above the question."""
    back = url_for("meetings.show", meeting_id=meeting.id)
    if form.is_submitted() and form.validate():
        try:
            flash(do(), "success")
        except RuleBroken as error:
            form.refuse(error)
        except Stale:
            return conflict.conflict_page(form, meeting, cancel=back)
        else:
            return redirect(after or back, 303)
    status = 422 if form.is_submitted() else 200
    page = render_template(f"office/meetings/{name}.html", form=form, meeting=meeting, back=back)
    return page, status
