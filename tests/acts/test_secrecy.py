"""Once a ballot turns out to be secret, nothing in the house knows any more who voted how."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select, text

from sitzungsdienst.acts import ballots, excerpts, minutes, releases, resolutions
from sitzungsdienst.acts.ballots import BallotFacts, StanceFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.resolution_issues import (
    BookFacts,
    ReportFacts,
    issue_book,
    issue_report,
)
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication import tables as publication
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import Blob
from sitzungsdienst.record.people import Person
from sitzungsdienst.record.proceedings import Ballot, BallotKind, BallotOutcome, Choice
from sitzungsdienst.record.resolution_prints import ResolutionPrint
from tests.support.builders import AFTERWARDS, Builder, Chapter, planned_chapter
from tests.support.pdf import words_of

SECRET = {"kind": BallotKind.SECRET, "yes": 3, "no": 2, "abstentions": 0}
MARK = "Zwiebelthal"


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A meeting with a member of a name that stands nowhere by chance, all five there."""
    found = planned_chapter(build)
    row = build.session.get_one(Person, found.members[4])
    row.family_name = MARK
    build.session.commit()
    build.summon(found.meeting, found.paper)
    build.present(found.meeting, *found.members)
    return found


def kept(build: Builder, ballot: int) -> Ballot:
    build.session.rollback()
    return build.session.get_one(Ballot, ballot, populate_existing=True)


def switch(build: Builder, ballot: int, **facts: object) -> None:
    wanted = BallotFacts(**(SECRET | facts))  # type: ignore[arg-type]  # the test's own facts
    version = kept(build, ballot).version
    ballots.edit_ballot(build.session, build.actor, ballot, version, wanted, AFTERWARDS)


def called(build: Builder, chapter: Chapter) -> int:
    choices = [Choice.YES] * 3 + [Choice.NO] * 2
    votes = tuple(zip(chapter.members, choices, strict=True))
    return build.vote(chapter.matter, kind=BallotKind.ROLL_CALL, votes=votes)


def drafted(build: Builder, chapter: Chapter) -> None:
    build.close(chapter.meeting)
    facts = minutes.MinutesFacts(chair_name="Vorsitz", clerk_name="Krüger")
    minutes.draft_minutes(build.session, build.actor, chapter.meeting, facts, AFTERWARDS)


def said(content: bytes) -> str:
    """The words of a PDF."""
    with TemporaryDirectory() as folder:
        return words_of(content, Path(folder))


def prints(build: Builder) -> list[str]:
    build.session.rollback()
    return [said(one) for one in build.session.scalars(select(Blob.content))]


def telling(build: Builder) -> list[str]:
    """The prints that say how the member with the mark voted."""
    return [one for one in prints(build) if f"{MARK}: Nein" in one or f"{MARK} Nein" in one]


def everywhere(build: Builder) -> dict[str, str]:
    """All that the record holds as text, table by table, but the persons and who was there."""
    build.session.rollback()
    names = Base.metadata.tables.keys() - {"person", "attendance", "membership", "blob"}
    found = {}
    for name in names:
        rows = build.session.execute(text(f'select * from "{name}"'))  # noqa: S608 - our own tables
        found[name] = " ".join(str(tuple(row)) for row in rows)
    return found


def test_no_table_trail_print_or_log_knows_the_votes_any_more(
    build: Builder, chapter: Chapter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "sitzungsdienst")
    ballot = called(build, chapter)
    drafted(build, chapter)
    assert telling(build)
    switch(build, ballot)
    row = kept(build, ballot)
    assert (row.kind, row.votes, row.stances) == (BallotKind.SECRET, [], [])
    found = everywhere(build)
    assert (found["vote"], found["stance"]) == ("", "")
    assert [name for name, content in found.items() if MARK in content] == []
    assert "choice" not in found["audit_entry"]
    assert telling(build) == []
    assert any("geheim" in one for one in prints(build)), "the draft is printed anew"
    assert MARK not in caplog.text


