"""What hangs on a paper: its path, its attachments, its release."""

import io

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import attachments, papers, releases
from sitzungsdienst.acts.agenda import Direction
from sitzungsdienst.acts.attachments import Upload
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.papers import Step, StepFacts
from sitzungsdienst.acts.uploads import MEDIA_TYPES, suffix_of
from sitzungsdienst.config import MIB
from sitzungsdienst.office import clock, current, file_search, loading, paper_page
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.paper_forms import (
    AttachmentForm,
    NewAttachmentForm,
    attachment_facts,
    offer_originals,
)
from sitzungsdienst.office.paper_work_forms import StepChangeForm, StepForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.publicity import ReleaseForm, WithdrawalForm, tell_minutes_gone
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.papers import Attachment, Paper

blueprint = Blueprint("paper_parts", __name__)

#: A file somewhat too large is refused at its field; what is larger still never gets this far.
LARGEST_REQUEST = 64 * MIB


@blueprint.url_value_preprocessor
def _let_large_files_in(endpoint: str | None, _: object) -> None:
    """Read a large upload, so that the page can say what is wrong with it and keep the rest."""
    if endpoint == "paper_parts.attach":
        request.max_content_length = LARGEST_REQUEST


@blueprint.post("/vorlagen/<int:paper_id>/beratungsfolge")
@requires(Permission.PAPERS_EDIT)
def add_step(paper_id: int) -> ResponseReturnValue:
    """Add a step to the end of the path."""
    loading.paper(db.session(), current.actor(), paper_id)
    form = StepForm()
    paper_page.offer_committees(form)
    if attempt(
        form,
        lambda: papers.add_step(
            db.session(),
            current.actor(),
            paper_id,
            Step(form.organization_id.data, form.role.data),
            clock.now(),
        ),
    ):
        return go(_paper_page(paper_id, "beratungsfolge"), "Das Gremium ist aufgenommen.")
    return paper_page.page(paper_id, step_form=form)


@blueprint.post("/beratungsfolge/<int:consultation_id>/entfernung")
@requires(Permission.PAPERS_EDIT)
def remove_step(consultation_id: int) -> ResponseReturnValue:
    """Take a step off the path; it can be added again."""
    row = loading.consultation(db.session(), current.actor(), consultation_id)
    paper_id = row.paper_id
    version = request.form.get("version", 0, type=int)
    try:
        papers.remove_step(db.session(), current.actor(), consultation_id, version, clock.now())
    except RuleBroken as broken:
        return paper_page.page(paper_id, problem=broken.sentence)
    return go(_paper_page(paper_id, "beratungsfolge"), "Der Schritt ist entfernt.")


