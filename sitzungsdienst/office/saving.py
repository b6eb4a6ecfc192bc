"""From a sent form to an act: shape first, then the act, each broken rule at its field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.office.forms import ConfirmForm, OfficeForm

Given = TypeVar("Given")


def attempt(form: OfficeForm, act: Callable[[], Given]) -> list[Given]:
    """Run the act if the form was sent and is sound; gives what the act gives, in a list.

    The list is empty where nothing was done; what is wrong then stands in the form. Stale and
    Unknown are the caller's.
    """
    if not form.is_submitted() or not form.validate():
        return []
    try:
        return [act()]
    except RuleBroken as broken:
        form.refuse(broken)
        return []


def status(form: OfficeForm) -> int:
    """The status of a page that shows the form: 422 where something in it is wrong."""
    return 422 if form.errors else 200


def go(address: str, notice: str = "") -> ResponseReturnValue:
    """Lead on after an act. The notice stands in a cookie: it names no person and no title."""
    if notice:
        flash(notice, "success")
    return redirect(address, 303)


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks before something is done; `goal` is where a yes leads."""

    title: str
    question: str
    text: str
    label: str
    cancel: str
    goal: str
    notice: str
    trail: list[tuple[str, str]]
    kind: str = "warning"


def ask(
    form: ConfirmForm, row: Any, question: Question, act: Callable[[], object]
) -> ResponseReturnValue:
    """Ask, and do it once the answer is yes. A refusal is shown on the page of the question."""
    try:
        if attempt(form, act):
            return go(question.goal, question.notice)
    except Stale:
        form.form_errors.append(
            "Die Angaben wurden inzwischen geändert. Bitte prüfen Sie sie und bestätigen Sie dann"
            " noch einmal."
        )
        form.version.data, form.version.raw_data = row.version, None
        return render_template("office/question.html", form=form, question=question), 409
    return render_template("office/question.html", form=form, question=question), status(form)
