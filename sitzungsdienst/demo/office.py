"""How a chapter of the demo is entered: through the same acts as the office's pages.

So the demo can hold nothing that an office could not enter, and releases nothing that an office
could not release.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from sitzungsdienst.acts import (
    agenda,
    attachments,
    meetings,
    organizations,
    people,
    proceedings,
)
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.presence import memberships_on_day
from sitzungsdienst.documents.story import Facts, Story, build
from sitzungsdienst.documents.values import Letterhead
from sitzungsdienst.german import BERLIN
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import Disclosure, Meeting
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import AttendanceKind


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item to enter. `neutral` is a non-public item's title for the public."""

    title: str
    key: str = ""
    children: tuple["Item", ...] = ()
    neutral: str = ""
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """A membership to enter, for a person of that name ("Vorname Nachname" or one word)."""

    name: str
    role: MembershipRole = MembershipRole.MEMBER
    votes: bool = True
    on_behalf_of: int | None = None
    rule: int | None = None


@dataclass(slots=True)
class Office:
    """A clerk at work in one Body, at a moment that the chapter moves forward."""

    session: Session
    actor: Actor
    now: datetime
    items: dict[str, int] = field(default_factory=dict)

    def at(self, day: date, hour: int = 9) -> None:
        """Move to an hour of a day, Berlin time."""
        self.now = datetime.combine(day, time(hour), BERLIN)

    def found(self, name: str, kind: OrganizationKind, classification: str = "") -> int:
        """Found an organisation that needs no more than a name; gives its id."""
        facts = organizations.OrganizationFacts(name=name, kind=kind, classification=classification)
        return organizations.create_organization(self.session, self.actor, facts, self.now)

    def person(self, name: str) -> int:
        """Enter a person; gives the id."""
        given, _, family = name.rpartition(" ")
        if given.startswith("Mitglied"):
            given, family = "", name
        facts = people.PersonFacts(given_name=given, family_name=family)
        return people.create_person(self.session, self.actor, facts, self.now)

    def seat(self, committee: int, seats: Sequence[Seat], start: date) -> dict[str, int]:
        """Seat persons from a day on; gives person ids by name."""
        ids: dict[str, int] = {}
        for one in seats:
            ids[one.name] = self.person(one.name)
            facts = people.MembershipFacts(
                person_id=ids[one.name],
                role=one.role,
                voting_right=one.votes,
                on_behalf_of_id=one.on_behalf_of,
                composition_rule_id=one.rule,
                start_date=start,
            )
            people.add_membership(self.session, self.actor, committee, facts, self.now)
        return ids

    def attach_sheet(self, paper: int, title: str, lines: Sequence[str], *, public: bool) -> None:
        """Attach a one-page PDF with a heading and a few paragraphs."""
        story = Story(
            Facts(
                kind="Anlage",
                title=title,
                running_head=title,
                letterhead=Letterhead(body_name="", department=""),
                issued_on=self.now.date(),
            )
        )
        story.heading(title)
        for line in lines:
            story.paragraph(line)
        upload = attachments.Upload(f"{title}.pdf", build(story))
        facts = attachments.AttachmentFacts(name=title, public=public)
        attachments.attach(self.session, self.actor, paper, upload, facts, self.now)

    def plan(self, name: str, committee: int, start: datetime, location: int) -> int:
        """Plan and announce a meeting; gives its id. `start` is local to Berlin."""
        facts = meetings.MeetingFacts(
            name=name,
            committee_ids=(committee,),
            start=start.replace(tzinfo=BERLIN),
            location_id=location,
        )
        meeting = meetings.plan_meeting(self.session, self.actor, facts, self.now)
        version = self.version(Meeting, meeting)
        meetings.announce_meeting(self.session, self.actor, meeting, version, self.now)
        return meeting

    def enter_agenda(self, meeting: int, part: Part, items: Sequence[Item]) -> None:
        """Enter a part of an agenda; ids are kept in `items` under the items' keys."""
        for one in items:
            self._enter(meeting, part, one, None)

    def _enter(self, meeting: int, part: Part, item: Item, parent: int | None) -> None:
        facts = agenda.ItemFacts(
            title=item.title,
            part=part,
            parent_id=parent,
            public_title=item.neutral,
            disclosure=Disclosure.NEUTRAL if item.neutral else Disclosure.HIDDEN,
            consultation_ids=item.steps,
        )
        row = agenda.add_item(self.session, self.actor, meeting, facts, self.now)
        if item.key:
            self.items[item.key] = row
        for child in item.children:
            self._enter(meeting, part, child, row)

    def all_present(self, meeting: int, *, but: Sequence[int] = ()) -> None:
        """Record every member as present, except those excused."""
        row = self.session.get_one(Meeting, meeting)
        seats = dict.fromkeys(seat.person_id for seat in memberships_on_day(row))
        presences = tuple(
            proceedings.Presence(
                person_id=person,
                kind=AttendanceKind.EXCUSED if person in but else AttendanceKind.PRESENT,
            )
            for person in seats
        )
        proceedings.record_attendance(
            self.session, self.actor, meeting, row.version, presences, self.now
        )

    def treat(self, key: str, facts: proceedings.TreatmentFacts) -> None:
        """Record what was said on an item."""
        proceedings.record_treatment(
            self.session, self.actor, self.items[key], None, facts, self.now
        )

    def version(self, kind: type, row_id: int) -> int:
        """The version a form on the page would carry."""
        return int(self.session.get_one(kind, row_id).version)
