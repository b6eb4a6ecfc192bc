"""What several kinds of documents say in the same words: meetings, items, papers and votes."""

from dataclasses import replace

from sitzungsdienst.documents.story import Story
from sitzungsdienst.documents.values import AgendaLine, ItemRecord, MeetingHead, PaperFacts
from sitzungsdienst.documents.votes import add_ballots, add_elections
from sitzungsdienst.german import plain_date, time_field


def running_head(head: MeetingHead) -> str:
    """Return what stands on every page but the first: "<meeting>, 19.04.2017"."""
    return f"{head.name}, {plain_date(head.start)}"


def committees(head: MeetingHead) -> str:
    """Return the names of the committees that meet, one after the other."""
    return ", ".join(head.committees)


def when_and_where(head: MeetingHead, day: str) -> list[tuple[str, str]]:
    """Return the fields that say when and where; `day` is the date as the kind writes it."""
    return [
        ("Gremium", committees(head)),
        ("Datum", day),
        ("Zeit", time_field(head.start, head.end)),
        ("Raum", head.room),
        ("Ort", head.place),
    ]


def bare(line: AgendaLine) -> AgendaLine:
    """Return a non-public line as the public may see it: number and released title, no papers."""
    return replace(line, paper_references=())


def add_proceedings(story: Story, item: ItemRecord, level: int) -> None:
    """Add what was said and decided on `item`, under headings of `level`."""
    for sentence in (*item.notes, *item.movements):
        story.note(sentence)
    story.key_values([("Mitwirkungsverbot", "\n".join(item.recusals))])
    if item.deliberation.strip():
        story.heading("Beratung", level)
        story.paragraph(item.deliberation)
    _add_resolutions(story, item, level)
    add_elections(story, item.elections, level)
    if item.ballots:
        story.heading("Abstimmungsergebnis", level)
        add_ballots(story, item.ballots)
    if item.announcements:
        story.heading("Bekanntgabe nichtöffentlicher Beschlüsse", level)
        for one in item.announcements:
            story.key_values([("Beschluss Nr.", one.number), ("Gegenstand", one.subject)])
            story.box(one.text)
    story.key_values([("Entscheidung", item.decision)], joined=True)


def _add_resolutions(story: Story, item: ItemRecord, level: int) -> None:
    """Add the wording of the item under the number of its first resolution, then further ones."""
    if not item.resolutions and item.resolution.strip():
        story.heading("Beschluss", level)
        story.box(item.resolution)
    for place, one in enumerate(item.resolutions):
        story.heading(f"Beschluss Nr. {one.number}" if one.number else "Beschluss", level)
        story.paragraph(one.subject)
        story.box(one.text or (item.resolution if place == 0 else ""))


def add_paper_line(story: Story, paper: PaperFacts) -> None:
    """Add a paper in short, as the minutes name it."""
    kind = f"{paper.reference} ({paper.paper_type})" if paper.paper_type else paper.reference
    story.key_values([("Vorlage", f"{kind}\n{paper.title}".strip())])
