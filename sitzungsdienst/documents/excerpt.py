"""The excerpt from the minutes (Auszug): one item with its paper, deliberation and resolution."""

from sitzungsdienst.documents.parts import add_proceedings, committees, running_head
from sitzungsdienst.documents.story import Facts, Story, build
from sitzungsdienst.documents.values import Excerpt, PaperFacts
from sitzungsdienst.german import plain_date, short_date, time_field


def print_excerpt(excerpt: Excerpt) -> bytes:
    """Return the PDF of `excerpt`."""
    head, line = excerpt.head, excerpt.item.line
    number = f" {line.number}" if line.number else ""
    story = Story(
        Facts(
            kind=f"Auszug{number}",
            title=f"Auszug{number}, {running_head(head)}",
            running_head=running_head(head),
            letterhead=excerpt.letterhead,
            issued_on=excerpt.issued_on,
        )
    )
    story.heading("Auszug aus der Niederschrift")
    story.subtitle(head.name)
    story.key_values(
        [
            ("TOP", line.number),
            ("Gremium", committees(head)),
            ("Datum", short_date(head.start)),
            ("Status", head.publicity),
            ("Zeit", time_field(head.start, head.end)),
            ("Raum", head.room),
            ("Ort", head.place),
        ]
    )
    story.heading(line.title, 2)
    for paper in excerpt.item.papers:
        _add_paper(story, paper)
    add_proceedings(story, excerpt.item, level=3)
    story.rule()
    story.note(excerpt.standing)
    story.note(f"Ausgefertigt am {plain_date(excerpt.issued_on)}.")
    return build(story)


def _add_paper(story: Story, paper: PaperFacts) -> None:
    story.key_values(
        [
            ("Vorlage", f"{paper.reference}\n{paper.title}".strip()),
            ("Status", paper.status),
            ("Vorlage-Art", paper.paper_type),
            ("Einreicher", "\n".join(paper.submitted_by)),
            ("Federführend", paper.responsible_unit),
            ("Bearbeiter/-in", paper.handled_by),
        ]
    )
