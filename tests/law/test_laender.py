"""The seven Länder, value by value, where they differ and where the day decides."""

from datetime import date

import pytest

from sitzungsdienst.law.layers import tell_rules
from sitzungsdienst.law.rules import NoRulesAt, rules_for, rules_of
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.law.values import Certainty

TODAY = date(2026, 11, 23)
WITH_RULES = ("ST", "BY", "NW", "NI", "BW", "HE", "BB")
HARE, DHONDT, SAINTE_LAGUE = (
    SeatMethod.HARE_NIEMEYER,
    SeatMethod.DHONDT,
    SeatMethod.SAINTE_LAGUE,
)


def told(land: str, day: date = TODAY) -> dict[str, str]:
    return {one.key: one.value for one in tell_rules(rules_for(land, day))}


@pytest.mark.parametrize(
    ("land", "days"),
    [
        ("ST", [date(2014, 7, 1), date(2018, 7, 1), date(2024, 7, 1)]),
        ("BY", [date(1998, 9, 1)]),
        ("NW", [date(1994, 10, 17), date(2009, 1, 1)]),
        ("NI", [date(2011, 11, 1), date(2021, 11, 1), date(2026, 5, 7), date(2026, 11, 1)]),
        ("BW", [date(2015, 12, 1), date(2025, 9, 1)]),
        ("HE", [date(2005, 4, 1), date(2025, 4, 1), date(2026, 1, 28)]),
        ("BB", [date(2024, 6, 9)]),
    ],
)
def test_each_land_has_its_versions(land: str, days: list[date]) -> None:
    assert [rules.valid_from for rules in rules_of(land)] == days


def test_before_the_new_statute_of_2024_nothing_is_claimed_for_bb() -> None:
    with pytest.raises(NoRulesAt, match=r"Brandenburg.*08\.06\.2024"):
        rules_for("BB", date(2024, 6, 8))


@pytest.mark.parametrize(
    ("land", "day", "method", "certainty"),
    [
        ("NI", date(2021, 10, 31), HARE, Certainty.CERTAIN),
        ("NI", date(2021, 11, 1), DHONDT, Certainty.CERTAIN),
        ("NI", date(2026, 10, 31), DHONDT, Certainty.CERTAIN),
        ("NI", date(2026, 11, 1), SAINTE_LAGUE, Certainty.LIKELY),
        ("HE", date(2025, 3, 31), HARE, Certainty.LIKELY),
        ("HE", date(2025, 4, 1), DHONDT, Certainty.UNSURE),
        ("HE", date(2026, 1, 28), HARE, Certainty.CERTAIN),
        ("BW", TODAY, SAINTE_LAGUE, Certainty.CERTAIN),
        ("BB", TODAY, HARE, Certainty.CERTAIN),
        ("ST", TODAY, HARE, Certainty.LIKELY),
        ("NW", TODAY, HARE, Certainty.LIKELY),
        ("BY", TODAY, None, Certainty.CERTAIN),
    ],
)
def test_the_day_of_the_meeting_chooses_how_seats_are_shared_out(
    land: str, day: date, method: SeatMethod | None, certainty: Certainty
) -> None:
    value = rules_for(land, day).seats.method
    assert (value.value, value.certainty) == (method, certainty)


@pytest.mark.parametrize("land", WITH_RULES)
def test_a_method_in_force_is_always_among_those_allowed(land: str) -> None:
    for rules in rules_of(land):
        method = rules.seats.method.value
        assert method is None or method in rules.seats.allowed.value


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (
            "quorum.base",
            {
                "ST": "Mitglieder",
                "NI": "Mitglieder",
                "BW": "Mitglieder",
                "NW": "gesetzliche Mitgliederzahl",
                "HE": "gesetzliche Mitgliederzahl",
                "BB": "gesetzliche Mitgliederzahl",
            },
        ),
        (
            "election.mode",
            {
                "ST": "geheim; offen, wenn niemand widerspricht",
                "BY": "immer geheim",
                "NW": "offen, wenn niemand widerspricht",
                "NI": "schriftlich, auf Verlangen geheim",
                "BB": "geheim; anders nur nach einstimmigem Beschluss",
            },
        ),
        (
            "election.first_round",
            {
                "ST": "mehr als die Hälfte der anwesenden Stimmberechtigten",
                "BY": "mehr als die Hälfte der gültigen Stimmen",
                "NW": "mehr als die Hälfte der gültigen Stimmen",
                "NI": "mehr als die Hälfte der Mitglieder",
                "BW": "mehr als die Hälfte der anwesenden Stimmberechtigten",
            },
        ),
        ("election.no_votes", {"BY": "ungültig", "NW": "gültig", "NI": "ohne Bedeutung"}),
        (
            "seats.basis",
            {
                "ST": "Mitgliederzahl der Fraktionen",
                "NW": "Stimmen für die Listen",
                "BB": "Mitgliederzahl der Fraktionen",
            },
        ),
        ("seats.tie", {"BB": "Einigung, sonst Los", "BY": "dem Ortsrecht überlassen"}),
        ("majority.abstention", {"BY": "unzulässig", "NW": "zählt nicht mit"}),
        (
            "procedure.secret_vote",
            {"HE": "unzulässig", "BY": "unzulässig", "NW": "auf Antrag"},
        ),
    ],
)
def test_the_laender_differ_where_their_statutes_do(key: str, values: dict[str, str]) -> None:
    assert {land: told(land)[key] for land in values} == values


def test_what_only_a_private_collection_tells_is_never_certain() -> None:
    for land in WITH_RULES:
        for rules in rules_of(land):
            for one in tell_rules(rules):
                if "mandari" in one.source:
                    assert one.certainty is not Certainty.CERTAIN, (land, one.key)
