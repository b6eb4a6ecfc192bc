"""The main job, through the pages alone: from the agenda to the public excerpt.

The meeting of the Kultur- und Sozialausschuss of Landkreis Börde on 19 April 2017. An administrator
makes the accounts, a clerk does the office's work, a member subscribes, a citizen reads.
"""

import re
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.e2e.boerde import (
    DELIBERATION,
    ITEM_TITLE,
    MEETING,
    NEUTRAL,
    PUBLIC_ITEMS,
    RESOLUTION,
    SECRETS,
    TITLE,
    Story,
)
from tests.e2e.conftest import SignIn, Site
from tests.e2e.desk import Desk
from tests.support import cast as people
from tests.support.ical_check import (
    assert_strict,
    read_with_icalendar,
    read_with_second_parser,
)
from tests.support.pdf import words_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def story(site: Site, sign_in: SignIn, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Everything done once, from the first account to the release."""
    administrator = sign_in(people.ADMINISTRATOR)
    administrator.open("/koerperschaften/neu").fill(
        name="Landkreis Börde", classification="Landkreis", seat="Haldensleben"
    ).choose("land", "Sachsen-Anhalt").press("Körperschaft anlegen")
    administrator.open("/benutzer/neu").fill(
        name="Sabine Krüger", email=people.CLERK, password=people.PASSWORD
    ).pick("role", "clerk").choose("body_id", "Landkreis Börde").press("Benutzer anlegen")
    story = Story(sign_in(people.CLERK))
    story.tell(tmp_path_factory.mktemp("anlagen"))
    administrator.open("/benutzer/neu").fill(
        name="Mewes", email=people.MEMBER, password=people.PASSWORD
    ).pick("role", "member").choose("body_id", "Landkreis Börde").choose("person_id", "Mewes")
    administrator.press("Benutzer anlegen")
    del site
    return story


@pytest.fixture
def citizen(sign_in: SignIn, story: Story) -> Desk:
    """Somebody who is not signed in, on the public start page."""
    del story
    return sign_in.window()


def public(site: Site, path: str) -> bytes:
    """What a program fetches from the public web."""
    with urlopen(f"{site.url}{path}") as response:  # noqa: S310 - our own server on loopback
        content: bytes = response.read()
    return content


def meeting_page(citizen: Desk, site: Site) -> Desk:
    """The public page of the meeting, found as a citizen would."""
    citizen.open(f"{site.url}/?monat=2017-04")
    return citizen.press(MEETING)


def excerpt_page(citizen: Desk, site: Site) -> Desk:
    """The public page of the excerpt of Ö 5.1."""
    meeting_page(citizen, site)
    row = citizen.page.locator("main li, main tr").filter(has_text="Ö 5.1").last
    href = row.get_by_role("link", name="Auszug").get_attribute("href")
    return citizen.open(f"{site.url}{href}")


def told(desk: Desk, name: str) -> str:
    """A field of the excerpt page, by its mark."""
    return " ".join(desk.page.locator(f'[data-feld="{name}"]').inner_text().split())


def test_the_excerpt_page_shows_every_field_as_the_county_prints_it(
    citizen: Desk, site: Site
) -> None:
    page = excerpt_page(citizen, site)
    assert page.page.locator("h1").inner_text() == f"Auszug - {ITEM_TITLE}"
    expected = {
        "Sitzung": MEETING,
        "TOP": "Ö 5.1",
        "Gremium": "Kultur- und Sozialausschuss",
        "Datum": "Mi, 19.04.2017",
        "Status": "öffentlich/nichtöffentlich",
        "Zeit": "17:00 - 18:55",
        "Raum": "- Sitzungsraum II -",
        "Ort": "Landkreis Börde, Verwaltungsgebäude, Gerikestraße 104, 39340 Haldensleben",
        "Vorlage": f"2017/FB3/0433 {TITLE}",
        "Vorlage-Status": "öffentlich",
        "Vorlage-Art": "Beschlussvorlage",
        "Einreicher": "Kratzsch, Integrationskoordinatorin Herzig, Fachbereichskoordinatorin",
        "Federführend": "Fachbereich 3",
        "Bearbeiter/-in": "Brummunt, Erdmute",
        "Beratung": " ".join(DELIBERATION),
        "Beschluss": RESOLUTION,
    }
    assert {name: told(page, name) for name in expected} == expected
    assert told(page, "Abstimmungsergebnis").startswith("einstimmig")
    assert "genehmigt" in told(page, "Stand")
    # Nobody counted, so no numbers are shown.
    assert page.page.locator('[data-feld="Ja"]').count() == 0


def test_the_other_item_shows_its_counts(citizen: Desk, site: Site) -> None:
    meeting_page(citizen, site)
    row = citizen.page.locator("main li, main tr").filter(has_text="Ö 5.2").last
    href = row.get_by_role("link", name="Auszug").get_attribute("href")
    citizen.open(f"{site.url}{href}")
    counts = {name: told(citizen, name) for name in ("Ja", "Nein", "Enthaltung", "Anwesend")}
    assert counts == {"Ja": "14", "Nein": "3", "Enthaltung": "2", "Anwesend": "19"}


def test_the_meeting_page_lists_the_agenda_in_order_and_keeps_the_secrets(
    citizen: Desk, site: Site
) -> None:
    words = meeting_page(citizen, site).words()
    numbers = re.findall(r"\b(Ö \d+(?:\.\d+)?|N \d+)\b", words)
    assert list(dict.fromkeys(numbers)) == [
        *(f"Ö {n}" for n in range(1, 6)),
        "Ö 5.1",
        "Ö 5.2",
        *(f"Ö {n}" for n in range(6, 11)),
        "N 1",
    ]
    assert all(title in words for title in (*PUBLIC_ITEMS, NEUTRAL))
    assert not any(secret in words for secret in SECRETS)


def test_the_paper_page_shows_its_path_and_only_the_public_attachment(
    citizen: Desk, site: Site, tmp_path: Path
) -> None:
    excerpt_page(citizen, site).press("2017/FB3/0433")
    citizen.reads("Vorberatung", "Entscheidung", "Kreistag", "Ö 5.1", "ungeändert beschlossen")
    citizen.reads("Präsentation")
    assert "Kostenschätzung" not in citizen.words()
    href = citizen.page.get_by_role("link", name="Präsentation").first.get_attribute("href")
    assert "Inhalt der Anlage Präsentation" in words_of(public(site, str(href)), tmp_path)


def test_the_committee_page_names_its_members(citizen: Desk, site: Site) -> None:
    excerpt_page(citizen, site).press("Kultur- und Sozialausschuss")
    citizen.reads("Mewes", "Vorsitz", "Mitglied 19")


def test_the_excerpt_and_the_public_minutes_come_as_pdf(
    citizen: Desk, site: Site, tmp_path: Path
) -> None:
    excerpt_page(citizen, site)
    href = citizen.page.get_by_role("link", name="Auszug Ö 5.1").first.get_attribute("href")
    words = words_of(public(site, str(href)), tmp_path)
    for phrase in ("Mi, 19.04.2017", "17:00 - 18:55", "2017/FB3/0433", RESOLUTION, "einstimmig"):
        assert phrase in words
    meeting_page(citizen, site)
    href = citizen.page.get_by_role("link", name="Niederschrift").first.get_attribute("href")
    words = words_of(public(site, str(href)), tmp_path)
    for phrase in (NEUTRAL, "Mewes", "Schünemann", "einstimmig"):
        assert phrase in words
    for secret in (*SECRETS, "Vertraulicher Wortlaut"):
        assert secret not in words


def test_the_calendars_of_everything_and_of_the_committee_read_alike_in_two_parsers(
    citizen: Desk, site: Site
) -> None:
    excerpt_page(citizen, site).press("Kultur- und Sozialausschuss")
    committee = citizen.page.url.removeprefix(site.url)
    meeting_page(citizen, site)
    meeting = citizen.page.url.removeprefix(site.url)
    for path in ("/kalender.ics", f"{committee}/kalender.ics", f"{meeting}.ics"):
        data = public(site, path)
        assert_strict(data)
        (event,) = read_with_icalendar(data)
        assert [event] == read_with_second_parser(data)
        assert event["summary"] == MEETING
        assert event["start"].isoformat() == "2017-04-19T15:00:00+00:00"
        assert event["end"].isoformat() == "2017-04-19T16:55:00+00:00"
        assert "- Sitzungsraum II -" in event["location"]
        assert "Ö 5.1" in event["description"]
        assert event["url"] == f"{site.url}{meeting}"
        assert not any(secret in str(event) for secret in SECRETS)


def test_a_member_subscribes_and_sees_the_nonpublic_part_as_bare_numbers(
    story: Story, site: Site, sign_in: SignIn
) -> None:
    member = sign_in(people.MEMBER).open("/konto")
    member.fill(kalender__label="Telefon").press("Adresse anlegen")
    address = re.search(r"https?://\S+\.ics", member.words())
    assert address is not None
    data = public(site, address[0].removeprefix(site.url))
    assert_strict(data)
    assert read_with_icalendar(data) == read_with_second_parser(data)
    events = {event["summary"]: event for event in read_with_icalendar(data)}
    description = next(one for name, one in events.items() if MEETING in name)["description"]
    assert "N 1" in description
    assert "N 2" in description
    assert not any(word in description for word in (*SECRETS, NEUTRAL))
    member.open(f"/sitzungen/{story.meeting}").reads(SECRETS[0], SECRETS[1])


def test_the_members_papers_hold_what_the_public_ones_do_not(story: Story, tmp_path: Path) -> None:
    clerk = story.clerk.open(f"/sitzungen/{story.meeting}/ladung")
    with clerk.page.expect_download() as invitation:
        clerk.page.get_by_role("link", name="Einladung").first.click()
    words = words_of(Path(invitation.value.path()).read_bytes(), tmp_path)
    assert all(secret in words for secret in SECRETS)


def test_oparl_tells_the_same_meeting(citizen: Desk, site: Site) -> None:
    meeting_page(citizen, site)
    uid = citizen.page.url.rsplit("/", 1)[-1]
    told_by_oparl = public(site, f"/oparl/v1.1/meeting/{uid}").decode()
    assert MEETING in told_by_oparl
    assert "2017-04-19T17:00:00+02:00" in told_by_oparl
    assert not any(secret in told_by_oparl for secret in SECRETS)
