"""The way of the minutes: presented, signed one by one, objected to, approved, closed, and back."""

from datetime import UTC, date, datetime

import pytest

from sitzungsdienst.acts import agenda, minutes, objections
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.minutes import MinutesFacts, SignatureFacts
from sitzungsdienst.acts.objections import ObjectionDecision, ObjectionFacts
from sitzungsdienst.law.words import Signatory
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes, MinutesState, Objection, ObjectionState
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter

FACTS = MinutesFacts(chair_name="Vorsitz", clerk_name="Krüger")
DAY = date(2017, 5, 2)
IN_JUNE = datetime(2017, 6, 14, 15, tzinfo=UTC)
IN_JULY = datetime(2017, 7, 3, 8, tzinfo=UTC)


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


def draft(build: Builder, chapter: Chapter, *members: str) -> int:
    facts = MinutesFacts(chair_name="Vorsitz", clerk_name="Krüger", member_names=members)
    return minutes.draft_minutes(build.session, build.actor, chapter.meeting, facts, AFTERWARDS)


def row(build: Builder, minutes_id: int) -> Minutes:
    build.session.rollback()
    return build.session.get_one(Minutes, minutes_id, populate_existing=True)


def step(build: Builder, act: object, minutes_id: int, *given: object) -> None:
    """Take a step of the way, as the page of now would."""
    version = build.version(Minutes, minutes_id)
    act(build.session, build.actor, minutes_id, version, *given)  # type: ignore[operator]


def settle_in(build: Builder, land: str) -> None:
    body = build.session.get_one(Body, build.actor.body_id)
    body.land = land
    build.session.commit()


def presented(build: Builder, chapter: Chapter) -> int:
    found = draft(build, chapter)
    step(build, minutes.present_minutes, found, DAY, AFTERWARDS)
    return found


def sign_one(build: Builder, minutes_id: int, place: int, name: str, day: date = DAY) -> None:
    one = row(build, minutes_id).signatures[place].id
    facts = SignatureFacts(signature_id=one, name=name, signed_on=day)
    step(build, minutes.give_signature, minutes_id, facts, AFTERWARDS)


def object_to(build: Builder, minutes_id: int, **facts: object) -> int:
    whole = {"raised_by": "Mitglied 1", "raised_on": DAY, "text": "So war es nicht."} | facts
    wanted = ObjectionFacts(**whole)  # type: ignore[arg-type]  # the test's own facts
    return objections.raise_objection(build.session, build.actor, minutes_id, wanted, AFTERWARDS)


def decide(build: Builder, objection: int, **facts: object) -> None:
    whole = {"state": ObjectionState.DISMISSED, "decided_on": DAY} | facts
    wanted = ObjectionDecision(**whole)  # type: ignore[arg-type]  # the test's own facts
    version = build.version(Objection, objection)
    objections.decide_objection(build.session, build.actor, objection, version, wanted, AFTERWARDS)


def test_who_signs_is_what_the_land_asks(build: Builder, chapter: Chapter) -> None:
    found = row(build, draft(build, chapter))
    assert [(one.signatory, one.name) for one in found.signatures] == [
        (Signatory.CHAIR, "Vorsitz"),
        (Signatory.CLERK, "Krüger"),
    ]


def test_two_members_sign_with_chair_and_clerk_in_baden_wuerttemberg(
    build: Builder, chapter: Chapter
) -> None:
    settle_in(build, "BW")
    found = row(build, draft(build, chapter, "Mitglied 1"))
    assert [(one.signatory, one.name) for one in found.signatures] == [
        (Signatory.CHAIR, "Vorsitz"),
        (Signatory.TWO_MEMBERS, "Mitglied 1"),
        (Signatory.TWO_MEMBERS, ""),
        (Signatory.CLERK, "Krüger"),
    ]
    with pytest.raises(RuleBroken, match="welche Mitglieder"):
        step(build, minutes.sign_minutes, found.id, DAY, AFTERWARDS)


