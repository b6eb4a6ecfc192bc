"""Who is in the room: coming and going, one person's timeline, joining the list, the quorum."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import attendance
from sitzungsdienst.acts.corrections import Touched, Unconfirmed
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.presence import Room, memberships_on_day, quorums
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.german import local_day
from sitzungsdienst.law.words import HybridElection
from sitzungsdienst.office import clock, current, loading, presence_forms, room
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.presence_forms import (
    JoinForm,
    MovementForm,
    QuorumForm,
    TimelineForm,
)
from sitzungsdienst.office.timeline_view import WIDTH, picture
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Capacity

blueprint = Blueprint("presence", __name__)

MOVES = {"come": attendance.arrive, "go": attendance.leave}
DONE = {"come": "Das Kommen ist erfasst.", "go": "Das Gehen ist erfasst."}


def acknowledged() -> bool:
    """Whether the clerk has seen which ballots follow, and wants it."""
    return request.form.get("acknowledged") == "1"


@blueprint.route("/sitzungen/<int:meeting_id>/kommen-und-gehen", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def movements(meeting_id: int) -> ResponseReturnValue:
    """Show who is there when, and record with one click that somebody comes or goes."""
    meeting = room.load_meeting(meeting_id, *room.SEATS, *room.ITEMS)
    form = MovementForm()
    if not form.is_submitted():
        return _movements_page(meeting, form)
    move = next((one for one in MOVES if one in request.form), "")
    person_id = request.form.get(move, type=int)
    if not person_id:
        raise NotFound
    if form.validate():
        was = _kinds(meeting).get(person_id, AttendanceKind.ABSENT)
        at = form.moment(meeting, clock.now())
        args = (db.session(), current.actor(), meeting_id, person_id, at, clock.now())
        try:
            MOVES[move](*args, acknowledged=acknowledged())
        except Unconfirmed as asked:
            return _movements_page(meeting, form, asked.touched, (move, person_id)), 422
        except RuleBroken as broken:
            form.refuse(broken)
        except Unknown:
            raise NotFound from None
        else:
            flash(
                "Das Kommen ist erfasst." if move == "come" else "Das Gehen ist erfasst.", "success"
            )
            here = url_for(".movements", meeting_id=meeting_id, zuletzt=person_id, war=was.value)
            return redirect(here, 303)
    return _movements_page(meeting, form), 422


def _kinds(meeting: Meeting) -> dict[int, AttendanceKind]:
    return {one.person_id: one.kind for one in meeting.attendances}


@blueprint.post("/sitzungen/<int:meeting_id>/kommen-und-gehen/zuruecknehmen")
@requires(Permission.PROCEEDINGS_KEEP)
def undo(meeting_id: int) -> ResponseReturnValue:
    """Take the latest coming or going of somebody back."""
    meeting = room.load_meeting(meeting_id, *room.SEATS, *room.ITEMS)
    form = MovementForm()
    person_id = request.form.get("undo", type=int)
    was = request.form.get("war", "")
    if person_id not in _kinds(meeting) or was not in set(AttendanceKind):
        raise NotFound
    args = (db.session(), current.actor(), meeting_id, person_id, AttendanceKind(was), clock.now())
    if form.validate():
        try:
            attendance.undo_movement(*args, acknowledged=acknowledged())
        except Unconfirmed as asked:
            return _movements_page(meeting, form, asked.touched, ("undo", person_id), was), 422
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Das ist zurückgenommen.", "success")
            return redirect(url_for(".movements", meeting_id=meeting_id), 303)
    return _movements_page(meeting, form), 422


def _movements_page(
    meeting: Meeting,
    form: MovementForm,
    touched: tuple[Touched, ...] = (),
    asked: tuple[str, int] | None = None,
    was: str = "",
) -> str:
    last = request.args.get("zuletzt", type=int)
    shown = picture(meeting, clock.now())
    known = {one.person_id for one in shown.lines}
    missing = [one for one in memberships_on_day(meeting) if one.person_id not in known]
    return room.page(
        "office/proceedings/movements.html",
        meeting,
        "proceedings.attendance",
        form=form,
        picture=shown,
        picture_width=WIDTH,
        missing=list({one.person_id: one.person for one in missing}.values()),
        last=next((one for one in shown.lines if one.person_id == last), None),
        was=was or request.args.get("war", ""),
        touched=touched,
        asked=asked,
        by_item=_by_item(meeting),
        closed_because=room.closed_because(meeting),
    )


def _by_item(meeting: Meeting) -> list[tuple[str, str, list[str]]]:
    """Of each item with something recorded: its number, title, and who could vote on it."""
    seen = Room(meeting)
    found = []
    for row in agenda_rows(meeting.agenda):
        item = row.item
        if not (item.treatment or item.ballots or item.recusals):
            continue
        told = []
        for one in seen.quorums(item):
            out = f", davon {one.recused} ausgeschlossen" if one.recused else ""
            name = f"{one.organization.name}: " if len(meeting.committees) > 1 else ""
            told.append(f"{name}{one.present} von {one.members} anwesend{out}")
        found.append((row.number, item.title, told))
    return found


@blueprint.route("/sitzungen/<int:meeting_id>/anwesenheit/neu", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def add(meeting_id: int) -> ResponseReturnValue:
    """Put a substitute, a guest or staff on the list."""
    meeting = room.load_meeting(meeting_id, *room.SEATS, *room.ITEMS)
    form = JoinForm(data={"version": meeting.version, "capacity": Capacity.SUBSTITUTE.value})
    persons = {one.id: one for one in db.session.scalars(loading.persons(current.actor()))}
    form.offer_persons(meeting, persons.values())
    if "more" in request.form or not form.is_submitted():
        form.spare_outs()
        return _person_page(meeting, form, None)
    if form.validate() and form.check_times(meeting):
        if form.person_id.data not in persons:
            raise NotFound
        facts = form.facts(meeting, form.person_id.data)
        args = (db.session(), current.actor(), meeting_id, form.version.data, facts, clock.now())
        try:
            attendance.add_attendance(*args, acknowledged=acknowledged())
        except Unconfirmed as asked:
            return _person_page(meeting, form, None, asked.touched), 422
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            nothing = {one.name: None for one in form.shown_fields()}
            form.offer_members(meeting)
            return conflict_page(form, meeting, cancel=_list(meeting_id), saved=nothing)
        else:
            flash("Die Person steht auf der Liste.", "success")
            return redirect(_list(meeting_id), 303)
    return _person_page(meeting, form, None), 422


@blueprint.route("/anwesenheiten/<int:attendance_id>", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def edit(attendance_id: int) -> ResponseReturnValue:
    """Correct one person's timeline."""
    row = loading.attendance(db.session(), current.actor(), attendance_id)
    meeting = room.load_meeting(row.meeting_id, *room.SEATS, *room.ITEMS)
    form = TimelineForm(data=presence_forms.stored(row))
    if "more" in request.form or not form.is_submitted():
        form.spare_outs()
        return _person_page(meeting, form, row)
    if form.validate() and form.check_times(meeting):
        facts = form.facts(meeting, row.person_id)
        args = (db.session(), current.actor(), attendance_id, form.version.data, facts, clock.now())
        try:
            attendance.edit_attendance(*args, acknowledged=acknowledged())
        except Unconfirmed as asked:
            return _person_page(meeting, form, row, asked.touched), 422
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            form.offer_members(meeting)
            saved = presence_forms.stored(row)
            return conflict_page(form, row, cancel=_list(meeting.id), saved=saved)
        else:
            flash("Die Anwesenheit der Person ist gespeichert.", "success")
            return redirect(_list(meeting.id), 303)
    return _person_page(meeting, form, row), 422


