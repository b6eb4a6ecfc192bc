"""The page on which everybody can check a document: by the code at its foot, or by its bytes.

Only the hash of a file ever reaches the server. Whatever is asked, the answer tells of files that
are public, and of withdrawn ones no more than that and when they were taken back.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from sitzungsdienst import german
from sitzungsdienst.public import addresses, parts
from sitzungsdienst.public.frame import Frame, surroundings
from sitzungsdienst.public.parts import Download, Field, Link
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.codes import CHECK_PAGE, code_of, uid_of
from sitzungsdienst.publication.filed import Filed
from sitzungsdienst.publication.types import PublicFile, PublicMeeting, PublicPaper

_LONGEST_EDITION = 6
_SHA512 = re.compile(r"[0-9a-f]{128}")
# People type what their keyboard has, and paste what their program makes of it.
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


@dataclass(frozen=True, slots=True)
class CheckQuery:
    """What the reader asks for: a code as printed (whole address or part), or a SHA-512 in hex."""

    code: str = ""
    edition: str = ""
    sha512: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `kind` as of an alert, what it says, and the file it is about, where public.

    `sha512` lets the page compare a dropped file on the spot; "" where it may not.
    """

    kind: str
    title: str
    text: str
    fields: tuple[Field, ...] = ()
    downloads: tuple[Download, ...] = ()
    sha512: str = ""


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The form with what was asked, and the answers; `status` is that of HTTP."""

    code: str
    sha512: str
    answers: tuple[Answer, ...]
    status: int


def check_page(shelf: Shelf, query: CheckQuery) -> tuple[CheckPage, Frame]:
    """Compose the page: by the hash where one is given, else by the code, else only the form."""
    code, edition = _asked(query)
    sha512 = re.sub(r"[\s-]", "", query.sha512).lower()
    answers: tuple[Answer, ...] = ()
    if sha512:
        answers = _by_bytes(shelf, sha512)
    elif code:
        answers = _by_code(shelf, code, edition)
    known = all(one.kind != "danger" for one in answers)
    shown = f"{code}/{edition}" if edition else code
    status = 200 if known else 400 if sha512 else 404
    content = CheckPage(shown, sha512, answers, status)
    trail = [Link("Echtheit prüfen", addresses.check())] if answers else []
    frame = surroundings(shelf).frame(
        "", (*trail, Link("Ergebnis" if trail else "Echtheit prüfen"))
    )
    return content, frame


def _asked(query: CheckQuery) -> tuple[str, str]:
    """Code and edition, also where both were typed, or pasted with the rest of the address."""
    typed = _DASHES.sub("-", query.code)
    typed = typed.rpartition(f"{CHECK_PAGE}/")[2]
    code, _, edition = "".join(typed.split()).partition("/")
    return code, query.edition or edition


def _by_code(shelf: Shelf, code: str, edition: str) -> tuple[Answer, ...]:
    prefix = uid_of(code)
    found = shelf.files_of_code(prefix) if prefix else ()
    answers = tuple(filter(None, (_of_edition(shelf, one, edition) for one in found)))
    return answers or (
        Answer(
            "danger",
            "Unter diesem Code ist nichts veröffentlicht",
            "Bitte vergleichen Sie den Code mit der Fußzeile des Dokuments: Er besteht aus drei"
            " Gruppen zu je vier Zeichen (Ziffern und die Buchstaben a bis f), dahinter steht nach"
            " einem Schrägstrich die Nummer der Fassung. Stimmt er überein, wurde das Dokument"
            " hier nie veröffentlicht.",
        ),
    )


def _of_edition(shelf: Shelf, filed: Filed[PublicFile], edition: str) -> Answer | None:
    """What has become of an edition of a file; None for one that there never was."""
    if filed.document is None:
        return Answer(
            "warning",
            f"Zurückgenommen am {german.plain_date(filed.modified)}",
            "Dieses Dokument war veröffentlicht und ist es nicht mehr. Auskunft gibt Ihnen das"
            " zuständige Büro der Körperschaft.",
        )
    file = filed.living
    newest = file.edition or 1
    if edition and not (edition.isdecimal() and len(edition) <= _LONGEST_EDITION):
        return None
    asked = int(edition) if edition else newest
    if not 1 <= asked <= newest:
        return None
    since = german.plain_date(_since(shelf, filed))
    if asked < newest:
        return _about(
            shelf,
            file,
            "warning",
            f"Ersetzt durch eine neuere Fassung vom {since}",
            f"Ihnen liegt Fassung {asked} vor; es gilt Fassung {newest}.",
        )
    return _about(
        shelf,
        file,
        "success",
        f"Unverändert veröffentlicht seit {since}",
        "Unter diesem Code ist das folgende Dokument veröffentlicht. Ob Ihre Datei wirklich diese"
        " ist, zeigt der Vergleich unten.",
    )


def _by_bytes(shelf: Shelf, sha512: str) -> tuple[Answer, ...]:
    if not _SHA512.fullmatch(sha512):
        return (
            Answer(
                "danger",
                "Das ist kein Prüfwert",
                "Ein Prüfwert SHA-512 hat 128 Zeichen: Ziffern und die Buchstaben a bis f. Bitte"
                " kopieren Sie ihn vollständig.",
            ),
        )
    found = shelf.files_of_bytes(sha512)
    return tuple(
        _about(
            shelf,
            one.living,
            "success",
            "Diese Datei ist unverändert so veröffentlicht",
            f"Sie stimmt Byte für Byte überein mit dem, was seit"
            f" {german.plain_date(_since(shelf, one))} veröffentlicht ist.",
        )
        for one in found
    ) or (
        Answer(
            "warning",
            "Diese Datei ist so nicht veröffentlicht",
            "Dafür kann es mehrere Gründe geben: Sie wurde verändert, und sei es durch erneutes"
            " Speichern in einem anderen Programm. Sie wurde durch eine neuere Fassung ersetzt oder"
            " zurückgenommen. Oder sie wurde hier nie veröffentlicht. Was davon zutrifft, zeigt der"
            " Code in der Fußzeile des Dokuments.",
        ),
    )


def _about(shelf: Shelf, file: PublicFile, kind: str, title: str, text: str) -> Answer:
    """An answer about a public file, with what it is, where it belongs, and its hash."""
    meetings = shelf.many(PublicMeeting, file.meeting).values()
    papers = shelf.many(PublicPaper, file.paper).values()
    fields = parts.filled(
        parts.field("Dokument", file.name or file.file_name),
        parts.linked_field(
            "Sitzung", (Link(_named(one), addresses.meeting(one.uid)) for one in meetings)
        ),
        parts.linked_field(
            "Vorlage",
            (
                Link(f"{one.reference} {one.name}".strip(), addresses.paper(one.uid))
                for one in papers
            ),
        ),
        parts.field("Datum", german.plain_date(file.dated) if file.dated else ""),
        parts.field("Fassung", str(file.edition or "")),
        parts.field("Code", code_of(file.uid)),
        parts.field("Größe", german.file_size(file.size)),
        parts.field("SHA-512", file.sha512_checksum),
    )
    return Answer(kind, title, text, fields, (parts.download(file),), file.sha512_checksum)


def _named(meeting: PublicMeeting) -> str:
    return ", ".join(filter(None, (meeting.name, parts.date_of(meeting))))


def _since(shelf: Shelf, filed: Filed[PublicFile]) -> datetime:
    """From when on these bytes are public: the first filing after the last withdrawal.

    A file that is printed anew is withdrawn and filed again, so its bytes never change between.
    """
    since = filed.created
    standing = False
    for note in shelf.versions(filed.uid):
        if not note.withdrawn and not standing:
            since = note.filed_at
        standing = not note.withdrawn
    return since
