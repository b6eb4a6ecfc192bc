"""Acts of release: what the public may read from now on, and what it may no longer.

Acts that may take public minutes with them give the ids of those meetings, so that the clerk is
told to release them anew (see `public_prints.renew`).
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import public_prints
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.publishing import needed_reason, publish, publish_change
from sitzungsdienst.acts.sealing import seals
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.gate import decision, withdrawal
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicMeeting,
    PublicMembership,
    PublicPaper,
)
from sitzungsdienst.record.base import Edited
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Attachment, Paper


def release_organization(
    session: Session, actor: Actor, row_id: int, reason: str, now: datetime
) -> None:
    """Release a committee with its members: names, functions, groups, from when to when."""
    with act(session, actor, "release_organization", now) as run:
        row = run.about(run.fetch(Organization, row_id))
        desk = Desk(session)
        seats = [one.uid for one in row.memberships]
        before = bool(desk.known(PublicMembership, seats))
        gate.put_members(desk, row)
        publish_change(run, desk, reason, released_before=before)


def release_paper(session: Session, actor: Actor, row_id: int, reason: str, now: datetime) -> None:
    """Release a paper with its public attachments and its path."""
    with act(session, actor, "release_paper", now) as run:
        row = run.about(run.fetch(Paper, row_id))
        desk = Desk(session)
        before = desk.current(PublicPaper, row.uid) is not None
        _through_the_gate(lambda: gate.put_paper(desk, row))
        publish_change(run, desk, reason, released_before=before)


@seals
def release_agenda(
    session: Session, actor: Actor, meeting_id: int, reason: str, now: datetime
) -> tuple[int, ...]:
    """Release a summoned meeting's agenda anew, after a correction.

    Where a line is hidden by now or has other words, no older print goes on saying what it said.
    """
    with act(session, actor, "release_agenda", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id))
        desk = Desk(session)
        gate.put_meeting(desk, meeting)
        _through_the_gate(lambda: gate.put_agenda(desk, meeting))
        gone: tuple[int, ...] = ()
        if public_prints.words_gone(desk, meeting):
            gone = _renew(run, desk, [meeting])
        else:
            public_prints.put_notice(run, desk, meeting)
        publish_change(run, desk, reason, released_before=True)
        return gone


@seals
def release_excerpts(
    session: Session,
    actor: Actor,
    meeting_id: int,
    item_ids: tuple[int, ...],
    reason: str,
    now: datetime,
) -> None:
    """Release the excerpts of the chosen items, each as a page and as a PDF."""
    with act(session, actor, "release_excerpts", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id))
        desk, items = Desk(session), _chosen(meeting, item_ids)
        before = _any_released(desk, items)
        gate.put_meeting(desk, meeting, held=True)
        _through_the_gate(lambda: public_prints.put_excerpts(run, desk, meeting, items))
        publish_change(run, desk, reason, released_before=before)


@seals
def release_minutes(
    session: Session, actor: Actor, meeting_id: int, reason: str, now: datetime
) -> None:
    """Release the public minutes as PDF, and with them the excerpt of every item they tell of."""
    with act(session, actor, "release_minutes", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id))
        desk = Desk(session)
        items = [one for one in meeting.agenda if decision.excerpt(one).allowed]
        filed = desk.current(PublicMeeting, meeting.uid)
        before = _any_released(desk, items) or bool(filed and filed.results_protocol)
        gate.put_meeting(desk, meeting, held=True)
        _through_the_gate(lambda: decision.minutes(meeting).demand())
        # The public minutes tell of the whole meeting, so its agenda is released as it is now.
        _through_the_gate(lambda: gate.put_agenda(desk, meeting))
        _through_the_gate(lambda: public_prints.put_excerpts(run, desk, meeting, items))
        public_prints.put_minutes(run, desk, meeting)
        publish_change(run, desk, reason, released_before=before)


def _chosen(meeting: Meeting, item_ids: tuple[int, ...]) -> list[AgendaItem]:
    items = {one.id: one for one in meeting.agenda}
    if not item_ids:
        raise RuleBroken("item_ids", "Bitte wählen Sie mindestens einen Punkt aus.")
    if not set(item_ids) <= items.keys():
        raise Unknown("an item of another meeting")
    return [items[one] for one in dict.fromkeys(item_ids)]


def _any_released(desk: Desk, items: list[AgendaItem]) -> bool:
    filed = desk.reader.many(PublicAgendaItem, [one.uid for one in items]).values()
    return any(one.document is not None and one.document.standing for one in filed)


def _through_the_gate(step: Callable[[], None]) -> None:
    """Turn the gate's no into a broken rule that the clerk's page shows."""
    try:
        step()
    except decision.GateClosed as closed:
        raise RuleBroken("", str(closed)) from closed


def withdraw_members(
    session: Session, actor: Actor, row_id: int, reason: str, now: datetime
) -> None:
    """Take a committee's members out of the public's sight, and itself where nothing names it."""
    with act(session, actor, "withdraw_members", now) as run:
        row = run.about(run.fetch(Organization, row_id))
        desk = Desk(session)
        _demand_public(desk, row)
        withdrawal.withdraw_members(desk, row)
        _hand_over(run, desk, reason)


@seals
def withdraw_paper(
    session: Session, actor: Actor, row_id: int, reason: str, now: datetime
) -> tuple[int, ...]:
    """Take a paper with its files and path out of the public's sight; its Status changes too."""
    with act(session, actor, "withdraw_paper", now) as run:
        row = run.about(run.fetch(Paper, row_id))
        desk = Desk(session)
        _demand_public(desk, row)
        row.public = False
        meetings = withdrawal.meetings_naming(desk, row)
        withdrawal.withdraw_paper(desk, row)
        gone = _renew(run, desk, meetings)
        _hand_over(run, desk, reason)
        return gone


