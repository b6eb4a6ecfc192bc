"""Uploaded files: what is taken in, and why something is refused.

A PDF must begin with its mark and open; what can act by itself (scripts, launch actions, embedded
files, forms that submit) is refused, since members open these papers on their own machines. Word,
Excel and OpenDocument files are taken in where they stay in the house, without macros. Files are
opened by a worker that may die (`files.sandbox`), never by the office itself.
"""

import hashlib
import re
from typing import Any

from sqlalchemy.orm import Session

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.files.sandbox import WorkerDied, ask
from sitzungsdienst.publication.reader import Reader

MARK = b"%PDF-"
# Readers look for the end in the last kilobyte (ISO 32000-1, Annex H.3); without it the file was
# cut off, or another one hangs on it.
END_MARK = b"%%EOF"
END_WITHIN = 1024
ZIP_MARK = b"PK\x03\x04"
OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0"
MAX_BYTES = 25 * 1024 * 1024
PDF = ".pdf"
#: What an attachment may be, by the suffix of its file's name, which only we give.
MEDIA_TYPES = {
    PDF: "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
}

_ANEW = "Bitte drucken Sie es neu als einfaches PDF."
PDF_REASONS = {
    "script": f"Das PDF enthält ein Skript (JavaScript), das von selbst laufen kann. {_ANEW}",
    "launch": f"Das PDF kann andere Programme starten. {_ANEW}",
    "embedded": "In das PDF sind andere Dateien eingebettet. Bitte laden Sie diese einzeln hoch und"
    " erzeugen Sie das PDF neu ohne sie.",
    "media": f"Das PDF enthält Filme, Töne oder andere Medien, die etwas ausführen können. {_ANEW}",
    "xfa": f"Das PDF ist ein dynamisches Formular (XFA). {_ANEW}",
    "form": f"Das PDF ist ein Formular, das Daten senden, holen oder ändern kann. {_ANEW}",
    "outside": f"Das PDF greift auf Dateien oder Adressen außerhalb zu. {_ANEW}",
    "password": "Das PDF ist mit einem Kennwort geschützt. Bitte entfernen Sie den Schutz.",
    "damaged": "Das PDF ist beschädigt und lässt sich nicht öffnen. Bitte erzeugen Sie es neu.",
}
_OFFICE_ANEW = "Bitte speichern Sie das Dokument neu, oder laden Sie es als PDF hoch."
OFFICE_REASONS = {
    "macros": "Die Datei enthält Makros oder Steuerelemente. Bitte speichern Sie sie ohne Makros,"
    " oder laden Sie sie als PDF hoch.",
    "embedded": "In die Datei sind andere Dateien eingebettet, etwa eine Tabelle. Bitte fügen Sie"
    " diese als Bild ein, oder laden Sie das Dokument als PDF hoch.",
    "outside": "Die Datei holt Inhalte von außerhalb, etwa eine Vorlage oder ein verknüpftes Bild."
    " Bitte lösen Sie die Verknüpfung, oder laden Sie das Dokument als PDF hoch.",
    "password": "Die Datei ist mit einem Kennwort geschützt. Bitte entfernen Sie den Schutz.",
    "bomb": "Die Datei ist entpackt zu groß. Bitte laden Sie das Dokument als PDF hoch.",
    "unknown": "Die Datei ist weder PDF noch Word (.docx), Excel (.xlsx) oder OpenDocument-Text"
    " (.odt). Bitte speichern Sie das Dokument als PDF.",
    "damaged": f"Die Datei ist beschädigt und lässt sich nicht öffnen. {_OFFICE_ANEW}",
}
_TOO_HARD = (
    "Die Datei ist zu aufwendig aufgebaut und ließ sich nicht prüfen. Bitte vereinfachen Sie sie"
    " oder drucken Sie sie neu als einfaches PDF."
)

#: What was found in files that came before: a refused form is often sent again with the same file.
_found: dict[tuple[str, str], dict[str, Any]] = {}
MOST_FOUND = 512


def printed_here(session: Session, content: bytes) -> bool:
    """Whether the bytes are a print of ours that the public reads now.

    It has a file inside, its data, for which `check_pdf` would refuse it: but that is ours too.
    """
    found = Reader(session.connection()).files_of_bytes(hashlib.sha512(content).hexdigest())
    return any(one.living.check_address for one in found)


def check_pdf(field: str, content: bytes) -> None:
    """Raise RuleBroken, with the reason in German, unless the bytes are a harmless PDF."""
    _check_size(field, content)
    if not content.startswith(MARK):
        raise RuleBroken(
            field,
            "Die Datei ist kein PDF. Bitte speichern Sie das Dokument als PDF und wählen Sie es"
            " erneut aus.",
        )
    if END_MARK not in content[-END_WITHIN:]:
        raise RuleBroken(field, PDF_REASONS["damaged"])
    reason = _ask(field, "check_pdf", content)["reason"]
    if reason:
        raise RuleBroken(field, PDF_REASONS[reason])


def check_file(field: str, content: bytes) -> str:
    """Which of MEDIA_TYPES the bytes are, by its suffix; raises RuleBroken as `check_pdf`.

    What the file is called does not matter, only what it is.
    """
    if content.startswith(OLD_OFFICE_MARK):
        raise RuleBroken(
            field,
            "Die Datei ist im alten Office-Format oder mit einem Kennwort geschützt. Bitte"
            " speichern Sie sie ohne Kennwort als .docx oder .xlsx, oder als PDF.",
        )
    if not content.startswith(ZIP_MARK):
        check_pdf(field, content)
        return PDF
    _check_size(field, content)
    found = _ask(field, "check_office", content)
    if found["reason"]:
        raise RuleBroken(field, OFFICE_REASONS[found["reason"]])
    return str(found["suffix"])


def _check_size(field: str, content: bytes) -> None:
    if not content:
        raise RuleBroken(field, "Die Datei ist leer. Bitte wählen Sie eine PDF-Datei aus.")
    if len(content) > MAX_BYTES:
        raise RuleBroken(
            field,
            f"Die Datei hat {len(content) / 1024 / 1024:.0f} MB; höchstens"
            f" {MAX_BYTES // 1024 // 1024} MB sind möglich. Bitte verkleinern Sie sie.",
        )


def _ask(field: str, task: str, content: bytes) -> dict[str, Any]:
    known = (task, hashlib.sha512(content).hexdigest())
    if known not in _found:
        try:
            told = ask(task, content).values
        except WorkerDied:
            raise RuleBroken(field, _TOO_HARD) from None
        if len(_found) >= MOST_FOUND:
            _found.clear()
        _found[known] = told
    return _found[known]


def safe_name(file_name: str, suffix: str) -> str:
    """A safe file name with one of the suffixes of MEDIA_TYPES, whatever the browser sent."""
    base = re.split(r"[/\\]", file_name)[-1]
    stem = re.sub(re.escape(suffix) + "$", "", base, flags=re.IGNORECASE)
    safe = re.sub(r"[^\w .,()+-]", "_", stem).strip(" .")[:120]
    return f"{safe or 'Anlage'}{suffix}"


def pdf_name(file_name: str) -> str:
    """A safe file name ending in .pdf, whatever the browser sent."""
    return safe_name(file_name, PDF)


def suffix_of(file_name: str) -> str:
    """The suffix of a name that `safe_name` gave."""
    return "." + file_name.rpartition(".")[2]
