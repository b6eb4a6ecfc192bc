"""Marking the record: a marker word in every text that may never be public.

The columns are found by walking the metadata, so a new one is marked without anybody's doing
unless it is named below. `MAY_BE_PUBLIC` says which columns may leave the house, and for which
rows; everything else is marked in every row.
"""

from sqlalchemy import Connection, Enum, LargeBinary, MetaData, String, Table, Text, text
from sqlalchemy.types import TypeEngine

MARKER = "KANARIENVOGEL"

ALL = "1 = 1"
_PUBLIC_ITEM = (
    "{table}.agenda_item_id IN (SELECT id FROM agenda_item WHERE part = 'public'"
    " AND removed_at IS NULL)"
)
_MEMBER = (
    "person.id IN (SELECT person_id FROM membership) OR person.id IN (SELECT person_id FROM"
    " attendance)"
)
_PUBLIC_PAPER = "paper_id IN (SELECT id FROM paper WHERE public)"

#: Table → column → SQL condition for the rows in which the column may become public.
MAY_BE_PUBLIC: dict[str, dict[str, str]] = {
    "body": dict.fromkeys(
        (
            "name", "short_name", "classification", "land", "seat", "ags", "department",
            "street_address", "postal_code", "locality", "phone", "email", "website", "colour",
        ),
        ALL,
    ),
    "legislative_term": {"name": ALL},
    "organization": dict.fromkeys(("name", "short_name", "classification", "predecessor"), ALL),
    "location": dict.fromkeys(
        ("room", "description", "street_address", "postal_code", "locality"), ALL
    ),
    "person": dict.fromkeys(("form_of_address", "title", "given_name", "family_name"), _MEMBER),
    "paper": dict.fromkeys(
        (
            "reference", "title", "paper_type", "handled_by", "addressed_to",
            "proposed_resolution", "reasons",
        ),
        "public",
    ),
    "paper_originator": {"label": _PUBLIC_PAPER},
    "attachment": dict.fromkeys(("name", "file_name"), f"public AND {_PUBLIC_PAPER}"),
    "meeting": {"name": ALL},
    "agenda_item": {
        "title": "part = 'public' AND removed_at IS NULL",
        "public_title": "disclosure = 'neutral' AND removed_at IS NULL",
        "number": ALL,
    },
    "issued_document": {"file_name": "kind IN ('notice', 'minutes_public', 'excerpt')"},
    "attendance": dict.fromkeys(("role", "on_behalf_of"), ALL),
    "treatment": dict.fromkeys(
        ("deliberation", "resolution_text"), _PUBLIC_ITEM.format(table="treatment")
    ),
    "ballot": dict.fromkeys(("subject", "result_text"), _PUBLIC_ITEM.format(table="ballot")),
    "minutes": dict.fromkeys(("chair_name", "clerk_name"), ALL),
}  # fmt: skip

#: Not texts that people write: keys by which rows are found, and secrets that must keep working.
KEYS = frozenset({"uid", "sha512", "token_hash", "password_hash", "subject_uid", "key"})


def text_columns(table: Table) -> list[str]:
    """The columns of a table that hold text of people or programs, found by their types."""
    return [
        column.name for column in table.columns if _is_text(column.type) and column.name not in KEYS
    ]


def _is_text(kind: TypeEngine[object]) -> bool:
    return isinstance(kind, (String, Text)) and not isinstance(kind, (Enum, LargeBinary))


def mark(
    connection: Connection, metadata: MetaData, spared: dict[str, str] | None = None
) -> dict[str, int]:
    """Append the marker wherever it may never come out; gives the marked rows by column.

    `spared` names rows by table that are the reader's own (their account, their session).
    """
    marked = {}
    for table in metadata.sorted_tables:
        own = (spared or {}).get(table.name)
        public = dict.fromkeys(text_columns(table), own) if own else {}
        public |= MAY_BE_PUBLIC.get(table.name, {})
        for column in text_columns(table):
            condition = public.get(column)
            where = "" if condition is None else f" WHERE NOT ({condition})"
            word = f"{MARKER}-{table.name}-{column}"
            done = connection.execute(
                text(f'UPDATE "{table.name}" SET "{column}" = "{column}" || :word{where}'),  # noqa: S608 - names from our own metadata
                {"word": f" {word}"},
            )
            marked[f"{table.name}.{column}"] = done.rowcount
    return marked
