"""Taking things out of the public's sight, with everything that pointed to them.

Each function lays a withdrawal on the desk: what becomes a tombstone, and the documents that must
be composed anew so that nothing the public can open leads to it. What is withdrawn loses its text
in the ledger too, old versions included.

A withdrawal, and what is printed anew after it, never says more than what was released before.
So what stays is laid down from the filed documents, less what goes, and never composed from the
record, which may have been written on since. Where what was released cannot be printed again from
the record unchanged (less what is withdrawn), the print is withdrawn too, and the clerk is told to
release it anew (`acts.public_prints.renew`).
"""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import or_, select

from sitzungsdienst.gate import compose, compose_items, decision
from sitzungsdienst.gate.desk import Desk, link_meeting
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.results import PublicResolution
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicFile,
    PublicMeeting,
    PublicMembership,
    PublicOrganization,
    PublicPaper,
    PublicPerson,
)
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import Attachment, Paper
from sitzungsdienst.record.people import ContactField, Person
from sitzungsdienst.record.resolutions import Resolution


def meetings_naming(desk: Desk, row: Paper) -> list[Meeting]:
    """The meetings whose public prints may name a paper, by what was filed and by the record.

    The record alone is not enough: an item may have lost its paper after it was printed.
    """
    steps = [one.living for one in desk.reader.children(PublicConsultation, [row.uid])[row.uid]]
    uids = {one.meeting for one in steps if one.meeting}
    uids |= {one.meeting for one in _lines_to(desk, [one.uid for one in steps])}
    uids |= {step.agenda_item.meeting.uid for step in row.consultations if step.agenda_item}
    rows = select(Meeting).where(Meeting.uid.in_(uids)).order_by(Meeting.start, Meeting.id)
    return list(desk.session.scalars(rows))


def meetings_beside(desk: Desk, row: Meeting) -> list[Meeting]:
    """The meetings whose minutes may name this one: they go on from it, or were approved in it."""
    rows = (
        select(Meeting)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            or_(
                Meeting.continues_id == row.id,
                Meeting.repeats_id == row.id,
                Minutes.approved_in_id == row.id,
            )
        )
        .order_by(Meeting.start, Meeting.id)
    )
    return list(desk.session.scalars(rows))


def withdraw_paper(desk: Desk, row: Paper) -> None:
    """A paper with its files and its path; agendas no longer point to it."""
    filed = desk.reader.children(PublicConsultation, [row.uid])[row.uid]
    steps = {one.uid for one in filed} | {step.uid for step in row.consultations}
    lines = _lines_to(desk, steps)
    desk.withdraw(row.uid)
    desk.hide(steps)
    for line in lines:
        led = (line.consultation, *line.further_consultation)
        left = [one for one in led if one not in steps]
        first, further = left[0] if left else "", tuple(left[1:])
        desk.put(replace(line, consultation=first, further_consultation=further))


def _lines_to(desk: Desk, steps: Collection[str]) -> list[PublicAgendaItem]:
    """The lines of public agendas that lead to these steps of papers."""
    found = {
        one.uid: desk.current(PublicAgendaItem, one.uid)
        for relation in ("consultation", "further_consultation")
        for ones in desk.reader.linked_to_many(PublicAgendaItem, steps, relation).values()
        for one in ones
    }
    return [one for one in found.values() if one]


def withdraw_attachment(desk: Desk, row: Attachment) -> None:
    """One file of a paper; the paper stays as it was released, without it."""
    filed = desk.current(PublicPaper, row.paper.uid)
    desk.withdraw(row.uid)
    if filed is not None:
        files = tuple(uid for uid in filed.auxiliary_file if uid != row.uid)
        desk.put(replace(filed, auxiliary_file=files))


def withdraw_excerpt(desk: Desk, row: AgendaItem) -> None:
    """An excerpt: the item goes back to its line on the agenda, the PDF is gone."""
    filed = desk.current(PublicAgendaItem, row.uid)
    desk.withdraw(row.uid)
    if filed and filed.resolution_file:
        desk.withdraw(filed.resolution_file)
    if filed:
        desk.put(compose_items.without_excerpt(filed))
    _take_results(desk, [row.uid])


def withdraw_minutes(desk: Desk, row: Meeting) -> None:
    """The public minutes; excerpts released with them stay."""
    filed = desk.current(PublicMeeting, row.uid)
    if filed and filed.results_protocol:
        desk.withdraw(filed.results_protocol)
        link_meeting(desk, row, results_protocol="", minutes_state="")


def withdraw_meeting(desk: Desk, row: Meeting) -> None:
    """A meeting with its agenda, excerpts and documents; papers no longer point to it."""
    filed = desk.reader.children(PublicAgendaItem, [row.uid])[row.uid]
    lines = {one.uid for one in filed} | {item.uid for item in row.items}
    desk.withdraw(row.uid)
    desk.hide(lines)
    _take_results(desk, lines, led_there=False)


def _take_results(desk: Desk, lines: Collection[str], *, led_there: bool = True) -> None:
    """Steps of papers that lead to these items lose the result, in their older versions too.

    Unless `led_there`, they no longer lead to the items either.
    """
    filed = desk.reader.linked_to_many(PublicConsultation, lines, "agenda_item")
    for step in (one.living for ones in filed.values() for one in ones):
        desk.withdraw(step.uid)
        bare = replace(step, result="")
        desk.put(bare if led_there else replace(bare, agenda_item="", meeting=""))


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
    filed = desk.current(PublicOrganization, row.uid)
    linked = desk.reader.linked_to(PublicMembership, row.uid, "organization")
    seats = {one.uid: one.living for one in linked}
    for uid, seat in seats.items():
        desk.withdraw(uid)
        elsewhere = desk.reader.children(PublicMembership, [seat.person])[seat.person]
        submits = desk.reader.linked_to(Kind.PAPER, seat.person, "originator_person")
        if not submits and all(one.uid in seats for one in elsewhere):
            desk.withdraw(seat.person)
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
    desk.withdraw(row.uid)
    if named and filed is not None:
        # Whole no more: its composition and institutions went with its members.
        desk.put(replace(filed, former_names=(), composition=(), institutions=()))
