"""What the public could infer of the items treated behind closed doors, and must not.

The principle, stated once: the public version says of hidden items nothing that lets one infer
them: no number, no time, no person that was there for them alone; and it names meetings and items
only if they are filed with the public. What is not certain counts as hidden: an item without times
may have been treated in all the time that its neighbours leave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sitzungsdienst.gate.agenda import called_rows
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, ItemKind, Meeting
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Capacity

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hidden:
    """When a meeting was, or may have been, behind closed doors, and when it surely was open.

    `begins_open` and `ends_open` tell whether the first and the last item called were public.
    """

    closed: tuple[Span, ...]
    open: tuple[Span, ...]
    begins_open: bool
    ends_open: bool

    @classmethod
    def of(cls, meeting: Meeting) -> "Hidden":
        """As far as the times of the items are recorded."""
        called = called_items(meeting)
        closed = [_closed(called, place) for place, one in enumerate(called) if not _public(one)]
        closed += [
            (one.treatment.began_at, one.treatment.ended_at or LAST)
            for one in meeting.items
            if one not in called and not _public(one)
            if one.treatment is not None and one.treatment.began_at is not None
        ]
        return cls(
            closed=tuple(closed),
            open=tuple(_open(one, closed) for one in called if _public(one) and timed(one)),
            begins_open=bool(called) and _public(called[0]),
            ends_open=bool(called) and _public(called[-1]),
        )

    def covers(self, moment: datetime | None) -> bool:
        """Whether a moment falls, or may fall, into what was treated behind closed doors."""
        return moment is not None and any(since <= moment <= until for since, until in self.closed)

    def keeps_back(self, row: Attendance) -> bool:
        """Whether the public does not hear of a guest or of staff.

        So it is with who was there for hidden items alone. Of who was called in and did not come
        nobody knows for which item it was.
        """
        if not self.closed or not called_in(row):
            return False
        if row.kind is not AttendanceKind.PRESENT:
            return True
        if (row.arrived_at is None and self.begins_open) or (
            row.left_at is None and self.ends_open
        ):
            return False
        stay = row.arrived_at or FIRST, row.left_at or LAST
        return _meet(stay, self.closed) and not _meet(stay, self.open)


def called_in(row: Attendance) -> bool:
    """Whether somebody is there as a guest or as staff, without a vote."""
    return not row.voting_right and row.capacity in (Capacity.GUEST, Capacity.STAFF)


def called_items(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """What was called, in its order: the agenda without headings, which take no time."""
    rows = called_rows(meeting.agenda)
    return tuple(
        one.item for one in rows if one.item.kind is not ItemKind.HEADING or timed(one.item)
    )


def timed(item: AgendaItem) -> bool:
    """Whether it is recorded when the item was called."""
    return item.treatment is not None and item.treatment.began_at is not None


def untimed(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The hidden items of which it is not recorded when they were called."""
    return tuple(one for one in called_items(meeting) if not _public(one) and not timed(one))


def _public(item: AgendaItem) -> bool:
    return item.actual_part is Part.PUBLIC


def _closed(called: Sequence[AgendaItem], place: int) -> Span:
    """From when to when a hidden item was treated, or may have been between its neighbours."""
    treatment = called[place].treatment
    if treatment is not None and treatment.began_at is not None:
        return treatment.began_at, treatment.ended_at or LAST
    before = _times(called[:place])
    after = _times(called[place + 1 :])
    since = before[-1][1] if before else FIRST
    until = after[0][0] if after else LAST
    # Clocks that contradict the order in which the items were called tell nothing.
    return since, until if until >= since else LAST


def _times(items: Sequence[AgendaItem]) -> list[Span]:
    """When the public items among them were treated; one without an end may end at once."""
    return [
        (one.treatment.began_at, one.treatment.ended_at or one.treatment.began_at)
        for one in items
        if _public(one) and one.treatment is not None and one.treatment.began_at is not None
    ]


def _open(item: AgendaItem, closed: Sequence[Span]) -> Span:
    """When a public item with a time was treated; without an end, until a hidden one may begin."""
    ((began, ended),) = _times([item])
    if item.treatment is not None and item.treatment.ended_at is None:
        ended = min((since for since, _ in closed if since >= began), default=LAST)
    return began, ended


def _meet(stay: Span, spans: Sequence[Span]) -> bool:
    """Whether somebody was there in one of the spans, not only at its edge."""
    return any(stay[0] < until and stay[1] > since for since, until in spans)
