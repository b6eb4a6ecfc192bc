"""Numbers of papers: by the Body's pattern, or kept to the letter as the office typed them."""

from contextlib import suppress
from datetime import date

import pytest

from sitzungsdienst.acts import paper_kinds, papers, terms
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.numbers import likely_number, next_number
from sitzungsdienst.acts.paper_numbers import Basis, expected_number, given_number
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind
from sitzungsdienst.record.numbers import Numbered
from sitzungsdienst.record.paper_work import PaperKind
from sitzungsdienst.record.papers import Paper
from tests.support.builders import Builder


def pattern(build: Builder, text: str) -> Body:
    build.session.rollback()
    body = build.session.get_one(Body, build.actor.home)
    body.paper_number_pattern = text
    build.session.commit()
    return body


def unit(build: Builder, short_name: str = "FB3") -> int:
    return build.organization("Fachbereich 3", OrganizationKind.UNIT, short_name=short_name)


def number(build: Builder, **facts: object) -> str:
    paper = build.paper(**({"reference": ""} | facts))
    build.session.rollback()
    return build.session.get_one(Paper, paper).reference


def test_without_a_pattern_the_office_types_the_number(build: Builder) -> None:
    with pytest.raises(RuleBroken) as refused:
        build.paper(reference=" ")
    assert refused.value.field == "reference"


def test_numbers_are_given_in_order_within_unit_and_year(build: Builder) -> None:
    pattern(build, "{year}/{unit}/{seq:4}")
    third = unit(build)
    other = build.organization("Büro", OrganizationKind.UNIT, short_name="BKT")
    given = [
        number(build, responsible_unit_id=one, dated=day)
        for one, day in (
            (third, None), (third, date(2017, 3, 1)), (other, None), (third, date(2018, 1, 2)),
            (third, None),
        )
    ]  # fmt: skip
    assert given == [
        "2017/FB3/0001", "2017/FB3/0002", "2017/BKT/0001", "2018/FB3/0001", "2017/FB3/0003"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "reference", ["84/20/2007", "084/20/2007", "686/BKT/2011", "2017/FB3/1", "2017/FB3/00001"]
)
def test_a_typed_number_is_kept_to_the_letter(build: Builder, reference: str) -> None:
    pattern(build, "{year}/{unit}/{seq:4}")
    third = unit(build)
    paper = build.paper(reference=reference, responsible_unit_id=third)
    facts = build.paper_facts(reference=reference, title="Anders", responsible_unit_id=third)
    version = build.version(Paper, paper)
    papers.edit_paper(build.session, build.actor, paper, version, facts, build.now)
    build.session.rollback()
    assert build.session.get_one(Paper, paper).reference == reference
    assert number(build, responsible_unit_id=third) == "2017/FB3/0001"


def test_a_typed_number_that_would_be_the_next_is_passed_over(build: Builder) -> None:
    pattern(build, "{seq}/{year}")
    for typed in ("1/2017", "2/2017", "4/2017"):
        build.paper(reference=typed)
    assert [number(build), number(build)] == ["3/2017", "5/2017"]


def test_a_number_once_given_does_not_change_with_its_paper(build: Builder) -> None:
    pattern(build, "{year}/{kind}/{seq:3}")
    paper = build.paper(reference="", paper_type="Antrag")
    facts = build.paper_facts(reference="2017/AN/001", paper_type="Anfrage", dated=date(2018, 1, 1))
    version = build.version(Paper, paper)
    papers.edit_paper(build.session, build.actor, paper, version, facts, build.now)
    build.session.rollback()
    assert build.session.get_one(Paper, paper).reference == "2017/AN/001"
    emptied = build.paper_facts(reference="")
    version = build.version(Paper, paper)
    with pytest.raises(RuleBroken) as refused:
        papers.edit_paper(build.session, build.actor, paper, version, emptied, build.now)
    assert refused.value.field == "reference"


