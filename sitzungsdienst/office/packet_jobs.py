"""Packets while they are built and for half an hour after: folders on this machine, one a packet.

Nothing here decides who reads what: a packet is asked for by the key of its plan, and the plan is
made anew at every request from what the reader may read then. A folder that is lost, by a crash or
by its half hour being over, costs no more than building the packet again.
"""

import json
import logging
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock, Semaphore, Thread, Timer, current_thread

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from sitzungsdienst.documents.packet import FILES, RESULT, SHEETS, STARTING, WRITING
from sitzungsdienst.documents.packet_process import BEAT, GivenUp, build_apart
from sitzungsdienst.office.packet_plan import Plan
from sitzungsdienst.record.papers import Blob

WAITING, FETCHING, READY, FAILED = "waiting", "fetching", "ready", "failed"
KEPT = timedelta(minutes=30)
#: Without a sign of life for so long, a packet is no longer being built.
DEAD_AFTER = timedelta(seconds=30)
#: How many may wait for their turn; one is built at a time.
MOST_WAITING = 10
#: Files, their cleaned copies, the packet joined and the packet written lie side by side.
COPIES = 4

#: How far each step brings the whole, in percent: from, to.
SPANS = {
    WAITING: (0, 0),
    FETCHING: (0, 20),
    STARTING: (20, 22),
    FILES: (22, 60),
    SHEETS: (60, 80),
    WRITING: (80, 99),
    READY: (100, 100),
    FAILED: (0, 0),
}
_KEY_LENGTH = 64
_STATE = "state.json"
_log = logging.getLogger(__name__)


