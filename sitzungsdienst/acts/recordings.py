"""The act on the sound recording made for the minutes: whether there is one, and its end."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.german import local_day
from sitzungsdienst.record.meetings import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFacts:
    """Whether a recording was made, and on which day it was deleted; None: it is still there."""

    recorded: bool
    recording_deleted_on: date | None = None


def note_recording(
    session: Session,
    actor: Actor,
    meeting_id: int,
    version: int,
    facts: RecordingFacts,
    now: datetime,
) -> None:
    """Note that a meeting was recorded for its minutes, and when the recording was deleted."""
    with act(session, actor, "note_recording", now) as run:
        row = run.about(run.fetch(Meeting, meeting_id, version=version))
        held, today = local_day(row.start), local_day(run.now)
        deleted = facts.recording_deleted_on
        if facts.recorded and (held > today or row.cancelled):
            raise RuleBroken(
                "recorded",
                "Die Sitzung hat noch nicht stattgefunden. Bitte tragen Sie es dann ein.",
            )
        if deleted is not None and not facts.recorded:
            raise RuleBroken(
                "recording_deleted_on",
                "Ohne Aufzeichnung gibt es nichts zu löschen. Bitte prüfen Sie beide Angaben.",
            )
        if deleted is not None and deleted < held:
            raise RuleBroken(
                "recording_deleted_on", "Das Datum liegt vor der Sitzung. Bitte prüfen Sie es."
            )
        if deleted is not None and deleted > today:
            raise RuleBroken(
                "recording_deleted_on", "Das Datum liegt in der Zukunft. Bitte prüfen Sie es."
            )
        row.recorded, row.recording_deleted_on = facts.recorded, deleted
