"""Excerpts for the office and certified copies: printed once, numbered without gaps."""

from pathlib import Path

import pytest
from sqlalchemy import select

from sitzungsdienst.acts import excerpts
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.excerpts import CopyFacts
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.minutes import CertifiedCopy
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument
from tests.documents.cast import read, squeezed
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter

COPY = CopyFacts(certified_by="Sabine Krüger", recipient="Notariat Haldensleben")


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


def issued(build: Builder, item: int, *, full: bool) -> IssuedDocument:
    number = excerpts.issue_excerpt(build.session, build.actor, item, full=full, now=AFTERWARDS)
    return build.session.get_one(IssuedDocument, number)


def certified(build: Builder, item: int, **facts: object) -> CertifiedCopy:
    whole = {"certified_by": "Sabine Krüger", "full": True} | facts
    wanted = CopyFacts(**whole)  # type: ignore[arg-type]  # the test's own facts
    number = excerpts.certify_excerpt(build.session, build.actor, item, wanted, AFTERWARDS)
    return build.session.get_one(CertifiedCopy, number)


def test_the_full_excerpt_holds_what_was_treated_nonpublicly(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    document = issued(build, chapter.secret, full=True)
    assert document.kind is DocumentKind.EXCERPT_FULL
    text = read(document.blob.content, tmp_path)
    assert "Herr Meier verlangt zu viel." in text
    assert "nichtöffentlich" in text
    assert "nicht für die Öffentlichkeit" in text


def test_nothing_nonpublic_gets_a_public_excerpt(build: Builder, chapter: Chapter) -> None:
    with pytest.raises(RuleBroken, match="nichtöffentlichen Teil"):
        issued(build, chapter.secret, full=False)
    build.sign(chapter.meeting)
    with pytest.raises(RuleBroken, match="nichtöffentlichen Teil"):
        certified(build, chapter.secret, full=False)


def test_the_public_version_for_the_office_releases_nothing(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    before = verify(build.session.connection()).entries
    document = issued(build, chapter.matter, full=False)
    assert document.kind is DocumentKind.EXCERPT
    assert "nicht für die Öffentlichkeit" not in read(document.blob.content, tmp_path)
    assert verify(build.session.connection()).entries == before


def test_certified_copies_are_counted_by_the_year(build: Builder, chapter: Chapter) -> None:
    build.sign(chapter.meeting)
    numbers = [certified(build, one).number for one in (chapter.matter, chapter.secret)]
    assert numbers == ["2017/1", "2017/2"]


def test_a_certified_copy_bears_number_clause_and_recipient(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    build.sign(chapter.meeting)
    copy = certified(build, chapter.matter, recipient="Notariat Haldensleben")
    text = squeezed(read(copy.document.blob.content, tmp_path))
    for passage in (
        "Beglaubigter Auszug aus der Niederschrift",
        "mit der Niederschrift über die Sitzung vom 19.04.2017 übereinstimmt",
        "2017/1",
        "Notariat Haldensleben",
        "Sabine Krüger",
        "Dienstsiegel",
    ):
        assert squeezed(passage) in text
    assert copy.document.sha512 == copy.document.blob.sha512


def test_only_what_is_signed_is_certified_and_a_refusal_costs_no_number(
    build: Builder, chapter: Chapter
) -> None:
    with pytest.raises(RuleBroken, match="unterzeichnet"):
        certified(build, chapter.matter)
    build.sign(chapter.meeting)
    with pytest.raises(RuleBroken) as broken:
        certified(build, chapter.matter, certified_by=" ")
    assert broken.value.field == "certified_by"
    with pytest.raises(RuleBroken):
        certified(build, chapter.secret, full=False)
    assert certified(build, chapter.matter).number == "2017/1"


def test_an_item_nothing_was_said_on_has_no_excerpt(build: Builder, chapter: Chapter) -> None:
    with pytest.raises(RuleBroken, match="weder eine Beratung"):
        issued(build, chapter.hidden, full=True)


def test_a_strangers_item_has_no_excerpt(
    build: Builder, stranger: Builder, chapter: Chapter
) -> None:
    build.sign(chapter.meeting)
    with pytest.raises(Unknown):
        issued(stranger, chapter.matter, full=True)
    with pytest.raises(Unknown):
        excerpts.certify_excerpt(stranger.session, stranger.actor, chapter.matter, COPY, AFTERWARDS)
    assert build.session.scalars(select(CertifiedCopy)).all() == []
