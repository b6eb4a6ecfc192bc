"""Prints for the public: settling what each is before it is printed, and issuing it as that."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from sitzungsdienst.acts.blobs import issue
from sitzungsdienst.acts.sealing import new_uid, sealed, seals_public
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate import editions
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.editions import Edition
from sitzungsdienst.german import local_day
from sitzungsdienst.publication.types import PublicFile
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument

_KEY = "public_url"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPrint:
    """What is issued for the public: `title` names it there, `item` is that of an excerpt."""

    kind: DocumentKind
    meeting: Meeting
    title: str
    file_name: str
    item: AgendaItem | None = None


def give_public_url(session: Session, url: str) -> None:
    """Let acts on `session` know under which address the public's web stands (no slash at the end).

    It hangs on the session, like the seal; whoever prints for the public without one is refused
    with a KeyError: a wrong address on paper is wrong for good.
    """
    session.info[_KEY] = url


def next_edition(run: Run, desk: Desk, replacing: str = "") -> Edition:
    """The edition of today: of a new public file, or of the filed one that it replaces."""
    url: str = run.session.info[_KEY]
    # What lies on the desk is not filed yet: nobody has read that edition.
    filed = desk.reader.get(PublicFile, replacing) if replacing else None
    return editions.next_edition(
        filed.document if filed else None,
        new_uid(run.session),
        url,
        local_day(run.now),
        sealed=seals_public(run.session),
    )


def issue_edition(
    run: Run, desk: Desk, edition: Edition, printed: PublicPrint, content: bytes
) -> IssuedDocument:
    """Put a print on record as issued now, and on the desk as that edition of its public file.

    It is sealed before, where the edition is to be.
    """
    row = issue(
        run.session,
        printed.kind,
        printed.meeting,
        sealed(run, content) if edition.sealed else content,
        printed.file_name,
        run.now,
        printed.item,
        uid=edition.uid if edition.number == 1 else "",
    )
    gate.put_issued(desk, row, edition, printed.meeting, printed.title, printed.item)
    return row


def still_says(desk: Desk, filed: PublicFile, content: bytes) -> bool:
    """Whether a public file is the print `content`, whatever seal was appended to it since."""
    if not filed.sealed:
        return filed.sha512_checksum == hashlib.sha512(content).hexdigest()
    sha512 = filed.sha512_checksum
    whole = desk.blobs.get(sha512) or desk.reader.blob(sha512)
    return whole is not None and whole.startswith(content)
