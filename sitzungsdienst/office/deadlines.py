"""How the office's pages tell the legal clock: traffic lights in words, days left, where to go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sitzungsdienst.acts.meeting_clock import clocks
from sitzungsdienst.law.deadlines import Deadline, Light
from sitzungsdienst.law.telling import CERTAINTY_NAMES
from sitzungsdienst.law.values import Certainty
from sitzungsdienst.office.database import db
from sitzungsdienst.office.links import link_to
from sitzungsdienst.office.meeting_words import Badge
from sitzungsdienst.record.meetings import Meeting

#: The kind of badge of each light; each kind has an icon of its own shape beside its colour.
KINDS = {
    Light.GREEN: "success",
    Light.AMBER: "warning",
    Light.RED: "danger",
    Light.GREY: "info",
}
#: Where a deadline is met, by the kind in its key.
ENDPOINTS = {
    "summons": "summons.page",
    "public_notice": "summons.page",
    "minutes": "minutes.page",
    "approval": "minutes.page",
    "recording": "deadlines.page",
    "announcement": "announcements.plan",
    "objection": "resolutions.show",
    "new_meeting": "resolutions.show",
}
URGENT = (Light.RED, Light.AMBER)


@dataclass(frozen=True, slots=True)
class ToldDeadline:
    """A deadline of a meeting for a page. `left` tells the days that are left, or since when."""

    meeting: Meeting
    deadline: Deadline
    badge: Badge
    left: str
    href: str
    caution: str


def of_meetings(meetings: Sequence[Meeting], today: date) -> dict[int, tuple[ToldDeadline, ...]]:
    """The deadlines of each meeting, told, in order of time."""
    found = clocks(db.session(), meetings, today)
    return {
        meeting.id: tuple(told(meeting, one, today) for one in found[meeting.id])
        for meeting in meetings
    }


def told(meeting: Meeting, one: Deadline, today: date) -> ToldDeadline:
    """A deadline told."""
    return ToldDeadline(
        meeting=meeting,
        deadline=one,
        badge=Badge(word_of(one), KINDS[one.light]),
        left=_left(one, today),
        href=_href(meeting, one),
        caution=_caution(one),
    )


def word_of(one: Deadline) -> str:
    """The light in a word: what has to be done, or how it was done."""
    if one.light is Light.GREY:
        return "noch offen"
    if one.done_on is not None:
        return "verspätet" if one.light is Light.RED else "erledigt"
    if is_waiting(one):
        return "abwarten" if one.light is Light.AMBER else "abgelaufen"
    return {Light.RED: "überschritten", Light.AMBER: "bald fällig"}.get(one.light, "Zeit genug")


def is_waiting(one: Deadline) -> bool:
    """Whether it is a period in which others may act: nothing is to be done, it has to pass."""
    return one.key.startswith("objection:")


def urgent(lists: Iterable[Sequence[ToldDeadline]]) -> list[ToldDeadline]:
    """What is late or soon to be done, of several meetings: the late ones first, then by day."""
    found = [
        one
        for some in lists
        for one in some
        if one.deadline.light in URGENT
        and one.deadline.done_on is None
        and not is_waiting(one.deadline)
    ]
    return sorted(found, key=_order)


def _order(one: ToldDeadline) -> tuple[int, date, datetime, str]:
    deadline = one.deadline
    rank = URGENT.index(deadline.light)
    return rank, deadline.due or date.max, one.meeting.start, deadline.key


def due_of(told_: Sequence[ToldDeadline], key: str) -> date | None:
    """The last day of one of the deadlines; None where none can be told."""
    return next((one.deadline.due for one in told_ if one.deadline.key == key), None)


Clocks = Mapping[int, Sequence[ToldDeadline]]


def _left(one: Deadline, today: date) -> str:
    """How long there is time yet; "" where nothing is to be done any more, or no day is known."""
    if one.due is None or one.done_on is not None or one.light is Light.GREY:
        return ""
    days = (one.due - today).days
    if days < 0:
        if is_waiting(one):
            return ""
        return "seit gestern" if days == -1 else f"seit {-days} Tagen"
    return {0: "heute", 1: "morgen"}.get(days, f"noch {days} Tage")


def _href(meeting: Meeting, one: Deadline) -> str:
    kind, _, key = one.key.partition(":")
    if key:
        return link_to(ENDPOINTS[kind], resolution_id=int(key))
    return link_to(ENDPOINTS[kind], meeting_id=meeting.id)


def _caution(one: Deadline) -> str:
    """How well the rule is proven, where it is not certain."""
    if not one.norm or one.certainty is Certainty.CERTAIN:
        return ""
    return CERTAINTY_NAMES[one.certainty]
