"""Versions, relations, co-signatures and the clearance of papers, and their path."""

from datetime import timedelta

import pytest

from sitzungsdienst.acts import (
    agenda,
    attachments,
    clearance,
    cosignatures,
    paper_kinds,
    paper_relations,
    paper_versions,
    papers,
)
from sitzungsdienst.acts.agenda import Direction
from sitzungsdienst.acts.cosignatures import Answer
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.paper_relations import Relation
from sitzungsdienst.acts.papers import StepFacts
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.paper_work import (
    Cosignature,
    CosignatureState,
    PaperKind,
    PaperVersion,
    RelationKind,
)
from sitzungsdienst.record.papers import Attachment, Consultation, ConsultationRole, Paper
from tests.support.builders import Builder


def row(build: Builder, paper: int) -> Paper:
    build.session.rollback()
    return build.session.get_one(Paper, paper)


def edit(build: Builder, paper: int, **facts: object) -> None:
    reference = row(build, paper).reference
    version = build.version(Paper, paper)
    whole = build.paper_facts(**({"reference": reference} | facts))
    papers.edit_paper(build.session, build.actor, paper, version, whole, build.now)


def unit(build: Builder, name: str = "Kämmerei") -> int:
    return build.organization(name, OrganizationKind.UNIT)


# --- Fields


def test_all_texts_of_a_paper_are_kept(build: Builder) -> None:
    first, second = unit(build, "Amt 1"), unit(build, "Amt 2")
    lead = unit(build, "Fachbereich 3")
    texts = {
        "facts": "Sachverhalt.", "reasons": "Gründe.", "financial_effects": "1.000 €",
        "handled_by": "Brummunt, Erdmute",
    }  # fmt: skip
    paper = build.paper(responsible_unit_id=lead, further_unit_ids=(second, first, second), **texts)
    found = row(build, paper)
    assert {name: getattr(found, name) for name in texts} == texts
    assert [one.organization_id for one in found.further_units] == [second, first]
    edit(build, paper, further_unit_ids=(first, lead, second))
    assert [one.organization_id for one in row(build, paper).further_units] == [
        first, lead, second
    ]  # fmt: skip
    edit(build, paper)
    assert row(build, paper).further_units == []


def test_only_other_units_take_part(build: Builder, stranger: Builder) -> None:
    lead = unit(build)
    for wrong in (build.organization(), lead):
        with pytest.raises(RuleBroken) as refused:
            build.paper(responsible_unit_id=lead, further_unit_ids=(wrong,))
        assert refused.value.field == "further_unit_ids"
    with pytest.raises(Unknown):
        build.paper(further_unit_ids=(unit(stranger),))


# --- Versions


def fix(build: Builder, paper: int, reason: str = "Beratung im Dezernat") -> int:
    version = build.version(Paper, paper)
    return paper_versions.fix_version(build.session, build.actor, paper, version, reason, build.now)


def test_versions_are_counted_and_none_is_lost(build: Builder) -> None:
    paper = build.paper(reasons="Erstens.", internal_note="Nur wir.")
    build.attach(paper, text="Plan")
    assert fix(build, paper) == 1
    edit(build, paper, reasons="Zweitens.")
    assert fix(build, paper) == 2
    first, second = row(build, paper).versions
    assert paper_versions.content(first)["reasons"] == "Erstens."
    assert paper_versions.content(second)["reasons"] == "Zweitens."
    assert "Plan" in paper_versions.content(first)["attachments"]
    assert "Nur wir." not in first.content
    assert (first.reason, first.fixed_by_id) == ("Beratung im Dezernat", build.actor.user_id)


def test_a_version_needs_a_reason_and_a_change(build: Builder) -> None:
    paper = build.paper()
    with pytest.raises(RuleBroken) as refused:
        fix(build, paper, " ")
    assert refused.value.field == "reason"
    fix(build, paper)
    with pytest.raises(RuleBroken, match="schon auf diesem Stand"):
        fix(build, paper)
    with pytest.raises(Stale):
        paper_versions.fix_version(build.session, build.actor, paper, 99, "x", build.now)


# --- Relations


def relate(build: Builder, paper: int, kind: RelationKind, other: int | str) -> None:
    reference = other if isinstance(other, str) else row(build, other).reference
    relation = Relation(kind, reference)
    paper_relations.relate_paper(build.session, build.actor, paper, relation, build.now)


