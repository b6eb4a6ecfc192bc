"""Text integrity: whatever goes into a document stands in it, whole, once more, and in order."""

import importlib
import pkgutil
import re
from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from sitzungsdienst import documents
from tests.documents.cast import squeezed
from tests.documents.forms import FORMS, Form
from tests.documents.making import Words, made, texts_of
from tests.support.spoken import spoken

#: What prints no kind of its own.
HELPERS = {"print_sheets", "print_book", "print_sample"}


@cache
def _printed(name: str) -> tuple[Form, Any, str]:
    """A kind, its value with words in every text, and what is read out of it."""
    form = FORMS[name]
    value = form.change(made(form.kind, Words()))
    return form, value, squeezed(spoken(form.print(value)))


def _place(path: str) -> str:
    return re.sub(r"\[\d+\]", "[]", path)


def _unsaid(form: Form, path: str) -> set[str]:
    """The exceptions that name the text."""
    return {one for one in form.unsaid if path.endswith(one) or _place(path).endswith(one)}


@pytest.mark.parametrize("name", FORMS)
def test_every_text_of_the_input_is_read_out(name: str) -> None:
    form, value, heard = _printed(name)
    said = {path for path, text in texts_of(value) if squeezed(text) in heard}
    used: set[str] = set()
    for path, _ in texts_of(value):
        excused = _unsaid(form, path)
        assert (path in said) != bool(excused), path
        used |= excused
    assert used == set(form.unsaid), "an exception that nothing needs"


@pytest.mark.parametrize("name", FORMS)
def test_things_of_a_kind_are_read_in_their_order(name: str) -> None:
    form, value, heard = _printed(name)
    alike = defaultdict(list)
    for path, text in texts_of(value):
        if not _unsaid(form, path):
            # Not the places in a pair: a name and a choice are two kinds of things.
            alike[re.sub(r"(?<!\])\[\d+\]", "[]", path)].append(squeezed(text))
    assert any(len(texts) > 1 for texts in alike.values())
    for path, texts in alike.items():
        place = 0
        for text in texts:
            place = heard.find(text, place)
            assert place >= 0, f"{path}: {text} is not read after the one before it"
            place += len(text)


def test_every_printer_is_among_the_kinds() -> None:
    printers = set()
    for found in pkgutil.iter_modules(documents.__path__, f"{documents.__name__}."):
        module = importlib.import_module(found.name)
        printers |= {
            name
            for name, one in vars(module).items()
            if name.startswith("print_") and one.__module__ == found.name
        }
    functions = [form.print for form in FORMS.values()]
    asked = {name for one in functions for name in (one.__name__, *one.__code__.co_names)}
    assert printers - HELPERS == (printers & asked) - HELPERS
