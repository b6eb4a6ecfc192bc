"""The forms of planning a meeting, and of what happens to it afterwards."""

from wtforms import DateField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Optional

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.meetings import MeetingFacts
from sitzungsdienst.office import naming
from sitzungsdienst.office.forms import CheckboxesField, OfficeForm, VersionedForm, number_or_none
from sitzungsdienst.office.local_time import SKIPPED, is_skipped, moment
from sitzungsdienst.record.bodies import Location, Organization
from sitzungsdienst.record.meetings import Meeting

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
    name = StringField(
        "Bezeichnung",
        [Optional()],
        description="Bleibt das Feld leer, heißt die Sitzung nach ihrem Gremium, zum Beispiel:"
        " ordentliche Sitzung des Kreistages.",
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
    seated = [one.id for one in row.organizations] if row else []
    further = sorted(
        (one for one in _further(form) if one != form.committee_ids.data),
        key=lambda one: seated.index(one) if one in seated else len(seated),
    )
    committees = (form.committee_ids.data, *further)
    told = (form.name.data or "").strip()
    day, clock = form.start_date.data, form.start_time.data
    if day is None or clock is None:
        raise RuleBroken("start_date", "Bitte geben Sie Tag und Beginn der Sitzung an.")
    if is_skipped(day, clock):
        raise RuleBroken("start_time", SKIPPED)
    return MeetingFacts(
        name=told or naming.usual_name([names[one] for one in committees]),
        committee_ids=committees,
        start=moment(day, clock),
        location_id=form.location_id.data,
        internal_note=form.internal_note.data or "",
    )


def place_label(one: Location) -> str:
    """A room as it is chosen: with its address, since rooms of the same name exist."""
    return f"{one.room} ({one.place})" if one.place else one.room


def committee_label(one: Organization) -> str:
    """A committee as it is chosen."""
    return f"{one.name} ({one.short_name})" if one.short_name else one.name


def _further(form: NewMeetingForm | MeetingForm) -> list[int]:
    """The committees that join; a Body with a single committee has no such field."""
    return list(form.further_ids.data or ()) if "further_ids" in form else []