def test_a_paper_supersedes_amends_and_answers_others(build: Builder) -> None:
    paper, other = build.paper(), build.paper()
    for kind in RelationKind:
        relate(build, paper, kind, other)
    assert [(one.kind, one.other_id) for one in row(build, paper).relations] == [
        (kind, other) for kind in RelationKind
    ]
    assert row(build, other).relations == []


def test_a_circle_of_superseding_papers_is_refused(build: Builder) -> None:
    first, second, third = build.paper(), build.paper(), build.paper()
    relate(build, second, RelationKind.SUPERSEDES, first)
    relate(build, third, RelationKind.SUPERSEDES, second)
    for other in (second, third):
        with pytest.raises(RuleBroken, match="ersetzt ihrerseits") as refused:
            relate(build, first, RelationKind.SUPERSEDES, other)
        assert refused.value.field == "other_reference"
    relate(build, first, RelationKind.AMENDS, third)
    relate(build, third, RelationKind.SUPERSEDES, first)


@pytest.mark.parametrize("other", ["", "gibt es nicht", "sich selbst", "fremd", "doppelt"])
def test_unfit_relations_are_refused_at_the_number(
    build: Builder, stranger: Builder, other: str
) -> None:
    stranger.paper(reference="fremd")
    paper = build.paper(reference="sich selbst")
    build.paper(reference="doppelt")
    relate(build, paper, RelationKind.ANSWERS, "doppelt")
    with pytest.raises(RuleBroken) as refused:
        relate(build, paper, RelationKind.ANSWERS, other)
    assert refused.value.field == "other_reference"


def test_a_relation_entered_by_mistake_goes(build: Builder) -> None:
    paper, other = build.paper(), build.paper()
    relate(build, paper, RelationKind.AMENDS, other)
    relation = row(build, paper).relations[0].id
    with pytest.raises(Unknown):
        paper_relations.unrelate_paper(build.session, build.actor, other, relation, build.now)
    paper_relations.unrelate_paper(build.session, build.actor, paper, relation, build.now)
    assert row(build, paper).relations == []


# --- Co-signatures


def request(build: Builder, paper: int, *units: int) -> list[int]:
    cosignatures.request_cosignatures(build.session, build.actor, paper, units, build.now)
    return [one.id for one in row(build, paper).cosignatures]


def answer(build: Builder, cosignature: int, state: CosignatureState, **more: str) -> None:
    whole = Answer(state, **({"signed_by": "Frau Sommer", "remark": "Kein Geld."} | more))
    version = build.version(Cosignature, cosignature)
    cosignatures.answer_cosignature(
        build.session, build.actor, cosignature, version, whole, build.now
    )


def again(build: Builder, cosignature: int) -> None:
    version = build.version(Cosignature, cosignature)
    cosignatures.reopen_cosignature(build.session, build.actor, cosignature, version, build.now)


def withdraw(build: Builder, cosignature: int) -> None:
    version = build.version(Cosignature, cosignature)
    cosignatures.withdraw_cosignature(build.session, build.actor, cosignature, version, build.now)


def clear(build: Builder, paper: int) -> None:
    version = build.version(Paper, paper)
    clearance.clear_paper(build.session, build.actor, paper, version, build.now)


def test_units_sign_or_refuse_with_name_and_remark(build: Builder) -> None:
    paper = build.paper()
    first, second = request(build, paper, unit(build, "Amt 1"), unit(build, "Amt 2"))
    answer(build, first, CosignatureState.SIGNED, remark="")
    answer(build, second, CosignatureState.REFUSED)
    build.session.rollback()
    found = [
        (one.state, one.signed_by, one.remark, one.decided_at is not None)
        for one in row(build, paper).cosignatures
    ]
    assert found == [
        (CosignatureState.SIGNED, "Frau Sommer", "", True),
        (CosignatureState.REFUSED, "Frau Sommer", "Kein Geld.", True),
    ]


@pytest.mark.parametrize(
    ("state", "more", "field"),
    [
        (CosignatureState.SIGNED, {"signed_by": " "}, "signed_by"),
        (CosignatureState.REFUSED, {"remark": ""}, "remark"),
        (CosignatureState.REQUESTED, {}, "state"),
    ],
)
def test_unfit_answers_are_refused_at_their_field(
    build: Builder, state: CosignatureState, more: dict[str, str], field: str
) -> None:
    (asked,) = request(build, build.paper(), unit(build))
    with pytest.raises(RuleBroken) as refused:
        answer(build, asked, state, **more)
    assert refused.value.field == field


