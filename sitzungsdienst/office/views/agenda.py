"""The agenda: its page, and what is done to its items."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from sitzungsdienst.acts import agenda, releases
from sitzungsdienst.acts import agenda_tree as tree
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.left_over import left_over, take_over_adjourned
from sitzungsdienst.acts.standing import offered, take_over_standing_items
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.gate.shown import preview, shown
from sitzungsdienst.german import plain_date
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import (
    agenda_places,
    clock,
    conflict,
    current,
    loading,
    pasted,
    whole_meeting,
)
from sitzungsdienst.office.agenda_forms import (
    ItemForm,
    LeftOverForm,
    NewItemForm,
    PasteForm,
    PlaceForm,
    ReleaseForm,
    fill,
    item_facts,
    new_facts,
    open_steps,
)
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import options
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.publicity import tell_minutes_gone
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState

blueprint = Blueprint("agenda", __name__)

WAITS = "Der Punkt ist aufgenommen. Auf die Tagesordnung kommt er mit dem Nachtrag."


@blueprint.get("/sitzungen/<int:meeting_id>/tagesordnung")
@requires(Permission.AGENDA_EDIT)
def page(meeting_id: int) -> ResponseReturnValue:
    """Show the agenda with its numbers as they are now, and what the public would read."""
    return _page(whole_meeting.load(meeting_id))


@blueprint.post("/sitzungen/<int:meeting_id>/tagesordnung")
@requires(Permission.AGENDA_EDIT)
def add(meeting_id: int) -> ResponseReturnValue:
    """Add an item."""
    meeting = whole_meeting.load(meeting_id)
    frozen = meeting.state is not MeetingState.PLANNED
    form = NewItemForm()
    steps = open_steps(meeting)
    fill(form, agenda_rows(tree.present(meeting)), steps)
    if form.validate():
        try:
            command = new_facts(form, steps)
            row_id = agenda.add_item(
                db.session(), current.actor(), meeting_id, command, clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(WAITS if frozen else "Der Punkt steht auf der Tagesordnung.", "success")
            return _back(meeting_id, f"punkt-{row_id}")
    return _page(whole_meeting.load(meeting_id), new=form), 422


@blueprint.post("/sitzungen/<int:meeting_id>/tagesordnung/einfuegen")
@requires(Permission.AGENDA_EDIT)
def paste(meeting_id: int) -> ResponseReturnValue:
    """Add a whole agenda from text."""
    form = PasteForm(prefix="text-")
    if form.validate():
        try:
            added = agenda.add_items(
                db.session(),
                current.actor(),
                meeting_id,
                Part(form.part.data),
                pasted.parse(form.lines.data or ""),
                clock.now(),
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(f"{len(added)} Punkte sind aufgenommen.", "success")
            return _back(meeting_id)
    return _page(whole_meeting.load(meeting_id), text=form), 422


@blueprint.post("/sitzungen/<int:meeting_id>/tagesordnung/veroeffentlichen")
@requires(Permission.PUBLIC_RELEASE)
def release(meeting_id: int) -> ResponseReturnValue:
    """Release the corrected agenda anew."""
    form = ReleaseForm(prefix="neu-")
    if form.validate():
        try:
            minutes_gone = releases.release_agenda(
                db.session(), current.actor(), meeting_id, form.reason.data or "", clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash("Die Tagesordnung ist in der neuen Fassung veröffentlicht.", "success")
            tell_minutes_gone(db.session(), minutes_gone)
            return _back(meeting_id)
    return _page(whole_meeting.load(meeting_id), anew=form), 422


@blueprint.route("/punkte/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.AGENDA_EDIT)
def edit(item_id: int) -> ResponseReturnValue:
    """Change an item."""
    row = loading.agenda_item(db.session(), current.actor(), item_id)
    frozen = row.frozen
    form = _item_form(row, frozen=frozen)
    back = f"{url_for('.page', meeting_id=row.meeting_id)}#punkt-{row.id}"
    if form.is_submitted() and form.validate():
        try:
            agenda.edit_item(
                db.session(),
                current.actor(),
                item_id,
                form.version.data,
                item_facts(form, row),
                clock.now(),
            )
        except RuleBroken as error:
            form.refuse(error)
        except Stale:
            return conflict.conflict_page(form, row, cancel=back, saved=_saved(row))
        else:
            flash("Der Punkt ist gespeichert.", "success")
            return redirect(back, 303)
    status = 422 if form.is_submitted() else 200
    number = _number(row)
    return render_template(
        "office/agenda/item.html",
        form=form,
        item=row,
        meeting=row.meeting,
        number=number,
        frozen=frozen,
        back=back,
    ), status


@blueprint.route("/punkte/<int:item_id>/platz", methods=["GET", "POST"])
@requires(Permission.AGENDA_EDIT)
def place(item_id: int) -> ResponseReturnValue:
    """Put an item to any place of the agenda."""
    row = loading.agenda_item(db.session(), current.actor(), item_id)
    meeting = row.meeting
    form = PlaceForm(obj=row, data={"place": agenda_places.place_of(row)})
    form.place.choices = options(agenda_places.places(row))
    back = f"{url_for('.page', meeting_id=meeting.id)}#punkt-{row.id}"

    def do() -> None:
        where = agenda_places.parse(form.place.data)
        args = (db.session(), current.actor(), item_id, form.version.data)
        agenda.place_item(*args, where, clock.now())

    try:
        if attempt(form, do):
            return go(back, "Der Punkt steht an seinem neuen Platz.")
    except Stale:
        saved = {"place": agenda_places.place_of(row)}
        return conflict.conflict_page(form, row, cancel=back, saved=saved)
    page_ = render_template(
        "office/agenda/place.html",
        form=form,
        item=row,
        meeting=meeting,
        number=_number(row),
        back=back,
    )
    return page_, status(form)


@blueprint.post("/sitzungen/<int:meeting_id>/tagesordnung/vertagte")
@requires(Permission.AGENDA_EDIT)
def take_adjourned(meeting_id: int) -> ResponseReturnValue:
    """Put items adjourned by an earlier meeting on this agenda."""
    meeting = whole_meeting.load(meeting_id)
    form = _left_over_form(meeting, sent=True)

    def do() -> tuple[int, ...]:
        ids = tuple(form.item_ids.data or ())
        return take_over_adjourned(db.session(), current.actor(), meeting_id, ids, clock.now())

    if attempt(form, do):
        return go(url_for(".page", meeting_id=meeting_id), "Die vertagten Punkte sind übernommen.")
    return _page(whole_meeting.load(meeting_id), adjourned=form), 422


@blueprint.post("/sitzungen/<int:meeting_id>/tagesordnung/staendige")
@requires(Permission.AGENDA_EDIT)
def take_standing(meeting_id: int) -> ResponseReturnValue:
    """Begin the agenda with the committee's standing items."""
    loading.meeting(db.session(), current.actor(), meeting_id)
    try:
        take_over_standing_items(db.session(), current.actor(), meeting_id, clock.now())
    except RuleBroken as broken:
        flash(broken.message, "info")
        return _back(meeting_id)
    return go(url_for(".page", meeting_id=meeting_id), "Die ständigen Punkte sind übernommen.")


