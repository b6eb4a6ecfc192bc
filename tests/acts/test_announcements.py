"""Announcing what was resolved in the non-public part: owed, told, or withheld for a reason."""

from datetime import UTC, date, datetime

import pytest

from sitzungsdienst.acts import announcements, resolutions
from sitzungsdienst.acts.announcements import Announced, AnnouncementFacts
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.resolutions import Announcement, Resolution
from tests.support.builders import AFTERWARDS, START, Builder, Chapter, held_chapter

DAY = date(2017, 4, 19)
LATER = datetime(2017, 6, 14, 15, tzinfo=UTC)
AFTER_THAT = datetime(2017, 6, 15, 8, tzinfo=UTC)
TOLD = AnnouncementFacts(
    announcement=Announcement.OWED, announced_text="Ein Grundstück wird gekauft."
)


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


@pytest.fixture
def secret(build: Builder, chapter: Chapter) -> int:
    """The resolution on N 1."""
    return numbered(build, chapter, chapter.secret)


def numbered(build: Builder, chapter: Chapter, item: int) -> int:
    (made,) = resolutions.number_resolutions(
        build.session,
        build.actor,
        chapter.meeting,
        (resolutions.Numbering(item_id=item),),
        AFTERWARDS,
    )
    return made


def row(build: Builder, resolution: int) -> Resolution:
    build.session.rollback()
    return build.session.get_one(Resolution, resolution, populate_existing=True)


def plan(build: Builder, resolution: int, facts: AnnouncementFacts = TOLD) -> None:
    version = row(build, resolution).version
    args = (build.session, build.actor, resolution, version, facts, AFTERWARDS)
    announcements.plan_announcement(*args)


def announce(
    build: Builder,
    resolution: int,
    day: date = DAY,
    item: int | None = None,
    now: datetime = AFTERWARDS,
) -> None:
    version = row(build, resolution).version
    facts = Announced(announced_on=day, announced_item_id=item)
    args = (build.session, build.actor, resolution, version, facts, now)
    announcements.announce_resolution(*args)


def later_item(build: Builder, chapter: Chapter, **facts: object) -> int:
    """An item of the summoned meeting in June."""
    meeting = build.meeting(chapter.committee, start=LATER)
    item = build.item(meeting, announcements.ITEM_TITLE, **facts)
    build.summon(meeting)
    return item


def test_a_public_resolution_has_nothing_to_announce(build: Builder, chapter: Chapter) -> None:
    public = numbered(build, chapter, chapter.matter)
    with pytest.raises(RuleBroken, match="öffentlich gefasst"):
        plan(build, public)


def test_a_resolution_is_withheld_for_a_reason_only(build: Builder, secret: int) -> None:
    silent = AnnouncementFacts(announcement=Announcement.WITHHELD)
    with pytest.raises(RuleBroken) as broken:
        plan(build, secret, silent)
    assert broken.value.field == "announcement_reason"
    reasoned = AnnouncementFacts(
        announcement=Announcement.WITHHELD, announcement_reason="Berechtigtes Interesse Einzelner"
    )
    plan(build, secret, reasoned)
    assert row(build, secret).announcement is Announcement.WITHHELD


@pytest.mark.parametrize("state", [Announcement.NOT_NEEDED, Announcement.ANNOUNCED])
def test_nothing_else_can_be_planned(build: Builder, secret: int, state: Announcement) -> None:
    with pytest.raises(RuleBroken) as broken:
        plan(build, secret, AnnouncementFacts(announcement=state))
    assert broken.value.field == "announcement"


def test_nothing_is_announced_without_words_for_the_public(build: Builder, secret: int) -> None:
    with pytest.raises(RuleBroken, match="Wortlaut der Bekanntgabe"):
        announce(build, secret)
    plan(build, secret)
    announce(build, secret)
    found = row(build, secret)
    assert (found.announcement, found.announced_on) == (Announcement.ANNOUNCED, DAY)


@pytest.mark.parametrize(
    ("day", "words"), [(date(2017, 4, 18), "danach gefasst"), (date(2017, 5, 11), "Zukunft")]
)
def test_a_day_that_cannot_be_is_refused(
    build: Builder, secret: int, day: date, words: str
) -> None:
    plan(build, secret)
    with pytest.raises(RuleBroken, match=words) as broken:
        announce(build, secret, day)
    assert broken.value.field == "announced_on"


