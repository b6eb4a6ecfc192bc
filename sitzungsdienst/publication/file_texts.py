"""The words of public files, by which papers are found: the statements on their table.

A text lies beside public bytes, under their SHA-512, and was read from bytes of that hash. It goes
when they go; a foreign key lets none stay behind.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from sitzungsdienst.publication import tables
from sitzungsdienst.publication.finding import folded

_text = tables.file_text.c


def says(
    dialect: str, folded_text: ColumnElement[str] | InstrumentedAttribute[str], word: str
) -> ColumnElement[bool]:
    """Rows in whose folded text the folded word stands, letter for letter.

    SQLite is fastest with LIKE; PostgreSQL's LIKE takes twice as long as its search for a string.
    """
    if dialect == "sqlite":
        return folded_text.contains(word, autoescape=True)
    return func.strpos(folded_text, word) > 0


def keep(connection: Connection, names: Collection[str], words: Mapping[str, str]) -> None:
    """Put words beside those of the bytes called `names` that are public and have none yet."""
    wanted = {name for name in names if words.get(name)}
    if not wanted:
        return
    lacking = set(connection.scalars(without_text().where(tables.blob.c.sha512.in_(wanted))))
    rows = [
        {"sha512": name, "folded": folded(words[name]), "text": words[name]}
        for name in sorted(lacking)
    ]
    if rows:
        connection.execute(insert(tables.file_text), rows)


def without_text() -> Select[str]:
    """Select the SHA-512 of public bytes that have no words beside them."""
    return select(tables.blob.c.sha512).where(tables.blob.c.sha512.not_in(select(_text.sha512)))


def erase(connection: Connection, sha512: str) -> None:
    """Erase the words of bytes that are not public any more."""
    connection.execute(delete(tables.file_text).where(_text.sha512 == sha512))


def saying(connection: Connection, words: Sequence[str]) -> dict[str, frozenset[str]]:
    """The SHA-512 of the bytes in which one of the folded words stands, with those words."""
    columns = [says(connection.dialect.name, _text.folded, word) for word in words]
    rows = connection.execute(select(_text.sha512, *columns).where(or_(*columns)))
    return {
        row[0]: frozenset(word for word, found in zip(words, row[1:], strict=True) if found)
        for row in rows
    }
