"""Real cases entered by clerks page by page: each council's own, in its own Body."""

from dataclasses import dataclass, field

from tests.e2e.desk import Desk

WEIGHED = (
    ("Berücksichtigung Bürger 1", "3", "6"),
    ("Berücksichtigung Bürger 2", "3", "6"),
    ("Landesamt für Denkmalpflege und Archäologie", "6", "3"),
    ("Landkreis Börde, FD Wasserwirtschaft (teilweise)", "6", "3"),
    ("Landkreis Börde, FD Natur und Umwelt, SG Naturschutz und Forsten (teilweise)", "6", "3"),
    ("SG Ordnung (teilweise)", "6", "3"),
)
COMPOSITION = (
    ("Oberbürgermeister", 1, True, ""),
    ("Integrationsbeauftragter", 1, True, ""),
    ("Koordinierungsstelle/Geschäftsstelle", 1, False, ""),
    ("Stadtratsmitglieder als Fraktionsvertreter", 5, True, "Fraktionen"),
    ("Fachkräfte", 5, True, ""),
    ("Migrantinnen und Migranten", 13, True, ""),
)
STEERING_GROUP = (
    "Ausländerbehörde",
    "Amt für Jugendarbeit",
    "Koordinationszentrum Bürgerschaftliches Engagement",
    "Koordinationsstelle Seniorenpolitisches Gesamtkonzept",
    "Referat Jugend, Schule und Soziales",
    "Amt für Integration",
    "Integrationsbeirat",
    "Integrationsbeauftragte des Stadtrates",
    "Schule, Jugend und Verbände",
    "Migrationsberatungsstellen",
    "Kultur und Gesellschaft",
    "Arbeitsmarkt",
)
KEMPTEN_REPORT = "Auftaktveranstaltung; die Steuerungsgruppe kam im Rathaus zusammen"
AHAUS_TITLE = (
    "Schaffung der Stelle eines/r Integrationsbeauftragten sowie Ausarbeitung eines"
    " Integrationskonzeptes"
)
JOINT_NAME = (
    "10. ordentliche Sitzung des Kreisausschusses gemeinsam mit dem Umwelt- und"
    " Wirtschaftsausschuss sowie dem Kultur- und Sozialausschuss bis TOP 3"
)


