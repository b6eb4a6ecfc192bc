"""What lines of the agenda tell the public, and what was only written in the house does not."""

from dataclasses import replace

import pytest

from sitzungsdienst.acts import agenda, changes, meetings, releases, undoing
from sitzungsdienst.acts.agenda import ItemFacts
from sitzungsdienst.acts.changes import ChangeFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting, PublicOrganization
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting
from tests.support.builders import AFTERWARDS, Builder, Chapter, planned_chapter

DRAFT = "Richtlinie: Fall Frau Schulze"


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    found = planned_chapter(build)
    build.summon(found.meeting, found.paper)
    build.present(found.meeting, *found.members)
    return found


def decide(build: Builder, item: int, kind: ChangeKind, **facts: object) -> int:
    wanted = ChangeFacts(kind=kind, result_text="einstimmig", **facts)  # type: ignore[arg-type]  # the test's own facts
    version = build.version(AgendaItem, item)
    return changes.decide_change(build.session, build.actor, item, version, wanted, build.now)


def close_doors(build: Builder, item: int) -> int:
    return decide(build, item, ChangeKind.TO_NONPUBLIC, reason="Personenbezug")


def undo(build: Builder, change: int) -> None:
    version = build.version(AgendaChange, change)
    undoing.undo_change(build.session, build.actor, change, version, build.now)


def edit(build: Builder, item: int, **facts: object) -> None:
    version = build.version(AgendaItem, item)
    row = build.session.get_one(AgendaItem, item)
    now = ItemFacts(
        title=row.title, part=row.part, kind=row.kind, parent_id=row.parent_id,
        public_title=row.public_title, disclosure=row.disclosure,
        consultation_ids=tuple(one.id for one in row.consultations),
    )  # fmt: skip
    wanted = replace(now, **facts)  # type: ignore[arg-type]  # the test's own facts
    agenda.edit_item(build.session, build.actor, item, version, wanted, build.now)


def release_agenda(build: Builder, meeting: int) -> None:
    releases.release_agenda(build.session, build.actor, meeting, "Berichtigung", build.now)


def lines(build: Builder, meeting: int) -> dict[str, PublicAgendaItem]:
    """The public agenda by number."""
    build.session.rollback()
    uid = build.session.get_one(Meeting, meeting).uid
    found = Reader(build.session.connection()).children(PublicAgendaItem, [uid])[uid]
    return {one.living.number: one.living for one in found}


def names(build: Builder, meeting: int) -> dict[str, str]:
    return {number: one.name for number, one in lines(build, meeting).items()}


def participation(build: Builder, meeting: int) -> tuple[str, ...]:
    build.session.rollback()
    uid = build.session.get_one(Meeting, meeting).uid
    filed = Reader(build.session.connection()).get(PublicMeeting, uid)
    assert filed is not None
    return filed.living.participation


def test_a_title_written_behind_closed_doors_stays_in_the_house(
    build: Builder, chapter: Chapter
) -> None:
    close_doors(build, chapter.matter)
    edit(build, chapter.matter, title=DRAFT)
    assert build.session.get_one(AgendaItem, chapter.matter).title == DRAFT
    build.treat(chapter.opening)
    build.close(chapter.meeting)
    build.sign(chapter.meeting)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    line = lines(build, chapter.meeting)["Ö 2"]
    assert (line.name, line.public) == ("Richtlinie", False)


def test_what_the_public_reads_no_longer_is_not_named_again_once_doors_were_closed(
    build: Builder, chapter: Chapter
) -> None:
    close_doors(build, chapter.matter)
    edit(build, chapter.matter, title=DRAFT)
    releases.withdraw_meeting(build.session, build.actor, chapter.meeting, "Name", build.now)
    release_agenda(build, chapter.meeting)
    assert names(build, chapter.meeting) == {"Ö 1": "Eröffnung", "N 1": "Grundstückssache"}


def test_a_title_written_behind_closed_doors_does_not_come_out_with_the_item(
    build: Builder, chapter: Chapter
) -> None:
    change = close_doors(build, chapter.matter)
    edit(build, chapter.matter, title=DRAFT)
    with pytest.raises(RuleBroken, match="»Richtlinie«"):
        undo(build, change)
    with pytest.raises(RuleBroken, match="»Richtlinie«"):
        decide(build, chapter.matter, ChangeKind.TO_PUBLIC)
    edit(build, chapter.matter, title="Richtlinie")
    undo(build, change)
    assert build.session.get_one(AgendaItem, chapter.matter).actual_part is Part.PUBLIC


