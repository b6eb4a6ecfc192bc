"""Clerks in processes of their own: what the tests of concurrency start.

They are forked off a process that has loaded everything and done nothing: loading takes a second.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from sitzungsdienst.acts import agenda, papers, releases, resolutions
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.database import prepare_record_engine
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.record.proceedings import Decision

NOW = datetime(2017, 4, 3, 8, tzinfo=UTC)


def edit(session: Session, actor: Actor, row: int, word: str) -> None:
    """Add a word to a paper's reasons, as a form does that was opened just now."""
    session.rollback()
    paper = session.get_one(Paper, row, populate_existing=True)
    facts = papers.PaperFacts(
        reference=paper.reference,
        title=paper.title,
        paper_type=paper.paper_type,
        public=paper.public,
        reasons=f"{paper.reasons} {word}".strip(),
    )
    papers.edit_paper(session, actor, row, paper.version, facts, NOW)


def release(session: Session, actor: Actor, row: int, word: str) -> None:
    """Release a paper of one's own."""
    del row
    facts = papers.PaperFacts(reference=word, title=word, paper_type="Antrag", public=True)
    paper = papers.create_paper(session, actor, facts, NOW)
    releases.release_paper(session, actor, paper, "", NOW)


def add(session: Session, actor: Actor, row: int, word: str) -> None:
    """Put an item on the agenda of a meeting."""
    agenda.add_item(session, actor, row, agenda.ItemFacts(title=word), NOW)


def resolve(session: Session, actor: Actor, row: int, word: str) -> None:
    """Add a numbered resolution to an item."""
    facts = resolutions.ResolutionFacts(subject=word, decision=Decision.ADOPTED)
    resolutions.add_resolution(session, actor, row, facts, NOW)


def number(session: Session, actor: Actor, row: int, word: str) -> None:
    """Number a meeting's resolutions, which other clerks do at the same moment."""
    del word
    session.rollback()
    waiting = resolutions.awaiting(session.get_one(Meeting, row))
    wanted = tuple(resolutions.Numbering(item_id=one.id) for one in waiting)
    resolutions.number_resolutions(session, actor, row, wanted, NOW)


def paper(session: Session, actor: Actor, row: int, word: str) -> None:
    """Enter a paper without a number, so that it gets the next one."""
    del row
    facts = papers.PaperFacts(title=word, paper_type="Antrag")
    papers.create_paper(session, actor, facts, NOW)


WORK: dict[str, Callable[[Session, Actor, int, str], None]] = {
    "edit": edit,
    "release": release,
    "add": add,
    "number": number,
    "resolve": resolve,
    "paper": paper,
}


class Clerk:
    """One clerk at work; tells of each try what became of it, as "done c1-0" or "Stale c1-0"."""

    def __init__(self, work: str, url: str, body: int | None, row: int, rounds: int, name: str):
        self._told, telling = _FORKS.Pipe(duplex=False)
        self.process = _FORKS.Process(
            target=_work, args=(telling, work, url, body, row, rounds, name), daemon=True
        )
        self.process.start()
        telling.close()

    def told(self) -> Iterator[str]:
        """What the clerk tells from now on, until the end."""
        while True:
            try:
                yield self._told.recv()
            except (EOFError, ConnectionError):
                return

    def end(self) -> int | None:
        """Wait for the end; gives the process's exit code."""
        self.process.join(timeout=60)
        self._told.close()
        return self.process.exitcode


def _work(
    telling: Connection, work: str, url: str, body: int, row: int, rounds: int, name: str
) -> None:
    engine = create_engine(url)
    prepare_record_engine(engine)
    with Session(engine) as session:
        for number in range(rounds):
            word = f"{name}-{number}"
            try:
                WORK[work](session, Actor.system(body), row, word)
            except (Stale, RuleBroken) as refused:
                outcome = type(refused).__name__
            else:
                outcome = "done"
            telling.send(f"{outcome} {word}")
    engine.dispose()


_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])
