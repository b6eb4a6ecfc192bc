"""Bodies, people and memberships in full: history, composition, substitutes, consents.

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "contact_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "email",
                "phone",
                "mobile",
                "address",
                "website",
                name="contactfield",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "withdrawn_on is null or withdrawn_on >= given_on",
            name=op.f("ck_contact_consent_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_consent_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_consent")),
    )
    with op.batch_alter_table("contact_consent") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_consent_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "composition_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("voting_right", sa.Boolean(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.CheckConstraint("count between 1 and 999", name=op.f("ck_composition_rule_count")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_composition_rule_organization_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_composition_rule")),
    )
    with op.batch_alter_table("composition_rule") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_composition_rule_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_former_name_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
    )
    with op.batch_alter_table("former_name") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_former_name_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "institutional_membership",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("member_organization_id", sa.Integer(), nullable=True),
        sa.Column("represented_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "deputy_chair",
                "member",
                "advisory",
                "expert",
                "secretariat",
                name="membershiprole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("voting_right", sa.Boolean(), nullable=False),
        sa.Column("composition_rule_id", sa.Integer(), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "end_date is null or start_date is null or end_date >= start_date",
            name=op.f("ck_institutional_membership_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["composition_rule_id"],
            ["composition_rule.id"],
            name=op.f("fk_institutional_membership_composition_rule_id"),
        ),
        sa.ForeignKeyConstraint(
            ["member_organization_id"],
            ["organization.id"],
            name=op.f("fk_institutional_membership_member_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_institutional_membership_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["represented_by_id"],
            ["person.id"],
            name=op.f("fk_institutional_membership_represented_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institutional_membership")),
        sa.UniqueConstraint("uid", name=op.f("uq_institutional_membership_uid")),
    )
    with op.batch_alter_table("institutional_membership") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_institutional_membership_organization_id"),
            ["organization_id"],
            unique=False,
        )

    op.create_table(
        "office_assignment",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_office_assignment_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["office_user.id"], name=op.f("fk_office_assignment_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", "body_id", name=op.f("pk_office_assignment")),
    )
    op.create_table(
        "substitute",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("for_person_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "end_date is null or start_date is null or end_date >= start_date",
            name=op.f("ck_substitute_dates_in_order"),
        ),
        sa.CheckConstraint(
            "for_person_id is null or for_person_id <> person_id",
            name=op.f("ck_substitute_not_own"),
        ),
        sa.ForeignKeyConstraint(
            ["for_person_id"], ["person.id"], name=op.f("fk_substitute_for_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["organization.id"], name=op.f("fk_substitute_on_behalf_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_substitute_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_substitute_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitute")),
        sa.UniqueConstraint("uid", name=op.f("uq_substitute_uid")),
    )
    with op.batch_alter_table("substitute") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_substitute_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_substitute_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("body") as batch_op:
        batch_op.add_column(sa.Column("administered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("paper_number_pattern", sa.Text(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "resolution_number_pattern",
                sa.Text(),
                server_default="{seq}/{year}",
                nullable=False,
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_body_administered_by_id"), "body", ["administered_by_id"], ["id"]
        )

    with op.batch_alter_table("membership") as batch_op:
        batch_op.add_column(sa.Column("composition_rule_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_membership_composition_rule_id"),
            "composition_rule",
            ["composition_rule_id"],
            ["id"],
        )

    with op.batch_alter_table("organization") as batch_op:
        batch_op.add_column(sa.Column("predecessor_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("legislative_term_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("statutory", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_organization_legislative_term_id"),
            "legislative_term",
            ["legislative_term_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_organization_predecessor_id"), "organization", ["predecessor_id"], ["id"]
        )

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("mobile", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("street_address", sa.Text(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("postal_code", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("locality", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("website", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("external_id", sa.Text(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_person_body_id"), ["body_id", "external_id"]
        )

    with op.batch_alter_table("user_session") as batch_op:
        batch_op.add_column(sa.Column("body_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_user_session_body_id"), "body", ["body_id"], ["id"]
        )
    with op.batch_alter_table("body") as batch_op:
        batch_op.alter_column("paper_number_pattern", server_default=None)
        batch_op.alter_column("resolution_number_pattern", server_default=None)

    with op.batch_alter_table("organization") as batch_op:
        batch_op.alter_column("statutory", server_default=None)

    with op.batch_alter_table("person") as batch_op:
        batch_op.alter_column("mobile", server_default=None)
        batch_op.alter_column("street_address", server_default=None)
        batch_op.alter_column("postal_code", server_default=None)
        batch_op.alter_column("locality", server_default=None)
        batch_op.alter_column("website", server_default=None)


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("user_session") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_user_session_body_id"), type_="foreignkey")
        batch_op.drop_column("body_id")

    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_person_body_id"), type_="unique")
        batch_op.drop_column("external_id")
        batch_op.drop_column("website")
        batch_op.drop_column("locality")
        batch_op.drop_column("postal_code")
        batch_op.drop_column("street_address")
        batch_op.drop_column("mobile")

    with op.batch_alter_table("organization") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_organization_predecessor_id"), type_="foreignkey")
        batch_op.drop_constraint(
            batch_op.f("fk_organization_legislative_term_id"), type_="foreignkey"
        )
        batch_op.drop_column("statutory")
        batch_op.drop_column("legislative_term_id")
        batch_op.drop_column("predecessor_id")

    with op.batch_alter_table("membership") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_membership_composition_rule_id"), type_="foreignkey"
        )
        batch_op.drop_column("composition_rule_id")

    with op.batch_alter_table("body") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_body_administered_by_id"), type_="foreignkey")
        batch_op.drop_column("resolution_number_pattern")
        batch_op.drop_column("paper_number_pattern")
        batch_op.drop_column("administered_by_id")

    with op.batch_alter_table("substitute") as batch_op:
        batch_op.drop_index(batch_op.f("ix_substitute_person_id"))
        batch_op.drop_index(batch_op.f("ix_substitute_organization_id"))

    op.drop_table("substitute")
    op.drop_table("office_assignment")
    with op.batch_alter_table("institutional_membership") as batch_op:
        batch_op.drop_index(batch_op.f("ix_institutional_membership_organization_id"))

    op.drop_table("institutional_membership")
    with op.batch_alter_table("former_name") as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_name_organization_id"))

    op.drop_table("former_name")
    with op.batch_alter_table("composition_rule") as batch_op:
        batch_op.drop_index(batch_op.f("ix_composition_rule_organization_id"))

    op.drop_table("composition_rule")
    with op.batch_alter_table("contact_consent") as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_consent_person_id"))

    op.drop_table("contact_consent")