def test_only_units_are_asked_and_each_once(build: Builder, stranger: Builder) -> None:
    paper, one = build.paper(), unit(build)
    request(build, paper, one, one)
    for wrong in ((one,), (), (build.organization(),)):
        with pytest.raises(RuleBroken) as refused:
            request(build, paper, *wrong)
        assert refused.value.field == "unit_ids"
    with pytest.raises(Unknown):
        request(build, paper, unit(stranger))
    assert len(row(build, paper).cosignatures) == 1


def test_a_request_is_withdrawn_but_an_answer_stays(build: Builder) -> None:
    paper = build.paper()
    first, second = request(build, paper, unit(build, "Amt 1"), unit(build, "Amt 2"))
    withdraw(build, first)
    answer(build, second, CosignatureState.REFUSED)
    for _ in range(2):
        with pytest.raises(RuleBroken, match="schon geantwortet"):
            withdraw(build, second)
        if row(build, paper).cosignatures[0].state is CosignatureState.REFUSED:
            again(build, second)
    found = row(build, paper).cosignatures[0]
    assert (found.state, found.remark) == (CosignatureState.REQUESTED, "Kein Geld.")
    answer(build, second, CosignatureState.SIGNED)
    with pytest.raises(RuleBroken, match="schon beantwortet"):
        answer(build, second, CosignatureState.REFUSED)


# --- The clearance


def demand(build: Builder, name: str = "Beschlussvorlage") -> None:
    """Let papers of a kind need the clearance."""
    kind = build.session.query(PaperKind).filter_by(name=name, body_id=build.actor.home).one()
    facts = paper_kinds.KindFacts(name=name, needs_clearance=True)
    paper_kinds.edit_kind(build.session, build.actor, kind.id, kind.version, facts, build.now)


def put_on_agenda(build: Builder, paper: int) -> int:
    committee = build.organization()
    step = build.step(paper, committee)
    return build.item(build.meeting(committee), consultation_ids=(step,))


def test_a_paper_goes_on_an_agenda_only_once_it_is_cleared(build: Builder) -> None:
    demand(build)
    paper = build.paper()
    with pytest.raises(RuleBroken, match="noch nicht für die Tagesordnung freigegeben") as refused:
        put_on_agenda(build, paper)
    assert refused.value.field == "consultation_ids"
    clear(build, paper)
    found = row(build, paper)
    assert (found.cleared_at, found.cleared_by_id) == (build.now, build.actor.user_id)
    put_on_agenda(build, paper)
    put_on_agenda(build, build.paper(paper_type="Antrag"))


@pytest.mark.parametrize("state", [None, CosignatureState.REFUSED])
def test_open_and_refused_cosignatures_keep_a_paper_off_every_agenda(
    build: Builder, state: CosignatureState | None
) -> None:
    paper = build.paper()
    (asked,) = request(build, paper, unit(build))
    if state:
        answer(build, asked, state)
    with pytest.raises(RuleBroken, match="Kämmerei"):
        put_on_agenda(build, paper)
    with pytest.raises(RuleBroken, match="Kämmerei"):
        clear(build, paper)
    if state:
        again(build, asked)
    answer(build, asked, CosignatureState.SIGNED)
    clear(build, paper)
    put_on_agenda(build, paper)


def test_a_clearance_fixes_a_version(build: Builder) -> None:
    paper = build.paper(reasons="So.")
    fix(build, paper)
    clear(build, paper)
    (_, second) = row(build, paper).versions
    assert (second.number, second.cleared, second.reason) == (2, True, clearance.CLEARED)
    with pytest.raises(RuleBroken, match="schon freigegeben"):
        clear(build, paper)
    with pytest.raises(Stale):
        clearance.clear_paper(build.session, build.actor, paper, 1, build.now)


def test_another_wording_takes_the_clearance_back_and_nothing_else_does(build: Builder) -> None:
    paper = build.paper(title="Vorlage", reasons="So.")
    (asked,) = request(build, paper, unit(build))
    answer(build, asked, CosignatureState.SIGNED)
    clear(build, paper)
    edit(build, paper, reasons="So.", internal_note="Anruf", handled_by="Frau A", public=True)
    assert row(build, paper).cleared_at is not None
    for change in (
        {"title": "Anders"}, {"proposed_resolution": "x"}, {"facts": "x"}, {"reasons": "x"},
        {"financial_effects": "x"},
    ):  # fmt: skip
        edit(build, paper, **change)
        found = row(build, paper)
        assert (found.cleared_at, found.cleared_by_id) == (None, None), change
        assert found.cosignatures[0].outdated
        assert found.cosignatures[0].state is CosignatureState.SIGNED
        clear(build, paper)
    assert [one.cleared for one in row(build, paper).versions] == [True] * 6


