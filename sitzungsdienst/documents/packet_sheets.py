"""The sheets made for a packet: one in front, and a cover for each item with papers."""

from collections.abc import Mapping
from dataclasses import replace

from sitzungsdienst.documents.packet_values import Packet, PacketFile, PacketItem, PacketPaper
from sitzungsdienst.documents.parts import running_head, when_and_where
from sitzungsdienst.documents.story import Column, Facts, ListItem, Story, build
from sitzungsdienst.documents.values import AgendaLine, PaperFacts
from sitzungsdienst.german import long_date, plain_date

#: What became of each file, by its source: how many pages, or why it is not there.
Outcomes = Mapping[str, int | str]

NOTHING = "keine Unterlagen"
CONFIDENTIAL = "enthält nichtöffentliche Unterlagen"


def print_front(packet: Packet, outcomes: Outcomes) -> bytes:
    """Return the first sheet as a PDF: the meeting, its agenda, and what is not in the packet."""
    story = _story(packet, "Sitzungsmappe", confidential=packet.confidential)
    story.note(f"Stand: {plain_date(packet.issued_on)}")
    story.heading("Sitzungsmappe")
    story.subtitle(packet.head.name)
    story.key_values(when_and_where(packet.head, long_date(packet.head.start)))
    if packet.confidential:
        story.paragraph(
            "Diese Mappe enthält nichtöffentliche Unterlagen. Bitte behandeln Sie sie vertraulich"
            " und geben Sie sie nicht weiter."
        )
    story.paragraph(
        "Die Lesezeichen führen zu jedem Punkt mit Unterlagen und zu jeder Unterlage; die Seiten"
        " sind je Punkt gezählt."
    )
    if packet.items:
        story.heading("Tagesordnung", 2)
        story.agenda([_line(one) for one in packet.items], papers="Unterlagen")
    missing = [
        ListItem(f"{place}: {one.name} ({told(one, outcomes)})")
        for place, one in _everywhere(packet)
        if not _pages(one, outcomes)
    ]
    if missing:
        story.heading("Nicht in dieser Mappe", 2)
        story.paragraph("Diese Unterlagen finden Sie auf der Seite der Sitzung.")
        story.items(missing)
    return build(story)


def print_cover(packet: Packet, item: PacketItem, outcomes: Outcomes) -> bytes:
    """Return the cover sheet of an item as a PDF: its papers, what they say, their files."""
    kind = f"Deckblatt zu {item.line.number}" if item.line.number else "Deckblatt"
    story = _story(packet, kind, confidential=item.confidential)
    story.note(item.part)
    story.heading(item.line.title, number=item.line.number)
    for paper in item.papers:
        _add_paper(story, paper, outcomes)
    return build(story)


def _line(item: PacketItem) -> AgendaLine:
    """Return the line of the agenda; what has no papers has no cover either, and says so here."""
    told = tuple(paper.facts.reference for paper in item.papers)
    return replace(item.line, paper_references=told or (() if item.heading else (NOTHING,)))


def told(file: PacketFile, outcomes: Outcomes) -> str:
    """What the packet says of a file: "3 Seiten", or why it is not there."""
    outcome = outcomes.get(file.source, "") if file.source else file.remark
    if isinstance(outcome, str):
        return outcome
    return "1 Seite" if outcome == 1 else f"{outcome} Seiten"


def _story(packet: Packet, kind: str, *, confidential: bool) -> Story:
    return Story(
        Facts(
            kind=f"{kind}, {CONFIDENTIAL}" if confidential else kind,
            title=f"{kind}, {running_head(packet.head)}",
            running_head=running_head(packet.head),
            letterhead=packet.letterhead,
            issued_on=packet.issued_on,
        )
    )


def _add_paper(story: Story, paper: PacketPaper, outcomes: Outcomes) -> None:
    facts = paper.facts
    story.heading(f"Vorlage {facts.reference}", 2)
    story.paragraph(facts.title)
    story.key_values(_known(facts))
    for place, (title, text) in enumerate(paper.texts):
        story.heading(title, 3)
        if place == 0 and title == "Beschlussvorschlag":
            story.box(text)
        else:
            story.paragraph(text)
    if paper.files:
        story.heading("Anlagen", 3)
        columns = (
            Column("Nr.", 1),
            Column("Anlage", 8, names_rows=True),
            Column("In der Mappe", 5),
        )
        rows = [
            (str(place), one.name, _row(one, outcomes))
            for place, one in enumerate(paper.files, start=1)
        ]
        story.table(columns, rows)


def _known(facts: PaperFacts) -> list[tuple[str, str]]:
    return [
        ("Status", facts.status),
        ("Vorlage-Art", facts.paper_type),
        ("Einreicher", "\n".join(facts.submitted_by)),
        ("Federführend", facts.responsible_unit),
        ("Bearbeiter/-in", facts.handled_by),
    ]


def _row(file: PacketFile, outcomes: Outcomes) -> str:
    said = told(file, outcomes)
    return said if _pages(file, outcomes) else f"nicht enthalten: {said}"


def _pages(file: PacketFile, outcomes: Outcomes) -> int:
    outcome = outcomes.get(file.source, 0) if file.source else 0
    return outcome if isinstance(outcome, int) else 0


def _everywhere(packet: Packet) -> list[tuple[str, PacketFile]]:
    sent = [("Zur Ladung", one) for one in packet.sent]
    return sent + [
        (item.line.number, one)
        for item in packet.items
        for paper in item.papers
        for one in paper.files
    ]
