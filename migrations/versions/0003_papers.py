"""Papers in full: kinds, numbers, versions, relations, co-signatures.

Revision: 0003
Follows: 0002
"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The kinds the form of a paper offered before Bodies had their own, with codes for numbers.
FORMER_KINDS = {
    "Beschlussvorlage": "BV",
    "Mitteilungsvorlage": "MV",
    "Antrag": "AN",
    "Anfrage": "AF",
    "Bericht": "BE",
}

body = sa.table("body", sa.column("id"), sa.column("created_at", sa.DateTime(timezone=True)))
paper = sa.table("paper", sa.column("body_id"), sa.column("paper_type"))
paper_kind = sa.table(
    "paper_kind",
    *(sa.column(name) for name in ("uid", "body_id", "name", "code", "position", "version")),
    sa.column("active", sa.Boolean()),
    sa.column("needs_clearance", sa.Boolean()),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("modified_at", sa.DateTime(timezone=True)),
)


def _give_kinds() -> None:
    """Give each Body the kinds its papers' form offered so far, and those its papers bear.

    They count as entered with the Body: the same migration gives the same rows on any day.
    """
    connection = op.get_bind()
    for body_id, created_at in connection.execute(sa.select(body)).all():
        used = sa.select(paper.c.paper_type).where(paper.c.body_id == body_id).distinct()
        names = [*FORMER_KINDS, *sorted(set(connection.scalars(used)) - set(FORMER_KINDS))]
        rows = [
            {
                "uid": str(uuid.uuid4()),
                "body_id": body_id,
                "name": name,
                "code": FORMER_KINDS.get(name, ""),
                "position": position,
                "version": 1,
                "active": True,
                "needs_clearance": False,
                "created_at": created_at,
                "modified_at": created_at,
            }
            for position, name in enumerate(names, start=1)
        ]
        connection.execute(paper_kind.insert(), rows)


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "number_sequence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "numbered",
            sa.Enum(
                "paper",
                "resolution",
                "certified_copy",
                name="numbered",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last >= 0", name=op.f("ck_number_sequence_last")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_number_sequence_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_sequence")),
        sa.UniqueConstraint(
            "body_id", "numbered", "scope", name=op.f("uq_number_sequence_body_id")
        ),
    )
    op.create_table(
        "paper_kind",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("needs_clearance", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_paper_kind_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_kind")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_paper_kind_body_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_paper_kind_uid")),
    )
    with op.batch_alter_table("paper_kind") as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_kind_body_id"), ["body_id"], unique=False)

    op.create_table(
        "cosignature",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "signed",
                "refused",
                name="cosignaturestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outdated", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_cosignature_organization_id")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_cosignature_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosignature")),
        sa.UniqueConstraint("paper_id", "organization_id", name=op.f("uq_cosignature_paper_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_cosignature_uid")),
    )
    with op.batch_alter_table("cosignature") as batch_op:
        batch_op.create_index(batch_op.f("ix_cosignature_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "paper_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "supersedes",
                "amends",
                "answers",
                name="relationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("paper_id <> other_id", name=op.f("ck_paper_relation_not_own")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["paper.id"], name=op.f("fk_paper_relation_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_paper_relation_paper_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_relation")),
        sa.UniqueConstraint(
            "paper_id", "kind", "other_id", name=op.f("uq_paper_relation_paper_id")
        ),
    )
    with op.batch_alter_table("paper_relation") as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_relation_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_relation_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "paper_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_paper_unit_organization_id")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_unit_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_unit")),
        sa.UniqueConstraint("paper_id", "organization_id", name=op.f("uq_paper_unit_paper_id")),
    )
    with op.batch_alter_table("paper_unit") as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_unit_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "paper_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fixed_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_paper_version_number")),
        sa.ForeignKeyConstraint(
            ["fixed_by_id"], ["office_user.id"], name=op.f("fk_paper_version_fixed_by_id")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_version_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_version")),
        sa.UniqueConstraint("paper_id", "number", name=op.f("uq_paper_version_paper_id")),
    )
    with op.batch_alter_table("paper_version") as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_version_paper_id"), ["paper_id"], unique=False)

    with op.batch_alter_table("attachment") as batch_op:
        batch_op.add_column(sa.Column("redacts_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_attachment_redacts_id"), "attachment", ["redacts_id"], ["id"]
        )

    with op.batch_alter_table("consultation") as batch_op:
        batch_op.add_column(sa.Column("result_note", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("paper") as batch_op:
        batch_op.add_column(sa.Column("facts", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("financial_effects", sa.Text(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cleared_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_paper_cleared_by_id"), "office_user", ["cleared_by_id"], ["id"]
        )
    with op.batch_alter_table("consultation") as batch_op:
        batch_op.alter_column("result_note", server_default=None)

    with op.batch_alter_table("paper") as batch_op:
        batch_op.alter_column("facts", server_default=None)
        batch_op.alter_column("financial_effects", server_default=None)
    _give_kinds()


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("paper") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_paper_cleared_by_id"), type_="foreignkey")
        batch_op.drop_column("cleared_by_id")
        batch_op.drop_column("cleared_at")
        batch_op.drop_column("financial_effects")
        batch_op.drop_column("facts")

    with op.batch_alter_table("consultation") as batch_op:
        batch_op.drop_column("result_note")

    with op.batch_alter_table("attachment") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_attachment_redacts_id"), type_="foreignkey")
        batch_op.drop_column("redacts_id")

    with op.batch_alter_table("paper_version") as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_version_paper_id"))

    op.drop_table("paper_version")
    with op.batch_alter_table("paper_unit") as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_unit_paper_id"))

    op.drop_table("paper_unit")
    with op.batch_alter_table("paper_relation") as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_relation_paper_id"))
        batch_op.drop_index(batch_op.f("ix_paper_relation_other_id"))

    op.drop_table("paper_relation")
    with op.batch_alter_table("cosignature") as batch_op:
        batch_op.drop_index(batch_op.f("ix_cosignature_paper_id"))

    op.drop_table("cosignature")
    with op.batch_alter_table("paper_kind") as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_kind_body_id"))

    op.drop_table("paper_kind")
    op.drop_table("number_sequence")
