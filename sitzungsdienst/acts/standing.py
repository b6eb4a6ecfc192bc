"""Standing items (ständige Punkte) of a committee, with which a new agenda begins."""

from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import agenda_tree as tree
from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.agenda import MAX_LINES, Line, append_lines
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.changes import StandingItem
from sitzungsdienst.record.meetings import Meeting, MeetingState


def set_standing_items(
    session: Session,
    actor: Actor,
    organization_id: int,
    version: int,
    public_lines: tuple[Line, ...],
    nonpublic_lines: tuple[Line, ...],
    now: datetime,
) -> None:
    """Set the standing items of a committee, both parts at once; agendas made before stay."""
    with act(session, actor, "set_standing_items", now) as run:
        row = run.about(run.fetch(Organization, organization_id, version=version))
        if row.kind is not OrganizationKind.COMMITTEE:
            raise RuleBroken("", "Ständige Punkte haben nur Gremien.")
        made = [
            *_made("public_lines", Part.PUBLIC, public_lines),
            *_made("nonpublic_lines", Part.NONPUBLIC, nonpublic_lines),
        ]
        for position, one in enumerate(made, start=1):
            one.position = position
        row.standing_items = made
        flag_modified(row, "modified_at")


def _made(field: str, part: Part, lines: tuple[Line, ...]) -> list[StandingItem]:
    if len(lines) > MAX_LINES:
        raise RuleBroken(field, f"Höchstens {MAX_LINES} Zeilen sind möglich.")
    made = []
    for line in lines:
        if not 0 <= line.level < tree.MAX_LEVELS:
            raise RuleBroken(field, f"Mehr als {tree.MAX_LEVELS} Ebenen sind nicht vorgesehen.")
        title = checks.line(field, line.title, needed="Bitte geben Sie den Betreff ein.")
        made.append(StandingItem(part=part, level=line.level, kind=line.kind, title=title))
    return made


def offered(meeting: Meeting) -> bool:
    """Whether the leading committee's standing items may still be taken over, once."""
    if meeting.state is not MeetingState.PLANNED or not meeting.committees:
        return False
    titles = {one.title for one in meeting.committees[0].organization.standing_items}
    return bool(titles) and not titles & {one.title for one in meeting.items}


def take_over_standing_items(
    session: Session, actor: Actor, meeting_id: int, now: datetime
) -> tuple[int, ...]:
    """Put the leading committee's standing items at the end of both parts; gives the items' ids."""
    with act(session, actor, "take_over_standing_items", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id))
        tree.demand_open(meeting)
        if not offered(meeting):
            raise RuleBroken("", "Die ständigen Punkte sind schon übernommen, oder es gibt keine.")
        items = meeting.committees[0].organization.standing_items
        added: tuple[int, ...] = ()
        for part in Part:
            lines = [Line(one.title, one.level, one.kind) for one in items if one.part is part]
            added += append_lines(run, meeting, part, lines)
        return added
