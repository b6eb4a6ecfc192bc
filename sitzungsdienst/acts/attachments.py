"""Acts on a paper's attachments: public, non-public, or the redacted copy of another.

What may be public is a PDF; Word, Excel and OpenDocument files stay in the house.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.agenda import Direction
from sitzungsdienst.acts.blobs import keep
from sitzungsdienst.acts.clearance import wording_changed
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.file_texts import forget_unless_attached, keep_text, read
from sitzungsdienst.acts.ordering import swap
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.acts.uploads import (
    PDF,
    check_file,
    pdf_name,
    printed_here,
    safe_name,
    suffix_of,
)
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.papers import Attachment, Paper

#: What a redacted copy is called that was given no name: its file's may repeat the original's.
REDACTED = "Geschwärzte Fassung"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """How an attachment is called, and what is planned: nothing is released by it.

    `redacts_id` names the attachment of the same paper of which it is the redacted copy.
    """

    name: str = ""
    public: bool = False
    redacts_id: int | None = None


def attach(
    session: Session,
    actor: Actor,
    paper_id: int,
    upload: Upload,
    facts: AttachmentFacts,
    now: datetime,
) -> int:
    """Attach a file to a paper; gives the attachment's id. Refuses what is not sound.

    Its words are read for searching; where that fails, the file is taken in all the same.

    Without a name it bears that of its file, a redacted copy a neutral one. A clearance was given
    without it and ends.
    """
    own = printed_here(session, upload.content)
    suffix = PDF if own else check_file("file", upload.content)
    reading = read(session, upload.content, suffix)
    with act(session, actor, "attach", now) as run:
        row = add(run, run.fetch(Paper, paper_id), upload, suffix, facts)
        keep_text(session, row.sha512, reading)
        return row.id


def add(run: Run, paper: Paper, upload: Upload, suffix: str, facts: AttachmentFacts) -> Attachment:
    """Put a checked file on a paper, as what the act is about."""
    own = upload.file_name.rsplit(".", 1)[0] if facts.redacts_id is None else REDACTED
    label = checks.line("name", facts.name, limit=200) or own
    row = Attachment(
        position=max((one.position for one in paper.attachments), default=-1) + 1,
        name=checks.line("name", label, needed="Bitte geben Sie eine Bezeichnung ein."),
        file_name=safe_name(upload.file_name, suffix),
        public=facts.public,
        sha512=keep(run.session, upload.content).sha512,
        size=len(upload.content),
    )
    _set_original(paper, row, facts.redacts_id)
    _let_only_pdfs_out(row)
    paper.attachments.append(row)
    _keep_originals_in_the_house(run, row)
    wording_changed(paper)
    run.about(row)
    run.session.flush()
    return row


def edit_attachment(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: AttachmentFacts,
    now: datetime,
) -> None:
    """Rename an attachment, change its planned Status or of which one it is the redacted copy."""
    with act(session, actor, "edit_attachment", now) as run:
        row = run.about(run.fetch(Attachment, row_id, version=version))
        paper = run.fetch(Paper, row.paper_id)
        if row.public and not facts.public:
            _refuse_if_filed(session, row)
        row.name = checks.line("name", facts.name, needed="Bitte geben Sie eine Bezeichnung ein.")
        row.public = facts.public
        _set_original(paper, row, facts.redacts_id)
        _let_only_pdfs_out(row)
        _keep_originals_in_the_house(run, row)


def move_attachment(
    session: Session, actor: Actor, row_id: int, direction: Direction, now: datetime
) -> None:
    """Swap an attachment with its neighbour; at the edge nothing happens."""
    with act(session, actor, "move_attachment", now) as run:
        row = run.about(run.fetch(Attachment, row_id))
        paper = run.fetch(Paper, row.paper_id)
        swap(paper.attachments, row, direction, first=0)


def remove_attachment(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take an attachment off its paper; a released one must be withdrawn first."""
    with act(session, actor, "remove_attachment", now) as run:
        row = run.about(run.fetch(Attachment, row_id, version=version))
        paper = run.fetch(Paper, row.paper_id)
        _refuse_if_filed(session, row)
        copies = [one.name for one in paper.attachments if one.redacts_id == row.id]
        if copies:
            raise RuleBroken(
                "", f"»{copies[0]}« ist die geschwärzte Fassung davon. Entfernen Sie zuerst diese."
            )
        paper.attachments.remove(row)
        session.flush()
        forget_unless_attached(session, row.sha512)
        wording_changed(paper)


