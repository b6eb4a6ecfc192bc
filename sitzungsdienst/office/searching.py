"""Finding and ordering by names and words, as a German reader expects it."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from sitzungsdienst.acts.text import clean_line

MOST_WORDS = 10
LONGEST_SEARCH = 200


def in_order(text: str) -> str:
    """A key to sort by: case and accents count for nothing, ä stands with a (DIN 5007-1)."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


def typed_words(typed: str) -> list[str]:
    """The words that are looked for, as they were typed."""
    return clean_line(typed[:LONGEST_SEARCH]).split()[:MOST_WORDS]


def matches(
    typed: str, *columns: Any, elsewhere: Mapping[str, ColumnElement[bool]] | None = None
) -> ColumnElement[bool]:
    """Rows in which every typed word stands in one of the columns, whatever its case.

    `elsewhere` tells for some words which rows have them otherwise. SQLite knows upper and lower
    case of ASCII only, so words are looked for in each spelling.
    """
    other = elsewhere or {}
    return and_(
        true(),
        *(
            or_(
                *(
                    column.icontains(spelling, autoescape=True)
                    for column in columns
                    for spelling in {word, word.lower(), word.upper(), word.capitalize()}
                ),
                *([other[word]] if word in other else []),
            )
            for word in typed_words(typed)
        ),
    )
