"""Every paper of the demo's real meetings keeps PDF/UA-1 and PDF/A-3a."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from sitzungsdienst.publication.tables import blob as public_blob
from sitzungsdienst.record.papers import Blob
from tests.support.standards import faults_of, verapdf_faults


@pytest.fixture(scope="module")
def prints(sqlite_demo: str) -> dict[str, bytes]:
    """All PDFs of the demo, issued or released."""
    engine = create_engine(sqlite_demo)
    with engine.connect() as connection:
        rows = [
            *connection.execute(select(Blob.sha512, Blob.content)),
            *connection.execute(select(public_blob.c.sha512, public_blob.c.content)),
        ]
    engine.dispose()
    return {str(name): content for name, content in rows if content.startswith(b"%PDF-")}


def test_there_are_papers_of_every_meeting(prints: dict[str, bytes]) -> None:
    assert len(prints) > 30


def test_the_fast_judge_finds_no_fault(prints: dict[str, bytes]) -> None:
    assert {name: faults_of(pdf) for name, pdf in prints.items()} == {name: [] for name in prints}


@pytest.mark.slow
def test_verapdf_finds_no_fault(prints: dict[str, bytes], tmp_path: Path) -> None:
    assert verapdf_faults(prints, tmp_path) == {name: [] for name in prints}
