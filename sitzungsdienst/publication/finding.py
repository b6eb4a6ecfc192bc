"""Finding words in long texts, and showing where they stand.

Texts are searched folded, as `embedding.fold` does it: case and marks ignored, ß as ss. What is
shown is the text itself, so a place in the folded text is led back to the text.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

#: Shorter words stand in nearly every text, and are looked for in titles alone.
SHORTEST_WORD = 3
#: Letters of the text on each side of what was found.
AROUND = 80
#: Stands between the pages of a text.
PAGE_BREAK = "\f"
_CHUNK = 256


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a snippet; `found` marks what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where a word was found: the page, 0 where the text has no pages, and the words around it."""

    page: int
    pieces: tuple[Piece, ...]


def folded(text: str) -> str:
    """The text as it is searched. Each letter is folded by itself, so places can be led back."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    for mark in {one for one in set(parts) if unicodedata.combining(one)}:
        parts = parts.replace(mark, "")
    return parts


def searchable(word: str) -> str:
    """The word folded, or "" where it is too short to look for it in long texts."""
    plain = folded(word).strip()
    return plain if len(plain) >= SHORTEST_WORD else ""


def snippet(text: str, words: Sequence[str]) -> Snippet | None:
    """The first place where one of the folded words stands, the first word first; None for none."""
    plain = folded(text)
    for word in words:
        place = plain.find(word)
        if place >= 0:
            first, last = _led_back(text, place), _led_back(text, place + len(word) - 1)
            start, end = _window(text, first, last + 1)
            page = text.count(PAGE_BREAK, 0, first) + 1 if PAGE_BREAK in text else 0
            return Snippet(page, tuple(_pieces(text[start:end], words, start, len(text) - end)))
    return None


def _led_back(text: str, place: int) -> int:
    """The letter of the text to which a place in its folded form belongs."""
    for start in range(0, len(text), _CHUNK):
        chunk = text[start : start + _CHUNK]
        size = len(folded(chunk))
        if place < size:
            return start + bisect_right(_ends(chunk), place)
        place -= size
    return len(text) - 1


def _ends(text: str) -> list[int]:
    """Where each letter ends in the folded text."""
    return list(accumulate(len(folded(letter)) for letter in text))


def _window(text: str, first: int, end: int) -> tuple[int, int]:
    """The part of the page around a found word, in whole words."""
    start = max(first - AROUND, 0, text.rfind(PAGE_BREAK, 0, first) + 1)
    if start and not text[start - 1].isspace():
        blank = text.find(" ", start, first)
        start = blank + 1 if blank >= 0 else start
    stop = text.find(PAGE_BREAK, end)
    stop = min(end + AROUND, len(text) if stop < 0 else stop)
    if stop < len(text) and not text[stop].isspace():
        blank = text.rfind(" ", end, stop)
        stop = blank if blank >= 0 else stop
    return start, stop


def _pieces(part: str, words: Sequence[str], before: int, after: int) -> Iterator[Piece]:
    """The part with every found word as a piece of its own, and dots where the text goes on."""
    if before:
        yield Piece("… ", found=False)
    done = 0
    for start, end in _places(part, words):
        if start > done:
            yield Piece(part[done:start], found=False)
        yield Piece(part[start:end], found=True)
        done = end
    if done < len(part):
        yield Piece(part[done:], found=False)
    if after:
        yield Piece(" …", found=False)


def _places(part: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words stand in a short text, as letters from and to, without overlaps."""
    plain, ends = folded(part), _ends(part)
    found: list[tuple[int, int]] = []
    for word in words:
        place = plain.find(word)
        while place >= 0:
            last = place + len(word)
            found.append((bisect_right(ends, place), bisect_left(ends, last) + 1))
            place = plain.find(word, last)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
