"""The forms of what follows from meetings: continuations, second summons, series, participation."""

from datetime import date, datetime, time

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Optional

from sitzungsdienst.acts import series
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.german import WEEKDAYS
from sitzungsdienst.office.forms import (
    CheckboxesField,
    OfficeForm,
    VersionedForm,
    number_or_none,
    options,
)
from sitzungsdienst.office.local_time import SKIPPED, is_skipped, moment

DAY, ROOM = "Bitte geben Sie den Tag an.", "Bitte wählen Sie den Raum."


class FollowUpForm(OfficeForm):
    """A meeting that goes on with another, or is summoned again to the same."""

    name = StringField("Bezeichnung", [InputRequired("Bitte geben Sie die Bezeichnung ein.")])
    number = IntegerField("Nummer", [Optional()])
    start_date = DateField("Tag", [InputRequired(DAY)])
    start_time = TimeField("Beginn", [InputRequired("Bitte geben Sie den Beginn an.")])
    location_id = SelectField("Raum", [InputRequired(ROOM)], coerce=number_or_none)
    item_ids = CheckboxesField(
        "Punkte, die übernommen werden",
        [Optional()],
        coerce=int,
        description="Mit ihren Vorlagen; Überschriften kommen von selbst mit. In der bisherigen"
        " Sitzung bleiben die Punkte stehen.",
    )
    internal_note = TextAreaField("Interne Notiz", [Optional()])


class ParticipationForm(VersionedForm):
    """Up to which item each committee of a joint meeting takes part; made for one meeting."""


def participation_form(committees: list[tuple[int, str]]) -> type[ParticipationForm]:
    """A form with one choice for each committee, named "until-<id>"."""
    fields = {
        f"until-{key}": SelectField(name, [Optional()], coerce=number_or_none)
        for key, name in committees
    }
    return type("Participation", (ParticipationForm,), fields)


class StandingForm(VersionedForm):
    """The standing items of a committee, one a line."""

    public_lines = TextAreaField(
        "Öffentlicher Teil",
        [Optional()],
        description="Jede Zeile ein Punkt, eingerückte Zeilen sind Unterpunkte. Endet eine Zeile"
        " mit einem Doppelpunkt, wird sie eine Überschrift, die nur gliedert.",
    )
    nonpublic_lines = TextAreaField("Nichtöffentlicher Teil", [Optional()])


WEEKLY, MONTHLY = "weekly", "monthly"
WHICH = (("1", "ersten"), ("2", "zweiten"), ("3", "dritten"), ("4", "vierten"), ("-1", "letzten"))


class RhythmForm(OfficeForm):
    """How the dates of a series follow each other."""

    committee_ids = SelectField(
        "Gremium", [InputRequired("Bitte wählen Sie das Gremium.")], coerce=number_or_none
    )
    location_id = SelectField("Raum", [InputRequired(ROOM)], coerce=number_or_none)
    start_time = TimeField("Beginn", [InputRequired("Bitte geben Sie den Beginn an.")])
    first = DateField("Erster Tag", [InputRequired(DAY)])
    until = DateField("Letzter Tag", [InputRequired(DAY)])
    rhythm = RadioField(
        "Rhythmus",
        [InputRequired("Bitte wählen Sie den Rhythmus.")],
        choices=options(
            ((WEEKLY, "alle … Wochen am Wochentag des ersten Tages"), (MONTHLY, "monatlich am …"))
        ),
        default=MONTHLY,
    )
    weeks = IntegerField("Wochen", [Optional()], default=4)
    which = SelectField("Der wievielte", [Optional()], choices=options(WHICH), default="1")
    weekday = SelectField(
        "Wochentag", [Optional()], choices=options(enumerate(WEEKDAYS)), default="0"
    )
    months = IntegerField(
        "Alle … Monate", [Optional()], default=1, description="1: jeden Monat, 3: je Vierteljahr."
    )
    numbered = BooleanField("Fortlaufend nummerieren", default=True)

    def days(self) -> tuple[date, ...]:
        """The dates that follow from a valid form. Raises RuleBroken."""
        first, until = self.first.data, self.until.data
        if first is None or until is None or until < first:
            raise RuleBroken("until", "Der letzte Tag liegt vor dem ersten.")
        if self.rhythm.data == WEEKLY:
            return series.every_weeks(first, self.weeks.data or 0, until)
        which, weekday = int(self.which.data or 1), int(self.weekday.data or 0)
        return series.monthly(first, weekday, which, self.months.data or 0, until)


class OccasionForm(Form):
    """One date of a series: kept or not, and each for itself changeable."""

    keep = BooleanField("Planen")
    day = DateField("Tag", [Optional()])
    clock = TimeField("Beginn", [Optional()])
    number = IntegerField("Nummer", [Optional()])
    name = StringField("Bezeichnung", [Optional()])

    def start(self) -> datetime:
        """The beginning as a moment. Raises RuleBroken where it is none."""
        day: date | None = self.day.data
        clock: time | None = self.clock.data
        if day is None or clock is None:
            raise RuleBroken("", "Bitte geben Sie zu jedem Termin Tag und Beginn an.")
        if is_skipped(day, clock):
            raise RuleBroken("", SKIPPED)
        return moment(day, clock)


class SeriesForm(OfficeForm):
    """The dates of a series, to be looked through before they are planned."""

    committee_ids = HiddenField()
    location_id = HiddenField()
    occasions = FieldList(FormField(OccasionForm), "Termine", max_entries=series.MAX_MEETINGS)
