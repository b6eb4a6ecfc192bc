"""A Body's own rules: entered, ended, and counting wherever the law is asked."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from sitzungsdienst.acts import local_rules, summons
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.lawbook import effective_on, local_value, own_notice_days, rules_on
from sitzungsdienst.acts.local_rules import LocalRuleFacts
from sitzungsdienst.acts.summons import SummonsFacts, notice_findings
from sitzungsdienst.acts.supplements import supplement_findings
from sitzungsdienst.law.values import Certainty, Layer, Severity
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.local_rules import LocalLayer, LocalRule
from sitzungsdienst.record.meetings import Meeting
from tests.support.builders import PLANNED_ON, Builder, planned_chapter

FORTNIGHT = LocalRuleFacts(
    layer=LocalLayer.RULES_OF_PROCEDURE,
    value="14",
    norm="§ 3 Abs. 1",
    source="Amtsblatt 7/2014",
    as_of=date(2017, 3, 1),
    valid_from=date(2015, 1, 1),
)
#: Ten days before the meeting of 19 April: in time for the Land's week, late for a fortnight.
TEN_DAYS_BEFORE = datetime(2017, 4, 9, 8, tzinfo=UTC)


def add(build: Builder, key: str = "notice.days", **facts: Any) -> int:
    whole = replace(FORTNIGHT, **facts)
    return local_rules.add_local_rule(build.session, build.actor, key, whole, build.now)


def row(build: Builder, rule: int) -> LocalRule:
    build.session.rollback()
    return build.session.get_one(LocalRule, rule, populate_existing=True)


def body(build: Builder) -> Body:
    build.session.rollback()
    return build.session.get_one(Body, build.actor.home)


def test_a_summons_in_time_for_the_land_but_late_for_the_own_rules_warns_with_their_norm(
    build: Builder,
) -> None:
    add(build)
    chapter = planned_chapter(build)
    build.now = TEN_DAYS_BEFORE
    meeting = build.session.get_one(Meeting, chapter.meeting)
    (warning,) = notice_findings(meeting, build.now)
    assert warning.severity is Severity.WARN
    assert warning.norm == "Geschäftsordnung § 3 Abs. 1"
    assert "Ladungsfrist von 14 Tagen" in warning.message
    version = build.version(Meeting, chapter.meeting)
    args = (build.session, build.actor, chapter.meeting, version)
    with pytest.raises(RuleBroken) as refused:
        summons.summon(*args, SummonsFacts(), build.now)
    assert (refused.value.field, refused.value.norm) == ("acknowledged", warning.norm)
    summons.summon(*args, SummonsFacts(acknowledged=True), build.now)


def test_a_summons_late_for_both_names_the_norm_of_the_land(build: Builder) -> None:
    add(build)
    chapter = planned_chapter(build)
    meeting = build.session.get_one(Meeting, chapter.meeting)
    late = datetime(2017, 4, 15, 8, tzinfo=UTC)
    assert notice_findings(meeting, late)[0].norm == "§ 53 KVG LSA"


def test_an_urgent_summons_follows_the_own_rule_for_urgent_cases(build: Builder) -> None:
    add(build, "notice.urgent_days", value="3", norm="§ 3 Abs. 2")
    chapter = planned_chapter(build)
    meeting = build.session.get_one(Meeting, chapter.meeting)
    urgent = SummonsFacts(urgent=True, received_on=date(2017, 4, 16))
    norms = [one.norm for one in notice_findings(meeting, build.now, urgent)]
    assert norms == ["Geschäftsordnung § 3 Abs. 2"]
    in_time = SummonsFacts(urgent=True, received_on=date(2017, 4, 15))
    assert notice_findings(meeting, build.now, in_time) == ()


def test_a_supplement_counts_by_the_own_rules_too(build: Builder) -> None:
    chapter = planned_chapter(build)
    meeting = build.session.get_one(Meeting, chapter.meeting)
    assert supplement_findings(meeting, TEN_DAYS_BEFORE) == ()
    add(build)
    meeting = build.session.get_one(Meeting, chapter.meeting)
    assert len(supplement_findings(meeting, TEN_DAYS_BEFORE)) == 1


def test_public_notice_is_due_by_the_main_statute(build: Builder) -> None:
    add(
        build,
        "public_notice.days_before",
        layer=LocalLayer.MAIN_STATUTE,
        value="5",
        norm="§ 18 Hauptsatzung",
    )
    chapter = planned_chapter(build)
    meeting = build.session.get_one(Meeting, chapter.meeting)
    told = SummonsFacts(received_on=date(2017, 4, 3), announced_on=date(2017, 4, 15))
    (found,) = notice_findings(meeting, build.now, told)
    assert (found.severity, found.norm) == (Severity.WARN, "§ 18 Hauptsatzung")


def test_the_rules_hold_from_their_first_day_to_their_last(build: Builder) -> None:
    add(build, valid_until=date(2017, 4, 19))
    days = {}
    for day in (date(2014, 12, 31), date(2015, 1, 1), date(2017, 4, 19), date(2017, 4, 20)):
        rules = rules_on(body(build), day)
        assert rules is not None
        days[day] = rules.notice.days.value
    assert list(days.values()) == [7, 14, 14, 7]


def test_the_rules_of_another_body_do_not_count(build: Builder, stranger: Builder) -> None:
    add(build)
    rules = rules_on(body(stranger), date(2017, 4, 19))
    assert rules is not None
    assert rules.notice.days.value is None
    rule = build.session.scalars(select(LocalRule.id)).one()
    args = (stranger.session, stranger.actor, rule, 1)
    with pytest.raises(Unknown):
        local_rules.edit_local_rule(*args, FORTNIGHT, stranger.now)
    with pytest.raises(Unknown):
        local_rules.end_local_rule(*args, date(2017, 12, 31), stranger.now)
    with pytest.raises(Unknown):
        local_rules.delete_local_rule(*args, stranger.now)


def test_administrators_change_no_rule(build: Builder) -> None:
    rule = add(build)
    nobodys = Actor.system(None)
    with pytest.raises(Unknown):
        local_rules.add_local_rule(build.session, nobodys, "notice.days", FORTNIGHT, build.now)
    with pytest.raises(Unknown):
        local_rules.edit_local_rule(build.session, nobodys, rule, 1, FORTNIGHT, build.now)


def test_only_what_local_rules_may_set_is_entered(build: Builder) -> None:
    with pytest.raises(Unknown):
        add(build, "quorum.share")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"value": "3"}, "value"),
        ({"value": "vierzehn"}, "value"),
        ({"value": "1" * 2001}, "value"),
        ({"norm": ""}, "norm"),
        ({"as_of": None}, "as_of"),
        ({"as_of": date(2017, 4, 4)}, "as_of"),
        ({"valid_from": None}, "valid_from"),
        ({"valid_from": date(1899, 12, 31)}, "valid_from"),
        ({"valid_until": date(2014, 12, 31)}, "valid_until"),
    ],
)
def test_an_unfit_rule_is_refused_at_its_field(
    build: Builder, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        add(build, **facts)
    assert refused.value.field == field
    assert build.session.scalars(select(LocalRule)).all() == []


def test_what_the_land_forbids_is_refused_with_the_norm_above(build: Builder) -> None:
    with pytest.raises(RuleBroken) as refused:
        add(build, value="3")
    assert refused.value.norm == "§ 53 KVG LSA"


def test_the_rules_of_procedure_may_not_undercut_the_main_statute(build: Builder) -> None:
    add(build, layer=LocalLayer.MAIN_STATUTE, value="10", norm="§ 5 Hauptsatzung")
    with pytest.raises(RuleBroken) as refused:
        add(build, value="8")
    assert refused.value.norm == "§ 5 Hauptsatzung"
    add(build, value="12")
    told = effective_on(body(build), date(2017, 4, 19)).told
    notice = next(one for one in told if one.key == "notice.days")
    assert [one.value for one in (notice, *notice.over)] == ["12 Tage", "10 Tage", "7 Tage"]


def test_a_rule_is_certain_once_its_source_is_named(build: Builder) -> None:
    named, unnamed = add(build), add(build, "minutes.due_days", value="20", source="")
    assert local_value(row(build, named)).certainty is Certainty.CERTAIN
    assert local_value(row(build, unnamed)).certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    ("norm", "told"),
    [
        ("§ 3", "Geschäftsordnung § 3"),
        ("§ 3 Geschäftsordnung des Kreistages", "§ 3 Geschäftsordnung des Kreistages"),
        ("Geschäftsordnung", "Geschäftsordnung"),
    ],
)
def test_the_norm_names_the_statute_it_stands_in(build: Builder, norm: str, told: str) -> None:
    assert local_value(row(build, add(build, norm=norm))).norm == told


def test_without_a_wording_label_and_value_tell_the_rule(build: Builder) -> None:
    value = local_value(row(build, add(build)))
    assert (value.wording, value.layer) == ("Ladungsfrist: 14 Tage.", Layer.RULES_OF_PROCEDURE)
    own = local_value(row(build, add(build, "notice.urgent_days", value="3", wording="Drei.")))
    assert own.wording == "Drei."


def test_a_list_is_kept_as_a_list(build: Builder) -> None:
    rule = add(build, "minutes.sign", value="Vorsitz, ein Mitglied")
    assert json.loads(row(build, rule).value) == ["chair", "member"]


def test_of_two_changes_from_one_form_the_second_is_refused(build: Builder) -> None:
    rule = add(build)
    args = (build.session, build.actor, rule, 1)
    local_rules.edit_local_rule(*args, replace(FORTNIGHT, value="21"), build.now)
    with pytest.raises(Stale):
        local_rules.edit_local_rule(*args, replace(FORTNIGHT, value="28"), build.now)
    assert row(build, rule).value == "21"


def test_what_was_in_force_stays_and_what_never_was_goes(build: Builder) -> None:
    rule = add(build)
    coming = add(build, value="21", valid_from=date(2018, 1, 1))
    build.now = PLANNED_ON + timedelta(days=1)
    args = (build.session, build.actor)
    with pytest.raises(RuleBroken, match=r"gilt seit dem 01\.01\.2015"):
        local_rules.delete_local_rule(*args, rule, 1, build.now)
    local_rules.delete_local_rule(*args, coming, 1, build.now)
    assert build.session.scalars(select(LocalRule.id)).all() == [rule]


def test_an_end_needs_a_day_after_the_beginning(build: Builder) -> None:
    rule = add(build)
    for day in (None, date(2014, 12, 31)):
        with pytest.raises(RuleBroken) as refused:
            local_rules.end_local_rule(build.session, build.actor, rule, 1, day, build.now)
        assert refused.value.field == "valid_until"
    last = date(2015, 1, 1)
    local_rules.end_local_rule(build.session, build.actor, rule, 1, last, build.now)
    assert row(build, rule).valid_until == last


def test_every_change_stands_in_the_audit_trail(build: Builder) -> None:
    rule = add(build)
    local_rules.edit_local_rule(
        build.session, build.actor, rule, 1, replace(FORTNIGHT, value="21"), build.now
    )
    entries = build.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [one.act for one in entries] == ["add_local_rule", "edit_local_rule"]
    (changed,) = json.loads(entries[1].changes).values()
    assert changed == {"value": ["14", "21"]}


def test_where_the_law_of_the_land_is_not_kept_the_own_period_is_known_all_the_same(
    build: Builder,
) -> None:
    own = body(build)
    own.land = "SN"
    build.session.commit()
    add(build, layer=LocalLayer.MAIN_STATUTE, value="10", norm="§ 5 Hauptsatzung")
    add(build)
    day = date(2017, 4, 19)
    assert rules_on(body(build), day) is None
    value = own_notice_days(body(build), day)
    assert value is not None
    assert (value.layer, value.value) == (Layer.RULES_OF_PROCEDURE, 14)
    assert own_notice_days(body(build), date(2014, 12, 31)) is None
    add(build, value="7", valid_from=date(2016, 1, 1))
    younger = own_notice_days(body(build), day)
    assert younger is not None
    assert (younger.layer, younger.value) == (Layer.MAIN_STATUTE, 10)
    assert local_rules.findings(body(build).local_rules[0]) == ()


def test_a_kept_rule_tells_what_the_law_says_of_it(build: Builder) -> None:
    rule = add(build)
    assert local_rules.findings(row(build, rule)) == ()
    kept = row(build, rule)
    kept.value = "3"
    build.session.commit()
    (finding,) = local_rules.findings(row(build, rule))
    assert "kürzer" in finding.message
