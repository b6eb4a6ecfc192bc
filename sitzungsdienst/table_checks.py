"""Changing the check constraints of a table in a migration."""

from alembic import op


def change(table: str, name: str, condition: str) -> None:
    """Give the check constraint `name` of a table another condition."""
    whole = op.f(f"ck_{table}_{name}")
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(whole, type_="check")
        batch_op.create_check_constraint(whole, condition)


def one_of(column: str, *words: str) -> str:
    """The condition of a column that holds one of the words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"
