"""The file around the text: the same bytes everywhere, honest about itself, closed to attacks."""

import hashlib
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.platypus import BaseDocTemplate

from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.documents.values import AgendaLine, ItemRecord, MeetingHead, PaperFacts
from tests.documents.cast import (
    EXCERPT,
    HEAD,
    INVITATION,
    ITEM_5_1,
    LETTERHEAD,
    MINUTES,
    read,
    right_to_left,
    run,
    squeezed,
)
from tests.support.standards import faults_of

ROOT = Path(__file__).resolve().parents[2]
PRINT_ALL = """
import hashlib
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from tests.documents.cast import EXCERPT, INVITATION, MINUTES, right_to_left
printed = (print_excerpt(EXCERPT), print_invitation(INVITATION), print_minutes(MINUTES))
for pdf in (*printed, right_to_left()):
    print(hashlib.sha256(pdf).hexdigest())
"""
PRINTERS: tuple[Callable[[], bytes], ...] = (
    lambda: print_excerpt(EXCERPT),
    lambda: print_invitation(INVITATION),
    lambda: print_minutes(MINUTES),
    right_to_left,
)
NASTY = (
    '<img src="file:///etc/passwd"/>',
    "3 <b 5 & 7 > 2",
    "</para><para>",
    '<a href="javascript:alert(1)">x</a>',
    "<font face='Courier' size='99'>",
    "<br/><bullet>&bull;</bullet><seq/>",
    "&lt;b&gt; &amp;amp; &#65; &nbsp;",
    "<![CDATA[ ]]> <?xml version='1.0'?> <!-- -->",
    "%s %(x)s {0} {{ x }} \\n (a) [b] \\) endstream",
    "שלום עולם, مرحبا بالعالم",
    "\u202egnidaelsim\u202c \ufeff \x00 \ud83d",
    "👩‍👩‍👧 🎉 漢字 ☑",
    "a" + "\u0301" * 500,
    "",
    " ",
    "\n\n\n",
)


def excerpt_of(text: str) -> bytes:
    """Print an excerpt with `text` in every place that holds typed text."""
    paper = PaperFacts(text, text, text, text, (text, text), text, text)
    ballots = tuple(
        replace(ballot, subject=text, kind=text, result=text, names=((text, text),))
        for ballot in ITEM_5_1.ballots
    )
    line = AgendaLine(text, text, 1, (text,))
    head = MeetingHead(text, (text, text), HEAD.start, HEAD.end, text, text, text)
    sender = replace(LETTERHEAD, body_name=text, department=text, street_address=text, email=text)
    item = ItemRecord(line, (paper,), text, text, text, ballots)
    return print_excerpt(replace(EXCERPT, letterhead=sender, head=head, item=item, standing=text))


@pytest.mark.parametrize(
    ("zone", "seed", "language"),
    [
        ("UTC", "0", "C"),
        ("Pacific/Kiritimati", "1", "de_DE.UTF-8"),
        ("America/Los_Angeles", "4242", "tr_TR.UTF-8"),
    ],
)
def test_every_process_prints_the_same_bytes(zone: str, seed: str, language: str) -> None:
    told = {"TZ": zone, "PYTHONHASHSEED": seed, "LANG": language, "SOURCE_DATE_EPOCH": seed}
    done = subprocess.run(
        [sys.executable, "-c", PRINT_ALL],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, **told},
        text=True,
    )
    assert done.stdout.split() == [hashlib.sha256(print_()).hexdigest() for print_ in PRINTERS]


def test_eight_threads_print_the_same_bytes() -> None:
    alone = [print_() for print_ in PRINTERS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda n: PRINTERS[n % 4](), range(32)))
    assert all(pdf == alone[n % 4] for n, pdf in enumerate(together))


def test_only_one_thread_writes_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    writing: list[int] = []
    seen: list[int] = []
    build = BaseDocTemplate.build

    def watched(template: BaseDocTemplate, *blocks: Any, **options: Any) -> None:
        writing.append(1)
        time.sleep(0.01)
        seen.append(len(writing))
        build(template, *blocks, **options)
        writing.pop()

    monkeypatch.setattr(BaseDocTemplate, "build", watched)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: print_excerpt(EXCERPT), range(8)))
    assert seen == [1] * 8


