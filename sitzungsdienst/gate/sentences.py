"""What happened around the items, as sentences for the minutes, in both versions.

`public` leaves out every reason. `known` are the uids of the meetings, items and files that the
public can open, and nothing else is named to it (see `hidden`); for members it is None.
"""

from collections.abc import Collection, Iterable

from sitzungsdienst.documents import values
from sitzungsdienst.gate import wording
from sitzungsdienst.german import clock, plain_date
from sitzungsdienst.law.minutes import SIGNATORY_NAMES
from sitzungsdienst.law.values import Part
from sitzungsdienst.law.words import Signatory
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes, Objection, ObjectionState
from sitzungsdienst.record.proceedings import Recusal, RecusalBasis, Whereabouts

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


def agenda_notes(meeting: Meeting, *, known: Collection[str] | None) -> tuple[str, ...]:
    """What the meeting goes on with, how it was summoned, what came later, what was taken off."""
    told = _origin(meeting, known)
    if meeting.summons is not None:
        told.append(f"Zur Sitzung wurde am {plain_date(meeting.summons.issued_at)} geladen.")
    told += _supplements(meeting, known)
    for row in meeting.changes:
        item = row.agenda_item
        if item.removed_at is None:
            continue  # it is told at the item itself
        if known is None:
            named = f"{item.number} {item.title}" if item.number else item.title
            told.append(f"{named}: {_change(row)}")
        elif item.part is Part.PUBLIC and item.actual_part is Part.PUBLIC and item.number:
            told.append(f"{item.number}: {wording.CHANGE[row.kind]}.")
    return tuple(told)


def _supplements(meeting: Meeting, known: Collection[str] | None) -> list[str]:
    if known is None:
        return [
            f"Nachtrag {one.number} vom {plain_date(one.issued_at)}."
            + (f" Begründung: {one.reason}" if one.reason else "")
            for one in meeting.supplements
        ]
    return [
        f"Nachtrag {supplement_number(meeting, one.number)} vom {plain_date(one.issued_at)}."
        for one in meeting.supplements
        if one.notice is not None and one.notice.uid in known
    ]


def supplement_number(meeting: Meeting, number: int) -> int:
    """What the public calls the supplement of that number: it counts none of hidden items alone."""
    earlier = (one for one in meeting.supplements if one.number < number)
    return 1 + sum(one.notice is not None for one in earlier)


def _origin(meeting: Meeting, known: Collection[str] | None) -> list[str]:
    """Which meeting it goes on with or repeats, and which committees leave before its end."""
    told = []
    if meeting.continues is not None and _may_name(meeting.continues, known):
        told.append(f"Die Sitzung vom {plain_date(meeting.continues.start)} wird fortgesetzt.")
    if meeting.repeats is not None and _may_name(meeting.repeats, known):
        told.append(
            f"Zu den Punkten der Sitzung vom {plain_date(meeting.repeats.start)} wurde zum zweiten"
            " Mal geladen."
        )
    told += [
        f"{one.organization.name}: Teilnahme bis {one.until_item.number}."
        for one in meeting.committees
        if one.until_item is not None and one.until_item.number
        if _may_name(one.until_item, known)
    ]
    return told


def _may_name(row: Meeting | AgendaItem, known: Collection[str] | None) -> bool:
    return known is None or row.uid in known


def signatures(state: Minutes) -> tuple[values.Signature, ...]:
    """Who signs the minutes, as the Land asks, and since when they are signed."""
    return tuple(
        values.Signature(ROLES[one.signatory], one.name, one.signed_on) for one in state.signatures
    )


def standing(state: Minutes, *, known: Collection[str] | None) -> tuple[str, ...]:
    """How the body dealt with its minutes."""
    told = []
    if state.approved_on:
        where = ""
        if state.approved_in is not None and _may_name(state.approved_in, known):
            item = state.approved_item
            named = item is not None and item.number and _may_name(item, known)
            top = f" unter {item.number}" if item is not None and named else ""
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
