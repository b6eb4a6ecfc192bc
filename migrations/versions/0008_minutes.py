"""The whole way of the minutes: signatures, objections, older texts, certified copies.

Revision: 0008
Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

from sitzungsdienst.table_checks import change, one_of

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "certified_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("certified_by", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(document_id is null) = (withdrawn_on is not null)",
            name=op.f("ck_certified_copy_withdrawn"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_certified_copy_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_certified_copy_body_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["issued_document.id"], name=op.f("fk_certified_copy_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certified_copy")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_certified_copy_body_id")),
    )
    with op.batch_alter_table("certified_copy") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certified_copy_agenda_item_id"), ["agenda_item_id"], unique=False
        )

    op.create_table(
        "minutes_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "signatory",
            sa.Enum(
                "chair",
                "clerk",
                "member",
                "two_members",
                name="signatory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_signature_minutes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_signature")),
        sa.UniqueConstraint("minutes_id", "position", name=op.f("uq_minutes_signature_minutes_id")),
    )
    with op.batch_alter_table("minutes_signature") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_minutes_signature_minutes_id"), ["minutes_id"], unique=False
        )

    op.create_table(
        "objection",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "upheld",
                "partly",
                "dismissed",
                "withdrawn",
                name="objectionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_item_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (decided_on is null)", name=op.f("ck_objection_decided_or_open")
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_objection_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_item_id"], ["agenda_item.id"], name=op.f("fk_objection_decided_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_objection_minutes_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_objection_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("uid", name=op.f("uq_objection_uid")),
    )
    with op.batch_alter_table("objection") as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_minutes_id"), ["minutes_id"], unique=False)

    op.create_table(
        "treatment_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("treatment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("deliberation", sa.Text(), nullable=False),
        sa.Column("resolution_text", sa.Text(), nullable=False),
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
            nullable=True,
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_treatment_revision_number")),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["office_user.id"], name=op.f("fk_treatment_revision_saved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["treatment.id"], name=op.f("fk_treatment_revision_treatment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_revision")),
        sa.UniqueConstraint(
            "treatment_id", "number", name=op.f("uq_treatment_revision_treatment_id")
        ),
    )
    with op.batch_alter_table("treatment_revision") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_treatment_revision_treatment_id"), ["treatment_id"], unique=False
        )

    with op.batch_alter_table("minutes") as batch_op:
        batch_op.add_column(sa.Column("presented_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("approved_item_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_minutes_approved_item_id"),
            "agenda_item",
            ["approved_item_id"],
            ["id"],
            ondelete="SET NULL",
        )
    states = one_of("state", "draft", "presented", "signed", "approved", "closed")
    change("minutes", "minutesstate", states)
    # Chair and clerk signed all that is there so far, on the one day that was kept.
    for position, signatory in enumerate(("chair", "clerk")):
        op.execute(
            "INSERT INTO minutes_signature (minutes_id, position, signatory, name, signed_on)"
            f" SELECT id, {position}, '{signatory}', {signatory}_name, signed_on FROM minutes"
        )


def downgrade() -> None:
    """Take the tables back; minutes fall back to the older state below their own."""
    op.execute("UPDATE minutes SET state = 'draft' WHERE state = 'presented'")
    op.execute("UPDATE minutes SET state = 'approved' WHERE state = 'closed'")
    change("minutes", "minutesstate", one_of("state", "draft", "signed", "approved"))
    with op.batch_alter_table("minutes") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_minutes_approved_item_id"), type_="foreignkey")
        batch_op.drop_column("approved_item_id")
        batch_op.drop_column("closed_on")
        batch_op.drop_column("presented_on")

    with op.batch_alter_table("treatment_revision") as batch_op:
        batch_op.drop_index(batch_op.f("ix_treatment_revision_treatment_id"))

    op.drop_table("treatment_revision")
    with op.batch_alter_table("objection") as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_minutes_id"))

    op.drop_table("objection")
    with op.batch_alter_table("minutes_signature") as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_signature_minutes_id"))

    op.drop_table("minutes_signature")
    with op.batch_alter_table("certified_copy") as batch_op:
        batch_op.drop_index(batch_op.f("ix_certified_copy_agenda_item_id"))

    op.drop_table("certified_copy")
