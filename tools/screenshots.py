"""Make all pictures of the README and the handbook: `.venv/bin/python tools/screenshots.py`.

A fresh demo in a temporary folder, at a fixed hour, is walked through in Chromium as a clerk, a
member, an administrator and a citizen. Only what the program draws by lot differs from run to run.
"""

import sys
from datetime import datetime
from pathlib import Path

from playwright.sync_api import FilePayload

from sitzungsdienst.app import OFFICE_MOUNT
from sitzungsdienst.demo.build import ADMINISTRATOR, CLERK, MEMBER
from sitzungsdienst.german import BERLIN

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the studio stands beside this file

from tools.studio import IMAGES, MONDAY, PHONE, Camera, Studio, studio  # noqa: E402 (found by the line above)

IN_SESSION = datetime(2026, 12, 16, 17, 40, tzinfo=BERLIN)
AFTERWARDS = datetime(2026, 12, 21, 10, 15, tzinfo=BERLIN)

LIST = """Nachname;Vorname;Gremium;Funktion;Stimmrecht;Beginn
Mewes;;Kultur- und Sozialausschuss;Mitglied;ja;01.07.2014
Leuschner;;Kultur- und Sozialausschuss;Mitglied;nein;01.07.2014
Beispiel;Anna;Kultur- und Sozialausschuss;beratendes Mitglied;nein;01.12.2026
Muster;Jan;Kreistag;Mitglied;ja;01.12.2026
"""
OBJECTIONS = (("Bürger 1", 3, 14, 1), ("Bürger 2", 4, 14, 0), ("Landesamt", 17, 1, 0))
GROUPS = (("Fraktion A", 18), ("Fraktion B", 13), ("Fraktion C", 11), ("Fraktion D", 7))
"""What is typed into the office for some pictures: a list, counted votes, strengths."""


def citizens(studio: Studio) -> None:
    """What everybody can read."""
    camera = studio.citizen()
    camera.open("/")
    camera.shoot("kalender", 900)
    camera.open("/?monat=2017-04")
    camera.press("ordentliche Sitzung des Kultur- und Sozialausschusses", "link")
    camera.shoot("sitzung-oeffentlich", 1000)
    camera.press("Auszug zu Ö 5.1", "link")
    camera.shoot("auszug")
    address = camera.page.url
    camera.open(str(camera.page.locator("a[href^='/pruefen/']").first.get_attribute("href")))
    camera.shoot("echtheit-pruefen", 700)
    camera.open("/?monat=2015-03")
    camera.press("Sitzung des Verbandsgemeinderates", "link")
    camera.press("Auszug zu Ö 2", "link")
    votes = camera.page.locator("h2", has_text="Abstimmungsergebnis")
    camera.shoot("auszug-viele-abstimmungen", 520, votes)
    phone = studio.citizen(PHONE)
    phone.page.goto(address)
    phone.shoot("auszug-telefon", 760)


def planning(studio: Studio) -> int:
    """The office before the meeting; gives the coming meeting's number."""
    studio.citizen().open("/")
    camera = studio.sign_in(CLERK, MONDAY)
    camera.shoot("uebersicht")
    coming = camera.ids(r"/sitzungen/(\d+)$")[0]
    _master_data(camera)
    camera.office("/sitzungen/neu")
    camera.shoot("sitzung-planen")
    camera.office(f"/sitzungen/{coming}")
    camera.shoot("sitzung", 900)
    camera.office(f"/sitzungen/{coming}/tagesordnung")
    camera.shoot("tagesordnung", 1000)
    camera.office(f"/sitzungen/{coming}/ladung")
    camera.shoot("ladung")
    camera.press("Laden und Tagesordnung veröffentlichen")
    return coming


def _master_data(camera: Camera) -> None:
    camera.office("/gremien")
    committee = camera.ids(r"/gremien/(\d+)$")[2]
    camera.office(f"/gremien/{committee}")
    camera.shoot("gremium", 940)
    camera.office(f"/gremien/{committee}/mitglieder/neu")
    camera.shoot("mitglied-aufnehmen", 1040)
    camera.office("/vorlagen")
    camera.shoot("vorlagen")
    paper = camera.ids(r"/vorlagen/(\d+)$")[-1]
    camera.office(f"/vorlagen/{paper}")
    camera.shoot("vorlage", 1000)
    camera.shoot("vorlage-oeffentlichkeit", start=camera.page.locator("#freigabe"))
    _list_and_seats(camera)
    camera.office("/recht")
    camera.shoot("geltendes-recht", 640, camera.page.locator("#abschnitt-2"))


def _list_and_seats(camera: Camera) -> None:
    """A list before it is taken in, and seats shared out; nothing of it is saved."""
    camera.office("/personen/import")
    upload = FilePayload(name="liste.csv", mimeType="text/csv", buffer=LIST.encode())
    camera.page.set_input_files("input[type=file]", files=[upload])
    camera.press("Vorschau zeigen")
    camera.shoot("einlesen")
    camera.office("/sitzverteilungen/neu")
    camera.press("Weitere Zeilen")
    for row, (name, strength) in enumerate(GROUPS):
        camera.page.fill(f"#groups-{row}-name", name)
        camera.page.fill(f"#groups-{row}-strength", str(strength))
    camera.page.fill("#seats", "11")
    camera.page.select_option("#method", index=1)
    camera.press("Berechnen")
    camera.shoot("sitzverteilung", 820, camera.page.locator("#ergebnis h2"))


