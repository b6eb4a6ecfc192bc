"""`files index`: what came before anybody read it is read, once, and may be stopped."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from sitzungsdienst.acts import file_texts, releases
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.cli import main
from sitzungsdienst.publication import tables
from sitzungsdienst.record.file_texts import FileText, TextState
from tests.support.builders import Builder, record_engine
from tests.support.cast import NOW, add_cast


@pytest.fixture
def url(tmp_path: Path) -> str:
    """An office with two attachments of before, one of them public, that nobody has read."""
    url = f"sqlite:///{tmp_path / 'amt.sqlite'}"
    with record_engine(url) as engine, Session(engine) as session:
        cast = add_cast(session)
        build = Builder(session, Actor.system(cast.boerde))
        paper = build.paper(public=True)
        build.attach(paper, public=True, text="Lageplan")
        build.attach(paper, text="Kaufpreis")
        releases.release_paper(session, build.actor, paper, "", NOW)
        session.connection(execution_options={"writes": True})
        session.execute(delete(FileText))
        session.execute(delete(tables.file_text))
        session.commit()
    return url


def index(folder: Path, url: str, *more: str) -> Result:
    return CliRunner().invoke(
        main, ["--instance", str(folder / "i"), "files", "index", "--database", url, *more]
    )


def known(url: str) -> tuple[dict[str, TextState], list[str]]:
    """What is known of the record's files, and the words of the public ones."""
    with record_engine(url, tables=False) as engine, Session(engine) as session:
        rows = session.execute(select(FileText.text, FileText.state))
        states = {row.text: row.state for row in rows}
        return states, list(session.scalars(select(tables.file_text.c.text)))


def test_what_came_before_is_read_once(tmp_path: Path, url: str) -> None:
    done = index(tmp_path, url)
    assert done.exit_code == 0
    assert "2 Dateien gelesen." in done.output
    assert "1 öffentliche Datei ist jetzt auch öffentlich durchsuchbar." in done.output
    assert known(url) == (
        {"Lageplan": TextState.WHOLE, "Kaufpreis": TextState.WHOLE},
        ["Lageplan"],
    )
    assert "Alle Anlagen sind schon gelesen." in index(tmp_path, url).output


def test_whoever_stops_begins_where_it_was(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, read = file_texts._read, []

    def stopped(content: bytes, suffix: str) -> file_texts.Reading:
        if read:
            raise KeyboardInterrupt
        read.append(suffix)
        return honest(content, suffix)

    monkeypatch.setattr(file_texts, "_read", stopped)
    assert index(tmp_path, url).exit_code != 0
    assert len(known(url)[0]) == 1
    monkeypatch.setattr(file_texts, "_read", honest)
    assert "1 Datei gelesen." in index(tmp_path, url).output
    assert len(known(url)[0]) == 2


def test_what_could_not_be_read_is_tried_again_only_on_demand(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failed = file_texts.Reading(TextState.FAILED)
        patch.setattr(file_texts, "_read", lambda *_: failed)
        assert "2 ließen sich nicht lesen." in index(tmp_path, url).output
    assert "Alle Anlagen sind schon gelesen." in index(tmp_path, url).output
    assert "2 Dateien gelesen." in index(tmp_path, url, "--again").output


def test_a_file_removed_meanwhile_leaves_nothing(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = file_texts._read

    def removing(content: bytes, suffix: str) -> file_texts.Reading:
        with record_engine(url, tables=False) as engine, engine.connect() as connection:
            writing = connection.execution_options(writes=True)
            writing.execute(text("DELETE FROM attachment"))
            writing.commit()
        return honest(content, suffix)

    monkeypatch.setattr(file_texts, "_read", removing)
    assert index(tmp_path, url).exit_code == 0
    assert known(url) == ({}, [])


def test_a_database_without_attachments_is_no_trouble(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'leer.sqlite'}"
    CliRunner().invoke(main, ["--instance", str(tmp_path), "db", "upgrade", "--database", url])
    assert index(tmp_path, url).output.endswith("Alle Anlagen sind schon gelesen.\n")
