"""The order of German words and of numbers with signs in them, for registers.

Words go by DIN 5007-1: case and accents count for nothing, ä stands with a, ß with ss, and what
is neither letter nor digit parts words and no more. Digits are read as numbers: 2 before 10.
"""

import re
import unicodedata
from typing import Final

Key = tuple[tuple[tuple[int, int, str], ...], str]
"""What to sort by: words and numbers, then the text itself, so that no two are the same."""

_PARTS: Final = re.compile(r"[0-9]+|[^\W\d_]+")
# Letters that no accent makes of others.
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def in_words(text: str) -> Key:
    """Return the key that sorts `text` among other German words."""
    parts = _PARTS.findall(_plain(text))
    return tuple((0, int(one), "") if one.isdigit() else (1, 0, one) for one in parts), text


def initial(text: str) -> str:
    """Return under which letter `text` stands: "A", "0–9", or "Sonstiges" for neither."""
    parts = _PARTS.findall(_plain(text))
    if not parts:
        return "Sonstiges"
    return "0–9" if parts[0].isdigit() else str(parts[0][0].upper())


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(one for one in folded if not unicodedata.combining(one))
