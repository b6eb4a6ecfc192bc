"""The session room: the run of a meeting, who is there, and its closing."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import proceedings
from sitzungsdienst.acts.corrections import Touched, Unconfirmed
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.presence import memberships_on_day, quorums, voters_present
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows, called_rows
from sitzungsdienst.gate.wording import MINUTES_STATE
from sitzungsdienst.german import local_day
from sitzungsdienst.office import (
    attendance_forms,
    ballot_words,
    clock,
    current,
    loading,
    proceedings_forms,
    recusal_forms,
    room,
)
from sitzungsdienst.office.attendance_forms import AttendanceForm, Listed
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.links import link_to
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.proceedings_forms import ClosingForm, TreatmentForm
from sitzungsdienst.office.views.presence import acknowledged
from sitzungsdienst.office.views.recusals import quorum_of
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.meetings import AgendaItem, ItemKind, Meeting, MeetingState
from sitzungsdienst.record.people import Person

blueprint = Blueprint("proceedings", __name__)

TAKE = "take"


@blueprint.get("/sitzungen/<int:meeting_id>/verlauf")
@requires(Permission.PROCEEDINGS_KEEP)
def overview(meeting_id: int) -> str:
    """Show how far the meeting has come: its steps, and every item with what was done."""
    meeting = room.load_meeting(meeting_id, *room.SEATS, *room.ITEMS)
    rows = called_rows(meeting.agenda)
    return room.page(
        "office/proceedings/overview.html",
        meeting,
        "proceedings.overview",
        rows=[(row, *_state(row)) for row in rows],
        steps=_steps(meeting, rows, _released(rows)),
        closed_because=room.closed_because(meeting),
    )


@blueprint.route("/sitzungen/<int:meeting_id>/anwesenheit", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def attendance(meeting_id: int) -> ResponseReturnValue:
    """Record who is there: the whole list at once, everybody present unless told otherwise."""
    meeting = room.load_meeting(meeting_id, *room.SEATS)
    form = AttendanceForm(
        data={"version": meeting.version, "presences": attendance_forms.recorded(meeting)}
    )
    persons = {one.id: one for one in db.session.scalars(loading.persons(current.actor()))}
    sound = not form.is_submitted() or form.validate()
    form.take_guest()
    listed = _listed(meeting, form, persons)
    if "everybody" in request.form:
        form.everybody_present(listed)
    if not form.is_submitted() or "guest" in request.form or "everybody" in request.form:
        return _attendance_page(meeting, form, listed)
    if sound and form.check_times(meeting):
        try:
            proceedings.record_attendance(
                db.session(),
                current.actor(),
                meeting_id,
                form.version.data,
                form.presence_list(meeting),
                clock.now(),
                acknowledged=acknowledged(),
            )
        except Unconfirmed as asked:
            return _attendance_page(meeting, form, listed, touched=asked.touched), 422
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            return _attendance_conflict(meeting, form, listed)
        else:
            flash("Die Anwesenheit ist gespeichert.", "success")
            return redirect(url_for(".attendance", meeting_id=meeting_id), 303)
    return _attendance_page(meeting, form, listed), 422


def _listed(
    meeting: Meeting, form: AttendanceForm, persons: dict[int, Person]
) -> dict[int, Listed]:
    """Who the form's rows are about; 404 for somebody of another Body."""
    known = {one.person_id for one in memberships_on_day(meeting)}
    guests = [one for one in form.people() if one not in known]
    if not persons.keys() >= set(guests):
        raise NotFound
    form.offer_guests(persons.values())
    return attendance_forms.listed(meeting, [persons[one] for one in guests])


def _attendance_page(
    meeting: Meeting,
    form: AttendanceForm,
    listed: dict[int, Listed],
    differences: list[tuple[str, str, str]] | None = None,
    touched: tuple[Touched, ...] = (),
) -> str:
    return room.page(
        "office/proceedings/attendance.html",
        meeting,
        "proceedings.attendance",
        form=form,
        listed=listed,
        quorums=quorums(meeting) if meeting.attendances else (),
        differences=differences,
        touched=touched,
        closed_because=room.closed_because(meeting),
    )


def _attendance_conflict(
    meeting: Meeting, form: AttendanceForm, listed: dict[int, Listed]
) -> ResponseReturnValue:
    """Show the typed list beside the stored one; sending it again decides for the typed one."""
    listed = attendance_forms.listed(meeting, ()) | listed
    typed = form.presence_list(meeting)
    found = attendance_forms.differences(meeting, typed, lambda one: listed[one].name)
    form.version.data = meeting.version
    form.version.raw_data = None
    return _attendance_page(meeting, form, listed, found), 409


