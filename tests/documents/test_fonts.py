"""Typed text becomes harmless markup, and every character finds a typeface or U+FFFD."""

import re
import threading
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from sitzungsdienst.documents import fonts
from sitzungsdienst.documents.fonts import Cut, clean, label, markup, one_line
from sitzungsdienst.documents.hyphens import hyphenate

ANY_TEXT = st.text(st.characters(exclude_categories=()))
OWN_TAGS = re.compile(r'<font face="[A-Za-z-]+">|</font>|<br/>')


def test_markup_in_text_is_escaped() -> None:
    assert markup('3 <b 5 & "x"') == '3 &lt;b 5 &amp; "x"'
    assert "<img" not in markup('<img src="file:///etc/passwd"/>')
    assert markup("&lt;") == "&amp;lt;"


def test_line_breaks_of_every_kind_are_kept() -> None:
    assert markup("a\r\nb\rc\u2028d\x85e") == "a<br/>b<br/>c<br/>d<br/>e"


def test_invisible_characters_are_dropped() -> None:
    assert clean("\ufeffa\x00b\u202ec\u200bd\u2066e\ufe0ff\x1b") == "abcdef"


def test_spaces_become_plain_or_no_break() -> None:
    assert clean("a\tb\u2003c\u202fd\u00a0e") == "a b c\u00a0d\u00a0e"


def test_what_is_no_character_becomes_the_replacement_character() -> None:
    assert clean("a\ud800b\ue000c\uffff") == "a\ufffdb\ufffdc\ufffd"


def test_split_letters_are_put_together() -> None:
    assert clean("A\u0308") == "Ä"


def test_soft_hyphens_stay_in_running_text_and_go_from_labels() -> None:
    assert clean("Tages\u00adordnung") == "Tages\u00adordnung"
    assert one_line("Tages\u00adordnung\n 2 ") == "Tagesordnung 2"


def test_symbols_and_emoji_are_set_in_the_fallback() -> None:
    assert markup("a ☑ b") == 'a <font face="DejaVuSans">☑ </font>b'
    assert markup("😀") == '<font face="DejaVuSans">😀</font>'
    assert "DejaVuSans-Bold" in markup("☑", Cut.BOLD)


def test_a_character_in_no_typeface_becomes_the_replacement_character() -> None:
    assert markup("漢") == "\ufffd"


def test_names_of_all_european_alphabets_need_no_fallback() -> None:
    names = "Ğüler Çelik Łukasz Đorđević Žižek Ñandú Þór Ţepeş ẞ Αθήνα Москва Ǻ Ḃ ş ţ ő"
    assert markup(names) == names


def test_a_label_holds_only_what_its_typeface_draws() -> None:
    assert label("Ö 1 😀\nx") == "Ö 1 \ufffd x"


@given(ANY_TEXT)
def test_no_text_makes_tags_of_its_own_and_none_is_lost(text: str) -> None:
    made = markup(text)
    rest = OWN_TAGS.sub(lambda tag: "\n" if tag.group() == "<br/>" else "", made)
    assert "<" not in rest
    expected = clean(text)
    printed = unescape(rest.replace("&lt;", "&#60;"))
    if not made.passages:
        assert len(printed) == len(expected)
        assert all(a in (b, "\ufffd") for a, b in zip(printed, expected, strict=True))
    place = 0
    for passage in made.passages:
        assert passage.seen in printed
        place = expected.index(passage.read, place) + len(passage.read)


@given(ANY_TEXT)
@settings(max_examples=50)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_german_words_are_parted_and_contradicting_breaks_are_not_trusted() -> None:
    assert [head for head, _ in hyphenate("Bürgerentscheid")] == ["Bürgerent", "Bürger", "Bür"]
    assert ("Integrations", "konzeptes") in list(hyphenate("Integrationskonzeptes"))


def test_what_is_longer_than_any_word_is_not_hyphenated() -> None:
    assert list(hyphenate("haus" * 50)) == []


def test_a_missing_font_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "_coverage", {})
    with pytest.raises(FileNotFoundError, match=r"NotoSans-Regular\.ttf"):
        fonts.register(tmp_path)


def test_fonts_are_registered_once_by_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    registered = []
    monkeypatch.setattr(fonts, "_coverage", {})
    monkeypatch.setattr(pdfmetrics, "registerFont", lambda font: registered.append(font.fontName))
    threads = [threading.Thread(target=fonts.register) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(registered) == len(set(registered)) == 11
