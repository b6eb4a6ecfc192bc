"""Two texts side by side: what stayed, what went, what came, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# More comparisons than these would take too long to wait for: such a part is shown replaced whole.
MOST_COMPARISONS = 16_000_000
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `kind` is "same", "gone" or "new"."""

    kind: str
    text: str


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order; those gone stand before those that replaced them.

    Lines are compared first, then the words of the lines that differ. What is the same or gone
    makes up the first text, what is the same or new the second, to the last space.
    """
    pieces: list[Piece] = []
    for equal, old, new in _parts(
        before.splitlines(keepends=True), after.splitlines(keepends=True)
    ):
        if equal:
            pieces.append(Piece("same", old))
            continue
        for same, gone, came in _parts(_WORD.findall(old), _WORD.findall(new)):
            if same:
                pieces.append(Piece("same", gone))
            else:
                pieces += [Piece("gone", gone), Piece("new", came)]
    return tuple(_joined(pieces))


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """Whether a part is the same in both, and its text in each."""
    if len(old) * len(new) > MOST_COMPARISONS:
        yield False, "".join(old), "".join(new)
        return
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new).get_opcodes():
        yield kind == "equal", "".join(old[start:end]), "".join(new[begin:stop])


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind put together, empty ones left out."""
    last = Piece("same", "")
    for one in (piece for piece in pieces if piece.text):
        if one.kind == last.kind:
            last = Piece(one.kind, last.text + one.text)
            continue
        if last.text:
            yield last
        last = one
    if last.text:
        yield last
