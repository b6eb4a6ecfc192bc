"""An agenda as a reader sees it: a public and a non-public part, items under items."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sitzungsdienst.public import addresses
from sitzungsdienst.public.parts import Link
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicPaper,
)

NEUTRAL_NAME = "Nichtöffentlicher Tagesordnungspunkt"


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item with the items under it. `excerpt` is the address of its excerpt, once released."""

    uid: str
    number: str
    name: str
    papers: tuple[Link, ...] = ()
    heading: bool = False
    changes: tuple[str, ...] = ()
    result: str = ""
    excerpt: str = ""
    under: tuple["AgendaLine", ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """The items that follow one another with the same publicity."""

    title: str
    items: tuple[AgendaLine, ...]


def has_excerpt(item: PublicAgendaItem) -> bool:
    """Whether the office released an excerpt; a non-public item never has one here."""
    return item.public and bool(item.standing)


def papers_of(
    shelf: Shelf, items: Sequence[PublicAgendaItem]
) -> dict[str, tuple[PublicPaper, ...]]:
    """The papers that each item deals with, by the item's uid; two statements."""
    public = [item for item in items if item.public or item.in_public_part]
    wanted = {item.uid: (item.consultation, *item.further_consultation) for item in public}
    steps = shelf.many(PublicConsultation, (uid for uids in wanted.values() for uid in uids))
    papers = shelf.many(PublicPaper, (step.paper for step in steps.values()))
    found: dict[str, tuple[PublicPaper, ...]] = {}
    for uid, named in wanted.items():
        dealt = [steps[one].paper for one in named if one in steps]
        found[uid] = tuple(papers[one] for one in dealt if one in papers)
    return found


def agenda(
    items: Sequence[PublicAgendaItem], papers: Mapping[str, tuple[PublicPaper, ...]]
) -> tuple[AgendaPart, ...]:
    """The parts of an agenda whose items come in their order.

    The order is the office's, never that of the printed numbers: Ö 10 stands after Ö 9.
    """
    parts: list[AgendaPart] = []
    start = 0
    for end in range(1, len(items) + 1):
        if end == len(items) or items[end].in_public_part != items[start].in_public_part:
            title = "Öffentlicher Teil" if items[start].in_public_part else "Nichtöffentlicher Teil"
            parts.append(AgendaPart(title, _tree(items[start:end], papers)))
            start = end
    return tuple(parts)


def _tree(
    items: Sequence[PublicAgendaItem], papers: Mapping[str, tuple[PublicPaper, ...]]
) -> tuple[AgendaLine, ...]:
    """Items under the nearest one before them of a lower level.

    The item above may not be released; then the lower one stands where the other would.
    """
    roots: list[AgendaLine] = []
    start = 0
    for end in range(1, len(items) + 1):
        if end == len(items) or items[end].level <= items[start].level:
            under = _tree(items[start + 1 : end], papers)
            roots.append(replace(_line(items[start], papers), under=under))
            start = end
    return tuple(roots)


def _line(item: PublicAgendaItem, papers: Mapping[str, tuple[PublicPaper, ...]]) -> AgendaLine:
    released = has_excerpt(item)
    return AgendaLine(
        uid=item.uid,
        number=item.number,
        name=item.name if item.public else item.name or NEUTRAL_NAME,
        heading=item.heading,
        changes=item.changes,
        papers=tuple(paper_link(paper) for paper in papers.get(item.uid, ())),
        result=_result(item) if released else "",
        excerpt=addresses.excerpt(item.uid) if released else "",
    )


def _result(item: PublicAgendaItem) -> str:
    """ "ungeändert beschlossen (einstimmig)", or as much of it as there is."""
    if item.decision and item.result:
        return f"{item.decision} ({item.result})"
    return item.decision or item.result


def paper_link(paper: PublicPaper) -> Link:
    """A paper by its number; by its title where it has none."""
    return Link(paper.reference or paper.name, addresses.paper(paper.uid))


def plain_lines(items: Iterable[PublicAgendaItem]) -> tuple[str, ...]:
    """The agenda as lines of plain text: "Ö 5.1 Beauftragung …"."""
    return tuple(
        f"{item.number} {item.name if item.public else item.name or NEUTRAL_NAME}".strip()
        for item in items
    )
