"""The page of a meeting: head, agenda, states, downloads."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.public.agenda import agenda
from sitzungsdienst.publication.types import PublicAgendaItem
from tests.public.reading import addresses, fields, text
from tests.support import public_data as county_data

PAGE = f"/sitzungen/{county_data.MEETING.uid}"


def test_the_head_tells_what_when_and_where(client: FlaskClient) -> None:
    assert fields(client.get(PAGE).text) == {
        "Bezeichnung": "ordentliche Sitzung des Kultur- und Sozialausschusses",
        "Gremium": "Kultur- und Sozialausschuss",
        "Datum": "Mi, 19.04.2017",
        "Status": "öffentlich/nichtöffentlich",
        "Zeit": "17:00 - 18:55",
        "Raum": "- Sitzungsraum II -",
        "Ort": "Landkreis Börde, Verwaltungsgebäude, Gerikestraße 104, 39340 Haldensleben",
        "Stand": "durchgeführt",
        "Niederschrift": "genehmigt",
    }


def test_the_agenda_keeps_the_offices_order(client: FlaskClient) -> None:
    numbers = re.findall(r'sd-agenda__number">([^<]*)<', client.get(PAGE).text)
    assert numbers == [
        *("Ö 1", "Ö 2", "Ö 3", "Ö 4", "Ö 5", "Ö 5.1", "Ö 5.2"),
        *("Ö 6", "Ö 7", "Ö 8", "Ö 9", "Ö 10", "N 1", "N 2"),
    ]


def test_sub_items_stand_under_their_item(client: FlaskClient) -> None:
    items = {item.number: item for item in county_data.AGENDA}
    public, nonpublic = agenda(list(items.values()), {})
    assert public.title == "Öffentlicher Teil"
    assert [line.number for line in public.items][-2:] == ["Ö 9", "Ö 10"]
    assert [line.number for line in public.items[4].under] == ["Ö 5.1", "Ö 5.2"]
    assert nonpublic.title == "Nichtöffentlicher Teil"
    page = client.get(PAGE).text
    under = page[page.index(f"top-{items['Ö 5'].uid}") : page.index(f"top-{items['Ö 6'].uid}")]
    assert under.count('<ol class="sd-agenda">') == 1
    assert f"top-{items['Ö 5.2'].uid}" in under


def test_a_sub_item_without_its_item_stands_alone() -> None:
    deep = PublicAgendaItem(uid="a", number="Ö 5.1", name="Eins", public=True, level=1)
    next_one = PublicAgendaItem(uid="b", number="Ö 6", name="Zwei", public=True, level=0)
    (part,) = agenda((deep, next_one), {})
    assert [line.number for line in part.items] == ["Ö 5.1", "Ö 6"]


def test_an_empty_agenda_has_no_parts() -> None:
    assert agenda((), {}) == ()


def test_items_lead_to_paper_and_excerpt(client: FlaskClient) -> None:
    found = addresses(client.get(PAGE).text)
    assert f"/vorlagen/{county_data.PAPER.uid}" in found
    assert [one for one in found if one.startswith("/auszuege/")] == [
        f"/auszuege/{county_data.EXCERPT.uid}",
        f"/auszuege/{county_data.COUNTED.uid}",
    ]
    assert "ungeändert beschlossen (einstimmig)" in client.get(PAGE).text


def test_non_public_items_show_number_and_neutral_title_only(
    client: FlaskClient, county: Engine
) -> None:
    leak = replace(
        county_data.PLAIN["N 1"],
        consultation=county_data.STEP.uid,
        result="Geheim",
        decision="Geheim",
        resolution_text="Geheim",
        deliberation="Geheim",
        standing="genehmigt",
    )
    shown = replace(county_data.PLAIN["Ö 5.1"], consultation="")
    county_data.file(county, leak, shown)
    page = client.get(PAGE).text
    part = page[page.index("Nichtöffentlicher Teil") :]
    assert "N 1 Vertragsangelegenheit" in text(part)
    assert "N 2 Nichtöffentlicher Tagesordnungspunkt" in text(part)
    assert "Geheim" not in page
    assert "/vorlagen/6" not in part
    assert county_data.PAPER.uid not in page


def test_announcement_and_minutes_can_be_downloaded(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    found = addresses(page)
    announcement = found.index(f"/dateien/{county_data.ANNOUNCEMENT.document.uid}")
    minutes = found.index(f"/dateien/{county_data.MINUTES.document.uid}")
    assert announcement < minutes
    assert "Niederschrift (öffentlicher Teil) (PDF, 1 kB)" in text(page)
    assert county_data.EXCERPT_FILE.document.uid not in page
    assert f"{PAGE}.ics" in found


@pytest.mark.parametrize(
    ("uid", "words"),
    [
        (county_data.PLANNED.uid, "Die Tagesordnung wird mit der Einladung veröffentlicht."),
        (county_data.COMING.uid, "Zu dieser Sitzung ist eingeladen."),
        (county_data.CANCELLED.uid, "Diese Sitzung ist abgesagt."),
    ],
)
def test_each_state_is_told_in_words(client: FlaskClient, uid: str, words: str) -> None:
    assert words in text(client.get(f"/sitzungen/{uid}").text)


def test_a_meeting_that_is_not_over_has_no_end(client: FlaskClient) -> None:
    assert fields(client.get(f"/sitzungen/{county_data.COMING.uid}").text)["Zeit"] == "17:00 Uhr"


def test_a_cancelled_meeting_has_no_other_state(client: FlaskClient) -> None:
    page = client.get(f"/sitzungen/{county_data.CANCELLED.uid}").text
    assert fields(page)["Stand"] == "abgesagt"
    assert "Zu dieser Sitzung ist eingeladen." not in page


def test_a_meeting_without_a_date_has_a_page(client: FlaskClient, county: Engine) -> None:
    county_data.file(county, replace(county_data.PLANNED, start=None))
    page = client.get(f"/sitzungen/{county_data.PLANNED.uid}").text
    assert "Datum" not in fields(page)
    assert ".ics" not in page
