"""Holding a meeting in the demo: from the summons to the released minutes."""

from datetime import datetime

from sitzungsdienst.acts import minutes, organizations, proceedings, releases
from sitzungsdienst.acts.summons import SummonsFacts, summon
from sitzungsdienst.demo.office import Item, Office
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import Minutes


def town_hall(office: Office, room: str = "Sitzungssaal", description: str = "Rathaus") -> int:
    """A room that no source names closer; gives its id."""
    facts = organizations.LocationFacts(room=room, description=description)
    return organizations.create_location(office.session, office.actor, facts, office.now)


def call(office: Office, meeting: int, released: tuple[int, ...] = ()) -> None:
    """Summon to a meeting, and release these papers with it."""
    facts = SummonsFacts(paper_ids=released, acknowledged=True)
    version = office.version(Meeting, meeting)
    summon(office.session, office.actor, meeting, version, facts, office.now)


def held(
    office: Office,
    committee: int,
    name: str,
    start: datetime,
    agenda: tuple[Item, ...],
    released: tuple[int, ...] = (),
) -> int:
    """Plan, summon and open a meeting in the town hall; gives its id."""
    meeting = office.plan(name, committee, start, town_hall(office))
    office.enter_agenda(meeting, Part.PUBLIC, agenda)
    call(office, meeting, released)
    office.now = start
    office.all_present(meeting)
    return meeting


def finish(office: Office, meeting: int, end: datetime, chair: str) -> None:
    """Close, sign and release."""
    version = office.version(Meeting, meeting)
    proceedings.close_meeting(office.session, office.actor, meeting, version, end, office.now)
    office.now = end
    facts = minutes.MinutesFacts(chair_name=chair, clerk_name="Schriftführung")
    row = minutes.draft_minutes(office.session, office.actor, meeting, facts, office.now)
    version = office.version(Minutes, row)
    minutes.sign_minutes(office.session, office.actor, row, version, end.date(), office.now)
    releases.release_minutes(office.session, office.actor, meeting, "", office.now)
