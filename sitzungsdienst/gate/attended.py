"""Who was there, who came and went, as the minutes tell it.

For members all of it (`hidden` is None). For the public without notes, and without everything that
`Hidden` keeps back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sitzungsdienst.documents import values
from sitzungsdienst.gate import wording
from sitzungsdienst.gate.agenda import AgendaRow
from sitzungsdienst.gate.hidden import Hidden, called_in
from sitzungsdienst.german import clock
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Capacity


def attendance(
    rows: Sequence[Attendance], *, reasons: bool, hidden: Hidden | None = None
) -> tuple[values.AttendanceGroup, ...]:
    """Who was there, by group; the note of an absence only for members (`reasons`)."""
    rows = _told(rows, hidden)
    present = [row for row in rows if row.kind is AttendanceKind.PRESENT]
    groups = (
        ("Stimmberechtigte Mitglieder", _by_group(one for one in present if one.voting_right)),
        ("Weitere Mitglieder und Gäste", [one for one in present if _guest(one)]),
        ("Verwaltung", [one for one in present if _staff(one)]),
        ("Abwesend", [row for row in rows if row.kind is not AttendanceKind.PRESENT]),
    )
    return tuple(
        values.AttendanceGroup(
            heading, tuple(_attendance(row, reasons=reasons, hidden=hidden) for row in some)
        )
        for heading, some in groups
        if some
    )


def asked(meeting: Meeting) -> tuple[str, ...]:
    """Guests and staff whom the public will read of although no time shows them in public.

    One of their times is missing, and none that is recorded lies outside hidden items. For the
    office to check before the release; empty where no item was hidden.
    """
    hidden = Hidden.of(meeting)
    return tuple(
        row.person.name
        for row in _told(meeting.attendances, hidden)
        if hidden.closed and called_in(row)
        if row.arrived_at is None or row.left_at is None
        if not any(one and not hidden.covers(one) for one in (row.arrived_at, row.left_at))
    )


def kept_back(meeting: Meeting) -> tuple[str, ...]:
    """Guests and staff whom the public does not read of, though they were there."""
    hidden = Hidden.of(meeting)
    return tuple(
        row.person.name
        for row in meeting.attendances
        if row.kind is AttendanceKind.PRESENT and hidden.keeps_back(row)
    )


def _told(rows: Iterable[Attendance], hidden: Hidden | None) -> list[Attendance]:
    return [row for row in rows if hidden is None or not hidden.keeps_back(row)]


def _guest(row: Attendance) -> bool:
    return not row.voting_right and row.capacity is not Capacity.STAFF


def _staff(row: Attendance) -> bool:
    return not row.voting_right and row.capacity is Capacity.STAFF


def _by_group(rows: Iterable[Attendance]) -> list[Attendance]:
    """The chair first, then the groups in the order in which they come on the list."""
    listed = list(rows)
    groups = list(dict.fromkeys(one.on_behalf_of for one in listed if one.on_behalf_of))
    order = {name: place for place, name in enumerate(groups)}
    chair = wording.MEMBERSHIP_ROLE[MembershipRole.CHAIR]
    return sorted(
        listed, key=lambda one: (one.role != chair, order.get(one.on_behalf_of, len(order)))
    )


def _attendance(row: Attendance, *, reasons: bool, hidden: Hidden | None) -> values.AttendanceLine:
    told = []
    if row.kind is not AttendanceKind.PRESENT:
        told = [wording.ATTENDANCE_KIND[row.kind], row.note] if reasons else []
    else:
        told.append(f"für {row.substitute_for.name}" if row.substitute_for else "")
        told.append("per Video" if row.by_video else "")
        told += _times(row, hidden)
    note = ", ".join(filter(None, told))
    return values.AttendanceLine(row.person.name, row.role, row.on_behalf_of, note)


def _times(row: Attendance, hidden: Hidden | None) -> list[str]:
    told = []
    if row.arrived_at and not _unsaid(row.arrived_at, hidden):
        told.append(f"ab {clock(row.arrived_at)} Uhr")
    if row.left_at and not _unsaid(row.left_at, hidden):
        told.append(f"bis {clock(row.left_at)} Uhr")
    told += [
        f"abwesend {clock(one.left_at)} bis {clock(one.returned_at)} Uhr"
        for one in row.interruptions
        if not _unsaid(one.left_at, hidden) and not _unsaid(one.returned_at, hidden)
    ]
    return told


def _unsaid(moment: datetime, hidden: Hidden | None) -> bool:
    return hidden is not None and hidden.covers(moment)


def movements(
    meeting: Meeting, rows: Sequence[AgendaRow], *, hidden: Hidden | None = None
) -> dict[int, tuple[str, ...]]:
    """Who came and went, by the id of the item before or during which it was.

    Only items with a time can have any; the rest stands in the list of attendance.
    """
    timed = sorted(
        (one.item.treatment.began_at, place, one.item)
        for place, one in enumerate(rows)
        if one.item.treatment and one.item.treatment.began_at
    )
    found: dict[int, list[str]] = {}
    for moment, sentence in sorted(_moves(_told(meeting.attendances, hidden))):
        item = _item_at(moment, [(began, item) for began, _, item in timed])
        if item is None or _unsaid(moment, hidden):
            continue
        if hidden is not None and item.actual_part is not Part.PUBLIC:
            continue
        found.setdefault(item.id, []).append(f"{clock(moment)} Uhr: {sentence}")
    return {key: tuple(one) for key, one in found.items()}


def _moves(rows: Iterable[Attendance]) -> Iterable[tuple[datetime, str]]:
    for row in rows:
        if row.kind is not AttendanceKind.PRESENT:
            continue
        name = row.person.name
        if row.arrived_at:
            yield row.arrived_at, f"{name} nimmt an der Sitzung teil."
        for one in row.interruptions:
            yield one.left_at, f"{name} verlässt vorübergehend den Raum."
            yield one.returned_at, f"{name} ist wieder anwesend."
        if row.left_at:
            yield row.left_at, f"{name} verlässt die Sitzung."


def _item_at(moment: datetime, timed: Sequence[tuple[datetime, AgendaItem]]) -> AgendaItem | None:
    """The item during which a moment falls, else the first that begins after it."""
    begun = [item for began, item in timed if began <= moment]
    if begun:
        treatment = begun[-1].treatment
        if treatment is not None and (treatment.ended_at is None or moment < treatment.ended_at):
            return begun[-1]
    return next((item for began, item in timed if began > moment), None)
