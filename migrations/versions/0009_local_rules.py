"""Rules of a Body's own.

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "local_rule",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "layer",
            sa.Enum(
                "main_statute",
                "rules_of_procedure",
                name="locallayer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("norm", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "valid_until is null or valid_until >= valid_from",
            name=op.f("ck_local_rule_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_local_rule_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_rule")),
        sa.UniqueConstraint("uid", name=op.f("uq_local_rule_uid")),
    )
    with op.batch_alter_table("local_rule") as batch_op:
        batch_op.create_index(batch_op.f("ix_local_rule_body_id"), ["body_id"], unique=False)


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("local_rule") as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_rule_body_id"))

    op.drop_table("local_rule")