def test_several_are_announced_in_one_item_of_the_next_meeting(
    build: Builder, chapter: Chapter, secret: int
) -> None:
    second = resolutions.add_resolution(
        build.session,
        build.actor,
        chapter.secret,
        resolutions.ResolutionFacts(subject="Zweitens", decision=row(build, secret).decision),
        AFTERWARDS,
    )
    item = later_item(build, chapter)
    plan(build, secret)
    with pytest.raises(RuleBroken) as broken:
        announcements.announce_resolutions(
            build.session, build.actor, item, (secret, second), AFTER_THAT
        )
    assert broken.value.field == f"resolution-{second}"
    assert row(build, secret).announcement is Announcement.OWED, "all or none"
    plan(build, second)
    announcements.announce_resolutions(
        build.session, build.actor, item, (secret, second), AFTER_THAT
    )
    assert {(one.announced_item_id, one.announced_on) for one in (
        row(build, secret), row(build, second)
    )} == {(item, date(2017, 6, 14))}  # fmt: skip


def test_only_what_the_public_could_hear_is_an_announcement(
    build: Builder, chapter: Chapter, secret: int
) -> None:
    plan(build, secret)
    closed_doors = later_item(build, chapter, part=Part.NONPUBLIC)
    with pytest.raises(RuleBroken, match="öffentlichen Teils"):
        announce(build, secret, date(2017, 6, 14), closed_doors, AFTER_THAT)
    planned = build.item(build.meeting(chapter.committee, start=LATER))
    with pytest.raises(RuleBroken, match="nicht stattgefunden"):
        announce(build, secret, date(2017, 6, 14), planned, AFTER_THAT)
    open_doors = later_item(build, chapter)
    with pytest.raises(RuleBroken, match="erst nach diesem Tag"):
        announce(build, secret, date(2017, 6, 13), open_doors, AFTER_THAT)
    build.session.rollback()
    treated = build.session.get_one(AgendaItem, chapter.matter).treatment
    assert treated is not None
    treated.treated_part = Part.NONPUBLIC
    build.session.commit()
    with pytest.raises(RuleBroken, match="öffentlichen Teils"):
        announce(build, secret, DAY, chapter.matter)


def test_it_can_be_announced_at_the_end_of_the_same_meeting(
    build: Builder, chapter: Chapter, secret: int
) -> None:
    plan(build, secret)
    announce(build, secret, DAY, chapter.matter)
    assert row(build, secret).announced_item_id == chapter.matter


def test_what_is_announced_is_fixed_until_the_note_is_taken_back(
    build: Builder, secret: int
) -> None:
    plan(build, secret)
    announce(build, secret)
    for again in (plan, announce):
        with pytest.raises(RuleBroken, match="schon als bekannt gegeben"):
            again(build, secret)
    version = row(build, secret).version
    with pytest.raises(RuleBroken, match="bekannt gegeben"):
        resolutions.void_resolution(
            build.session, build.actor, secret, version, "Irrtum", AFTERWARDS
        )
    announcements.revoke_announcement(build.session, build.actor, secret, version, AFTERWARDS)
    found = row(build, secret)
    assert (found.announcement, found.announced_on) == (Announcement.OWED, None)
    with pytest.raises(Stale):
        announcements.revoke_announcement(build.session, build.actor, secret, version, AFTERWARDS)


def test_a_void_resolution_is_not_announced(build: Builder, secret: int) -> None:
    plan(build, secret)
    version = row(build, secret).version
    resolutions.void_resolution(build.session, build.actor, secret, version, "Irrtum", AFTERWARDS)
    with pytest.raises(RuleBroken, match="ungültig"):
        announce(build, secret)


def test_what_turned_out_nonpublic_is_first_brought_in_line(
    build: Builder, chapter: Chapter
) -> None:
    public = numbered(build, chapter, chapter.matter)
    treated = build.session.get_one(AgendaItem, chapter.matter).treatment
    assert treated is not None
    treated.treated_part = Part.NONPUBLIC
    build.session.commit()
    with pytest.raises(RuleBroken, match="Gleichen Sie"):
        plan(build, public)


def test_another_body_announces_nothing_of_ours_and_lends_no_item(
    build: Builder, stranger: Builder, chapter: Chapter, secret: int
) -> None:
    plan(build, secret)
    foreign = stranger.item(stranger.meeting(stranger.organization(), start=START))
    with pytest.raises(Unknown):
        announce(build, secret, DAY, foreign)
    version = row(build, secret).version
    here = (stranger.session, stranger.actor)
    for refused in (
        lambda: announcements.plan_announcement(*here, secret, version, TOLD, AFTERWARDS),
        lambda: announcements.announce_resolution(
            *here, secret, version, Announced(announced_on=DAY), AFTERWARDS
        ),
        lambda: announcements.announce_resolutions(*here, foreign, (secret,), AFTERWARDS),
        lambda: announcements.revoke_announcement(*here, secret, version, AFTERWARDS),
    ):
        with pytest.raises(Unknown):
            refused()
