"""Meetings and agendas in full: kinds, supplements, the room's own decisions.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

from sitzungsdienst.table_checks import change, one_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OLD_KINDS = ("invitation", "notice", "minutes_full", "minutes_public", "excerpt")
NEW_KINDS = ("supplement", "supplement_notice", "excerpt_full", "certified_copy")


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "standing_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
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
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "item",
                "heading",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.CheckConstraint("level between 0 and 2", name=op.f("ck_standing_item_level")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_standing_item_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_item")),
    )
    with op.batch_alter_table("standing_item") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standing_item_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "agenda_change",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "added",
                "withdrawn",
                "adjourned",
                "taken_earlier",
                "together",
                "to_nonpublic",
                "to_public",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("abstentions", sa.Integer(), nullable=True),
        sa.Column("result_text", sa.Text(), nullable=False),
        sa.Column("other_item_id", sa.Integer(), nullable=True),
        sa.Column("target_meeting_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(yes is null) = (no is null) and (no is null) = (abstentions is null)",
            name=op.f("ck_agenda_change_counts_all_or_none"),
        ),
        sa.CheckConstraint(
            "yes is null or (yes >= 0 and no >= 0 and abstentions >= 0)",
            name=op.f("ck_agenda_change_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_agenda_change_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_change_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_item_id"], ["agenda_item.id"], name=op.f("fk_agenda_change_other_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_meeting_id"], ["meeting.id"], name=op.f("fk_agenda_change_target_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_change")),
        sa.UniqueConstraint("uid", name=op.f("uq_agenda_change_uid")),
    )
    with op.batch_alter_table("agenda_change") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agenda_change_agenda_item_id"), ["agenda_item_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agenda_change_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "supplement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agenda_sent", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_supplement_number")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["issued_document.id"], name=op.f("fk_supplement_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_supplement_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["issued_document.id"], name=op.f("fk_supplement_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_supplement_meeting_id")),
    )
    with op.batch_alter_table("supplement") as batch_op:
        batch_op.create_index(batch_op.f("ix_supplement_meeting_id"), ["meeting_id"], unique=False)

    with op.batch_alter_table("agenda_item") as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "item",
                    "heading",
                    name="itemkind",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default="item",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("supplement_number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("called_position", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("treated_with_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("taken_over_from_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_agenda_item_treated_with_id"), "agenda_item", ["treated_with_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agenda_item_taken_over_from_id"),
            "agenda_item",
            ["taken_over_from_id"],
            ["id"],
        )

    with op.batch_alter_table("meeting") as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "ordinary",
                    "extraordinary",
                    "constituent",
                    "continuation",
                    name="meetingkind",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default="ordinary",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("continues_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("repeats_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quorum_determined", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column("quorum_challenged_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("recorded", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("recording_deleted_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_continues_id"), "meeting", ["continues_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_repeats_id"), "meeting", ["repeats_id"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_meeting_number"),
            "number is null or number > 0",
        )

    with op.batch_alter_table("meeting_committee") as batch_op:
        batch_op.add_column(sa.Column("until_item_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_committee_until_item_id"),
            "agenda_item",
            ["until_item_id"],
            ["id"],
        )

    with op.batch_alter_table("summons") as batch_op:
        batch_op.add_column(sa.Column("received_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("announced_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("second_with_hint", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("agenda_item") as batch_op:
        batch_op.alter_column("kind", server_default=None)

    with op.batch_alter_table("meeting") as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("recorded", server_default=None)

    with op.batch_alter_table("summons") as batch_op:
        batch_op.alter_column("urgent", server_default=None)
        batch_op.alter_column("second_with_hint", server_default=None)
    change("issued_document", "documentkind", one_of("kind", *OLD_KINDS, *NEW_KINDS))


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("summons") as batch_op:
        batch_op.drop_column("second_with_hint")
        batch_op.drop_column("urgent")
        batch_op.drop_column("announced_on")
        batch_op.drop_column("received_on")

    with op.batch_alter_table("meeting_committee") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_meeting_committee_until_item_id"), type_="foreignkey"
        )
        batch_op.drop_column("until_item_id")

    with op.batch_alter_table("meeting") as batch_op:
        batch_op.drop_constraint(op.f("ck_meeting_number"), type_="check")
        batch_op.drop_constraint(op.f("ck_meeting_meetingkind"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_meeting_repeats_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_meeting_continues_id"), type_="foreignkey")
        batch_op.drop_column("recording_deleted_on")
        batch_op.drop_column("recorded")
        batch_op.drop_column("quorum_challenged_at")
        batch_op.drop_column("quorum_determined")
        batch_op.drop_column("repeats_id")
        batch_op.drop_column("continues_id")
        batch_op.drop_column("number")
        batch_op.drop_column("kind")

    with op.batch_alter_table("agenda_item") as batch_op:
        batch_op.drop_constraint(op.f("ck_agenda_item_itemkind"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_agenda_item_taken_over_from_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("fk_agenda_item_treated_with_id"), type_="foreignkey")
        batch_op.drop_column("taken_over_from_id")
        batch_op.drop_column("treated_with_id")
        batch_op.drop_column("called_position")
        batch_op.drop_column("supplement_number")
        batch_op.drop_column("kind")

    with op.batch_alter_table("supplement") as batch_op:
        batch_op.drop_index(batch_op.f("ix_supplement_meeting_id"))

    op.drop_table("supplement")
    with op.batch_alter_table("agenda_change") as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_change_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_change_agenda_item_id"))

    op.drop_table("agenda_change")
    with op.batch_alter_table("standing_item") as batch_op:
        batch_op.drop_index(batch_op.f("ix_standing_item_organization_id"))

    op.drop_table("standing_item")
    op.execute(f"DELETE FROM issued_document WHERE {one_of('kind', *NEW_KINDS)}")
    change("issued_document", "documentkind", one_of("kind", *OLD_KINDS))
