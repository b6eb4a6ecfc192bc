"""Redacting an attachment: a copy without what was chosen, as a new attachment beside the original.

The copy is built anew by a worker (`files.redaction`); it is born non-public, and released like any
other attachment once somebody has looked through it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import attachments
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.attachments import AttachmentFacts, Upload
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.file_texts import keep_text, read
from sitzungsdienst.acts.transaction import LARGEST_ID, act, may_touch
from sitzungsdienst.acts.uploads import MAX_BYTES, PDF, check_pdf, suffix_of
from sitzungsdienst.files.sandbox import WorkerDied, ask
from sitzungsdienst.record.papers import Attachment, Paper

#: Pages turned into pictures take time; longer files are split before.
MAX_PAGES = 150
MAX_AREAS = 1_000
#: The copy's file bears the name of no other: the original's may say what is blackened.
FILE_NAME = "Geschwaerzte-Fassung.pdf"

# Left, top, right and bottom in millimetres from the upper left corner of the page.
Rectangle = tuple[float, float, float, float]
Size = tuple[float, float]

_TOO_HARD = "Das PDF ist zu aufwendig aufgebaut. Bitte drucken Sie es neu als einfaches PDF."


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is blackened: rectangles by page number (from 1), and pages as a whole."""

    areas: Mapping[int, Sequence[Rectangle]] = field(default_factory=dict)
    whole: frozenset[int] = frozenset()
    name: str = ""


@dataclass(frozen=True, slots=True)
class RedactedCopy:
    """The copy's id, the pages that became pictures, and where a blackened word still stands."""

    id: int
    pictures: tuple[int, ...]
    left: tuple[int, ...]


def redact(
    session: Session, actor: Actor, original_id: int, plan: Redaction, now: datetime
) -> RedactedCopy:
    """Make the redacted copy of an attachment; it stays non-public until it is released."""
    row = session.get(Attachment, original_id) if 0 < original_id <= LARGEST_ID else None
    if row is None or not may_touch(actor, row):
        raise Unknown(f"Attachment {original_id}")
    paper_id = row.paper_id
    # Outside the transaction: nobody else has to wait until all pages are drawn.
    copy, pictures, left = _copy(row, plan)
    reading = read(session, copy, PDF)
    facts = AttachmentFacts(name=plan.name, public=False, redacts_id=original_id)
    with act(session, actor, "redact", now) as run:
        paper = run.fetch(Paper, paper_id)
        made = attachments.add(run, paper, Upload(FILE_NAME, copy), PDF, facts)
        keep_text(session, made.sha512, reading)
        return RedactedCopy(made.id, pictures, left)


def sizes(row: Attachment) -> list[Size]:
    """Width and height of all pages in millimetres. Raises RuleBroken for what has none."""
    if suffix_of(row.file_name) != PDF:
        raise RuleBroken("", "Nur ein PDF lässt sich schwärzen. Bitte laden Sie es als PDF hoch.")
    try:
        found: list[Size] = ask("measure", row.blob.content).values["pages"]
    except WorkerDied:
        raise RuleBroken("", _TOO_HARD) from None
    if len(found) > MAX_PAGES:
        raise RuleBroken(
            "",
            f"Das PDF hat {len(found)} Seiten; schwärzen lassen sich hier höchstens {MAX_PAGES}."
            " Bitte teilen Sie es auf.",
        )
    return found


def picture(row: Attachment, page: int, areas: Sequence[Rectangle]) -> bytes:
    """A page as PNG with a grid of millimetres, and black where something is chosen."""
    try:
        return ask("picture", row.blob.content, {"page": page, "areas": list(areas)}).content
    except WorkerDied:
        raise RuleBroken("", _TOO_HARD) from None


def _copy(row: Attachment, plan: Redaction) -> tuple[bytes, tuple[int, ...], tuple[int, ...]]:
    """The copy's bytes, its pages that are pictures, and where a blackened word still stands."""
    _refuse_bad_plan(plan, sizes(row))
    values = {
        "areas": {str(page): list(found) for page, found in plan.areas.items() if found},
        "whole": sorted(plan.whole),
    }
    try:
        answer = ask("redact", row.blob.content, values)
    except WorkerDied:
        raise RuleBroken("areas", _TOO_HARD) from None
    if len(answer.content) > MAX_BYTES:
        raise RuleBroken(
            "areas",
            f"Die geschwärzte Fassung wäre größer als {MAX_BYTES // 1024 // 1024} MB, weil Seiten"
            " zu Bildern werden. Bitte teilen Sie das PDF auf.",
        )
    check_pdf("areas", answer.content)
    return answer.content, tuple(answer.values["pictures"]), tuple(answer.values["left"])


def _refuse_bad_plan(plan: Redaction, found: Sequence[Size]) -> None:
    if not plan.whole and not any(plan.areas.values()):
        raise RuleBroken("areas", "Bitte wählen Sie aus, was geschwärzt wird.")
    if sum(len(one) for one in plan.areas.values()) > MAX_AREAS:
        raise RuleBroken("areas", f"Möglich sind höchstens {MAX_AREAS} Schwärzungen.")
    for page in sorted({*plan.areas, *plan.whole}):
        if not 0 < page <= len(found):
            raise RuleBroken(
                "areas", f"Seite {page} gibt es nicht; das PDF hat {len(found)} Seiten."
            )
        width, height = found[page - 1]
        for left, top, right, bottom in plan.areas.get(page, ()):
            if not (left < right and top < bottom):
                raise RuleBroken(
                    "areas",
                    f"Seite {page}: Eine Schwärzung hat keine Fläche. Die Zahlen nennen links,"
                    " oben, rechts und unten, in Millimetern vom linken und oberen Rand.",
                )
            if left >= width or top >= height:
                raise RuleBroken("areas", f"Seite {page}: Eine Schwärzung liegt neben der Seite.")