def _list(meeting_id: int) -> str:
    return url_for("proceedings.attendance", meeting_id=meeting_id)


def _person_page(
    meeting: Meeting,
    form: TimelineForm,
    row: Attendance | None,
    touched: tuple[Touched, ...] = (),
) -> str:
    form.offer_members(meeting)
    return room.page(
        "office/proceedings/person.html",
        meeting,
        "proceedings.attendance",
        form=form,
        row=row,
        touched=touched,
        deputies=presence_forms.substitutes(meeting),
        video_note=_video_note(meeting),
        closed_because=room.closed_because(meeting),
    )


def _video_note(meeting: Meeting) -> str:
    """What to look at before somebody joins by video; the law on hybrid meetings is local."""
    rules = rules_on(meeting.body, local_day(meeting.start))
    rule = rules.procedure.hybrid_election if rules else None
    if rule is None or rule.value is HybridElection.UNKNOWN:
        return (
            "Ob hier jemand per Video teilnehmen darf, ist nicht hinterlegt. Bitte prüfen Sie Land,"
            " Hauptsatzung und Geschäftsordnung."
        )
    return f"Nur, wenn die Hauptsatzung Sitzungen mit Zuschaltung zulässt ({rule.norm})."


@blueprint.route("/sitzungen/<int:meeting_id>/beschlussfaehigkeit", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def quorum(meeting_id: int) -> ResponseReturnValue:
    """Record what the chair determined about the quorum."""
    meeting = room.load_meeting(meeting_id, *room.SEATS, *room.ITEMS)
    determined = {None: "", True: "ja", False: "nein"}[meeting.quorum_determined]
    saved = {
        "determined": determined,
        "challenged_at": room.clock_of(meeting.quorum_challenged_at),
    }
    form = QuorumForm(data={"version": meeting.version, **saved})
    if form.validate_on_submit():
        challenged_at = room.moment_in(meeting, form.challenged_at.data)
        args = (db.session(), current.actor(), meeting_id, form.version.data)
        try:
            attendance.determine_quorum(*args, form.answer(), challenged_at, clock.now())
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            return conflict_page(form, meeting, cancel=_list(meeting_id), saved=saved)
        else:
            flash("Die Feststellung ist gespeichert.", "success")
            return redirect(_list(meeting_id), 303)
    page = room.page(
        "office/proceedings/quorum.html",
        meeting,
        "proceedings.attendance",
        form=form,
        quorums=quorums(meeting),
        closed_because=room.closed_because(meeting),
    )
    return page, 422 if form.is_submitted() else 200
