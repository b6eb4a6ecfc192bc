"""The release: what of a meeting may become public, does, and is taken back."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import public_prints, releases
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.gate import attended, decision, hidden
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.gate.decision import GateClosed, Verdict
from sitzungsdienst.office import clock, current, loading, preview, room
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import options
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.publicity import tell_minutes_gone
from sitzungsdienst.office.release_forms import ReleaseForm, ReleaseMinutesForm, WithdrawForm
from sitzungsdienst.publication.filed import Filed, VersionNote
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting
from sitzungsdienst.record.meetings import AgendaItem, Meeting

blueprint = Blueprint("releases", __name__)

# What led to a version, in the words of the office.
ACTS = {
    "announce_meeting": "angekündigt",
    "cancel_meeting": "abgesagt",
    "edit_meeting": "geändert",
    "reinstate_meeting": "Absage zurückgenommen",
    "release_agenda": "Tagesordnung neu veröffentlicht",
    "release_excerpts": "Auszug veröffentlicht",
    "release_minutes": "mit der Niederschrift veröffentlicht",
    "release_paper": "mit der Vorlage veröffentlicht",
    "summon": "mit der Ladung veröffentlicht",
    "withdraw_excerpt": "Auszug zurückgenommen",
    "withdraw_meeting": "Sitzung zurückgenommen",
    "withdraw_minutes": "Niederschrift zurückgenommen",
    "withdraw_paper": "Vorlage zurückgenommen",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An item on the page: whether its excerpt may be public, and what of it is."""

    row: AgendaRow
    verdict: Verdict
    standing: str
    version: int
    address: str


