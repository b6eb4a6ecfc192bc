"""The office's first page: what comes next for the signed-in user."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import and_, or_
from sqlalchemy.orm import selectinload

from sitzungsdienst.gate.shown import announced
from sitzungsdienst.office import clock, current, followup_list, loading, whole_meeting
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
    today, coming = clock.today(), _coming()
    waiting = [
        (meeting, due) for meeting in _unfinished() if (due := next_due(meeting, today)) is not None
    ]
    return render_template(
        "office/start/clerk.html",
        coming=[(meeting, next_due(meeting, today)) for meeting in coming],
        waiting=waiting,
        announced=announced(db.session(), [one.uid for one in coming]),
        errands=followup_list.errands(db.session(), current.actor(), today),
    )


def _coming() -> Sequence[Meeting]:
    query = loading.meetings(db.session(), current.actor()).where(
        Meeting.start >= midnight(clock.today())
    )
    return db.session.scalars(
        query.options(*whole_meeting.LISTED).order_by(Meeting.start, Meeting.id).limit(MOST_COMING)
    ).all()


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
        query.options(*whole_meeting.LISTED).order_by(Meeting.start, Meeting.id).limit(MOST_WAITING)
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
        documents={
            meeting_id: [one for one in documents if one.meeting_id == meeting_id]
            for meeting_id in wanted
        },
        kinds=DOCUMENTS,
    )
