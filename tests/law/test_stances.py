"""Results told by groups and single members, as councils write them."""

import pytest

from sitzungsdienst.law.stances import follows_genitive, group_label, member_label, told_result


def test_the_result_of_koeln_is_told_as_the_city_tells_it() -> None:
    assert (
        told_result(
            accepted=True,
            no=(group_label("CDU-Fraktion", genitive=False),),
            abstaining=(
                group_label("FDP-Fraktion", genitive=True),
                member_label("Herr", "", "Schöppe", genitive=True),
            ),
        )
        == "mehrheitlich gegen die CDU-Fraktion bei Enthaltung der FDP-Fraktion und Herrn Schöppe"
    )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"accepted": True}, "einstimmig"),
        ({"accepted": False}, "einstimmig abgelehnt"),
        ({"accepted": True, "no": ("die AfD-Fraktion",)}, "mehrheitlich gegen die AfD-Fraktion"),
        (
            {"accepted": True, "no": ("die A-Fraktion", "die B-Fraktion", "Frau C")},
            "mehrheitlich gegen die A-Fraktion, die B-Fraktion und Frau C",
        ),
        (
            {"accepted": True, "abstaining": ("der FDP-Fraktion",)},
            "einstimmig bei Enthaltung der FDP-Fraktion",
        ),
        (
            {"accepted": True, "yes": ("der SPD-Fraktion", "der Fraktion Die Linke")},
            "mehrheitlich mit den Stimmen der SPD-Fraktion und der Fraktion Die Linke",
        ),
        (
            {"accepted": True, "yes": ("der A-Fraktion",), "no": ("die B",),
             "abstaining": ("der C-Fraktion",)},
            "mehrheitlich mit den Stimmen der A-Fraktion gegen die B bei Enthaltung der C-Fraktion",
        ),
        (
            {"accepted": False, "yes": ("der SPD-Fraktion",)},
            "mehrheitlich abgelehnt bei Zustimmung der SPD-Fraktion",
        ),
        (
            {"accepted": False, "no": ("der CDU-Fraktion",), "yes": ("von Kim Meier",)},
            "mehrheitlich abgelehnt mit den Stimmen der CDU-Fraktion bei Zustimmung von Kim Meier",
        ),
        (
            {"accepted": True, "abstaining": ("der A-Fraktion",), "unanimous": False},
            "mehrheitlich bei Enthaltung der A-Fraktion",
        ),
    ],
)  # fmt: skip
def test_who_stood_where_becomes_a_sentence(facts: dict[str, object], sentence: str) -> None:
    assert told_result(**facts) == sentence  # type: ignore[arg-type]  # the test's own facts


@pytest.mark.parametrize(
    ("name", "accusative", "genitive"),
    [
        ("CDU-Fraktion", "die CDU-Fraktion", "der CDU-Fraktion"),
        ("CDU", "die CDU-Fraktion", "der CDU-Fraktion"),
        ("Freie Wähler", "die Fraktion Freie Wähler", "der Fraktion Freie Wähler"),
        ("Fraktion DIE LINKE.", "die Fraktion DIE LINKE.", "der Fraktion DIE LINKE."),
        ("Wählergruppe Süd", "die Wählergruppe Süd", "der Wählergruppe Süd"),
        ("Bürgergemeinschaft", "die Bürgergemeinschaft", "der Bürgergemeinschaft"),
    ],
)  # fmt: skip
def test_a_group_is_named_as_one(name: str, accusative: str, genitive: str) -> None:
    assert group_label(name, genitive=False) == accusative
    assert group_label(name, genitive=True) == genitive


def test_a_member_is_named_with_the_form_of_address() -> None:
    assert member_label("Herr", "Dr.", "Meier", genitive=False) == "Herrn Dr. Meier"
    assert member_label("Frau", "", "Meier", genitive=True) == "Frau Meier"
    assert member_label("", "", "Kim Meier", genitive=False) == "Kim Meier"
    assert member_label("", "", "Kim Meier", genitive=True) == "von Kim Meier"


def test_only_what_stands_against_something_is_no_genitive() -> None:
    assert not follows_genitive(accepted=True, yes=False, no=True)
    assert follows_genitive(accepted=True, yes=True, no=False)
    assert follows_genitive(accepted=True, yes=False, no=False)
    assert follows_genitive(accepted=False, yes=False, no=True)
