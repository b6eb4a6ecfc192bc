"""Telling the public how a resolution is carried out, after a look at it; and taking it back."""

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts.followup_releases import (
    release_follow_up,
    told_publicly,
    withdraw_follow_up,
)
from sitzungsdienst.gate import decision
from sitzungsdienst.gate.desk import Desk, put_follow_up
from sitzungsdienst.german import plain_date
from sitzungsdienst.office import clock, current
from sitzungsdienst.office.database import db
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.release_forms import ReleaseMinutesForm, WithdrawForm
from sitzungsdienst.office.resolution_page import address, load, trail
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.publication.results import PublicResolution
from sitzungsdienst.record.resolutions import Resolution

blueprint = Blueprint("followup_releases", __name__)

EXECUTION = "umsetzung"


@dataclass(frozen=True, slots=True)
class Told:
    """What the public reads of the carrying out, or would: None where there is nothing."""

    now: PublicResolution | None
    then: PublicResolution | None
    obstacle: str


@blueprint.route("/beschluesse/<int:resolution_id>/veroeffentlichen", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def release(resolution_id: int) -> ResponseReturnValue:
    """Release state, unit and public reports, after a look at what the public will read."""
    row = load(resolution_id)
    form = ReleaseMinutesForm()
    if attempt(form, lambda: _release(form, resolution_id)):
        return go(address(resolution_id, EXECUTION), "Die Umsetzung ist veröffentlicht.")
    shown = render_template(
        "office/resolutions/release.html",
        row=row,
        told=told(row),
        form=form,
        trail=trail(row),
        back=address(row.id, EXECUTION),
        withdraw=url_for(".withdraw", resolution_id=row.id),
        plain_date=plain_date,
    )
    return shown, status(form)


def _release(form: ReleaseMinutesForm, resolution_id: int) -> None:
    reason = form.reason.data or ""
    release_follow_up(db.session(), current.actor(), resolution_id, reason, clock.now())


def told(row: Resolution) -> Told:
    """What the public reads now, and what it would read after a release."""
    desk = Desk(db.session())
    now = told_publicly(desk, row)
    if not decision.resolution(row):
        return Told(now, None, "Der Beschluss ist nichtöffentlich oder aufgehoben.")
    try:
        put_follow_up(desk, [row])
    except decision.GateClosed as closed:
        return Told(None, None, str(closed))
    return Told(now if now and now.progress else None, told_publicly(desk, row), "")


@blueprint.route("/beschluesse/<int:resolution_id>/zuruecknehmen", methods=["GET", "POST"])
@requires(Permission.PUBLIC_RELEASE)
def withdraw(resolution_id: int) -> ResponseReturnValue:
    """Take back what was released; the excerpt with its number stays."""
    row = load(resolution_id)
    form = WithdrawForm()
    if attempt(form, lambda: _withdraw(form, resolution_id)):
        notice = "Die Umsetzung ist nicht mehr öffentlich."
        return go(address(resolution_id, EXECUTION), notice)
    shown = render_template(
        "office/resolutions/withdraw.html",
        row=row,
        form=form,
        trail=trail(row),
        back=address(row.id, EXECUTION),
    )
    return shown, status(form)


def _withdraw(form: WithdrawForm, resolution_id: int) -> None:
    reason = form.reason.data or ""
    withdraw_follow_up(db.session(), current.actor(), resolution_id, reason, clock.now())
