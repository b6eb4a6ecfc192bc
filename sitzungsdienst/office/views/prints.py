"""Prints made on request: attendance lists to sign, papers, calendars of a year.

They are working copies: not issued, not kept, and each says of which day it is. Versions for the
public are composed from what is filed and give nothing to read that is not public already.
"""

from io import BytesIO

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts.attendance_sheets import attendance_sheet
from sitzungsdienst.documents.attendance_list import print_attendance_list
from sitzungsdienst.documents.submission import print_submission
from sitzungsdienst.documents.year_calendar import print_year_calendar
from sitzungsdienst.gate import public_sheets
from sitzungsdienst.german import on_clock
from sitzungsdienst.office import (
    clock,
    current,
    loading,
    paper_page,
    paper_path,
    paper_print,
    room,
)
from sitzungsdienst.office.database import db
from sitzungsdienst.office.local_time import year_span
from sitzungsdienst.office.permissions import Permission, may, requires
from sitzungsdienst.office.year_sheet import office_calendar
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import Body, Organization
from sitzungsdienst.record.meetings import Meeting, MeetingCommittee
from sitzungsdienst.record.people import Substitute

blueprint = Blueprint("prints", __name__)

YEARS = range(1900, 2201)

_COMMITTEES = selectinload(Meeting.committees).selectinload(MeetingCommittee.organization)
_SUBSTITUTES = _COMMITTEES.selectinload(Organization.substitutes)
SHEET = (
    *room.SEATS,
    _COMMITTEES.selectinload(Organization.institutional_members),
    _SUBSTITUTES.selectinload(Substitute.person),
    _SUBSTITUTES.selectinload(Substitute.for_person),
)


@blueprint.get("/sitzungen/<int:meeting_id>/anwesenheitsliste.pdf")
@requires(Permission.PROCEEDINGS_KEEP)
def attendance_list(meeting_id: int) -> ResponseReturnValue:
    """Print the list that those who come sign."""
    meeting = room.load_meeting(meeting_id, *SHEET)
    content = print_attendance_list(attendance_sheet(meeting, issued_on=clock.today()))
    return _pdf(content, f"Anwesenheitsliste-{on_clock(meeting.start):%Y-%m-%d}.pdf")


@blueprint.get("/vorlagen/<int:paper_id>/vorlage.pdf")
@requires(Permission.PAPERS_READ)
def paper(paper_id: int) -> ResponseReturnValue:
    """Print a paper whole, as far as its reader may read it."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    printed = paper_print.submission(
        row, paper_path.steps(row), paper_page.relations(row), issued_on=clock.today()
    )
    return _pdf(print_submission(printed), f"Vorlage-{row.id}.pdf")


@blueprint.get("/vorlagen/<int:paper_id>/vorlage-oeffentlich.pdf")
@requires(Permission.PAPERS_READ)
def public_paper(paper_id: int) -> ResponseReturnValue:
    """Print what the public can read of a paper; 404 while that is nothing."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    reader = Reader(db.session().connection())
    found = public_sheets.public_submission(reader, row.uid, row.body, issued_on=clock.today())
    if found is None:
        raise NotFound
    return _pdf(print_submission(found), f"Vorlage-{row.id}-oeffentlich.pdf")


@blueprint.get("/sitzungen/jahreskalender.pdf")
@requires(Permission.MEETINGS_READ)
def year_calendar() -> ResponseReturnValue:
    """Print the year with all meetings that the reader may read."""
    year, committee = _year(), _committee()
    printed = office_calendar(
        db.session(),
        current.actor(),
        _body(),
        year,
        committee,
        tells=may(Permission.PUBLIC_RELEASE),
        issued_on=clock.today(),
    )
    return _pdf(print_year_calendar(printed), f"Sitzungskalender-{year}.pdf")


@blueprint.get("/sitzungen/jahreskalender-oeffentlich.pdf")
@requires(Permission.MEETINGS_READ)
def public_year_calendar() -> ResponseReturnValue:
    """Print the year with the meetings that the public can open."""
    year, committee = _year(), _committee()
    printed = public_sheets.public_calendar(
        Reader(db.session().connection()),
        _body(),
        year,
        year_span(year),
        organization=committee.uid if committee else "",
        issued_on=clock.today(),
    )
    return _pdf(print_year_calendar(printed), f"Sitzungskalender-{year}-oeffentlich.pdf")


def _body() -> Body:
    """The Body the actor works for; whoever belongs to none has no calendar."""
    body_id = current.actor().body_id
    if body_id is None:
        raise NotFound
    return db.session().get_one(Body, body_id)


def _year() -> int:
    """The year that is asked for, or this one."""
    typed = request.args.get("jahr", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    if typed and year not in YEARS:
        raise NotFound
    return year or clock.today().year


def _committee() -> Organization | None:
    """The committee that is asked for; 404 for one the reader does not know."""
    typed = request.args.get("gremium", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise NotFound
    return loading.organization(db.session(), current.actor(), int(typed))


def _pdf(content: bytes, name: str) -> ResponseReturnValue:
    return send_file(
        BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=name
    )
