"""Bodies that were there before get the kinds of papers the form offered, and those in use."""

import importlib.util
from datetime import UTC, datetime

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.acts import paper_kinds, papers
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.paper_kinds import DEFAULTS, kinds_of
from sitzungsdienst.database import WRITES
from sitzungsdienst.paths import MIGRATIONS
from sitzungsdienst.record.bodies import Body

NOW = datetime(2017, 8, 1, 8, tzinfo=UTC)
BOERDE, AHAUS = "Landkreis Börde", "Stadt Ahaus"


def earlier_offices(engine: Engine) -> None:
    """The demo in the shape before the kinds, with papers of kinds that offices typed."""
    schema.downgrade(engine, "0002")
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.execute(
            text(
                "UPDATE paper SET paper_type = 'Drucksache' WHERE id = (SELECT min(paper.id) FROM"
                " paper JOIN body ON body.id = body_id WHERE body.name = :name)"
            ),
            {"name": BOERDE},
        )
        connection.commit()


def test_each_body_gets_the_former_kinds_and_those_in_use(demo: Engine) -> None:
    earlier_offices(demo)
    schema.upgrade(demo)
    with Session(demo) as session:
        found = {
            body.name: [(one.name, one.code) for one in kinds_of(session, body.id)]
            for body in session.query(Body)
        }
        assert found[BOERDE] == [*DEFAULTS, ("Drucksache", "")]
        assert found[AHAUS] == list(DEFAULTS)
        rows = kinds_of(session, session.query(Body).filter_by(name=BOERDE).one().id)
        assert [one.position for one in rows] == [1, 2, 3, 4, 5, 6]
        assert all(one.active and not one.needs_clearance for one in rows)
        assert all(one.created_at.tzinfo for one in rows)


def test_the_office_goes_on_with_them(demo: Engine) -> None:
    earlier_offices(demo)
    schema.upgrade(demo)
    with Session(demo) as session:
        body = session.query(Body).filter_by(name=BOERDE).one().id
        actor = Actor.system(body)
        kind = kinds_of(session, body)[-1]
        facts = paper_kinds.KindFacts(name="Drucksache", code="DS", needs_clearance=True)
        paper_kinds.edit_kind(session, actor, kind.id, kind.version, facts, NOW)
        paper = papers.PaperFacts(reference="neu", title="Neu", paper_type="Drucksache")
        papers.create_paper(session, actor, paper, NOW)


def test_a_new_body_and_an_old_one_begin_with_the_same_kinds() -> None:
    spec = importlib.util.spec_from_file_location("papers", MIGRATIONS / "versions/0003_papers.py")
    assert spec is not None
    assert spec.loader is not None
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    assert tuple(migration.FORMER_KINDS.items()) == DEFAULTS
