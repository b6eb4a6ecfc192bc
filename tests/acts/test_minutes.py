"""The minutes' way: draft, signed, approved, and back."""

from datetime import date

import pytest
from sqlalchemy import select

from sitzungsdienst.acts import minutes
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.minutes import MinutesFacts
from sitzungsdienst.record.minutes import Minutes, MinutesState
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter

FACTS = MinutesFacts(chair_name="Vorsitz", clerk_name="Krüger")
DAY = date(2017, 5, 2)


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


def draft(build: Builder, meeting: int) -> int:
    return minutes.draft_minutes(build.session, build.actor, meeting, FACTS, AFTERWARDS)


def issues(build: Builder) -> list[IssuedDocument]:
    build.session.rollback()
    return list(
        build.session.scalars(
            select(IssuedDocument).where(IssuedDocument.kind == DocumentKind.MINUTES_FULL)
        )
    )


def test_each_step_prints_an_issue_and_keeps_the_earlier_ones(
    build: Builder, chapter: Chapter
) -> None:
    build.sign(chapter.meeting, approve=True)
    assert len(issues(build)) == 3


def test_only_a_closed_meeting_has_minutes_and_only_once(build: Builder, chapter: Chapter) -> None:
    other = planned_chapter_of_another(build)
    with pytest.raises(RuleBroken, match="schließen Sie zuerst"):
        draft(build, other)
    draft(build, chapter.meeting)
    with pytest.raises(RuleBroken, match="schon eine Niederschrift"):
        draft(build, chapter.meeting)
    assert len(issues(build)) == 1


def planned_chapter_of_another(build: Builder) -> int:
    return build.meeting(build.organization("Bauausschuss"))


def test_no_step_is_skipped_or_taken_twice(build: Builder, chapter: Chapter) -> None:
    row = draft(build, chapter.meeting)
    args = (build.session, build.actor, row)
    with pytest.raises(RuleBroken, match="noch nicht unterzeichnet"):
        minutes.approve_minutes(*args, build.version(Minutes, row), DAY, None, AFTERWARDS)
    with pytest.raises(RuleBroken, match="nicht unterzeichnet"):
        minutes.unsign_minutes(*args, build.version(Minutes, row), AFTERWARDS)
    minutes.sign_minutes(*args, build.version(Minutes, row), DAY, AFTERWARDS)
    with pytest.raises(RuleBroken, match="schon unterzeichnet"):
        minutes.sign_minutes(*args, build.version(Minutes, row), DAY, AFTERWARDS)
    with pytest.raises(RuleBroken, match="schon unterzeichnet"):
        minutes.edit_minutes(*args, build.version(Minutes, row), FACTS, AFTERWARDS)


def test_taking_back_forgets_the_signing_and_the_approval(build: Builder, chapter: Chapter) -> None:
    row = build.sign(chapter.meeting, approve=True)
    version = build.version(Minutes, row)
    minutes.unsign_minutes(build.session, build.actor, row, version, AFTERWARDS)
    kept = build.session.get_one(Minutes, row)
    assert (kept.state, kept.signed_on, kept.approved_on, kept.approved_in_id) == (
        MinutesState.DRAFT,
        None,
        None,
        None,
    )


def test_minutes_are_approved_in_a_later_meeting_of_the_body_only(
    build: Builder, stranger: Builder, chapter: Chapter
) -> None:
    row = build.sign(chapter.meeting)
    args = (build.session, build.actor, row, build.version(Minutes, row), DAY)
    with pytest.raises(RuleBroken) as broken:
        minutes.approve_minutes(*args, chapter.meeting, AFTERWARDS)
    assert broken.value.field == "approved_in_id"
    foreign = stranger.meeting(stranger.organization("Stadtrat"))
    with pytest.raises(Unknown):
        minutes.approve_minutes(*args, foreign, AFTERWARDS)


def test_stale_and_foreign_minutes_are_not_touched(
    build: Builder, stranger: Builder, chapter: Chapter
) -> None:
    row = draft(build, chapter.meeting)
    version = build.version(Minutes, row)
    changed = MinutesFacts(chair_name="Andere", clerk_name="Krüger")
    minutes.edit_minutes(build.session, build.actor, row, version, changed, AFTERWARDS)
    with pytest.raises(Stale):
        minutes.sign_minutes(build.session, build.actor, row, version, DAY, AFTERWARDS)
    with pytest.raises(Unknown):
        minutes.sign_minutes(
            stranger.session, stranger.actor, row, build.version(Minutes, row), DAY, AFTERWARDS
        )
    with pytest.raises(Unknown):
        draft(stranger, chapter.meeting)
