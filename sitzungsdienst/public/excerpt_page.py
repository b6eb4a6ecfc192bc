"""The page of an excerpt (Auszug): what was said and decided on one public item."""

from dataclasses import dataclass

from werkzeug.exceptions import NotFound

from sitzungsdienst.public import addresses, parts
from sitzungsdienst.public.agenda import has_excerpt
from sitzungsdienst.public.frame import Frame, surroundings
from sitzungsdienst.public.meeting_page import head_fields
from sitzungsdienst.public.paper_words import paper_fields
from sitzungsdienst.public.parts import Download, Field, Link, VersionLine
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.results import PublicBallot
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicFile,
    PublicLocation,
    PublicMeeting,
    PublicOrganization,
    PublicPaper,
)

PROVISIONAL = "vorläufig"


@dataclass(frozen=True, slots=True)
class BallotBlock:
    """One vote. `counts` are (label, number), none where the result was only told."""

    subject: str
    kind: str
    result: str
    counts: tuple[tuple[str, int], ...]
    votes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExcerptPage:
    """What the page of an excerpt shows; empty texts and tuples leave their section out."""

    title: str
    meeting: Link
    standing: str
    provisional: bool
    fields: tuple[Field, ...]
    paper_fields: tuple[Field, ...]
    deliberation: str
    resolution: str
    decision: str
    ballots: tuple[BallotBlock, ...]
    downloads: tuple[Download, ...]
    versions: tuple[VersionLine, ...]


def excerpt_page(shelf: Shelf, uid: str) -> tuple[ExcerptPage, Frame]:
    """Compose the page. Raises Withdrawn, or NotFound also while no excerpt is released."""
    around = surroundings(shelf)
    item = shelf.find(PublicAgendaItem, uid).living
    if not has_excerpt(item):
        shelf.refuse_if_withdrawn(Kind.AGENDA_ITEM, uid)
        raise NotFound
    meeting = shelf.find(PublicMeeting, item.meeting).living
    paper = _paper(shelf, item)
    content = ExcerptPage(
        title=f"Auszug - {item.name}",
        meeting=Link(meeting.name, addresses.meeting(meeting.uid)),
        standing=item.standing,
        provisional=item.standing == PROVISIONAL,
        fields=_fields(shelf, item, meeting),
        paper_fields=_paper_fields(paper) if paper else (),
        deliberation=item.deliberation,
        resolution=item.resolution_text,
        decision=item.decision,
        ballots=tuple(_ballot(one) for one in item.ballots),
        downloads=_downloads(shelf, item),
        versions=parts.versions(shelf.versions(uid)),
    )
    trail = (
        Link("Sitzungen", addresses.calendar()),
        Link(meeting.name, addresses.meeting(meeting.uid)),
        Link(f"Auszug {item.number}".strip()),
    )
    return content, around.frame("public.calendar", trail, item.body)


def _fields(shelf: Shelf, item: PublicAgendaItem, meeting: PublicMeeting) -> tuple[Field, ...]:
    """The head, in the order in which councils print it."""
    organizations = shelf.many(PublicOrganization, meeting.organization)
    location = shelf.one(PublicLocation, meeting.location)
    head = head_fields(meeting, organizations, location)
    return parts.filled(parts.field("TOP", item.number), *head.values())


def _paper(shelf: Shelf, item: PublicAgendaItem) -> PublicPaper | None:
    step = shelf.one(PublicConsultation, item.consultation)
    return shelf.one(PublicPaper, step.paper if step else "")


def _paper_fields(paper: PublicPaper) -> tuple[Field, ...]:
    words = f"{paper.reference} {paper.name}".strip()
    named = parts.linked_field("Vorlage", (Link(words, addresses.paper(paper.uid)),))
    return parts.filled(named, *paper_fields(paper))


def _ballot(ballot: PublicBallot) -> BallotBlock:
    """A vote in words; a result that was told without counts stays without numbers."""
    return BallotBlock(
        subject=ballot.subject,
        kind=f"{ballot.kind}e Abstimmung" if ballot.kind else "",
        result=ballot.result_text or ballot.outcome,
        counts=_counts(ballot),
        votes=tuple((one.name, one.choice) for one in ballot.votes),
    )


def _counts(ballot: PublicBallot) -> tuple[tuple[str, int], ...]:
    if ballot.yes is None:
        return ()
    always = (("Ja", ballot.yes), ("Nein", ballot.no), ("Enthaltung", ballot.abstentions))
    where_any = (("Ungültig", ballot.invalid), ("Mitwirkungsverbot", ballot.recused))
    return (
        *((label, number or 0) for label, number in always),
        *((label, number) for label, number in where_any if number),
        *((("Anwesend", ballot.present),) if ballot.present is not None else ()),
    )


def _downloads(shelf: Shelf, item: PublicAgendaItem) -> tuple[Download, ...]:
    files = {file.uid: file for file in shelf.children(PublicFile, (item.uid,))[item.uid]}
    return parts.downloads(files, item.resolution_file, *files)
