"""The forms of one person's attendance, of coming and going, and of the quorum's determination."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional

from sitzungsdienst.acts.attendance_rows import AttendanceFacts, Out
from sitzungsdienst.acts.presence import memberships_on_day
from sitzungsdienst.gate.wording import ATTENDANCE_KIND
from sitzungsdienst.german import local_day
from sitzungsdienst.office.attendance_forms import NOTE_LIMIT, outside
from sitzungsdienst.office.forms import OfficeForm, VersionedForm, number_or_none, options
from sitzungsdienst.office.messages import German
from sitzungsdienst.office.room import clock_of, moment_in
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.people import Person
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Capacity

CAPACITY = {
    Capacity.MEMBER: "Mitglied",
    Capacity.SUBSTITUTE: "in Vertretung für ein Mitglied",
    Capacity.GUEST: "Gast",
    Capacity.STAFF: "Verwaltung",
}
SPARE_OUTS = 2


class OutForm(Form):
    """A time out of the room; an empty row is left out."""

    class Meta:
        """WTForms' settings."""

        def get_translations(self, form: Any) -> German:
            """Return our German instead of the browser's language."""
            del form
            return German()

    out_from = TimeField("hinaus um", [Optional()])
    out_until = TimeField("zurück um", [Optional()])


class TimelineForm(VersionedForm):
    """One person's attendance, whole."""

    capacity = RadioField(
        "Da als",
        [InputRequired("Bitte wählen Sie, als was die Person da ist.")],
        choices=options((one.value, word) for one, word in CAPACITY.items()),
    )
    substitute_for_id = SelectField(
        "Vertretenes Mitglied",
        coerce=number_or_none,
        validate_choice=False,
        description="Die Vertretung stimmt statt des Mitglieds; beide sind nie zugleich da.",
    )
    kind = RadioField(
        "Anwesenheit",
        [InputRequired("Bitte wählen Sie, ob die Person da war.")],
        choices=options((one.value, word) for one, word in ATTENDANCE_KIND.items()),
        default=AttendanceKind.PRESENT.value,
    )
    arrived_at = TimeField("anwesend ab", [Optional()], description="Leer: von Anfang an.")
    left_at = TimeField("anwesend bis", [Optional()], description="Leer: bis zum Schluss.")
    outs = FieldList(
        FormField(OutForm),
        label="Zwischendurch hinaus",
        description="Eine Zeile je Unterbrechung; leere Zeilen bleiben weg.",
    )
    by_video = BooleanField("per Video zugeschaltet")
    note = StringField(
        "Bemerkung",
        [Optional(), Length(max=NOTE_LIMIT)],
        description="Steht nur in der vollständigen Niederschrift, wenn die Person fehlt.",
    )

    def facts(self, meeting: Meeting, person_id: int) -> AttendanceFacts:
        """What is to be recorded."""
        capacity = Capacity(self.capacity.data)
        substituting = capacity is Capacity.SUBSTITUTE
        return AttendanceFacts(
            person_id=person_id,
            kind=AttendanceKind(self.kind.data),
            capacity=capacity,
            substitute_for_id=self.substitute_for_id.data if substituting else None,
            by_video=bool(self.by_video.data),
            arrived_at=moment_in(meeting, self.arrived_at.data),
            left_at=moment_in(meeting, self.left_at.data),
            outs=self._outs(meeting),
            note=self.note.data or "",
        )

    def _outs(self, meeting: Meeting) -> tuple[Out, ...]:
        times = (
            (
                moment_in(meeting, entry.form.out_from.data),
                moment_in(meeting, entry.form.out_until.data),
            )
            for entry in self.outs
        )
        return tuple(Out(left, back) for left, back in times if left and back)

    def check_times(self, meeting: Meeting) -> bool:
        """Refuse times outside the meeting, and rows of which only one half is known."""
        fields = [self.arrived_at, self.left_at]
        sound = True
        for entry in self.outs:
            row = entry.form
            fields += [row.out_from, row.out_until]
            if (row.out_from.data is None) != (row.out_until.data is None):
                missing = row.out_until if row.out_until.data is None else row.out_from
                missing.errors = [
                    *missing.errors,
                    "Bitte geben Sie beide Uhrzeiten an. Wer nicht zurückkam, ist »anwesend bis«.",
                ]
                sound = False
        for field in fields:
            complaint = outside(meeting, field.data)
            if complaint and self.kind.data == AttendanceKind.PRESENT:
                field.errors = [*field.errors, complaint]
                sound = False
        return sound

    def offer_members(self, meeting: Meeting) -> None:
        """Offer the voting members to be stood in for, those who are away first."""
        there = {
            one.person_id
            for one in meeting.attendances
            if one.kind is AttendanceKind.PRESENT and one.left_at is None
        }
        members = {one.person_id: one.person for one in memberships_on_day(meeting)}
        away = [one for key, one in members.items() if key not in there]
        here = [one for key, one in members.items() if key in there]
        self.substitute_for_id.choices = [
            *options([], empty="– niemand –"),
            *options(((one.id, one.sort_name) for one in away), group="nicht anwesend"),
            *options(((one.id, one.sort_name) for one in here), group="anwesend"),
        ]

    def spare_outs(self) -> None:
        """Add empty rows for more interruptions."""
        for _ in range(SPARE_OUTS):
            self.outs.append_entry({})


