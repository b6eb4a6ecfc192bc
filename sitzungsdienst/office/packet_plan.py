"""What goes into a reader's packet of a meeting: all of it loaded as for the pages they read.

A plan holds words and hashes, no bytes, and says all that the packet will say. So its key names
one packet: who may read the same gets the same, and whose plan has changed finds another.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from sitzungsdienst.acts import internal_prints
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.documents.packet_values import Packet, PacketFile, PacketItem, PacketPaper
from sitzungsdienst.documents.values import AgendaLine, PaperFacts
from sitzungsdienst.gate.agenda import AgendaRow, called_rows
from sitzungsdienst.gate.wording import PART, paper_status
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import loading
from sitzungsdienst.record.meetings import ItemKind, Meeting
from sitzungsdienst.record.papers import Attachment, DocumentKind, IssuedDocument, Paper

SENT = {
    DocumentKind.INVITATION: "Einladung",
    DocumentKind.NOTICE: "Bekanntmachung",
    DocumentKind.SUPPLEMENT: "Nachtrag",
    DocumentKind.SUPPLEMENT_NOTICE: "Nachtrag zur Bekanntmachung",
}
#: For the public; who may read the members' own prints needs them not.
ANNOUNCED = {
    DocumentKind.NOTICE: DocumentKind.INVITATION,
    DocumentKind.SUPPLEMENT_NOTICE: DocumentKind.SUPPLEMENT,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A packet to be built. `sources` are the names its files get and where their bytes lie.

    `size` is what these files have together, in bytes.
    """

    packet: Packet
    sources: tuple[tuple[str, str], ...]
    size: int

    @property
    def key(self) -> str:
        """The name of this packet: another for any word or byte that differs."""
        return hashlib.sha256(repr(self).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def files(self) -> int:
        """How many files go in."""
        return len(self.sources)


class _Sources:
    """The files of the packet as they are met: each attachment comes along once."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.size = 0
        self._at: dict[int, str] = {}

    def sent(self, row: IssuedDocument, name: str) -> PacketFile:
        return PacketFile(name, self._take(row.sha512, row.blob.size))

    def attachment(self, row: Attachment, number: str) -> PacketFile:
        if row.redacts_id is not None:
            return PacketFile(row.name, "", "geschwärzte Fassung, das Original liegt bei")
        if row.id in self._at:
            return PacketFile(row.name, "", f"liegt bei {self._at[row.id]}")
        self._at[row.id] = number
        return PacketFile(row.name, self._take(row.sha512, row.size))

    def _take(self, sha512: str, size: int) -> str:
        name = f"{len(self.found):05}.pdf"
        self.found.append((name, sha512))
        self.size += size
        return name


def plan(session: Session, actor: Actor, meeting: Meeting, today: date) -> Plan:
    """What the packet of a readable meeting holds for this reader, in the order of the call."""
    sources = _Sources()
    sent = tuple(_sent(session, actor, meeting, sources))
    readable = {row.item.id for row in loading.agenda(session, actor, meeting)}
    rows = [row for row in called_rows(meeting.agenda) if row.item.id in readable]
    above = {row.item.parent_id for row in rows}
    items = tuple(_item(row, sources, heads=row.item.id in above) for row in rows)
    invitation = internal_prints.invitation(meeting, issued_on=today)
    packet = Packet(
        letterhead=invitation.letterhead,
        head=invitation.head,
        issued_on=today,
        confidential=any(one.confidential for one in items),
        sent=sent,
        items=items,
    )
    return Plan(packet, tuple(sources.found), sources.size)


def _sent(
    session: Session, actor: Actor, meeting: Meeting, sources: _Sources
) -> Iterator[PacketFile]:
    query = loading.documents(session, actor).where(
        IssuedDocument.meeting_id == meeting.id, IssuedDocument.kind.in_(SENT)
    )
    rows = session.scalars(query.order_by(IssuedDocument.id)).all()
    kinds = {one.kind for one in rows}
    wanted = [one for one in rows if ANNOUNCED.get(one.kind) not in kinds]
    counted: dict[DocumentKind, int] = {}
    for row in wanted:
        counted[row.kind] = counted.get(row.kind, 0) + 1
        before = f"{counted[row.kind]}. " if "Nachtrag" in SENT[row.kind] else ""
        yield sources.sent(row, f"{before}{SENT[row.kind]}")


def _item(row: AgendaRow, sources: _Sources, *, heads: bool) -> PacketItem:
    papers = [step.paper for step in row.item.consultations]
    return PacketItem(
        line=AgendaLine(
            row.number, row.item.title, row.level, tuple(one.reference for one in papers)
        ),
        part=PART[row.item.part],
        papers=tuple(_paper(one, row.number, sources) for one in papers),
        heading=heads or row.item.kind is ItemKind.HEADING,
        confidential=Part.NONPUBLIC in (row.item.part, row.item.actual_part)
        or not all(one.public for one in papers)
        or not all(file.public for one in papers for file in one.attachments),
    )


def _paper(row: Paper, number: str, sources: _Sources) -> PacketPaper:
    texts = (
        ("Beschlussvorschlag", row.proposed_resolution),
        ("Sachverhalt", row.facts),
        ("Begründung", row.reasons),
        ("Finanzielle Auswirkungen", row.financial_effects),
    )
    return PacketPaper(
        facts=PaperFacts(
            reference=row.reference,
            title=row.title,
            status=paper_status(public=row.public),
            paper_type=row.paper_type,
            submitted_by=tuple(one.label for one in row.originators),
            responsible_unit=row.responsible_unit.name if row.responsible_unit else "",
            handled_by=row.handled_by,
        ),
        texts=tuple((title, text) for title, text in texts if text.strip()),
        files=tuple(sources.attachment(one, number) for one in row.attachments),
    )
