"""Minutes signed before single signatures were kept get those of chair and clerk."""

from datetime import UTC, datetime

from sqlalchemy import Engine, text

from sitzungsdienst import schema
from sitzungsdienst.database import WRITES

NOW = datetime(2017, 8, 1, 8, tzinfo=UTC)
SIGNATURES = text(
    "SELECT m.id, s.position, s.signatory, s.name, s.signed_on FROM minutes m"
    " JOIN minutes_signature s ON s.minutes_id = m.id ORDER BY m.id, s.position"
)


def signatures(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(SIGNATURES)]


def test_chair_and_clerk_have_signed_what_was_signed_before(demo: Engine) -> None:
    before = signatures(demo)
    assert len(before) >= 4
    assert all(row[4] is not None for row in before)
    schema.downgrade(demo, "0007")
    schema.upgrade(demo)
    assert signatures(demo) == before


def test_a_draft_of_before_waits_for_both_signatures(demo: Engine) -> None:
    schema.downgrade(demo, "0007")
    with demo.connect().execution_options(**{WRITES: True}) as connection:
        connection.execute(
            text("UPDATE minutes SET state = 'draft', signed_on = NULL, approved_on = NULL")
        )
        connection.commit()
    schema.upgrade(demo)
    found = signatures(demo)
    assert {row[2] for row in found} == {"chair", "clerk"}
    assert all(row[3] and row[4] is None for row in found)
