"""Where the demo lies: built once, whole or not at all, and never in another database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from sitzungsdienst.demo import serving
from sitzungsdienst.demo.build import STEPS, USERS
from sitzungsdienst.demo.serving import NAME, demo_environment, make_demo
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.meetings import Meeting
from tests.support import demos
from tests.support.cast import CHEAP, PUBLIC_URL

NOW = datetime(2017, 8, 1, 8, tzinfo=UTC)


def made_before(folder: Path) -> None:
    """A demo lies there, whoever made it."""
    (folder / NAME).write_bytes(demos.sqlite_demo())


def make(folder: Path, **options: bool) -> list[str]:
    return list(make_demo(folder, CHEAP.hash, NOW, PUBLIC_URL, **options))


def test_a_demo_is_built_from_nothing_and_reused_within_moments(tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "demo"
    assert len(make(folder)) == STEPS
    before = (folder / NAME).stat().st_ino
    begun = process_time()
    assert make(folder) == []
    assert process_time() - begun < 2
    assert (folder / NAME).stat().st_ino == before
    assert sorted(path.name for path in folder.iterdir()) == [NAME]


def test_the_demo_keeps_what_was_done_in_it_until_it_is_made_fresh(tmp_path: Path) -> None:
    made_before(tmp_path)
    engine = create_engine(f"sqlite:///{tmp_path / NAME}")

    def name() -> str:
        with Session(engine) as session:
            return session.get_one(Meeting, 1).name

    with Session(engine) as session:
        session.get_one(Meeting, 1).name = "von Hand"
        session.commit()
    engine.dispose()
    make(tmp_path)
    assert name() == "von Hand"
    engine.dispose()
    assert len(make(tmp_path, fresh=True)) == STEPS
    assert name() != "von Hand"
    engine.dispose()


def test_an_interrupted_build_leaves_no_demo_and_the_next_one_is_whole(tmp_path: Path) -> None:
    steps: Iterator[str] = make_demo(tmp_path, CHEAP.hash, NOW, PUBLIC_URL)
    next(steps)
    next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator
    assert not (tmp_path / NAME).exists()
    assert len(make(tmp_path)) == STEPS
    engine = create_engine(f"sqlite:///{tmp_path / NAME}")
    with Session(engine) as session:
        assert len(session.scalars(select(OfficeUser)).all()) == len(USERS)
    engine.dispose()


def test_a_step_that_fails_leaves_no_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> str:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        list(make_demo(tmp_path, fail, NOW, PUBLIC_URL))
    assert not (tmp_path / NAME).exists()


def test_making_it_fresh_fails_without_losing_the_old_one(tmp_path: Path) -> None:
    made_before(tmp_path)
    steps = make_demo(tmp_path, CHEAP.hash, NOW, PUBLIC_URL, fresh=True)
    next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator
    assert (tmp_path / NAME).exists()


def test_no_other_database_is_touched(tmp_path: Path) -> None:
    other = tmp_path / "sitzungsdienst.sqlite"
    other.write_bytes(b"the office's own")
    make(tmp_path / "demo")
    assert other.read_bytes() == b"the office's own"


def test_the_demo_listens_to_no_setting_of_the_real_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITZUNGSDIENST_DATABASE", "postgresql://amt")
    monkeypatch.setenv("SITZUNGSDIENST_PUBLIC_DATABASE", "postgresql://amt")
    monkeypatch.setenv("SITZUNGSDIENST_SECRET_KEY", "geheim")
    found = demo_environment(tmp_path, "127.0.0.1", 8123)
    assert found["SITZUNGSDIENST_DATABASE"] == f"sqlite:///{(tmp_path / NAME).resolve()}"
    assert "SITZUNGSDIENST_PUBLIC_DATABASE" not in found
    assert "SITZUNGSDIENST_SECRET_KEY" not in found
    assert found["SITZUNGSDIENST_PUBLIC_URL"] == "http://127.0.0.1:8123"


def test_an_older_demo_is_brought_forward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_before(tmp_path)
    seen = []
    monkeypatch.setattr(serving.schema, "upgrade", seen.append)
    make(tmp_path)
    assert len(seen) == 1
