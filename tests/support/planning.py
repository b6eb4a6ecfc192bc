"""A clerk's planning, entered through the acts, so that tests of pages begin where they want."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser

from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from sitzungsdienst.acts import agenda, meetings, organizations, papers
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.summons import SummonsFacts, summon
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting
from sitzungsdienst.record.papers import ConsultationRole

# 19 April 2017, 17:00 in Berlin; the clock of the tests stands at 3 April.
START = datetime(2017, 4, 19, 15, 0, tzinfo=UTC)


@dataclass
class Planner:
    """Plans in one Body; `committee` meets unless others are named."""

    session: Session
    body: int
    committee: int
    now: datetime
    actor: Actor = field(init=False)
    room: int = field(init=False)

    def __post_init__(self) -> None:
        self.actor = Actor.system(self.body)
        facts = organizations.LocationFacts(room="Sitzungsraum II", locality="Haldensleben")
        self.room = organizations.create_location(self.session, self.actor, facts, self.now)

    def found(self, name: str) -> int:
        facts = organizations.OrganizationFacts(name=name, kind=OrganizationKind.COMMITTEE)
        return organizations.create_organization(self.session, self.actor, facts, self.now)

    def meeting(
        self, *, name: str = "ordentliche Sitzung", start: datetime = START, note: str = ""
    ) -> int:
        facts = meetings.MeetingFacts(
            name=name,
            committee_ids=(self.committee,),
            start=start,
            location_id=self.room,
            internal_note=note,
        )
        return meetings.plan_meeting(self.session, self.actor, facts, self.now)

    def item(
        self,
        meeting: int,
        title: str,
        *,
        part: Part = Part.PUBLIC,
        parent: int | None = None,
        neutral: str = "",
        steps: tuple[int, ...] = (),
    ) -> int:
        facts = agenda.ItemFacts(
            title=title,
            part=part,
            parent_id=parent,
            public_title=neutral,
            disclosure=Disclosure.NEUTRAL if neutral else Disclosure.HIDDEN,
            consultation_ids=steps,
        )
        return agenda.add_item(self.session, self.actor, meeting, facts, self.now)

    def paper(self, reference: str, title: str, *, public: bool = True) -> int:
        """Enter a paper with a step before the committee; gives the step's id."""
        facts = papers.PaperFacts(
            reference=reference, title=title, paper_type="Beschlussvorlage", public=public
        )
        paper = papers.create_paper(self.session, self.actor, facts, self.now)
        step = papers.Step(self.committee, ConsultationRole.DECISION)
        return papers.add_step(self.session, self.actor, paper, step, self.now)

    def announce(self, meeting: int) -> None:
        version = self.version(meeting)
        meetings.announce_meeting(self.session, self.actor, meeting, version, self.now)

    def summon(self, meeting: int, *papers_: int) -> None:
        facts = SummonsFacts(paper_ids=papers_, acknowledged=True)
        version = self.version(meeting)
        summon(self.session, self.actor, meeting, version, facts, self.now)

    def version(self, meeting: int) -> int:
        return self.row(meeting).version

    def row(self, meeting: int) -> Meeting:
        self.session.rollback()
        return self.session.get_one(Meeting, meeting, populate_existing=True)

    def items(self, meeting: int) -> list[AgendaItem]:
        return list(self.row(meeting).agenda)


def error_at(response: TestResponse, name: str) -> str:
    """The error that stands at a field; "" where there is none."""
    pattern = rf'<p class="kern-error" id="{re.escape(name)}-fehler">(.*?)</p>'
    found = re.search(pattern, response.get_data(as_text=True), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


class _Tree(HTMLParser):
    """Collects ids, what refers to them, and elements that were opened but not closed."""

    VOID = frozenset({"input", "meta", "link", "br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[str] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.unlabelled: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.references += str(found.get(name) or "").split()
        if "style" in found or any(name.startswith("on") for name in found):
            self.faults.append(f"inline style or script on {tag}")
        if "placeholder" in found:
            self.faults.append("placeholder")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")


def faults_of(response: TestResponse) -> list[str]:
    """What is wrong with a page's HTML as far as a simple reader sees it."""
    tree = _Tree()
    tree.feed(response.get_data(as_text=True))
    twice = {one for one in tree.ids if tree.ids.count(one) > 1}
    lost = set(tree.references) - set(tree.ids)
    return [
        *tree.faults,
        *(f"id {one} twice" for one in sorted(twice)),
        *(f"nothing has the id {one}" for one in sorted(lost)),
    ]