def test_an_issued_book_loses_its_bytes_and_says_so(build: Builder, chapter: Chapter) -> None:
    ballot = called(build, chapter)
    drafted(build, chapter)
    (number,) = resolutions.number_resolutions(
        build.session,
        build.actor,
        chapter.meeting,
        (resolutions.Numbering(item_id=chapter.matter, number="1"),),
        AFTERWARDS,
    )
    facts = BookFacts(resolution_ids=(number,), scope="Alle", period="2017", short="2017")
    book = issue_book(build.session, build.actor, facts, AFTERWARDS)
    wanted = ReportFacts(resolution_ids=(number,), parts=frozenset(Part))
    report = issue_report(build.session, build.actor, wanted, AFTERWARDS)
    assert [one for one in prints(build) if "Beschlussbuch" in one and MARK in one]
    switch(build, ballot)
    assert not [one for one in prints(build) if "Beschlussbuch" in one]
    gone = build.session.get_one(ResolutionPrint, book)
    assert (gone.sha512, gone.forgotten_on) == (None, AFTERWARDS.date())
    assert build.session.get_one(ResolutionPrint, report).blob is not None
    again = issue_book(build.session, build.actor, facts, AFTERWARDS)
    switch(build, ballot, difference="")
    build.session.rollback()
    assert build.session.get_one(ResolutionPrint, again).blob is not None, "it names nobody"


def test_stances_and_the_words_made_of_them_go(build: Builder, chapter: Chapter) -> None:
    group = build.organization("CDU-Fraktion", OrganizationKind.GROUP)
    stances = (
        StanceFacts(choice=Choice.NO, organization_id=group),
        StanceFacts(choice=Choice.ABSTENTION, person_id=chapter.members[4]),
    )
    told = {"outcome": BallotOutcome.ACCEPTED, "stances": stances, "named_on_demand": True}
    ballot = build.vote(chapter.matter, **told)
    sentence = kept(build, ballot).result_text
    assert sentence == f"mehrheitlich gegen die CDU-Fraktion bei Enthaltung von {MARK}"
    drafted(build, chapter)
    with pytest.raises(RuleBroken, match=f"streichen Sie »{MARK}«") as broken:
        switch(build, ballot, result_text=sentence)
    assert broken.value.field == "result_text"
    with pytest.raises(RuleBroken, match="auch nicht nach Fraktionen"):
        switch(build, ballot, stances=stances)
    assert len(kept(build, ballot).stances) == 2, "nothing is forgotten by halves"
    switch(build, ballot)
    assert kept(build, ballot).result_text == "mehrheitlich angenommen"
    found = everywhere(build)
    assert [name for name, content in found.items() if MARK in content] == []
    assert [one for one in prints(build) if "Enthaltung von" in one] == []


def test_bytes_that_something_else_shows_stay(build: Builder, chapter: Chapter) -> None:
    ballot = called(build, chapter)
    drafted(build, chapter)
    before = len(prints(build))
    switch(build, ballot)
    assert len(prints(build)) == before, "the old draft went, the new one came; the rest stayed"


def test_what_the_public_reads_is_taken_back_first(build: Builder, chapter: Chapter) -> None:
    ballot = called(build, chapter)
    build.close(chapter.meeting)
    build.release_excerpts(chapter.meeting, chapter.matter)
    with pytest.raises(RuleBroken, match="ist veröffentlicht"):
        switch(build, ballot)
    assert len(kept(build, ballot).votes) == 5
    args = (build.session, build.actor, chapter.matter, "Geheime Abstimmung", AFTERWARDS)
    releases.withdraw_excerpt(*args)
    switch(build, ballot)
    assert telling(build) == []
    for table in publication.metadata.tables.values():
        for value in (value for row in build.session.execute(select(table)) for value in row):
            told = said(value) if isinstance(value, bytes) else str(value)
            assert MARK not in told, table.name
    build.release_excerpts(chapter.meeting, chapter.matter)


@pytest.mark.parametrize("way", ["count it openly", "remove it"])
def test_no_way_round_leads_from_published_names_to_a_secret_ballot(
    build: Builder, chapter: Chapter, way: str
) -> None:
    ballot = called(build, chapter)
    build.close(chapter.meeting)
    build.release_excerpts(chapter.meeting, chapter.matter)

    def leave() -> None:
        if way == "count it openly":
            return switch(build, ballot, kind=BallotKind.OPEN)
        version = kept(build, ballot).version
        return ballots.remove_ballot(build.session, build.actor, ballot, version, AFTERWARDS)

    with pytest.raises(RuleBroken, match="Nehmen Sie ihn zuerst"):
        leave()
    assert len(kept(build, ballot).votes) == 5
    why = (chapter.matter, "Geheime Abstimmung", AFTERWARDS)
    releases.withdraw_excerpt(build.session, build.actor, *why)
    leave()
    assert telling(build) == []


def test_prints_forget_a_roll_call_that_is_removed(build: Builder, chapter: Chapter) -> None:
    ballot = called(build, chapter)
    drafted(build, chapter)
    assert telling(build)
    version = kept(build, ballot).version
    ballots.remove_ballot(build.session, build.actor, ballot, version, AFTERWARDS)
    assert telling(build) == []


