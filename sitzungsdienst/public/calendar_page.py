"""The calendar of meetings: what comes next, one month as list and picture, what was last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sitzungsdienst import german
from sitzungsdienst.public import addresses, parts
from sitzungsdienst.public.choices import (
    Choice,
    labelled,
    month_after,
    month_before,
    month_or,
)
from sitzungsdienst.public.frame import Frame, Surroundings, surroundings
from sitzungsdienst.public.parts import Link, MeetingLine, Subscription
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.types import (
    PublicLocation,
    PublicMeeting,
    PublicOrganization,
)

NEXT = 10
LAST = 5


@dataclass(frozen=True, slots=True)
class CalendarQuery:
    """What the reader asks for, as it stands in the address; empty means no limit."""

    month: str = ""
    organization: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month's picture; `number` is 0 outside the month."""

    number: int
    today: bool
    meetings: tuple[MeetingLine, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month with its own address and the ways to its neighbours."""

    title: str
    value: str
    own: str
    previous: Link
    following: Link
    weeks: tuple[tuple[Day, ...], ...]
    meetings: tuple[MeetingLine, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What the calendar shows; `upcoming` and `past` only where no month is asked for."""

    whole: bool
    upcoming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    month: Month
    organizations: tuple[Choice, ...]
    bodies: tuple[Choice, ...]
    filtered: bool
    reset: str
    subscription: Subscription


def midnight(day: date) -> datetime:
    """The beginning of the day in Berlin."""
    return datetime.combine(day, time(), german.BERLIN)


def calendar_page(shelf: Shelf, query: CalendarQuery, now: datetime) -> tuple[CalendarPage, Frame]:
    """Compose the calendar. An unknown committee or Body in the address finds nothing."""
    around = surroundings(shelf)
    today = german.local_day(now)
    shelf.note(today.isoformat())
    first = month_or(query.month, today)
    organizations = shelf.listing(PublicOrganization)
    in_month = _between(shelf, query, midnight(first), midnight(month_after(first)))
    upcoming, past = _around(shelf, query, today)
    lines = _Lines(shelf, around, organizations, (*in_month, *upcoming, *past))
    content = CalendarPage(
        whole=not query.month,
        upcoming=lines.of(upcoming) if not query.month else (),
        past=lines.of(past) if not query.month else (),
        month=_month(first, today, query, lines.of(in_month)),
        organizations=_committees(organizations, around, query),
        bodies=_bodies(around, query.body),
        filtered=bool(query.organization or query.body),
        reset=addresses.calendar(monat=query.month),
        subscription=_subscription(around, organizations, query),
    )
    return content, around.frame("public.calendar", (Link("Sitzungen"),))


class _Lines:
    """Meetings as lines, their locations read in one statement."""

    def __init__(
        self,
        shelf: Shelf,
        around: Surroundings,
        organizations: Iterable[PublicOrganization],
        meetings: Iterable[PublicMeeting],
    ) -> None:
        self._around = around
        self._organizations = {one.uid: one for one in organizations}
        self._locations = shelf.many(PublicLocation, (one.location for one in meetings))

    def of(self, meetings: Iterable[PublicMeeting]) -> tuple[MeetingLine, ...]:
        names = self._around.several_names
        return tuple(
            parts.meeting_line(one, self._organizations, self._locations, names) for one in meetings
        )


def _between(
    shelf: Shelf, query: CalendarQuery, start: datetime | None, end: datetime | None
) -> tuple[PublicMeeting, ...]:
    found = shelf.meetings(start, end, body=query.body, organization=query.organization)
    return tuple(filed.living for filed in found)


def _around(
    shelf: Shelf, query: CalendarQuery, today: date
) -> tuple[tuple[PublicMeeting, ...], tuple[PublicMeeting, ...]]:
    """The next meetings, earliest first, and the last ones, latest first."""
    coming = _between(shelf, query, midnight(today), None)
    last = shelf.listing(
        PublicMeeting,
        order="newest",
        # The newest ones are those that are still to come.
        offset=len(coming),
        limit=LAST,
        body_uid=query.body or None,
        linked=("organization", query.organization) if query.organization else None,
    )
    return coming[:NEXT], tuple(meeting for meeting in last if meeting.start)


def _month(
    first: date, today: date, query: CalendarQuery, meetings: tuple[MeetingLine, ...]
) -> Month:
    return Month(
        title=german.month_name(first),
        value=_value(first),
        own=_month_link(first, query).address,
        previous=_month_link(month_before(first), query),
        following=_month_link(month_after(first), query),
        weeks=_weeks(first, today, meetings),
        meetings=meetings,
    )


def _value(first: date) -> str:
    return f"{first.year:04}-{first.month:02}"


def _month_link(first: date, query: CalendarQuery) -> Link:
    address = addresses.calendar(
        monat=_value(first), gremium=query.organization, koerperschaft=query.body
    )
    return Link(german.month_name(first), address)


def _weeks(
    first: date, today: date, meetings: Sequence[MeetingLine]
) -> tuple[tuple[Day, ...], ...]:
    """Whole weeks from Monday to Sunday that hold the month."""
    by_day: dict[str, list[MeetingLine]] = {}
    for meeting in meetings:
        by_day.setdefault(meeting.day, []).append(meeting)
    monday = first - timedelta(days=first.weekday())
    end = month_after(first)
    weeks: list[tuple[Day, ...]] = []
    while monday < end:
        days = (monday + timedelta(days=number) for number in range(7))
        weeks.append(tuple(_day(day, first, today, by_day) for day in days))
        monday += timedelta(days=7)
    return tuple(weeks)


def _day(day: date, first: date, today: date, by_day: Mapping[str, Sequence[MeetingLine]]) -> Day:
    inside = day.month == first.month
    return Day(
        number=day.day if inside else 0,
        today=day == today,
        meetings=tuple(by_day.get(day.isoformat(), ())) if inside else (),
    )


def _committees(
    organizations: Iterable[PublicOrganization], around: Surroundings, query: CalendarQuery
) -> tuple[Choice, ...]:
    """The organizations that may meet: administrative units do not.

    Many Bodies have a committee of the same name; then the Body stands with it.
    """
    names = around.several_names
    return labelled(
        (
            (one.uid, f"{one.name} ({names[one.body]})" if one.body in names else one.name)
            for one in organizations
            if one.uid == query.organization
            or (one.organization_type == "Gremium" and query.body in ("", one.body))
        ),
        query.organization,
    )


def _bodies(around: Surroundings, chosen: str) -> tuple[Choice, ...]:
    if not around.several_names:
        return ()
    return labelled(((one.uid, one.name) for one in around.bodies.values()), chosen)


def _subscription(
    around: Surroundings, organizations: Iterable[PublicOrganization], query: CalendarQuery
) -> Subscription:
    """The calendar of what is shown: of the chosen committee, else of the Body, else of all."""
    for one in organizations:
        if one.uid == query.organization:
            return parts.subscription(
                one.name, addresses.outside("public.organization_feed", uid=one.uid)
            )
    body = around.bodies.get(query.body)
    if body:
        return parts.subscription(body.name, addresses.outside("public.body_feed", uid=body.uid))
    return parts.subscription("Alle Sitzungen", addresses.outside("public.whole_feed"))
