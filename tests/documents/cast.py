"""One real meeting as printed values, and what a reader finds in the PDF made of them."""

import re
import subprocess
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.seat_sheet import GroupSeats, SeatSheet
from sitzungsdienst.documents.values import (
    AgendaLine,
    AttendanceGroup,
    AttendanceLine,
    Audience,
    BallotBlock,
    Certification,
    Counts,
    ElectionBlock,
    Excerpt,
    Invitation,
    ItemRecord,
    Letterhead,
    MeetingHead,
    Minutes,
    ObjectionLine,
    PaperFacts,
    ResolutionBlock,
    RoundBlock,
    Signature,
    TallyLine,
)
from sitzungsdienst.german import BERLIN

LETTERHEAD = Letterhead(
    body_name="Landkreis Börde",
    department="Sitzungsdienst",
    street_address="Bornsche Straße 2",
    postal_code="39340",
    locality="Haldensleben",
    phone="03904 7240-0",
    email="sitzungsdienst@landkreis.example",
    website="www.landkreis.example",
    colour="#0b5d3b",
)
HEAD = MeetingHead(
    name="ordentliche Sitzung des Kultur- und Sozialausschusses",
    committees=("Kultur- und Sozialausschuss",),
    start=datetime(2017, 4, 19, 17, 0, tzinfo=BERLIN),
    end=datetime(2017, 4, 19, 18, 55, tzinfo=BERLIN),
    room="- Sitzungsraum II -",
    place="Landkreis Börde, Verwaltungsgebäude, Gerikestraße 104, 39340 Haldensleben",
    publicity="öffentlich/nichtöffentlich",
)
PAPER = PaperFacts(
    reference="2017/FB3/0433",
    title="Beauftragung zur Erarbeitung eines Integrationskonzeptes",
    status="öffentlich",
    paper_type="Beschlussvorlage",
    submitted_by=("Kratzsch, Integrationskoordinatorin", "Herzig, Fachbereichskoordinatorin"),
    responsible_unit="Fachbereich 3",
    handled_by="Brummunt, Erdmute",
)
ITEM_5_1 = ItemRecord(
    line=AgendaLine(
        "Ö 5.1",
        "Beauftragung zur Erarbeitung eines Integrationskonzeptes; "
        "Berichterstatterin: Vanessa Kratzsch, Integrationskoordinatorin",
        level=1,
        paper_references=("2017/FB3/0433",),
    ),
    papers=(PAPER,),
    deliberation=(
        "Frau Kratzsch knüpft an die erste Aussprache vom 1. Februar 2017 an. Damals hat sie "
        "anhand einer Präsentation gezeigt, wie ein Integrationskonzept entstehen und gegliedert "
        "sein könnte. Als nächster Schritt wurde festgehalten, dass der Kreistag den Auftrag "
        "beschließen muss.\n\n"
        "Das Konzept soll den Akteurinnen und Akteuren in der Region als Arbeitsgrundlage dienen "
        "und Verwaltung und Politik dauerhaft beim Steuern helfen. Alle Beteiligten arbeiten "
        "gleichberechtigt zusammen.\n\n"
        "Mitglied Mewes möchte Integration weiter gefasst sehen als nur auf Asylsuchende "
        "bezogen und bittet darum, dem Ausschuss regelmäßig über den Fortgang zu berichten und "
        "die Ergebnisse im Plenum zu erörtern. Mitglied Schünemann gibt zu bedenken, dass die "
        "mitwirkenden Bürgerinnen und Bürger nicht vergessen werden dürfen. Mitglied Leuschner "
        "stimmt dem zu.\n\n"
        "Frau Kratzsch sagt zu, regelmäßig über Zeitplan und Ergebnisse zu informieren."
    ),
    resolution=(
        "Der Kultur- und Sozialausschuss empfiehlt dem Kreistag, die Verwaltung mit der "
        "Erarbeitung eines Integrationskonzeptes zu beauftragen."
    ),
    decision="ungeändert beschlossen",
    ballots=(BallotBlock(subject="", kind="offen", result="einstimmig"),),
)
COUNTED = ItemRecord(
    line=AgendaLine("Ö 7", "Zuschüsse an Kulturvereine", 0, ("2017/FB3/0440", "2017/FB3/0441")),
    deliberation="Die Vorsitzende erläutert die eingegangenen Anträge.",
    resolution="Die Zuschüsse werden nach der vorliegenden Liste gewährt.",
    ballots=(
        BallotBlock(
            subject="Beschlussvorschlag in geänderter Fassung",
            kind="namentlich",
            result="mehrheitlich angenommen",
            counts=Counts(14, 3, 2),
            present=20,
            recused=1,
            names=(("Mewes", "Ja"), ("Schünemann", "Nein")),
        ),
    ),
)
NONPUBLIC = ItemRecord(
    line=AgendaLine("N 1", "Grundstücksangelegenheit", 0, ("2017/FB1/0099",)),
    deliberation="Das Angebot des Käufers Geheimrat wird verlesen.",
    resolution="Das Grundstück wird nicht verkauft.",
    ballots=(BallotBlock("", "geheim", "abgelehnt", Counts(4, 14, 1)),),
)
WEIGHED = ItemRecord(
    line=AgendaLine("Ö 8", "Abwägung zum Bebauungsplan »Am Mühlgraben«"),
    resolution="Die Abwägung wird beschlossen.",
    resolutions=(ResolutionBlock("12/2017", "Abwägung"), ResolutionBlock("13/2017", "Satzung")),
    ballots=tuple(
        BallotBlock(subject, "offen", result, Counts(*counts), present=10, recused=0)
        for subject, counts, result in (
            ("Berücksichtigung Bürger 1", (3, 6, 1), "abgelehnt"),
            ("Berücksichtigung Bürger 2", (3, 6, 1), "abgelehnt"),
            ("Landesamt für Denkmalpflege und Archäologie", (6, 3, 1), "angenommen"),
            ("Landkreis Börde, FD Wasserwirtschaft (teilweise)", (6, 3, 1), "angenommen"),
        )
    ),
    recusals=("Frau Wegener hat an Beratung und Beschlussfassung nicht mitgewirkt.",),
    notes=("Der Punkt wurde vorgezogen vor Ö 7.",),
    movements=("18:05 Uhr: Herr Mewes verlässt die Sitzung.",),
)
ELECTED = ItemRecord(
    line=AgendaLine("Ö 9", "Wahl des stellvertretenden Vorsitzes"),
    elections=(
        ElectionBlock(
            office="stellvertretender Vorsitz des Ausschusses",
            mode="geheim",
            rounds=(
                RoundBlock(
                    1, 10, 10, 0, 1, 1,
                    (TallyLine("Albrecht, Jutta", 4), TallyLine("Leuschner", 4)),
                    "Niemand erhielt die Mehrheit der gültigen Stimmen.",
                ),
                RoundBlock(
                    2, 10, 9, 0, 0, 0,
                    (TallyLine("Albrecht, Jutta", 4), TallyLine("Leuschner", 5)),
                    "Gewählt ist Leuschner mit den meisten Stimmen.",
                    ("Das Los zwischen beiden war nicht nötig.",),
                ),
            ),
        ),
    ),
    announcements=(ResolutionBlock("3/2017", "", "Der Kauf wurde beschlossen."),),
)  # fmt: skip
AGENDA = (
    AgendaLine("Ö 1", "Eröffnung der Sitzung und Feststellung der Beschlussfähigkeit"),
    AgendaLine("Ö 2", "Bestätigung der Tagesordnung"),
    AgendaLine("Ö 3", "Genehmigung der Niederschrift über die Sitzung vom 1. Februar 2017"),
    AgendaLine("Ö 4", "Einwohnerfragestunde"),
    AgendaLine("Ö 5", "Integration im Landkreis"),
    ITEM_5_1.line,
    AgendaLine("Ö 5.2", "Bericht über den Stand der Sprachförderung", 1),
    AgendaLine("Ö 5.2.1", "Sprachförderung an den Berufsbildenden Schulen", 2),
    AgendaLine("Ö 6", "Jahresbericht der Kreisvolkshochschule", 0, ("2017/FB3/0437",)),
    COUNTED.line,
    WEIGHED.line,
    ELECTED.line,
    AgendaLine("Ö 10", "Schließung des öffentlichen Teils"),
)
HIDDEN_AGENDA = (NONPUBLIC.line, AgendaLine("N 2", "Anfragen und Mitteilungen"))

