"""Supplements: what comes after the summons waits, gets its number, and goes out alone."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from sitzungsdienst.acts import agenda, releases, supplements
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.supplements import SupplementFacts
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem, PublicFile, PublicPaper
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Consultation, DocumentKind, IssuedDocument
from tests.support.builders import Builder, planned_chapter

LATE = datetime(2017, 4, 18, 8, tzinfo=UTC)


@pytest.fixture
def summoned(build: Builder) -> int:
    """Ö 1, Ö 2, Ö 2.1 and N 1, summoned."""
    meeting = build.meeting(build.organization())
    build.item(meeting, "Eröffnung")
    papers = build.item(meeting, "Vorlagen")
    build.item(meeting, "Richtlinie", parent_id=papers)
    build.secret_item(meeting, "Kauf")
    build.summon(meeting)
    return meeting


def supplement(build: Builder, meeting: int, **facts: object) -> None:
    version = build.version(Meeting, meeting)
    wanted = SupplementFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
    supplements.issue_supplement(build.session, build.actor, meeting, version, wanted, build.now)


def told(build: Builder, meeting: int) -> list[str]:
    build.session.rollback()
    rows = agenda_rows(build.session.get_one(Meeting, meeting).agenda)
    return [f"{row.number} {row.item.title}" for row in rows]


def public_lines(build: Builder) -> list[tuple[int, str, str]]:
    build.session.rollback()
    found = Reader(build.session.connection()).listing(PublicAgendaItem)
    return sorted((one.living.order, one.living.number, one.living.name) for one in found)


def edit(build: Builder, item: int, title: str) -> None:
    row = build.session.get_one(AgendaItem, item)
    facts = agenda.ItemFacts(title=title, part=row.part, parent_id=row.parent_id)
    version = build.version(AgendaItem, item)
    agenda.edit_item(build.session, build.actor, item, version, facts, build.now)


def test_what_is_entered_after_the_summons_waits_and_nobody_reads_it(
    build: Builder, summoned: int
) -> None:
    before = public_lines(build)
    build.item(summoned, "Eilige Sache")
    assert told(build, summoned) == [
        "Ö 1 Eröffnung",
        "Ö 2 Vorlagen",
        "Ö 2.1 Richtlinie",
        "N 1 Kauf",
    ]
    row = build.session.get_one(Meeting, summoned)
    assert [one.title for one in row.drafts] == ["Eilige Sache"]
    assert public_lines(build) == before


def test_a_supplement_gives_the_next_free_number_and_leaves_the_others(
    build: Builder, summoned: int
) -> None:
    agenda_now = build.session.get_one(Meeting, summoned).agenda
    papers = next(one.id for one in agenda_now if one.title == "Vorlagen")
    build.item(summoned, "Satzung", parent_id=papers)
    build.item(summoned, "Fragen")
    build.secret_item(summoned, "Personal")
    supplement(build, summoned)
    assert told(build, summoned) == [
        "Ö 1 Eröffnung", "Ö 2 Vorlagen", "Ö 2.1 Richtlinie", "Ö 2.2 Satzung", "Ö 3 Fragen",
        "N 1 Kauf", "N 2 Personal",
    ]  # fmt: skip
    build.session.rollback()
    items = build.session.get_one(Meeting, summoned).agenda
    assert {one.title for one in items if one.supplement_number == 1} == {
        "Satzung", "Fragen", "Personal"
    }  # fmt: skip


def test_the_whole_agenda_as_it_was_then_stays_readable(build: Builder, summoned: int) -> None:
    build.item(summoned, "Fragen")
    supplement(build, summoned, reason="Erst gestern eingegangen")
    build.item(summoned, "Noch mehr")
    supplement(build, summoned)
    row = build.session.get_one(Meeting, summoned)
    assert [one.number for one in row.supplements] == [1, 2]
    assert [len(json.loads(one.agenda_sent)) for one in row.supplements] == [5, 6]
    assert row.summons is not None
    assert len(json.loads(row.summons.agenda_sent)) == 4


def test_a_supplement_has_its_own_prints_and_leaves_the_first_ones(
    build: Builder, summoned: int
) -> None:
    build.item(summoned, "Fragen")
    supplement(build, summoned)
    kinds = list(build.session.scalars(select(IssuedDocument.kind).order_by(IssuedDocument.id)))
    assert kinds == [
        DocumentKind.INVITATION, DocumentKind.NOTICE, DocumentKind.SUPPLEMENT,
        DocumentKind.SUPPLEMENT_NOTICE,
    ]  # fmt: skip
    names = {one.living.name for one in Reader(build.session.connection()).listing(PublicFile)}
    assert names == {"Bekanntmachung", "1. Nachtrag zur Tagesordnung"}


def test_the_public_reads_what_is_new_in_its_place(build: Builder, summoned: int) -> None:
    neutral = build.session.get_one(Meeting, summoned)
    build.secret_item(summoned, "Kündigung Meier", "Personalsache")
    build.item(summoned, "Fragen")
    supplement(build, neutral.id)
    assert public_lines(build) == [
        (0, "Ö 1", "Eröffnung"),
        (1, "Ö 2", "Vorlagen"),
        (2, "Ö 2.1", "Richtlinie"),
        (3, "Ö 3", "Fragen"),
        (4, "N 2", "Personalsache"),
    ]


def test_what_was_public_before_moves_behind_what_is_new(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting)
    build.item(chapter.meeting, "Fragen")
    supplement(build, chapter.meeting)
    assert [(order, number) for order, number, _ in public_lines(build)] == [
        (0, "Ö 1"), (1, "Ö 2"), (2, "Ö 3"), (3, "N 1")
    ]  # fmt: skip


def test_an_unreleased_correction_waits_for_its_own_release(build: Builder, summoned: int) -> None:
    first = build.session.get_one(Meeting, summoned).agenda[0].id
    edit(build, first, "Eröffnung mit Herrn Meier")
    build.item(summoned, "Fragen")
    supplement(build, summoned)
    assert "Eröffnung" in {name for _, _, name in public_lines(build)}


def test_of_hidden_items_alone_the_public_reads_nothing(build: Builder, summoned: int) -> None:
    before = public_lines(build)
    build.secret_item(summoned, "Kündigung Meier")
    supplement(build, summoned)
    assert public_lines(build) == before
    row = build.session.get_one(Meeting, summoned).supplements[0]
    assert row.notice is None
    assert row.document.kind is DocumentKind.SUPPLEMENT


def test_the_public_does_not_count_a_supplement_of_hidden_items(
    build: Builder, summoned: int
) -> None:
    build.secret_item(summoned, "Kündigung Meier")
    supplement(build, summoned)
    build.item(summoned, "Fragen")
    supplement(build, summoned)
    reader = Reader(build.session.connection())
    files = [one.living for one in reader.listing(PublicFile)]
    assert {one.name for one in files} == {"Bekanntmachung", "1. Nachtrag zur Tagesordnung"}
    assert not any("Nachtrag_2" in one.file_name for one in files)
    new = next(
        one for one in build.session.get_one(Meeting, summoned).agenda if one.supplement_number == 2
    )
    assert [one.reason for one in reader.versions(new.uid)] == ["1. Nachtrag zur Tagesordnung"]


def test_a_paper_that_comes_with_hidden_items_alone_names_no_supplement(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting)
    paper = build.paper(public=True)
    step = build.step(paper, chapter.committee)
    build.item(chapter.meeting, "Neu", part=Part.NONPUBLIC, consultation_ids=(step,))
    supplement(build, chapter.meeting, paper_ids=(paper,))
    reader = Reader(build.session.connection())
    (filed,) = reader.listing(PublicPaper)
    assert [one.reason for one in reader.versions(filed.living.uid)] == ["Ergänzung"]


def test_only_chosen_public_papers_go_out_with_it(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting)
    paper, kept = build.paper(public=True), build.paper(public=True)
    for one in (paper, kept):
        step = build.step(one, chapter.committee)
        build.item(chapter.meeting, "Neu", consultation_ids=(step,))
    with pytest.raises(RuleBroken) as refused:
        supplement(build, chapter.meeting, paper_ids=(chapter.secret_paper,))
    assert refused.value.field == "paper_ids"
    supplement(build, chapter.meeting, paper_ids=(paper,))
    found = Reader(build.session.connection()).listing(PublicPaper)
    assert len(found) == 1


def test_a_late_supplement_warns_that_the_room_must_extend_its_agenda(
    build: Builder, summoned: int
) -> None:
    build.item(summoned, "Fragen")
    build.now = LATE
    with pytest.raises(RuleBroken) as refused:
        supplement(build, summoned)
    assert refused.value.field == "acknowledged"
    assert "erweitert" in refused.value.message
    supplement(build, summoned, acknowledged=True)


def test_there_is_no_supplement_to_nothing(build: Builder, summoned: int) -> None:
    with pytest.raises(RuleBroken, match="wartet kein neuer Punkt"):
        supplement(build, summoned)
    planned = build.meeting(build.organization())
    build.item(planned)
    with pytest.raises(RuleBroken, match="zwischen der Ladung"):
        supplement(build, planned)


def test_what_waits_can_be_changed_moved_and_taken_off(build: Builder, summoned: int) -> None:
    first, second = build.item(summoned, "a"), build.item(summoned, "b")
    agenda.move_item(build.session, build.actor, second, agenda.Direction.UP, build.now)
    agenda.move_item(build.session, build.actor, second, agenda.Direction.UP, build.now)
    edit(build, first, "aa")
    supplement(build, summoned)
    assert [one for one in told(build, summoned) if one[-1] in "ab"] == ["Ö 3 b", "Ö 4 aa"]
    third = build.item(summoned, "c")
    version = build.version(AgendaItem, third)
    agenda.remove_item(build.session, build.actor, third, version, build.now)
    with pytest.raises(RuleBroken, match="wartet kein neuer Punkt"):
        supplement(build, summoned)


def test_what_was_left_over_gives_its_paper_free_after_the_meeting(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting)
    step = build.step(build.paper(), chapter.committee)
    item = build.item(chapter.meeting, "Neu", consultation_ids=(step,))
    build.close(chapter.meeting)
    version = build.version(AgendaItem, item)
    agenda.remove_item(build.session, build.actor, item, version, build.now)
    assert build.session.get_one(Consultation, step).agenda_item_id is None


def test_an_item_taken_off_before_the_summons_comes_back_as_a_new_one(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    first, _ = build.item(meeting, "a"), build.item(meeting, "b")
    version = build.version(AgendaItem, first)
    agenda.remove_item(build.session, build.actor, first, version, build.now)
    build.summon(meeting)
    agenda.restore_item(build.session, build.actor, first, build.now)
    assert told(build, meeting) == ["Ö 1 b"]
    supplement(build, meeting)
    assert told(build, meeting) == ["Ö 1 b", "Ö 2 a"]


def test_a_new_item_is_placed_behind_what_was_summoned(build: Builder, summoned: int) -> None:
    new = build.item(summoned, "neu")
    place = agenda.Place(part=Part.PUBLIC)
    version = build.version(AgendaItem, new)
    with pytest.raises(RuleBroken, match="nicht vor schon geladenen"):
        agenda.place_item(build.session, build.actor, new, version, place, build.now)


def test_a_corrected_title_leaves_the_public_supplement_too(build: Builder, summoned: int) -> None:
    new = build.item(summoned, "Fragen von Herrn Meier")
    supplement(build, summoned)
    notice = build.session.get_one(Meeting, summoned).supplements[0].notice
    assert notice is not None
    reader = Reader(build.session.connection())
    old = reader.get(PublicFile, notice.uid)
    assert old is not None
    edit(build, new, "Fragen")
    args = (build.session, build.actor, summoned)
    releases.release_agenda(*args, "Name entfernt", build.now)
    reader = Reader(build.session.connection())
    filed = reader.get(PublicFile, notice.uid)
    assert filed is not None
    assert filed.living.sha512_checksum != old.living.sha512_checksum
    assert reader.blob(old.living.sha512_checksum) is None


def test_a_supplement_that_still_holds_is_not_printed_again(build: Builder, summoned: int) -> None:
    build.item(summoned, "Fragen")
    supplement(build, summoned)
    first = build.session.get_one(Meeting, summoned).agenda[0].id
    edit(build, first, "Eröffnung der Sitzung")
    args = (build.session, build.actor, summoned)
    releases.release_agenda(*args, "Ergänzt", build.now)
    kinds = list(build.session.scalars(select(IssuedDocument.kind)))
    assert kinds.count(DocumentKind.SUPPLEMENT_NOTICE) == 1


def test_a_withdrawn_meeting_takes_its_supplements_along(build: Builder, summoned: int) -> None:
    build.item(summoned, "Fragen")
    supplement(build, summoned)
    notice = build.session.get_one(Meeting, summoned).supplements[0].notice
    assert notice is not None
    releases.withdraw_meeting(build.session, build.actor, summoned, "Versehen", build.now)
    filed = Reader(build.session.connection()).get(PublicFile, notice.uid)
    assert filed is not None
    assert filed.deleted
    build.item(summoned, "Noch eine Frage")
    supplement(build, summoned)
    build.session.rollback()
    row = build.session.get_one(Meeting, summoned)
    assert [one.notice is None for one in row.supplements] == [False, True]
    found = Reader(build.session.connection()).listing(PublicAgendaItem)
    assert [one for one in found if not one.deleted] == []
