"""What is issued for good is sealed where the office has a seal, whole or not at all."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import excerpts, minutes, public_prints, releases
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.excerpts import CopyFacts
from sitzungsdienst.acts.sealing import give_seal
from sitzungsdienst.config import SealSettings
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import CertifiedCopy, Minutes, MinutesState
from sitzungsdienst.record.numbers import NumberSequence
from sitzungsdienst.record.papers import Blob, DocumentKind, IssuedDocument
from sitzungsdienst.seal.door import sealer
from tests.documents.cast import read, squeezed
from tests.support.builders import AFTERWARDS, PLANNED_ON, Builder, Chapter, held_chapter
from tests.support.sealing import Pki, StampServer, key_file, pki, stamp_server
from tests.support.standards import faults_of

COPY = CopyFacts(certified_by="Sabine Krüger", recipient="Notariat Haldensleben", full=True)


@pytest.fixture(scope="module")
def made() -> Pki:
    return pki(PLANNED_ON)


@pytest.fixture
def server(made: Pki) -> Iterator[StampServer]:
    with stamp_server(made) as running:
        yield running


@pytest.fixture
def seal(made: Pki, server: StampServer, tmp_path: Path) -> SealSettings:
    return key_file(tmp_path, made, time_stamps=server.address)


@pytest.fixture
def chapter(build: Builder, seal: SealSettings) -> Chapter:
    give_seal(build.session, sealer(seal))
    return held_chapter(build)


def holds(document: IssuedDocument, made: Pki) -> bool:
    """Whether the stored bytes bear a good seal with a time-stamp."""
    content = document.blob.content
    assert hashlib.sha512(content).hexdigest() == document.sha512
    [found] = PdfFileReader(io.BytesIO(content)).embedded_signatures
    context = ValidationContext(trust_roots=[made.root.asn1], allow_fetching=False)
    status = validate_pdf_signature(found, context)
    return status.bottom_line and status.timestamp_validity is not None


def prints(session: Session, *kinds: DocumentKind) -> list[IssuedDocument]:
    wanted = select(IssuedDocument).where(IssuedDocument.kind.in_(kinds))
    return list(session.scalars(wanted.order_by(IssuedDocument.id)))


def rows(session: Session) -> list[int | None]:
    """How much of everything an issue leaves behind there is."""
    session.rollback()
    kinds = (CertifiedCopy, IssuedDocument, Blob, AuditEntry, NumberSequence)
    return [session.scalar(select(func.count()).select_from(kind)) for kind in kinds]


def test_a_certified_copy_is_sealed_as_stored(
    build: Builder, chapter: Chapter, made: Pki, tmp_path: Path
) -> None:
    build.sign(chapter.meeting)
    number = excerpts.certify_excerpt(build.session, build.actor, chapter.secret, COPY, AFTERWARDS)
    document = build.session.get_one(CertifiedCopy, number).document
    assert document is not None
    assert holds(document, made)
    assert faults_of(document.blob.content) == []
    text = squeezed(read(document.blob.content, tmp_path))
    assert squeezed("trägt ein elektronisches Siegel") in text
    assert squeezed("Beglaubigt durch Sabine Krüger") in text
    assert squeezed("Raum für den Abdruck") not in text


def test_signed_minutes_are_sealed_and_drafts_are_not(
    build: Builder, chapter: Chapter, made: Pki
) -> None:
    build.sign(chapter.meeting, approve=True)
    draft, signed, approved = prints(build.session, DocumentKind.MINUTES_FULL)
    assert b"/AcroForm" not in draft.blob.content
    assert holds(signed, made)
    assert holds(approved, made)
    assert faults_of(approved.blob.content) == []


def test_what_the_public_gets_is_sealed_and_keeps_both_standards(
    build: Builder, chapter: Chapter, made: Pki
) -> None:
    build.sign(chapter.meeting)
    build.release_excerpts(chapter.meeting, chapter.matter)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "Genehmigt", AFTERWARDS)
    assert public_prints.minutes_stand(
        build.session, build.session.get_one(Meeting, chapter.meeting)
    )
    public = prints(build.session, DocumentKind.EXCERPT, DocumentKind.MINUTES_PUBLIC)
    assert {one.kind for one in public} == {DocumentKind.EXCERPT, DocumentKind.MINUTES_PUBLIC}
    public += prints(build.session, DocumentKind.NOTICE)
    for one in public:
        assert holds(one, made)
        assert faults_of(one.blob.content) == []


def test_excerpts_for_the_office_are_not_sealed(build: Builder, chapter: Chapter) -> None:
    number = excerpts.issue_excerpt(
        build.session, build.actor, chapter.matter, full=True, now=AFTERWARDS
    )
    content = build.session.get_one(IssuedDocument, number).blob.content
    assert b"/AcroForm" not in content


def test_without_a_seal_nothing_changes(build: Builder) -> None:
    chapter = held_chapter(build)
    build.sign(chapter.meeting)
    excerpts.certify_excerpt(build.session, build.actor, chapter.secret, COPY, AFTERWARDS)
    for one in build.session.scalars(select(IssuedDocument)):
        assert b"/AcroForm" not in one.blob.content


@pytest.mark.parametrize("spoil", ["silence", "refusal"])
def test_a_copy_without_time_stamp_is_not_issued_at_all(
    build: Builder, chapter: Chapter, server: StampServer, spoil: str
) -> None:
    build.sign(chapter.meeting)
    before, server.spoil = rows(build.session), spoil
    with pytest.raises(RuleBroken, match="nichts ausgestellt"):
        excerpts.certify_excerpt(build.session, build.actor, chapter.secret, COPY, AFTERWARDS)
    assert rows(build.session) == before
    server.spoil = ""
    number = excerpts.certify_excerpt(build.session, build.actor, chapter.secret, COPY, AFTERWARDS)
    assert build.session.get_one(CertifiedCopy, number).number == "2017/1"


def test_minutes_that_cannot_be_sealed_stay_unsigned(
    build: Builder, chapter: Chapter, seal: SealSettings, tmp_path: Path
) -> None:
    wrong = replace(seal, secret_file=tmp_path / "falsch")
    wrong.secret_file.write_text("falsch")
    give_seal(build.session, sealer(wrong))
    facts = minutes.MinutesFacts(chair_name="Vorsitz", clerk_name="Krüger")
    row = minutes.draft_minutes(
        build.session, build.actor, chapter.meeting, facts, AFTERWARDS
    )  # fmt: skip
    before = rows(build.session)
    with pytest.raises(RuleBroken, match="Das Kennwort ist falsch"):
        minutes.sign_minutes(
            build.session, build.actor, row, build.version(Minutes, row), date(2017, 5, 2),
            AFTERWARDS,
        )  # fmt: skip
    assert rows(build.session) == before
    assert build.session.get_one(Minutes, row).state is MinutesState.DRAFT
