"""What is to be done next for a meeting, and until when by its legal clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sitzungsdienst.german import local_day
from sitzungsdienst.office.deadlines import ToldDeadline, due_of
from sitzungsdienst.record.meetings import Meeting, MeetingState


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do. `day` is the last day for it, None where no rule names one."""

    what: str
    endpoint: str
    day: date | None
    overdue: bool


def next_due(meeting: Meeting, clock: Sequence[ToldDeadline], today: date) -> Due | None:
    """The next thing to do; None where nothing waits. `clock` are the meeting's deadlines."""
    if meeting.cancelled:
        return None
    if meeting.state is MeetingState.PLANNED:
        return _to_summon(meeting, clock, today)
    if meeting.state is MeetingState.SUMMONED:
        day = local_day(meeting.start)
        close = Due("Sitzung schließen", "proceedings.close", day, overdue=day < today)
        return None if day > today else close
    if meeting.minutes is None or not meeting.minutes.signed:
        last = due_of(clock, "minutes")
        late = last is not None and last < today
        return Due("Niederschrift fertigen", "minutes.page", last, overdue=late)
    return None


def _to_summon(meeting: Meeting, clock: Sequence[ToldDeadline], today: date) -> Due:
    """Summon while there is time; a day that passed without a summons needs another answer."""
    day = local_day(meeting.start)
    if day < today:
        return Due("Termin klären: verlegen oder absagen", "meetings.show", day, overdue=True)
    last = due_of(clock, "summons")
    return Due("Laden", "summons.page", last, overdue=last is not None and last < today)
