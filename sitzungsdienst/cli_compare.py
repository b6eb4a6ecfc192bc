"""The command that compares prints with what is published now."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from sitzungsdienst.cli_database import address_of, database_option, engine_at
from sitzungsdienst.german_click import GermanCommand
from sitzungsdienst.oparl.addresses import NAMES, PREFIX, Addresses
from sitzungsdienst.oparl.comparing import Difference, NoData, data_inside, differences
from sitzungsdienst.oparl.objects import Writer
from sitzungsdienst.oparl.shelf import fetch
from sitzungsdienst.oparl.spelling import Json
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.shape import VENDOR

_KINDS = {name: kind for kind, name in NAMES.items()}
_UID = re.compile(r"[0-9a-f-]{36}")
_LONGEST = 200
#: What the properties of the data are called, by their names without prefix.
WORDS = {
    "agendaItem": "Tagesordnungspunkt",
    "announcementNumber": "Nummern der Bekanntgaben",
    "announcementText": "Bekanntgaben",
    "ballotAbstentions": "Enthaltungen",
    "ballotCommittee": "abstimmendes Gremium",
    "ballotEntitled": "Stimmberechtigte",
    "ballotInvalid": "ungültige Stimmen",
    "ballotKind": "Abstimmungsart",
    "ballotMotion": "Antrag",
    "ballotMovedBy": "Antrag von",
    "ballotNo": "Nein-Stimmen",
    "ballotPresent": "Anwesende",
    "ballotRecused": "Befangene",
    "ballotRequirement": "nötige Mehrheit",
    "ballotResult": "Abstimmungsergebnis",
    "ballotSubject": "Gegenstand der Abstimmung",
    "ballotVotes": "namentliche Stimmen",
    "ballotYes": "Ja-Stimmen",
    "changes": "Änderungen der Tagesordnung",
    "consultation": "Beratungsfolge",
    "date": "Datum",
    "decision": "Entscheidung",
    "deliberation": "Beratung",
    "description": "Gebäude",
    "edition": "Fassung",
    "elections": "Wahlen",
    "end": "Ende",
    "furtherConsultation": "weitere Beratungsfolge",
    "handledBy": "Bearbeiter/-in",
    "level": "Ebene",
    "locality": "Ort",
    "location": "Ort der Sitzung",
    "meeting": "Sitzung",
    "minutesState": "Stand der Niederschrift",
    "name": "Name",
    "number": "Nummer",
    "order": "Stelle in der Tagesordnung",
    "organization": "Gremium",
    "paper": "Vorlage",
    "paperType": "Vorlage-Art",
    "postalCode": "Postleitzahl",
    "public": "öffentlich",
    "publicity": "Öffentlichkeit",
    "reference": "Nummer",
    "releasedOn": "Freigabe",
    "resolutionNumber": "Nummern der Beschlüsse",
    "resolutionSubject": "Gegenstände der Beschlüsse",
    "resolutionText": "Beschluss",
    "responsibleUnit": "Federführend",
    "result": "Ergebnis",
    "room": "Raum",
    "standing": "Stand",
    "start": "Beginn",
    "status": "Status",
    "streetAddress": "Straße",
    "submittedBy": "Einreicher",
}


@click.command(
    "compare",
    cls=GermanCommand,
    help="Veröffentlichte Dokumente (PDF) mit dem vergleichen, was jetzt veröffentlicht ist.",
)
@database_option
@click.argument(
    "files",
    metavar="PDF…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.pass_obj
def compare(instance: Path, database_url: str | None, files: tuple[Path, ...]) -> None:
    """Tell of each file what is no longer so; exit status 1 unless all stand unchanged."""
    changed = False
    with (
        engine_at(address_of(instance, database_url)) as engine,
        engine.connect() as connection,
    ):
        reader = Reader(connection)
        for path in files:
            lines = list(_compared(reader, path.read_bytes()))
            changed = changed or bool(lines)
            click.echo(f"{path.name}: {'' if lines else 'unverändert veröffentlicht.'}".rstrip())
            for line in lines:
                click.echo(f"  {line}")
    if changed:
        raise SystemExit(1)


def _compared(reader: Reader, pdf: bytes) -> Iterator[str]:
    """What of the print is no longer so, a sentence each; nothing where it stands unchanged."""
    try:
        printed = data_inside(pdf)
    except NoData:
        yield "In dieser Datei stehen keine Daten zum Vergleichen."
        return
    living = _now(reader, printed[0]["id"]) or {}
    if living.get("sha512Checksum") == hashlib.sha512(pdf).hexdigest():
        return
    found = list(differences(printed, lambda address: _now(reader, address)))
    yield from (_sentence(one) for one in found)
    if not found:
        yield (
            "Die Daten stimmen, aber die Datei ist nicht die veröffentlichte. Vergleichen Sie den"
            " Wortlaut."
        )


def _now(reader: Reader, address: str) -> Json | None:
    """The object as the interface writes it, under the address that the print was made under."""
    public_url, _, rest = address.partition(f"{PREFIX}/")
    name, _, uid = rest.partition("/")
    kind = _KINDS.get(name)
    filed = reader.get(kind, uid) if kind and _UID.fullmatch(uid) else None
    if filed is None:
        return None
    return Writer(Addresses(public_url), fetch(reader, filed.kind, (filed,))).write(filed)


def _sentence(one: Difference) -> str:
    about = " ".join(filter(None, (_text(one.object.get(name)) for name in ("number", "name"))))
    about = about or _text(one.object.get("reference")) or str(one.object["id"])
    if not one.name:
        return f"{about}: nicht mehr veröffentlicht."
    plain = one.name.removeprefix(f"{VENDOR}:")
    now = f"jetzt »{_text(one.now)}«" if one.now is not None else "jetzt nichts"
    return f"{about}, {WORDS.get(plain, plain)}: im Dokument »{_text(one.printed)}«, {now}."


def _text(value: Any) -> str:
    """A value on one line, cut where it is long."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "ja", False: "nein"}[value]
    words = ", ".join(map(_text, value)) if isinstance(value, list) else str(value)
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
