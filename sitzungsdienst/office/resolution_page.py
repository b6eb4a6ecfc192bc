"""The page of one resolution, also with a form on it that was refused, and its history."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from sitzungsdienst.acts.followup import ENDED
from sitzungsdienst.acts.resolutions import differs_from_record
from sitzungsdienst.gate.wording import DECISION, PART, PROGRESS
from sitzungsdienst.german import plain_date
from sitzungsdienst.office import clock, current, field_words, loading, resolution_words, words
from sitzungsdienst.office.database import db
from sitzungsdienst.office.followup_forms import ReminderForm
from sitzungsdienst.office.permissions import Permission, may
from sitzungsdienst.office.saving import status
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee
from sitzungsdienst.record.papers import Consultation
from sitzungsdienst.record.resolutions import Resolution

#: What the history tells with its values; of everything else it tells only that it changed.
_TOLD: dict[str, dict[Any, str]] = {
    "announcement": resolution_words.ANNOUNCEMENT,
    "decision": DECISION,
    "part": PART,
    "progress": PROGRESS,
}
_DAYS = frozenset(
    {"announced_on", "completed_on", "done_on", "due_on", "remind_on", "reported_on",
     "suspended_until", "voided_on"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One act in the history of a resolution."""

    at: datetime
    who: str
    act: str
    told: str


def page(
    resolution_id: int,
    *,
    reminder_form: ReminderForm | None = None,
    problem: str = "",
    code: int = 422,
) -> ResponseReturnValue:
    """Show the resolution; a refused form comes back as it was sent.

    `problem` is one without a form, `code` its status.
    """
    row = _load(resolution_id)
    today = clock.today()
    edits = may(Permission.RESOLUTIONS_EDIT)
    form = reminder_form or ReminderForm(formdata=None)
    minutes = row.agenda_item.meeting.minutes
    shown = render_template(
        "office/resolutions/show.html",
        row=row,
        item=row.agenda_item,
        meeting=row.agenda_item.meeting,
        trail=trail(row)[:-1],
        edits=edits,
        today=today,
        decision=DECISION[row.decision],
        badges=resolution_words.progress_badges(row, today),
        announcement=resolution_words.announcement_badge(row),
        overdue=resolution_words.overdue(row, today),
        ended=row.progress in ENDED,
        signed=minutes is not None and minutes.signed,
        differs=edits and differs_from_record(row),
        history=list(history(row)) if edits else [],
        reminder_form=form,
        problem=problem,
    )
    return shown, code if problem else status(form)


def address(resolution_id: int, part: str = "") -> str:
    """Where the page of the resolution stands, or a part of it."""
    return url_for("resolutions.show", resolution_id=resolution_id, _anchor=part or None)


def trail(row: Resolution) -> list[tuple[str, str]]:
    """The breadcrumb up to the resolution."""
    return [
        ("Beschlüsse", url_for("resolutions.index")),
        (f"Beschluss {row.number}", address(row.id)),
    ]


def load(resolution_id: int) -> Resolution:
    """Load a resolution that the signed-in user may read; else 404."""
    return loading.resolution(db.session(), current.actor(), resolution_id)


def _load(resolution_id: int) -> Resolution:
    """The resolution with everything its page shows."""
    row = load(resolution_id)
    item = joinedload(Resolution.agenda_item)
    meeting = item.joinedload(AgendaItem.meeting)
    db.session.scalars(
        select(Resolution)
        .where(Resolution.id == row.id)
        .options(
            item.joinedload(AgendaItem.treatment),
            item.selectinload(AgendaItem.ballots),
            item.selectinload(AgendaItem.consultations).joinedload(Consultation.paper),
            item.selectinload(AgendaItem.resolutions),
            meeting.joinedload(Meeting.minutes),
            meeting.selectinload(Meeting.committees).joinedload(MeetingCommittee.organization),
            joinedload(Resolution.unit),
            joinedload(Resolution.announced_item).joinedload(AgendaItem.meeting),
            selectinload(Resolution.reports),
            selectinload(Resolution.reminders),
        )
    ).all()
    return row


def history(row: Resolution) -> Iterator[Line]:
    """What was done with the resolution, the latest first.

    Acts about several resolutions at once stand in the trail of their meeting or item; they are
    told here where they changed this one.
    """
    item = row.agenda_item
    subjects = [row.uid, item.uid, item.meeting.uid]
    subjects += [row.announced_item.uid] if row.announced_item else []
    entries = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind.in_(("Resolution", "AgendaItem", "Meeting")),
            AuditEntry.subject_uid.in_(subjects),
        )
        .options(joinedload(AuditEntry.user))
        .order_by(AuditEntry.id.desc())
    )
    for entry in entries:
        changes = json.loads(entry.changes)
        own = changes.get(f"Resolution {row.uid}")
        if entry.subject_uid != row.uid and own is None:
            continue
        parts = changes.values() if entry.subject_uid == row.uid else (own or {},)
        yield Line(
            at=entry.at,
            who=entry.user.name if entry.user else "Kommandozeile",
            act=words.ACTS.get(entry.act, entry.act),
            told="; ".join(one for part in parts for one in _values(part)),
        )


def _values(part: dict[str, list[Any]]) -> Iterator[str]:
    """What changed in a row, in words: "Stand der Umsetzung: in Arbeit → erledigt"."""
    for column, (before, after) in sorted(part.items()):
        if column not in _TOLD and column not in _DAYS:
            continue
        word = field_words.WORDS.get(column, column)
        told = [_written(column, one) for one in (before, after)]
        yield f"{word}: {told[0]} → {told[1]}" if before else f"{word}: {told[1]}"


def _written(column: str, value: Any) -> str:
    if value is None:
        return "–"
    if column in _DAYS:
        return plain_date(date.fromisoformat(value))
    return next((word for one, word in _TOLD[column].items() if one.value == value), str(value))


def changed(resolution_id: int) -> ResponseReturnValue:
    """The page after a button that somebody else's change made stale: look again, then decide."""
    return page(
        resolution_id,
        problem="Der Beschluss wurde inzwischen geändert. Bitte prüfen Sie ihn, und versuchen Sie"
        " es dann noch einmal.",
        code=409,
    )
