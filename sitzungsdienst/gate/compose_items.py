"""Composing the items of a public agenda, and what a released excerpt tells of their outcome."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from sitzungsdienst.gate import decision, wording
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.gate.compose_votes import ballot, election
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.results import (
    PublicAnnouncement,
    PublicReport,
    PublicResolution,
)
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, ItemKind, Meeting, MeetingState
from sitzungsdienst.record.resolutions import Resolution


def agenda(
    row: Meeting,
    filed: Mapping[str, PublicAgendaItem],
    known: Collection[str],
    wanted: Collection[str] | None = None,
) -> tuple[PublicAgendaItem, ...]:
    """The public agenda, in order; only the lines `wanted` by uid, unless that is None.

    Excerpts released before (`filed`) keep their facts. No line names another that is neither
    filed nor wanted.
    """
    decision.agenda(row).demand()
    shown = [one for one in agenda_rows(row.agenda) if _shown(one.item, filed)]
    lines = {one.item.uid for one in shown}
    released = lines if wanted is None else lines & {*filed, *wanted}
    return tuple(
        _agenda_item(one, order, filed.get(one.item.uid), known, released)
        for order, one in enumerate(shown)
        if wanted is None or one.item.uid in wanted
    )


def _shown(item: AgendaItem, filed: Collection[str]) -> bool:
    """What went behind closed doors stays a line of the agenda only where it was one before."""
    if decision.closed_to_public(item) and item.uid not in filed:
        return False
    return decision.on_public_agenda(item)


def _agenda_item(
    row: AgendaRow,
    order: int,
    current: PublicAgendaItem | None,
    known: Collection[str],
    released: Collection[str],
) -> PublicAgendaItem:
    item = row.item
    public = item.actual_part is Part.PUBLIC
    kept = current if public and current else PublicAgendaItem()
    titled = decision.titled_publicly(item)
    steps = [step.uid for step in item.consultations if step.uid in known] if titled else []
    return replace(
        kept,
        uid=item.uid,
        body=item.meeting.body.uid,
        meeting=item.meeting.uid,
        order=order,
        number=row.number,
        name=current.name if current and decision.closed_to_public(item) else public_title(item),
        public=public,
        moved=item.part is not item.actual_part,
        heading=item.kind is ItemKind.HEADING,
        consultation=steps[0] if steps else "",
        further_consultation=tuple(steps[1:]),
        level=row.level,
        changes=_changes(item, current, released),
    )


def public_title(item: AgendaItem) -> str:
    """The title as the public may hear it: of a non-public item only what was written for it.

    Of an item moved behind closed doors nothing: the public keeps the title it was told before.
    """
    if item.actual_part is not Part.PUBLIC:
        return item.public_title
    return item.title if item.part is Part.PUBLIC else item.public_title or item.title


def _changes(
    item: AgendaItem, current: PublicAgendaItem | None, released: Collection[str]
) -> tuple[str, ...]:
    """What the room decided about the item, once the meeting is over; never with a reason.

    Of one treated non-publicly it tells that the public was excluded, and nothing that came of it.
    """
    if item.meeting.state is not MeetingState.CLOSED:
        return current.changes if current else ()
    own = [one for one in item.meeting.changes if one.agenda_item is item]
    if item.actual_part is not Part.PUBLIC:
        own = [one for one in own if one.kind is ChangeKind.TO_NONPUBLIC]
    return tuple(_change(one, released) for one in own)


def _change(row: AgendaChange, released: Collection[str]) -> str:
    words = wording.CHANGE[row.kind]
    other = row.other_item
    if other is None or not other.number or other.uid not in released:
        return words
    if row.kind is ChangeKind.TAKEN_EARLIER:
        return f"{words} vor {other.number}"
    return f"{words} mit {other.number}" if row.kind is ChangeKind.TOGETHER else words


def excerpt(
    agenda_item: PublicAgendaItem, row: AgendaItem, *, file_uid: str, released_on: date
) -> PublicAgendaItem:
    """The excerpt of an item: what was said, resolved and voted. The gate decides first."""
    decision.excerpt(row).demand()
    treatment = row.treatment
    ballots = tuple(ballot(one) for one in row.ballots)
    elections = tuple(election(one) for one in row.elections)
    results = [one.result_text for one in ballots]
    results += [one.rounds[-1].result_text for one in elections if one.rounds]
    return replace(
        agenda_item,
        deliberation=treatment.deliberation if treatment else "",
        resolution_text=treatment.resolution_text if treatment else "",
        decision=wording.DECISION[treatment.decision] if treatment and treatment.decision else "",
        result="; ".join(results),
        ballots=ballots,
        elections=elections,
        resolutions=_resolutions(row, agenda_item),
        announcements=_announcements(row),
        standing=decision.standing(row.meeting),
        resolution_file=file_uid,
        released_on=released_on,
    )


def _resolutions(row: AgendaItem, current: PublicAgendaItem) -> tuple[PublicResolution, ...]:
    """The item's public resolutions; of their carrying out what was released before stays."""
    before = {one.uid: one for one in current.resolutions}
    return tuple(
        replace(
            before.get(one.uid, PublicResolution()),
            uid=one.uid,
            number=one.number,
            subject=one.subject,
            decision=wording.DECISION[one.decision],
        )
        for one in row.resolutions
        if decision.resolution(one)
    )


def _announcements(row: AgendaItem) -> tuple[PublicAnnouncement, ...]:
    return tuple(
        PublicAnnouncement(number=one.number, text=one.announced_text, decided_on=one.decided_on)
        for one in row.announced
        if decision.announcement(one)
    )


def follow_up(current: PublicAgendaItem, rows: Collection[Resolution]) -> PublicAgendaItem:
    """A released excerpt, now telling how these of its resolutions are carried out."""
    wanted = {one.uid: one for one in rows if decision.resolution(one)}
    return replace(
        current,
        resolutions=tuple(
            _carried_out(one, wanted[one.uid]) if one.uid in wanted else one
            for one in current.resolutions
        ),
    )


def _carried_out(public: PublicResolution, row: Resolution) -> PublicResolution:
    return replace(
        public,
        progress=wording.PROGRESS[row.progress],
        unit=row.unit.name if row.unit else "",
        completed_on=row.completed_on,
        reports=tuple(
            PublicReport(uid=one.uid, dated=one.reported_on, text=one.text)
            for one in row.reports
            if decision.report(one)
        ),
    )


def without_excerpt(agenda_item: PublicAgendaItem) -> PublicAgendaItem:
    """The item as a line of the agenda, as it was released, without anything of its excerpt."""
    return PublicAgendaItem(
        uid=agenda_item.uid,
        body=agenda_item.body,
        meeting=agenda_item.meeting,
        order=agenda_item.order,
        number=agenda_item.number,
        name=agenda_item.name,
        public=agenda_item.public,
        moved=agenda_item.moved,
        heading=agenda_item.heading,
        consultation=agenda_item.consultation,
        further_consultation=agenda_item.further_consultation,
        level=agenda_item.level,
        changes=agenda_item.changes,
    )
