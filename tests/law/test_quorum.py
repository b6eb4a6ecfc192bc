"""The quorum: computed from who is there, then what the law says in spite of the number."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitzungsdienst.law.quorum import needed_members, quorum
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.values import ImpossibleNumbersError, Severity

DAY = date(2017, 4, 19)
ALL_THREE = ("ST", "BY", "NW")
ALL_SEVEN = ("ST", "BY", "NW", "NI", "BW", "HE", "BB")
seeded = settings(derandomize=True, database=None, deadline=None)


def rules(land: str) -> Rules:
    return rules_for(land, date(2026, 11, 23) if land == "BB" else DAY)


def test_a_board_of_26_with_25_voting_members_needs_13() -> None:
    assert quorum(members=25, present_entitled=13, rules=rules("BY")).needed == 13
    assert quorum(members=26, present_entitled=14, rules=rules("BY")).needed == 14


@pytest.mark.parametrize("land", sorted({*ALL_SEVEN} - {"BW"}))
def test_exactly_half_is_not_enough_and_one_more_is(land: str) -> None:
    law = rules(land)
    half = quorum(members=26, present_entitled=13, rules=law, challenged=True)
    more = quorum(members=26, present_entitled=14, rules=law, challenged=True)
    assert not half.quorate
    assert more.quorate
    assert more.severity is None
    assert not more.deemed


def test_vector_1_thirteen_of_26_with_one_recused_are_inquorate_at_the_start_in_st() -> None:
    found = quorum(members=26, present_entitled=13, recused=1, rules=rules("ST"))
    assert (found.quorate, found.needed, found.counted, found.statutory) == (False, 14, 12, 26)
    assert found.sentence == (
        "Nicht beschlussfähig: anwesend sind 13 von 26 stimmberechtigten Mitgliedern, "
        "davon 1 von der Mitwirkung ausgeschlossen; nötig sind 14."
    )


@pytest.mark.parametrize("land", ["NI", "HE"])
def test_vector_1_thirteen_of_26_with_one_recused_are_inquorate_at_the_start(land: str) -> None:
    law = rules(land)
    for at_start in (None, False):
        found = quorum(
            members=26, present_entitled=13, recused=1, rules=law, determined_at_start=at_start
        )
        assert (found.quorate, found.needed, found.counted) == (False, 14, 12)
        assert found.severity is Severity.BLOCK


def test_vector_2_half_suffices_in_bw_but_not_with_one_of_them_recused() -> None:
    law = rules("BW")
    half = quorum(members=26, present_entitled=13, rules=law)
    assert (half.quorate, half.needed, half.severity) == (True, 13, None)
    one_recused = quorum(members=26, present_entitled=13, recused=1, rules=law)
    assert (one_recused.quorate, one_recused.counted) == (False, 12)
    assert one_recused.severity is Severity.BLOCK
    assert quorum(members=25, present_entitled=13, rules=law).needed == 13
    assert not quorum(members=25, present_entitled=12, rules=law).quorate


def test_vector_1_thirteen_of_26_are_deemed_quorate_in_nw_until_found_otherwise() -> None:
    law = rules("NW")
    before = quorum(members=26, present_entitled=13, recused=1, rules=law)
    assert before.quorate
    assert before.deemed
    assert before.severity is Severity.WARN
    assert before.norm == "§ 49 Abs. 1 Satz 2 GO NRW"
    after = quorum(members=26, present_entitled=13, recused=1, rules=law, challenged=True)
    assert not after.quorate
    at_start = quorum(members=26, present_entitled=13, rules=law, determined_at_start=False)
    assert not at_start.quorate


@pytest.mark.parametrize("land", ALL_THREE)
def test_a_recused_member_takes_the_last_needed_seat_away(land: str) -> None:
    law = rules(land)
    assert quorum(members=25, present_entitled=13, rules=law, challenged=True).quorate
    assert not quorum(
        members=25, present_entitled=13, recused=1, rules=law, challenged=True
    ).quorate


def test_vector_4_bavaria_is_inquorate_when_one_of_45_was_not_summoned() -> None:
    found = quorum(members=45, present_entitled=40, rules=rules("BY"), all_summoned=False)
    assert not found.quorate
    assert found.severity is Severity.BLOCK
    assert found.norm == "Art. 47 Abs. 2 GO"
    assert "nicht alle Mitglieder" in found.sentence


def test_a_faulty_summons_only_warns_where_the_rule_is_unsure() -> None:
    found = quorum(members=45, present_entitled=40, rules=rules("ST"), all_summoned=False)
    assert not found.quorate
    assert found.severity is Severity.WARN


def test_a_faulty_summons_does_not_touch_the_quorum_in_nw() -> None:
    assert quorum(members=45, present_entitled=40, rules=rules("NW"), all_summoned=False).quorate


@pytest.mark.parametrize("land", ["ST", "BY", "NW", "NI", "HE"])
def test_vector_6_five_suffice_after_a_second_summons_with_the_hint(land: str) -> None:
    found = quorum(
        members=26,
        present_entitled=5,
        rules=rules(land),
        second_summons_with_hint=True,
        challenged=True,
    )
    assert found.quorate
    assert not found.deemed
    assert "zweiter Ladung" in found.sentence


@pytest.mark.parametrize("land", ALL_SEVEN)
def test_vector_6_five_do_not_suffice_without_the_hint(land: str) -> None:
    assert not quorum(members=26, present_entitled=5, rules=rules(land), challenged=True).quorate


@pytest.mark.parametrize(("entitled", "quorate"), [(3, True), (2, False)])
def test_vector_7_three_entitled_suffice_in_the_second_meeting_in_bw(
    entitled: int, quorate: bool
) -> None:
    found = quorum(
        members=26,
        present_entitled=10,
        recused=10 - entitled,
        rules=rules("BW"),
        second_summons_with_hint=True,
    )
    assert (found.quorate, found.needed, found.counted) == (quorate, 3, entitled)
    assert found.norm == "§ 37 Abs. 3 GemO"


def test_where_too_few_are_entitled_at_all_the_second_meeting_in_bw_says_so() -> None:
    found = quorum(
        members=12,
        present_entitled=12,
        recused=10,
        rules=rules("BW"),
        second_summons_with_hint=True,
    )
    assert (found.quorate, found.needed) == (False, 3)
    assert "weil zu wenige stimmberechtigt sind" in found.sentence


def test_a_second_summons_warns_only_where_the_rule_is_unsure() -> None:
    found = {
        land: quorum(
            members=26, present_entitled=5, rules=rules(land), second_summons_with_hint=True
        ).severity
        for land in ALL_THREE
    }
    assert found == {"ST": Severity.WARN, "BY": None, "NW": None}


def test_vector_9_six_of_21_decide_in_nw_while_nobody_establishes_the_lack() -> None:
    found = quorum(members=21, present_entitled=6, rules=rules("NW"), determined_at_start=True)
    assert found.quorate
    assert found.deemed
    assert (found.needed, found.counted) == (11, 6)


@pytest.mark.parametrize("land", ["NI", "HE"])
def test_in_ni_and_he_the_fiction_needs_a_quorum_determined_at_the_start(land: str) -> None:
    law = rules(land)
    deemed = quorum(members=21, present_entitled=6, rules=law, determined_at_start=True)
    assert (deemed.quorate, deemed.deemed) == (True, True)
    assert not quorum(members=21, present_entitled=6, rules=law).quorate
    assert not quorum(
        members=21, present_entitled=6, rules=law, determined_at_start=True, challenged=True
    ).quorate


def test_in_bb_the_fiction_ends_below_a_third() -> None:
    law = rules("BB")
    assert quorum(members=30, present_entitled=10, rules=law).deemed
    assert not quorum(members=30, present_entitled=9, rules=law).quorate
    assert not quorum(members=30, present_entitled=10, rules=law, challenged=True).quorate


def test_a_faulty_summons_is_healed_in_ni_when_all_are_there_and_nobody_objects() -> None:
    law = rules("NI")
    healed = quorum(
        members=20,
        present_entitled=20,
        rules=law,
        all_summoned=False,
        no_objection_to_summons=True,
    )
    assert healed.quorate
    assert not quorum(members=20, present_entitled=20, rules=law, all_summoned=False).quorate
    assert not quorum(
        members=20,
        present_entitled=19,
        rules=law,
        all_summoned=False,
        no_objection_to_summons=True,
    ).quorate


def test_in_bavaria_nobody_heals_a_faulty_summons() -> None:
    assert not quorum(
        members=20,
        present_entitled=20,
        rules=rules("BY"),
        all_summoned=False,
        no_objection_to_summons=True,
    ).quorate


def test_vector_8_more_than_half_excluded_needs_approval_in_ni_and_none_in_he() -> None:
    found = {
        land: quorum(members=26, present_entitled=20, recused=14, rules=rules(land))
        for land in ("NI", "HE")
    }
    assert all(one.quorate for one in found.values())
    assert "Genehmigung der Kommunalaufsicht" in found["NI"].sentence
    assert "Genehmigung" not in found["HE"].sentence
    assert (found["NI"].severity, found["HE"].severity) == (Severity.WARN, None)


@pytest.mark.parametrize(("left", "quorate"), [(7, True), (6, False)])
def test_vector_8_a_quarter_suffices_in_bw_when_more_than_half_are_excluded(
    left: int, quorate: bool
) -> None:
    found = quorum(members=26, present_entitled=left + 14, recused=14, rules=rules("BW"))
    assert (found.quorate, found.needed, found.counted) == (quorate, 7, left)
    absent_too = quorum(members=26, present_entitled=left, excluded=14, rules=rules("BW"))
    assert (absent_too.quorate, absent_too.needed) == (quorate, 7)


def test_half_excluded_is_not_more_than_half() -> None:
    assert not quorum(members=26, present_entitled=20, recused=13, rules=rules("BW")).quorate


def test_in_st_the_fiction_needs_a_quorum_determined_at_the_start() -> None:
    law = rules("ST")
    assert quorum(members=21, present_entitled=6, rules=law, determined_at_start=True).deemed
    assert not quorum(members=21, present_entitled=6, rules=law).quorate
    assert not quorum(
        members=21, present_entitled=6, rules=law, determined_at_start=True, challenged=True
    ).quorate


def test_bavaria_knows_no_fiction() -> None:
    found = quorum(members=21, present_entitled=6, rules=rules("BY"), determined_at_start=True)
    assert not found.quorate
    assert found.severity is Severity.BLOCK


def test_enough_members_make_a_body_quorate_again_after_a_challenge() -> None:
    found = quorum(
        members=21,
        present_entitled=11,
        rules=rules("NW"),
        determined_at_start=False,
        challenged=True,
    )
    assert found.quorate
    assert not found.deemed


def test_more_than_half_excluded_needs_the_approval_of_the_supervision_in_st() -> None:
    law = rules("ST")
    found = quorum(members=26, present_entitled=20, recused=14, rules=law)
    assert found.quorate
    assert found.severity is Severity.WARN
    assert "Genehmigung der Kommunalaufsicht" in found.sentence
    assert not quorum(members=26, present_entitled=20, recused=13, rules=law).quorate
    assert not quorum(members=26, present_entitled=20, recused=14, rules=rules("BY")).quorate


@pytest.mark.parametrize("land", ALL_SEVEN)
def test_an_empty_room_decides_nothing(land: str) -> None:
    found = quorum(
        members=26,
        present_entitled=14,
        recused=14,
        rules=rules(land),
        second_summons_with_hint=True,
        determined_at_start=True,
    )
    assert not found.quorate


def test_more_cannot_be_excluded_than_there_are_nor_fewer_than_here() -> None:
    for excluded in (27, 1):
        with pytest.raises(ImpossibleNumbersError):
            quorum(
                members=26,
                present_entitled=10,
                recused=2,
                excluded=excluded,
                rules=rules("ST"),
            )


@seeded
@given(land=st.sampled_from(ALL_SEVEN), members=st.integers(1, 100), data=st.data())
def test_nobody_who_comes_makes_a_body_inquorate(
    land: str, members: int, data: st.DataObject
) -> None:
    law = rules(land)
    present = data.draw(st.integers(0, members - 1))
    before = quorum(members=members, present_entitled=present, rules=law)
    after = quorum(members=members, present_entitled=present + 1, rules=law)
    assert after.quorate >= before.quorate
    enough = present >= needed_members(law.quorum, members)
    assert not enough or (before.quorate and not before.deemed)


@pytest.mark.parametrize(
    ("members", "present", "recused"),
    [(0, 0, 0), (-1, 0, 0), (10, 11, 0), (10, -1, 0), (10, 5, 6), (10, 5, -1)],
)
def test_numbers_no_meeting_can_have_are_refused(members: int, present: int, recused: int) -> None:
    with pytest.raises(ImpossibleNumbersError):
        quorum(members=members, present_entitled=present, recused=recused, rules=rules("ST"))
