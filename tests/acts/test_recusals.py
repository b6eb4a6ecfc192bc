"""Who takes no part in an item: for every ballot on it, and for the quorum as the Land says."""

from datetime import timedelta

import pytest

from sitzungsdienst.acts import recusals
from sitzungsdienst.acts.corrections import Unconfirmed
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.presence import Room
from sitzungsdienst.acts.recusals import RecusalFacts
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import (
    Ballot,
    BallotKind,
    Choice,
    Recusal,
    RecusalBasis,
    Whereabouts,
)
from tests.support.builders import START, Builder, Chapter, planned_chapter


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A summoned meeting with all five members there."""
    found = planned_chapter(build)
    build.summon(found.meeting, found.paper)
    build.present(found.meeting, *found.members)
    return found


def recuse(build: Builder, item: int, person: int, **facts: object) -> int:
    acknowledged = bool(facts.pop("acknowledged", False))
    wanted = RecusalFacts(person_id=person, **facts)  # type: ignore[arg-type]  # the test's own facts
    args = (build.session, build.actor, item, wanted, build.now)
    return recusals.record_recusal(*args, acknowledged=acknowledged)


def kept(build: Builder, ballot: int) -> Ballot:
    build.session.rollback()
    return build.session.get_one(Ballot, ballot, populate_existing=True)


def test_who_is_recused_counts_in_no_ballot_on_the_item(build: Builder, chapter: Chapter) -> None:
    recuse(build, chapter.matter, chapter.members[0])
    row = kept(build, build.vote(chapter.matter, yes=4, no=0, abstentions=0))
    assert (row.entitled, row.present, row.recused) == (5, 5, 1)
    with pytest.raises(RuleBroken, match="nur 4 Stimmberechtigte"):
        build.vote(chapter.matter, yes=5, no=0, abstentions=0, subject="noch eine")
    other = kept(build, build.vote(chapter.opening, yes=5, no=0, abstentions=0))
    assert other.recused == 0


def test_another_number_than_recorded_is_refused(build: Builder, chapter: Chapter) -> None:
    recuse(build, chapter.matter, chapter.members[0])
    with pytest.raises(RuleBroken, match="ist 1 der Anwesenden ausgeschlossen, nicht 2") as broken:
        build.vote(chapter.matter, yes=3, no=0, abstentions=0, recused=2)
    assert broken.value.field == "recused"


def test_who_was_found_free_of_it_votes(build: Builder, chapter: Chapter) -> None:
    facts = {"basis": RecusalBasis.DENIED, "decided": "mit 4 Ja-Stimmen verneint"}
    recuse(build, chapter.matter, chapter.members[0], **facts)
    assert kept(build, build.vote(chapter.matter, yes=5, no=0, abstentions=0)).recused == 0


def test_who_is_recused_is_not_called(build: Builder, chapter: Chapter) -> None:
    recuse(build, chapter.matter, chapter.members[0])
    with pytest.raises(RuleBroken, match="von der Mitwirkung ausgeschlossen"):
        build.vote(
            chapter.matter, kind=BallotKind.ROLL_CALL, votes=((chapter.members[0], Choice.YES),)
        )


def test_a_recusal_entered_later_asks_and_recorded_ballots_follow(
    build: Builder, chapter: Chapter
) -> None:
    ballot = build.vote(chapter.matter, yes=4, no=0, abstentions=0)
    with pytest.raises(Unconfirmed) as asked:
        recuse(build, chapter.matter, chapter.members[0])
    (touched,) = asked.value.touched
    assert (touched.before.recused, touched.after.recused) == (0, 1)
    row = recuse(build, chapter.matter, chapter.members[0], acknowledged=True)
    assert kept(build, ballot).recused == 1
    args = (build.session, build.actor, row, 1, build.now)
    with pytest.raises(Unconfirmed):
        recusals.remove_recusal(*args)
    recusals.remove_recusal(*args, acknowledged=True)
    assert kept(build, ballot).recused == 0


def test_a_recusal_that_leaves_too_many_votes_is_refused(build: Builder, chapter: Chapter) -> None:
    build.vote(chapter.matter, yes=5, no=0, abstentions=0)
    with pytest.raises(RuleBroken, match=r"Ö 2 \(5 bei 4\)"):
        recuse(build, chapter.matter, chapter.members[0], acknowledged=True)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"basis": RecusalBasis.DECIDED}, "decided"),
        ({"basis": RecusalBasis.DENIED}, "decided"),
        ({"left_at": START - timedelta(minutes=1)}, "left_at"),
        ({"left_at": START + timedelta(hours=1), "returned_at": START}, "returned_at"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    build: Builder, chapter: Chapter, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        recuse(build, chapter.matter, chapter.members[0], **facts)
    assert broken.value.field == field


def test_one_recusal_a_person_and_only_of_the_list(build: Builder, chapter: Chapter) -> None:
    recuse(build, chapter.matter, chapter.members[0], whereabouts=Whereabouts.AUDIENCE)
    for person in (chapter.members[0], build.person("Fremd")):
        with pytest.raises(RuleBroken) as broken:
            recuse(build, chapter.matter, person)
        assert broken.value.field == "person_id"


def test_the_recused_do_not_count_for_the_quorum_of_the_item(
    build: Builder, chapter: Chapter
) -> None:
    for person in chapter.members[:3]:
        recuse(build, chapter.matter, person)
    build.session.rollback()
    room = Room(build.session.get_one(Meeting, chapter.meeting, populate_existing=True))
    (found,) = room.quorums(build.session.get_one(AgendaItem, chapter.matter))
    assert (found.members, found.present, found.recused) == (5, 5, 3)
    assert found.finding is not None
    assert (found.finding.counted, found.finding.norm) == (2, "§ 55 Abs. 3 KVG LSA")
    (other,) = room.quorums(build.session.get_one(AgendaItem, chapter.opening))
    assert other.finding is not None
    assert other.finding.counted == 5


def test_strangers_and_second_tabs_change_nothing(
    build: Builder, stranger: Builder, chapter: Chapter
) -> None:
    row = recuse(build, chapter.matter, chapter.members[0])
    facts = RecusalFacts(person_id=chapter.members[0], reason="Schwester der Antragstellerin")
    with pytest.raises(Unknown):
        recuse(stranger, chapter.matter, chapter.members[1])
    with pytest.raises(Unknown):
        recusals.edit_recusal(stranger.session, stranger.actor, row, 1, facts, build.now)
    args = (build.session, build.actor, row, 1, facts, build.now)
    recusals.edit_recusal(*args)
    with pytest.raises(Stale):
        recusals.edit_recusal(*args)
    build.session.rollback()
    assert build.session.get_one(Recusal, row).reason == "Schwester der Antragstellerin"
