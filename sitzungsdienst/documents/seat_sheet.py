"""How the seats of a committee are shared out among groups, on one sheet for the file."""

from dataclasses import dataclass
from datetime import date

from sitzungsdienst.documents.charts import half_round, seats_in_words
from sitzungsdienst.documents.seat_picture import picture
from sitzungsdienst.documents.story import Align, Column, Facts, Story, build
from sitzungsdienst.documents.values import Letterhead
from sitzungsdienst.german import long_date, plain_date


@dataclass(frozen=True, slots=True)
class GroupSeats:
    """A group with its strength in the council (as decided, e.g. "11") and its seats."""

    name: str
    strength: str
    seats: int


@dataclass(frozen=True, slots=True)
class SeatSheet:
    """Seats shared out on a day, told and drawn in the order of `groups`."""

    letterhead: Letterhead
    committee: str
    decided_on: date
    method: str
    groups: tuple[GroupSeats, ...]
    settled: tuple[str, ...] = ()
    chairs: tuple[str, ...] = ()
    remark: str = ""


def print_seat_sheet(sheet: SeatSheet) -> bytes:
    """Return the PDF of `sheet`."""
    name = "Sitzverteilung"
    of = ", ".join(part for part in (sheet.committee.strip(), plain_date(sheet.decided_on)) if part)
    story = Story(Facts(name, f"{name}, {of}", f"{name}, {of}", sheet.letterhead, sheet.decided_on))
    story.heading(name)
    if sheet.committee.strip():
        story.subtitle(sheet.committee)
    story.key_values(
        [
            ("Datum", long_date(sheet.decided_on)),
            ("Verfahren", sheet.method),
            ("Sitze", str(sum(group.seats for group in sheet.groups))),
            ("Bemerkung", sheet.remark),
        ]
    )
    told = [(group.name, group.seats) for group in sheet.groups]
    drawn = picture([seats for _, seats in told])
    story.figure(half_round(drawn), seats_in_words(told))
    columns = [
        Column("Nr.", 1),
        Column("Fraktion oder Gruppe", 7, names_rows=True),
        Column("Stärke", 2, Align.CENTRE),
        Column("Sitze", 2, Align.CENTRE),
    ]
    rows = [
        [str(place), group.name, group.strength, str(group.seats)]
        for place, group in enumerate(sheet.groups, start=1)
    ]
    story.table(columns, rows)
    for sentence in sheet.settled:
        story.paragraph(sentence)
    if sheet.chairs:
        story.paragraph(f"Reihenfolge der Vorsitze: {', '.join(sheet.chairs)}")
    return build(story)
