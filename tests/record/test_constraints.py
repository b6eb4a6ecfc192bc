"""The database itself refuses what may not be, whoever writes: plain SQL, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from sitzungsdienst.record import schema
from tests.record.rows import ALLOWED, REFUSED, SOUND, STAMPS, TWICE, Case, whole

CAST = ("body", "organization", "person", "membership", "office_user")


def insert(connection: Connection, table: str, **values: object) -> None:
    """Write a row as it comes."""
    row = SOUND.get(table, {}) | values
    if table in SOUND:
        row = whole(schema.metadata.tables[table], row)
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(f":{name}" for name in row)
    connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({places})'), row)  # noqa: S608 - our own names


def update(connection: Connection, table: str, **values: object) -> None:
    """Change the first row of a table."""
    changes = ", ".join(f'"{name}" = :{name}' for name in values)
    which = "id = 1" if "id" in schema.metadata.tables[table].columns else "1 = 1"
    statement = f'UPDATE "{table}" SET {changes} WHERE {which}'  # noqa: S608 - our own names
    connection.execute(text(statement), values)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """One sound row in every table."""
    with engine.connect() as connection:
        for table in SOUND:
            if table == "paper_relation":  # needs a second paper
                insert(connection, "paper", id=7, uid="p7", reference="2017/7")
            insert(connection, table)
        yield connection
        connection.rollback()


def named(case: Case) -> str:
    return f"{case[0]} {' '.join(f'{name}={value}' for name, value in case[1].items())}"


def refusals(connection: Connection, cases: list[Case]) -> set[str]:
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
def test_what_is_unique_does_not_come_twice(connection: Connection, case: Case) -> None:
    table, values = case
    with pytest.raises(IntegrityError):
        insert(connection, table, **({"id": 2} | values))


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
    edited = [table for table in SOUND if "version" in schema.metadata.tables[table].columns]
    cases: list[Case] = [(table, {column: None}) for table in edited for column in STAMPS]
    assert refusals(connection, cases) == set(map(named, cases))
