"""Public files can be found by the hash of their bytes.

Revision: 0010
Follows: 0009
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

object_ = sa.table(
    "public_object", *(sa.column(name) for name in ("uid", "kind", "document_hash", "sha512"))
)
document = sa.table("public_document", sa.column("hash"), sa.column("text"))


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("public_object") as batch_op:
        batch_op.add_column(sa.Column("sha512", sa.String(length=128), nullable=True))
        batch_op.create_index(batch_op.f("ix_public_object_sha512"), ["sha512"], unique=False)
    _fill()


def downgrade() -> None:
    """Bring the tables back; the documents keep the hashes."""
    with op.batch_alter_table("public_object") as batch_op:
        batch_op.drop_index(batch_op.f("ix_public_object_sha512"))
        batch_op.drop_column("sha512")


def _fill() -> None:
    """Take the hashes out of the documents; what is withdrawn has none."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(object_.c.uid, document.c.text)
        .join(document, document.c.hash == object_.c.document_hash)
        .where(object_.c.kind == "File")
    ).all()
    for uid, text in rows:
        sha512 = json.loads(text)["sha512Checksum"]
        connection.execute(sa.update(object_).where(object_.c.uid == uid).values(sha512=sha512))
