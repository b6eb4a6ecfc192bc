"""Announcing non-public resolutions: what is owed, the item for it, and that it was done."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import agenda, announcements
from sitzungsdienst.acts.announcements import ITEM_TITLE
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.german import local_day
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import announcement_list, clock, current, loading
from sitzungsdienst.office.announcement_list import heard, label
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm, options
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.resolution_forms import (
    AnnouncedForm,
    AnnounceManyForm,
    AnnouncementForm,
)
from sitzungsdienst.office.resolution_page import address, load, trail
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.resolutions import Resolution

blueprint = Blueprint("announcements", __name__)


@blueprint.route("/beschluesse/bekanntgabe", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def index() -> ResponseReturnValue:
    """List what is still to be announced, and note of several that they were."""
    rows = announcement_list.owed()
    items = heard(min((one.decided_on for one in rows), default=clock.today()))
    form = AnnounceManyForm()
    form.offer(
        ((one.id, label(one)) for one in items),
        ((one.id, one.number) for one in rows),
    )
    done = attempt(
        form,
        lambda: announcements.announce_resolutions(
            db.session(),
            current.actor(),
            form.item_id.data,
            tuple(form.resolution_ids.data or ()),
            clock.now(),
        ),
    )
    if done:
        return go(url_for(".index"), "Die Bekanntgabe ist vermerkt.")
    page = render_template(
        "office/resolutions/announcements.html",
        form=form,
        groups=announcement_list.groups(rows),
        chosen=set(form.resolution_ids.data or ()),
        heard=items,
        today=clock.today(),
    )
    return page, status(form)


@blueprint.post("/sitzungen/<int:meeting_id>/bekanntgabe")
@requires(Permission.AGENDA_EDIT)
def add_item(meeting_id: int) -> ResponseReturnValue:
    """Put the item for announcing on the agenda, unless it stands there already."""
    meeting = loading.meeting(db.session(), current.actor(), meeting_id)
    if announcement_list.announcing_item(meeting) is None:
        facts = agenda.ItemFacts(title=ITEM_TITLE, part=Part.PUBLIC)
        try:
            agenda.add_item(db.session(), current.actor(), meeting_id, facts, clock.now())
        except RuleBroken as broken:
            flash(broken.sentence, "warning")
            return redirect(url_for(".index"), 303)
    return go(url_for("agenda.page", meeting_id=meeting_id), "Der Punkt steht im Entwurf.")


@blueprint.route("/beschluesse/<int:resolution_id>/bekanntgabe", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def plan(resolution_id: int) -> ResponseReturnValue:
    """Say what the public is to hear of a resolution, or why it must not."""
    row = load(resolution_id)
    form = AnnouncementForm(obj=row)
    try:
        if attempt(
            form,
            lambda: announcements.plan_announcement(
                db.session(),
                current.actor(),
                resolution_id,
                form.version.data,
                form.facts(),
                clock.now(),
            ),
        ):
            return go(address(resolution_id, "bekanntgabe"), "Die Bekanntgabe ist festgelegt.")
    except Stale:
        return conflict_page(form, row, cancel=address(resolution_id, "bekanntgabe"))
    return _page("announcement", row, form)


@blueprint.route("/beschluesse/<int:resolution_id>/bekannt-gegeben", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def announced(resolution_id: int) -> ResponseReturnValue:
    """Note that a resolution was announced."""
    row = load(resolution_id)
    here = address(resolution_id, "bekanntgabe")
    items = heard(row.decided_on)
    latest = items[0] if items else None
    usual = {
        "version": row.version,
        "announced_on": local_day(latest.meeting.start) if latest else clock.today(),
        "announced_item_id": latest.id if latest else None,
    }
    form = AnnouncedForm(data=usual)
    form.announced_item_id.choices = options(
        ((one.id, label(one)) for one in items), empty="– nicht in einer Sitzung –"
    )
    try:
        if attempt(
            form,
            lambda: announcements.announce_resolution(
                db.session(),
                current.actor(),
                resolution_id,
                form.version.data,
                form.facts(),
                clock.now(),
            ),
        ):
            return go(here, "Die Bekanntgabe ist vermerkt.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return _page("announced", row, form)


def _page(
    template: str, row: Resolution, form: AnnouncementForm | AnnouncedForm
) -> ResponseReturnValue:
    page = render_template(
        f"office/resolutions/{template}.html",
        form=form,
        row=row,
        trail=trail(row),
        back=address(row.id, "bekanntgabe"),
    )
    return page, status(form)


@blueprint.route("/beschluesse/<int:resolution_id>/bekanntgabe/ruecknahme", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def revoke(resolution_id: int) -> ResponseReturnValue:
    """Ask, then take the note back that was made by mistake."""
    row = load(resolution_id)
    here = address(resolution_id, "bekanntgabe")
    form = ConfirmForm(obj=row)
    question = Question(
        title="Vermerk der Bekanntgabe zurücknehmen",
        question=f"Ist der Beschluss {row.number} doch nicht bekannt gegeben?",
        text="Die Bekanntgabe ist dann wieder offen. Der Wortlaut bleibt stehen.",
        label="Vermerk zurücknehmen",
        cancel=here,
        goal=here,
        notice="Die Bekanntgabe ist wieder offen.",
        trail=trail(row),
    )
    return ask(
        form,
        row,
        question,
        lambda: announcements.revoke_announcement(
            db.session(), current.actor(), resolution_id, form.version.data, clock.now()
        ),
    )
