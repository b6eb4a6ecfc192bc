"""The words of a file for searching: tidied, and never more than a search can use.

What a line or page broke is put together again, so that a word is found however it was set.
"""

import re
import time
import unicodedata

#: Most characters kept of a file, and the seconds of processor time after which the rest is left.
MOST_CHARACTERS = 2_000_000
MOST_SECONDS = 4.0
#: Stands between pages, so that a hit can tell on which page it is.
PAGE_BREAK = "\f"

_SOFT_HYPHEN = re.compile("\u00ad(?:[ \t]{0,9}\r?\n[ \t]{0,20})?")
#: A hyphen at the end of a line; the PDF library tells some of them by U+FFFE or U+0002 alone.
_LINE_HYPHEN = re.compile(r"(?<=\w)(?:[-\u2010][ \t]{0,9}\r?\n\s{0,20}|[\ufffe\x02]\s{0,20})(\w+)")
#: What follows the hyphen of "Haupt- und Nebenamt": there it stays.
_JOINS_TWO_WORDS = {"und", "oder", "sowie", "bis", "bzw", "beziehungsweise"}
#: Controls, surrogates, private characters, marks of direction: nothing one could search for.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)


class Collector:
    """Takes pieces of text until it has enough."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._end = time.process_time() + MOST_SECONDS
        self.cut = False

    @property
    def full(self) -> bool:
        """Whether nothing more is taken: enough characters, or enough time spent."""
        if self._size >= MOST_CHARACTERS or time.process_time() > self._end:
            self.cut = True
        return self.cut

    def add(self, piece: str) -> None:
        """Take a piece; what is too much of it is cut off."""
        left = MOST_CHARACTERS - self._size
        if len(piece) > left:
            piece, self.cut = piece[:left], True
        self._pieces.append(piece)
        self._size += len(piece)

    def text(self, between: str = "") -> str:
        """Everything taken, with `between` between the pieces."""
        return between.join(self._pieces)


def tidy(text: str) -> str:
    """The words in composed letters (NFC), hyphens of line ends undone, with single spaces."""
    composed = unicodedata.normalize("NFC", text)
    joined = _LINE_HYPHEN.sub(_rejoined, _SOFT_HYPHEN.sub("", composed))
    return " ".join(_UNREADABLE.sub("", joined).split())


def _rejoined(match: re.Match[str]) -> str:
    """ "Gemein-/de" becomes one word, "Haupt-/und" two, and "Nord-/Süd" keeps its hyphen."""
    after = match[1]
    if after.lower() in _JOINS_TWO_WORDS:
        return f"- {after}"
    return after if after[0].islower() else f"-{after}"
