"""What the members' papers say: values for the printers, made from the record.

These hold the non-public part. They are issued to members and never handed to the ledger.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sitzungsdienst.acts.presence import quorum_sentence
from sitzungsdienst.documents import values
from sitzungsdienst.gate import attended, prints, sentences, wording
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows, called_rows
from sitzungsdienst.gate.compose_votes import ballot, election
from sitzungsdienst.german import BERLIN
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import Ballot
from sitzungsdienst.record.resolutions import Resolution


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
    """The full minutes: the items by the part they were really treated in, as they were called."""
    rows = called_rows(meeting.agenda)
    moves = attended.movements(meeting, rows)
    parts = {
        part: tuple(_item(row, moves) for row in rows if row.item.actual_part is part)
        for part in Part
    }
    return values.Minutes(
        letterhead=prints.letterhead(meeting.body),
        head=_head(meeting),
        audience=values.Audience.MEMBERS,
        state=wording.MINUTES_STATE[state.state],
        issued_on=issued_on,
        attendance=attended.attendance(meeting.attendances, reasons=True),
        quorum_sentence=quorum_sentence(meeting),
        public_items=parts[Part.PUBLIC],
        nonpublic_items=parts[Part.NONPUBLIC],
        signatures=sentences.signatures(state),
        agenda_notes=sentences.agenda_notes(meeting, known=None),
        objections=sentences.objections(state, public=False),
        standing=sentences.standing(state, known=None),
    )


def excerpt(
    item: AgendaItem, *, issued_on: date, certification: values.Certification | None = None
) -> values.Excerpt:
    """The full excerpt of one item: for the office and the unit that carries it out."""
    meeting = item.meeting
    rows = agenda_rows(meeting.agenda)
    row = next(one for one in rows if one.item is item)
    return values.Excerpt(
        letterhead=prints.letterhead(meeting.body),
        head=_head(meeting),
        item=_item(row, attended.movements(meeting, rows)),
        standing=standing(meeting),
        issued_on=issued_on,
        audience=values.Audience.MEMBERS,
        part=wording.PART[item.actual_part],
        presence=quorum_sentence(meeting),
        certification=certification,
    )


def standing(meeting: Meeting) -> str:
    """How far the minutes an excerpt is taken from have come, as a sentence."""
    if meeting.minutes is None:
        return "Die Niederschrift liegt noch nicht vor."
    told = sentences.standing(meeting.minutes, known=None)
    return (
        " ".join(told)
        or f"Stand der Niederschrift: {wording.MINUTES_STATE[meeting.minutes.state]}."
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


def _item(row: AgendaRow, moves: Mapping[int, tuple[str, ...]]) -> values.ItemRecord:
    item, treatment = row.item, row.item.treatment
    text = treatment.resolution_text if treatment else ""
    return values.ItemRecord(
        line=_line(row),
        papers=tuple(_paper(step.paper) for step in item.consultations),
        deliberation=treatment.deliberation if treatment else "",
        resolution=text,
        decision=_decision(item),
        ballots=tuple(_ballot(one) for one in item.ballots),
        notes=sentences.changes(item.meeting, item),
        movements=moves.get(item.id, ()),
        recusals=sentences.recusals(item.recusals, public=False),
        resolutions=tuple(_resolution(one, text) for one in item.resolutions),
        elections=tuple(prints.election_block(election(one)) for one in item.elections),
        announcements=tuple(
            values.ResolutionBlock(one.number, one.subject, one.announced_text)
            for one in item.announced
        ),
    )


def _resolution(row: Resolution, text: str) -> values.ResolutionBlock:
    own = row.text_adopted or row.text_put
    return values.ResolutionBlock(row.number, row.subject, "" if own == text else own)


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
    return replace(prints.ballot_block(ballot(row)), difference=row.difference)
