"""The papers that go out with a summons or a supplement, as its form offers them."""

from collections.abc import Iterable

from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.papers import Paper

Papers = list[tuple[Paper, set[Part]]]


def of(items: Iterable[AgendaItem]) -> Papers:
    """The papers of the items, each once, with the parts it stands in."""
    found: dict[int, tuple[Paper, set[Part]]] = {}
    for item in items:
        for step in item.consultations:
            found.setdefault(step.paper_id, (step.paper, set()))[1].add(item.part)
    return list(found.values())


def usual(papers: Papers) -> list[int]:
    """Public papers of public items: what an office usually releases with the agenda."""
    return [paper.id for paper, parts in papers if paper.public and Part.PUBLIC in parts]


def label(paper: Paper, parts: set[Part]) -> str:
    """A paper as it is chosen: with its public attachments, and where it stands."""
    count = sum(one.public for one in paper.attachments)
    files = "eine öffentliche Anlage" if count == 1 else f"{count} öffentliche Anlagen"
    only = "" if Part.PUBLIC in parts else "; steht nur im nichtöffentlichen Teil"
    return f"{paper.reference} {paper.title} ({files}{only})"
