"""Acts on resolutions (Beschlüsse): numbering, wording, and what is done about a mistake.

What makes a resolution: an item on which the body decided the matter, that is, one that was
adopted, changed or not, rejected, or referred. Noting, adjourning, withdrawing and settling are no
resolutions on the matter; an office that numbers them all the same adds them one by one.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.holding import demand_in_session, demand_unsigned, hold_meeting
from sitzungsdienst.acts.printed import is_printed
from sitzungsdienst.acts.resolution_numbers import give_back, number_for
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.gate.compose_items import public_title
from sitzungsdienst.german import local_day
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.proceedings import BallotOutcome, Decision, Motion
from sitzungsdienst.record.resolutions import Announcement, Progress, Resolution

#: What makes a resolution by itself.
NUMBERED = frozenset(
    {Decision.ADOPTED, Decision.ADOPTED_CHANGED, Decision.REJECTED, Decision.REFERRED}
)
#: What leaves somebody something to do.
TO_BE_DONE = frozenset({Decision.ADOPTED, Decision.ADOPTED_CHANGED, Decision.REFERRED})

MANY_AT_ONCE = 200


def decision_of(item: AgendaItem) -> Decision | None:
    """How the item ended: as recorded, else as its votes on the matter say with one voice."""
    if item.treatment is not None and item.treatment.decision is not None:
        return item.treatment.decision
    mains = [one for one in item.ballots if one.motion is Motion.MAIN]
    if not mains or len({one.outcome for one in mains}) != 1:
        return None
    if mains[0].outcome is BallotOutcome.REJECTED:
        return Decision.REJECTED
    changed = any(
        one.motion is Motion.AMENDMENT and one.outcome is BallotOutcome.ACCEPTED
        for one in item.ballots
    )
    return Decision.ADOPTED_CHANGED if changed else Decision.ADOPTED


def awaiting(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items that need a resolution and have none, in the order of the agenda."""
    return tuple(
        row.item
        for row in agenda_rows(meeting.agenda)
        if decision_of(row.item) in NUMBERED and not standing(row.item)
    )


def standing(item: AgendaItem) -> tuple[Resolution, ...]:
    """The item's resolutions that count: not those whose number was given by mistake."""
    return tuple(one for one in item.resolutions if not one.void)


def proposed_text(item: AgendaItem) -> str:
    """The wording as put to the vote: the proposals of the item's papers, one after the other."""
    proposals = (step.paper.proposed_resolution.strip() for step in item.consultations)
    return "\n\n".join(dict.fromkeys(one for one in proposals if one))


def proposed_subject(item: AgendaItem) -> str:
    """What the resolution is called: as everybody who may read it may hear the item called."""
    return public_title(item) if item.actual_part is Part.PUBLIC else item.title


def adopted_text(item: AgendaItem) -> str:
    """The wording as adopted: as recorded, else as put, where it was adopted without a change."""
    recorded = item.treatment.resolution_text if item.treatment is not None else ""
    if recorded or decision_of(item) is not Decision.ADOPTED:
        return recorded
    return proposed_text(item)


def differs_from_record(row: Resolution) -> bool:
    """Whether the resolution, the only one of its item, says something else than the treatment."""
    item = row.agenda_item
    if standing(item) != (row,):
        return False
    recorded = (decision_of(item), adopted_text(item), item.actual_part)
    return recorded != (row.decision, row.text_adopted, row.part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """That an item gets its resolution; `number` verbatim, or "" for the next by the pattern."""

    item_id: int
    number: str = ""


def number_resolutions(
    session: Session,
    actor: Actor,
    meeting_id: int,
    numberings: tuple[Numbering, ...],
    now: datetime,
) -> tuple[int, ...]:
    """Make the resolutions of several items as they are recorded; gives their ids in order.

    All or none, in the order of the agenda. Nothing is typed but numbers, so it is possible after
    the signing too: that is how the resolutions of old meetings are taken over. Raises RuleBroken
    with the field "number-<item>" for a number that cannot be.
    """
    with act(session, actor, "number_resolutions", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id))
        _demand_held(meeting)
        wanted = {one.item_id: one.number for one in numberings}
        if not wanted or len(wanted) > MANY_AT_ONCE:
            raise RuleBroken("", "Bitte wählen Sie aus, was eine Nummer bekommen soll.")
        items = [row.item for row in agenda_rows(meeting.agenda) if row.item.id in wanted]
        if len(items) != len(wanted):
            raise Unknown(f"AgendaItem of Meeting {meeting_id}")
        made = []
        for item in items:
            field = f"number-{item.id}"
            decision = decision_of(item)
            if decision is None:
                raise RuleBroken(field, "Zu diesem Punkt ist noch keine Entscheidung erfasst.")
            if standing(item):
                raise RuleBroken(field, "Zu diesem Punkt gibt es schon einen Beschluss.")
            row = _new(item, decision)
            row.number = number_for(run, field, item, wanted[item.id])
            made.append(_keep(run, item, row))
        return tuple(row.id for row in made)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionFacts:
    """A resolution as somebody words it; `number` counts for a new one only."""

    subject: str
    decision: Decision
    text_put: str = ""
    text_adopted: str = ""
    number: str = ""