@blueprint.route("/punkte/<int:item_id>/beratung", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def item(item_id: int) -> ResponseReturnValue:
    """Record deliberation and resolution of an item."""
    row = loading.agenda_item(db.session(), current.actor(), item_id)
    meeting = room.load_meeting(row.meeting_id, *room.SEATS, *room.ITEMS)
    form = TreatmentForm(data=proceedings_forms.stored(row.treatment))
    if not form.is_submitted():
        return _item_page(row, form)
    if TAKE in request.form:
        _take(row, form)
        return _item_page(row, form)
    if form.validate():
        try:
            proceedings.record_treatment(
                db.session(),
                current.actor(),
                item_id,
                form.version.data,
                form.facts(meeting),
                clock.now(),
                acknowledged=acknowledged(),
            )
        except Unconfirmed as asked:
            return _item_page(row, form, asked.touched), 422
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            here = url_for(".item", item_id=item_id)
            saved = proceedings_forms.stored(row.treatment)
            return conflict_page(form, row.treatment, cancel=here, saved=saved)
        else:
            flash("Die Beratung ist gespeichert.", "success")
            return redirect(_whereto(row), 303)
    return _item_page(row, form), 422


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
                return url_for(".item", item_id=following.item.id)
    return url_for(".item", item_id=item.id)


def _neighbours(item: AgendaItem) -> tuple[AgendaRow | None, AgendaRow | None, AgendaRow | None]:
    """The row before, the item's own, and the one after; None where there is none."""
    rows = agenda_rows(item.meeting.agenda)
    place = next((n for n, one in enumerate(rows) if one.item is item), None)
    if place is None:
        return None, None, None
    before = rows[place - 1] if place else None
    after = rows[place + 1] if place + 1 < len(rows) else None
    return before, rows[place], after


def _item_page(item: AgendaItem, form: TreatmentForm, touched: tuple[Touched, ...] = ()) -> str:
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
        touched=touched,
        ballots=ballot_words.lines(item),
        recusals=recusal_forms.lines(item),
        quorum=quorum_of(item) if item.meeting.attendances else "",
        papers=[step.paper for step in item.consultations],
        paper_href=lambda paper: link_to("papers.show", paper_id=paper.id),
        closed_because=room.closed_because(item.meeting),
    )


@blueprint.route("/sitzungen/<int:meeting_id>/schliessen", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def close(meeting_id: int) -> ResponseReturnValue:
    """Close the meeting with the moment it ended, or correct that moment."""
    meeting = room.load_meeting(meeting_id)
    stored = {
        "end": room.clock_of(meeting.end),
        "end_date": local_day(meeting.end or meeting.start),
    }
    form = ClosingForm(data={"version": meeting.version, **stored})
    if form.validate_on_submit():
        try:
            proceedings.close_meeting(
                db.session(),
                current.actor(),
                meeting_id,
                form.version.data,
                form.moment(),
                clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            stored["end"] = room.clock_of(meeting.end)
            stored["end_date"] = local_day(meeting.end or meeting.start)
            back = url_for(".close", meeting_id=meeting_id)
            return conflict_page(form, meeting, cancel=back, saved=stored)
        else:
            flash("Die Sitzung ist geschlossen.", "success")
            return redirect(url_for("minutes.page", meeting_id=meeting_id), 303)
    status = 422 if form.is_submitted() else 200
    return _closing_page(meeting, form), status


@blueprint.post("/sitzungen/<int:meeting_id>/wieder-oeffnen")
@requires(Permission.PROCEEDINGS_KEEP)
def reopen(meeting_id: int) -> ResponseReturnValue:
    """Take the closing back."""
    meeting = room.load_meeting(meeting_id)
    form = ConfirmForm()
    if form.validate():
        try:
            proceedings.reopen_meeting(
                db.session(), current.actor(), meeting_id, form.version.data, clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Die Sitzung ist wieder geöffnet.", "success")
            return redirect(url_for(".overview", meeting_id=meeting_id), 303)
    closing = ClosingForm(
        formdata=None,
        data={
            "version": meeting.version,
            "end": room.clock_of(meeting.end),
            "end_date": local_day(meeting.end or meeting.start),
        },
    )
    closing.form_errors.extend(form.form_errors)
    return _closing_page(meeting, closing), 422


def _closing_page(meeting: Meeting, form: ClosingForm) -> str:
    return room.page(
        "office/proceedings/close.html",
        meeting,
        "proceedings.close",
        form=form,
        closed=meeting.state is MeetingState.CLOSED,
        can_reopen=meeting.state is MeetingState.CLOSED and meeting.minutes is None,
        open_items=sum(_state(row)[0] == OPEN for row in agenda_rows(meeting.agenda)),
        closed_because=room.closed_because(meeting),
    )


OPEN = "offen"


def _state(row: AgendaRow) -> tuple[str, str]:
    """The word and the colour of an item's badge."""
    if any(one.decided for one in row.item.elections):
        return "gewählt", "success"
    if row.item.ballots:
        return "abgestimmt", "success"
    if row.item.treatment is not None:
        return "behandelt", "success"
    if row.item.kind is ItemKind.HEADING:
        return "Überschrift", "neutral"
    return OPEN, "neutral"


def _released(rows: tuple[AgendaRow, ...]) -> int:
    """How many excerpts the public can read."""
    filed = Reader(db.session.connection()).many(PublicAgendaItem, [one.item.uid for one in rows])
    return sum(bool(one.document and one.document.standing) for one in filed.values())


def _steps(meeting: Meeting, rows: tuple[AgendaRow, ...], released: int) -> list[dict[str, str]]:
    """The work on a meeting from here on, for the macro `steps`."""
    items = [row for row in rows if row.item.kind is ItemKind.ITEM]
    done = sum(_state(row)[0] != OPEN for row in items)
    dealt_with = f"{done} von {len(items)} Punkten" if done else OPEN
    voters = len(voters_present(meeting))
    minutes = meeting.minutes
    steps = (
        ("Anwesenheit erfassen", ".attendance", f"{voters} Stimmberechtigte" if voters else OPEN),
        ("Beraten und abstimmen", ".overview", dealt_with),
        ("Sitzung schließen", ".close", "geschlossen" if meeting.end else OPEN),
        ("Niederschrift", "minutes.page", MINUTES_STATE[minutes.state] if minutes else OPEN),
        (
            "Freigabe für die Öffentlichkeit",
            "releases.page",
            f"{released} {'Auszug' if released == 1 else 'Auszüge'}" if released else OPEN,
        ),
    )
    return [
        {
            "label": label,
            "href": "" if endpoint == ".overview" else url_for(endpoint, meeting_id=meeting.id),
            "state": state,
            "kind": "neutral" if state == OPEN else "success",
        }
        for label, endpoint, state in steps
    ]
