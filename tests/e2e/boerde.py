"""The clerk's work on the meeting of 19 April 2017, page by page."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.desk import Desk
from tests.support.pdf import small_pdf

TITLE = "Beauftragung zur Erarbeitung eines Integrationskonzeptes"
ITEM_TITLE = f"{TITLE} Berichterstatterin: Vanessa Kratzsch, Integrationskoordinatorin"
MEETING = "ordentliche Sitzung des Kultur- und Sozialausschusses"
DELIBERATION = (
    "Frau Kratzsch erinnert an die Beratung vom 01.02.2017.",
    "Ausschussmitglied Mewes möchte Integration weiter verstanden wissen.",
    "Ausschussmitglied Schünemann bittet, die mitwirkenden Bürger nicht zu vergessen.",
)
RESOLUTION = "Der Ausschuss empfiehlt dem Kreistag, das Konzept erarbeiten zu lassen."
PUBLIC_ITEMS = (
    "Eröffnung der Sitzung",
    "Feststellung der Beschlussfähigkeit",
    "Feststellung der Tagesordnung",
    "Einwohnerfragestunde",
    "Vorlagen",
    "Mitteilungen",
    "Anfragen",
    "Anregungen",
    "Termine",
    "Schließung des öffentlichen Teils",
)
SECRETS = ("Zuschuss an Träger Sonnenhof", "Personalsache Müllerin")
NEUTRAL = "Zuwendungsangelegenheit"
MEMBERS = ("Mewes", "Schünemann", "Leuschner", *(f"Mitglied {n}" for n in range(4, 20)))


@dataclass(slots=True)
class Story:
    """What the pages were told, and the numbers they gave."""

    clerk: Desk
    committee: int = 0
    paper: int = 0
    second_paper: int = 0
    meeting: int = 0
    items: dict[str, int] = field(default_factory=dict)

    def tell(self, folder: Path) -> None:
        """Do the whole job."""
        self.found_committees()
        self.seat_members()
        self.enter_place()
        self.paper = self.enter_paper("2017/FB3/0433", TITLE)
        self.attach(folder)
        self.second_paper = self.enter_paper("2017/FB3/0441", "Förderrichtlinie")
        self.plan()
        self.build_agenda()
        self.summon()
        self.record_attendance()
        self.deliberate()
        self.close()
        self.keep_minutes()
        self.release()

    def found_committees(self) -> None:
        clerk = self.clerk
        for name, sort in (("Kreistag", "Kreistag"), ("Kultur- und Sozialausschuss", "Ausschuss")):
            clerk.open("/gremien/neu").fill(name=name, classification=sort)
            clerk.pick("kind", "committee").press("Anlegen").reads(name)
        self.committee = clerk.number()
        clerk.open("/gremien/neu").fill(name="Fachbereich 3").pick("kind", "unit").press("Anlegen")

    def seat_members(self) -> None:
        clerk = self.clerk.open(f"/gremien/{self.committee}/mitglieder/neu")
        for place, name in enumerate(MEMBERS):
            clerk.fill(family_name=name, start_date="2014-07-01")
            clerk.choose("role", "Mitglied" if place else "Vorsitz")
            clerk.pick("voting_right", "y").press("Aufnehmen und weiteres eingeben")
        clerk.open(f"/gremien/{self.committee}").reads(*MEMBERS)
        clerk.press("Veröffentlichen")

    def enter_place(self) -> None:
        self.clerk.open("/raeume/neu").fill(
            room="- Sitzungsraum II -",
            description="Landkreis Börde, Verwaltungsgebäude",
            street_address="Gerikestraße 104",
            postal_code="39340",
            locality="Haldensleben",
        ).press("Raum anlegen")

    def enter_paper(self, reference: str, title: str) -> int:
        clerk = self.clerk.open("/vorlagen/neu")
        clerk.fill(reference=reference, title=title).choose("paper_type", "Beschlussvorlage")
        clerk.pick("public", "True").fill(
            originators__0__label="Kratzsch, Integrationskoordinatorin",
            originators__1__label="Herzig, Fachbereichskoordinatorin",
            handled_by="Brummunt, Erdmute",
            proposed_resolution=RESOLUTION,
        )
        clerk.choose("responsible_unit_id", "Fachbereich 3").press("Vorlage anlegen")
        paper = clerk.number()
        for committee, role in (
            ("Kultur- und Sozialausschuss", "Vorberatung"),
            ("Kreistag", "Entscheidung"),
        ):
            clerk.choose("organization_id", committee).choose("role", role).press("Hinzufügen")
        return paper

    def attach(self, folder: Path) -> None:
        for name, public in (("Präsentation", True), ("Kostenschätzung", False)):
            path = folder / f"{name}.pdf"
            path.write_bytes(small_pdf(f"Inhalt der Anlage {name}"))
            clerk = self.clerk.open(f"/vorlagen/{self.paper}/anlagen/neu")
            clerk.page.locator('main [name="file"]').set_input_files(path)
            clerk.fill(name=name)
            if public:
                clerk.pick("public", "y")
            clerk.press("Hochladen").reads(name)

    def plan(self) -> None:
        clerk = self.clerk.open("/sitzungen/neu")
        clerk.choose("committee_ids", "Kultur- und Sozialausschuss")
        clerk.fill(name=MEETING, start_date="2017-04-19", start_time="17:00")
        clerk.choose("location_id", "- Sitzungsraum II -").press("Sitzung planen")
        self.meeting = clerk.number()
        clerk.open(f"/sitzungen/{self.meeting}/ankuendigen").press("ankündigen")

    def build_agenda(self) -> None:
        clerk = self.clerk
        for title in PUBLIC_ITEMS:
            clerk.open(f"/sitzungen/{self.meeting}/tagesordnung")
            clerk.fill(title=title).press("Punkt hinzufügen").reads(title)
        for title, reference in ((ITEM_TITLE, "2017/FB3/0433"), ("", "2017/FB3/0441")):
            clerk.open(f"/sitzungen/{self.meeting}/tagesordnung").fill(title=title)
            clerk.choose("parent_id", "Ö 5 Vorlagen")
            clerk.page.locator("main label", has_text=reference).first.click()
            clerk.press("Punkt hinzufügen").reads(reference)
        for title in SECRETS:
            clerk.open(f"/sitzungen/{self.meeting}/tagesordnung").fill(title=title)
            clerk.pick("part", "nonpublic").press("Punkt hinzufügen").reads(title)
        self._read_items()
        clerk.open(f"/punkte/{self.items[SECRETS[0]]}").pick("disclosure", "neutral")
        clerk.fill(public_title=NEUTRAL).press("Speichern").reads(NEUTRAL, "Ö 10", "Ö 5.1", "N 2")

    def _read_items(self) -> None:
        """Learn the items' numbers from the agenda page's links."""
        clerk = self.clerk.open(f"/sitzungen/{self.meeting}/tagesordnung")
        for row in clerk.page.locator("main li, main tr").all():
            link = row.locator('a[href*="/punkte/"]')
            if link.count():
                number = int(
                    (link.first.get_attribute("href") or "").rstrip("/").rsplit("/", 1)[-1]
                )
                words = " ".join(row.inner_text().split())
                for title in (*PUBLIC_ITEMS, ITEM_TITLE, "Förderrichtlinie", *SECRETS):
                    if title in words:
                        self.items.setdefault(title, number)

    def summon(self) -> None:
        clerk = self.clerk.open(f"/sitzungen/{self.meeting}/ladung")
        # The meeting lies in the past: the law's warning must be read before one may go on.
        clerk.press("Laden und Tagesordnung veröffentlichen", status=422)
        clerk.pick("acknowledged", "y").press("Laden und Tagesordnung veröffentlichen")
        clerk.reads("geladen", "Einladung", "Bekanntmachung")

    def record_attendance(self) -> None:
        clerk = self.clerk.open(f"/sitzungen/{self.meeting}/anwesenheit")
        clerk.press("Anwesenheit speichern").reads("Mewes")

    def deliberate(self) -> None:
        clerk = self.clerk.open(f"/punkte/{self.items[ITEM_TITLE]}/beratung").reads("Ö 5.1")
        clerk.fill(deliberation="\n\n".join(DELIBERATION), resolution_text=RESOLUTION)
        clerk.choose("decision", "ungeändert beschlossen").press("Speichern")
        clerk.press("Einstimmig angenommen").reads("einstimmig")
        item = self.items["Förderrichtlinie"]
        clerk.open(f"/punkte/{item}/beratung").fill(resolution_text=RESOLUTION)
        clerk.choose("decision", "ungeändert beschlossen").press("Speichern")
        clerk.open(f"/punkte/{item}/abstimmungen/neu")
        clerk.fill(yes="14", no="3", abstentions="2", invalid="0").press("Abstimmung speichern")
        clerk.reads("14")
        secret = self.items[SECRETS[0]]
        clerk.open(f"/punkte/{secret}/beratung").fill(deliberation="Vertraulicher Wortlaut")
        clerk.press("Speichern")

    def close(self) -> None:
        clerk = self.clerk.open(f"/sitzungen/{self.meeting}/schliessen")
        clerk.fill(end="16:00").press("Sitzung schließen", status=422).reads("vor dem Beginn")
        clerk.fill(end="18:55").press("Sitzung schließen")

    def keep_minutes(self) -> None:
        page = f"/sitzungen/{self.meeting}/niederschrift"
        clerk = self.clerk.open(page)
        clerk.fill(chair_name="Mewes", clerk_name="Sabine Krüger").press("Entwurf")
        clerk.open(f"{page}/unterzeichnen").fill(signed_on="2017-05-10").press(
            "Unterzeichnung vermerken"
        )
        clerk.open(f"{page}/genehmigen").fill(approved_on="2017-06-07").press(
            "Genehmigung vermerken"
        )
        clerk.open(page).reads("genehmigt")

    def release(self) -> None:
        clerk = self.clerk.open(f"/sitzungen/{self.meeting}/freigabe")
        clerk.press("Alle möglichen Auszüge freigeben").reads("Auszug öffentlich")
        clerk.open(f"/sitzungen/{self.meeting}/freigabe/niederschrift")
        clerk.fill(reason="Niederschrift").press("Niederschrift freigeben")
