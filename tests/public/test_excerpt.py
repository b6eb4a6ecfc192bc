"""The page Auszug, field by field, and what it never shows."""

from dataclasses import replace
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.publication.results import PublicBallot, PublicVote
from sitzungsdienst.publication.types import PublicAgendaItem
from tests.public.reading import addresses, fields, text
from tests.support import public_data as county_data

PAGE = f"/auszuege/{county_data.EXCERPT.uid}"
COUNTED = f"/auszuege/{county_data.COUNTED.uid}"


def test_the_excerpt_has_the_fields_of_the_countys_page(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    assert fields(page) == {
        "Sitzung": "ordentliche Sitzung des Kultur- und Sozialausschusses",
        "TOP": "Ö 5.1",
        "Gremium": "Kultur- und Sozialausschuss",
        "Datum": "Mi, 19.04.2017",
        "Status": "öffentlich/nichtöffentlich",
        "Zeit": "17:00 - 18:55",
        "Raum": "- Sitzungsraum II -",
        "Ort": "Landkreis Börde, Verwaltungsgebäude, Gerikestraße 104, 39340 Haldensleben",
        "Vorlage": "2017/FB3/0433 Beauftragung zur Erarbeitung eines Integrationskonzeptes",
        "Vorlage-Status": "öffentlich",
        "Vorlage-Art": "Beschlussvorlage",
        "Einreicher": "Kratzsch, Integrationskoordinatorin Herzig, Fachbereichskoordinatorin",
        "Federführend": "Fachbereich 3",
        "Bearbeiter/-in": "Brummunt, Erdmute",
        "Beratung": " ".join(county_data.DELIBERATION.split()),
        "Beschluss": county_data.PAPER.proposed_resolution,
        "Beschlussart": "ungeändert beschlossen",
        "Abstimmungsergebnis": "einstimmig",
        "Stand": "genehmigt",
    }
    assert f"<title>Auszug - {county_data.TITLE} – " in page
    assert f">Auszug - {county_data.TITLE}</h1>" in page


def test_the_excerpt_leads_to_meeting_committee_paper_and_pdf(client: FlaskClient) -> None:
    found = addresses(client.get(PAGE).text)
    assert f"/sitzungen/{county_data.MEETING.uid}" in found
    assert f"/gremien/{county_data.COMMITTEE.uid}" in found
    assert f"/vorlagen/{county_data.PAPER.uid}" in found
    file = f"/dateien/{county_data.EXCERPT_FILE.document.uid}"
    assert file in found
    keep = next(one for one in found if one.startswith(f"{file}/herunterladen/"))
    assert client.get(keep).data == county_data.EXCERPT_FILE.content


def test_a_result_told_without_counts_gets_no_numbers(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    assert "sd-counts" not in page
    assert not {"Ja", "Nein", "Enthaltung", "Anwesend"} & set(fields(page))


def test_counts_stand_in_a_table(client: FlaskClient) -> None:
    found = fields(client.get(COUNTED).text)
    assert found["Abstimmungsergebnis"] == "mehrheitlich angenommen"
    counts = {name: found.get(name) for name in ("Ja", "Nein", "Enthaltung", "Anwesend")}
    assert counts == {"Ja": "14", "Nein": "3", "Enthaltung": "2", "Anwesend": "19"}
    assert "Ungültig" not in found
    assert "Mitwirkungsverbot" not in found


def test_a_zero_among_the_counts_is_shown(client: FlaskClient, county: Engine) -> None:
    ballot = replace(county_data.COUNTED.ballots[0], no=0, invalid=1, recused=2)
    county_data.file(county, replace(county_data.COUNTED, ballots=(ballot,)))
    found = fields(client.get(COUNTED).text)
    assert found["Nein"] == "0"
    assert found["Ungültig"] == "1"
    assert found["Mitwirkungsverbot"] == "2"


def test_a_roll_call_names_the_votes(client: FlaskClient, county: Engine) -> None:
    votes = (PublicVote(name="Bernd Zabel", choice="Ja"),)
    ballot = PublicBallot(kind="namentlich", outcome="angenommen", votes=votes)
    county_data.file(county, replace(county_data.COUNTED, ballots=(ballot,)))
    page = text(client.get(COUNTED).text)
    assert "angenommen (namentliche Abstimmung)" in page
    assert "Bernd Zabel: Ja" in page


def test_a_provisional_excerpt_says_so(client: FlaskClient) -> None:
    assert "Vorläufiger Auszug" in client.get(COUNTED).text
    assert "Vorläufiger Auszug" not in client.get(PAGE).text


def test_an_item_without_a_released_excerpt_has_no_page(client: FlaskClient) -> None:
    assert client.get(f"/auszuege/{county_data.PLAIN['Ö 1'].uid}").status_code == 404


def test_a_non_public_item_never_has_an_excerpt(client: FlaskClient, county: Engine) -> None:
    wrong = replace(
        county_data.PLAIN["N 1"], standing="genehmigt", deliberation="Geheim", result="einstimmig"
    )
    county_data.file(county, wrong)
    answer = client.get(f"/auszuege/{wrong.uid}")
    assert answer.status_code == 404
    assert "Geheim" not in answer.text


def test_a_withdrawn_paper_is_not_shown_beside_the_excerpt(
    client: FlaskClient, county: Engine
) -> None:
    county_data.withdraw(county, county_data.PAPER.uid)
    page = client.get(PAGE).text
    assert "2017/FB3/0433" not in page
    assert fields(page)["Abstimmungsergebnis"] == "einstimmig"


def test_a_correction_tells_version_day_and_reason(client: FlaskClient, county: Engine) -> None:
    corrected = replace(county_data.EXCERPT, deliberation="Berichtigt.")
    county_data.file(
        county, corrected, at=county_data.NOW - timedelta(days=1), reason="Name war falsch"
    )
    page = text(client.get(PAGE).text)
    assert "Fassung 3 vom 09.05.2017: Name war falsch" in page
    assert "Fassung 2 vom 02.05.2017: Auszüge freigegeben" in page
    assert page.index("Fassung 3 vom") < page.index("Fassung 2 vom")


def test_an_excerpt_taken_back_says_so_while_its_item_stays_on_the_agenda(
    client: FlaskClient, county: Engine
) -> None:
    bare = PublicAgendaItem(
        uid=county_data.EXCERPT.uid,
        body=county_data.EXCERPT.body,
        meeting=county_data.EXCERPT.meeting,
        order=county_data.EXCERPT.order,
        number=county_data.EXCERPT.number,
        name=county_data.EXCERPT.name,
        public=True,
    )
    county_data.withdraw(county, bare.uid)
    county_data.file(county, bare)
    answer = client.get(PAGE)
    assert answer.status_code == 410
    assert "Grund: Versehen." in answer.text
    assert client.get(f"/sitzungen/{bare.meeting}").status_code == 200
