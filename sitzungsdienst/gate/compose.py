"""Composing public documents from the record: an allow-list of fields, one function a kind.

Each function takes what it needs and gives one public document. A field that is not named here
does not leave the house. `known` tells whether an object is (or is just being) filed, so that no
document points to something the public cannot open.
"""

from collections.abc import Collection

from sitzungsdienst.gate import decision, wording
from sitzungsdienst.gate.editions import Edition
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.publication.types import (
    PublicBody,
    PublicConsultation,
    PublicFile,
    PublicInstitution,
    PublicLegislativeTerm,
    PublicLocation,
    PublicMeeting,
    PublicMembership,
    PublicOrganization,
    PublicPaper,
    PublicPerson,
    PublicSeats,
)
from sitzungsdienst.record.bodies import Body, LegislativeTerm, Location, Organization
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.paper_work import RelationKind
from sitzungsdienst.record.papers import Attachment, Consultation, IssuedDocument, Paper
from sitzungsdienst.record.people import ContactField, Membership, Person

PDF = "application/pdf"
#: Under this name every redacted copy is handed out.
REDACTED_NAME = "Geschwaerzte_Fassung.pdf"


def body(row: Body) -> PublicBody:
    """A Body: its name and how to reach it."""
    return PublicBody(
        uid=row.uid,
        name=row.name,
        short_name=row.short_name,
        classification=row.classification,
        website=row.website,
        contact_email=row.email,
        contact_name=row.department if row.email else "",
        ags=row.ags,
        land=row.land,
        seat=row.seat,
    )


def legislative_term(row: LegislativeTerm) -> PublicLegislativeTerm:
    """A legislative term."""
    return PublicLegislativeTerm(
        uid=row.uid,
        body=row.body.uid,
        name=row.name,
        start_date=row.start_date,
        end_date=row.end_date,
    )


def organization(
    row: Organization,
    current: PublicOrganization | None = None,
    *,
    whole: bool = False,
    known: Collection[str] = (),
) -> PublicOrganization:
    """A committee, group or unit.

    Its composition and the institutions that are its members come with its members (`whole`);
    else they stay as they were released (`current`). Of an organisation before it that is not
    `known` no name is told but the one written here.
    """
    before = row.predecessor_organization
    kept = current or PublicOrganization()
    return PublicOrganization(
        former_names=_former_names(row) if whole else kept.former_names,
        composition=_composition(row) if whole else kept.composition,
        institutions=_institutions(row) if whole else kept.institutions,
        uid=row.uid,
        body=row.body.uid,
        name=row.name,
        short_name=row.short_name,
        organization_type=wording.ORGANIZATION_TYPE[row.kind],
        classification=row.classification,
        start_date=row.start_date,
        end_date=row.end_date,
        seats=row.seats,
        predecessor=before.name if before and before.uid in known else row.predecessor,
    )


def _former_names(row: Organization) -> tuple[str, ...]:
    return tuple(f"{one.name} (bis {plain_date(one.valid_until)})" for one in row.former_names)


def _composition(row: Organization) -> tuple[PublicSeats, ...]:
    return tuple(
        PublicSeats(
            label=one.label,
            count=one.count,
            voting_right=one.voting_right,
            on_behalf_of=one.on_behalf_of,
        )
        for one in row.composition
    )


def _institutions(row: Organization) -> tuple[PublicInstitution, ...]:
    """The institutions that are members still; who speaks for them is not told."""
    return tuple(
        PublicInstitution(
            name=one.name, role=wording.MEMBERSHIP_ROLE[one.role], voting_right=one.voting_right
        )
        for one in row.institutional_members
        if one.end_date is None
    )


def person(row: Person) -> PublicPerson:
    """A person: the name, and of the contact data what the person consents to; never a note."""

    def consented(field: ContactField, text: str) -> str:
        return text if decision.contact(row, field) else ""

    street = ", ".join(
        filter(None, (row.street_address, f"{row.postal_code} {row.locality}".strip()))
    )
    phones = (
        consented(ContactField.PHONE, row.phone),
        consented(ContactField.MOBILE, row.mobile),
    )
    return PublicPerson(
        email=tuple(filter(None, [consented(ContactField.EMAIL, row.email)])),
        phone=tuple(filter(None, phones)),
        address=consented(ContactField.ADDRESS, street),
        website=consented(ContactField.WEBSITE, row.website),
        uid=row.uid,
        body=row.body.uid,
        name=row.name,
        family_name=row.family_name,
        given_name=row.given_name,
        form_of_address=row.form_of_address,
        title=(row.title,) if row.title else (),
    )


def membership(row: Membership) -> PublicMembership:
    """A membership, with the group it is held for."""
    return PublicMembership(
        uid=row.uid,
        body=row.organization.body.uid,
        person=row.person.uid,
        organization=row.organization.uid,
        role=wording.MEMBERSHIP_ROLE[row.role],
        voting_right=row.voting_right,
        on_behalf_of=row.on_behalf_of.uid if row.on_behalf_of else "",
        start_date=row.start_date,
        end_date=row.end_date,
    )


def location(row: Location) -> PublicLocation:
    """A room at an address."""
    return PublicLocation(
        uid=row.uid,
        body=row.body.uid,
        description=row.description,
        room=row.room,
        street_address=row.street_address,
        postal_code=row.postal_code,
        locality=row.locality,
    )


