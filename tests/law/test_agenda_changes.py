"""Taking an item onto the agenda that nobody was summoned for."""

from datetime import date

import pytest

from sitzungsdienst.law.agenda_changes import may_extend_agenda
from sitzungsdienst.law.ballots import Counts
from sitzungsdienst.law.majorities import Heads
from sitzungsdienst.law.rules import Rules, rules_for
from sitzungsdienst.law.values import ImpossibleNumbersError, Severity


def rules(land: str) -> Rules:
    return rules_for(land, date(2026, 11, 23))


def test_in_nw_the_council_resolves_but_only_on_what_bears_no_delay() -> None:
    law = rules("NW")
    idle = may_extend_agenda(law, urgent=False, counts=Counts(30, 0, 0))
    assert idle is not None
    assert idle.severity is Severity.BLOCK
    assert "keinen Aufschub" in idle.message
    assert may_extend_agenda(law, urgent=True, counts=Counts(16, 14, 5)) is None
    assert may_extend_agenda(law, urgent=True) is None
    rejected = may_extend_agenda(law, urgent=True, counts=Counts(14, 16, 0))
    assert rejected is not None
    assert "abgelehnt" in rejected.message


@pytest.mark.parametrize(("yes", "passes"), [(21, False), (22, True)])
def test_in_ni_two_thirds_of_33_members_are_22(yes: int, passes: bool) -> None:
    found = may_extend_agenda(
        rules("NI"), urgent=True, counts=Counts(yes, 0, 0), heads=Heads(members=33)
    )
    assert (found is None) == passes


def test_in_ni_two_thirds_do_not_help_what_can_wait() -> None:
    found = may_extend_agenda(
        rules("NI"), urgent=False, counts=Counts(33, 0, 0), heads=Heads(members=33)
    )
    assert found is not None
    assert found.severity is Severity.WARN


@pytest.mark.parametrize(("yes", "passes"), [(24, False), (25, True)])
def test_in_he_two_thirds_of_the_statutory_37_suffice_without_urgency(
    yes: int, passes: bool
) -> None:
    found = may_extend_agenda(
        rules("HE"), urgent=False, counts=Counts(yes, 0, 0), heads=Heads(statutory=37)
    )
    assert (found is None) == passes


def test_a_majority_of_an_unknown_number_is_refused_rather_than_guessed() -> None:
    with pytest.raises(ImpossibleNumbersError):
        may_extend_agenda(rules("HE"), urgent=True, counts=Counts(30, 0, 0))


@pytest.mark.parametrize("land", ["ST", "BY"])
def test_urgency_or_everybody_there_without_objection_opens_the_agenda(land: str) -> None:
    law = rules(land)
    assert may_extend_agenda(law, urgent=True) is None
    assert may_extend_agenda(law, urgent=False, all_present_without_objection=True) is None
    finding = may_extend_agenda(law, urgent=False)
    assert finding is not None
    assert finding.severity is Severity.WARN


@pytest.mark.parametrize("land", ["BW", "BB"])
def test_where_nobody_looked_it_up_the_office_is_sent_to_its_own_rules(land: str) -> None:
    finding = may_extend_agenda(rules(land), urgent=True)
    assert finding is not None
    assert finding.severity is Severity.NOTE
    assert "Geschäftsordnung" in finding.message
