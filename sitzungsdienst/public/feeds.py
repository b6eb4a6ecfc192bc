"""The calendars of meetings as values for `calendar.feed`: everything, one Body, one committee."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sitzungsdienst import german
from sitzungsdienst.calendar.feed import event_end
from sitzungsdienst.calendar.values import CalendarEvent, CalendarFeed
from sitzungsdienst.public import addresses, parts
from sitzungsdienst.public.agenda import plain_lines
from sitzungsdienst.public.frame import Surroundings, surroundings
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.filed import Filed
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicBody,
    PublicLocation,
    PublicMeeting,
    PublicOrganization,
)

BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
CANCELLED_FOR = timedelta(days=30)
"""How long after its day a cancelled meeting stays: so long that every program has read of it."""

_ABOUT = "Öffentlich bekannt gemachte Sitzungen mit ihren Tagesordnungen."


@dataclass(frozen=True, slots=True)
class _Around:
    """What events are told with, read for all of them at once."""

    host: str
    organizations: Mapping[str, PublicOrganization]
    locations: Mapping[str, PublicLocation]
    items: Mapping[str, Sequence[PublicAgendaItem]]
    body_names: Mapping[str, str]


def whole_feed(shelf: Shelf, host: str, now: datetime) -> CalendarFeed:
    """The calendar of all Bodies."""
    around = surroundings(shelf)
    names = [body.name for body in around.bodies.values()]
    name = f"Sitzungen {names[0]}" if len(names) == 1 else "Sitzungen"
    return _feed(shelf, around, name, host, _window(shelf, now))


def body_feed(shelf: Shelf, uid: str, host: str, now: datetime) -> CalendarFeed:
    """The calendar of one Body. Raises NotFound or Withdrawn."""
    around = surroundings(shelf)
    body = shelf.find(PublicBody, uid).living
    return _feed(shelf, around, f"Sitzungen {body.name}", host, _window(shelf, now, body=uid))


def organization_feed(shelf: Shelf, uid: str, host: str, now: datetime) -> CalendarFeed:
    """The calendar of one committee. Raises NotFound or Withdrawn."""
    around = surroundings(shelf)
    organization = shelf.find(PublicOrganization, uid).living
    body = around.bodies.get(organization.body)
    name = f"{organization.name} ({body.name})" if body else organization.name
    return _feed(shelf, around, name, host, _window(shelf, now, organization=uid))


def meeting_event(shelf: Shelf, uid: str, host: str) -> CalendarFeed:
    """One meeting, however long ago; empty while it has no date. Raises NotFound or Withdrawn."""
    around = surroundings(shelf)
    filed = shelf.find(PublicMeeting, uid)
    return _feed(shelf, around, filed.living.name, host, (filed,))


def _window(
    shelf: Shelf, now: datetime, *, body: str = "", organization: str = ""
) -> list[Filed[PublicMeeting]]:
    """All meetings, but cancelled ones only until a while after their day.

    It depends on the day, not on the moment, so that a feed has one ETag all day long.
    """
    today = german.local_day(now)
    shelf.note(today.isoformat())
    found = shelf.meetings(BEGINNING, body=body, organization=organization)
    return [filed for filed in found if _still_told(filed.living, today)]


def _still_told(meeting: PublicMeeting, today: date) -> bool:
    if not meeting.cancelled or meeting.start is None:
        return True
    return german.local_day(meeting.start) >= today - CANCELLED_FOR


def _feed(
    shelf: Shelf,
    around: Surroundings,
    name: str,
    host: str,
    meetings: Sequence[Filed[PublicMeeting]],
) -> CalendarFeed:
    told = [filed.living for filed in meetings]
    facts = _Around(
        host=host,
        organizations=shelf.many(
            PublicOrganization, (uid for one in told for uid in one.organization)
        ),
        locations=shelf.many(PublicLocation, (one.location for one in told)),
        items=shelf.children(PublicAgendaItem, [one.uid for one in told]),
        body_names=around.several_names,
    )
    return CalendarFeed(name, tuple(_events(meetings, facts)), _ABOUT)


def _events(meetings: Iterable[Filed[PublicMeeting]], facts: _Around) -> Iterable[CalendarEvent]:
    for filed in meetings:
        meeting = filed.living
        if meeting.start is None:
            continue
        names = tuple(
            facts.organizations[uid].name
            for uid in meeting.organization
            if uid in facts.organizations
        )
        address = addresses.outside("public.meeting", uid=meeting.uid)
        yield CalendarEvent(
            uid=f"sitzung-{meeting.uid}@{facts.host}",
            summary=_summary(meeting, facts.body_names),
            start=meeting.start,
            end=event_end(meeting.start, meeting.end),
            created=filed.created,
            modified=filed.modified,
            sequence=meeting.sequence,
            cancelled=meeting.cancelled,
            location=parts.room_and_place(facts.locations.get(meeting.location)),
            description_lines=_description(meeting, names, facts.items[meeting.uid], address),
            url=address,
            categories=names,
        )


def _summary(meeting: PublicMeeting, body_names: Mapping[str, str]) -> str:
    body = body_names.get(meeting.body, "")
    return f"{meeting.name} ({body})" if body else meeting.name


def _description(
    meeting: PublicMeeting,
    organizations: Sequence[str],
    items: Iterable[PublicAgendaItem],
    address: str,
) -> tuple[str, ...]:
    """Committee and state, the agenda line by line, and the address, which some programs hide."""
    agenda = plain_lines(items)
    head = (", ".join(organizations), f"Stand: {parts.state_of(meeting)}")
    return (
        *(line for line in head if line),
        *(("", "Tagesordnung:", *agenda) if agenda else ()),
        "",
        address,
    )
