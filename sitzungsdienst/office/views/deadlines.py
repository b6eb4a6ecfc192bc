"""The deadlines of a meeting: its legal clock, and what the clock has to be told."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField
from wtforms.validators import Optional

from sitzungsdienst.acts import recordings
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.recordings import RecordingFacts
from sitzungsdienst.german import local_day
from sitzungsdienst.law.rules import land_name
from sitzungsdienst.office import clock, current, deadlines, loading
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import VersionedForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import attempt, go, status

blueprint = Blueprint("deadlines", __name__, url_prefix="/sitzungen/<int:meeting_id>/fristen")


class RecordingForm(VersionedForm):
    """Whether a recording was made for the minutes, and whether it still exists."""

    recorded = BooleanField(
        "Die Sitzung wurde für die Niederschrift aufgezeichnet",
        description="Dann erinnern die Fristen an die Löschung.",
    )
    recording_deleted_on = DateField(
        "Gelöscht am",
        [Optional()],
        description="Der Tag, an dem die Aufzeichnung gelöscht wurde; leer, solange es sie gibt.",
    )


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def page(meeting_id: int) -> ResponseReturnValue:
    """Show each deadline with its light and norm; note the recording."""
    meeting = loading.meeting(db.session(), current.actor(), meeting_id)
    form = RecordingForm(obj=meeting)
    here = url_for(".page", meeting_id=meeting_id)
    try:
        if attempt(
            form,
            lambda: recordings.note_recording(
                db.session(),
                current.actor(),
                meeting_id,
                form.version.data,
                RecordingFacts(
                    recorded=form.recorded.data,
                    recording_deleted_on=form.recording_deleted_on.data,
                ),
                clock.now(),
            ),
        ):
            return go(here, "Die Angaben zur Aufzeichnung sind gespeichert.")
    except Stale:
        return conflict_page(form, meeting, cancel=here)
    day = local_day(meeting.start)
    answer = render_template(
        "office/deadlines/page.html",
        meeting=meeting,
        form=form,
        clock=deadlines.of_meetings([meeting], clock.today())[meeting.id],
        kept=rules_on(meeting.body, day) is not None,
        held=day <= clock.today() and not meeting.cancelled,
        day=day,
        land=land_name(meeting.body.land),
    )
    return answer, status(form)
