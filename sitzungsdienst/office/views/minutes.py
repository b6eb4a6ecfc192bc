"""The minutes (Niederschrift): how far they are, the draft, and each printed issue."""

import io

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import minutes
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.internal_prints import chair_name
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.minutes import signatories
from sitzungsdienst.acts.presence import quorum_sentence
from sitzungsdienst.gate.sentences import OBJECTION_STATE, ROLES
from sitzungsdienst.gate.wording import MINUTES_STATE
from sitzungsdienst.german import local_day
from sitzungsdienst.law.minutes import approval_note
from sitzungsdienst.law.values import Finding
from sitzungsdienst.law.words import Signatory
from sitzungsdienst.office import clock, current, loading, minutes_choices, room
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import options
from sitzungsdienst.office.minutes_forms import DraftForm, MinutesForm, ProposalForm, facts
from sitzungsdienst.office.minutes_steps import steps
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument

blueprint = Blueprint("minutes", __name__, url_prefix="/sitzungen/<int:meeting_id>/niederschrift")

KINDS = {
    DocumentKind.MINUTES_FULL: "Niederschrift (vollständig, nicht für die Öffentlichkeit)",
    DocumentKind.MINUTES_PUBLIC: "Niederschrift (öffentlicher Teil)",
}
MEMBERS = (Signatory.MEMBER, Signatory.TWO_MEMBERS)


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def page(meeting_id: int) -> ResponseReturnValue:
    """Show how far the minutes are and each issue; draft them where there are none."""
    meeting = room.load_meeting(meeting_id, *room.SEATS)
    me = current.me()
    form = DraftForm(data={"chair_name": chair_name(meeting), "clerk_name": me.name if me else ""})
    _ask_for_members(form, meeting)
    if form.validate_on_submit():
        try:
            minutes.draft_minutes(
                db.session(), current.actor(), meeting_id, facts(form), clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return done(meeting_id, "Der Entwurf der Niederschrift ist erstellt.")
    return _overview(meeting, form), 422 if form.is_submitted() else 200


@blueprint.route("/bearbeiten", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def edit(meeting_id: int) -> ResponseReturnValue:
    """Change who signs, and print the draft anew."""
    row = load(meeting_id)
    members = "\n".join(one.name for one in row.signatures if one.signatory in MEMBERS and one.name)
    form = MinutesForm(obj=row, data={"member_names": members})
    _ask_for_members(form, row.meeting)
    if form.validate_on_submit():
        try:
            minutes.edit_minutes(
                db.session(), current.actor(), row.id, form.version.data, facts(form), clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            cancel = url_for(".edit", meeting_id=meeting_id)
            return conflict_page(form, row, cancel=cancel, saved={"member_names": members})
        else:
            return done(meeting_id, "Der Entwurf ist neu erstellt.")
    shown = room.page("office/minutes/edit.html", row.meeting, "minutes.page", row=row, form=form)
    return shown, 422 if form.is_submitted() else 200


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


def load(meeting_id: int) -> Minutes:
    """The minutes of a meeting that the signed-in user may read; 404 where there are none."""
    row = room.load_meeting(meeting_id).minutes
    if row is None:
        raise NotFound
    return row


def done(meeting_id: int, notice: str) -> ResponseReturnValue:
    """Lead back to the page of the minutes after an act."""
    flash(notice, "success")
    return redirect(url_for("minutes.page", meeting_id=meeting_id), 303)


def note(meeting: Meeting) -> Finding | None:
    """What the law knows instead of an approval; None where a vote is right."""
    rules = rules_on(meeting.body, local_day(meeting.start))
    return approval_note(rules) if rules else None


def _ask_for_members(form: DraftForm | MinutesForm, meeting: Meeting) -> None:
    """Ask for the members who sign only where the Land has any."""
    if not set(MEMBERS) & set(signatories(meeting)):
        del form.member_names


def _overview(meeting: Meeting, form: DraftForm) -> str:
    row = meeting.minutes
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
        row=row,
        steps=steps(meeting),
        issues=[(one, KINDS[one.kind]) for one in issues],
        state_word=MINUTES_STATE[row.state] if row else "",
        note=note(meeting),
        quorum=quorum_sentence(meeting) if meeting.attendances else "",
        roles=ROLES,
        decisions=OBJECTION_STATE,
        proposal=proposal_form(meeting) if row and not row.settled else None,
    )


def proposal_form(meeting: Meeting) -> ProposalForm:
    """The form that puts the minutes on a later agenda, with the meetings to choose from."""
    form = ProposalForm()
    found = minutes_choices.later(meeting)
    form.meeting_id.choices = options(minutes_choices.meetings(found, planned=True))
    return form


@blueprint.app_template_global("minutes_carried_by")
def carried(item: AgendaItem) -> list[tuple[Minutes, IssuedDocument]]:
    """The minutes that an item carries, each with its latest full print; for clerks' pages."""
    found = []
    for row in db.session.scalars(select(Minutes).where(Minutes.approved_item_id == item.id)):
        document = db.session.scalars(
            select(IssuedDocument)
            .where(
                IssuedDocument.meeting_id == row.meeting_id,
                IssuedDocument.kind == DocumentKind.MINUTES_FULL,
            )
            .order_by(IssuedDocument.id.desc())
            .limit(1)
        ).first()
        if document is not None:
            found.append((row, document))
    return found
