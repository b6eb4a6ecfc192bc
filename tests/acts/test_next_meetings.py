"""Meetings that follow from another, series, joint meetings, numbers and what clashes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sitzungsdienst.acts import (
    meetings,
    next_meetings,
    presence,
    series,
    standing,
    summons,
    terms,
)
from sitzungsdienst.acts.agenda import Line
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.meeting_hints import clashes, hints, next_number
from sitzungsdienst.acts.next_meetings import FollowUpFacts
from sitzungsdienst.acts.series import LAST, Occasion, SeriesFacts
from sitzungsdienst.acts.summons import SummonsFacts, second_hint
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import ItemKind, Meeting, MeetingKind
from sitzungsdienst.record.papers import Paper
from tests.support.builders import START, Builder, Chapter, planned_chapter

LATER = START + timedelta(days=7)


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    found = planned_chapter(build)
    build.summon(found.meeting)
    return found


def row(build: Builder, meeting: int) -> Meeting:
    build.session.rollback()
    return build.session.get_one(Meeting, meeting)


def told(build: Builder, meeting: int) -> list[str]:
    return [f"{one.number} {one.item.title}" for one in agenda_rows(row(build, meeting).agenda)]


def follow(build: Builder, *items: int, start: datetime = LATER) -> FollowUpFacts:
    return FollowUpFacts(
        name="Fortsetzung", start=start, location_id=build.location(), item_ids=items
    )


def resume(build: Builder, meeting: int, *items: int) -> int:
    facts = follow(build, *items)
    return next_meetings.continue_meeting(build.session, build.actor, meeting, facts, build.now)


def repeat(build: Builder, meeting: int, *items: int) -> int:
    facts = follow(build, *items)
    return next_meetings.repeat_meeting(build.session, build.actor, meeting, facts, build.now)


def test_a_continuation_takes_over_items_papers_and_headings(
    build: Builder, chapter: Chapter
) -> None:
    build.treat(chapter.opening)
    following = resume(build, chapter.meeting, chapter.matter, chapter.secret)
    found = row(build, following)
    assert (found.kind, found.continues_id) == (MeetingKind.CONTINUATION, chapter.meeting)
    assert told(build, following) == ["Ö 1 Richtlinie", "N 1 Kauf von Herrn Meier"]
    assert [one.taken_over_from_id for one in found.agenda] == [chapter.matter, chapter.secret]
    path = build.session.get_one(Paper, chapter.paper).consultations
    assert [one.agenda_item_id for one in path] == [chapter.matter, found.agenda[0].id]


def test_headings_come_along_with_what_stands_under_them(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    heading = build.item(meeting, "Vorlagen", kind=ItemKind.HEADING)
    build.item(meeting, "a", parent_id=heading)
    second = build.item(meeting, "b", parent_id=heading)
    build.summon(meeting)
    following = resume(build, meeting, second)
    assert told(build, following) == ["Ö 1 Vorlagen", "Ö 1.1 b"]


def test_only_what_was_summoned_is_continued_and_later_than_it(
    build: Builder, chapter: Chapter
) -> None:
    planned = build.meeting(chapter.committee)
    item = build.item(planned)
    with pytest.raises(RuleBroken, match="nicht geladen"):
        resume(build, planned, item)
    facts = follow(build, chapter.matter, start=START)
    with pytest.raises(RuleBroken) as refused:
        next_meetings.continue_meeting(
            build.session, build.actor, chapter.meeting, facts, build.now
        )
    assert refused.value.field == "start_date"
    for items in ((), (item,)):
        with pytest.raises(RuleBroken) as refused:
            resume(build, chapter.meeting, *items)
        assert refused.value.field == "item_ids"


def test_a_continuation_is_planned_only_at_the_meeting_it_continues(build: Builder) -> None:
    with pytest.raises(RuleBroken) as refused:
        build.meeting(build.organization(), kind=MeetingKind.CONTINUATION)
    assert refused.value.field == "kind"


def test_a_second_summons_says_expressly_that_no_number_is_needed(
    build: Builder, chapter: Chapter
) -> None:
    again = repeat(build, chapter.meeting, chapter.matter)
    found = row(build, again)
    assert (found.repeats_id, found.kind) == (chapter.meeting, MeetingKind.ORDINARY)
    hint = second_hint(found)
    for words in ("zum zweiten Mal", "Ö 1", "ohne Rücksicht auf die Zahl", "§ 55 Abs. 2 KVG LSA"):
        assert words in hint
    facts = SummonsFacts(second_with_hint=True, acknowledged=True)
    version = build.version(Meeting, again)
    summons.summon(build.session, build.actor, again, version, facts, build.now)
    sent = row(build, again).summons
    assert sent is not None
    assert sent.second_with_hint


def test_the_second_summons_lets_fewer_decide_only_what_was_on_the_agenda_before(
    build: Builder,
) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting)
    again = repeat(build, chapter.meeting, chapter.matter)
    new = build.item(again, "Neues")
    version = build.version(Meeting, again)
    facts = SummonsFacts(second_with_hint=True, acknowledged=True)
    summons.summon(build.session, build.actor, again, version, facts, build.now)
    build.present(again, *chapter.members[:1])
    items = {one.title: one for one in row(build, again).agenda}
    room = presence.Room(row(build, again))
    old = next(one for title, one in items.items() if title != "Neues")
    found = [room.quorums(item)[0].finding for item in (old, items["Neues"])]
    assert new == items["Neues"].id
    assert [one.quorate for one in found if one] == [True, False]


def test_an_ordinary_summons_bears_no_such_hint(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    build.item(meeting)
    facts = SummonsFacts(second_with_hint=True)
    version = build.version(Meeting, meeting)
    with pytest.raises(RuleBroken) as refused:
        summons.summon(build.session, build.actor, meeting, version, facts, build.now)
    assert refused.value.field == "second_with_hint"


def test_receipt_and_announcement_are_kept_and_checked(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    build.item(meeting)
    version = build.version(Meeting, meeting)

    def summon(**facts: object) -> None:
        wanted = SummonsFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
        summons.summon(build.session, build.actor, meeting, version, wanted, build.now)

    for field in ("received_on", "announced_on"):
        with pytest.raises(RuleBroken) as refused:
            summon(**{field: date(2017, 4, 20)})
        assert refused.value.field == field
    with pytest.raises(RuleBroken) as refused:
        summon(received_on=date(2017, 4, 13))
    assert refused.value.field == "acknowledged"
    summon(received_on=date(2017, 4, 13), urgent=True)
    sent = row(build, meeting).summons
    assert sent is not None
    kept = (sent.received_on, sent.announced_on, sent.urgent)
    assert kept == (date(2017, 4, 13), date(2017, 4, 3), True)


def test_a_meeting_entered_afterwards_was_not_received_today(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    build.item(meeting)
    build.now = LATER
    build.summon(meeting)
    sent = row(build, meeting).summons
    assert sent is not None
    assert (sent.received_on, sent.announced_on) == (None, None)


def test_numbers_count_within_the_term_of_the_leading_committee(build: Builder) -> None:
    leading, other = build.organization(), build.organization()
    for name, first, last in (
        ("5.", date(2009, 7, 1), date(2014, 6, 30)),
        ("6.", date(2014, 7, 1), None),
    ):
        facts = terms.TermFacts(name=name, start_date=first, end_date=last)
        terms.add_term(build.session, build.actor, facts, build.now)
    body = build.actor.body_id
    assert body is not None
    build.meeting(leading, number=31, start=datetime(2013, 4, 19, 15, tzinfo=UTC))
    mine = build.meeting(leading, other, number=4)
    build.session.rollback()
    assert next_number(build.session, body, leading, START.date()) == 5
    assert next_number(build.session, body, leading, date(2012, 1, 1)) == 32
    assert next_number(build.session, body, other, START.date()) == 1
    twin = build.meeting(leading, number=4, start=LATER)
    assert "Die Nummer 4 trägt" in hints(build.session, row(build, twin))[0]
    assert "Die Nummer 4 trägt" in hints(build.session, row(build, mine))[0]


def test_the_same_room_or_committee_at_the_same_time_is_told(build: Builder) -> None:
    committee, other, room = build.organization(), build.organization(), build.location()
    build.meeting(committee, location_id=room)
    body = build.actor.body_id
    assert body is not None
    build.session.rollback()
    two_hours = START + timedelta(hours=2)

    def found(start: datetime, place: int, *ids: int) -> list[bool]:
        return [one.same_room for one in clashes(build.session, body, start, place, ids)]

    assert found(two_hours, room, other) == [True]
    assert found(two_hours, room, committee) == [False]
    assert found(START + timedelta(hours=4), room, other) == []
    assert found(START + timedelta(days=1), room, committee) == []
    assert found(two_hours, room + 1, other) == []


def test_series_of_weeks_and_of_weekdays_in_months() -> None:
    weekly = series.every_weeks(date(2017, 4, 19), 4, date(2017, 7, 1))
    assert weekly == (date(2017, 4, 19), date(2017, 5, 17), date(2017, 6, 14))
    mondays = series.monthly(date(2017, 1, 3), 0, 1, 1, date(2017, 4, 30))
    assert mondays == (date(2017, 2, 6), date(2017, 3, 6), date(2017, 4, 3))
    last = series.monthly(date(2016, 1, 1), 0, LAST, 1, date(2016, 3, 31))
    assert last == (date(2016, 1, 25), date(2016, 2, 29), date(2016, 3, 28))
    quarterly = series.monthly(date(2017, 11, 1), 3, 2, 3, date(2018, 6, 1))
    assert quarterly == (date(2017, 11, 9), date(2018, 2, 8), date(2018, 5, 10))
    assert len(series.every_weeks(date(2017, 1, 1), 1, date(2199, 1, 1))) == series.MAX_MEETINGS
    with pytest.raises(RuleBroken):
        series.every_weeks(date(2017, 1, 1), 0, date(2018, 1, 1))


def test_a_series_is_planned_whole_or_not_at_all(build: Builder) -> None:
    committee, room = build.organization(), build.location()
    starts = (START, LATER)

    def plan(*occasions: Occasion) -> tuple[int, ...]:
        facts = SeriesFacts(committee_ids=(committee,), location_id=room, occasions=occasions)
        return series.plan_series(build.session, build.actor, facts, build.now)

    good = [Occasion(name=f"Sitzung {n}", start=one, number=n) for n, one in enumerate(starts, 1)]
    with pytest.raises(RuleBroken) as refused:
        plan(*good, Occasion(name=" ", start=START))
    assert refused.value.field == "name"
    assert build.session.query(Meeting).count() == 0
    made = plan(*good)
    assert [row(build, one).number for one in made] == [1, 2]
    with pytest.raises(RuleBroken):
        plan()


def test_a_committee_takes_part_until_an_item(build: Builder) -> None:
    leading, other = build.organization(), build.organization()
    meeting = build.meeting(leading, other)
    item, elsewhere = build.item(meeting), build.item(build.meeting(leading))

    def part(*until: tuple[int, int]) -> None:
        version = build.version(Meeting, meeting)
        meetings.set_participation(build.session, build.actor, meeting, version, until, build.now)

    part((other, item))
    assert [one.until_item_id for one in row(build, meeting).committees] == [None, item]
    with pytest.raises(RuleBroken, match="Mindestens ein Gremium"):
        part((other, item), (leading, item))
    with pytest.raises(RuleBroken) as refused:
        part((other, elsewhere))
    assert refused.value.field == f"until-{other}"
    part()
    assert [one.until_item_id for one in row(build, meeting).committees] == [None, None]


def set_standing(build: Builder, committee: int) -> None:
    version = build.version(Organization, committee)
    public = (
        Line("Eröffnung"),
        Line("Vorlagen", kind=ItemKind.HEADING),
        Line("Berichte", 1),
    )
    standing.set_standing_items(
        build.session, build.actor, committee, version, public, (Line("Anfragen"),), build.now
    )


def test_standing_items_are_taken_over_once(build: Builder) -> None:
    committee = build.organization()
    set_standing(build, committee)
    set_standing(build, committee)
    meeting = build.meeting(committee)
    assert standing.offered(row(build, meeting))
    standing.take_over_standing_items(build.session, build.actor, meeting, build.now)
    assert told(build, meeting) == [
        "Ö 1 Eröffnung", "Ö 2 Vorlagen", "Ö 2.1 Berichte", "N 1 Anfragen"
    ]  # fmt: skip
    kinds = {one.title: one.kind for one in row(build, meeting).agenda}
    assert kinds["Vorlagen"] is ItemKind.HEADING
    with pytest.raises(RuleBroken, match="schon übernommen"):
        standing.take_over_standing_items(build.session, build.actor, meeting, build.now)
    assert not standing.offered(row(build, meeting))


def test_standing_items_have_words_and_three_levels(build: Builder) -> None:
    committee = build.organization()
    for lines, field in (
        (((Line(" "),), ()), "public_lines"),
        (((), (Line("x", 3),)), "nonpublic_lines"),
    ):
        version = build.version(Organization, committee)
        with pytest.raises(RuleBroken) as refused:
            standing.set_standing_items(
                build.session, build.actor, committee, version, *lines, build.now
            )
        assert refused.value.field == field