def test_chair_and_clerk_sign_where_no_law_is_kept(build: Builder, chapter: Chapter) -> None:
    settle_in(build, "SL")
    found = row(build, draft(build, chapter))
    assert [one.signatory for one in found.signatures] == [Signatory.CHAIR, Signatory.CLERK]


def test_the_last_signature_signs_the_minutes_on_its_day(build: Builder, chapter: Chapter) -> None:
    found = presented(build, chapter)
    sign_one(build, found, 0, "Die Stellvertretung", date(2017, 5, 8))
    assert row(build, found).state is MinutesState.PRESENTED
    sign_one(build, found, 1, "Krüger", date(2017, 5, 4))
    signed = row(build, found)
    assert (signed.state, signed.signed_on) == (MinutesState.SIGNED, date(2017, 5, 8))
    assert signed.signatures[0].name == "Die Stellvertretung"


def test_a_signature_is_given_once_and_to_these_minutes(build: Builder, chapter: Chapter) -> None:
    found = draft(build, chapter)
    sign_one(build, found, 0, "Vorsitz")
    with pytest.raises(RuleBroken, match="schon vermerkt"):
        sign_one(build, found, 0, "Vorsitz")
    facts = SignatureFacts(signature_id=4711, name="Fremd", signed_on=DAY)
    with pytest.raises(Unknown):
        step(build, minutes.give_signature, found, facts, AFTERWARDS)
    with pytest.raises(RuleBroken, match="wer unterschrieben hat"):
        sign_one(build, found, 1, " ")


def test_two_tabs_do_not_sign_at_once(build: Builder, chapter: Chapter) -> None:
    found = draft(build, chapter)
    version = build.version(Minutes, found)
    sign_one(build, found, 0, "Vorsitz")
    one = row(build, found).signatures[1].id
    facts = SignatureFacts(signature_id=one, name="Krüger", signed_on=DAY)
    with pytest.raises(Stale):
        minutes.give_signature(build.session, build.actor, found, version, facts, AFTERWARDS)


def test_what_is_presented_is_a_draft_again_once_the_record_changes(
    build: Builder, chapter: Chapter
) -> None:
    found = presented(build, chapter)
    build.correct(chapter.matter)
    changed = row(build, found)
    assert (changed.state, changed.presented_on) == (MinutesState.DRAFT, None)


def test_editing_the_presented_minutes_makes_them_a_draft(build: Builder, chapter: Chapter) -> None:
    found = presented(build, chapter)
    step(build, minutes.edit_minutes, found, FACTS, AFTERWARDS)
    assert row(build, found).state is MinutesState.DRAFT


def test_nothing_changes_below_a_signature(build: Builder, chapter: Chapter) -> None:
    found = presented(build, chapter)
    sign_one(build, found, 0, "Vorsitz")
    with pytest.raises(RuleBroken, match="zum Teil unterschrieben"):
        build.correct(chapter.matter)
    with pytest.raises(RuleBroken, match="zum Teil unterschrieben"):
        step(build, minutes.edit_minutes, found, FACTS, AFTERWARDS)
    step(build, minutes.unsign_minutes, found, AFTERWARDS)
    build.correct(chapter.matter)


def test_presenting_and_signing_keep_to_the_calendar(build: Builder, chapter: Chapter) -> None:
    found = draft(build, chapter)
    for day, sentence in ((date(2017, 4, 18), "vor der Sitzung"), (date(2017, 5, 11), "Zukunft")):
        with pytest.raises(RuleBroken, match=sentence):
            step(build, minutes.present_minutes, found, day, AFTERWARDS)
        with pytest.raises(RuleBroken, match=sentence):
            sign_one(build, found, 0, "Vorsitz", day)


def test_minutes_are_not_presented_twice(build: Builder, chapter: Chapter) -> None:
    found = presented(build, chapter)
    with pytest.raises(RuleBroken, match="schon vorgelegt"):
        step(build, minutes.present_minutes, found, DAY, AFTERWARDS)


def later_meeting(build: Builder, chapter: Chapter) -> int:
    return build.meeting(chapter.committee, start=IN_JUNE)


