"""From the table of a file to rows of persons and memberships, each with what is wrong with it.

Pure: values in, values out. Columns may stand in any order; an empty cell says nothing, so it
changes nothing.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.import_files import FIELD, Line, Sheet
from sitzungsdienst.acts.person_facts import PersonFacts, cleaned
from sitzungsdienst.acts.text import clean_line
from sitzungsdienst.record.people import MembershipRole

#: A person's columns: the name in the command, the heading in the template, other headings.
PERSON_COLUMNS = {
    "external_id": ("Kennung", "ID", "Personalnummer", "Externe Kennung"),
    "form_of_address": ("Anrede",),
    "title": ("Titel", "Akademischer Titel"),
    "given_name": ("Vorname", "Vornamen"),
    "family_name": ("Nachname", "Name", "Familienname"),
    "email": ("E-Mail", "E-Mail-Adresse", "Mail", "Email"),
    "phone": ("Telefon", "Telefonnummer", "Tel"),
    "mobile": ("Mobil", "Mobiltelefon", "Handy"),
    "street_address": ("Straße", "Straße und Hausnummer", "Strasse"),
    "postal_code": ("PLZ", "Postleitzahl"),
    "locality": ("Ort", "Wohnort"),
    "website": ("Internetseite", "Internet", "Webseite", "Homepage"),
}

#: The columns of a membership, likewise.
SEAT_COLUMNS = {
    "organization": ("Gremium", "Organisation", "Ausschuss"),
    "role": ("Funktion", "Rolle"),
    "voting_right": ("Stimmrecht", "Stimmberechtigt"),
    "on_behalf_of": ("Fraktion", "Entsandt von"),
    "composition_rule": ("Zusammensetzung",),
    "start_date": ("Beginn", "Von", "Mitglied seit", "Mitglied ab"),
    "end_date": ("Ende", "Bis", "Mitglied bis"),
}

COLUMNS = PERSON_COLUMNS | SEAT_COLUMNS
#: The heading of each column as the template and messages name it.
HEADINGS = {column: names[0] for column, names in COLUMNS.items()}

ROLES = {
    MembershipRole.CHAIR: ("Vorsitz", "Vorsitzende", "Vorsitzender", "Vorsitzende/r"),
    MembershipRole.DEPUTY_CHAIR: (
        "stellvertretender Vorsitz", "stellv. Vorsitz", "stellvertretende Vorsitzende",
        "stellvertretender Vorsitzender", "stellv. Vorsitzende", "stellv. Vorsitzender",
    ),
    MembershipRole.MEMBER: ("Mitglied", "ordentliches Mitglied"),
    MembershipRole.ADVISORY: ("beratendes Mitglied", "beratend"),
    MembershipRole.EXPERT: (
        "sachkundige Einwohnerin/sachkundiger Einwohner", "sachkundige Einwohnerin",
        "sachkundiger Einwohner", "sachkundige Bürgerin", "sachkundiger Bürger",
    ),
    MembershipRole.SECRETARIAT: ("Geschäftsstelle", "Geschäftsführung"),
}  # fmt: skip
#: Functions that have a vote unless the list says otherwise.
VOTING_ROLES = frozenset({MembershipRole.CHAIR, MembershipRole.DEPUTY_CHAIR, MembershipRole.MEMBER})
YES = frozenset({"ja", "j", "x", "1", "wahr", "true"})
NO = frozenset({"nein", "n", "0", "falsch", "false"})
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row: the column's heading ("" for the whole row), and what to do."""

    column: str
    message: str


@dataclass(slots=True)
class Row:
    """A row of the list: only what its cells say. `person` holds columns of a person, cleaned.

    `organization` is "" for a row without membership; None in the other fields says nothing.
    """

    number: int
    person: dict[str, str] = field(default_factory=dict)
    organization: str = ""
    role: MembershipRole | None = None
    voting_right: bool | None = None
    on_behalf_of: str = ""
    composition_rule: str = ""
    start_date: date | None = None
    end_date: date | None = None
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, column: str, message: str) -> None:
        """Note what is wrong in a column."""
        self.problems.append(Problem(HEADINGS.get(column, column), message))


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each of our columns stands in the file, and the headings we do not know."""

    places: dict[str, int]
    unknown: tuple[str, ...]


def folded(text: str) -> str:
    """A heading or name to compare by: case, width and white space count for nothing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


_BY_HEADING = {folded(name): column for column, names in COLUMNS.items() for name in names}
_BY_ROLE = {folded(name): role for role, names in ROLES.items() for name in names}


def is_heading(text: str) -> bool:
    """Whether a heading is one of ours."""
    return folded(text) in _BY_HEADING


