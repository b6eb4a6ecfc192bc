"""Editions: what a print is settled to be before it is printed, and stays for good."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from sitzungsdienst.acts import public_prints, releases, supplements
from sitzungsdienst.acts.editions import give_public_url
from sitzungsdienst.acts.supplements import SupplementFacts
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.editions import edition_of
from sitzungsdienst.publication.codes import code_of
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem, PublicFile, PublicMeeting
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter, planned_chapter
from tests.support.cast import PUBLIC_URL
from tests.support.pdf import words_of

ELSEWHERE = "https://rat.example"


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


def reader(build: Builder) -> Reader:
    build.session.rollback()
    return Reader(build.session.connection())


def file(build: Builder, uid: str) -> PublicFile:
    filed = reader(build).get(PublicFile, uid)
    assert filed is not None
    return filed.living


def excerpt(build: Builder, row: int) -> PublicFile:
    """The print of an item's released excerpt."""
    filed = reader(build).get(PublicAgendaItem, build.session.get_one(AgendaItem, row).uid)
    assert filed is not None
    return file(build, filed.living.resolution_file)


def meeting(build: Builder, chapter: Chapter) -> PublicMeeting:
    row = build.session.get_one(Meeting, chapter.meeting)
    filed = reader(build).get(PublicMeeting, row.uid)
    assert filed is not None
    return filed.living


def test_a_print_bears_the_address_of_its_own_file(build: Builder, chapter: Chapter) -> None:
    build.release_excerpts(chapter.meeting, chapter.matter)
    for one in (excerpt(build, chapter.matter), file(build, meeting(build, chapter).invitation)):
        assert one.edition == 1
        assert one.check_address == f"{PUBLIC_URL}/pruefen/{code_of(one.uid)}/1"
        assert one.uid.replace("-", "").startswith(code_of(one.uid).replace("-", ""))


def test_every_print_for_the_public_says_at_its_foot_what_is_filed_with_it(
    build: Builder, tmp_path: Path
) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting, chapter.paper)
    build.item(chapter.meeting, "Eilige Sache")
    version = build.version(Meeting, chapter.meeting)
    supplements.issue_supplement(
        build.session, build.actor, chapter.meeting, version, SupplementFacts(), build.now
    )
    build.present(chapter.meeting, *chapter.members)
    build.treat(chapter.opening)
    build.treat(chapter.matter)
    build.close(chapter.meeting)
    build.sign(chapter.meeting, approve=True)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    found = reader(build)
    printed = [one.living for one in found.listing(PublicFile) if one.living.meeting]
    assert {one.name.split()[0] for one in printed} == {
        "Bekanntmachung", "1.", "Auszug", "Niederschrift",
    }  # fmt: skip
    for one in printed:
        words = words_of(found.blob(one.sha512_checksum) or b"", tmp_path)
        assert one.check_address
        assert words.count(one.check_address.removeprefix("http://")) >= 2, one.name


def test_a_correction_makes_the_next_edition_of_the_same_file(
    build: Builder, chapter: Chapter
) -> None:
    build.release_excerpts(chapter.meeting, chapter.matter)
    before = excerpt(build, chapter.matter)
    build.correct(chapter.matter)
    build.release_excerpts(chapter.meeting, chapter.matter, reason="Schreibfehler")
    after = excerpt(build, chapter.matter)
    assert (after.uid, after.edition) == (before.uid, 2)
    assert after.check_address == before.check_address[:-1] + "2"


def test_what_is_released_anew_after_a_withdrawal_is_another_file(
    build: Builder, chapter: Chapter
) -> None:
    build.release_excerpts(chapter.meeting, chapter.matter)
    before = excerpt(build, chapter.matter)
    releases.withdraw_excerpt(build.session, build.actor, chapter.matter, "Irrtum", AFTERWARDS)
    build.release_excerpts(chapter.meeting, chapter.matter, reason="doch richtig")
    after = excerpt(build, chapter.matter)
    assert after.uid != before.uid
    assert after.edition == 1


def test_what_stands_is_told_by_the_address_it_bears_not_by_that_of_today(
    build: Builder, chapter: Chapter
) -> None:
    build.sign(chapter.meeting, approve=True)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    give_public_url(build.session, ELSEWHERE)
    row = build.session.get_one(Meeting, chapter.meeting)
    assert public_prints.minutes_stand(build.session, row)


def test_prints_without_an_address_from_before_there_were_any_still_stand(
    build: Builder, chapter: Chapter
) -> None:
    build.sign(chapter.meeting, approve=True)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    public = meeting(build, chapter)
    row = build.session.get_one(Meeting, chapter.meeting)
    filed = file(build, public.results_protocol)
    desk = Desk(build.session)
    assert row.minutes is not None
    older = replace(filed, edition=None, check_address="")
    edition = edition_of(older)
    assert edition is not None
    content = public_prints._minutes(desk, row, row.minutes)(edition)
    sha512 = hashlib.sha512(content).hexdigest()
    desk.put(replace(older, sha512_checksum=sha512, size=len(content)))
    desk.put_blob(content)
    desk.hand_over("test", filed.uid, "", AFTERWARDS)
    assert public_prints.minutes_stand(build.session, row)


def test_nothing_is_printed_for_the_public_where_its_address_is_unknown(
    build: Builder, chapter: Chapter
) -> None:
    del build.session.info["public_url"]
    with pytest.raises(KeyError):
        build.release_excerpts(chapter.meeting, chapter.matter)