def test_another_file_takes_the_clearance_back(build: Builder) -> None:
    paper = build.paper()
    clear(build, paper)
    attachment = build.attach(paper)
    assert row(build, paper).cleared_at is None
    clear(build, paper)
    version = build.version(Attachment, attachment)
    attachments.remove_attachment(build.session, build.actor, attachment, version, build.now)
    assert row(build, paper).cleared_at is None


def test_a_cleared_paper_asks_nobody_until_the_clearance_is_taken_back(build: Builder) -> None:
    paper = build.paper()
    (asked,) = request(build, paper, unit(build, "Amt 1"))
    answer(build, asked, CosignatureState.SIGNED)
    clear(build, paper)
    with pytest.raises(RuleBroken, match="zuerst die Freigabe zurück"):
        request(build, paper, unit(build, "Amt 2"))
    with pytest.raises(RuleBroken, match="zuerst die Freigabe zurück"):
        again(build, asked)
    version = build.version(Paper, paper)
    clearance.revoke_clearance(build.session, build.actor, paper, version, build.now)
    assert row(build, paper).cleared_at is None
    version = build.version(Paper, paper)
    with pytest.raises(RuleBroken, match="nicht freigegeben"):
        clearance.revoke_clearance(build.session, build.actor, paper, version, build.now)
    again(build, asked)


def test_an_item_keeps_a_paper_whose_clearance_ended(build: Builder) -> None:
    """It says so on its page; the item itself can still be worded."""
    demand(build)
    paper = build.paper()
    clear(build, paper)
    item = put_on_agenda(build, paper)
    edit(build, paper, reasons="Neu.")
    found = build.session.get_one(AgendaItem, item)
    facts = agenda.ItemFacts(
        title="Anders", consultation_ids=tuple(one.id for one in found.consultations)
    )
    agenda.edit_item(build.session, build.actor, item, found.version, facts, build.now)
    assert clearance.obstacle(build.session, row(build, paper))


# --- The path


def test_steps_are_moved_and_told_of_elsewhere(build: Builder) -> None:
    paper = build.paper()
    steps = [build.step(paper, build.organization()) for _ in range(3)]
    for direction in (Direction.UP, Direction.UP, Direction.UP):
        papers.move_step(build.session, build.actor, steps[2], direction, build.now)
    found = row(build, paper).consultations
    assert [one.id for one in found] == [steps[2], steps[0], steps[1]]
    facts = StepFacts(ConsultationRole.HEARING, "zugestimmt am 2. Mai")
    version = build.version(Consultation, steps[0])
    papers.edit_step(build.session, build.actor, steps[0], version, facts, build.now)
    changed = build.session.get_one(Consultation, steps[0])
    assert (changed.role, changed.result_note) == (
        ConsultationRole.HEARING, "zugestimmt am 2. Mai"
    )  # fmt: skip
    with pytest.raises(Stale):
        papers.edit_step(build.session, build.actor, steps[0], version, facts, build.now)


def test_the_result_of_a_step_on_our_agenda_is_not_typed(build: Builder) -> None:
    paper = build.paper()
    item = put_on_agenda(build, paper)
    step = build.session.get_one(AgendaItem, item).consultations[0].id
    version = build.version(Consultation, step)
    for note, refused in (("zugestimmt", True), ("", False)):
        facts = StepFacts(ConsultationRole.NOTICE, note)
        if refused:
            with pytest.raises(RuleBroken) as broken:
                papers.edit_step(build.session, build.actor, step, version, facts, build.now)
            assert broken.value.field == "result_note"
        else:
            papers.edit_step(build.session, build.actor, step, version, facts, build.now)
    assert build.session.get_one(Consultation, step).role is ConsultationRole.NOTICE


def test_versions_are_in_time_order(build: Builder) -> None:
    paper = build.paper()
    fix(build, paper)
    build.now += timedelta(days=1)
    edit(build, paper, title="Neu")
    fix(build, paper)
    found = build.session.query(PaperVersion).order_by(PaperVersion.number).all()
    assert found[0].fixed_at < found[1].fixed_at
