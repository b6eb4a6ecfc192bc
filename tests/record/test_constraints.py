"""The database itself refuses what may not be, whoever writes: plain SQL, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from sitzungsdienst.record import schema

#: A sound row of each table, as plain values; the cast has Bodies, a committee, a person, users.
NOW = "2017-04-03 08:00:00"
STAMPS = {"version": 1, "created_at": NOW, "modified_at": NOW}
SOUND: dict[str, dict[str, object]] = {
    "legislative_term": {
        "id": 1, "uid": "w1", "body_id": 1, "name": "5.", "start_date": "2014-07-01",
        "end_date": None, **STAMPS,
    },
    "blob": {"sha512": "00", "size": 0, "content": b""},
    "location": {"id": 1, "uid": "l1", "body_id": 1, "room": "Saal", "description": "",
                 "street_address": "", "postal_code": "", "locality": "", **STAMPS},
    "meeting": {"id": 1, "uid": "m1", "body_id": 1, "name": "Sitzung", "start": NOW, "end": None,
                "location_id": 1, "state": "summoned", "cancelled": False, "sequence": 0,
                "internal_note": "", **STAMPS},
    "agenda_item": {"id": 1, "uid": "a1", "meeting_id": 1, "parent_id": None, "position": 1,
                    "part": "public", "number": "Ö 1", "title": "Punkt", "public_title": "",
                    "disclosure": "hidden", "removed_at": None, **STAMPS},
    "attendance": {"id": 1, "uid": "t1", "meeting_id": 1, "person_id": 1, "kind": "present",
                   "voting_right": True, "role": "", "on_behalf_of": "", "arrived_at": None,
                   "left_at": None, "note": "", **STAMPS},
    "ballot": {"id": 1, "uid": "b1", "agenda_item_id": 1, "position": 1, "subject": "",
               "kind": "roll_call", "yes": 3, "no": 1, "abstentions": 1, "invalid": 0,
               "present": 6, "recused": 1, "outcome": "accepted", "result_text": "angenommen",
               **STAMPS},
    "issued_document": {
        "id": 1, "uid": "i1", "kind": "notice", "meeting_id": 1, "agenda_item_id": None,
        "file_name": "a.pdf", "sha512": "00", "issued_at": NOW,
    },
    "vote": {"id": 1, "ballot_id": 1, "person_id": 1, "choice": "yes"},
    "minutes": {"id": 1, "uid": "n1", "meeting_id": 1, "state": "draft", "chair_name": "a",
                "clerk_name": "b", "signed_on": None, "approved_on": None,
                "approved_in_id": None, "remark": "", **STAMPS},
    "paper": {"id": 1, "uid": "p1", "body_id": 1, "reference": "2017/1", "title": "Vorlage",
              "paper_type": "Antrag", "dated": None, "public": False, "responsible_unit_id": None,
              "handled_by": "", "addressed_to": "", "proposed_resolution": "", "reasons": "",
              "internal_note": "", **STAMPS},
    "treatment": {"id": 1, "uid": "r1", "agenda_item_id": 1, "deliberation": "",
                  "resolution_text": "", "decision": None, "internal_note": "", **STAMPS},
    "consultation": {"id": 1, "uid": "c1", "paper_id": 1, "position": 0, "organization_id": 1,
                     "role": "decision", "agenda_item_id": None, **STAMPS},
}  # fmt: skip
CAST = ("body", "organization", "person", "membership", "office_user")


def insert(connection: Connection, table: str, **values: object) -> None:
    """Write a row as it comes."""
    row = SOUND.get(table, {}) | values
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(f":{name}" for name in row)
    connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({places})'), row)  # noqa: S608 - our own names


def update(connection: Connection, table: str, **values: object) -> None:
    """Change the first row of a table."""
    changes = ", ".join(f'"{name}" = :{name}' for name in values)
    statement = f'UPDATE "{table}" SET {changes} WHERE id = 1'  # noqa: S608 - our own names
    connection.execute(text(statement), values)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """One sound row in every table."""
    with engine.connect() as connection:
        for table in SOUND:
            insert(connection, table)
        yield connection
        connection.rollback()


REFUSED: list[tuple[str, dict[str, object]]] = [
    # Counts: all or none, none negative, somebody voted, no more than took part.
    ("ballot", {"yes": None}),
    ("ballot", {"no": None}),
    ("ballot", {"abstentions": None}),
    ("ballot", {"invalid": None}),
    ("ballot", {"yes": -1}),
    ("ballot", {"no": -1}),
    ("ballot", {"abstentions": -1}),
    ("ballot", {"invalid": -1}),
    ("ballot", {"yes": 0, "no": 0, "abstentions": 0}),
    ("ballot", {"yes": 4}),
    ("ballot", {"invalid": 1}),
    ("ballot", {"recused": 2}),
    ("ballot", {"recused": -1}),
    ("ballot", {"present": 0, "recused": 1, "yes": None, "no": None, "abstentions": None,
                "invalid": None}),
    ("ballot", {"kind": "guess"}),
    ("ballot", {"outcome": "maybe"}),
    ("vote", {"choice": "perhaps"}),
    # Times in order.
    ("meeting", {"end": NOW}),
    ("meeting", {"end": "2017-04-03 07:00:00"}),
    ("meeting", {"state": "over"}),
    ("attendance", {"arrived_at": NOW, "left_at": NOW}),
    ("attendance", {"kind": "asleep"}),
    ("membership", {"start_date": "2017-01-02", "end_date": "2017-01-01"}),
    ("membership", {"role": "king"}),
    ("organization", {"start_date": "2017-01-02", "end_date": "2017-01-01"}),
    ("organization", {"seats": 0}),
    ("organization", {"seats": 1000}),
    ("organization", {"kind": "club"}),
    ("body", {"notice_days": -1}),
    ("body", {"notice_days": 61}),
    # The agenda.
    ("agenda_item", {"parent_id": 1}),
    ("agenda_item", {"part": "both"}),
    ("agenda_item", {"disclosure": "loud"}),
    ("consultation", {"position": -1}),
    ("consultation", {"role": "none"}),
    ("treatment", {"decision": "perhaps"}),
    ("minutes", {"state": "lost"}),
    ("legislative_term", {"end_date": "2014-06-30"}),
    ("issued_document", {"kind": "gossip"}),
    # Users: clerk and Body, administrator and none, member and person.
    ("office_user", {"role": "administrator"}),
    ("office_user", {"body_id": None}),
    ("office_user", {"role": "member", "person_id": None}),
    ("office_user", {"role": "guest"}),
    # Links lead somewhere.
    ("meeting", {"location_id": 99}),
    ("agenda_item", {"meeting_id": 99}),
    ("ballot", {"agenda_item_id": 99}),
    ("paper", {"body_id": 99}),
    ("consultation", {"agenda_item_id": 99}),
    ("attendance", {"person_id": 99}),
]  # fmt: skip

TWICE: list[tuple[str, dict[str, object]]] = [
    ("vote", {}),
    ("attendance", {"uid": "t2"}),
    ("agenda_item", {"uid": "a2"}),
    ("paper", {"uid": "p2"}),
    ("minutes", {"uid": "n2"}),
    ("treatment", {"uid": "r2"}),
    ("meeting", {}),
    ("location", {}),
]

ALLOWED: list[tuple[str, dict[str, object]]] = [
    ("ballot", {"yes": None, "no": None, "abstentions": None, "invalid": None}),
    ("ballot", {"yes": 5, "no": 0, "abstentions": 0}),
    ("ballot", {"yes": 0, "no": 0, "abstentions": 0, "invalid": 5}),
    ("meeting", {"end": "2017-04-03 08:00:01"}),
    ("attendance", {"arrived_at": NOW, "left_at": "2017-04-03 09:00:00"}),
    ("agenda_item", {"number": None}),
    ("body", {"notice_days": 0}),
    ("organization", {"seats": 999}),
    ("membership", {"start_date": "2017-01-01", "end_date": "2017-01-01"}),
]


def named(case: tuple[str, dict[str, object]]) -> str:
    return f"{case[0]} {' '.join(f'{name}={value}' for name, value in case[1].items())}"


def refusals(connection: Connection, cases: list[tuple[str, dict[str, object]]]) -> set[str]:
    """The cases that the database refuses, each tried on sound rows."""
    found = set()
    for table, values in cases:
        savepoint = connection.begin_nested()
        try:
            update(connection, table, **values)
        except IntegrityError:
            found.add(named((table, values)))
        savepoint.rollback()
    return found


def test_the_database_refuses_what_may_not_be(connection: Connection) -> None:
    assert refusals(connection, REFUSED) == set(map(named, REFUSED))


def test_the_database_allows_what_may_be(connection: Connection) -> None:
    assert refusals(connection, ALLOWED) == set()


@pytest.mark.parametrize("case", TWICE, ids=named)
def test_what_is_unique_does_not_come_twice(
    connection: Connection, case: tuple[str, dict[str, object]]
) -> None:
    table, values = case
    with pytest.raises(IntegrityError):
        insert(connection, table, id=2, **values)


def test_one_number_may_stand_in_two_meetings(connection: Connection) -> None:
    insert(connection, "meeting", id=2, uid="m2")
    insert(connection, "agenda_item", id=2, uid="a2", meeting_id=2)
    insert(connection, "paper", id=2, uid="p2", body_id=2)


@pytest.mark.parametrize(
    "table", ["body", "meeting", "person", "agenda_item", "paper", "organization", "ballot"]
)
def test_what_others_stand_on_is_not_deleted(connection: Connection, table: str) -> None:
    with pytest.raises(IntegrityError):
        connection.execute(text(f'DELETE FROM "{table}" WHERE id = 1'))  # noqa: S608 - our own names


def test_every_check_of_the_models_is_tried_above() -> None:
    tried = {table for table, _ in REFUSED}
    with_checks = {
        table.name
        for table in schema.metadata.sorted_tables
        if any(type(one).__name__ == "CheckConstraint" for one in table.constraints)
    }
    assert with_checks <= tried


def test_nothing_edited_lacks_version_or_moments(connection: Connection) -> None:
    edited = [table for table, row in SOUND.items() if "version" in row]
    cases: list[tuple[str, dict[str, object]]] = [
        (table, {column: None}) for table in edited for column in STAMPS
    ]
    assert refusals(connection, cases) == set(map(named, cases))
