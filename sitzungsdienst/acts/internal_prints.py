"""What the members' papers say: values for the printers, made from the record.

These hold the non-public part. They are issued to members and never handed to the ledger.
"""

from datetime import date

from sitzungsdienst.acts.presence import quorum_sentence
from sitzungsdienst.documents import values
from sitzungsdienst.gate import prints, wording
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.german import BERLIN
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import Ballot, BallotKind


def invitation(meeting: Meeting, *, issued_on: date) -> values.Invitation:
    """The summons with the whole agenda."""
    rows = agenda_rows(meeting.agenda)
    return values.Invitation(
        letterhead=prints.letterhead(meeting.body),
        head=_head(meeting),
        audience=values.Audience.MEMBERS,
        issued_on=issued_on,
        chair_name=chair_name(meeting),
        public_agenda=tuple(_line(row) for row in rows if row.item.part is Part.PUBLIC),
        nonpublic_agenda=tuple(_line(row) for row in rows if row.item.part is Part.NONPUBLIC),
    )


def minutes(meeting: Meeting, state: Minutes, *, issued_on: date) -> values.Minutes:
    """The full minutes."""
    rows = agenda_rows(meeting.agenda)
    return values.Minutes(
        letterhead=prints.letterhead(meeting.body),
        head=_head(meeting),
        audience=values.Audience.MEMBERS,
        state=wording.MINUTES_STATE[state.state],
        issued_on=issued_on,
        attendance=prints.attendance(meeting.attendances, reasons=True),
        quorum_sentence=quorum_sentence(meeting),
        public_items=tuple(_item(row) for row in rows if row.item.part is Part.PUBLIC),
        nonpublic_items=tuple(_item(row) for row in rows if row.item.part is Part.NONPUBLIC),
        signatures=prints.signatures(state),
    )


def chair_name(meeting: Meeting) -> str:
    """Who chairs the leading committee on the day; "" where nobody does."""
    day = meeting.start.astimezone(BERLIN).date()
    seats = (one for body in meeting.organizations[:1] for one in body.memberships)
    chairs = (one for one in seats if one.role is MembershipRole.CHAIR and one.runs_on(day))
    return next((one.person.name for one in chairs), "")


def _head(meeting: Meeting) -> values.MeetingHead:
    return values.MeetingHead(
        name=meeting.name,
        committees=tuple(one.name for one in meeting.organizations),
        start=meeting.start.astimezone(BERLIN),
        end=meeting.end.astimezone(BERLIN) if meeting.end else None,
        room=meeting.location.room,
        place=meeting.location.place,
        publicity=wording.publicity(meeting),
    )


def _line(row: AgendaRow) -> values.AgendaLine:
    references = tuple(step.paper.reference for step in row.item.consultations)
    return values.AgendaLine(row.number, row.item.title, row.level, references)


def _item(row: AgendaRow) -> values.ItemRecord:
    treatment = row.item.treatment
    return values.ItemRecord(
        line=_line(row),
        papers=tuple(_paper(step.paper) for step in row.item.consultations),
        deliberation=treatment.deliberation if treatment else "",
        resolution=treatment.resolution_text if treatment else "",
        decision=_decision(row.item),
        ballots=tuple(_ballot(one) for one in row.item.ballots),
    )


def _decision(item: AgendaItem) -> str:
    treatment = item.treatment
    return wording.DECISION[treatment.decision] if treatment and treatment.decision else ""


def _paper(row: Paper) -> values.PaperFacts:
    return values.PaperFacts(
        reference=row.reference,
        title=row.title,
        status=wording.paper_status(public=row.public),
        paper_type=row.paper_type,
        submitted_by=tuple(one.label for one in row.originators),
        responsible_unit=row.responsible_unit.name if row.responsible_unit else "",
        handled_by=row.handled_by,
    )


def _ballot(row: Ballot) -> values.BallotBlock:
    counts = None
    if row.yes is not None:
        counts = values.Counts(row.yes, row.no or 0, row.abstentions or 0, row.invalid or 0)
    names = row.votes if row.kind is BallotKind.ROLL_CALL else []
    return values.BallotBlock(
        subject=row.subject,
        kind=wording.BALLOT_KIND[row.kind],
        result=row.result_text,
        counts=counts,
        present=row.present if counts else None,
        recused=row.recused if counts else None,
        names=tuple((vote.person.name, wording.CHOICE[vote.choice]) for vote in names),
    )
