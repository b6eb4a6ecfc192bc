"""Load-and-check: no row is loaded for display without asking who reads.

One function per kind. Each raises NotFound (404) where there is no such row, where it belongs to
another Body, and for members where it is not of one of their committees or not summoned yet: the
answer never tells which.
"""

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session, aliased
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.office.attending import attended, unattended
from sitzungsdienst.record.accounts import OfficeUser, UserRole
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.bodies import Body, LegislativeTerm, Location, Organization
from sitzungsdienst.record.changes import AgendaChange
from sitzungsdienst.record.elections import Apportionment, Election, ElectionRound
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.minutes import Minutes, MinutesState
from sitzungsdienst.record.papers import (
    Attachment,
    Consultation,
    DocumentKind,
    IssuedDocument,
    Paper,
)
from sitzungsdienst.record.people import (
    Membership,
    Person,
)
from sitzungsdienst.record.proceedings import Attendance, Ballot, Recusal
from sitzungsdienst.record.resolutions import Resolution, ResolutionReport

Row = TypeVar("Row", bound=Base)

#: What was sent to members, or announced, before the meeting.
SENT = (
    DocumentKind.INVITATION,
    DocumentKind.NOTICE,
    DocumentKind.SUPPLEMENT,
    DocumentKind.SUPPLEMENT_NOTICE,
)
#: What of it tells no more than the public agenda.
ANNOUNCED = (DocumentKind.NOTICE, DocumentKind.SUPPLEMENT_NOTICE)


def meetings(session: Session, actor: Actor) -> Select[Meeting]:
    """Select the meetings the actor may read: a member's own ones once they are summoned."""
    query = select(Meeting).where(own(Meeting.body_id, actor))
    if actor.role is not UserRole.MEMBER:
        return query
    return query.where(Meeting.state != MeetingState.PLANNED, attended(session, actor))


def agenda_items(session: Session, actor: Actor) -> Select[AgendaItem]:
    """Select the items of readable meetings.

    A member's are those that stand on the agenda, up to where the last of their committees leaves.
    """
    query = select(AgendaItem).where(AgendaItem.meeting_id.in_(_meeting_ids(session, actor)))
    if not _is_member(actor):
        return query
    missed = frozenset[int]().union(*unattended(session, actor).values())
    return query.where(
        AgendaItem.removed_at.is_(None),
        AgendaItem.number.is_not(None),  # what waits for a supplement is not theirs yet
        AgendaItem.id.not_in(missed),
    )


def agenda(session: Session, actor: Actor, row: Meeting) -> tuple[AgendaRow, ...]:
    """The agenda of a readable meeting in its order, as far as the actor may read it."""
    missed = unattended(session, actor).get(row.id, frozenset())
    return tuple(one for one in agenda_rows(row.agenda) if one.item.id not in missed)


def resolutions(session: Session, actor: Actor) -> Select[Resolution]:
    """Select the resolutions the actor may read: a member's, of items they may read."""
    query = select(Resolution).where(own(Resolution.body_id, actor))
    if actor.role is not UserRole.MEMBER:
        return query
    return query.where(
        Resolution.agenda_item_id.in_(_item_ids(session, actor)), Resolution.voided_on.is_(None)
    )


def papers(session: Session, actor: Actor) -> Select[Paper]:
    """Select the papers the actor may read: a member's, that stand on an agenda they may read."""
    query = select(Paper).where(own(Paper.body_id, actor))
    if actor.role is not UserRole.MEMBER:
        return query
    called = select(Consultation.paper_id).where(
        Consultation.agenda_item_id.in_(_item_ids(session, actor))
    )
    return query.where(Paper.id.in_(called))


def attachments(session: Session, actor: Actor) -> Select[Attachment]:
    """Select the attachments of the papers the actor may read."""
    readable = papers(session, actor).with_only_columns(Paper.id)
    return select(Attachment).where(Attachment.paper_id.in_(readable))


def organizations(actor: Actor) -> Select[Organization]:
    """Select the organisations of the actor's Body."""
    return select(Organization).where(own(Organization.body_id, actor))


def persons(actor: Actor) -> Select[Person]:
    """Select the persons of the actor's Body; members read only themselves here."""
    query = select(Person).where(own(Person.body_id, actor))
    return query.where(Person.id == actor.person_id) if _is_member(actor) else query


