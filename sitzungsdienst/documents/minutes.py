"""The minutes (Niederschrift): the full version for members and the public one."""

from collections.abc import Iterable
from dataclasses import replace

from sitzungsdienst.documents.parts import (
    add_paper_line,
    add_proceedings,
    bare,
    running_head,
    when_and_where,
)
from sitzungsdienst.documents.seal_field import SEALED
from sitzungsdienst.documents.story import Column, Facts, Story, build
from sitzungsdienst.documents.values import (
    AgendaLine,
    AttendanceGroup,
    AttendanceLine,
    Audience,
    ItemRecord,
    Minutes,
)
from sitzungsdienst.german import long_date, plain_date

_LEFT_OUT = "Der nichtöffentliche Teil ist in dieser öffentlichen Fassung nicht enthalten."

_NO_LINE = AgendaLine("", "")
_PERSON = (
    Column("Name", 6),
    Column("Funktion", 6),
    Column("Fraktion/Stelle", 5),
    Column("Bemerkung", 5),
)


def print_minutes(minutes: Minutes, *, sealable: bool = False) -> bytes:
    """Return the PDF of `minutes`; `sealable` ones say that they are sealed, and are to be.

    The public version says that the non-public part is left out and bears at most its released
    titles. Raises ValueError for a public version that holds more of it: whoever composed it has
    made a mistake that must not be printed.
    """
    if minutes.audience is Audience.PUBLIC:
        _demand_harmless(minutes)
    story = Story(replace(_facts(minutes), sealable=sealable))
    story.heading("Niederschrift")
    story.subtitle(minutes.head.name)
    story.key_values(
        [
            *when_and_where(minutes.head, long_date(minutes.head.start)),
            ("Status", minutes.head.publicity),
            ("Stand", minutes.state),
        ]
    )
    if minutes.audience is Audience.PUBLIC:
        story.box(_LEFT_OUT)
    _add_attendance(story, minutes)
    if minutes.agenda_notes:
        story.heading("Ladung und Tagesordnung", 2)
        for sentence in minutes.agenda_notes:
            story.paragraph(sentence)
    story.heading("Öffentlicher Teil", 2)
    _add_items(story, minutes.public_items)
    _add_nonpublic_part(story, minutes)
    _add_objections(story, minutes)
    if minutes.signatures:
        story.heading("Unterschriften", 2)
        story.signatures(minutes.signatures)
    if sealable:
        story.note(SEALED)
    return build(story)


def _facts(minutes: Minutes) -> Facts:
    state = f" ({minutes.state})" if minutes.state else ""
    version = ""
    if minutes.audience is Audience.PUBLIC:
        version = ", öffentliche Fassung"
    elif minutes.nonpublic_items:
        version = ", enthält nichtöffentliche Teile"
    return Facts(
        kind=f"Niederschrift{state}{version}",
        title=f"Niederschrift, {running_head(minutes.head)}",
        running_head=running_head(minutes.head),
        letterhead=minutes.letterhead,
        issued_on=minutes.issued_on,
        check_address=minutes.check_address,
    )


def _demand_harmless(minutes: Minutes) -> None:
    """Raise ValueError where a public version holds what only members may read."""
    if any(map(_tells, minutes.nonpublic_items)):
        raise ValueError("public minutes must not hold content of the non-public part")
    if any(one.text or one.raised_by or one.remark for one in minutes.objections):
        raise ValueError("public minutes must not hold the text of an objection")


def _tells(item: ItemRecord) -> bool:
    """Say whether `item` holds more than its number and title."""
    return replace(item, line=_NO_LINE) != ItemRecord(_NO_LINE)


def _add_attendance(story: Story, minutes: Minutes) -> None:
    if minutes.attendance:
        story.heading("Anwesenheit", 2)
    used = _used_columns(minutes.attendance)
    for group in minutes.attendance:
        story.heading(group.heading, 3)
        if group.lines:
            rows = [[_cells(line)[i] for i in used] for line in group.lines]
            story.table([_PERSON[i] for i in used], rows)
        else:
            story.paragraph("niemand")
    if minutes.quorum_sentence.strip():
        story.heading("Beschlussfähigkeit", 2)
        story.paragraph(minutes.quorum_sentence)


def _used_columns(groups: Iterable[AttendanceGroup]) -> list[int]:
    """Return the columns in which any group has an entry, so that all groups stand alike."""
    lines = [_cells(line) for group in groups for line in group.lines]
    return [i for i in range(len(_PERSON)) if i == 0 or any(line[i].strip() for line in lines)]


def _cells(line: AttendanceLine) -> tuple[str, ...]:
    return (line.name, line.role, line.on_behalf_of, line.note)


def _add_items(story: Story, items: Iterable[ItemRecord]) -> None:
    for item in items:
        story.heading(item.line.title, 3, number=item.line.number)
        for paper in item.papers:
            add_paper_line(story, paper)
        add_proceedings(story, item, level=4)


def _add_nonpublic_part(story: Story, minutes: Minutes) -> None:
    if not minutes.nonpublic_items:
        return
    if minutes.audience is Audience.PUBLIC:
        story.heading("Nichtöffentlicher Teil", 2)
        story.agenda([bare(item.line) for item in minutes.nonpublic_items])
        return
    # On sheets of its own, so that the public part can be handed out without it.
    story.page_break()
    story.heading("Nichtöffentlicher Teil", 2)
    _add_items(story, minutes.nonpublic_items)


def _add_objections(story: Story, minutes: Minutes) -> None:
    """Add what became of the minutes: objections with their decisions, and the approval."""
    if minutes.objections:
        story.heading("Einwendungen gegen die Niederschrift", 2)
    for one in minutes.objections:
        raised = f"am {plain_date(one.raised_on)}"
        story.key_values(
            [
                ("Erhoben", f"{raised} von {one.raised_by}" if one.raised_by.strip() else raised),
                ("Betrifft", one.concerns),
                ("Einwendung", one.text),
                ("Entscheidung", one.outcome),
                ("Bemerkung", one.remark),
            ]
        )
    if minutes.standing:
        story.heading("Behandlung der Niederschrift", 2)
    for sentence in minutes.standing:
        story.paragraph(sentence)