def test_a_secret_title_the_public_reads_is_withdrawn_before_the_item_closes_again(
    build: Builder, chapter: Chapter
) -> None:
    change = decide(build, chapter.hidden, ChangeKind.TO_PUBLIC)
    release_agenda(build, chapter.meeting)
    assert names(build, chapter.meeting)["N 2"] == "Kündigung von Frau Schulze"
    with pytest.raises(RuleBroken, match="Ziehen Sie zuerst die Sitzung"):
        undo(build, change)
    with pytest.raises(RuleBroken, match="Ziehen Sie zuerst die Sitzung"):
        close_doors(build, chapter.hidden)
    releases.withdraw_meeting(build.session, build.actor, chapter.meeting, "Name", build.now)
    undo(build, change)
    release_agenda(build, chapter.meeting)
    assert set(names(build, chapter.meeting)) == {"Ö 1", "Ö 2", "N 1"}


def test_what_was_decided_on_a_nonpublic_item_is_not_told_at_its_line(
    build: Builder, chapter: Chapter
) -> None:
    decide(build, chapter.secret, ChangeKind.ADJOURNED)
    close_doors(build, chapter.matter)
    decide(build, chapter.matter, ChangeKind.WITHDRAWN)
    build.close(chapter.meeting)
    release_agenda(build, chapter.meeting)
    found = lines(build, chapter.meeting)
    told = {number: one.changes for number, one in found.items()}
    assert told["N 1"] == ()
    assert told["Ö 2"] == ("in den nichtöffentlichen Teil verwiesen",)


def test_a_line_names_another_only_once_that_is_released(build: Builder) -> None:
    committee = build.organization()
    meeting = build.meeting(committee)
    first = build.item(meeting, "Eröffnung")
    later = build.item(meeting, "Später")
    secret = build.secret_item(meeting, "Geheim")
    build.summon(meeting)
    decide(build, secret, ChangeKind.TAKEN_EARLIER, other_item_id=first)
    decide(build, later, ChangeKind.TAKEN_EARLIER, other_item_id=secret)
    build.treat(later)
    build.close(meeting)
    edit(build, secret, disclosure=Disclosure.NEUTRAL, public_title="Vertrag")
    build.release_excerpts(meeting, later)
    assert lines(build, meeting)["Ö 2"].changes == ("vorgezogen",)
    release_agenda(build, meeting)
    assert lines(build, meeting)["Ö 2"].changes == ("vorgezogen vor N 1",)


def test_a_committees_last_item_is_named_with_its_line_and_not_before(build: Builder) -> None:
    first, second = build.organization("Bauausschuss"), build.organization("Kulturausschuss")
    meeting = build.meeting(first, second)
    opening = build.item(meeting, "Eröffnung")
    secret = build.secret_item(meeting, "Geheim")
    build.summon(meeting)
    version = build.version(Meeting, meeting)
    last = ((second, secret),)
    meetings.set_participation(build.session, build.actor, meeting, version, last, build.now)
    build.treat(opening)
    build.close(meeting)
    edit(build, secret, disclosure=Disclosure.NEUTRAL, public_title="Vertrag")
    build.release_excerpts(meeting, opening)
    assert participation(build, meeting) == ()
    release_agenda(build, meeting)
    assert participation(build, meeting) == ("Kulturausschuss bis N 1",)
    edit(build, secret, disclosure=Disclosure.HIDDEN)
    release_agenda(build, meeting)
    assert participation(build, meeting) == ()


def test_the_summons_tells_at_once_up_to_which_item_a_committee_stays(build: Builder) -> None:
    first, second = build.organization("Bauausschuss"), build.organization("Kulturausschuss")
    meeting = build.meeting(first, second)
    item = build.item(meeting, "Eröffnung")
    version = build.version(Meeting, meeting)
    last = ((second, item),)
    meetings.set_participation(build.session, build.actor, meeting, version, last, build.now)
    build.summon(meeting)
    assert participation(build, meeting) == ("Kulturausschuss bis Ö 1",)


def test_a_predecessor_is_named_only_where_it_is_released_itself(build: Builder) -> None:
    before = build.organization("Projektgruppe Schließung")
    after = build.organization("Sozialausschuss", predecessor_id=before)
    meeting = build.meeting(after)
    build.item(meeting)
    build.summon(meeting)

    def told() -> str:
        build.session.rollback()
        uid = build.session.get_one(Organization, after).uid
        filed = Reader(build.session.connection()).get(PublicOrganization, uid)
        assert filed is not None
        return filed.living.predecessor

    assert told() == ""
    for one in (before, after):
        releases.release_organization(build.session, build.actor, one, "Neu", build.now)
    assert told() == "Projektgruppe Schließung"
