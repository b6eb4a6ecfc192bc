"""The attendance list for signature (Anwesenheitsliste), printed before the meeting."""

from dataclasses import dataclass
from datetime import date

from sitzungsdienst.documents.parts import running_head, when_and_where
from sitzungsdienst.documents.story import Column, Facts, Story, build
from sitzungsdienst.documents.values import Letterhead, MeetingHead, Signature
from sitzungsdienst.german import long_date, plain_date

# Empty lines make a row as high as a signature needs, some 11 mm.
_ROOM_TO_SIGN = "\n\n"
_COLUMNS = (
    Column("Name", 46, names_rows=True),
    Column("Funktion/Fraktion", 47),
    Column("Unterschrift", 46),
    Column("Bemerkung", 31),
)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One person who signs: as listed ("Kratzsch, Vanessa"), as what, and for which group.

    `remark` says what is known before: "entschuldigt", "auch Finanzausschuss".
    """

    name: str
    role: str = ""
    group: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """Persons under one heading, and how many empty lines follow for those nobody knows yet."""

    heading: str
    lines: tuple[SheetLine, ...] = ()
    blank: int = 0


@dataclass(frozen=True, slots=True)
class SheetCommittee:
    """One committee's part of the list; `note` says e.g. up to which item it takes part."""

    name: str
    groups: tuple[SheetGroup, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """The list of one meeting: its committees apart, then who belongs to none of them.

    `signatures` are of those who answer for the list; it holds no reason of any absence, as it is
    handed round in the room.
    """

    letterhead: Letterhead
    head: MeetingHead
    issued_on: date
    committees: tuple[SheetCommittee, ...]
    others: tuple[SheetGroup, ...] = ()
    signatures: tuple[Signature, ...] = ()


def print_attendance_list(sheet: AttendanceSheet) -> bytes:
    """Return the PDF of `sheet`, with room to sign in every line."""
    story = Story(
        Facts(
            kind="Anwesenheitsliste",
            title=f"Anwesenheitsliste, {running_head(sheet.head)}",
            running_head=f"Anwesenheitsliste, {running_head(sheet.head)}",
            letterhead=sheet.letterhead,
            issued_on=sheet.issued_on,
        )
    )
    story.heading("Anwesenheitsliste")
    story.subtitle(sheet.head.name)
    story.key_values(when_and_where(sheet.head, long_date(sheet.head.start)))
    story.paragraph(
        "Bitte unterschreiben Sie in Ihrer Zeile. Wer später kommt oder früher geht, trägt die"
        " Uhrzeit unter Bemerkung ein."
    )
    several = len(sheet.committees) > 1
    for committee in sheet.committees:
        if several:
            story.heading(committee.name, 2)
        story.note(committee.note)
        for group in committee.groups:
            _add_group(story, group, 3 if several else 2)
    for group in sheet.others:
        _add_group(story, group, 2)
    if sheet.signatures:
        story.heading("Für die Richtigkeit", 2)
        story.signatures(sheet.signatures)
    story.note(f"Stand der Liste: {plain_date(sheet.issued_on)}.")
    return build(story)


def _add_group(story: Story, group: SheetGroup, level: int) -> None:
    rows = [_row(line) for line in group.lines]
    rows += [["", "", _ROOM_TO_SIGN, ""] for _ in range(group.blank)]
    if rows:
        story.heading(group.heading, level)
        story.table(_COLUMNS, rows)


def _row(line: SheetLine) -> list[str]:
    # "sachkundige Einwohnerin/sachkundiger Einwohner" would part in the middle of a word.
    role = line.role.strip().replace("/", " / ") if " " in line.role else line.role.strip()
    told = "\n".join(filter(None, (role, line.group.strip())))
    return [line.name, told, _ROOM_TO_SIGN, line.remark]
