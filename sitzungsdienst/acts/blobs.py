"""Keeping bytes: uploads and issued documents, each once, under its SHA-512."""

import hashlib
import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Blob, DocumentKind, IssuedDocument


def keep(session: Session, content: bytes) -> Blob:
    """The stored bytes; the same content is kept only once."""
    name = hashlib.sha512(content).hexdigest()
    blob = session.get(Blob, name)
    if blob is None:
        blob = Blob(sha512=name, size=len(content), content=content)
        session.add(blob)
        session.flush()
    return blob


def issue(
    session: Session,
    kind: DocumentKind,
    meeting: Meeting,
    content: bytes,
    file_name: str,
    now: datetime,
    item: AgendaItem | None = None,
    *,
    uid: str = "",
) -> IssuedDocument:
    """Put a printed document on record as issued now; `uid` where it was settled before."""
    blob = keep(session, content)
    document = IssuedDocument(
        uid=uid or str(uuid.uuid4()),
        kind=kind,
        meeting_id=meeting.id,
        agenda_item_id=item.id if item else None,
        file_name=file_name,
        sha512=blob.sha512,
        issued_at=now,
    )
    document.blob = blob
    session.add(document)
    session.flush()
    return document
