"""What a ballot may hold: never more votes than voters, never a name where it was secret."""

import pytest
from sqlalchemy import func, select

from sitzungsdienst.acts import ballots
from sitzungsdienst.acts.ballots import BallotFacts
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.proceedings import Ballot, BallotKind, BallotOutcome, Choice, Vote
from tests.support.builders import Builder, Chapter, planned_chapter


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A summoned meeting with all five members there."""
    found = planned_chapter(build)
    build.summon(found.meeting, found.paper)
    build.present(found.meeting, *found.members)
    return found


def kept(build: Builder, ballot: int) -> Ballot:
    build.session.rollback()
    return build.session.get_one(Ballot, ballot, populate_existing=True)


def called(chapter: Chapter, *choices: Choice) -> tuple[tuple[int, Choice], ...]:
    return tuple(zip(chapter.members, choices, strict=False))


def edit(build: Builder, ballot: int, version: int, **facts: object) -> None:
    wanted = BallotFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
    ballots.edit_ballot(build.session, build.actor, ballot, version, wanted, build.now)


@pytest.mark.parametrize(
    ("yes", "no", "outcome"),
    [
        (3, 2, BallotOutcome.ACCEPTED),
        (2, 3, BallotOutcome.REJECTED),
        (2, 2, BallotOutcome.REJECTED),
    ],
)
def test_the_outcome_follows_from_the_counts(
    build: Builder, chapter: Chapter, yes: int, no: int, outcome: BallotOutcome
) -> None:
    ballot = build.vote(chapter.matter, yes=yes, no=no, abstentions=0)
    assert kept(build, ballot).outcome is outcome


def test_the_chair_may_find_a_majority_too_small(build: Builder, chapter: Chapter) -> None:
    ballot = build.vote(chapter.matter, yes=3, no=2, abstentions=0, outcome=BallotOutcome.REJECTED)
    assert kept(build, ballot).outcome is BallotOutcome.REJECTED
    with pytest.raises(RuleBroken) as broken:
        build.vote(chapter.matter, yes=2, no=3, abstentions=0, outcome=BallotOutcome.ACCEPTED)
    assert broken.value.field == "outcome"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"yes": 5, "no": 1, "abstentions": 0}, "yes"),
        ({"yes": 5, "no": 0, "abstentions": 0, "recused": 1}, "recused"),
        ({"yes": 0, "no": 0, "abstentions": 0}, "yes"),
        ({"yes": 1, "no": 0}, "abstentions"),
        ({"yes": 1, "no": 0, "abstentions": 0, "invalid": -1}, "invalid"),
        ({"yes": 1, "no": 0, "abstentions": 0, "present": 6}, "present"),
        ({"yes": 1, "no": 0, "abstentions": 0, "present": 2, "recused": 3}, "recused"),
        ({"result_text": "einstimmig"}, "outcome"),
        ({"outcome": BallotOutcome.ACCEPTED}, "result_text"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    build: Builder, chapter: Chapter, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        build.vote(chapter.matter, **facts)
    assert broken.value.field == field
    assert build.session.scalar(select(func.count()).select_from(Ballot)) == 0


def test_a_told_result_holds_no_numbers(build: Builder, chapter: Chapter) -> None:
    ballot = build.vote(chapter.matter, outcome=BallotOutcome.ACCEPTED, result_text="einstimmig")
    row = kept(build, ballot)
    assert (row.yes, row.no, row.abstentions, row.invalid) == (None, None, None, None)


def test_a_roll_call_that_turns_out_secret_forgets_every_name(
    build: Builder, chapter: Chapter
) -> None:
    votes = called(chapter, Choice.YES, Choice.NO, Choice.ABSTENTION)
    ballot = build.vote(chapter.matter, kind=BallotKind.ROLL_CALL, votes=votes)
    row = kept(build, ballot)
    assert (row.yes, row.no, row.abstentions) == (1, 1, 1)
    counts = {"yes": 1, "no": 1, "abstentions": 1, "difference": "Zwei stimmten nicht ab."}
    edit(build, ballot, row.version, kind=BallotKind.SECRET, **counts)
    assert build.session.scalar(select(func.count()).select_from(Vote)) == 0
    for entry in build.session.scalars(select(AuditEntry)):
        assert '"choice"' not in entry.changes, "the audit trail never knew"


def test_a_corrected_roll_call_keeps_one_vote_a_person(build: Builder, chapter: Chapter) -> None:
    ballot = build.vote(
        chapter.matter, kind=BallotKind.ROLL_CALL, votes=called(chapter, Choice.YES, Choice.NO)
    )
    version = kept(build, ballot).version
    changed = called(chapter, Choice.NO)
    edit(build, ballot, version, kind=BallotKind.ROLL_CALL, votes=changed)
    row = kept(build, ballot)
    assert [(one.person_id, one.choice) for one in row.votes] == list(changed)
    assert (row.yes, row.no) == (0, 1)


def test_one_person_has_one_vote_and_only_who_is_there(build: Builder, chapter: Chapter) -> None:
    person, guest = chapter.members[0], build.person("Gast")
    for votes in (((person, Choice.YES), (person, Choice.NO)), ((guest, Choice.YES),), ()):
        with pytest.raises(RuleBroken) as broken:
            build.vote(chapter.matter, kind=BallotKind.ROLL_CALL, votes=votes)
        assert broken.value.field == "votes"


def test_a_stale_ballot_is_neither_changed_nor_removed(build: Builder, chapter: Chapter) -> None:
    ballot = build.vote(chapter.matter, yes=5, no=0, abstentions=0)
    version = kept(build, ballot).version
    edit(build, ballot, version, yes=4, no=1, abstentions=0)
    with pytest.raises(Stale):
        edit(build, ballot, version, yes=0, no=5, abstentions=0)
    with pytest.raises(Stale):
        ballots.remove_ballot(build.session, build.actor, ballot, version, build.now)
    assert kept(build, ballot).yes == 4


def test_a_stranger_finds_neither_item_nor_ballot(
    build: Builder, stranger: Builder, chapter: Chapter
) -> None:
    ballot = build.vote(chapter.matter, yes=5, no=0, abstentions=0)
    with pytest.raises(Unknown):
        stranger.vote(chapter.matter, yes=1, no=0, abstentions=0)
    with pytest.raises(Unknown):
        edit(stranger, ballot, 1, yes=1, no=0, abstentions=0)
    with pytest.raises(Unknown):
        ballots.remove_ballot(stranger.session, stranger.actor, ballot, 1, stranger.now)
