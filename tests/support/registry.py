"""What an office keeps before its first meeting, entered for tests through the acts."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
from sqlalchemy.orm import Session

from sitzungsdienst.acts import agenda, attachments, meetings, organizations, papers, people
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.papers import ConsultationRole

STARTED = date(2014, 7, 1)


def pdf() -> bytes:
    """A sound PDF of one empty page."""
    stream = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(stream, deterministic_id=True)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class Registry:
    """The office of one clerk; every method gives the id of what it enters."""

    session: Session
    actor: Actor
    now: datetime

    @classmethod
    def of(cls, session: Session, user_id: int, now: datetime) -> "Registry":
        """The office of that user."""
        actor = Actor.of(session.get_one(OfficeUser, user_id))
        return cls(session, actor, now)

    def organization(
        self, name: str, kind: OrganizationKind = OrganizationKind.COMMITTEE, **more: Any
    ) -> int:
        """Found an organisation."""
        facts = organizations.OrganizationFacts(name=name, kind=kind, **more)
        return organizations.create_organization(self.session, self.actor, facts, self.now)

    def person(self, family_name: str, **more: Any) -> int:
        """Enter a person."""
        facts = people.PersonFacts(family_name=family_name, **more)
        return people.create_person(self.session, self.actor, facts, self.now)

    def seat(self, organization: int, person: int, **more: Any) -> int:
        """Seat a person."""
        facts = people.MembershipFacts(person_id=person, **{"start_date": STARTED, **more})
        return people.add_membership(self.session, self.actor, organization, facts, self.now)

    def location(self, room: str = "Sitzungsraum II", **more: Any) -> int:
        """Enter a room."""
        facts = organizations.LocationFacts(room=room, **more)
        return organizations.create_location(self.session, self.actor, facts, self.now)

    def paper(self, reference: str = "2017/FB3/0433", **more: Any) -> int:
        """Enter a paper."""
        usual = {"title": "Integrationskonzept", "paper_type": "Beschlussvorlage"}
        facts = papers.PaperFacts(reference=reference, **{**usual, **more})
        return papers.create_paper(self.session, self.actor, facts, self.now)

    def step(self, paper: int, committee: int) -> int:
        """Add a step to a paper's path."""
        step = papers.Step(committee, ConsultationRole.PRELIMINARY)
        return papers.add_step(self.session, self.actor, paper, step, self.now)

    def attachment(self, paper: int, name: str, *, public: bool = False) -> int:
        """Attach a PDF."""
        upload = attachments.Upload(f"{name}.pdf", pdf())
        facts = attachments.AttachmentFacts(name=name, public=public)
        return attachments.attach(self.session, self.actor, paper, upload, facts, self.now)

    def summoned_meeting(self, committee: int, step: int) -> int:
        """A summoned meeting with that step of a paper's path on its agenda."""
        facts = meetings.MeetingFacts(
            name="Sitzung",
            committee_ids=(committee,),
            start=datetime(2017, 4, 19, 15, tzinfo=UTC),
            location_id=self.location(),
        )
        meeting = meetings.plan_meeting(self.session, self.actor, facts, self.now)
        item = agenda.ItemFacts(
            title="Integrationskonzept", part=Part.PUBLIC, consultation_ids=(step,)
        )
        row = agenda.add_item(self.session, self.actor, meeting, item, self.now)
        self.session.get_one(Meeting, meeting).state = MeetingState.SUMMONED
        self.session.get_one(AgendaItem, row).number = "Ö 1"
        self.session.commit()
        return meeting
