"""What was sent beside what was done: the agenda as summoned, and the room's decisions on it."""

import json
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import changes, room_items, undoing
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.supplement_notices import heading
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows, called_rows
from sitzungsdienst.gate.wording import CHANGE, DECISION, PART
from sitzungsdienst.office import clock, current, loading, room, whole_meeting
from sitzungsdienst.office.agenda_forms import fill, open_steps
from sitzungsdienst.office.change_forms import ChangeForm, UrgencyForm, offer
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.changes import AgendaChange
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState

blueprint = Blueprint("changes", __name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """An agenda as it was sent: with the summons, or with a supplement; `new` are its numbers."""

    title: str
    at: datetime
    document_id: int
    lines: list[dict[str, str]]
    new: frozenset[str]


@blueprint.get("/sitzungen/<int:meeting_id>/ladung-und-verlauf")
@requires(Permission.PROCEEDINGS_KEEP)
def page(meeting_id: int) -> ResponseReturnValue:
    """Show what was sent beside the order in which it was called, with every decision."""
    meeting = whole_meeting.load(meeting_id)
    rows = called_rows(meeting.agenda)
    told: dict[int, list[AgendaChange]] = {}
    for change in meeting.changes:
        told.setdefault(change.agenda_item_id, []).append(change)
    return render_template(
        "office/changes/page.html",
        meeting=meeting,
        sent=sent(meeting),
        rows=rows,
        told=told,
        called=any(row.item.called_position for row in rows),
        change_words=CHANGE,
        decision_words=DECISION,
        part_words={part.value: word for part, word in PART.items()},
        closed_because=room.closed_because(meeting),
    )


def sent(meeting: Meeting) -> list[Sent]:
    """Every agenda that was sent, in order."""
    found: list[Sent] = []
    if meeting.summons is None:
        return found
    known: set[str] = set()
    rows = [("Ladung", meeting.summons)] + [
        (heading(one.number), one) for one in meeting.supplements
    ]
    for title, row in rows:
        lines = json.loads(row.agenda_sent)
        numbers = {line["number"] for line in lines}
        new = frozenset(numbers - known) if known else frozenset()
        found.append(Sent(title, row.issued_at, row.document_id, lines, new))
        known = numbers
    return found


@blueprint.route("/punkte/<int:item_id>/aenderung", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def decide(item_id: int) -> ResponseReturnValue:
    """Record that the room takes an item off, adjourns it, takes it earlier, moves it …"""
    item = loading.agenda_item(db.session(), current.actor(), item_id)
    meeting = item.meeting
    rows = agenda_rows(meeting.agenda)
    form = ChangeForm(obj=item, data={"kind": None, "reason": ""})
    offer(form, item, rows, _later(meeting))
    back = f"{url_for('.page', meeting_id=meeting.id)}#punkt-{item.id}"

    def do() -> int:
        args = (db.session(), current.actor(), item_id, form.version.data)
        return changes.decide_change(*args, form.facts(meeting), clock.now())

    try:
        if attempt(form, do):
            return go(back, "Die Entscheidung der Sitzung ist erfasst.")
    except Stale:
        return conflict_page(form, item, cancel=back, saved=_nothing(form))
    return _form_page("decide", form, item, rows, back), status(form)


@blueprint.route("/sitzungen/<int:meeting_id>/dringlichkeit", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def add(meeting_id: int) -> ResponseReturnValue:
    """Take an item up in the meeting, by its resolution."""
    meeting = whole_meeting.load(meeting_id)
    form = UrgencyForm()
    fill(form, agenda_rows(meeting.agenda), open_steps(meeting))
    back = url_for(".page", meeting_id=meeting_id)

    def do() -> int:
        args = (db.session(), current.actor(), meeting_id)
        return room_items.add_in_room(*args, form.facts(meeting), clock.now())

    made = attempt(form, do)
    if made:
        notice = "Der Punkt ist aufgenommen. Öffentlich steht er erst nach der neuen Freigabe."
        return go(f"{back}#punkt-{made[0]}", notice)
    answer = status(form)
    meeting = whole_meeting.load(meeting_id)
    shown = render_template(
        "office/changes/add.html",
        meeting=meeting,
        form=form,
        back=back,
        warned=bool(form.acknowledged.errors) or form.acknowledged.data,
        closed_because=room.closed_because(meeting),
    )
    return shown, answer


@blueprint.route("/aenderungen/<int:change_id>/zuruecknehmen", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def undo(change_id: int) -> ResponseReturnValue:
    """Take a decision back that was recorded by mistake."""
    row = loading.agenda_change(db.session(), current.actor(), change_id)
    meeting, item = row.meeting, row.agenda_item
    back = url_for(".page", meeting_id=meeting.id)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Entscheidung zurücknehmen",
        question="Diese Entscheidung ist irrtümlich erfasst?",
        text=f"{item.number or item.title}: {CHANGE[row.kind]}. Der Punkt steht danach wieder so"
        " da wie zuvor. Im Protokoll der Handlungen bleibt beides nachlesbar.",
        label="Zurücknehmen",
        cancel=back,
        goal=f"{back}#punkt-{item.id}",
        notice="Die Entscheidung ist zurückgenommen.",
        trail=room.trail(meeting),
    )

    def do() -> None:
        args = (db.session(), current.actor(), change_id, form.version.data)
        undoing.undo_change(*args, clock.now())

    return ask(form, row, question, do)


def _later(meeting: Meeting) -> list[Meeting]:
    """The coming meetings of its committees to which an item may be adjourned."""
    ours = {one.id for one in meeting.organizations}
    query = loading.meetings(db.session(), current.actor()).where(
        Meeting.start > meeting.start,
        Meeting.cancelled.is_(False),
        Meeting.state != MeetingState.CLOSED,
    )
    rows = db.session.scalars(
        query.options(*whole_meeting.LISTED).order_by(Meeting.start).limit(50)
    )
    return [one for one in rows if ours & {each.id for each in one.organizations}]


def _nothing(form: ChangeForm) -> dict[str, object]:
    """A decision is not stored yet: every typed word is one that the record does not have."""
    return {field.name: None for field in form.shown_fields()}


def _form_page(
    name: str, form: ChangeForm, item: AgendaItem, rows: tuple[AgendaRow, ...], back: str
) -> str:
    number = next((row.number for row in rows if row.item is item), "")
    return render_template(
        f"office/changes/{name}.html",
        form=form,
        item=item,
        meeting=item.meeting,
        number=number,
        back=back,
        closed_because=room.closed_because(item.meeting),
    )
