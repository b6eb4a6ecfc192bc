"""Who is in the room at a moment: plain values, reckoned without a database.

Times are half open: somebody is there from the moment they come until just before they go. A
question is asked for a `When`: a moment, a while (a ballot whose own time is unknown falls
somewhere into its item), or the whole meeting.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class When:
    """A moment (both ends the same), a while, or with open ends the whole meeting."""

    start: datetime | None = None
    end: datetime | None = None

    @classmethod
    def at(cls, moment: datetime) -> "When":
        """A moment."""
        return cls(moment, moment)


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which somebody is there, from `start` until just before `end`; None: no limit."""

    start: datetime | None = None
    end: datetime | None = None

    def meets(self, when: When) -> bool:
        """Whether some of the time asked for lies in this one."""
        begun = self.start is None or when.end is None or self.start <= when.end
        return begun and (self.end is None or when.start is None or when.start < self.end)

    def overlaps(self, other: "Span") -> bool:
        """Whether both go on at the same time."""
        return _before(self.start, other.end) and _before(other.start, self.end)


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time in the room.

    `votes_in` are the committees in which they have a vote here; `seat` is whose vote it is: their
    own, or the member's whom they stand in for.
    """

    person: int
    seat: int
    votes_in: frozenset[int]
    spans: tuple[Span, ...]

    def there(self, when: When) -> bool:
        """Whether the person was there at some of the time asked for."""
        return any(span.meets(when) for span in self.spans)

    def overlaps(self, other: "Stay") -> bool:
        """Whether both were there at the same time."""
        return any(one.overlaps(two) for one in self.spans for two in other.spans)


def spans(
    arrived: datetime | None,
    left: datetime | None,
    outs: Iterable[tuple[datetime, datetime]] = (),
) -> tuple[Span, ...]:
    """The times somebody was there, who came and went and was out of the room in between."""
    found = []
    start = arrived
    for out, back in sorted(outs):
        found.append(Span(start, out))
        start = back
    return (*found, Span(start, left))


def voters(stays: Iterable[Stay], when: When, committees: frozenset[int]) -> tuple[Stay, ...]:
    """Those there who have a vote in one of the committees."""
    return tuple(one for one in stays if one.votes_in & committees and one.there(when))


def seats(stays: Iterable[Stay]) -> frozenset[int]:
    """Whose votes these are; a member and the substitute who came later are one."""
    return frozenset(one.seat for one in stays)


def clashes(stays: Iterable[Stay]) -> tuple[tuple[Stay, Stay], ...]:
    """Pairs that use one vote at the same time, as a member and their substitute never may."""
    listed = [one for one in stays if one.spans]
    return tuple(
        (one, other)
        for place, one in enumerate(listed)
        for other in listed[place + 1 :]
        if one.seat == other.seat and one.overlaps(other)
    )


def _before(start: datetime | None, end: datetime | None) -> bool:
    return start is None or end is None or start < end
