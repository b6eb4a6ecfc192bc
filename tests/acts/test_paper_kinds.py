"""Kinds of papers: what a Body begins with, which papers may bear them, what stays."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import bodies, paper_kinds, papers
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.agenda import Direction
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.paper_kinds import KindFacts, kinds_of
from sitzungsdienst.record.paper_work import PaperKind
from sitzungsdienst.record.papers import Paper
from tests.support.builders import Builder


def add(build: Builder, name: str, **facts: object) -> int:
    wanted = KindFacts(name=name, **facts)  # type: ignore[arg-type]  # the test's own facts
    return paper_kinds.add_kind(build.session, build.actor, wanted, build.now)


def edit(build: Builder, kind: int, name: str, **facts: object) -> None:
    wanted = KindFacts(name=name, **facts)  # type: ignore[arg-type]  # the test's own facts
    version = build.version(PaperKind, kind)
    paper_kinds.edit_kind(build.session, build.actor, kind, version, wanted, build.now)


def remove(build: Builder, kind: int) -> None:
    version = build.version(PaperKind, kind)
    paper_kinds.remove_kind(build.session, build.actor, kind, version, build.now)


def names(build: Builder) -> list[str]:
    build.session.rollback()
    return [one.name for one in kinds_of(build.session, build.actor.home)]


def named(build: Builder, name: str) -> int:
    build.session.rollback()
    found = select(PaperKind.id).where(
        PaperKind.name == name, PaperKind.body_id == build.actor.home
    )
    return build.session.scalars(found).one()


def test_a_new_body_begins_with_the_usual_kinds(session: Session, build: Builder) -> None:
    data = bodies.BodyData(name="Stadt Ahaus", land="NW")
    body = bodies.add_body(session, Actor.system(None), data, build.now)
    rows = kinds_of(session, body)
    assert [one.name for one in rows] == [name for name, _ in paper_kinds.DEFAULTS]
    assert [one.position for one in rows] == [1, 2, 3, 4, 5]
    assert not any(one.needs_clearance for one in rows)


def test_a_paper_bears_a_kind_in_use_only(build: Builder, stranger: Builder) -> None:
    add(stranger, "Sitzungsvorlage")
    for wrong in ("Sitzungsvorlage", "beschlussvorlage"):
        with pytest.raises(RuleBroken) as refused:
            build.paper(paper_type=wrong)
        assert refused.value.field == "paper_type"
    add(build, "Sitzungsvorlage")
    paper = build.paper(paper_type="Sitzungsvorlage")
    assert build.session.get_one(Paper, paper).paper_type == "Sitzungsvorlage"


def test_a_paper_keeps_a_kind_that_went_out_of_use(build: Builder) -> None:
    paper = build.paper(reference="1", paper_type="Bericht")
    edit(build, named(build, "Bericht"), "Bericht", active=False)
    with pytest.raises(RuleBroken):
        build.paper(paper_type="Bericht")
    facts = build.paper_facts(reference="1", title="Neu", paper_type="Bericht")
    version = build.version(Paper, paper)
    papers.edit_paper(build.session, build.actor, paper, version, facts, build.now)
    assert build.session.get_one(Paper, paper).paper_type == "Bericht"


def test_a_kind_that_papers_bear_is_neither_renamed_nor_removed(build: Builder) -> None:
    build.paper(paper_type="Antrag")
    kind = named(build, "Antrag")
    with pytest.raises(RuleBroken) as refused:
        edit(build, kind, "Motion")
    assert refused.value.field == "name"
    with pytest.raises(RuleBroken, match="außer Gebrauch"):
        remove(build, kind)
    edit(build, kind, "Antrag", code="A")
    other = named(build, "Anfrage")
    edit(build, other, "Anfrage nach § 15")
    remove(build, other)
    assert names(build) == ["Beschlussvorlage", "Mitteilungsvorlage", "Antrag", "Bericht"]


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [
        (" ", {}, "name"),
        ("x" * 61, {}, "name"),
        ("antrag", {}, "name"),
        ("Eingabe", {"code": "x" * 21}, "code"),
    ],
)
def test_unfit_kinds_are_refused_at_their_field(
    build: Builder, name: str, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        add(build, name, **facts)
    assert refused.value.field == field


def test_one_kind_stays_in_use(build: Builder) -> None:
    for name in ("Beschlussvorlage", "Mitteilungsvorlage", "Antrag", "Anfrage"):
        edit(build, named(build, name), name, active=False)
    with pytest.raises(RuleBroken) as refused:
        edit(build, named(build, "Bericht"), "Bericht", active=False)
    assert refused.value.field == "active"


def test_kinds_are_moved(build: Builder) -> None:
    last = add(build, "Eingabe")
    for _ in range(9):
        paper_kinds.move_kind(build.session, build.actor, last, Direction.UP, build.now)
    assert names(build)[:2] == ["Eingabe", "Beschlussvorlage"]
    paper_kinds.move_kind(build.session, build.actor, last, Direction.DOWN, build.now)
    assert names(build)[:2] == ["Beschlussvorlage", "Eingabe"]


def test_a_stale_form_and_a_foreign_kind_are_refused(build: Builder, stranger: Builder) -> None:
    kind = named(build, "Antrag")
    edit(build, kind, "Antrag", code="A")
    facts = KindFacts(name="Antrag")
    with pytest.raises(Stale):
        paper_kinds.edit_kind(build.session, build.actor, kind, 1, facts, build.now)
    with pytest.raises(Unknown):
        paper_kinds.move_kind(stranger.session, stranger.actor, kind, Direction.UP, build.now)
