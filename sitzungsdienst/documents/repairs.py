"""Where reportlab 5.1 writes what the standards forbid, or loses text: mended in one place.

Each repair names what it cures. All hang on names inside reportlab, so each asks first whether the
name is still there: an upgrade that changes one must fail at start-up, not in an archive.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import Any, Final

from reportlab import rl_config
from reportlab.graphics import shapes
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.platypus import paragraph

BROKEN_WORD: Final = "\u2010"
"""The hyphen at the end of a line that parts a word, told apart from one that was typed."""

_SOFT_HYPHEN: Final = "\u00ad"
_CODES_IN_A_BLOCK: Final = 100
_MAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
"""
_MAP_TAIL: Final = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def apply() -> None:
    """Mend reportlab; asking twice changes nothing."""
    if getattr(pdfdoc.PDFStream.format, "mended", False):
        return
    rl_config.useA85 = 0  # compressed streams would become letters and a quarter longer
    # Charts would list Helvetica, which no file may use without embedding it.
    shapes.STATE_DEFAULTS["fontName"] = "NotoSans-Regular"
    _mend_stream_ends()
    _mend_broken_words()
    _mend_typed_soft_hyphens()
    _replace(ttfonts, "makeToUnicodeCMap", _to_unicode)
    # An address longer than a line is split once and runs off the paper. Without that rule the
    # ordinary breaking of long words takes over and nothing is lost.
    _replace(paragraph, "_uri_split_pairs", lambda _uri: None)


def _replace(module: ModuleType | type, name: str, function: Any) -> Any:
    """Put `function` in the place of a function of reportlab; return the former one."""
    if not hasattr(module, name):
        raise ImportError(f"reportlab has changed: {module.__name__}.{name} is gone")
    former = getattr(module, name)
    setattr(module, name, function)
    return former


def _mend_stream_ends() -> None:
    """End every stream's data with a line break, as ISO 19005-2, 6.1.7.1 demands.

    CR and LF, because data that ends in CR would swallow a lone LF.
    """
    former = pdfdoc.PDFStream.format
    end = b"endstream\n"

    def _format(self: Any, document: Any) -> bytes:
        source: bytes = former(self, document)
        if not source.endswith(end):
            raise ValueError("a stream does not end as reportlab's streams do")
        return source[: -len(end)] + b"\r\n" + end

    _format.mended = True  # type: ignore[attr-defined]  # a mark on our own function
    _replace(pdfdoc.PDFStream, "format", _format)


def _mend_broken_words() -> None:
    """Let hyphenation join with a character of its own instead of the "-" that people type.

    What is drawn is the same; but whoever extracts the text gets a soft hyphen, and so the whole
    word (ISO 32000-1, 14.8.2.2.3).
    """

    classes: Any = paragraph  # whose own are unknown to its types

    def _pair(hyphenator: Any, word: Any, *more: Any) -> Any:
        # Where a page ended within a word, reportlab looks for its own "-" at the end.
        parted = isinstance(word, classes._SplitWordLL) and word.endswith(BROKEN_WORD)
        found = pair(hyphenator, type(word)(word[:-1] + "-") if parted else word, *more)
        if not found:
            return found
        join, *widths, head, tail = found
        rest = tail[:-1] + BROKEN_WORD if parted else tail
        return (BROKEN_WORD if join == "-" else join, *widths, head, rest)

    def _fragments(hyphenator: Any, word: Any, *more: Any) -> Any:
        parted = isinstance(word, classes._SplitFragLL) and word[-1][1].endswith(BROKEN_WORD)
        asked = type(word)([*word[:-1], _ended(word[-1], "-")]) if parted else word
        found = fragments(hyphenator, asked, *more)
        if found and found[0] == "-":
            found[1][-1] = _ended(found[1][-1], BROKEN_WORD)
        if found and parted:
            found[2][-1] = _ended(found[2][-1], BROKEN_WORD)
        return found

    def _rejoin(parts: Any) -> Any:
        word = rejoin(parts)
        if isinstance(word, classes._SplitWordHY) and word.endswith("-"):
            return type(word)(word[:-1] + BROKEN_WORD)
        return word

    def _unsplit(head: Any, *more: Any) -> Any:
        # What was parted is joined again when a paragraph goes on on another page.
        if head.endswith(BROKEN_WORD):
            head = _as(head, head[:-1] + "-") if hasattr(head, "_shyIndices") else head[:-1] + "-"
        return unsplit(head, *more)

    unsplit = _replace(paragraph, "_shyUnsplit", _unsplit)
    pair = _replace(paragraph, "_hyGenPair", _pair)
    fragments = _replace(paragraph, "_hyGenFragsPair", _fragments)
    rejoin = _replace(paragraph, "_rejoinSplitWords", _rejoin)


def _mend_typed_soft_hyphens() -> None:
    """Let a word that parts where people typed a soft hyphen end in `BROKEN_WORD`, too."""

    def _line(word: Any, *more: Any, **named: Any) -> Any:
        found = line(word, *more, **named)
        if found:
            found[0] = _as(found[0], found[0][:-1] + BROKEN_WORD)
        return found

    def _fragments(word: Any, *more: Any) -> Any:
        found = fragments(word, *more)
        if found:
            style, text = found[0][-1]
            found[0][-1] = (style, _as(text, text[:-1] + BROKEN_WORD))
        return found

    classes: Any = paragraph  # whose own are unknown to its types
    line = _replace(classes._SHYStr, "__shysplit__", _line)
    fragments = _replace(classes._SHYWord, "shyphenate", _fragments)


def _as(word: Any, text: str) -> Any:
    """Return `text` as reportlab's kind of word that `word` is, with what that notes of it."""
    found = str.__new__(type(word), text)
    vars(found).update(vars(word))
    return found


def _ended(piece: tuple[Any, str], ending: str) -> tuple[Any, str]:
    """Return a (style, text) of reportlab's with another last letter."""
    style, text = piece
    return (style, text[:-1] + ending)


def line_end(text: str, before: str = "", *, over: bool = True) -> str:
    """Return a piece of a line as it is written; where the line is `over`, ending in a space.

    Without that the words on both sides of a line's end run together for assistive technology. A
    piece that ends within a word ends in a soft hyphen instead. reportlab may end a line with an
    empty piece: then it counts what stands `before`.
    """
    if text.endswith(BROKEN_WORD):
        return text[:-1] + _SOFT_HYPHEN
    last = text or before
    return text + " " if over and last and last[-1] not in (" ", _SOFT_HYPHEN) else text


def _to_unicode(fontname: str, subset: Sequence[int]) -> str:
    """Return the table by which readers copy and search what is printed.

    `subset` holds the code point of each glyph. reportlab's own table names U+0000, which
    ISO 14289-1, 7.21.7 forbids, and breaks above U+FFFF, so that an emoji is read as some Greek
    letter; here it is UTF-16, in blocks of at most a hundred.
    """
    del fontname
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>\n"
        for code, point in enumerate(subset)
        if point
    ]
    blocks = []
    for start in range(0, len(entries), _CODES_IN_A_BLOCK):
        block = entries[start : start + _CODES_IN_A_BLOCK]
        blocks.append(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n")
    return _MAP_HEAD + "".join(blocks) + _MAP_TAIL
