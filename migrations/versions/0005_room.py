"""What happens in the room: interruptions, recusals, told votes.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

from sitzungsdienst.table_checks import change, one_of

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "interruption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "returned_at > left_at", name=op.f("ck_interruption_returns_after_leaving")
        ),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendance.id"], name=op.f("fk_interruption_attendance_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interruption")),
    )
    with op.batch_alter_table("interruption") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interruption_attendance_id"), ["attendance_id"], unique=False
        )

    op.create_table(
        "recusal",
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "declared",
                "decided",
                "denied",
                name="recusalbasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "whereabouts",
            sa.Enum(
                "left_room",
                "audience",
                name="whereabouts",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "returned_at is null or left_at is null or returned_at > left_at",
            name=op.f("ck_recusal_returns_after_leaving"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_recusal_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recusal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("agenda_item_id", "person_id", name=op.f("uq_recusal_agenda_item_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_recusal_uid")),
    )
    with op.batch_alter_table("recusal") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recusal_agenda_item_id"), ["agenda_item_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_recusal_person_id"), ["person_id"], unique=False)

    op.create_table(
        "stance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "yes",
                "no",
                "abstention",
                name="choice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_stance_ballot_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_stance_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stance")),
    )
    with op.batch_alter_table("stance") as batch_op:
        batch_op.create_index(batch_op.f("ix_stance_ballot_id"), ["ballot_id"], unique=False)

    with op.batch_alter_table("attendance") as batch_op:
        batch_op.add_column(
            sa.Column(
                "capacity",
                sa.Enum(
                    "member",
                    "substitute",
                    "guest",
                    "staff",
                    name="capacity",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default="member",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("substitute_for_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("by_video", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_attendance_substitute_for_id"), "person", ["substitute_for_id"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_attendance_not_own_substitute"),
            "substitute_for_id is null or substitute_for_id <> person_id",
        )

    with op.batch_alter_table("ballot") as batch_op:
        batch_op.add_column(sa.Column("organization_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "motion",
                sa.Enum(
                    "main",
                    "amendment",
                    "procedural",
                    name="motion",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default="main",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("moved_by", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "requirement",
                sa.Enum(
                    "simple",
                    "majority_of_members",
                    "two_thirds_of_votes",
                    "two_thirds_of_members",
                    "three_quarters_of_members",
                    "unanimous",
                    name="requirement",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default="simple",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("entitled", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("difference", sa.Text(), server_default="", nullable=False))
        batch_op.create_foreign_key(
            batch_op.f("fk_ballot_organization_id"), "organization", ["organization_id"], ["id"]
        )

    with op.batch_alter_table("treatment") as batch_op:
        batch_op.add_column(
            sa.Column(
                "treated_part",
                sa.Enum(
                    "public",
                    "nonpublic",
                    name="part",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_treatment_times_in_order"),
            "ended_at is null or began_at is null or ended_at >= began_at",
        )
    with op.batch_alter_table("attendance") as batch_op:
        batch_op.alter_column("capacity", server_default=None)
        batch_op.alter_column("by_video", server_default=None)

    with op.batch_alter_table("ballot") as batch_op:
        batch_op.alter_column("motion", server_default=None)
        batch_op.alter_column("moved_by", server_default=None)
        batch_op.alter_column("requirement", server_default=None)
        batch_op.alter_column("difference", server_default=None)
    kinds = one_of("kind", "open", "without_dissent", "acclamation", "roll_call", "secret")
    change("ballot", "ballotkind", kinds)


def downgrade() -> None:
    """Take the tables back; how a vote was taken becomes "open" where it has no older word."""
    op.execute("UPDATE ballot SET kind = 'open' WHERE kind IN ('without_dissent', 'acclamation')")
    change("ballot", "ballotkind", one_of("kind", "open", "roll_call", "secret"))
    with op.batch_alter_table("treatment") as batch_op:
        batch_op.drop_constraint(op.f("ck_treatment_part"), type_="check")
        batch_op.drop_constraint(op.f("ck_treatment_times_in_order"), type_="check")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("began_at")
        batch_op.drop_column("treated_part")

    with op.batch_alter_table("ballot") as batch_op:
        batch_op.drop_constraint(op.f("ck_ballot_motion"), type_="check")
        batch_op.drop_constraint(op.f("ck_ballot_requirement"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_ballot_organization_id"), type_="foreignkey")
        batch_op.drop_column("difference")
        batch_op.drop_column("entitled")
        batch_op.drop_column("taken_at")
        batch_op.drop_column("requirement")
        batch_op.drop_column("moved_by")
        batch_op.drop_column("motion")
        batch_op.drop_column("organization_id")

    with op.batch_alter_table("attendance") as batch_op:
        batch_op.drop_constraint(op.f("ck_attendance_capacity"), type_="check")
        batch_op.drop_constraint(op.f("ck_attendance_not_own_substitute"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_attendance_substitute_for_id"), type_="foreignkey")
        batch_op.drop_column("by_video")
        batch_op.drop_column("substitute_for_id")
        batch_op.drop_column("capacity")

    with op.batch_alter_table("stance") as batch_op:
        batch_op.drop_index(batch_op.f("ix_stance_ballot_id"))

    op.drop_table("stance")
    with op.batch_alter_table("recusal") as batch_op:
        batch_op.drop_index(batch_op.f("ix_recusal_person_id"))
        batch_op.drop_index(batch_op.f("ix_recusal_agenda_item_id"))

    op.drop_table("recusal")
    with op.batch_alter_table("interruption") as batch_op:
        batch_op.drop_index(batch_op.f("ix_interruption_attendance_id"))

    op.drop_table("interruption")
