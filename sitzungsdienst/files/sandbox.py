"""Work on other people's files, in a process of its own that may die.

A hostile file can at worst end a worker: it runs without the office's environment, with limits for
memory, processor time and output that it sets itself before it reads the first byte, and is ended
when it takes too long. At most two run at once, so the limits hold for the whole office.
"""

import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import Any

MIB = 1024 * 1024
#: Seconds on the clock until a worker is ended, and until somebody waiting for a place gives up.
WALL_SECONDS = 90
WAIT_SECONDS = 60
#: Longest head of an answer; the limit of a process on its output covers the rest.
MAX_HEAD = MIB
_places = threading.BoundedSemaphore(2)


class WorkerDied(Exception):
    """The worker broke a limit, crashed, or got no place in time: nothing is known of the file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says: values, and perhaps bytes."""

    values: dict[str, Any]
    content: bytes


def ask(
    task: str,
    content: bytes,
    values: dict[str, Any] | None = None,
    *,
    seconds: float | None = None,
) -> Answer:
    """Let a worker do `task` (see `files.worker`) with a file. Raises WorkerDied.

    `seconds` bounds waiting and working each, for what is not worth more. The file goes in and the
    answer comes back through unnamed temporary files, which the system's limit on written bytes
    covers, as it does not cover pipes.
    """
    head = json.dumps({"task": task, **(values or {})}).encode() + b"\n"
    if not _places.acquire(timeout=seconds or WAIT_SECONDS):
        raise WorkerDied("no place")
    try:
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told:
            given.write(head + content)
            given.seek(0)
            _run(given.fileno(), told.fileno(), seconds or WALL_SECONDS)
            told.seek(0)
            return _read(told.readline(MAX_HEAD), told.read())
    finally:
        _places.release()


def _run(given: int, told: int, seconds: float) -> None:
    try:
        # Isolated (-I), at the root and without our environment: no setting, no secret, no address
        # of a database is within its reach.
        done = subprocess.run(
            [sys.executable, "-I", "-m", "sitzungsdienst.files.worker"],
            stdin=given,
            stdout=told,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise WorkerDied("time") from None
    if done.returncode != 0:
        raise WorkerDied(f"status {done.returncode}")


def _read(head: bytes, content: bytes) -> Answer:
    try:
        values = json.loads(head)
    except ValueError:
        raise WorkerDied("no answer") from None
    if not isinstance(values, dict):
        raise WorkerDied("no answer")
    return Answer(values, content)
