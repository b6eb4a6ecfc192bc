"""Elections with rounds and lots, and seats shared out by strength.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "apportionment",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "hare_niemeyer",
                "dhondt",
                "sainte_lague",
                name="seatmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("strengths", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("lots", sa.Text(), nullable=False),
        sa.Column("chairs", sa.Text(), nullable=False),
        sa.Column("body_members", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint("seats between 1 and 999", name=op.f("ck_apportionment_seats")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_apportionment_body_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_apportionment_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apportionment")),
        sa.UniqueConstraint("uid", name=op.f("uq_apportionment_uid")),
    )
    with op.batch_alter_table("apportionment") as batch_op:
        batch_op.create_index(batch_op.f("ix_apportionment_body_id"), ["body_id"], unique=False)

    op.create_table(
        "election",
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "persons",
                "lists",
                name="electionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "hare_niemeyer",
                "dhondt",
                "sainte_lague",
                name="seatmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint("seats between 1 and 999", name=op.f("ck_election_seats")),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_election_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_election_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("uid", name=op.f("uq_election_uid")),
    )
    with op.batch_alter_table("election") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_election_agenda_item_id"), ["agenda_item_id"], unique=False
        )

    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("seats_won", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats_won >= 0", name=op.f("ck_candidate_seats_won")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_candidate_election_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_candidate_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_candidate_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
    )
    with op.batch_alter_table("candidate") as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_election_id"), ["election_id"], unique=False)

    op.create_table(
        "election_round",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("handed_in", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("abstentions", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "elected",
                "next_round",
                "lot",
                "repeat",
                "not_elected",
                name="roundoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("result_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "no >= 0 and abstentions >= 0 and invalid >= 0 and handed_in >= 0 and present >= handed_in",
            name=op.f("ck_election_round_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_election_round_election_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_round")),
        sa.UniqueConstraint("election_id", "number", name=op.f("uq_election_round_election_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_election_round_uid")),
    )
    with op.batch_alter_table("election_round") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_election_round_election_id"), ["election_id"], unique=False
        )

    op.create_table(
        "lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("among", sa.Text(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("drawn_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_lot_candidate_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["election_round.id"], name=op.f("fk_lot_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
    )
    with op.batch_alter_table("lot") as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_round_id"), ["round_id"], unique=False)

    op.create_table(
        "tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.CheckConstraint("votes >= 0", name=op.f("ck_tally_votes")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_tally_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["election_round.id"], name=op.f("fk_tally_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
        sa.UniqueConstraint("round_id", "candidate_id", name=op.f("uq_tally_round_id")),
    )
    with op.batch_alter_table("tally") as batch_op:
        batch_op.create_index(batch_op.f("ix_tally_round_id"), ["round_id"], unique=False)


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("tally") as batch_op:
        batch_op.drop_index(batch_op.f("ix_tally_round_id"))

    op.drop_table("tally")
    with op.batch_alter_table("lot") as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_round_id"))

    op.drop_table("lot")
    with op.batch_alter_table("election_round") as batch_op:
        batch_op.drop_index(batch_op.f("ix_election_round_election_id"))

    op.drop_table("election_round")
    with op.batch_alter_table("candidate") as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_election_id"))

    op.drop_table("candidate")
    with op.batch_alter_table("election") as batch_op:
        batch_op.drop_index(batch_op.f("ix_election_agenda_item_id"))

    op.drop_table("election")
    with op.batch_alter_table("apportionment") as batch_op:
        batch_op.drop_index(batch_op.f("ix_apportionment_body_id"))

    op.drop_table("apportionment")