def test_another_word_makes_another_file_with_another_identifier() -> None:
    other = replace(EXCERPT, standing="Die Niederschrift ist noch nicht genehmigt.")
    with (
        pikepdf.open(io.BytesIO(print_excerpt(EXCERPT))) as one,
        pikepdf.open(io.BytesIO(print_excerpt(other))) as two,
    ):
        assert bytes(one.trailer.ID[0]) == bytes(one.trailer.ID[1])
        assert bytes(one.trailer.ID[0]) != bytes(two.trailer.ID[0])


def test_the_file_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(print_excerpt(EXCERPT))) as pdf:
        facts = {key: str(pdf.docinfo[f"/{key}"]) for key in ("Title", "Author", "Subject")}
        assert facts == {
            "Title": f"Auszug Ö 5.1, {HEAD.name}, 19.04.2017",
            "Author": "Landkreis Börde",
            "Subject": "Auszug Ö 5.1",
        }
        assert pdf.Root.Lang == "de-DE"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_the_file_bears_the_date_of_the_document_and_no_other() -> None:
    dated = replace(EXCERPT, issued_on=date(2031, 2, 3))
    with pikepdf.open(io.BytesIO(print_excerpt(dated))) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20310203120000+00'00'"
        assert str(pdf.docinfo.ModDate) == "D:20310203120000+00'00'"


@pytest.mark.parametrize("print_", PRINTERS)
def test_every_font_is_embedded(print_: Callable[[], bytes], tmp_path: Path) -> None:
    listed = run("pdffonts", pdf=print_(), folder=tmp_path).splitlines()[2:]
    assert listed
    assert all(line.split()[-5] == "yes" for line in listed)
    assert not any("Helvetica" in line for line in listed)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_printed_and_never_obeyed(text: str, tmp_path: Path) -> None:
    printed = squeezed(read(excerpt_of(text), tmp_path))
    if text.isascii():
        assert squeezed(text) in printed


@pytest.mark.parametrize(
    "piece", ["<b>&amp; 😀 ", '<img src="file:///etc/passwd"/> 🎉', "ÄÖÜ & <i>"]
)
def test_titles_of_5000_characters_are_printed_whole(piece: str, tmp_path: Path) -> None:
    title = (piece * 1000)[:5000]
    item = replace(ITEM_5_1, line=AgendaLine("Ö 1", title))
    text = read(print_excerpt(replace(EXCERPT, item=item)), tmp_path)
    assert text.count("<") == title.count("<")
    assert text.count("&") == title.count("&")


def test_emoji_are_read_back_from_the_file(tmp_path: Path) -> None:
    item = replace(ITEM_5_1, deliberation="Smiley 😀 und 😉, Haken ☑")
    assert "Smiley 😀 und 😉, Haken ☑" in read(print_excerpt(replace(EXCERPT, item=item)), tmp_path)


_opened: list[str] = []
_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request"}:
        _opened.append(f"{event} {arguments[0]!r}")


sys.addaudithook(_watch)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """What the process opens while the test runs; what is loaded once is loaded before."""
    global _watching  # noqa: PLW0603 (an audit hook cannot be taken off again)
    excerpt_of("warm")
    _opened.clear()
    _watching = True
    yield _opened
    _watching = False


def test_the_watch_sees_a_file_being_opened(opened: list[str], tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    assert len(opened) == 1


def test_printing_opens_no_file_and_no_connection(opened: list[str]) -> None:
    for text in NASTY:
        excerpt_of(text)
    excerpt_of('<img src="http://127.0.0.1:9/x.png"/><img src="/etc/passwd" width="1"/>')
    assert opened == []


@given(st.text(st.characters(exclude_categories=()), max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_anywhere_makes_a_file(text: str) -> None:
    printed = excerpt_of(text)
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) >= 1
    assert faults_of(printed) == []


READABLE = st.text("abcdefXYZ äöüßÄÉčŞ<>&\"'/;#=!?().,:\n0123456789", max_size=400)


@given(text=READABLE)
@settings(max_examples=25, deadline=None)
def test_text_of_any_wording_is_read_back_whole(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    item = ItemRecord(AgendaLine("Ö 1", "Titel"), deliberation=text)
    printed = print_excerpt(replace(EXCERPT, item=item))
    assert squeezed(text) in squeezed(read(printed, tmp_path_factory.getbasetemp()))