INVITATION = Invitation(
    letterhead=LETTERHEAD,
    head=MeetingHead(
        name=HEAD.name,
        committees=HEAD.committees,
        start=HEAD.start,
        end=None,
        room=HEAD.room,
        place=HEAD.place,
        publicity=HEAD.publicity,
    ),
    audience=Audience.MEMBERS,
    issued_on=date(2017, 4, 7),
    chair_name="Sabine Wegener",
    public_agenda=AGENDA,
    nonpublic_agenda=HIDDEN_AGENDA,
)
_DONE = {one.line.number: one for one in (ITEM_5_1, COUNTED, WEIGHED, ELECTED)}
MINUTES = Minutes(
    letterhead=LETTERHEAD,
    head=HEAD,
    audience=Audience.MEMBERS,
    state="genehmigt",
    issued_on=date(2017, 5, 3),
    attendance=(
        AttendanceGroup(
            "Stimmberechtigte Mitglieder",
            (
                AttendanceLine("Wegener, Sabine", "Vorsitz", "Fraktion A"),
                AttendanceLine("Mewes", "Mitglied", "Fraktion B"),
                AttendanceLine("Schünemann", "Mitglied", "Fraktion C", "ab 17:20 Uhr"),
                AttendanceLine("Leuschner", "Mitglied", "Fraktion C", "für Frau Albrecht"),
            ),
        ),
        AttendanceGroup(
            "Entschuldigt", (AttendanceLine("Albrecht, Jutta", "Mitglied", "Fraktion C"),)
        ),
        AttendanceGroup(
            "Verwaltung",
            (AttendanceLine("Kratzsch, Vanessa", "Integrationskoordinatorin"),),
        ),
        AttendanceGroup("Gäste", ()),
    ),
    quorum_sentence=(
        "Es wurde ordnungsgemäß eingeladen. Von 5 stimmberechtigten Mitgliedern sind 4 anwesend; "
        "der Ausschuss ist beschlussfähig."
    ),
    public_items=tuple(_DONE.get(line.number, ItemRecord(line)) for line in AGENDA),
    nonpublic_items=(NONPUBLIC, ItemRecord(HIDDEN_AGENDA[1])),
    signatures=(
        Signature("Vorsitz", "Sabine Wegener", date(2017, 4, 28)),
        Signature("Protokollführung", "Erdmute Brummunt"),
    ),
    agenda_notes=(
        "Zur Sitzung wurde am 03.04.2017 geladen.",
        "Nachtrag 1 vom 10.04.2017. Begründung: Die Frist läuft ab.",
    ),
    objections=(
        ObjectionLine(
            date(2017, 4, 29),
            "Ö 7",
            "Der Einwendung wurde teilweise stattgegeben (03.05.2017)",
            "Herrn Mewes",
            "Die Enthaltung von Herrn Mewes fehlt.",
            "Berichtigt in der Fassung vom 03.05.2017.",
        ),
    ),
    standing=("Die Niederschrift wurde am 03.05.2017 genehmigt.",),
)
EXCERPT = Excerpt(
    letterhead=LETTERHEAD,
    head=HEAD,
    item=ITEM_5_1,
    standing="Die Niederschrift wurde am 3. Mai 2017 genehmigt.",
    issued_on=date(2017, 5, 4),
)

