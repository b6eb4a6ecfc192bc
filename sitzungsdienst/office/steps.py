"""The way of a meeting from its planning to its release, as the steps of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from sitzungsdienst.acts.resolutions import awaiting, standing
from sitzungsdienst.gate.shown import Shown
from sitzungsdienst.gate.wording import MINUTES_STATE
from sitzungsdienst.german import plain_date
from sitzungsdienst.law.values import Part
from sitzungsdienst.office.deadlines import ToldDeadline, due_of
from sitzungsdienst.office.links import link_to
from sitzungsdienst.record.meetings import AgendaItem, ItemKind, Meeting, MeetingState

DONE = ("erledigt", "success")
OPEN = ("offen", "info")
LATER = ("später", "neutral")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the word of its state and the badge's kind, where it is done, what to know."""

    label: str
    state: str
    kind: str
    href: str = ""
    note: str = ""


def steps(meeting: Meeting, shown: Shown | None, clock: Sequence[ToldDeadline]) -> tuple[Step, ...]:
    """The ten steps with how far each has come. A cancelled meeting goes no further.

    `clock` are the meeting's deadlines.
    """
    return (
        _planning(meeting),
        _announcement(meeting, shown),
        _agenda(meeting),
        _summons(meeting, due_of(clock, "summons")),
        _attendance(meeting),
        _deliberation(meeting),
        _resolutions(meeting),
        _closing(meeting),
        _minutes(meeting),
        _release(meeting, shown),
    )


def _planning(meeting: Meeting) -> Step:
    closed = meeting.state is MeetingState.CLOSED
    return Step("Planung", *DONE, "" if closed else url_for("meetings.edit", meeting_id=meeting.id))


def _announcement(meeting: Meeting, shown: Shown | None) -> Step:
    if shown is not None:
        return Step("Ankündigung", *DONE, note="Der Termin steht im öffentlichen Kalender.")
    href = url_for("cancelling.announce", meeting_id=meeting.id)
    return Step("Ankündigung", "freiwillig", "neutral", "" if meeting.cancelled else href)


def _agenda(meeting: Meeting) -> Step:
    href, count = url_for("agenda.page", meeting_id=meeting.id), len(meeting.agenda)
    note = f"{count} Punkte" if count != 1 else "1 Punkt"
    if meeting.state is not MeetingState.PLANNED:
        return Step("Tagesordnung", *DONE, href, note)
    if not count:
        return Step("Tagesordnung", *OPEN, href, "Noch kein Punkt.")
    return Step("Tagesordnung", "in Arbeit", "info", href, note)


def _summons(meeting: Meeting, last: date | None) -> Step:
    href = url_for("summons.page", meeting_id=meeting.id)
    if meeting.summons is not None:
        note = f"Geladen am {plain_date(meeting.summons.issued_at)}."
        if meeting.drafts and meeting.state is MeetingState.SUMMONED:
            return Step("Ladung", "Nachtrag offen", "warning", href, note)
        return Step("Ladung", *DONE, href, note)
    note = f"Spätestens am {plain_date(last)}." if last else ""
    if meeting.cancelled:
        return Step("Ladung", *LATER)
    return Step("Ladung", *(OPEN if meeting.agenda else LATER), href, note)


def _attendance(meeting: Meeting) -> Step:
    recorded = len(meeting.attendances)
    note = f"{recorded} Personen erfasst." if recorded else ""
    return _in_session(meeting, "Anwesenheit", bool(recorded), "proceedings.attendance", note)


def _deliberation(meeting: Meeting) -> Step:
    whole = [one for one in meeting.agenda if one.kind is ItemKind.ITEM]
    items = [one for one in whole if one.part is Part.PUBLIC] or whole
    treated = sum(_treated(one) for one in whole)
    following = next((one for one in items if not _treated(one)), items[0] if items else None)
    href = link_to("proceedings.item", item_id=following.id) if following else ""
    note = f"{treated} von {len(whole)} Punkten erfasst." if treated else ""
    if meeting.state is MeetingState.PLANNED or meeting.cancelled:
        return Step("Beratung und Abstimmung", *LATER)
    done = meeting.state is MeetingState.CLOSED or treated == len(whole)
    return Step("Beratung und Abstimmung", *(DONE if done else OPEN), href, note)


def _treated(item: AgendaItem) -> bool:
    return item.treatment is not None or bool(item.ballots)


def _resolutions(meeting: Meeting) -> Step:
    if meeting.state is MeetingState.PLANNED or meeting.cancelled:
        return Step("Beschlüsse", *LATER)
    href = link_to("resolutions.of_meeting", meeting_id=meeting.id)
    made = sum(len(standing(one)) for one in meeting.agenda)
    waiting = len(awaiting(meeting))
    note = f"{made} nummeriert" if made else ""
    if waiting:
        note = f"{note}, {waiting} noch ohne Nummer." if note else f"{waiting} noch ohne Nummer."
    elif made:
        note += "."
    done = meeting.state is MeetingState.CLOSED and not waiting
    return Step("Beschlüsse", *(DONE if done else OPEN), href, note)


def _closing(meeting: Meeting) -> Step:
    done = meeting.state is MeetingState.CLOSED
    return _in_session(meeting, "Sitzung schließen", done, "proceedings.close")


def _in_session(meeting: Meeting, label: str, done: bool, endpoint: str, note: str = "") -> Step:
    if meeting.state is MeetingState.PLANNED or meeting.cancelled:
        return Step(label, *LATER)
    href = link_to(endpoint, meeting_id=meeting.id)
    return Step(label, *(DONE if done else OPEN), href, note)


def _minutes(meeting: Meeting) -> Step:
    if meeting.state is not MeetingState.CLOSED:
        return Step("Niederschrift", *LATER)
    href = link_to("minutes.page", meeting_id=meeting.id)
    if meeting.minutes is None:
        return Step("Niederschrift", *OPEN, href)
    draft = not meeting.minutes.signed
    state = MINUTES_STATE[meeting.minutes.state]
    return Step("Niederschrift", state, "info" if draft else "success", href)


def _release(meeting: Meeting, shown: Shown | None) -> Step:
    if meeting.state is not MeetingState.CLOSED:
        return Step("Freigabe", *LATER)
    href = link_to("releases.page", meeting_id=meeting.id)
    if shown is None or not (shown.excerpts or shown.meeting.results_protocol):
        return Step("Freigabe", *OPEN, href)
    told = [f"{shown.excerpts} Auszüge"] if shown.excerpts else []
    told += ["Niederschrift"] if shown.meeting.results_protocol else []
    return Step("Freigabe", *DONE, href, f"Veröffentlicht: {', '.join(told)}.")
