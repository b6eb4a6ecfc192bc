"""Taking things out of the public's sight, with everything that pointed to them.

Each function lays a withdrawal on the desk: what becomes a tombstone, and the documents that must
be composed anew so that nothing the public can open leads to it. What is withdrawn loses its text
in the ledger too, old versions included.
"""

from dataclasses import replace

from sitzungsdienst.gate import compose, compose_items, decision
from sitzungsdienst.gate.desk import (
    Desk,
    link_meeting,
    put_paper,
    refresh_steps,
    relink_agenda,
)
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.results import PublicResolution
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicFile,
    PublicMeeting,
    PublicMembership,
    PublicPerson,
)
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Attachment, Paper
from sitzungsdienst.record.people import ContactField, Person
from sitzungsdienst.record.resolutions import Resolution


def withdraw_paper(desk: Desk, row: Paper) -> None:
    """A paper with its files and its path; agendas no longer point to it."""
    desk.withdraw(row.uid)
    desk.hide(step.uid for step in row.consultations)
    for meeting in {step.agenda_item.meeting for step in row.consultations if step.agenda_item}:
        if desk.known(PublicAgendaItem, (item.uid for item in meeting.agenda)):
            relink_agenda(desk, meeting)


def withdraw_attachment(desk: Desk, row: Attachment) -> None:
    """One file of a paper; its planned Status must be non-public already."""
    desk.withdraw(row.uid)
    if row.paper.public:
        put_paper(desk, row.paper)


def withdraw_excerpt(desk: Desk, row: AgendaItem) -> None:
    """An excerpt: the item goes back to its line on the agenda, the PDF is gone."""
    filed = desk.current(PublicAgendaItem, row.uid)
    desk.withdraw(row.uid)
    if filed and filed.resolution_file:
        desk.withdraw(filed.resolution_file)
    if filed:
        desk.put(compose_items.without_excerpt(filed))
    refresh_steps(desk, [row])


def withdraw_minutes(desk: Desk, row: Meeting) -> None:
    """The public minutes; excerpts released with them stay."""
    filed = desk.current(PublicMeeting, row.uid)
    if filed and filed.results_protocol:
        desk.withdraw(filed.results_protocol)
        link_meeting(desk, row, results_protocol="", minutes_state="")


def withdraw_meeting(desk: Desk, row: Meeting) -> None:
    """A meeting with its agenda, excerpts and documents; papers no longer point to it."""
    desk.withdraw(row.uid)
    desk.hide(item.uid for item in row.items)
    refresh_steps(desk, row.items)


def withdraw_contact(desk: Desk, row: Person) -> None:
    """Contact data whose consent was taken back; everything else stays as it was released."""
    filed = desk.current(PublicPerson, row.uid)
    if filed is None:
        return
    allowed = compose.person(row)
    left = replace(
        filed,
        email=filed.email if decision.contact(row, ContactField.EMAIL) else (),
        phone=tuple(one for one in filed.phone if one in allowed.phone),
        address=filed.address if decision.contact(row, ContactField.ADDRESS) else "",
        website=filed.website if decision.contact(row, ContactField.WEBSITE) else "",
    )
    if left != filed:
        # The seats that fall with the person are laid down again as they are.
        seats = desk.reader.children(PublicMembership, [row.uid])[row.uid]
        desk.withdraw(row.uid)
        desk.put(left, *(one.living for one in seats))


def withdraw_follow_up(desk: Desk, row: Resolution) -> None:
    """How a resolution is carried out; its number and the excerpt stay."""
    filed = desk.current(PublicAgendaItem, row.agenda_item.uid)
    told = {one.uid: one for one in filed.resolutions} if filed else {}
    if filed is None or row.uid not in told or not told[row.uid].progress:
        return
    bare = PublicResolution(
        uid=row.uid,
        number=told[row.uid].number,
        subject=told[row.uid].subject,
        decision=told[row.uid].decision,
    )
    # So are the excerpt's own files here.
    for file in (one.living for one in desk.reader.children(PublicFile, [filed.uid])[filed.uid]):
        desk.put(file)
        desk.put_blob(desk.reader.blob(file.sha512_checksum) or b"")
    desk.withdraw(filed.uid)
    kept = tuple(bare if one.uid == row.uid else one for one in filed.resolutions)
    desk.put(replace(filed, resolutions=kept))


def withdraw_members(desk: Desk, row: Organization) -> None:
    """A committee's members; themselves and the committee only where nothing else names them."""
    seats = desk.known(PublicMembership, (one.uid for one in row.memberships))
    for seat in row.memberships:
        if seat.uid not in seats:
            continue
        desk.withdraw(seat.uid)
        elsewhere = desk.reader.children(PublicMembership, [seat.person.uid])[seat.person.uid]
        submits = desk.reader.linked_to(Kind.PAPER, seat.person.uid, "originator_person")
        if not submits and all(one.uid in seats for one in elsewhere):
            desk.withdraw(seat.person.uid)
    named = any(
        desk.reader.linked_to(kind, row.uid, relation)
        for kind, relation in (
            (Kind.MEETING, "organization"),
            (Kind.CONSULTATION, "organization"),
            (Kind.PAPER, "under_direction_of"),
            (Kind.PAPER, "originator_organization"),
            (Kind.MEMBERSHIP, "on_behalf_of"),
        )
    )
    if named:
        # Whole no more: its composition and institutions went with its members.
        desk.withdraw(row.uid)
        desk.put(compose.organization(row))
    else:
        desk.withdraw(row.uid)
