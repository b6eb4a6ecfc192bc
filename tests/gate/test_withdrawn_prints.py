"""What is withdrawn is gone from everything that was printed with it too."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import minutes, proceedings, releases
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import Paper
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter
from tests.support.pdf import words_of


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A meeting of which everything is public that may be."""
    chapter = held_chapter(build)
    build.sign(chapter.meeting)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    return chapter


def prints(session: Session, folder: Path) -> str:
    """What every public file says, whoever links to it."""
    session.rollback()
    return " ".join(words_of(one, folder) for one in session.scalars(select(tables.blob.c.content)))


def test_no_print_tells_of_a_withdrawn_paper(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    session = build.session
    reference = session.get_one(Paper, chapter.paper).reference
    assert reference in prints(session, tmp_path)
    releases.withdraw_paper(session, build.actor, chapter.paper, "Datenschutz", AFTERWARDS)
    left = prints(session, tmp_path)
    assert reference not in left
    assert "Niederschrift" in left
    assert "Es wird beraten." in left, "the excerpt itself stays"
    assert verify(session.connection()).broken_seq is None


def test_public_minutes_do_not_tell_of_a_withdrawn_excerpt(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    session = build.session
    before = prints(session, tmp_path)
    assert "Es wird beraten." in before
    releases.withdraw_excerpt(session, build.actor, chapter.matter, "Datenschutz", AFTERWARDS)
    left = prints(session, tmp_path)
    assert "Es wird beraten." not in left
    assert "Niederschrift" in left
    texts = " ".join(session.scalars(select(tables.document.c.text)))
    assert "Es wird beraten." not in texts


def test_a_withdrawal_releases_nothing_that_was_recorded_since(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    session, actor = build.session, build.actor
    row = session.scalars(select(Minutes)).one()
    minutes.unsign_minutes(session, actor, row.id, row.version, AFTERWARDS)
    item = session.get_one(AgendaItem, chapter.matter)
    facts = proceedings.TreatmentFacts(deliberation="Herr Meier ist erkrankt.")
    version = item.treatment.version if item.treatment else None
    proceedings.record_treatment(session, actor, item.id, version, facts, AFTERWARDS)
    releases.withdraw_paper(session, actor, chapter.paper, "Datenschutz", AFTERWARDS)
    left = prints(session, tmp_path)
    assert "erkrankt" not in left
    assert "Es wird beraten." in left
    meeting = session.get_one(Meeting, chapter.meeting)
    filed = Reader(session.connection()).get(PublicMeeting, meeting.uid)
    assert filed is not None
    assert filed.living.results_protocol == "", "unsigned minutes are withdrawn, not printed anew"
    told = Reader(session.connection()).get(PublicAgendaItem, item.uid)
    assert told is not None
    assert told.living.deliberation == "Es wird beraten."


def test_a_paper_that_nothing_printed_names_costs_no_print(build: Builder) -> None:
    paper = build.paper(public=True)
    releases.release_paper(build.session, build.actor, paper, "", AFTERWARDS)
    releases.withdraw_paper(build.session, build.actor, paper, "Versehen", AFTERWARDS)
    assert build.session.scalars(select(tables.blob.c.sha512)).all() == []
