"""One row of everything, full of marks that name their column."""

import uuid
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import inspect

from sitzungsdienst.gate import compose_items
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.bodies import (
    Body,
    CompositionRule,
    FormerName,
    LegislativeTerm,
    Location,
    Organization,
)
from sitzungsdienst.record.bodies import OrganizationKind as Kind
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.elections import (
    Candidate,
    Election,
    ElectionKind,
    ElectionRound,
    Lot,
    RoundOutcome,
    Tally,
)
from sitzungsdienst.record.meetings import (
    AgendaItem,
    Disclosure,
    ItemKind,
    Meeting,
    MeetingCommittee,
    MeetingKind,
    MeetingState,
)
from sitzungsdienst.record.paper_work import Cosignature, PaperUnit, PaperVersion
from sitzungsdienst.record.papers import (
    Attachment,
    Blob,
    Consultation,
    ConsultationRole,
    DocumentKind,
    IssuedDocument,
    Paper,
    PaperOriginator,
)
from sitzungsdienst.record.people import (
    ContactConsent,
    ContactField,
    InstitutionalMembership,
    Membership,
    MembershipRole,
    Person,
)
from sitzungsdienst.record.proceedings import (
    Ballot,
    BallotKind,
    BallotOutcome,
    Choice,
    Decision,
    Motion,
    Requirement,
    Stance,
    Treatment,
    Vote,
)
from sitzungsdienst.record.resolutions import (
    Announcement,
    Progress,
    Resolution,
    ResolutionReport,
)

MOMENT = datetime(2017, 4, 19, 15, tzinfo=UTC)


KEYS = frozenset({"uid", "sha512"})


Row = TypeVar("Row", bound=Base)


def secret(row: Row) -> Row:
    """Fill every text column that the test left empty with a mark that names it."""
    for column in inspect(type(row)).columns:
        if column.type.python_type is str and getattr(row, column.key) is None:
            word = f"«{row.__tablename__}.{column.key}»"
            setattr(row, column.key, str(uuid.uuid4()) if column.key in KEYS else word)
    return row


def marks(document: object) -> set[str]:
    """The columns whose marks the document holds."""
    written = str(asdict(document))  # type: ignore[call-overload]  # every document is a dataclass
    return {part.split("»")[0] for part in written.split("«")[1:]}