@dataclass(slots=True)
class Case:
    """A clerk at work in one Body; numbers of what was entered by name."""

    clerk: Desk
    organizations: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    meeting: int = 0

    def found(self, name: str, kind: str = "committee", **more: str) -> int:
        """Found a committee, group or unit."""
        clerk = self.clerk.open("/gremien/neu").fill(name=name, **more)
        clerk.pick("kind", kind).press("Anlegen").reads(name)
        self.organizations[name] = clerk.number()
        return self.organizations[name]

    def seat(self, committee: str, names: tuple[str, ...], start: str, group: str = "") -> None:
        """Seat members with a vote; the first of a committee without a chair leads it."""
        number = self.organizations[committee]
        clerk = self.clerk.open(f"/gremien/{number}/mitglieder/neu")
        for name in names:
            clerk.fill(family_name=name, start_date=start).pick("voting_right", "y")
            clerk.choose("role", "Mitglied")
            if group:
                clerk.choose("on_behalf_of_id", group)
            clerk.press("Aufnehmen und weiteres eingeben")

    def publish(self, committee: str) -> None:
        """Release a committee with its members."""
        self.clerk.open(f"/gremien/{self.organizations[committee]}").press("Veröffentlichen")

    def plan(
        self, name: str, day: str, time: str, committees: tuple[str, ...], room: str, **more: str
    ) -> None:
        """Enter the room and plan the meeting."""
        self.clerk.open("/raeume/neu").fill(room=room).press("Raum anlegen")
        clerk = self.clerk.open("/sitzungen/neu").choose("committee_ids", committees[0])
        for further in committees[1:]:
            clerk.pick("further_ids", str(self.organizations[further]))
        clerk.fill(name=name, start_date=day, start_time=time, **more)
        clerk.choose("location_id", room).press("Sitzung planen")
        self.meeting = clerk.number()

    def agenda(self, *titles: str) -> None:
        """Enter the public part at once, as text."""
        clerk = self.clerk.open(f"/sitzungen/{self.meeting}/tagesordnung")
        clerk.page.locator("summary", has_text="Ganze Tagesordnung").click()
        clerk.page.locator('main textarea[name="text-lines"]').fill("\n".join(titles))
        clerk.press("Punkte einfügen").reads(*titles)
        for title in titles:
            row = clerk.page.locator('main li:has(a[href*="/punkte/"])', has_text=title).first
            href = row.locator('a[href*="/punkte/"]').first.get_attribute("href") or ""
            self.items[title] = int(href.split("/punkte/")[1].split("/")[0])

    def open_session(self) -> None:
        """Summon, warnings read, and have everybody there."""
        clerk = self.clerk.open(f"/sitzungen/{self.meeting}/ladung")
        if clerk.page.locator('main input[name="acknowledged"]').count():
            clerk.pick("acknowledged", "y")
        clerk.press("Laden und Tagesordnung veröffentlichen")
        clerk.open(f"/sitzungen/{self.meeting}/anwesenheit").press("Anwesenheit speichern")

    def treat(self, title: str, decision: str, **texts: str) -> None:
        """Record what was said and decided on an item."""
        clerk = self.clerk.open(f"/punkte/{self.items[title]}/beratung").fill(**texts)
        clerk.choose("decision", decision).press("Speichern")

    def close(self, end: str, chair: str, signed: str) -> None:
        """Close the meeting, sign its minutes and release them."""
        self.clerk.open(f"/sitzungen/{self.meeting}/schliessen").fill(end=end)
        self.clerk.press("Sitzung schließen")
        page = f"/sitzungen/{self.meeting}/niederschrift"
        self.clerk.open(page).fill(chair_name=chair, clerk_name="Schriftführung").press("Entwurf")
        self.clerk.open(f"{page}/unterzeichnen").fill(signed_on=signed)
        self.clerk.press("Unterzeichnung vermerken")
        self.clerk.open(f"/sitzungen/{self.meeting}/freigabe/niederschrift")
        self.clerk.press("Niederschrift freigeben")


def tell_ahaus(case: Case) -> None:
    """A motion of a group: public and undecided."""
    case.found("Rat der Stadt Ahaus", classification="Rat")
    clerk = case.clerk.open("/vorlagen/neu")
    clerk.fill(reference="Antrag 1/2020", title=AHAUS_TITLE).choose("paper_type", "Antrag")
    clerk.pick("public", "True").fill(
        originators__0__label="Gisa Müller-Butzkamm, stellvertretende Fraktionsvorsitzende",
        addressed_to="Rat",
        proposed_resolution="Eine beauftragte Person wird bestellt und entwirft ein Konzept.",
        reasons="Knapp 9 Prozent haben eine ausländische Staatsangehörigkeit.",
    ).press("Vorlage anlegen")
    clerk.choose("organization_id", "Rat der Stadt Ahaus").choose("role", "Entscheidung")
    clerk.press("Hinzufügen").press("Veröffentlichen")


