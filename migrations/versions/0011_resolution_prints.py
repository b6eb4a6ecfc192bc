"""Books of resolutions and reports that were issued, with what they tell of.

Revision: 0011
Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "resolution_print",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "book",
                "public_book",
                "report",
                name="resolutionprintkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha512", sa.String(length=128), nullable=True),
        sa.Column("forgotten_on", sa.Date(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(sha512 is null) = (forgotten_on is not null)",
            name=op.f("ck_resolution_print_forgotten"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_resolution_print_body_id")),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["office_user.id"], name=op.f("fk_resolution_print_issued_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha512"], ["blob.sha512"], name=op.f("fk_resolution_print_sha512")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution_print")),
        sa.UniqueConstraint("uid", name=op.f("uq_resolution_print_uid")),
    )
    with op.batch_alter_table("resolution_print") as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_print_body_id"), ["body_id"], unique=False)
    op.create_table(
        "printed_resolution",
        sa.Column("print_id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["print_id"], ["resolution_print.id"], name=op.f("fk_printed_resolution_print_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_printed_resolution_resolution_id")
        ),
        sa.PrimaryKeyConstraint("print_id", "resolution_id", name=op.f("pk_printed_resolution")),
    )
    with op.batch_alter_table("printed_resolution") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_printed_resolution_resolution_id"), ["resolution_id"], unique=False
        )


def downgrade() -> None:
    """Take the tables back, and the bytes of what was issued that stand nowhere else."""
    connection = op.get_bind()
    issued = list(
        connection.scalars(
            sa.text("SELECT DISTINCT sha512 FROM resolution_print WHERE sha512 IS NOT NULL")
        )
    )
    with op.batch_alter_table("printed_resolution") as batch_op:
        batch_op.drop_index(batch_op.f("ix_printed_resolution_resolution_id"))
    op.drop_table("printed_resolution")
    with op.batch_alter_table("resolution_print") as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_print_body_id"))
    op.drop_table("resolution_print")
    for sha512 in issued:
        connection.execute(
            sa.text(
                "DELETE FROM blob WHERE sha512 = :sha512"
                " AND NOT EXISTS (SELECT 1 FROM issued_document WHERE sha512 = :sha512)"
                " AND NOT EXISTS (SELECT 1 FROM attachment WHERE sha512 = :sha512)"
                " AND NOT EXISTS (SELECT 1 FROM resolution_report WHERE sha512 = :sha512)"
            ),
            {"sha512": sha512},
        )
