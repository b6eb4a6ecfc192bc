"""What is issued for the public bears its data, and is never issued anew for the data alone."""

import json
from typing import Any

import pytest

from sitzungsdienst.acts import attachments, followup_releases, releases, resolutions, supplements
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.supplements import SupplementFacts
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicFile
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.papers import Attachment
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter
from tests.support.pdf import attached

Json = dict[str, Any]


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


def excerpt(build: Builder, chapter: Chapter) -> bytes:
    """The released excerpt, as the public gets it."""
    build.release_excerpts(chapter.meeting, chapter.matter)
    file, _ = prints(build)["Auszug Ö 2"]
    content = Reader(build.session.connection()).blob(file.sha512_checksum)
    build.session.rollback()
    return content or b""


def attach(build: Builder, content: bytes) -> int:
    """Attach bytes to a new paper; gives the attachment's id."""
    upload, facts = attachments.Upload("Auszug.pdf", content), attachments.AttachmentFacts()
    paper = build.paper(title="Genehmigung")
    return attachments.attach(build.session, build.actor, paper, upload, facts, AFTERWARDS)


def prints(build: Builder) -> dict[str, tuple[PublicFile, Json]]:
    """Every public print by its name, with the data inside it."""
    build.session.rollback()
    reader = Reader(build.session.connection())
    found = {}
    for filed in reader.listing(PublicFile):
        if filed.document is not None and filed.document.check_address:
            pdf = reader.blob(filed.document.sha512_checksum) or b""
            ((_, content),) = attached(pdf).items()
            found[filed.document.name] = (filed.document, json.loads(content))
    return found


def of(data: Json, kind: str) -> list[Json]:
    return [one for one in data["data"] if one["type"].endswith(f"/{kind}")]


def bring(build: Builder, meeting: int, title: str) -> None:
    """Put an item on the agenda of a summoned meeting, by a supplement."""
    build.item(meeting, title)
    version = build.version(Meeting, meeting)
    facts = SupplementFacts(acknowledged=True)
    supplements.issue_supplement(build.session, build.actor, meeting, version, facts, build.now)


def test_excerpt_notice_and_minutes_bear_their_data(build: Builder, chapter: Chapter) -> None:
    build.sign(chapter.meeting)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    found = {name: data for name, (_, data) in prints(build).items()}
    (item,) = of(found["Auszug Ö 2"], "AgendaItem")
    assert item["resolutionText"] == "So sei es."
    assert item["Sitzungsdienst:ballotYes"] == [3]
    (meeting,) = of(found["Niederschrift (öffentlicher Teil)"], "Meeting")
    assert meeting["Sitzungsdienst:minutesState"] == "unterzeichnet"
    assert [one["number"] for one in meeting["agendaItem"]] == ["Ö 1", "Ö 2", "N 1"]
    (meeting,) = of(found["Bekanntmachung"], "Meeting")
    assert "Sitzungsdienst:deliberation" not in meeting["agendaItem"][1]


def test_a_supplement_bears_what_it_brought_and_stands_when_others_come(build: Builder) -> None:
    committee = build.organization()
    meeting = build.meeting(committee)
    build.item(meeting, "Eröffnung")
    build.summon(meeting)
    bring(build, meeting, "Eilige Sache")
    first, data = prints(build)["1. Nachtrag zur Tagesordnung"]
    assert [one["name"] for one in of(data, "AgendaItem")] == ["Eilige Sache"]
    assert "agendaItem" not in of(data, "Meeting")[0]
    bring(build, meeting, "Noch eine")
    assert prints(build)["1. Nachtrag zur Tagesordnung"][0] == first


def test_a_correction_makes_no_other_excerpt_anew(build: Builder, chapter: Chapter) -> None:
    build.release_excerpts(chapter.meeting, chapter.opening, chapter.matter)
    before = {name: file for name, (file, _) in prints(build).items()}
    build.correct(chapter.opening)
    build.release_excerpts(chapter.meeting, chapter.opening, chapter.matter, reason="Fehler")
    after = {name: file for name, (file, _) in prints(build).items()}
    assert {name for name in before if after[name] != before[name]} == {"Auszug Ö 1"}


def test_how_a_resolution_is_carried_out_makes_no_new_excerpt(
    build: Builder, chapter: Chapter
) -> None:
    args = (build.session, build.actor)
    wanted = (resolutions.Numbering(item_id=chapter.matter),)
    (made,) = resolutions.number_resolutions(*args, chapter.meeting, wanted, AFTERWARDS)
    build.release_excerpts(chapter.meeting, chapter.matter)
    first, data = prints(build)["Auszug Ö 2"]
    assert of(data, "AgendaItem")[0]["Sitzungsdienst:resolutionSubject"] == ["Richtlinie"]
    followup_releases.release_follow_up(*args, made, "", AFTERWARDS)
    with pytest.raises(RuleBroken, match="schon auf diesem Stand"):
        build.release_excerpts(chapter.meeting, chapter.matter, reason="nichts Neues")
    assert prints(build)["Auszug Ö 2"][0] == first


def test_a_withdrawn_paper_leaves_the_data_too(build: Builder, chapter: Chapter) -> None:
    build.release_excerpts(chapter.meeting, chapter.matter)
    assert of(prints(build)["Auszug Ö 2"][1], "Paper")
    releases.withdraw_paper(build.session, build.actor, chapter.paper, "Irrtum", AFTERWARDS)
    for _, data in prints(build).values():
        assert not of(data, "Paper")
        assert not of(data, "Consultation")
        assert "consultation" not in json.dumps(data)


def test_a_published_print_may_be_attached_to_a_paper_in_spite_of_the_file_inside(
    build: Builder, chapter: Chapter
) -> None:
    content = excerpt(build, chapter)
    row = build.session.get_one(Attachment, attach(build, content))
    assert (row.file_name, row.blob.content) == ("Auszug.pdf", content)


def test_a_print_somebody_changed_may_not(build: Builder, chapter: Chapter) -> None:
    changed = excerpt(build, chapter) + b"\n"
    with pytest.raises(RuleBroken, match="andere Dateien eingebettet"):
        attach(build, changed)


def test_a_print_taken_back_may_not_come_in_again(build: Builder, chapter: Chapter) -> None:
    content = excerpt(build, chapter)
    releases.withdraw_excerpt(build.session, build.actor, chapter.matter, "Irrtum", AFTERWARDS)
    with pytest.raises(RuleBroken, match="andere Dateien eingebettet"):
        attach(build, content)
