"""Meeting series: dates proposed by a rule, and all that were kept planned at once."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.meetings import MeetingFacts, set_meeting
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import Meeting, MeetingKind

MAX_MEETINGS = 60
LAST = -1
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One meeting of a series; `start` is aware."""

    name: str
    start: datetime
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """What the meetings of a series have in common, and each for itself."""

    committee_ids: tuple[int, ...]
    location_id: int
    occasions: tuple[Occasion, ...]
    kind: MeetingKind = MeetingKind.ORDINARY


def every_weeks(first: date, weeks: int, until: date) -> tuple[date, ...]:
    """Every so many weeks from the first day on, up to the last one; 1 to 52 weeks."""
    checks.within("weeks", weeks, 1, 52)
    return _limited(_stepping(first, timedelta(weeks=weeks)), until)


def monthly(first: date, weekday: int, which: int, months: int, until: date) -> tuple[date, ...]:
    """The `which`-th weekday (1 to 4, or LAST) of every so many months; weekday 0 is Monday.

    The first month is that of `first`; days before it are left out.
    """
    checks.within("months", months, 1, 12)
    days = (one for one in _months(first, weekday, which, months) if one >= first)
    return _limited(days, until)


def plan_series(
    session: Session, actor: Actor, facts: SeriesFacts, now: datetime
) -> tuple[int, ...]:
    """Plan all meetings of a series, or none; gives their ids. None of them is public by it."""
    with act(session, actor, "plan_series", now) as run:
        if not 0 < len(facts.occasions) <= MAX_MEETINGS:
            raise RuleBroken(
                "occasions", f"Bitte wählen Sie 1 bis {MAX_MEETINGS} Termine der Reihe aus."
            )
        if not facts.committee_ids:
            raise RuleBroken("committee_ids", "Bitte wählen Sie mindestens ein Gremium.")
        rows = []
        for occasion in facts.occasions:
            row = Meeting(body_id=actor.home)
            whole = MeetingFacts(
                name=occasion.name,
                committee_ids=facts.committee_ids,
                start=occasion.start,
                location_id=facts.location_id,
                kind=facts.kind,
                number=occasion.number,
            )
            set_meeting(run, row, whole)
            session.add(row)
            rows.append(row)
        run.about(run.fetch(Organization, facts.committee_ids[0]))
        session.flush()
        return tuple(one.id for one in rows)


def _limited(days: Iterator[date], until: date) -> tuple[date, ...]:
    found: list[date] = []
    for day in days:
        if day > until or len(found) == MAX_MEETINGS:
            break
        found.append(day)
    return tuple(found)


def _stepping(day: date, step: timedelta) -> Iterator[date]:
    while True:
        yield day
        try:
            day += step
        except OverflowError:
            return


def _months(first: date, weekday: int, which: int, months: int) -> Iterator[date]:
    year, month = first.year, first.month
    while year < date.max.year:
        yield nth_weekday(year, month, weekday, which)
        year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The first to fourth, or with LAST the last, such weekday of a month."""
    opening, length = calendar.monthrange(year, month)
    first = 1 + (weekday - opening) % WEEK
    if which == LAST:
        return date(year, month, first + (length - first) // WEEK * WEEK)
    return date(year, month, first + (which - 1) * WEEK)
