"""What differs between two texts: nothing of either is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitzungsdienst.office.differences import Piece, compare

TEXT = st.text(alphabet="ab \n.ä", max_size=60)


def side(pieces: tuple[Piece, ...], kind: str) -> str:
    return "".join(one.text for one in pieces if one.kind in ("same", kind))


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_difference(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert side(pieces, "gone") == before
    assert side(pieces, "new") == after
    assert all(one.text for one in pieces)


def test_words_are_compared_within_lines() -> None:
    assert compare("Der Rat berät.\nEnde.", "Der Kreistag berät.\nEnde.") == (
        Piece("same", "Der "),
        Piece("gone", "Rat"),
        Piece("new", "Kreistag"),
        Piece("same", " berät.\nEnde."),
    )


def test_equal_texts_differ_in_nothing() -> None:
    assert compare("Gleich.", "Gleich.") == (Piece("same", "Gleich."),)
    assert compare("", "") == ()


@pytest.mark.parametrize(
    ("word", "changed"), [("wort5 ", "Wort5 "), ("wort5 ", "\n"), ("wort", "x")]
)
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_very_long_texts_are_compared_in_time(word: str, changed: str, between: str) -> None:
    before = between.join(f"wort{number % 977} {number % 7}" for number in range(20_000))
    after = before.replace(word, changed)
    started = time.process_time()
    pieces = compare(before, after)
    assert time.process_time() - started < 5
    assert side(pieces, "gone") == before
    assert side(pieces, "new") == after