def in_session(studio: Studio, meeting: int) -> None:
    """The session room: who is there, what is said, how the vote goes, the end."""
    camera = studio.sign_in(CLERK, IN_SESSION)
    camera.office(f"/sitzungen/{meeting}/anwesenheit")
    camera.page.locator('input[value="excused"]').nth(1).check()
    camera.press("Anwesenheit speichern")
    camera.office(f"/sitzungen/{meeting}/anwesenheit")
    camera.shoot("anwesenheit", 900)
    _come_and_go(camera, meeting)
    camera.office(f"/sitzungen/{meeting}/verlauf")
    item = camera.ids(r"/punkte/(\d+)/beratung")[-3]
    camera.office(f"/punkte/{item}/beratung")
    camera.page.fill("#deliberation", "Frau Kratzsch berichtet und beantwortet Fragen.")
    camera.page.fill("#resolution_text", "Der Ausschuss nimmt den Bericht an.")
    camera.page.select_option("#decision", label="ungeändert beschlossen")
    camera.press("Speichern")
    camera.office(f"/punkte/{item}/beratung")
    camera.shoot("beratung", 1560)
    _many_votes(camera, item)
    _vote(camera, item)
    camera.office(f"/sitzungen/{meeting}/schliessen")
    camera.page.fill("#end", "18:55")
    camera.press("Sitzung schließen")


def _come_and_go(camera: Camera, meeting: int) -> None:
    """Somebody leaves and comes back, another goes for good."""
    for button, row, at in (("Geht", 2, "17:10"), ("Kommt", 0, "17:25"), ("Geht", 4, "17:30")):
        camera.office(f"/sitzungen/{meeting}/kommen-und-gehen")
        camera.page.fill("#at", at)
        with camera.page.expect_navigation():
            camera.page.get_by_role("button", name=button, exact=True).nth(row).click()
    camera.shoot("kommen-und-gehen", 640, camera.page.locator(".sr-list"))


def _many_votes(camera: Camera, item: int) -> None:
    """Several votes on one item, before they are saved."""
    camera.office(f"/punkte/{item}/abstimmungen/mehrere")
    for row, counts in enumerate(OBJECTIONS):
        for name, told in zip(("subject", "yes", "no", "abstentions"), counts, strict=True):
            camera.page.fill(f"#rows-{row}-{name}", str(told))
    camera.shoot("mehrere-abstimmungen", 900)


def _vote(camera: Camera, item: int) -> None:
    """First a slip of the pen, then the vote as it was."""
    camera.office(f"/punkte/{item}/abstimmungen/neu?weg=zahlen")
    counts = {"yes": "14", "no": "3", "abstentions": "2", "invalid": "0"}
    for name, number in counts.items():
        camera.page.fill(f"#{name}", number)
    camera.page.get_by_role("button", name="Abstimmung speichern").last.click()
    camera.page.wait_for_selector("#fehler")
    camera.shoot("fehler-stimmen", 900)
    camera.page.fill("#yes", "13")
    camera.press("Abstimmung speichern")
    camera.shoot("abstimmung", start=camera.page.locator("#abstimmungen"))


def afterwards(studio: Studio, meeting: int) -> None:
    """Minutes and release."""
    camera = studio.sign_in(CLERK, AFTERWARDS)
    camera.office(f"/sitzungen/{meeting}/fristen")
    camera.shoot("fristen", 860)
    camera.office("/sitzungen?ansicht=vergangen&jahr=2017")
    past = camera.ids(r"/sitzungen/(\d+)$")[-1]
    _resolutions(camera, [meeting, past])
    camera.office(f"/sitzungen/{meeting}/niederschrift")
    camera.page.fill("#chair_name", "Mitglied 1")
    camera.page.fill("#clerk_name", CLERK.name)
    camera.press("Entwurf erstellen")
    camera.office(f"/sitzungen/{meeting}/niederschrift")
    camera.shoot("niederschrift")
    camera.office(f"/sitzungen/{meeting}/freigabe")
    camera.shoot("freigabe", 1040)
    camera.office(f"/sitzungen/{past}/freigabe")
    camera.press("Ganze Sitzung zurücknehmen", "link")
    camera.shoot("ruecknahme")


def _resolutions(camera: Camera, meetings: list[int]) -> None:
    """Resolutions get numbers, somebody who carries them out, and a day."""
    for meeting in meetings:
        camera.office(f"/sitzungen/{meeting}/beschluesse")
        camera.press("Alle nummerieren")
    camera.office("/beschluesse")
    chosen = camera.ids(r"/beschluesse/(\d+)$")[::2]
    for resolution, day in zip(chosen, ("2027-03-31", "2017-12-31"), strict=True):
        camera.office(f"/beschluesse/{resolution}")
        camera.press("Umsetzung festlegen", "link")
        camera.page.select_option("#unit_id", index=1)
        camera.page.fill("#due_on", day)
        camera.press("Speichern")
    camera.press("In Arbeit")
    camera.office("/beschluesse")
    camera.shoot("beschlusskontrolle", start=camera.page.locator("h1"))


def members(studio: Studio) -> None:
    """What a member reads, and the calendar's secret address."""
    camera = studio.sign_in(MEMBER, MONDAY)
    camera.shoot("mitglied")
    camera.office("/konto")
    camera.shoot("konto-kalender", start=camera.page.locator("#kalender"))


def administration(studio: Studio) -> None:
    """Accounts and the audit trail."""
    camera = studio.sign_in(ADMINISTRATOR, AFTERWARDS)
    camera.office("/benutzer")
    camera.shoot("benutzer")
    camera.office("/protokoll")
    camera.shoot("protokoll", 700)


def main() -> None:
    """Make the pictures anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with studio() as made:
        camera = made.citizen()
        camera.open(f"{OFFICE_MOUNT}/anmelden")
        camera.shoot("anmelden")
        citizens(made)
        meeting = planning(made)
        members(made)
        in_session(made, meeting)
        afterwards(made, meeting)
        administration(made)


if __name__ == "__main__":
    main()
