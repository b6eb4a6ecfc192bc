"""The year's calendar of meetings (Sitzungskalender): twelve months as a picture, then a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sitzungsdienst.documents.story import Column, Facts, Story, build
from sitzungsdienst.documents.values import Letterhead
from sitzungsdienst.documents.year_picture import Mark, draw_year
from sitzungsdienst.german import MONTHS, clock, local_day, plain_date, short_date

# A text of a PDF may hold some 16,000 characters; past this the words count instead of naming.
_LONGEST_ALT = 6000
# What the first page has room for below its heading.
_WHOLE_PAGE, _BESIDE_A_LOGO = 575.0, 520.0
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class YearMeeting:
    """A meeting of the year: when (local, aware), of which committees, where.

    One that is `cancelled` stands in the list alone. `remark` is for the office's own calendar.
    """

    start: datetime
    committees: tuple[str, ...]
    name: str
    room: str = ""
    cancelled: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """The meetings of `year` in their order; `subtitle` says whose, `status` as far as it goes."""

    letterhead: Letterhead
    year: int
    subtitle: str
    issued_on: date
    meetings: tuple[YearMeeting, ...]
    status: str = ""


def print_year_calendar(calendar: YearCalendar) -> bytes:
    """Return the PDF of `calendar`: a page with the picture, and every date in a table after it."""
    name = f"Sitzungskalender {calendar.year:04}"
    signs = signs_of(calendar.meetings)
    held = [one for one in calendar.meetings if not one.cancelled]
    story = Story(
        Facts(
            kind=f"{name}, Stand {plain_date(calendar.issued_on)}",
            title=f"{name}, {calendar.subtitle}",
            running_head=f"{name}, {calendar.subtitle}",
            letterhead=calendar.letterhead,
            issued_on=calendar.issued_on,
        )
    )
    story.heading(name)
    story.subtitle(calendar.subtitle)
    story.note(f"Stand: {plain_date(calendar.issued_on)}. {calendar.status}".strip())
    marks: dict[date, list[Mark]] = {}
    for one in held:
        day = marks.setdefault(local_day(one.start), [])
        day += [Mark(signs[committee], place) for committee, place in _places(one, signs)]
    height = _BESIDE_A_LOGO if calendar.letterhead.logo else _WHOLE_PAGE
    picture = draw_year(calendar.year, marks, list(signs.items()), height)
    story.figure(picture, _in_words(calendar, held))
    story.page_break()
    story.heading("Alle Termine", 2)
    _add_list(story, calendar.meetings, signs)
    return build(story)


def signs_of(meetings: Sequence[YearMeeting]) -> dict[str, str]:
    """The letters of the committees, by name, in the order of the alphabet: A … Z, AA, AB …"""
    names = sorted({name for one in meetings for name in one.committees}, key=str.casefold)
    return {name: _letters(place) for place, name in enumerate(names)}


def _letters(place: int) -> str:
    before, last = divmod(place, len(_LETTERS))
    return (_letters(before - 1) if before else "") + _LETTERS[last]


def _places(meeting: YearMeeting, signs: dict[str, str]) -> list[tuple[str, int]]:
    order = list(signs)
    return [(one, order.index(one)) for one in meeting.committees]


def _in_words(calendar: YearCalendar, held: Sequence[YearMeeting]) -> str:
    """What the picture shows, month by month; in a crowded year only how many."""
    count = "1 Sitzung" if len(held) == 1 else f"{len(held)} Sitzungen"
    sentences = [f"Kalender des Jahres {calendar.year:04} mit {count}."]
    months: dict[int, list[YearMeeting]] = {}
    for one in held:
        months.setdefault(local_day(one.start).month, []).append(one)
    named = [
        f"{MONTHS[month - 1]}: "
        + "; ".join(f"{local_day(one.start).day}., {_committees(one)}" for one in some)
        + "."
        for month, some in months.items()
    ]
    counted = [f"{MONTHS[month - 1]}: {len(some)}." for month, some in months.items()]
    sentences += named if sum(map(len, named)) <= _LONGEST_ALT else counted
    return " ".join([*sentences, "Alle Termine stehen danach in einer Tabelle."])


def _committees(meeting: YearMeeting) -> str:
    return " und ".join(meeting.committees) or meeting.name


def _add_list(story: Story, meetings: Sequence[YearMeeting], signs: dict[str, str]) -> None:
    if not meetings:
        story.paragraph("Für dieses Jahr steht noch keine Sitzung im Kalender.")
        return
    columns = [
        Column("Datum", 38, names_rows=True),
        Column("Beginn", 20),
        Column("Gremium", 52),
        Column("Sitzung", 44),
        Column("Raum", 32),
    ]
    if any(map(_remark, meetings)):
        columns.append(Column("Bemerkung", 30))
    rows = [
        [
            short_date(one.start),
            clock(one.start),
            "\n".join(f"{name} ({signs[name]})" for name in one.committees),
            one.name,
            one.room,
            _remark(one),
        ][: len(columns)]
        for one in meetings
    ]
    story.table(columns, rows)


def _remark(meeting: YearMeeting) -> str:
    return ", ".join(filter(None, ("abgesagt" if meeting.cancelled else "", meeting.remark)))
