"""Meetings: the list, planning, the workspace of one meeting, changing and moving it."""

from datetime import time, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from sitzungsdienst.acts import meetings
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.meeting_hints import hints, next_number
from sitzungsdienst.gate.shown import announced, shown, withdrawn
from sitzungsdienst.gate.wording import MEETING_KIND, publicity
from sitzungsdienst.german import local_day, on_clock
from sitzungsdienst.office import (
    clock,
    conflict,
    current,
    deadlines,
    loading,
    naming,
    whole_meeting,
)
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import options
from sitzungsdienst.office.links import link_to, public_meeting
from sitzungsdienst.office.local_time import midnight, year_span
from sitzungsdienst.office.meeting_words import DOCUMENTS, state_badge
from sitzungsdienst.office.meetings_forms import (
    CONTINUED,
    MeetingForm,
    NewMeetingForm,
    chosen_committees,
    chosen_kind,
    committee_label,
    facts,
    place_label,
    proposed,
    until_words,
)
from sitzungsdienst.office.permissions import Permission, may, requires
from sitzungsdienst.office.steps import steps
from sitzungsdienst.record.bodies import Location, Organization, OrganizationKind
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee, MeetingKind, MeetingState
from sitzungsdienst.record.papers import IssuedDocument

blueprint = Blueprint("meetings", __name__, url_prefix="/sitzungen")
blueprint.add_app_template_global(link_to)
blueprint.add_app_template_global(public_meeting)
blueprint.add_app_template_global(state_badge)

PER_PAGE = 30
COMING, PAST, ALL = "kommend", "vergangen", "alle"
USUAL_START = time(17, 0)
PROPOSE = "propose"


