"""What all forms of the office have in common: German, a token, errors at their field."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, IntegerField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.office import current
from sitzungsdienst.office.messages import German

RELOAD = "Bitte laden Sie die Seite neu und versuchen Sie es noch einmal."


class OfficeForm(FlaskForm):
    """A form that speaks German. Field names are those of the command it fills.

    Each carries the Body it was opened for (`office.body_choice`), so that a switch in another tab
    does not let it write into the wrong one.
    """

    class Meta(FlaskForm.Meta):
        """WTForms' settings."""

        def get_translations(self, form: Any) -> German:
            """Return our German instead of the browser's language."""
            del form
            return German()

    def hidden_tag(self, *fields: Any) -> Markup:
        """The hidden fields of the form: its token, its own ones, and the Body it is for."""
        return Markup(super().hidden_tag(*fields)) + current.body_field()  # noqa: S704 - markup of WTForms

    def refuse(self, error: RuleBroken) -> None:
        """Show a broken rule at its field, or above the form where it belongs to none."""
        field = self._fields.get(error.field)
        if field is None or isinstance(field.widget, HiddenInput):
            self.form_errors.append(error.sentence)
        else:
            field.errors = [*field.errors, error.sentence]

    def shown_fields(self) -> list[Field]:
        """Return the fields that people see, in their order."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]


class VersionField(IntegerField):
    """The version of a row that a form shows."""

    data: Any  # an int once the form is valid


class VersionedForm(OfficeForm):
    """A form that changes a row: it remembers which version of the row it shows."""

    version = VersionField(
        widget=HiddenInput(),
        validators=[InputRequired(RELOAD)],
    )


class ConfirmForm(VersionedForm):
    """A question with one button, about a row of a version."""


class CheckboxesField(SelectMultipleField):
    """Any of several, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def text(field: Field) -> str:
    """Return what was typed into a field; nothing is the empty text."""
    return field.data or ""


def number_or_none(value: object) -> int | None:
    """Coerce a choice: "" is None. For SelectField(coerce=…) over rows that may be left open."""
    return None if value in (None, "") else int(str(value))


def options(
    pairs: Iterable[tuple[object, str]], *, empty: str = "", group: str | None = None
) -> list[SelectChoice]:
    """Return the choices of a select from (value, label); `empty` comes first, with value "".

    `group` is the heading the choices stand under.
    """
    first = [SelectChoice("", empty)] if empty else []
    return first + [SelectChoice(value, label, optgroup=group) for value, label in pairs]
