"""Who leaves a joint meeting early reads it up to there, and nothing of what comes after."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import meetings, proceedings, resolutions, sessions
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.proceedings import TreatmentFacts
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument, Paper
from sitzungsdienst.record.proceedings import Decision
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import AFTERWARDS, Builder
from tests.support.cast import Cast
from tests.support.planning import faults_of

SECRET = "Kauf des Grundstücks Müller"


@dataclass
class Joint:
    """A meeting of two committees; the member's one leaves after Ö 2. Rows by id."""

    build: Builder
    meeting: int
    other: int
    last: int
    called: dict[str, int]
    papers: dict[str, int]
    sheet: int

    def statuses(self, client: OfficeClient) -> dict[str, int]:
        """What the pages of the papers answer, by the titles of their items."""
        return {
            title: client.get(f"/vorlagen/{one}").status_code for title, one in self.papers.items()
        }


@pytest.fixture
def joint(session: Session, cast: Cast) -> Joint:
    build = Builder(session, Actor.of(session.get_one(OfficeUser, cast.clerk)))
    other = build.organization("Finanzausschuss")
    meeting = build.meeting(other, cast.committee)
    called, papers = {}, {}
    for title in ("Eröffnung", "Haushalt", "Gebühren", SECRET):
        part = Part.NONPUBLIC if title == SECRET else Part.PUBLIC
        papers[title] = build.paper(title=f"Vorlage {title}")
        step = build.step(papers[title], other)
        called[title] = build.item(meeting, title, part=part, consultation_ids=(step,))
    sheet = build.attach(papers[SECRET])
    build.summon(meeting)
    last = called["Haushalt"]
    version = build.version(Meeting, meeting)
    until = ((cast.committee, last),)
    meetings.set_participation(session, build.actor, meeting, version, until, build.now)
    return Joint(build, meeting, other, last, called, papers, sheet)


def test_the_page_of_the_meeting_ends_where_the_committee_leaves(
    member: OfficeClient, clerk: OfficeClient, joint: Joint
) -> None:
    page = member.get(f"/sitzungen/{joint.meeting}")
    text = text_of(page)
    assert "Ö 2 Haushalt" in text
    assert "Ihr Gremium nimmt nicht bis zum Ende teil" in text
    assert "Gebühren" not in text
    assert SECRET not in text
    assert faults_of(page) == []
    assert SECRET in text_of(clerk.get(f"/sitzungen/{joint.meeting}"))
    start = text_of(member.get("/"))
    papers = [joint.build.session.get_one(Paper, one) for one in joint.papers.values()]
    assert [one.reference in start for one in papers] == [True, True, False, False]


def test_papers_and_their_files_follow_the_item(
    member: OfficeClient, clerk: OfficeClient, joint: Joint
) -> None:
    read = {"Eröffnung": 200, "Haushalt": 200, "Gebühren": 404, SECRET: 404}
    assert joint.statuses(member) == read
    file = f"/anlagen/{joint.sheet}/datei"
    assert (member.get(file).status_code, clerk.get(file).status_code) == (404, 200)
    listed = text_of(member.get("/vorlagen"))
    assert "Vorlage Haushalt" in listed
    assert "Müller" not in listed


def test_prints_that_hold_the_whole_agenda_are_for_who_stays(
    member: OfficeClient, clerk: OfficeClient, joint: Joint
) -> None:
    joint.build.session.rollback()
    rows = joint.build.session.scalars(select(IssuedDocument)).all()
    read = {one.kind: member.get(f"/dokumente/{one.id}").status_code for one in rows}
    assert read == {DocumentKind.INVITATION: 404, DocumentKind.NOTICE: 200}
    assert {clerk.get(f"/dokumente/{one.id}").status_code for one in rows} == {200}
    assert "Einladung" not in text_of(member.get(f"/sitzungen/{joint.meeting}"))


def test_the_members_feed_ends_there_too(office: OfficeClient, cast: Cast, joint: Joint) -> None:
    session = joint.build.session
    actor = Actor.of(session.get_one(OfficeUser, cast.member))
    token = sessions.subscribe(session, actor, "Telefon", joint.build.now)
    feed = office.get(f"/kalender/t/{token}.ics").get_data(as_text=True).replace("\r\n ", "")
    assert "Ö 2 Haushalt" in feed
    assert "Gebühren" not in feed
    assert "N 1" not in feed


def test_what_was_resolved_after_the_committee_left_is_not_theirs(
    member: OfficeClient, cast: Cast, joint: Joint
) -> None:
    build = joint.build
    build.seat(joint.other, build.person("Mitglied"))
    for item in joint.called.values():
        facts = TreatmentFacts(decision=Decision.ADOPTED)
        proceedings.record_treatment(build.session, build.actor, item, None, facts, AFTERWARDS)
    build.close(joint.meeting)
    wanted = tuple(resolutions.Numbering(item_id=one) for one in joint.called.values())
    made = resolutions.number_resolutions(
        build.session, build.actor, joint.meeting, wanted, AFTERWARDS
    )
    read = [member.get(f"/beschluesse/{one}").status_code for one in made]
    assert read == [200, 200, 404, 404]
    assert cast.member


def test_who_also_sits_in_the_committee_that_stays_reads_everything(
    member: OfficeClient, cast: Cast, joint: Joint
) -> None:
    joint.build.seat(joint.other, cast.nehring)
    text = text_of(member.get(f"/sitzungen/{joint.meeting}"))
    assert f"N 1 {SECRET}" in text
    assert "nicht bis zum Ende" not in text
    assert set(joint.statuses(member).values()) == {200}


def test_an_item_called_before_the_committee_left_is_theirs(
    member: OfficeClient, joint: Joint
) -> None:
    order = ("Eröffnung", SECRET, "Haushalt", "Gebühren")
    for place, title in enumerate(order, start=1):
        item = joint.build.session.get_one(AgendaItem, joint.called[title])
        item.called_position = place
    joint.build.session.commit()
    assert joint.statuses(member) == {
        "Eröffnung": 200, "Haushalt": 200, "Gebühren": 404, SECRET: 200
    }  # fmt: skip
    assert SECRET in text_of(member.get(f"/sitzungen/{joint.meeting}"))
