"""The forms of planning a meeting, and of what happens to it afterwards."""

from datetime import datetime
from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Optional

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.meetings import MeetingFacts
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.gate.wording import MEETING_KIND
from sitzungsdienst.office import naming
from sitzungsdienst.office.forms import (
    CheckboxesField,
    OfficeForm,
    VersionedForm,
    number_or_none,
    options,
)
from sitzungsdienst.office.local_time import SKIPPED, is_skipped, moment
from sitzungsdienst.record.bodies import Location, Organization
from sitzungsdienst.record.meetings import Meeting, MeetingKind

KINDS = options(
    (one.value, MEETING_KIND[one]) for one in MeetingKind if one is not MeetingKind.CONTINUATION
)
CONTINUED = options([(MeetingKind.CONTINUATION.value, MEETING_KIND[MeetingKind.CONTINUATION])])
PUBLIC_REASON = "Der Grund steht öffentlich bei der neuen Fassung. Nennen Sie keine Personen."


class MeetingFields:
    """Everything a meeting is planned with. `committee_ids` leads, `further_ids` join it."""

    committee_ids = SelectField(
        "Gremium", [InputRequired("Bitte wählen Sie das Gremium.")], coerce=number_or_none
    )
    further_ids = CheckboxesField(
        "Gemeinsam mit",
        [Optional()],
        coerce=int,
        description="Nur für gemeinsame Sitzungen mehrerer Gremien; das Gremium oben führt.",
    )
    kind = SelectField("Art der Sitzung", [Optional()], choices=KINDS)
    number = IntegerField(
        "Nummer",
        [Optional()],
        description="Die wievielte Sitzung des Gremiums in der Wahlperiode.",
    )
    name = StringField(
        "Bezeichnung",
        [Optional()],
        description="Bleibt das Feld leer, heißt die Sitzung nach Art, Nummer und Gremium, zum"
        " Beispiel: 26. ordentliche Sitzung des Kreistages.",
    )
    start_date = DateField("Tag", [InputRequired("Bitte geben Sie den Tag der Sitzung an.")])
    start_time = TimeField("Beginn", [InputRequired("Bitte geben Sie den Beginn der Sitzung an.")])
    location_id = SelectField(
        "Raum", [InputRequired("Bitte wählen Sie den Raum.")], coerce=number_or_none
    )
    internal_note = TextAreaField(
        "Interne Notiz", [Optional()], description="Nur für den Sitzungsdienst; nie öffentlich."
    )


class NewMeetingForm(OfficeForm, MeetingFields):
    """A meeting to be planned."""


class MeetingForm(VersionedForm, MeetingFields):
    """A meeting to be changed or moved."""

    reason = StringField("Grund der Änderung", description=PUBLIC_REASON)


class ReasonForm(VersionedForm):
    """A question whose answer needs a reason where the public knows the meeting."""

    reason = StringField("Grund", description=PUBLIC_REASON)


def facts(
    form: NewMeetingForm | MeetingForm, names: dict[int, str], row: Meeting | None = None
) -> MeetingFacts:
    """The command of a valid form; `names` are the committees' names by id.

    Committees that were seated in `row` keep their order, so that saving does not reorder them.
    """
    committees = chosen_committees(form, row)
    told = (form.name.data or "").strip()
    kind, number = chosen_kind(form, row), form.number.data
    return MeetingFacts(
        name=told or proposed(names, committees, kind, number, row),
        committee_ids=committees,
        start=start_of(form),
        location_id=form.location_id.data,
        internal_note=form.internal_note.data or "",
        kind=kind,
        number=number,
    )


def chosen_committees(
    form: NewMeetingForm | MeetingForm, row: Meeting | None = None
) -> tuple[int, ...]:
    """The committees that meet, the leading one first; those that sit already in their order."""
    seated = [one.id for one in row.organizations] if row else []
    further = sorted(
        (one for one in _further(form) if one != form.committee_ids.data),
        key=lambda one: seated.index(one) if one in seated else len(seated),
    )
    return (form.committee_ids.data, *further)


def chosen_kind(form: NewMeetingForm | MeetingForm, row: Meeting | None = None) -> MeetingKind:
    """The kind chosen; a form that was sent without one leaves it as it is."""
    kept = row.kind if row else MeetingKind.ORDINARY
    return MeetingKind(form.kind.data) if form.kind.data else kept


def proposed(
    names: dict[int, str],
    committees: tuple[int, ...],
    kind: MeetingKind,
    number: int | None,
    row: Meeting | None = None,
) -> str:
    """The name that fits what was chosen."""
    if kind is MeetingKind.CONTINUATION and row is not None and row.continues is not None:
        return naming.continuation_name(row.continues.name)
    until = until_words(row) if row else {}
    joining = [naming.Joining(names[one], until.get(one, "")) for one in committees[1:]]
    return naming.proposed_name(names[committees[0]], joining, kind, number)


def until_words(row: Meeting) -> dict[int, str]:
    """Up to which item committees take part, by committee: "TOP 3", "TOP N 2"."""
    numbers = {one.item.id: one.number for one in agenda_rows(row.agenda)}
    last = {one.organization_id: one.until_item_id for one in row.committees if one.until_item_id}
    return {
        committee: f"TOP {numbers[item].removeprefix('Ö ')}"
        for committee, item in last.items()
        if item in numbers
    }


def start_of(form: Any) -> datetime:
    """The beginning that was typed, as a moment. Raises RuleBroken at the field that is wrong."""
    day, clock = form.start_date.data, form.start_time.data
    if day is None or clock is None:
        raise RuleBroken("start_date", "Bitte geben Sie Tag und Beginn der Sitzung an.")
    if is_skipped(day, clock):
        raise RuleBroken("start_time", SKIPPED)
    return moment(day, clock)


def place_label(one: Location) -> str:
    """A room as it is chosen: with its address, since rooms of the same name exist."""
    return f"{one.room} ({one.place})" if one.place else one.room


def committee_label(one: Organization) -> str:
    """A committee as it is chosen."""
    return f"{one.name} ({one.short_name})" if one.short_name else one.name


def _further(form: NewMeetingForm | MeetingForm) -> list[int]:
    """The committees that join; a Body with a single committee has no such field."""
    return list(form.further_ids.data or ()) if "further_ids" in form else []
