"""What happened in the room, as sentences for the minutes: who came and went, who took no part.

Each function serves both versions. `public` leaves out every reason, and every moment that falls
into what was treated non-publicly.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sitzungsdienst.documents import values
from sitzungsdienst.gate import wording
from sitzungsdienst.gate.agenda import AgendaRow
from sitzungsdienst.german import clock, plain_date
from sitzungsdienst.law.minutes import SIGNATORY_NAMES
from sitzungsdienst.law.values import Part
from sitzungsdienst.law.words import Signatory
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes, Objection, ObjectionState
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import (
    Attendance,
    AttendanceKind,
    Capacity,
    Recusal,
    RecusalBasis,
    Whereabouts,
)

OBJECTION_STATE = {
    ObjectionState.OPEN: "noch nicht entschieden",
    ObjectionState.UPHELD: "der Einwendung wurde stattgegeben",
    ObjectionState.PARTLY: "der Einwendung wurde teilweise stattgegeben",
    ObjectionState.DISMISSED: "die Einwendung wurde zurückgewiesen",
    ObjectionState.WITHDRAWN: "die Einwendung wurde zurückgenommen",
}

ROLES = {
    **SIGNATORY_NAMES,
    Signatory.MEMBER: "Mitglied",
    Signatory.TWO_MEMBERS: "Mitglied",
}


def attendance(
    rows: Sequence[Attendance], *, reasons: bool, hidden: Sequence[AgendaItem] = ()
) -> tuple[values.AttendanceGroup, ...]:
    """Who was there, by group; the note of an absence only for members (`reasons`).

    `hidden` are items whose times are not told.
    """
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


def _attendance(
    row: Attendance, *, reasons: bool, hidden: Sequence[AgendaItem]
) -> values.AttendanceLine:
    told = []
    if row.kind is not AttendanceKind.PRESENT:
        told = [wording.ATTENDANCE_KIND[row.kind], row.note] if reasons else []
    else:
        told.append(f"für {row.substitute_for.name}" if row.substitute_for else "")
        told.append("per Video" if row.by_video else "")
        if row.arrived_at and not _within(row.arrived_at, hidden):
            told.append(f"ab {clock(row.arrived_at)} Uhr")
        if row.left_at and not _within(row.left_at, hidden):
            told.append(f"bis {clock(row.left_at)} Uhr")
        told += [
            f"abwesend {clock(one.left_at)} bis {clock(one.returned_at)} Uhr"
            for one in row.interruptions
            if not _within(one.left_at, hidden) and not _within(one.returned_at, hidden)
        ]
    note = ", ".join(filter(None, told))
    return values.AttendanceLine(row.person.name, row.role, row.on_behalf_of, note)


def hidden_items(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items treated non-publicly."""
    return tuple(one for one in meeting.items if one.actual_part is not Part.PUBLIC)


def _within(moment: datetime, items: Sequence[AgendaItem]) -> bool:
    """Whether a moment falls into one of the items, as far as their times are known."""
    return any(
        one.treatment is not None
        and one.treatment.began_at is not None
        and one.treatment.began_at <= moment
        and (one.treatment.ended_at is None or moment <= one.treatment.ended_at)
        for one in items
    )


def movements(
    meeting: Meeting, rows: Sequence[AgendaRow], *, public: bool
) -> dict[int, tuple[str, ...]]:
    """Who came and went, by the id of the item before or during which it was.

    Only items with a time can have any; the rest stands in the list of attendance.
    """
    timed = sorted(
        (one.item.treatment.began_at, place, one.item)
        for place, one in enumerate(rows)
        if one.item.treatment and one.item.treatment.began_at
    )
    hidden = hidden_items(meeting) if public else ()
    found: dict[int, list[str]] = {}
    for moment, sentence in sorted(_moves(meeting.attendances)):
        item = _item_at(moment, [(began, item) for began, _, item in timed])
        if item is None or _within(moment, hidden):
            continue
        if public and item.actual_part is not Part.PUBLIC:
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


def recusals(rows: Iterable[Recusal], *, public: bool) -> tuple[str, ...]:
    """Who took no part in an item, one sentence each; for members with ground and whereabouts."""
    if public:
        return tuple(
            f"{row.person.name} hat an Beratung und Beschlussfassung nicht mitgewirkt."
            for row in rows
            if row.excludes
        )
    return tuple(_recusal(row) for row in rows)


def _recusal(row: Recusal) -> str:
    name = row.person.name
    if row.basis is RecusalBasis.DENIED:
        told = [f"{name}: Ein Mitwirkungsverbot besteht nach der Entscheidung des Gremiums nicht."]
    else:
        how = "erklärt" if row.basis is RecusalBasis.DECLARED else "vom Gremium festgestellt"
        where = (
            "hat den Raum verlassen"
            if row.whereabouts is Whereabouts.LEFT_ROOM
            else "hielt sich im Zuhörerraum auf"
        )
        times = [clock(one) for one in (row.left_at, row.returned_at) if one]
        span = f" ({' bis '.join(times)} Uhr)" if times else ""
        told = [f"{name} wirkte nicht mit ({how}) und {where}{span}."]
    told += [f"Entscheidung: {row.decided}." if row.decided else ""]
    told += [f"Grund: {row.reason}." if row.reason else ""]
    return " ".join(filter(None, told)).replace("..", ".")


