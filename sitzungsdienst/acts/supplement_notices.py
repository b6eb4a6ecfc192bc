"""The public prints of supplements: made with them, and made anew when what they tell changes."""

from dataclasses import replace

from sitzungsdienst.acts.editions import PublicPrint, issue_edition, next_edition, still_says
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.gate import data_inside, prints
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.editions import Edition, edition_of
from sitzungsdienst.gate.sentences import supplement_number
from sitzungsdienst.gate.view import public_view
from sitzungsdienst.german import local_day
from sitzungsdienst.publication.types import PublicFile
from sitzungsdienst.record.changes import Supplement
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument


def heading(number: int) -> str:
    """What a supplement is called: "1. Nachtrag zur Tagesordnung"."""
    return f"{number}. Nachtrag zur Tagesordnung"


def put_supplement_notice(
    run: Run, desk: Desk, meeting: Meeting, row: Supplement, *, replacing: str = ""
) -> IssuedDocument | None:
    """The public notice of what a supplement brought, on the desk; counted as the public counts.

    None where the public reads nothing of it. One that replaces an older print keeps its address.
    """
    edition = next_edition(run, desk, replacing)
    content = _printed(desk, meeting, row, edition)
    if content is None:
        if replacing:
            desk.withdraw(replacing)
        return None
    number = supplement_number(meeting, row.number)
    notice = PublicPrint(
        kind=DocumentKind.SUPPLEMENT_NOTICE,
        meeting=meeting,
        title=heading(number),
        file_name=f"Bekanntmachung_Nachtrag_{number}_{local_day(meeting.start).isoformat()}.pdf",
    )
    return issue_edition(run, desk, edition, notice, content)


def renew_supplement_notices(run: Run, desk: Desk, meeting: Meeting) -> None:
    """Print anew the public notices that no longer tell what the public documents say."""
    for row in meeting.supplements:
        filed = desk.current(PublicFile, row.notice.uid) if row.notice else None
        edition = edition_of(filed) if filed else None
        if row.notice is None or filed is None or edition is None:
            continue
        content = _printed(desk, meeting, row, edition)
        if content is None or not still_says(desk, filed, content):
            put_supplement_notice(run, desk, meeting, row, replacing=row.notice.uid)


def _printed(desk: Desk, meeting: Meeting, row: Supplement, edition: Edition) -> bytes | None:
    brought = {one.uid for one in meeting.agenda if one.supplement_number == row.number}
    view = public_view(desk, meeting)
    view = replace(view, items=tuple(one for one in view.items if one.uid in brought))
    if not view.items:
        return None
    sender = prints.letterhead(meeting.body)
    notice = prints.notice(view, sender, issued_on=edition.day, check_address=edition.address)
    named = heading(supplement_number(meeting, row.number))
    value, data = replace(notice, heading=named), data_inside.supplement(view, edition, named)
    return print_invitation(value, attachments=data, sealable=edition.sealed)
