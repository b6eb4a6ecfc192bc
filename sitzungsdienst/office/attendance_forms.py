"""The form of the attendance list: one row a person, all saved in one act."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from sitzungsdienst.acts.attendance_rows import Presence
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.presence import memberships_on_day
from sitzungsdienst.gate.wording import ATTENDANCE_KIND, MEMBERSHIP_ROLE
from sitzungsdienst.german import clock
from sitzungsdienst.office.forms import VersionedForm, number_or_none, options
from sitzungsdienst.office.messages import German
from sitzungsdienst.office.room import clock_of, moment_in
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.people import Person
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind

NOTE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Listed:
    """Who a row of the list is about."""

    name: str
    role: str
    group: str
    votes: bool
    guest: bool
    #: The number of the person's own page, once they are recorded.
    row_id: int | None = None
    #: What the list does not let edit: interruptions, video.
    more: str = ""


class PersonField(IntegerField):
    """The number of the person whom a row is about."""

    data: Any  # an int once the form is valid


class PresenceForm(Form):
    """One person's attendance."""

    class Meta:
        """WTForms' settings."""

        def get_translations(self, form: Any) -> German:
            """Return our German instead of the browser's language."""
            del form
            return German()

    person_id = PersonField(widget=HiddenInput(), validators=[InputRequired()])
    kind = RadioField(
        "Anwesenheit",
        [InputRequired("Bitte wählen Sie, ob die Person da war.")],
        choices=options((kind.value, word) for kind, word in ATTENDANCE_KIND.items()),
    )
    arrived_at = TimeField("anwesend ab", [Optional()])
    left_at = TimeField("anwesend bis", [Optional()])
    note = StringField("Bemerkung", [Optional(), Length(max=NOTE_LIMIT)])
    gone = BooleanField("von der Liste nehmen")

    def presence(self, meeting: Meeting) -> Presence:
        """The row as the act wants it."""
        return Presence(
            person_id=self.person_id.data,
            kind=AttendanceKind(self.kind.data),
            arrived_at=moment_in(meeting, self.arrived_at.data),
            left_at=moment_in(meeting, self.left_at.data),
            note=self.note.data or "",
        )


class AttendanceForm(VersionedForm):
    """The attendance list of a meeting."""

    presences = FieldList(FormField(PresenceForm))
    # The view loads whom it names, or answers 404.
    guest_id = SelectField(
        "Gast",
        coerce=number_or_none,
        validate_choice=False,
        description="Wer als Person erfasst ist, kann als Gast auf die Liste.",
    )

    def refuse(self, error: RuleBroken) -> None:
        """Show a rule that one person breaks ("person-<id>") in that person's row."""
        for entry in self.presences:
            if error.field == f"person-{entry.form.person_id.data}":
                field = entry.form.left_at if entry.form.left_at.data else entry.form.note
                field.errors = [*field.errors, error.sentence]
                return
        super().refuse(error)

    def check_times(self, meeting: Meeting) -> bool:
        """Refuse times outside the meeting and people who leave before they come."""
        sound = True
        for entry in self.presences:
            row = entry.form
            if row.kind.data != AttendanceKind.PRESENT:
                continue
            for field in (row.arrived_at, row.left_at):
                complaint = outside(meeting, field.data)
                if complaint:
                    field.errors = [*field.errors, complaint]
                    sound = False
        return sound

    def people(self) -> tuple[int, ...]:
        """The persons that the form lists; 0 stands for one that was no number."""
        return tuple(entry.form.person_id.data or 0 for entry in self.presences)

    def take_guest(self) -> None:
        """Put the chosen guest at the end of the list."""
        guest_id, self.guest_id.data = self.guest_id.data, None
        if guest_id is not None and guest_id not in self.people():
            self.presences.append_entry(
                {"person_id": guest_id, "kind": AttendanceKind.PRESENT.value}
            )

    def offer_guests(self, persons: Iterable[Person]) -> None:
        """Offer everybody who is not on the list yet."""
        listed = set(self.people())
        free = sorted(
            (one for one in persons if one.id not in listed),
            key=lambda one: one.sort_name.casefold(),
        )
        self.guest_id.choices = options(
            ((one.id, one.sort_name) for one in free), empty="– niemand –"
        )

    def everybody_present(self, listed: Mapping[int, Listed]) -> None:
        """Set all members to present and forget their times."""
        for entry in self.presences:
            row = entry.form
            if not listed[row.person_id.data].guest:
                row.kind.data = AttendanceKind.PRESENT.value
                row.arrived_at.data = row.left_at.data = None
                row.arrived_at.raw_data = row.left_at.raw_data = None

    def presence_list(self, meeting: Meeting) -> tuple[Presence, ...]:
        """The whole list for the act; rows marked as gone are left out."""
        return tuple(
            entry.form.presence(meeting) for entry in self.presences if not entry.form.gone.data
        )


