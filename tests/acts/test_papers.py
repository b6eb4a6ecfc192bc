"""Papers: their number, their Status, their attachments, their path."""

import pytest

from sitzungsdienst.acts import papers, releases
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.papers import Originator, PaperFacts, Step
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.papers import Consultation, ConsultationRole, Paper
from tests.support.builders import Builder


def edit(build: Builder, paper: int, **facts: object) -> None:
    version = build.version(Paper, paper)
    whole = build.paper_facts(**({"reference": "1"} | facts))
    papers.edit_paper(build.session, build.actor, paper, version, whole, build.now)


def release(build: Builder, paper: int) -> None:
    releases.release_paper(build.session, build.actor, paper, "", build.now)


def test_a_number_is_given_once_in_a_body(build: Builder, stranger: Builder) -> None:
    build.paper(reference="2017/FB3/0433")
    other = build.paper()
    with pytest.raises(RuleBroken) as refused:
        build.paper(reference=" 2017/FB3/0433 ")
    assert (refused.value.field, refused.value.message) == (
        "reference", "Diese Vorlagennummer ist schon vergeben. Bitte wählen Sie eine andere."
    )  # fmt: skip
    with pytest.raises(RuleBroken):
        edit(build, other, reference="2017/FB3/0433")
    stranger.paper(reference="2017/FB3/0433")


def test_a_paper_keeps_its_own_number(build: Builder) -> None:
    paper = build.paper(reference="1")
    edit(build, paper, title="Neuer Betreff")
    assert build.session.get_one(Paper, paper).title == "Neuer Betreff"


def test_a_released_paper_does_not_become_nonpublic_in_silence(build: Builder) -> None:
    paper = build.paper(reference="1", public=True)
    release(build, paper)
    with pytest.raises(RuleBroken) as refused:
        edit(build, paper, public=False)
    assert refused.value.field == "public"
    assert build.session.get_one(Paper, paper).public
    releases.withdraw_paper(build.session, build.actor, paper, "Versehen", build.now)
    edit(build, paper, public=False)


def test_a_paper_never_released_may_become_nonpublic(build: Builder) -> None:
    paper = build.paper(reference="1", public=True)
    edit(build, paper, public=False)
    assert not build.session.get_one(Paper, paper).public


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"title": " \0"}, "title"),
        ({"paper_type": ""}, "paper_type"),
        ({"reference": "x" * 61}, "reference"),
        ({"originators": (Originator(" "),)}, "originators"),
    ],
)
def test_unfit_facts_are_named_by_their_field(
    build: Builder, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        build.paper(**facts)
    assert refused.value.field == field


def test_only_a_unit_is_responsible(build: Builder) -> None:
    with pytest.raises(RuleBroken) as refused:
        build.paper(responsible_unit_id=build.organization())
    assert refused.value.field == "responsible_unit_id"


def test_rows_of_another_body_do_not_come_into_a_paper(build: Builder, stranger: Builder) -> None:
    unit = stranger.organization("Amt", OrganizationKind.UNIT)
    person, committee = stranger.person(), stranger.organization()
    for facts in (
        {"responsible_unit_id": unit},
        {"originators": (Originator("x", person_id=person),)},
        {"originators": (Originator("x", organization_id=committee),)},
    ):
        with pytest.raises(Unknown):
            build.paper(**facts)
    with pytest.raises(Unknown):
        build.step(build.paper(), committee)


def test_originators_stay_in_order(build: Builder) -> None:
    paper = build.paper(originators=tuple(Originator(one) for one in "cab"))
    assert [one.label for one in build.session.get_one(Paper, paper).originators] == list("cab")


def test_a_path_leads_through_committees_only(build: Builder) -> None:
    group = build.organization("Fraktion", OrganizationKind.GROUP)
    step = Step(group, ConsultationRole.DECISION)
    with pytest.raises(RuleBroken) as refused:
        papers.add_step(build.session, build.actor, build.paper(), step, build.now)
    assert refused.value.field == "organization_id"


def remove_step(build: Builder, step: int) -> None:
    version = build.version(Consultation, step)
    papers.remove_step(build.session, build.actor, step, version, build.now)


def test_a_step_goes_unless_it_stands_on_an_agenda_or_is_public(build: Builder) -> None:
    committee = build.organization()
    paper = build.paper(public=True)
    first, second = build.step(paper, committee), build.step(paper, committee)
    build.item(build.meeting(committee), consultation_ids=(first,))
    with pytest.raises(RuleBroken, match="schon auf einer Tagesordnung"):
        remove_step(build, first)
    remove_step(build, second)
    third = build.step(paper, committee)
    release(build, paper)
    with pytest.raises(RuleBroken, match="veröffentlicht"):
        remove_step(build, third)
    row = build.session.get_one(Paper, paper)
    assert [one.id for one in row.consultations] == [first, third]


def test_a_stale_form_does_not_overwrite_a_paper(build: Builder) -> None:
    paper = build.paper(reference="1")
    edit(build, paper, title="Zuerst")
    facts = PaperFacts(reference="1", title="Danach", paper_type="Antrag")
    with pytest.raises(Stale):
        papers.edit_paper(build.session, build.actor, paper, 1, facts, build.now)
    assert build.session.get_one(Paper, paper).title == "Zuerst"
