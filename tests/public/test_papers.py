"""Papers: their list and the page of one."""

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.public.reading import addresses, fields, text
from tests.support import public_data as county_data

PAGE = f"/vorlagen/{county_data.PAPER.uid}"


def test_the_page_tells_the_papers_facts(client: FlaskClient) -> None:
    assert fields(client.get(PAGE).text) == {
        "Vorlage": "2017/FB3/0433",
        "Betreff": "Beauftragung zur Erarbeitung eines Integrationskonzeptes",
        "Datum": "Mo, 27.03.2017",
        "Vorlage-Status": "öffentlich",
        "Vorlage-Art": "Beschlussvorlage",
        "Einreicher": "Kratzsch, Integrationskoordinatorin Herzig, Fachbereichskoordinatorin",
        "Federführend": "Fachbereich 3",
        "Bearbeiter/-in": "Brummunt, Erdmute",
        "Beschlussvorschlag": county_data.PAPER.proposed_resolution,
        "Begründung": " ".join(county_data.PAPER.reasons.split()),
    }


def test_the_path_leads_through_the_committees(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    path = text(page[page.index('id="beratungsfolge"') :])
    first = "Kultur- und Sozialausschuss Vorberatung Mi, 19.04.2017 Ö 5.1 ungeändert beschlossen"
    assert first in path
    assert "Kreistag Entscheidung Mi, 24.05.2017 Ö 1 noch offen" in path
    found = addresses(page)
    assert f"/sitzungen/{county_data.MEETING.uid}" in found
    assert f"/sitzungen/{county_data.COMING.uid}" in found
    assert f"/auszuege/{county_data.EXCERPT.uid}" in found
    assert f"/auszuege/{county_data.COUNCIL_ITEM.uid}" not in found


def test_a_past_date_alone_decides_nothing(client: FlaskClient, county: Engine) -> None:
    county_data.file(county, replace(county_data.STEP, result=""))
    page = client.get(PAGE).text
    assert "ungeändert beschlossen" not in page
    assert text(page).count("noch offen") == 2


def test_a_step_of_a_cancelled_meeting_says_so(client: FlaskClient, county: Engine) -> None:
    county_data.file(county, replace(county_data.COMING, cancelled=True))
    assert "Sitzung abgesagt" in client.get(PAGE).text


def test_a_step_without_a_meeting_is_open(client: FlaskClient, county: Engine) -> None:
    step = replace(county_data.COUNCIL_STEP, meeting="", agenda_item="")
    county_data.file(county, step)
    assert "Kreistag Entscheidung noch offen" in text(client.get(PAGE).text)


def test_attachments_can_be_downloaded(client: FlaskClient) -> None:
    assert f"/dateien/{county_data.ATTACHMENT.document.uid}" in addresses(client.get(PAGE).text)


def test_a_paper_without_a_path_says_so(client: FlaskClient) -> None:
    page = client.get(f"/vorlagen/{county_data.OTHER_PAPER.uid}").text
    assert "noch keine Beratung festgelegt" in page


def test_the_list_begins_with_the_newest(client: FlaskClient) -> None:
    page = text(client.get("/vorlagen").text)
    assert "2 Vorlagen" in page
    assert page.index("2017/FB3/0433") < page.index("2016/FB3/0398")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"jahr": "2016"}, {"2016/FB3/0398"}),
        ({"art": "Beschlussvorlage"}, {"2017/FB3/0433"}),
        ({"suche": "foerderung"}, set()),
        ({"suche": "FÖRDERUNG musik"}, {"2016/FB3/0398"}),
        ({"suche": "0433"}, {"2017/FB3/0433"}),
        ({"suche": "beauftragung musik"}, set()),
        ({"jahr": "2016", "art": "Beschlussvorlage"}, set()),
        ({"seite": "99"}, {"2017/FB3/0433", "2016/FB3/0398"}),
        ({"seite": "-1"}, {"2017/FB3/0433", "2016/FB3/0398"}),
        ({"seite": "abc"}, {"2017/FB3/0433", "2016/FB3/0398"}),
    ],
)
def test_the_list_can_be_narrowed(
    client: FlaskClient, query: dict[str, str], found: set[str]
) -> None:
    page = client.get("/vorlagen", query_string=query).text
    assert {one for one in ("2017/FB3/0433", "2016/FB3/0398") if one in page} == found


def test_what_was_searched_for_is_kept_and_escaped(client: FlaskClient) -> None:
    page = client.get("/vorlagen", query_string={"suche": '"><script>x</script>'}).text
    assert "<script>" not in page
    assert 'value="&#34;&gt;&lt;script&gt;x&lt;/script&gt;"' in page


def test_a_long_list_comes_in_pages(client: FlaskClient, county: Engine) -> None:
    county_data.file(
        county,
        *(
            replace(
                county_data.OTHER_PAPER,
                uid=county_data.uid(f"paper {number}"),
                reference=f"2015/{number:04}",
                dated=date(2015, 1, 1),
            )
            for number in range(120)
        ),
    )
    first = client.get("/vorlagen?jahr=2015").text
    assert "120 Vorlagen zu Ihrer Auswahl" in text(first)
    assert "Seite 1 von 3" in text(first)
    assert "/vorlagen?jahr=2015&seite=2" in addresses(first)
    last = client.get("/vorlagen?jahr=2015&seite=3").text
    assert last.count("2015/") == 20
    assert "/vorlagen?jahr=2015&seite=2" in addresses(last)
