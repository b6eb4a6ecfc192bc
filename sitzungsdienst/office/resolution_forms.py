"""The forms of resolutions: numbers, wording, announcement. Fields are named as in the acts."""

from collections.abc import Collection, Iterable
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
    TextAreaField,
    fields,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from sitzungsdienst.acts.announcements import Announced, AnnouncementFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.resolution_numbers import LONGEST_NUMBER
from sitzungsdienst.acts.resolutions import Numbering, ResolutionFacts
from sitzungsdienst.gate.wording import DECISION
from sitzungsdienst.office.forms import (
    CheckboxesField,
    ConfirmForm,
    OfficeForm,
    VersionedForm,
    number_or_none,
    options,
    text,
)
from sitzungsdienst.record.proceedings import Decision
from sitzungsdienst.record.resolutions import Announcement


class DateField(fields.DateField):
    """A day that must be typed. Its name is WTForms' own: by it the pages set its width."""

    data: Any  # a date once the form is valid


class NumberRow(Form):
    """One item that waits for its resolution: whether it gets one now, and a number of its own."""

    class Meta(OfficeForm.Meta):
        """As in all forms; the token is the whole form's."""

        csrf = False

    item_id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    chosen = BooleanField("Nummerieren")
    number = StringField("Eigene Nummer", [Length(max=LONGEST_NUMBER)])


class NumberingForm(OfficeForm):
    """The items of a meeting that wait for their resolutions."""

    rows = FieldList(FormField(NumberRow))

    def numberings(self) -> tuple[Numbering, ...]:
        """What is chosen."""
        return tuple(
            Numbering(item_id=row.form.item_id.data or 0, number=text(row.form.number))
            for row in self.rows
            if row.form.chosen.data
        )

    def refuse(self, error: RuleBroken) -> None:
        """Show a broken rule at the number of its item."""
        for row in self.rows:
            if error.field == f"number-{row.form.item_id.data}":
                row.form.number.errors = [*row.form.number.errors, error.sentence]
                self.rows.errors = [one.errors for one in self.rows if one.errors]
                return
        super().refuse(error)

    def keep_rows(self, item_ids: Collection[int]) -> None:
        """Let go of rows that are not shown any more; what is wrong with them stands above all."""
        gone = [row for row in self.rows if row.form.item_id.data not in item_ids]
        for row in gone:
            self.form_errors.extend(row.form.number.errors)
        self.rows.entries = [row for row in self.rows if row not in gone]
        self.rows.errors = [row.errors for row in self.rows if row.errors]


class WordingFields:
    """What a resolution says."""

    subject = StringField("Gegenstand", [InputRequired("Bitte geben Sie den Gegenstand ein.")])
    decision = SelectField(
        "Beschlussart",
        choices=options((one.value, word) for one, word in DECISION.items()),
        coerce=Decision,
    )
    text_put = TextAreaField(
        "Vorgeschlagener Wortlaut", description="Worüber abgestimmt wurde, wie vorgeschlagen."
    )
    text_adopted = TextAreaField(
        "Beschlossener Wortlaut", description="Wie er gefasst wurde; bei einer Ablehnung leer."
    )


class NewResolutionForm(OfficeForm, WordingFields):
    """A resolution to be added to an item."""

    number = StringField("Nummer", [Length(max=LONGEST_NUMBER)])


class ResolutionForm(VersionedForm, WordingFields):
    """A resolution to be worded anew."""


def resolution_facts(form: NewResolutionForm | ResolutionForm) -> ResolutionFacts:
    """The command's facts from a sound form."""
    return ResolutionFacts(
        subject=text(form.subject),
        decision=form.decision.data,
        text_put=text(form.text_put),
        text_adopted=text(form.text_adopted),
        number=text(form.number) if isinstance(form, NewResolutionForm) else "",
    )


class VoidForm(ConfirmForm):
    """Why a number was given by mistake."""

    reason = TextAreaField(
        "Grund",
        [InputRequired("Bitte geben Sie den Grund an.")],
        description="Zum Beispiel: doppelt erfasst, siehe 12/2017.",
    )


class AnnouncementForm(VersionedForm):
    """Whether and with which words a non-public resolution is announced."""

    announcement = RadioField(
        "Bekanntgabe",
        choices=options(
            [
                (Announcement.OWED.value, "wird bekannt gegeben"),
                (Announcement.WITHHELD.value, "wird nicht bekannt gegeben"),
            ]
        ),
        coerce=Announcement,
        validators=[InputRequired("Bitte wählen Sie, ob bekannt gegeben wird.")],
    )
    announced_text = TextAreaField(
        "Wortlaut der Bekanntgabe",
        description="Nur dieser Text ist für die Öffentlichkeit bestimmt. Nennen Sie nichts, was"
        " nichtöffentlich bleiben muss.",
    )
    announcement_reason = TextAreaField(
        "Grund",
        description="Warum nicht oder noch nicht bekannt gegeben wird; wird nie veröffentlicht.",
    )

    def facts(self) -> AnnouncementFacts:
        """What is planned."""
        return AnnouncementFacts(
            announcement=self.announcement.data,
            announced_text=text(self.announced_text),
            announcement_reason=text(self.announcement_reason),
        )


class AnnouncedForm(VersionedForm):
    """When one resolution was announced, and where."""

    announced_on = DateField(
        "Tag der Bekanntgabe", [InputRequired("Bitte geben Sie den Tag der Bekanntgabe an.")]
    )
    announced_item_id = SelectField(
        "Tagesordnungspunkt",
        [Optional()],
        coerce=number_or_none,
        description="Der öffentliche Punkt, unter dem bekannt gegeben wurde. Leer, wenn es auf"
        " anderem Weg geschah.",
    )

    def facts(self) -> Announced:
        """When and where."""
        return Announced(
            announced_on=self.announced_on.data, announced_item_id=self.announced_item_id.data
        )


class AnnounceManyForm(OfficeForm):
    """Which resolutions were announced under an item."""

    item_id = SelectField(
        "Bekannt gegeben unter",
        [InputRequired("Bitte wählen Sie den Punkt, unter dem bekannt gegeben wurde.")],
        coerce=number_or_none,
    )
    resolution_ids = CheckboxesField("Beschlüsse", coerce=int)

    def refuse(self, error: RuleBroken) -> None:
        """Show a broken rule; what concerns one of the chosen stands above the list."""
        if error.field.startswith("resolution-"):
            self.form_errors.append(error.sentence)
        else:
            super().refuse(error)

    def offer(self, items: Iterable[tuple[object, str]], rows: Iterable[tuple[int, str]]) -> None:
        """Fill the choices."""
        self.item_id.choices = options(items, empty="– bitte wählen –")
        self.resolution_ids.choices = options(rows)
