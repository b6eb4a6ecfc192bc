"""A meeting's usual name stands in the right case."""

import pytest

from sitzungsdienst.office.naming import usual_name


@pytest.mark.parametrize(
    ("committee", "name"),
    [
        ("Kultur- und Sozialausschuss", "ordentliche Sitzung des Kultur- und Sozialausschusses"),
        (
            "Ausschuss für Schule und Sport",
            "ordentliche Sitzung des Ausschusses für Schule und Sport",
        ),
        ("Kreistag", "ordentliche Sitzung des Kreistages"),
        ("Integrationsbeirat", "ordentliche Sitzung des Integrationsbeirates"),
        ("Gemeindevertretung", "ordentliche Sitzung der Gemeindevertretung"),
        ("Ständiger Ausschuss", "ordentliche Sitzung des Ständigen Ausschusses"),
        ("Magdeburger Stadtrat", "ordentliche Sitzung des Magdeburger Stadtrates"),
        ("Runder Tisch", "ordentliche Sitzung: Runder Tisch"),
    ],
)
def test_the_committee_stands_in_the_genitive(committee: str, name: str) -> None:
    assert usual_name([committee]) == name


def test_committees_that_meet_together_are_joined() -> None:
    told = usual_name(["Kreistag", "Bauausschuss", "Beirat"])
    assert told == "gemeinsame Sitzung des Kreistages, des Bauausschusses und des Beirates"


def test_no_committee_gives_no_name() -> None:
    assert usual_name([]) == ""
