"""Resolutions and how they are carried out.

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "resolution",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text_put", sa.Text(), nullable=False),
        sa.Column("text_adopted", sa.Text(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "adopted",
                "adopted_changed",
                "rejected",
                "noted",
                "adjourned",
                "referred",
                "withdrawn",
                "done",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "public",
                "nonpublic",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "announcement",
            sa.Enum(
                "not_needed",
                "owed",
                "announced",
                "withheld",
                name="announcement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("announcement_reason", sa.Text(), nullable=False),
        sa.Column("announced_text", sa.Text(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("announced_item_id", sa.Integer(), nullable=True),
        sa.Column(
            "progress",
            sa.Enum(
                "nothing_to_do",
                "open",
                "running",
                "done",
                "dropped",
                name="progress",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("in_charge", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("suspension_reason", sa.Text(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("completion_note", sa.Text(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("internal_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(announcement = 'announced') = (announced_on is not null)",
            name=op.f("ck_resolution_announced_on_a_day"),
        ),
        sa.CheckConstraint(
            "(progress in ('done', 'dropped')) = (completed_on is not null)",
            name=op.f("ck_resolution_completed"),
        ),
        sa.CheckConstraint(
            "part = 'nonpublic' or announcement = 'not_needed'",
            name=op.f("ck_resolution_only_nonpublic_is_announced"),
        ),
        sa.CheckConstraint(
            "(voided_on is null) = (void_reason = '')",
            name=op.f("ck_resolution_voided_for_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_resolution_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["announced_item_id"], ["agenda_item.id"], name=op.f("fk_resolution_announced_item_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_resolution_body_id")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organization.id"], name=op.f("fk_resolution_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_resolution_body_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_resolution_uid")),
    )
    with op.batch_alter_table("resolution") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_resolution_agenda_item_id"), ["agenda_item_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_resolution_body_id"), ["body_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_reminder_resolution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_remind_on"), ["remind_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reminder_resolution_id"), ["resolution_id"], unique=False
        )

    op.create_table(
        "resolution_report",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha512", sa.String(length=128), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_resolution_report_resolution_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha512"], ["blob.sha512"], name=op.f("fk_resolution_report_sha512")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution_report")),
        sa.UniqueConstraint("uid", name=op.f("uq_resolution_report_uid")),
    )
    with op.batch_alter_table("resolution_report") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_resolution_report_resolution_id"), ["resolution_id"], unique=False
        )


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("resolution_report") as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_report_resolution_id"))

    op.drop_table("resolution_report")
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_resolution_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_remind_on"))

    op.drop_table("reminder")
    with op.batch_alter_table("resolution") as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_body_id"))
        batch_op.drop_index(batch_op.f("ix_resolution_agenda_item_id"))

    op.drop_table("resolution")
