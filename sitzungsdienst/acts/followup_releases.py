"""Telling the public how a resolution is carried out, and taking that back."""

from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.publishing import needed_reason, publish, publish_change
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.gate import decision, withdrawal
from sitzungsdienst.gate.desk import Desk, put_follow_up
from sitzungsdienst.publication.results import PublicResolution
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.resolutions import Resolution


def release_follow_up(
    session: Session, actor: Actor, row_id: int, reason: str, now: datetime
) -> None:
    """Release state, unit and public reports of a resolution, in the excerpt that told of it.

    Raises RuleBroken while that excerpt is not public, or nothing has changed since.
    """
    with act(session, actor, "release_follow_up", now) as run:
        row = run.about(run.fetch(Resolution, row_id))
        desk = Desk(session)
        before = told_publicly(desk, row)
        if not decision.resolution(row):
            raise RuleBroken("", "Dieser Beschluss ist nichtöffentlich oder aufgehoben.")
        try:
            put_follow_up(desk, [row])
        except decision.GateClosed as closed:
            raise RuleBroken("", str(closed)) from closed
        publish_change(run, desk, reason, released_before=bool(before and before.progress))


def withdraw_follow_up(
    session: Session, actor: Actor, row_id: int, reason: str, now: datetime
) -> None:
    """Take back what was released of a resolution's carrying out, older versions included."""
    with act(session, actor, "withdraw_follow_up", now) as run:
        row = run.about(run.fetch(Resolution, row_id))
        desk = Desk(session)
        withdrawal.withdraw_follow_up(desk, row)
        if not desk.withdrawn:
            raise RuleBroken("", "Über die Umsetzung ist nichts veröffentlicht.")
        publish(run, desk, needed_reason(reason))


def told_publicly(desk: Desk, row: Resolution) -> PublicResolution | None:
    """What the public reads of the resolution now; None while its excerpt does not tell of it."""
    filed = desk.current(PublicAgendaItem, row.agenda_item.uid)
    told = filed.resolutions if filed else ()
    return next((one for one in told if one.uid == row.uid), None)
