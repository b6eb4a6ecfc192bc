"""What the public gets bears the seal of its office, and is still told from what reads anew."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts import meetings, public_prints, releases, supplements
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.sealing import give_seal
from sitzungsdienst.acts.supplements import SupplementFacts
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicFile
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.seal.failure import SealFailed
from tests.support.builders import AFTERWARDS, START, Builder, Chapter, held_chapter

MARK = b"%gesiegelt "


class Seal:
    """Appends a mark that is another one each time, as a real seal does."""

    def __init__(self) -> None:
        self.made = 0
        self.broken = False

    def __call__(self, pdf: bytes, now: datetime) -> bytes:
        assert now.tzinfo is not None
        if self.broken:
            raise SealFailed("Der Zeitstempeldienst antwortet nicht.")
        self.made += 1
        return pdf + MARK + b"%d\n" % self.made


@pytest.fixture
def seal(build: Builder) -> Seal:
    made = Seal()
    give_seal(build.session, made)
    return made


@pytest.fixture
def chapter(build: Builder, seal: Seal) -> Chapter:
    return held_chapter(build)


def files(session: Session) -> dict[str, tuple[PublicFile, bytes]]:
    """The public files that bear a print, by their names; attachments have none."""
    session.rollback()
    reader = Reader(session.connection())
    found = {}
    for filed in reader.listing(PublicFile, limit=100):
        if not filed.deleted and filed.living.check_address:
            content = reader.blob(filed.living.sha512_checksum)
            assert content is not None
            found[filed.living.name] = (filed.living, content)
    return found


def released(build: Builder, chapter: Chapter) -> dict[str, tuple[PublicFile, bytes]]:
    build.sign(chapter.meeting, approve=True)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    return files(build.session)


def is_sealed(file: PublicFile, content: bytes) -> bool:
    """Whether a file bears a seal and says so, everywhere or nowhere."""
    told = {bool(file.sealed), MARK in content, b"/AcroForm" in content}
    assert len(told) == 1, file.name
    assert file.size == len(content)
    return told.pop()


def test_everything_printed_for_the_public_is_sealed(build: Builder, chapter: Chapter) -> None:
    found = released(build, chapter)
    assert {"Bekanntmachung", "Auszug Ö 2", "Niederschrift (öffentlicher Teil)"} <= found.keys()
    assert all(is_sealed(*one) for one in found.values())
    assert verify(build.session.connection()).intact


def test_a_notice_of_a_supplement_is_sealed(build: Builder, seal: Seal) -> None:
    build.now = START - timedelta(days=9)
    meeting = build.meeting(build.organization())
    build.item(meeting, "Eröffnung")
    build.summon(meeting)
    build.item(meeting, "Dringendes")
    before = seal.made
    supplements.issue_supplement(
        build.session,
        build.actor,
        meeting,
        build.version(Meeting, meeting),
        SupplementFacts(acknowledged=True),
        build.now,
    )
    assert is_sealed(*files(build.session)["1. Nachtrag zur Tagesordnung"])
    assert seal.made == before + 1
    # A cancelled meeting's notices are printed anew, each once.
    meetings.cancel_meeting(
        build.session, build.actor, meeting, build.version(Meeting, meeting), "Krank", build.now
    )
    assert all(is_sealed(*one) for one in files(build.session).values())


def test_what_still_stands_is_not_sealed_again(
    build: Builder, chapter: Chapter, seal: Seal
) -> None:
    before = released(build, chapter)
    made = seal.made
    meeting = build.session.get_one(Meeting, chapter.meeting)
    assert public_prints.minutes_stand(build.session, meeting)
    with pytest.raises(RuleBroken, match="schon auf diesem Stand"):
        releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    assert seal.made == made
    assert files(build.session) == before


def test_what_reads_anew_is_sealed_anew_and_the_rest_is_left_alone(
    build: Builder, chapter: Chapter, seal: Seal
) -> None:
    build.release_excerpts(chapter.meeting, chapter.opening, chapter.matter)
    before, made = files(build.session), seal.made
    build.correct(chapter.matter)
    items = (chapter.opening, chapter.matter)
    build.release_excerpts(chapter.meeting, *items, reason="Schreibfehler")
    after = files(build.session)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"Auszug Ö 2"}
    assert after["Auszug Ö 2"][0].edition == 2
    assert seal.made == made + 1


def test_minutes_that_would_read_otherwise_do_not_stand(build: Builder, chapter: Chapter) -> None:
    released(build, chapter)
    body = build.session.get_one(Body, build.actor.home)
    body.name = "Landkreis Anderswo"
    build.session.commit()
    meeting = build.session.get_one(Meeting, chapter.meeting)
    assert not public_prints.minutes_stand(build.session, meeting)


def test_what_was_public_before_the_seal_stays_until_it_reads_anew(build: Builder) -> None:
    chapter = held_chapter(build)
    build.release_excerpts(chapter.meeting, chapter.matter)
    before = files(build.session)
    assert not any(is_sealed(*one) for one in before.values())
    give_seal(build.session, Seal())
    items = (chapter.opening, chapter.matter)
    build.release_excerpts(chapter.meeting, *items, reason="auch die Eröffnung")
    after = files(build.session)
    assert is_sealed(*after["Auszug Ö 1"])
    assert after["Auszug Ö 2"] == before["Auszug Ö 2"]
    build.correct(chapter.matter)
    build.release_excerpts(chapter.meeting, chapter.matter, reason="Schreibfehler")
    assert is_sealed(*files(build.session)["Auszug Ö 2"])


def test_sealed_prints_stand_also_where_the_seal_is_gone(build: Builder, chapter: Chapter) -> None:
    released(build, chapter)
    build.session.info.pop("seal")
    meeting = build.session.get_one(Meeting, chapter.meeting)
    assert public_prints.minutes_stand(build.session, meeting)


def test_an_office_may_seal_nothing_public(build: Builder) -> None:
    seal = Seal()
    give_seal(build.session, seal, public=False)
    chapter = held_chapter(build)
    found = released(build, chapter)
    assert not any(is_sealed(*one) for one in found.values())
    assert seal.made == 2, "the full minutes, signed and approved"


def test_a_release_that_cannot_be_sealed_files_nothing(
    build: Builder, chapter: Chapter, seal: Seal
) -> None:
    build.sign(chapter.meeting, approve=True)
    before, seal.broken = files(build.session), True
    with pytest.raises(RuleBroken, match="antwortet nicht"):
        releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    assert files(build.session) == before
    seal.broken = False
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    assert len(files(build.session)) > len(before)


def test_one_release_asks_for_each_seal_once(build: Builder, chapter: Chapter, seal: Seal) -> None:
    build.sign(chapter.meeting, approve=True)
    made, before = seal.made, files(build.session)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    after = files(build.session)
    assert seal.made - made == sum(after[name] != before.get(name) for name in after)