def withdraw_attachment(
    session: Session, actor: Actor, row_id: int, reason: str, now: datetime
) -> None:
    """Take one file of a paper out of the public's sight; its Status changes too."""
    with act(session, actor, "withdraw_attachment", now) as run:
        row = run.about(run.fetch(Attachment, row_id))
        desk = Desk(session)
        _demand_public(desk, row)
        row.public = False
        withdrawal.withdraw_attachment(desk, row)
        _hand_over(run, desk, reason)


@seals
def withdraw_excerpt(
    session: Session, actor: Actor, item_id: int, reason: str, now: datetime
) -> tuple[int, ...]:
    """Take an excerpt back; its item stays on the agenda, without a result."""
    with act(session, actor, "withdraw_excerpt", now) as run:
        row = run.about(run.fetch(AgendaItem, item_id))
        desk = Desk(session)
        if not _any_released(desk, [row]):
            raise RuleBroken("", "Zu diesem Punkt ist kein Auszug veröffentlicht.")
        withdrawal.withdraw_excerpt(desk, row)
        gone = _renew(run, desk, [row.meeting])
        _hand_over(run, desk, reason)
        return gone


def withdraw_minutes(
    session: Session, actor: Actor, meeting_id: int, reason: str, now: datetime
) -> None:
    """Take the public minutes back; excerpts stay until they are withdrawn themselves."""
    with act(session, actor, "withdraw_minutes", now) as run:
        row = run.about(run.fetch(Meeting, meeting_id))
        desk = Desk(session)
        withdrawal.withdraw_minutes(desk, row)
        _hand_over(run, desk, reason)


@seals
def withdraw_meeting(
    session: Session, actor: Actor, meeting_id: int, reason: str, now: datetime
) -> tuple[int, ...]:
    """Take a meeting with everything of it out of the public's sight, its name elsewhere too."""
    with act(session, actor, "withdraw_meeting", now) as run:
        row = run.about(run.fetch(Meeting, meeting_id))
        desk = Desk(session)
        _demand_public(desk, row)
        withdrawal.withdraw_meeting(desk, row)
        gone = _renew(run, desk, withdrawal.meetings_beside(desk, row))
        _hand_over(run, desk, reason)
        return gone


def _renew(run: Run, desk: Desk, meetings: Iterable[Meeting]) -> tuple[int, ...]:
    return tuple(one.id for one in meetings if public_prints.renew(run, desk, one))


def _demand_public(desk: Desk, row: Edited) -> None:
    if not desk.is_public(row.uid):
        raise RuleBroken("", "Das ist nicht veröffentlicht.")


def _hand_over(run: Run, desk: Desk, reason: str) -> None:
    if not desk.withdrawn:
        raise RuleBroken("", "Das ist nicht veröffentlicht.")
    publish(run, desk, needed_reason(reason))