def locations(actor: Actor) -> Select[Location]:
    """Select the places of the actor's Body."""
    return select(Location).where(own(Location.body_id, actor))


def terms(actor: Actor) -> Select[LegislativeTerm]:
    """Select the legislative terms of the actor's Body."""
    return select(LegislativeTerm).where(own(LegislativeTerm.body_id, actor))


def meeting(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    """Load a meeting."""
    return one(session, meetings(session, actor).where(Meeting.id == meeting_id))


def agenda_item(session: Session, actor: Actor, item_id: int) -> AgendaItem:
    """Load an agenda item of a readable meeting; members read those that stand on its agenda."""
    return one(session, agenda_items(session, actor).where(AgendaItem.id == item_id))


def agenda_change(session: Session, actor: Actor, change_id: int) -> AgendaChange:
    """Load a decision of the room on the agenda of a readable meeting."""
    return one(
        session,
        select(AgendaChange).where(
            AgendaChange.id == change_id,
            AgendaChange.meeting_id.in_(_meeting_ids(session, actor)),
        ),
    )


def ballot(session: Session, actor: Actor, ballot_id: int) -> Ballot:
    """Load a ballot on a readable item."""
    readable = _item_ids(session, actor)
    query = select(Ballot).where(Ballot.id == ballot_id, Ballot.agenda_item_id.in_(readable))
    return one(session, query)


def election(session: Session, actor: Actor, election_id: int) -> Election:
    """Load an election on a readable item."""
    readable = _item_ids(session, actor)
    query = select(Election).where(
        Election.id == election_id, Election.agenda_item_id.in_(readable)
    )
    return one(session, query)


def election_round(session: Session, actor: Actor, round_id: int) -> ElectionRound:
    """Load a round of an election on a readable item."""
    return one(
        session,
        select(ElectionRound)
        .join(ElectionRound.election)
        .where(
            ElectionRound.id == round_id,
            Election.agenda_item_id.in_(_item_ids(session, actor)),
        ),
    )


def apportionments(actor: Actor) -> Select[Apportionment]:
    """Select how seats were shared out in the actor's Body."""
    return select(Apportionment).where(own(Apportionment.body_id, actor))


def apportionment(session: Session, actor: Actor, apportionment_id: int) -> Apportionment:
    """Load how the seats of a committee were shared out."""
    return one(session, apportionments(actor).where(Apportionment.id == apportionment_id))


def attendance(session: Session, actor: Actor, attendance_id: int) -> Attendance:
    """Load an entry of the attendance list of a readable meeting."""
    return one(
        session,
        select(Attendance).where(
            Attendance.id == attendance_id,
            Attendance.meeting_id.in_(_meeting_ids(session, actor)),
        ),
    )


def recusal(session: Session, actor: Actor, recusal_id: int) -> Recusal:
    """Load a recusal on a readable item."""
    readable = _item_ids(session, actor)
    query = select(Recusal).where(Recusal.id == recusal_id, Recusal.agenda_item_id.in_(readable))
    return one(session, query)


def minutes(session: Session, actor: Actor, minutes_id: int) -> Minutes:
    """Load the minutes of a readable meeting that one does not leave early."""
    query = select(Minutes).where(
        Minutes.id == minutes_id,
        Minutes.meeting_id.in_(_meeting_ids(session, actor)),
        Minutes.meeting_id.not_in(unattended(session, actor)),
    )
    return one(session, query)


def documents(session: Session, actor: Actor) -> Select[IssuedDocument]:
    """Select the issued PDFs of readable meetings.

    Members read invitation, notice and supplements, and of the minutes the latest print once they
    are signed: drafts are the office's own. Who leaves a meeting early reads what was announced.
    """
    query = select(IssuedDocument).where(
        IssuedDocument.meeting_id.in_(_meeting_ids(session, actor))
    )
    if not _is_member(actor):
        return query
    printed = aliased(IssuedDocument)
    latest = (
        select(func.max(printed.id))
        .join(Minutes, Minutes.meeting_id == printed.meeting_id)
        .where(
            printed.kind == DocumentKind.MINUTES_FULL,
            Minutes.state.not_in((MinutesState.DRAFT, MinutesState.PRESENTED)),
        )
        .group_by(printed.meeting_id)
    )
    left_early = IssuedDocument.meeting_id.in_(unattended(session, actor))
    return query.where(
        or_(IssuedDocument.kind.in_(SENT), IssuedDocument.id.in_(latest)),
        or_(IssuedDocument.kind.in_(ANNOUNCED), ~left_early),
    )


def document(session: Session, actor: Actor, document_id: int) -> IssuedDocument:
    """Load an issued PDF that the actor may read."""
    return one(session, documents(session, actor).where(IssuedDocument.id == document_id))


def resolution(session: Session, actor: Actor, resolution_id: int) -> Resolution:
    """Load a resolution."""
    return one(session, resolutions(session, actor).where(Resolution.id == resolution_id))


def resolution_report(session: Session, actor: Actor, report_id: int) -> ResolutionReport:
    """Load a report on a readable resolution."""
    readable = resolutions(session, actor).with_only_columns(Resolution.id)
    return one(
        session,
        select(ResolutionReport).where(
            ResolutionReport.id == report_id, ResolutionReport.resolution_id.in_(readable)
        ),
    )


def paper(session: Session, actor: Actor, paper_id: int) -> Paper:
    """Load a paper."""
    return one(session, papers(session, actor).where(Paper.id == paper_id))


def attachment(session: Session, actor: Actor, attachment_id: int) -> Attachment:
    """Load an attachment of a readable paper."""
    return one(session, attachments(session, actor).where(Attachment.id == attachment_id))


def consultation(session: Session, actor: Actor, consultation_id: int) -> Consultation:
    """Load a step of a readable paper's path."""
    return one(
        session,
        select(Consultation).where(
            Consultation.id == consultation_id,
            Consultation.paper_id.in_(papers(session, actor).with_only_columns(Paper.id)),
        ),
    )


def organization(session: Session, actor: Actor, organization_id: int) -> Organization:
    """Load an organisation."""
    return one(session, organizations(actor).where(Organization.id == organization_id))


def membership(session: Session, actor: Actor, membership_id: int) -> Membership:
    """Load a membership in an organisation of the actor's Body."""
    return one(
        session,
        select(Membership).where(
            Membership.id == membership_id,
            Membership.organization_id.in_(organizations(actor).with_only_columns(Organization.id)),
        ),
    )


def person(session: Session, actor: Actor, person_id: int) -> Person:
    """Load a person."""
    return one(session, persons(actor).where(Person.id == person_id))


def location(session: Session, actor: Actor, location_id: int) -> Location:
    """Load a place."""
    return one(session, locations(actor).where(Location.id == location_id))


def term(session: Session, actor: Actor, term_id: int) -> LegislativeTerm:
    """Load a legislative term."""
    return one(session, terms(actor).where(LegislativeTerm.id == term_id))


def body(session: Session, actor: Actor, body_id: int) -> Body:
    """Load a Body: one's own, or any for an administrator."""
    query = select(Body).where(Body.id == body_id)
    if actor.role is not UserRole.ADMINISTRATOR:
        query = query.where(own(Body.id, actor))
    return one(session, query)


def user(session: Session, actor: Actor, user_id: int) -> OfficeUser:
    """Load a user, as an administrator."""
    query = select(OfficeUser).where(OfficeUser.id == user_id)
    if actor.role is not UserRole.ADMINISTRATOR:
        query = query.where(false())
    return one(session, query)


def one(session: Session, query: Select[Row]) -> Row:
    """The one row of a query; NotFound where there is none."""
    row = session.scalar(query)
    if row is None:
        raise NotFound
    return row


def own(column: object, actor: Actor) -> ColumnElement[bool]:
    """The rows of the actor's Body; who belongs to none reads none."""
    if actor.body_id is None:
        return false()
    return column == actor.body_id  # type: ignore[return-value]  # a column, compared


def _is_member(actor: Actor) -> bool:
    return actor.role is UserRole.MEMBER


def _meeting_ids(session: Session, actor: Actor) -> Select[int]:
    return meetings(session, actor).with_only_columns(Meeting.id)


def _item_ids(session: Session, actor: Actor) -> Select[int]:
    return agenda_items(session, actor).with_only_columns(AgendaItem.id)
