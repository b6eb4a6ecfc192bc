"""The chief officer's objection to a resolution: until when, and when the body meets anew.

Counted by §§ 187, 188 BGB: the day of the resolution does not count, the period ends with its last
day; weekends and holidays count.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sitzungsdienst.law.tree import NewMeetingFrom, Rules
from sitzungsdienst.law.values import Finding


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """Between which days the body meets anew; None where the law names no such day."""

    earliest: date | None
    latest: date | None


def objection_ends(resolved_on: date, rules: Rules) -> date | None:
    """Return the last day for an objection; None where the law names no number of days.

    Until it has passed, a resolution should not be carried out.
    """
    days = rules.objection.days.value
    return None if days is None else resolved_on + timedelta(days=days)


def check_objection(objected_on: date, resolved_on: date, rules: Rules) -> Finding | None:
    """Say that an objection comes too late; None means that it is in time."""
    ends = objection_ends(resolved_on, rules)
    if ends is None or objected_on <= ends:
        return None
    rule = rules.objection.days
    message = (
        f"Der Widerspruch vom {objected_on:%d.%m.%Y} ist zu spät; er war nur bis zum "
        f"{ends:%d.%m.%Y} möglich. Bitte prüfen Sie, ob die Kommunalaufsicht zu unterrichten ist."
    )
    return Finding(rule.severity, message, rule.norm)


def suspends_execution(rules: Rules) -> bool | None:
    """Whether an objection stops the carrying out of the resolution; None where not known."""
    return rules.objection.suspensive.value


def new_meeting(resolved_on: date, objected_on: date, rules: Rules) -> NewMeeting:
    """Return between which days the body meets anew after an objection."""
    law = rules.objection
    match law.new_meeting_from.value:
        case NewMeetingFrom.OBJECTION:
            start = objected_on
        case NewMeetingFrom.FIRST_MEETING:
            start = resolved_on
        case None:
            return NewMeeting(None, None)
    return NewMeeting(
        earliest=_after(start, law.new_meeting_min_days.value),
        latest=_after(start, law.new_meeting_max_days.value),
    )


def _after(start: date, days: int | None) -> date | None:
    return None if days is None else start + timedelta(days=days)
