"""Withdrawals: what is taken back is gone, and nothing the public can open leads to it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import people, releases
from sitzungsdienst.acts.papers import Originator
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.shape import references_of
from sitzungsdienst.publication.types import PublicAgendaItem, PublicConsultation, PublicMeeting
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.base import Edited
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Attachment, Paper
from sitzungsdienst.record.people import Person
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter

Withdrawal = Callable[..., None]
WITHDRAWALS: dict[str, tuple[Withdrawal, type[Edited], str]] = {
    "paper": (releases.withdraw_paper, Paper, "paper"),
    "attachment": (releases.withdraw_attachment, Attachment, "attachment"),
    "excerpt": (releases.withdraw_excerpt, AgendaItem, "matter"),
    "minutes": (releases.withdraw_minutes, Meeting, "meeting"),
    "meeting": (releases.withdraw_meeting, Meeting, "meeting"),
    "members": (releases.withdraw_members, Organization, "committee"),
}


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A meeting of which everything is public that may be."""
    chapter = held_chapter(build)
    releases.release_organization(build.session, build.actor, chapter.committee, "", AFTERWARDS)
    build.sign(chapter.meeting, approve=True)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    build.session.rollback()
    return chapter


def living(session: Session) -> dict[str, object]:
    """Every document that the public can open, by uid."""
    session.rollback()
    reader = Reader(session.connection())
    return {one.uid: one.document for kind in Kind for one in reader.listing(kind)}


def dangling(session: Session) -> list[str]:
    """References of living documents to what the public cannot open."""
    found = living(session)
    return [
        f"{type(document).__name__}.{relation}"
        for document in found.values()
        for relation, _, uid in references_of(document)
        if uid not in found
    ]


def uid_of(session: Session, kind: type[Edited], row_id: int) -> str:
    return session.get_one(kind, row_id).uid


@pytest.mark.parametrize("name", list(WITHDRAWALS))
def test_nothing_public_points_to_what_was_withdrawn(
    name: str, build: Builder, chapter: Chapter
) -> None:
    withdraw, _, place = WITHDRAWALS[name]
    assert dangling(build.session) == []
    before = living(build.session)
    withdraw(build.session, build.actor, getattr(chapter, place), "Versehen", AFTERWARDS)
    assert dangling(build.session) == []
    assert living(build.session) != before
    assert verify(build.session.connection()).intact


@pytest.mark.parametrize("name", list(WITHDRAWALS))
def test_two_withdrawals_in_a_row_leave_nothing_dangling(
    name: str, build: Builder, chapter: Chapter
) -> None:
    withdraw, _, place = WITHDRAWALS[name]
    releases.withdraw_paper(build.session, build.actor, chapter.paper, "Versehen", AFTERWARDS)
    if name not in ("paper", "attachment"):
        withdraw(build.session, build.actor, getattr(chapter, place), "Versehen", AFTERWARDS)
    assert dangling(build.session) == []


@pytest.mark.parametrize("name", ["paper", "attachment", "meeting", "members"])
def test_what_was_withdrawn_cannot_be_opened_any_more(
    name: str, build: Builder, chapter: Chapter
) -> None:
    withdraw, kind, place = WITHDRAWALS[name]
    if name == "members":
        # While a meeting names the committee, the committee itself stays.
        releases.withdraw_meeting(
            build.session, build.actor, chapter.meeting, "Versehen", AFTERWARDS
        )
        releases.withdraw_paper(build.session, build.actor, chapter.paper, "Versehen", AFTERWARDS)
    uid = uid_of(build.session, kind, getattr(chapter, place))
    assert uid in living(build.session)
    withdraw(build.session, build.actor, getattr(chapter, place), "Versehen", AFTERWARDS)
    assert uid not in living(build.session)


@pytest.mark.parametrize("name", list(WITHDRAWALS))
def test_a_withdrawal_needs_its_reason_and_something_public(
    name: str, build: Builder, chapter: Chapter
) -> None:
    withdraw, _, place = WITHDRAWALS[name]
    before = living(build.session)
    with pytest.raises(releases.RuleBroken, match="Grund"):
        withdraw(build.session, build.actor, getattr(chapter, place), " ", AFTERWARDS)
    assert living(build.session) == before


def test_the_item_of_a_withdrawn_excerpt_stays_on_the_agenda_without_its_result(
    build: Builder, chapter: Chapter
) -> None:
    item = uid_of(build.session, AgendaItem, chapter.matter)
    releases.withdraw_excerpt(build.session, build.actor, chapter.matter, "Versehen", AFTERWARDS)
    found = living(build.session)[item]
    assert isinstance(found, PublicAgendaItem)
    assert (found.number, found.name) == ("Ö 2", "Richtlinie")
    told = (found.deliberation, found.resolution_text, found.decision, found.result, found.ballots)
    assert told == ("", "", "", "", ())
    assert (found.standing, found.resolution_file, found.released_on) == ("", "", None)
    steps = [one for one in living(build.session).values() if isinstance(one, PublicConsultation)]
    assert [one.result for one in steps] == [""]


