"""An agenda item in the room: its papers, what was said and resolved, its ballots."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts import proceedings
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.office import ballot_words, clock, current, loading, room
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.proceedings_forms import TreatmentForm
from sitzungsdienst.record.meetings import AgendaItem, Meeting

blueprint = Blueprint("treatments", __name__)

TAKE = "take"


@blueprint.route("/punkte/<int:item_id>/beratung", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def edit(item_id: int) -> ResponseReturnValue:
    """Record deliberation and resolution of an item."""
    item = loading.agenda_item(db.session(), current.actor(), item_id)
    room.load_meeting(item.meeting_id, *room.ITEMS, selectinload(Meeting.attendances))
    form = TreatmentForm(obj=item.treatment)
    if not form.is_submitted():
        return _page(item, form)
    if TAKE in request.form:
        _take(item, form)
        return _page(item, form)
    if form.validate():
        try:
            proceedings.record_treatment(
                db.session(),
                current.actor(),
                item_id,
                form.version.data,
                form.facts(),
                clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            here = url_for(".edit", item_id=item_id)
            return conflict_page(form, item.treatment, cancel=here)
        else:
            flash("Die Beratung ist gespeichert.", "success")
            return redirect(_whereto(item), 303)
    return _page(item, form), 422


def _take(item: AgendaItem, form: TreatmentForm) -> None:
    """Fill the resolution with the proposal of one of the item's papers."""
    chosen = request.form.get(TAKE, type=int)
    for step in item.consultations:
        if step.paper_id == chosen:
            form.adopt(step.paper.proposed_resolution)


def _whereto(item: AgendaItem) -> str:
    """Where the pressed button leads after saving."""
    match request.form.get("go"):
        case "ballot":
            return url_for("ballots.add", item_id=item.id)
        case "next":
            _, _, following = _neighbours(item)
            if following is not None:
                return url_for(".edit", item_id=following.item.id)
    return url_for(".edit", item_id=item.id)


def _neighbours(item: AgendaItem) -> tuple[AgendaRow | None, AgendaRow | None, AgendaRow | None]:
    """The row before, the item's own, and the one after; None where there is none."""
    rows = agenda_rows(item.meeting.agenda)
    place = next((n for n, one in enumerate(rows) if one.item is item), None)
    if place is None:
        return None, None, None
    before = rows[place - 1] if place else None
    after = rows[place + 1] if place + 1 < len(rows) else None
    return before, rows[place], after


def _page(item: AgendaItem, form: TreatmentForm) -> str:
    before, row, after = _neighbours(item)
    return room.page(
        "office/proceedings/item.html",
        item.meeting,
        "proceedings.overview",
        item=item,
        number=row.number if row else item.number or "",
        before=before,
        after=after,
        form=form,
        ballots=ballot_words.lines(item),
        papers=[step.paper for step in item.consultations],
        paper_href=lambda paper: room.way_to("papers.show", paper_id=paper.id),
        closed_because=room.closed_because(item.meeting),
    )