def tell_kaufbeuren(case: Case) -> None:
    """A board of 26 seats and 25 votes, and its constituting meeting."""
    board = case.found(
        "Integrationsbeirat", classification="Beirat", seats="26", start_date="2014-09-29",
        predecessor="Ausländerbeirat",
    )  # fmt: skip
    clerk = case.clerk.open(f"/gremien/{board}/zusammensetzung")
    while clerk.page.locator('main [name$="-label"]').count() < len(COMPOSITION):
        clerk.press("Weitere Zeilen")
    for number, (label, count, votes, behalf) in enumerate(COMPOSITION):
        clerk.fill(
            **{
                f"rules-{number}-label": label,
                f"rules-{number}-count": str(count),
                f"rules-{number}-on_behalf_of": behalf,
            }
        )
        box = clerk.page.locator(f'main input[name="rules-{number}-voting_right"]')
        box.set_checked(votes)
    clerk.press("Speichern").reads("25")
    _fill_the_board(case, board)
    case.publish("Integrationsbeirat")
    case.plan("konstituierende Sitzung", "2014-09-29", "18:00", ("Integrationsbeirat",), "Saal")
    case.agenda("Konstituierung des Integrationsbeirates", "Projekt »Integration aktiv«")
    case.open_session()
    case.treat(
        "Projekt »Integration aktiv«", "zur Kenntnis genommen",
        deliberation="Gefördert vom Bundesministerium des Innern.",
    )  # fmt: skip
    case.close("20:00", "Oberbürgermeister", "2014-09-29")


def _fill_the_board(case: Case, board: int) -> None:
    clerk = case.clerk.open(f"/gremien/{board}/mitglieder/neu")
    place = 0
    for label, count, votes, _ in COMPOSITION:
        for _number in range(count):
            place += 1
            clerk.fill(family_name=f"Mitglied {place}", start_date="2014-09-29")
            clerk.choose("role", "Vorsitz" if place == 1 else "Mitglied")
            clerk.page.locator('main input[name="voting_right"]').set_checked(votes)
            clerk.choose("composition_rule_id", label).press("Aufnehmen und weiteres eingeben")


def tell_kempten(case: Case) -> None:
    """A resolution, its number, its carrying out; and a steering group of offices."""
    committee = "Ausschuss für Soziale Fragen"
    case.found(committee, classification="Ausschuss")
    case.found("Amt für Integration", "unit")
    case.seat(committee, tuple(f"Mitglied {n}" for n in range(1, 6)), "2014-05-01")
    case.plan("Sitzung des Ausschusses", "2019-02-26", "16:00", (committee,), "Sitzungssaal")
    title = "Entwicklung eines Kommunalen Integrationskonzepts"
    case.agenda(title)
    case.open_session()
    case.treat(title, "ungeändert beschlossen", resolution_text="Das Konzept wird entwickelt.")
    case.clerk.press("Einstimmig angenommen")
    clerk = case.clerk.open(f"/sitzungen/{case.meeting}/beschluesse").press("Alle nummerieren")
    clerk.press(title).reads("Beschluss 1/2019")
    resolution = clerk.number()
    case.close("18:00", "Mitglied 1", "2019-03-01")
    clerk.open(f"/beschluesse/{resolution}/umsetzung").choose("unit_id", "Amt für Integration")
    clerk.fill(due_on="2020-08-26").press("Speichern")
    clerk.press("In Arbeit")
    clerk.open(f"/beschluesse/{resolution}/berichte/neu").fill(
        reported_on="2019-06-27", reported_by="Amt für Integration", text=KEMPTEN_REPORT
    ).pick("public", "y").press("Speichern")
    clerk.open(f"/beschluesse/{resolution}/veroeffentlichen").reads(KEMPTEN_REPORT)
    clerk.press("Veröffentlichen")
    group = case.found("Steuerungsgruppe Integrationskonzept", "other", start_date="2019-06-27")
    for name in STEERING_GROUP:
        clerk.open(f"/gremien/{group}/stellen/neu").fill(name=name, start_date="2019-06-27")
        clerk.press("Aufnehmen")
    case.publish("Steuerungsgruppe Integrationskonzept")


