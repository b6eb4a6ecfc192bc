"""The meeting packet (Sitzungsmappe): asked for, watched while it is built, saved."""

from datetime import datetime
from pathlib import Path

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sitzungsdienst.documents import packet
from sitzungsdienst.german import local_day
from sitzungsdienst.office import clock, current, packet_jobs, packet_plan, whole_meeting
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import OfficeForm
from sitzungsdienst.office.packet_jobs import Busy, PacketJobs
from sitzungsdienst.office.packet_plan import Plan
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.meetings import Meeting

blueprint = Blueprint("packets", __name__, url_prefix="/sitzungen/<int:meeting_id>/mappe")

_JOBS = "packets"
STEPS = {
    packet_jobs.WAITING: "Die Mappe wartet, bis eine andere fertig ist.",
    packet_jobs.FETCHING: "Die Unterlagen werden zusammengetragen.",
    packet.STARTING: "Die Unterlagen werden zusammengetragen.",
    packet.FILES: "Die Unterlagen werden geprüft.",
    packet.SHEETS: "Die Deckblätter entstehen.",
    packet.WRITING: "Die Mappe wird geschrieben.",
}


def register(app: Flask, folder: Path | None) -> None:
    """Give the office a place where packets are built and kept for a while."""

    def now() -> datetime:
        moment: datetime = app.config["CLOCK"]()  # asked each time: tests set another one
        return moment

    app.extensions[_JOBS] = PacketJobs(folder, now)


@blueprint.get("")
@requires(Permission.DOCUMENTS_READ)
def page(meeting_id: int) -> ResponseReturnValue:
    """Show what the packet would hold, how far it has come, or that it is ready."""
    meeting, plan = _planned(meeting_id)
    found = _jobs().progress(plan.key)
    return render_template(
        "office/meetings/packet.html",
        meeting=meeting,
        plan=plan,
        form=OfficeForm(),
        found=found if found and found.step != packet_jobs.FAILED else None,
        failed=found is not None and found.step == packet_jobs.FAILED,
        step=STEPS.get(found.step, "") if found else "",
        kept_minutes=int(packet_jobs.KEPT.total_seconds()) // 60,
    )


@blueprint.post("")
@requires(Permission.DOCUMENTS_READ)
def build(meeting_id: int) -> ResponseReturnValue:
    """Begin to build the packet."""
    _, plan = _planned(meeting_id)
    try:
        _jobs().start(plan, db.engine)
    except Busy as busy:
        flash(busy.sentence, "warning")
    return redirect(url_for(".page", meeting_id=meeting_id), 303)


@blueprint.get("/datei")
@requires(Permission.DOCUMENTS_READ)
def download(meeting_id: int) -> ResponseReturnValue:
    """Give out the packet, piece by piece, if it still is what this user may read."""
    meeting, plan = _planned(meeting_id)
    found = _jobs().file(plan.key)
    if found is None:
        raise NotFound
    return send_file(
        found,
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"Sitzungsmappe_{local_day(meeting.start).isoformat()}.pdf",
        etag=False,
    )


def _planned(meeting_id: int) -> tuple[Meeting, Plan]:
    meeting = whole_meeting.load(meeting_id)
    plan = packet_plan.plan(db.session(), current.actor(), meeting, clock.today())
    return meeting, plan


def _jobs() -> PacketJobs:
    jobs: PacketJobs = current_app.extensions[_JOBS]
    return jobs
