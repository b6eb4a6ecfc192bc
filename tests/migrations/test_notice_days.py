"""The one notice period a Body used to have becomes a rule of its own, and comes back."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.acts.lawbook import local_value, rules_on
from sitzungsdienst.database import WRITES
from sitzungsdienst.law.values import Layer
from sitzungsdienst.record.bodies import Body

NOW = datetime(2017, 8, 1, 8, tzinfo=UTC)
KAUFBEUREN, KEMPTEN, AHAUS = "Stadt Kaufbeuren", "Stadt Kempten (Allgäu)", "Stadt Ahaus"


def earlier_offices(engine: Engine) -> None:
    """The demo in the shape before the rules; two of its Bodies have a period of their own."""
    schema.downgrade(engine, "0008")
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.execute(text("UPDATE body SET notice_days = NULL"))
        for name, days in ((KAUFBEUREN, 10), (AHAUS, 0)):
            update = text("UPDATE body SET notice_days = :days WHERE name = :name")
            connection.execute(update, {"days": days, "name": name})
        connection.commit()


def periods(engine: Engine) -> dict[str, int | None]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, notice_days FROM body ORDER BY name"))
        return {str(name): days for name, days in rows}


def test_the_period_of_a_body_becomes_its_rule_of_procedure(demo: Engine) -> None:
    earlier_offices(demo)
    schema.upgrade(demo)
    with Session(demo) as session:
        bodies = {one.name: one for one in session.query(Body)}
        kept = {name: [local_value(one) for one in body.local_rules]
                for name, body in bodies.items()}  # fmt: skip
        assert {name: len(rules) for name, rules in kept.items() if rules} == {
            KAUFBEUREN: 1, AHAUS: 1,
        }  # fmt: skip
        (rule,) = kept[KAUFBEUREN]
        assert (rule.layer, rule.key, rule.value) == (Layer.RULES_OF_PROCEDURE, "notice.days", 10)
        assert (rule.norm, rule.valid_until) == ("Geschäftsordnung", None)
        rules = rules_on(bodies[KAUFBEUREN], date(2017, 6, 1))
        assert rules is not None
        assert rules.notice.days.value == 10


def test_going_back_gives_the_period_back(demo: Engine) -> None:
    earlier_offices(demo)
    before = periods(demo)
    assert (before[KAUFBEUREN], before[KEMPTEN], before[AHAUS]) == (10, None, 0)
    schema.upgrade(demo)
    schema.downgrade(demo, "0008")
    assert periods(demo) == before


def test_a_rule_that_has_ended_does_not_come_back_as_the_period(demo: Engine) -> None:
    earlier_offices(demo)
    schema.upgrade(demo)
    with demo.connect().execution_options(**{WRITES: True}) as connection:
        connection.execute(text("UPDATE local_rule SET valid_until = '2017-12-31'"))
        connection.commit()
    schema.downgrade(demo, "0008")
    assert set(periods(demo).values()) == {None}
