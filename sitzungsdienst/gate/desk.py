"""The desk on which a release is put together before it is handed over to the ledger.

`put_…` functions compose documents and lay them here; nothing is public until `hand_over`, which
files everything in the act's own transaction. What lies here wins over what is filed already, so
that documents composed together agree.
"""

import hashlib
import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.gate import compose, compose_items, decision
from sitzungsdienst.gate.editions import Edition
from sitzungsdienst.publication import ledger
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import (
    DOCUMENT_TYPES,
    PublicAgendaItem,
    PublicConsultation,
    PublicDocument,
    PublicMeeting,
    PublicOrganization,
    PublicPaper,
)
from sitzungsdienst.record.base import Edited
from sitzungsdienst.record.bodies import Body, LegislativeTerm, Organization
from sitzungsdienst.record.file_texts import FileText
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Consultation, IssuedDocument, Paper
from sitzungsdienst.record.people import Membership
from sitzungsdienst.record.resolutions import Resolution

D = TypeVar("D", bound=PublicDocument)


class Desk:
    """Documents and bytes of one release, composed but not yet filed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.reader = Reader(session.connection())
        self.documents: dict[str, PublicDocument] = {}
        self.blobs: dict[str, bytes] = {}
        self.withdrawn: list[str] = []
        self._hidden: set[str] = set()
        self._read: dict[str, PublicDocument | None] = {}

    def put(self, *documents: PublicDocument) -> None:
        """Lay documents down; a later one of the same uid replaces the earlier."""
        for document in documents:
            self.documents[document.uid] = document

    def put_blob(self, content: bytes) -> None:
        """Lay down the bytes of a public file."""
        self.blobs[hashlib.sha512(content).hexdigest()] = content

    def withdraw(self, uid: str) -> None:
        """Lay down that an object is to be withdrawn; from here on it counts as not public."""
        if uid not in self.withdrawn:
            self.withdrawn.append(uid)
        self.hide([uid])

    def hide(self, uids: Iterable[str]) -> None:
        """Treat objects as not public that go with something withdrawn."""
        self._hidden.update(uids)

    def is_public(self, uid: str) -> bool:
        """Whether an object of any kind is filed and not withdrawn."""
        return any(
            not one.deleted for kind in Kind for one in self.reader.many(kind, [uid]).values()
        )

    def current(self, kind: type[D], uid: str) -> D | None:
        """The document as it lies here, else as it is filed; None if never or withdrawn."""
        here = self.documents.get(uid)
        if isinstance(here, kind):
            return here
        if uid in self._hidden:
            return None
        if uid in self._read:
            read = self._read[uid]
            return read if isinstance(read, kind) else None
        filed = self.reader.get(kind, uid)
        return filed.document if filed else None

    def read_ahead(self, kind: type[D], uids: Iterable[str]) -> None:
        """Read filed documents at once that `current` will be asked for one by one."""
        wanted = [uid for uid in uids if uid not in self._read]
        filed = self.reader.many(kind, wanted)
        self._read.update((uid, filed[uid].document if uid in filed else None) for uid in wanted)

    def is_hidden(self, uid: str) -> bool:
        """Whether an object goes with this release, so that nothing of it may be kept."""
        return uid in self._hidden

    def known(self, kind: type[D], uids: Iterable[str]) -> set[str]:
        """Those of the uids that are public: lying here or filed and not withdrawn."""
        wanted = set(uids)
        here = {uid for uid in wanted if uid in self.documents}
        asked = wanted - here - self._hidden
        filed = self.reader.many(kind, asked) if asked else {}
        return here | {uid for uid, one in filed.items() if not one.deleted}

    def named(self, kind: type[PublicDocument], *rows: Edited | None) -> set[str]:
        """Those of the rows, by uid, that a document may name: `known` of what there is."""
        return self.known(kind, (one.uid for one in rows if one))

    def differs(self) -> bool:
        """Whether filing what lies here would change anything the public can read."""
        for kind, cls in DOCUMENT_TYPES.items():
            here = {uid: one for uid, one in self.documents.items() if isinstance(one, cls)}
            filed = self.reader.many(kind, here)
            if any(uid not in filed or filed[uid].document != one for uid, one in here.items()):
                return True
        return bool(self.withdrawn)

    def hand_over(
        self, act: str, actor: str, reason: str, at: datetime
    ) -> tuple[ledger.Receipt, ...]:
        """File everything as one release, with who, when, which act and why.

        Withdrawals come first: what is withdrawn and also lies here, as the item of an excerpt
        taken back, lives on as it lies here, and its older texts are erased. Receipts tell which
        objects really changed. Raises LedgerError for what the ledger refuses.
        """
        release = ledger.Release(str(uuid.uuid4()), act, actor, reason, at)
        receipts: tuple[ledger.Receipt, ...] = ()
        if self.withdrawn:
            receipts = ledger.withdraw(self.session, release, self.withdrawn)
        documents = tuple(self.documents.values())
        return receipts + ledger.file(
            self.session, release, documents, self.blobs, self._words_of_blobs()
        )

    def _words_of_blobs(self) -> dict[str, str]:
        """What can be searched of the bytes that lie here: read from bytes of the same hash."""
        wanted = select(FileText.sha512, FileText.text).where(FileText.sha512.in_(self.blobs))
        return {sha512: text for sha512, text in self.session.execute(wanted) if text}


def put_body(desk: Desk, body: Body) -> None:
    """The Body and its legislative terms, unless they lie here already."""
    if body.uid in desk.documents:
        return
    desk.put(compose.body(body))
    terms = desk.session.scalars(select(LegislativeTerm).where(LegislativeTerm.body_id == body.id))
    desk.put(*(compose.legislative_term(term) for term in terms))


def put_organization(desk: Desk, row: Organization) -> None:
    """An organisation without its members."""
    put_body(desk, row.body)
    current = desk.current(PublicOrganization, row.uid)
    known = desk.named(PublicOrganization, row.predecessor_organization)
    desk.put(compose.organization(row, current, known=known))


def put_members(desk: Desk, row: Organization) -> None:
    """An organisation with its members: their names, functions and groups."""
    put_organization(desk, row)
    known = desk.named(PublicOrganization, row.predecessor_organization)
    desk.put(compose.organization(row, whole=True, known=known))
    chosen = select(Membership).where(Membership.organization_id == row.id)
    rows = desk.session.scalars(chosen).all()
    groups = (one.on_behalf_of.uid for one in rows if one.on_behalf_of)
    desk.read_ahead(PublicOrganization, groups)
    for one in rows:
        if one.on_behalf_of:
            put_organization(desk, one.on_behalf_of)
        desk.put(compose.person(one.person), compose.membership(one))


def put_meeting(desk: Desk, row: Meeting, *, held: bool = False) -> None:
    """A meeting without its agenda, with the committees and the place it names."""
    desk.read_ahead(PublicOrganization, (one.uid for one in row.organizations))
    for one in row.organizations:
        put_organization(desk, one)
    current = desk.current(PublicMeeting, row.uid)
    last = (one.until_item for one in row.committees)
    known = desk.named(PublicMeeting, row.continues) | desk.named(PublicAgendaItem, *last)
    desk.put(compose.location(row.location), compose.meeting(row, current, held=held, known=known))


def put_agenda(desk: Desk, row: Meeting) -> None:
    """The public agenda of a meeting; what no longer stands on it is withdrawn."""
    items = _composed_agenda(desk, row)
    desk.put(*items)
    filed = {one.uid for one in desk.reader.children(PublicAgendaItem, [row.uid])[row.uid]}
    for uid in sorted(filed - {item.uid for item in items}):
        desk.withdraw(uid)
    if row.uid in desk.documents:
        put_meeting(desk, row)  # it names the last items of committees by the lines of now


def put_items(desk: Desk, row: Meeting, items: Iterable[AgendaItem]) -> None:
    """Some items of the public agenda; the others stay as they were released."""
    wanted = {item.uid for item in items}
    desk.put(*_composed_agenda(desk, row, wanted))


def relink_agenda(desk: Desk, row: Meeting) -> None:
    """The agenda as it was released, but for the papers that its items may point to now."""
    known = desk.known(
        PublicConsultation, (step.uid for item in row.agenda for step in item.consultations)
    )
    for item in row.agenda:
        public = desk.current(PublicAgendaItem, item.uid)
        if public is not None and decision.titled_publicly(item):
            steps = [step.uid for step in item.consultations if step.uid in known]
            first, further = steps[0] if steps else "", tuple(steps[1:])
            desk.put(replace(public, consultation=first, further_consultation=further))


def _composed_agenda(
    desk: Desk, row: Meeting, wanted: Collection[str] | None = None
) -> tuple[PublicAgendaItem, ...]:
    steps = [step.uid for item in row.agenda for step in item.consultations]
    known = desk.known(PublicConsultation, steps)
    return compose_items.agenda(row, public_lines(desk, row.uid), known, wanted)


def public_lines(desk: Desk, meeting: str) -> dict[str, PublicAgendaItem]:
    """The public items of a meeting by uid: filed and not going with this release, or lying here.

    In the order that the public reads; what lies here for the first time comes last.
    """
    filed = desk.reader.children(PublicAgendaItem, [meeting])[meeting]
    kept = {one.uid: one.living for one in filed if not desk.is_hidden(one.uid)}
    lying = (one for one in desk.documents.values() if isinstance(one, PublicAgendaItem))
    return kept | {one.uid: one for one in lying if one.meeting == meeting}


def put_paper(desk: Desk, row: Paper) -> None:
    """A paper with its public attachments and its path; agendas come to point to it."""
    put_paper_text(desk, row)
    for file in row.attachments:
        if decision.attachment(file).allowed:
            desk.put_blob(file.blob.content)


def put_paper_text(desk: Desk, row: Paper) -> None:
    """What `put_paper` lays down, without the attachments' bytes: enough to see what differs."""
    put_body(desk, row.body)
    named = [step.organization for step in row.consultations]
    named += [row.responsible_unit] if row.responsible_unit else []
    desk.read_ahead(PublicOrganization, (one.uid for one in named))
    if row.responsible_unit:
        put_organization(desk, row.responsible_unit)
    desk.put(compose.paper(row, _known_originators(desk, row) | _known_relations(desk, row)))
    for file in row.attachments:
        if decision.attachment(file).allowed:
            desk.put(compose.attachment(file))
    for step in row.consultations:
        put_organization(desk, step.organization)
    put_steps(desk, row.consultations)
    for meeting in {step.agenda_item.meeting for step in row.consultations if step.agenda_item}:
        if desk.known(PublicAgendaItem, (item.uid for item in meeting.agenda)):
            relink_agenda(desk, meeting)


