"""What a decision on the agenda does to an item's treatment, and what must be true before it."""

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.resolutions import follow_part
from sitzungsdienst.acts.revisions import keep_revision, wording_of
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.proceedings import Decision, Motion, Treatment


def set_decision(run: Run, item: AgendaItem, decision: Decision | None) -> None:
    """Let the item end so; what it ended with before is kept among its older texts."""
    row = _treatment(run, item)
    before = wording_of(row)
    row.decision = decision
    keep_revision(run, row, before)


def take_decision_back(run: Run, item: AgendaItem, decision: Decision) -> None:
    """Leave the item undecided again, unless it was decided otherwise since."""
    row = item.treatment
    if row is not None and row.decision is decision:
        row.decision = None
        _drop_if_empty(run, item, row)


def set_part(run: Run, item: AgendaItem, part: Part) -> None:
    """Record in which part the item is treated; the planned one needs no word."""
    if Part.PUBLIC is part is item.part:
        _demand_title_as_told(run, item)
    row = _treatment(run, item)
    row.treated_part = None if part is item.part else part
    for resolution in item.resolutions:
        follow_part(resolution)
    _drop_if_empty(run, item, row)


def demand_undecided(item: AgendaItem) -> None:
    """Refuse what was decided already; votes on how to go on are none on the matter."""
    voted = any(one.motion is Motion.MAIN for one in item.ballots)
    ended = item.treatment is not None and item.treatment.decision is not None
    if voted or ended or item.elections or item.resolutions:
        raise RuleBroken(
            "", "Zu diesem Punkt ist schon entschieden. Nehmen Sie zuerst das Ergebnis zurück."
        )


def demand_nothing_said(item: AgendaItem) -> None:
    """Refuse to open to the public what was debated behind closed doors: that stays there."""
    row = item.treatment
    said = row is not None and (
        row.deliberation or row.resolution_text or row.decision or row.revisions
    )
    if said or item.ballots or item.elections or item.resolutions:
        raise RuleBroken(
            "kind",
            "Zu diesem Punkt ist schon nichtöffentlich beraten; was dazu erfasst ist, bleibt"
            " nichtöffentlich. Nehmen Sie einen eigenen öffentlichen Punkt auf.",
        )


def _demand_title_as_told(run: Run, item: AgendaItem) -> None:
    """Refuse to open an item again whose title was written on behind closed doors."""
    public = Desk(run.session).current(PublicAgendaItem, item.uid)
    if public is not None and public.name != item.title:
        raise RuleBroken(
            "kind",
            "Der Betreff wurde geändert, die Öffentlichkeit kennt den Punkt als"
            f" »{public.name}«. Geben Sie ihm auf der Tagesordnung zuerst wieder diesen Betreff;"
            " was nichtöffentlich geschrieben wurde, würde sonst öffentlich.",
        )


def demand_unpublished(run: Run, item: AgendaItem) -> None:
    """Refuse to close to the public what it reads already: an excerpt, minutes, a secret title."""
    desk = Desk(run.session)
    public = desk.current(PublicAgendaItem, item.uid)
    meeting = desk.current(PublicMeeting, item.meeting.uid)
    if (public and (public.standing or public.released_on)) or (
        meeting and meeting.results_protocol
    ):
        raise RuleBroken(
            "kind",
            "Der Auszug oder die Niederschrift ist schon veröffentlicht. Nehmen Sie zuerst die"
            " Veröffentlichung zurück.",
        )
    if public and public.public and item.part is not Part.PUBLIC:
        raise RuleBroken(
            "kind",
            f"Die Öffentlichkeit liest diesen Punkt schon als öffentlichen: »{public.name}«."
            " Ziehen Sie zuerst die Sitzung aus der Öffentlichkeit zurück, erfassen Sie die"
            " Änderung und veröffentlichen Sie dann die Tagesordnung neu.",
        )


def _treatment(run: Run, item: AgendaItem) -> Treatment:
    row = item.treatment
    if row is None:
        row = Treatment(
            agenda_item=item,
            agenda_item_id=item.id,
            deliberation="",
            resolution_text="",
            internal_note="",
        )
        run.session.add(row)
    return row


def _drop_if_empty(run: Run, item: AgendaItem, row: Treatment) -> None:
    """Nothing recorded is no treatment: the item counts as open again."""
    told = (row.deliberation, row.resolution_text, row.internal_note, row.decision)
    kept = (row.treated_part, row.began_at, row.ended_at, row.revisions)
    if any(told) or any(kept):
        return
    item.treatment = None
    if row.id:
        run.session.delete(row)
    else:
        run.session.expunge(row)
