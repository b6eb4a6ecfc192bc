"""Entering a record in few words: everything through the same acts as the office's pages.

`Desk work` of a clerk: `Builder(session, actor)` creates what a test needs and gives ids; nothing
here writes the record by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from sitzungsdienst.acts import (
    agenda,
    attachments,
    ballots,
    meetings,
    minutes,
    organizations,
    papers,
    people,
    proceedings,
    releases,
    summons,
)
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.editions import give_public_url
from sitzungsdienst.database import prepare_record_engine
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import ConsultationRole
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import AttendanceKind, Decision
from tests.support import moulds
from tests.support.cast import PUBLIC_URL

PLANNED_ON = datetime(2017, 4, 3, 8, tzinfo=UTC)
START = datetime(2017, 4, 19, 15, tzinfo=UTC)
END = datetime(2017, 4, 19, 17, tzinfo=UTC)
AFTERWARDS = datetime(2017, 5, 10, 8, tzinfo=UTC)


def pdf(text: str = "Anlage") -> bytes:
    """A small sound PDF, the same bytes for the same text."""
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(72, 720, text)
    canvas.save()
    return stream.getvalue()


@contextmanager
def record_engine(url: str, *, tables: bool = True) -> Iterator[Engine]:
    """An engine on the record, with all tables unless told otherwise."""
    engine = create_engine(url)
    prepare_record_engine(engine)
    try:
        if tables:
            moulds.create_tables(engine)
        yield engine
    finally:
        engine.dispose()


@dataclass
class Builder:
    """A clerk who enters what a test needs, at the moment `now`."""

    session: Session
    actor: Actor
    now: datetime = PLANNED_ON
    _count: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        give_public_url(self.session, PUBLIC_URL)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def version(self, kind: type, row_id: int) -> int:
        """The version that a form of the page would carry."""
        self.session.rollback()
        return int(self.session.get_one(kind, row_id, populate_existing=True).version)

    def organization(
        self,
        name: str = "",
        kind: OrganizationKind = OrganizationKind.COMMITTEE,
        **facts: object,
    ) -> int:
        """An organisation; gives its id."""
        wanted = {"name": name or f"Gremium {self._next()}", "kind": kind, **facts}
        whole = organizations.OrganizationFacts(**wanted)  # type: ignore[arg-type]  # the test's own facts
        return organizations.create_organization(self.session, self.actor, whole, self.now)

    def location(self, room: str = "Saal") -> int:
        """A place; gives its id."""
        facts = organizations.LocationFacts(room=room, locality="Haldensleben")
        return organizations.create_location(self.session, self.actor, facts, self.now)

    def person(self, name: str = "") -> int:
        """A person; gives the id."""
        facts = people.PersonFacts(family_name=name or f"Person {self._next()}")
        return people.create_person(self.session, self.actor, facts, self.now)

    def seat(self, committee: int, person: int, **facts: object) -> int:
        """A membership; gives its id."""
        wanted = {"role": MembershipRole.MEMBER, **facts}
        seat = people.MembershipFacts(person_id=person, **wanted)  # type: ignore[arg-type]  # the test's own facts
        return people.add_membership(self.session, self.actor, committee, seat, self.now)

    def paper_facts(self, **facts: object) -> papers.PaperFacts:
        """Facts of a paper, sound but for what the test names."""
        whole = {
            "reference": f"2017/{self._next()}",
            "title": "Vorlage",
            "paper_type": "Beschlussvorlage",
        }
        return papers.PaperFacts(**(whole | facts))  # type: ignore[arg-type]  # the test's own facts

    def paper(self, **facts: object) -> int:
        """A paper; gives its id."""
        return papers.create_paper(self.session, self.actor, self.paper_facts(**facts), self.now)

    def step(self, paper: int, committee: int) -> int:
        """A step of a paper's path; gives the consultation's id."""
        step = papers.Step(committee, ConsultationRole.DECISION)
        return papers.add_step(self.session, self.actor, paper, step, self.now)

    def attach(self, paper: int, *, public: bool = False, text: str = "Anlage") -> int:
        """An attachment; gives its id."""
        upload = attachments.Upload(f"{text}.pdf", pdf(text))
        facts = attachments.AttachmentFacts(name=text, public=public)
        return attachments.attach(self.session, self.actor, paper, upload, facts, self.now)

    def meeting_facts(self, *committees: int, **facts: object) -> meetings.MeetingFacts:
        """Facts of a meeting, sound but for what the test names."""
        whole: dict[str, object] = {
            "name": "ordentliche Sitzung",
            "committee_ids": committees,
            "start": START,
        } | facts
        if "location_id" not in whole:
            whole["location_id"] = self.location()
        return meetings.MeetingFacts(**whole)  # type: ignore[arg-type]  # the test's own facts

    def meeting(self, *committees: int, **facts: object) -> int:
        """A planned meeting; gives its id."""
        wanted = self.meeting_facts(*committees, **facts)
        return meetings.plan_meeting(self.session, self.actor, wanted, self.now)

    def item(self, meeting: int, title: str = "Punkt", **facts: object) -> int:
        """An item at the end of its siblings; gives its id."""
        wanted = agenda.ItemFacts(title=title, **facts)  # type: ignore[arg-type]  # the test's own facts
        return agenda.add_item(self.session, self.actor, meeting, wanted, self.now)

    def secret_item(self, meeting: int, title: str, neutral: str = "") -> int:
        """A non-public item, named to the public by `neutral` or not at all; gives its id."""
        shown = Disclosure.NEUTRAL if neutral else Disclosure.HIDDEN
        return self.item(
            meeting, title, part=Part.NONPUBLIC, public_title=neutral, disclosure=shown
        )

    def summon(self, meeting: int, *papers_released: int) -> None:
        """Summon, whatever the law warns of."""
        facts = summons.SummonsFacts(paper_ids=papers_released, acknowledged=True)
        version = self.version(Meeting, meeting)
        summons.summon(self.session, self.actor, meeting, version, facts, self.now)

    def present(self, meeting: int, *persons: int) -> None:
        """Record who is there."""
        there = tuple(
            proceedings.Presence(person_id=one, kind=AttendanceKind.PRESENT) for one in persons
        )
        version = self.version(Meeting, meeting)
        proceedings.record_attendance(self.session, self.actor, meeting, version, there, self.now)

    def treat(self, item: int, deliberation: str = "Es wird beraten.") -> None:
        """Record what was said and that the item was adopted."""
        facts = proceedings.TreatmentFacts(
            deliberation=deliberation, resolution_text="So sei es.", decision=Decision.ADOPTED
        )
        proceedings.record_treatment(self.session, self.actor, item, None, facts, self.now)

    def correct(self, item: int, deliberation: str = "Es wurde anders beraten.") -> None:
        """Change what was recorded on an item, so that a second release has something to say."""
        row = self.session.get_one(AgendaItem, item).treatment
        facts = proceedings.TreatmentFacts(deliberation=deliberation)
        version = row.version if row else None
        proceedings.record_treatment(self.session, self.actor, item, version, facts, AFTERWARDS)

    def vote(self, item: int, **facts: object) -> int:
        """Record a ballot; gives its id. Where fewer voted than could, that is explained."""
        if "yes" in facts or "votes" in facts:
            facts = {"difference": "Nicht alle nahmen teil."} | facts
        wanted = ballots.BallotFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
        return ballots.record_ballot(self.session, self.actor, item, wanted, self.now)

    def close(self, meeting: int) -> None:
        """Close a meeting at END."""
        version = self.version(Meeting, meeting)
        proceedings.close_meeting(self.session, self.actor, meeting, version, END, END)

    def sign(self, meeting: int, *, approve: bool = False) -> int:
        """Draft and sign the minutes, approve them if asked; gives their id."""
        facts = minutes.MinutesFacts(chair_name="Vorsitz", clerk_name="Krüger")
        row = minutes.draft_minutes(self.session, self.actor, meeting, facts, AFTERWARDS)
        args = (self.session, self.actor, row)
        minutes.sign_minutes(*args, self.version(Minutes, row), date(2017, 5, 2), AFTERWARDS)
        if approve:
            version = self.version(Minutes, row)
            minutes.approve_minutes(*args, version, date(2017, 5, 9), None, AFTERWARDS)
        return row

    def release_excerpts(self, meeting: int, *items: int, reason: str = "") -> None:
        """Release the excerpts of items."""
        releases.release_excerpts(self.session, self.actor, meeting, items, reason, AFTERWARDS)


@dataclass
class Chapter:
    """A whole meeting by ids: public paper on Ö 2, a non-public one on N 1, one hidden N 2."""

    committee: int
    members: tuple[int, ...]
    paper: int
    attachment: int
    secret_paper: int
    meeting: int
    opening: int
    matter: int
    secret: int
    hidden: int


def planned_chapter(build: Builder) -> Chapter:
    """A meeting with its agenda, not yet summoned."""
    committee = build.organization("Kulturausschuss")
    members = tuple(build.person(f"Mitglied {number}") for number in range(1, 6))
    for person in members:
        build.seat(committee, person, start_date=date(2014, 7, 1))
    paper = build.paper(title="Richtlinie", public=True)
    attachment = build.attach(paper, public=True, text="Entwurf")
    secret_paper = build.paper(title="Kauf von Herrn Meier")
    steps = [build.step(one, committee) for one in (paper, secret_paper)]
    meeting = build.meeting(committee)
    opening = build.item(meeting, "Eröffnung")
    matter = build.item(meeting, "Richtlinie", consultation_ids=(steps[0],))
    secret = build.item(
        meeting,
        "Kauf von Herrn Meier",
        part=Part.NONPUBLIC,
        public_title="Grundstückssache",
        disclosure=Disclosure.NEUTRAL,
        consultation_ids=(steps[1],),
    )
    hidden = build.secret_item(meeting, "Kündigung von Frau Schulze")
    return Chapter(
        committee, members, paper, attachment, secret_paper, meeting, opening, matter, secret,
        hidden,
    )  # fmt: skip


def held_chapter(build: Builder) -> Chapter:
    """The same meeting, summoned, held and closed; only its agenda and paper are public."""
    chapter = planned_chapter(build)
    build.summon(chapter.meeting, chapter.paper)
    build.present(chapter.meeting, *chapter.members)
    build.treat(chapter.opening, "Die Sitzung wird eröffnet.")
    build.treat(chapter.matter)
    build.vote(chapter.matter, yes=3, no=1, abstentions=1, invalid=0)
    build.treat(chapter.secret, "Herr Meier verlangt zu viel.")
    build.close(chapter.meeting)
    return chapter
