"""The forms speak German: every message of WTForms has ours."""

import re
from importlib import resources

import pytest

from sitzungsdienst.office.messages import MESSAGES, German

QUOTED = r'\s*"((?:[^"\\]|\\.)*)"'
ONE = re.compile(r"\bgettext\(" + QUOTED)
MANY = re.compile(r"\bngettext\(" + QUOTED + "," + QUOTED)
SOURCES = (
    ("wtforms", "validators.py"),
    ("wtforms.fields", "choices.py"),
    ("wtforms.fields", "core.py"),
    ("wtforms.fields", "datetime.py"),
    ("wtforms.fields", "numeric.py"),
    ("wtforms.csrf", "core.py"),
    ("wtforms.csrf", "session.py"),
    ("flask_wtf", "file.py"),
)


@pytest.mark.parametrize(("package", "file"), SOURCES)
def test_every_message_has_its_german(package: str, file: str) -> None:
    source = resources.files(package).joinpath(file).read_text("utf-8")
    said = set(ONE.findall(source))
    said |= {text for pair in MANY.findall(source) for text in pair}
    assert said <= set(MESSAGES), sorted(said - set(MESSAGES))


def test_our_german_keeps_the_blanks_to_fill() -> None:
    blanks = re.compile(r"%\(\w+\)[sd]|%s")
    for english, german in MESSAGES.items():
        assert set(blanks.findall(german)) <= set(blanks.findall(english)), english


def test_our_german_is_formal_and_calm() -> None:
    for german in MESSAGES.values():
        assert german.endswith(".")
        assert "!" not in german
        assert not re.search(r"\b(du|dein|deine)\b", german, re.IGNORECASE)


def test_what_is_german_already_passes_through() -> None:
    assert German().gettext("Bitte wählen Sie.") == "Bitte wählen Sie."
