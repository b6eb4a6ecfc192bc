"""The words of attachments: read once by a worker that may die, kept under the bytes' hash.

Nothing depends on them but searching: a file of which nothing can be read is taken in all the same.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.uploads import PDF, suffix_of
from sitzungsdienst.files.sandbox import WorkerDied, ask
from sitzungsdienst.publication import file_texts
from sitzungsdienst.publication.finding import folded
from sitzungsdienst.record.file_texts import FileText, TextState
from sitzungsdienst.record.papers import Attachment, Blob

#: Seconds that an upload waits for its words at most.
READ_SECONDS = 12.0
#: Readings that came before: a refused form is often sent again with the same file.
_found: dict[str, "Reading"] = {}
MOST_FOUND, LONGEST_FOUND = 64, 50_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file: how far, and the words."""

    state: TextState
    text: str = ""


def read(session: Session, content: bytes, suffix: str) -> Reading | None:
    """The words of a checked file; None where they are known already. Takes a few seconds at most.

    Asked outside the transaction that keeps them, so that nobody waits for a worker.
    """
    name = hashlib.sha512(content).hexdigest()
    known = session.get(FileText, name)
    if known is not None and known.state is not TextState.FAILED:
        return None
    if name in _found:
        return _found[name]
    reading = _read(content, suffix)
    if len(_found) >= MOST_FOUND:
        _found.clear()
    if reading.state is not TextState.FAILED and len(reading.text) <= LONGEST_FOUND:
        _found[name] = reading
    return reading


def _read(content: bytes, suffix: str) -> Reading:
    task = "read_pdf" if suffix == PDF else "read_office"
    try:
        answer = ask(task, content, seconds=READ_SECONDS)
    except WorkerDied:
        return Reading(TextState.FAILED)
    text = answer.content.decode()
    if not any(letter.isalnum() for letter in text):
        return Reading(TextState.EMPTY)
    return Reading(TextState.CUT if answer.values["cut"] else TextState.WHOLE, text)


def keep_text(session: Session, sha512: str, reading: Reading | None) -> None:
    """Keep what was read beside the bytes of that hash; nothing for None."""
    if reading is None:
        return
    row = session.get(FileText, sha512)
    if row is None:
        row = FileText(sha512=sha512)
        session.add(row)
    row.state, row.text, row.folded = reading.state, reading.text, folded(reading.text)
    session.flush()


def forget_text(session: Session, sha512: str) -> None:
    """Delete the words of the bytes of that hash."""
    row = session.get(FileText, sha512)
    if row is not None:
        session.expunge(row)
    session.execute(delete(FileText).where(FileText.sha512 == sha512))


def forget_unless_attached(session: Session, sha512: str) -> None:
    """Delete the words of bytes that no attachment has any more."""
    if not session.scalar(select(exists().where(Attachment.sha512 == sha512))):
        forget_text(session, sha512)


def state_of(session: Session, attachment_id: int) -> TextState | None:
    """How far an attachment's words could be read; None while nobody tried."""
    return session.scalar(
        select(FileText.state)
        .join(Attachment, Attachment.sha512 == FileText.sha512)
        .where(Attachment.id == attachment_id)
    )


def unread(session: Session, *, again: bool = False) -> list[tuple[str, str]]:
    """Hash and suffix of the attached files whose words nobody has read yet.

    With `again` also of those that could not be read before.
    """
    tried = select(FileText.sha512)
    if again:
        tried = tried.where(FileText.state != TextState.FAILED)
    found = session.execute(_attached().where(Attachment.sha512.not_in(tried)))
    # The same bytes may be attached under two names; their suffix is the same.
    return sorted({sha512: suffix_of(name) for sha512, name in found}.items())


def _attached() -> Select[str, str]:
    return select(Attachment.sha512, Attachment.file_name)


def read_later(session: Session, files: list[tuple[str, str]]) -> Iterator[TextState]:
    """Read the words of files one by one, each kept by itself, so that one may stop at any time."""
    for sha512, suffix in files:
        content = session.scalar(select(Blob.content).where(Blob.sha512 == sha512))
        session.rollback()  # nobody waits for a worker
        reading = _read(content, suffix) if content is not None else Reading(TextState.FAILED)
        _begin_to_write(session)
        # Meanwhile the office may have read or removed it.
        if session.scalar(select(exists().where(Attachment.sha512 == sha512))):
            keep_text(session, sha512, reading)
        session.commit()
        yield reading.state


def complete_public(session: Session) -> int:
    """Put the words of public files beside them that were released before they were read.

    Only bytes that are public get them, by their hash. Gives how many there were.
    """
    wanted = select(FileText.sha512).where(
        FileText.text != "", FileText.sha512.in_(file_texts.without_text())
    )
    hashes = session.scalars(wanted).all()
    for sha512 in hashes:
        _begin_to_write(session)
        text = session.scalar(select(FileText.text).where(FileText.sha512 == sha512))
        file_texts.keep(session.connection(), {sha512}, {sha512: text or ""})
        session.commit()
    return len(hashes)


def _begin_to_write(session: Session) -> None:
    session.rollback()
    session.connection(execution_options={"writes": True})
