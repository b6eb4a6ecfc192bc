"""Uploaded PDFs: what is taken in, and why something is refused.

A PDF must begin with its mark and open; what can act by itself (scripts, launch actions, embedded
files, forms that submit) is refused, since members open these papers on their own machines.
"""

import io
import re

import pikepdf

from sitzungsdienst.acts.errors import RuleBroken

MARK = b"%PDF-"
# Readers look for the end in the last kilobyte (ISO 32000-1, Annex H.3); without it the file was
# cut off, or another one hangs on it.
END_MARK = b"%%EOF"
END_WITHIN = 1024
MAX_BYTES = 25 * 1024 * 1024
# Embedded files need not say what they are: "/EF" leads to them (ISO 32000-1, 7.11.3).
FORBIDDEN_NAMES = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/Launch",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/EF",
        "/GoToE",
        "/ImportData",
        "/RichMedia",
        "/XFA",
        "/SubmitForm",
    }
)


def check_pdf(field: str, content: bytes) -> None:
    """Raise RuleBroken, with the reason in German, unless the bytes are a harmless PDF."""
    if not content:
        raise RuleBroken(field, "Die Datei ist leer. Bitte wählen Sie eine PDF-Datei aus.")
    if len(content) > MAX_BYTES:
        raise RuleBroken(
            field,
            f"Die Datei hat {len(content) / 1024 / 1024:.0f} MB; höchstens"
            f" {MAX_BYTES // 1024 // 1024} MB sind möglich. Bitte verkleinern Sie sie.",
        )
    if not content.startswith(MARK):
        raise RuleBroken(
            field,
            "Die Datei ist kein PDF. Bitte speichern Sie das Dokument als PDF und wählen Sie es"
            " erneut aus.",
        )
    if END_MARK not in content[-END_WITHIN:]:
        raise _damaged(field)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = _forbidden(pdf)
    except pikepdf.PasswordError:
        raise RuleBroken(
            field, "Das PDF ist mit einem Kennwort geschützt. Bitte entfernen Sie den Schutz."
        ) from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise _damaged(field) from None
    if found:
        raise RuleBroken(
            field,
            f"Das PDF enthält aktive Inhalte ({found.lstrip('/')}), die nicht erlaubt sind. Bitte"
            " drucken Sie es neu als einfaches PDF.",
        )


def _damaged(field: str) -> RuleBroken:
    return RuleBroken(
        field, "Das PDF ist beschädigt und lässt sich nicht öffnen. Bitte erzeugen Sie es neu."
    )


def _forbidden(pdf: pikepdf.Pdf) -> str:
    """The first forbidden name in the file, looked for in direct objects too; "" if none."""
    stack: list[object] = list(pdf.objects)
    while stack:
        item = stack.pop()
        if isinstance(item, pikepdf.Array):
            stack.extend(item)
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            for key, value in item.items():
                for name in (key, str(value) if isinstance(value, pikepdf.Name) else ""):
                    if name in FORBIDDEN_NAMES:
                        return name
                # Indirect objects are visited by themselves; following them could run in circles.
                # Numbers and truth values come as Python's own and hold nothing.
                if not getattr(value, "is_indirect", True):
                    stack.append(value)
    return ""


def pdf_name(file_name: str) -> str:
    """A safe file name ending in .pdf, whatever the browser sent."""
    base = re.split(r"[/\\]", file_name)[-1]
    stem = re.sub(r"\.pdf$", "", base, flags=re.IGNORECASE)
    safe = re.sub(r"[^\w .,()+-]", "_", stem).strip(" .")[:120]
    return f"{safe or 'Anlage'}.pdf"
