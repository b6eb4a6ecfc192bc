"""What the public reads of a meeting now, told to the office beside its own record."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from sitzungsdienst.gate import decision
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.gate.compose_items import public_title
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting, PublicPaper
from sitzungsdienst.record.meetings import Meeting


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A line of the public agenda: the number and the words the public reads, and nothing else.

    `level` counts from 0; `public` tells the part.
    """

    number: str
    title: str
    level: int
    public: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that the public reads otherwise; "" where it does not stand on that side."""

    number: str
    public_title: str
    own_title: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting as filed, with its agenda; `behind` tells that the record has gone on since."""

    meeting: PublicMeeting
    lines: tuple[PublicLine, ...]
    excerpts: int
    differences: tuple[Difference, ...]
    behind: bool


def announced(session: Session, uids: Collection[str]) -> dict[str, PublicMeeting]:
    """Those of the meetings that the public can open, by uid. One statement."""
    filed = Reader(session.connection()).many(PublicMeeting, uids)
    return {uid: one.document for uid, one in filed.items() if one.document is not None}


def public_papers(session: Session, uids: Collection[str]) -> frozenset[str]:
    """Those of the papers that the public can open. One statement."""
    filed = Reader(session.connection()).many(PublicPaper, uids)
    return frozenset(uid for uid, one in filed.items() if not one.deleted)


def preview(row: Meeting) -> tuple[PublicLine, ...]:
    """The agenda as the public would read it if it were released now."""
    return tuple(
        PublicLine(
            one.number,
            public_title(one.item),
            one.level,
            one.item.part is Part.PUBLIC,
        )
        for one in agenda_rows(row.agenda)
        if decision.on_public_agenda(one.item)
    )


def withdrawn(session: Session, row: Meeting) -> bool:
    """Whether the public could open the meeting once and cannot any more."""
    filed = Reader(session.connection()).get(PublicMeeting, row.uid)
    return filed is not None and filed.deleted


def shown(session: Session, row: Meeting) -> Shown | None:
    """What the public reads of the meeting; None while it cannot open it."""
    desk = Desk(session)
    meeting = desk.current(PublicMeeting, row.uid)
    if meeting is None:
        return None
    filed = tuple(one.living for one in desk.reader.children(PublicAgendaItem, [row.uid])[row.uid])
    summoned = decision.agenda(row).allowed
    if summoned:
        gate.put_meeting(desk, row)
        gate.put_agenda(desk, row)
    return Shown(
        meeting=meeting,
        lines=tuple(_line(one) for one in filed),
        excerpts=sum(bool(one.standing) for one in filed),
        differences=_differences(filed, desk) if summoned else (),
        behind=summoned and desk.differs(),
    )


def _line(item: PublicAgendaItem) -> PublicLine:
    return PublicLine(item.number, item.name, item.level or 0, item.in_public_part)


def _differences(filed: tuple[PublicAgendaItem, ...], desk: Desk) -> tuple[Difference, ...]:
    """Where the filed agenda and the one on the desk name an item differently."""
    before = {one.uid: one for one in filed}
    after = {one.uid: one for one in desk.documents.values() if isinstance(one, PublicAgendaItem)}
    found = []
    for uid in {**before, **after}:
        old, new = before.get(uid), after.get(uid)
        names = (old.name if old else "", new.name if new else "")
        if names[0] != names[1]:
            number = (new or old or PublicAgendaItem()).number
            found.append(Difference(number, *names))
    return tuple(found)