def changes(meeting: Meeting, item: AgendaItem) -> tuple[str, ...]:
    """What the room decided about an item, for members: with vote and reason."""
    told = [_change(one) for one in meeting.changes if one.agenda_item_id == item.id]
    if item.supplement_number:
        told.insert(0, f"Mit Nachtrag {item.supplement_number} auf die Tagesordnung genommen.")
    if item.actual_part is not item.part:
        told.append(
            "Der Punkt wurde öffentlich beraten."
            if item.actual_part is Part.PUBLIC
            else "Der Punkt wurde nichtöffentlich beraten."
        )
    return tuple(told)


def _change(row: AgendaChange) -> str:
    words = wording.CHANGE[row.kind]
    if row.other_item is not None and row.other_item.number:
        way = {ChangeKind.TAKEN_EARLIER: "vor", ChangeKind.TOGETHER: "mit"}.get(row.kind, "")
        words = f"{words} {way} {row.other_item.number}" if way else words
    if row.target_meeting is not None:
        words = f"{words} auf die Sitzung am {plain_date(row.target_meeting.start)}"
    counts = ""
    if row.yes is not None:
        counts = f"Ja {row.yes}, Nein {row.no}, Enthaltungen {row.abstentions}"
    vote = ", ".join(filter(None, (row.result_text, counts)))
    sentence = f"{words[:1].upper()}{words[1:]}{f' ({vote})' if vote else ''}."
    return f"{sentence} Begründung: {row.reason}" if row.reason else sentence


def agenda_notes(meeting: Meeting, *, public: bool) -> tuple[str, ...]:
    """What the meeting goes on with, how it was summoned, what came later, what was taken off."""
    told = _origin(meeting)
    if meeting.summons is not None:
        told.append(f"Zur Sitzung wurde am {plain_date(meeting.summons.issued_at)} geladen.")
    for one in meeting.supplements:
        reason = f" Begründung: {one.reason}" if one.reason and not public else ""
        told.append(f"Nachtrag {one.number} vom {plain_date(one.issued_at)}.{reason}")
    for row in meeting.changes:
        item = row.agenda_item
        if item.removed_at is None:
            continue  # it is told at the item itself
        if public:
            if item.part is Part.PUBLIC and item.actual_part is Part.PUBLIC and item.number:
                told.append(f"{item.number}: {wording.CHANGE[row.kind]}.")
        else:
            named = f"{item.number} {item.title}" if item.number else item.title
            told.append(f"{named}: {_change(row)}")
    return tuple(told)


def _origin(meeting: Meeting) -> list[str]:
    """Which meeting it goes on with or repeats, and which committees leave before its end."""
    told = []
    if meeting.continues is not None:
        told.append(f"Die Sitzung vom {plain_date(meeting.continues.start)} wird fortgesetzt.")
    if meeting.repeats is not None:
        told.append(
            f"Zu den Punkten der Sitzung vom {plain_date(meeting.repeats.start)} wurde zum zweiten"
            " Mal geladen."
        )
    told += [
        f"{one.organization.name}: Teilnahme bis {one.until_item.number}."
        for one in meeting.committees
        if one.until_item is not None and one.until_item.number
    ]
    return told


def signatures(state: Minutes) -> tuple[values.Signature, ...]:
    """Who signs the minutes, as the Land asks, and since when they are signed."""
    return tuple(
        values.Signature(ROLES[one.signatory], one.name, one.signed_on) for one in state.signatures
    )


def standing(state: Minutes) -> tuple[str, ...]:
    """How the body dealt with its minutes."""
    told = []
    if state.approved_on:
        where = ""
        if state.approved_in is not None:
            item = state.approved_item
            top = f" unter {item.number}" if item is not None and item.number else ""
            where = f" in der Sitzung vom {plain_date(state.approved_in.start)}{top}"
        told.append(f"Die Niederschrift wurde am {plain_date(state.approved_on)}{where} genehmigt.")
    if state.closed_on:
        told.append(f"Die Niederschrift wurde am {plain_date(state.closed_on)} abgeschlossen.")
    return tuple(told)


def objections(state: Minutes, *, public: bool) -> tuple[values.ObjectionLine, ...]:
    """What was objected and decided; for the public without the words of anybody.

    An objection to an item treated non-publicly is not for the public at all.
    """
    return tuple(
        _objection(one, public=public)
        for one in state.objections
        if not public or one.agenda_item is None or one.agenda_item.actual_part is Part.PUBLIC
    )


def _objection(row: Objection, *, public: bool) -> values.ObjectionLine:
    outcome = OBJECTION_STATE[row.state]
    if row.decided_on:
        outcome = f"{outcome} ({plain_date(row.decided_on)})"
    item = row.agenda_item
    concerns = item.number or item.title if item is not None and not public else ""
    if item is not None and public:
        concerns = item.number or ""
    return values.ObjectionLine(
        raised_on=row.raised_on,
        concerns=concerns or "Niederschrift insgesamt",
        outcome=outcome[:1].upper() + outcome[1:],
        raised_by="" if public else row.raised_by,
        text="" if public else row.text,
        remark="" if public else row.remark,
    )
