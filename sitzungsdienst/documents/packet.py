"""The meeting packet (Sitzungsmappe): all papers of a meeting in one PDF, file by file.

Each file is cleaned into a file of its own first; then the pages are put together from those
files, whose streams go from disk to disk. So the memory needed grows with the number of pages, a
little each, and not with what lies on them. The same input gives the same bytes.
"""

import resource
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from sitzungsdienst.documents.packet_intake import AS_IT_IS, NotTaken, set_layers, take_in
from sitzungsdienst.documents.packet_sheets import print_cover, print_front
from sitzungsdienst.documents.packet_values import Packet, PacketFile
from sitzungsdienst.documents.parts import running_head

RESULT: Final = "mappe.pdf"
#: What a file is told of that made the process die which opened it.
UNREADABLE: Final = "lässt sich nicht verarbeiten"

STARTING, FILES, SHEETS, WRITING = "starting", "files", "sheets", "writing"
#: Told of each step: its name, how much of it is done, how much there is.
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """A cleaned file of the packet; `title` is its bookmark, "" for a cover: the item's own."""

    path: Path
    title: str
    pages: int


@dataclass(frozen=True, slots=True)
class _Section:
    """What shares a page label: `title` is its bookmark, `label` stands before its numbers."""

    title: str
    label: str
    parts: tuple[_Part, ...]


def build_packet(
    packet: Packet, folder: Path, report: Report, unreadable: Collection[str] = ()
) -> int:
    """Make `folder`/mappe.pdf from the files in `folder`; gives its number of pages.

    Files named in `unreadable` by their source are not opened. A file that cannot come along is
    named, with the reason, on the cover sheet of its item. Raises OSError where the disk is full.
    """
    outcomes: dict[str, int | str] = {}
    wanted = list(packet.files())
    for done, one in enumerate(wanted):
        report(FILES, done, len(wanted))
        outcomes[one.source] = _outcome(folder, one, unreadable)
    sections = _sections(packet, folder, outcomes, report)
    return _write(packet, sections, folder, report)


def peak_memory() -> int:
    """The most memory this process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _outcome(folder: Path, file: PacketFile, unreadable: Collection[str]) -> int | str:
    if file.source in unreadable:
        return UNREADABLE
    try:
        return take_in(folder / file.source, _clean(folder, file))
    except NotTaken as refused:
        return refused.reason


def _clean(folder: Path, file: PacketFile) -> Path:
    return folder / f"{file.source}.clean"


def _sections(
    packet: Packet, folder: Path, outcomes: dict[str, int | str], report: Report
) -> list[_Section]:
    """Print the sheets and put each before its files."""

    def parts(files: Collection[PacketFile]) -> tuple[_Part, ...]:
        there = [(one, outcomes.get(one.source)) for one in files if one.source]
        return tuple(
            _Part(_clean(folder, one), one.name, pages)
            for one, pages in there
            if isinstance(pages, int)
        )

    front = _sheet(folder, "front", print_front(packet, outcomes))
    sections = [_Section("Sitzungsmappe", "Mappe-", (front,))]
    for one in packet.sent:
        if found := parts((one,)):
            whole = replace(found[0], title="")
            sections.append(_Section(one.name, f"{one.name}-", (whole,)))
    for place, item in enumerate(packet.items):
        report(SHEETS, place, len(packet.items))
        if not item.papers:
            continue  # It stands in the agenda on the first sheet, which says so.
        cover = _sheet(folder, f"cover{place}", print_cover(packet, item, outcomes))
        files = [one for paper in item.papers for one in paper.files]
        title = f"{item.line.number} {item.line.title}".strip()
        label = f"{item.line.number or place + 1}-"
        sections.append(_Section(title, label, (cover, *parts(files))))
    return sections


def _sheet(folder: Path, name: str, content: bytes) -> _Part:
    """Clean a sheet like any other file: its claims hold for it alone."""
    source, target = folder / f"{name}.sheet", folder / f"{name}.sheet.clean"
    source.write_bytes(content)
    return _Part(target, "", take_in(source, target))


def _write(packet: Packet, sections: list[_Section], folder: Path, report: Report) -> int:
    """Join the pages file by file, then give the whole its bookmarks and labels."""
    joined, target = folder / "joined", folder / f"{RESULT}.part"
    report(WRITING, 0, 100)
    _join([part.path for one in sections for part in one.parts], joined)
    with pikepdf.open(joined, access_mode=pikepdf.AccessMode.stream) as whole:
        set_layers(whole)
        _find_ways(whole, sections)
        _describe(whole, packet)
        whole.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            progress=lambda percent: report(WRITING, percent, 100),
            **AS_IT_IS,
        )
        pages = len(whole.pages)
    target.replace(folder / RESULT)
    return pages


def _join(files: list[Path], target: Path) -> None:
    """Put the pages of all files after one another; none is held open longer than needed."""
    pikepdf.Job(
        {
            "empty": "",
            "outputFile": str(target),
            "pages": [{"file": str(one), "range": "1-z"} for one in files],
            "keepFilesOpen": "n",
            "streamData": "preserve",
            "deterministicId": "",
        }
    ).run()


def _find_ways(whole: Pdf, sections: list[_Section]) -> None:
    """Set a bookmark for each item and below it for each file, and number the pages by item."""
    labels: list[int | Dictionary] = []
    page = 0
    with whole.open_outline() as outline:
        for section in sections:
            labels += [page, Dictionary(S=Name.D, P=pikepdf.String(section.label))]
            mark = OutlineItem(section.title, page)
            mark.is_closed = True
            for part in section.parts:
                if part.title:
                    mark.children.append(OutlineItem(part.title, page))
                page += part.pages
            outline.root.append(mark)
    whole.Root.PageLabels = Dictionary(Nums=Array(labels))


def _describe(whole: Pdf, packet: Packet) -> None:
    """Say what the packet is. No XMP: it claims no standard, for not all of its pages keep one."""
    whole.Root.Lang = pikepdf.String("de-DE")
    whole.Root.PageMode = Name.UseOutlines
    whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    whole.docinfo["/Title"] = pikepdf.String(f"Sitzungsmappe, {running_head(packet.head)}")
    whole.docinfo["/Author"] = pikepdf.String(packet.letterhead.body_name)
    whole.docinfo["/Creator"] = pikepdf.String("Sitzungsdienst")