def test_an_act_that_fails_gives_its_number_back(build: Builder) -> None:
    body = pattern(build, "{seq}/{year}")
    basis = Basis(None, None, "Antrag")
    with (
        suppress(RuleBroken),
        act(build.session, build.actor, "create_paper", build.now) as run,
    ):
        assert given_number(run, body, basis) == "1/2017"
        raise RuleBroken("", "x")
    assert number(build) == "1/2017"


def test_the_expected_number_is_the_next_one_and_nobodys(build: Builder) -> None:
    body = pattern(build, "{year:2}-{seq:3}")
    build.paper(reference="17-001")
    basis = Basis(None, None, "Antrag")
    for _ in range(2):
        assert expected_number(build.session, body, basis, build.now) == "17-002"
    assert number(build) == "17-002"
    assert expected_number(build.session, body, basis, build.now) == "17-003"


def test_the_year_of_a_number_is_berlins(build: Builder) -> None:
    pattern(build, "{seq}/{year}")
    build.now = build.now.replace(year=2017, month=12, day=31, hour=23, minute=30)
    assert number(build) == "1/2018"


@pytest.mark.parametrize(
    ("wanted", "field"),
    [("{unit}/{seq}", "responsible_unit_id"), ("{kind}/{seq}", "paper_type"),
     ("{term}/{seq}", "dated")],
)  # fmt: skip
def test_what_a_number_lacks_is_told_at_its_field(build: Builder, wanted: str, field: str) -> None:
    pattern(build, wanted)
    facts = paper_kinds.KindFacts(name="Eingabe")
    paper_kinds.add_kind(build.session, build.actor, facts, build.now)
    for more in ({}, {"responsible_unit_id": unit(build, short_name="")}):
        with pytest.raises(RuleBroken) as refused:
            number(build, paper_type="Eingabe", **more)
        assert refused.value.field == field
    assert number(build, reference="selbst", paper_type="Eingabe") == "selbst"


def test_the_term_gives_its_number_or_its_name(build: Builder) -> None:
    pattern(build, "{term}/{seq}")
    for name, start, end in (
        ("6. Wahlperiode", date(2014, 7, 1), date(2019, 6, 30)),
        ("WP 2019", date(2019, 7, 1), None),
    ):
        facts = terms.TermFacts(name=name, start_date=start, end_date=end)
        terms.add_term(build.session, build.actor, facts, build.now)
    assert number(build) == "6/1"
    assert number(build, dated=date(2020, 1, 1)) == "WP 2019/1"


def test_a_number_too_long_to_keep_is_refused(build: Builder) -> None:
    pattern(build, "{unit}/{seq}")
    with pytest.raises(RuleBroken) as refused:
        number(build, responsible_unit_id=unit(build, short_name="x" * 60))
    assert refused.value.field == "reference"


@pytest.mark.parametrize("value", ["{seq}", "{seq:9}", "{year}", "a{b}", "\\1"])
def test_a_value_with_braces_is_no_place(build: Builder, value: str) -> None:
    with act(build.session, build.actor, "create_paper", build.now) as run:
        run.about(run.fetch(Body, build.actor.home))
        arguments = (build.actor.home, Numbered.PAPER, "{unit}/{seq:2}/{kind}")
        values = {"unit": value, "kind": value}
        assert likely_number(run.session, *arguments, values, lambda _: False) == (
            f"{value}/01/{value}"
        )
        for count in ("01", "02"):
            given = next_number(run, *arguments, values, lambda _: False)
            assert given == f"{value}/{count}/{value}"


def test_a_code_with_braces_stands_in_the_number_as_it_is(build: Builder) -> None:
    pattern(build, "{kind}-{seq}")
    kind = build.session.query(PaperKind).filter_by(name="Antrag", body_id=build.actor.home).one()
    facts = paper_kinds.KindFacts(name="Antrag", code="{seq}")
    paper_kinds.edit_kind(build.session, build.actor, kind.id, kind.version, facts, build.now)
    assert number(build, paper_type="Antrag") == "{seq}-1"
    assert build.session.query(Organization).count() == 1
