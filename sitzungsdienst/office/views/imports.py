"""Taking in lists of persons and memberships: upload, preview, confirmation.

The file goes back and forth with the form, so that nothing is kept on the way.
"""

import base64
import binascii

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField

from sitzungsdienst.acts import imports
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.import_files import MAX_BYTES, MAX_ROWS
from sitzungsdienst.acts.import_rows import COLUMNS
from sitzungsdienst.acts.import_values import Effect
from sitzungsdienst.acts.imports import Preview
from sitzungsdienst.config import MIB
from sitzungsdienst.office import clock, current
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import OfficeForm, text
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import go, status

blueprint = Blueprint("imports", __name__, url_prefix="/personen/import")

MOST_ROWS = f"{MAX_ROWS:,}".replace(",", ".")

#: The words of the effects and the kinds of their badges.
EFFECTS = {
    Effect.NEW: ("neu", "success"),
    Effect.CHANGED: ("geändert", "info"),
    Effect.UNCHANGED: ("unverändert", "neutral"),
    Effect.WRONG: ("fehlerhaft", "danger"),
}


class UploadForm(OfficeForm):
    """The list to look at."""

    file = FileField(
        "Datei",
        [FileRequired("Bitte wählen Sie eine Datei aus.")],
        description=f"CSV oder Excel-Arbeitsmappe (.xlsx), höchstens {MAX_BYTES // MIB} MB und"
        f" {MOST_ROWS} Zeilen.",
        render_kw={"accept": ".csv,.txt,.xlsx"},
    )


class ConfirmImportForm(OfficeForm):
    """The previewed list, whole, with the digest of its preview."""

    content = HiddenField()
    digest = HiddenField()


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.PEOPLE_EDIT)
def upload() -> ResponseReturnValue:
    """Take a list and show what it would change."""
    form = UploadForm()
    if form.is_submitted() and form.validate():
        content = _bytes(form.file.data)
        try:
            found = imports.preview(db.session(), current.actor(), content)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _preview_page(found, content)
    page = render_template("office/people/import.html", form=form, columns=COLUMNS)
    return page, status(form)


@blueprint.post("/uebernahme")
@requires(Permission.PEOPLE_EDIT)
def confirm() -> ResponseReturnValue:
    """Take in the list as its preview showed it, or show a new preview where that is outdated."""
    form = ConfirmImportForm()
    content = _unpacked(text(form.content))
    session, actor = db.session(), current.actor()
    if not form.validate() or content is None:
        return _upload_again("Bitte wählen Sie die Datei noch einmal aus.")
    try:
        done = imports.import_people(session, actor, content, text(form.digest), clock.now())
    except Stale:
        return _preview_again(content)
    except RuleBroken as broken:
        return _upload_again(broken.sentence)
    told = ", ".join(
        f"{done.count(effect)} {word}"
        for effect, (word, _) in EFFECTS.items()
        if done.count(effect)
    )
    return go(url_for("people.index"), f"Die Liste ist übernommen. Zeilen: {told}.")


@blueprint.get("/vorlage.csv")
@requires(Permission.PEOPLE_READ)
def template() -> Response:
    """An empty list with all columns."""
    answer = Response(imports.template(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="personen.csv"'
    return answer


def _preview_again(content: bytes) -> ResponseReturnValue:
    """The record changed since the preview: show what the list would change now."""
    try:
        found = imports.preview(db.session(), current.actor(), content)
    except RuleBroken as broken:
        return _upload_again(broken.sentence)
    return _preview_page(found, content, outdated=True)


def _preview_page(found: Preview, content: bytes, *, outdated: bool = False) -> ResponseReturnValue:
    form = ConfirmImportForm(
        formdata=None,
        data={"content": base64.b64encode(content).decode("ascii"), "digest": found.digest},
    )
    page = render_template(
        "office/people/import_preview.html",
        form=form,
        preview=found,
        effects=EFFECTS,
        outdated=outdated,
    )
    return page, 409 if outdated else (200 if found.plan.sound else 422)


def _upload_again(message: str) -> ResponseReturnValue:
    form = UploadForm(formdata=None)
    form.form_errors.append(message)
    return render_template("office/people/import.html", form=form, columns=COLUMNS), 422


def _bytes(upload: FileStorage) -> bytes:
    """What was sent, up to one byte above the limit, so that the limit itself is told."""
    return upload.stream.read(MAX_BYTES + 1)


def _unpacked(packed: str) -> bytes | None:
    try:
        return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return None
