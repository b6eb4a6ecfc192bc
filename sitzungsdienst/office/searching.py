"""Finding and ordering by names and words, as a German reader expects it."""

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from sitzungsdienst.acts.text import clean_line

MOST_WORDS = 10
LONGEST_SEARCH = 200


def in_order(text: str) -> str:
    """A key to sort by: case and accents count for nothing, ä stands with a (DIN 5007-1)."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


def matches(typed: str, *columns: Any) -> ColumnElement[bool]:
    """Rows in which every typed word stands in one of the columns, whatever its case.

    SQLite knows upper and lower case of ASCII only, so words are looked for in each spelling.
    """
    words = clean_line(typed[:LONGEST_SEARCH]).split()[:MOST_WORDS]
    return and_(
        true(),
        *(
            or_(
                *(
                    column.icontains(spelling, autoescape=True)
                    for column in columns
                    for spelling in {word, word.lower(), word.upper(), word.capitalize()}
                )
            )
            for word in words
        ),
    )
