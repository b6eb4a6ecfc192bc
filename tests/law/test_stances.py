"""A result told by groups and single members, without a number."""

import pytest

from sitzungsdienst.law.stances import (
    follows_genitive,
    group_label,
    member_label,
    told_result,
)


def test_a_result_names_who_stood_against_it_and_who_abstained() -> None:
    assert told_result(
        accepted=True, no=["die CDU-Fraktion"], abstaining=["der FDP-Fraktion", "Herrn Schöppe"]
    ) == ("mehrheitlich gegen die CDU-Fraktion bei Enthaltung der FDP-Fraktion und Herrn Schöppe")


def test_a_rejection_names_the_majority_first() -> None:
    assert told_result(accepted=False, yes=["der Gruppe Bürger"], no=["der CDU-Fraktion"]) == (
        "mehrheitlich abgelehnt mit den Stimmen der CDU-Fraktion bei Zustimmung der Gruppe Bürger"
    )


@pytest.mark.parametrize(
    ("accepted", "unanimous", "words"),
    [
        (True, None, "einstimmig"),
        (False, None, "einstimmig abgelehnt"),
        (True, False, "mehrheitlich"),
        (False, True, "einstimmig abgelehnt"),
    ],
)
def test_without_names_the_result_is_unanimous_unless_counts_say_otherwise(
    accepted: bool, unanimous: bool | None, words: str
) -> None:
    assert told_result(accepted=accepted, unanimous=unanimous) == words


def test_three_names_are_listed_with_one_and() -> None:
    said = told_result(accepted=True, abstaining=["der A-Fraktion", "der B-Fraktion", "Frau C"])
    assert said == "einstimmig bei Enthaltung der A-Fraktion, der B-Fraktion und Frau C"


@pytest.mark.parametrize(
    ("accepted", "yes", "no", "genitive"),
    [
        (True, False, True, False),
        (False, False, True, True),
        (True, True, False, True),
        (True, False, False, True),
    ],
)
def test_only_who_is_told_to_be_against_stands_in_the_accusative(
    accepted: bool, yes: bool, no: bool, genitive: bool
) -> None:
    assert follows_genitive(accepted=accepted, yes=yes, no=no) is genitive


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("CDU", "der CDU-Fraktion"),
        ("Freie Wähler", "der Fraktion Freie Wähler"),
        ("Gruppe Bürger", "der Gruppe Bürger"),
        (" SPD-Fraktion ", "der SPD-Fraktion"),
    ],
)
def test_a_group_is_named_as_a_group_exactly_once(name: str, label: str) -> None:
    assert group_label(name, genitive=True) == label
    assert group_label(name, genitive=False) == f"die {label.removeprefix('der ')}"


def test_a_member_is_named_with_form_of_address_or_with_von() -> None:
    assert member_label("Herr", "Dr.", "Schöppe", genitive=True) == "Herrn Dr. Schöppe"
    assert member_label("Frau", "", "Meier", genitive=False) == "Frau Meier"
    assert member_label("", "", "Kim Meier", genitive=True) == "von Kim Meier"
    assert member_label("", "", "Kim Meier", genitive=False) == "Kim Meier"