def carried(build: Builder, chapter: Chapter, meeting: int) -> tuple[int, int]:
    """Signed minutes on the agenda of a later meeting: their id and the item's."""
    found = build.sign(chapter.meeting)
    item = objections.propose_item(build.session, build.actor, found, meeting, AFTERWARDS)
    return found, item


def test_one_click_puts_the_minutes_on_a_planned_agenda(build: Builder, chapter: Chapter) -> None:
    found, item = carried(build, chapter, later_meeting(build, chapter))
    title = build.session.get_one(AgendaItem, item).title
    assert title == "Niederschrift vom 19.04.2017: Einwendungen"
    assert row(build, found).approved_item_id == item
    with pytest.raises(RuleBroken, match="schon auf einer Tagesordnung"):
        objections.propose_item(
            build.session, build.actor, found, later_meeting(build, chapter), AFTERWARDS
        )


def test_the_item_names_the_approval_where_the_land_knows_one(
    build: Builder, chapter: Chapter
) -> None:
    settle_in(build, "BY")
    _, item = carried(build, chapter, later_meeting(build, chapter))
    title = build.session.get_one(AgendaItem, item).title
    assert title == "Genehmigung der Niederschrift vom 19.04.2017"


def test_the_item_must_stand_on_a_later_planned_agenda_of_the_committee(
    build: Builder, stranger: Builder, chapter: Chapter
) -> None:
    found = build.sign(chapter.meeting)
    summoned = later_meeting(build, chapter)
    build.item(summoned)
    build.summon(summoned)
    elsewhere = build.meeting(build.organization("Bauausschuss"), start=IN_JUNE)
    for meeting in (summoned, elsewhere):
        with pytest.raises(RuleBroken):
            objections.propose_item(build.session, build.actor, found, meeting, AFTERWARDS)
    foreign = stranger.meeting(stranger.organization("Stadtrat"), start=IN_JUNE)
    with pytest.raises(Unknown):
        objections.propose_item(build.session, build.actor, found, foreign, AFTERWARDS)
    assert row(build, found).approved_item_id is None


def test_an_item_that_is_removed_lets_go_of_the_minutes(build: Builder, chapter: Chapter) -> None:
    found, item = carried(build, chapter, later_meeting(build, chapter))
    agenda.remove_item(
        build.session, build.actor, item, build.version(AgendaItem, item), AFTERWARDS
    )
    again = later_meeting(build, chapter)
    item = objections.propose_item(build.session, build.actor, found, again, AFTERWARDS)
    assert row(build, found).approved_item_id == item


def held_later(build: Builder, chapter: Chapter, item: int) -> None:
    meeting = build.session.get_one(AgendaItem, item).meeting_id
    build.summon(meeting)
    build.present(meeting, *chapter.members)


def test_an_approval_needs_a_vote_on_its_item(build: Builder, chapter: Chapter) -> None:
    settle_in(build, "BY")
    found, item = carried(build, chapter, later_meeting(build, chapter))
    held_later(build, chapter, item)

    def approve() -> None:
        version = build.version(Minutes, found)
        minutes.approve_minutes(
            build.session, build.actor, found, version, date(2017, 6, 14), None, IN_JULY,
            approved_item_id=item,
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="noch keine Zustimmung"):
        approve()
    build.vote(item, yes=5, no=0, abstentions=0, invalid=0)
    approve()
    approved = row(build, found)
    assert approved.state is MinutesState.APPROVED
    assert approved.approved_in_id == build.session.get_one(AgendaItem, item).meeting_id
    step(build, minutes.unapprove_minutes, found, IN_JULY)
    assert row(build, found).state is MinutesState.SIGNED
    assert row(build, found).approved_in_id is None


def test_minutes_that_need_a_vote_are_not_closed_without(build: Builder, chapter: Chapter) -> None:
    settle_in(build, "BY")
    found = build.sign(chapter.meeting)
    with pytest.raises(RuleBroken, match="Genehmigung des Gremiums") as broken:
        step(build, minutes.close_minutes, found, DAY, AFTERWARDS)
    assert "Art. 54" in broken.value.norm


