"""The ledger is append-only, and the database itself holds that, whoever writes to it.

The statements are used by the migration and, for databases made without it, whenever the table
`public_entry` is created from its metadata.
"""

from typing import Any

from sqlalchemy import Connection, Table, event

_WORDS = "public_entry is append-only"

_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"

# "INSERT OR REPLACE" removes the row in its way without firing a delete trigger, so the third
# one refuses any insert that meets an entry already there.
SQLITE_CREATE: tuple[str, ...] = (
    f"CREATE TRIGGER public_entry_no_update BEFORE UPDATE ON public_entry {_REFUSE}",
    f"CREATE TRIGGER public_entry_no_delete BEFORE DELETE ON public_entry {_REFUSE}",
    """CREATE TRIGGER public_entry_no_replace BEFORE INSERT ON public_entry
    WHEN EXISTS (
        SELECT 1 FROM public_entry AS old
        WHERE old.seq = NEW.seq OR old.entry_hash = NEW.entry_hash
        OR (old.object_uid = NEW.object_uid AND old.object_version = NEW.object_version)
    ) BEGIN SELECT RAISE(ABORT, 'public_entry is append-only'); END""",
)

SQLITE_DROP: tuple[str, ...] = (
    "DROP TRIGGER IF EXISTS public_entry_no_replace",
    "DROP TRIGGER IF EXISTS public_entry_no_delete",
    "DROP TRIGGER IF EXISTS public_entry_no_update",
)

POSTGRESQL_CREATE: tuple[str, ...] = (
    f"""CREATE FUNCTION public_entry_refuse() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '{_WORDS}'; END $$""",
    """CREATE TRIGGER public_entry_no_change BEFORE UPDATE OR DELETE ON public_entry
    FOR EACH ROW EXECUTE FUNCTION public_entry_refuse()""",
    """CREATE TRIGGER public_entry_no_truncate BEFORE TRUNCATE ON public_entry
    FOR EACH STATEMENT EXECUTE FUNCTION public_entry_refuse()""",
)

POSTGRESQL_DROP: tuple[str, ...] = (
    "DROP TRIGGER IF EXISTS public_entry_no_truncate ON public_entry",
    "DROP TRIGGER IF EXISTS public_entry_no_change ON public_entry",
    "DROP FUNCTION IF EXISTS public_entry_refuse()",
)

CREATE: dict[str, tuple[str, ...]] = {"sqlite": SQLITE_CREATE, "postgresql": POSTGRESQL_CREATE}
DROP: dict[str, tuple[str, ...]] = {"sqlite": SQLITE_DROP, "postgresql": POSTGRESQL_DROP}


def attach(table: Table) -> None:
    """Have the triggers made after `table` is created from its metadata, and dropped before."""
    for dialect, statements in CREATE.items():
        for statement in statements:
            _on(table, "after_create", dialect, statement)
    for dialect, statements in DROP.items():
        for statement in statements:
            _on(table, "before_drop", dialect, statement)


def _on(table: Table, moment: str, dialect: str, statement: str) -> None:
    def run(target: Table, connection: Connection, **_: Any) -> None:
        del target
        if connection.dialect.name == dialect:
            connection.exec_driver_sql(statement)

    event.listen(table, moment, run)
