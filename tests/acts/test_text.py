"""Typed text: what is kept of it, and what is refused for its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.text import TEXT_LIMIT, TITLE_LIMIT, clean_line, clean_text
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.papers import Paper
from tests.support.builders import Builder

MARKUP = "<b onclick='x()'>Straße & Weg</b> &amp; 🚲👩🏽‍🚒 {{ 7*7 }} "


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    once = clean_text(typed)
    assert clean_text(once) == once
    assert clean_line(clean_line(typed)) == clean_line(typed)


@given(st.text())
def test_cleaned_text_can_be_stored_everywhere(typed: str) -> None:
    cleaned = clean_text(typed)
    cleaned.encode("utf-8")
    assert not [one for one in cleaned if ord(one) < 32 and one not in "\n\t"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\0b", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("  a  ", "a"),
        ("Stra\u0308sse", "Strässe"),
        ("e\0\u0301", "é"),
        ("x\u202egnp.exe", "xgnp.exe"),
        ("\ufeffa", "a"),
        ("\ud800a", "a"),
    ],
)
def test_what_no_printer_holds_is_left_out(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_a_line_has_no_line_breaks() -> None:
    assert clean_line(" a \n\n b\t c ") == "a b c"


def long(length: int) -> str:
    """Text of exactly that many characters, with markup and emoji, that cleaning leaves alone."""
    return (MARKUP * (length // len(MARKUP) + 1))[:length].rstrip().ljust(length, "x")


def test_a_title_of_5000_characters_is_refused_with_both_numbers(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    with pytest.raises(RuleBroken) as refused:
        build.item(meeting, long(5_000))
    assert refused.value.field == "title"
    assert refused.value.message == (
        "Höchstens 1.000 Zeichen sind möglich; Ihr Text hat 5.000. Bitte kürzen Sie ihn."
    )


def test_markup_and_emoji_are_kept_as_typed_up_to_the_limit(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    item = build.item(meeting, long(TITLE_LIMIT))
    assert build.session.get_one(AgendaItem, item).title == long(TITLE_LIMIT)
    with pytest.raises(RuleBroken):
        build.item(meeting, long(TITLE_LIMIT) + "x")


def test_a_long_text_of_5000_characters_is_kept(build: Builder) -> None:
    paper = build.paper(reasons=long(5_000))
    assert build.session.get_one(Paper, paper).reasons == long(5_000)
    with pytest.raises(RuleBroken, match=r"Höchstens 200\.000 Zeichen"):
        build.paper(reasons="x" * (TEXT_LIMIT + 1))


def test_a_title_of_control_characters_only_is_no_title(build: Builder) -> None:
    meeting = build.meeting(build.organization())
    with pytest.raises(RuleBroken, match="Bitte geben Sie den Betreff ein"):
        build.item(meeting, " \0\x07\u202e ")
