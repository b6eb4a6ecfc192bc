"""What the pages of the session room share: the meeting with all they show, ways, local time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.base import ExecutableOption

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.proceedings import demand_in_session
from sitzungsdienst.gate.wording import PART
from sitzungsdienst.german import local_day, on_clock
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import current, loading
from sitzungsdienst.office.database import db
from sitzungsdienst.office.links import link_to
from sitzungsdienst.office.local_time import moment
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.elections import Election
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee
from sitzungsdienst.record.papers import Consultation
from sitzungsdienst.record.people import Membership
from sitzungsdienst.record.proceedings import Attendance, Ballot, Recusal, Vote

# The name under which other areas lead to each other.
way_to = link_to

HALF_A_DAY = timedelta(hours=12)

_SEATS = (
    selectinload(Meeting.committees)
    .selectinload(MeetingCommittee.organization)
    .selectinload(Organization.memberships)
)
SEATS: tuple[ExecutableOption, ...] = (
    _SEATS.selectinload(Membership.person),
    _SEATS.selectinload(Membership.on_behalf_of),
    selectinload(Meeting.attendances).selectinload(Attendance.person),
    selectinload(Meeting.attendances).selectinload(Attendance.interruptions),
)
"""For pages that list who sits in the meeting and who was there."""

COMMITTEES: tuple[ExecutableOption, ...] = (
    selectinload(Meeting.committees).selectinload(MeetingCommittee.organization),
)
"""For pages that name the committees that meet."""

_ITEMS = selectinload(Meeting.items)
ITEMS: tuple[ExecutableOption, ...] = (
    _ITEMS.selectinload(AgendaItem.treatment),
    _ITEMS.selectinload(AgendaItem.ballots).selectinload(Ballot.votes).selectinload(Vote.person),
    _ITEMS.selectinload(AgendaItem.ballots).selectinload(Ballot.stances),
    _ITEMS.selectinload(AgendaItem.elections).selectinload(Election.rounds),
    _ITEMS.selectinload(AgendaItem.recusals).selectinload(Recusal.person),
    _ITEMS.selectinload(AgendaItem.consultations).selectinload(Consultation.paper),
)
"""For pages that list the agenda with what was done."""


@dataclass(frozen=True, slots=True)
class Way:
    """A page of the meeting that the navigation leads to."""

    label: str
    href: str
    current: bool


WAYS = (
    ("Verlauf", "proceedings.overview"),
    ("Anwesenheit", "proceedings.attendance"),
    ("Beschlüsse", "resolutions.of_meeting"),
    ("Schließen", "proceedings.close"),
    ("Niederschrift", "minutes.page"),
    ("Freigabe", "releases.page"),
)


def load_meeting(meeting_id: int, *options: ExecutableOption) -> Meeting:
    """Load a meeting that the signed-in user may read, with what `options` name; else 404."""
    meeting = loading.meeting(db.session(), current.actor(), meeting_id)
    if options:
        db.session.scalars(select(Meeting).where(Meeting.id == meeting_id).options(*options)).all()
    return meeting


def page(template: str, meeting: Meeting, here: str, **values: Any) -> str:
    """Render a page of the meeting; `here` is the endpoint of the way it belongs to."""
    ways = [
        Way(label, url_for(endpoint, meeting_id=meeting.id), endpoint == here)
        for label, endpoint in WAYS
    ]
    return render_template(
        template, meeting=meeting, ways=ways, trail=trail(meeting), part_word=part_word, **values
    )


def trail(meeting: Meeting) -> list[tuple[str, str]]:
    """The breadcrumb up to the meeting."""
    return [
        ("Sitzungen", link_to("meetings.index")),
        (
            f"{meeting.name}, {local_day(meeting.start):%d.%m.%Y}",
            link_to("meetings.show", meeting_id=meeting.id)
            or url_for("proceedings.overview", meeting_id=meeting.id),
        ),
    ]


def closed_because(meeting: Meeting) -> str:
    """Why nothing can be recorded now, as a German sentence; "" if something can."""
    try:
        demand_in_session(meeting)
    except RuleBroken as broken:
        return broken.sentence
    return ""


def part_word(part: Part) -> str:
    """The word of an item's badge."""
    return PART[part]


def moment_in(meeting: Meeting, clock: time | None) -> datetime | None:
    """The moment of a time in the meeting: long before its beginning means after midnight."""
    if clock is None:
        return None
    day = local_day(meeting.start)
    here = moment(day, clock)
    if meeting.start - here > HALF_A_DAY:
        return moment(day + timedelta(days=1), clock)
    return here


def clock_of(at: datetime | None) -> time | None:
    """The time in Berlin that a form shows for a moment."""
    return on_clock(at).time() if at is not None else None
