"""Holds a calendar feed against our rules and reads it back with two parsers by other people.

`assert_strict` has its own small reader, so that no library's leniency hides a fault: libraries
let a missing DTSTAMP, an unknown STATUS or an end before the start pass.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

_LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"]*"|[^";:,]*)')
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_ESCAPED_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_UTC_MOMENT = re.compile(r"\d{8}T\d{6}Z")
_LOCAL_MOMENT = re.compile(r"\d{8}T\d{6}")
_URI = re.compile(r"https?://[\w.-]+(:\d+)?(/[A-Za-z0-9%/:?#\[\]@!$&'()*+,;=~._-]*)?", re.ASCII)

_EVENT_NEEDS = {
    "UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "DTSTART", "DTEND", "STATUS",
    "TRANSP", "SUMMARY",
}  # fmt: skip
_EVENT_MAY_HAVE = {"LOCATION", "DESCRIPTION", "URL", "CATEGORIES"}
_CALENDAR_NEEDS = {
    "VERSION", "PRODID", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "REFRESH-INTERVAL",
    "X-PUBLISHED-TTL",
}  # fmt: skip
_CALENDAR_MAY_HAVE = {"DESCRIPTION", "X-WR-CALDESC"}
_TEXTS = {"SUMMARY", "LOCATION", "DESCRIPTION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "UID"}


class ReadEvent(TypedDict):
    """An event as a parser understood it; moments in UTC, absent texts empty."""

    uid: str
    summary: str
    start: datetime
    end: datetime
    stamp: datetime
    created: datetime
    modified: datetime
    sequence: int
    status: str
    transparency: str
    location: str
    description: str
    url: str
    categories: tuple[str, ...]


@dataclass
class _Line:
    parameters: dict[str, str]
    value: str


@dataclass
class _Component:
    name: str
    lines: dict[str, list[_Line]] = field(default_factory=dict)
    parts: list["_Component"] = field(default_factory=list)

    def one(self, name: str) -> _Line:
        found = self.lines.get(name, [])
        assert len(found) == 1, f"{self.name} has {len(found)} {name} instead of one"
        return found[0]


def assert_strict(data: bytes) -> None:
    """Fail with a sentence if the bytes break RFC 5545, 5546, 7986 or our own rules for feeds."""
    calendar = _tree(_content_lines(data))
    _check_calendar(calendar)
    zones = {part.one("TZID").value for part in calendar.parts if part.name == "VTIMEZONE"}
    assert zones == {"Europe/Berlin"}, f"time zones are {zones}"
    events = [part for part in calendar.parts if part.name == "VEVENT"]
    order = [(_check_event(event, zones), event.one("UID").value) for event in events]
    assert len({uid for _, uid in order}) == len(order), "two events share a UID"
    assert order == sorted(order), "the events are not ordered by start and UID"


def read_with_icalendar(data: bytes) -> list[ReadEvent]:
    """What the package icalendar reads, in the feed's order."""
    calendar = Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    assert not calendar.errors
    assert not any(event.errors for event in events)
    return [
        ReadEvent(
            uid=str(event["UID"]),
            summary=str(event["SUMMARY"]),
            start=event["DTSTART"].dt.astimezone(UTC),
            end=event["DTEND"].dt.astimezone(UTC),
            stamp=event["DTSTAMP"].dt.astimezone(UTC),
            created=event["CREATED"].dt.astimezone(UTC),
            modified=event["LAST-MODIFIED"].dt.astimezone(UTC),
            sequence=int(event["SEQUENCE"]),
            status=str(event["STATUS"]),
            transparency=str(event["TRANSP"]),
            location=str(event.get("LOCATION", "")),
            description=str(event.get("DESCRIPTION", "")),
            url=str(event.get("URL", "")),
            categories=tuple(str(word) for word in event.categories),
        )
        for event in events
    ]


def read_with_second_parser(data: bytes) -> list[ReadEvent]:
    """What the package ical reads, in the feed's order; it shares no code with icalendar."""
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    found = []
    for event in calendar.events:
        moments = (event.dtstart, event.dtend, event.dtstamp, event.created, event.last_modified)
        start, end, stamp, created, modified = (_aware(moment) for moment in moments)
        found.append(
            ReadEvent(
                uid=event.uid,
                summary=event.summary,
                start=start,
                end=end,
                stamp=stamp,
                created=created,
                modified=modified,
                sequence=event.sequence or 0,
                status=str(event.status.value) if event.status else "",
                transparency=event.transparency or "",
                location=event.location or "",
                description=event.description or "",
                url=str(event.url or ""),
                categories=tuple(event.categories),
            )
        )
    return found


def _aware(moment: object) -> datetime:
    assert isinstance(moment, datetime)
    assert moment.tzinfo, "a moment lost its time zone"
    return moment.astimezone(UTC)


