"""Printing what the public gets, from the very documents that are about to be filed.

A print that would say just what the filed one says is left alone: printing is deterministic, so
bytes compare. One that replaces another keeps its address.
"""

import hashlib
from collections.abc import Callable
from datetime import date

from sitzungsdienst.acts.blobs import issue
from sitzungsdienst.acts.errors import Unknown
from sitzungsdienst.acts.presence import quorum_sentence
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate import prints
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.wording import MINUTES_STATE
from sitzungsdienst.german import local_day
from sitzungsdienst.publication.types import PublicAgendaItem, PublicFile, PublicMeeting
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument


def put_notice(run: Run, desk: Desk, meeting: Meeting) -> IssuedDocument | None:
    """The public notice of a meeting on the desk; None where the filed one still holds."""

    def printed(day: date) -> bytes:
        sender = prints.letterhead(meeting.body)
        return print_invitation(prints.notice(gate.view(desk, meeting), sender, issued_on=day))

    filed = desk.current(PublicMeeting, meeting.uid)
    file_uid = filed.invitation if filed else ""
    if _stands(desk, file_uid, printed):
        return None
    day = local_day(run.now)
    name = f"Bekanntmachung_{local_day(meeting.start).isoformat()}.pdf"
    row = issue(run.session, DocumentKind.NOTICE, meeting, printed(day), name, run.now)
    file_uid = gate.put_issued(desk, row, meeting, "Bekanntmachung", replacing=file_uid)
    gate.link_meeting(desk, meeting, invitation=file_uid)
    return row


def put_excerpts(run: Run, desk: Desk, meeting: Meeting, items: list[AgendaItem]) -> None:
    """The excerpts of the items, each as a document and as a print."""
    gate.put_agenda(desk, meeting)
    for item in items:
        _put_excerpt(run, desk, meeting, item)


def _put_excerpt(run: Run, desk: Desk, meeting: Meeting, item: AgendaItem) -> None:
    before = desk.current(PublicAgendaItem, item.uid)
    file_uid = before.resolution_file if before else ""

    def printed(day: date) -> bytes:
        public = _composed(desk, item, file_uid, day)
        view, sender = gate.view(desk, meeting), prints.letterhead(meeting.body)
        return print_excerpt(prints.excerpt(public, view, sender, issued_on=day))

    if before and before.released_on and _stands(desk, file_uid, printed, before.released_on):
        return
    day = local_day(run.now)
    content = printed(day)
    number = _composed(desk, item, file_uid, day).number
    name = f"Auszug_{number.replace(' ', '-')}_{local_day(meeting.start).isoformat()}.pdf"
    row = issue(run.session, DocumentKind.EXCERPT, meeting, content, name, run.now, item)
    title = f"Auszug {number}"
    file_uid = gate.put_issued(desk, row, meeting, title, replacing=file_uid, item=item)
    gate.put_excerpt(desk, item, file_uid=file_uid, released_on=day)


def _composed(desk: Desk, item: AgendaItem, file_uid: str, day: date) -> PublicAgendaItem:
    """The excerpt as of that day, laid on the desk."""
    gate.put_excerpt(desk, item, file_uid=file_uid, released_on=day)
    public = desk.current(PublicAgendaItem, item.uid)
    if public is None:
        raise Unknown(f"AgendaItem {item.id}")
    return public


def put_minutes(run: Run, desk: Desk, meeting: Meeting) -> None:
    """The public minutes of a meeting whose excerpts lie on the desk."""
    state = meeting.minutes
    if state is None:
        raise Unknown("minutes")

    def printed(day: date) -> bytes:
        view, quorum = gate.view(desk, meeting), quorum_sentence(meeting)
        return print_minutes(prints.minutes(meeting, state, view, quorum, issued_on=day))

    filed = desk.current(PublicMeeting, meeting.uid)
    file_uid = filed.results_protocol if filed else ""
    if not _stands(desk, file_uid, printed):
        content = printed(local_day(run.now))
        name = f"Niederschrift-oeffentlich_{local_day(meeting.start).isoformat()}.pdf"
        kind = DocumentKind.MINUTES_PUBLIC
        row = issue(run.session, kind, meeting, content, name, run.now)
        title = "Niederschrift (öffentlicher Teil)"
        file_uid = gate.put_issued(desk, row, meeting, title, replacing=file_uid)
    gate.link_meeting(
        desk, meeting, results_protocol=file_uid, minutes_state=MINUTES_STATE[state.state]
    )


def _stands(
    desk: Desk, file_uid: str, printed: Callable[[date], bytes], day: date | None = None
) -> bool:
    """Whether the filed print says what would be printed as of its own day."""
    filed = desk.current(PublicFile, file_uid) if file_uid else None
    if filed is None or filed.dated is None:
        return False
    content = printed(day or filed.dated)
    return filed.sha512_checksum == hashlib.sha512(content).hexdigest()
