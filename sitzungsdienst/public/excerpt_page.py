"""The page of an excerpt (Auszug): what was said and decided on one public item."""

from dataclasses import dataclass

from werkzeug.exceptions import NotFound

from sitzungsdienst import german
from sitzungsdienst.public import addresses, parts
from sitzungsdienst.public.agenda import has_excerpt
from sitzungsdienst.public.ballot_blocks import (
    BallotBlock,
    BallotGrid,
    ElectionBlock,
    ballot_block,
    ballot_grid,
    election_block,
    in_a_grid,
)
from sitzungsdienst.public.frame import Frame, surroundings
from sitzungsdienst.public.meeting_page import head_fields
from sitzungsdienst.public.paper_words import paper_fields
from sitzungsdienst.public.parts import Download, Field, Link, VersionLine
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.results import PublicAnnouncement, PublicResolution
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
class FollowUp:
    """A resolution with its number and, once released, how it is carried out."""

    number: str
    subject: str
    progress: str
    unit: str
    reports: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExcerptPage:
    """What the page of an excerpt shows; empty texts and tuples leave their section out."""

    title: str
    meeting: Link
    standing: str
    provisional: bool
    fields: tuple[Field, ...]
    papers: tuple[tuple[Field, ...], ...]
    deliberation: str
    resolution: str
    decision: str
    ballots: tuple[BallotBlock, ...]
    grid: BallotGrid | None
    elections: tuple[ElectionBlock, ...]
    follow_up: tuple[FollowUp, ...]
    announcements: tuple[tuple[str, str], ...]
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
    papers = _papers(shelf, item)
    content = ExcerptPage(
        title=f"Auszug - {item.name}",
        meeting=Link(meeting.name, addresses.meeting(meeting.uid)),
        standing=item.standing,
        provisional=item.standing == PROVISIONAL,
        fields=_fields(shelf, item, meeting),
        papers=tuple(map(_paper_fields, papers)),
        deliberation=item.deliberation,
        resolution=item.resolution_text,
        decision=item.decision,
        ballots=() if in_a_grid(item.ballots) else tuple(map(ballot_block, item.ballots)),
        grid=ballot_grid(item.ballots) if in_a_grid(item.ballots) else None,
        elections=tuple(map(election_block, item.elections)),
        follow_up=tuple(_follow_up(one) for one in item.resolutions if one.progress),
        announcements=tuple(_announcement(one) for one in item.announcements),
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
    return parts.filled(
        parts.field("TOP", item.number),
        parts.field("Beschluss-Nr.", *(one.number for one in item.resolutions)),
        *head.values(),
        parts.field("Anlass", meeting.kind),
        parts.field("Verlauf", *item.changes),
    )


def _papers(shelf: Shelf, item: PublicAgendaItem) -> tuple[PublicPaper, ...]:
    """All papers the item deals with, in their order."""
    wanted = (item.consultation, *item.further_consultation)
    steps = shelf.many(PublicConsultation, wanted)
    papers = shelf.many(PublicPaper, (step.paper for step in steps.values()))
    found = (papers.get(steps[uid].paper) for uid in wanted if uid in steps)
    return tuple(paper for paper in found if paper is not None)


def _paper_fields(paper: PublicPaper) -> tuple[Field, ...]:
    words = f"{paper.reference} {paper.name}".strip()
    named = parts.linked_field("Vorlage", (Link(words, addresses.paper(paper.uid)),))
    return parts.filled(named, *paper_fields(paper))


def _follow_up(resolution: PublicResolution) -> FollowUp:
    done = f" am {german.plain_date(resolution.completed_on)}" if resolution.completed_on else ""
    return FollowUp(
        number=resolution.number,
        subject=resolution.subject,
        progress=f"{resolution.progress}{done}",
        unit=resolution.unit,
        reports=tuple(
            (german.plain_date(one.dated) if one.dated else "", one.text)
            for one in resolution.reports
        ),
    )


def _announcement(announcement: PublicAnnouncement) -> tuple[str, str]:
    """A line that names the resolution, and its words for the public."""
    day = f" vom {german.plain_date(announcement.decided_on)}" if announcement.decided_on else ""
    return f"Beschluss {announcement.number}{day}", announcement.text


def _downloads(shelf: Shelf, item: PublicAgendaItem) -> tuple[Download, ...]:
    files = {file.uid: file for file in shelf.children(PublicFile, (item.uid,))[item.uid]}
    return parts.downloads(files, item.resolution_file, *files)
