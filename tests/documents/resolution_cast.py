"""Resolutions as printed values, for the book and the report."""

from dataclasses import replace
from datetime import date, datetime

from sitzungsdienst.documents.values import Audience, BallotBlock, Counts, ElectionBlock, RoundBlock
from sitzungsdienst.documents.values_resolutions import (
    BookEntry,
    FollowUpLine,
    FollowUpReport,
    ReportLine,
    ResolutionBook,
    Standing,
)
from sitzungsdienst.german import BERLIN
from tests.documents.cast import LETTERHEAD

VOTED = BallotBlock("", "offen", "mehrheitlich angenommen", Counts(20, 3, 1), present=24, recused=0)
CALLED = BallotBlock(
    "Absatz 2",
    "namentlich",
    "abgelehnt",
    Counts(1, 2, 0, 1),
    names=(("Abel", "Ja"), ("Berg", "Nein"), ("Çelik", "Nein")),
    motion="Änderungsantrag",
    moved_by="SPD-Fraktion",
    committee="Kreistag",
    requirement="zwei Drittel der Stimmen",
    recused=1,
)
ELECTED = ElectionBlock(
    "Schriftführung", "geheim", (RoundBlock(1, 24, 24, 0, 0, 0, (), "Frau Abel ist gewählt."),)
)
FIRST = BookEntry(
    number="2/2024",
    subject="Österliche Öffnungszeiten",
    decision="ungeändert beschlossen",
    meeting="3. ordentliche Sitzung des Kreistages",
    committees=("Kreistag",),
    start=datetime(2024, 3, 6, 17, tzinfo=BERLIN),
    item="Ö 4",
    title="Öffnungszeiten der Bücherei",
    text="Die Bücherei öffnet am Karsamstag.",
    papers=("BV/0007/2024",),
    ballots=(VOTED, CALLED),
    elections=(ELECTED,),
    unit="Kulturamt",
)
TENTH = replace(
    FIRST,
    number="10/2024",
    subject="Ärztehaus",
    item="Ö 5",
    title="",
    text="Die Gemeinde mietet das Ärztehaus an.",
    ballots=(VOTED,),
    elections=(),
    unit="Bauamt",
)
VOID = replace(
    FIRST,
    number="3/2024",
    subject="Zählfehler",
    text="Das gilt nicht.",
    void="Ungültig seit dem 07.03.2024: doppelt gezählt",
)
SECRET = replace(
    FIRST,
    number="4/2024",
    subject="Grundstückskauf Geheimrat",
    item="N 1",
    title="",
    text="Das Grundstück wird gekauft.",
    ballots=(),
    elections=(),
    unit="",
    announcement="noch nicht bekannt gegeben",
)
BOOK = ResolutionBook(
    LETTERHEAD,
    Audience.MEMBERS,
    "Kreistag",
    "Jahr 2024",
    date(2024, 12, 31),
    (TENTH, VOID, FIRST),
    (SECRET,),
)
PUBLIC_BOOK = replace(BOOK, audience=Audience.PUBLIC, public=(FIRST, TENTH), nonpublic=())
EMPTY_BOOK = replace(BOOK, public=(), nonpublic=())

LATE = FollowUpLine(
    number="2/2024",
    subject="Öffnungszeiten",
    committees=("Kreistag",),
    decided_on=date(2024, 3, 6),
    standing=Standing.OVERDUE,
    state="in Arbeit",
    unit="Kulturamt",
    in_charge="Frau Berg",
    due_on=date(2024, 6, 30),
    reports=(ReportLine(date(2024, 5, 2), "Der Plan liegt vor.", "Kulturamt"),),
)
DONE = replace(
    LATE,
    number="1/2024",
    subject="Neubau",
    standing=Standing.DONE,
    state="erledigt",
    due_on=None,
    completed_on=date(2024, 7, 1),
    remark="eingeweiht",
    reports=(),
)
NOBODYS = replace(DONE, number="9/2024", unit="", standing=Standing.OPEN, completed_on=None)
HIDDEN = replace(LATE, number="4/2024", subject="Grundstückskauf Geheimrat")
REPORT = FollowUpReport(
    LETTERHEAD,
    date(2024, 8, 1),
    (NOBODYS, DONE, LATE),
    (HIDDEN,),
    (("Gremium", "Kreistag"),),
)
