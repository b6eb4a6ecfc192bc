"""Redacting an attachment on pictures of its pages."""

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import redaction
from sitzungsdienst.acts.redaction import Rectangle, RedactedCopy, Size
from sitzungsdienst.office import clock, current, loading
from sitzungsdienst.office.database import db
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.redaction_forms import RedactionForm, areas_on, plan_of
from sitzungsdienst.office.saving import attempt, go, status

blueprint = Blueprint("redaction", __name__)

#: What of a page's rectangles goes along in its picture's address; the lines keep them all.
MOST_SHOWN = 100


@blueprint.route("/anlagen/<int:attachment_id>/schwaerzen", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def redact(attachment_id: int) -> ResponseReturnValue:
    """Choose on a page's picture what is blackened, then make the copy.

    The button »Seite zeigen« sends the form too, so that the lines stay while one turns the pages.
    """
    row = loading.attachment(db.session(), current.actor(), attachment_id)
    pages = redaction.sizes(row)
    form = RedactionForm()
    turning = "zeigen" in request.form
    made = [] if turning else attempt(form, lambda: _redact(form, attachment_id))
    for copy in made:
        _tell_what_is_left(copy)
        here = url_for("papers.show", paper_id=row.paper_id, _anchor="anlagen")
        return go(here, "Die geschwärzte Fassung ist gespeichert. " + _told(copy, len(pages)))
    shown = _wanted(form, len(pages))
    form.page.data, form.page.raw_data = shown, None
    size = pages[shown - 1]
    areas = areas_on(form.areas.data or "", shown, size)
    return render_template(
        "office/papers/redaction.html",
        form=form,
        attachment=row,
        shown=shown,
        last=len(pages),
        size=size,
        picture=_address(attachment_id, shown, areas),
        clean_picture=_address(attachment_id, shown, []),
    ), status(form)


@blueprint.get("/anlagen/<int:attachment_id>/seitenbild")
@requires(Permission.PAPERS_EDIT)
def picture(attachment_id: int) -> ResponseReturnValue:
    """One page as a picture: `seite` from 1, `flaechen` as four numbers each, with commas."""
    row = loading.attachment(db.session(), current.actor(), attachment_id)
    pages = redaction.sizes(row)
    page = min(max(request.args.get("seite", 1, type=int), 1), len(pages))
    areas = _areas(request.args.get("flaechen", ""), pages[page - 1])
    return Response(redaction.picture(row, page, areas), mimetype="image/png")


def _redact(form: RedactionForm, attachment_id: int) -> RedactedCopy:
    return redaction.redact(
        db.session(), current.actor(), attachment_id, plan_of(form), clock.now()
    )


def _told(copy: RedactedCopy, pages: int) -> str:
    pictures = len(copy.pictures)
    told = f"{pictures} von {pages} Seiten sind Bilder. " if pictures else ""
    return told + "Sie ist nichtöffentlich: Bitte sehen Sie sie durch, bevor Sie sie freigeben."


def _tell_what_is_left(copy: RedactedCopy) -> None:
    if copy.left:
        numbers = ", ".join(str(one) for one in copy.left[:20])
        flash(
            "Ein Wort, das Sie geschwärzt haben, steht noch an anderer Stelle. Bitte prüfen Sie:"
            f" Seite {numbers}.",
            "warning",
        )


def _wanted(form: RedactionForm, last: int) -> int:
    """The page to show: a button may name it, else the field does."""
    button = request.form.get("zeigen", "")
    wanted = int(button) if button.isascii() and button.isdecimal() and len(button) < 6 else 0
    return min(max(wanted or form.page.data or 1, 1), last)


def _address(attachment_id: int, page: int, areas: list[Rectangle]) -> str:
    told = ";".join(",".join(f"{one:g}" for one in area) for area in areas[:MOST_SHOWN])
    return url_for(
        "redaction.picture", attachment_id=attachment_id, seite=page, flaechen=told or None
    )


def _areas(told: str, size: Size) -> list[Rectangle]:
    """Rectangles from a picture's address, kept on the page; what is none is passed over."""
    found: list[Rectangle] = []
    for one in told.split(";")[:MOST_SHOWN]:
        try:
            left, top, right, bottom = (float(number) for number in one.split(","))
        except ValueError:
            continue
        if 0 <= left < right and 0 <= top < bottom:
            found.append((left, top, min(right, size[0]), min(bottom, size[1])))
    return [one for one in found if one[0] < one[2] and one[1] < one[3]]
