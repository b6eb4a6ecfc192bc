"""The office's first page: what comes next for the signed-in user."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import and_, or_
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts.meeting_clock import WITH_CLOCK
from sitzungsdienst.gate.shown import announced
from sitzungsdienst.office import (
    clock,
    current,
    deadlines,
    followup_list,
    loading,
    whole_meeting,
)
from sitzungsdienst.office.database import db
from sitzungsdienst.office.due import next_due
from sitzungsdienst.office.local_time import midnight
from sitzungsdienst.office.meeting_words import DOCUMENTS
from sitzungsdienst.office.permissions import Permission, may, requires
from sitzungsdienst.record.accounts import UserRole
from sitzungsdienst.record.meetings import Meeting, MeetingState
from sitzungsdienst.record.minutes import Minutes, MinutesState
from sitzungsdienst.record.papers import IssuedDocument

blueprint = Blueprint("home", __name__)

MOST_COMING = 8
MOST_WAITING = 12
MOST_URGENT = 12
#: How long after a meeting its deadlines stay on the first page.
JUST_HELD = timedelta(days=120)
WANTED = (*whole_meeting.LISTED, *WITH_CLOCK)


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    """Show what comes next: to clerks what is due, to members their meetings and papers."""
    if may(Permission.MEETINGS_EDIT):
        return _clerk()
    me = current.me()
    if me is not None and me.actor.role is UserRole.MEMBER:
        return _member()
    return render_template("office/home.html")


def _clerk() -> str:
    today, coming, unfinished = clock.today(), _coming(), _unfinished()
    watched = {one.id: one for one in (*_just_held(), *unfinished, *coming)}
    due = deadlines.of_meetings(list(watched.values()), today)
    waiting = [
        (meeting, one)
        for meeting in unfinished
        if (one := next_due(meeting, due[meeting.id], today)) is not None
    ]
    # A meeting that passed without a summons has one question open, and no deadlines any more.
    passed = {one.id for one in unfinished if one.state is MeetingState.PLANNED}
    urgent = deadlines.urgent(some for key, some in due.items() if key not in passed)
    return render_template(
        "office/start/clerk.html",
        coming=[(meeting, next_due(meeting, due[meeting.id], today)) for meeting in coming],
        waiting=waiting,
        urgent=urgent[:MOST_URGENT],
        further=len(urgent[MOST_URGENT:]),
        announced=announced(db.session(), [one.uid for one in coming]),
        errands=followup_list.errands(db.session(), current.actor(), today),
    )


def _coming() -> Sequence[Meeting]:
    query = loading.meetings(db.session(), current.actor()).where(
        Meeting.start >= midnight(clock.today())
    )
    return db.session.scalars(
        query.options(*WANTED).order_by(Meeting.start, Meeting.id).limit(MOST_COMING)
    ).all()


def _just_held() -> Sequence[Meeting]:
    today = clock.today()
    query = loading.meetings(db.session(), current.actor()).where(
        Meeting.start >= midnight(today - JUST_HELD),
        Meeting.start < midnight(today),
        Meeting.cancelled.is_(False),
    )
    return db.session.scalars(query.options(*WANTED).order_by(Meeting.start, Meeting.id)).all()


def _unfinished() -> Sequence[Meeting]:
    """Meetings of the past that still wait for something, the oldest first."""
    unsigned = (MinutesState.DRAFT, MinutesState.PRESENTED)
    drafted = or_(Minutes.id.is_(None), Minutes.state.in_(unsigned))
    query = (
        loading.meetings(db.session(), current.actor())
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.start < midnight(clock.today()),
            Meeting.cancelled.is_(False),
            or_(
                Meeting.state != MeetingState.CLOSED,
                and_(Meeting.state == MeetingState.CLOSED, drafted),
            ),
        )
    )
    return db.session.scalars(
        query.options(*WANTED).order_by(Meeting.start, Meeting.id).limit(MOST_WAITING)
    ).all()


def _member() -> str:
    session, actor = db.session(), current.actor()
    today = midnight(clock.today())
    readable = loading.meetings(session, actor).options(
        *whole_meeting.WITH_AGENDA, selectinload(Meeting.items)
    )
    coming = session.scalars(
        readable.where(Meeting.start >= today).order_by(Meeting.start, Meeting.id)
    ).all()
    past = session.scalars(
        readable.where(Meeting.start < today).order_by(Meeting.start.desc(), Meeting.id).limit(5)
    ).all()
    wanted = [one.id for one in (*coming, *past)]
    documents = session.scalars(
        loading.documents(session, actor)
        .where(IssuedDocument.meeting_id.in_(wanted))
        .order_by(IssuedDocument.id)
    ).all()
    return render_template(
        "office/start/member.html",
        coming=coming,
        past=past,
        agendas={one.id: loading.agenda(session, actor, one) for one in coming},
        documents={
            meeting_id: [one for one in documents if one.meeting_id == meeting_id]
            for meeting_id in wanted
        },
        kinds=DOCUMENTS,
    )
