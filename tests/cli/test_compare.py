"""`compare` reads the data inside a print and says what is published otherwise by now."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.acts import releases
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.editions import give_public_url
from sitzungsdienst.cli import main
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicFile
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter, pdf, record_engine
from tests.support.cast import PUBLIC_URL, add_cast


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'amt.sqlite'}"


@pytest.fixture
def build(url: str) -> Iterator[Builder]:
    with record_engine(url, tables=False) as engine:
        schema.upgrade(engine)
        with Session(engine) as session:
            give_public_url(session, PUBLIC_URL)
            yield Builder(session, Actor.system(add_cast(session).boerde))


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    chapter = held_chapter(build)
    build.release_excerpts(chapter.meeting, chapter.matter)
    return chapter


@pytest.fixture
def paper(build: Builder, chapter: Chapter, tmp_path: Path) -> Path:
    """The excerpt as somebody saved it."""
    build.session.rollback()
    reader = Reader(build.session.connection())
    (filed,) = (one for one in reader.listing(PublicFile) if one.living.name == "Auszug Ö 2")
    path = tmp_path / "Auszug.pdf"
    path.write_bytes(reader.blob(filed.living.sha512_checksum) or b"")
    build.session.rollback()
    return path


def compare(url: str, *papers: Path) -> Result:
    return CliRunner().invoke(main, ["compare", "--database", url, *map(str, papers)])


def test_a_paper_as_published_is_unchanged(url: str, paper: Path) -> None:
    done = compare(url, paper)
    assert (done.exit_code, done.output) == (0, "Auszug.pdf: unverändert veröffentlicht.\n")


def test_a_corrected_one_is_told_value_by_value(
    url: str, build: Builder, chapter: Chapter, paper: Path
) -> None:
    build.correct(chapter.matter)
    build.release_excerpts(chapter.meeting, chapter.matter, reason="Schreibfehler")
    done = compare(url, paper)
    assert done.exit_code == 1
    assert done.output.startswith("Auszug.pdf:\n")
    assert "  Auszug Ö 2, Fassung: im Dokument »1«, jetzt »2«.\n" in done.output
    was, now = "Es wird beraten.", "Es wurde anders beraten."
    assert f"  Ö 2 Richtlinie, Beratung: im Dokument »{was}«, jetzt »{now}«.\n" in done.output
    assert "  Ö 2 Richtlinie, Beschluss: im Dokument »So sei es.«, jetzt nichts.\n" in done.output
    assert "Kulturausschuss" not in done.output, "what is still so is not told"


def test_a_withdrawn_one_is_no_longer_published(
    url: str, build: Builder, chapter: Chapter, paper: Path
) -> None:
    releases.withdraw_excerpt(build.session, build.actor, chapter.matter, "Irrtum", AFTERWARDS)
    done = compare(url, paper)
    assert done.exit_code == 1
    assert "  Auszug Ö 2: nicht mehr veröffentlicht.\n" in done.output


def test_one_whose_data_is_right_but_whose_bytes_are_not_is_suspicious(
    url: str, paper: Path
) -> None:
    paper.write_bytes(paper.read_bytes() + b"\n")
    done = compare(url, paper)
    assert done.exit_code == 1
    assert "Die Daten stimmen, aber die Datei ist nicht die veröffentlichte." in done.output


def with_data(path: Path, content: bytes) -> None:
    """A PDF that has this inside as its data."""
    with pikepdf.open(io.BytesIO(pdf("Wort"))) as opened:
        spec = pikepdf.AttachedFileSpec(opened, content, mime_type="application/json")
        opened.attachments["auszug.oparl.json"] = spec
        opened.save(path)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"[]",
        b'{"data": {}}',
        b'{"data": []}',
        b'{"data": [{"name": "ohne id"}]}',
        b"[" * 100_000,
    ],
)
def test_a_paper_without_data_that_can_be_read_says_so(
    data: bytes, url: str, chapter: Chapter, tmp_path: Path
) -> None:
    path = tmp_path / "fremd.pdf"
    with_data(path, data)
    done = compare(url, path)
    assert done.exit_code == 1
    assert done.output == (
        "fremd.pdf:\n  In dieser Datei stehen keine Daten zum Vergleichen.\n"
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"kein PDF", pdf("ohne Daten")])
def test_another_file_says_so_too(
    content: bytes, url: str, chapter: Chapter, tmp_path: Path
) -> None:
    path = tmp_path / "fremd.pdf"
    path.write_bytes(content)
    assert "keine Daten zum Vergleichen" in compare(url, path).output


def test_objects_of_strangers_are_not_published_here(
    url: str, chapter: Chapter, tmp_path: Path
) -> None:
    path = tmp_path / "fremd.pdf"
    deep: dict[str, Any] = {"id": "https://rat.example/oparl/v1.1/meeting/\0", "name": "Fremd"}
    for _ in range(50):
        deep = {"id": "x", "part": [deep]}
    with_data(path, json.dumps({"data": [deep, deep["part"][0]]}).encode())
    done = compare(url, path)
    assert done.exit_code == 1
    assert done.output == "fremd.pdf:\n" + "  x: nicht mehr veröffentlicht.\n" * 2


def test_without_a_file_it_says_what_is_missing(url: str) -> None:
    done = CliRunner().invoke(main, ["compare", "--database", url])
    assert done.exit_code == 2
    assert "PDF…" in done.output