def _content_lines(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n"), "the last line does not end in CR LF"
    unfolded: list[str] = []
    for raw in data[:-2].split(b"\r\n"):
        assert b"\r" not in raw, "a bare CR"
        assert b"\n" not in raw, "a bare LF"
        assert raw, "an empty line"
        assert len(raw) <= 75, f"a line of {len(raw)} octets"
        line = raw.decode()  # a fold inside a character would not decode
        assert not _CONTROL.search(line), f"a control character in {line!r}"
        if line.startswith(" "):
            assert unfolded, "the first line is a continuation"
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    return unfolded


def _tree(lines: list[str]) -> _Component:
    root = _Component("stream")
    stack = [root]
    for text in lines:
        match = _LINE.fullmatch(text)
        assert match, f"no content line: {text!r}"
        name, parameters, value = match.groups()
        if name == "BEGIN":
            stack.append(_Component(value))
        elif name == "END":
            done = stack.pop()
            assert stack, f"END:{value} without a beginning"
            assert done.name == value, f"END:{value} closes {done.name}"
            stack[-1].parts.append(done)
        else:
            pairs = {key: word.strip('"') for key, word in _PARAMETER.findall(parameters)}
            stack[-1].lines.setdefault(name, []).append(_Line(pairs, value))
    assert len(stack) == 1, f"{stack[-1].name} is not closed"
    assert not root.lines, "a line outside the calendar"
    assert [part.name for part in root.parts] == ["VCALENDAR"], "not exactly one calendar"
    return root.parts[0]


def _check_properties(component: _Component, needs: set[str], may_have: set[str]) -> None:
    for name in needs:
        component.one(name)
    for name in component.lines:
        assert name in needs | may_have, f"{component.name} must not have {name}"
        line = component.one(name)
        assert line.value or name == "SUMMARY", f"{name} is empty"
        if name in _TEXTS:
            assert _ESCAPED_TEXT.fullmatch(line.value), f"{name} is not escaped: {line.value!r}"


def _check_calendar(calendar: _Component) -> None:
    _check_properties(calendar, _CALENDAR_NEEDS, _CALENDAR_MAY_HAVE)
    assert calendar.one("VERSION").value == "2.0"
    assert calendar.one("NAME").value == calendar.one("X-WR-CALNAME").value
    assert calendar.one("X-WR-TIMEZONE").value == "Europe/Berlin"
    refresh = calendar.one("REFRESH-INTERVAL")
    assert refresh.parameters == {"VALUE": "DURATION"}
    assert refresh.value == calendar.one("X-PUBLISHED-TTL").value == "PT4H"
    names = [part.name for part in calendar.parts]
    assert names.count("VTIMEZONE") == 1, "not exactly one VTIMEZONE"
    assert set(names) <= {"VTIMEZONE", "VEVENT"}, f"parts are {set(names)}"
    for zone in calendar.parts:
        if zone.name == "VTIMEZONE":
            _check_zone(zone)


def _check_zone(zone: _Component) -> None:
    _check_properties(zone, {"TZID"}, set())
    assert sorted(part.name for part in zone.parts) == ["DAYLIGHT", "STANDARD"]
    for part in zone.parts:
        needs = {"DTSTART", "RRULE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}
        _check_properties(part, needs, set())  # so RDATE is refused, too
        assert "FREQ=YEARLY" in part.one("RRULE").value
        assert _LOCAL_MOMENT.fullmatch(part.one("DTSTART").value)


def _check_event(event: _Component, zones: set[str]) -> datetime:
    """Check one event; its start in UTC."""
    _check_properties(event, _EVENT_NEEDS, _EVENT_MAY_HAVE)
    for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
        assert _UTC_MOMENT.fullmatch(event.one(name).value), f"{name} is not in UTC"
    stamp, modified = event.one("DTSTAMP").value, event.one("LAST-MODIFIED").value
    assert stamp == modified, "DTSTAMP is not the last change"
    assert re.fullmatch(r"\d+", event.one("SEQUENCE").value), "SEQUENCE is no number"
    assert re.fullmatch(r"\S+@[\w.-]+", event.one("UID").value), "UID without a host"
    state = (event.one("STATUS").value, event.one("TRANSP").value)
    assert state in {("CONFIRMED", "OPAQUE"), ("CANCELLED", "TRANSPARENT")}, f"state is {state}"
    if state[0] == "CANCELLED":
        assert event.one("SUMMARY").value.startswith("ABGESAGT: "), "a silent cancellation"
    for line in event.lines.get("CATEGORIES", []):
        assert "\\" not in line.value, "a category with an escaped sign"
        assert ";" not in line.value, "a category with a semicolon"
        assert all(line.value.split(",")), "an empty category"
    for line in event.lines.get("URL", []):
        assert _URI.fullmatch(line.value), f"no URL: {line.value!r}"
    start, end = (_moment(event.one(name), zones) for name in ("DTSTART", "DTEND"))
    assert start < end, "the end is not later than the start"
    return start


def _moment(line: _Line, zones: set[str]) -> datetime:
    """The moment in UTC, if it has exactly one meaning."""
    if _UTC_MOMENT.fullmatch(line.value):
        assert not line.parameters, "a moment in UTC with parameters"
        return datetime.strptime(line.value, "%Y%m%dT%H%M%S%z")
    assert _LOCAL_MOMENT.fullmatch(line.value), f"no moment: {line.value}"
    assert set(line.parameters) == {"TZID"}, "a local moment without TZID"
    name = line.parameters["TZID"]
    assert name in zones, f"no VTIMEZONE for {name}"
    wall = datetime.fromisoformat(line.value)
    zone = ZoneInfo(name)
    moment, again = (wall.replace(tzinfo=zone, fold=run).astimezone(UTC) for run in (0, 1))
    back = moment.astimezone(zone).replace(tzinfo=None)
    assert back == wall, f"{line.value} does not exist"
    assert moment == again, f"{line.value} comes twice"
    return moment
