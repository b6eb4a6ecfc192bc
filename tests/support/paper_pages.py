"""What tests of the papers' pages do again and again."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from sitzungsdienst.acts import meetings
from sitzungsdienst.record.bodies import Body, OrganizationKind
from tests.support.browser import OfficeClient
from tests.support.cast import Cast
from tests.support.registry import Registry


def unit(registry: Registry, name: str = "Fachbereich 3", short_name: str = "FB3") -> int:
    return registry.organization(name, OrganizationKind.UNIT, short_name=short_name)


def pattern(session: Session, text: str) -> None:
    session.rollback()
    body = session.get_one(Body, 1)
    body.paper_number_pattern = text
    session.commit()


def version(session: Session, kind: type, row_id: int) -> str:
    session.rollback()
    found = str(session.get_one(kind, row_id, populate_existing=True).version)
    session.rollback()
    return found


def press(clerk: OfficeClient, path: str, page: str, **data: str) -> Any:
    """Send one of a page's small forms."""
    return clerk.submit(path, data, page=page)


TEXTS = {
    "facts": "Im Landkreis leben viele.",
    "reasons": "Darum.",
    "financial_effects": "25.000 €",
    "handled_by": "Brummunt, Erdmute",
}


def meeting_of(registry: Registry, cast: Cast) -> int:
    """A meeting of the committee in sixteen days, planned and not yet summoned."""
    facts = meetings.MeetingFacts(
        name="Sitzung",
        committee_ids=(cast.committee,),
        start=registry.now + timedelta(days=16),
        location_id=registry.location(),
    )
    return meetings.plan_meeting(registry.session, registry.actor, facts, registry.now)
