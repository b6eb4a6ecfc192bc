"""Building a packet in a process of its own, which may die without harm.

What was uploaded is opened there and nowhere else. Should a file bring the process down, take all
its memory or all its time, the next process leaves that file out and the packet says so.
"""

import multiprocessing
import resource
from collections.abc import Collection
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from sitzungsdienst.documents.packet import FILES, STARTING, Report, build_packet, peak_memory
from sitzungsdienst.documents.packet_values import Packet

#: Seconds between two looks at the process; `report` is called at least that often.
BEAT: Final = 1.0
#: Beats without a word after which a process is taken for stuck.
PATIENCE: Final = 60
#: How many files may bring the process down before the packet is given up.
MOST_UNREADABLE: Final = 5
#: A packet of thousands of pages needs an eighth of this; a file that wants more is after harm.
MOST_MEMORY: Final = 2**30
_DONE: Final = "done"


class GivenUp(Exception):
    """The packet could not be built."""


def build_apart(packet: Packet, folder: Path, report: Report) -> tuple[int, int]:
    """Build the packet; gives its pages and the most bytes of memory the process held.

    `report` also hears the last step again whenever nothing new was told for a beat. Raises
    GivenUp.
    """
    sources = [one.source for one in packet.files()]
    unreadable: set[str] = set()
    while len(unreadable) <= MOST_UNREADABLE:
        step, first, second = _run(packet, folder, unreadable, report)
        if step == _DONE:
            return first, second
        if step != FILES:
            break
        unreadable.add(sources[first])
    raise GivenUp


def _run(
    packet: Packet, folder: Path, unreadable: Collection[str], report: Report
) -> tuple[str, int, int]:
    """Run one process to its end; gives the last it told."""
    # A copy of this process would hold its locks and its connections to the database.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(packet, folder, tuple(unreadable), theirs), daemon=True
    )
    last = (STARTING, 0, 1)
    quiet = 0
    process.start()
    theirs.close()
    try:
        while last[0] != _DONE and quiet < PATIENCE:
            if ours.poll(BEAT):
                last, quiet = ours.recv(), 0
            else:
                quiet += 1
            if last[0] != _DONE:
                report(*last)
    except EOFError:
        pass  # it died; what it told last says where
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    return last


def _work(packet: Packet, folder: Path, unreadable: Collection[str], told: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold the papers

    def report(step: str, done: int, of: int) -> None:
        told.send((step, done, of))

    pages = build_packet(packet, folder, report, unreadable)
    told.send((_DONE, pages, peak_memory()))
