"""The worker: it may die, hang or write without end, and the office goes on."""

import json
import sys
from pathlib import Path

import pytest

from sitzungsdienst.files import sandbox, worker
from sitzungsdienst.files.sandbox import WorkerDied, ask
from tests.support.builders import pdf


def test_a_worker_answers() -> None:
    assert ask("check_pdf", pdf()).values == {"reason": "", "name": ""}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nonsense"])
def test_a_worker_that_crashes_is_told(content: bytes) -> None:
    with pytest.raises(WorkerDied):
        ask("measure", content)


def test_an_unknown_task_is_no_answer() -> None:
    with pytest.raises(WorkerDied):
        ask("unknown", b"")


def hostile(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str, *, seconds: float) -> None:
    """Let the worker be a program that obeys the limits and then does what it likes."""
    program = folder / "hostile.py"
    program.write_text(f"from sitzungsdienst.files.worker import _limit\n{code}\n", "utf-8")
    starter = folder / "python"
    starter.write_text(f"#!/bin/sh\nexec {sys.executable} {program}\n", "utf-8")
    starter.chmod(0o700)
    monkeypatch.setattr(sandbox.sys, "executable", str(starter))
    monkeypatch.setattr(sandbox, "WALL_SECONDS", seconds)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("_limit(2**28, 5, 1000)\nx = b'0' * 2**30", "status"),
        ("_limit(2**30, 1, 1000)\nwhile True: pass", "status"),
        ("_limit(2**30, 5, 1000)\nprint('x' * 5000, flush=True)", "status"),
        ("_limit(2**30, 5, 1000)\nimport time\ntime.sleep(60)", "time"),
        ("_limit(2**30, 5, 1000)\nprint('[1]')", "no answer"),
        ("_limit(2**30, 5, 1000)\nprint('Hallo')", "no answer"),
        ("import os\nos.kill(os.getpid(), 9)", "status"),
    ],
)
def test_whatever_a_worker_does_the_office_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, words: str
) -> None:
    hostile(monkeypatch, tmp_path, code, seconds=3)
    with pytest.raises(WorkerDied, match=words):
        ask("check_pdf", b"")


def test_a_worker_knows_nothing_of_the_office(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SITZUNGSDIENST_SECRET_KEY", "geheim")
    code = "import os, json\nprint(json.dumps({'all': dict(os.environ), 'at': os.getcwd()}))"
    hostile(monkeypatch, tmp_path, code, seconds=20)
    told = ask("check_pdf", b"").values
    assert "geheim" not in json.dumps(told)
    assert told["at"] == "/"


def test_every_task_has_limits() -> None:
    for _, memory, seconds, output in worker.TASKS.values():
        assert memory <= 1536
        assert seconds < sandbox.WALL_SECONDS
        assert output <= 64
