"""Acts in the room: deliberation, and closing the meeting.

Attendance is `attendance`'s; its list is handed on from here, with what every act in the room asks
first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.attendance import record_attendance
from sitzungsdienst.acts.attendance_rows import Presence
from sitzungsdienst.acts.corrections import correct
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.holding import (
    demand_in_session,
    demand_unsigned,
    demand_within,
    hold_meeting,
    open_for_recording,
)
from sitzungsdienst.acts.revisions import keep_revision, wording_of
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.proceedings import Decision, Treatment

__all__ = [
    "Presence",
    "TreatmentFacts",
    "close_meeting",
    "demand_in_session",
    "demand_unsigned",
    "hold_meeting",
    "record_attendance",
    "record_treatment",
    "reopen_meeting",
]

LONGEST_MEETING = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentFacts:
    """What was said and decided on an item, and from when to when; times are aware."""

    deliberation: str = ""
    resolution_text: str = ""
    decision: Decision | None = None
    internal_note: str = ""
    began_at: datetime | None = None
    ended_at: datetime | None = None


def record_treatment(
    session: Session,
    actor: Actor,
    item_id: int,
    version: int | None,
    facts: TreatmentFacts,
    now: datetime,
    *,
    acknowledged: bool = False,
) -> None:
    """Record deliberation and resolution; `version` is the treatment's, None if there was none.

    Raises Unconfirmed where other times touch recorded ballots and `acknowledged` is not set.
    """
    with act(session, actor, "record_treatment", now) as run:
        item = run.fetch(AgendaItem, item_id)
        meeting = hold_meeting(run, item)
        open_for_recording(meeting)
        row = item.treatment
        if (row.version if row else None) != version:
            raise Stale(f"Treatment of AgendaItem {item_id}")
        kept = row or Treatment(agenda_item_id=item.id, deliberation="", resolution_text="")
        _check_times(meeting, facts)

        def change() -> None:
            kept.began_at, kept.ended_at = facts.began_at, facts.ended_at
            kept.agenda_item = item

        _set_words(run, kept, facts)
        correct(run, meeting, change, acknowledged=acknowledged)
        run.about(kept)


def _set_words(run: Run, row: Treatment, facts: TreatmentFacts) -> None:
    before = wording_of(row)
    row.deliberation = checks.text("deliberation", facts.deliberation)
    row.resolution_text = checks.text("resolution_text", facts.resolution_text)
    row.internal_note = checks.text("internal_note", facts.internal_note)
    row.decision = facts.decision
    keep_revision(run, row, before)


def _check_times(meeting: Meeting, facts: TreatmentFacts) -> None:
    demand_within(meeting, began_at=facts.began_at, ended_at=facts.ended_at)
    if facts.began_at and facts.ended_at and facts.ended_at < facts.began_at:
        raise RuleBroken(
            "ended_at", "Das Ende liegt vor dem Beginn des Punktes. Bitte prüfen Sie die Zeiten."
        )


def close_meeting(
    session: Session, actor: Actor, meeting_id: int, version: int, end: datetime, now: datetime
) -> None:
    """Close a meeting with the moment it ended. Also corrects the end of a closed one."""
    with act(session, actor, "close_meeting", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id, version=version))
        open_for_recording(meeting)
        if end <= meeting.start:
            raise RuleBroken(
                "end", "Das Ende liegt vor dem Beginn der Sitzung. Bitte prüfen Sie die Uhrzeit."
            )
        if end - meeting.start > LONGEST_MEETING:
            raise RuleBroken("end", "Die Sitzung hätte länger als 24 Stunden gedauert.")
        meeting.end = end
        meeting.state = MeetingState.CLOSED


def reopen_meeting(
    session: Session, actor: Actor, meeting_id: int, version: int, now: datetime
) -> None:
    """Take the closing back, as long as there are no minutes."""
    with act(session, actor, "reopen_meeting", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id, version=version))
        if meeting.state is not MeetingState.CLOSED:
            raise RuleBroken("", "Die Sitzung ist nicht geschlossen.")
        if meeting.minutes is not None:
            raise RuleBroken("", "Zu dieser Sitzung gibt es schon eine Niederschrift.")
        meeting.state = MeetingState.SUMMONED
        meeting.end = None
