"""Alembic's entry: brings a database to the newest shape, record and public tables together.

The connection comes from the command line (`sitzungsdienst db upgrade`) through the
configuration's attributes, so there is no second place that knows a database's address.
"""

from alembic import context
from sqlalchemy import MetaData

from sitzungsdienst.naming import CONVENTION
from sitzungsdienst.publication import tables
from sitzungsdienst.record import schema

# One metadata with the naming convention: of several, Alembic would not know which to follow.
everything = MetaData(naming_convention=CONVENTION)
for source in (schema.metadata, tables.metadata):
    for table in source.sorted_tables:
        table.to_metadata(everything)

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=everything,
    # SQLite cannot alter a table in place: Alembic copies it.
    render_as_batch=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
