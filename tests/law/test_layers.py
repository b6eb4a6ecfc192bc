"""Three layers of rules, merged by the day of the meeting."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitzungsdienst.law.layers import (
    Layer,
    LocalRuleRefused,
    LocalValue,
    check_local,
    effective_rules,
    is_open,
    tell_rules,
    value_at,
)
from sitzungsdienst.law.local_keys import LOCAL_KEYS
from sitzungsdienst.law.minutes import check_signatures
from sitzungsdienst.law.notice import check_notice, check_public_notice, notice_days
from sitzungsdienst.law.procedure import VoteKind, kind_of_vote
from sitzungsdienst.law.reading import Plain, value_types
from sitzungsdienst.law.rules import NoRulesAt, rules_for
from sitzungsdienst.law.tree import SeatMethod, Signatory
from sitzungsdienst.law.values import Certainty, Severity

TODAY = date(2026, 11, 23)
MAIN, PROCEDURE = Layer.MAIN_STATUTE, Layer.RULES_OF_PROCEDURE
seeded = settings(derandomize=True, database=None, deadline=None)


def local(key: str, value: Plain, layer: Layer = PROCEDURE) -> LocalValue:
    return LocalValue(
        layer=layer,
        key=key,
        value=value,
        norm="§ 3 Geschäftsordnung" if layer is PROCEDURE else "§ 7 Hauptsatzung",
        source="Amtsblatt",
        as_of=date(2026, 1, 1),
        certainty=Certainty.CERTAIN,
        wording="So bestimmt es die Körperschaft.",
        valid_from=date(2020, 1, 1),
    )


def test_without_local_rules_the_land_alone_holds() -> None:
    found = effective_rules("ST", TODAY, [])
    assert found.rules == rules_for("ST", TODAY)
    assert found.told == tell_rules(found.rules)
    assert (found.refused, found.notes) == ((), ())
    assert {one.layer for one in found.told} == {Layer.LAND}


def test_a_layer_fills_what_the_land_leaves_open() -> None:
    found = effective_rules("NW", TODAY, [local("notice.days", 7), local("notice.urgent_days", 3)])
    assert found.refused == ()
    assert notice_days(found.rules) == 7
    assert notice_days(found.rules, urgent=True) == 3
    late = check_notice(date(2026, 11, 16), TODAY, found.rules)
    assert late is not None
    assert late.severity is Severity.WARN
    assert late.norm == "§ 3 Geschäftsordnung"


def test_a_longer_period_lays_over_the_statutory_one_and_is_told_with_it() -> None:
    found = effective_rules("ST", TODAY, [local("notice.days", 9)])
    told = {one.key: one for one in found.told}["notice.days"]
    assert (told.value, told.layer_name, told.norm) == (
        "9 Tage",
        "Geschäftsordnung",
        "§ 3 Geschäftsordnung",
    )
    (over,) = told.over
    assert (over.value, over.layer, over.norm) == ("7 Tage", Layer.LAND, "§ 53 KVG LSA")
    assert value_at(found.rules, "notice.days").statutory.value == 7


def test_a_shorter_period_than_the_statutory_one_is_refused_and_the_statute_stays() -> None:
    found = effective_rules("ST", TODAY, [local("notice.days", 5)])
    assert notice_days(found.rules) == 7
    (refused,) = found.refused
    assert refused.finding.norm == "§ 53 KVG LSA"
    assert "5 Tage ist kürzer" in refused.finding.message
    assert "7 Tage" in refused.finding.message
    with pytest.raises(LocalRuleRefused, match="kürzer"):
        check_local("ST", local("notice.days", 5))


def test_the_rules_of_procedure_may_not_shorten_what_the_main_statute_lengthened() -> None:
    both = [local("notice.days", 8), local("notice.days", 10, MAIN)]
    found = effective_rules("ST", TODAY, both)
    assert notice_days(found.rules) == 10
    assert "Hauptsatzung" in found.refused[0].finding.message
    longer = [local("notice.days", 14), local("notice.days", 10, MAIN)]
    told = {one.key: one for one in effective_rules("ST", TODAY, longer).told}["notice.days"]
    assert [told.value, *(one.value for one in told.over)] == ["14 Tage", "10 Tage", "7 Tage"]


def test_a_certain_statutory_value_is_never_beaten() -> None:
    for land, key, value in [
        ("NW", "procedure.secret_share", "1/4"),
        ("HE", "procedure.secret_vote", "on_demand"),
        ("HE", "procedure.secret_share", "1/4"),
        ("BB", "seats.method", "dhondt"),
        ("BB", "seats.tie", "lot"),
        ("BY", "minutes.approval", "none"),
        ("ST", "notice.form", ["mündlich"]),
    ]:
        found = effective_rules(land, TODAY, [local(key, value)])
        assert len(found.refused) == 1, (land, key)
        assert found.rules == rules_for(land, TODAY), (land, key)
        assert found.refused[0].finding.message.endswith("."), (land, key)
        assert found.refused[0].finding.norm, (land, key)


def test_a_local_value_that_says_what_the_statute_says_is_welcome() -> None:
    found = effective_rules("NW", TODAY, [local("procedure.secret_share", "1/5")])
    assert (found.refused, found.notes) == ((), ())


def test_a_local_value_over_an_unproven_statutory_one_holds_with_a_warning() -> None:
    found = effective_rules("BY", TODAY, [local("procedure.secret_vote", "on_demand")])
    assert found.refused == ()
    (note,) = found.notes
    assert note.severity is Severity.WARN
    assert "weicht ab von Landesrecht (Art. 51 Abs. 1 GO): unzulässig" in note.message
    assert check_local("BY", local("procedure.secret_vote", "on_demand")) == (note,)


def test_local_rules_choose_among_the_forms_the_land_allows() -> None:
    found = effective_rules("ST", TODAY, [local("notice.form", ["elektronisch"])])
    assert found.rules.notice.form.value == ("elektronisch",)
    assert found.refused == ()


def test_bavaria_lets_the_body_choose_its_method_among_those_allowed() -> None:
    found = effective_rules("BY", TODAY, [local("seats.method", "sainte_lague")])
    assert found.rules.seats.method.value is SeatMethod.SAINTE_LAGUE
    assert (found.refused, found.notes) == ((), ())


def test_a_method_the_land_does_not_allow_is_refused_where_the_choice_is_left_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    law = rules_for("BY", TODAY)
    two = replace(law.seats.allowed, value=(SeatMethod.HARE_NIEMEYER, SeatMethod.SAINTE_LAGUE))
    narrower = replace(law, seats=replace(law.seats, allowed=two))
    monkeypatch.setattr("sitzungsdienst.law.layers.rules_for", lambda _land, _on: narrower)
    (refused,) = effective_rules("BY", TODAY, [local("seats.method", "dhondt")]).refused
    assert "Hare-Niemeyer, Sainte-Laguë/Schepers" in refused.finding.message
    assert effective_rules("BY", TODAY, [local("seats.method", "hare_niemeyer")]).refused == ()


def test_local_rules_add_signatures_and_contents_but_take_none_away() -> None:
    found = effective_rules(
        "ST",
        TODAY,
        [local("minutes.sign", ["member"]), local("minutes.contents", ["Gäste"])],
    )
    assert found.rules.minutes.sign.value == (Signatory.CHAIR, Signatory.CLERK, Signatory.MEMBER)
    assert found.rules.minutes.contents.value[-1] == "Gäste"
    assert "Tagesordnung" in found.rules.minutes.contents.value
    missing = check_signatures([Signatory.CHAIR, Signatory.CLERK], found.rules)
    assert missing is not None
    assert "ein Mitglied" in missing.message


def test_minutes_may_be_due_sooner_but_not_later() -> None:
    assert effective_rules("ST", TODAY, [local("minutes.due_days", 14)]).refused == ()
    (refused,) = effective_rules("ST", TODAY, [local("minutes.due_days", 40)]).refused
    assert "länger" in refused.finding.message


def test_an_announcement_local_rules_want_earlier_only_warns() -> None:
    found = effective_rules("BY", TODAY, [local("public_notice.days_before", 5)])
    assert check_public_notice(date(2026, 11, 18), TODAY, found.rules) is None
    late = check_public_notice(date(2026, 11, 19), TODAY, found.rules)
    assert late is not None
    assert (late.severity, late.norm) == (Severity.WARN, "§ 3 Geschäftsordnung")


def test_the_roll_call_of_local_rules_reaches_the_vote() -> None:
    found = effective_rules("NW", TODAY, [local("procedure.roll_call_share", "1/4")])
    vote = kind_of_vote(found.rules, members=39, roll_call_demanded_by=10, secret_demanded_by=7)
    assert (vote.kind, vote.roll_call_needed) == (VoteKind.ROLL_CALL, 10)


def test_a_local_value_holds_from_its_first_to_its_last_day() -> None:
    one = replace(
        local("notice.days", 9),
        valid_from=date(2026, 2, 1),
        valid_until=date(2026, 2, 28),
    )
    days = {
        day: notice_days(effective_rules("ST", day, [one]).rules)
        for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))
    }
    assert list(days.values()) == [7, 9, 9, 7]


def test_of_two_values_for_one_place_the_younger_counts() -> None:
    younger = replace(local("notice.days", 8), valid_from=date(2025, 1, 1))
    for order in ([younger, local("notice.days", 12)], [local("notice.days", 12), younger]):
        found = effective_rules("ST", TODAY, order)
        assert notice_days(found.rules) == 8
        assert found.refused == ()


@pytest.mark.parametrize(
    "one",
    [
        local("majority.abstention", "not_counted"),
        local("quorum.share", "at_least_half"),
        local("edition", "meine"),
        local("no.such", 1),
        local("notice.days", 9, Layer.LAND),
        local("notice.days", "neun"),
        local("notice.days", True),
        local("notice.days", -1),
        local("seats.tie", "local"),
        local("minutes.sign", []),
        replace(local("notice.days", 9), valid_until=date(2019, 12, 31)),
    ],
)
def test_what_is_no_local_value_is_refused(one: LocalValue) -> None:
    with pytest.raises(LocalRuleRefused):
        check_local("ST", one)
    found = effective_rules("ST", TODAY, [one])
    assert found.rules == rules_for("ST", TODAY)


def test_a_value_is_tried_together_with_those_kept_already() -> None:
    kept = [local("notice.days", 10, MAIN)]
    with pytest.raises(LocalRuleRefused, match="Hauptsatzung"):
        check_local("ST", local("notice.days", 8), kept)
    assert check_local("ST", local("notice.days", 12), kept) == ()
    assert check_local("ST", kept[0], kept) == ()


def test_a_value_that_a_later_statute_overrules_is_kept_with_a_warning() -> None:
    one = replace(local("minutes.approval", "vote"), valid_from=date(2019, 1, 1))
    (warning,) = check_local("ST", one)
    assert warning.severity is Severity.WARN
    assert warning.message.startswith("Ab dem 01.07.2024 gilt das nicht mehr.")


def test_a_land_without_rules_has_none_with_local_ones_either() -> None:
    with pytest.raises(NoRulesAt):
        effective_rules("SN", TODAY, [local("notice.days", 7)])
    with pytest.raises(NoRulesAt):
        check_local("SN", local("notice.days", 7))


def test_a_group_is_no_value() -> None:
    with pytest.raises(AttributeError, match="group"):
        value_at(rules_for("ST", TODAY), "notice")


def test_what_nobody_decided_counts_as_left_open() -> None:
    law = rules_for("NI", TODAY)
    assert is_open(law.notice.days)
    assert is_open(law.minutes.approval)
    assert is_open(law.recusal.effect)
    assert not is_open(law.quorum.second_minimum)
    assert not is_open(law.seats.method)


@seeded
@given(
    land=st.sampled_from(["ST", "BY", "NW", "NI", "BW", "HE", "BB"]),
    days=st.lists(st.tuples(st.sampled_from([MAIN, PROCEDURE]), st.integers(0, 30)), max_size=4),
)
def test_no_mixture_of_local_periods_is_ever_shorter_than_the_statutory_one(
    land: str, days: list[tuple[Layer, int]]
) -> None:
    given_rules = [local("notice.days", number, layer) for layer, number in days]
    found = effective_rules(land, TODAY, given_rules)
    statutory = rules_for(land, TODAY).notice.days.value
    held = found.rules.notice.days.value
    assert statutory is None or (held is not None and held >= statutory)


def test_only_what_local_rules_may_set_can_ever_change() -> None:
    locals_ = [
        local("notice.days", 14),
        local("minutes.sign", ["member"]),
        local("seats.method", "dhondt", MAIN),
        local("procedure.roll_call_number", 5),
    ]
    for land in ("ST", "BY", "NW", "NI", "BW", "HE", "BB"):
        before, found = rules_for(land, TODAY), effective_rules(land, TODAY, locals_)
        changed = {
            key for key in value_types() if value_at(before, key) != value_at(found.rules, key)
        }
        assert changed <= {one.key for one in locals_} <= set(LOCAL_KEYS)