def _known_originators(desk: Desk, row: Paper) -> set[str]:
    """Which of the persons and organisations that submit the paper are public themselves."""
    uids = [one.person.uid for one in row.originators if one.person]
    uids += [one.organization.uid for one in row.originators if one.organization]
    kinds = (desk.reader.many(kind, uids) for kind in (Kind.PERSON, Kind.ORGANIZATION))
    return {uid for filed in kinds for uid, one in filed.items() if not one.deleted}


def _known_relations(desk: Desk, row: Paper) -> set[str]:
    """Which of the papers it supersedes, amends or answers are public themselves."""
    return desk.known(PublicPaper, (one.other.uid for one in row.relations))


def put_steps(desk: Desk, steps: Iterable[Consultation]) -> None:
    """Steps of papers' paths, each with its result as far as its item's excerpt is released."""
    for step in steps:
        item = step.agenda_item
        public = desk.current(PublicAgendaItem, item.uid) if item else None
        result = (public.decision or public.result) if public else ""
        position = step.paper.consultations.index(step)
        known = {public.uid} if public else set()
        desk.put(compose.consultation(step, position, known, result))


def refresh_steps(desk: Desk, items: Iterable[AgendaItem]) -> None:
    """Where the public steps of papers that lead to these items lead now, and with what result.

    Nothing else of a step changes until its paper is released anew.
    """
    steps = [step for item in items for step in item.consultations]
    desk.read_ahead(PublicConsultation, (step.uid for step in steps))
    filed = {step.uid: desk.current(PublicConsultation, step.uid) for step in steps}
    put_steps(desk, [step for step in steps if filed[step.uid]])
    for before in filter(None, filed.values()):
        now = desk.current(PublicConsultation, before.uid) or before
        desk.put(
            replace(before, agenda_item=now.agenda_item, meeting=now.meeting, result=now.result)
        )