@blueprint.get("")
@requires(Permission.MEETINGS_READ)
def index() -> ResponseReturnValue:
    """List meetings, those to come or those past, of one committee or one year."""
    session, actor = db.session(), current.actor()
    query = loading.meetings(session, actor)
    earliest, latest = session.execute(
        query.with_only_columns(func.min(Meeting.start), func.max(Meeting.start))
    ).one()
    view = request.args.get("ansicht", COMING)
    today = midnight(clock.today())
    if view == PAST:
        query = query.where(Meeting.start < today)
    elif view != ALL:
        view, query = COMING, query.where(Meeting.start >= today)
    committee, year = _number("gremium"), _number("jahr")
    if committee:
        seats = select(MeetingCommittee.meeting_id).where(
            MeetingCommittee.organization_id == committee
        )
        query = query.where(Meeting.id.in_(seats))
    if year and 1900 <= year <= 2200:
        first, end = year_span(year)
        query = query.where(Meeting.start >= first, Meeting.start < end)
    total = session.scalar(query.with_only_columns(func.count())) or 0
    number = max(1, min(_number("seite") or 1, -(-total // PER_PAGE) or 1))
    order = Meeting.start.asc() if view == COMING else Meeting.start.desc()
    rows = session.scalars(
        query.options(*whole_meeting.LISTED)
        .order_by(order, Meeting.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    return render_template(
        "office/meetings/index.html",
        meetings=rows,
        announced=announced(session, [one.uid for one in rows]),
        committees=_committees(),
        years=_years(earliest, latest),
        chosen={"ansicht": view, "gremium": committee, "jahr": year},
        calendar_year=year if year and 1900 <= year <= 2200 else clock.today().year,
        total=total,
        number=number,
        pages=-(-total // PER_PAGE),
    )


def _number(name: str) -> int | None:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _years(earliest: object, latest: object) -> list[int]:
    if earliest is None or latest is None:
        return []
    return list(range(local_day(latest).year, local_day(earliest).year - 1, -1))  # type: ignore[arg-type]  # moments


def _committees() -> list[Organization]:
    query = loading.organizations(current.actor()).where(
        Organization.kind == OrganizationKind.COMMITTEE
    )
    return list(db.session.scalars(query.order_by(Organization.name, Organization.id)))


@blueprint.route("/neu", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def add() -> ResponseReturnValue:
    """Plan a meeting."""
    form = NewMeetingForm(data={"start_time": USUAL_START, "further_ids": []})
    names, complete = _with_choices(form, None)
    if not form.is_submitted():
        chosen = _number("gremium")
        if chosen in names:
            _begin(form, chosen, names[chosen])
    elif PROPOSE in request.form:
        _propose(form, names)
    if not form.is_submitted() or PROPOSE in request.form:
        return render_template("office/meetings/new.html", form=form, complete=complete)
    if form.validate():
        try:
            command = facts(form, names)
            meeting_id = meetings.plan_meeting(db.session(), current.actor(), command, clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash("Die Sitzung ist geplant. Öffentlich ist sie noch nicht.", "success")
            return redirect(url_for(".show", meeting_id=meeting_id), 303)
    return render_template("office/meetings/new.html", form=form, complete=complete), 422


@blueprint.get("/<int:meeting_id>")
@requires(Permission.MEETINGS_READ)
def show(meeting_id: int) -> ResponseReturnValue:
    """Show a meeting: to the office its workspace, to members what they need for it."""
    session, actor = db.session(), current.actor()
    meeting = whole_meeting.load(meeting_id)
    documents = session.scalars(
        loading.documents(session, actor)
        .where(IssuedDocument.meeting_id == meeting.id)
        .order_by(IssuedDocument.id.desc())
    ).all()
    rows = loading.agenda(session, actor, meeting)
    facts_ = {
        "meeting": meeting,
        "rows": rows,
        "documents": documents,
        "kinds": DOCUMENTS,
        "publicity": publicity(meeting),
    }
    if not may(Permission.MEETINGS_EDIT):
        leaves = len(rows) < len(meeting.agenda)
        return render_template("office/meetings/member.html", **facts_, leaves=leaves)
    public = shown(session, meeting)
    due = deadlines.of_meetings([meeting], clock.today())[meeting.id]
    taken_back = public is None and withdrawn(session, meeting)
    untouched = not meeting.items and meeting.state is MeetingState.PLANNED
    return render_template(
        "office/meetings/show.html",
        **facts_,
        shown=public,
        hints=hints(session, meeting) if meeting.state is MeetingState.PLANNED else (),
        kind=MEETING_KIND[meeting.kind],
        until=until_words(meeting),
        following=_following(meeting),
        steps=steps(meeting, public, due),
        urgent=deadlines.urgent([due]),
        withdrawn=taken_back,
        deletable=untouched and public is None and not taken_back,
    )


def _following(meeting: Meeting) -> list[Meeting]:
    """The meetings that go on with this one, or repeat it."""
    query = loading.meetings(db.session(), current.actor()).where(
        (Meeting.continues_id == meeting.id) | (Meeting.repeats_id == meeting.id)
    )
    return list(db.session.scalars(query.order_by(Meeting.start, Meeting.id)))


@blueprint.route("/<int:meeting_id>/bearbeiten", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def edit(meeting_id: int) -> ResponseReturnValue:
    """Change or move a meeting."""
    meeting = loading.meeting(db.session(), current.actor(), meeting_id)
    saved = _saved(meeting)
    form = MeetingForm(obj=meeting, data=saved)
    names, _ = _with_choices(form, meeting)
    public = meeting.uid in announced(db.session(), [meeting.uid])
    if not public:
        del form.reason
    proposing = PROPOSE in request.form
    if proposing:
        _propose(form, names, meeting)
    elif form.is_submitted() and form.validate():
        try:
            meetings.edit_meeting(
                db.session(),
                current.actor(),
                meeting_id,
                form.version.data,
                facts(form, names, meeting),
                form.reason.data or "" if public else "",
                clock.now(),
            )
        except RuleBroken as error:
            form.refuse(error)
        except Stale:
            cancel = url_for(".edit", meeting_id=meeting_id)
            return conflict.conflict_page(form, meeting, cancel=cancel, saved=_saved(meeting))
        else:
            flash("Die Angaben zur Sitzung sind gespeichert.", "success")
            return redirect(url_for(".show", meeting_id=meeting_id), 303)
    status = 422 if form.is_submitted() and not proposing else 200
    page = render_template("office/meetings/edit.html", form=form, meeting=meeting, public=public)
    return page, status


def _begin(form: NewMeetingForm, committee_id: int, name: str) -> None:
    """Begin with a committee's next meeting: numbered, where its meetings bear numbers."""
    form.committee_ids.data = committee_id
    body = current.actor().body_id
    number = next_number(db.session(), body, committee_id, clock.today()) if body else 1
    if number > 1:
        form.number.data = number
    form.name.data = naming.proposed_name(name, number=form.number.data)


def _propose(
    form: NewMeetingForm | MeetingForm, names: dict[int, str], row: Meeting | None = None
) -> None:
    """Fill in the number, if there is none, and the name that fit what was chosen so far."""
    form.validate()
    leading = form.committee_ids.data
    actor = current.actor()
    if leading not in names or actor.body_id is None:
        return
    kind = chosen_kind(form, row)
    if form.number.data is None and kind is not MeetingKind.CONTINUATION:
        day = form.start_date.data or clock.today()
        form.number.data = next_number(db.session(), actor.body_id, leading, day)
        form.number.raw_data = None
    committees = chosen_committees(form, row)
    form.name.data = proposed(names, committees, kind, form.number.data, row)
    for field in form:
        field.errors = []


def _saved(meeting: Meeting) -> dict[str, object]:
    """What is stored, under the names of the form's fields."""
    start = on_clock(meeting.start)
    seated: list[int | None] = [one.id for one in meeting.organizations]
    leading, *further = seated or [None]
    return {
        "name": meeting.name,
        "kind": meeting.kind.value,
        "number": meeting.number,
        "committee_ids": leading,
        "further_ids": further,
        "start_date": start.date(),
        "start_time": start.time().replace(tzinfo=None),
        "location_id": meeting.location_id,
        "internal_note": meeting.internal_note,
        "reason": "",
    }


def _with_choices(
    form: NewMeetingForm | MeetingForm, row: Meeting | None
) -> tuple[dict[int, str], bool]:
    """Fill the selects; gives the committees' names by id, and whether there is what it takes.

    Committees that ended before the day are left out, unless the meeting has them already.
    """
    kept = {one.id for one in row.organizations} if row else set()
    since = local_day(row.start if row else clock.now()) - timedelta(days=1)
    committees = [
        one
        for one in _committees()
        if one.id in kept or one.end_date is None or one.end_date >= since
    ]
    labels = [(one.id, committee_label(one)) for one in committees]
    form.committee_ids.choices = options(labels, empty="Bitte wählen")
    form.further_ids.choices = options(labels)
    if len(labels) < 2:
        del form.further_ids
    places = db.session.scalars(
        loading.locations(current.actor()).order_by(Location.room, Location.id)
    ).all()
    rooms = [(one.id, place_label(one)) for one in places]
    form.location_id.choices = options(rooms, empty="Bitte wählen" if len(rooms) != 1 else "")
    if row is not None and row.continues_id is not None:
        form.kind.choices = CONTINUED
    return {one.id: one.name for one in committees}, bool(labels and rooms)
