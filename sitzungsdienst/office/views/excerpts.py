"""Excerpts of an item for the office, certified copies, and every version of its text."""

from io import BytesIO

from flask import Blueprint, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import excerpts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.gate import decision
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.office import clock, current, item_versions, loading, room
from sitzungsdienst.office.database import db
from sitzungsdienst.office.excerpt_forms import FULL, CopyForm
from sitzungsdienst.office.forms import ConfirmForm, OfficeForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask
from sitzungsdienst.office.views.releases import ACTS
from sitzungsdienst.publication.history import issues
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.meetings import AgendaItem, MeetingState
from sitzungsdienst.record.minutes import CertifiedCopy
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument

blueprint = Blueprint("excerpts", __name__, url_prefix="/punkte/<int:item_id>")

KINDS = {
    DocumentKind.EXCERPT: "Auszug (öffentlich)",
    DocumentKind.EXCERPT_FULL: "Auszug (vollständig, nicht für die Öffentlichkeit)",
    DocumentKind.CERTIFIED_COPY: "Beglaubigte Abschrift",
}


@blueprint.get("/ausfertigungen")
@requires(Permission.MINUTES_KEEP)
def page(item_id: int) -> ResponseReturnValue:
    """Show what was issued of an item, and issue more."""
    return _page(_item(item_id), _copy_form()), 200


@blueprint.post("/ausfertigungen/<any(oeffentlich, vollstaendig):version>")
@requires(Permission.MINUTES_KEEP)
def issue(item_id: int, version: str) -> ResponseReturnValue:
    """Print an excerpt for the office."""
    item = _item(item_id)
    form = OfficeForm()
    if form.validate_on_submit():
        try:
            excerpts.issue_excerpt(
                db.session(),
                current.actor(),
                item_id,
                full=version == "vollstaendig",
                now=clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _done(item_id, "Der Auszug ist ausgefertigt.")
    return _page(item, _copy_form(), refused=form), 422


@blueprint.post("/abschriften")
@requires(Permission.MINUTES_KEEP)
def certify(item_id: int) -> ResponseReturnValue:
    """Issue a certified copy under the next number."""
    item = _item(item_id)
    form = _copy_form()
    if form.validate_on_submit():
        try:
            excerpts.certify_excerpt(
                db.session(), current.actor(), item_id, form.facts(), clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _done(item_id, "Die beglaubigte Abschrift ist ausgestellt.")
    return _page(item, form), 422


@blueprint.route("/abschriften/<int:copy_id>/einziehen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def withdraw(item_id: int, copy_id: int) -> ResponseReturnValue:
    """Note that a certified copy was called in, after a question."""
    item = _item(item_id)
    copy = db.session.get(CertifiedCopy, copy_id)
    if copy is None or copy.agenda_item_id != item.id:
        raise NotFound
    form = ConfirmForm(data={"version": item.version})
    back = url_for(".page", item_id=item_id)
    title = f"Abschrift {copy.number} einziehen"
    question = Question(
        title,
        "Ist die Abschrift zurückgegeben?",
        "Das Dokument wird gelöscht und lässt sich nicht wiederherstellen. Die Nummer bleibt"
        " vergeben.",
        "Abschrift einziehen",
        back,
        back,
        "Die Abschrift ist eingezogen.",
        [*room.trail(item.meeting), ("Auszüge und Abschriften", back)],
    )
    return ask(
        form,
        item,
        question,
        lambda: excerpts.withdraw_copy(
            db.session(), current.actor(), item_id, copy_id, clock.now()
        ),
    )


@blueprint.get("/ausfertigungen/<int:document_id>.pdf")
@requires(Permission.MINUTES_KEEP)
def document(item_id: int, document_id: int) -> ResponseReturnValue:
    """Send an issued excerpt or copy: the very bytes that were issued."""
    row = loading.document(db.session(), current.actor(), document_id)
    if row.agenda_item_id != item_id or row.kind not in KINDS:
        raise NotFound
    return send_file(
        BytesIO(row.blob.content),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=row.file_name,
        etag=False,
    )


@blueprint.get("/fassungen")
@requires(Permission.PROCEEDINGS_KEEP)
def versions(item_id: int) -> str:
    """Show every text the item's treatment had, with the differences."""
    item = _item(item_id)
    return room.page(
        "office/excerpts/versions.html",
        item.meeting,
        "proceedings.overview",
        item=item,
        number=_number(item),
        versions=item_versions.of_treatment(item.treatment) if item.treatment else (),
    )


@blueprint.get("/veroeffentlichungen")
@requires(Permission.PUBLIC_RELEASE)
def released(item_id: int) -> str:
    """Show every version of the excerpt that the public read, with reason and differences."""
    item = _item(item_id)
    found = issues(db.session.connection(), PublicAgendaItem, item.uid)
    return room.page(
        "office/excerpts/released.html",
        item.meeting,
        "releases.page",
        item=item,
        number=_number(item),
        versions=item_versions.of_excerpt(found, ACTS),
    )


def _item(item_id: int) -> AgendaItem:
    item = loading.agenda_item(db.session(), current.actor(), item_id)
    room.load_meeting(item.meeting_id, *room.ITEMS)
    return item


def _number(item: AgendaItem) -> str:
    rows = agenda_rows(item.meeting.agenda)
    return next((one.number for one in rows if one.item is item), item.number or "")


def _copy_form() -> CopyForm:
    me = current.me()
    return CopyForm(data={"certified_by": me.name if me else ""})


def _done(item_id: int, notice: str) -> ResponseReturnValue:
    flash(notice, "success")
    return redirect(url_for(".page", item_id=item_id), 303)


def _page(item: AgendaItem, form: CopyForm, refused: OfficeForm | None = None) -> str:
    documents = db.session.scalars(
        select(IssuedDocument)
        .where(
            IssuedDocument.agenda_item_id == item.id,
            IssuedDocument.kind.in_((DocumentKind.EXCERPT, DocumentKind.EXCERPT_FULL)),
        )
        .order_by(IssuedDocument.id.desc())
    ).all()
    copies = db.session.scalars(
        select(CertifiedCopy)
        .options(joinedload(CertifiedCopy.document))
        .where(CertifiedCopy.agenda_item_id == item.id)
        .order_by(CertifiedCopy.id.desc())
    ).all()
    verdict = decision.excerpt(item)
    if not form.is_submitted() and not verdict.allowed:
        form.full.data = FULL
    minutes = item.meeting.minutes
    return room.page(
        "office/excerpts/page.html",
        item.meeting,
        "minutes.page",
        item=item,
        number=_number(item),
        form=form,
        refused=refused,
        documents=[(one, KINDS[one.kind]) for one in documents],
        copies=copies,
        verdict=verdict,
        closed=item.meeting.state is MeetingState.CLOSED,
        signed=minutes is not None and minutes.signed,
    )
