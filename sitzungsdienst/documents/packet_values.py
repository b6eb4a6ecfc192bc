"""What a meeting packet (Sitzungsmappe) is made of, as plain values.

The packet holds a front sheet with the agenda, what was sent of it, and for each item with papers
a cover sheet with their files behind it. Who reads what is decided by the caller: here is only
what goes in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sitzungsdienst.documents.values import AgendaLine, Letterhead, MeetingHead, PaperFacts


@dataclass(frozen=True, slots=True)
class PacketFile:
    """A file of the packet, under the name by which readers know it.

    `source` is the name under which its bytes lie in the packet's folder; it is "" where they are
    left out by intent, and `remark` says why.
    """

    name: str
    source: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PacketPaper:
    """A paper of an item: what is known of it, what it says under which headings, its files."""

    facts: PaperFacts
    texts: tuple[tuple[str, str], ...]
    files: tuple[PacketFile, ...]


@dataclass(frozen=True, slots=True)
class PacketItem:
    """An item of the agenda; `part` is the word for its publicity.

    A `heading` stands over others and needs no paper. A `confidential` one is non-public, or has
    a non-public paper or file, and says so on its sheet.
    """

    line: AgendaLine
    part: str
    papers: tuple[PacketPaper, ...]
    heading: bool = False
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Packet:
    """A whole packet. `sent` are invitation and supplements, `items` follow the agenda's order.

    A `confidential` one says on every sheet made for it that it holds non-public papers.
    """

    letterhead: Letterhead
    head: MeetingHead
    issued_on: date
    confidential: bool
    sent: tuple[PacketFile, ...]
    items: tuple[PacketItem, ...]

    def files(self) -> Iterator[PacketFile]:
        """All files whose bytes are wanted, in their order."""
        for one in self.sent:
            if one.source:
                yield one
        for item in self.items:
            for paper in item.papers:
                yield from (one for one in paper.files if one.source)