def add_resolution(
    session: Session, actor: Actor, item_id: int, facts: ResolutionFacts, now: datetime
) -> int:
    """Add a resolution to an item, which may have several; gives its id."""
    with act(session, actor, "add_resolution", now) as run:
        item = run.fetch(AgendaItem, item_id)
        meeting = hold_meeting(run, item)
        demand_in_session(meeting)
        if item.removed_at is not None:
            raise RuleBroken("", "Der Punkt steht nicht mehr auf der Tagesordnung.")
        row = _new(item, facts.decision)
        _set_wording(row, item, facts)
        row.number = number_for(run, "number", item, facts.number)
        return run.about(_keep(run, item, row)).id


def edit_resolution(
    session: Session, actor: Actor, row_id: int, version: int, facts: ResolutionFacts, now: datetime
) -> None:
    """Change the wording or the decision, as long as the minutes are not signed."""
    with act(session, actor, "edit_resolution", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        demand_unsigned(hold_meeting(run, row.agenda_item))
        _demand_sound(row)
        row.decision = facts.decision
        follow_part(row)
        _set_wording(row, row.agenda_item, facts)


def adopt_record(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Let the resolution say again what is recorded on its item: decision, wording and part.

    Also after the signing: the signed minutes are what counts.
    """
    with act(session, actor, "adopt_record", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        item = row.agenda_item
        hold_meeting(run, item)
        decision = decision_of(item)
        if decision is None or standing(item) != (row,):
            raise RuleBroken(
                "",
                "Was erfasst ist, lässt sich diesem Beschluss nicht eindeutig zuordnen. Bitte"
                " ändern Sie den Wortlaut von Hand.",
            )
        row.decision, row.text_adopted = decision, adopted_text(item)
        follow_part(row)


def remove_resolution(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Remove a resolution made by mistake, if that leaves no gap; its number is free again."""
    with act(session, actor, "remove_resolution", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        demand_unsigned(hold_meeting(run, row.agenda_item))
        if row.reports or row.announcement is Announcement.ANNOUNCED or public_knows(session, row):
            raise RuleBroken(
                "",
                "Zu diesem Beschluss ist schon etwas berichtet, bekannt gegeben oder"
                " veröffentlicht. Vermerken Sie ihn als ungültig; die Nummer bleibt vergeben.",
            )
        if is_printed(session, row):
            raise RuleBroken(
                "",
                "Der Beschluss steht in einem ausgestellten Beschlussbuch oder Bericht. Vermerken"
                " Sie ihn als ungültig; die Nummer bleibt vergeben.",
            )
        if not give_back(run, row):
            raise RuleBroken(
                "",
                "Nach diesem Beschluss sind schon weitere Nummern vergeben. Vermerken Sie ihn als"
                " ungültig, damit in der Zählung keine Lücke entsteht.",
            )
        row.agenda_item.resolutions.remove(row)
        session.delete(row)


def void_resolution(
    session: Session, actor: Actor, row_id: int, version: int, reason: str, now: datetime
) -> None:
    """Mark a resolution whose number was given by mistake; the number stays given."""
    with act(session, actor, "void_resolution", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        _demand_sound(row)
        if row.announcement is Announcement.ANNOUNCED:
            raise RuleBroken(
                "", "Der Beschluss ist bekannt gegeben. Nehmen Sie zuerst diesen Vermerk zurück."
            )
        row.void_reason = checks.text(
            "reason", reason, needed="Bitte geben Sie den Grund an.", limit=2_000
        )
        row.voided_on = local_day(run.now)


def restore_resolution(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take the mark back: the resolution counts after all."""
    with act(session, actor, "restore_resolution", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        row.voided_on, row.void_reason = None, ""


def follow_part(row: Resolution) -> None:
    """Let the resolution stand in the part in which its item was really treated.

    What becomes non-public owes an announcement; what becomes public owes none.
    """
    part = row.agenda_item.actual_part
    if row.part is part:
        return
    row.part = part
    nonpublic = part is Part.NONPUBLIC
    row.announcement = Announcement.OWED if nonpublic else Announcement.NOT_NEEDED
    row.announced_on, row.announced_item_id = None, None
    if not nonpublic and row.agenda_item.part is Part.NONPUBLIC:
        row.subject = proposed_subject(row.agenda_item)  # what it was called stays behind the doors


def public_knows(session: Session, row: Resolution) -> bool:
    """Whether the public can read the resolution now."""
    filed = Reader(session.connection()).get(PublicAgendaItem, row.agenda_item.uid)
    document = filed.document if filed is not None else None
    return document is not None and any(one.uid == row.uid for one in document.resolutions)


def _demand_held(meeting: Meeting) -> None:
    if meeting.state is MeetingState.PLANNED:
        raise RuleBroken("", "Zu dieser Sitzung ist noch nicht geladen.")
    if meeting.cancelled:
        raise RuleBroken("", "Die Sitzung ist abgesagt.")


def _demand_sound(row: Resolution) -> None:
    if row.void:
        raise RuleBroken("", "Der Beschluss ist als ungültig vermerkt.")


def _set_wording(row: Resolution, item: AgendaItem, facts: ResolutionFacts) -> None:
    row.subject = checks.line(
        "subject", facts.subject, needed="Bitte geben Sie den Gegenstand ein."
    )
    _refuse_internal_title(item, row.subject)
    row.text_put = checks.text("text_put", facts.text_put)
    row.text_adopted = checks.text("text_adopted", facts.text_adopted)


def _refuse_internal_title(item: AgendaItem, subject: str) -> None:
    """Refuse what only the non-public agenda calls an item that was treated publicly."""
    told, internal = proposed_subject(item), item.title.casefold()
    if internal not in told.casefold() and internal in subject.casefold():
        raise RuleBroken(
            "subject",
            "So heißt der Punkt nur auf der nichtöffentlichen Tagesordnung, der Beschluss ist aber"
            f" öffentlich. Bitte nennen Sie ihn anders, etwa »{told}«.",
        )


def _new(item: AgendaItem, decision: Decision) -> Resolution:
    """A resolution as far as the item tells it; without a number, and in no session yet."""
    nonpublic = item.actual_part is Part.NONPUBLIC
    papers = [step.paper for step in item.consultations]
    # A committee that only prepares leaves the doing to the body that decides.
    advisory = bool(papers) and not any(step.authoritative for step in item.consultations)
    to_do = decision in TO_BE_DONE and not advisory
    return Resolution(
        body_id=item.meeting.body_id,
        agenda_item_id=item.id,
        subject=proposed_subject(item),
        text_put=proposed_text(item),
        text_adopted=adopted_text(item),
        decision=decision,
        decided_on=local_day(item.meeting.start),
        part=item.actual_part,
        announcement=Announcement.OWED if nonpublic else Announcement.NOT_NEEDED,
        progress=Progress.OPEN if to_do else Progress.NOTHING_TO_DO,
        unit_id=papers[0].responsible_unit_id if papers else None,
        in_charge=papers[0].handled_by if papers else "",
    )


def _keep(run: Run, item: AgendaItem, row: Resolution) -> Resolution:
    """Put the row into the record, after those its item has; its number is then taken."""
    row.position = max((one.position for one in item.resolutions), default=0) + 1
    item.resolutions.append(row)
    run.session.add(row)
    run.session.flush()
    return row
