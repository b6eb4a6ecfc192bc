"""`sitzungsdienst law show`: the rules of a Body on a day, to read and for programs."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.bodies import BodyData, add_body
from sitzungsdienst.acts.local_rules import LocalRuleFacts, add_local_rule
from sitzungsdienst.cli import main
from sitzungsdienst.record.local_rules import LocalLayer, LocalRule
from tests.support.builders import record_engine

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
FORTNIGHT = LocalRuleFacts(
    layer=LocalLayer.RULES_OF_PROCEDURE,
    value="14",
    norm="§ 3 Abs. 1",
    source="Amtsblatt 7/2024",
    as_of=date(2024, 9, 1),
    valid_from=date(2024, 7, 1),
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A county in Saxony-Anhalt with a rule of its own, a town in Bavaria, one in Saxony."""
    url = f"sqlite:///{tmp_path / 'amt.sqlite'}"
    with record_engine(url) as engine, Session(engine) as session:
        system = Actor.system(None)
        county = BodyData(name="Landkreis Börde", short_name="Börde", land="ST", ags="15083000")
        body = add_body(session, system, county, NOW)
        add_local_rule(session, Actor.system(body), "notice.days", FORTNIGHT, NOW)
        add_body(session, system, BodyData(name="Stadt Kaufbeuren", land="BY"), NOW)
        add_body(session, system, BodyData(name="Stadt Wurzen", land="SN"), NOW)
    return url


def show(url: str, body: str, *more: str) -> Result:
    given = ["law", "show", "--database", url, "--body", body, *more]
    return CliRunner().invoke(main, given)


def test_the_rules_are_told_with_norm_source_and_certainty(url: str) -> None:
    done = show(url, "Landkreis Börde", "--date", "2026-11-23")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "Geltendes Recht am 23.11.2026: Landkreis Börde (Sachsen-Anhalt)"
    at = lines.index("  Ladungsfrist: 14 Tage")
    assert lines[at + 2 : at + 5] == [
        "    Geschäftsordnung § 3 Abs. 1 – gesichert",
        "    Quelle: Amtsblatt 7/2024 (Stand 01.09.2024)",
        "    Darunter Landesrecht, § 53 KVG LSA: 7 Tage",
    ]
    assert "Niederschrift" in lines


@pytest.mark.parametrize("name", ["landkreis börde", "BÖRDE", "15083000", "1", " Börde "])
def test_a_body_is_found_by_name_short_name_key_or_number(url: str, name: str) -> None:
    done = show(url, name, "--date", "23.11.2026")
    assert done.exit_code == 0, done.output
    assert "Landkreis Börde" in done.output


def test_the_day_chooses_the_rules(url: str) -> None:
    assert "Ladungsfrist: 7 Tage" in show(url, "1", "--date", "2024-06-30").output
    assert "Ladungsfrist: 14 Tage" in show(url, "1", "--date", "2024-07-01").output


def test_without_a_day_it_is_today(url: str) -> None:
    done = show(url, "1")
    assert done.exit_code == 0
    assert "Ladungsfrist: 14 Tage" in done.output


def test_programs_get_the_same_as_json(url: str) -> None:
    done = show(url, "1", "--date", "2026-11-23", "--format", "json")
    data = json.loads(done.output)
    assert data["body"] == {
        "id": 1, "name": "Landkreis Börde", "ags": "15083000", "land": "ST",
    }  # fmt: skip
    assert data["date"] == "2026-11-23"
    rules = {one["key"]: one for one in data["rules"]}
    notice = rules["notice.days"]
    assert (notice["value"], notice["layer"], notice["certainty"]) == (
        "14 Tage", "rules_of_procedure", "certain",
    )  # fmt: skip
    assert [(one["layer"], one["value"]) for one in notice["over"]] == [("land", "7 Tage")]
    assert all(one["norm"] and one["wording"] and one["as_of"] for one in data["rules"])
    assert (data["refused"], data["notes"]) == ([], [])


def test_a_rule_that_does_not_hold_is_told_with_its_reason(url: str) -> None:
    with record_engine(url, tables=False) as engine, Session(engine) as session:
        session.connection(execution_options={"writes": True})
        session.execute(update(LocalRule).values(value="3"))
        session.commit()
    text = show(url, "1", "--date", "2026-11-23").output
    assert "Örtliche Regeln, die nicht gelten" in text
    assert "Ladungsfrist: 7 Tage" in text
    data = json.loads(show(url, "1", "--date", "2026-11-23", "--format", "json").output)
    (refused,) = data["refused"]
    assert (refused["key"], refused["value"]) == ("notice.days", 3)
    assert "kürzer" in refused["reason"]


@pytest.mark.parametrize("name", ["Landkreis Harz", "", "99"])
def test_an_unknown_body_is_told_with_those_there_are(url: str, name: str) -> None:
    done = show(url, name)
    assert done.exit_code == 1
    assert f"Die Körperschaft »{name}« gibt es hier nicht. Eingetragen sind:" in done.output
    assert "1  Landkreis Börde (15083000)" in done.output
    assert "2  Stadt Kaufbeuren" in done.output


def test_an_office_without_bodies_is_told_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'leer.sqlite'}"
    with record_engine(url):
        done = show(url, "Börde")
    assert done.exit_code == 1
    assert "Es ist noch keine eingetragen." in done.output


@pytest.mark.parametrize("day", ["gestern", "2026-13-01", "31.02.2026", ""])
def test_a_day_that_is_none_is_told(url: str, day: str) -> None:
    done = show(url, "1", "--date", day)
    assert done.exit_code == 1
    assert f"»{day}« ist kein Tag." in done.output


def test_a_land_without_kept_law_is_told(url: str) -> None:
    done = show(url, "Stadt Wurzen", "--date", "2026-11-23")
    assert done.exit_code == 1
    assert "Für Sachsen sind keine Regeln hinterlegt" in done.output


def test_without_a_body_the_command_says_what_is_missing(url: str) -> None:
    done = CliRunner().invoke(main, ["law", "show", "--database", url])
    assert done.exit_code == 2
    assert "--body" in done.output
    assert "fehlt" in done.output