def test_a_withdrawn_excerpt_leaves_no_word_in_the_public_tables(
    build: Builder, chapter: Chapter
) -> None:
    releases.withdraw_excerpt(build.session, build.actor, chapter.matter, "Versehen", AFTERWARDS)
    texts = build.session.scalars(select(tables.document.c.text)).all()
    assert not [text for text in texts if "Es wird beraten." in text]


def test_a_withdrawn_excerpt_can_be_released_again(build: Builder, chapter: Chapter) -> None:
    item = uid_of(build.session, AgendaItem, chapter.matter)
    releases.withdraw_excerpt(build.session, build.actor, chapter.matter, "Versehen", AFTERWARDS)
    build.release_excerpts(chapter.meeting, chapter.matter, reason="Geprüft")
    found = living(build.session)[item]
    assert isinstance(found, PublicAgendaItem)
    assert found.deliberation == "Es wird beraten."
    assert dangling(build.session) == []
    assert verify(build.session.connection()).intact


def test_withdrawn_minutes_leave_the_excerpts(build: Builder, chapter: Chapter) -> None:
    releases.withdraw_minutes(build.session, build.actor, chapter.meeting, "Versehen", AFTERWARDS)
    found = living(build.session)
    meeting = found[uid_of(build.session, Meeting, chapter.meeting)]
    assert isinstance(meeting, PublicMeeting)
    assert (meeting.results_protocol, meeting.minutes_state) == ("", "")
    item = found[uid_of(build.session, AgendaItem, chapter.matter)]
    assert isinstance(item, PublicAgendaItem)
    assert item.standing == "genehmigt"


def test_a_withdrawn_paper_counts_as_nonpublic_from_then_on(
    build: Builder, chapter: Chapter
) -> None:
    releases.withdraw_paper(build.session, build.actor, chapter.paper, "Versehen", AFTERWARDS)
    assert build.session.get_one(Paper, chapter.paper).public is False
    with pytest.raises(releases.RuleBroken, match="nichtöffentlich"):
        releases.release_paper(build.session, build.actor, chapter.paper, "doch", AFTERWARDS)


def test_a_withdrawn_attachment_takes_its_bytes_with_it(build: Builder, chapter: Chapter) -> None:
    sha512 = build.session.get_one(Attachment, chapter.attachment).sha512
    assert Reader(build.session.connection()).blob(sha512) is not None
    releases.withdraw_attachment(
        build.session, build.actor, chapter.attachment, "Versehen", AFTERWARDS
    )
    assert Reader(build.session.connection()).blob(sha512) is None


def test_withdrawn_members_leave_persons_who_submit_a_public_paper(
    build: Builder, chapter: Chapter
) -> None:
    author = chapter.members[0]
    paper = build.paper(public=True, originators=(Originator("Mitglied 1", person_id=author),))
    releases.release_paper(build.session, build.actor, paper, "", AFTERWARDS)
    releases.withdraw_members(build.session, build.actor, chapter.committee, "Wahl", AFTERWARDS)
    found = living(build.session)
    assert dangling(build.session) == []
    assert uid_of(build.session, Person, author) in found
    assert uid_of(build.session, Person, chapter.members[1]) not in found


def test_a_person_who_sits_elsewhere_too_stays_public(build: Builder, chapter: Chapter) -> None:
    other = build.organization("Bauausschuss")
    build.seat(other, chapter.members[0])
    releases.release_organization(build.session, build.actor, other, "", AFTERWARDS)
    releases.withdraw_members(build.session, build.actor, chapter.committee, "Wahl", AFTERWARDS)
    assert uid_of(build.session, Person, chapter.members[0]) in living(build.session)
    assert dangling(build.session) == []


def test_seats_that_were_released_belong_to_living_persons(
    build: Builder, chapter: Chapter
) -> None:
    releases.withdraw_members(build.session, build.actor, chapter.committee, "Wahl", AFTERWARDS)
    facts = people.PersonFacts(family_name="Umbenannt")
    version = build.version(Person, chapter.members[0])
    people.edit_person(build.session, build.actor, chapter.members[0], version, facts, AFTERWARDS)
    releases.release_organization(
        build.session, build.actor, chapter.committee, "Neu gewählt", AFTERWARDS
    )
    assert dangling(build.session) == []
    assert verify(build.session.connection()).intact
