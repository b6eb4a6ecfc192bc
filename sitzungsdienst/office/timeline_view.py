"""The attendance of a meeting as a picture: a bar a person, and the same in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sitzungsdienst.acts.timeline import Span, spans
from sitzungsdienst.german import clock
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind

WIDTH = 600
SHORTEST = timedelta(hours=1)
STEP = timedelta(minutes=30)
MOST_MARKS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A time in which somebody was there, as a rectangle: `x` and `width` of WIDTH."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One person's line: the bars, and in words what they show."""

    person_id: int
    name: str
    role: str
    votes: bool
    bars: tuple[Bar, ...]
    words: str
    #: Whether the person is there at the end of what is recorded.
    there: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines, and the marks of the clock as (x, "17:30")."""

    lines: tuple[Line, ...]
    marks: tuple[tuple[int, str], ...]


def picture(meeting: Meeting, now: datetime) -> Picture:
    """The picture from the beginning to the end, or to now while the meeting runs."""
    end = _end(meeting, now)
    rows = sorted(
        meeting.attendances,
        key=lambda one: (not one.voting_right, one.person.sort_name.casefold()),
    )
    lines = tuple(_line(one, meeting.start, end) for one in rows)
    return Picture(lines, _marks(meeting.start, end))


def _end(meeting: Meeting, now: datetime) -> datetime:
    if meeting.end is not None:
        return meeting.end
    known = [meeting.start + SHORTEST]
    for row in meeting.attendances:
        known += [one for one in (row.arrived_at, row.left_at) if one is not None]
        known += [one.returned_at for one in row.interruptions]
    if meeting.start < now < meeting.start + timedelta(hours=24):
        known.append(now)
    return max(known)


def _line(row: Attendance, start: datetime, end: datetime) -> Line:
    there = row.kind is AttendanceKind.PRESENT
    outs = [(one.left_at, one.returned_at) for one in row.interruptions]
    times = spans(row.arrived_at, row.left_at, outs) if there else ()
    return Line(
        person_id=row.person_id,
        name=row.person.name,
        role=row.role,
        votes=row.voting_right,
        bars=tuple(_bar(one, start, end) for one in times),
        words="; ".join(_said(one) for one in times) if there else _away(row),
        there=there and row.left_at is None,
        kind=row.kind.value,
    )


def _away(row: Attendance) -> str:
    return "entschuldigt" if row.kind is AttendanceKind.EXCUSED else "unentschuldigt"


def _said(span: Span) -> str:
    if span.start is None and span.end is None:
        return "die ganze Zeit anwesend"
    begun = f"ab {clock(span.start)} Uhr" if span.start else "von Anfang an"
    return f"{begun} bis {clock(span.end)} Uhr" if span.end else begun


def _bar(span: Span, start: datetime, end: datetime) -> Bar:
    left = _place(span.start or start, start, end)
    right = _place(span.end or end, start, end)
    return Bar(left, max(right - left, 1))


def _place(at: datetime, start: datetime, end: datetime) -> int:
    share = (at - start) / (end - start)
    return round(WIDTH * min(max(share, 0), 1))


def _marks(start: datetime, end: datetime) -> tuple[tuple[int, str], ...]:
    step = STEP
    while (end - start) / step > MOST_MARKS:
        step *= 2
    count = int((end - start) / step)
    return tuple(
        (_place(start + n * step, start, end), clock(start + n * step)) for n in range(count + 1)
    )