def tell_koeln(case: Case) -> None:
    """A result told by groups and one member, without a count."""
    case.found("Ausschuss")
    for name in ("CDU-Fraktion", "FDP-Fraktion"):
        case.found(name, "group")
    case.seat("Ausschuss", tuple(f"Mitglied {n}" for n in range(1, 8)), "2014-06-01")
    case.seat("Ausschuss", ("Mitglied 8", "Mitglied 9"), "2014-06-01", "CDU-Fraktion")
    case.seat("Ausschuss", ("Mitglied 10",), "2014-06-01", "FDP-Fraktion")
    case.seat("Ausschuss", ("Schöppe", "Giesen"), "2014-06-01")
    case.plan("Sitzung des Ausschusses", "2014-10-14", "16:00", ("Ausschuss",), "Saal")
    case.agenda("Beratung einer Vorlage")
    case.open_session()
    case.treat("Beratung einer Vorlage", "ungeändert beschlossen", deliberation="Es wird beraten.")
    item = case.items["Beratung einer Vorlage"]
    clerk = case.clerk.open(f"/punkte/{item}/abstimmungen/neu?weg=worte")
    clerk.page.locator("main details summary", has_text="Nach Fraktionen").first.click()
    for row, (who, choice, label) in enumerate(
        (
            ("CDU-Fraktion", "dagegen", "die CDU-Fraktion"),
            ("FDP-Fraktion", "enthält sich", "der FDP-Fraktion"),
            ("Schöppe", "enthält sich", "Herrn Schöppe"),
        )
    ):
        clerk.choose(f"stances-{row}-who", who).choose(f"stances-{row}-choice", choice)
        clerk.fill(**{f"stances-{row}-label": label})
    clerk.pick("named_on_demand", "y").pick("outcome", "accepted").press("Abstimmung speichern")
    case.close("18:00", "Mitglied 1", "2014-10-20")


def tell_westliche_boerde(case: Case) -> None:
    """One item with many votes."""
    case.found("Verbandsgemeinderat")
    case.seat("Verbandsgemeinderat", tuple(f"Mitglied {n}" for n in range(1, 11)), "2014-07-01")
    case.plan("Sitzung", "2015-03-03", "18:00", ("Verbandsgemeinderat",), "Saal")
    case.agenda("Abwägung der Stellungnahmen")
    case.open_session()
    case.treat("Abwägung der Stellungnahmen", "ungeändert beschlossen", deliberation="Einzeln.")
    item = case.items["Abwägung der Stellungnahmen"]
    clerk = case.clerk.open(f"/punkte/{item}/abstimmungen/mehrere")
    while clerk.page.locator('main [name$="-subject"]').count() < len(WEIGHED):
        clerk.press("Weitere Zeilen")
    for row, (subject, yes, no) in enumerate(WEIGHED):
        values = {"subject": subject, "yes": yes, "no": no, "abstentions": "1"}
        clerk.fill(**{f"rows-{row}-{name}": value for name, value in values.items()})
    clerk.press("Abstimmungen speichern").reads("SG Ordnung (teilweise)")
    case.close("20:00", "Mitglied 1", "2015-03-10")


def tell_joint_meeting(case: Case) -> None:
    """Three committees together, two of them up to the third item."""
    committees = ("Kreisausschuss", "Umwelt- und Wirtschaftsausschuss",
                  "Kultur- und Sozialausschuss")  # fmt: skip
    for letter, name in zip("ABC", committees, strict=True):
        case.found(name)
        case.seat(name, tuple(f"Mitglied {letter}{n}" for n in range(1, 4)), "2007-07-01")
    room = "- Sitzungsräume I + II -"
    case.plan(JOINT_NAME, "2008-06-25", "13:00", committees, room, number="10")
    case.agenda(
        "Eröffnung", "Beschlussfähigkeit", "Gemeinsame Beratung", "Niederschrift", "Mitteilungen",
        "Anträge, Anfragen, Anregungen",
    )  # fmt: skip
    clerk = case.clerk.open(f"/sitzungen/{case.meeting}/teilnahme")
    for name in committees[1:]:
        clerk.choose(f"until-{case.organizations[name]}", "bis Ö 3")
    clerk.press("Speichern")
    case.open_session()
    case.treat("Anträge, Anfragen, Anregungen", "erledigt", deliberation="Es liegt nichts vor.")
    case.close("15:15", "Mitglied A1", "2008-07-01")
