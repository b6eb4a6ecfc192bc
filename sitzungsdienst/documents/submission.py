"""The submission (Vorlage) with its texts and its path through the committees."""

from dataclasses import dataclass
from datetime import date

from sitzungsdienst.documents.story import Column, Facts, ListItem, Story, build
from sitzungsdienst.documents.values import Audience, Letterhead
from sitzungsdienst.german import plain_date, short_date

OPEN = "offen"


@dataclass(frozen=True, slots=True)
class PathLine:
    """One step of the path (Beratungsfolge): who, as what, when, and what came of it.

    `held_on` is the day of the meeting, None while there is none; `item` its number on the agenda.
    """

    committee: str
    role: str
    held_on: date | None = None
    item: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A paper as printed: for the office whole, for the public what was filed of it.

    `status` is "öffentlich" or "nichtöffentlich"; `attachments` are their names. `remark` tells
    what the reader must know first, e.g. that another paper took its place.
    """

    letterhead: Letterhead
    audience: Audience
    issued_on: date
    reference: str
    paper_type: str
    title: str
    status: str = ""
    dated: date | None = None
    submitted_by: tuple[str, ...] = ()
    responsible_unit: str = ""
    further_units: tuple[str, ...] = ()
    handled_by: str = ""
    addressed_to: str = ""
    proposed_resolution: str = ""
    facts: str = ""
    reasons: str = ""
    financial_effects: str = ""
    path: tuple[PathLine, ...] = ()
    attachments: tuple[str, ...] = ()
    remark: str = ""


def print_submission(paper: Submission) -> bytes:
    """Return the PDF of `paper`; the foot of the office's version says that it is no public one."""
    kind = paper.paper_type.strip() or "Vorlage"
    name = f"{kind} {paper.reference}".strip()
    warning = ", nicht für die Öffentlichkeit" if paper.audience is Audience.MEMBERS else ""
    story = Story(
        Facts(
            kind=f"{name}{warning}",
            title=f"{name}: {paper.title}",
            running_head=f"{name}: {paper.title}",
            letterhead=paper.letterhead,
            issued_on=paper.issued_on,
        )
    )
    story.heading(name)
    story.subtitle(paper.title)
    story.key_values(_fields(paper))
    story.paragraph(paper.remark)
    _add_path(story, paper.path)
    _add_texts(story, paper)
    if paper.attachments:
        story.heading("Anlagen", 2)
        story.items([ListItem(one) for one in paper.attachments], numbered=True)
    story.rule()
    story.note(f"Gedruckt am {plain_date(paper.issued_on)}.")
    return build(story)


def _fields(paper: Submission) -> list[tuple[str, str]]:
    return [
        ("Status", paper.status),
        ("Datum", plain_date(paper.dated) if paper.dated else ""),
        ("Einreicher", "\n".join(paper.submitted_by)),
        ("Federführend", paper.responsible_unit),
        ("Beteiligt", "\n".join(paper.further_units)),
        ("Bearbeiter/-in", paper.handled_by),
        ("Empfänger", paper.addressed_to),
    ]


def _add_path(story: Story, path: tuple[PathLine, ...]) -> None:
    if not path:
        return
    story.heading("Beratungsfolge", 2)
    columns = (
        Column("Gremium", 52, names_rows=True),
        Column("Zuständigkeit", 30),
        Column("Sitzung", 28),
        Column("TOP", 16),
        Column("Ergebnis", 44),
    )
    story.table(
        columns,
        [
            [
                f"{number}. {step.committee}",
                step.role,
                short_date(step.held_on) if step.held_on else "",
                step.item,
                step.result or OPEN,
            ]
            for number, step in enumerate(path, start=1)
        ],
    )


def _add_texts(story: Story, paper: Submission) -> None:
    """Add what is proposed, set apart, then what it rests on."""
    if paper.proposed_resolution.strip():
        story.heading("Beschlussvorschlag", 2)
        story.box(paper.proposed_resolution)
    for title, text in (
        ("Sachverhalt", paper.facts),
        ("Begründung", paper.reasons),
        ("Finanzielle Auswirkungen", paper.financial_effects),
    ):
        if text.strip():
            story.heading(title, 2)
            story.paragraph(text)
