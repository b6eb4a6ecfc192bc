"""The release: the gate stays shut for what is not public, whoever asks."""

import pytest
from sqlalchemy import func, select

from sitzungsdienst.acts import releases
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicFile,
    PublicMeeting,
)
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter, planned_chapter


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


def entries(build: Builder) -> int:
    build.session.rollback()
    return build.session.scalar(select(func.count()).select_from(tables.entry)) or 0


def reader(build: Builder) -> Reader:
    build.session.rollback()
    return Reader(build.session.connection())


def item(build: Builder, row: int) -> PublicAgendaItem | None:
    filed = reader(build).get(PublicAgendaItem, build.session.get_one(AgendaItem, row).uid)
    return filed.document if filed else None


def meeting(build: Builder, row: int) -> PublicMeeting | None:
    filed = reader(build).get(PublicMeeting, build.session.get_one(Meeting, row).uid)
    return filed.document if filed else None


def test_an_excerpt_brings_its_pdf_and_the_result_of_its_paper(
    build: Builder, chapter: Chapter
) -> None:
    build.release_excerpts(chapter.meeting, chapter.matter)
    found = item(build, chapter.matter)
    assert found is not None
    assert found.standing == "vorläufig"
    file = reader(build).get(PublicFile, found.resolution_file)
    assert file is not None
    assert (reader(build).blob(file.living.sha512_checksum) or b"").startswith(b"%PDF-")
    step = reader(build).get(PublicConsultation, found.consultation)
    assert step is not None
    assert step.living.result == "ungeändert beschlossen"
    untouched = item(build, chapter.opening)
    assert untouched is not None
    assert untouched.deliberation == ""


@pytest.mark.parametrize("row", ["secret", "hidden"])
def test_the_gate_is_shut_for_the_nonpublic_part(
    build: Builder, chapter: Chapter, row: str
) -> None:
    before = entries(build)
    with pytest.raises(RuleBroken, match="nichtöffentlichen Teil"):
        build.release_excerpts(chapter.meeting, chapter.matter, getattr(chapter, row))
    assert entries(build) == before, "not even the public one beside it"


def test_the_gate_is_shut_before_the_meeting_is_closed(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting, chapter.paper)
    build.present(chapter.meeting, *chapter.members)
    build.treat(chapter.matter)
    before = entries(build)
    with pytest.raises(RuleBroken, match="wenn die Sitzung geschlossen ist"):
        build.release_excerpts(chapter.meeting, chapter.matter)
    assert entries(build) == before


def test_the_gate_is_shut_for_minutes_in_draft(build: Builder, chapter: Chapter) -> None:
    before = entries(build)
    with pytest.raises(RuleBroken, match="noch nicht unterzeichnet"):
        releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    assert entries(build) == before
    found = meeting(build, chapter.meeting)
    assert found is not None
    assert (found.results_protocol, found.meeting_state) == ("", "eingeladen")


def test_signed_minutes_release_every_public_item_and_no_other(
    build: Builder, chapter: Chapter
) -> None:
    build.sign(chapter.meeting, approve=True)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    for row in (chapter.opening, chapter.matter):
        found = item(build, row)
        assert found is not None
        assert found.standing == "genehmigt"
    secret = item(build, chapter.secret)
    assert secret is not None
    assert (secret.name, secret.deliberation, secret.standing) == ("Grundstückssache", "", "")
    assert item(build, chapter.hidden) is None


def test_a_second_release_names_its_reason(build: Builder, chapter: Chapter) -> None:
    build.release_excerpts(chapter.meeting, chapter.matter)
    build.correct(chapter.matter)
    with pytest.raises(RuleBroken) as broken:
        build.release_excerpts(chapter.meeting, chapter.matter)
    assert broken.value.field == "reason"
    build.release_excerpts(chapter.meeting, chapter.matter, reason="Berichtigt")
    uid = build.session.get_one(AgendaItem, chapter.matter).uid
    assert reader(build).versions(uid)[-1].reason == "Berichtigt"


def test_a_release_that_would_say_the_same_is_refused(build: Builder, chapter: Chapter) -> None:
    build.release_excerpts(chapter.meeting, chapter.matter)
    with pytest.raises(RuleBroken, match="schon auf diesem Stand"):
        build.release_excerpts(chapter.meeting, chapter.matter, reason="Noch einmal")


def test_nothing_chosen_and_items_of_others_are_refused(
    build: Builder, stranger: Builder, chapter: Chapter
) -> None:
    with pytest.raises(RuleBroken) as broken:
        build.release_excerpts(chapter.meeting)
    assert broken.value.field == "item_ids"
    other = build.meeting(build.organization("Bauausschuss"))
    foreign = build.item(other)
    with pytest.raises(Unknown):
        build.release_excerpts(chapter.meeting, foreign)
    with pytest.raises(Unknown):
        stranger.release_excerpts(chapter.meeting, chapter.matter)


def test_a_withdrawn_excerpt_leaves_its_line_on_the_agenda_and_no_pdf(
    build: Builder, chapter: Chapter
) -> None:
    build.release_excerpts(chapter.meeting, chapter.matter)
    released = item(build, chapter.matter)
    assert released is not None
    args = (build.session, build.actor, chapter.matter)
    with pytest.raises(RuleBroken) as broken:
        releases.withdraw_excerpt(*args, "", AFTERWARDS)
    assert broken.value.field == "reason"
    releases.withdraw_excerpt(*args, "Irrtum", AFTERWARDS)
    found = item(build, chapter.matter)
    assert found is not None
    assert (found.name, found.deliberation, found.ballots) == ("Richtlinie", "", ())
    file = reader(build).get(PublicFile, released.resolution_file)
    assert file is not None
    assert file.deleted
    step = reader(build).get(PublicConsultation, found.consultation)
    assert step is not None
    assert step.living.result == ""


def test_a_withdrawn_meeting_takes_everything_of_it_along(build: Builder, chapter: Chapter) -> None:
    build.sign(chapter.meeting)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    filed = meeting(build, chapter.meeting)
    assert filed is not None
    args = (build.session, build.actor, chapter.meeting)
    releases.withdraw_meeting(*args, "Falsche Sitzung", AFTERWARDS)
    assert meeting(build, chapter.meeting) is None
    assert item(build, chapter.matter) is None
    protocol = reader(build).get(PublicFile, filed.results_protocol)
    assert protocol is not None
    assert protocol.deleted
    with pytest.raises(RuleBroken, match="nicht veröffentlicht"):
        releases.withdraw_meeting(*args, "Noch einmal", AFTERWARDS)
    with pytest.raises(RuleBroken, match="nicht veröffentlicht"):
        releases.withdraw_minutes(*args, "Noch einmal", AFTERWARDS)