def test_minutes_are_closed_without_a_vote_where_objections_alone_count(
    build: Builder, chapter: Chapter
) -> None:
    found = build.sign(chapter.meeting)
    step(build, minutes.close_minutes, found, date(2017, 5, 9), AFTERWARDS)
    assert row(build, found).state is MinutesState.CLOSED
    assert row(build, found).settled
    with pytest.raises(RuleBroken, match="abgeschlossen"):
        object_to(build, found)
    step(build, minutes.reopen_minutes, found, AFTERWARDS)
    assert (row(build, found).state, row(build, found).closed_on) == (MinutesState.SIGNED, None)


def test_an_open_objection_keeps_the_minutes_open(build: Builder, chapter: Chapter) -> None:
    found = build.sign(chapter.meeting)
    objection = object_to(build, found)
    with pytest.raises(RuleBroken, match="noch nicht entschieden"):
        step(build, minutes.close_minutes, found, date(2017, 5, 9), AFTERWARDS)
    decide(build, objection, state=ObjectionState.UPHELD)
    step(build, minutes.close_minutes, found, date(2017, 5, 9), AFTERWARDS)


def test_nobody_objects_to_a_draft(build: Builder, chapter: Chapter) -> None:
    with pytest.raises(RuleBroken, match="noch ein Entwurf"):
        object_to(build, draft(build, chapter))


def test_an_objection_speaks_of_an_item_of_its_own_meeting(
    build: Builder, chapter: Chapter
) -> None:
    found = presented(build, chapter)
    other = build.item(later_meeting(build, chapter))
    with pytest.raises(Unknown):
        object_to(build, found, agenda_item_id=other)
    assert object_to(build, found, agenda_item_id=chapter.matter)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"raised_by": " "}, "raised_by"),
        ({"text": ""}, "text"),
        ({"raised_on": date(2017, 4, 18)}, "raised_on"),
        ({"raised_on": date(2017, 5, 11)}, "raised_on"),
    ],
)
def test_an_objection_has_an_author_a_day_and_words(
    build: Builder, chapter: Chapter, facts: dict[str, object], field: str
) -> None:
    found = presented(build, chapter)
    with pytest.raises(RuleBroken) as broken:
        object_to(build, found, **facts)
    assert broken.value.field == field


def test_an_objection_is_decided_once_and_can_be_taken_up_again(
    build: Builder, chapter: Chapter
) -> None:
    found = presented(build, chapter)
    objection = object_to(build, found)
    with pytest.raises(RuleBroken, match="wie entschieden"):
        decide(build, objection, state=ObjectionState.OPEN)
    with pytest.raises(RuleBroken, match="passt nicht"):
        decide(build, objection, decided_on=date(2017, 5, 1))
    decide(build, objection)
    with pytest.raises(RuleBroken, match="schon entschieden"):
        decide(build, objection)
    version = build.version(Objection, objection)
    objections.reopen_objection(build.session, build.actor, objection, version, AFTERWARDS)
    kept = build.session.get_one(Objection, objection, populate_existing=True)
    assert (kept.state, kept.decided_on) == (ObjectionState.OPEN, None)
    version = build.version(Objection, objection)
    objections.remove_objection(build.session, build.actor, objection, version, AFTERWARDS)
    assert row(build, found).objections == []


def test_taking_the_signatures_back_keeps_objections_and_nothing_else(
    build: Builder, chapter: Chapter
) -> None:
    found = build.sign(chapter.meeting, approve=True)
    decide(build, object_to(build, found))
    step(build, minutes.close_minutes, found, date(2017, 5, 9), AFTERWARDS)
    step(build, minutes.unsign_minutes, found, AFTERWARDS)
    back = row(build, found)
    assert back.state is MinutesState.DRAFT
    days = (back.presented_on, back.signed_on, back.approved_on, back.closed_on)
    assert days == (None, None, None, None)
    assert [one.signed_on for one in back.signatures] == [None, None]
    assert len(back.objections) == 1
    assert build.session.get_one(Meeting, chapter.meeting).minutes is back
