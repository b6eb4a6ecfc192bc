"""The words of uploaded files, and those of public files, for searching.

What was uploaded before is read by `sitzungsdienst files index`.

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

#: Roles that may read the ledger read the new public table too, as `db public-role` would grant it.
GRANT_TO_READERS = """
DO $$
DECLARE reader record;
BEGIN
    FOR reader IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_schema = current_schema() AND table_name = 'public_entry'
        AND privilege_type = 'SELECT' AND grantee NOT IN ('PUBLIC', current_user)
    LOOP
        EXECUTE format('GRANT SELECT ON public_file_text TO %I', reader.grantee);
    END LOOP;
END $$
"""


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "file_text",
        sa.Column("sha512", sa.String(length=128), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "whole",
                "cut",
                "empty",
                "failed",
                name="textstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('whole', 'cut') or text = ''", name=op.f("ck_file_text_text_of_state")
        ),
        sa.ForeignKeyConstraint(["sha512"], ["blob.sha512"], name=op.f("fk_file_text_sha512")),
        sa.PrimaryKeyConstraint("sha512", name=op.f("pk_file_text")),
    )
    op.create_table(
        "public_file_text",
        sa.Column("sha512", sa.String(length=128), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha512"], ["public_blob.sha512"], name=op.f("fk_public_file_text_sha512")
        ),
        sa.PrimaryKeyConstraint("sha512", name=op.f("pk_public_file_text")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(GRANT_TO_READERS)


def downgrade() -> None:
    """Take the tables back; the words can be read from the files again."""
    op.drop_table("public_file_text")
    op.drop_table("file_text")