class House:
    """One row of everything, linked as a record links them, full of marks."""

    def __init__(self) -> None:
        self.body = secret(Body())
        self.term = secret(LegislativeTerm(body=self.body, start_date=date(2014, 7, 1)))
        self.committee = secret(Organization(body=self.body, kind=Kind.COMMITTEE))
        self.group = secret(Organization(body=self.body, kind=Kind.GROUP, name="Fraktion"))
        self.location = secret(Location(body=self.body))
        self.person = secret(Person(body=self.body))
        self.membership = secret(
            Membership(
                organization=self.committee,
                person=self.person,
                role=MembershipRole.CHAIR,
                voting_right=True,
                on_behalf_of=self.group,
            )
        )
        self.paper = secret(Paper(body=self.body, public=True, responsible_unit=self.committee))
        self.paper.originators.append(secret(PaperOriginator(person=self.person)))
        self.file = secret(
            Attachment(
                paper=self.paper,
                public=True,
                size=1,
                created_at=MOMENT,
                modified_at=MOMENT,
                file_name="«attachment.file_name».pdf",
            )
        )
        self.meeting = secret(
            Meeting(
                body=self.body, location=self.location, start=MOMENT, state=MeetingState.CLOSED,
                cancelled=False, sequence=0, kind=MeetingKind.ORDINARY, number=26,
            )
        )  # fmt: skip
        self.meeting.committees.append(MeetingCommittee(organization=self.committee, position=0))
        self.item = self._item(Part.PUBLIC, 1)
        self.secret_item = self._item(Part.NONPUBLIC, 2)
        self.step = secret(
            Consultation(
                paper=self.paper, organization=self.committee, role=ConsultationRole.DECISION,
                agenda_item=self.item,
            )
        )  # fmt: skip
        self.consent = ContactConsent(field=ContactField.EMAIL, given_on=date(2017, 1, 1))
        self.person.consents.append(self.consent)
        self.committee.former_names.append(secret(FormerName(valid_until=date(2014, 6, 30))))
        self.committee.composition.append(secret(CompositionRule(count=5, voting_right=True)))
        self.committee.institutional_members.append(
            secret(
                InstitutionalMembership(
                    role=MembershipRole.MEMBER, voting_right=True, represented_by=self.person
                )
            )
        )
        self.paper.further_units.append(PaperUnit(organization=self.group))
        self.paper.versions.append(secret(PaperVersion(number=1, fixed_at=MOMENT)))
        self.paper.cosignatures.append(secret(Cosignature(organization=self.group)))
        self.change = secret(
            AgendaChange(meeting=self.meeting, agenda_item=self.item, kind=ChangeKind.TAKEN_EARLIER)
        )
        self.resolution = self._resolution(self.item, Part.PUBLIC)
        self.secret_resolution = self._resolution(self.secret_item, Part.NONPUBLIC)
        self._election()
        self.issued = secret(IssuedDocument(kind=DocumentKind.EXCERPT, issued_at=MOMENT))
        self.issued.blob = Blob(size=1)

    def _item(self, part: Part, number: int) -> AgendaItem:
        item = secret(
            AgendaItem(id=number, meeting=self.meeting, part=part, position=number,
                       disclosure=Disclosure.NEUTRAL, kind=ItemKind.ITEM)
        )  # fmt: skip
        item.treatment = secret(Treatment(decision=Decision.ADOPTED))
        item.ballots.append(self._ballot(BallotKind.OPEN))
        return item

    def _resolution(self, item: AgendaItem, part: Part) -> Resolution:
        resolution = secret(
            Resolution(
                body=self.body, agenda_item=item, part=part, decision=Decision.ADOPTED,
                decided_on=MOMENT.date(), announcement=Announcement.NOT_NEEDED,
                progress=Progress.RUNNING, unit=self.group,
            )
        )  # fmt: skip
        for public in (True, False):
            report = secret(ResolutionReport(reported_on=MOMENT.date(), public=public))
            report.text += str(public)
            resolution.reports.append(report)
        return resolution

    def _election(self) -> None:
        election = secret(Election(agenda_item=self.item, kind=ElectionKind.PERSONS, secret=True))
        candidate = secret(Candidate(election=election, person=self.person, seats_won=0))
        wahlgang = secret(
            ElectionRound(election=election, number=1, present=3, handed_in=3, no=0, abstentions=0,
                          invalid=0, outcome=RoundOutcome.ELECTED)
        )  # fmt: skip
        wahlgang.tallies.append(Tally(candidate=candidate, votes=3))
        wahlgang.lots.append(Lot(among="[]", candidate=candidate, drawn_by="«lot.drawn_by»"))

    def _ballot(self, kind: BallotKind) -> Ballot:
        ballot = secret(
            Ballot(kind=kind, outcome=BallotOutcome.ACCEPTED, present=3, recused=0, position=1,
                   yes=1, no=0, abstentions=0, invalid=0, motion=Motion.AMENDMENT,
                   requirement=Requirement.SIMPLE, organization=self.committee)
        )  # fmt: skip
        ballot.votes.append(Vote(person=self.person, choice=Choice.YES))
        ballot.stances.append(secret(Stance(choice=Choice.NO, person=self.person)))
        return ballot

    def agenda(self) -> tuple[PublicAgendaItem, ...]:
        return compose_items.agenda(self.meeting, {}, {self.step.uid})

    def excerpt(self, kind: BallotKind) -> PublicAgendaItem:
        self.item.ballots[0].kind = kind
        return compose_items.excerpt(
            self.agenda()[0], self.item, file_uid="", released_on=date(2017, 5, 2)
        )

    def announcing(self) -> PublicAgendaItem:
        self.secret_resolution.announcement = Announcement.ANNOUNCED
        self.secret_resolution.announced_on = date(2017, 5, 2)
        self.item.announced.append(self.secret_resolution)
        return self.excerpt(BallotKind.OPEN)
