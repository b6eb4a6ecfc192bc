"""A record in which every kind of secret exists, beside everything that is public.

A meeting with non-public items, papers and attachments, names, notes and votes is carried from
the agenda to the minutes; nothing of it is released yet when the record is marked.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import (
    agenda,
    attachments,
    ballots,
    changes,
    meetings,
    minutes,
    organizations,
    papers,
    people,
    proceedings,
    releases,
    resolutions,
    summons,
)
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.law.values import Part
from sitzungsdienst.record import schema
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.changes import ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import ConsultationRole, Paper
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import (
    AttendanceKind,
    BallotKind,
    BallotOutcome,
    Choice,
    Decision,
)
from tests.canary.filling import Side, fill
from tests.canary.marking import MARKER
from tests.support.cast import Cast
from tests.support.pdf import small_pdf

START = datetime(2017, 4, 19, 15, tzinfo=UTC)
END = datetime(2017, 4, 19, 17, tzinfo=UTC)
BEFORE = datetime(2017, 4, 3, 8, tzinfo=UTC)
AFTER = datetime(2017, 5, 10, 8, tzinfo=UTC)
#: What the non-public agenda calls an item that the room opens to the public.
OPENED = "Pacht der Familie Lehmann"


@dataclass(slots=True)
class Scenario:
    """What was entered, by id; `release_all` makes public whatever an office may release."""

    session: Session
    actor: Actor
    committee: int = 0
    other_committee: int = 0
    meeting: int = 0
    hidden_meeting: int = 0
    public_paper: int = 0
    secret_paper: int = 0

    def release_all(self, reason: str) -> None:
        """Every release the office knows, for everything the gate allows."""
        for committee in (self.committee, self.other_committee):
            releases.release_organization(self.session, self.actor, committee, reason, AFTER)
        releases.release_paper(self.session, self.actor, self.public_paper, reason, AFTER)
        # An agenda that would not change is refused; the summons has released it before.
        with suppress(RuleBroken):
            releases.release_agenda(self.session, self.actor, self.meeting, reason, AFTER)
        releases.release_minutes(self.session, self.actor, self.meeting, reason, AFTER)


def arrange(session: Session, cast: Cast) -> Scenario:
    """Enter everything up to the approved minutes; only the summons has released its agenda."""
    scenario = Scenario(session, Actor.system(cast.boerde), committee=cast.committee)
    members = _people(scenario)
    _papers(scenario)
    _meetings(scenario)
    _held(scenario, members, cast.nehring)
    fill(session, schema.metadata, _sides(scenario))
    return scenario


def _sides(scenario: Scenario) -> tuple[Side, Side]:
    """What the rows of the tables that no act has filled hang on: the public side, the other."""
    meeting = scenario.session.get_one(Meeting, scenario.meeting)
    items = {item.title: item for item in meeting.agenda}
    public, secret = items["Vorlage"], items["Grundstückskauf Meier"]

    def side(item: AgendaItem, paper: int) -> Side:
        return {
            "meeting": meeting.id,
            "agenda_item": item.id,
            "ballot": item.ballots[0].id,
            "treatment": item.treatment.id if item.treatment else 0,
            "paper": paper,
            "body": meeting.body_id,
            "organization": scenario.committee,
            "person": meeting.attendances[0].person_id,
        }

    return side(public, scenario.public_paper), side(secret, scenario.secret_paper)


def _people(scenario: Scenario) -> list[int]:
    session, actor = scenario.session, scenario.actor
    scenario.other_committee = organizations.create_organization(
        session,
        actor,
        organizations.OrganizationFacts(name="Bauausschuss", kind=OrganizationKind.COMMITTEE),
        BEFORE,
    )
    members = []
    for number in range(1, 4):
        facts = people.PersonFacts(
            family_name=f"Mitglied {number}",
            email=f"mitglied{number}@privat.example",
            phone="03904 1234",
            note="wohnt in der Nachbarschaft",
        )
        members.append(people.create_person(session, actor, facts, BEFORE))
        for committee in (scenario.committee, scenario.other_committee)[: 1 + (number == 3)]:
            seat = people.MembershipFacts(person_id=members[-1], role=MembershipRole.MEMBER)
            people.add_membership(session, actor, committee, seat, BEFORE)
    people.create_person(
        session, actor, people.PersonFacts(family_name="Antragstellerin Meier"), BEFORE
    )
    return members


def _papers(scenario: Scenario) -> None:
    session, actor = scenario.session, scenario.actor
    for public in (True, False):
        facts = papers.PaperFacts(
            reference="2017/1" if public else "2017/2-NÖ",
            title="Öffentliche Vorlage" if public else "Grundstückskauf Meier",
            paper_type="Beschlussvorlage",
            public=public,
            originators=(papers.Originator("Amt 1" if public else "Frau Meier"),),
            proposed_resolution="Der Ausschuss beschließt.",
            reasons="Begründung",
            internal_note="nur fürs Haus",
        )
        paper = papers.create_paper(session, actor, facts, BEFORE)
        for name, file_public in (("Plan", True), ("Kaufpreis", False)):
            shown = public and file_public
            told = f"{name} {public}" if shown else f"{MARKER}-pdf {name} {public}"
            upload = attachments.Upload(f"{name}.pdf", small_pdf(told))
            wanted = attachments.AttachmentFacts(name=name, public=file_public)
            attachments.attach(session, actor, paper, upload, wanted, BEFORE)
        step = papers.Step(scenario.committee, ConsultationRole.DECISION)
        papers.add_step(session, actor, paper, step, BEFORE)
        if public:
            scenario.public_paper = paper
        else:
            scenario.secret_paper = paper


def _meetings(scenario: Scenario) -> None:
    session, actor = scenario.session, scenario.actor
    location = organizations.create_location(
        session, actor, organizations.LocationFacts(room="Saal"), BEFORE
    )
    facts = meetings.MeetingFacts(
        name="ordentliche Sitzung",
        committee_ids=(scenario.committee,),
        start=START,
        location_id=location,
        internal_note="Hausverbot prüfen",
    )
    scenario.meeting = meetings.plan_meeting(session, actor, facts, BEFORE)
    scenario.hidden_meeting = meetings.plan_meeting(session, actor, facts, BEFORE)
    public, secret = (
        session.get_one(Paper, one).consultations[0].id
        for one in (scenario.public_paper, scenario.secret_paper)
    )
    for item in (
        agenda.ItemFacts(title="Eröffnung"),
        agenda.ItemFacts(title="Vorlage", consultation_ids=(public,)),
        agenda.ItemFacts(title="Abgesetzter Punkt"),
        agenda.ItemFacts(
            title="Grundstückskauf Meier",
            part=Part.NONPUBLIC,
            disclosure=Disclosure.NEUTRAL,
            public_title="Grundstücksangelegenheit",
            consultation_ids=(secret,),
        ),
        agenda.ItemFacts(title="Personalsache Schulze", part=Part.NONPUBLIC),
        agenda.ItemFacts(
            title=OPENED,
            part=Part.NONPUBLIC,
            disclosure=Disclosure.NEUTRAL,
            public_title="Pachtangelegenheit",
        ),
    ):
        agenda.add_item(session, actor, scenario.meeting, item, BEFORE)
    items = {item.title: item for item in session.get_one(Meeting, scenario.meeting).agenda}
    taken_off = items["Abgesetzter Punkt"]
    agenda.remove_item(session, actor, taken_off.id, taken_off.version, BEFORE)


def _held(scenario: Scenario, members: list[int], voter: int) -> None:
    session, actor, meeting = scenario.session, scenario.actor, scenario.meeting
    facts = summons.SummonsFacts(acknowledged=True)
    summons.summon(session, actor, meeting, _version(session, meeting), facts, BEFORE)
    presences = [
        proceedings.Presence(person_id=one, kind=AttendanceKind.PRESENT, note="Fahrdienst")
        for one in (members[0], members[1], voter)
    ]
    away = proceedings.Presence(
        person_id=members[2], kind=AttendanceKind.EXCUSED, note="Reha nach Operation"
    )
    version = _version(session, meeting)
    entered = (*presences, away)
    proceedings.record_attendance(session, actor, meeting, version, entered, START)
    _opened(scenario)
    for item in session.get_one(Meeting, meeting).agenda:
        treatment = proceedings.TreatmentFacts(
            deliberation="Wortprotokoll",
            resolution_text="Beschluss",
            decision=Decision.ADOPTED,
            internal_note="Merker",
        )
        row = item.treatment.version if item.treatment else None
        proceedings.record_treatment(session, actor, item.id, row, treatment, START)
        told = ballots.BallotFacts(
            kind=BallotKind.SECRET, outcome=BallotOutcome.ACCEPTED, result_text="angenommen"
        )
        ballots.record_ballot(session, actor, item.id, told, START)
        called = ballots.BallotFacts(
            kind=BallotKind.ROLL_CALL,
            votes=((members[0], Choice.YES), (members[1], Choice.NO)),
            difference="Herr Nehring stimmte nicht mit",
        )
        ballots.record_ballot(session, actor, item.id, called, START)
    version = _version(session, meeting)
    proceedings.close_meeting(session, actor, meeting, version, END, END)
    waiting = resolutions.awaiting(session.get_one(Meeting, meeting))
    numberings = tuple(resolutions.Numbering(item_id=one.id) for one in waiting)
    resolutions.number_resolutions(session, actor, meeting, numberings, END)
    signers = minutes.MinutesFacts(chair_name="Vorsitz", clerk_name="Krüger", remark="intern")
    row = minutes.draft_minutes(session, actor, meeting, signers, END)
    version = session.get_one(Minutes, row).version
    minutes.sign_minutes(session, actor, row, version, date(2017, 5, 2), AFTER)
    version = session.get_one(Minutes, row).version
    minutes.approve_minutes(session, actor, row, version, date(2017, 5, 9), None, AFTER)


def _opened(scenario: Scenario) -> None:
    """The room treats publicly what was planned behind closed doors."""
    session, actor = scenario.session, scenario.actor
    agenda_now = session.get_one(Meeting, scenario.meeting).agenda
    item = next(one for one in agenda_now if one.title == OPENED)
    facts = changes.ChangeFacts(
        kind=ChangeKind.TO_PUBLIC, reason="Frau Lehmann", yes=3, no=0, abstentions=0,
        decided_at=START,
    )  # fmt: skip
    changes.decide_change(session, actor, item.id, item.version, facts, START)


def _version(session: Session, meeting: int) -> int:
    return session.get_one(Meeting, meeting).version
