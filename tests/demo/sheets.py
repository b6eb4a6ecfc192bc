"""What offices print on request of the demo's real meetings: every kind that is not issued."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import internal_prints
from sitzungsdienst.acts import resolution_prints as printed
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.attendance_sheets import attendance_sheet
from sitzungsdienst.documents.attendance_list import print_attendance_list
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.followup_report import print_followup_report
from sitzungsdienst.documents.packet_sheets import print_cover, print_front
from sitzungsdienst.documents.resolution_book import print_resolution_book
from sitzungsdienst.documents.submission import print_submission
from sitzungsdienst.documents.values import Certification
from sitzungsdienst.documents.year_calendar import print_year_calendar
from sitzungsdienst.gate import public_sheets
from sitzungsdienst.gate.wording import CONSULTATION_ROLE
from sitzungsdienst.german import on_clock
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import packet_plan, paper_print
from sitzungsdienst.office import resolution_prints as chosen
from sitzungsdienst.office.followup_list import Wanted
from sitzungsdienst.office.local_time import year_span
from sitzungsdienst.office.paper_path import Step
from sitzungsdienst.office.year_sheet import office_calendar
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.papers import Paper

TODAY = date(2026, 8, 3)
Prints = Iterator[tuple[str, bytes]]


def sheets(session: Session) -> Prints:
    """Every kind printed of everything, with a name for each."""
    for meeting in session.scalars(select(Meeting)):
        yield from _of_meeting(session, meeting)
    for paper in session.scalars(select(Paper)):
        yield from _of_paper(session, paper)
    for body in session.scalars(select(Body)):
        yield from _of_body(session, body)


def _of_meeting(session: Session, meeting: Meeting) -> Prints:
    sheet = attendance_sheet(meeting, issued_on=TODAY)
    yield f"attendance list {meeting.id}", print_attendance_list(sheet)
    packet = packet_plan.plan(session, Actor.system(meeting.body_id), meeting, TODAY).packet
    outcomes = {one.source: 2 for one in packet.files()}
    yield f"front {meeting.id}", print_front(packet, outcomes)
    for place, item in enumerate(packet.items):
        yield f"cover {meeting.id}/{place}", print_cover(packet, item, outcomes)
    if meeting.state is MeetingState.CLOSED:
        for item in meeting.agenda:
            yield from _of_item(item)


def _of_item(item: AgendaItem) -> Prints:
    if item.treatment is None and not item.ballots and not item.elections:
        return
    whole = internal_prints.excerpt(item, issued_on=TODAY)
    yield f"excerpt {item.id}", print_excerpt(whole)
    facts = Certification("7/2026", "Sabine Krüger", TODAY, "Kommunalaufsicht")
    yield f"certified {item.id}", print_excerpt(replace(whole, certification=facts))


def _of_paper(session: Session, row: Paper) -> Prints:
    # What a page asks of its reader is answered here: may read all of the path, and no relations.
    path = [
        Step(one, CONSULTATION_ROLE[one.role], one.agenda_item, one.result_note, "")
        for one in row.consultations
    ]
    told = paper_print.submission(row, path, [], issued_on=TODAY)
    yield f"submission {row.id}", print_submission(told)
    reader = Reader(session.connection())
    found = public_sheets.public_submission(reader, row.uid, row.body, issued_on=TODAY)
    if found is not None:
        yield f"public submission {row.id}", print_submission(found)


def _of_body(session: Session, body: Body) -> Prints:
    actor = Actor.system(body.id)
    starts = session.scalars(select(Meeting.start).where(Meeting.body_id == body.id)).all()
    for year in sorted({on_clock(one).year for one in starts}):
        told = public_sheets.public_calendar(
            Reader(session.connection()), body, year, year_span(year), issued_on=TODAY
        )
        yield f"public calendar {body.id}/{year}", print_year_calendar(told)
        told = office_calendar(session, actor, body, year, tells=True, issued_on=TODAY)
        yield f"calendar {body.id}/{year}", print_year_calendar(told)
        period = chosen.of_year(year)
        rows = session.scalars(chosen.of_book(session, actor, period, None)).all()
        book = printed.full_book(body, rows, "Alle Gremien", period.name, issued_on=TODAY)
        yield f"book {body.id}/{year}", print_resolution_book(book)
        book = printed.public_book(
            session, body, rows, "Alle Gremien", period.name, issued_on=TODAY
        )
        yield f"public book {body.id}/{year}", print_resolution_book(book)
    lines = session.scalars(chosen.of_report(session, actor, Wanted(), TODAY)).all()
    report = printed.followup_report(body, lines, (), frozenset(Part), today=TODAY)
    yield f"report {body.id}", print_followup_report(report)
