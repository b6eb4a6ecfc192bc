"""A row in every table that the acts of the scenario left empty, for both sides of the house.

New tables join by themselves: each gets one row that hangs on what is public and one that hangs
on what is not, so that the canary has something to hide wherever text can be written.
"""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Date, DateTime, MetaData, Table, func, select
from sqlalchemy.orm import Session

from sitzungsdienst.moments import UtcDateTime
from tests.canary.marking import text_columns
from tests.record.rows import SOUND, whole

#: What the ids of a side are called by: the table, and the row in it.
Side = dict[str, int]

#: Plans of publicity, set on both sides: they alone make nothing public.
PLANNED = ("public",)


def fill(session: Session, metadata: MetaData, sides: tuple[Side, Side]) -> list[str]:
    """Write the rows and commit; gives the names of the tables filled.

    A side names for some tables the row that others of that side hang on; rows written here join.
    """
    session.rollback()
    session.connection(execution_options={"writes": True})
    filled = []
    for table in metadata.sorted_tables:
        if session.scalar(select(func.count()).select_from(table)):
            _find(session, table, sides)
            continue
        if table.name not in SOUND and not text_columns(table):
            continue  # nothing could be written there, and nothing hangs on it
        for number, side in enumerate(sides, start=1):
            row = _row(session, table, side, sides[2 - number], number)
            key = session.execute(table.insert(), row).inserted_primary_key
            side.setdefault(table.name, key[0] if key else number)
        filled.append(table.name)
    session.commit()
    return filled


def _find(session: Session, table: Table, sides: tuple[Side, Side]) -> None:
    """What the acts wrote on each side, so that rows below it hang on the right one."""
    if "agenda_item_id" not in table.columns or "id" not in table.columns:
        return
    for side in sides:
        own = table.c.agenda_item_id == side["agenda_item"]
        found = session.scalar(select(func.min(table.c.id)).where(own))
        if found is not None:
            side.setdefault(table.name, found)


def _row(session: Session, table: Table, side: Side, others: Side, number: int) -> dict[str, Any]:
    row = whole(table, dict(SOUND.get(table.name, {})))
    row.pop("id", None)
    for column in table.columns:
        if column.name == "uid":
            row["uid"] = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{table.name} {number}"))
        elif column.unique and column.name in row:
            row[column.name] = f"{table.name}-{number}"
        elif column.name in PLANNED:
            row[column.name] = True
        elif column.name == "other_id":
            row[column.name] = others[_table_of(column)]
        elif column.foreign_keys and row.get(column.name) is not None:
            row[column.name] = _target(session, column, side)
        elif column.name in row:
            row[column.name] = _typed(column, row[column.name])
    if "number" in row:
        row["number"] = f"{number}/2017" if isinstance(row["number"], str) else number
    if "scope" in row:
        row["scope"] = f"2017/{number}/"
    return row


def _target(session: Session, column: Column[Any], side: Side) -> Any:
    if _table_of(column) in side:
        return side[_table_of(column)]
    return session.scalar(select(func.min(next(iter(column.foreign_keys)).column)))


def _table_of(column: Column[Any]) -> str:
    """The table that a foreign key leads to."""
    return str(next(iter(column.foreign_keys)).column.table.name)


def _typed(column: Column[Any], value: object) -> object:
    if isinstance(column.type, Date) and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(column.type, (DateTime, UtcDateTime)) and isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value
