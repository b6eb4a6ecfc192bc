"""The command that reads the words of attachments which came before anybody read them."""

import sys
from collections import Counter
from pathlib import Path

import click
from sqlalchemy.orm import Session

from sitzungsdienst.acts import file_texts
from sitzungsdienst.cli_database import address_of, database_option, engine_at
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


@click.group("files", cls=GermanGroup, help="Die Anlagen durchsuchbar machen.")
def files() -> None:
    """Hold the commands of files."""


@files.command(help="Den Text von Anlagen lesen, die noch niemand gelesen hat.")
@click.option("--again", is_flag=True, help="Auch, was sich bisher nicht lesen ließ.")
@database_option
@click.pass_obj
def index(instance: Path, again: bool, database_url: str | None) -> None:
    """Read the words of attachments uploaded before; safe to stop and to repeat."""
    with engine_at(address_of(instance, database_url)) as engine, Session(engine) as session:
        _index(session, again=again)


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
