"""The command that tries the electronic seal: with which certificate, and until when."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from sitzungsdienst.config import BadSettings, load
from sitzungsdienst.documents.seal_sample import print_sample
from sitzungsdienst.german import BERLIN, local_day, plain_date
from sitzungsdienst.german_click import GermanGroup
from sitzungsdienst.seal import door
from sitzungsdienst.seal.failure import SealFailed
from sitzungsdienst.seal.values import Checked

SOON = timedelta(days=60)


@click.group("seal", cls=GermanGroup, help="Das elektronische Siegel prüfen.")
def seal() -> None:
    """Hold the commands of the seal."""


@seal.command("check", help="Eine Probe siegeln und sagen, mit welchem Zertifikat.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="DATEI",
    help="Die gesiegelte Probe als PDF ablegen.",
)
@click.pass_obj
def check(instance: Path, output: Path | None) -> None:
    """Seal a sample; a seal that cannot ends with a sentence and exit status 1."""
    now = datetime.now(UTC)
    try:
        settings = load(instance).seal
        if settings is None:
            raise click.ClickException(
                "Es ist kein elektronisches Siegel eingerichtet. Tragen Sie"
                " SITZUNGSDIENST_SEAL_FILE und SITZUNGSDIENST_SEAL_SECRET_FILE ein."
            )
        sample, found = door.check(print_sample(local_day(now)), settings, now)
        if output is not None:
            output.write_bytes(sample)
    except (BadSettings, SealFailed) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"»{output}« lässt sich nicht schreiben.") from error
    for line in _told(found, now):
        click.echo(line)


def _told(found: Checked, now: datetime) -> list[str]:
    lines = [
        "Das elektronische Siegel ist in Ordnung.",
        f"Zertifikat: {found.subject}",
        f"Ausgestellt von: {found.issuer}",
        f"Gültig bis: {plain_date(local_day(found.valid_until))}",
    ]
    if found.stamped_at is None:
        lines.append("Zeitstempel: keiner eingerichtet")
    else:
        moment = found.stamped_at.astimezone(BERLIN)
        lines.append(f"Zeitstempel: {moment:%d.%m.%Y %H:%M:%S}, {found.stamped_by}")
    if found.valid_until - now < SOON:
        lines.append("Das Zertifikat läuft bald ab. Bitte besorgen Sie ein neues.")
    return lines