class Busy(Exception):
    """A packet cannot be begun now; the sentence (German) says what to do."""

    def __init__(self, sentence: str) -> None:
        """Say what to do."""
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a packet has come. `at` is the last sign of life; pages and size when ready."""

    step: str
    at: datetime
    done: int = 0
    of: int = 1
    pages: int = 0
    size: int = 0

    @property
    def percent(self) -> int:
        """How much of the whole is done."""
        start, end = SPANS[self.step]
        return start + (end - start) * self.done // max(self.of, 1)

    @property
    def ready(self) -> bool:
        """Whether the packet can be saved."""
        return self.step == READY

    def over(self, now: datetime) -> bool:
        """Whether it died, or was kept long enough."""
        return now - self.at > (KEPT if self.step in (READY, FAILED) else DEAD_AFTER)


class PacketJobs:
    """Builds packets, one at a time, and keeps them for a while."""

    def __init__(self, folder: Path | None, clock: Callable[[], datetime]) -> None:
        """Keep them in `folder`, for this user of the machine alone; None: in one of our own."""
        # Flask looks for a relative path beside its own files, not where the program was started.
        self._folder = folder.resolve() if folder else None
        self._clock = clock
        self._turn = Semaphore()
        self._lock = Lock()
        self._threads: set[Thread] = set()

    def progress(self, key: str) -> Progress | None:
        """How far the packet has come; None where nobody is building it and none is kept."""
        self.sweep()
        return self._read(self._folder / key) if self._folder else None

    def file(self, key: str) -> Path | None:
        """The packet as a file, if it is ready."""
        found = self.progress(key)
        if self._folder is None or found is None or not found.ready:
            return None
        path = self._folder / key / RESULT
        return path if path.is_file() else None

    def start(self, plan: Plan, engine: Engine) -> None:
        """Begin with a packet unless it is being built or ready. Raises Busy."""
        found = self.progress(plan.key)
        if found is not None and found.step != FAILED:
            return
        home = self._home()
        with self._lock:
            if len(self._threads) > MOST_WAITING:
                raise Busy(
                    "Es werden gerade viele Mappen zusammengestellt. Bitte versuchen Sie es in"
                    " einigen Minuten erneut."
                )
            if shutil.disk_usage(home).free < COPIES * plan.size:
                raise Busy(
                    "Auf dem Server fehlt der Platz für diese Mappe. Bitte wenden Sie sich an die"
                    " Administration oder laden Sie die Unterlagen einzeln herunter."
                )
            folder = self._claim(home, plan.key)
            if folder is None:
                return  # another process of this program was faster
            thread = Thread(target=self._work, args=(plan, folder, engine), daemon=True)
            self._threads.add(thread)
        thread.start()

    def sweep(self) -> None:
        """Remove what nobody builds any more, and what was kept for long enough."""
        now = self._clock()
        if self._folder is None or not self._folder.is_dir():
            return
        for folder in self._folder.iterdir():
            found = self._read(folder)
            # One that is just being claimed has another name, and for a moment no state.
            lost = found is None and len(folder.name) == _KEY_LENGTH
            if lost or (found is not None and found.over(now)):
                shutil.rmtree(folder, ignore_errors=True)

    def wait(self) -> None:
        """Wait until all that was begun here has ended; for tests and an orderly end."""
        for thread in tuple(self._threads):
            thread.join()

    def _claim(self, home: Path, key: str) -> Path | None:
        """A folder for the packet, there at once with its state; None where somebody has it."""
        shutil.rmtree(home / key, ignore_errors=True)
        begun = Path(tempfile.mkdtemp(dir=home))
        self._write(begun, WAITING)
        try:
            return begun.rename(home / key)
        except OSError:
            shutil.rmtree(begun, ignore_errors=True)
            return None

    def _work(self, plan: Plan, folder: Path, engine: Engine) -> None:
        try:
            while not self._turn.acquire(timeout=BEAT):
                self._write(folder, WAITING)
            try:
                self._build(plan, folder, engine)
            finally:
                self._turn.release()
        except Exception as error:  # noqa: BLE001 - whatever it was, the page must tell the end
            _log.error("packet %s failed: %s", folder.name[:12], type(error).__name__)
            if folder.is_dir():
                _empty(folder)
                self._write(folder, FAILED)
        finally:
            with self._lock:
                self._threads.discard(current_thread())
            timer = Timer(KEPT.total_seconds() + 1, self.sweep)
            timer.daemon = True
            timer.start()

    def _build(self, plan: Plan, folder: Path, engine: Engine) -> None:
        with Session(engine) as session:
            for done, (name, sha512) in enumerate(plan.sources):
                self._write(folder, FETCHING, done, plan.files)
                content = session.scalar(select(Blob.content).where(Blob.sha512 == sha512))
                if content is None:
                    raise GivenUp
                (folder / name).write_bytes(content)

        def report(step: str, done: int, of: int) -> None:
            self._write(folder, step, done, of)

        pages, memory = build_apart(plan.packet, folder, report)
        _empty(folder, but=RESULT)
        size = (folder / RESULT).stat().st_size
        self._write(folder, READY, pages=pages, size=size)
        _log.info(
            "packet %s: %d pages, %d bytes, peak %d bytes", folder.name[:12], pages, size, memory
        )

    def _home(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="mappen-"))
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder

    def _write(
        self, folder: Path, step: str, done: int = 0, of: int = 1, pages: int = 0, size: int = 0
    ) -> None:
        facts = asdict(Progress(step, self._clock(), done, of, pages, size))
        new = folder / f"{_STATE}.new"
        new.write_text(json.dumps(facts | {"at": facts["at"].isoformat()}), encoding="ascii")
        new.replace(folder / _STATE)

    def _read(self, folder: Path) -> Progress | None:
        try:
            facts = json.loads((folder / _STATE).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
        return Progress(**facts | {"at": datetime.fromisoformat(facts["at"])})


def _empty(folder: Path, but: str = "") -> None:
    """Remove what lies in the folder beside its state."""
    for path in folder.iterdir():
        if path.name not in (_STATE, but):
            path.unlink(missing_ok=True)
