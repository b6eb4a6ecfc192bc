"""Resolutions of a meeting, numbered and read back."""

from sqlalchemy import select

from sitzungsdienst.acts import proceedings, resolutions
from sitzungsdienst.acts.resolutions import Numbering, ResolutionFacts
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.proceedings import Decision
from sitzungsdienst.record.resolutions import Resolution
from tests.support.builders import AFTERWARDS, Builder, Chapter

FACTS = ResolutionFacts(subject="Richtlinie", decision=Decision.ADOPTED, text_adopted="So.")


def set_pattern(build: Builder, pattern: str) -> None:
    build.session.get_one(Body, build.actor.body_id).resolution_number_pattern = pattern
    build.session.commit()


def number(build: Builder, chapter: Chapter, *items: int, **typed: str) -> list[Resolution]:
    wanted = tuple(Numbering(item_id=one, number=typed.get(f"i{one}", "")) for one in items)
    made = resolutions.number_resolutions(
        build.session, build.actor, chapter.meeting, wanted, AFTERWARDS
    )
    build.session.rollback()
    return [build.session.get_one(Resolution, one) for one in made]


def add(build: Builder, item: int, **more: str) -> int:
    facts = ResolutionFacts(subject="Richtlinie", decision=Decision.ADOPTED, **more)
    return resolutions.add_resolution(build.session, build.actor, item, facts, AFTERWARDS)


def row(build: Builder, resolution: int) -> Resolution:
    build.session.rollback()
    return build.session.get_one(Resolution, resolution, populate_existing=True)


def numbers(build: Builder) -> list[str]:
    build.session.rollback()
    return list(build.session.scalars(select(Resolution.number).order_by(Resolution.id)))


def treat(build: Builder, item: int, **facts: object) -> None:
    """Record anew what was said on an item."""
    build.session.rollback()
    stored = build.session.get_one(AgendaItem, item).treatment
    whole = proceedings.TreatmentFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
    version = stored.version if stored else None
    args = (build.session, build.actor, item, version, whole, AFTERWARDS)
    proceedings.record_treatment(*args)