def columns_of(sheet: Sheet) -> Columns:
    """Find our columns. Raises RuleBroken at `file` where one comes twice or names are missing."""
    places: dict[str, int] = {}
    unknown = []
    for place, heading in enumerate(sheet.header):
        column = _BY_HEADING.get(folded(heading))
        if column is None:
            unknown.append(heading or f"Spalte {place + 1} ohne Überschrift")
        elif column in places:
            raise RuleBroken(
                FIELD, f"Die Spalte »{HEADINGS[column]}« gibt es zweimal. Bitte entfernen Sie eine."
            )
        else:
            places[column] = place
    if "family_name" not in places:
        raise RuleBroken(
            FIELD,
            "Die Spalte »Nachname« fehlt. Die erste Zeile der Liste nennt die Spalten; eine Vorlage"
            " können Sie auf dieser Seite herunterladen.",
        )
    return Columns(places, tuple(unknown))


def rows_of(sheet: Sheet, columns: Columns) -> list[Row]:
    """The rows of the list, each with what is wrong in it by itself."""
    return [_row(line, columns, len(sheet.header)) for line in sheet.lines]


def _row(line: Line, columns: Columns, width: int) -> Row:
    row = Row(line.number)
    cells: dict[str, str] = {}
    for column, place in columns.places.items():
        if place in line.problems:
            row.refuse(column, line.problems[place])
        cells[column] = clean_line(line.cells[place]) if place < len(line.cells) else ""
    if any(line.cells[width:]) or any(place >= width for place in line.problems):
        row.refuse(
            "", "Die Zeile hat mehr Felder als Überschriften. Bitte prüfen Sie die Trennzeichen."
        )
    row.person = _person(row, cells)
    _seat(row, cells)
    return row


def _person(row: Row, cells: dict[str, str]) -> dict[str, str]:
    """The person's cells that say something, checked one by one so that each error is told."""
    told = {column: cells[column] for column in PERSON_COLUMNS if cells.get(column)}
    if "family_name" not in told:
        if not any(one.column == HEADINGS["family_name"] for one in row.problems):
            row.refuse("family_name", "Bitte geben Sie den Nachnamen ein.")
        return told
    for column, value in told.items():
        # With a name of its own, so that only this column can be wrong.
        facts = {"family_name": "N", column: value}
        try:
            told[column] = getattr(cleaned(PersonFacts(**facts)), column)  # type: ignore[arg-type]  # texts
        except RuleBroken as broken:
            row.refuse(column, broken.message)
    return told


def _seat(row: Row, cells: dict[str, str]) -> None:
    row.organization = cells.get("organization", "")
    told = [column for column in SEAT_COLUMNS if cells.get(column)]
    if told and not row.organization:
        row.refuse(
            "organization",
            f"Bitte geben Sie das Gremium an, zu dem »{HEADINGS[told[0]]}« gehört, oder leeren Sie"
            " das Feld.",
        )
    row.role = _role(row, cells.get("role", ""))
    row.voting_right = _voting(row, cells.get("voting_right", ""))
    row.on_behalf_of = cells.get("on_behalf_of", "")
    row.composition_rule = cells.get("composition_rule", "")
    row.start_date = _day(row, "start_date", cells.get("start_date", ""))
    row.end_date = _day(row, "end_date", cells.get("end_date", ""))
    if row.start_date and row.end_date and row.end_date < row.start_date:
        row.refuse("end_date", "Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Daten.")


def _role(row: Row, typed: str) -> MembershipRole | None:
    if not typed:
        return None
    role = _BY_ROLE.get(folded(typed))
    if role is None:
        known = ", ".join(names[0] for names in ROLES.values())
        row.refuse("role", f"»{typed}« kennen wir nicht. Möglich sind: {known}.")
    return role


def _voting(row: Row, typed: str) -> bool | None:
    if not typed:
        return None
    word = folded(typed)
    if word not in YES | NO:
        row.refuse("voting_right", f"Bitte schreiben Sie »ja« oder »nein« statt »{typed}«.")
        return None
    return word in YES


def _day(row: Row, column: str, typed: str) -> date | None:
    if not typed:
        return None
    german, iso = GERMAN_DAY.fullmatch(typed), ISO_DAY.fullmatch(typed)
    if german:
        day, month, year = (int(part) for part in german.groups())
    elif iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        row.refuse(column, f"»{typed}« ist kein Datum. Bitte schreiben Sie es wie 01.07.2014.")
        return None
    try:
        found = date(year, month, day)
    except ValueError:
        row.refuse(column, f"Den Tag »{typed}« gibt es nicht. Bitte prüfen Sie das Datum.")
        return None
    if not 1900 <= found.year <= 2200:
        row.refuse(column, f"Bitte prüfen Sie das Jahr von »{typed}«.")
        return None
    return found
