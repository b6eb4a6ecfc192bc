"""Printing what the public gets, from the very documents that are about to be filed.

A print that would say just what the filed one says is left alone: printing is deterministic, so
bytes compare; a seal is appended to them. One that replaces another keeps its address.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from sitzungsdienst.acts.editions import PublicPrint, issue_edition, next_edition, still_says
from sitzungsdienst.acts.errors import Unknown
from sitzungsdienst.acts.presence import quorum_sentence
from sitzungsdienst.acts.supplement_notices import renew_supplement_notices
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.documents import values
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.gate import data_inside, decision, prints
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.editions import Edition, edition_of
from sitzungsdienst.gate.view import public_view
from sitzungsdienst.gate.withdrawal import withdraw_minutes
from sitzungsdienst.gate.wording import MINUTES_STATE
from sitzungsdienst.german import local_day
from sitzungsdienst.publication.types import PublicAgendaItem, PublicFile, PublicMeeting
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument

NOTICE: Final = "Bekanntmachung"
MINUTES: Final = "Niederschrift (öffentlicher Teil)"
"""What the prints of these kinds are called where they are listed."""


def put_notice(run: Run, desk: Desk, meeting: Meeting) -> IssuedDocument | None:
    """The public notice of a meeting on the desk; None where the filed one still holds.

    Notices of supplements are made anew with it, where they tell something else by now.
    """
    renew_supplement_notices(run, desk, meeting)

    def printed(edition: Edition) -> bytes:
        view, sender = public_view(desk, meeting), prints.letterhead(meeting.body)
        value = prints.notice(view, sender, issued_on=edition.day, check_address=edition.address)
        data = data_inside.notice(view, edition, NOTICE)
        return print_invitation(value, attachments=data, sealable=edition.sealed)

    filed = desk.current(PublicMeeting, meeting.uid)
    file_uid = filed.invitation if filed else ""
    if _stands(desk, file_uid, printed):
        return None
    edition = next_edition(run, desk, file_uid)
    gate.link_meeting(desk, meeting, invitation=edition.uid)
    notice = PublicPrint(
        kind=DocumentKind.NOTICE,
        meeting=meeting,
        title=NOTICE,
        file_name=f"Bekanntmachung_{local_day(meeting.start).isoformat()}.pdf",
    )
    return issue_edition(run, desk, edition, notice, printed(edition))


def put_excerpts(run: Run, desk: Desk, meeting: Meeting, items: list[AgendaItem]) -> None:
    """The excerpts of the items, each as a document and as a print."""
    gate.put_items(desk, meeting, items)
    for item in items:
        _put_excerpt(run, desk, meeting, item)


def preview(run: Run, item: AgendaItem) -> values.Excerpt:
    """The public excerpt as a release would print it today; nothing is filed.

    Raises GateClosed with the reason where it may not be released.
    """
    desk, day = Desk(run.session), local_day(run.now)
    gate.put_meeting(desk, item.meeting, held=True)
    gate.put_items(desk, item.meeting, [item])
    public = _composed(desk, item, "", day)
    view, sender = public_view(desk, item.meeting), prints.letterhead(item.meeting.body)
    return prints.excerpt(public, view, sender, issued_on=day)


def _put_excerpt(run: Run, desk: Desk, meeting: Meeting, item: AgendaItem) -> None:
    before = desk.current(PublicAgendaItem, item.uid)
    file_uid = before.resolution_file if before else ""

    def printed(edition: Edition) -> bytes:
        return _excerpt(desk, meeting, _composed(desk, item, edition.uid, edition.day), edition)

    if before and before.released_on and _stands(desk, file_uid, printed, before.released_on):
        return
    edition = next_edition(run, desk, file_uid)
    public = _composed(desk, item, edition.uid, edition.day)
    _issue_excerpt(run, desk, item, public, edition)


def _excerpt(desk: Desk, meeting: Meeting, public: PublicAgendaItem, edition: Edition) -> bytes:
    view, sender = public_view(desk, meeting), prints.letterhead(meeting.body)
    value = prints.excerpt(
        public, view, sender, issued_on=edition.day, check_address=edition.address
    )
    data = data_inside.excerpt(public, view, edition, _excerpt_title(public))
    return print_excerpt(value, attachments=data, sealable=edition.sealed)


def _excerpt_title(public: PublicAgendaItem) -> str:
    return f"Auszug {public.number}"


def _issue_excerpt(
    run: Run, desk: Desk, item: AgendaItem, public: PublicAgendaItem, edition: Edition
) -> None:
    """Issue an edition of an excerpt, printed from `public`, which names its file."""
    meeting, number = item.meeting, public.number
    day = local_day(meeting.start).isoformat()
    excerpt = PublicPrint(
        kind=DocumentKind.EXCERPT,
        meeting=meeting,
        title=_excerpt_title(public),
        file_name=f"Auszug_{number.replace(' ', '-')}_{day}.pdf",
        item=item,
    )
    issue_edition(run, desk, edition, excerpt, _excerpt(desk, meeting, public, edition))


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
    printed = _minutes(desk, meeting, state)
    filed = desk.current(PublicMeeting, meeting.uid)
    file_uid = filed.results_protocol if filed else ""
    gate.link_meeting(desk, meeting, minutes_state=MINUTES_STATE[state.state])
    if _stands(desk, file_uid, printed):
        return
    edition = next_edition(run, desk, file_uid)
    gate.link_meeting(desk, meeting, results_protocol=edition.uid)
    public = PublicPrint(
        kind=DocumentKind.MINUTES_PUBLIC,
        meeting=meeting,
        title=MINUTES,
        file_name=f"Niederschrift-oeffentlich_{local_day(meeting.start).isoformat()}.pdf",
    )
    issue_edition(run, desk, edition, public, printed(edition))


def _minutes(desk: Desk, meeting: Meeting, state: Minutes) -> Callable[[Edition], bytes]:
    def printed(edition: Edition) -> bytes:
        view = public_view(desk, meeting)
        value = prints.minutes(
            meeting,
            state,
            view,
            quorum_sentence(meeting),
            issued_on=edition.day,
            check_address=edition.address,
        )
        told = prints.told_in_minutes(meeting, view)
        data = data_inside.minutes(told, view, edition, MINUTES)
        return print_minutes(value, attachments=data, sealable=edition.sealed)

    return printed


def renew(run: Run, desk: Desk, meeting: Meeting) -> bool:
    """Print anew what is public of a meeting and still tells what is gone from the desk.

    It never says more than what was released before (see `gate.withdrawal`). Notice and excerpts
    are printed from the public documents alone, under the letterhead of today. The minutes are
    printed from the record too: unless it still says to the letter what they say, they are
    withdrawn. Gives whether they were, so that the clerk is told to release them anew.
    """
    filed = desk.current(PublicMeeting, meeting.uid)
    if filed is None:
        return False
    if filed.invitation:
        put_notice(run, desk, meeting)
    for item in meeting.items:
        public = desk.current(PublicAgendaItem, item.uid)
        if public is not None and public.resolution_file:
            _renew_excerpt(run, desk, meeting, item, public)
    if not filed.results_protocol:
        return False
    if minutes_stand(run.session, meeting):
        put_minutes(run, desk, meeting)
        return False
    withdraw_minutes(desk, meeting)
    return True


def words_gone(desk: Desk, meeting: Meeting) -> bool:
    """Whether a line that the public reads is gone from the agenda on the desk, or reads anew."""
    filed = desk.reader.children(PublicAgendaItem, [meeting.uid])[meeting.uid]
    for old in (one.living for one in filed):
        new = desk.current(PublicAgendaItem, old.uid)
        if new is None or (new.number, new.name) != (old.number, old.name):
            return True
    return False


def minutes_stand(session: Session, meeting: Meeting) -> bool:
    """Whether the public minutes could be printed today, from the record, just as they are."""
    # Nothing is filed before an act ends: a desk of its own shows what the public reads now.
    desk, state = Desk(session), meeting.minutes
    filed = desk.current(PublicMeeting, meeting.uid)
    if filed is None or state is None or not decision.minutes(meeting).allowed:
        return False
    return _stands(desk, filed.results_protocol, _minutes(desk, meeting, state))


def _renew_excerpt(
    run: Run, desk: Desk, meeting: Meeting, item: AgendaItem, public: PublicAgendaItem
) -> None:
    def printed(edition: Edition) -> bytes:
        return _excerpt(desk, meeting, public, edition)

    if _stands(desk, public.resolution_file, printed, public.released_on):
        return
    edition = next_edition(run, desk, public.resolution_file)
    anew = replace(public, resolution_file=edition.uid, released_on=edition.day)
    desk.put(anew)
    _issue_excerpt(run, desk, item, anew, edition)


def _stands(
    desk: Desk, file_uid: str, printed: Callable[[Edition], bytes], day: date | None = None
) -> bool:
    """Whether the filed print says what would be printed as that edition, as of its own day."""
    filed = desk.current(PublicFile, file_uid) if file_uid else None
    edition = edition_of(filed) if filed else None
    if filed is None or edition is None:
        return False
    content = printed(replace(edition, day=day or edition.day))
    return still_says(desk, filed, content)
