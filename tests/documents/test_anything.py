"""Whatever people type into whatever field, every kind keeps PDF/UA-1 and PDF/A-3a.

Nothing, far too much, what breaks programs, and what hypothesis comes up with: each time in all
fields of a kind's value, found by their types. veraPDF judges what stands here in test_standards.
"""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.din_91379 import SHOWN
from tests.documents.forms import FORMS
from tests.documents.making import Nothing, Words, made
from tests.support.standards import faults_of

#: Markup, controls, half characters, private ones, other directions, signs on nothing.
NASTY = (
    "3 <b 5 & \"<img src='file:///etc/passwd'/>\" <para> &amp; &#x41; ]]> %PDF (\\) \x00\x07\x1b"
    " \ufeff\u200b\u202e\ud83d 😀 ﷽ 中文 \ue000 \u0600 \u0301 שלום محمد Ǆ ẞ ǰ̱ \u2028 \n\n\t"
    " https://example.org/" + "a" * 120
)
PIECES = [
    *NASTY.split(" "), *SHOWN, "\n", "\n\n", " ", "\u00a0", "\u00ad", "Beschluss", "Ö 1.1",
    "17:00 Uhr", "- ", "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


class Nasty(Words):
    """A pen that writes what breaks programs."""

    def text(self) -> str:
        return NASTY

    def count(self) -> int:
        return 1


class Endless(Words):
    """A pen that writes half a page into every text, however short it should be."""

    def text(self) -> str:
        return "Haushaltssicherungskonzept der Einheitsgemeinde, " * 30

    def count(self) -> int:
        return 1


class Anything(Words):
    """A pen that puts some texts anywhere, in whatever shape; the same ones by the same chance."""

    def __init__(self, texts: list[str], seed: int) -> None:
        super().__init__()
        self.texts = texts
        self.chance = Random(seed)  # noqa: S311 (a shape to test with, no secret)

    def text(self) -> str:
        return self.chance.choice(self.texts)

    def count(self) -> int:
        return self.chance.randint(0, 2)

    def number(self) -> int:
        return self.chance.choice((0, 1, 3, 30))

    def there(self) -> bool:
        return self.chance.random() < 0.5

    flag = there

    def one_of(self, options: list[Any]) -> Any:
        return self.chance.choice(options)


def printed(name: str, pen: Words) -> bytes:
    """A kind of document with what `pen` writes in all its fields."""
    form = FORMS[name]
    return form.print(form.change(made(form.kind, pen)))


PENS = {"nothing": Nothing, "nasty": Nasty, "endless": Endless}


@pytest.mark.parametrize("pen", PENS)
@pytest.mark.parametrize("name", FORMS)
def test_nothing_too_much_and_nasty_texts_in_all_fields(name: str, pen: str) -> None:
    assert faults_of(printed(name, PENS[pen]())) == []


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=3, derandomize=True, database=None, deadline=None)
@given(texts=st.lists(TEXTS, min_size=6, max_size=6), seed=st.integers(0, 1_000_000))
def test_any_text_in_any_field(name: str, texts: list[str], seed: int) -> None:
    assert faults_of(printed(name, Anything(texts, seed))) == []