@blueprint.post("/punkte/<int:item_id>/verschieben")
@requires(Permission.AGENDA_EDIT)
def move(item_id: int) -> ResponseReturnValue:
    """Swap an item with its neighbour."""
    row = loading.agenda_item(db.session(), current.actor(), item_id)
    meeting_id = row.meeting_id
    try:
        direction = agenda.Direction(request.form.get("direction", ""))
    except ValueError as error:
        raise BadRequest from error
    agenda.move_item(db.session(), current.actor(), item_id, direction, clock.now())
    return _back(meeting_id, f"punkt-{item_id}")


@blueprint.post("/punkte/<int:item_id>/entfernen")
@requires(Permission.AGENDA_EDIT)
def remove(item_id: int) -> ResponseReturnValue:
    """Take an item off the agenda; it waits among the removed ones."""
    row = loading.agenda_item(db.session(), current.actor(), item_id)
    meeting_id = row.meeting_id
    version = request.form.get("version", type=int)
    if version is None:
        raise BadRequest
    agenda.remove_item(db.session(), current.actor(), item_id, version, clock.now())
    flash("Der Punkt ist von der Tagesordnung genommen. Unten lässt er sich zurückholen.", "info")
    return _back(meeting_id)


@blueprint.post("/punkte/<int:item_id>/zurueckholen")
@requires(Permission.AGENDA_EDIT)
def restore(item_id: int) -> ResponseReturnValue:
    """Put a removed item back."""
    meeting_id = loading.agenda_item(db.session(), current.actor(), item_id).meeting_id
    agenda.restore_item(db.session(), current.actor(), item_id, clock.now())
    flash("Der Punkt steht wieder auf der Tagesordnung. Verknüpfen Sie Vorlagen neu.", "success")
    return _back(meeting_id, f"punkt-{item_id}")


