"""Whoever touches the ledger, its texts or its tables by hand is found out."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from sitzungsdienst.publication import tables, triggers
from sitzungsdienst.publication.chain import FIELDS, Entry
from sitzungsdienst.publication.verify import Verdict, verify
from tests.publication import cast
from tests.publication.cast import TOWN, file, uid, withdraw

FALSIFIED = {
    "seq": "99",
    "filed_at": "'2020-01-01 00:00:00.000000'",
    "release_uid": "'x'",
    "act": "'x'",
    "actor": "'x'",
    "reason": "'x'",
    "object_uid": "'x'",
    "kind": "'File'",
    "object_version": "7",
    "document_hash": "NULL",
    "previous_hash": "'x'",
    "entry_hash": "'x'",
}


def _quoted(text: str) -> str:
    return f"'{text}'"


def tamper(engine: Engine, *statements: str) -> Verdict:
    """Change the tables as somebody with all rights could, then look.

    FIRST and CLOSED stand for the uids of those items.
    """
    with engine.connect() as connection:
        for statement in (*triggers.DROP["sqlite"], "PRAGMA defer_foreign_keys = ON", *statements):
            meant = statement.replace("FIRST", _quoted(cast.FIRST.uid))
            connection.exec_driver_sql(meant.replace("CLOSED", _quoted(cast.CLOSED.uid)))
        verdict = verify(connection)
        connection.rollback()
    return verdict


@pytest.fixture
def filed(sqlite_engine: Engine) -> Engine:
    """The town in 14 entries, an item withdrawn by the 15th, the meeting corrected by the 16th."""
    file(sqlite_engine)
    withdraw(sqlite_engine, cast.CLOSED.uid, minutes=1)
    file(sqlite_engine, replace(cast.MEETING, name="6. Sitzung"), minutes=2)
    return sqlite_engine


def test_an_untouched_ledger_is_whole(filed: Engine) -> None:
    with filed.connect() as connection:
        verdict = verify(connection)
    assert verdict == Verdict(
        16, None, "Das Veröffentlichungsjournal ist unversehrt: 16 Einträge geprüft."
    )
    assert verdict.intact


def test_an_empty_ledger_is_whole(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        assert verify(connection).intact


def test_every_column_of_an_entry_is_tried_below() -> None:
    assert set(FALSIFIED) == {*FIELDS, "entry_hash"}


@pytest.mark.parametrize("column", FALSIFIED)
def test_a_changed_entry_is_named(filed: Engine, column: str) -> None:
    verdict = tamper(
        filed,
        "UPDATE public_entry SET COLUMN = VALUE WHERE seq = 9".replace("COLUMN", column).replace(
            "VALUE", FALSIFIED[column]
        ),
    )
    assert verdict.broken_seq == 9
    assert not verdict.intact


def test_a_changed_entry_that_was_sealed_anew_breaks_the_next_one(filed: Engine) -> None:
    with filed.connect() as connection:
        row = connection.execute(select(tables.entry).where(tables.entry.c.seq == 9)).one()
    facts = {name: getattr(row, name) for name in FIELDS} | {"reason": "anders"}
    sealed = Entry(**facts).entry_hash
    statement = "UPDATE public_entry SET reason = 'anders', entry_hash = 'HASH' WHERE seq = 9"
    verdict = tamper(filed, statement.replace("HASH", sealed))
    assert verdict.broken_seq == 10
    assert "schließt nicht an" in verdict.message


def test_a_removed_entry_is_named(filed: Engine) -> None:
    verdict = tamper(filed, "DELETE FROM public_entry WHERE seq = 5")
    assert (verdict.broken_seq, verdict.message) == (5, "Eintrag 5 fehlt.")


def test_a_removed_last_entry_is_noticed_by_the_tables(filed: Engine) -> None:
    verdict = tamper(filed, "DELETE FROM public_entry WHERE seq = 16")
    assert not verdict.intact


TAMPERED = [
    ("UPDATE public_document SET text = text || ' ' WHERE text LIKE '%\"Eröffnung\"%'", 11),
    ("DELETE FROM public_document WHERE text LIKE '%\"Eröffnung\"%'", 11),
    ("DELETE FROM public_document WHERE text LIKE '%5. Sitzung des%'", 7),
    ("UPDATE public_object SET deleted = 1 WHERE uid = FIRST", 11),
    ("UPDATE public_object SET version = 5 WHERE uid = FIRST", 11),
    ("UPDATE public_object SET kind = 'Paper' WHERE uid = FIRST", 11),
    ("UPDATE public_object SET created = '2020-01-01' WHERE uid = FIRST", 11),
    ("UPDATE public_object SET modified = '2020-01-01' WHERE uid = FIRST", 11),
    ("UPDATE public_object SET seq = 1 WHERE uid = FIRST", 11),
    ("UPDATE public_object SET body_uid = 'x' WHERE uid = FIRST", 11),
    ("UPDATE public_object SET parent_uid = 'x' WHERE uid = FIRST", 11),
    ("UPDATE public_object SET sort_key = 'x' WHERE uid = FIRST", 11),
    ("UPDATE public_object SET sort_key = 'Grundstück' WHERE uid = CLOSED", 15),
    ("UPDATE public_object SET sha512 = 'x' WHERE uid = FIRST", 11),
    ("UPDATE public_object SET sha512 = NULL WHERE seq = 10", 10),
    ("UPDATE public_object SET deleted = 0 WHERE uid = CLOSED", 15),
    ("UPDATE public_link SET target_uid = 'x' WHERE source_uid = FIRST", 11),
    ("DELETE FROM public_link WHERE source_uid = FIRST", 11),
    ("INSERT INTO public_link VALUES (CLOSED, 'meeting', 0, 'x')", 15),
    ("UPDATE public_blob SET content = x'00', size = 1 WHERE size = 16", 10),
    ("DELETE FROM public_blob WHERE size = 16", 10),
    ("INSERT INTO public_blob VALUES ('x', 1, x'00')", 0),
    ("INSERT INTO public_document VALUES ('x', 'x')", 0),
]


@pytest.mark.parametrize(("statement", "seq"), TAMPERED)
def test_a_touched_table_is_noticed(filed: Engine, statement: str, seq: int) -> None:
    assert tamper(filed, statement).broken_seq == seq


def test_an_object_that_no_entry_names_is_noticed(filed: Engine) -> None:
    columns = "kind, body_uid, parent_uid, sort_key, created, modified, version, deleted, seq"
    statement = (
        f"INSERT INTO public_object (uid, document_hash, {columns})"  # noqa: S608 - fixed parts
        f" SELECT '{uid('new')}', document_hash, {columns} FROM public_object LIMIT 1"
    )
    assert tamper(filed, statement).broken_seq == 0


def test_an_object_that_vanished_is_noticed(filed: Engine) -> None:
    verdict = tamper(
        filed,
        "DELETE FROM public_link WHERE source_uid = FIRST",
        "DELETE FROM public_object WHERE uid = FIRST",
    )
    assert verdict.message == "Das Objekt zu Eintrag 11 fehlt."


def test_a_text_that_outlived_its_withdrawal_is_noticed(sqlite_engine: Engine) -> None:
    file(sqlite_engine)
    with sqlite_engine.connect() as connection:
        kept = connection.exec_driver_sql(
            "SELECT hash, text FROM public_document WHERE text LIKE '%Grundstück%'"
        ).one()
    withdraw(sqlite_engine, cast.CLOSED.uid)
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO public_document VALUES (?, ?)", tuple(kept))
        verdict = verify(connection)
    assert verdict.broken_seq == TOWN.index(cast.CLOSED) + 1
    assert "trotz Rücknahme" in verdict.message
