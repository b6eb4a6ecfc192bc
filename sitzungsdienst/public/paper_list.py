"""The list of papers, newest first, chosen by year, type and words of title or attachments."""

from collections.abc import Sequence
from dataclasses import dataclass

from sitzungsdienst import german
from sitzungsdienst.public import addresses
from sitzungsdienst.public.choices import Choice, choices, number_or
from sitzungsdienst.public.file_search import FileFound, FilesFound, search
from sitzungsdienst.public.frame import Frame, surroundings
from sitzungsdienst.public.parts import Link
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.embedding import fold
from sitzungsdienst.publication.types import PublicPaper

PER_PAGE = 50
MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class PaperQuery:
    """What the reader asks for, as it stands in the address; empty means no limit."""

    year: str = ""
    paper_type: str = ""
    words: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in the list; `files` are attachments in which a word that is looked for stands."""

    address: str
    reference: str
    name: str
    paper_type: str
    date: str
    body: str
    files: tuple[FileFound, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperListPage:
    """What the list shows; `found` tells in words how many there are."""

    query: PaperQuery
    years: tuple[Choice, ...]
    types: tuple[Choice, ...]
    found: str
    papers: tuple[PaperLine, ...]
    page: int
    pages: int
    previous: str
    following: str
    filtered: bool


def paper_list(shelf: Shelf, query: PaperQuery) -> tuple[PaperListPage, Frame]:
    """Compose the list. A page beyond the last one shows the last one."""
    around = surroundings(shelf)
    everything = shelf.listing(PublicPaper, order="newest")
    words = fold(query.words).split()[:MOST_WORDS]
    files = search(shelf, words)
    wanted = [paper for paper in everything if _matches(paper, query, words, files)]
    pages = max(1, -(-len(wanted) // PER_PAGE))
    page = min(max(1, number_or(query.page, 1)), pages)
    shown = wanted[(page - 1) * PER_PAGE : page * PER_PAGE]
    found = files.on_papers(shelf, [one.uid for one in shown])
    content = PaperListPage(
        query=query,
        years=choices(sorted({_year(one) for one in everything}, reverse=True), query.year),
        types=choices(sorted({one.paper_type for one in everything}, key=fold), query.paper_type),
        found=_found(wanted),
        papers=tuple(
            _line(paper, around.several_names.get(paper.body, ""), found[paper.uid])
            for paper in shown
        ),
        page=page,
        pages=pages,
        previous=_address(query, page - 1) if page > 1 else "",
        following=_address(query, page + 1) if page < pages else "",
        filtered=bool(query.year or query.paper_type or query.words),
    )
    return content, around.frame("public.papers", (Link("Vorlagen"),))


def _matches(
    paper: PublicPaper, query: PaperQuery, words: Sequence[str], files: FilesFound
) -> bool:
    """Whether the paper is asked for: all words stand in its number, title or public files."""
    if query.year and _year(paper) != query.year:
        return False
    if query.paper_type and paper.paper_type != query.paper_type:
        return False
    said = fold(f"{paper.reference} {paper.name}")
    in_files = files.words_of(paper.uid)
    return all(word in said or word in in_files for word in words)


def _year(paper: PublicPaper) -> str:
    return str(paper.dated.year) if paper.dated else ""


def _found(wanted: Sequence[PublicPaper]) -> str:
    return {0: "Keine Vorlage", 1: "Eine Vorlage"}.get(len(wanted), f"{len(wanted)} Vorlagen")


def _line(paper: PublicPaper, body: str, files: tuple[FileFound, ...]) -> PaperLine:
    return PaperLine(
        address=addresses.paper(paper.uid),
        reference=paper.reference,
        name=paper.name,
        paper_type=paper.paper_type,
        date=german.plain_date(paper.dated) if paper.dated else "",
        body=body,
        files=files,
    )


def _address(query: PaperQuery, page: int) -> str:
    return addresses.papers(
        jahr=query.year, art=query.paper_type, suche=query.words, seite=str(page)
    )
