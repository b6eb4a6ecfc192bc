"""What the public's papers say: values for the printers, made from public documents alone.

The excerpt and the public notice are printed from the very documents that are filed, so page,
paper and interface cannot differ. The public minutes add who was there, which the law wants in
them: names and groups, never a reason for being away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sitzungsdienst.documents import values
from sitzungsdienst.gate import wording
from sitzungsdienst.german import BERLIN
from sitzungsdienst.publication.results import PublicBallot
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicLocation,
    PublicMeeting,
    PublicOrganization,
    PublicPaper,
)
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind


@dataclass(frozen=True, slots=True)
class PublicView:
    """The public documents of one meeting, as a release is about to file them.

    `papers` maps a consultation's uid to the paper it belongs to.
    """

    meeting: PublicMeeting
    organizations: tuple[PublicOrganization, ...]
    location: PublicLocation
    items: tuple[PublicAgendaItem, ...]
    papers: Mapping[str, tuple[PublicConsultation, PublicPaper]]


def letterhead(body: Body) -> values.Letterhead:
    """The sender of everything the Body issues."""
    return values.Letterhead(
        body_name=body.name,
        department=body.department,
        street_address=body.street_address,
        postal_code=body.postal_code,
        locality=body.locality,
        phone=body.phone,
        email=body.email,
        website=body.website,
        colour=body.colour,
    )


def head(view: PublicView) -> values.MeetingHead:
    """The head of a public document of the meeting."""
    meeting = view.meeting
    if meeting.start is None:
        raise ValueError("a public meeting has a start")
    return values.MeetingHead(
        name=meeting.name,
        committees=tuple(one.name for one in view.organizations),
        start=meeting.start.astimezone(BERLIN),
        end=meeting.end.astimezone(BERLIN) if meeting.end else None,
        room=view.location.room,
        place=view.location.place,
        publicity=meeting.publicity,
    )


def notice(view: PublicView, sender: values.Letterhead, *, issued_on: date) -> values.Invitation:
    """The public notice of the meeting with its public agenda."""
    return values.Invitation(
        letterhead=sender,
        head=head(view),
        audience=values.Audience.PUBLIC,
        issued_on=issued_on,
        chair_name="",
        public_agenda=tuple(_line(one, view) for one in view.items if one.in_public_part),
        nonpublic_agenda=tuple(_line(one, view) for one in view.items if not one.in_public_part),
    )


def excerpt(
    item: PublicAgendaItem, view: PublicView, sender: values.Letterhead, *, issued_on: date
) -> values.Excerpt:
    """One item's excerpt."""
    return values.Excerpt(
        letterhead=sender,
        head=head(view),
        item=_item(item, view),
        standing=item.standing,
        issued_on=issued_on,
    )


def minutes(
    row: Meeting, state: Minutes, view: PublicView, quorum_sentence: str, *, issued_on: date
) -> values.Minutes:
    """The public version of the minutes."""
    return values.Minutes(
        letterhead=letterhead(row.body),
        head=head(view),
        audience=values.Audience.PUBLIC,
        state=wording.MINUTES_STATE[state.state],
        issued_on=issued_on,
        attendance=attendance(row.attendances, reasons=False),
        quorum_sentence=quorum_sentence,
        public_items=tuple(_item(one, view) for one in view.items if one.in_public_part),
        nonpublic_items=tuple(_item(one, view) for one in view.items if not one.in_public_part),
        signatures=signatures(state),
    )


def signatures(state: Minutes) -> tuple[values.Signature, ...]:
    """Who signs the minutes, and since when they are signed."""
    return (
        values.Signature("Vorsitz", state.chair_name, state.signed_on),
        values.Signature("Schriftführung", state.clerk_name, state.signed_on),
    )


def attendance(rows: Sequence[Attendance], *, reasons: bool) -> tuple[values.AttendanceGroup, ...]:
    """Who was there, by group; the note of an absence only for members (`reasons`)."""
    present = [row for row in rows if row.kind is AttendanceKind.PRESENT]
    away = [row for row in rows if row.kind is not AttendanceKind.PRESENT]
    groups = (
        ("Stimmberechtigte Mitglieder", [row for row in present if row.voting_right]),
        ("Weitere Anwesende", [row for row in present if not row.voting_right]),
        ("Abwesend", away),
    )
    return tuple(
        values.AttendanceGroup(heading, tuple(_attendance(row, reasons=reasons) for row in some))
        for heading, some in groups
        if some
    )


def _attendance(row: Attendance, *, reasons: bool) -> values.AttendanceLine:
    times = []
    if row.kind is AttendanceKind.PRESENT:
        if row.arrived_at:
            times.append(f"ab {row.arrived_at.astimezone(BERLIN):%H:%M} Uhr")
        if row.left_at:
            times.append(f"bis {row.left_at.astimezone(BERLIN):%H:%M} Uhr")
    elif reasons:
        times = [wording.ATTENDANCE_KIND[row.kind], *([row.note] if row.note else [])]
    return values.AttendanceLine(row.person.name, row.role, row.on_behalf_of, ", ".join(times))


def _line(item: PublicAgendaItem, view: PublicView) -> values.AgendaLine:
    papers = _papers(item, view)
    return values.AgendaLine(
        item.number, item.name, item.level, tuple(one.reference for one in papers)
    )


def _papers(item: PublicAgendaItem, view: PublicView) -> tuple[PublicPaper, ...]:
    return tuple(paper for step, paper in view.papers.values() if step.agenda_item == item.uid)


def _item(item: PublicAgendaItem, view: PublicView) -> values.ItemRecord:
    return values.ItemRecord(
        line=_line(item, view),
        papers=tuple(paper_facts(one) for one in _papers(item, view)),
        deliberation=item.deliberation,
        resolution=item.resolution_text,
        decision=item.decision,
        ballots=tuple(_ballot(one) for one in item.ballots),
    )


def paper_facts(paper: PublicPaper) -> values.PaperFacts:
    """The facts of a public paper as an excerpt prints them."""
    return values.PaperFacts(
        reference=paper.reference,
        title=paper.name,
        status=paper.status,
        paper_type=paper.paper_type,
        submitted_by=paper.submitted_by,
        responsible_unit=paper.responsible_unit,
        handled_by=paper.handled_by,
    )


def _ballot(ballot: PublicBallot) -> values.BallotBlock:
    counts = None
    if ballot.yes is not None:
        counts = values.Counts(
            ballot.yes, ballot.no or 0, ballot.abstentions or 0, ballot.invalid or 0
        )
    return values.BallotBlock(
        subject=ballot.subject,
        kind=ballot.kind,
        result=ballot.result_text,
        counts=counts,
        present=ballot.present,
        recused=ballot.recused,
        names=tuple((vote.name, vote.choice) for vote in ballot.votes),
    )