def outside(meeting: Meeting, typed: time | None) -> str:
    """What is wrong with a time outside the meeting, as a German sentence; "" if nothing is."""
    at = moment_in(meeting, typed)
    if at is None:
        return ""
    if at < meeting.start:
        return (
            f"Die Uhrzeit liegt vor dem Beginn der Sitzung ({clock(meeting.start)} Uhr). Lassen Sie"
            " das Feld leer, wenn die Person von Anfang an da war."
        )
    if meeting.end is not None and at > meeting.end:
        return (
            f"Die Uhrzeit liegt nach dem Ende der Sitzung ({clock(meeting.end)} Uhr). Lassen Sie"
            " das Feld leer, wenn die Person bis zum Schluss da war."
        )
    return ""


def recorded(meeting: Meeting) -> list[dict[str, object]]:
    """The rows of the form: what is recorded, else every member as present."""
    kept = {one.person_id: one for one in meeting.attendances}
    members = dict.fromkeys(seat.person_id for seat in memberships_on_day(meeting))
    return [
        _row(one, kept.get(one), first=not kept)
        for one in [*members, *(one for one in kept if one not in members)]
    ]


def _row(person_id: int, kept: Attendance | None, *, first: bool) -> dict[str, object]:
    if kept is None:
        # Who joined the committee after the first recording was not there as far as we know.
        kind = AttendanceKind.PRESENT if first else AttendanceKind.ABSENT
        return {"person_id": person_id, "kind": kind.value}
    return {
        "person_id": person_id,
        "kind": kept.kind.value,
        "arrived_at": clock_of(kept.arrived_at),
        "left_at": clock_of(kept.left_at),
        "note": kept.note,
    }


def listed(meeting: Meeting, guests: Iterable[Person]) -> dict[int, Listed]:
    """Who the rows are about, members first; a member of two committees comes once."""
    found = {one.id: Listed(one.name, "Gast", "", False, True) for one in guests}
    kept = {one.person_id: one for one in meeting.attendances}
    found |= {
        one.person_id: Listed(one.person.name, one.role, one.on_behalf_of, one.voting_right, True)
        for one in kept.values()
    }
    for seat in reversed(memberships_on_day(meeting)):
        group = seat.on_behalf_of.name if seat.on_behalf_of else ""
        role = MEMBERSHIP_ROLE[seat.role]
        votes = seat.voting_right or found.get(seat.person_id, _NOBODY).votes
        found[seat.person_id] = Listed(seat.person.name, role, group, votes, False)
    return {
        key: replace(one, row_id=kept[key].id, more=_more(kept[key])) if key in kept else one
        for key, one in found.items()
    }


_NOBODY = Listed("", "", "", False, True)


def _more(row: Attendance) -> str:
    outs = [
        f"hinaus {clock(one.left_at)} bis {clock(one.returned_at)} Uhr" for one in row.interruptions
    ]
    return ", ".join([*(["per Video"] if row.by_video else []), *outs])


def in_words(presence: Presence | None) -> str:
    """One person's attendance in a line, for comparing two versions of the list."""
    if presence is None:
        return "nicht auf der Liste"
    parts = [ATTENDANCE_KIND[presence.kind]]
    if presence.kind is AttendanceKind.PRESENT:
        parts += _time("ab", presence.arrived_at) + _time("bis", presence.left_at)
    return ", ".join([*parts, *([presence.note.strip()] if presence.note.strip() else [])])


def _time(word: str, at: datetime | None) -> list[str]:
    return [f"{word} {clock(at)} Uhr"] if at else []


def differences(
    meeting: Meeting, typed: Iterable[Presence], name_of: Callable[[int], str]
) -> list[tuple[str, str, str]]:
    """(name, typed, stored) of everybody about whom the typed list and the stored one differ."""
    mine = {one.person_id: in_words(one) for one in typed}
    theirs = {one.person_id: in_words(_stored(one)) for one in meeting.attendances}
    missing = in_words(None)
    return [
        (name_of(one), mine.get(one, missing), theirs.get(one, missing))
        for one in dict.fromkeys([*mine, *theirs])
        if mine.get(one, missing) != theirs.get(one, missing)
    ]


def _stored(row: Attendance) -> Presence:
    return Presence(
        person_id=row.person_id,
        kind=row.kind,
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        note=row.note,
    )
