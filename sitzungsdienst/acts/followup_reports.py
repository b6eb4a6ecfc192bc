"""Acts on reports about the carrying out of resolutions, and on reminders (Wiedervorlage)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.blobs import keep
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.followup_releases import told_publicly
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.acts.uploads import check_pdf, pdf_name, printed_here
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.german import local_day
from sitzungsdienst.record.resolutions import Reminder, Resolution, ResolutionReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What is reported; `public` is what is planned, nothing is released by it."""

    reported_on: date
    text: str
    reported_by: str = ""
    public: bool = False


def add_report(
    session: Session,
    actor: Actor,
    resolution_id: int,
    facts: ReportFacts,
    now: datetime,
    *,
    file_name: str = "",
    content: bytes | None = None,
) -> int:
    """Add a report, perhaps with a PDF; gives its id. Refuses what is not a sound PDF."""
    if content is not None and not printed_here(session, content):
        check_pdf("file", content)
    with act(session, actor, "add_report", now) as run:
        resolution = run.about(run.fetch(Resolution, resolution_id))
        row = ResolutionReport()
        _set_report(run, row, resolution, facts)
        if content is not None:
            row.file_name = pdf_name(file_name)
            row.sha512, row.size = keep(session, content).sha512, len(content)
        resolution.reports.append(row)
        session.flush()
        return row.id


def edit_report(
    session: Session, actor: Actor, report_id: int, version: int, facts: ReportFacts, now: datetime
) -> None:
    """Correct a report; its PDF stays as it is."""
    with act(session, actor, "edit_report", now) as run:
        row = run.fetch(ResolutionReport, report_id, version=version)
        run.about(row.resolution)
        if row.public and not facts.public:
            _refuse_if_filed(session, row)
        _set_report(run, row, row.resolution, facts)


def remove_report(
    session: Session, actor: Actor, report_id: int, version: int, now: datetime
) -> None:
    """Remove a report entered by mistake; what the public can read is withdrawn first."""
    with act(session, actor, "remove_report", now) as run:
        row = run.fetch(ResolutionReport, report_id, version=version)
        run.about(row.resolution)
        _refuse_if_filed(session, row)
        session.delete(row)


def add_reminder(
    session: Session, actor: Actor, resolution_id: int, remind_on: date, note: str, now: datetime
) -> int:
    """Set a day on which the office looks after a resolution again; gives the reminder's id."""
    with act(session, actor, "add_reminder", now) as run:
        resolution = run.about(run.fetch(Resolution, resolution_id))
        if remind_on < local_day(run.now):
            raise RuleBroken("remind_on", "Der Tag ist schon vorbei. Bitte wählen Sie einen neuen.")
        row = Reminder(remind_on=remind_on, note=checks.line("note", note, limit=500))
        resolution.reminders.append(row)
        session.flush()
        return row.id


def finish_reminder(
    session: Session, actor: Actor, resolution_id: int, reminder_id: int, now: datetime
) -> None:
    """Note that the office has looked after it."""
    with act(session, actor, "finish_reminder", now) as run:
        resolution = run.about(run.fetch(Resolution, resolution_id))
        row = _reminder(resolution, reminder_id)
        row.done_on = row.done_on or local_day(run.now)


def remove_reminder(
    session: Session, actor: Actor, resolution_id: int, reminder_id: int, now: datetime
) -> None:
    """Take a reminder off that is not needed."""
    with act(session, actor, "remove_reminder", now) as run:
        resolution = run.about(run.fetch(Resolution, resolution_id))
        resolution.reminders.remove(_reminder(resolution, reminder_id))


def _reminder(resolution: Resolution, reminder_id: int) -> Reminder:
    for one in resolution.reminders:
        if one.id == reminder_id:
            return one
    raise Unknown(f"Reminder {reminder_id}")


def _set_report(
    run: Run, row: ResolutionReport, resolution: Resolution, facts: ReportFacts
) -> None:
    if facts.reported_on < resolution.decided_on:
        raise RuleBroken("reported_on", "Das Datum liegt vor dem Beschluss. Bitte prüfen Sie es.")
    if facts.reported_on > local_day(run.now):
        raise RuleBroken("reported_on", "Das Datum liegt in der Zukunft. Bitte prüfen Sie es.")
    row.reported_on = facts.reported_on
    row.reported_by = checks.line("reported_by", facts.reported_by, limit=300)
    row.text = checks.text("text", facts.text, needed="Bitte geben Sie den Bericht ein.")
    row.public = facts.public


def _refuse_if_filed(session: Session, row: ResolutionReport) -> None:
    """The public reads reports in the excerpt of the resolution's item, until taken back.

    What was filed by the first releases names no report: there each public one counts as told.
    """
    told = told_publicly(Desk(session), row.resolution)
    reports = told.reports if told else ()
    if any(one.uid == row.uid or (row.public and not one.uid) for one in reports):
        raise RuleBroken(
            "public",
            "Der Bericht ist veröffentlicht. Nehmen Sie zuerst beim Beschluss unter »Umsetzung"
            " veröffentlichen« zurück, was über die Umsetzung zu lesen ist.",
        )
