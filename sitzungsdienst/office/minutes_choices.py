"""Later meetings and items that pages of the minutes let people choose from."""

from sqlalchemy.orm import selectinload
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind

from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.german import plain_date
from sitzungsdienst.office import current, loading, room
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import options
from sitzungsdienst.record.meetings import Meeting, MeetingState

NONE = "– nicht angegeben –"


def later(meeting: Meeting, limit: int = 50) -> list[Meeting]:
    """Later meetings of the same committees that are not cancelled, the next one first."""
    seated = {one.id for one in meeting.organizations}
    found = db.session.scalars(
        loading.meetings(db.session(), current.actor())
        .where(Meeting.start > meeting.start, Meeting.cancelled.is_(False))
        .options(*room.COMMITTEES, selectinload(Meeting.items))
        .order_by(Meeting.start)
        .limit(limit)
    )
    return [one for one in found if seated & {committee.id for committee in one.organizations}]


def meetings(found: list[Meeting], *, planned: bool = False) -> list[tuple[int, str]]:
    """The meetings as choices; with `planned` those alone whose agenda can still grow."""
    return [
        (one.id, f"{plain_date(one.start)}, {one.name}")
        for one in found
        if not planned or one.state is MeetingState.PLANNED
    ]


def items(found: list[Meeting], *, most: int = 6) -> list[SelectChoice]:
    """The items of the first of these meetings, grouped by meeting."""
    choices = options((), empty=NONE)
    for one in found[:most]:
        group = f"{plain_date(one.start)}, {one.name}"
        pairs = [(row.item.id, f"{row.number} {row.item.title}") for row in agenda_rows(one.agenda)]
        choices += options(pairs, group=group)
    return choices
