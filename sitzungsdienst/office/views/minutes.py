"""The minutes (Niederschrift): drafting, signing, approving, and each printed issue."""

import io

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import minutes
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.internal_prints import chair_name
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.presence import quorum_sentence
from sitzungsdienst.gate.wording import MINUTES_STATE
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.law.minutes import SIGNATORY_NAMES, approval_note, required_signatories
from sitzungsdienst.law.values import Finding
from sitzungsdienst.office import clock, current, loading, room
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm, options
from sitzungsdienst.office.minutes_forms import (
    ApprovalForm,
    DraftForm,
    MinutesForm,
    SigningForm,
    facts,
)
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.meetings import Meeting, MeetingState
from sitzungsdienst.record.minutes import Minutes, MinutesState
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument

blueprint = Blueprint("minutes", __name__, url_prefix="/sitzungen/<int:meeting_id>/niederschrift")

KINDS = {
    DocumentKind.MINUTES_FULL: "Niederschrift (vollständig, nicht für die Öffentlichkeit)",
    DocumentKind.MINUTES_PUBLIC: "Niederschrift (öffentlicher Teil)",
}


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def page(meeting_id: int) -> ResponseReturnValue:
    """Show how far the minutes are and each issue; draft them where there are none."""
    meeting = room.load_meeting(meeting_id, *room.SEATS)
    me = current.me()
    form = DraftForm(data={"chair_name": chair_name(meeting), "clerk_name": me.name if me else ""})
    if form.validate_on_submit():
        try:
            minutes.draft_minutes(
                db.session(), current.actor(), meeting_id, facts(form), clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _done(meeting_id, "Der Entwurf der Niederschrift ist erstellt.")
    return _overview(meeting, form), 422 if form.is_submitted() else 200


@blueprint.route("/bearbeiten", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def edit(meeting_id: int) -> ResponseReturnValue:
    """Change who signs, and print the draft anew."""
    row = _minutes(meeting_id)
    form = MinutesForm(obj=row)
    if form.validate_on_submit():
        try:
            minutes.edit_minutes(
                db.session(),
                current.actor(),
                row.id,
                form.version.data,
                facts(form),
                clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            return conflict_page(form, row, cancel=url_for(".edit", meeting_id=meeting_id))
        else:
            return _done(meeting_id, "Der Entwurf ist neu erstellt.")
    return _page("edit", row, form)


@blueprint.route("/unterzeichnen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def sign(meeting_id: int) -> ResponseReturnValue:
    """Note that the minutes are signed."""
    row = _minutes(meeting_id)
    form = SigningForm(data={"version": row.version, "signed_on": clock.today()})
    if form.validate_on_submit():
        try:
            minutes.sign_minutes(
                db.session(),
                current.actor(),
                row.id,
                form.version.data,
                form.signed_on.data,
                clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            return conflict_page(form, row, cancel=url_for(".page", meeting_id=meeting_id))
        else:
            return _done(meeting_id, "Die Unterzeichnung ist vermerkt.")
    rules = rules_on(row.meeting.body, local_day(row.meeting.start))
    return _page(
        "sign",
        row,
        form,
        signatories=[SIGNATORY_NAMES[one] for one in required_signatories(rules)] if rules else [],
        norm=rules.minutes.sign.norm if rules else "",
        wording=rules.minutes.sign.wording if rules else "",
    )


@blueprint.route("/zuruecknehmen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def unsign(meeting_id: int) -> ResponseReturnValue:
    """Take the signing back, after a question."""
    row = _minutes(meeting_id)
    form = ConfirmForm(obj=row)
    if form.validate_on_submit():
        try:
            minutes.unsign_minutes(
                db.session(), current.actor(), row.id, form.version.data, clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _done(meeting_id, "Die Niederschrift ist wieder ein Entwurf.")
    return _page("unsign", row, form)


@blueprint.route("/genehmigen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def approve(meeting_id: int) -> ResponseReturnValue:
    """Note that the minutes are approved."""
    row = _minutes(meeting_id)
    form = ApprovalForm(data={"version": row.version, "approved_on": clock.today()})
    form.approved_in_id.choices = options(_later(row.meeting), empty="– nicht angegeben –")
    if form.validate_on_submit():
        try:
            minutes.approve_minutes(
                db.session(),
                current.actor(),
                row.id,
                form.version.data,
                form.approved_on.data,
                form.approved_in_id.data,
                clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            return conflict_page(form, row, cancel=url_for(".page", meeting_id=meeting_id))
        else:
            return _done(meeting_id, "Die Genehmigung ist vermerkt.")
    return _page("approve", row, form, note=_note(row.meeting))


@blueprint.get("/<int:document_id>.pdf")
@requires(Permission.MINUTES_KEEP)
def document(meeting_id: int, document_id: int) -> ResponseReturnValue:
    """Send an issue of the minutes as it was printed then."""
    row = loading.document(db.session(), current.actor(), document_id)
    if row.meeting_id != meeting_id or row.kind not in KINDS:
        raise NotFound
    return send_file(
        io.BytesIO(row.blob.content),
        mimetype="application/pdf",
        as_attachment="herunterladen" in request.args,
        download_name=row.file_name,
    )


def _minutes(meeting_id: int) -> Minutes:
    row = room.load_meeting(meeting_id).minutes
    if row is None:
        raise NotFound
    return row


def _later(meeting: Meeting) -> list[tuple[int, str]]:
    """Later meetings of the same committees, the next one first."""
    seated = {one.id for one in meeting.organizations}
    later = db.session.scalars(
        loading.meetings(db.session(), current.actor())
        .where(Meeting.start > meeting.start, Meeting.cancelled.is_(False))
        .options(*room.COMMITTEES)
        .order_by(Meeting.start)
        .limit(50)
    )
    return [
        (one.id, f"{plain_date(one.start)}, {one.name}")
        for one in later
        if seated & {committee.id for committee in one.organizations}
    ]


def _done(meeting_id: int, notice: str) -> ResponseReturnValue:
    flash(notice, "success")
    return redirect(url_for(".page", meeting_id=meeting_id), 303)


def _page(
    name: str,
    row: Minutes,
    form: MinutesForm | SigningForm | ApprovalForm | ConfirmForm,
    **values: object,
) -> ResponseReturnValue:
    shown = room.page(
        f"office/minutes/{name}.html", row.meeting, "minutes.page", row=row, form=form, **values
    )
    return shown, 422 if form.is_submitted() else 200


def _overview(meeting: Meeting, form: DraftForm) -> str:
    issues = db.session.scalars(
        select(IssuedDocument)
        .where(IssuedDocument.meeting_id == meeting.id, IssuedDocument.kind.in_(KINDS))
        .order_by(IssuedDocument.id.desc())
    ).all()
    return room.page(
        "office/minutes/page.html",
        meeting,
        "minutes.page",
        form=form,
        row=meeting.minutes,
        steps=_steps(meeting),
        issues=[(one, KINDS[one.kind]) for one in issues],
        state_word=MINUTES_STATE[meeting.minutes.state] if meeting.minutes else "",
        note=_note(meeting),
        quorum=quorum_sentence(meeting) if meeting.attendances else "",
    )


def _note(meeting: Meeting) -> Finding | None:
    rules = rules_on(meeting.body, local_day(meeting.start))
    return approval_note(rules) if rules else None


def _steps(meeting: Meeting) -> list[dict[str, object]]:
    """How far the minutes have come, for the macro `steps`."""
    row = meeting.minutes
    state = row.state if row else None
    signed = meeting.minutes is not None and meeting.minutes.signed
    closed = meeting.state is MeetingState.CLOSED
    steps: list[tuple[str, str, str]] = [
        (
            "Sitzung schließen",
            "geschlossen" if closed else "",
            url_for("proceedings.close", meeting_id=meeting.id),
        ),
        ("Entwurf", "erstellt" if row else "", ""),
        (
            "Unterzeichnung",
            f"am {plain_date(row.signed_on)}" if row and row.signed_on else "",
            url_for(".sign", meeting_id=meeting.id) if state is MinutesState.DRAFT else "",
        ),
        (
            "Genehmigung",
            f"am {plain_date(row.approved_on)}" if row and row.approved_on else "",
            url_for(".approve", meeting_id=meeting.id) if state is MinutesState.SIGNED else "",
        ),
    ]
    following = 0 if not closed else 1 if row is None else 3 if signed else 2
    return [
        {
            "label": label,
            "state": done or "offen",
            "kind": "success" if done else "neutral",
            "href": href,
            "current": place == following and not done,
        }
        for place, (label, done, href) in enumerate(steps)
    ]
