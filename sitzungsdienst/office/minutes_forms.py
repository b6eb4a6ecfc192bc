"""The forms of the minutes: who signs them, when they were signed and approved."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from sitzungsdienst.acts.minutes import MinutesFacts
from sitzungsdienst.office.forms import OfficeForm, VersionedForm, number_or_none
from sitzungsdienst.office.proceedings_forms import DayField

NAME = Length(max=200)


class _MinutesFields:
    """Who signs, and a remark."""

    chair_name = StringField(
        "Vorsitz",
        [InputRequired("Bitte geben Sie an, wer den Vorsitz führte."), NAME],
        description="Wer die Sitzung geleitet hat.",
    )
    clerk_name = StringField(
        "Schriftführung",
        [InputRequired("Bitte geben Sie an, wer Schrift führte."), NAME],
    )
    remark = TextAreaField(
        "Interner Vermerk", description="Nur für den Sitzungsdienst; steht in keinem Dokument."
    )


class DraftForm(OfficeForm, _MinutesFields):
    """Minutes to be drafted."""


class MinutesForm(VersionedForm, _MinutesFields):
    """A draft to be changed."""


def facts(form: DraftForm | MinutesForm) -> MinutesFacts:
    """What the act needs of either form."""
    return MinutesFacts(
        chair_name=form.chair_name.data or "",
        clerk_name=form.clerk_name.data or "",
        remark=form.remark.data or "",
    )


class SigningForm(VersionedForm):
    """When the minutes were signed."""

    signed_on = DayField(
        "Unterzeichnet am", [InputRequired("Bitte geben Sie das Datum der Unterschrift an.")]
    )


class ApprovalForm(VersionedForm):
    """When the minutes were approved, and in which meeting."""

    approved_on = DayField(
        "Genehmigt am", [InputRequired("Bitte geben Sie das Datum der Genehmigung an.")]
    )
    approved_in_id = SelectField(
        "In der Sitzung", coerce=number_or_none, description="Nur spätere Sitzungen stehen hier."
    )