CERTIFIED = replace(
    EXCERPT,
    audience=Audience.MEMBERS,
    part="öffentlich",
    presence="Von 10 Stimmberechtigten sind 9 anwesend.",
    certification=Certification("2017/4", "Erdmute Brummunt", date(2017, 5, 4), "Notariat Börde"),
)


_GROUPS = (("Fraktion A", 18), ("Fraktion B", 13), ("Fraktion C", 11), ("Fraktion D", 7))
SEATS = SeatSheet(
    letterhead=LETTERHEAD,
    committee="Kreistag",
    decided_on=date(2017, 4, 19),
    method="Hare/Niemeyer",
    groups=tuple(GroupSeats(name, str(seats), seats) for name, seats in _GROUPS),
    settled=("Sitze: Zwischen Fraktion C und Fraktion D hat das Los entschieden.",),
    chairs=("Fraktion A", "Fraktion B"),
)


def right_to_left() -> bytes:
    """Print an excerpt with Hebrew and Arabic names, one of them wider than its column."""
    names = (("محمد الأحمد בן כהן", "Ja"), ("عبد الله المصري " * 6, "Nein"))
    ballot = replace(COUNTED.ballots[0], names=names)
    said = "Herr محمد الأحمد dankt Frau שרה כהן und Herrn Çelik für das Integrationskonzept. " * 8
    return print_excerpt(
        replace(EXCERPT, item=replace(ITEM_5_1, deliberation=said, ballots=(ballot,)))
    )


def run(tool: str, *options: str, pdf: bytes, folder: Path) -> str:
    """Give `pdf` to one of poppler's tools and return what it says."""
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        [tool, *options, str(file), *(["-"] if tool == "pdftotext" else [])],
        capture_output=True,
        check=True,
    )
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode()


def read(pdf: bytes, folder: Path) -> str:
    """Return the text of `pdf` as pdftotext finds it."""
    return run("pdftotext", "-enc", "UTF-8", pdf=pdf, folder=folder)


def squeezed(text: str) -> str:
    """Return `text` without all that line breaking may add or take: spaces and hyphens."""
    return re.sub(r"[\s\u00a0\u00ad\u2010-]+", "", unicodedata.normalize("NFC", text))
