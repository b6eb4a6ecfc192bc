"""Acts on announcing (Bekanntgabe) what was resolved in the non-public part.

A non-public resolution is announced once the public is there again, or in the next public meeting
(§ 52 KVG LSA, Art. 52 GO, § 35 GemO), unless a reason forbids it: then the reason is kept.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.german import local_day
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.meetings import AgendaItem, MeetingState
from sitzungsdienst.record.resolutions import Announcement, Resolution

#: The subject of the item in which they are announced, as proposed.
ITEM_TITLE = "Bekanntgabe der in nichtöffentlicher Sitzung gefassten Beschlüsse"

MANY_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementFacts:
    """What is planned: announced with this text (OWED), or not, for this reason (WITHHELD)."""

    announcement: Announcement
    announced_text: str = ""
    announcement_reason: str = ""


def plan_announcement(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: AnnouncementFacts,
    now: datetime,
) -> None:
    """Say what the public is to hear of a non-public resolution, or why it must not."""
    with act(session, actor, "plan_announcement", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        _demand_open(row)
        if facts.announcement not in (Announcement.OWED, Announcement.WITHHELD):
            raise RuleBroken("announcement", "Bitte wählen Sie, ob bekannt gegeben wird.")
        withheld = facts.announcement is Announcement.WITHHELD
        row.announcement = facts.announcement
        row.announced_text = checks.text("announced_text", facts.announced_text)
        row.announcement_reason = checks.text(
            "announcement_reason",
            facts.announcement_reason,
            needed="Bitte geben Sie an, warum nicht bekannt gegeben wird." if withheld else "",
            limit=2_000,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """When a resolution was announced, and in which public item if it was in a meeting."""

    announced_on: date
    announced_item_id: int | None = None


def announce_resolution(
    session: Session, actor: Actor, row_id: int, version: int, facts: Announced, now: datetime
) -> None:
    """Note that a resolution was announced: in a public item, or in another way on that day."""
    with act(session, actor, "announce_resolution", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        item = None
        if facts.announced_item_id is not None:
            item = run.fetch(AgendaItem, facts.announced_item_id)
        _announce(run, row, item, facts.announced_on, "announced_item_id")


def announce_resolutions(
    session: Session, actor: Actor, item_id: int, resolution_ids: tuple[int, ...], now: datetime
) -> None:
    """Note that several resolutions were announced in a public item, all or none.

    Raises RuleBroken with the field "resolution-<id>" for one that cannot have been.
    """
    with act(session, actor, "announce_resolutions", now) as run:
        item = run.about(run.fetch(AgendaItem, item_id))
        if not resolution_ids or len(resolution_ids) > MANY_AT_ONCE:
            raise RuleBroken("", "Bitte wählen Sie aus, welche Beschlüsse bekannt gegeben wurden.")
        day = local_day(item.meeting.start)
        for row_id in sorted(set(resolution_ids)):
            row = run.fetch(Resolution, row_id)
            _announce(run, row, item, day, f"resolution-{row_id}")


def revoke_announcement(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take the note back that was made by mistake: the announcement is owed again."""
    with act(session, actor, "revoke_announcement", now) as run:
        row = run.about(run.fetch(Resolution, row_id, version=version))
        if row.announcement is not Announcement.ANNOUNCED:
            raise RuleBroken("", "Der Beschluss ist nicht als bekannt gegeben vermerkt.")
        if _public_heard(session, row):
            raise RuleBroken(
                "",
                "Die Bekanntgabe ist veröffentlicht. Nehmen Sie zuerst den Auszug des Punktes"
                " zurück, in dem sie steht.",
            )
        row.announcement = Announcement.OWED
        row.announced_on = row.announced_item = None


def _announce(run: Run, row: Resolution, item: AgendaItem | None, day: date, field: str) -> None:
    _demand_open(row)
    if not row.announced_text:
        raise RuleBroken(field, f"Zum Beschluss {row.number} fehlt der Wortlaut der Bekanntgabe.")
    if day > local_day(run.now):
        raise RuleBroken("announced_on", "Das Datum liegt in der Zukunft. Bitte prüfen Sie es.")
    if day < row.decided_on:
        raise RuleBroken(
            "announced_on",
            f"Der Beschluss {row.number} wurde erst danach gefasst. Bitte prüfen Sie das Datum.",
        )
    if item is not None:
        _demand_public(item, day, field)
    row.announcement = Announcement.ANNOUNCED
    row.announced_on, row.announced_item = day, item


def _demand_public(item: AgendaItem, day: date, field: str) -> None:
    """Announced is only what the public could hear: in a public item of a meeting that was held."""
    meeting = item.meeting
    if item.actual_part is not Part.PUBLIC or item.removed_at is not None:
        raise RuleBroken(field, "Bitte wählen Sie einen Punkt des öffentlichen Teils.")
    if meeting.state is MeetingState.PLANNED or meeting.cancelled:
        raise RuleBroken(field, "Diese Sitzung hat nicht stattgefunden.")
    if day < local_day(meeting.start):
        raise RuleBroken(
            "announced_on", "Die Sitzung war erst nach diesem Tag. Bitte prüfen Sie das Datum."
        )


def _demand_open(row: Resolution) -> None:
    if row.actual_part is Part.PUBLIC:
        raise RuleBroken("", "Der Beschluss ist öffentlich gefasst; bekannt zu geben ist nichts.")
    if row.part is Part.PUBLIC:
        raise RuleBroken(
            "",
            "Der Punkt ist inzwischen als nichtöffentlich behandelt erfasst. Gleichen Sie zuerst"
            " den Beschluss mit der Beratung ab.",
        )
    if row.void:
        raise RuleBroken("", "Der Beschluss ist als ungültig vermerkt.")
    if row.announcement is Announcement.ANNOUNCED:
        raise RuleBroken(
            "",
            f"Der Beschluss {row.number} ist schon als bekannt gegeben vermerkt. Nehmen Sie den"
            " Vermerk zuerst zurück, wenn etwas zu berichtigen ist.",
        )


def _public_heard(session: Session, row: Resolution) -> bool:
    """Whether the public can read the announcement in the excerpt of its item."""
    if row.announced_item is None:
        return False
    filed = Reader(session.connection()).get(PublicAgendaItem, row.announced_item.uid)
    document = filed.document if filed is not None else None
    return document is not None and any(one.number == row.number for one in document.announcements)