def test_a_ballot_that_told_no_name_is_taken_back_before_it_is_secret_too(
    build: Builder, chapter: Chapter
) -> None:
    ballot = build.vote(chapter.matter, yes=3, no=2, abstentions=0)
    build.close(chapter.meeting)
    build.release_excerpts(chapter.meeting, chapter.matter)
    switch(build, ballot, kind=BallotKind.OPEN, yes=2, no=3)
    with pytest.raises(RuleBroken, match="ist veröffentlicht"):
        switch(build, ballot)


def test_a_certified_copy_is_called_in_first(build: Builder, chapter: Chapter) -> None:
    ballot = called(build, chapter)
    build.close(chapter.meeting)
    facts = excerpts.CopyFacts(certified_by="Krüger", full=True)
    args = (build.session, build.actor, chapter.matter)
    signed = build.sign(chapter.meeting)
    copy = excerpts.certify_excerpt(*args, facts, AFTERWARDS)
    version = build.version(Minutes, signed)
    minutes.unsign_minutes(build.session, build.actor, signed, version, AFTERWARDS)
    with pytest.raises(RuleBroken, match="beglaubigte Abschrift"):
        switch(build, ballot)
    excerpts.withdraw_copy(*args, copy, AFTERWARDS)
    switch(build, ballot)
    assert telling(build) == []


def test_a_secret_ballot_never_takes_a_name(build: Builder, chapter: Chapter) -> None:
    with pytest.raises(RuleBroken, match="niemand genannt"):
        build.vote(chapter.matter, **SECRET, result_text=f"angenommen gegen Herrn {MARK}")
    with pytest.raises(RuleBroken) as broken:
        build.vote(chapter.matter, **(SECRET | {"yes": 2}), difference=f"{MARK} fehlte")
    assert broken.value.field == "difference"
    build.vote(chapter.matter, **SECRET, result_text=f"angenommen im Saal {MARK}er Hof")


@pytest.mark.parametrize(
    "told",
    [
        f"angenommen gegen {MARK}s Stimme",
        "angenommen gegen Ju\u0308rgens' Stimme",
        "gegen die Stimmen der CDU-Fraktion",
        "gegen CDU und die Freien Wähler",
        "bei Enthaltung der Grünen",
    ],
)
def test_a_secret_ballot_takes_no_name_in_any_case_nor_a_group(
    build: Builder, chapter: Chapter, told: str
) -> None:
    build.session.get_one(Person, chapter.members[3]).family_name = "J\u00fcrgens"
    build.session.commit()
    for name in ("CDU-Fraktion", "Fraktion Freie Wähler", "Fraktion Bündnis 90/Die Grünen"):
        build.organization(name, OrganizationKind.GROUP)
    for field in ("result_text", "subject"):
        with pytest.raises(RuleBroken, match="niemand genannt") as broken:
            build.vote(chapter.matter, **SECRET, **{field: told})
        assert broken.value.field == field
    build.vote(chapter.matter, **(SECRET | {"kind": BallotKind.OPEN}), result_text=told)


def test_the_subject_of_a_secret_ballot_may_say_whom_it_is_about(
    build: Builder, chapter: Chapter
) -> None:
    build.organization("CDU-Fraktion", OrganizationKind.GROUP)
    build.vote(chapter.matter, **SECRET, subject=f"Abwahl von Frau {MARK}")
    build.vote(chapter.matter, **SECRET, subject="Antrag der CDU-Fraktion")


def test_a_member_is_named_at_their_own_demand_alone(build: Builder, chapter: Chapter) -> None:
    stance = StanceFacts(choice=Choice.NO, person_id=chapter.members[4])
    told = {"outcome": BallotOutcome.ACCEPTED, "stances": (stance,)}
    with pytest.raises(RuleBroken, match="wenn es das selbst verlangt") as broken:
        build.vote(chapter.matter, **told)
    assert broken.value.field == "named_on_demand"
    ballot = build.vote(chapter.matter, **told, named_on_demand=True)
    assert kept(build, ballot).result_text == f"mehrheitlich gegen {MARK}"


def test_the_trail_tells_that_words_changed_but_not_which(build: Builder, chapter: Chapter) -> None:
    told = {"outcome": BallotOutcome.ACCEPTED, "result_text": f"mit der Stimme von {MARK}"}
    ballot = build.vote(chapter.matter, **told)
    trail = everywhere(build)["audit_entry"]
    assert MARK not in trail
    assert "result_text" in trail
    assert ballot