@blueprint.route("/sitzungen/<int:meeting_id>/freigabe", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def page(meeting_id: int) -> ResponseReturnValue:
    """Show what may be released and what is public; release the chosen excerpts."""
    meeting = room.load_meeting(meeting_id, *room.ITEMS)
    lines = _lines(meeting)
    form = ReleaseForm()
    form.item_ids.choices = options((one.row.item.id, one.row.number) for one in lines)
    if form.validate_on_submit():
        try:
            releases.release_excerpts(
                db.session(),
                current.actor(),
                meeting_id,
                _chosen(form, lines),
                form.reason.data or "",
                clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Die Auszüge sind veröffentlicht.", "success")
            return redirect(url_for(".page", meeting_id=meeting_id), 303)
    return _page(meeting, lines, form), 422 if form.is_submitted() else 200


@blueprint.route("/sitzungen/<int:meeting_id>/freigabe/niederschrift", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def minutes(meeting_id: int) -> ResponseReturnValue:
    """Release the public minutes with every excerpt, after telling what that means."""
    meeting = room.load_meeting(meeting_id, *room.ITEMS, *room.SEATS)
    form = ReleaseMinutesForm()
    if form.validate_on_submit():
        try:
            releases.release_minutes(
                db.session(), current.actor(), meeting_id, form.reason.data or "", clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Die öffentliche Niederschrift ist veröffentlicht.", "success")
            return redirect(url_for(".page", meeting_id=meeting_id), 303)
    shown = room.page(
        "office/releases/minutes.html",
        meeting,
        "releases.page",
        form=form,
        verdict=decision.minutes(meeting),
        lines=[one for one in _lines(meeting) if one.verdict.allowed],
        asked=attended.asked(meeting),
        kept_back=attended.kept_back(meeting),
        untimed=hidden.untimed(meeting),
    )
    return shown, 422 if form.is_submitted() else 200


@blueprint.get("/punkte/<int:item_id>/auszug")
@requires(Permission.PUBLIC_RELEASE)
def excerpt(item_id: int) -> ResponseReturnValue:
    """Show an excerpt exactly as the public would read it, and what it read so far."""
    item = _item(item_id)
    line = next((one for one in _lines(item.meeting) if one.row.item is item), None)
    versions = _versions(item.uid)
    value, reason = None, ""
    try:
        value = preview.excerpt(db.session(), item, clock.today())
    except GateClosed as closed:
        reason = str(closed)
    return room.page(
        "office/releases/excerpt.html",
        item.meeting,
        "releases.page",
        item=item,
        line=line,
        number=line.row.number if line else item.number or "",
        excerpt=value,
        reason=reason,
        versions=versions,
        acts=ACTS,
    )


@blueprint.route("/punkte/<int:item_id>/auszug/zuruecknehmen", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def withdraw_excerpt(item_id: int) -> ResponseReturnValue:
    """Take an excerpt back, with a public reason."""
    item = _item(item_id)
    return _withdraw(
        item.meeting,
        "excerpt",
        lambda reason: releases.withdraw_excerpt(
            db.session(), current.actor(), item_id, reason, clock.now()
        ),
        item,
    )


@blueprint.route(
    "/sitzungen/<int:meeting_id>/freigabe/niederschrift/zuruecknehmen", methods=["GET", "POST"]
)
@requires(Permission.PUBLIC_RELEASE)
def withdraw_minutes(meeting_id: int) -> ResponseReturnValue:
    """Take the public minutes back, with a public reason."""
    return _withdraw(
        room.load_meeting(meeting_id),
        "minutes",
        lambda reason: releases.withdraw_minutes(
            db.session(), current.actor(), meeting_id, reason, clock.now()
        ),
    )


@blueprint.route("/sitzungen/<int:meeting_id>/freigabe/zuruecknehmen", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def withdraw_meeting(meeting_id: int) -> ResponseReturnValue:
    """Take a meeting with everything of it back, with a public reason."""
    return _withdraw(
        room.load_meeting(meeting_id),
        "meeting",
        lambda reason: releases.withdraw_meeting(
            db.session(), current.actor(), meeting_id, reason, clock.now()
        ),
    )


def _withdraw(
    meeting: Meeting,
    what: str,
    act: Callable[[str], tuple[int, ...] | None],
    item: AgendaItem | None = None,
) -> ResponseReturnValue:
    """Ask for the reason and do it; `act` gives the meetings whose minutes went too."""
    form = WithdrawForm()
    meeting_id = meeting.id
    if form.validate_on_submit():
        try:
            minutes_gone = act(form.reason.data or "")
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Zurückgenommen. Die Öffentlichkeit liest es nicht mehr.", "success")
            tell_minutes_gone(db.session(), minutes_gone or ())
            return redirect(url_for(".page", meeting_id=meeting_id), 303)
    shown = room.page(
        "office/releases/withdraw.html",
        meeting,
        "releases.page",
        form=form,
        what=what,
        item=item,
        number=item.number if item else "",
        public_minutes=_protocol(meeting),
        minutes_stand=public_prints.minutes_stand(db.session(), meeting),
    )
    return shown, 422 if form.is_submitted() else 200


def _item(item_id: int) -> AgendaItem:
    item = loading.agenda_item(db.session(), current.actor(), item_id)
    room.load_meeting(item.meeting_id, *room.ITEMS)
    return item


def _lines(meeting: Meeting) -> list[Line]:
    rows = agenda_rows(meeting.agenda)
    filed = _reader().many(PublicAgendaItem, [one.item.uid for one in rows])
    return [_line(row, filed.get(row.item.uid)) for row in rows]


def _line(row: AgendaRow, filed: Filed[PublicAgendaItem] | None) -> Line:
    document = filed.document if filed else None
    standing = document.standing if document else ""
    return Line(
        row=row,
        verdict=decision.excerpt(row.item),
        standing=standing,
        version=filed.version if filed else 0,
        address=_public(f"/auszuege/{row.item.uid}") if standing else "",
    )


def _chosen(form: ReleaseForm, lines: list[Line]) -> tuple[int, ...]:
    """What was ticked, or with the second button everything that may be released."""
    if form.everything.data:
        return tuple(one.row.item.id for one in lines if one.verdict.allowed)
    return tuple(form.item_ids.data or ())


def _page(meeting: Meeting, lines: list[Line], form: ReleaseForm) -> str:
    document, protocol = _filed(meeting), _protocol(meeting)
    return room.page(
        "office/releases/page.html",
        meeting,
        "releases.page",
        form=form,
        lines=lines,
        chosen=set(form.item_ids.data or ()),
        allowed=sum(one.verdict.allowed for one in lines),
        released=[one for one in lines if one.standing],
        meeting_address=_public(f"/sitzungen/{meeting.uid}") if document else "",
        minutes_address=_public(f"/dateien/{protocol}") if protocol else "",
        minutes_verdict=decision.minutes(meeting),
        versions=_versions(meeting.uid),
        acts=ACTS,
    )


def _filed(meeting: Meeting) -> PublicMeeting | None:
    filed = _reader().get(PublicMeeting, meeting.uid)
    return filed.document if filed else None


def _protocol(meeting: Meeting) -> str:
    """The uid of the public minutes, "" where the public reads none."""
    document = _filed(meeting)
    return document.results_protocol if document else ""


def _versions(uid: str) -> list[VersionNote]:
    """What the public read and reads of an object, the newest first."""
    return list(reversed(_reader().versions(uid)))


def _reader() -> Reader:
    return Reader(db.session.connection())


def _public(path: str) -> str:
    address: str = current_app.config["PUBLIC_URL"] + path
    return address
