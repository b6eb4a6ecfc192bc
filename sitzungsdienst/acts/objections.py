"""Acts on objections (Einwendungen) to the minutes, and on the item that carries the minutes."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.minutes import hold, later_item, print_issue
from sitzungsdienst.acts.sealing import seals
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.law.minutes import approved_by_vote
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.minutes import Minutes, MinutesState, Objection, ObjectionState
from sitzungsdienst.record.people import Person

TEXT_LIMIT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFacts:
    """Who objects to what: an item of the minutes, or with None to the minutes as a whole."""

    raised_by: str
    raised_on: date
    text: str
    agenda_item_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionDecision:
    """What became of an objection, where known by a vote on which item of a later meeting."""

    state: ObjectionState
    decided_on: date
    decided_item_id: int | None = None
    remark: str = ""


def raise_objection(
    session: Session, actor: Actor, minutes_id: int, facts: ObjectionFacts, now: datetime
) -> int:
    """Record an objection to minutes that were presented or signed; gives its id."""
    with act(session, actor, "raise_objection", now) as run:
        minutes = hold(run, minutes_id)
        _demand_open(minutes)
        row = Objection(minutes=minutes, minutes_id=minutes.id, state=ObjectionState.OPEN)
        _set(run, row, facts)
        run.about(row)
        session.flush()
        return row.id


def edit_objection(
    session: Session, actor: Actor, row_id: int, version: int, facts: ObjectionFacts, now: datetime
) -> None:
    """Correct an objection that is not decided yet."""
    with act(session, actor, "edit_objection", now) as run:
        row = run.about(_undecided(run, row_id, version))
        _set(run, row, facts)


@seals
def decide_objection(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: ObjectionDecision,
    now: datetime,
) -> None:
    """Record what the body decided; the minutes are printed with it where they are signed."""
    with act(session, actor, "decide_objection", now) as run:
        row = run.about(_undecided(run, row_id, version))
        if facts.state is ObjectionState.OPEN:
            raise RuleBroken("state", "Bitte wählen Sie, wie entschieden wurde.")
        if not row.raised_on <= facts.decided_on <= local_day(run.now):
            raise RuleBroken(
                "decided_on", "Das Datum passt nicht zur Einwendung. Bitte prüfen Sie es."
            )
        row.decided_item = None
        if facts.decided_item_id is not None:
            field = "decided_item_id"
            row.decided_item = later_item(run, row.minutes, facts.decided_item_id, field)
        row.state = facts.state
        row.decided_on = facts.decided_on
        row.remark = checks.text("remark", facts.remark, limit=TEXT_LIMIT)
        if row.minutes.signed:
            print_issue(run, row.minutes)


@seals
def reopen_objection(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take the decision on an objection back, as long as the minutes are not closed."""
    with act(session, actor, "reopen_objection", now) as run:
        row = run.about(run.fetch(Objection, row_id, version=version))
        hold(run, row.minutes_id)
        _demand_open(row.minutes)
        if row.state is ObjectionState.OPEN:
            raise RuleBroken("", "Über diese Einwendung ist noch nicht entschieden.")
        row.state = ObjectionState.OPEN
        row.decided_on = row.decided_item = None
        if row.minutes.signed:
            print_issue(run, row.minutes)


def remove_objection(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Remove an objection that was entered by mistake and is not decided."""
    with act(session, actor, "remove_objection", now) as run:
        row = run.about(_undecided(run, row_id, version))
        session.delete(row)


def propose_item(
    session: Session, actor: Actor, minutes_id: int, meeting_id: int, now: datetime
) -> int:
    """Put the minutes on the agenda of a later meeting while it is planned; gives the item's id."""
    with act(session, actor, "propose_minutes_item", now) as run:
        minutes = hold(run, minutes_id)
        if minutes.settled:
            raise RuleBroken("", "Über die Niederschrift ist schon entschieden.")
        meeting = run.fetch(Meeting, meeting_id)
        if meeting.state is not MeetingState.PLANNED or meeting.cancelled:
            raise RuleBroken("meeting_id", "Zu dieser Sitzung ist schon geladen.")
        if minutes.approved_item is not None and minutes.approved_item.removed_at is None:
            raise RuleBroken("", "Die Niederschrift steht schon auf einer Tagesordnung.")
        top = [one for one in meeting.items if one.part is Part.PUBLIC and one.parent_id is None]
        item = AgendaItem(
            meeting=meeting,
            meeting_id=meeting.id,
            part=Part.PUBLIC,
            position=max((one.position for one in top), default=0) + 1,
            title=item_title(minutes),
        )
        run.about(item)
        session.flush()
        minutes.approved_item = later_item(run, minutes, item.id, "meeting_id")
        return item.id


def item_title(row: Minutes) -> str:
    """The title of the item that carries the minutes, as the Land deals with them."""
    rules = rules_on(row.meeting.body, local_day(row.meeting.start))
    day = plain_date(row.meeting.start)
    if rules is None or approved_by_vote(rules):
        return f"Genehmigung der Niederschrift vom {day}"
    return f"Niederschrift vom {day}: Einwendungen"


def _undecided(run: Run, row_id: int, version: int) -> Objection:
    row = run.fetch(Objection, row_id, version=version)
    hold(run, row.minutes_id)
    _demand_open(row.minutes)
    if row.state is not ObjectionState.OPEN:
        raise RuleBroken("", "Über diese Einwendung ist schon entschieden.")
    return row


def _demand_open(row: Minutes) -> None:
    if row.state is MinutesState.DRAFT:
        raise RuleBroken("", "Die Niederschrift ist noch ein Entwurf.")
    if row.state is MinutesState.CLOSED:
        raise RuleBroken("", "Die Niederschrift ist abgeschlossen.")


def _set(run: Run, row: Objection, facts: ObjectionFacts) -> None:
    row.raised_by = checks.line(
        "raised_by", facts.raised_by, needed="Bitte geben Sie an, wer die Einwendung erhebt.",
        limit=200,
    )  # fmt: skip
    earliest = local_day(row.minutes.meeting.start)
    if not earliest <= facts.raised_on <= local_day(run.now):
        raise RuleBroken("raised_on", "Das Datum passt nicht zur Sitzung. Bitte prüfen Sie es.")
    row.raised_on = facts.raised_on
    row.text = checks.text(
        "text", facts.text, needed="Bitte geben Sie den Wortlaut der Einwendung ein.",
        limit=TEXT_LIMIT,
    )  # fmt: skip
    row.agenda_item = row.person = None
    if facts.agenda_item_id is not None:
        item = run.fetch(AgendaItem, facts.agenda_item_id)
        if item.meeting_id != row.minutes.meeting_id:
            raise Unknown("an item of another meeting")
        row.agenda_item = item
    if facts.person_id is not None:
        row.person = run.fetch(Person, facts.person_id)
