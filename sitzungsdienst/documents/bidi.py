"""Short right-to-left passages: names and phrases in Hebrew and Arabic inside German text.

reportlab writes from left to right and joins no letters. So a passage is put in the order in which
it is seen, with the joined forms of its letters, and drawn unbroken; what is read is kept beside
it and becomes the ActualText of its element. Good for names, not for whole documents: the order of
lines is not turned.
"""

import re
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Final

from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_display

_LETTER: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
# Spaces, digits and signs between two such letters stand inside the passage.
_PASSAGE: Final = re.compile(f"{_LETTER}(?:[ \u00a0.:/0-9'\"()\u2013-]*{_LETTER})*")
_POINTS: Final = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew
    "\u0610-\u061a\u064b-\u065f\u0670]"  # Arabic
)
_NO_BREAK_SPACE: Final = "\u00a0"
_SHAPER: Final = ArabicReshaper(
    configuration={"delete_harakat": False, "support_zwj": False, "ARABIC LIGATURE ALLAH": False}
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A right-to-left passage: `seen` from left to right on paper, `read` in its own order.

    What is not read otherwise than seen has no `read`: the number of a footnote, which `leads_to`
    the name of its place.
    """

    seen: str
    read: str
    leads_to: str = ""


def parted(text: str, known: Set[int]) -> Iterator[str | Passage]:
    """Yield the runs of cleaned `text`, the right-to-left ones as passages.

    `known` holds the code points that the typeface for passages has: a joined form it lacks is
    drawn as its plain letter, and what has no letter at all as U+FFFD.
    """
    done = 0
    for found in _PASSAGE.finditer(text):
        if found.start() > done:
            yield text[done : found.start()]
        yield passage(found.group(), known)
        done = found.end()
    if done < len(text):
        yield text[done:]


def passage(text: str, known: Set[int]) -> Passage:
    """Return right-to-left `text` as a passage, drawn with the code points in `known`.

    Vowel points are read and not drawn: without shaping they would stand beside their letters, and
    names are written without them anyway.
    """
    bare = _POINTS.sub("", text)
    shaped = "".join(_drawable(form, known) for form in _SHAPER.reshape(bare))
    turned = str(get_display(shaped, base_dir="R"))
    return Passage(turned.replace(" ", _NO_BREAK_SPACE), text)


def _drawable(form: str, known: Set[int]) -> str:
    if ord(form) in known:
        return form
    plain = unicodedata.normalize("NFKC", form)
    return "".join(letter if ord(letter) in known else "\ufffd" for letter in plain)
