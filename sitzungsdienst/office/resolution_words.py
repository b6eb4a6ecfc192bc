"""How the office's pages name what becomes of a resolution."""

from datetime import date

from sitzungsdienst.acts.followup import ENDED, WAITING
from sitzungsdienst.gate.wording import PROGRESS
from sitzungsdienst.german import plain_date
from sitzungsdienst.office.meeting_words import Badge
from sitzungsdienst.record.resolutions import Announcement, Progress, Resolution

ANNOUNCEMENT = {
    Announcement.NOT_NEEDED: "nicht nötig",
    Announcement.OWED: "Bekanntgabe offen",
    Announcement.ANNOUNCED: "bekannt gegeben",
    Announcement.WITHHELD: "wird nicht bekannt gegeben",
}

_KINDS = {
    Progress.NOTHING_TO_DO: "neutral",
    Progress.OPEN: "info",
    Progress.RUNNING: "info",
    Progress.DONE: "success",
    Progress.DROPPED: "neutral",
}
_ANNOUNCED_KINDS = {
    Announcement.OWED: "warning",
    Announcement.ANNOUNCED: "success",
    Announcement.WITHHELD: "neutral",
}


def overdue(row: Resolution, today: date) -> bool:
    """Whether the day has passed by which the resolution should have been carried out."""
    waits = row.progress in WAITING and not row.void and not row.suspended(today)
    return waits and row.due_on is not None and row.due_on < today


def progress_badges(row: Resolution, today: date) -> tuple[Badge, ...]:
    """How far the resolution is, and what stands in the way."""
    if row.void:
        return (Badge("ungültig", "danger"),)
    found = [Badge(PROGRESS[row.progress], _KINDS[row.progress])]
    if row.progress not in ENDED and row.suspended(today) and row.suspended_until is not None:
        found.append(Badge(f"Vollzug ausgesetzt bis {plain_date(row.suspended_until)}", "warning"))
    if overdue(row, today):
        found.append(Badge("überfällig", "danger"))
    return tuple(found)


def announcement_badge(row: Resolution) -> Badge | None:
    """How the announcement stands; None where none is needed."""
    kind = _ANNOUNCED_KINDS.get(row.announcement)
    return None if kind is None or row.void else Badge(ANNOUNCEMENT[row.announcement], kind)
