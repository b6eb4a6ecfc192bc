"""The page for a stale form: somebody else saved in the meantime. Both texts are shown, none lost.

The typed text stands in the form, which now carries the new version: sending it again is a
decision, made with both texts in view.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import render_template
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FileField,
    PasswordField,
    SelectField,
    SelectMultipleField,
)
from wtforms.widgets import HiddenInput

from sitzungsdienst import formats, german
from sitzungsdienst.office.forms import VersionedForm


def conflict_page(
    form: VersionedForm, row: Any, *, cancel: str, saved: Mapping[str, object] | None = None
) -> tuple[str, int]:
    """Return the page and status 409 for a form that was based on an older version of `row`.

    What is stored is read from the row's attributes of the fields' names; `saved` overrides it
    for fields that are named or kept otherwise. `cancel` is where to go without saving.
    """
    values = saved or {}
    differences = []
    for field in form.shown_fields():
        if isinstance(field, (FileField, PasswordField)):
            continue
        stored = values[field.name] if field.name in values else getattr(row, field.name, None)
        mine, theirs = written(field, field.data), written(field, stored)
        if mine != theirs:
            differences.append((field.label.text, mine, theirs))
    form.version.data = row.version
    form.version.raw_data = None
    page = render_template(
        "office/conflict.html", form=form, differences=differences, cancel=cancel
    )
    return page, 409


def written(field: Field, value: object) -> str:
    """Return a value as a reader knows it: the label of a choice, "ja", a German date."""
    if isinstance(field, BooleanField):
        return "ja" if value else "nein"
    if isinstance(field, SelectMultipleField):
        chosen = {str(one) for one in value} if isinstance(value, (list, tuple, set)) else set()
        return ", ".join(label for key, label in _labels(field) if str(key) in chosen)
    if isinstance(field, SelectField):
        wanted = "" if value is None else str(value)
        return next((label for key, label in _labels(field) if str(key) == wanted), "")
    return _written_rows(field, value) if isinstance(field, FieldList) else _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return formats.moment(value)
    return german.plain_date(value) if isinstance(value, date) else str(value)


def _written_rows(rows: FieldList, value: object) -> str:
    """Rows of small forms, one a line; `value` is a list of what each row's fields hold."""
    if not rows.entries or not isinstance(value, list):
        return ""
    form = rows.entries[0].form
    lines = (
        ", ".join(
            written(form[name], one)
            for name, one in row.items()
            if one and not isinstance(form[name].widget, HiddenInput)
        )
        for row in value
    )
    return "\n".join(line for line in lines if line)


def _labels(field: SelectField | SelectMultipleField) -> list[tuple[object, str]]:
    """The choices as (value, label), the values coerced like what was typed."""
    return [(value, str(label)) for value, label, *_ in field.iter_choices()]
