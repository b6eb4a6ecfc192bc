"""Typefaces, and the one place where typed text becomes markup.

reportlab reads paragraphs as a small HTML: text handed to it unguarded would be obeyed, up to
opening files (`<img src="file:///…">`). So only `markup` makes the type `Markup`, and only that
type reaches a paragraph. It also chooses the typeface run by run, because reportlab prints boxes
where a font lacks a character: Noto Sans first (all Latin names of DIN 91379), then DejaVu Sans
(symbols, emoji, further scripts), and U+FFFD where neither knows the character.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Final
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from sitzungsdienst.documents import hyphens, repairs
from sitzungsdienst.documents.bidi import Passage, parted, passage
from sitzungsdienst.documents.binding import NO_BREAK_SPACE, bound
from sitzungsdienst.paths import FONTS


class Markup(str):
    """Text that reportlab may read: made by `markup` and nowhere else.

    `passages` are its right-to-left ones in their order, then the number of its footnote.
    """

    passages: tuple[Passage, ...] = ()


class Cut(StrEnum):
    """The cuts a document is set in; the value is the font's name in reportlab."""

    REGULAR = "NotoSans-Regular"
    BOLD = "NotoSans-Bold"
    ITALIC = "NotoSans-Italic"
    BOLD_ITALIC = "NotoSans-BoldItalic"


_FALLBACKS: Final[dict[Cut, tuple[str, ...]]] = {
    Cut.REGULAR: ("DejaVuSans",),
    Cut.BOLD: ("DejaVuSans-Bold", "DejaVuSans"),
    Cut.ITALIC: ("DejaVuSans-Oblique", "DejaVuSans"),
    Cut.BOLD_ITALIC: ("DejaVuSans-BoldOblique", "DejaVuSans"),
}
# The same files by other names, so that the pen can tell what has an element of its own.
_RIGHT_TO_LEFT: Final[dict[Cut, str]] = {
    Cut.REGULAR: "RightToLeft",
    Cut.BOLD: "RightToLeft-Bold",
    Cut.ITALIC: "RightToLeft",
    Cut.BOLD_ITALIC: "RightToLeft-Bold",
}
_PASSAGE_MARK: Final = re.compile('(<font face="(RightToLeft[^"]*)">)([^<]*)</font>')
_REFERENCE: Final = "Reference"
_FILES: Final = {
    "RightToLeft": "DejaVuSans",
    "RightToLeft-Bold": "DejaVuSans-Bold",
    _REFERENCE: "NotoSans-Regular",
}
_REPLACEMENT: Final = "\ufffd"
_SOFT_HYPHEN: Final = "\u00ad"
# They show nothing by themselves, so they stay in whatever typeface stands around them.
_NEUTRAL: Final = frozenset({" ", "\n", NO_BREAK_SPACE, _SOFT_HYPHEN})

_SINGLES: Final[dict[str, str]] = {
    **dict.fromkeys("\n\r\v\f\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\u00a0\u2007\u202f", NO_BREAK_SPACE),
    **{chr(selector): "" for selector in range(0xFE00, 0xFE10)},
    "\t": " ",
    repairs.BROKEN_WORD: "-",  # typed, it looks the same; by itself it marks the words we break
    _SOFT_HYPHEN: _SOFT_HYPHEN,
}
_CATEGORIES: Final[dict[str, str]] = {
    "Zs": " ",
    "Cc": "",
    "Cf": "",
    "Co": _REPLACEMENT,
    "Cn": _REPLACEMENT,
    "Cs": _REPLACEMENT,
}

_lock: Final = Lock()
_coverage: Final[dict[str, frozenset[int]]] = {}


def register(folder: Path = FONTS) -> None:
    """Make the typefaces known to reportlab; once a process, whichever thread comes first.

    Call it at start-up to have the files read before the first request. Raises FileNotFoundError
    where the set-up has not put the fonts into `folder`.
    """
    with _lock:
        if _coverage:
            return
        repairs.apply()
        chains = (*_FALLBACKS.values(), tuple(_FILES))
        names = dict.fromkeys([*Cut, *(name for chain in chains for name in chain)])
        fonts = [_load(str(name), folder) for name in names]
        for font in fonts:
            pdfmetrics.registerFont(font)
        _coverage.update({font.fontName: frozenset(font.face.charToGlyph) for font in fonts})
    hyphens.patterns()


def _load(name: str, folder: Path) -> TTFont:
    path = folder / f"{_FILES.get(name, name)}.ttf"
    if not path.is_file():
        raise FileNotFoundError(f"Schriftdatei fehlt: {path}. Bitte die Einrichtung wiederholen.")
    return TTFont(name, str(path))


