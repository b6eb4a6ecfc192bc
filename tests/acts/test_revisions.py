"""Older texts of a treatment are kept, with who replaced them and when."""

import pytest

from sitzungsdienst.acts.proceedings import TreatmentFacts, record_treatment
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.minutes import TreatmentRevision
from sitzungsdienst.record.proceedings import Decision, Treatment
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


def kept(build: Builder, item: int) -> list[TreatmentRevision]:
    build.session.rollback()
    row = build.session.get_one(AgendaItem, item, populate_existing=True).treatment
    assert row is not None
    build.session.expire(row)
    return row.revisions


def write(build: Builder, item: int, **facts: object) -> None:
    row = build.session.get_one(AgendaItem, item).treatment
    version = build.version(Treatment, row.id) if row else None
    wanted = TreatmentFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
    record_treatment(build.session, build.actor, item, version, wanted, AFTERWARDS)


def test_every_change_of_the_text_keeps_the_older_one(build: Builder, chapter: Chapter) -> None:
    write(build, chapter.matter, deliberation="Zweiter Text")
    write(build, chapter.matter, deliberation="Dritter Text", decision=Decision.NOTED)
    texts = [(one.number, one.deliberation, one.decision) for one in kept(build, chapter.matter)]
    assert texts == [(1, "Es wird beraten.", Decision.ADOPTED), (2, "Zweiter Text", None)]
    assert kept(build, chapter.matter)[0].saved_by_id == build.actor.user_id
    assert kept(build, chapter.matter)[0].saved_at == AFTERWARDS


def test_a_change_that_touches_no_text_keeps_nothing(build: Builder, chapter: Chapter) -> None:
    whole = {"deliberation": "Es wird beraten.", "resolution_text": "So sei es."}
    facts = whole | {"decision": Decision.ADOPTED, "internal_note": "nur ein Vermerk"}
    write(build, chapter.matter, **facts)
    assert kept(build, chapter.matter) == []


def test_the_first_text_replaces_nothing(build: Builder, chapter: Chapter) -> None:
    write(build, chapter.hidden, deliberation="Erster Text")
    assert kept(build, chapter.hidden) == []
