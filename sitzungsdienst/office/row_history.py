"""What was done to one row and all that hangs on it: who, when, which act, which fields.

For clerks of its Body. Values are told of the row's own fields; never of what hides how somebody
voted, nor of numbers that only point to other rows.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Enum, Table, func, select
from sqlalchemy.orm import Session, joinedload

from sitzungsdienst import formats
from sitzungsdienst.gate import sentences, wording
from sitzungsdienst.german import plain_date
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import field_words, words
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting, MeetingState
from sitzungsdienst.record.minutes import MinutesState, ObjectionState
from sitzungsdienst.record.papers import ConsultationRole, Paper
from sitzungsdienst.record.proceedings import AttendanceKind, Decision
from sitzungsdienst.record.schema import Base

PAGE_SIZE = 50
LONGEST = 300

#: Of these only the fields are named: their values might tell who voted how, or for whom.
WITHOUT_VALUES = frozenset({"Ballot", "Election", "ElectionRound", "Candidate", "Tally", "Lot"})

ENUM_WORDS: Mapping[type, Mapping[Any, str]] = {
    AttendanceKind: wording.ATTENDANCE_KIND,
    ConsultationRole: wording.CONSULTATION_ROLE,
    Decision: wording.DECISION,
    Disclosure: {Disclosure.NEUTRAL: "mit neutralem Betreff", Disclosure.HIDDEN: "verborgen"},
    MeetingState: {
        MeetingState.PLANNED: "geplant",
        MeetingState.SUMMONED: "eingeladen",
        MeetingState.CLOSED: "geschlossen",
    },
    MinutesState: wording.MINUTES_STATE,
    ObjectionState: sentences.OBJECTION_STATE,
    Part: wording.PART,
}

_TABLES = {mapper.class_.__name__: mapper.local_table for mapper in Base.registry.mappers}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed; `told` is false where the values are not for this page."""

    field: str
    before: str
    after: str
    told: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row that an act touched, with its fields."""

    what: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One act."""

    at: datetime
    who: str
    act: str
    rows: tuple[Row, ...]


def of_meeting(row: Meeting) -> dict[str, str]:
    """The uids of a meeting and of all that is recorded in it, each with its name."""
    found = {row.uid: "Sitzung"}
    found |= {one.uid: f"Anwesenheit {one.person.name}" for one in row.attendances}
    found |= {one.uid: "Änderung der Tagesordnung" for one in row.changes}
    for item in row.items:
        found |= of_item(item)
    if row.minutes is not None:
        found[row.minutes.uid] = "Niederschrift"
        found |= {one.uid: "Einwendung" for one in row.minutes.objections}
        # A signature has no uid of its own; the trail calls it by its number.
        found |= {f"MinutesSignature {one.id}": "Unterschrift" for one in row.minutes.signatures}
    return found


def of_item(row: AgendaItem) -> dict[str, str]:
    """The uids of an item and of what was done with it."""
    name = row.number or "Punkt ohne Nummer"
    found = {row.uid: f"{name}: Planung"}
    if row.treatment is not None:
        found[row.treatment.uid] = f"{name}: Beratung"
    found |= {one.uid: f"{name}: Abstimmung" for one in row.ballots}
    found |= {one.uid: f"{name}: Mitwirkungsverbot" for one in row.recusals}
    found |= {one.uid: f"{name}: Wahl" for one in row.elections}
    found |= {one.uid: f"{name}: Beschluss {one.number}" for one in row.resolutions}
    return found


def of_paper(row: Paper) -> dict[str, str]:
    """The uids of a paper, its attachments and its path."""
    found = {row.uid: "Vorlage"}
    found |= {one.uid: f"Anlage {one.name}" for one in row.attachments}
    found |= {one.uid: f"Beratung: {one.organization.name}" for one in row.consultations}
    found |= {one.uid: "Mitzeichnung" for one in row.cosignatures}
    return found


def pages(session: Session, body_id: int | None, uids: Collection[str]) -> int:
    """How many pages of acts there are; at least one."""
    total = session.scalar(
        select(func.count())
        .select_from(AuditEntry)
        .where(AuditEntry.subject_uid.in_(uids), AuditEntry.body_id == body_id)
    )
    return max(1, -(-(total or 0) // PAGE_SIZE))


def lines(
    session: Session, body_id: int | None, names: Mapping[str, str], number: int
) -> tuple[Line, ...]:
    """The acts about these rows, the latest first; `number` is the page, from 1."""
    entries = session.scalars(
        select(AuditEntry)
        .options(joinedload(AuditEntry.user))
        .where(AuditEntry.subject_uid.in_(names), AuditEntry.body_id == body_id)
        .order_by(AuditEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return tuple(_line(entry, names) for entry in entries)


def _line(entry: AuditEntry, names: Mapping[str, str]) -> Line:
    rows = []
    for label, fields in json.loads(entry.changes).items():
        kind, _, uid = label.partition(" ")
        name = names.get(uid) or names.get(label)
        if name:
            rows.append(Row(name, _changes(kind, fields)))
    return Line(
        at=entry.at,
        who=entry.user.name if entry.user else "Kommandozeile",
        act=words.ACTS.get(entry.act, entry.act),
        rows=tuple(one for one in rows if one.changes),
    )


def _changes(kind: str, fields: Mapping[str, Sequence[Any]]) -> tuple[Change, ...]:
    table = _TABLES.get(kind)
    columns = {one.key: one for one in table.columns} if isinstance(table, Table) else {}
    found = []
    for name, (before, after) in fields.items():
        if name in field_words.UNTOLD or before == after:
            continue
        column = columns.get(name)
        told = column is not None and kind not in WITHOUT_VALUES and _tellable(column)
        old = _written(column, before) if told else ""
        new = _written(column, after) if told else ""
        if told and ((not old and not new) or (before is None and not after)):
            continue  # of a new row only what somebody entered
        if not told and before is None and kind not in WITHOUT_VALUES:
            continue
        found.append(Change(field_words.WORDS.get(name, name), old, new, told))
    return tuple(sorted(found, key=lambda one: one.field.casefold()))


def _tellable(column: Column[Any]) -> bool:
    """Whether a value means something to a reader: no number of another row, no word of code."""
    if isinstance(column.type, Enum):
        return column.type.enum_class in ENUM_WORDS
    return not column.foreign_keys


def _written(column: Column[Any] | None, value: Any) -> str:
    """A value as a reader knows it, cut where it is long."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if column is not None and isinstance(column.type, Enum):
        kind = column.type.enum_class
        return ENUM_WORDS[kind][kind(value)] if kind and kind in ENUM_WORDS else ""
    text = _dated(str(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _dated(text: str) -> str:
    """A day or a moment of the trail in German; other text as it is."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return plain_date(date.fromisoformat(text))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\+00:00", text):
        return formats.moment(datetime.fromisoformat(text))
    return text
