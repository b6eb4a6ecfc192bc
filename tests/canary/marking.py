"""Marking the record: a marker word in every text that may never be public.

The columns are found by walking the metadata, so a new one is marked without anybody's doing
unless it is named below. `MAY_BE_PUBLIC` says which columns may leave the house, and for which
rows; everything else is marked in every row.
"""

from sqlalchemy import Connection, Enum, LargeBinary, MetaData, String, Table, Text, text
from sqlalchemy.types import TypeEngine

MARKER = "KANARIENVOGEL"

ALL = "1 = 1"
# What is public of an item follows where it was really treated, not where it was planned.
_PUBLIC_ITEMS = (
    "(SELECT item.id FROM agenda_item item"
    " LEFT JOIN treatment ON treatment.agenda_item_id = item.id"
    " WHERE item.removed_at IS NULL AND COALESCE(treatment.treated_part, item.part) = 'public')"
)
_PUBLIC_ITEM = f"{{table}}.agenda_item_id IN {_PUBLIC_ITEMS}"
_PUBLIC_BALLOT = (
    f"ballot_id IN (SELECT id FROM ballot WHERE agenda_item_id IN {_PUBLIC_ITEMS}"
    " AND kind <> 'secret')"
)
_PUBLIC_ELECTION = f"(SELECT id FROM election WHERE agenda_item_id IN {_PUBLIC_ITEMS})"
_PUBLIC_ROUND = f"(SELECT id FROM election_round WHERE election_id IN {_PUBLIC_ELECTION})"
_PUBLIC_RESOLUTION = f"resolution.part = 'public' AND resolution.agenda_item_id IN {_PUBLIC_ITEMS}"
# What only the non-public agenda calls an item may never name what was decided on it, even where
# the item itself was treated publicly. (The titles may be marked already, hence "begins".)
_CALLED_INTERNALLY = (
    "EXISTS (SELECT 1 FROM agenda_item item WHERE item.id = resolution.agenda_item_id"
    " AND item.part = 'nonpublic' AND item.public_title <> ''"
    " AND instr(item.title, resolution.subject) = 1)"
)
_ANNOUNCED = (
    f"resolution.announcement = 'announced' AND resolution.announced_item_id IN {_PUBLIC_ITEMS}"
)
_MEMBER = (
    "person.id IN (SELECT person_id FROM membership) OR person.id IN (SELECT person_id FROM"
    " attendance)"
)


def _consent(field: str) -> str:
    """That the person's consent to publish this piece of contact data runs."""
    return (
        f"person.id IN (SELECT person_id FROM contact_consent WHERE field = '{field}'"
        " AND withdrawn_on IS NULL)"
    )


_PUBLIC_PAPER = "paper_id IN (SELECT id FROM paper WHERE public)"
_PUBLIC_ATTACHMENT = (
    f"public AND {_PUBLIC_PAPER} AND id NOT IN"
    " (SELECT redacts_id FROM attachment WHERE redacts_id IS NOT NULL)"
)

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
    "former_name": dict.fromkeys(("name", "short_name"), ALL),
    "composition_rule": dict.fromkeys(("label", "on_behalf_of"), ALL),
    "institutional_membership": {"name": ALL},
    "person": dict.fromkeys(("form_of_address", "title", "given_name", "family_name"), _MEMBER)
    | {
        "email": _consent("email"), "phone": _consent("phone"), "mobile": _consent("mobile"),
        "street_address": _consent("address"), "postal_code": _consent("address"),
        "locality": _consent("address"), "website": _consent("website"),
    },
    "paper": dict.fromkeys(
        (
            "reference", "title", "paper_type", "handled_by", "addressed_to",
            "proposed_resolution", "facts", "reasons", "financial_effects",
        ),
        "public",
    ),
    "consultation": {"result_note": f"agenda_item_id IS NULL AND {_PUBLIC_PAPER}"},
    "paper_originator": {"label": _PUBLIC_PAPER},
    "attachment": dict.fromkeys(("name", "file_name"), _PUBLIC_ATTACHMENT),
    # What public bytes say is public; it is read from them alone.
    "file_text": dict.fromkeys(
        ("text", "folded"),
        f"sha512 IN (SELECT sha512 FROM attachment WHERE {_PUBLIC_ATTACHMENT})",
    ),
    "meeting": {"name": ALL},
    "agenda_item": {
        "title": f"(part = 'public' AND removed_at IS NULL) OR (id IN {_PUBLIC_ITEMS} AND"
        " public_title = '')",
        "public_title": "disclosure = 'neutral' AND removed_at IS NULL",
        "number": ALL,
    },
    "issued_document": {"file_name": "kind IN ('notice', 'minutes_public', 'excerpt')"},
    "attendance": dict.fromkeys(("role", "on_behalf_of"), ALL),
    "treatment": dict.fromkeys(
        ("deliberation", "resolution_text"), _PUBLIC_ITEM.format(table="treatment")
    ),
    "ballot": dict.fromkeys(
        ("subject", "result_text", "moved_by"), _PUBLIC_ITEM.format(table="ballot")
    ),
    "stance": {"label": _PUBLIC_BALLOT},
    "election": {"office": _PUBLIC_ITEM.format(table="election")},
    "candidate": {"name": f"election_id IN {_PUBLIC_ELECTION}"},
    "election_round": {"result_text": f"election_id IN {_PUBLIC_ELECTION}"},
    "lot": {"drawn_by": f"round_id IN {_PUBLIC_ROUND}"},
    "resolution": {
        "number": f"({_PUBLIC_RESOLUTION}) OR ({_ANNOUNCED})",
        "subject": f"{_PUBLIC_RESOLUTION} AND NOT {_CALLED_INTERNALLY}",
        "announced_text": _ANNOUNCED,
    },
    "resolution_report": {
        "text": "public AND resolution_id IN (SELECT id FROM resolution WHERE"
        f" {_PUBLIC_RESOLUTION})",
    },
    "minutes": dict.fromkeys(("chair_name", "clerk_name"), ALL),
    "minutes_signature": {"name": ALL},
}  # fmt: skip

#: Not texts that people write: keys by which rows are found, values that programs read as JSON,
#: and secrets that must keep working.
KEYS = frozenset(
    {"value", "uid", "sha512", "among", "token_hash", "password_hash", "subject_uid", "key"}
)


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
    # A check may tie a text to another column; what is hidden here is hidden all the same.
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
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
                text(f'UPDATE "{table.name}" SET "{column}" = "{column}" || :word{where}'),
                {"word": f" {word}"},
            )
            marked[f"{table.name}.{column}"] = done.rowcount
    return marked