@blueprint.route("/beratungsfolge/<int:consultation_id>", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def edit_step(consultation_id: int) -> ResponseReturnValue:
    """Change a step's role, or tell the result of one that was taken elsewhere."""
    row = loading.consultation(db.session(), current.actor(), consultation_id)
    here = _paper_page(row.paper_id, "beratungsfolge")
    form = StepChangeForm(obj=row)
    try:
        if attempt(
            form,
            lambda: papers.edit_step(
                db.session(),
                current.actor(),
                consultation_id,
                form.version.data,
                StepFacts(form.role.data, form.result_note.data or ""),
                clock.now(),
            ),
        ):
            return go(here, "Der Schritt ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return render_template(
        "office/papers/step.html", form=form, step=row, trail=_trail(row.paper), cancel=here
    ), status(form)


@blueprint.post("/beratungsfolge/<int:consultation_id>/verschieben")
@requires(Permission.PAPERS_EDIT)
def move_step(consultation_id: int) -> ResponseReturnValue:
    """Move a step up or down on the path."""
    row = loading.consultation(db.session(), current.actor(), consultation_id)
    paper_id = row.paper_id
    papers.move_step(db.session(), current.actor(), consultation_id, _direction(), clock.now())
    return go(_paper_page(paper_id, "beratungsfolge"))


@blueprint.route("/vorlagen/<int:paper_id>/anlagen/neu", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def attach(paper_id: int) -> ResponseReturnValue:
    """Attach a file."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    form = NewAttachmentForm()
    offer_originals(form, row.attachments, None)
    for made in attempt(form, lambda: _attach(form, paper_id)):
        file_search.tell_what_cannot_be_found(db.session(), made)
        return go(_paper_page(paper_id, "anlagen"), "Die Anlage ist gespeichert.")
    return render_template(
        "office/papers/attachment_new.html", form=form, paper=row, trail=_trail(row)
    ), status(form)


@blueprint.get("/anlagen/<int:attachment_id>/datei")
@requires(Permission.PAPERS_READ)
def download(attachment_id: int) -> ResponseReturnValue:
    """Give out the file as it was uploaded."""
    row = loading.attachment(db.session(), current.actor(), attachment_id)
    return send_file(
        io.BytesIO(row.blob.content),
        mimetype=MEDIA_TYPES.get(suffix_of(row.file_name), "application/octet-stream"),
        as_attachment=True,
        download_name=row.file_name,
    )


@blueprint.route("/anlagen/<int:attachment_id>", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def edit_attachment(attachment_id: int) -> ResponseReturnValue:
    """Rename an attachment or change its planned Status."""
    row = loading.attachment(db.session(), current.actor(), attachment_id)
    here = _paper_page(row.paper_id, "anlagen")
    form = AttachmentForm(obj=row)
    offer_originals(form, row.paper.attachments, row)
    try:
        if attempt(
            form,
            lambda: attachments.edit_attachment(
                db.session(),
                current.actor(),
                attachment_id,
                form.version.data,
                attachment_facts(form),
                clock.now(),
            ),
        ):
            return go(here, "Die Anlage ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return render_template(
        "office/papers/attachment.html",
        form=form,
        attachment=row,
        trail=_trail(row.paper),
        cancel=here,
    ), status(form)


@blueprint.post("/anlagen/<int:attachment_id>/verschieben")
@requires(Permission.PAPERS_EDIT)
def move_attachment(attachment_id: int) -> ResponseReturnValue:
    """Move an attachment up or down."""
    row = loading.attachment(db.session(), current.actor(), attachment_id)
    paper_id = row.paper_id
    attachments.move_attachment(
        db.session(), current.actor(), attachment_id, _direction(), clock.now()
    )
    return go(_paper_page(paper_id, "anlagen"))


@blueprint.route("/anlagen/<int:attachment_id>/entfernung", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def remove_attachment(attachment_id: int) -> ResponseReturnValue:
    """Ask, then take an attachment off its paper."""
    row = loading.attachment(db.session(), current.actor(), attachment_id)
    form = ConfirmForm(obj=row)
    question = _question(
        row,
        title="Anlage entfernen",
        question=f"Möchten Sie die Anlage »{row.name}« entfernen?",
        text="Das lässt sich nicht rückgängig machen.",
        label="Anlage entfernen",
        notice="Die Anlage ist entfernt.",
    )
    return ask(
        form,
        row,
        question,
        lambda: attachments.remove_attachment(
            db.session(), current.actor(), attachment_id, form.version.data, clock.now()
        ),
    )


@blueprint.route("/anlagen/<int:attachment_id>/ruecknahme", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def withdraw_attachment(attachment_id: int) -> ResponseReturnValue:
    """Ask for the reason, then take an attachment out of the public's sight."""
    row = loading.attachment(db.session(), current.actor(), attachment_id)
    form = WithdrawalForm(obj=row)
    question = _question(
        row,
        title="Anlage zurücknehmen",
        question=f"Möchten Sie die Anlage »{row.name}« aus der Öffentlichkeit zurücknehmen?",
        text="Die Datei ist dann nicht mehr öffentlich abrufbar, und ihr Status wird auf"
        " nichtöffentlich gesetzt. Wer sie schon heruntergeladen hat, behält sie. Die Vorlage"
        " bleibt öffentlich, wie sie zuletzt veröffentlicht wurde.",
        label="Zurücknehmen",
        notice="Die Anlage ist zurückgenommen.",
    )
    return ask(
        form,
        row,
        question,
        lambda: releases.withdraw_attachment(
            db.session(), current.actor(), attachment_id, form.reason.data or "", clock.now()
        ),
    )


@blueprint.post("/vorlagen/<int:paper_id>/freigabe")
@requires(Permission.PUBLIC_RELEASE)
def release(paper_id: int) -> ResponseReturnValue:
    """Release a paper with its public attachments and its path."""
    loading.paper(db.session(), current.actor(), paper_id)
    form = ReleaseForm()
    if attempt(
        form,
        lambda: releases.release_paper(
            db.session(), current.actor(), paper_id, form.reason.data or "", clock.now()
        ),
    ):
        return go(_paper_page(paper_id, "freigabe"), "Die Vorlage ist veröffentlicht.")
    return paper_page.page(paper_id, release_form=form)


@blueprint.route("/vorlagen/<int:paper_id>/ruecknahme", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def withdraw(paper_id: int) -> ResponseReturnValue:
    """Ask for the reason, then take a paper with all its parts out of the public's sight."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    here = _paper_page(paper_id, "freigabe")
    form = WithdrawalForm(obj=row)
    question = Question(
        title="Vorlage zurücknehmen",
        question=f"Möchten Sie die Vorlage {row.reference} aus der Öffentlichkeit zurücknehmen?",
        text="Vorlage, Anlagen und Beratungsfolge sind dann nicht mehr öffentlich, und der Status"
        " wird auf nichtöffentlich gesetzt. An der alten Stelle steht ein Hinweis mit dem Grund."
        " Bekanntmachungen, Auszüge und öffentliche Niederschriften, die die Vorlage nennen, werden"
        " ohne sie neu gedruckt. Eine Niederschrift, an der sich seit ihrer Freigabe etwas geändert"
        " hat, wird stattdessen zurückgenommen; geben Sie sie danach neu frei.",
        label="Zurücknehmen",
        cancel=here,
        goal=here,
        notice="Die Vorlage ist zurückgenommen.",
        trail=_trail(row),
    )

    def withdraw_it() -> None:
        session, reason = db.session(), form.reason.data or ""
        gone = releases.withdraw_paper(session, current.actor(), paper_id, reason, clock.now())
        tell_minutes_gone(session, gone)

    return ask(form, row, question, withdraw_it)


def _attach(form: NewAttachmentForm, paper_id: int) -> int:
    upload = form.file.data
    if upload is None or not upload.filename:
        raise RuleBroken("file", "Bitte wählen Sie eine Datei aus.")
    return attachments.attach(
        db.session(),
        current.actor(),
        paper_id,
        Upload(upload.filename, upload.stream.read()),
        attachment_facts(form),
        clock.now(),
    )


def _direction() -> Direction:
    """Where a button says to move; everything unknown is up."""
    return Direction.DOWN if request.form.get("richtung") == Direction.DOWN else Direction.UP


def _question(
    row: Attachment, *, title: str, question: str, text: str, label: str, notice: str
) -> Question:
    here = _paper_page(row.paper_id, "anlagen")
    return Question(
        title=title,
        question=question,
        text=text,
        label=label,
        cancel=here,
        goal=here,
        notice=notice,
        trail=_trail(row.paper),
    )


def _paper_page(paper_id: int, part: str) -> str:
    return url_for("papers.show", paper_id=paper_id, _anchor=part)


def _trail(row: Paper) -> list[tuple[str, str]]:
    return [
        ("Vorlagen", url_for("papers.index")),
        (row.reference, url_for("papers.show", paper_id=row.id)),
    ]
