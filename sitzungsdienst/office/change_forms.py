"""The forms of what the room decides about its agenda."""

from collections.abc import Iterable
from datetime import datetime, time

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Optional

from sitzungsdienst.acts.changes import ChangeFacts
from sitzungsdienst.acts.room_items import AddedFacts
from sitzungsdienst.gate.agenda import AgendaRow
from sitzungsdienst.german import plain_date
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import room
from sitzungsdienst.office.agenda_forms import PARTS, ItemForm
from sitzungsdienst.office.forms import (
    CheckboxesField,
    OfficeForm,
    VersionedForm,
    number_or_none,
    options,
)
from sitzungsdienst.record.changes import ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, ItemKind, Meeting

CHOICES = {
    ChangeKind.WITHDRAWN: "absetzen: Der Punkt wird nicht behandelt.",
    ChangeKind.ADJOURNED: "vertagen: Der Punkt kommt auf eine spätere Tagesordnung.",
    ChangeKind.TAKEN_EARLIER: "vorziehen: Der Punkt wird vor einem anderen aufgerufen.",
    ChangeKind.TOGETHER: "gemeinsam beraten: mit einem anderen Punkt desselben Teils.",
    ChangeKind.TO_NONPUBLIC: "in den nichtöffentlichen Teil verweisen.",
    ChangeKind.TO_PUBLIC: "öffentlich behandeln.",
}


class VoteFields:
    """When the room decided, why, and with which result."""

    decided_at = TimeField(
        "Uhrzeit", [Optional()], description="Bleibt sie leer, gilt der Zeitpunkt der Eingabe."
    )
    yes = IntegerField("Ja", [Optional()])
    no = IntegerField("Nein", [Optional()])
    abstentions = IntegerField("Enthaltungen", [Optional()])
    result_text = StringField(
        "Ergebnis in Worten",
        [Optional()],
        description="Wenn nicht gezählt wurde, zum Beispiel: einstimmig, ohne Widerspruch, von der"
        " Verwaltung zurückgezogen.",
    )
    reason = TextAreaField(
        "Begründung",
        [Optional()],
        description="Steht in der Niederschrift für die Mitglieder, nie öffentlich. Beim Ausschluss"
        " der Öffentlichkeit ist sie nötig.",
    )


class ChangeForm(VersionedForm, VoteFields):
    """A decision on an item that stands on the agenda."""

    kind = RadioField("Die Sitzung beschließt", [InputRequired("Bitte wählen Sie aus.")])
    other_item_id = SelectField(
        "Anderer Punkt",
        [Optional()],
        coerce=number_or_none,
        description="Nur beim Vorziehen (vor diesem Punkt) und beim gemeinsamen Beraten (mit"
        " diesem Punkt).",
    )
    target_meeting_id = SelectField(
        "Vertagt auf",
        [Optional()],
        coerce=number_or_none,
        description="Nur beim Vertagen. Der Punkt kommt dann gleich auf jene Tagesordnung.",
    )

    def facts(self, meeting: Meeting) -> ChangeFacts:
        """The command of a valid form."""
        return ChangeFacts(
            kind=ChangeKind(self.kind.data),
            decided_at=_moment(meeting, self.decided_at.data),
            reason=self.reason.data or "",
            yes=self.yes.data,
            no=self.no.data,
            abstentions=self.abstentions.data,
            result_text=self.result_text.data or "",
            other_item_id=self.other_item_id.data,
            target_meeting_id=self.target_meeting_id.data,
        )


class UrgencyForm(OfficeForm, VoteFields):
    """An item that is taken up in the meeting."""

    title = StringField("Betreff", [InputRequired("Bitte geben Sie den Betreff ein.")])
    part = RadioField(
        "Teil",
        [InputRequired("Bitte wählen Sie den Teil.")],
        choices=PARTS,
        default=Part.PUBLIC.value,
    )
    parent_id = SelectField("Unterpunkt von", [Optional()], coerce=number_or_none)
    consultation_ids = CheckboxesField("Vorlagen", [Optional()], coerce=int)
    disclosure = RadioField(
        "In der öffentlichen Tagesordnung",
        [Optional()],
        choices=ItemForm.disclosure.kwargs["choices"],
        default=Disclosure.HIDDEN.value,
    )
    public_title = StringField("Öffentlicher Betreff", [Optional()])
    urgent = BooleanField("Die Sache duldet keinen Aufschub")
    all_present = BooleanField("Alle Mitglieder sind da, und niemand widerspricht")
    acknowledged = BooleanField("Ich habe die Hinweise gelesen und nehme den Punkt trotzdem auf")

    def facts(self, meeting: Meeting) -> AddedFacts:
        """The command of a valid form."""
        return AddedFacts(
            title=self.title.data or "",
            part=Part(self.part.data),
            parent_id=self.parent_id.data,
            public_title=self.public_title.data or "",
            disclosure=Disclosure(self.disclosure.data or Disclosure.HIDDEN),
            consultation_ids=tuple(self.consultation_ids.data or ()),
            urgent=self.urgent.data,
            all_present=self.all_present.data,
            decided_at=_moment(meeting, self.decided_at.data),
            reason=self.reason.data or "",
            yes=self.yes.data,
            no=self.no.data,
            abstentions=self.abstentions.data,
            result_text=self.result_text.data or "",
            acknowledged=self.acknowledged.data,
        )


def offer(
    form: ChangeForm, item: AgendaItem, rows: Iterable[AgendaRow], targets: Iterable[Meeting]
) -> None:
    """Give the form its choices: what can be decided on the item, other items, later meetings."""
    away = ChangeKind.TO_PUBLIC if item.actual_part is Part.PUBLIC else ChangeKind.TO_NONPUBLIC
    form.kind.choices = options(
        (kind.value, words) for kind, words in CHOICES.items() if kind is not away
    )
    form.other_item_id.choices = options(
        (
            (row.item.id, f"{row.number} {row.item.title}")
            for row in rows
            if row.item is not item and row.item.kind is ItemKind.ITEM
        ),
        empty="– keiner –",
    )
    form.target_meeting_id.choices = options(
        ((one.id, target_label(one)) for one in targets), empty="– noch offen –"
    )


def target_label(one: Meeting) -> str:
    """A later meeting as it is chosen."""
    return f"{plain_date(one.start)}, {one.name}"


def _moment(meeting: Meeting, clock: time | None) -> datetime | None:
    return room.moment_in(meeting, clock)
