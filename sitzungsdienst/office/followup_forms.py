"""The forms of carrying out resolutions. Fields are named as in the acts' commands."""

from calendar import monthrange
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.followup import ExecutionFacts, Suspension
from sitzungsdienst.acts.followup_reports import ReportFacts
from sitzungsdienst.acts.uploads import MAX_BYTES
from sitzungsdienst.config import MIB
from sitzungsdienst.office.forms import (
    ConfirmForm,
    OfficeForm,
    VersionedForm,
    number_or_none,
    options,
    text,
)
from sitzungsdienst.office.resolution_forms import DateField

LONGEST_MONTHS = 240


class ExecutionForm(VersionedForm):
    """Who carries a resolution out, until when, and until when it must wait."""

    unit_id = SelectField(
        "Zuständige Stelle",
        [Optional()],
        coerce=number_or_none,
        description="Fehlt sie, legen Sie sie unter »Gremien« → »Verwaltungseinheiten« an.",
    )
    in_charge = StringField("Bearbeiter/-in")
    due_on = DateField("Frist", [Optional()], description="Bis wann umgesetzt sein soll.")
    months = IntegerField(
        "Oder Dauer in Monaten",
        [
            Optional(),
            NumberRange(1, LONGEST_MONTHS, f"Bitte geben Sie 1 bis {LONGEST_MONTHS} Monate an."),
        ],
        description="Zählt ab dem Tag des Beschlusses; die Frist wird daraus berechnet.",
        render_kw={"inputmode": "numeric"},
    )
    suspended_until = DateField(
        "Vollzug ausgesetzt bis",
        [Optional()],
        description="Bis einschließlich dieses Tages wird nicht umgesetzt.",
    )
    suspension_reason = StringField("Grund der Aussetzung")
    internal_note = TextAreaField(
        "Interner Vermerk", description="Nur für den Sitzungsdienst; wird nie veröffentlicht."
    )

    def facts(self, decided_on: date) -> ExecutionFacts:
        """What is planned; a number of months counts from the day of the resolution."""
        due, months = self.due_on.data, self.months.data
        if due is not None and months is not None and due != months_after(decided_on, months):
            raise RuleBroken("months", "Bitte geben Sie entweder die Frist oder die Dauer an.")
        return ExecutionFacts(
            unit_id=self.unit_id.data,
            in_charge=text(self.in_charge),
            due_on=due if months is None else months_after(decided_on, months),
            suspended_until=self.suspended_until.data,
            suspension_reason=text(self.suspension_reason),
            internal_note=text(self.internal_note),
        )

    def take(self, proposed: Suspension) -> None:
        """Put the proposed suspension into the form."""
        self.suspended_until.data = proposed.until
        self.suspended_until.raw_data = None
        self.suspension_reason.data = proposed.reason


def months_after(day: date, months: int) -> date:
    """The day so many months later; where the month is too short, its last (§ 188 Abs. 3 BGB)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class CompletionForm(ConfirmForm):
    """When a resolution was carried out, and with what result."""

    completed_on = DateField("Umgesetzt am", [InputRequired("Bitte geben Sie den Tag an.")])
    note = TextAreaField("Ergebnis")


class DropForm(ConfirmForm):
    """Since when a resolution is not carried out any more, and why."""

    completed_on = DateField("Aufgegeben am", [InputRequired("Bitte geben Sie den Tag an.")])
    reason = TextAreaField("Grund", [InputRequired("Bitte geben Sie den Grund an.")])


class ReopenForm(ConfirmForm):
    """Why a resolution is taken up again."""

    reason = TextAreaField("Grund", [InputRequired("Bitte geben Sie den Grund an.")])


class ReportFields:
    """What is reported."""

    reported_on = DateField("Datum", [InputRequired("Bitte geben Sie das Datum an.")])
    reported_by = StringField("Bericht von", description="Zum Beispiel: Amt für Integration.")
    text = TextAreaField("Bericht", [InputRequired("Bitte geben Sie den Bericht ein.")])
    public = BooleanField(
        "Der Bericht ist für die Öffentlichkeit bestimmt",
        description="Veröffentlicht wird er erst mit einer Freigabe.",
    )

    def facts(self) -> ReportFacts:
        """What is reported."""
        return ReportFacts(
            reported_on=self.reported_on.data,
            reported_by=self.reported_by.data or "",
            text=self.text.data or "",
            public=bool(self.public.data),
        )


class NewReportForm(OfficeForm, ReportFields):
    """A report to be entered."""

    file = FileField(
        "PDF-Datei",
        [Optional()],
        description=f"Nur PDF, höchstens {MAX_BYTES // MIB} MB, ohne Kennwort und ohne aktive"
        " Inhalte.",
        render_kw={"accept": "application/pdf,.pdf"},
    )


class ReportForm(VersionedForm, ReportFields):
    """A report to be corrected."""


class ReminderForm(OfficeForm):
    """A day on which the office looks after a resolution again."""

    remind_on = DateField("Wiedervorlage am", [InputRequired("Bitte geben Sie den Tag an.")])
    note = StringField("Vermerk", [Length(max=500)])


class FollowUpFilter(OfficeForm):
    """What is looked for in the list of resolutions; sent by GET, so without a token."""

    class Meta(OfficeForm.Meta):
        """Nothing is changed by looking."""

        csrf = False

    suche = StringField("Nummer oder Gegenstand", [Length(max=200)])
    stand = SelectField("Stand", [Optional()])
    stelle = SelectField("Zuständige Stelle", [Optional()], coerce=number_or_none)
    gremium = SelectField("Gremium", [Optional()], coerce=number_or_none)
    frist = DateField("Frist bis", [Optional()])

    def offer(self, states: list[tuple[str, str]], units: list[Any], committees: list[Any]) -> None:
        """Fill the choices."""
        self.stand.choices = options(states, empty="alle")
        self.stelle.choices = options(((one.id, one.name) for one in units), empty="alle")
        self.gremium.choices = options(((one.id, one.name) for one in committees), empty="alle")