def attachment(row: Attachment) -> PublicFile:
    """An attachment of a paper; the gate demands that it is marked public."""
    decision.attachment(row).demand()
    return PublicFile(
        uid=row.uid,
        body=row.paper.body.uid,
        name=row.name,
        # The copy's own name often repeats the original's, and with it what was blacked out.
        file_name=REDACTED_NAME if row.redacts is not None else row.file_name,
        mime_type=PDF,
        dated=local_day(row.created_at),
        size=row.size,
        sha512_checksum=row.sha512,
        paper=(row.paper.uid,),
    )


def issued(
    row: IssuedDocument,
    edition: Edition,
    meeting: Meeting,
    name: str,
    item: AgendaItem | None = None,
) -> PublicFile:
    """A document the office issued for the public, as that edition of its file."""
    return PublicFile(
        uid=edition.uid,
        edition=edition.number,
        check_address=edition.address,
        sealed=edition.sealed or None,
        body=meeting.body.uid,
        name=name,
        file_name=row.file_name,
        mime_type=PDF,
        dated=local_day(row.issued_at),
        size=row.blob.size,
        sha512_checksum=row.sha512,
        meeting=(meeting.uid,),
        agenda_item=(item.uid,) if item else (),
    )


def paper(row: Paper, known: Collection[str]) -> PublicPaper:
    """A paper; the gate demands that it is marked public."""
    decision.paper(row).demand()

    def related(kind: RelationKind) -> tuple[str, ...]:
        found = (one.other.uid for one in row.relations if one.kind is kind)
        return tuple(uid for uid in found if uid in known)

    return PublicPaper(
        facts=row.facts,
        financial_effects=row.financial_effects,
        further_units=tuple(one.organization.name for one in row.further_units),
        supersedes=related(RelationKind.SUPERSEDES),
        amends=related(RelationKind.AMENDS),
        answers=related(RelationKind.ANSWERS),
        uid=row.uid,
        body=row.body.uid,
        name=row.title,
        reference=row.reference,
        dated=row.dated,
        paper_type=row.paper_type,
        auxiliary_file=tuple(
            file.uid for file in row.attachments if decision.attachment(file).allowed
        ),
        under_direction_of=(row.responsible_unit.uid,) if row.responsible_unit else (),
        originator_person=tuple(
            one.person.uid for one in row.originators if one.person and one.person.uid in known
        ),
        originator_organization=tuple(
            one.organization.uid
            for one in row.originators
            if one.organization and one.organization.uid in known
        ),
        status=wording.paper_status(public=row.public),
        submitted_by=tuple(one.label for one in row.originators),
        responsible_unit=row.responsible_unit.name if row.responsible_unit else "",
        handled_by=row.handled_by,
        addressed_to=row.addressed_to,
        proposed_resolution=row.proposed_resolution,
        reasons=row.reasons,
    )


def consultation(
    row: Consultation, position: int, known: Collection[str], result: str
) -> PublicConsultation:
    """A step of a paper's path; it points to its item only where that item is public."""
    item = row.agenda_item if decision.consultation_item(row.agenda_item) else None
    shown = item is not None and item.uid in known
    return PublicConsultation(
        uid=row.uid,
        body=row.paper.body.uid,
        paper=row.paper.uid,
        agenda_item=item.uid if item and shown else "",
        meeting=item.meeting.uid if item and shown else "",
        organization=(row.organization.uid,),
        authoritative=row.authoritative,
        role=wording.CONSULTATION_ROLE[row.role],
        position=position,
        result=result if shown else row.result_note if row.agenda_item is None else "",
    )


def meeting(
    row: Meeting,
    current: PublicMeeting | None,
    *,
    held: bool = False,
    known: Collection[str] = (),
) -> PublicMeeting:
    """A meeting as far as it may be known; what was released before (`current`) stays.

    `held` tells that results are released with it, and with them the end as recorded. `known` are
    the meetings and the lines of the agenda that it may name.
    """
    held = held or (current is not None and current.meeting_state == "durchgeführt")
    summoned = row.state is not MeetingState.PLANNED
    return PublicMeeting(
        uid=row.uid,
        body=row.body.uid,
        name=row.name,
        meeting_state="durchgeführt" if held else "eingeladen" if summoned else "terminiert",
        cancelled=row.cancelled,
        start=row.start,
        end=row.end if held else None,
        location=row.location.uid,
        organization=tuple(committee.uid for committee in row.organizations),
        invitation=current.invitation if current else "",
        results_protocol=current.results_protocol if current else "",
        publicity=wording.publicity(row) if summoned else "",
        sequence=row.sequence,
        minutes_state=current.minutes_state if current else "",
        kind=wording.MEETING_KIND[row.kind],
        number=row.number,
        continues=row.continues.uid if row.continues and row.continues.uid in known else "",
        participation=participation(row, known) if summoned else (),
    )


def participation(row: Meeting, known: Collection[str]) -> tuple[str, ...]:
    """Which committee stays how long; an item whose line is not `known` is not named."""
    return tuple(
        f"{seat.organization.name} bis {item.number}"
        for seat in row.committees
        if (item := seat.until_item)
        and item.number
        and item.uid in known
        and decision.on_public_agenda(item)
    )
