"""Planning a series of meetings: a rhythm, the list of dates to look through, all at once."""

from collections.abc import Iterable
from datetime import date, time

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from sitzungsdienst.acts import series
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.meeting_hints import clashes, next_number, told_clash
from sitzungsdienst.german import WEEKDAYS
from sitzungsdienst.office import clock, current, loading, naming
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import options
from sitzungsdienst.office.local_time import moment
from sitzungsdienst.office.meetings_forms import committee_label, place_label
from sitzungsdienst.office.next_forms import RhythmForm, SeriesForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.record.bodies import Location, Organization, OrganizationKind
from sitzungsdienst.record.meetings import MeetingKind

blueprint = Blueprint("series", __name__, url_prefix="/sitzungen/serie")

USUAL_START = time(17, 0)


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.MEETINGS_EDIT)
def rhythm() -> ResponseReturnValue:
    """Ask for the rhythm, then show the dates that follow from it."""
    form = RhythmForm(data=None if request.method == "POST" else {"start_time": USUAL_START})
    known = _with_choices(form)
    chosen = request.args.get("gremium", type=int)
    if not form.is_submitted() and chosen in known:
        form.committee_ids.data = chosen

    def do() -> SeriesForm:
        days = form.days()
        if not days:
            raise RuleBroken("until", "In diesem Zeitraum liegt kein solcher Tag.")
        return _proposed(form, days)

    made = attempt(form, do)
    if made:
        return _list_page(made[0])
    return render_template("office/meetings/series.html", form=form), status(form)


@blueprint.post("/planen")
@requires(Permission.MEETINGS_EDIT)
def plan() -> ResponseReturnValue:
    """Plan the dates that were kept."""
    form = SeriesForm()
    committee, place = _whole(form.committee_ids.data), _whole(form.location_id.data)

    def do() -> tuple[int, ...]:
        occasions = tuple(
            series.Occasion(
                name=_name(committee, row.number.data, row.name.data or ""),
                start=row.start(),
                number=row.number.data,
            )
            for row in (entry.form for entry in form.occasions)
            if row.keep.data
        )
        facts = series.SeriesFacts(
            committee_ids=(committee,), location_id=place, occasions=occasions
        )
        return series.plan_series(db.session(), current.actor(), facts, clock.now())

    if "again" in request.form:
        form.validate()
        return _list_page(form)
    made = attempt(form, do)
    if made:
        notice = f"{len(made[0])} Sitzungen sind geplant. Öffentlich ist noch keine."
        return go(url_for("meetings.index", gremium=committee), notice)
    return _list_page(form), 422


def _whole(value: str | None) -> int:
    if value is None or not (value.isascii() and value.isdigit() and len(value) < 10):
        raise BadRequest
    return int(value)


def _name(committee_id: int, number: int | None, typed: str) -> str:
    if typed.strip():
        return typed
    committee = loading.organization(db.session(), current.actor(), committee_id)
    return naming.proposed_name(committee.name, (), MeetingKind.ORDINARY, number)


def _with_choices(form: RhythmForm) -> set[int]:
    """Fill the selects; gives the committees that may be chosen."""
    session, actor = db.session(), current.actor()
    committees = session.scalars(
        loading.organizations(actor)
        .where(Organization.kind == OrganizationKind.COMMITTEE)
        .order_by(Organization.name, Organization.id)
    ).all()
    today = clock.today()
    lasting = [one for one in committees if one.end_date is None or one.end_date >= today]
    labels = [(one.id, committee_label(one)) for one in lasting]
    form.committee_ids.choices = options(labels, empty="Bitte wählen")
    rooms = session.scalars(loading.locations(actor).order_by(Location.room, Location.id)).all()
    places = [(one.id, place_label(one)) for one in rooms]
    form.location_id.choices = options(places, empty="Bitte wählen" if len(places) != 1 else "")
    return {one.id for one in lasting}


def _proposed(form: RhythmForm, days: Iterable[date]) -> SeriesForm:
    """The list as it follows from the rhythm, every date kept."""
    committee = loading.organization(db.session(), current.actor(), form.committee_ids.data)
    rows = []
    count = 0
    for day in days:
        number = None
        if form.numbered.data:
            first = next_number(db.session(), committee.body_id, committee.id, day)
            count = max(count + 1, first)
            number = count
        name = naming.proposed_name(committee.name, (), MeetingKind.ORDINARY, number)
        at = form.start_time.data
        rows.append({"keep": True, "day": day, "clock": at, "number": number, "name": name})
    return SeriesForm(
        None,
        data={
            "committee_ids": str(committee.id),
            "location_id": str(form.location_id.data),
            "occasions": rows,
        },
    )


def _list_page(form: SeriesForm) -> str:
    """The list with what clashes; dates typed anew are looked at anew."""
    session, actor = db.session(), current.actor()
    committee_id, place_id = _whole(form.committee_ids.data), _whole(form.location_id.data)
    committee = loading.organization(session, actor, committee_id)
    place = loading.location(session, actor, place_id)
    warnings = []
    for entry in form.occasions:
        day, at = entry.form.day.data, entry.form.clock.data
        found: tuple[str, ...] = ()
        if day is not None and at is not None and entry.form.keep.data:
            start = moment(day, at)
            there = clashes(session, committee.body_id, start, place_id, (committee_id,))
            found = tuple(told_clash(one) for one in there)
        weekday = WEEKDAYS[day.weekday()] if day is not None else ""
        warnings.append((weekday, found))
    return render_template(
        "office/meetings/series_list.html",
        form=form,
        committee=committee,
        place=place,
        rows=list(zip(form.occasions, warnings, strict=True)),
    )
