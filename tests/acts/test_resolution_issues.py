"""Books and reports that are issued stay what they were, and say whose they are."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import releases, resolution_issues, resolutions
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.resolution_issues import BookFacts, ReportFacts
from sitzungsdienst.acts.sealing import give_seal
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.resolution_prints import ResolutionPrint, ResolutionPrintKind
from sitzungsdienst.record.resolutions import Resolution
from tests.support.builders import Builder
from tests.support.cast import add_cast
from tests.support.pdf import words_of
from tests.support.resolved import LATER, PROPOSED, SECRET, Resolved
from tests.support.standards import faults_of


@pytest.fixture
def resolved(shared: Engine) -> Iterator[Resolved]:
    with Session(shared) as session:
        found = Resolved.of(session, add_cast(session))
        found.number(found.concept, found.rejected, found.secret)
        yield found


def numbered(resolved: Resolved) -> tuple[int, ...]:
    return tuple(resolved.build.session.scalars(select(Resolution.id).order_by(Resolution.id)))


def book(resolved: Resolved, *, public: bool = False, ids: tuple[int, ...] = ()) -> ResolutionPrint:
    build = resolved.build
    facts = BookFacts(
        resolution_ids=ids or numbered(resolved),
        scope="Alle Gremien",
        period="Jahr 2017",
        short="2017",
        public=public,
    )
    made = resolution_issues.issue_book(build.session, build.actor, facts, LATER)
    return fresh(resolved, made)


def report(resolved: Resolved, *parts: Part) -> ResolutionPrint:
    build = resolved.build
    facts = ReportFacts(
        resolution_ids=numbered(resolved),
        parts=frozenset(parts or Part),
        selection=(("Stelle", "Amt für Integration"), ("Suche", "")),
    )
    made = resolution_issues.issue_report(build.session, build.actor, facts, LATER)
    return fresh(resolved, made)


def fresh(resolved: Resolved, number: int) -> ResolutionPrint:
    resolved.build.session.rollback()
    return resolved.build.session.get_one(ResolutionPrint, number, populate_existing=True)


def content_of(row: ResolutionPrint) -> bytes:
    assert row.blob is not None
    assert hashlib.sha512(row.blob.content).hexdigest() == row.sha512
    return row.blob.content


def test_a_book_is_kept_with_its_day_and_who_issued_it(resolved: Resolved, tmp_path: Path) -> None:
    row = book(resolved)
    assert (row.kind, row.title) == (ResolutionPrintKind.BOOK, "Alle Gremien, Jahr 2017")
    assert row.file_name == "Beschlussbuch_2017_2017-05-02.pdf"
    assert row.issued_at == LATER
    assert row.issued_by is not None
    assert row.issued_by_id == resolved.build.actor.user_id
    content = content_of(row)
    assert faults_of(content) == []
    words = words_of(content, tmp_path, "-raw")
    assert PROPOSED in words
    assert SECRET in words
    assert "Vorschau" not in words
    entry = resolved.build.session.scalars(
        select(AuditEntry).where(AuditEntry.act == "issue_book")
    ).one()
    assert (entry.subject_kind, entry.subject_uid) == ("ResolutionPrint", row.uid)
    assert json.loads(entry.changes).keys() == {f"ResolutionPrint {row.uid}"}


def test_what_is_issued_stays_when_the_record_goes_on(resolved: Resolved) -> None:
    row = book(resolved)
    before, number = content_of(row), row.id
    build = resolved.build
    one = resolved.row(numbered(resolved)[0])
    resolutions.void_resolution(build.session, build.actor, one.id, one.version, "verzählt", LATER)
    assert content_of(fresh(resolved, number)) == before
    assert content_of(book(resolved)) != before


def test_the_public_part_holds_what_is_released_and_is_linked_to_it_alone(
    resolved: Resolved, tmp_path: Path
) -> None:
    with pytest.raises(RuleBroken, match="keinen Beschluss"):
        book(resolved, public=True)
    build = resolved.build
    releases.release_excerpts(
        build.session, build.actor, resolved.meeting, (resolved.concept,), "", LATER
    )
    row = book(resolved, public=True)
    assert row.kind is ResolutionPrintKind.PUBLIC_BOOK
    assert row.file_name == "Beschlussbuch_2017_oeffentlich_2017-05-02.pdf"
    assert [one.agenda_item_id for one in row.resolutions] == [resolved.concept]
    words = words_of(content_of(row), tmp_path, "-raw")
    assert PROPOSED in words
    for hidden in (SECRET, "100.000", "Zuschüsse", "ichtöffentlich"):
        assert hidden not in words


def test_a_report_says_what_it_was_narrowed_to(resolved: Resolved, tmp_path: Path) -> None:
    row = report(resolved, Part.PUBLIC)
    assert row.kind is ResolutionPrintKind.REPORT
    told = "nur öffentlich gefasste; Stelle: Amt für Integration"
    assert row.title == told
    assert row.file_name == "Beschlusskontrolle_2017-05-02.pdf"
    assert {one.agenda_item_id for one in row.resolutions} == {resolved.concept, resolved.rejected}
    words = words_of(content_of(row), tmp_path, "-raw")
    assert "Konzept" in words
    assert SECRET not in words
    assert report(resolved).title == "Stelle: Amt für Integration"


def test_resolutions_of_another_body_go_into_no_book(resolved: Resolved, shared: Engine) -> None:
    ids = numbered(resolved)
    with Session(shared) as session:
        others = Builder(session, Actor.system(resolved.build.actor.home + 1))
        facts = BookFacts(resolution_ids=ids, scope="Alle", period="2017", short="2017")
        with pytest.raises(Unknown):
            resolution_issues.issue_book(others.session, others.actor, facts, LATER)
        wanted = ReportFacts(resolution_ids=ids, parts=frozenset(Part))
        with pytest.raises(Unknown):
            resolution_issues.issue_report(others.session, others.actor, wanted, LATER)
        assert session.scalar(select(func.count()).select_from(ResolutionPrint)) == 0


def test_both_are_sealed_where_the_office_has_a_seal(resolved: Resolved, tmp_path: Path) -> None:
    give_seal(resolved.build.session, lambda pdf, _: pdf + b"%gesiegelt\n")
    for row in (book(resolved), report(resolved)):
        content = content_of(row)
        assert content.endswith(b"%gesiegelt\n")
        assert b"/AcroForm" in content
        assert "trägt ein elektronisches Siegel" in words_of(content, tmp_path, "-raw")


def test_the_number_of_an_issued_resolution_is_not_given_again(resolved: Resolved) -> None:
    build = resolved.build
    last = resolved.row(numbered(resolved)[-1])
    report(resolved)
    with pytest.raises(RuleBroken, match="ausgestellten Beschlussbuch oder Bericht"):
        resolutions.remove_resolution(build.session, build.actor, last.id, last.version, LATER)
    # The noted item came after the report: its number is free to be given back.
    (after,) = resolved.number(resolved.noted)
    row = resolved.row(after)
    resolutions.remove_resolution(build.session, build.actor, after, row.version, LATER)