def put_excerpt(desk: Desk, row: AgendaItem, *, file_uid: str, released_on: date) -> None:
    """The excerpt of an item whose agenda lies on the desk, and the results of its papers."""
    decision.excerpt(row).demand()
    agenda_item = desk.current(PublicAgendaItem, row.uid)
    if agenda_item is None:
        raise decision.GateClosed("Die Tagesordnung der Sitzung ist noch nicht veröffentlicht.")
    desk.put(compose_items.excerpt(agenda_item, row, file_uid=file_uid, released_on=released_on))
    refresh_steps(desk, [row])


def put_follow_up(desk: Desk, rows: Iterable[Resolution]) -> None:
    """How resolutions are carried out, told in the excerpts that are released already."""
    for row in rows:
        current = desk.current(PublicAgendaItem, row.agenda_item.uid)
        told = {one.uid for one in current.resolutions} if current else set()
        if current is None or row.uid not in told:
            raise decision.GateClosed(
                f"Der Auszug mit dem Beschluss {row.number} ist noch nicht veröffentlicht."
            )
        desk.put(compose_items.follow_up(current, [row]))


def put_issued(
    desk: Desk,
    row: IssuedDocument,
    edition: Edition,
    meeting: Meeting,
    name: str,
    item: AgendaItem | None = None,
) -> None:
    """A document issued for the public, with its bytes, as that edition of its file.

    One that replaces an older edition keeps its address, and the older bytes are erased: they may
    hold just what is being corrected.
    """
    if edition.number > 1:
        desk.withdraw(edition.uid)
    desk.put(compose.issued(row, edition, meeting, name, item))
    desk.put_blob(row.blob.content)


def link_meeting(desk: Desk, row: Meeting, **links: str) -> None:
    """Let the meeting on the desk point to its public files (`invitation`, `results_protocol`)."""
    current = desk.current(PublicMeeting, row.uid)
    if current is None:
        raise decision.GateClosed("Die Sitzung ist noch nicht veröffentlicht.")
    changed: PublicMeeting = replace(current, **links)  # type: ignore[arg-type]  # only texts
    desk.put(changed)
