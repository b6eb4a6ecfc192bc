"""The page of one paper (Vorlage): its facts, its texts, its way through the committees."""

from collections.abc import Iterable
from dataclasses import dataclass

from sitzungsdienst import german
from sitzungsdienst.public import addresses, parts
from sitzungsdienst.public.agenda import has_excerpt
from sitzungsdienst.public.frame import Frame, surroundings
from sitzungsdienst.public.paper_words import paper_fields
from sitzungsdienst.public.parts import Download, Field, Link, VersionLine
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicFile,
    PublicMeeting,
    PublicOrganization,
    PublicPaper,
)

OPEN = "noch offen"

#: Field, its label on the paper that bears it, and on the one that it names.
_RELATIONS = (
    ("supersedes", "Ersetzt", "Ersetzt durch"),
    ("amends", "Ändert", "Geändert durch"),
    ("answers", "Beantwortet", "Beantwortet durch"),
)


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step of the consultation path. `decided` is False while no result is released."""

    organizations: tuple[Link, ...]
    role: str
    meeting: Link
    item: Link
    result: str
    decided: bool


@dataclass(frozen=True, slots=True)
class PaperPage:
    """What the page of a paper shows; empty texts and tuples leave their section out."""

    title: str
    reference: str
    fields: tuple[Field, ...]
    proposed_resolution: str
    facts: str
    reasons: str
    financial_effects: str
    path: tuple[PathStep, ...]
    downloads: tuple[Download, ...]
    versions: tuple[VersionLine, ...]


def paper_page(shelf: Shelf, uid: str) -> tuple[PaperPage, Frame]:
    """Compose the page. Raises NotFound or Withdrawn."""
    around = surroundings(shelf)
    paper = shelf.find(PublicPaper, uid).living
    files = {file.uid: file for file in shelf.children(PublicFile, (uid,))[uid]}
    content = PaperPage(
        title=paper.name,
        reference=paper.reference,
        fields=parts.filled(
            parts.field("Vorlage", paper.reference),
            parts.field("Betreff", paper.name),
            parts.field("Körperschaft", around.several_names.get(paper.body, "")),
            parts.field("Datum", german.short_date(paper.dated) if paper.dated else ""),
            *paper_fields(paper),
            parts.field("Beteiligt", *paper.further_units),
            parts.field("Gerichtet an", paper.addressed_to),
            *_relations(shelf, paper),
        ),
        proposed_resolution=paper.proposed_resolution,
        facts=paper.facts,
        reasons=paper.reasons,
        financial_effects=paper.financial_effects,
        path=_path(shelf, shelf.children(PublicConsultation, (uid,))[uid]),
        downloads=parts.downloads(files, paper.main_file, *paper.auxiliary_file, *files),
        versions=parts.versions(shelf.versions(uid)),
    )
    trail = (Link("Vorlagen", addresses.papers()), Link(paper.reference or paper.name))
    return content, around.frame("public.papers", trail, paper.body)


def _relations(shelf: Shelf, paper: PublicPaper) -> tuple[Field, ...]:
    """What the paper is to others, and others to it; none that the public cannot open."""
    named = shelf.many(PublicPaper, (*paper.supersedes, *paper.amends, *paper.answers))
    others = shelf.linked_to(PublicPaper, paper.uid, *(name for name, _, _ in _RELATIONS))
    found = []
    for name, own, _ in _RELATIONS:
        uids: tuple[str, ...] = getattr(paper, name)
        found.append(parts.linked_field(own, _links(named[uid] for uid in uids if uid in named)))
    for name, _, theirs in _RELATIONS:
        some = (one for one in others if paper.uid in getattr(one, name))
        found.append(parts.linked_field(theirs, _links(some)))
    return tuple(found)


def _links(papers: Iterable[PublicPaper]) -> tuple[Link, ...]:
    return tuple(
        Link(f"{one.reference} {one.name}".strip(), addresses.paper(one.uid)) for one in papers
    )


def _path(shelf: Shelf, steps: tuple[PublicConsultation, ...]) -> tuple[PathStep, ...]:
    meetings = shelf.many(PublicMeeting, (step.meeting for step in steps))
    items = shelf.many(PublicAgendaItem, (step.agenda_item for step in steps))
    named = (uid for step in steps for uid in step.organization)
    organizations = shelf.many(PublicOrganization, named)
    return tuple(
        PathStep(
            organizations=parts.organization_links(step.organization, organizations),
            role=step.role,
            meeting=_meeting(meetings.get(step.meeting)),
            item=_item(items.get(step.agenda_item)),
            result=step.result or _without_result(meetings.get(step.meeting)),
            decided=bool(step.result),
        )
        for step in steps
    )


def _meeting(meeting: PublicMeeting | None) -> Link:
    if meeting is None:
        return Link("")
    return Link(parts.date_of(meeting) or meeting.name, addresses.meeting(meeting.uid))


def _item(item: PublicAgendaItem | None) -> Link:
    """The item's number, leading to the excerpt once that is released."""
    if item is None:
        return Link("")
    return Link(item.number, addresses.excerpt(item.uid) if has_excerpt(item) else "")


def _without_result(meeting: PublicMeeting | None) -> str:
    """Never a guess: a past date alone decides nothing."""
    return "Sitzung abgesagt" if meeting and meeting.cancelled else OPEN
