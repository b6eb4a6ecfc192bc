"""What must not be parted at the end of a line: "§ 36", "Abs. 2", "19. April", "17:00 Uhr".

The space between such two becomes a no-break space while lines are broken. reportlab writes a plain
one again, so that whoever searches or copies finds what was typed.
"""

import re
from collections.abc import Iterable
from typing import Final

from sitzungsdienst.german import MONTHS

NO_BREAK_SPACE: Final = "\u00a0"

_BEFORE_NUMBERS: Final = """
    § §§ Abs. Absatz Art. Artikel Nr. Nrn. Nummer Satz Ziff. Ziffer Buchst. Kap. Bd. S. Seite Seiten
    Anl. Anlage TOP Ö N Drs. Drucksache Az. Blatt Flur Flurstück ca.
"""
_UNITS: Final = "Uhr € EUR Euro % Prozent m² m km ha Min. Mio. Mrd."
_TITLES: Final = ("Dr.", "Prof.", "Dipl.-Ing.", "St.")
_ABBREVIATIONS: Final = (
    "z. B.", "d. h.", "u. a.", "o. g.", "u. U.", "i. d. R.", "i. V.", "i. A.", "a. D.", "v. H.",
)  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_BOUND: Final = re.compile(
    rf"(?<!\w)(?:{_any(_BEFORE_NUMBERS.split())}) (?=\d)"
    rf"|(?<=\d) (?=(?:{_any(_UNITS.split())})(?!\w))"
    rf"|(?<!\w)\d{{1,2}}\. (?=(?:{_any(MONTHS)})(?!\w))"
    rf"|(?<!\w)(?:{_any(_TITLES)}) (?=[^\W\d])"
    rf"|(?<!\w)(?:{_any(_ABBREVIATIONS)})(?!\w)"
)


def bound(text: str) -> str:
    """Return `text` with no-break spaces where a line must not end."""
    return _BOUND.sub(lambda found: found[0].replace(" ", NO_BREAK_SPACE), text)
