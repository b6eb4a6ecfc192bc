"""Reports about carrying out resolutions with their PDFs, and reminders (Wiedervorlage)."""

import io

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import contains_eager
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import followup_reports as reports
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.config import MIB
from sitzungsdienst.office import clock, current, followup_list, loading, resolution_page
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.followup_forms import NewReportForm, ReminderForm, ReportForm
from sitzungsdienst.office.forms import ConfirmForm, text
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.resolution_page import address, load, trail
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.resolutions import Reminder, Resolution, ResolutionReport

blueprint = Blueprint("followup_reports", __name__)

#: A file somewhat too large is refused at its field; what is larger still never gets this far.
LARGEST_REQUEST = 64 * MIB
REPORTS, REMINDERS = "berichte", "wiedervorlagen"


@blueprint.url_value_preprocessor
def _let_large_files_in(endpoint: str | None, _: object) -> None:
    """Read a large upload, so that the page can say what is wrong with it and keep the rest."""
    if endpoint == "followup_reports.add":
        request.max_content_length = LARGEST_REQUEST


@blueprint.route("/beschluesse/<int:resolution_id>/berichte/neu", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def add(resolution_id: int) -> ResponseReturnValue:
    """Add a report, perhaps with a PDF."""
    row = load(resolution_id)
    unit = row.unit.name if row.unit else ""
    form = NewReportForm(data={"reported_on": clock.today(), "reported_by": unit})
    if attempt(form, lambda: _add(form, resolution_id)):
        return go(address(resolution_id, REPORTS), "Der Bericht ist gespeichert.")
    return _page(row, form, "Bericht hinzufügen")


def _add(form: NewReportForm, resolution_id: int) -> int:
    upload = form.file.data
    given = upload is not None and bool(upload.filename)
    return reports.add_report(
        db.session(),
        current.actor(),
        resolution_id,
        form.facts(),
        clock.now(),
        file_name=upload.filename if given else "",
        content=upload.stream.read() if given else None,
    )


@blueprint.route("/beschluesse/berichte/<int:report_id>", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def edit(report_id: int) -> ResponseReturnValue:
    """Correct a report."""
    report = _load(report_id)
    row = report.resolution
    here = address(row.id, REPORTS)
    form = ReportForm(obj=report)
    try:
        if attempt(
            form,
            lambda: reports.edit_report(
                db.session(),
                current.actor(),
                report_id,
                form.version.data,
                form.facts(),
                clock.now(),
            ),
        ):
            return go(here, "Der Bericht ist gespeichert.")
    except Stale:
        return conflict_page(form, report, cancel=here)
    return _page(row, form, "Bericht bearbeiten")


def _page(row: Resolution, form: NewReportForm | ReportForm, title: str) -> ResponseReturnValue:
    page = render_template(
        "office/resolutions/report.html",
        form=form,
        row=row,
        title=title,
        trail=trail(row),
        back=address(row.id, REPORTS),
    )
    return page, status(form)


@blueprint.route("/beschluesse/berichte/<int:report_id>/entfernung", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def remove(report_id: int) -> ResponseReturnValue:
    """Ask, then remove a report entered by mistake."""
    report = _load(report_id)
    here = address(report.resolution_id, REPORTS)
    form = ConfirmForm(obj=report)
    question = Question(
        title="Bericht entfernen",
        question="Möchten Sie diesen Bericht entfernen?",
        text="Das lässt sich nicht rückgängig machen. Entfernen Sie nur, was irrtümlich erfasst"
        " wurde.",
        label="Bericht entfernen",
        cancel=here,
        goal=here,
        notice="Der Bericht ist entfernt.",
        trail=trail(report.resolution),
    )
    return ask(
        form,
        report,
        question,
        lambda: reports.remove_report(
            db.session(), current.actor(), report_id, form.version.data, clock.now()
        ),
    )


@blueprint.get("/beschluesse/berichte/<int:report_id>/datei")
@requires(Permission.RESOLUTIONS_READ)
def download(report_id: int) -> ResponseReturnValue:
    """Give out the PDF of a report as it was uploaded."""
    report = _load(report_id)
    if report.blob is None:
        raise NotFound
    return send_file(
        io.BytesIO(report.blob.content),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=report.file_name,
    )


def _load(report_id: int) -> ResolutionReport:
    return loading.resolution_report(db.session(), current.actor(), report_id)


@blueprint.get("/beschluesse/wiedervorlagen")
@requires(Permission.RESOLUTIONS_EDIT)
def reminders() -> str:
    """List the reminders that nobody has looked at yet, those due first."""
    readable = loading.resolutions(db.session(), current.actor()).with_only_columns(Resolution.id)
    rows = db.session.scalars(
        select(Reminder)
        .join(Reminder.resolution)
        .where(Reminder.done_on.is_(None), Reminder.resolution_id.in_(readable))
        .options(
            contains_eager(Reminder.resolution).joinedload(Resolution.unit),
            contains_eager(Reminder.resolution)
            .joinedload(Resolution.agenda_item)
            .joinedload(AgendaItem.treatment),
        )
        .order_by(Reminder.remind_on, Reminder.id)
        .limit(followup_list.MOST_REMINDERS)
    ).all()
    return render_template("office/resolutions/reminders.html", rows=rows, today=clock.today())


@blueprint.post("/beschluesse/<int:resolution_id>/wiedervorlagen")
@requires(Permission.RESOLUTIONS_EDIT)
def remind(resolution_id: int) -> ResponseReturnValue:
    """Set a day on which the office looks after a resolution again."""
    load(resolution_id)
    form = ReminderForm()
    if attempt(
        form,
        lambda: reports.add_reminder(
            db.session(),
            current.actor(),
            resolution_id,
            form.remind_on.data,
            text(form.note),
            clock.now(),
        ),
    ):
        return go(address(resolution_id, REMINDERS), "Die Wiedervorlage ist gesetzt.")
    return resolution_page.page(resolution_id, reminder_form=form)


@blueprint.post("/beschluesse/<int:resolution_id>/wiedervorlagen/<int:reminder_id>/erledigung")
@requires(Permission.RESOLUTIONS_EDIT)
def finish(resolution_id: int, reminder_id: int) -> ResponseReturnValue:
    """Note that the office has looked after it."""
    load(resolution_id)
    reports.finish_reminder(db.session(), current.actor(), resolution_id, reminder_id, clock.now())
    back = url_for(".reminders") if "list" in request.form else address(resolution_id, REMINDERS)
    return go(back, "Die Wiedervorlage ist erledigt.")


@blueprint.post("/beschluesse/<int:resolution_id>/wiedervorlagen/<int:reminder_id>/entfernung")
@requires(Permission.RESOLUTIONS_EDIT)
def forget(resolution_id: int, reminder_id: int) -> ResponseReturnValue:
    """Take a reminder off that is not needed."""
    load(resolution_id)
    reports.remove_reminder(db.session(), current.actor(), resolution_id, reminder_id, clock.now())
    return go(address(resolution_id, REMINDERS), "Die Wiedervorlage ist entfernt.")
