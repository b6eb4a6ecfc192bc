"""The path of a paper (Beratungsfolge) as its page shows it, with the result of each step."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sitzungsdienst import german
from sitzungsdienst.gate.wording import CONSULTATION_ROLE, DECISION
from sitzungsdienst.office import current, loading
from sitzungsdienst.office.database import db
from sitzungsdienst.office.permissions import Permission, may
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicConsultation
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.papers import Consultation, Paper
from sitzungsdienst.record.proceedings import Decision


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the path; `item` and `result` only as far as the reader may read them.

    `public` says what the public sees of it, in words; "" where that is nothing or the reader has
    no business in it.
    """

    row: Consultation
    role: str
    item: AgendaItem | None
    result: str
    public: str


def steps(row: Paper) -> list[Step]:
    """The path in its order."""
    items = {step.agenda_item_id: step.agenda_item for step in row.consultations}
    readable = _readable([item for item in items.values() if item])
    changes = _changes(readable)
    public = _public(row)
    found = []
    for step in row.consultations:
        item = items[step.agenda_item_id]
        shown = item if item is not None and item.id in readable else None
        result = step.result_note
        if shown is not None:
            result = _result(shown, changes.get(shown.id))
        found.append(
            Step(step, CONSULTATION_ROLE[step.role], shown, result, public.get(step.uid, ""))
        )
    return found


def _readable(items: list[AgendaItem]) -> dict[int, AgendaItem]:
    """The items that the reader may read; what waits for a supplement is no member's yet."""
    readable = set(
        db.session.scalars(
            loading.agenda_items(db.session(), current.actor())
            .where(AgendaItem.id.in_([item.id for item in items]))
            .with_only_columns(AgendaItem.id)
        )
    )
    return {item.id: item for item in items if item.id in readable}


def _changes(items: dict[int, AgendaItem]) -> dict[int, AgendaChange]:
    """The last decision to take an item off the agenda or to adjourn it, by item."""
    rows = db.session.scalars(
        select(AgendaChange)
        .where(
            AgendaChange.agenda_item_id.in_(items),
            AgendaChange.kind.in_((ChangeKind.WITHDRAWN, ChangeKind.ADJOURNED)),
        )
        .order_by(AgendaChange.decided_at, AgendaChange.id)
        .options(selectinload(AgendaChange.target_meeting))
    )
    return {one.agenda_item_id: one for one in rows}


def _result(item: AgendaItem, change: AgendaChange | None) -> str:
    """What became of the paper there; "" while nothing is known."""
    if item.meeting.cancelled:
        return "Sitzung abgesagt"
    decision = item.treatment.decision if item.treatment else None
    adjourned = change is not None and change.kind is ChangeKind.ADJOURNED
    if change is not None and adjourned and decision in (None, Decision.ADJOURNED):
        target = change.target_meeting
        if target is None:
            return DECISION[Decision.ADJOURNED]
        return f"vertagt auf die Sitzung am {german.short_date(target.start)}"
    if decision is not None:
        return DECISION[decision]
    if change is not None:
        return "abgesetzt"
    return "beraten, ohne Beschluss" if item.treatment is not None else ""


def _public(row: Paper) -> dict[str, str]:
    """What the public sees of the steps, by uid, for who may change that."""
    if not may(Permission.PUBLIC_RELEASE):
        return {}
    filed = Reader(db.session().connection()).many(
        PublicConsultation, [step.uid for step in row.consultations]
    )
    return {uid: _seen(one.document) for uid, one in filed.items() if one.document}


def _seen(step: PublicConsultation) -> str:
    if step.result:
        return f"mit Ergebnis: {step.result}"
    return "mit Sitzung, ohne Ergebnis" if step.agenda_item else "Gremium und Zuständigkeit"
