"""Every paper of the demo's real meetings keeps PDF/UA-1 and PDF/A-3a."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.publication.tables import blob as public_blob
from sitzungsdienst.record.papers import Blob
from tests.demo.sheets import sheets
from tests.support.builders import record_engine
from tests.support.standards import faults_of, verapdf_faults


@pytest.fixture(scope="module")
def prints(sqlite_demo: str) -> dict[str, bytes]:
    """All PDFs of the demo, issued, released or printed on request."""
    with record_engine(sqlite_demo, tables=False) as engine, Session(engine) as session:
        rows = [
            *session.execute(select(Blob.sha512, Blob.content)),
            *session.execute(select(public_blob.c.sha512, public_blob.c.content)),
            *sheets(session),
        ]
    return {str(name): content for name, content in rows if content.startswith(b"%PDF-")}


def test_there_are_papers_of_every_meeting(prints: dict[str, bytes]) -> None:
    assert len(prints) > 100
    kinds = {name.split(" ")[0] for name in prints if " " in name}
    assert kinds == {
        "attendance", "front", "cover", "submission", "public", "calendar", "book", "report",
        "excerpt", "certified",
    }  # fmt: skip


def test_the_fast_judge_finds_no_fault(prints: dict[str, bytes]) -> None:
    assert {name: faults_of(pdf) for name, pdf in prints.items()} == {name: [] for name in prints}


@pytest.mark.slow
def test_verapdf_finds_no_fault(prints: dict[str, bytes], tmp_path: Path) -> None:
    # One cover of a meeting, and of papers and books the public version, will do for the slow one.
    some = {
        name: pdf
        for name, pdf in prints.items()
        if not name.startswith(("cover", "submission", "book")) or name.endswith("/0")
    }
    assert verapdf_faults(some, tmp_path) == {name: [] for name in some}
