"""The public can read nothing that the office did not release: proved by a marker word."""

import logging
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import public_prints
from sitzungsdienst.app import create_public
from sitzungsdienst.config import Settings
from sitzungsdienst.documents.conformance import Attachment
from sitzungsdienst.gate import compose, compose_items, data_inside, prints
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting, PublicPaper
from sitzungsdienst.record import schema
from sitzungsdienst.record.bodies import Body, Organization
from sitzungsdienst.record.file_texts import FileText
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.papers import Paper
from tests.canary import crawl, marking
from tests.canary.scenario import Scenario, arrange
from tests.support.cast import Cast

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is missing"
    ),
]


@pytest.fixture
def scenario(session: Session, cast: Cast) -> Scenario:
    return arrange(session, cast)


@pytest.fixture
def public_app(settings: Settings, engine: Engine) -> Iterator[Flask]:
    del engine
    app = create_public(settings)
    app.testing = True
    yield app
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


def mark_and_release(scenario: Scenario, engine: Engine) -> dict[str, int]:
    """Mark every secret, then release whatever can be released."""
    scenario.session.rollback()
    scenario.session.close()
    with engine.connect().execution_options(writes=True) as connection:
        marked = marking.mark(connection, schema.metadata)
        connection.commit()
    scenario.release_all("Berichtigung")
    return marked


def answers(app: Flask, session: Session, folder: Path) -> Iterator[crawl.Answer]:
    """Every answer of the public web to every id that the record knows, one after the other."""
    client = app.test_client()
    ids = crawl.uids(session, schema.metadata)
    parents = [*session.scalars(select(Body.uid)), *session.scalars(select(Organization.uid))]
    session.rollback()
    for address in crawl.addresses(app, ids, {}):
        if is_list(address) and not any(uid in address for uid in parents):
            continue  # Bodies and organisations alone have lists
        plain = not any(uid in address for uid in ids)
        for query in crawl.QUERIES if plain or is_list(address) else ("",):
            yield crawl.fetch(client, f"{address}{query}", folder)


def is_list(address: str) -> bool:
    """Whether the address is that of an OParl list below an object."""
    return address.startswith("/oparl/v1.1/") and address.count("/") == 5


def test_no_secret_comes_out_in_any_format(
    scenario: Scenario,
    engine: Engine,
    public_app: Flask,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    marked = mark_and_release(scenario, engine)
    found = list(answers(public_app, scenario.session, tmp_path))
    assert crawl.leaks(iter(found)) == []
    assert marking.MARKER not in caplog.text
    # The crawl really saw the pages, papers, feeds and interface: it would prove nothing blind.
    seen = Counter(answer.kind for answer in found if answer.status == 200)
    assert seen["application/pdf"] >= 3
    assert seen["text/calendar"] >= 3
    assert seen["text/html"] >= 10
    assert seen["application/json"] >= 20
    assert {column for column in MUST_BE_MARKED if not marked[column]} == set()


#: Columns in which the scenario must have something to hide, or the test would be blind there.
MUST_BE_MARKED = {
    "agenda_change.reason",
    "agenda_item.title",
    "attachment.name",
    "attendance.note",
    "file_text.folded",
    "file_text.text",
    "ballot.result_text",
    "meeting.internal_note",
    "minutes.remark",
    "paper.internal_note",
    "paper.title",
    "paper_originator.label",
    "person.email",
    "person.family_name",
    "person.note",
    "recusal.reason",
    "resolution.subject",
    "resolution_report.text",
    "stance.label",
    "summons.agenda_sent",
    "treatment.deliberation",
    "treatment.internal_note",
}


def test_every_text_column_is_marked_or_named_as_one_that_may_be_public() -> None:
    for table in schema.metadata.sorted_tables:
        named = set(marking.MAY_BE_PUBLIC.get(table.name, {}))
        assert named <= set(marking.text_columns(table)), f"{table.name} lost a column"


def leak_internal_note_in_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = compose.paper

    def leaking(row: Paper, known: set[str]) -> PublicPaper:
        return replace(honest(row, known), reasons=row.internal_note)

    monkeypatch.setattr(compose, "paper", leaking)


def leak_nonpublic_titles_in_agenda(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = compose_items.agenda

    def leaking(
        row: Meeting, filed: dict[str, PublicAgendaItem], known: set[str], *more: Any
    ) -> tuple[PublicAgendaItem, ...]:
        titles = {item.uid: item.title for item in row.agenda}
        return tuple(replace(one, name=titles[one.uid]) for one in honest(row, filed, known, *more))

    monkeypatch.setattr(compose_items, "agenda", leaking)


def leak_office_note_in_meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = compose.meeting

    def leaking(row: Meeting, current: PublicMeeting | None, **more: Any) -> PublicMeeting:
        return replace(honest(row, current, **more), publicity=row.internal_note)

    monkeypatch.setattr(compose, "meeting", leaking)


def leak_absence_reasons_in_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = prints.attendance
    monkeypatch.setattr(prints, "attendance", lambda rows, **_: honest(rows, reasons=True))


def leak_office_note_in_a_file_inside_the_excerpt(monkeypatch: pytest.MonkeyPatch) -> None:
    notes: list[str] = []
    view, honest = public_prints.public_view, data_inside.excerpt

    def noting(desk: Desk, meeting: Meeting) -> prints.PublicView:
        notes.append(meeting.internal_note)
        return view(desk, meeting)

    def leaking(*told: Any) -> tuple[Attachment, ...]:
        return tuple(replace(one, content=notes[-1].encode()) for one in honest(*told))

    monkeypatch.setattr(public_prints, "public_view", noting)
    monkeypatch.setattr(data_inside, "excerpt", leaking)


def leak_words_of_other_files_in_search(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaking(desk: Desk) -> dict[str, str]:
        words = " ".join(desk.session.scalars(select(FileText.text)))
        return dict.fromkeys(desk.blobs, words)

    monkeypatch.setattr(Desk, "_words_of_blobs", leaking)


@pytest.mark.parametrize(
    "plant",
    [
        leak_internal_note_in_paper,
        leak_nonpublic_titles_in_agenda,
        leak_office_note_in_meeting,
        leak_absence_reasons_in_minutes,
        leak_office_note_in_a_file_inside_the_excerpt,
        leak_words_of_other_files_in_search,
    ],
)
def test_a_planted_leak_is_found(
    plant: Callable[[pytest.MonkeyPatch], None],
    scenario: Scenario,
    engine: Engine,
    public_app: Flask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant(monkeypatch)
    mark_and_release(scenario, engine)
    read = answers(public_app, scenario.session, tmp_path)
    assert any(crawl.leaks(iter([one])) for one in read)
