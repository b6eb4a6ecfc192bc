"""An agenda that somebody pasted as text: one line an item, indented lines become sub-items."""

import re

from sitzungsdienst.acts.agenda import Line

_TAB = 4
_NUMBER = re.compile(r"^(?:TOP\s*)?(?:[ÖON]\s*)?\d+(?:\.\d+)*\s*[.):]?\s+(?=\S)")


def parse(text: str) -> tuple[Line, ...]:
    """The lines of an agenda with their levels; empty lines are left out.

    Numbers in front ("Ö 5.1", "TOP 3:", "4.") are taken off only where every line bears one, since
    a title may begin with a number of its own ("2. Nachtragssatzung").
    """
    rows = [line.expandtabs(_TAB) for line in text.splitlines() if line.strip()]
    titles = [row.strip() for row in rows]
    if all(_NUMBER.match(title) for title in titles):
        titles = [_NUMBER.sub("", title) for title in titles]
    return tuple(map(Line, titles, _levels([len(row) - len(row.lstrip()) for row in rows])))


def _levels(indents: list[int]) -> list[int]:
    """How many lines above each are less indented, following the nearest of them upwards."""
    levels: list[int] = []
    open_: list[int] = []
    for indent in indents:
        while open_ and open_[-1] >= indent:
            open_.pop()
        levels.append(len(open_))
        open_.append(indent)
    return levels
