"""Rules of a Body's own; its one notice period becomes the first of them.

Revision: 0009
Follows: 0008
"""

import uuid
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# The old column held for every meeting there ever was.
ALWAYS = date(1900, 1, 1)

body = sa.table(
    "body",
    sa.column("id"),
    sa.column("notice_days"),
    sa.column("modified_at", sa.DateTime(timezone=True)),
)
local_rule = sa.table(
    "local_rule",
    *(sa.column(name) for name in ("uid", "body_id", "layer", "key", "value", "norm", "source")),
    *(sa.column(name, sa.Date()) for name in ("as_of", "valid_from", "valid_until")),
    *(sa.column(name) for name in ("wording", "version")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("created_at", "modified_at")),
)


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

    _keep_notice_days()
    with op.batch_alter_table("body") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_body_notice_days"), type_="check")
        batch_op.drop_column("notice_days")


def downgrade() -> None:
    """Take the tables back; the notice period that holds until further notice is kept."""
    with op.batch_alter_table("body") as batch_op:
        batch_op.add_column(sa.Column("notice_days", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_body_notice_days"), "notice_days is null or notice_days between 0 and 60"
        )
    _give_notice_days_back()
    with op.batch_alter_table("local_rule") as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_rule_body_id"))

    op.drop_table("local_rule")


def _keep_notice_days() -> None:
    """Make the notice period of each Body a rule of procedure; where it stands is not known."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(body.c.id, body.c.notice_days, body.c.modified_at)
        .where(body.c.notice_days.is_not(None))
        .order_by(body.c.id)
    ).all()
    for body_id, days, modified_at in rows:
        values = {
            "uid": str(uuid.uuid4()),
            "body_id": body_id,
            "layer": "rules_of_procedure",
            "key": "notice.days",
            "value": str(days),
            "norm": "Geschäftsordnung",
            "source": "",
            "as_of": modified_at.date(),
            "wording": "",
            "valid_from": ALWAYS,
            "version": 1,
            "created_at": modified_at,
            "modified_at": modified_at,
        }
        connection.execute(local_rule.insert().values(values))


def _give_notice_days_back() -> None:
    connection = op.get_bind()
    found = connection.execute(
        sa.select(local_rule.c.body_id, local_rule.c.value)
        .where(local_rule.c.key == "notice.days", local_rule.c.valid_until.is_(None))
        .order_by(local_rule.c.layer, local_rule.c.valid_from)
    )
    for body_id, value in found.all():
        days = int(value)
        if days <= 60:
            connection.execute(body.update().where(body.c.id == body_id).values(notice_days=days))