def _back(meeting_id: int, anchor: str = "") -> ResponseReturnValue:
    address = url_for("agenda.page", meeting_id=meeting_id)
    return redirect(f"{address}#{anchor}" if anchor else address, 303)


def _page(
    meeting: Meeting,
    *,
    new: NewItemForm | None = None,
    text: PasteForm | None = None,
    anew: ReleaseForm | None = None,
    adjourned: LeftOverForm | None = None,
) -> str:
    rows = agenda_rows(tree.present(meeting))
    frozen = meeting.state is not MeetingState.PLANNED
    open_ = meeting.state is not MeetingState.CLOSED
    if new is None:
        new = NewItemForm(formdata=None)
        fill(new, rows, open_steps(meeting) if open_ else [])
    kept = {one.item.id for one in rows}
    removed = [
        one
        for one in meeting.items
        if one.removed_at and (one.parent_id is None or one.parent_id in kept)
    ]
    return render_template(
        "office/agenda/page.html",
        meeting=meeting,
        parts_of=[(part, [row for row in rows if row.item.part is part]) for part in Part],
        edges=_edges(rows),
        frozen=frozen,
        open=open_,
        drafts=meeting.drafts,
        standing_items=offered(meeting),
        adjourned=adjourned or _left_over_form(meeting),
        removed=removed,
        preview=preview(meeting),
        shown=shown(db.session(), meeting) if frozen else None,
        new=new,
        text=text or PasteForm(formdata=None, prefix="text-"),
        anew=anew or ReleaseForm(formdata=None, prefix="neu-"),
    )


def _edges(rows: tuple[AgendaRow, ...]) -> dict[str, set[int]]:
    """The movable items that stand first and last among their siblings: they go one way only."""
    siblings: dict[tuple[Part, int | None], list[int]] = {}
    for row in rows:
        if not row.item.frozen:
            siblings.setdefault((row.item.part, row.item.parent_id), []).append(row.item.id)
    groups = siblings.values()
    return {"first": {one[0] for one in groups}, "last": {one[-1] for one in groups}}


def _item_form(row: AgendaItem, *, frozen: bool) -> ItemForm:
    """The form of an item: after the summons without what is frozen, and for a public item
    then without what only non-public ones have."""
    form = ItemForm(obj=row, data=_saved(row))
    fill(form, _possible_parents(row), open_steps(row.meeting, row))
    if frozen:
        del form.part, form.parent_id, form.kind
        if row.part is Part.PUBLIC:
            del form.disclosure, form.public_title
    return form


def _number(row: AgendaItem) -> str:
    """The number it bears, or would bear after the supplement; "" for one taken off."""
    rows = agenda_rows(tree.present(row.meeting))
    return next((one.number for one in rows if one.item is row), "")


def _left_over_form(meeting: Meeting, *, sent: bool = False) -> LeftOverForm:
    """The choice of adjourned items; without choices where none waits."""
    form = LeftOverForm(prefix="vertagt-") if sent else LeftOverForm(None, prefix="vertagt-")
    waiting = left_over(db.session(), meeting) if meeting.state is not MeetingState.CLOSED else []
    form.item_ids.choices = options(
        (one.id, f"{one.title} (vertagt am {plain_date(one.meeting.start)})") for one in waiting
    )
    return form


def _possible_parents(row: AgendaItem) -> list[AgendaRow]:
    """Every item that does not stand under this one."""
    below = {row.id}
    rows = agenda_rows(tree.present(row.meeting))
    for one in rows:
        if one.item.parent_id in below:
            below.add(one.item.id)
    return [one for one in rows if one.item.id not in below]


def _saved(row: AgendaItem) -> dict[str, object]:
    """What is stored, under the names of the form's fields."""
    return {
        "title": row.title,
        "part": row.part.value,
        "kind": row.kind.value,
        "parent_id": row.parent_id,
        "disclosure": row.disclosure.value,
        "public_title": row.public_title,
        "consultation_ids": [one.id for one in row.consultations],
    }