class JoinForm(TimelineForm):
    """One more person on the list."""

    person_id = SelectField(
        "Person",
        [InputRequired("Bitte wählen Sie eine Person.")],
        coerce=number_or_none,
        validate_choice=False,
        description="Wer hier fehlt, muss zuerst unter »Personen« erfasst werden.",
    )

    def offer_persons(self, meeting: Meeting, persons: Iterable[Person]) -> None:
        """Offer who is not listed yet: the committees' substitutes first."""
        listed = {one.person_id for one in meeting.attendances}
        deputies = substitutes(meeting)
        free = sorted(
            (one for one in persons if one.id not in listed and one.id not in deputies),
            key=lambda one: one.sort_name.casefold(),
        )
        first = [(key, label) for key, label in deputies.items() if key not in listed]
        self.person_id.choices = [
            *options([], empty="– bitte wählen –"),
            *options(first, group="Stellvertretungen des Gremiums"),
            *options(((one.id, one.sort_name) for one in free), group="weitere Personen"),
        ]


def substitutes(meeting: Meeting) -> dict[int, str]:
    """The substitutes of the committees on the day, in their order, with whom they stand in for."""
    day = local_day(meeting.start)
    found: dict[int, str] = {}
    for committee in meeting.organizations:
        for one in committee.substitutes:
            begun = one.start_date is None or one.start_date <= day
            if not begun or (one.end_date is not None and one.end_date < day):
                continue
            member = f" (für {one.for_person.sort_name})" if one.for_person else ""
            group = f" ({one.on_behalf_of.name})" if one.on_behalf_of else ""
            found.setdefault(one.person_id, f"{one.person.sort_name}{member or group}")
    return found


def stored(row: Attendance) -> dict[str, Any]:
    """What is recorded of a person, by the form's names."""
    return {
        "version": row.version,
        "kind": row.kind.value,
        "capacity": row.capacity.value,
        "substitute_for_id": row.substitute_for_id,
        "by_video": row.by_video,
        "arrived_at": clock_of(row.arrived_at),
        "left_at": clock_of(row.left_at),
        "note": row.note,
        "outs": [
            {"out_from": clock_of(one.left_at), "out_until": clock_of(one.returned_at)}
            for one in row.interruptions
        ],
    }


class MovementForm(OfficeForm):
    """Somebody comes or goes: now, or at the time that is typed."""

    at = TimeField(
        "Uhrzeit",
        [Optional()],
        description="Leer lassen für jetzt. Wird später nachgetragen: die Uhrzeit von damals.",
    )

    def moment(self, meeting: Meeting, now: datetime) -> datetime:
        """The moment of it; a running meeting's now counts to the minute."""
        typed = moment_in(meeting, self.at.data)
        return typed or now.replace(second=0, microsecond=0)


class QuorumForm(VersionedForm):
    """What the chair determined at the opening."""

    determined = SelectField(
        "Zu Beginn stellt die Leitung fest",
        choices=options(
            [("ja", "Das Gremium ist beschlussfähig."), ("nein", "Es ist nicht beschlussfähig.")],
            empty="– nichts festgestellt –",
        ),
        default="",
    )
    challenged_at = TimeField(
        "Beschlussunfähigkeit gerügt oder festgestellt um",
        [Optional()],
        description="Von da an hilft keine gesetzliche Vermutung mehr.",
    )

    def answer(self) -> bool | None:
        """What was determined; None where nothing was."""
        return {"ja": True, "nein": False}.get(self.determined.data)