def _set_original(paper: Paper, row: Attachment, redacts_id: int | None) -> None:
    row.redacts = None
    if redacts_id is None:
        return
    original = next((one for one in paper.attachments if one.id == redacts_id), None)
    if original is None or original is row:
        raise RuleBroken("redacts_id", "Bitte wählen Sie eine andere Anlage dieser Vorlage.")
    if original.redacts is not None:
        raise RuleBroken(
            "redacts_id",
            "Diese Anlage ist selbst eine geschwärzte Fassung. Bitte wählen Sie ihr Original.",
        )
    if any(one.redacts is row for one in paper.attachments):
        raise RuleBroken(
            "redacts_id", "Von dieser Anlage gibt es selbst schon eine geschwärzte Fassung."
        )
    if original.sha512 == row.sha512:
        raise RuleBroken(
            "redacts_id",
            "Beide Dateien sind gleich, geschwärzt ist nichts. Bitte laden Sie die geschwärzte"
            " Datei hoch.",
        )
    if pdf_name(row.name) == row.file_name:
        raise RuleBroken(
            "name",
            "Der Name der Datei kann verraten, was geschwärzt ist. Bitte geben Sie der"
            " geschwärzten Fassung eine eigene Bezeichnung; die Öffentlichkeit liest nur diese.",
        )
    row.redacts = original


def _let_only_pdfs_out(row: Attachment) -> None:
    """Refuse to plan as public what is no PDF: other files carry more than one sees."""
    if suffix_of(row.file_name) == PDF:
        return
    if row.public:
        raise RuleBroken(
            "public",
            "Öffentlich kann nur ein PDF sein: Andere Dateien enthalten mehr, als man sieht, etwa"
            " Änderungen und Namen. Bitte laden Sie das Dokument dafür als PDF hoch.",
        )
    if row.redacts is not None:
        raise RuleBroken(
            "redacts_id", "Eine geschwärzte Fassung ist ein PDF. Bitte laden Sie sie als PDF hoch."
        )


def _keep_originals_in_the_house(run: Run, about: Attachment) -> None:
    """Refuse to make public what a redacted copy hides, on whichever paper of the Body it lies."""
    run.session.flush()
    others = (
        select(Attachment)
        .join(Attachment.paper)
        .where(Paper.body_id == about.paper.body_id, Attachment.id != about.id)
        .order_by(Attachment.id)
    )
    hidden = about.redacts
    if hidden is not None:
        same = others.where(Attachment.public, Attachment.sha512 == hidden.sha512)
        for one in run.session.scalars(same.limit(1)):
            raise RuleBroken(
                "redacts_id",
                f"»{one.name}«{_elsewhere(one, about)} ist öffentlich. Führen Sie das Original"
                " zuerst als nichtöffentlich, sonst wäre die Schwärzung umsonst.",
            )
    if about.public:
        original = aliased(Attachment)
        same = others.join(original, Attachment.redacts).where(original.sha512 == about.sha512)
        for copy in run.session.scalars(same.limit(1)):
            raise RuleBroken(
                "public",
                f"»{copy.name}«{_elsewhere(copy, about)} ist die geschwärzte Fassung dieser Datei."
                " Das Original bleibt nichtöffentlich, sonst wäre die Schwärzung umsonst.",
            )


def _elsewhere(one: Attachment, about: Attachment) -> str:
    """Where an attachment is found that lies on another paper."""
    return "" if one.paper is about.paper else f" (Vorlage {one.paper.reference})"


def _refuse_if_filed(session: Session, row: Attachment) -> None:
    filed = Reader(session.connection()).get(Kind.FILE, row.uid)
    if filed and not filed.deleted:
        raise RuleBroken(
            "public",
            "Die Anlage ist veröffentlicht. Ziehen Sie sie zuerst aus der Öffentlichkeit zurück.",
        )
