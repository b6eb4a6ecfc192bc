"""What follows from a meeting: its continuation, a second summons, and who stays how long."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import meetings, next_meetings
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.meeting_hints import next_number
from sitzungsdienst.acts.next_meetings import FollowUpFacts
from sitzungsdienst.acts.taking_over import undealt
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.german import local_day, on_clock
from sitzungsdienst.office import clock, current, loading, naming, whole_meeting
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import options
from sitzungsdienst.office.meetings_forms import place_label, start_of, until_words
from sitzungsdienst.office.next_forms import FollowUpForm, participation_form
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.record.bodies import Location
from sitzungsdienst.record.meetings import ItemKind, Meeting, MeetingKind, MeetingState

blueprint = Blueprint("next_meetings", __name__, url_prefix="/sitzungen/<int:meeting_id>")

A_WEEK = timedelta(days=7)


@blueprint.route("/fortsetzen", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def resume(meeting_id: int) -> ResponseReturnValue:
    """Plan the continuation of a meeting."""
    meeting = whole_meeting.load(meeting_id)
    name = naming.continuation_name(meeting.name)
    return _follow("resume", meeting, {"name": name}, next_meetings.continue_meeting)


@blueprint.route("/zweite-ladung", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def repeat(meeting_id: int) -> ResponseReturnValue:
    """Plan the meeting that is summoned again, since there was no quorum."""
    meeting = whole_meeting.load(meeting_id)
    until = until_words(meeting)
    names = [(one.id, one.name) for one in meeting.organizations]
    number = None
    if meeting.number is not None:
        day = local_day(meeting.start)
        number = next_number(db.session(), meeting.body_id, names[0][0], day)
    kind = meeting.kind
    if kind is MeetingKind.CONTINUATION:
        kind = MeetingKind.ORDINARY
    joining = [naming.Joining(name, until.get(key, "")) for key, name in names[1:]]
    proposed = naming.proposed_name(names[0][1], joining, kind, number)
    values: dict[str, object] = {"name": proposed, "number": number}
    return _follow("repeat", meeting, values, next_meetings.repeat_meeting)


def _follow(
    template: str, meeting: Meeting, values: dict[str, object], act: Callable[..., int]
) -> ResponseReturnValue:
    """Show the form with what is usual, and plan the meeting once it is sent."""
    meeting_id = meeting.id
    begin = on_clock(meeting.start)
    usual: dict[str, object] = {
        "start_date": begin.date() + A_WEEK,
        "start_time": time(begin.hour, begin.minute),
        "location_id": meeting.location_id,
        "item_ids": [one.id for one in undealt(meeting)],
    }
    form = FollowUpForm(data=usual | values)
    places = db.session.scalars(
        loading.locations(current.actor()).order_by(Location.room, Location.id)
    )
    form.location_id.choices = options((one.id, place_label(one)) for one in places)
    form.item_ids.choices = options(
        (row.item.id, f"{row.number} {row.item.title}")
        for row in agenda_rows(meeting.agenda)
        if row.item.kind is ItemKind.ITEM
    )

    def do() -> int:
        facts = _facts(form, start_of(form))
        return act(db.session(), current.actor(), meeting_id, facts, clock.now())

    made = attempt(form, do)
    if made:
        notice = "Die Sitzung ist geplant. Öffentlich ist sie noch nicht."
        return go(url_for("meetings.show", meeting_id=made[0]), notice)
    page = render_template(
        f"office/meetings/{template}.html",
        form=form,
        meeting=whole_meeting.load(meeting_id),
        ready=meeting.state is not MeetingState.PLANNED and not meeting.cancelled,
    )
    return page, status(form)


def _facts(form: FollowUpForm, start: datetime) -> FollowUpFacts:
    return FollowUpFacts(
        name=form.name.data or "",
        start=start,
        location_id=form.location_id.data,
        item_ids=tuple(form.item_ids.data or ()),
        number=form.number.data,
        internal_note=form.internal_note.data or "",
    )


@blueprint.route("/teilnahme", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def participation(meeting_id: int) -> ResponseReturnValue:
    """Say up to which item each committee of a joint meeting takes part."""
    meeting = whole_meeting.load(meeting_id)
    seats = meeting.committees
    form = participation_form([(one.organization_id, one.organization.name) for one in seats])(
        obj=meeting, data={f"until-{one.organization_id}": one.until_item_id for one in seats}
    )
    rows = agenda_rows(meeting.agenda)
    for one in seats:
        form[f"until-{one.organization_id}"].choices = options(
            ((row.item.id, f"bis {row.number} {row.item.title}") for row in rows),
            empty="bis zum Ende der Sitzung",
        )

    def do() -> None:
        typed = ((one, form[f"until-{one}"].data) for one in ids)
        until = tuple((one, item) for one, item in typed if item is not None)
        args = (db.session(), current.actor(), meeting_id, form.version.data)
        meetings.set_participation(*args, until, clock.now())

    ids = [one.organization_id for one in seats]
    back = url_for("meetings.show", meeting_id=meeting_id)
    saved = {f"until-{one.organization_id}": one.until_item_id for one in seats}
    try:
        if attempt(form, do):
            return go(back, "Die Teilnahme der Gremien ist gespeichert.")
    except Stale:
        return conflict_page(form, meeting, cancel=back, saved=saved)
    page = render_template(
        "office/meetings/participation.html", form=form, meeting=meeting, back=back
    )
    return page, status(form)
