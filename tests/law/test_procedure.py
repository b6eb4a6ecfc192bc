"""How a vote is taken, and what may be told of a single vote."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sitzungsdienst.law.procedure import (
    VoteKind,
    check_hybrid_election,
    kind_of_vote,
    may_record_own_vote,
)
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.values import ImpossibleNumbersError, Severity

TODAY = date(2026, 11, 23)


def rules(land: str) -> Rules:
    return rules_for(land, TODAY)


def with_local(law: Rules, **values: object) -> Rules:
    """The rules with values of a body's own, as the layers would lay them."""
    changed = {
        name: replace(getattr(law.procedure, name), value=value) for name, value in values.items()
    }
    return replace(law, procedure=replace(law.procedure, **changed))


@pytest.mark.parametrize(("asking", "kind"), [(8, VoteKind.SECRET), (7, VoteKind.ROLL_CALL)])
def test_vector_13_a_fifth_of_39_members_makes_a_vote_secret_before_a_roll_call(
    asking: int, kind: VoteKind
) -> None:
    found = kind_of_vote(rules("NW"), members=39, secret_demanded_by=asking, roll_call_agreed=True)
    assert found.kind is kind
    assert found.secret_needed == 8


def test_a_fifth_of_40_members_is_exactly_eight() -> None:
    law = rules("NW")
    assert kind_of_vote(law, members=40, secret_demanded_by=8).kind is VoteKind.SECRET
    seven = kind_of_vote(law, members=40, secret_demanded_by=7)
    assert seven.kind is VoteKind.OPEN
    assert "nötig sind 8" in seven.findings[0].message


def test_vector_14_a_secret_vote_on_a_matter_is_inadmissible_in_he() -> None:
    found = kind_of_vote(rules("HE"), members=37, secret_demanded_by=37)
    assert found.kind is VoteKind.OPEN
    (finding,) = found.findings
    assert finding.severity is Severity.BLOCK
    assert "unzulässig" in finding.message
    assert finding.norm == "§ 54 HGO"


def test_in_bavaria_a_secret_vote_on_a_matter_only_warns_since_nobody_proved_the_rule() -> None:
    (finding,) = kind_of_vote(rules("BY"), members=45, secret_demanded_by=45).findings
    assert finding.severity is Severity.WARN


@pytest.mark.parametrize("land", ["ST", "NI", "BW", "BB"])
def test_where_local_rules_decide_a_secret_vote_needs_them(land: str) -> None:
    law = rules(land)
    found = kind_of_vote(law, members=20, secret_demanded_by=20)
    assert found.kind is VoteKind.OPEN
    assert found.findings[0].severity is Severity.WARN
    local = with_local(law, secret_share=Fraction(1, 4))
    assert kind_of_vote(local, members=20, secret_demanded_by=5).kind is VoteKind.SECRET


def test_a_roll_call_needs_the_number_or_the_share_of_local_rules_or_a_group() -> None:
    law = rules("BB")
    unknown = kind_of_vote(law, members=30, roll_call_demanded_by=30)
    assert (unknown.kind, unknown.roll_call_needed) == (VoteKind.OPEN, None)
    assert "Geschäftsordnung" in unknown.findings[0].message
    local = with_local(law, roll_call_share=Fraction(1, 4), roll_call_number=5)
    assert kind_of_vote(local, members=30, roll_call_demanded_by=5).kind is VoteKind.ROLL_CALL
    assert kind_of_vote(local, members=30, roll_call_demanded_by=4).kind is VoteKind.OPEN
    group = kind_of_vote(local, members=30, roll_call_demanded_by_group=True)
    assert group.kind is VoteKind.OPEN
    allowed = with_local(local, roll_call_group=True)
    by_group = kind_of_vote(allowed, members=30, roll_call_demanded_by_group=True)
    assert (by_group.kind, by_group.findings) == (VoteKind.ROLL_CALL, ())


def test_where_the_precedence_is_not_known_the_doubt_speaks_for_the_secret_vote() -> None:
    law = with_local(rules("NI"), secret_share=Fraction(1, 5))
    both = kind_of_vote(law, members=20, secret_demanded_by=4, roll_call_agreed=True)
    assert both.kind is VoteKind.SECRET
    assert both.findings[0].severity is Severity.WARN


def test_local_rules_may_put_the_roll_call_first() -> None:
    law = with_local(rules("NI"), secret_share=Fraction(1, 5), secret_over_roll_call=False)
    both = kind_of_vote(law, members=20, secret_demanded_by=4, roll_call_agreed=True)
    assert both.kind is VoteKind.ROLL_CALL


def test_without_any_demand_a_vote_is_open() -> None:
    found = kind_of_vote(rules("NW"), members=39)
    assert (found.kind, found.findings) == (VoteKind.OPEN, ())


@pytest.mark.parametrize("asking", [-1, 40])
def test_more_than_all_cannot_ask(asking: int) -> None:
    with pytest.raises(ImpossibleNumbersError):
        kind_of_vote(rules("NW"), members=39, secret_demanded_by=asking)


def test_vector_16_in_bb_nobodys_vote_in_a_secret_election_is_written_down() -> None:
    refused = may_record_own_vote(rules("BB"), secret=True)
    assert refused is not None
    assert refused.severity is Severity.BLOCK
    assert refused.norm == "§ 42 Abs. 2 BbgKVerf"
    assert may_record_own_vote(rules("BB"), secret=False) is None


@pytest.mark.parametrize("land", ["ST", "NW", "BW"])
def test_where_nobody_looked_it_up_an_own_vote_is_noted_with_a_word(land: str) -> None:
    open_vote = may_record_own_vote(rules(land), secret=False)
    assert open_vote is not None
    assert open_vote.severity is Severity.NOTE
    secret = may_record_own_vote(rules(land), secret=True)
    assert secret is not None
    assert secret.severity is Severity.WARN


@pytest.mark.parametrize("land", ["ST", "NI"])
def test_a_meeting_with_members_by_video_knows_no_secret_election(land: str) -> None:
    finding = check_hybrid_election(rules(land), secret=True)
    assert finding is not None
    assert "keine geheime Wahl" in finding.message
    assert check_hybrid_election(rules(land), secret=False) is None


def test_in_bavaria_those_connected_take_no_part_in_any_election() -> None:
    for secret in (True, False):
        finding = check_hybrid_election(rules("BY"), secret=secret)
        assert finding is not None
        assert "nehmen an der Wahl nicht teil" in finding.message


def test_in_nw_a_secret_election_by_video_needs_an_approved_system_or_the_post() -> None:
    finding = check_hybrid_election(rules("NW"), secret=True)
    assert finding is not None
    assert "brieflich" in finding.message
    assert check_hybrid_election(rules("NW"), secret=False) is None


def test_where_nobody_looked_it_up_an_election_by_video_is_only_noted() -> None:
    finding = check_hybrid_election(rules("BW"), secret=True)
    assert finding is not None
    assert finding.severity is Severity.NOTE
