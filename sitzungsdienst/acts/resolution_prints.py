"""What the book of resolutions and the report on carrying them out say: values for the printers.

The office's prints are made from the record. The book for the public is made from what is filed:
the record only chooses among it, so it can leave out but never tell more than was released.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from sitzungsdienst.acts.followup import WAITING
from sitzungsdienst.documents import values
from sitzungsdienst.documents.values_resolutions import (
    BookEntry,
    FollowUpLine,
    FollowUpReport,
    ReportLine,
    ResolutionBook,
    Standing,
)
from sitzungsdienst.gate import compose_votes, decision, prints, wording
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.view import public_view
from sitzungsdienst.german import on_clock, plain_date
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.results import PublicResolution
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.resolutions import Announcement, Progress, Resolution

_ENDED = {
    Progress.DONE: Standing.DONE,
    Progress.DROPPED: Standing.DROPPED,
    Progress.NOTHING_TO_DO: Standing.NOTHING,
}


def full_book(
    body: Body, rows: Sequence[Resolution], scope: str, period: str, *, issued_on: date
) -> ResolutionBook:
    """The book of all of `rows`, for the office: both parts, and what was numbered by mistake."""
    entries = [(one.actual_part, _entry(one)) for one in rows]
    parts = {part: tuple(one for found, one in entries if found is part) for part in Part}
    return ResolutionBook(
        letterhead=prints.letterhead(body),
        audience=values.Audience.MEMBERS,
        scope=scope,
        period=period,
        issued_on=issued_on,
        public=parts[Part.PUBLIC],
        nonpublic=parts[Part.NONPUBLIC],
    )


def public_book(
    session: Session,
    body: Body,
    rows: Sequence[Resolution],
    scope: str,
    period: str,
    *,
    issued_on: date,
) -> ResolutionBook:
    """The book of those of `rows` that the public can read now, in the words it reads."""
    return ResolutionBook(
        letterhead=prints.letterhead(body),
        audience=values.Audience.PUBLIC,
        scope=scope,
        period=period,
        issued_on=issued_on,
        public=tuple(_public_entry(*one) for one in _told(Desk(session), rows)),
    )


def public_rows(session: Session, rows: Sequence[Resolution]) -> list[Resolution]:
    """Those of `rows` that the public book tells of."""
    told = {one.uid for one, _, _, _ in _told(Desk(session), rows)}
    return [one for one in rows if one.uid in told]


def reported(rows: Sequence[Resolution], parts: frozenset[Part]) -> list[Resolution]:
    """Those of `rows` that the report on the wanted parts tells of.

    Numbers given by mistake are not in it: nothing is to be done there.
    """
    return [one for one in rows if one.actual_part in parts and not one.void]


def _entry(row: Resolution) -> BookEntry:
    item, meeting = row.agenda_item, row.agenda_item.meeting
    return BookEntry(
        number=row.number,
        subject=row.subject,
        decision=wording.DECISION[row.decision],
        meeting=meeting.name,
        committees=tuple(one.name for one in meeting.organizations),
        start=on_clock(meeting.start),
        item=item.number or "",
        title=item.title,
        text=row.text_adopted or row.text_put,
        papers=tuple(step.paper.reference for step in item.consultations),
        ballots=tuple(prints.ballot_block(compose_votes.ballot(one)) for one in item.ballots),
        elections=tuple(
            prints.election_block(compose_votes.election(one)) for one in item.elections
        ),
        unit=row.unit.name if row.unit else "",
        announcement=_announcement(row),
        void=_void(row),
    )


def _void(row: Resolution) -> str:
    if row.voided_on is None:
        return ""
    return f"Ungültig seit dem {plain_date(row.voided_on)}: {row.void_reason}"


def _announcement(row: Resolution) -> str:
    if row.announced_on is not None:
        return f"bekannt gegeben am {plain_date(row.announced_on)}"
    if row.announcement is Announcement.OWED:
        return "noch nicht bekannt gegeben"
    if row.announcement is Announcement.WITHHELD:
        return f"wird nicht bekannt gegeben: {row.announcement_reason}"
    return ""


def _told(
    desk: Desk, rows: Sequence[Resolution]
) -> Iterator[tuple[PublicResolution, int, PublicAgendaItem, prints.PublicView]]:
    """Those of `rows` that are filed, each with its place in its item, the item and the meeting."""
    # Released once is not enough: what became non-public or void since stays out.
    wanted = {one.uid for one in rows if decision.resolution(one)}
    meetings = {one.agenda_item.meeting.id: one.agenda_item.meeting for one in rows}
    desk.read_ahead(PublicMeeting, (one.uid for one in meetings.values()))
    for meeting in meetings.values():
        if desk.current(PublicMeeting, meeting.uid) is None:
            continue
        view = public_view(desk, meeting)
        for item in view.items:
            if item.public and item.standing:
                yield from (
                    (one, place, item, view)
                    for place, one in enumerate(item.resolutions)
                    if one.uid in wanted
                )


def _public_entry(
    told: PublicResolution, place: int, item: PublicAgendaItem, view: prints.PublicView
) -> BookEntry:
    """A resolution as it is filed; the wording of an item is that of its first resolution."""
    head = prints.head(view)
    papers = [paper for step, paper in view.papers.values() if step.agenda_item == item.uid]
    unit = told.unit or next((one.responsible_unit for one in papers), "")
    return BookEntry(
        number=told.number,
        subject=told.subject,
        decision=told.decision,
        meeting=head.name,
        committees=head.committees,
        start=head.start,
        item=item.number,
        title=item.name,
        text=item.resolution_text if place == 0 else "",
        papers=tuple(one.reference for one in papers),
        ballots=tuple(map(prints.ballot_block, item.ballots)),
        elections=tuple(map(prints.election_block, item.elections)),
        unit=unit,
    )


def followup_report(
    body: Body,
    rows: Sequence[Resolution],
    selection: Sequence[tuple[str, str]],
    parts: frozenset[Part],
    *,
    today: date,
) -> FollowUpReport:
    """How `rows` are carried out as of today, for the office; only the wanted parts."""
    lines = {
        part: tuple(_line(one, today) for one in reported(rows, frozenset({part})))
        for part in parts
    }
    return FollowUpReport(
        letterhead=prints.letterhead(body),
        issued_on=today,
        public=lines.get(Part.PUBLIC),
        nonpublic=lines.get(Part.NONPUBLIC),
        selection=tuple(selection),
    )


def _line(row: Resolution, today: date) -> FollowUpLine:
    return FollowUpLine(
        number=row.number,
        subject=row.subject,
        committees=tuple(one.name for one in row.agenda_item.meeting.organizations),
        decided_on=row.decided_on,
        standing=standing(row, today),
        state=wording.PROGRESS[row.progress],
        unit=row.unit.name if row.unit else "",
        in_charge=row.in_charge,
        due_on=row.due_on,
        completed_on=row.completed_on,
        remark=_remark(row, today),
        reports=tuple(
            ReportLine(one.reported_on, one.text, one.reported_by) for one in row.reports
        ),
    )


def standing(row: Resolution, today: date) -> Standing:
    """How a resolution that counts stands: what waits is suspended, overdue, or open."""
    if row.progress not in WAITING:
        return _ENDED[row.progress]
    if row.suspended(today):
        return Standing.SUSPENDED
    late = row.due_on is not None and row.due_on < today
    return Standing.OVERDUE if late else Standing.OPEN


def _remark(row: Resolution, today: date) -> str:
    if row.progress in WAITING and row.suspended_until and row.suspended(today):
        until = plain_date(row.suspended_until)
        return f"Vollzug ausgesetzt bis {until}: {row.suspension_reason}"
    return row.completion_note
