"""Papers and calendars printed for the public on request, out of filed documents and nothing else.

They say what the public can read anyway, so nothing is released by printing them. The record is
asked for one thing: the sender of the letterhead.
"""

from datetime import date, datetime

from sitzungsdienst.documents.submission import PathLine, Submission
from sitzungsdienst.documents.values import Audience
from sitzungsdienst.documents.year_calendar import YearCalendar, YearMeeting
from sitzungsdienst.gate.prints import letterhead
from sitzungsdienst.german import on_clock
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicFile,
    PublicLocation,
    PublicMeeting,
    PublicOrganization,
    PublicPaper,
)
from sitzungsdienst.record.bodies import Body


def public_submission(
    reader: Reader, uid: str, body: Body, *, issued_on: date
) -> Submission | None:
    """The paper as filed; None where the public cannot open it."""
    filed = reader.get(PublicPaper, uid)
    if filed is None or filed.document is None:
        return None
    paper = filed.document
    files = {one.uid: one.living for one in reader.children(PublicFile, (uid,))[uid]}
    order = dict.fromkeys((paper.main_file, *paper.auxiliary_file, *files))
    others = reader.linked_to(PublicPaper, uid, "supersedes")
    return Submission(
        letterhead=letterhead(body),
        audience=Audience.PUBLIC,
        issued_on=issued_on,
        reference=paper.reference,
        paper_type=paper.paper_type,
        title=paper.name,
        status=paper.status,
        dated=paper.dated,
        submitted_by=paper.submitted_by,
        responsible_unit=paper.responsible_unit,
        further_units=paper.further_units,
        handled_by=paper.handled_by,
        addressed_to=paper.addressed_to,
        proposed_resolution=paper.proposed_resolution,
        facts=paper.facts,
        reasons=paper.reasons,
        financial_effects=paper.financial_effects,
        path=_path(reader, uid),
        attachments=tuple(files[one].name for one in order if one in files),
        remark="\n\n".join(
            f"Diese Vorlage ist ersetzt durch {one.living.reference}." for one in others
        ),
    )


def _path(reader: Reader, paper: str) -> tuple[PathLine, ...]:
    steps = [one.living for one in reader.children(PublicConsultation, (paper,))[paper]]
    meetings = reader.many(PublicMeeting, {one.meeting for one in steps})
    items = reader.many(PublicAgendaItem, {one.agenda_item for one in steps})
    names = _names(reader, {uid for one in steps for uid in one.organization})
    found = []
    for one in steps:
        filed = meetings.get(one.meeting)
        meeting = filed.document if filed else None
        item = items.get(one.agenda_item)
        called_off = "Sitzung abgesagt" if meeting and meeting.cancelled else ""
        found.append(
            PathLine(
                committee=", ".join(names[uid] for uid in one.organization if uid in names),
                role=one.role,
                held_on=on_clock(meeting.start).date() if meeting and meeting.start else None,
                item=item.document.number if item and item.document else "",
                result=one.result or called_off,
            )
        )
    return tuple(found)


def public_calendar(
    reader: Reader,
    body: Body,
    year: int,
    span: tuple[datetime, datetime],
    *,
    organization: str = "",
    issued_on: date,
) -> YearCalendar:
    """The meetings of the Body that the public can open and that start within `span`.

    `organization` is the uid of the one committee to show; "" for all. Of one that is not public
    there is nothing to show, not even its name.
    """
    filed = reader.meetings(*span, body_uid=body.uid, organization_uid=organization or None)
    meetings: list[PublicMeeting] = [one.living for one in filed]
    named = {uid for one in meetings for uid in one.organization} | {organization}
    names = _names(reader, named)
    rooms = reader.many(PublicLocation, {one.location for one in meetings})
    lines = []
    for one in meetings:
        if one.start is None:
            continue
        place = rooms.get(one.location)
        lines.append(
            YearMeeting(
                start=on_clock(one.start),
                committees=tuple(names[uid] for uid in one.organization if uid in names),
                name=one.name,
                room=place.document.room if place and place.document else "",
                cancelled=one.cancelled,
            )
        )
    return YearCalendar(
        letterhead=letterhead(body),
        year=year,
        subtitle=names.get(organization, body.name),
        issued_on=issued_on,
        meetings=tuple(lines),
        status="Änderungen vorbehalten.",
    )


def _names(reader: Reader, uids: set[str]) -> dict[str, str]:
    filed = reader.many(PublicOrganization, uids)
    return {uid: one.document.name for uid, one in filed.items() if one.document}
