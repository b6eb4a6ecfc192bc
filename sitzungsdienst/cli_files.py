"""The command that reads the words of attachments which came before anybody read them."""

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import click
from sqlalchemy.orm import Session

from sitzungsdienst.acts import file_texts
from sitzungsdienst.german_click import GermanGroup
from sitzungsdienst.record.file_texts import TextState

#: What came of it, as (one file, several files), in this order.
TOLD = {
    TextState.WHOLE: ("1 Datei gelesen", "{} Dateien gelesen"),
    TextState.CUT: ("von 1 sehr langen nur der Anfang", "von {} sehr langen nur der Anfang"),
    TextState.EMPTY: (
        "1 ohne Text (vermutlich ein Scan)",
        "{} ohne Text (vermutlich Scans)",
    ),
    TextState.FAILED: ("1 ließ sich nicht lesen", "{} ließen sich nicht lesen"),
}


Decorator = Callable[[Callable[..., None]], Callable[..., None]]
#: Opens the database of an instance, or the one whose address was given.
Opened = Callable[[Path, str | None], AbstractContextManager[Session]]


def files(database_option: Decorator, opened: Opened) -> click.Group:
    """The commands of files; the caller knows how a database is named and opened."""

    @click.group("files", cls=GermanGroup, help="Die Anlagen durchsuchbar machen.")
    def group() -> None:
        """Hold the commands of files."""

    @group.command("index", help="Den Text von Anlagen lesen, die noch niemand gelesen hat.")
    @click.option("--again", is_flag=True, help="Auch, was sich bisher nicht lesen ließ.")
    @database_option
    @click.pass_obj
    def index(instance: Path, again: bool, database_url: str | None) -> None:
        """Read the words of attachments uploaded before; safe to stop and to repeat."""
        with opened(instance, database_url) as session:
            _index(session, again=again)

    return group


def _index(session: Session, *, again: bool) -> None:
    """Read file by file, each kept by itself; whoever stops begins where it was."""
    files = file_texts.unread(session, again=again)
    counted: Counter[TextState] = Counter()
    with click.progressbar(
        file_texts.read_later(session, files),
        length=len(files),
        label="Anlagen lesen",
        file=sys.stderr,
    ) as states:
        for state in states:
            counted[state] += 1
    completed = file_texts.complete_public(session)
    click.echo(_told(counted))
    if completed:
        told = (
            "1 öffentliche Datei ist" if completed == 1 else f"{completed} öffentliche Dateien sind"
        )
        click.echo(f"{told} jetzt auch öffentlich durchsuchbar.")


def _told(counted: Counter[TextState]) -> str:
    parts = [
        one if counted[state] == 1 else several.format(counted[state])
        for state, (one, several) in TOLD.items()
        if counted[state]
    ]
    return (", ".join(parts) if parts else "Alle Anlagen sind schon gelesen") + "."
