"""What is to be done next for a meeting, and until when: a small legal clock."""

from dataclasses import dataclass
from datetime import date

from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.german import local_day
from sitzungsdienst.law.minutes import minutes_due
from sitzungsdienst.law.notice import last_summons_day, notice_days
from sitzungsdienst.record.meetings import Meeting, MeetingState


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do. `day` is the last day for it, None where no rule names one."""

    what: str
    endpoint: str
    day: date | None
    overdue: bool


def next_due(meeting: Meeting, today: date) -> Due | None:
    """The next thing to do; None where nothing waits."""
    if meeting.cancelled:
        return None
    if meeting.state is MeetingState.PLANNED:
        return _to_summon(meeting, today)
    if meeting.state is MeetingState.SUMMONED:
        day = local_day(meeting.start)
        close = Due("Sitzung schließen", "proceedings.close", day, overdue=day < today)
        return None if day > today else close
    if meeting.minutes is None or not meeting.minutes.signed:
        last = _minutes_day(meeting)
        late = last is not None and last < today
        return Due("Niederschrift fertigen", "minutes.page", last, overdue=late)
    return None


def _to_summon(meeting: Meeting, today: date) -> Due:
    """Summon while there is time; a day that passed without a summons needs another answer."""
    day = local_day(meeting.start)
    if day < today:
        return Due("Termin klären: verlegen oder absagen", "meetings.show", day, overdue=True)
    last = summons_day(meeting)
    return Due("Laden", "summons.page", last, overdue=last is not None and last < today)


def summons_day(meeting: Meeting) -> date | None:
    """The last day to summon in time; None where neither law nor local rules name a period."""
    day = local_day(meeting.start)
    rules = rules_on(meeting.body, day)
    days = notice_days(rules) if rules else None
    return None if days is None else last_summons_day(day, days)


def _minutes_day(meeting: Meeting) -> date | None:
    day = local_day(meeting.start)
    rules = rules_on(meeting.body, day)
    return minutes_due(day, rules) if rules else None