def clean(text: str) -> str:
    """Return `text` as it can stand on paper.

    Line breaks of every kind become "\\n", other spaces a plain or a no-break space. Control
    characters, byte order marks, bidi controls and variation selectors go, as does everything
    else without a shape. Soft hyphens stay; unassigned and private characters and halves of
    surrogate pairs become U+FFFD.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    # A text of a thousand letters has some forty different ones, and mostly none to change.
    changed = {ord(one): _printable(one) for one in set(composed) if _printable(one) != one}
    return composed.translate(changed) if changed else composed


@lru_cache(maxsize=4096)
def _printable(character: str) -> str:
    if character in _SINGLES:
        return _SINGLES[character]
    return _CATEGORIES.get(unicodedata.category(character), character)


def markup(text: str, cut: Cut = Cut.REGULAR) -> Markup:
    """Return typed `text` as markup for a paragraph set in `cut`.

    Nothing in `text` is obeyed; its line breaks are kept, and each run is set in the first
    typeface that has its characters. Right-to-left passages stand in the order they are seen in.
    """
    register()
    aside = _RIGHT_TO_LEFT[cut]
    parts: list[str] = []
    passages: list[Passage] = []
    for run in parted(bound(clean(text)), _coverage[aside]):
        if isinstance(run, Passage):
            passages.append(run)
            parts.append(f'<font face="{aside}">{escape(run.seen)}</font>')
        else:
            parts += _faced(run, cut)
    made = Markup("".join(parts))
    made.passages = tuple(passages)
    return made


def fitted(made: Markup, room: float, size: float) -> Markup:
    """Return `made` with passages wider than `room` points parted at spaces, to be read in order.

    Every part is as long as fits, so that no two of them stand side by side, where the first
    would be read last. `size` is that of the text in points.
    """
    passages: list[Passage] = []
    pieces: list[str] = []
    rest = str(made)
    for whole in filter(_turned, made.passages):
        before, opening, face, _, rest = _PASSAGE_MARK.split(rest, maxsplit=1)
        parts = [whole]
        if float(pdfmetrics.stringWidth(whole.seen, face, size)) > room:
            parts = list(_parts(whole.read, face, room, size))
        passages += parts
        pieces += [before, " ".join(f"{opening}{escape(one.seen)}</font>" for one in parts)]
    found = Markup("".join([*pieces, rest]))
    found.passages = (*passages, *(one for one in made.passages if not _turned(one)))
    return found


def _turned(one: Passage) -> bool:
    return bool(one.read)


def _parts(text: str, face: str, room: float, size: float) -> Iterator[Passage]:
    known = _coverage[face]
    piece = ""
    for word in text.split():
        longer = f"{piece} {word}".strip()
        wide = float(pdfmetrics.stringWidth(passage(longer, known).seen, face, size)) > room
        if piece and wide:
            yield passage(piece, known)
        piece = word if wide else longer
    yield passage(piece, known)


def referring(made: Markup, number: int, name: str) -> Markup:
    """Return `made` with the raised number of a footnote at its end, leading to `name`."""
    raised = f'<super size="6.5" rise="3.5"><font face="{_REFERENCE}">{number}</font></super>'
    found = Markup(f'{made}<link href="#{name}">{raised}</link>')
    found.passages = (*made.passages, Passage(str(number), "", name))
    return found


def stands_apart(face: str) -> bool:
    """Say whether what is drawn in the typeface `face` is one of its markup's passages."""
    return face in _FILES


def _faced(text: str, cut: Cut) -> Iterator[str]:
    for face, run in _runs(text, cut):
        safe = escape(run).replace("\n", "<br/>")
        yield safe if face == cut else f'<font face="{face}">{safe}</font>'


def one_line(text: str) -> str:
    """Return `text` cleaned and in one line, as the file's own description holds it."""
    return " ".join(clean(text).replace(_SOFT_HYPHEN, "").split())


def label(text: str, cut: Cut = Cut.REGULAR) -> str:
    """Return `text` as one plain line that the first typeface of `cut` can draw by itself.

    For what is drawn without a paragraph (numbers, running heads); what `cut` lacks becomes
    U+FFFD.
    """
    register()
    known = _coverage[cut]
    return "".join(c if ord(c) in known else _REPLACEMENT for c in one_line(text))


def width(text: str, cut: Cut, size: float) -> float:
    """Return how wide `text`, made by `label`, is in points at `size` points."""
    register()
    return float(pdfmetrics.stringWidth(text, str(cut), size))


def _runs(text: str, cut: Cut) -> Iterator[tuple[str, str]]:
    """Yield (typeface, run) for cleaned `text`; together the runs are `text`, but for U+FFFD."""
    chain = (str(cut), *_FALLBACKS[cut])
    if all(ord(one) in _coverage[cut] for one in set(text) - _NEUTRAL):
        yield str(cut), text
        return
    faced: list[tuple[str, str]] = []
    face = chain[0]
    for character in text:
        if character in _NEUTRAL:
            faced.append((face, character))
            continue
        found = next((name for name in chain if ord(character) in _coverage[name]), None)
        face = found or chain[0]
        faced.append((face, character if found else _REPLACEMENT))
    for name, group in groupby(faced, key=lambda pair: pair[0]):
        yield name, "".join(character for _, character in group)
