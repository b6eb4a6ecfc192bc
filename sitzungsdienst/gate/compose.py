"""Composing public documents from the record: an allow-list of fields, one function a kind.

Each function takes what it needs and gives one public document. A field that is not named here
does not leave the house. `known` tells whether an object is (or is just being) filed, so that no
document points to something the public cannot open.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sitzungsdienst.gate import decision, wording
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.german import local_day
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicBallot,
    PublicBody,
    PublicConsultation,
    PublicFile,
    PublicLegislativeTerm,
    PublicLocation,
    PublicMeeting,
    PublicMembership,
    PublicOrganization,
    PublicPaper,
    PublicPerson,
    PublicVote,
)
from sitzungsdienst.record.bodies import Body, LegislativeTerm, Location, Organization
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.papers import Attachment, Consultation, IssuedDocument, Paper
from sitzungsdienst.record.people import Membership, Person
from sitzungsdienst.record.proceedings import Ballot, BallotKind

PDF = "application/pdf"


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


def organization(row: Organization) -> PublicOrganization:
    """A committee, group or unit."""
    return PublicOrganization(
        uid=row.uid,
        body=row.body.uid,
        name=row.name,
        short_name=row.short_name,
        organization_type=wording.ORGANIZATION_TYPE[row.kind],
        classification=row.classification,
        start_date=row.start_date,
        end_date=row.end_date,
        seats=row.seats,
        predecessor=row.predecessor,
    )


def person(row: Person) -> PublicPerson:
    """A person: the name. Contact data and notes stay in the house."""
    return PublicPerson(
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
        file_name=row.file_name,
        mime_type=PDF,
        dated=local_day(row.created_at),
        size=row.size,
        sha512_checksum=row.sha512,
        paper=(row.paper.uid,),
    )


def issued(
    row: IssuedDocument, meeting: Meeting, name: str, size: int, item: AgendaItem | None = None
) -> PublicFile:
    """A document the office issued for the public."""
    return PublicFile(
        uid=row.uid,
        body=meeting.body.uid,
        name=name,
        file_name=row.file_name,
        mime_type=PDF,
        dated=local_day(row.issued_at),
        size=size,
        sha512_checksum=row.sha512,
        meeting=(meeting.uid,),
        agenda_item=(item.uid,) if item else (),
    )


def paper(row: Paper, known: Collection[str]) -> PublicPaper:
    """A paper; the gate demands that it is marked public."""
    decision.paper(row).demand()
    return PublicPaper(
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
        result=result if shown else "",
    )


def meeting(row: Meeting, current: PublicMeeting | None, *, held: bool = False) -> PublicMeeting:
    """A meeting as far as it may be known; what was released before (`current`) stays.

    `held` tells that results are released with it, and with them the end as recorded.
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
    )


def agenda(
    row: Meeting, filed: dict[str, PublicAgendaItem], known: Collection[str]
) -> tuple[PublicAgendaItem, ...]:
    """The public agenda, in order. Excerpts released before (`filed`) keep their facts."""
    decision.agenda(row).demand()
    shown = [one for one in agenda_rows(row.agenda) if decision.on_public_agenda(one.item)]
    return tuple(
        _agenda_item(one, order, filed.get(one.item.uid), known) for order, one in enumerate(shown)
    )


def _agenda_item(
    row: AgendaRow, order: int, current: PublicAgendaItem | None, known: Collection[str]
) -> PublicAgendaItem:
    item = row.item
    public = item.part is Part.PUBLIC
    kept = current if public and current else PublicAgendaItem()
    steps = [step.uid for step in item.consultations if step.uid in known] if public else []
    return replace(
        kept,
        uid=item.uid,
        body=item.meeting.body.uid,
        meeting=item.meeting.uid,
        order=order,
        number=row.number,
        name=item.title if public else item.public_title,
        public=public,
        consultation=steps[0] if steps else "",
        level=row.level,
    )


def excerpt(
    agenda_item: PublicAgendaItem, row: AgendaItem, *, file_uid: str, released_on: date
) -> PublicAgendaItem:
    """The excerpt of an item: what was said, resolved and voted. The gate decides first."""
    decision.excerpt(row).demand()
    treatment = row.treatment
    ballots = tuple(_ballot(one) for one in row.ballots)
    return replace(
        agenda_item,
        deliberation=treatment.deliberation if treatment else "",
        resolution_text=treatment.resolution_text if treatment else "",
        decision=wording.DECISION[treatment.decision] if treatment and treatment.decision else "",
        result="; ".join(one.result_text for one in ballots),
        ballots=ballots,
        standing=decision.standing(row.meeting),
        resolution_file=file_uid,
        released_on=released_on,
    )


def without_excerpt(agenda_item: PublicAgendaItem) -> PublicAgendaItem:
    """The item as a line of the agenda, as it was released, without anything of its excerpt."""
    return PublicAgendaItem(
        uid=agenda_item.uid,
        body=agenda_item.body,
        meeting=agenda_item.meeting,
        order=agenda_item.order,
        number=agenda_item.number,
        name=agenda_item.name,
        public=agenda_item.public,
        consultation=agenda_item.consultation,
        level=agenda_item.level,
    )


def _ballot(row: Ballot) -> PublicBallot:
    """A ballot; names only from a roll call, never from a secret or an open vote."""
    roll_call = row.kind is BallotKind.ROLL_CALL
    return PublicBallot(
        subject=row.subject,
        kind=wording.BALLOT_KIND[row.kind],
        outcome=wording.BALLOT_OUTCOME[row.outcome],
        result_text=row.result_text,
        yes=row.yes,
        no=row.no,
        abstentions=row.abstentions,
        invalid=row.invalid,
        present=row.present if row.yes is not None else None,
        recused=row.recused if row.yes is not None else None,
        votes=tuple(
            PublicVote(name=vote.person.name, choice=wording.CHOICE[vote.choice])
            for vote in row.votes
        )
        if roll_call
        else (),
    )
