"""The report on carrying out resolutions (Beschlusskontrolle): by part and unit."""

from collections.abc import Sequence

from sitzungsdienst.documents.seal_field import SEALED
from sitzungsdienst.documents.sorting import in_words
from sitzungsdienst.documents.story import Align, Column, Facts, Story, build
from sitzungsdienst.documents.values_resolutions import (
    PREVIEW,
    FollowUpLine,
    FollowUpReport,
    ReportLine,
    Standing,
)
from sitzungsdienst.german import plain_date

NO_UNIT = "Ohne zuständige Stelle"
PARTS = ("Öffentliche Beschlüsse", "Nichtöffentliche Beschlüsse")


def in_order(lines: Sequence[FollowUpLine]) -> list[FollowUpLine]:
    """Return the lines by unit, there what is overdue first, then what is open, by due date."""
    ranks = list(Standing)
    return sorted(
        lines,
        key=lambda one: (
            not one.unit,
            in_words(one.unit),
            ranks.index(one.standing),
            one.due_on is None,
            one.due_on or one.decided_on,
            in_words(one.number),
        ),
    )


def print_followup_report(report: FollowUpReport, *, sealable: bool = False) -> bytes:
    """Return the PDF of `report`; it is for the office, whichever parts it has.

    A `sealable` one says that it is sealed, and is to be.
    """
    day = plain_date(report.issued_on)
    story = Story(
        Facts(
            kind="Beschlusskontrolle, nicht für die Öffentlichkeit",
            title=f"Beschlusskontrolle, Stand {day}",
            running_head=f"Beschlusskontrolle, Stand {day}",
            letterhead=report.letterhead,
            issued_on=report.issued_on,
            sealable=sealable,
        )
    )
    story.heading("Beschlusskontrolle")
    story.subtitle(f"Stand {day}")
    story.key_values([*report.selection, *([PREVIEW] if report.preview else [])])
    parts = [
        (title, lines)
        for title, lines in zip(PARTS, (report.public, report.nonpublic), strict=True)
        if lines is not None
    ]
    for place, (title, lines) in enumerate(parts):
        if place:
            story.page_break()
        story.heading(title, 2)
        _tell_part(story, in_order(lines))
    if sealable:
        story.note(SEALED)
    return build(story)


def _tell_part(story: Story, lines: Sequence[FollowUpLine]) -> None:
    if not lines:
        story.paragraph("Zu dieser Auswahl gibt es keinen Beschluss.")
        return
    units = list(dict.fromkeys(one.unit for one in lines))
    _tell_summary(story, lines, units)
    columns = [
        Column("Nummer", 2.3, names_rows=True),
        Column("Gegenstand", 4.6),
        Column("Frist", 2.1),
        Column("Stand und Berichte", 6.2),
    ]
    for unit in units:
        story.heading(unit or NO_UNIT, 3)
        story.table(columns, [_row(one) for one in lines if one.unit == unit])


def _tell_summary(story: Story, lines: Sequence[FollowUpLine], units: Sequence[str]) -> None:
    """Tell how many stand how, by unit; a state none is in has no column."""
    told = [one for one in Standing if any(line.standing is one for line in lines)]
    columns = [Column("Zuständige Stelle", 5, names_rows=True)]
    columns += [Column(one.capitalize(), 2.2, Align.RIGHT) for one in told]
    columns.append(Column("Gesamt", 1.7, Align.RIGHT))
    rows = [
        [unit or NO_UNIT, *_counts([one for one in lines if one.unit == unit], told)]
        for unit in units
    ]
    if len(units) > 1:
        rows.append(["Alle", *_counts(lines, told)])
    story.table(columns, rows)


def _counts(lines: Sequence[FollowUpLine], told: Sequence[Standing]) -> list[str]:
    counts = [sum(line.standing is one for line in lines) for one in told]
    return [str(count) for count in (*counts, len(lines))]


def _row(line: FollowUpLine) -> list[str]:
    where = ", ".join((*line.committees, plain_date(line.decided_on)))
    due = plain_date(line.due_on) if line.due_on else ""
    told = [state_of(line), line.remark]
    told += [f"Bearbeitung: {line.in_charge}"] if line.in_charge.strip() else []
    told += [report_of(one) for one in line.reports]
    text = "\n".join(filter(str.strip, told))
    return [line.number, f"{line.subject}\n{where}", due, text]


def state_of(line: FollowUpLine) -> str:
    """Return how it stands: "überfällig, in Arbeit", "erledigt am 03.04.2024"."""
    if line.completed_on is not None:
        return f"{line.state} am {plain_date(line.completed_on)}"
    if line.standing in (Standing.OVERDUE, Standing.SUSPENDED):
        return f"{line.standing}, {line.state}"
    return line.state


def report_of(report: ReportLine) -> str:
    """Return a report with its day and who gave it."""
    day = plain_date(report.reported_on)
    by = f", {report.reported_by}" if report.reported_by.strip() else ""
    return f"{day}{by}: {report.text}"
