"""The summons: warnings are read, numbers freeze, papers go out with the agenda."""

import json
from datetime import UTC, datetime

import pytest

from sitzungsdienst.acts import summons
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.summons import SummonsFacts, notice_findings
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem, PublicPaper
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting, MeetingState
from sitzungsdienst.record.papers import DocumentKind
from tests.support.builders import Builder, planned_chapter

LATE = datetime(2017, 4, 18, 8, tzinfo=UTC)


def summon(build: Builder, meeting: int, facts: SummonsFacts) -> None:
    version = build.version(Meeting, meeting)
    summons.summon(build.session, build.actor, meeting, version, facts, build.now)


def test_a_late_summons_must_be_acknowledged(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.now = LATE
    with pytest.raises(RuleBroken) as refused:
        summon(build, chapter.meeting, SummonsFacts())
    assert refused.value.field == "acknowledged"
    assert refused.value.norm
    summon(build, chapter.meeting, SummonsFacts(acknowledged=True))
    assert build.session.get_one(Meeting, chapter.meeting).state is MeetingState.SUMMONED


def test_a_summons_in_time_needs_no_acknowledgement(build: Builder) -> None:
    chapter = planned_chapter(build)
    row = build.session.get_one(Meeting, chapter.meeting)
    assert notice_findings(row, build.now) == ()
    assert notice_findings(row, LATE)
    summon(build, chapter.meeting, SummonsFacts())


def test_the_numbers_freeze_for_every_item(build: Builder) -> None:
    chapter = planned_chapter(build)
    summon(build, chapter.meeting, SummonsFacts())
    items = (chapter.opening, chapter.matter, chapter.secret, chapter.hidden)
    found = [build.session.get_one(AgendaItem, one).number for one in items]
    assert found == ["Ö 1", "Ö 2", "N 1", "N 2"]


def test_what_was_sent_stays_readable(build: Builder) -> None:
    chapter = planned_chapter(build)
    summon(build, chapter.meeting, SummonsFacts())
    row = build.session.get_one(Meeting, chapter.meeting).summons
    assert row is not None
    assert [one["title"] for one in json.loads(row.agenda_sent)][:2] == ["Eröffnung", "Richtlinie"]
    kinds = (row.document.kind, row.notice.kind)
    assert kinds == (DocumentKind.INVITATION, DocumentKind.NOTICE)
    assert row.document.blob.content.startswith(b"%PDF")
    assert row.document.sha512 != row.notice.sha512


def test_only_the_chosen_papers_of_this_agenda_are_released(build: Builder) -> None:
    chapter = planned_chapter(build)
    elsewhere = build.paper(public=True)
    with pytest.raises(RuleBroken) as refused:
        summon(build, chapter.meeting, SummonsFacts(paper_ids=(elsewhere,)))
    assert refused.value.field == "paper_ids"
    summon(build, chapter.meeting, SummonsFacts())
    assert Reader(build.session.connection()).listing(PublicPaper) == ()


def test_a_nonpublic_paper_stops_the_summons_at_its_field(build: Builder) -> None:
    chapter = planned_chapter(build)
    with pytest.raises(RuleBroken) as refused:
        summon(build, chapter.meeting, SummonsFacts(paper_ids=(chapter.secret_paper,)))
    assert refused.value.field == "paper_ids"
    assert build.session.get_one(Meeting, chapter.meeting).state is MeetingState.PLANNED


def test_a_hidden_item_keeps_its_number_and_is_not_named(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    build.item(meeting)
    build.secret_item(meeting, "Kündigung")
    build.item(
        meeting, "Kauf", part=Part.NONPUBLIC, public_title="Grundstückssache",
        disclosure=Disclosure.NEUTRAL,
    )  # fmt: skip
    summon(build, meeting, SummonsFacts())
    build.session.rollback()
    found = Reader(build.session.connection()).listing(PublicAgendaItem)
    assert sorted((one.living.number, one.living.order) for one in found) == [
        ("N 2", 1),
        ("Ö 1", 0),
    ]


def test_nobody_is_summoned_twice_or_to_nothing(build: Builder) -> None:
    chapter = planned_chapter(build)
    summon(build, chapter.meeting, SummonsFacts())
    with pytest.raises(RuleBroken, match="schon geladen"):
        summon(build, chapter.meeting, SummonsFacts())
    with pytest.raises(RuleBroken, match="Tagesordnung ist leer"):
        summon(build, build.meeting(chapter.committee), SummonsFacts())
