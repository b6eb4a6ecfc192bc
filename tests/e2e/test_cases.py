"""Every real case, entered through the pages and read in public, in the PDF and in the calendar."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.e2e.cases import (
    AHAUS_TITLE,
    COMPOSITION,
    JOINT_NAME,
    KEMPTEN_REPORT,
    STEERING_GROUP,
    WEIGHED,
    Case,
    tell_ahaus,
    tell_joint_meeting,
    tell_kaufbeuren,
    tell_kempten,
    tell_koeln,
    tell_westliche_boerde,
)
from tests.e2e.conftest import SignIn, Site
from tests.e2e.desk import Desk
from tests.support import cast as people
from tests.support.ical_check import read_with_icalendar, read_with_second_parser
from tests.support.pdf import words_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BODIES = {
    "Stadt Ahaus": ("Nordrhein-Westfalen", tell_ahaus),
    "Stadt Kaufbeuren": ("Bayern", tell_kaufbeuren),
    "Stadt Kempten (Allgäu)": ("Bayern", tell_kempten),
    "Stadt Köln": ("Nordrhein-Westfalen", tell_koeln),
    "Verbandsgemeinde Westliche Börde": ("Sachsen-Anhalt", tell_westliche_boerde),
    "Landkreis Börde": ("Sachsen-Anhalt", tell_joint_meeting),
}
Tell = Callable[[str], Desk]


@pytest.fixture(scope="module")
def told(sign_in: SignIn) -> Tell:
    """Enter the case of a Body once, then open a window for its readers."""
    administrator = sign_in(people.ADMINISTRATOR)
    done: dict[str, Desk] = {}

    def tell(body: str) -> Desk:
        if body not in done:
            land, story = BODIES[body]
            administrator.open("/koerperschaften/neu").fill(name=body).choose("land", land)
            administrator.press("Körperschaft anlegen")
            email = f"amt{list(BODIES).index(body)}@rathaus.example"
            administrator.open("/benutzer/neu").fill(
                name="Sitzungsdienst", email=email, password=people.PASSWORD
            ).pick("role", "clerk").choose("body_id", body).press("Benutzer anlegen")
            story(Case(sign_in(email)))
            done[body] = sign_in.window()
        return done[body]

    return tell


def fetch(site: Site, path: str) -> bytes:
    with urlopen(f"{site.url}{path}") as response:  # noqa: S310 - our own server on loopback
        content: bytes = response.read()
    return content


def meeting(reader: Desk, site: Site, month: str, name: str) -> Desk:
    return reader.open(f"{site.url}/?monat={month}").press(name)


def excerpt(reader: Desk, site: Site, number: str) -> Desk:
    row = reader.page.locator("main li", has_text=number).last
    href = row.get_by_role("link", name="Auszug").get_attribute("href")
    return reader.open(f"{site.url}{href}")


def printed(reader: Desk, site: Site, label: str, folder: Path, mode: str = "-layout") -> str:
    link = reader.page.get_by_role("link", name=label, exact=True).first
    return words_of(fetch(site, str(link.get_attribute("href"))), folder, mode)


def test_ahaus_shows_a_public_motion_that_nobody_has_decided(told: Tell, site: Site) -> None:
    reader = told("Stadt Ahaus").open(f"{site.url}/vorlagen").press(AHAUS_TITLE)
    reader.reads("Antrag 1/2020", "Gisa Müller-Butzkamm", "Rat der Stadt Ahaus", "noch offen")
    words = reader.words()
    assert not [one for one in ("beschlossen", "angenommen", "abgelehnt") if one in words]


def test_kaufbeurens_board_has_26_seats_25_votes_and_a_quorum_of_13(
    told: Tell, site: Site, tmp_path: Path
) -> None:
    reader = told("Stadt Kaufbeuren").open(f"{site.url}/gremien").press("Integrationsbeirat")
    reader.reads("Ausländerbeirat", *(label for label, *_ in COMPOSITION))
    meeting(reader, site, "2014-09", "konstituierende Sitzung")
    minutes = printed(reader, site, "Niederschrift (öffentlicher Teil)", tmp_path)
    assert "25 von 25 stimmberechtigten Mitgliedern" in minutes
    assert "nötig sind 13" in minutes


def test_kempten_shows_the_resolution_its_report_and_a_group_of_offices(
    told: Tell, site: Site
) -> None:
    reader = meeting(told("Stadt Kempten (Allgäu)"), site, "2019-02", "Sitzung des Ausschusses")
    excerpt(reader, site, "Ö 1").reads(
        "1/2019", "in Arbeit", "Amt für Integration", "27.06.2019", KEMPTEN_REPORT
    )
    group = "Steuerungsgruppe Integrationskonzept"
    reader.open(f"{site.url}/gremien").press(group).reads(*STEERING_GROUP)


def test_cologne_tells_its_vote_by_groups_in_page_and_pdf(
    told: Tell, site: Site, tmp_path: Path
) -> None:
    reader = meeting(told("Stadt Köln"), site, "2014-10", "Sitzung des Ausschusses")
    sentence = (
        "mehrheitlich gegen die CDU-Fraktion bei Enthaltung der FDP-Fraktion und Herrn Schöppe"
    )
    excerpt(reader, site, "Ö 1").reads(sentence)
    assert not reader.page.locator("table.sd-counts").count()
    assert sentence in printed(reader, site, "Auszug Ö 1", tmp_path)


def test_each_objection_of_the_plan_has_its_counts_in_page_and_pdf(
    told: Tell, site: Site, tmp_path: Path
) -> None:
    body = "Verbandsgemeinde Westliche Börde"
    reader = meeting(told(body), site, "2015-03", "Sitzung")
    excerpt(reader, site, "Ö 1")
    rows = [" ".join(row.split()) for row in reader.page.locator("main tbody tr").all_inner_texts()]
    outcomes = ["abgelehnt" if yes == "3" else "angenommen" for _, yes, _ in WEIGHED]
    counts = [f"{subject} {yes} {no} 1" for subject, yes, no in WEIGHED]
    assert rows == [" ".join(row) for row in zip(counts, outcomes, strict=True)]
    told_rows = " ".join(" mehrheitlich ".join(row) for row in zip(counts, outcomes, strict=True))
    assert told_rows in printed(reader, site, "Auszug Ö 1", tmp_path, "-raw")


def test_the_joint_meeting_parts_after_the_third_item(told: Tell, site: Site) -> None:
    reader = meeting(told("Landkreis Börde"), site, "2008-06", JOINT_NAME)
    reader.reads(
        "Umwelt- und Wirtschaftsausschuss bis Ö 3",
        "Kultur- und Sozialausschuss bis Ö 3",
        "13:00 - 15:15",
        "- Sitzungsräume I + II -",
        "Mi, 25.06.2008",
    )
    assert reader.page.locator("main li", has_text="Ö 6").count() == 1
    href = str(reader.page.get_by_role("link", name="Termin übernehmen").get_attribute("href"))
    for read in (read_with_icalendar, read_with_second_parser):
        (event,) = read(fetch(site, href))
        assert event["start"].date() == date(2008, 6, 25)
