"""What several kinds of documents say in the same words: meetings, items, papers and votes."""

from dataclasses import replace

from sitzungsdienst.documents.story import Align, Column, Story
from sitzungsdienst.documents.values import (
    AgendaLine,
    BallotBlock,
    Counts,
    ItemRecord,
    MeetingHead,
    PaperFacts,
)
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
    if item.deliberation.strip():
        story.heading("Beratung", level)
        story.paragraph(item.deliberation)
    if item.resolution.strip():
        story.heading("Beschluss", level)
        story.box(item.resolution)
    if item.ballots:
        story.heading("Abstimmungsergebnis", level)
        for ballot in item.ballots:
            _add_ballot(story, ballot)
    story.key_values([("Entscheidung", item.decision)])


def add_paper_line(story: Story, paper: PaperFacts) -> None:
    """Add a paper in short, as the minutes name it."""
    kind = f"{paper.reference} ({paper.paper_type})" if paper.paper_type else paper.reference
    story.key_values([("Vorlage", f"{kind}\n{paper.title}".strip())])


def _add_ballot(story: Story, ballot: BallotBlock) -> None:
    fields = [
        ("Gegenstand", ballot.subject),
        ("Abstimmungsart", ballot.kind),
        ("Ergebnis", ballot.result),
    ]
    if ballot.counts is None:
        fields += [(name, str(number)) for name, number in _presence(ballot)]
    story.key_values(fields, keep=ballot.counts is not None)
    if ballot.counts is not None:
        numbers = [*_votes(ballot.counts), *_presence(ballot)]
        columns = [Column(name, 1, Align.CENTRE) for name, _ in numbers]
        story.table(columns, [[str(number) for _, number in numbers]], part=len(numbers) / 6)
    if ballot.names:
        story.table([Column("Name", 3), Column("Stimme", 2)], ballot.names, part=0.7)


def _votes(counts: Counts) -> list[tuple[str, int]]:
    votes = [("Ja", counts.yes), ("Nein", counts.no), ("Enthaltungen", counts.abstentions)]
    return [*votes, ("Ungültig", counts.invalid)] if counts.invalid else votes


def _presence(ballot: BallotBlock) -> list[tuple[str, int]]:
    told = (("Anwesend", ballot.present), ("Befangen", ballot.recused))
    return [(name, number) for name, number in told if number is not None]
